"""What the network learns of events beyond their category: mode, status, auxiliary modes, parties.

Each word that names an event is a row of its own, so that any of them can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from training.corpora import IGNORED, Example
from training.network import Reading

LOSSES = {"mode": 1.0, "status": 0.5, "aux": 0.6, "parties": 0.5}
"""Weights of the four beside the tasks of every word; parties are summed over a sentence's words."""
SURE = 0.0
"""Score above which a word is taken as a party when development scores are printed."""


class Asked(NamedTuple):
    """The network's answers of every word (B, W, …) about an event that the word may name."""

    modes: Tensor
    statuses: Tensor
    aux: Tensor
    doing: Tensor
    partaking: Tensor


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of N rows, each a word that names an event."""

    sentence: Tensor
    word: Tensor
    mode: Tensor
    status: Tensor
    aux: Tensor
    """(N, 4), of those with a status."""
    parties: Tensor
    """(N, 2, W), 1 for the words of an actor and of a recipient, 0 for others, -1 where nothing is known."""


class Answers:
    """Turns events into numbers, by the label names of the network."""

    def __init__(self, modes: Sequence[str], statuses: Sequence[str], auxiliary: Sequence[str]) -> None:
        """Take the label names in the order of the model's outputs."""
        self._mode = {name: i for i, name in enumerate(modes)}
        self._status = {name: i for i, name in enumerate(statuses)}
        self._auxiliary = list(auxiliary)

    def truth(self, examples: Sequence[Example], width: int) -> Truth | None:
        """Return what is known of the events of a batch, None if it has none."""
        rows = [(i, word, act) for i, e in enumerate(examples) for act in e.acts for word in act.trigger]
        if not rows:
            return None
        parties = torch.full((len(rows), 2, width), -1.0)
        for n, (i, _, act) in enumerate(rows):
            for side, words in enumerate(act.parties):
                if words is not None:
                    parties[n, side, : len(examples[i].words)] = 0.0
                    parties[n, side, words] = 1.0
        acts = [act for _, _, act in rows]
        return Truth(
            torch.tensor([i for i, _, _ in rows]),
            torch.tensor([word for _, word, _ in rows]),
            torch.tensor([IGNORED if a.mode is None else self._mode[a.mode] for a in acts]),
            torch.tensor([IGNORED if a.status is None else self._status[a.status] for a in acts]),
            torch.tensor([[float(name in (a.aux or ())) for name in self._auxiliary] for a in acts]),
            parties,
        )


def loss(model: Reading, asked: Asked, truth: Truth) -> Tensor:
    """Return the weighted loss over the rows of a batch."""
    at = (truth.sentence, truth.word)
    ce = torch.nn.functional.cross_entropy
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    known = (truth.status >= 0).float()
    count = known.sum().clamp(min=1)
    mode = ce(asked.modes[at].float(), truth.mode, ignore_index=IGNORED, reduction="sum") / count
    status = ce(asked.statuses[at].float(), truth.status, ignore_index=IGNORED, reduction="sum") / count
    each = bce(asked.aux[at].float(), truth.aux, reduction="none").sum(-1)
    aux = (each * known).sum() / count
    scores = model.parties(asked.doing[at], asked.partaking[truth.sentence])
    taught = (truth.parties >= 0).float()
    party = bce(scores, truth.parties.clamp(min=0), reduction="none")
    parties = (party * taught).sum() / count
    named = {"mode": mode, "status": status, "aux": aux, "parties": parties}
    return torch.stack([LOSSES[name] * value for name, value in named.items()]).sum()


class ActTally:
    """Counts what is right of events on a development set: categories by word, the rest at gold words."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._counts: dict[str, list[int]] = {}

    def categories(self, gold: Tensor, found: Tensor) -> None:
        """Count words (B, W): right, in gold, found; 0 is no event and negative not known."""
        known = gold >= 0
        right = (gold == found) & (gold > 0)
        self._add("events", right.sum(), ((gold > 0) & known).sum(), ((found > 0) & known).sum())

    def acts(self, model: Reading, asked: Asked, truth: Truth) -> None:
        """Count modes, statuses, auxiliary modes and parties at the words that name an event."""
        at, known = (truth.sentence, truth.word), truth.status >= 0
        for name, scores, gold in (
            ("mode", asked.modes, truth.mode),
            ("status", asked.statuses, truth.status),
        ):
            self._add(name, (scores[at].argmax(-1) == gold)[known].sum(), known.sum(), known.sum())
        aux = (asked.aux[at] > 0)[known]
        self._overlap("aux", truth.aux[known] > 0, aux)
        scores = model.parties(asked.doing[at], asked.partaking[truth.sentence])
        for side, name in enumerate(("actor", "recipient")):
            taught = truth.parties[:, side] >= 0
            self._overlap(name, (truth.parties[:, side] > 0)[taught], (scores[:, side] > SURE)[taught])

    def _overlap(self, name: str, gold: Tensor, found: Tensor) -> None:
        self._add(name, (gold & found).sum(), gold.sum(), found.sum())

    def _add(self, name: str, *counts: Tensor) -> None:
        old = self._counts.get(name, [0, 0, 0])
        self._counts[name] = [a + int(b) for a, b in zip(old, counts, strict=True)]

    def figures(self) -> Iterable[tuple[str, float]]:
        """Yield F1 of each, which is accuracy where every word has one answer."""
        for name, (right, gold, found) in self._counts.items():
            if gold:
                yield name, round(2 * right / max(1, gold + found), 4)
