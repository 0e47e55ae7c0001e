"""A document's text cut into pieces, so that overlapping evidence can be shown without nesting.

Every boundary of an evidence, actor, recipient, claimant or cue span starts a new piece; each piece
knows all events that it belongs to. Joined again, the pieces of a block are the block's own text without
the white space at its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.records import Block, BlockKind, Span
from communique.store import StoredDocument
from communique.web.labels import Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in which nothing begins or ends. Events are numbered from 0 in document order."""

    text: str
    evidence: tuple[int, ...] = ()
    """The events whose words these are, that with the shortest evidence first."""
    roles: tuple[tuple[int, str], ...] = ()
    """(event, part) for the parts actor, recipient, claimant and cue."""
    ends: tuple[int, ...] = ()
    """The events whose evidence ends with this piece: where their number is printed."""


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of a document in pieces."""

    kind: str
    language: str | None
    repeats: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    event: int
    part: str


def marked_blocks(document: StoredDocument, limit: int | None = None) -> tuple[MarkedBlock, ...]:
    """Return the blocks of a document in order; a document without blocks is one body.

    `limit` leaves out what lies beyond that many characters.
    """
    marks = sorted(_marks(document.events), key=lambda mark: (mark.span, mark.event, mark.part))
    end = len(document.text) if limit is None else min(limit, len(document.text))
    found = []
    for block in _blocks(document):
        span = _trimmed(document.text, Span(block.span.start, min(block.span.end, end)))
        if span.start < span.end:
            pieces = tuple(_pieces(document.text, span, [m for m in marks if m.span.overlaps(span)]))
            found.append(MarkedBlock(block.kind, block.language, block.repeats is not None, pieces))
    return tuple(found)


def _blocks(document: StoredDocument) -> list[Block]:
    whole = Span(0, len(document.text))
    return [
        Block(
            span=Span(row["start"], row["end"]),
            kind=BlockKind(row["kind"]),
            language=row["language"],
            repeats=Span(row["repeats"]["start"], row["repeats"]["end"]) if row["repeats"] else None,
        )
        for row in document.blocks
    ] or [Block(whole, BlockKind.BODY)]


def _trimmed(text: str, span: Span) -> Span:
    """Return the span without white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _marks(events: Sequence[Row]) -> Iterator[_Mark]:
    for number, event in enumerate(events):
        for part, rows in (
            ("evidence", event["event_text"]),
            ("actor", event["actor"]),
            ("recipient", event["recipient"]),
            ("claimant", event["claimants"]),
            ("cue", [claimant["cue"] for claimant in event["claimants"] or ()]),
        ):
            for row in rows or ():
                if row is not None and row["start"] < row["end"]:
                    yield _Mark(Span(row["start"], row["end"]), number, part)


def _pieces(text: str, span: Span, marks: Sequence[_Mark]) -> Iterator[Piece]:
    """Cut `span` of the text at every boundary of the marks."""
    edges = {span.start, span.end}
    for mark in marks:
        edges |= {max(mark.span.start, span.start), min(mark.span.end, span.end)}
    for start, end in pairwise(sorted(edges)):
        here = [mark for mark in marks if mark.span.covers(Span(start, end))]
        evidence = sorted(
            (mark for mark in here if mark.part == "evidence"),
            key=lambda mark: (mark.span.end - mark.span.start, mark.event),
        )
        yield Piece(
            text=text[start:end],
            evidence=tuple(dict.fromkeys(mark.event for mark in evidence)),
            roles=tuple(dict.fromkeys((m.event, m.part) for m in here if m.part != "evidence")),
            ends=tuple(sorted({mark.event for mark in evidence if mark.span.end == end})),
        )
