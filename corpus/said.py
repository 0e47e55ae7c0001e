"""Measures who says what: statements against PolNeAR, status and claimants against the corpus, minimal pairs.

    python -m corpus.said                                     # everything: what `make evaluate-statements` runs
    python -m corpus.said --only pairs --floors corpus/floors.json

Status is measured at the event words that the coders give, so that what is told of an event is judged apart from
finding it; `python -m communique.evaluate` judges both together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from communique import Coder, attribution
from communique.coding.status import Standing, status_at
from communique.errors import CommuniqueError
from communique.evaluate import attributions, floors, gold, statuses
from communique.evaluate.attributions import Attribution, Read
from communique.evaluate.figures import Figures, Score
from communique.evaluate.report import Report, Section
from communique.evaluate.tallies import Tally
from communique.ingest import document_from_text
from communique.records import Document, Span, Statement
from communique.syntax import Tree
from corpus import coded, texts
from corpus.agreement import alpha

Row = dict[str, Any]
BETWEEN_ANNOTATORS = 0.754
"""Krippendorff's alpha by word between PolNeAR's annotators, as its authors report it."""
STANDINGS = ("reported", "claimed", "denied", "called_for")


def main() -> int:
    """Print the figures; return 1 and say why if a floor is missed or a file cannot be read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=tuple(PARTS), help="one of the measurements")
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--floors", type=Path, help="file of floors: fail when a figure is under its floor")
    given = parser.parse_args()
    try:
        parts = [given.only] if given.only else list(PARTS)
        found = [PARTS[name](Coder(), given.split) for name in parts]
        asked = floors.read(given.floors, "statements") if given.floors else {}
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sections = tuple(section for some, _ in found for section in some)
    notes = tuple(note for _, some in found for note in some)
    report = Report(0, 0, 0, notes, sections, {})
    sys.stdout.write(report.text())
    titles = {section.title for section in sections}
    missed = floors.missed(report, {k: v for k, v in asked.items() if k.split(": ")[0] in titles})
    sys.stderr.writelines(f"{line}\n" for line in missed)
    return 1 if missed else 0


Measured = tuple[list[Section], list[str]]

# --------------------------------------------------------------------------- PolNeAR


def polnear(coder: Coder, split: str) -> Measured:
    """Measure statements on the articles of PolNeAR that have one annotator."""
    tallies: list[Tally] = []
    labels: list[tuple[str, str]] = []
    for row in articles(split):
        found = [attributions.attribution(s) for s in _statements(coder, _article(row))]
        read, wanted = reading(row), annotated(row)
        tallies.append(attributions.tally(read, wanted, found))
        labels += zip(attributions.labels(read, wanted), attributions.labels(read, found), strict=True)
    figures = Figures(tallies)
    scores = {f"words of {part}": figures.score(f"word/{part}") for part in attributions.PARTS}
    scores |= {f"exact {part}": figures.score(f"exact/{part}") for part in attributions.PARTS}
    scores["source joined to content"] = figures.score("joined")
    reached = alpha(labels) or 0.0
    note = f"alpha by word, program and annotator: {reached:.3f}; between annotators: {BETWEEN_ANNOTATORS}"
    return [Section("Statements", scores)], [note]


def articles(split: str) -> Iterator[Row]:
    """Yield the articles that one annotator marked."""
    path = texts.shared() / "data" / f"polnear_{split}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        yield from (row for row in rows if len(row["annotators"]) == 1 and row["sentences"])


def _article(row: Row) -> Document:
    return document_from_text(row["text"], date=row["date"], publication=row["publisher"], id=row["id"])


def reading(row: Row) -> Read:
    """Return the words of an article, and the regions set aside."""
    words = tuple(Span(*token[:2]) for sentence in row["sentences"] for token in sentence["tokens"])
    regions = [region for region in row["regions"] or [] if region["type"] == "discard"]
    return Read(words, row["text"], tuple(Span(*span) for region in regions for span in region["spans"]))


def annotated(row: Row) -> list[Attribution]:
    """Return the attributions of an article."""
    return [
        Attribution(*(tuple(Span(*span) for span in one[part] or []) for part in attributions.PARTS))
        for one in row["attributions"]
    ]


def _statements(coder: Coder, document: Document) -> Sequence[Statement]:
    analysis = coder.language.analyse(document)
    return attribution.statements(analysis, coder.knowledge.recognise(analysis))


# --------------------------------------------------------------------------- status


def status(coder: Coder, split: str) -> Measured:
    """Measure status, claimants and modality at the event words of the real documents."""
    rows = coded.annotated("corpus/real", split)
    return [Section("Status at the coders' event words", _status_scores(_told(coder, rows)))], []


def _told(coder: Coder, rows: Iterable[Row]) -> Iterator[list[statuses.Told]]:
    for row in rows:
        analysis = coder.language.analyse(coded.uncoded(row))
        said = attribution.statements(analysis, coder.knowledge.recognise(analysis))

        def standing(
            tree: Tree, trigger: int, event: gold.GoldEvent, said: Sequence[Statement] = said
        ) -> Standing:
            actor = statuses.words_of(analysis, event.actors)  # noqa: B023 - used within this turn
            return status_at(tree, trigger, actor, said, event.category)

        yield statuses.told(analysis, gold.document(row).events, standing)


def _status_scores(several: Iterable[list[statuses.Told]]) -> dict[str, Score]:
    figures = Figures([statuses.tally(told) for told in several])
    scores = {name: figures.score(f"status/{name}") for name in STANDINGS}
    scores["mean of the four"] = figures.macro([f"status/{name}" for name in STANDINGS])
    scores["claimants, given the status"] = figures.score("claimant")
    return scores | {key.removeprefix("aux/"): figures.score(key) for key in figures.under("aux")}


def pairs(coder: Coder, split: str) -> Measured:
    """Count the minimal pairs of which both members have status and modality right at every event word."""
    del split
    rows = [row for row in coded.annotated("-", None) if row["kind"] == "pair"]
    right: dict[str, bool] = {}
    for row, told in zip(rows, _told(coder, rows), strict=True):
        whole = len(told) == sum(1 for event in row["events"] if not event["same_event_as"])
        right[row["pair"]] = right.get(row["pair"], True) and whole and all(one.right for one in told)
    count, share = sum(right.values()), sum(right.values()) / max(1, len(right))
    score = Score(count, 0, len(right) - count, share, share, share)
    return [Section("Minimal pairs at the coders' event words", {"both right": score})], []


# --------------------------------------------------------------------------- cost


def cost(coder: Coder, split: str) -> Measured:
    """Time the stage against the whole of coding, on twenty documents."""
    documents = [coded.uncoded(row) for row in coded.annotated("corpus/real", split)[:20]]
    coder.code(documents[0])
    spent, whole = 0.0, 0.0
    for document in documents:
        began = time.process_time()
        one = coder.code(document)
        whole += time.process_time() - began
        began = time.process_time()
        attribution.statements(one.analysis, one.cast)
        spent += time.process_time() - began
    return [], [f"statements take {spent / whole:.1%} of coding's time ({spent:.2f} of {whole:.2f} s)"]


PARTS: dict[str, Callable[[Coder, str], Measured]] = {
    "polnear": polnear,
    "status": status,
    "pairs": pairs,
    "cost": cost,
}

if __name__ == "__main__":
    raise SystemExit(main())
