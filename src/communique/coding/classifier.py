"""The category of a marked pair: who did it and to whom are given, what happened is asked.

For those who bring their own pairs (`communique classify`). The model reads the sentence with both
parties marked and gives a probability to each of the sixteen categories and, within the likeliest, a mode.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from communique import models
from communique.records import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

BEGIN, END, PADDING = 101, 102, 0
MARKS = {"actor": (1, 2), "recipient": (3, 4)}
"""Pieces that open and close each party: places of the vocabulary that its makers left unused."""
LONGEST = 160
"""Pieces of a pair's sentence; what goes beyond is cut at the end farther from the parties."""
PAIRS_PER_BATCH = 32


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """A text with two parties marked; either may be missing."""

    text: str
    actor: Span | None
    recipient: Span | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What happened between the parties of a pair."""

    category: str
    mode: str | None
    """Null where the model finds none of the category's modes told."""
    confidence: float
    """The category's probability, its scores divided by the temperature that made folds well calibrated."""
    shares: Mapping[str, float]
    """Probability of every category."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the model's outputs, in order, and its temperature."""

    categories: tuple[str, ...]
    modes: tuple[tuple[str, str | None], ...]
    temperature: float

    @classmethod
    def read(cls, text: str) -> Labels:
        """Read `classes.json`."""
        row = json.loads(text)
        modes = tuple((category, mode) for category, mode in row["modes"])
        return cls(tuple(row["categories"]), modes, float(row["temperature"]))

    def mode(self, category: str, scores: NDArray[np.float32]) -> str | None:
        """Return the likeliest mode of a category, None where that of no mode is likelier."""
        own = [(score, mode) for score, (of, mode) in zip(scores, self.modes, strict=True) if of == category]
        return max(own, key=lambda pair: pair[0])[1] if own else None


@dataclass(frozen=True, slots=True)
class Encoded:
    """Pieces of a pair, and where its two opening marks stand (0 where a party is missing)."""

    pieces: list[int]
    actor: int
    recipient: int


class Pairs:
    """Turns marked pairs into pieces, the same in training and in use."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take a tokenizer without truncation or padding of its own."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer

    def encode(self, pair: MarkedPair) -> Encoded:
        """Return the pieces of a pair with its marks, at most LONGEST of them around the parties."""
        pieces = [piece for part in self._parts(pair) for piece in part]
        opening = [MARKS[name][0] for name in ("actor", "recipient")]
        places = [pieces.index(mark) for mark in opening if mark in pieces]
        room = LONGEST - 2
        start = max(0, min(min(places, default=0) - room // 4, len(pieces) - room))
        kept = [BEGIN, *pieces[start : start + room], END]
        found = [kept.index(mark) if mark in kept else 0 for mark in opening]
        return Encoded(kept, *found)

    def _parts(self, pair: MarkedPair) -> Iterator[list[int]]:
        cuts = [
            (place, order, mark)
            for span, marks in ((pair.actor, MARKS["actor"]), (pair.recipient, MARKS["recipient"]))
            if span is not None and span.start < span.end
            for place, order, mark in ((span.start, 1, marks[0]), (span.end, 0, marks[1]))
        ]
        at = 0
        for place, _, mark in sorted(cuts):
            yield self._plain(pair.text[at:place])
            yield [mark]
            at = place
        yield self._plain(pair.text[at:])

    def _plain(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids) if text.strip() else []

    @staticmethod
    def batch(encoded: Sequence[Encoded]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return pieces (B, L), mask (B, L) and the places of the two opening marks (B, 2)."""
        longest = max(len(e.pieces) for e in encoded)
        pieces = np.full((len(encoded), longest), PADDING, np.int64)
        for row, e in zip(pieces, encoded, strict=True):
            row[: len(e.pieces)] = e.pieces
        return (
            pieces,
            (pieces != PADDING).astype(np.int64),
            np.array([[e.actor, e.recipient] for e in encoded]),
        )


class Classifier:
    """The shipped model of marked pairs."""

    def __init__(self, session: InferenceSession, pairs: Pairs, labels: Labels) -> None:
        """Join the parts; `Classifier.load()` makes them."""
        self._session, self._pairs, self.labels = session, pairs, labels

    @classmethod
    def load(cls, threads: int = 1) -> Classifier:
        """Load the model named `classifier` of the manifest; raises ModelError if its files are not right."""
        from tokenizers import Tokenizer

        model = models.model("classifier")
        session = models.session(model.path("classifier.onnx"), threads)
        labels = Labels.read(model.path("classes.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(models.model("reading").path("tokenizer.json")))
        return cls(session, Pairs(tokenizer), labels)

    def classify(self, rows: Sequence[MarkedPair]) -> list[Answer]:
        """Return the category of each pair, its mode and how sure the model is."""
        encoded = [self._pairs.encode(row) for row in rows]
        order = sorted(range(len(rows)), key=lambda i: len(encoded[i].pieces))
        found: dict[int, Answer] = {}
        for at in range(0, len(order), PAIRS_PER_BATCH):
            group = order[at : at + PAIRS_PER_BATCH]
            pieces, mask, places = Pairs.batch([encoded[i] for i in group])
            scores, modes = self._session.run(None, {"pieces": pieces, "mask": mask, "places": places})
            shares = _shares(scores / self.labels.temperature)
            found |= {i: self._answer(*both) for i, *both in zip(group, shares, modes, strict=True)}
        return [found[i] for i in range(len(rows))]

    def _answer(self, shares: NDArray[np.float32], modes: NDArray[np.float32]) -> Answer:
        by_category = dict(zip(self.labels.categories, shares.tolist(), strict=True))
        best = max(by_category, key=by_category.__getitem__)
        return Answer(best, self.labels.mode(best, modes), by_category[best], by_category)


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: NDArray[np.float32] = raised / raised.sum(-1, keepdims=True)
    return shares
