"""What the actor tables hold, and what they cost.

    python benchmarks/actor_tables.py

Prints terms of office and those with days, the states whose offices are filled without a gap, memory, loading
time, and how many full names a second are resolved. A state counts as complete when `COMPLETE` of the days lie
in somebody's term; where a source knows no end, its term counts until the day the source was last looked at.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, timedelta

from communique.knowledge import Knowledge
from communique.knowledge.people import Clues
from communique.knowledge.tables import Holder, checker, read_offices, rows

COMPLETE = 0.98
UNTIL = (date(2022, 7, 1), date(2026, 1, 1))
"""The source of ministers ends in July 2022."""
ASKED = (
    ("head of state", date(1990, 1, 1)), ("head of government", date(1990, 1, 1)),
    ("foreign minister", date(2000, 1, 1)), ("defence minister", date(2000, 1, 1)),
    ("interior minister", date(2000, 1, 1)),
)  # fmt: skip
NAMES = 5000
Offices = Mapping[tuple[str, str], tuple[Holder, ...]]


def day(value: str, *, last: bool = False) -> date:
    """Return the first or last day that a partial date can mean."""
    if len(value) == 10:
        return date.fromisoformat(value)
    year, month = int(value[:4]), int(value[5:7] or (12 if last else 1))
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def filled(holders: tuple[Holder, ...], since: date, until: date) -> float:
    """Return the share of the days on which somebody held an office."""
    covered, at = 0, since
    for start, end in sorted(
        (day(h.start), day(h.end or h.asof or until.isoformat(), last=True)) for h in holders
    ):
        first, last = max(start, at), min(end, until)
        if last > first:
            covered, at = covered + (last - first).days, last
    return covered / (until - since).days


def terms() -> None:
    """Print the number of terms, and of those whose days are known."""
    table = [row for name in ("people.csv", "holders.csv.gz") for _, row in rows(name)]
    table = [row for row in table if row.get("title", "office") not in ("Member of parliament", "Senator")]
    started = sum(len(row["start"]) == 10 for row in table)
    both = sum(len(row["start"]) == len(row["end"]) == 10 for row in table)
    people = {row["qid"] or row.get("person") or row.get("name") for row in table}
    print(f"terms of office: {len(table)}, of {len(people)} people, legislators' seats apart")
    print(f"with a day to start: {started}; with days to start and end: {both}")


def states(offices: Offices) -> None:
    """Print how many states have an office filled, as far as the days asked for."""
    codes = [row["code"] for _, row in rows("states.csv") if row["sector"] == "GOV"]
    for office, since in ASKED:
        for until in UNTIL:
            full = sum(filled(offices.get((c, office), ()), since, until) >= COMPLETE for c in codes)
            print(f"{office}, {since.year} to {until.isoformat()}: complete in {full} of {len(codes)} states")


def memory() -> float:
    """Return the memory of this process in MB (of Linux)."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def cost() -> None:
    """Print what loading takes, and how fast names are resolved."""
    before, start = memory(), time.process_time()
    knowledge = Knowledge.load()
    print(f"loading: {time.process_time() - start:.2f} s of processor time, {memory() - before:.0f} MB")
    names = [(row["person"], row["code"]) for _, row in rows("holders.csv.gz")][:: 136_000 // NAMES]
    start = time.process_time()
    found = sum(
        knowledge.tables.people.read(name, Clues("2015-06-01", frozenset({code}), code, None, False))
        is not None
        for name, code in names
    )
    spent = time.process_time() - start
    print(f"full names: {len(names) / spent:.0f} a second on one core ({found} of {len(names)} held then)")


if __name__ == "__main__":
    terms()
    states(read_offices(checker()))
    cost()
