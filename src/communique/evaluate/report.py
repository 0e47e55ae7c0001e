"""The result of an evaluation: figures by name, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import StringIO
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from communique.evaluate.figures import Point, Score

WIDTH = 120
"""Columns of the report as text: the confusion table of sixteen categories needs 112."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of figures: a title and named scores."""

    title: str
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was measured. Prints as tables in a rich console; `text` and `row` give it otherwise."""

    documents: int
    gold_events: int
    coded_events: int
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    confusion: Mapping[tuple[str, str], int]
    curve: tuple[Point, ...] = field(default=())
    calibration_error: float | None = None
    """Mean gap between confidence and the share of wholly right records; None without confidences."""

    def score(self, section: str, name: str) -> Score:
        """Return a figure by the title of its table and its name; raise KeyError if there is none."""
        return next(one for one in self.sections if one.title == section).scores[name]

    def figures(self) -> dict[str, float]:
        """Return the F1 of every figure by `section: name`; recall or precision where that alone is counted."""
        scores = {
            f"{section.title}: {name}": score
            for section in self.sections
            for name, score in section.scores.items()
        }
        values = {name: _one_figure(score) for name, score in scores.items()}
        return {name: value for name, value in values.items() if value is not None}

    def row(self) -> dict[str, Any]:
        """Return the report as JSON-ready data."""
        return {
            "documents": self.documents,
            "gold_events": self.gold_events,
            "coded_events": self.coded_events,
            "notes": list(self.notes),
            "figures": {
                one.title: {name: asdict(score) for name, score in one.scores.items()}
                for one in self.sections
            },
            "confusion": [
                {"gold": gold, "coded": coded, "events": n}
                for (gold, coded), n in sorted(self.confusion.items())
            ],
            "curve": [asdict(point) for point in self.curve],
            "calibration_error": self.calibration_error,
        }

    def text(self) -> str:
        """Return the report as plain text."""
        out = StringIO()
        Console(file=out, width=WIDTH, no_color=True, legacy_windows=False).print(self)
        return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the tables."""
        del console, options
        yield from self._parts()

    def _parts(self) -> Iterator[RenderableType]:
        yield Text(
            f"{_many(self.documents, 'document')}, {_many(self.gold_events, 'event')} to be found "
            f"(optional ones left out), {_many(self.coded_events, 'event')} coded"
        )
        yield from (Text(f"Note: {note}") for note in self.notes)
        yield from (_table(section) for section in self.sections if section.scores)
        if self.calibration_error is not None:
            yield Text(f"\nExpected calibration error of whole records: {self.calibration_error:.3f}")
        if self.confusion:
            yield confusion_table(self.confusion)
        if self.curve:
            yield curve_table(self.curve)


def _one_figure(score: Score) -> float | None:
    return next((one for one in (score.f1, score.recall, score.precision) if one is not None), None)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _plain(title: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.title_style = "bold"
    return table


def _table(section: Section) -> Table:
    table = _plain(f"\n{section.title}")
    table.add_column("")
    for name in ("precision", "recall", "F1", "95% interval", "right", "spurious", "missed"):
        table.add_column(name, justify="right")
    for name, score in section.scores.items():
        interval = "" if score.low is None or score.high is None else f"{score.low:.2f} to {score.high:.2f}"
        counts = (str(score.right), str(score.spurious), str(score.missed))
        table.add_row(
            name, *(shown(value) for value in (score.precision, score.recall, score.f1)), interval, *counts
        )
    return table


def shown(value: float | None) -> str:
    """Return a measure with two decimals, `-` where there was nothing to count."""
    return "-" if value is None else f"{value:.2f}"


def confusion_table(confusion: Mapping[tuple[str, str], int]) -> Table:
    """Return the table of gold categories (rows) against coded ones (columns), by their first letters."""
    labels = sorted({label for pair in confusion for label in pair} - {"-"})
    table = _plain("\nConfusion: gold by coded; - is none")
    table.add_column("")
    for label in (*labels, "-"):
        table.add_column(label[:5], justify="right")
    for gold in (*labels, "-"):
        table.add_row(gold, *_cells(confusion, gold, (*labels, "-")))
    return table


def _cells(confusion: Mapping[tuple[str, str], int], gold: str, labels: Iterable[str]) -> Iterator[str]:
    for label in labels:
        count = confusion.get((gold, label), 0)
        yield str(count) if count else "·"


def curve_table(points: tuple[Point, ...]) -> Table:
    """Return precision and recall by threshold of confidence."""
    table = _plain("\nBy confidence: category, of the events at or above a threshold")
    for name in (
        "threshold",
        "precision",
        "recall",
        "whole record right",
        "events in the tenth",
        "whole of these",
    ):
        table.add_column(name, justify="right")
    for point in points:
        table.add_row(
            f"{point.threshold:.1f}",
            shown(point.precision),
            shown(point.recall),
            shown(point.whole),
            str(point.within),
            shown(point.right_within),
        )
    return table
