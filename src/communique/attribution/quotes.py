"""Quoted stretches of a text, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.attribution.cues import CLOSING_QUOTES, OPENING_QUOTES
from communique.records import Span

MARKS = re.compile(f"''|``|[{OPENING_QUOTES}{CLOSING_QUOTES}]")
"""Two single marks are a double one, as in newspapers' archives."""
EITHER = frozenset({'"', "''"})
"""Marks that open and close alike."""
MOST_QUOTED_CHARACTERS = 3000
"""A quotation left open runs to the end of its paragraph, but no further than this."""


def quoted_spans(text: str, paragraph: Span) -> list[Span]:
    """Return the stretches inside quotation marks, without the marks.

    A mark that is never closed runs to the paragraph's end (the next paragraph may go on); a closing
    mark that was never opened reaches back to the paragraph's start, as where a save lost its first
    character. Straight marks alternate between opening and closing.
    """
    found: list[Span] = []
    opened: int | None = None
    for mark in MARKS.finditer(text, paragraph.start, paragraph.end):
        opening = _opens(mark.group(), opened is not None)
        if opening and opened is None:
            opened = mark.end()
        elif not opening and opened is not None:
            found.append(Span(opened, mark.start()))
            opened = None
        elif not opening and not found:
            found.append(Span(paragraph.start, mark.start()))
    if opened is not None:
        found.append(Span(opened, min(paragraph.end, opened + MOST_QUOTED_CHARACTERS)))
    return [span for span in found if span.start < span.end]


def _opens(mark: str, inside: bool) -> bool:
    if mark in EITHER:
        return not inside
    return mark in OPENING_QUOTES or mark == "``"


def inside(span: Span, quotes: Sequence[Span]) -> bool:
    """Say whether a span lies wholly in one quotation."""
    return any(quote.covers(span) for quote in quotes)
