"""What the network learns of events beyond their category: mode, status, auxiliary modes, parties.

Each word that names an event is a row of its own, so that any of them can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from training.corpora import Act, Example
from training.network import Questions

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
    weight: Tensor
    """(N), 1 where people say that the word names an event, less where a teacher does; 0 where mode, status and
    auxiliary modes are not known."""
    mode: Tensor
    """(N, modes), shares that come to 1."""
    status: Tensor
    """(N, statuses), shares that come to 1."""
    aux: Tensor
    """(N, 4)"""
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
        parts = [part for i, e in enumerate(examples) for part in self._of(i, e, width)]
        return Truth(*(torch.cat(column) for column in zip(*parts, strict=True))) if parts else None

    def _of(self, number: int, example: Example, width: int) -> Iterator[tuple[Tensor, ...]]:
        if example.taught is not None:
            acts = example.taught.acts
            parties = torch.full((len(acts.word), 2, width), -1.0)
            parties[:, :, : acts.parties.shape[-1]] = acts.parties.float()
            known = (acts.weight, acts.mode, acts.status, acts.aux)
            at = torch.full((len(acts.word),), number)
            yield at, acts.word, *(x.float() for x in known), parties
        for act in example.acts:
            for word in act.trigger:
                yield torch.tensor([number]), torch.tensor([word]), *self._act(act, example, width)

    def _act(self, act: Act, example: Example, width: int) -> tuple[Tensor, ...]:
        parties = torch.full((1, 2, width), -1.0)
        for side, words in enumerate(act.parties):
            if words is not None:
                parties[0, side, : len(example.words)] = 0.0
                parties[0, side, words] = 1.0
        aux = torch.tensor([[float(name in (act.aux or ())) for name in self._auxiliary]])
        mode, status = _one_of(self._mode, act.mode), _one_of(self._status, act.status)
        return torch.tensor([float(act.status is not None)]), mode, status, aux, parties


def _one_of(index: dict[str, int], name: str | None) -> Tensor:
    """Return (1, labels): 1 for the one named, nothing where none is known."""
    shares = torch.zeros(1, len(index))
    if name is not None:
        shares[0, index[name]] = 1.0
    return shares


def loss(model: Questions, asked: Asked, truth: Truth) -> Tensor:
    """Return the weighted loss over the rows of a batch."""
    at = (truth.sentence, truth.word)
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    count = truth.weight.sum().clamp(min=1)
    mode = (_surprise(asked.modes[at], truth.mode) * truth.weight).sum() / count
    status = (_surprise(asked.statuses[at], truth.status) * truth.weight).sum() / count
    each = bce(asked.aux[at].float(), truth.aux, reduction="none").sum(-1)
    aux = (each * truth.weight).sum() / count
    scores = model.parties(asked.doing[at], asked.partaking[truth.sentence])
    taught = (truth.parties >= 0).float() * truth.weight[:, None, None]
    party = bce(scores, truth.parties.clamp(min=0), reduction="none")
    parties = (party * taught).sum() / count
    named = {"mode": mode, "status": status, "aux": aux, "parties": parties}
    return torch.stack([LOSSES[name] * value for name, value in named.items()]).sum()


def _surprise(scores: Tensor, shares: Tensor) -> Tensor:
    """Return the cross entropy (N) of scores (N, labels) against shares (N, labels)."""
    return -(scores.float().log_softmax(-1) * shares).sum(-1)


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

    def acts(self, model: Questions, asked: Asked, truth: Truth) -> None:
        """Count modes, statuses, auxiliary modes and parties at the words that name an event."""
        at, known = (truth.sentence, truth.word), truth.weight > 0
        for name, scores, gold in (
            ("mode", asked.modes, truth.mode),
            ("status", asked.statuses, truth.status),
        ):
            self._add(name, (scores[at].argmax(-1) == gold.argmax(-1))[known].sum(), known.sum(), known.sum())
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
