"""What comes out: the row forms of the records (docs/records.md), and the file formats."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import TextIOWrapper
from itertools import combinations, islice, product
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.ontology import plover
from communique.records import (
    Block,
    Cast,
    Claimant,
    Coded,
    Document,
    Entity,
    Event,
    Location,
    Skipped,
    Span,
    Statement,
    content_id,
)
from communique.schema import schema
from communique.settings import version

Row = dict[str, Any]
Exporter = Callable[[Iterable[Row], TextIOWrapper], None]
"""Writes event rows to an open file. Text goes through the wrapper, binary formats through its `buffer`."""

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
PLACE_COLUMNS = (
    ("event_loc", "text"), ("event_loc_id", "geonameid"), ("event_loc_name", "name"), ("event_loc_code", "cc3"),
    ("event_loc_resolution", "resolution"), ("latitude", "latitude"), ("longitude", "longitude"),
)  # fmt: skip
"""The columns that a place takes in a spreadsheet, and the field that each holds."""
CSV_COLUMNS = (
    "id", "date", "enddate", "date_resolution", "event", "mode", "context", "aux", "quad", "event_scale",
    "status", "confidence",
    "actor", "actor_name", "actor_code", "actor_sector",
    "recipient", "recipient_name", "recipient_code", "recipient_sector",
    "claimant", "claimant_name", "claimant_code", "claimant_sector",
    "event_text", *(column for column, _ in PLACE_COLUMNS), "text", "document_id", "sequence", "start", "end",
    "url", "title", "publication", "language", "coder", "coded_by", "disputes", "dispute_text",
)  # fmt: skip
STATEMENT_COLUMNS = (
    "id", "in", "polarity", "kind",
    "source", "source_name", "source_code", "source_sector", "cue", "content",
    "addressee", "addressee_name", "addressee_code", "addressee_sector",
    "document_id", "start", "end",
)  # fmt: skip
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins with one of these could run as a formula in a spreadsheet (OWASP, CSV injection)."""
FILE_WIDTH = 160
"""Characters of a line of the table when it goes into a file or a pipe."""
TABLE_ROWS = 200
"""Rows of one on-screen table; a longer list is printed as several, so that memory stays bounded."""


def span_row(span: Span, text: str) -> Row:
    """Return the words of a span with its offsets."""
    return {"text": span.of(text), "start": span.start, "end": span.end}


def entity_row(entity: Entity) -> Row:
    """Return a participant or source: the words here, whom they name, and the reason."""
    return {
        "entity_text": entity.text,
        "start": entity.span.start,
        "end": entity.span.end,
        "identifier_id": entity.identifier_id,
        "identifier_text": entity.name,
        "code": entity.code,
        "sector": entity.sector,
        "sector_secondary": list(entity.sector_secondary),
        "office": entity.office,
        "reason": entity.reason,
    }


def claimant_row(claimant: Claimant, text: str) -> Row:
    """Return who says it, with the words that say so as `cue`."""
    cue = None if claimant.cue is None else span_row(claimant.cue, text)
    return {**entity_row(claimant.entity), "cue": cue}


def citation_row(document: Document) -> Row:
    """Return where an event was read, and what read it."""
    return {
        "url": document.url,
        "title": document.title,
        "publication": document.publication,
        "language": document.language,
        "coder": coder(),
    }


def coder() -> str:
    """Return the name and version that `cite_info.coder` carries."""
    return f"communique {version()}"


