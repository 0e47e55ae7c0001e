"""Counts of right, spurious and missed things in one document: what every figure is made of.

A thing is counted under keys such as `category/ACCUSE`. Labels of an event (mode, status, participants …) count as
right only with an event of the right category: a wrong category makes its labels spurious and the gold's missed.
The same labels are counted once more under `found/…` over events of the right category alone. Optional (`may`)
events count neither when they are found nor when they are missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from communique.evaluate import matching
from communique.evaluate.coded import CodedEvent, CodedParty
from communique.evaluate.gold import MUST, GoldDocument, GoldEvent, Party
from communique.evaluate.matching import Matched, Pair, Verdict

Test = Callable[[Party, CodedParty], bool]

ROLES = ("actor", "recipient")
SIDES: tuple[tuple[str, Test], ...] = (
    ("span", matching.same_words),
    ("country", matching.same_country),
    ("sector", matching.same_role),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How sure a coded event is, whether its category is right, and whether its parties are as well."""

    confidence: float
    category: bool
    whole: bool


@dataclass(slots=True)
class Tally:
    """What one document adds to the figures."""

    right: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Gold and coded category; `-` where there is none."""
    judged: list[Judged] = field(default_factory=list)
    """Each coded event that counts and has a confidence."""

    def add(self, key: str, right: int, spurious: int, missed: int) -> None:
        """Add counts under a key."""
        self.right[key] += right
        self.spurious[key] += spurious
        self.missed[key] += missed


def tally(gold: GoldDocument, coded: Sequence[CodedEvent]) -> Tally:
    """Count one document."""
    found = matching.match(gold.events, coded)
    counts = Tally()
    for pair in found.pairs:
        if not pair.gold.optional:
            _pair(counts, pair)
    for event in found.missed:
        _gold_alone(counts, event)
        counts.confusion[event.category, "-"] += 1
        counts.add("event", 0, 0, 1)
    for other, verdict in found.extra:
        if verdict is Verdict.ERROR:
            _coded_alone(counts, other)
            counts.confusion["-", other.category] += 1
            counts.add("event", 0, 1, 0)
            _judge(counts, other, category=False, whole=False)
    _must(counts, gold, found)
    _document(counts, gold, coded)
    return counts


def _judge(counts: Tally, event: CodedEvent, *, category: bool, whole: bool) -> None:
    if event.confidence is not None:
        counts.judged.append(Judged(event.confidence, category, whole))


def _pair(counts: Tally, pair: Pair) -> None:
    counts.add("event", 1, 0, 0)
    counts.confusion[pair.gold.category, pair.gold.category if pair.right else pair.coded.category] += 1
    whole = pair.right and actor_right(pair) and recipient_right(pair)
    _judge(counts, pair.coded, category=pair.right, whole=whole)
    if not pair.right:
        _gold_alone(counts, pair.gold)
        _coded_alone(counts, pair.coded)
        return
    counts.add(f"category/{pair.gold.category}", 1, 0, 0)
    actor = int(actor_right(pair))
    counts.add("category and actor", actor, 1 - actor, 1 - actor)
    for key, right, spurious, missed in (*_labels(pair), *_participants(pair)):
        counts.add(key, right, spurious, missed)
        counts.add(f"found/{key}", right, spurious, missed)


Count = tuple[str, int, int, int]


def _labels(pair: Pair) -> Iterable[Count]:
    gold, coded = pair.gold, pair.coded
    if gold.allows_mode(coded.category, coded.mode):
        if gold.mode is not None:
            yield f"mode/{gold.category} {gold.mode}", 1, 0, 0
    else:
        if gold.mode is not None:
            yield f"mode/{gold.category} {gold.mode}", 0, 0, 1
        if coded.mode is not None:
            yield f"mode/{coded.category} {coded.mode}", 0, 1, 0
    for aux in gold.aux | coded.aux:
        agreed = aux in gold.aux and aux in coded.aux
        excused = aux in gold.acceptable_aux
        if agreed or not excused:
            yield f"aux/{aux}", int(agreed), int(aux not in gold.aux), int(aux not in coded.aux)
    same = gold.status == coded.status
    yield f"status/{gold.status}", int(same), 0, int(not same)
    if not same and coded.status:
        yield f"status/{coded.status}", 0, 1, 0


def _participants(pair: Pair) -> Iterable[Count]:
    gold = {"actor": pair.gold.actors, "recipient": pair.gold.recipients}
    coded = {"actor": pair.coded.actors, "recipient": pair.coded.recipients}
    if matching.pooled(pair):
        gold = {"actor": gold["actor"] + gold["recipient"], "recipient": ()}
        coded = {"actor": coded["actor"] + coded["recipient"], "recipient": ()}
    for role in ROLES:
        for side, test in SIDES:
            yield (f"{role}/{side}", *_agreement(gold[role], coded[role], test, side))
    right = matching.assigned(pair.gold.claimants, pair.coded.claimants, matching.same_source)
    named = sum(1 for party in pair.gold.claimants if party.spans or party.wordings)
    spurious = len(pair.coded.claimants) - right
    yield "claimant", right, spurious, max(0, named - right)


def _agreement(
    gold: Sequence[Party], coded: Sequence[CodedParty], test: Test, side: str
) -> tuple[int, int, int]:
    """Return right, spurious, missed participants. Countries and sectors are compared as sets."""
    if side == "span":
        right = matching.assigned(gold, coded, test)
        return right, len(coded) - right, len(gold) - right
    golds, codeds = _distinct(gold, coded, side)
    right = matching.assigned(golds, codeds, test)
    return right, len(codeds) - right, len(golds) - right


def _distinct(
    gold: Sequence[Party], coded: Sequence[CodedParty], side: str
) -> tuple[list[Party], list[CodedParty]]:
    if side == "country":
        golds = {party.country: party for party in gold if party.country}
        codeds = {party.country: party for party in coded if party.country}
        return list(golds.values()), list(codeds.values())
    by_role = {(party.country, party.sectors): party for party in gold if party.country or party.sectors}
    by_code = {(party.country, party.sector): party for party in coded if party.country or party.sector}
    return list(by_role.values()), list(by_code.values())


def actor_right(pair: Pair) -> bool:
    """Say whether the coded actors have a country of the gold's and none besides, or both have none."""
    if matching.pooled(pair):
        return _countries_right(
            pair.gold.actors + pair.gold.recipients, pair.coded.actors + pair.coded.recipients
        )
    return _countries_right(pair.gold.actors, pair.coded.actors)


