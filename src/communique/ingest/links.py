"""Lines in capitals between paragraphs: links to other stories, or headings, told from texts in capitals."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.ingest.pieces import HEADING_WORDS, Piece
from communique.records import BlockKind, Span

MOST_CAPITAL = 0.3
"""Greatest share of capital paragraphs in the characters of a text whose capitals are links. Of 998 articles of
world_news 54 have such lines, one 0.08 of its characters, the others less; wires in capitals lie at 1."""

_SENTENCE = re.compile(r"(?<!\b[A-Z])[.!:;,][\"”]?$")


def without_links(text: str, found: list[Piece]) -> list[Piece]:
    """Mark the lines in capitals that stand after a paragraph in mixed case as furniture.

    They name another story ("IRAN TEST-FIRES MISSILE") or a section; neither tells an event of this text. A line that
    ends as a sentence or a speaker's label does is left, and so is all of a text that is largely in capitals.
    """
    capital = {piece.span for piece in found if _in_capitals(text, piece)}
    if not capital or _characters(capital) > MOST_CAPITAL * _characters({p.span for p in found}):
        return found
    result: list[Piece] = []
    told = False
    for piece in found:
        if piece.span in capital and told and _link_like(piece.span.of(text)):
            piece = replace(piece, kind=BlockKind.BOILERPLATE, role="link")
        told = told or (piece.kind is BlockKind.BODY and piece.span not in capital)
        result.append(piece)
    return result


def _in_capitals(text: str, piece: Piece) -> bool:
    return piece.kind in (BlockKind.BODY, BlockKind.HEADLINE) and piece.span.of(text).isupper()


def _characters(spans: set[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _link_like(words: str) -> bool:
    return not _SENTENCE.search(words) and len(words.split()) <= HEADING_WORDS[1]