def event_row(event: Event, coded: Coded) -> Row:
    """Return an event by the record format. Raises OntologyError on a label outside PLOVER."""
    text = coded.document.text
    return {
        "id": event.id,
        "date": event.date,
        "enddate": event.enddate,
        "date_resolution": event.date_resolution,
        "date_text": None if event.date_text is None else span_row(event.date_text, text),
        "actor": [entity_row(entity) for entity in event.actor],
        "recipient": [entity_row(entity) for entity in event.recipient],
        "event": [event.category],
        "mode": list(event.mode),
        "context": list(event.context),
        "aux": list(event.aux),
        "quad": plover().check(event.category, event.mode).quad,
        "event_scale": plover().scale(event.category, event.mode),
        "event_text": [span_row(span, text) for span in event.evidence],
        "event_loc": None if event.location is None else location_row(event.location),
        "text": event.sentence.of(text),
        "text_info": {"sequence": event.sequence, "start": event.sentence.start, "end": event.sentence.end},
        "status": event.status,
        "claimants": [claimant_row(claimant, text) for claimant in event.claimants],
        "disputes": [{"id": dispute.id, **span_row(dispute.words, text)} for dispute in event.disputes],
        "confidence": event.confidence,
        "coded_by": event.coded_by,
        "document_id": event.document_id,
        "cite_info": citation_row(coded.document),
    }


def location_row(place: Location) -> Row:
    """Return a place by PLOVER's location object (the fields of GeoNames), with the words that name it."""
    return {
        "text": place.text,
        "start": place.span.start,
        "end": place.span.end,
        "geonameid": place.geoname_id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country_code": place.country_code,
        "cc3": place.code,
        "admin1_code": place.admin1_code,
        "resolution": place.resolution,
        "reason": place.reason,
    }


def statement_row(statement: Statement, text: str) -> Row:
    """Return a statement; `text` is that of its document."""
    return {
        "id": statement.id,
        "document_id": statement.document_id,
        "source": None if statement.source is None else entity_row(statement.source),
        "cue": None if statement.cue is None else span_row(statement.cue, text),
        "content": [span_row(span, text) for span in statement.content],
        "kind": statement.kind,
        "addressee": None if statement.addressee is None else entity_row(statement.addressee),
        "polarity": statement.polarity,
        "in": statement.within,
    }


def block_row(block: Block) -> Row:
    """Return a stretch of a document: offsets, kind, language, and the passage that it repeats."""
    repeats = None if block.repeats is None else {"start": block.repeats.start, "end": block.repeats.end}
    return {
        "start": block.span.start,
        "end": block.span.end,
        "kind": str(block.kind),
        "language": block.language,
        "repeats": repeats,
    }


def document_row(document: Document) -> Row:
    """Return a document with its text and blocks."""
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "publication": document.publication,
        "byline": document.byline,
        "published": document.published,
        "published_evidence": document.published_evidence,
        "language": document.language,
        "text": document.text,
        "blocks": [block_row(block) for block in document.blocks],
        "copy_of": document.copy_of,
        "source": document.source,
        "coder": coder(),
    }


def skipped_row(skipped: Skipped) -> Row:
    """Return what was not coded, at which stage, and why."""
    start, end = (None, None) if skipped.span is None else (skipped.span.start, skipped.span.end)
    parts = (skipped.source, skipped.stage, skipped.reason, skipped.document_id, start, end)
    return {
        "id": content_id("k", *parts),
        "source": skipped.source,
        "stage": skipped.stage,
        "reason": skipped.reason,
        "document_id": skipped.document_id,
        "start": start,
        "end": end,
    }


def sentence_rows(coded: Coded) -> list[Row]:
    """Return the sentences that were read, with the kind and language of their blocks."""
    document = coded.document
    return [
        {
            "document_id": document.id,
            "sequence": sequence,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "kind": str(document.blocks[sentence.block].kind),
            "language": document.blocks[sentence.block].language,
            "paragraph": sentence.paragraph,
            "text": sentence.span.of(document.text),
        }
        for sequence, sentence in enumerate(coded.analysis.sentences)
    ]


def analysis_row(coded: Coded) -> Row:
    """Return the reading of a document: sentences with tokens and names, what is one and the same, and who it is.

    All offsets are characters of `text`. `head` is the index of the head in its sentence, -1 for the root.
    """
    document = coded.document
    sentences = [
        {
            "start": sentence.span.start,
            "end": sentence.span.end,
            "tokens": [
                {
                    "start": token.span.start,
                    "end": token.span.end,
                    "lemma": token.lemma,
                    "pos": token.pos,
                    "tag": token.tag,
                    "head": token.head,
                    "relation": token.relation,
                }
                for token in sentence.tokens
            ],
            "entities": [
                {"start": mention.span.start, "end": mention.span.end, "label": mention.label}
                for mention in sentence.mentions
            ],
        }
        for sentence in coded.analysis.sentences
    ]
    return {
        "id": document.id,
        "text": document.text,
        "sentences": sentences,
        "coreference": chains(coded.cast),
        "cast": cast_rows(coded),
    }


