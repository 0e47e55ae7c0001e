"""Finds the words that a coder quotes, as offsets into the document.

`@7:words` stands in sentence 7, `@7:words#2` is the second there, `@7:first … last` a stretch by its ends,
`@7` and `@7-9` whole sentences. Bare words are every occurrence. Straight and curly quotes, hyphens and dashes
count as the same, and so does any stretch of white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from communique.errors import CorpusError
from communique.records import Span
from corpus.sentences import split

_ALIKE = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "`": "'",
        "´": "'",
        "–": "-",
        "—": "-",
        "‑": "-",
    }
)
_PLACE = re.compile(r"@(\d+)(?:-(\d+))?(?::(.*))?$", re.DOTALL)
_NTH = re.compile(r"(.*\S)\s*#(\d+)$", re.DOTALL)
_ENDS = re.compile(r"\s+(?:…|\.\.\.)\s+")
NEAR = 60
"""Partial ratio (0 to 100) from which other words are shown as a hint: lower ones never helped."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Text with quotes, dashes and white space made alike; `offsets[i]` is where character i came from."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original text for a half-open range of the folded one."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def fold(text: str, base: int = 0) -> Folded:
    """Make alike what coders type in different ways; `base` is added to every offset."""
    characters: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        if character.isspace() or character in "\u200b\ufeff":
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character.translate(_ALIKE))
        offsets.append(base + index)
    return Folded("".join(characters), tuple(offsets))


class Finder:
    """Finds places in one document. Everything it raises is a CorpusError that tells the coder what to mend."""

    def __init__(self, text: str, first: int = 1) -> None:
        """Number the sentences from `first`: 1 in documents, 0 in written items."""
        self.text = text
        self.sentences = split(text)
        self._first = first
        self._whole = fold(text)

    def place(self, words: str, inside: Span | None = None) -> Span:
        """Return the one span that a place `@…` points at: the first, or the first that lies inside a span.

        Words without a sentence are a place where they stand only once.
        """
        if not words.startswith("@"):
            return self._only(words)
        match = _PLACE.match(words.strip())
        if match is None:
            raise CorpusError(f"{words!r} is not a place: write @sentence:words")
        first, last = int(match[1]), int(match[2] or match[1])
        stretch = self._sentence_range(first, last)
        if not (match[3] or "").strip():
            return stretch
        where = f"sentence {match[1]}" + (f"-{last}" if match[2] else "")
        return self._within(stretch, match[3].strip(), where, inside)

    def everywhere(self, words: str) -> list[Span]:
        """Return every occurrence of bare words, as whole words; raise if there is none."""
        needle = fold(words).text.strip()
        found = self._bare(needle)
        if not found:
            raise CorpusError(f"{words!r} does not stand in the document{self._hint(needle, self._whole)}")
        return found

    def _only(self, words: str) -> Span:
        span = self._within(Span(0, len(self.text)), words.strip(), "the document", None)
        if len(self._bare(fold(words).text.strip())) > 1:
            raise CorpusError(f"{words!r} stands more than once: give the sentence, @sentence:{words}")
        return span

    def _bare(self, needle: str) -> list[Span]:
        found = _occurrences(needle, self._whole.text, whole=True, initial=True)
        return [self._whole.original(*at) for at in found]

    def _sentence_range(self, first: int, last: int) -> Span:
        low, high = self._first, self._first + len(self.sentences) - 1
        if not low <= first <= last <= high:
            asked = f"@{first}" if first == last else f"@{first}-{last}"
            zero = "; sentence 0 is the title, which is not part of the text" if first == 0 else ""
            raise CorpusError(f"{asked}: sentences are {low} to {high}{zero}")
        return Span(self.sentences[first - low].span.start, self.sentences[last - low].span.end)

    def _within(self, stretch: Span, words: str, where: str, inside: Span | None) -> Span:
        nth = _NTH.match(words)
        number = int(nth[2]) if nth else 1
        folded = fold(stretch.of(self.text), stretch.start)
        needle = fold(nth[1] if nth else words).text.strip()
        found = _first_found(needle, folded.text)
        if not found and len(ends := _ENDS.split(needle)) > 1:
            found = list(_stretches(ends[0], ends[-1], folded.text))
        if nth is None and inside is not None:
            found.sort(key=lambda at: not inside.covers(folded.original(*at)))
        if len(found) >= number:
            return folded.original(*found[number - 1])
        raise CorpusError(self._missing(words, needle, where, found, folded))

    def _missing(
        self, words: str, needle: str, where: str, found: list[tuple[int, int]], folded: Folded
    ) -> str:
        if found:
            return f"{words!r}: {where} has these words only {len(found)} time(s)"
        parts = _ENDS.split(needle)
        if len(parts) > 1:
            lost = [part for part in (parts[0], parts[-1]) if part not in folded.text]
            if not lost:
                return f"{words!r}: in {where} the last part does not follow the first"
            needle = lost[0]
        elsewhere = [
            n
            for n, s in enumerate(self.sentences, start=self._first)
            if needle in fold(s.span.of(self.text)).text
        ]
        if elsewhere:
            return f"{needle!r} is not in {where}; it is in sentence {', '.join(map(str, elsewhere[:5]))}"
        return f"{needle!r} is not in {where}{self._hint(needle, folded)}"

    def _hint(self, needle: str, folded: Folded) -> str:
        if not needle or not folded.text:
            return ""
        near = fuzz.partial_ratio_alignment(needle, folded.text)
        if near is None or near.score < NEAR:
            return ""
        start, end = near.dest_start, near.dest_end
        while start > 0 and folded.text[start - 1] != " ":
            start -= 1
        while end < len(folded.text) and folded.text[end] != " ":
            end += 1
        return f"; nearest: {folded.text[start:end]!r}"


def _occurrences(needle: str, text: str, *, whole: bool, initial: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where a needle stands; with `initial`, `the army` finds `The army` too."""
    if not needle:
        return
    before = r"(?<!\w)" if whole and needle[0].isalnum() else ""
    after = r"(?!\w)" if whole and needle[-1].isalnum() else ""
    first = f"[{needle[0]}{needle[0].upper()}]" if initial and needle[0].islower() else re.escape(needle[0])
    for match in re.finditer(before + first + re.escape(needle[1:]) + after, text):
        yield match.span()


def _first_found(needle: str, text: str) -> list[tuple[int, int]]:
    """Return the occurrences as whole words, else with another initial, else inside words."""
    for options in ({"whole": True}, {"whole": True, "initial": True}, {"whole": False}):
        if found := list(_occurrences(needle, text, **options)):
            return found
    return []


def _stretches(first: str, last: str, text: str) -> Iterator[tuple[int, int]]:
    for start, end in _occurrences(first, text, whole=True):
        for _, close in _occurrences(last, text[end:], whole=True):
            yield start, end + close
            break


def settle(bare: Sequence[tuple[Span, int]], explicit: Sequence[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """Return the explicit places and those bare occurrences that keep their words: the longest match wins.

    The integer of a pair names its owner (a line, an actor). Equal spans of two owners are both returned, for
    the caller to refuse.
    """
    kept = list(dict.fromkeys(explicit))
    taken = [span for span, _ in kept]
    for span, owner in sorted(bare, key=lambda pair: (pair[0].start - pair[0].end, pair[0].start)):
        rivals = [other for other in taken if other.overlaps(span)]
        if not rivals or (
            all(other == span for other in rivals) and span not in {one for one, _ in explicit}
        ):
            kept.append((span, owner))
            taken.append(span)
    return sorted(set(kept))
