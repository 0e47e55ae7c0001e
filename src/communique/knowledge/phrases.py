"""Noun phrases around role nouns: "the former Spanish prime minister", "opposition forces in Venezuela".

A phrase is read from the words in order (titles, nationalities and names stand next to each other in
news), with the tree used where it decides: whether a noun is the head of its phrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from communique.knowledge.roster import INTERNATIONAL
from communique.knowledge.scan import MODIFIED_BY_FACT, Hit, Scene
from communique.knowledge.tables import Role
from communique.records import Span

_LEFT = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_PREPOSITIONS = frozenset({"of", "in", "from", "for", "at", "to", "with", "inside", "within", "by", "on"})
_INSIDE = frozenset({"of", "in", "from", "for", "at", "inside", "within"})
_SENT = frozenset(
    "ambassador envoy representative consul attache diplomat mission emissary delegate observer adviser aide "
    "embassy consulate commander".split()
)
"""Heads of roles whose "to" or "in" names where they are sent: the ambassador to Bolivia is not Bolivia's."""
LODGED = frozenset({"embassy", "consulate", "embassy compound", "consulate compound"})
"""Bodies of a state that stand in another."""
AMBASSADORS = frozenset({"ambassador", "permanent representative"})
"""Who is sent to a state or to an organisation of states, and is not its own."""
FRIENDS = frozenset("ally partner rival foe enemy adversary neighbor neighbour counterpart".split())
"""Whoever is a state's friend or foe is not of that state."""
_ELSEWHERE = frozenset(
    "foreign international western regional imperialist world global european african asian arab latin "
    "neighboring neighbouring multinational foreign-backed external overseas allied islamic muslim".split()
)
"""Adjectives that say that a phrase is not, or not only, of the state the text is about."""
_FORMER = frozenset({"former", "ex", "onetime", "late", "deposed", "ousted", "erstwhile", "then"})
POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "whose"})
"""Pronouns that stand where an article would."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "several", "many", "no", "any", "each", "every"})


class Phrase(NamedTuple):
    """A role noun with what stands around it."""

    scene: int
    first: int
    last: int
    """Words of the phrase, its complement left out."""
    head: Hit
    modifiers: tuple[Hit, ...]
    """States, organisations and role nouns before the head, nearest last."""
    complement: Hit | None
    inner: int | None
    """The word at which the complement's own phrase begins, if it is a phrase."""
    preposition: str
    end: int
    """The word after the phrase with its complement."""
    former: bool
    article: str
    """the, a, or the possessive pronoun; empty without one."""
    elsewhere: bool = False
    """True for foreign, international, Western …: no state of the surroundings is meant."""

    @property
    def role(self) -> Role:
        """Return the role noun of the head."""
        assert self.head.role is not None
        return self.head.role


@dataclass(frozen=True, slots=True)
class Description:
    """A person's name and the phrases that describe the person there."""

    hit: Hit
    phrases: tuple[Phrase, ...]
    span: Span
    """From the title, where one stands before the name, to the name's end."""


def phrases_of(scene: Scene) -> tuple[Phrase, ...]:
    """Return the phrases of a sentence in order, complements found from right to left."""
    found: list[Phrase] = []
    for hit in reversed(scene.hits):
        if hit.role and is_head(scene, hit):
            found.append(_phrase(scene, hit, found))
    return tuple(reversed(found))


def is_head(scene: Scene, hit: Hit) -> bool:
    """Say whether a role noun heads its phrase: a noun that modifies no noun after it but a person's name."""
    token = scene.token(hit.last - 1)
    if token.pos not in ("NOUN", "PROPN", "", "X") and not (
        token.pos == "ADJ" and token.relation in _NOMINAL
    ):
        return False
    following = hit.last
    if following >= len(scene.words):
        return True
    word = scene.words[following]
    after = scene.hit(following)
    if word.gap not in (" ", "-"):
        return True
    if after and (after.person or after.role is None):
        return after.person is not None or after.how() not in ("tagged",)
    return word.gap == " " and (
        scene.token(following).pos not in ("NOUN", "PROPN")
        or _dated(scene, following)
        or _doer(scene, hit, after)
    )


