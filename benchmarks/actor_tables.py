"""What the actor tables hold, and what they cost.

    python benchmarks/actor_tables.py [GAPS OF AN OFFICE]

Prints terms of office and those with days, the states whose offices are filled without a gap, memory, loading
time, and how many full names a second are resolved. A state counts as complete when `COMPLETE` of the days lie
in somebody's term, from its founding on; where a source knows no end, its term counts until the day the source was
last looked at. Where a state has no such office, as `offices_lacking.csv` says with the reason, nothing is missing. The states
are the members and observers of the United Nations. With an office as argument, as in
`python benchmarks/actor_tables.py "foreign minister"`, it prints the gaps of every state that is not complete.
Memory is what the tables add to a process of their own; mentions resolved a second are printed by `benchmarks/actors.py`.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

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
OUTSIDE = frozenset({"HKG", "KOS", "TWN"})
"""Polities of the states table that are neither members nor observers of the United Nations."""
FOUNDED = {
    "NAM": "1990-03-21", "YEM": "1990-05-22", "GEO": "1991-04-09", "HRV": "1991-06-25", "SVN": "1991-06-25",
    "EST": "1991-08-20", "LVA": "1991-08-21", "UKR": "1991-08-24", "BLR": "1991-08-25", "MDA": "1991-08-27",
    "AZE": "1991-08-30", "KGZ": "1991-08-31", "UZB": "1991-09-01", "MKD": "1991-09-08", "TJK": "1991-09-09",
    "ARM": "1991-09-21", "TKM": "1991-10-27", "KAZ": "1991-12-16", "RUS": "1991-12-25", "BIH": "1992-03-03",
    "CZE": "1993-01-01", "SVK": "1993-01-01", "ERI": "1993-05-24", "PSE": "1994-07-05", "PLW": "1994-10-01",
    "TLS": "2002-05-20", "MNE": "2006-06-03", "SSD": "2011-07-09",
}  # fmt: skip
"""Since when there is a state whose office could be held, for those younger than 1990. Own knowledge."""
LACKING = Path(__file__).with_name("offices_lacking.csv")
"""The states that have or had no such office, when and why: a time without an office is no gap."""
NAMES = 5000
LOADING = "--loading"
"""The argument with which this file runs itself to see what the tables add to a process."""
Offices = Mapping[tuple[str, str], tuple[Holder, ...]]


def day(value: str, *, last: bool = False) -> date:
    """Return the first or last day that a partial date can mean."""
    if len(value) == 10:
        return date.fromisoformat(value)
    year, month = int(value[:4]), int(value[5:7] or (12 if last else 1))
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


Span = tuple[date, date]


def gaps(place: tuple[str, str], holders: tuple[Holder, ...], span: Span) -> list[Span]:
    """Return the times of a span at which nobody is known to have held an office."""
    spans = [(day(h.start), day(h.end or h.asof or span[1].isoformat(), last=True)) for h in holders]
    spans += lacking().get(place, [])
    open_times, at = [], span[0]
    for start, end in sorted(spans):
        if at < min(start, span[1]):
            open_times.append((at, min(start, span[1])))
        at = max(at, end)
    return [*open_times, (at, span[1])] if at < span[1] else open_times


@cache
def lacking() -> Mapping[tuple[str, str], list[Span]]:
    """Read when which state had no such office."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    with LACKING.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            checker().row(LACKING.name, row)
            span = (day(row["start"] or "1945"), day(row["end"] or "9998", last=True))
            found[row["code"], row["office"]].append(span)
    return found


def incomplete(offices: Offices, office: str, since: date, until: date) -> dict[str, list[Span]]:
    """Return the states that do not have an office filled, each with its gaps."""
    found = {}
    for code in members():
        span = (max(since, date.fromisoformat(FOUNDED.get(code, "1945-01-01"))), until)
        times = gaps((code, office), offices.get((code, office), ()), span)
        if sum((last - first).days for first, last in times) > (1 - COMPLETE) * (until - span[0]).days:
            found[code] = times
    return found


def members() -> list[str]:
    """Return the members and observers of the United Nations."""
    return [r["code"] for _, r in rows("states.csv") if r["sector"] == "GOV" and r["code"] not in OUTSIDE]


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
    for office, since in ASKED:
        for until in UNTIL:
            count = len(members())
            full = count - len(incomplete(offices, office, since, until))
            print(f"{office}, {since.year} to {until.isoformat()}: complete in {full} of {count} states")


def missing(offices: Offices, office: str) -> None:
    """Print the gaps of an office, state by state, that are longer than a month."""
    for code, times in incomplete(offices, office, dict(ASKED)[office], UNTIL[-1]).items():
        long = [f"{first} to {last}" for first, last in times if (last - first).days > 31]
        print(f"{code}: {', '.join(long) or 'short ones only'}")


def memory() -> float:
    """Return the memory of this process in MB (of Linux)."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def loading() -> None:
    """Print what loading takes: to be run in a process of its own."""
    before, start = memory(), time.process_time()
    knowledge = Knowledge.load()
    spent, after = time.process_time() - start, memory()
    assert knowledge.gazetteer.find("lima")
    print(
        f"loading: {spent:.2f} s of processor time, {after - before:.0f} MB, {memory() - before:.0f} MB with places"
    )


def cost() -> None:
    """Print what loading takes, in a fresh process, and how fast names are resolved."""
    subprocess.run([sys.executable, __file__, LOADING], check=True)
    knowledge = Knowledge.load()
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
    if sys.argv[1:] == [LOADING]:
        loading()
    elif sys.argv[1:]:
        missing(read_offices(checker()), sys.argv[1])
    else:
        terms()
        states(read_offices(checker()))
        cost()
