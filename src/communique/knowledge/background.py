"""What a document is about, as far as names tell: its day, the states it names, its dateline, its quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from communique.knowledge.scan import Scene
from communique.records import Document, Span

MAIN_SHARE = 0.5
"""Least share of all mentions of states that makes one state the document's main one; with `MAIN_COUNT`
mentions at least. In 33 documents (1,695 mentions) 0.4 changes 28 mentions: of the first 14, read by hand, 6
for the better and 8 for the worse. 0.6 changes 5, among them a president who loses his state."""
MAIN_COUNT = 3

_DATELINE = re.compile(
    r"^\s*([A-Z][A-Z'’. \-]{2,40})(?:,[^–—\-\n]{0,40})?\s*(?:\([^)\n]{2,40}\)\s*)?[–—\-:]{1,2}\s"
)
_OPEN, _CLOSE, _STRAIGHT = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True)
class Background:
    """The document's day, states, main state and dateline state, and where it quotes."""

    day: str | None
    codes: frozenset[str]
    main: str | None
    dateline: str | None
    quotes: tuple[Span, ...]

    def quoted(self, at: int) -> Span | None:
        """Return the quotation in which a character stands."""
        before = bisect_right(self.quotes, at, key=lambda quote: quote.start)
        last = self.quotes[before - 1] if before else None
        return last if last is not None and at < last.end else None


def background(
    document: Document, scenes: tuple[Scene, ...], place: Callable[[str], str | None]
) -> Background:
    """Read the background of a document from the names found in it; `place` gives a city's state."""
    counts: Counter[str] = Counter()
    others: set[str] = set()
    for scene in scenes:
        for hit in scene.hits:
            codes = {
                e.code
                for e in hit.entries
                if e.code and e.code not in ("UNO", "IGO", "EUR", "MNC", "NGO", "IMG")
            }
            states = {e.code for e in hit.entries if e.kind == "state" and e.code}
            if len(states) == 1:
                counts.update(states)
            elif len(codes) == 1 and hit.how() != "group":
                others.update(codes)
                counts.update(codes if any(e.kind == "person" for e in hit.entries) else ())
    total = sum(counts.values())
    main = None
    if counts:
        code, count = counts.most_common(1)[0]
        main = code if count >= MAIN_COUNT and count >= MAIN_SHARE * total else None
    day = document.published if document.published and len(document.published) >= 4 else None
    return Background(
        day,
        frozenset(counts) | frozenset(others),
        main,
        _dateline(document.text, scenes, place),
        _quotes(document.text),
    )


def _dateline(text: str, scenes: tuple[Scene, ...], place: Callable[[str], str | None]) -> str | None:
    """Return the state of a dateline in capitals: MOSCOW (Reuters) –."""
    for scene in scenes[:4]:
        line = text.rfind("\n", 0, scene.sentence.span.start) + 1
        found = _DATELINE.match(text[line : line + 120])
        if found:
            return place(found.group(1))
    return None


def _quotes(text: str) -> tuple[Span, ...]:
    """Return the quotations: from an opening mark to a closing one or the line's end.

    A closing mark alone ends a quotation that began with its line.
    """
    found: list[Span] = []
    opened: int | None = None
    line = 0
    for match in re.finditer(r"[“«„”»\"]|\n", text):
        mark = match.group()
        if opened is None and (mark in _OPEN or mark == _STRAIGHT):
            opened = match.end()
        elif opened is not None and (mark in _CLOSE or mark in (_STRAIGHT, "\n")):
            found.append(Span(opened, match.start()))
            opened = None
        elif mark in _CLOSE and not (found and found[-1].end >= line):
            found.append(Span(line, match.start()))
        line = match.end() if mark == "\n" else line
    if opened is not None:
        found.append(Span(opened, len(text)))
    return tuple(found)
