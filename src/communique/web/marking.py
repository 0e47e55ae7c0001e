"""A document's text cut into pieces, so that overlapping evidence and statements can be shown without nesting.

Every boundary of a marked span starts a new piece: an event's evidence, its parties, claimants and cues, the words
that dispute it; a statement's source, cue, content and addressee. Each piece knows all events and statements that it
belongs to. Joined again, the pieces of a block are the block's own text without the white space at its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.records import Block, BlockKind, Span
from communique.store import StoredDocument
from communique.web.labels import Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in which nothing begins or ends. Events and statements are numbered from 0 in document order."""

    text: str
    evidence: tuple[int, ...] = ()
    """The events whose words these are, that with the shortest evidence first."""
    roles: tuple[tuple[int, str], ...] = ()
    """(event, part) for the parts actor, recipient, claimant, cue and dispute."""
    ends: tuple[int, ...] = ()
    """The events whose evidence ends with this piece: where their number is printed."""
    said: tuple[tuple[int, str], ...] = ()
    """(statement, part) for the parts source, cue, content and addressee; of contents the outermost first."""
    opens: tuple[int, ...] = ()
    """The statements of whose content a stretch begins with this piece, the outermost first."""
    closes: tuple[int, ...] = ()
    """The statements of whose content a stretch ends with this piece, the innermost first."""

    @property
    def depth(self) -> int:
        """Return in how many statements, one within the other, these words are content."""
        return sum(part == "content" for _, part in self.said)


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of a document in pieces."""

    kind: str
    language: str | None
    repeats: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    span: Span
    number: int
    part: str
    said: bool = False
    """Whether it is part of a statement, not of an event."""

    @property
    def length(self) -> int:
        return self.span.end - self.span.start


def marked_blocks(document: StoredDocument, limit: int | None = None) -> tuple[MarkedBlock, ...]:
    """Return the blocks of a document in order; a document without blocks is one body.

    `limit` leaves out what lies beyond that many characters.
    """
    marks = sorted((*_marks(document.events), *_said(document.statements)))
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
            ("dispute", event["disputes"]),
        ):
            yield from (_Mark(span, number, part) for span in _spans(rows or ()))


def _said(statements: Sequence[Row]) -> Iterator[_Mark]:
    for number, row in enumerate(statements):
        for part, rows in (
            ("source", [row["source"]]),
            ("cue", [row["cue"]]),
            ("content", row["content"]),
            ("addressee", [row["addressee"]]),
        ):
            yield from (_Mark(span, number, part, said=True) for span in _spans(rows))


def _spans(rows: Iterable[Row | None]) -> Iterator[Span]:
    for row in rows:
        if row is not None and row["start"] < row["end"]:
            yield Span(row["start"], row["end"])


def _pieces(text: str, span: Span, marks: Sequence[_Mark]) -> Iterator[Piece]:
    """Cut `span` of the text at every boundary of the marks."""
    edges = {span.start, span.end}
    for mark in marks:
        edges |= {max(mark.span.start, span.start), min(mark.span.end, span.end)}
    for start, end in pairwise(sorted(edges)):
        here = [mark for mark in marks if mark.span.covers(Span(start, end))]
        yield _piece(text, Span(start, end), here)


def _piece(text: str, span: Span, here: Sequence[_Mark]) -> Piece:
    """Return one piece with all that covers it."""
    events = [mark for mark in here if not mark.said]
    evidence = sorted(
        (m for m in events if m.part == "evidence"), key=lambda mark: (mark.length, mark.number)
    )
    said = sorted((mark for mark in here if mark.said), key=lambda mark: (-mark.length, mark.number))
    contents = [mark for mark in said if mark.part == "content"]
    return Piece(
        text=span.of(text),
        evidence=_once(mark.number for mark in evidence),
        roles=tuple(dict.fromkeys((m.number, m.part) for m in events if m.part != "evidence")),
        ends=tuple(sorted({mark.number for mark in evidence if mark.span.end == span.end})),
        said=tuple(dict.fromkeys((mark.number, mark.part) for mark in said)),
        opens=_once(mark.number for mark in contents if mark.span.start == span.start),
        closes=_once(mark.number for mark in reversed(contents) if mark.span.end == span.end),
    )


def _once(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
