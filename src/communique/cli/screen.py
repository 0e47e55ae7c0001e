"""What the user sees: messages, the progress bar, and the summary of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

from rich.console import Console
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

from communique.export import actor_pairs, printable
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
    """By stage and reason: documents that were not coded."""
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    passages: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    richest: tuple[int, str] = (-1, "")
    """The number of events and the id of the document that has most."""

    def add(self, rows: Tables) -> None:
        """Count the rows of one document, or of one thing skipped."""
        lost = () if rows.get("documents") else rows["skipped"]
        for row in lost:
            if row["start"] is None:
                self.skipped[row["stage"], row["reason"]] += 1
                self.examples.setdefault((row["stage"], row["reason"]), row["source"])
        self.passages += sum(1 for row in rows["skipped"] if row["start"] is not None)
        for document in rows.get("documents", ()):
            self.documents += 1
            self.richest = max(self.richest, (len(rows["events"]), document["id"]), key=lambda pair: pair[0])
        for event in rows.get("events", ()):
            self.categories.update(event["event"])
            self.pairs.update(actor_pairs(event))


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
    skipped = tally.skipped.total()
    read = f"Read {counted(tally.documents, 'document')}, skipped {skipped}"
    console.print(f"{read}; found {counted(tally.categories.total(), 'event')}.")
    if tally.passages:
        console.print(f"Not coded: {counted(tally.passages, 'passage')}; the table `skipped` says why.")
    if skipped:
        console.print(_skips(tally))
    if tally.categories:
        console.print(_counts("Events by category", tally.categories.most_common()))
    if tally.pairs:
        pairs = [(f"{actor} → {other}", number) for (actor, other), number in tally.pairs.most_common(PAIRS)]
        console.print(_counts("Most frequent actor pairs", pairs))


def _skips(tally: Tally) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.title, grid.title_justify = "Skipped", "left"
    for (stage, reason), number in tally.skipped.most_common(REASONS):
        example = tally.examples[stage, reason]
        grid.add_row("", str(number), Text(printable(f"{stage}: {reason} ({example})")))
    return grid


def _counts(title: str, rows: list[tuple[str, int]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.title, grid.title_justify = title, "left"
    grid.add_column()
    grid.add_column(justify="right")
    for name, number in rows:
        grid.add_row("", str(number), Text(printable(name)))
    return grid


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "document"), counted(2, "document")
    ('1 document', '2 documents')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
