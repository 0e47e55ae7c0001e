"""How good the coding is: coded events against events coded by hand, with intervals.

>>> from pathlib import Path
>>> report = run([Path("corpus/real")], Path("coded.jsonl"), split="dev")   # doctest: +SKIP
>>> print(report.text())                                                    # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from communique.evaluate import coded as coding
from communique.evaluate import figures as measuring
from communique.evaluate import gold as annotation
from communique.evaluate.coded import CodedRows
from communique.evaluate.figures import SAMPLES, Figures, Score, confusion
from communique.evaluate.gold import GoldDocument
from communique.evaluate.report import Report, Section
from communique.evaluate.tallies import ROLES, SIDES, Judged, tally

__all__ = ["Report", "Score", "compare", "run"]

SURE = 0.8
"""Confidence from which a record is meant to be relied on."""
SHOWN = 3
"""Document ids that a note names before it only counts."""


def run(gold: list[Path], coded: Path, *, curve: bool = False, split: str | None = None) -> Report:
    """Score a file of event rows against annotated documents.

    `gold`: files or folders of the corpus's layout, or pages of `gold/`; `coded`: JSONL of `communique code`, or a
    folder of such files; `split` keeps only the documents of `dev` or `train`; `curve` adds precision and recall
    by confidence. Raises CorpusError if a file cannot be read, or if no document is in both.
    """
    return compare(annotation.read(gold, split), coding.read(coded), with_curve=curve)


def compare(
    documents: Sequence[GoldDocument], rows: CodedRows, *, with_curve: bool = False, samples: int = SAMPLES
) -> Report:
    """Score events in memory; a gold document without coded events has all its events missed."""
    ids = coding.pair(documents, rows)
    pairs = [(doc, rows.events[ids[doc.id]] if doc.id in ids else ()) for doc in documents]
    tallies = [tally(doc, events) for doc, events in pairs]
    figures = Figures(tallies, samples)
    judged = measuring.judged(tallies)
    found = figures.score(*figures.under("category"))
    return Report(
        documents=len(documents),
        gold_events=sum(not event.optional for doc in documents for event in doc.events),
        coded_events=sum(len(events) for _, events in pairs),
        notes=tuple(_notes(documents, rows, ids)),
        sections=(*_sections(figures), Section("Confidence", _confidence(judged))),
        confusion=confusion(tallies),
        curve=measuring.curve(judged, found) if with_curve else (),
        calibration_error=measuring.calibration_error(judged),
    )


def _notes(documents: Sequence[GoldDocument], rows: CodedRows, ids: Mapping[str, str]) -> list[str]:
    notes = []
    absent = [doc.id for doc in documents if doc.id not in ids]
    if absent:
        notes.append(f"nothing coded in {_named(absent)}: counted as missed")
    strange = [coded for coded in rows.events if coded not in ids.values()]
    if strange:
        notes.append(f"not in the gold, left out: {_named(strange)}")
    other = [f"{doc.id} (coded as {ids[doc.id]})" for doc in documents if ids.get(doc.id, doc.id) != doc.id]
    if other:
        notes.append(f"recognised under another id: {_named(other)}")
    return notes


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return f"{len(ids)} document{'' if len(ids) == 1 else 's'}, {', '.join(ids[:SHOWN])}{more}"


# --------------------------------------------------------------------------- the tables


def _sections(figures: Figures) -> list[Section]:
    """Return the tables in the order in which a reader asks."""
    return [
        Section("Events", _events(figures)),
        Section("Labels, with the event", _labels(figures, "")),
        Section("Labels, of the events found with the right category", _labels(figures, "found/")),
        Section("Category", _each(figures, "category")),
        Section("Status", _each(figures, "status")),
        Section("Auxiliary mode", _each(figures, "aux")),
        Section("Mode", _each(figures, "mode")),
        Section("Documents", _documents(figures)),
        Section("Context, of documents", _each(figures, "context")),
    ]


def _events(figures: Figures) -> dict[str, Score]:
    return {
        "found (any category)": figures.score("event"),
        "category": figures.score(*figures.under("category")),
        "category, mean of categories": figures.macro(figures.under("category")),
        "category and actor's country": figures.score("category and actor"),
        "must events: category": figures.recall("must"),
        "must events: category and actor's country": figures.recall("must and actor"),
    }


def _labels(figures: Figures, prefix: str) -> dict[str, Score]:
    labels = {name: figures.score(*figures.under(f"{prefix}{name}")) for name in ("mode", "aux", "status")}
    sides = {
        f"{side} of participants": figures.score(*(f"{prefix}{role}/{side}" for role in ROLES))
        for side, _ in SIDES
    }
    roles = {
        f"{side} of {role}": figures.score(f"{prefix}{role}/{side}") for role in ROLES for side, _ in SIDES
    }
    return {**labels, **sides, **roles, "claimants": figures.score(f"{prefix}claimant")}


def _each(figures: Figures, prefix: str) -> dict[str, Score]:
    scores = {key.removeprefix(f"{prefix}/"): figures.score(key) for key in figures.under(prefix)}
    return {name: score for name, score in scores.items() if score.support or score.spurious}


def _confidence(judged: Sequence[Judged]) -> dict[str, Score]:
    name = f"records of {SURE} or more: category, actor and recipient"
    return {name: measuring.sure(judged, SURE)} if judged else {}


def _documents(figures: Figures) -> dict[str, Score]:
    categories, contexts = figures.under("document"), figures.under("context")
    return {
        "categories, all together": figures.score(*categories),
        "categories, mean of categories": figures.macro(categories),
        "contexts, all together": figures.score(*contexts),
        "contexts, mean of contexts": figures.macro(contexts),
    }
