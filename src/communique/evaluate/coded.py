"""What was coded, read from JSONL rows (docs/records.md), and whose document each row belongs to."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import CorpusError
from communique.evaluate.gold import GoldDocument
from communique.records import Span

Row = Mapping[str, Any]

ENOUGH_QUOTES = 2
"""Quotations that must stand at their offsets before a document of another id is taken for the same one: one
alone may be a sentence that two articles share."""


@dataclass(frozen=True, slots=True)
class CodedParty:
    """A participant or claimant of a coded event."""

    span: Span | None
    words: str
    country: str | None
    sector: str | None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """A coded event; `spans` are its own words, or its sentence where it has none."""

    category: str
    mode: str | None
    aux: frozenset[str]
    status: str | None
    contexts: frozenset[str]
    spans: tuple[Span, ...]
    actors: tuple[CodedParty, ...]
    recipients: tuple[CodedParty, ...]
    claimants: tuple[CodedParty, ...]
    confidence: float | None
    sentence: Span | None = None
    sentence_text: str = ""


@dataclass(frozen=True, slots=True)
class CodedRows:
    """The events of a file by document id, and the hash of each text where the file gives texts."""

    events: Mapping[str, tuple[CodedEvent, ...]]
    hashes: Mapping[str, str]


def read(path: Path) -> CodedRows:
    """Return the events of a JSONL file, or of every `*.jsonl` of a folder.

    Rows of documents (with `text` and `blocks`) give hashes; rows of statements are passed over. Raises
    CorpusError naming file and line.
    """
    events: dict[str, list[CodedEvent]] = {}
    hashes: dict[str, str] = {}
    for where, row in _rows(path):
        if "blocks" in row and "text" in row:
            hashes[row["id"]] = hashlib.sha256(row["text"].encode("utf-8")).hexdigest()
            events.setdefault(row["id"], [])
        elif "event" in row:
            try:
                events.setdefault(row["document_id"], []).append(event(row))
            except (KeyError, TypeError, IndexError) as error:
                raise CorpusError(f"{where}: an event row without {error}; see docs/records.md") from error
    return CodedRows({doc: tuple(found) for doc, found in events.items()}, hashes)


def _rows(path: Path) -> Iterator[tuple[str, Row]]:
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(
                f"{file}: cannot be read ({error}); give the JSONL of `communique code`"
            ) from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield f"{file}:{number}", _parse(line, f"{file}:{number}")


def _parse(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"{where}: not JSON ({error}); give the JSONL of `communique code`") from error
    if not isinstance(row, dict):
        raise CorpusError(f"{where}: not a row; give the JSONL of `communique code`")
    return row


def event(row: Row) -> CodedEvent:
    """Return an event from its row; raise KeyError or TypeError where the row is not of the format."""
    sentence = row.get("text_info")
    whole = Span(sentence["start"], sentence["end"]) if sentence else None
    own = tuple(_span(piece) for piece in row.get("event_text") or [])
    return CodedEvent(
        category=row["event"][0],
        mode=next(iter(row.get("mode") or []), None),
        aux=frozenset(row.get("aux") or []),
        status=row.get("status"),
        contexts=frozenset(row.get("context") or []),
        spans=own or ((whole,) if whole else ()),
        actors=tuple(_party(party) for party in row.get("actor") or []),
        recipients=tuple(_party(party) for party in row.get("recipient") or []),
        claimants=tuple(_party(party) for party in row.get("claimants") or []),
        confidence=row.get("confidence"),
        sentence=whole,
        sentence_text=row.get("text") or "",
    )


def _span(piece: Row) -> Span:
    return Span(piece["start"], piece["end"])


def _party(party: Row) -> CodedParty:
    cue = party.get("cue")
    return CodedParty(
        span=_span(party) if party.get("start") is not None else None,
        words=party.get("entity_text") or "",
        country=party.get("code"),
        sector=party.get("sector"),
        cue=_span(cue) if isinstance(cue, Mapping) else None,
    )


# --------------------------------------------------------------------------- which document is which


def pair(documents: Sequence[GoldDocument], rows: CodedRows) -> dict[str, str]:
    """Return the coded id of each gold document that can be told, by the gold id.

    Told by equal ids; else by the hash of the text; else by quotations that stand at their offsets in the coded
    sentences; else, where each side has only one document, they are taken for the same.
    """
    found = {doc.id: doc.id for doc in documents if doc.id in rows.events}
    by_hash = {digest: coded for coded, digest in rows.hashes.items()}
    for doc in documents:
        free = [coded for coded in rows.events if coded not in found.values()]
        if doc.id not in found and (coded := _recognised(doc, free, by_hash, rows)) is not None:
            found[doc.id] = coded
    if len(documents) == 1 and len(rows.events) == 1 and not found:
        found[documents[0].id] = next(iter(rows.events))
    return found


def _recognised(
    doc: GoldDocument, free: Sequence[str], by_hash: Mapping[str, str], rows: CodedRows
) -> str | None:
    if doc.sha256 is not None and doc.sha256 in by_hash:
        return by_hash[doc.sha256]
    votes = Counter({coded: _quotes_that_stand(doc, rows.events[coded]) for coded in free})
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= ENOUGH_QUOTES else None


def _quotes_that_stand(doc: GoldDocument, events: Iterable[CodedEvent]) -> int:
    """Count coded sentences that agree with words of the document known by their offsets."""
    standing = 0
    sentences = {one.sentence: one.sentence_text for one in events if one.sentence is not None}
    for sentence, text in sentences.items():
        if doc.text is not None:
            standing += sentence.of(doc.text) == text
        quotes = ((span, words) for span, words in doc.quotes if sentence.covers(span))
        standing += any(
            text[span.start - sentence.start : span.end - sentence.start] == words for span, words in quotes
        )
    return standing
