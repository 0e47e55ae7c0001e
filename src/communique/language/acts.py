"""What the encoder says of words that may name an event: category, mode, status, auxiliary modes, parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.records import EventWord

Floats = NDArray[np.floating[Any]]

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

    def read(self, guesses: Guesses, lengths: NDArray[np.integer[Any]]) -> list[tuple[EventWord, ...]]:
        """Return the event words of each sentence; `lengths` (B,) are the sentences' numbers of words."""
        shares = _softmax(guesses.events)
        likely = 1 - shares[..., 0] >= LEAST
        likely &= np.arange(shares.shape[1]) < lengths[:, None]
        found: list[list[EventWord]] = [[] for _ in lengths]
        for sentence, word in np.argwhere(likely).tolist():
            found[sentence].append(self._word(guesses, shares, (sentence, word), int(lengths[sentence])))
        return [tuple(words) for words in found]

    def _word(self, guesses: Guesses, shares: Floats, at: tuple[int, int], length: int) -> EventWord:
        parties = self._parties(guesses, at, length)
        return EventWord(
            token=at[1],
            categories=tuple(_named(self._labels["events"][1:], shares[at][1:])),
            modes=tuple(_named(self._labels["modes"], _softmax(guesses.modes[at]))),
            statuses=tuple(_named(self._labels["statuses"], _softmax(guesses.statuses[at]))),
            auxiliary=tuple(_named(self._labels["auxiliary"], _sigmoid(guesses.auxiliary[at]))),
            actors=tuple(_numbered(parties[0])),
            recipients=tuple(_numbered(parties[1])),
        )

    def _parties(self, guesses: Guesses, at: tuple[int, int], length: int) -> Floats:
        width = guesses.doing.shape[-1] // 2
        of = guesses.doing[at].reshape(2, width)
        to = guesses.partaking[at[0], :length].reshape(length, 2, width)
        shares: Floats = _sigmoid(np.einsum("sp,wsp->sw", of, to) * width**-0.5 + self._bias[:, None])
        return shares


def _named(names: list[str], shares: Floats) -> Iterator[tuple[str, float]]:
    for i in np.flatnonzero(shares >= LEAST / 2).tolist():
        yield names[i], float(shares[i])


def _numbered(shares: Floats) -> Iterator[tuple[int, float]]:
    for i in np.flatnonzero(shares >= LEAST_PARTY).tolist():
        yield i, float(shares[i])


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = powers / powers.sum(-1, keepdims=True)
    return shares


def _sigmoid(scores: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-scores))
    return shares
