"""Small questions about words in their sentence that the casting asks."""

from __future__ import annotations

from dataclasses import dataclass

from communique.knowledge.names import key
from communique.knowledge.phrases import Phrase
from communique.knowledge.roster import Draft
from communique.knowledge.scan import Hit, Scene
from communique.knowledge.tables import Role

_SUBJECTS = ("nsubj", "csubj")
PERSONAL = frozenset(
    {"officer", "member", "ally", "staff", "employee", "colleague", "aide", "representative", "source"}
)
"""Carriers that are people even where nothing tells whose."""
RETINUE = frozenset("office team staff spokesman spokeswoman spokesperson aide campaign legal team".split())
"""Those around a person, of the person's own sector."""
UNNAMED = frozenset(
    {"source", "world leader", "observer", "expert", "monitor", "election monitor", "donor", "human rights advocate", "diplomatic source",
     "migrant", "immigrant", "undocumented immigrant", "illegal immigrant", "illegal alien", "asylum seeker", "refugee",
     "jew", "christian", "muslim"}
)  # fmt: skip
"""Voices without a name, people on the move and creeds are of no state unless the words tell one."""
_INFORMED = frozenset({"familiar", "briefed", "knowledgeable", "acquainted"})


def informs(scene: Scene, phrase: Phrase) -> bool:
    """Say whether people are sources without a name: people familiar with the matter, two people briefed on it."""
    behind = scene.words[phrase.head.last].key if phrase.head.last < len(scene.words) else ""
    return phrase.role.sector == "CVL" and behind in _INFORMED


KIN = frozenset(
    "brother sister father mother wife husband son daughter uncle aunt cousin nephew niece grandfather grandmother "
    "grandson granddaughter sibling stepfather stepson brother-in-law sister-in-law father-in-law son-in-law girlfriend "
    "boyfriend fiance fiancee ex-wife ex-husband spouse friend classmate roommate acquaintance neighbor neighbour "
    "parent relative widow child ancestor descendant kinsman".split()
)
"""What somebody is to another: of a person with a name it tells neither sector nor office."""
PLAIN = frozenset({"CVL", "REL", None})
"""Sectors of peoples and creeds: Shiite militias and Tuareg rebels are armed all the same."""
_COLLECTIVE = frozenset(
    "agency group school university college company firm corporation bank union organization organisation society "
    "movement charity watchdog hospital tank people population crowd mob public family minority masses police "
    "forces force troop battalion brigade regiment unit garrison troops personnel artillery patrol guard services "
    "service enforcement insurgency army faction militia gang wing squad cartel mafia syndicate crime ring network "
    "media press newspaper outlet television station channel magazine website sector community industry airline "
    "giant church clergy mosque congregation sect committee majority leadership authority delegation council house "
    "team board coalition alliance bloc party business warplane jet bomber helicopter ship warship boat carrier "
    "submarine strike plane gunship bacrim mara underworld ngo nonprofit multinational startup utility side group unit cell office followers representatives envoys "
    "branch panel campaign bureau ring crew website paper rings".split()
)
"""Last words of role nouns that mean several people, or a thing, in the singular."""


