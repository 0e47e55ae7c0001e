"""Which coded event is which happening of the gold.

A coded event can be a happening if its words overlap the evidence at one of the happening's places. Of all such
pairs the best are taken first, each side once: right category before wrong, the same actor's country, words that
overlap the gold's trigger, obligatory before optional (`may`), then the larger share of common words. Greedy
choice in that order, as events of a document overlap in small groups where it and the optimal assignment agree.

What is left over is no error when it is rightly coded but told before, or optional:
a right category at another place of a happening already found, or at an optional event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from communique.evaluate.coded import CodedEvent, CodedParty
from communique.evaluate.gold import GoldEvent, Party
from communique.records import Span

T = TypeVar("T")
U = TypeVar("U")

RECIPROCAL = frozenset({"CONSULT", "COOPERATE"})
"""Categories whose sides do the same thing: who stands as actor and who as recipient is a matter of wording."""


class Verdict(StrEnum):
    """What a coded event without a happening of its own is."""

    ERROR = "error"
    REPEAT = "repeat"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Pair:
    """A happening and the coded event taken for it."""

    gold: GoldEvent
    coded: CodedEvent

    @property
    def right(self) -> bool:
        """Whether the category counts as right."""
        return self.coded.category in self.gold.categories


@dataclass(frozen=True, slots=True)
class Matched:
    """The events of one document, each in one of three places."""

    pairs: tuple[Pair, ...]
    missed: tuple[GoldEvent, ...]
    """Happenings without a coded event, the optional ones left out."""
    extra: tuple[tuple[CodedEvent, Verdict], ...]


def match(gold: Sequence[GoldEvent], coded: Sequence[CodedEvent]) -> Matched:
    """Return the one-to-one assignment of the events of one document."""
    candidates = [
        (_merit(event, other), i, j)
        for i, event in enumerate(gold)
        for j, other in enumerate(coded)
        if _possible(event, other)
    ]
    candidates.sort(key=lambda found: (found[0], -found[1], -found[2]), reverse=True)
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in candidates:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    pairs = tuple(Pair(gold[i], coded[j]) for i, j in sorted(taken.items()))
    kept = {id(pair.coded) for pair in pairs}
    found = {id(pair.gold) for pair in pairs}
    return Matched(
        pairs,
        tuple(event for event in gold if id(event) not in found and not event.optional),
        tuple((event, _verdict(event, gold, pairs)) for event in coded if id(event) not in kept),
    )


def _possible(gold: GoldEvent, coded: CodedEvent) -> bool:
    """Whether the words overlap; an optional event is found only under a right category."""
    if gold.optional and coded.category not in gold.categories:
        return False
    return shared(gold.places, coded.spans) > 0


def _merit(gold: GoldEvent, coded: CodedEvent) -> tuple[bool, bool, bool, bool, float]:
    right = coded.category in gold.categories
    trigger = gold.trigger is not None and any(span.overlaps(gold.trigger) for span in coded.spans)
    countries = {party.country for party in coded.actors if party.country}
    same_actor = bool(countries & {party.country for party in gold.actors})
    return right, same_actor, trigger, not gold.optional, shared(gold.places, coded.spans)


def shared(places: Sequence[Span], spans: Sequence[Span]) -> float:
    """Return the largest share of a coded span that lies in one of the places, 0 to 1.

    >>> shared([Span(0, 10)], [Span(5, 15)])
    0.5
    """
    return max(
        (_common(place, span) / max(1, span.end - span.start) for place in places for span in spans),
        default=0.0,
    )


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _verdict(coded: CodedEvent, gold: Sequence[GoldEvent], pairs: Sequence[Pair]) -> Verdict:
    found = {id(pair.gold) for pair in pairs if pair.right}
    for event in gold:
        if coded.category not in event.categories:
            continue
        if event.optional and shared(event.places, coded.spans):
            return Verdict.OPTIONAL
        if id(event) in found and shared(event.places[1:], coded.spans):
            return Verdict.REPEAT
    return Verdict.ERROR


# --------------------------------------------------------------------------- participants


def pooled(pair: Pair) -> bool:
    """Whether the sides of a pair are compared as one group: the act is mutual, and named on both sides as such."""
    gold = pair.gold
    return gold.category in RECIPROCAL or (len(gold.actors) > 1 and not gold.recipients)


def same_words(gold: Party, coded: CodedParty) -> bool:
    """Say whether a coded participant's words mean the gold's: they overlap one of its mentions.

    Overlap is by at least half of the shorter. Where the gold has words and no offsets, one must hold the other.
    """
    if coded.span is not None and any(half(span, coded.span) for span in gold.spans):
        return True
    words = coded.words.casefold()
    return bool(words) and any(wording in words or words in wording for wording in gold.wordings)


def half(one: Span, other: Span) -> bool:
    """Say whether two spans share at least half of the shorter."""
    shorter = min(one.end - one.start, other.end - other.start)
    return _common(one, other) * 2 >= max(shorter, 1)


def same_country(gold: Party, coded: CodedParty) -> bool:
    """Say whether the countries, or the codes that stand for one, are equal; nothing equals a missing one."""
    return gold.country is not None and gold.country == coded.country


def same_role(gold: Party, coded: CodedParty) -> bool:
    """Say whether country and sector agree; any sector of the gold counts, none only equals none."""
    sectors = gold.sectors or (None,)
    return gold.country == coded.country and coded.sector in sectors


def same_source(gold: Party, coded: CodedParty) -> bool:
    """Say whether a claimant is the gold's: its words, its cue, or its country with its sector."""
    if same_words(gold, coded) or (same_country(gold, coded) and same_role(gold, coded)):
        return True
    return gold.cue is not None and coded.cue is not None and gold.cue.overlaps(coded.cue)


def assigned(first: Iterable[T], second: Iterable[U], test: Callable[[T, U], bool]) -> int:
    """Return how many of the first find a partner of their own among the second, taken greedily in order."""
    free = list(second)
    count = 0
    for item in first:
        hit = next((i for i, other in enumerate(free) if test(item, other)), None)
        if hit is not None:
            del free[hit]
            count += 1
    return count
