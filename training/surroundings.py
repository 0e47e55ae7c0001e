"""Fit what decides whose state a member without one is of: python -m training.surroundings

Recognises who is in the training articles of the corpus, and fits a model over the states that each names, and none, to
the country that the coder gives every member whose own words tell none. Prints how many are right on articles left out
in turn, then writes the weights fitted to all. `--analyses FILE` keeps what was read (see benchmarks/actors.py).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from benchmarks.actors import analyses
from corpus import coded
from torch import Tensor

from communique.evaluate import actors
from communique.knowledge import Knowledge
from communique.knowledge.roster import BEYOND_STATES
from communique.knowledge.settling import LEAST, Features, Settler
from communique.models import Weights
from communique.records import Analysis, Span
from training.logistic import fitted

TARGET = Path("src/communique/knowledge/data/surroundings.toml")
PENALTY = 0.0005
"""Ridge on the weights, per member. With 0.002 0.784 instead of 0.790 of the states given on articles left out were right."""
FOLDS = 5
MENTION = 0.5
"""Weight of a member that is no participant of an event, against each time that one is a participant."""
HEAD = """# Weights of what speaks for each state of a text (knowledge/settling.py), made by: python -m training.surroundings
# Fitted to {count} members without a country of their own in {documents} training articles of the corpus.
# On articles left out in turn, of {asked:.0f} participants {filled:.0f} are given a state, {right:.3f} of them rightly.
[weights]
"""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A member without a country: its document, what speaks for each state, the coder's, how often it takes part."""

    document: int
    features: Features
    country: str | None
    weight: float
    takes_part: bool


def cases(rows: Sequence[Row], read: Mapping[str, Analysis]) -> list[Case]:
    """Return the members whose country only the surroundings can tell."""
    knowledge, found = Knowledge.load(), []
    for number, row in enumerate(rows):
        analysis = read[row["doc"]]
        coder = _Coder(row, analysis)
        found += [
            Case(number, features, country, weight, takes_part)
            for draft, features in knowledge.open_countries(analysis)
            for country, weight, takes_part in coder.country(draft.mentions)
        ]
    return found


class _Coder:
    """What the coder says of the places of one document."""

    def __init__(self, row: Row, analysis: Analysis) -> None:
        self._parties = [(one.span, one.actor["country"]) for one in actors.asked(row, analysis)]
        self._mentions = [(Span(*m), actor["country"]) for actor in row["actors"] for m in actor["mentions"]]

    def country(self, mentions: Set[Span]) -> Iterator[tuple[str | None, float, bool]]:
        """Yield the country given most, its weight and whether the member is a participant; nothing if not coded."""
        parties, others = (
            Counter(country for span, country in listed if any(_same(span, m) for m in mentions))
            for listed in (self._parties, self._mentions)
        )
        counts = parties or others
        if counts:
            country = counts.most_common(1)[0][0]
            weight = float(sum(parties.values())) or MENTION
            yield (None if country in BEYOND_STATES else country), weight, bool(parties)


def _same(span: Span, mention: Span) -> bool:
    """Say whether a coder's words and a mention are the same phrase: they end together."""
    return span.end == mention.end or (span.covers(mention) and span.end - mention.end < 2)


def fit(data: Sequence[Case], names: Sequence[str]) -> Tensor:
    """Return the weight of each feature; cases whose country the text does not name teach nothing."""
    told = [case for case in data if case.country in case.features]
    answer = torch.tensor([[list(case.features).index(case.country)] for case in told])
    weight = torch.tensor([case.weight for case in told], dtype=torch.float64)
    values, closed = _tensors(told, names)

    def loss(weights: Tensor) -> Tensor:
        shares = torch.log_softmax((values @ weights).masked_fill(closed, -torch.inf), 1)
        return -(weight * shares.gather(1, answer)[:, 0]).sum() / weight.sum() + PENALTY * (weights**2).sum()

    return fitted(len(names), loss)


def _tensors(data: Sequence[Case], names: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Return the features (N, S, F) of each case's states, and where (N, S) it has no further one."""
    most = max(len(case.features) for case in data)
    number = {name: i for i, name in enumerate(names)}
    values = torch.zeros(len(data), most, len(names), dtype=torch.float64)
    closed = torch.ones(len(data), most, dtype=torch.bool)
    for i, case in enumerate(data):
        closed[i, : len(case.features)] = False
        for j, one in enumerate(case.features.values()):
            for name, value in one.items():
                values[i, j, number[name]] = value
    return values, closed


def left_out(data: Sequence[Case], names: Sequence[str]) -> tuple[float, float, float]:
    """Return how many participants there are, how many are given a state, and the share given the right one."""
    asked = filled = right = 0.0
    for fold in range(FOLDS):
        weights = fit([case for case in data if case.document % FOLDS != fold], names)
        settler = Settler(Weights(dict(zip(names, weights.tolist(), strict=True))))
        for case in (c for c in data if c.document % FOLDS == fold and c.takes_part):
            state, probability = settler.state(case.features)
            sure = probability >= LEAST
            asked, filled = asked + case.weight, filled + case.weight * sure
            right += case.weight * (sure and state == case.country)
    return asked, filled, right / max(1.0, filled)


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--analyses", type=Path, help="file that keeps what was read")
    parser.add_argument("-o", "--out", type=Path, default=TARGET)
    given = parser.parse_args()
    rows = coded.annotated("corpus/real", "train")
    data = cases(rows, analyses(rows, given.analyses))
    names = sorted({name for case in data for one in case.features.values() for name in one})
    asked, filled, right = left_out(data, names)
    text = HEAD.format(count=len(data), documents=len(rows), asked=asked, filled=filled, right=right)
    weights = zip(names, fit(data, names).tolist(), strict=True)
    given.out.write_text(text + "".join(f'"{name}" = {value:.3f}\n' for name, value in weights))
    print(text)


if __name__ == "__main__":
    main()