def _doer(scene: Scene, hit: Hit, after: Hit | None) -> bool:
    """Say whether a body stands before the noun of what it does or owns: a police raid, a ministry release."""
    body = hit.role is not None and hit.role.kind == "body"
    return body and after is None and scene.token(hit.last - 1).relation == "compound"


def _dated(scene: Scene, at: int) -> bool:
    """Say whether a noun only tells when: the government today put, dozens of hostages Friday."""
    return scene.words[at].key in _WHEN


_WHEN = frozenset(
    "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday last next".split()
)
_NOUN_LIKE = frozenset({"military", "displaced", "executive", "public", "elderly"})
_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "conj", "root", "nsubj:pass"})


def _phrase(scene: Scene, hit: Hit, later: list[Phrase]) -> Phrase:
    first, modifiers, former, article = _left(scene, hit)
    complement, inner, preposition, end = _right(scene, hit, later)
    elsewhere = any(word.key in _ELSEWHERE for word in scene.words[first : hit.first])
    return Phrase(
        scene.index,
        first,
        hit.last,
        hit,
        modifiers,
        complement,
        inner,
        preposition,
        end,
        former,
        article,
        elsewhere,
    )


def _left(scene: Scene, hit: Hit) -> tuple[int, tuple[Hit, ...], bool, str]:
    """Return where the phrase begins, the names in it, whether it tells of the past, and its article."""
    modifiers: list[Hit] = []
    at, former, article = hit.first, False, ""
    while at > 0 and scene.words[at].near:
        word, before = scene.words[at - 1], scene.hit(at - 1)
        if word.key in _DEFINITE | _INDEFINITE | POSSESSIVES and not before:
            if word.key == "that" and scene.token(at - 1).pos not in ("DET", ""):
                break
            article = "the" if word.key in _DEFINITE else "a" if word.key in _INDEFINITE else word.key
            return at - 1, tuple(modifiers), former, article
        if word.key in _FORMER:
            former = former or word.key != "then"
        elif before and before.person and (hit.role is None or hit.role.kind == "title"):
            break
        elif before:
            modifiers.insert(0, before)
            at = before.first + 1
        elif word.key in MODIFIED_BY_FACT and scene.words[at - 1].gap == "-":
            at = _skip_compound(scene, at - 1) + 1
        elif not _modifies(scene, at - 1):
            break
        at -= 1
        at = _coordinated(scene, at, modifiers)
    return at, tuple(modifiers), former, article


def _modifies(scene: Scene, at: int) -> bool:
    """Say whether a word can stand before the head of its phrase: an adjective, a noun, a participle."""
    token = scene.token(at)
    if token.tag in ("VBN", "VBG", "VBD"):
        return token.relation in ("amod", "compound")
    return (token.pos in _LEFT and token.relation not in ("advmod", "cop", "root")) or token.tag == "HYPH"


def _skip_compound(scene: Scene, at: int) -> int:
    """Return the first word of `US-backed`, whose nationality is not the phrase's."""
    before = scene.hit(at - 1)
    return before.first if before else at - 1


def _coordinated(scene: Scene, at: int, modifiers: list[Hit]) -> int:
    """Take in `Russian and` before `Chinese officials`; return the new first word."""
    nationality = modifiers and modifiers[0].first == at and modifiers[0].entries
    while nationality and at > 1:
        joined = scene.words[at - 1].key == "and" or "," in scene.words[at].gap
        other = scene.hit(at - 2 if scene.words[at - 1].key == "and" else at - 1)
        joins = scene.words[at - 1].key == "and" or len(modifiers) > 1
        mixed = joins and modifiers[-1].how() == "adjective" and not _definite(scene, other)
        same = other and (other.how() == modifiers[0].how() or mixed) and other.how() in _NATIONAL
        alike = other and same and other.entries[0].kind == modifiers[0].entries[0].kind == "state"
        listed = scene.words[at - 1].key == "and" or modifiers[0].how() == "adjective"
        if not (joined and alike and listed and other):
            break
        modifiers.insert(0, other)
        at = other.first
    return at