def chains(cast: Cast) -> list[list[Row]]:
    """Return the mentions of each who or where that is mentioned more than once, in the order of the text."""
    found = [sorted(set(member.mentions)) for member in cast.members]
    return [[{"start": s.start, "end": s.end} for s in chain] for chain in sorted(found) if len(chain) > 1]


def cast_rows(coded: Coded) -> list[Row]:
    """Return who and where in the document: each member with its mentions and the reason."""
    return [
        {
            "name": member.name,
            "kind": member.kind,
            "code": member.code,
            "sector": member.sector,
            "identifier_id": member.identifier_id,
            "mentions": [{"start": span.start, "end": span.end} for span in member.mentions],
            "reason": member.reason,
        }
        for member in coded.cast.members
    ]


def table_rows(item: Coded | Skipped) -> dict[str, list[Row]]:
    """Return all rows of a coded document, or of a thing skipped, by table of the store."""
    if isinstance(item, Skipped):
        return {"skipped": [skipped_row(item)]}
    text = item.document.text
    return {
        "documents": [document_row(item.document)],
        "sentences": sentence_rows(item),
        "events": [event_row(event, item) for event in item.events],
        "statements": [statement_row(statement, text) for statement in item.statements],
        "skipped": [skipped_row(skipped) for skipped in item.skipped],
    }


def actor_label(entity: Row) -> str:
    """Return a short name of a participant: country and sector, else the name, else the quoted words.

    >>> actor_label({"code": "RUS", "sector": "GOV", "identifier_text": "Russia", "entity_text": "Moscow"})
    'RUS GOV'
    """
    codes = [part for part in (entity["code"], entity["sector"]) if part]
    if entity["code"]:
        return " ".join(codes)
    return str(entity["identifier_text"] or f"“{entity['entity_text']}”")


def actor_pairs(event: Row) -> list[tuple[str, str]]:
    """Return who did it to whom, as labels; the parties of a reciprocal event are paired in order of name."""
    actors = sorted({actor_label(entity) for entity in event["actor"]})
    recipients = sorted({actor_label(entity) for entity in event["recipient"]})
    return list(product(actors, recipients)) if recipients else list(combinations(actors, 2))


def flat_row(event: Row) -> dict[str, str | int | float | None]:
    """Return an event as one row of a spreadsheet; lists are joined by `;`."""
    flat: dict[str, Any] = {name: event[name] for name in ("id", "date", "enddate", "date_resolution")}
    flat |= {name: _joined(event[name]) for name in ("event", "mode", "context", "aux")}
    flat |= {name: event[name] for name in ("quad", "event_scale", "status", "confidence")}
    for role, people in (("actor", "actor"), ("recipient", "recipient"), ("claimant", "claimants")):
        flat |= _flat_entities(role, event[people])
    flat["event_text"] = _joined(span["text"] for span in event["event_text"])
    place: Row = event["event_loc"] or {}
    flat |= {column: place.get(field) for column, field in PLACE_COLUMNS}
    flat |= {"text": event["text"], "document_id": event["document_id"], **event["text_info"]}
    flat |= {**event["cite_info"], "coded_by": event["coded_by"]}
    flat["disputes"] = _joined(dispute["id"] for dispute in event["disputes"])
    flat["dispute_text"] = _joined(dispute["text"] for dispute in event["disputes"])
    return flat


