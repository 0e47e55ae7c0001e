"""Fit the confidence of records: python -m training.confidence

Codes the development articles of the corpus, which neither patterns nor encoder were made from, and fits a
logistic model from the features of `communique.coding.confidence` to whether category, actor's and recipient's
country are all right. Prints the calibration on articles left out in turn, then writes the weights fitted to all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from corpus.coded import annotated, uncoded
from torch import Tensor

from communique import Coder
from communique.coding import confidence, drafts
from communique.evaluate import coded as coding
from communique.evaluate import gold as annotation
from communique.evaluate.matching import Verdict, match
from communique.evaluate.tallies import actor_right, recipient_right
from communique.export import event_row
from training.logistic import fitted

TARGET = Path("src/communique/coding/data/confidence.toml")
PENALTY = 0.004
"""Ridge on the weights, per record; 0.02 gave the same loss on articles left out, and fewer sure records."""
FOLDS = 10
BINS = 10
HEAD = """# Weights of the features of a record (coding/confidence.py), made by: python -m training.confidence
# Fitted to {count} records of {documents} development articles of the corpus, {right} of them right.
# On articles left out in turn: expected calibration error {error:.3f}, log loss {loss:.3f}.
[weights]
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A coded record: its document, its features, and whether it is right."""

    document: int
    features: dict[str, float]
    right: bool


class Recorder:
    """Stands in for the confidence and keeps the features of each record, by its words and category."""

    def __init__(self) -> None:
        """Begin with none."""
        self.seen: dict[tuple[str, int], dict[str, float]] = {}

    def of(self, draft: drafts.Draft, status: str) -> float | None:
        """Keep the features of a record; give no confidence."""
        if draft.match.share is not None:
            key = (draft.category, draft.evidence[0].start)
            self.seen[key] = confidence.features(draft, status)
        return None


def rows() -> list[Row]:
    """Code the development articles and say of each record whether it is right."""
    coder, found = Coder(), []
    gold = {document.id: document for document in annotation.read([Path("corpus/real")], "dev")}
    for number, row in enumerate(annotated("corpus/real", "dev")):
        recorder = Recorder()
        coder.coding.confidence = recorder  # type: ignore[assignment]
        coded = coder.code(uncoded(row))
        events = [coding.event(event_row(event, coded)) for event in coded.events]
        features = [recorder.seen.get((e.category, e.evidence[0].start)) for e in coded.events]
        verdicts = _verdicts(gold[row["doc"]], events)
        found += [
            Row(number, known, right)
            for known, right in zip(features, verdicts, strict=True)
            if known is not None and right is not None
        ]
    return found


def _verdicts(gold: annotation.GoldDocument, events: Sequence[coding.CodedEvent]) -> list[bool | None]:
    """Say of each record whether it is right; None for repeats and optional ones, which count neither way."""
    matched = match(gold.events, events)
    right = {id(p.coded): p.right and actor_right(p) and recipient_right(p) for p in matched.pairs}
    spared = {id(event) for event, verdict in matched.extra if verdict is not Verdict.ERROR}
    return [None if id(event) in spared else right.get(id(event), False) for event in events]


def fit(data: Sequence[Row], names: Sequence[str]) -> Tensor:
    """Return the weights of the features, the constant last."""
    x, y = _matrix(data, names)

    def loss(weights: Tensor) -> Tensor:
        told = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y)
        return told + PENALTY * (weights[:-1] ** 2).sum()

    return fitted(x.shape[1], loss)


def _matrix(data: Sequence[Row], names: Sequence[str]) -> tuple[Tensor, Tensor]:
    x = [[*(row.features.get(name, 0.0) for name in names), 1.0] for row in data]
    return torch.tensor(x, dtype=torch.float64), torch.tensor(
        [float(r.right) for r in data], dtype=torch.float64
    )


def left_out(data: Sequence[Row], names: Sequence[str]) -> Tensor:
    """Return the probability of each record from a model that did not see its document."""
    shares = torch.zeros(len(data), dtype=torch.float64)
    for fold in range(FOLDS):
        train = [row for row in data if row.document % FOLDS != fold]
        here = [i for i, row in enumerate(data) if row.document % FOLDS == fold]
        weights = fit(train, names)
        shares[here] = torch.sigmoid(_matrix([data[i] for i in here], names)[0] @ weights)
    return shares


def calibration_error(shares: Tensor, right: Tensor) -> float:
    """Return the expected calibration error over ten equal bins."""
    bins = (shares * BINS).long().clamp(max=BINS - 1)
    gaps = [
        (shares[bins == b].mean() - right[bins == b].mean()).abs() * (bins == b).sum() for b in bins.unique()
    ]
    return float(torch.stack(gaps).sum() / len(shares))


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-o", "--out", type=Path, default=TARGET)
    given = parser.parse_args()
    data = rows()
    names = sorted({name for row in data for name in row.features})
    shares, right = (
        left_out(data, names),
        torch.tensor([float(row.right) for row in data], dtype=torch.float64),
    )
    loss = float(torch.nn.functional.binary_cross_entropy(shares, right))
    error = calibration_error(shares, right)
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        sure = shares >= least
        print(f"confidence >= {least}: {int(sure.sum())} records, {float(right[sure].mean()):.3f} right")
    weights = dict(zip([*names, "always"], fit(data, names).tolist(), strict=True))
    documents = len({row.document for row in data})
    text = HEAD.format(count=len(data), documents=documents, right=int(right.sum()), error=error, loss=loss)
    given.out.write_text(text + "".join(f'"{name}" = {value:.4f}\n' for name, value in weights.items()))
    print(text)


if __name__ == "__main__":
    main()
