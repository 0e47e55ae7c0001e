"""What the encoder sees of a word: its pieces, its case, and whether it stands inside quotation marks.

Training and reading share this file, so that the model is fed the same in both. The encoder is
uncased; a small embedding of the word's shape, added to each of its pieces, gives case back to it,
and says `UNKNOWN` for passages set in capitals (wires of the 1980s, headlines), where case tells
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

LOWER, TITLE, UPPER, MIXED, LETTER, UNKNOWN = range(6)
SHAPES = 12
"""Six cases, each outside and inside quotation marks."""

CAPITALS_SHARE = 0.9
"""Share of capitals among letters from which case says nothing; ordinary sentences stay under 0.4."""

CAPITALS_WORDS = 3
"""A passage of fewer words (`NATO`, `UN HQ`) keeps its case."""

MAX_PIECES = 12
"""Pieces kept of one word (links, hash tags): only the first one is read, the rest is context."""

MOST_PIECES = 510
"""Pieces of a sentence, so that with the two marks around it it fits the encoder's 512 positions. A sentence
that has more (200 long foreign names) gives up the last pieces of its words."""

_OPENING, _CLOSING, _STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset(('"', "``", "''"))
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "…": "...", "\u00ad": ""}
)


@lru_cache(maxsize=50_000)
def case_of(word: str) -> int:
    """Return the case of a word: one of the six constants above but `UNKNOWN`."""
    if word.islower() or not word[:1].isalpha():
        return LOWER if not word.isupper() else UPPER
    if len(word) == 1:
        return LETTER
    if word.isupper():
        return UPPER
    return TITLE if word[:1].isupper() and word[1:].lower() == word[1:] else MIXED


def in_capitals(words: Sequence[str]) -> bool:
    """Say whether the words are set in capitals throughout, so that case tells nothing."""
    text = "".join(words)
    if len(words) < CAPITALS_WORDS or text.islower():
        return False
    return sum(map(str.isupper, text)) > CAPITALS_SHARE * sum(map(str.isalpha, text))


def cases(words: Sequence[str]) -> list[int]:
    """Return the case of each word, `UNKNOWN` for all in a passage set in capitals."""
    if in_capitals(words):
        return [UNKNOWN] * len(words)
    return [case_of(word) for word in words]


def quoted(words: Iterable[str], inside: bool = False) -> tuple[list[int], bool]:
    """Return 1 for each word inside quotation marks, else 0, and whether a quotation stays open.

    Straight marks open and close in turn. `inside` is the state at the first word: within a paragraph
    it is handed on from sentence to sentence, a new paragraph begins outside.
    """
    flags: list[int] = []
    for word in words:
        mark = word in _OPENING or word in _CLOSING or word in _STRAIGHT
        flags.append(int(inside or mark))
        if mark:
            inside = word in _OPENING or (word in _STRAIGHT and not inside)
    return flags, inside


def shapes(case: Sequence[int], quotation: Sequence[int]) -> list[int]:
    """Join case and quotation into the one number that the encoder's shape embedding takes."""
    return [2 * c + q for c, q in zip(case, quotation, strict=True)]


@dataclass(frozen=True, slots=True)
class Batch:
    """A padded batch of sentences: B sentences, T pieces, W words."""

    pieces: Ints
    """(B, T) vocabulary numbers."""
    mask: Ints
    """(B, T) 1 for a piece, 0 for padding."""
    shape: Ints
    """(B, T) shape of the word that the piece belongs to."""
    first: Ints
    """(B, W) index of each word's first piece, 0 for padding."""


class Pieces:
    """Splits words into the encoder's pieces, each distinct word once."""

    CACHE = 200_000
    """Words remembered; about 40 MB, several thousand articles."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take over a word-piece tokenizer, as `tokenizers.Tokenizer.from_file` gives it."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        vocabulary = tokenizer.get_vocab()
        self._start, self._end = vocabulary["[CLS]"], vocabulary["[SEP]"]
        self._unknown_piece = vocabulary["[UNK]"]

    def of(self, word: str) -> tuple[int, ...]:
        """Return the pieces of one word, at least one and at most `MAX_PIECES`."""
        found = self._known.get(word)
        if found is None:
            ids = self._tokenizer.encode(word.translate(_PLAIN), add_special_tokens=False).ids
            found = tuple(ids[:MAX_PIECES]) or (self._unknown_piece,)
            if len(self._known) >= self.CACHE:
                self._known.clear()
            self._known[word] = found
        return found

    def count(self, words: Sequence[str]) -> int:
        """Return how many pieces the encoder gets of a sentence of these words, the marks around them not counted."""
        return sum(map(len, _fitting(list(map(self.of, words)))))

    def batch(self, sentences: Sequence[Sequence[str]], shape: Sequence[Sequence[int]]) -> Batch:
        """Return the padded batch of some sentences and the shapes of their words."""
        rows = [_fitting(list(map(self.of, words))) for words in sentences]
        words = np.fromiter(map(len, rows), np.int64, len(rows))
        pieces_of = np.fromiter(map(len, chain.from_iterable(rows)), np.int64, int(words.sum()))
        edges = np.append(0, np.cumsum(pieces_of))
        starts, bounds = edges[:-1], edges[np.append(0, np.cumsum(words))]
        sizes = np.diff(bounds)
        columns = np.arange(sizes.max() + 2)
        inside = (columns >= 1) & (columns <= sizes[:, None])
        pieces = np.zeros(inside.shape, np.int64)
        pieces[inside] = list(chain.from_iterable(chain.from_iterable(rows)))
        pieces[:, 0] = self._start
        pieces[np.arange(len(rows)), sizes + 1] = self._end
        shaped = np.zeros_like(pieces)
        shaped[inside] = np.repeat(np.asarray(list(chain.from_iterable(shape)), np.int64), pieces_of)
        mask = (columns <= sizes[:, None] + 1).astype(np.int64)
        first = np.zeros((len(rows), words.max()), np.int64)
        first[np.arange(words.max()) < words[:, None]] = 1 + starts - np.repeat(bounds[:-1], words)
        return Batch(pieces, mask, shaped, first)


def _fitting(row: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return the pieces of a sentence's words, each cut to as many as the encoder has room for."""
    if MAX_PIECES * len(row) <= MOST_PIECES or sum(map(len, row)) <= MOST_PIECES:
        return row
    room = max(1, MOST_PIECES // len(row))
    return [pieces[:room] for pieces in row]