def recipient_right(pair: Pair) -> bool:
    """Say the same of the recipients; in mutual acts the actors hold both sides."""
    return matching.pooled(pair) or _countries_right(pair.gold.recipients, pair.coded.recipients)


def _countries_right(gold: Sequence[Party], coded: Sequence[CodedParty]) -> bool:
    wanted = {party.country for party in gold} - {None}
    given = {party.country for party in coded} - {None}
    return given <= wanted and bool(given) == bool(wanted)


# --------------------------------------------------------------------------- events alone


def _gold_alone(counts: Tally, event: GoldEvent) -> None:
    counts.add(f"category/{event.category}", 0, 0, 1)
    counts.add("category and actor", 0, 0, 1)
    if event.mode is not None:
        counts.add(f"mode/{event.category} {event.mode}", 0, 0, 1)
    for aux in event.aux - event.acceptable_aux:
        counts.add(f"aux/{aux}", 0, 0, 1)
    counts.add(f"status/{event.status}", 0, 0, 1)
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for side, _ in SIDES:
            shown = parties if side == "span" else _distinct(parties, (), side)[0]
            counts.add(f"{role}/{side}", 0, 0, len(shown))
    counts.add("claimant", 0, 0, sum(1 for party in event.claimants if party.spans or party.wordings))


def _coded_alone(counts: Tally, event: CodedEvent) -> None:
    counts.add(f"category/{event.category}", 0, 1, 0)
    counts.add("category and actor", 0, 1, 0)
    if event.mode is not None:
        counts.add(f"mode/{event.category} {event.mode}", 0, 1, 0)
    for aux in event.aux:
        counts.add(f"aux/{aux}", 0, 1, 0)
    if event.status:
        counts.add(f"status/{event.status}", 0, 1, 0)
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for side, _ in SIDES:
            shown = parties if side == "span" else _distinct((), parties, side)[1]
            counts.add(f"{role}/{side}", 0, len(shown), 0)
    counts.add("claimant", 0, len(event.claimants), 0)


# --------------------------------------------------------------------------- documents


def _must(counts: Tally, gold: GoldDocument, found: Matched) -> None:
    """Count `must` events found with the right category, and with the right actor's country as well."""
    whole = sum(1 for event in gold.events if event.importance == MUST)
    pairs = [pair for pair in found.pairs if pair.right and pair.gold.importance == MUST]
    acted = sum(1 for pair in pairs if actor_right(pair))
    counts.add("must", len(pairs), 0, whole - len(pairs))
    counts.add("must and actor", acted, 0, whole - acted)


def _document(counts: Tally, gold: GoldDocument, coded: Sequence[CodedEvent]) -> None:
    """Count the document's set of categories and of contexts, as document classifiers are scored."""
    given = {event.category for event in coded}
    wanted = {event.category for event in gold.events if not event.optional}
    allowed = {category for event in gold.events for category in event.categories}
    for category in wanted | given:
        if category in wanted and category in given:
            counts.add(f"document/{category}", 1, 0, 0)
        elif category in wanted:
            if not _told_otherwise(gold, category, given):
                counts.add(f"document/{category}", 0, 0, 1)
        elif category not in allowed:
            counts.add(f"document/{category}", 0, 1, 0)
    contexts = {context for event in coded for context in event.contexts}
    for context in gold.contexts | (contexts - gold.acceptable_contexts):
        right = context in gold.contexts and context in contexts
        counts.add(
            f"context/{context}", int(right), int(context not in gold.contexts), int(context not in contexts)
        )


def _told_otherwise(gold: GoldDocument, category: str, given: set[str]) -> bool:
    """Whether each event of a category that was not coded has another acceptable category that was."""
    events = [event for event in gold.events if event.category == category and not event.optional]
    return all(event.categories & given for event in events)
