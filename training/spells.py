"""Spells of office: who held an office that one person holds at a time, when several sources say it.

Each spell has a rank, 0 the most trusted. A spell of a better rank stands as it is, and the others fill what it
leaves open; among spells of one rank, who comes later ends who came before, and who came before takes up again
when the later one's stated end lies before their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

OPEN = "9999"
"""Later than any date: an end that nobody states."""
ALIKE = 90.0
"""Least similarity of two spellings of one person, among those of one office and time. Not measured; Kim Jong-il
and Kim Jong-un are 82 alike."""
SAME_DAY_MONTHS = 2
"""Months by which sources date one start differently."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One person's time in one office of one state; dates may be partial."""

    start: str
    end: str
    person: str
    qid: str
    asof: str
    """When an open end was last looked at; blank for one that stands until somebody writes otherwise."""
    rank: int
    names: frozenset[str]
    """The keys of the person's name and aliases."""

    @property
    def until(self) -> str:
        """Return the end, or a date later than any."""
        return self.end or OPEN

    def meets(self, other: Spell) -> bool:
        """Say whether the two share a day."""
        return self.start < other.until and other.start < self.until

    def same(self, other: Spell) -> bool:
        """Say whether both are one person's: an id or a name in common, or one name within the other."""
        if self.qid == other.qid != "" or self.names & other.names:
            return True
        return any(_alike(one, two) for one in self.names for two in other.names)


def _alike(one: str, two: str) -> bool:
    """Say whether two keys can be one person's name: `pedro castillo`, `jose pedro castillo terrones`."""
    short, long = sorted((set(one.split()), set(two.split())), key=len)
    return (len(short) > 1 and short <= long) or fuzz.ratio(one, two) >= ALIKE


def disjoint(spells: Iterable[Spell]) -> list[Spell]:
    """Return the spells without overlaps, in order, contiguous ones of one person as one."""
    kept: list[Spell] = []
    known = set(spells)
    for rank in sorted({spell.rank for spell in known}):
        below = _in_turn([spell for spell in known if spell.rank == rank])
        kept = [_carried_on(spell, below) for spell in kept]
        for standing in list(kept):
            below = [part for spell in below for part in _outside(spell, standing)]
        kept += below
    return _joined(kept)


def _order(spell: Spell) -> tuple[str, ...]:
    return spell.start, spell.until, spell.person, spell.asof, spell.qid


def _in_turn(spells: list[Spell]) -> list[Spell]:
    """Settle the overlaps of one rank: the later start wins, and a person's stated end wins over an open one."""
    kept: list[Spell] = []
    for spell in sorted(spells, key=_order):
        if any(k.same(spell) and k.end and not spell.end and k.meets(spell) for k in kept):
            continue
        kept = [part for k in kept for part in _outside(k, spell)] + [spell]
    return [spell for spell in kept if spell.start < spell.until]


def _outside(spell: Spell, standing: Spell) -> list[Spell]:
    """Return what is left of a spell where another one stands.

    An open end is no evidence that somebody was still there after a successor. What a trusted spell says of its
    own person's start and end is not filled up.
    """
    if not spell.meets(standing):
        return [spell]
    settled = standing.rank < spell.rank and spell.same(standing)
    early = spell.start < standing.start
    if settled and _months(standing.start) - _months(spell.start) <= SAME_DAY_MONTHS:
        early = False
    parts = [replace(spell, end=standing.start)] if early else []
    if standing.end and spell.end and standing.end < spell.end and not settled:
        parts.append(replace(spell, start=standing.end))
    return parts


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7] or 1)


def _carried_on(spell: Spell, below: list[Spell]) -> Spell:
    """Continue an open spell by what less trusted sources know after its last look."""
    if spell.end or not spell.asof:
        return spell
    successors = [b.start for b in below if b.start > spell.asof and not b.same(spell)]
    own = [b for b in below if b.same(spell) and b.start <= spell.asof < (b.end or b.asof)]
    ends = [*successors, *(b.end for b in own if b.end)]
    if ends:
        return replace(spell, end=min(ends))
    return replace(spell, asof=max([spell.asof, *(b.asof for b in own)]))


def _joined(spells: list[Spell]) -> list[Spell]:
    """Write one person's spells that follow each other without a day between as one, under the trusted name."""
    done: list[Spell] = []
    for spell in sorted(spells, key=_order):
        before = done[-1] if done else None
        if before and before.same(spell) and before.end == spell.start:
            first = min(before, spell, key=lambda s: (s.rank, not s.qid))
            spell = replace(
                first, start=before.start, end=spell.end, asof=spell.asof, qid=first.qid or before.qid or spell.qid,
                names=before.names | spell.names,
            )  # fmt: skip
            done.pop()
        done.append(spell)
    return done