_NATIONAL = ("adjective", "abbreviation", "name")


def _definite(scene: Scene, hit: Hit | None) -> bool:
    """Say whether "the" or a preposition stands before a state: between the U.S. and Chinese officials."""
    before = hit.first - 1 if hit else -1
    return before >= 0 and (scene.words[before].key == "the" or scene.token(before).pos == "ADP")


def _right(scene: Scene, hit: Hit, later: list[Phrase]) -> tuple[Hit | None, int | None, str, int]:
    """Return the complement (a name or the head of a phrase), its phrase, the preposition, and the end."""
    at = hit.last
    if at >= len(scene.words) or scene.words[at].key not in _PREPOSITIONS or not scene.words[at].near:
        return None, None, "", hit.last
    preposition = scene.words[at].key
    if (
        preposition in ("to", "with", "by", "on")
        and hit.role
        and hit.role.name.rpartition(" ")[2] not in _SENT | _FOR
    ):
        return None, None, "", hit.last
    for phrase in later:
        if phrase.first == at + 1 and scene.words[at + 1].near:
            return phrase.head, phrase.first, preposition, phrase.end
    start = at + 1
    while start < min(at + 4, len(scene.words)) and scene.words[start].near:
        found = scene.hit(start)
        if found and found.entries and not found.person:
            return found, None, preposition, found.last
        if found or scene.token(start).pos not in ("DET", "ADJ", ""):
            break
        start += 1
    return None, None, "", hit.last


_FOR = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "advisor", "assistant", "counsel", "commissioner"}
)


def sent_to(phrase: Phrase) -> bool:
    """Say whether the phrase's complement is where the person is sent, not whom the person serves."""
    last = phrase.role.name.rpartition(" ")[2]
    return last in _SENT and phrase.preposition in ("to", "in", "for", "at", "on")


def predicates(scene: Scene, phrase: Phrase) -> bool:
    """Say whether a phrase tells what somebody is, and so names nobody: is a supporter, as the president."""
    before = scene.words[phrase.first - 1].key if phrase.first else ""
    token = scene.token(phrase.head.last - 1)
    at = scene.words[phrase.head.last - 1].token
    copula = any(t.relation == "cop" and t.head == at for t in scene.sentence.tokens)
    as_what = (
        before == "as" and not token.relation.startswith("nsubj") and not such_as(scene, phrase.first - 1)
    )
    return as_what or copula or (token.relation == "xcomp" and phrase.article == "a")


def such_as(scene: Scene, at: int) -> bool:
    """Say whether "as" belongs to "such as": who follows is an example, not a predicate."""
    return at > 0 and scene.words[at - 1].key == "such"


_POLICING = frozenset(
    "arrest detain seize capture raid dismantle intercept apprehend confiscate nab bust search".split()
)
"""What authorities do as police."""


def policing(scene: Scene, phrase: Phrase) -> Phrase:
    """Return the phrase of authorities who arrest or seize as one of police."""
    role, token = phrase.role, scene.token(phrase.head.last - 1)
    verb = scene.sentence.tokens[token.head] if token.head >= 0 else None
    acts = verb is not None and token.relation == "nsubj" and verb.lemma in _POLICING
    if role.name != "authority" or not acts:
        return phrase
    return phrase._replace(head=phrase.head._replace(role=role._replace(sector="COP", secondary=("GOV",))))