def is_one(role: Role) -> bool:
    """Say whether a role noun in the singular means one person."""
    return key(role.name).rpartition(" ")[2] not in _COLLECTIVE


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention in the order of the text, for what refers back."""

    scene: int
    first: int
    last: int
    drafts: tuple[Draft, ...]
    subject: bool
    plural: bool
    quoted: bool = False


def joined_states(scene: Scene, hit: Hit) -> tuple[Hit, ...]:
    """Return the states that `and` or a comma joins to a complement: the leaders of France and Germany."""
    found: list[Hit] = []
    at = hit.last
    while at + 1 < len(scene.words):
        start = at + (scene.words[at].key == "and")
        other = scene.hit(start + (start < len(scene.words) and scene.words[start].key == "the"))
        joined = scene.words[at].key == "and" or "," in scene.words[at].gap
        if not (
            joined and other and other.entries and other.entries[0].kind == hit.entries[0].kind == "state"
        ):
            break
        found.append(other)
        at = other.last
    return tuple(found) if found and any(w.key == "and" for w in scene.words[hit.last : at]) else ()


def enumerated(scene: Scene, seen: Seen) -> bool:
    """Say whether a mention is part of an enumeration: what "their" means then is more than it."""
    if seen.scene != scene.index or seen.last >= len(scene.words):
        return False
    before = scene.words[seen.first - 1].key if seen.first else ""
    return before == "and" or scene.words[seen.last].key == "and" or "," in scene.words[seen.first].gap


def has_of(scene: Scene, phrase: Phrase) -> bool:
    """Say whether `of` follows the head of a phrase."""
    return phrase.head.last < len(scene.words) and scene.words[phrase.head.last].key == "of"


BANDS = frozenset("group organization organisation movement faction network unit cell team ring crew".split())
"""Carriers that are somebody even where nothing tells whose, if they act or are acted upon."""


def alone(phrase: Phrase) -> bool:
    """Say whether nothing but the noun stands there, as behind a name: the Example (EX) group."""
    return not (phrase.article or phrase.role.plural or phrase.first < phrase.head.first)


def takes_part(scene: Scene, first: int, last: int) -> bool:
    """Say whether the words hold the subject or the object of a clause."""
    return _stand_as((*_SUBJECTS, "obj", "obl:agent"), scene, first, last)


def is_subject(scene: Scene, first: int, last: int) -> bool:
    """Say whether the words hold the subject of a clause."""
    return _stand_as(_SUBJECTS, scene, first, last)


def _stand_as(relations: tuple[str, ...], scene: Scene, first: int, last: int) -> bool:
    tokens = scene.sentence.tokens
    inside = {scene.words[i].token for i in range(first, last)}
    return any(tokens[i].relation.startswith(relations) and tokens[i].head not in inside for i in inside)


_UNTO = frozenset({"to", "with", "against", "on", "for"})
_BRINGING = frozenset({"bring", "take", "carry", "have", "keep"})
"""What somebody does with somebody along who may be the same: he had it with him."""


def doer_of(scene: Scene, at: int) -> int | None:
    """Return the token of who acts on a pronoun in its own clause, so is not meant by it; None where nobody does."""
    tokens, token = scene.sentence.tokens, scene.token(at)
    if token.head < 0 or scene.words[at].key.endswith(("self", "selves")) or token.tag == "PRP$":
        return None
    verb = token.head
    if not (token.relation in ("obj", "iobj") or _acted_unto(scene, at)):
        return None
    for _ in range(len(tokens)):
        doer = next(
            (n for n, t in enumerate(tokens) if t.head == verb and t.relation.startswith("nsubj")), None
        )
        if doer is not None:
            return doer
        if tokens[verb].relation == "xcomp":
            asked = next(
                (n for n, t in enumerate(tokens) if t.head == tokens[verb].head and t.relation == "obj"), None
            )
            if asked is not None:
                return asked if tokens[asked] is not token else None
        elif tokens[verb].relation not in ("conj", "advcl"):
            return None
        verb = tokens[verb].head
        if verb < 0:
            return None
    return None


def _acted_unto(scene: Scene, at: int) -> bool:
    """Say whether a pronoun stands behind to, with or against whoever something is done: spoke to him."""
    tokens, number = scene.sentence.tokens, scene.words[at].token
    token = tokens[number]
    case = any(t.head == number and t.relation == "case" and t.lemma in _UNTO for t in tokens)
    return token.relation == "obl" and case and tokens[token.head].lemma not in _BRINGING


def governor_of(scene: Scene, at: int) -> tuple[str, int] | None:
    """Return lemma of the verb in whose content clause a pronoun is the subject, and the token of its subject."""
    tokens, token = scene.sentence.tokens, scene.token(at)
    verb = token.head
    if verb < 0 or not token.relation.startswith("nsubj"):
        return None
    while tokens[verb].relation == "conj" and tokens[verb].head >= 0:
        verb = tokens[verb].head
    told = tokens[verb].head
    if tokens[verb].relation != "ccomp" or told < 0:
        return None
    while told >= 0:
        sayer = next(
            (n for n, t in enumerate(tokens) if t.head == told and t.relation.startswith("nsubj")), None
        )
        if sayer is not None or tokens[told].relation != "conj":
            return None if sayer is None else (tokens[told].lemma, sayer)
        told = tokens[told].head
    return None


_JUDGING = frozenset(
    "sanction condemn criticize criticise blame praise thank accuse punish denounce fault slam rebuke scold penalize "
    "penalise impose censure chide commend applaud congratulate attack fine target honor honour".split()
)


def for_what(scene: Scene, at: int) -> bool:
    """Say whether a possessive tells for what somebody is judged: thanked him for his help, sanctions over its war."""
    tokens, token = scene.sentence.tokens, scene.token(at)
    if not token.relation.startswith("nmod:poss") or token.head < 0:
        return False
    cases = {t.lemma for t in tokens if t.head == token.head and t.relation == "case"}
    verb = tokens[token.head].head
    while verb >= 0 and tokens[verb].pos != "VERB":
        verb = tokens[verb].head
    return bool(cases & {"for", "over"}) and verb >= 0 and tokens[verb].lemma in _JUDGING


_BEING = frozenset({"be", "become", "remain"})


def acted_on_by(scene: Scene, at: int) -> int | None:
    """Return the noun that a pronoun acts on in its own relative clause, and so does not mean: the first man she met.

    None where it only is or becomes that: the man he was.
    """
    token = scene.token(at)
    if not token.relation.startswith("nsubj") or token.head < 0:
        return None
    verb = scene.sentence.tokens[token.head]
    return verb.head if verb.relation == "acl:relcl" and verb.lemma not in _BEING else None
