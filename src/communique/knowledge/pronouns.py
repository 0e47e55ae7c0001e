"""Pronouns and pairs: he, she, they, it, we, "both sides". Simple rules, silent when unsure."""

from __future__ import annotations

from bisect import insort
from collections import Counter

from communique.knowledge.casting import Casting
from communique.knowledge.counted import COUNTS, Counted
from communique.knowledge.genders import fits, of_pronoun
from communique.knowledge.grammar import Seen, acted_on_by, doer_of, for_what, governor_of, is_subject
from communique.knowledge.roster import Draft
from communique.knowledge.scan import Scene
from communique.knowledge.writings import WRITINGS, Writings
from communique.records import Span, Token

_SINGULAR = frozenset({"he", "she", "him", "himself", "herself", "his", "her"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_PLURAL = frozenset({"they", "them", "themselves", "their"})
_THING = frozenset({"it", "its", "itself"})
_SPEAKER = frozenset({"we", "i", "us", "our", "me", "my", "ourselves", "myself"})
_PAIRS = frozenset(
    {
        "sides",
        "parties",
        "delegations",
        "countries",
        "nations",
        "governments",
        "states",
        "neighbors",
        "neighbours",
    }
)
_STATES = frozenset({"countries", "nations", "neighbors", "neighbours"})
_TOLD_APART = frozenset("of in that which who whose around involved with from where on at".split())
"""Words behind a noun that tell which countries are meant, so that they need not be those named before."""
_TWO = frozenset({"two", "pair", "duo", "both"})
_MUTUAL = {"other": "each", "another": "one"}
"""Words that mean those who act, by the word that has to stand before: each other, one another."""
_NAMESAKES = {"koreas": ("KOR", "PRK"), "sudans": ("SDN", "SSD"), "congos": ("COD", "COG")}
"""Plurals that name two states at once."""
_PERSONAL = _SINGULAR | _PLURAL | _THING | _SPEAKER
_REFERRING = _PERSONAL | _RELATIVE | _PAIRS | WRITINGS | _TWO | frozenset(_NAMESAKES) | frozenset(_MUTUAL)
SAYING = frozenset(
    "say tell add note state declare announce claim argue insist warn stress continue write tweet explain ask reply "
    "respond reiterate affirm assert demand call condemn denounce accuse urge vow promise deny admit conclude remark "
    "comment describe point express proclaim report acknowledge emphasize emphasise indicate observe recall "
    "believe think mention cite".split()
)
"""Lemmas whose subject speaks the quotation beside them."""
REACH = 1
"""Sentences back in which a pronoun's antecedent is looked for. In 33 documents (1,695 mentions) two sentences
add 28 mentions, of whose first 14, read by hand, 9 are wrong; none at all loses 132."""

FAR = 10
"""The same for he and she, where only subjects count beyond `REACH`. With 3 the country of pronouns on training articles
is right in 0.836, with 6 in 0.846, with 10 in 0.849."""
FALLBACK = 3
"""The same for it and they where no subject within `REACH` fits: any body that a sentence names."""

AROUND = 6
"""Sentences back in which the two sides of a text are those that it names most. Not tuned."""

SPEECH = 8
"""Sentences back in which the speaker of a long quotation is looked for. Not tuned."""
NOWHERE = Span(0, 0)

CLOSING = 4
"""Words that end a sentence with who said it, "he told reporters": he is none of whom it told."""


class Pronouns:
    """Resolves the pronouns of a document while it is cast."""

    def __init__(self, casting: Casting, text: str) -> None:
        self._casting = casting
        self._text = text
        self._waiting: list[tuple[Scene, int]] = []
        self._late = False
        self._writings = Writings(casting)
        self._counted = Counted(casting)

    def in_scene(self, scene: Scene) -> list[tuple[int, int]]:
        """Return the places of pronouns, pairs and counted people in a sentence: first and last word."""
        found = []
        for at, word in enumerate(scene.words):
            lowered = word.text.lower()
            if lowered in _REFERRING:
                first = self._begins(scene, at, lowered)
            else:
                counts = lowered in COUNTS or lowered[0].isdigit()
                first = at if counts and self._counted.nominal(scene, at) else None
            if first is not None:
                found.append((first, at + 1))
        return found

    def _begins(self, scene: Scene, at: int, word: str) -> int | None:
        """Return where the phrase begins that a word refers with, None where it does not refer."""
        token = scene.token(at)
        if word in _RELATIVE:
            asks = token.tag in ("WP", "WDT", "WP$") or (word != "that" and token.pos == "PRON")
            return at if asks else None
        if word in _PERSONAL:
            return at if token.pos in ("PRON", "DET", "") and scene.words[at].text != "US" else None
        if word in WRITINGS or word in _NAMESAKES:
            return at if scene.owner[at] < 0 else None
        before = [w.key for w in scene.words[max(0, at - 2) : at]]
        if word in _MUTUAL and before[-1:] == [_MUTUAL[word]]:
            return at - 1
        if word in _MUTUAL:
            counts = word in COUNTS and self._counted.nominal(scene, at)
            return at if counts else None
        if word in _TWO:
            definite = word == "both" or before[-1:] == ["the"]
            return at - (word != "both") if definite and self._counted.nominal(scene, at) else None
        if before[-1:] in (["both"], ["two"]) or (word == "sides" and before[-1:] in (["the"], ["all"])):
            return at - 1 - (before == ["the", "two"])
        after = scene.words[at + 1].key if at + 1 < len(scene.words) else ""
        named = word in _STATES and before[-1:] == ["the"] and after not in _TOLD_APART
        return at - 1 if named and self._rivals(scene) else None

    def refer(self, scene: Scene, first: int, last: int) -> None:
        """Resolve one pronoun or pair and add its mention."""
        word = scene.words[last - 1].text.lower()
        inside = self._casting.ground.quoted(scene.words[first].start) is not None
        if word in _SPEAKER or (word in _SINGULAR and inside and not self._late):
            self._waiting.append((scene, first))
            return
        if word in _RELATIVE:
            self._relative(scene, first)
            return
        if word in _NAMESAKES:
            drafts = tuple(self._casting.names.state(code) for code in _NAMESAKES[word])
        elif word in WRITINGS:
            drafts = self._writings.author(scene, first)
        elif word in _MUTUAL and last - first > 1:
            drafts = self._each_other(scene, first)
        elif word in _PAIRS:
            drafts = self._pair(scene, word) if scene.words[last - 2].key != "the" else self._rivals(scene)
        elif word in _TWO:
            drafts = self._two(scene, last)
        elif word in _THING:
            drafts = self._thing(scene, first)
        elif word not in _PERSONAL:
            drafts = self._counted.members(scene, first)
        else:
            drafts = self._many(scene, first) if word in _PLURAL else self._person(scene, first, word)
        self._note(scene, first, last, drafts)

    def quoted(self) -> None:
        """Resolve we and I inside quotations to who speaks there, once the whole document is cast."""
        self._late = True
        for scene, at in self._waiting:
            word = scene.words[at]
            if word.text.lower() in _SINGULAR:
                self.refer(scene, at, at + 1)
                continue
            quote = self._casting.ground.quoted(word.start)
            speaker = self._speaker(scene, quote) if quote is not None else self._heading(scene, at)
            speaker = speaker or self._last_speaker(scene)
            if speaker is not None:
                speaker.mentions.add(scene.span(at, at + 1))

    def _note(self, scene: Scene, first: int, last: int, drafts: tuple[Draft, ...]) -> None:
        if not drafts:
            return
        for draft in drafts:
            draft.mentions.add(scene.span(first, last))
        seen = Seen(
            scene.index, first, last, drafts, is_subject(scene, first, last), len(drafts) > 1,
            self._casting.ground.quoted(scene.words[first].start) is not None,
        )  # fmt: skip
        insort(self._casting.seen, seen, key=lambda s: (s.scene, s.first))

    def _reach(self, scene: Scene, before: int, far: int = REACH) -> list[list[Seen]]:
        """Return what was seen earlier in this sentence and in those within reach, nearest sentence first."""
        steps: list[list[Seen]] = [[] for _ in range(far + 1)]
        for seen in reversed(self._casting.seen):
            back = scene.index - seen.scene
            if back > far:
                break
            if back > 0 or (back == 0 and seen.last <= before):
                steps[back].append(seen)
        for step in steps:
            step.reverse()
        return steps

    def _others(self, scene: Scene, at: int, far: int) -> list[list[Seen]]:
        """Return what was seen within reach of a pronoun, without who acts on it in its own clause: Ann asked her; and
        without whom it acts on there: the first man she met."""
        steps = self._reach(scene, at, far)
        barred = {doer_of(scene, at), acted_on_by(scene, at)} - {None}
        if not barred:
            return steps
        others = {
            id(d) for s in steps[0] for d in s.drafts
            if any(scene.words[n].token in barred for n in range(s.first, s.last))
        }  # fmt: skip
        return [[s for s in listed if not any(id(d) in others for d in s.drafts)] for listed in steps]

    def _sayer(self, scene: Scene, at: int, kinds: tuple[str, ...], many: bool = False) -> tuple[Draft, ...]:
        """Return who says of himself what a pronoun begins: Iran said it would, she told reporters that she."""
        told = governor_of(scene, at)
        if told is None or told[0] not in SAYING:
            return ()
        voices = {
            self._casting.ground.quoted(start)
            for start in (scene.words[at].start, scene.sentence.tokens[told[1]].span.start)
        }
        if len(voices) > 1:
            return ()
        for seen in self._reach(scene, at, 0)[0]:
            if any(scene.words[n].token == told[1] for n in range(seen.first, seen.last)):
                several = len(seen.drafts) > 1
                fitting = several == many if several else all(d.kind in kinds for d in seen.drafts)
                return seen.drafts if fitting else ()
        return ()

    def _judged(self, scene: Scene, at: int, kinds: tuple[str, ...]) -> tuple[Draft, ...]:
        """Return who is judged for what is theirs: sanctions on Iran over its programme."""
        if not for_what(scene, at):
            return ()
        here = [
            s for s in self._reach(scene, at, 0)[0]
            if len(s.drafts) == 1 and s.drafts[0].kind in kinds and not s.subject
        ]  # fmt: skip
        return here[-1].drafts if here else ()

    def _acted_on(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return the collective named last before `it` on which somebody else acts: at odds with Iran, calling it."""
        if doer_of(scene, at) is None:
            return ()
        here = [
            s for s in self._others(scene, at, 0)[0]
            if len(s.drafts) == 1 and s.drafts[0].kind in ("state", "organisation")
        ]  # fmt: skip
        return here[-1].drafts if here else ()

    def _relative(self, scene: Scene, at: int) -> None:
        """Give a relative pronoun to whom the words right before it mean."""
        token = scene.token(at)
        clause = scene.sentence.tokens[token.head] if token.head >= 0 else token
        noun = clause.head if clause.relation.startswith("acl") else -1
        for seen in reversed(self._casting.seen):
            if seen.scene != scene.index:
                break
            holds = any(scene.words[i].token == noun for i in range(seen.first, seen.last))
            if holds or (noun < 0 and seen.last == at):
                if all(draft.kind == "person" for draft in seen.drafts):
                    for draft in seen.drafts:
                        draft.mentions.add(scene.span(at, at + 1))
                else:
                    self._note(scene, at, at + 1, seen.drafts)
                break

    def _person(self, scene: Scene, at: int, word: str) -> tuple[Draft, ...]:
        """Return the person that he or she means: subjects first, of the same voice, nearest sentence first.

        In a quotation its speaker is not he or she; outside of one, who is named there counts last.
        """
        gender = of_pronoun(word)
        sayer = self._sayer(scene, at, ("person",)) or self._judged(scene, at, ("person",))
        if sayer and fits(sayer[0], gender):
            return sayer
        quote = self._casting.ground.quoted(scene.words[at].start)
        speaker = self._speaker(scene, quote) if quote is not None else None
        steps = [
            [
                s
                for s in listed
                if len(s.drafts) == 1 and s.drafts[0].kind == "person" and not s.plural
                and s.drafts[0] is not speaker and fits(s.drafts[0], gender)
            ]
            for listed in self._others(scene, at, FAR)
        ]  # fmt: skip
        closing = len(scene.words) - at <= CLOSING
        if quote is None and closing and self._speaks(scene, at, at + 1):
            steps[0] = [s for s in steps[0] if self._spoke(s)]
        voices = [[s for s in listed if not s.quoted] for listed in steps] if quote is None else steps
        for back, listed in enumerate(voices):
            subjects = _named([s for s in listed if s.subject])
            chosen = _only(subjects) or _only(_named(listed)) or subjects[-1:]
            if back <= REACH:
                chosen = chosen or _named(listed)[-1:]
            if chosen:
                if _only(subjects or listed) and not chosen[-1].drafts[0].gender:
                    chosen[-1].drafts[0].gender = gender
                return chosen[-1].drafts
        for listed in steps[: REACH + 1]:
            if _only(listed):
                return listed[-1].drafts
        return ()

    def _spoke(self, seen: Seen) -> bool:
        """Say whether somebody mentioned says something there."""
        return (
            seen.subject
            and not seen.quoted
            and self._speaks(self._casting.page.scenes[seen.scene], seen.first, seen.last)
        )

    @staticmethod
    def _speaks(scene: Scene, first: int, last: int) -> bool:
        """Say whether the words hold the subject of a verb of saying."""
        tokens = scene.sentence.tokens
        heads = (tokens[scene.words[at].token] for at in range(first, last))
        return any(
            t.relation.startswith("nsubj") and t.head >= 0 and tokens[t.head].lemma in SAYING for t in heads
        )

    def _many(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return whom they means: a group or joined names, subjects first, else a body that acts."""
        kinds = ("group", "organisation")
        sayers = self._sayer(scene, at, kinds, many=True) or self._judged(scene, at, (*kinds, "state"))
        if sayers:
            return sayers
        for listed in self._others(scene, at, REACH):
            fitting = [s for s in listed if s.plural and any(d.collective for d in s.drafts)]
            joined = self._joined(listed)
            subjects = [s for s in fitting if s.subject]
            chosen = _only(subjects) or _only(fitting) if not joined else []
            if chosen:
                return chosen[-1].drafts
            if joined and not fitting:
                return joined
            bodies = [
                s
                for s in listed
                if s.subject and len(s.drafts) == 1 and s.drafts[0].kind in ("organisation", "state")
            ]
            if subjects:
                return subjects[-1].drafts
            if bodies and _only(bodies):
                return bodies[-1].drafts
            if fitting:
                return fitting[-1].drafts
        return self._only_body(scene, at, ("state", "organisation", "group"))

    def _joined(self, listed: list[Seen]) -> tuple[Draft, ...]:
        """Return the last names of one kind that "and" joins in a sentence as its subject."""
        for before, seen in zip(reversed(listed[:-1]), reversed(listed[1:]), strict=True):
            words = self._casting.page.scenes[seen.scene].words[before.last : seen.first]
            alike = (
                len(seen.drafts) == len(before.drafts) == 1 and seen.drafts[0].kind == before.drafts[0].kind
            )
            both = before.subject or seen.subject
            if (
                alike
                and both
                and [w.key for w in words] == ["and"]
                and seen.drafts[0] is not before.drafts[0]
            ):
                return (*before.drafts, *seen.drafts)
        return ()

    def _thing(self, scene: Scene, before: int) -> tuple[Draft, ...]:
        token = scene.token(before)
        if token.relation == "expl" or _copular(scene, token):
            return ()
        bodies = ("state", "organisation")
        told = self._sayer(scene, before, bodies) or self._judged(scene, before, bodies)
        if told or (told := self._acted_on(scene, before)):
            return told
        for listed in self._others(scene, before, REACH):
            fitting = [
                s
                for s in listed
                if s.subject and len(s.drafts) == 1 and s.drafts[0].kind in ("state", "organisation")
            ]
            if fitting:
                only = _only(fitting)
                return only[-1].drafts if only else ()
        return self._only_body(scene, before, ("state", "organisation"))

    def _only_body(self, scene: Scene, before: int, kinds: tuple[str, ...]) -> tuple[Draft, ...]:
        """Return the only collective that a sentence names, else the last that acts in it, the nearest sentence first."""
        for listed in self._others(scene, before, FALLBACK):
            fitting = [s for s in listed if len(s.drafts) == 1 and s.drafts[0].kind in kinds]
            if fitting:
                only = _only(fitting)
                acting = [s for s in fitting if s.subject]
                return only[-1].drafts if only else acting[-1].drafts if acting else ()
        return ()

    def _pair(self, scene: Scene, word: str) -> tuple[Draft, ...]:
        """Return the two collectives that the last sentence with just two of them names."""
        kinds = ("state",) if word in ("countries", "nations", "neighbors", "states") else ()
        drafts: dict[str, Draft] = {}
        for back in range(4):
            for seen in self._casting.seen:
                if seen.scene == scene.index - back:
                    for draft in seen.drafts:
                        fits = draft.kind in kinds if kinds else _party(draft)
                        if fits:
                            drafts.setdefault(_side(draft), draft)
            if len(drafts) == 2:
                return tuple(drafts.values())
            if len(drafts) > 2:
                break
        return self._rivals(scene)

    def _each_other(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return those who act on each other: named together in the sentence, else the two sides of the text."""
        here = self._reach(scene, at, 0)[0]
        together = [s for s in here if len(s.drafts) > 1]
        joined = together[-1].drafts if together else self._joined(here)
        return joined or self._two(scene, at) or self._rivals(scene)

    def _two(self, scene: Scene, before: int) -> tuple[Draft, ...]:
        """Return the two persons, else the two collectives, that the last sentence with two of them names."""
        for listed in self._reach(scene, before, FAR):
            for kinds in (("person",), ("state", "organisation", "group")):
                drafts = {id(d): d for s in listed for d in s.drafts if d.kind in kinds}
                if len(drafts) == 2:
                    return tuple(drafts.values())
                if len(drafts) > 2:
                    return ()
        return ()

    def _rivals(self, scene: Scene, far: int = AROUND) -> tuple[Draft, ...]:
        """Return the two states or armed sides that the last sentences name most, if no third comes up to them."""
        counts: Counter[str] = Counter()
        drafts: dict[str, Draft] = {}
        for seen in self._casting.seen:
            if 0 <= scene.index - seen.scene <= far:
                for draft in seen.drafts:
                    if draft.kind == "state" or _party(draft):
                        counts[_side(draft)] += 1
                        drafts.setdefault(_side(draft), draft)
        ranked = [side for side, _ in counts.most_common(3)]
        clear = len(ranked) == 2 or (len(ranked) == 3 and counts[ranked[1]] > counts[ranked[2]])
        if not clear and far < scene.index:
            return self._rivals(scene, scene.index)
        return tuple(drafts[side] for side in ranked[:2]) if clear else ()

    def _speaker(self, scene: Scene, quote: Span) -> Draft | None:
        """Return who speaks a quotation: the subject of a verb of saying beside it, or the tagged source."""
        scenes = self._casting.page.scenes
        inside = [s for s in scenes if s.sentence.span.overlaps(Span(quote.start - 1, quote.end + 1))]
        for candidate in inside or [scene]:
            found = self._speaker_in(candidate, quote)
            if found:
                return found
        last = (inside or [scene])[-1].index
        paragraph = scene.sentence.paragraph
        for index in (last + 1, (inside or [scene])[0].index - 1):
            if 0 <= index < len(scenes) and scenes[index].sentence.paragraph == paragraph:
                found = self._speaker_in(scenes[index], quote)
                if found:
                    return found
        return None

    def _heading(self, scene: Scene, at: int) -> Draft | None:
        """Return who stands before a colon in front of what is said: `Roca: I was there`."""
        colon = next((n for n in range(at, 0, -1) if scene.words[n].gap.lstrip().startswith(":")), None)
        if colon is None:
            return None
        before = [s for s in self._casting.seen if s.scene == scene.index and s.last == colon]
        return before[-1].drafts[0] if before and len(before[-1].drafts) == 1 else None

    def _last_speaker(self, scene: Scene) -> Draft | None:
        """Return who spoke last before a sentence in which nobody does: long quotations, speeches, statements."""
        for index in range(scene.index, max(-1, scene.index - SPEECH), -1):
            found = self._speaker_in(self._casting.page.scenes[index], NOWHERE)
            if found is not None:
                return found
        return None

    def _speaker_in(self, scene: Scene, quote: Span) -> Draft | None:
        tokens = scene.sentence.tokens
        for token in tokens:
            outside = not quote.overlaps(token.span)
            subject = token.relation.startswith("nsubj") and token.head >= 0
            if (
                outside
                and subject
                and tokens[token.head].lemma in SAYING
                and not quote.overlaps(tokens[token.head].span)
            ):
                found = self._at(scene, token.span)
                if found:
                    return found
        authorities = {t.head for t in tokens if t.relation == "case" and t.text.lower() == "according"}
        sources = [
            t for number, t in enumerate(tokens)
            if (t.role.endswith("source") or number in authorities) and not quote.overlaps(t.span)
        ]  # fmt: skip
        return next((d for t in sources if (d := self._at(scene, t.span))), None)

    def _at(self, scene: Scene, span: Span) -> Draft | None:
        for seen in reversed(self._casting.seen):
            if seen.scene < scene.index:
                break
            if seen.scene == scene.index and scene.span(seen.first, seen.last).overlaps(span):
                usable = [d for d in seen.drafts if d.kind != "place"]
                if len(usable) == 1:
                    return usable[0]
        return None


def _named(listed: list[Seen]) -> list[Seen]:
    """Return the mentions of persons with a name, all where there are none."""
    return [s for s in listed if s.drafts[0].identity[0] == "person"] or listed


def _only(listed: list[Seen]) -> list[Seen]:
    """Return the mentions if they are all of the same members."""
    return listed if len({tuple(id(d) for d in s.drafts) for s in listed}) == 1 else []


_BODIES = frozenset({"government", "opposition", "armed forces"})


def _party(draft: Draft) -> bool:
    """Say whether a member can be a side: a government, an opposition, an armed group, a party."""
    armed = draft.kind == "organisation" and draft.sector in ("REB", "PTY", "UAF", "OPP")
    armed = armed or (
        draft.kind == "group" and draft.sector in ("REB", "UAF") and draft.identity[-1] == "many"
    )
    return armed or (draft.kind == "organisation" and draft.identity[1] in _BODIES)


def _side(draft: Draft) -> str:
    """Return what two mentions of one side have in common: the state of a government or its forces."""
    stately = draft.kind == "state" or draft.sector in ("GOV", "MIL")
    return draft.code if stately and draft.code else f"{draft.name} {draft.code}"


def _copular(scene: Scene, token: Token) -> bool:
    """Say whether `it` stands before `is` and an adjective: it is important."""
    if token.head < 0:
        return False
    return scene.sentence.tokens[token.head].pos in ("ADJ", "ADV")