def describes(phrase: Phrase) -> bool:
    """Say whether the complement tells whom the phrase belongs to."""
    if phrase.role.kind == "body":
        return phrase.complement is not None and phrase.preposition in ("of", "in", "from")
    return phrase.complement is not None and (phrase.preposition in _INSIDE or phrase.preposition == "to")


def descriptions(scene: Scene, phrases: tuple[Phrase, ...]) -> tuple[Description, ...]:
    """Return the persons named in a sentence, each with the phrases before and behind the name."""
    starts = {phrase.first: phrase for phrase in phrases}
    found: list[Description] = []
    for hit in scene.hits:
        if hit.person:
            before = _title(scene, hit, phrases)
            if before is None and found and _listed(scene, found[-1].hit, hit):
                shared = [p for p in found[-1].phrases if p.role.plural and p.end <= found[-1].hit.first]
                found.append(Description(hit, (*shared, *_behind(scene, hit, starts)), scene.span(*hit[:2])))
                continue
            first = before.first if before else hit.first
            all_phrases = ((before,) if before else ()) + _behind(scene, hit, starts)
            found.append(Description(hit, all_phrases, scene.span(first, hit.last)))
    return tuple(found)


def _title(scene: Scene, hit: Hit, phrases: tuple[Phrase, ...]) -> Phrase | None:
    """Return the phrase that stands before a name as title or apposition."""
    gap = scene.words[hit.first].gap
    for phrase in reversed(phrases):
        straight = phrase.end == hit.first and scene.words[hit.first].near
        apposed = phrase.end == hit.first and gap == ", " and not phrase.role.plural
        if phrase.role.kind in ("title", "carrier", "group") and (
            straight or (apposed and phrase.article != "a")
        ):
            return phrase if straight or phrase.role.kind != "group" else None
    return None


def _behind(scene: Scene, hit: Hit, starts: dict[int, Phrase]) -> tuple[Phrase, ...]:
    """Return the appositions behind a name: `, the former MP,`."""
    at = past_age(scene, hit.last)
    if at >= len(scene.words) or scene.words[at].gap.strip() not in _APPOSED:
        return ()
    phrase = starts.get(at)
    if phrase is None or phrase.role.plural or phrase.role.kind == "body":
        return ()
    follower = scene.hit(phrase.end)
    if follower is not None and scene.words[phrase.end].gap in (" ", ", "):
        beyond = scene.hit(follower.last) if follower.role and follower.role.kind == "title" else None
        if follower.person or (beyond is not None and beyond.person):
            return ()
    joined = starts.get(phrase.end + 1)
    second = joined is not None and scene.words[phrase.end].key == "and" and joined.role.kind != "body"
    return (
        (phrase, joined) if second and joined and not joined.article and not joined.role.plural else (phrase,)
    )


_APPOSED = frozenset({",", "(", "–", "-", "—", "--"})
"""What stands between a name and its apposition."""
_OLDEST = 2
"""Digits of an age."""


def past_age(scene: Scene, at: int) -> int:
    """Return the word after an age: `Jane Doe, 44, a teacher`."""
    aged = at < len(scene.words) and scene.words[at].gap == ", " and scene.words[at].text.isdigit()
    return at + 1 if aged and len(scene.words[at].text) <= _OLDEST else at


def stands_at(phrase: Phrase, hit: Hit) -> bool:
    """Say whether a name before an embassy or ambassador tells where: the Benghazi consulate, UN ambassador."""
    entry = hit.entries[0] if hit.entries else None
    if entry is None or hit.person:
        return False
    if phrase.role.name in LODGED:
        return entry.kind == "place" or entry.how == "capital"
    return phrase.role.name in AMBASSADORS and entry.kind == "organisation"


def presides(phrase: Phrase) -> bool:
    """Say whether the office is one of a private organisation: the president of a foundation is no head of state."""
    around = (*phrase.modifiers, *((phrase.complement,) if phrase.complement else ()))
    return bool(phrase.role.office) and any(
        entry.kind == "organisation" and entry.sector not in _STATE_BODIES and entry.code not in INTERNATIONAL
        for hit in around
        for entry in hit.entries[:1]
        if not hit.person
    )


