"""Counts what is coded, for corpus/README.md: documents, events and statements by source, split and label.

python -m corpus.statistics
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from communique.ontology import plover
from corpus import standoff, written

Row = Mapping[str, Any]
NONE = "(none)"


def mains(row: Row) -> list[Row]:
    """Return the events of a document, repeats left out."""
    return [event for event in row["events"] if not event["same_event_as"]]


def categories(rows: Iterable[Row]) -> Counter[str]:
    """Count events by category."""
    return Counter(event["event"] for row in rows for event in mains(row))


def modes(rows: Iterable[Row]) -> Counter[tuple[str, str]]:
    """Count events by category and mode, those without a mode left out."""
    events = chain.from_iterable(mains(row) for row in rows)
    return Counter((event["event"], event["mode"]) for event in events if event["mode"])


def auxiliary(rows: Iterable[Row]) -> Counter[str]:
    """Count events by auxiliary mode; an event may have two."""
    return Counter(aux for row in rows for event in mains(row) for aux in event["aux"])


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a Markdown table; the first column is text, the others are numbers.

    >>> table(["a", "b"], [["x", 1]])
    ['| a | b |', '|---|---:|', '| x | 1 |']
    """
    lines = [head, *rows]
    marks = "|---|" + "---:|" * (len(head) - 1)
    shown = [f"| {' | '.join(_cell(value) for value in line)} |" for line in lines]
    return [shown[0], marks, *shown[1:]]


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _by_source(rows: Sequence[Row]) -> list[str]:
    head = ("source", "documents", "dev", "events", "repeats", "statements", "actors", "names")
    groups: dict[str, list[Row]] = {}
    for row in rows:
        source = f"written: {row['kind']}" if row["source"] == "written" else str(row["source"])
        groups.setdefault(source, []).append(row)
    body = [(source, *_sums(group)) for source, group in sorted(groups.items())]
    return table(head, [*body, ("all", *_sums(rows))])


def _sums(rows: Sequence[Row]) -> tuple[int, ...]:
    events = sum(len(mains(row)) for row in rows)
    repeats = sum(len(row["events"]) for row in rows) - events
    others = (sum(len(row[key]) for row in rows) for key in ("statements", "actors", "names"))
    return len(rows), sum(row["split"] == "dev" for row in rows), events, repeats, *others


Counting = Callable[[Iterable[Row]], Mapping[Any, int]]


def _by_label(
    parts: Mapping[str, Sequence[Row]], what: str, count: Counting, labels: Sequence[Any]
) -> list[str]:
    counted = {name: count(rows) for name, rows in parts.items()}
    body = [
        (
            label if isinstance(label, str) else " ".join(label),
            *(found.get(label, 0) for found in counted.values()),
        )
        for label in labels
    ]
    return table((what, *parts), body)


def _field(name: str) -> Counting:
    return lambda rows: Counter(event[name] or NONE for row in rows for event in mains(row))


def report(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of all tables."""
    parts = {
        "real, train": [row for row in rows if row["source"] != "written" and row["split"] == "train"],
        "real, dev": [row for row in rows if row["split"] == "dev"],
        "written": [row for row in rows if row["source"] == "written"],
    }
    known = plover().categories
    every_mode = [(category, mode) for category in known for mode in known[category].modes]
    yield from (*_by_source(rows), "")
    yield from (*_by_label(parts, "category", categories, list(known)), "")
    yield from (*_by_label(parts, "status", _field("status"), list(plover().statuses)), "")
    yield from (*_by_label(parts, "importance", _field("importance"), ["must", "should", "may"]), "")
    yield from (*_by_label(parts, "auxiliary mode", auxiliary, list(plover().auxiliary)), "")
    yield from _by_label(parts, "mode", modes, every_mode)


def main() -> int:
    """Print the tables over corpus/real and corpus/written."""
    rows = [*(row for _, row in standoff.real()), *written.written()[0]]
    sys.stdout.writelines(f"{line}\n" for line in report(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
