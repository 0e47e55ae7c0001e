"""Paragraphs and sentences, by rules made for pages of news.

A new line begins a new paragraph unless the block is wrapped at a fixed width. A dateline
("CARACAS, Venezuela (AP) —") is a sentence of its own. A sentence ends after a mark that ends
sentences, with the quotation marks that close on it, if what follows can begin one; abbreviations,
initials and a speaker named after a quoted question ("Why now?" Maduro asked) do not end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from communique.language.tokens import ABBREVIATIONS, TITLES

LONGEST = 200
"""Words in a sentence; the few longer ones (lists, statutes) are cut. The encoder was trained to this length."""

WRAPPED_LINES, WRAPPED_WIDTHS, WRAPPED_SHARE, RAGGED = 3, range(50, 101), 0.7, 5
"""A block is wrapped if it has so many lines, the widest of such a width, and this share of its lines are full:
the next line's first word would not have fitted, give or take `RAGGED` letters, since a line or two run over.
Of 1,300 wires of MUC-4 train 97% are then known as wrapped (47% with a share of 0.8 and no allowance), and 0.3%
of lists of ten headlines; of these none is left where, outside capitals, some line must begin in lower case."""

_DATELINE = re.compile(
    r"[ \t]*[A-ZÁÉÍÓÚÑÜ][A-ZÁÉÍÓÚÑÜ.'’ -]+(?:,[ ]?[\w.’' ]{2,30}){0,3}(?:[ ]?[(\[][^()\[\]\n]{2,40}[)\]])?[ ]*(?:--|[-–—])(?=\s+\S)"
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_ENDS, _ELLIPSES = (
    frozenset({".", "!", "?", "?!", "!?", "!!", "??", "!!!", "???"}),
    frozenset({"...", "…", "....", ".."}),
)
_CLOSERS, _STRAIGHT = frozenset("”’»)]"), frozenset({'"', "'", "''"})
_OPENERS = frozenset("“‘«([\"'") | {"``"}
_STARTERS = frozenset(
    "A After Although An And Another As At Because Before Both But By Despite During Each Even For From He Her "
    "Here His How However I If In Instead It Its Last Later Many Meanwhile Moreover Most My No Not Now On One "
    "Only Other Our Several She Since So Some Still Such That The Their Then There These They This Those Though "
    "To Today Two Under Until We What When Where While Who Why With Yet You Your Asked According".split()
)
"""Words that begin a sentence after an abbreviation, which a name would not."""
_SAYING = frozenset(
    "said says say asked asks added told tells tweeted wrote writes declared warned replied shouted insisted "
    "stated exclaimed chanted demanded argued recalled continued noted thundered wondered".split()
)
_SAFE = (frozenset(";"), frozenset({":", "—", "–", "--"}), frozenset(","))


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph of text[start:end], datelines apart, without outer blanks."""
    for s, e in _lines(text, start, end):
        head = _DATELINE.match(text, s, e)
        if head is not None:
            yield _stripped(text, s, head.end())
            s = head.end()
        yield _stripped(text, s, e)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    breaks = _BLANK if _wrapped(text[start:end]) else re.compile(r"\n")
    position = start
    for found in breaks.finditer(text, start, end):
        if text[position : found.start()].strip():
            yield position, found.start()
        position = found.end()
    if text[position:end].strip():
        yield position, end


def _wrapped(block: str) -> bool:
    lines = [line.strip() for line in block.split("\n")]
    widest = max(map(len, lines))
    if len(lines) < WRAPPED_LINES or widest not in WRAPPED_WIDTHS:
        return False
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    full = sum(len(line) + 1 + len(after.split()[0]) > widest - RAGGED for line, after in pairs)
    runs_on = block.isupper() or any(after[0].islower() for _, after in pairs)
    return runs_on and full >= WRAPPED_SHARE * len(pairs)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def sentences(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return (first, last + 1) of each sentence among a paragraph's words, given by their places in `text`."""
    words = [text[s:e] for s, e in places]
    bounds, first, i = [], 0, 0
    while i < len(words):
        end = None if _is_item(words, first, i) else _end(words, places, i)
        if end is not None and end < len(words):
            bounds.append((first, end))
            first = end
        i = max(i + 1, end or 0)
    if first < len(words):
        bounds.append((first, len(words)))
    return [piece for a, b in bounds for piece in cut(words, a, b)]


def _is_item(words: Sequence[str], first: int, i: int) -> bool:
    """Say whether word `i` is the stop after the number or letter of a list's item."""
    return i == first + 1 and words[i] == "." and len(words[first]) <= 2 and words[first].isalnum()


def _end(words: Sequence[str], places: Sequence[tuple[int, int]], i: int) -> int | None:
    """Return the index after the sentence that ends with word `i`, None where none does."""
    word = words[i]
    if word in _ENDS or word in _ELLIPSES:
        after = _after_closers(words, places, i + 1)
        return after if _begins(words, places, after, word) else None
    if word in ABBREVIATIONS or (word.endswith(".") and word.title() in ABBREVIATIONS):
        after = _after_closers(words, places, i + 1)
        closed = after > i + 1
        return (
            after
            if after < len(words) and (words[after] in _STARTERS or (closed and words[after][0].isupper()))
            else None
        )
    return None


def _after_closers(words: Sequence[str], places: Sequence[tuple[int, int]], i: int) -> int:
    """Return the index of the first word that does not close what ended: marks and brackets stuck to it."""
    while i < len(words) and (
        words[i] in _CLOSERS
        or words[i] in _ENDS
        or (words[i] in _STRAIGHT and places[i][0] == places[i - 1][1])
    ):
        i += 1
    return i


def _begins(words: Sequence[str], places: Sequence[tuple[int, int]], i: int, mark: str) -> bool:
    """Say whether a sentence can begin with word `i` after the mark."""
    if i >= len(words):
        return True
    word = words[i]
    if word[0].islower() or word in (",", ";", ":", "-", "–", "—", "--"):
        return False
    if mark in _ELLIPSES:
        return word[0].isupper() and places[i][0] > places[i - 1][1]
    before = words[i - 2] if i >= 2 else ""
    if before + "." in TITLES and words[i - 1] == ".":
        return False
    if mark != "." and words[i - 1] != mark and not _opens(word):
        return not any(w in _SAYING for w in words[i : i + 6])
    return True


def _opens(word: str) -> bool:
    return word in _OPENERS


def cut(words: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a sentence, cut after semicolons, colons or commas where it is too long."""
    while end - first > LONGEST:
        cut = _safest(words, first)
        yield first, cut
        first = cut
    yield first, end


def _safest(words: Sequence[str], first: int) -> int:
    for marks in _SAFE:
        for i in range(first + LONGEST - 1, first + LONGEST // 2, -1):
            if words[i] in marks:
                return i + 1
    return first + LONGEST