_STATE_BODIES = frozenset({"GOV", "LEG", "MIL", "COP", "SPY", "JUD", "PTY", "REB"})


def citizens(scene: Scene, phrase: Phrase) -> tuple[Hit, ...]:
    """Return the names before a noun, of a Lebanese-American businessman only the second: he is an American."""
    named = topics(scene, phrase)
    names = tuple(hit for hit in phrase.modifiers if hit not in named)
    if phrase.role.plural or phrase.role.kind == "body":
        return names
    return tuple(
        hit
        for hit, after in zip(names, (*names[1:], None), strict=False)
        if after is None
        or (hit.how(), after.how(), after.first) != ("adjective", "adjective", hit.last)
        or scene.words[after.first].gap != "-"
    )


_POSTS = frozenset(
    "director researcher analyst expert specialist editor fellow scholar correspondent historian economist lawyer".split()
)


def topics(scene: Scene, phrase: Phrase) -> tuple[Hit, ...]:
    """Return the state that somebody knows or is sent to, by its name before the noun: a Venezuela analyst."""
    beside = phrase.modifiers[-1:] if phrase.role.name.rpartition(" ")[2] in _POSTS else ()
    return tuple(
        hit
        for hit in beside
        if (hit.how(), hit.entries[0].kind if hit.entries else "") == ("name", "state")
        and hit.last == phrase.head.first
        and scene.words[hit.last].gap == " "
    )


def posted(phrase: Phrase) -> bool:
    """Say whether a state before a noun is what somebody of an organisation deals with: China director at X."""
    return phrase.role.name.rpartition(" ")[2] in _POSTS and phrase.preposition in ("at", "for", "with")


def befriends(phrase: Phrase) -> bool:
    """Say whether somebody is a state's friend or foe: America's allies, its rivals."""
    around = (*phrase.modifiers, *((phrase.complement,) if phrase.complement else ()))
    states = any(entry.kind == "state" for hit in around for entry in hit.entries[:1])
    return phrase.role.name in FRIENDS and (states or phrase.article in ("its", "our"))


def region_of(phrase: Phrase) -> str:
    """Return the town or region that a phrase names as its own: Kentucky police, a court in Rio; else nothing."""
    around = (*phrase.modifiers, *((phrase.complement,) if phrase.complement and not sent_to(phrase) else ()))
    places = (hit.entries[0].name for hit in around if hit.entries and hit.entries[0].kind == "place")
    return next(places, "")


_NAMED_BY = frozenset({"JRN", "REB", "UAF", "PTY", "CRM", "BUS", "SOC", "LAB", "REL", "PRM", "EDU", None})
"""Sectors of the nouns that stand before organisations' names: the militant group Hezbollah."""


def apposed_name(scene: Scene, phrase: Phrase) -> Hit | None:
    """Return the organisation's name right behind a group's noun: news outlet ABC, rebel group the People's Army."""
    role, at = phrase.role, phrase.head.last
    if role.kind == "title" or role.plural or role.sector not in _NAMED_BY or phrase.complement:
        return None
    at += at < len(scene.words) and scene.words[at].key == "the"
    hit = scene.hit(at)
    near = at < len(scene.words) and all(scene.words[n].gap == " " for n in range(phrase.head.last, at + 1))
    named = (
        hit is not None and hit.first == at and bool(hit.entries) and hit.entries[0].kind == "organisation"
    )
    return hit if near and named else None


def _listed(scene: Scene, previous: Hit, hit: Hit) -> bool:
    """Say whether two names follow each other in a list: `, ` or ` and ` alone between them."""
    between = [w.key for w in scene.words[previous.last : hit.first]]
    gap = scene.words[hit.first].gap
    return (not between and gap.strip() == ",") or between in (["and"], ["or"])