def flat_statement(statement: Row) -> dict[str, str | int | float | None]:
    """Return a statement as one row of a spreadsheet; the pieces of its content are joined by `;`."""
    flat: dict[str, Any] = {name: statement[name] for name in ("id", "in", "polarity", "kind", "document_id")}
    for role in ("source", "addressee"):
        flat |= _flat_entities(role, [statement[role]] if statement[role] else [])
    flat["cue"] = statement["cue"]["text"] if statement["cue"] else None
    flat["content"] = _joined(span["text"] for span in statement["content"])
    flat["start"] = min((span["start"] for span in statement["content"]), default=None)
    flat["end"] = max((span["end"] for span in statement["content"]), default=None)
    return flat


def _flat_entities(role: str, entities: Sequence[Row]) -> dict[str, str]:
    """Return the four columns of a kind of participant, parallel lists."""
    columns = {
        role: "entity_text", f"{role}_name": "identifier_text", f"{role}_code": "code", f"{role}_sector": "sector",
    }  # fmt: skip
    return {name: _joined(entity[field] for entity in entities) for name, field in columns.items()}


def _joined(values: Iterable[str | None]) -> str:
    """Join by `;`, nulls as empty places, so that the columns of a list stay parallel."""
    return ";".join((value or "").replace(";", ",") for value in values)


def _cell(value: str | int | float | None) -> str | int | float | None:
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def write_jsonl(rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Write one JSON object a line."""
    for row in rows:
        out.write(ENCODER.encode(row) + "\n")


def write_csv(rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Write flat events under a heading. An apostrophe is put before text that could run as a formula."""
    _write_flat(CSV_COLUMNS, map(flat_row, rows), out)


def write_statements_csv(rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Write flat statements under a heading, as `write_csv` does events."""
    _write_flat(STATEMENT_COLUMNS, map(flat_statement, rows), out)


def _write_flat(columns: Sequence[str], rows: Iterable[Row], out: TextIOWrapper) -> None:
    writer = csv.writer(out)  # ends lines with CR LF, and so quotes both
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])


def write_parquet(rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Write events as nested types."""
    _write_nested("events", rows, out)


def write_statements_parquet(rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Write statements as nested types."""
    _write_nested("statements", rows, out)


def _write_nested(table: str, rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Write rows of a table by DuckDB, through temporary files: memory stays bounded."""
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        lines, result = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        with lines.open("wb") as raw, TextIOWrapper(raw, "utf-8", errors="replace") as file:
            write_jsonl(rows, file)
        with duckdb.connect() as connection:
            types = schema().tables[table]
            found = connection.read_json(str(lines), columns=types, format="newline_delimited")
            found.write_parquet(str(result))
        with result.open("rb") as written:
            shutil.copyfileobj(written, out.buffer)


def write_table(rows: Iterable[Row], out: TextIOWrapper) -> None:
    """Print a table for the eye: date, category, who, whom, status, the words."""
    console = Console(file=out, width=None if out.isatty() else FILE_WIDTH)
    iterator = iter(rows)
    while page := list(islice(iterator, TABLE_ROWS)):
        console.print(_table(page))


def _table(rows: Iterable[Row]) -> Table:
    table = Table(expand=True)
    for name, ratio in (
        ("date", 2),
        ("event", 3),
        ("actor", 4),
        ("recipient", 4),
        ("status", 2),
        ("text", 8),
    ):
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        cells = (
            row["date"] or "",
            " ".join([*row["event"], *row["mode"]]),
            ", ".join(actor_label(entity) for entity in row["actor"]),
            ", ".join(actor_label(entity) for entity in row["recipient"]),
            row["status"] or "",
            "; ".join(span["text"] for span in row["event_text"]),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table


def printable(text: str) -> str:
    """Return text that cannot drive a terminal: control and direction characters become U+FFFD."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text.replace("\n", " "))


EXPORTERS: Mapping[str, Exporter] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "table": write_table,
}
"""A file format by name. One function and one line here add a format."""

STATEMENT_EXPORTERS: Mapping[str, Exporter] = {
    "jsonl": write_jsonl,
    "csv": write_statements_csv,
    "parquet": write_statements_parquet,
}
"""The same for statements."""
