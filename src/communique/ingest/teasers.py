"""Archive pages: many headlines with a teaser each, told from one article with subheadings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

from communique.ingest.pieces import Piece, title_case
from communique.records import BlockKind, Span

LEAST_ENTRIES = 5
"""Fewest entries of an archive page; with a "Read more" or a date under most of them, three are enough."""
LEAST_MARKED = 3
REGULAR = 0.8
"""Least share of headings that are followed by exactly one paragraph, and of paragraphs that have a heading. The
archive pages of the tests and of ../shared/news lie at 0.87 and above; with all the rules here together none of the
4,988 articles of world_news is cut."""
HEADLINE_WORDS = 5
"""Least median length, in words, of the headings: subheadings are shorter ("What happens next?")."""
NUMBERED = 0.3
"""Greatest share of headings that are numbered or ask a question, as in listicles and explainers."""
RUNNING_ON = 0.25
"""Greatest share of paragraphs that begin by pointing back ("He", "But", "This"), as those of one article do."""

_NUMBERED = re.compile(r"(?:\d{1,2}[.):]|#\d|no\. ?\d|step \d|[ivx]{1,4}[.)])\s", re.IGNORECASE)
_POINTING_BACK = re.compile(
    r"[“\"]?(?:he|she|they|it|his|her|their|its|this|these|those|that|but|however|also|meanwhile|still|yet|so|and|"
    r"then|both|another|such|moreover|instead|in addition|the (?:move|decision|statement|two|former|latter|deal|"
    r"attack|report|announcement|talks|agreement))\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|read more|continue reading)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One teaser of an archive page."""

    title: str | None
    pieces: tuple[Piece, ...]

    @property
    def span(self) -> Span:
        """The stretch of the page that is the entry."""
        return Span(self.pieces[0].span.start, self.pieces[-1].span.end)


def entries(text: str, found: list[Piece]) -> list[Entry]:
    """Return the entries of an archive page, in order; none where the text is one article."""
    marked = _marked(text, found)
    groups = _groups(marked)
    if not _is_archive(text, marked, groups):
        return []
    return [_entry(text, group) for group in groups if any(p.kind is BlockKind.BODY for p in group)]


def _marked(text: str, found: list[Piece]) -> list[Piece]:
    """A heading that follows a heading and is not in Title Case is a one-line teaser."""
    result: list[Piece] = []
    for piece in found:
        after = next((p for p in reversed(result) if p.kind is not BlockKind.BOILERPLATE), None)
        if (
            piece.kind is BlockKind.HEADLINE
            and after is not None
            and after.kind is BlockKind.HEADLINE
            and not title_case(piece.span.of(text))
        ):
            piece = replace(piece, kind=BlockKind.BODY)
        result.append(piece)
    return result


def _groups(found: list[Piece]) -> list[list[Piece]]:
    """A new group at each heading, and at a paragraph set off by a wider gap than its page is wont to have."""
    gaps = [p.gap for p in found if p.kind is BlockKind.HEADLINE]
    usual = median(gaps) if gaps else 0
    groups: list[list[Piece]] = []
    for piece in found:
        has_body = bool(groups) and any(p.kind is BlockKind.BODY for p in groups[-1])
        lost = piece.kind is BlockKind.BODY and has_body and piece.gap > usual
        if piece.kind is BlockKind.HEADLINE or lost or not groups:
            groups.append([])
        groups[-1].append(piece)
    return groups


def _is_archive(text: str, found: list[Piece], groups: list[list[Piece]]) -> bool:
    heads = [p.span.of(text) for p in found if p.kind is BlockKind.HEADLINE]
    bodies = [p.span.of(text) for p in found if p.kind is BlockKind.BODY]
    if len(heads) < LEAST_MARKED or not bodies:
        return False
    headed = [g for g in groups if any(p.kind is BlockKind.HEADLINE for p in g)]
    single = [g for g in headed if sum(p.kind is BlockKind.BODY for p in g) == 1]
    furnished = [g for g in single if _furnished(text, g)]
    enough = LEAST_MARKED if len(furnished) >= 0.6 * len(headed) else LEAST_ENTRIES
    return (
        len(single) >= enough
        and len(single) >= REGULAR * len(headed)
        and len(single) >= REGULAR * len(bodies)
        and median(len(h.split()) for h in heads) >= HEADLINE_WORDS
        and _share(heads, lambda h: bool(_NUMBERED.match(h)) or h.endswith("?")) <= NUMBERED
        and _share(bodies, lambda b: _POINTING_BACK.match(b) is not None) <= RUNNING_ON
    )


def _share(items: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, items)) / len(items)


def _furnished(text: str, group: list[Piece]) -> bool:
    """Say whether a group carries what archive pages put beside a teaser: a date, a byline, a "Read more"."""
    return any(
        p.role in ("stamp", "byline", "related")
        or (p.kind is BlockKind.BODY and _CUT_OFF.search(p.span.of(text)) is not None)
        for p in group
    )


def _entry(text: str, group: list[Piece]) -> Entry:
    """Shape a group as an entry: its paragraphs are teasers, and what trails after them is left out."""
    first = next(n for n, p in enumerate(group) if p.kind is not BlockKind.BOILERPLATE)
    last = max(
        n for n, p in enumerate(group) if p.kind is not BlockKind.BOILERPLATE or p.role in ("stamp", "byline")
    )
    kept = [
        replace(p, kind=BlockKind.TEASER) if p.kind is BlockKind.BODY else p for p in group[first : last + 1]
    ]
    title = next((p.span.of(text) for p in kept if p.kind is BlockKind.HEADLINE), None)
    return Entry(title, tuple(kept))
