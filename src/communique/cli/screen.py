"""What the user sees: messages, the progress bar, and the summary of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

from rich.console import Console, Group
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from communique.export import Row, actor_pairs, printable
from communique.store import Tables

PROGRESS_AFTER = 2.0
"""Seconds before the progress bar appears; shorter runs need none."""
PAIRS = 10
REASONS = 10
"""How many actor pairs, and how many reasons for skipping, the summary names."""


def messages() -> Console:
    """Return the console for messages: standard error, so that data on standard output stay clean."""
    return Console(stderr=True, highlight=False)


def complain(text: str) -> None:
    """Say what went wrong, in one line of standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(f"communique: {text}"))


@dataclass(slots=True)
class Tally:
    """What a run has read so far."""

    documents: int = 0
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By stage and reason: what was not coded at all."""
    notices: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By stage and reason: remarks on documents that were read, and passages of them that were not coded."""
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    categories: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    richest: tuple[int, str] = (-1, "")
    """The number of events and the id of the document that has most."""
    _read: set[str] = field(default_factory=set)
    _last: str = ""

    def add(self, rows: Tables) -> None:
        """Count the rows of one document, or of one thing skipped."""
        for document in rows.get("documents", ()):
            self.documents += 1
            self.richest = max(self.richest, (len(rows["events"]), document["id"]), key=lambda pair: pair[0])
            self._read.add(document["id"])
            self._last = document["source"].partition("#")[0]
        for row in rows["skipped"]:
            self._count(row)
        for event in rows.get("events", ()):
            self.categories.update(event["event"])
            self.pairs.update(actor_pairs(event))

    def _count(self, row: Row) -> None:
        """Tell a remark on a document that was read from a document that was not."""
        known = row["document_id"] in self._read or (
            row["document_id"] is None and row["source"] == self._last
        )
        reason = (row["stage"], row["reason"])
        (self.notices if known else self.skipped)[reason] += 1
        self.examples.setdefault(reason, row["source"])


@contextmanager
def progress(tally: Tally, total: int | None, *, quiet: bool) -> Iterator[Any]:
    """Show a bar on standard error once a run takes longer than two seconds; yields a function to call on change.

    Shows nothing when `quiet`, or when standard error is not a terminal.
    """
    console = messages()
    if quiet or not console.is_terminal:
        yield lambda: None
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("reading", total=total)
    timer = Timer(PROGRESS_AFTER, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: bar.update(task, completed=tally.documents + tally.skipped.total())
    finally:
        timer.cancel()
        bar.stop()


def summary(tally: Tally, console: Console) -> None:
    """Print documents read and skipped, events by category, and the most frequent actor pairs."""
    read = f"Read {counted(tally.documents, 'document')}, skipped {tally.skipped.total()}"
    console.print(f"{read}; found {counted(tally.categories.total(), 'event')}.")
    for title, reasons in (("Skipped", tally.skipped), ("Read, with a remark", tally.notices)):
        if reasons:
            console.print(_counts(title, _reasons(tally, reasons)))
    if tally.categories:
        console.print(_counts("Events by category", tally.categories.most_common()))
    if tally.pairs:
        pairs = [(f"{actor} → {other}", number) for (actor, other), number in tally.pairs.most_common(PAIRS)]
        console.print(_counts("Most frequent actor pairs", pairs))


def _reasons(tally: Tally, reasons: Counter[tuple[str, str]]) -> list[tuple[str, int]]:
    """Return the most frequent reasons with an example of each."""
    listed = [
        (f"{stage}: {reason} ({tally.examples[stage, reason]})", number)
        for (stage, reason), number in reasons.most_common(REASONS)
    ]
    rest = reasons.total() - sum(number for _, number in listed)
    return [*listed, ("for other reasons", rest)] if rest else listed


def _counts(title: str, rows: list[tuple[str, int]]) -> Group:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", min_width=6)
    grid.add_column(overflow="fold")
    for name, number in rows:
        grid.add_row(str(number), Text(printable(name)))
    return Group("", Text(title, style="bold"), grid)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "document"), counted(2, "document")
    ('1 document', '2 documents')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
