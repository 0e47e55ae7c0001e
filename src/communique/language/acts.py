"""What the encoder says of words that may name an event: category, mode, status, auxiliary modes, parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from communique.records import EventWord

Floats = NDArray[np.floating[Any]]
Lengths = NDArray[np.integer[Any]]
Places = tuple[NDArray[np.intp], ...]
"""Sentences and words, as `np.nonzero` gives them."""
T = TypeVar("T")

LEAST = 0.04
"""Share of probability that a word must give to events together to be handed on; what is coded is decided later."""
LEAST_PARTY = 0.15
"""Least probability of a word as a party that is handed on."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """The network's answers for a batch of B sentences and W words."""

    events: Floats
    """(B, W, 17) scores of no event and of each category."""
    modes: Floats
    statuses: Floats
    auxiliary: Floats
    doing: Floats
    """(B, W, 2P) vectors of each word as an event."""
    partaking: Floats
    """(B, W, 2P) vectors of each word as a party."""


class ActReader:
    """Turns scores into records, a few for each sentence."""

    def __init__(self, labels: Mapping[str, Any], party_bias: Floats) -> None:
        """Take the label names in the order of the outputs, and the bias of actor and recipient."""
        self._labels = {k: list(labels[k]) for k in ("events", "modes", "statuses", "auxiliary")}
        self._bias = party_bias

    def read(self, guesses: Guesses, lengths: Lengths) -> list[tuple[EventWord, ...]]:
        """Return the event words of each sentence; `lengths` (B,) are the sentences' numbers of words."""
        shares = _softmax(guesses.events)
        likely = 1 - shares[..., 0] >= LEAST
        likely &= np.arange(shares.shape[1]) < lengths[:, None]
        found: list[list[EventWord]] = [[] for _ in lengths]
        at = np.nonzero(likely)
        for sentence, word in zip(at[0].tolist(), self._words(guesses, shares[at], at, lengths), strict=True):
            found[sentence].append(word)
        return [tuple(words) for words in found]

    def _words(self, guesses: Guesses, shares: Floats, at: Places, lengths: Lengths) -> Iterator[EventWord]:
        """Yield the words at some places, all of a batch worked out together."""
        if not at[0].size:
            return
        parties = self._parties(guesses, at, lengths)
        numbers = range(parties.shape[-1])
        columns = (
            at[1].tolist(),
            _listed(shares[:, 1:], LEAST / 2, self._labels["events"][1:]),
            _listed(_softmax(guesses.modes[at]), LEAST / 2, self._labels["modes"]),
            _listed(_softmax(guesses.statuses[at]), LEAST / 2, self._labels["statuses"]),
            _listed(_sigmoid(guesses.auxiliary[at]), LEAST / 2, self._labels["auxiliary"]),
            _listed(parties[:, 0], LEAST_PARTY, numbers),
            _listed(parties[:, 1], LEAST_PARTY, numbers),
        )
        for columns_of_word in zip(*columns, strict=True):
            yield EventWord(*columns_of_word)

    def _parties(self, guesses: Guesses, at: Places, lengths: Lengths) -> Floats:
        """Return the shares (N, 2, W) of each word as actor and as recipient of N events; none beyond the sentence."""
        width = guesses.doing.shape[-1] // 2
        of = guesses.doing[at].reshape(-1, 2, width)
        to = guesses.partaking[at[0]].reshape(len(of), -1, 2, width)
        scores = np.einsum("nsp,nwsp->nsw", of, to) * width**-0.5 + self._bias[:, None]
        inside = np.arange(to.shape[1]) < lengths[at[0]][:, None]
        shares: Floats = np.where(inside[:, None], _sigmoid(scores), 0)
        return shares


def _listed(shares: Floats, least: float, names: Sequence[T]) -> list[tuple[tuple[T, float], ...]]:
    """Return of each row the names whose share is not small, with their shares."""
    found: list[list[tuple[T, float]]] = [[] for _ in shares]
    rows, columns = np.nonzero(shares >= least)
    for row, column, share in zip(
        rows.tolist(), columns.tolist(), shares[rows, columns].tolist(), strict=True
    ):
        found[row].append((names[column], share))
    return [tuple(some) for some in found]


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = powers / powers.sum(-1, keepdims=True)
    return shares


def _sigmoid(scores: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-scores))
    return shares
