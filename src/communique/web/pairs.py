"""Who does what to whom: the table of actor pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, product

from communique.web.labels import Row, name

MOST_PAIRS = 60
"""Rows of the table. Further pairs of a large store have an event or two each; `export` gives all."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: two parties, whether the events have a direction, and the events by quad and by status."""

    first: str
    second: str
    directed: bool
    quads: Counter[int]
    statuses: Counter[str]

    @property
    def total(self) -> int:
        """Return the number of events."""
        return self.quads.total()


@dataclass(slots=True)
class PairTally:
    """Counts pairs while the store is read."""

    quads: dict[tuple[str, str, bool], Counter[int]] = field(default_factory=dict)
    statuses: dict[tuple[str, str, bool], Counter[str]] = field(default_factory=dict)
    events: int = 0

    def add(self, events: Iterable[Row]) -> None:
        """Count each event once for every pair of its parties."""
        for event in events:
            self.events += 1
            for key in dict.fromkeys(_keys(event)):
                self.quads.setdefault(key, Counter())[event["quad"]] += 1
                self.statuses.setdefault(key, Counter())[event["status"] or "unknown"] += 1

    def pairs(self) -> tuple[Pair, ...]:
        """Return the most frequent pairs, at most MOST_PAIRS, ties by name."""
        every = (Pair(*key, quads, self.statuses[key]) for key, quads in self.quads.items())
        return tuple(sorted(every, key=lambda pair: (-pair.total, pair.first, pair.second))[:MOST_PAIRS])


def _keys(event: Row) -> list[tuple[str, str, bool]]:
    """Return actor and recipient; for an event without recipient, each two of its actors."""
    actors = [name(entity) for entity in event["actor"]]
    recipients = [name(entity) for entity in event["recipient"]]
    if recipients:
        return [(a, b, True) for a, b in product(actors, recipients) if a != b]
    return [(a, b, False) for a, b in combinations(sorted(set(actors)), 2)]
