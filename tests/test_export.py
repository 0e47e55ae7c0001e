"""Exports: the record format field by field, and each file format read back."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communique.errors import OntologyError
from communique.export import (
    CSV_COLUMNS,
    EXPORTERS,
    STATEMENT_COLUMNS,
    STATEMENT_EXPORTERS,
    Exporter,
    Row,
    actor_label,
    actor_pairs,
    analysis_row,
    chains,
    event_row,
    flat_row,
    statement_row,
    table_rows,
)
from communique.records import Cast, Coded, Member, Span
from samples import TEXT, coded, entity

FIELDS = {
    "id", "date", "enddate", "date_resolution", "actor", "recipient", "event", "mode", "context", "aux", "quad",
    "event_scale", "event_text", "event_loc", "text", "text_info", "status", "claimants", "confidence",
    "document_id", "cite_info",
}  # fmt: skip
"""The fields of the record format; `coded_by`, `date_text` and `disputes` are ours beside them."""
ENTITY = {
    "entity_text", "start", "end", "identifier_id", "identifier_text", "code", "sector", "sector_secondary",
    "office",
}  # fmt: skip


def rows_of(item: Coded) -> list[Row]:
    return [event_row(event, item) for event in item.events]


def written(format_: str, rows: list[Row], exporters: Mapping[str, Exporter] = EXPORTERS) -> bytes:
    buffer = BytesIO()
    out = TextIOWrapper(buffer, "utf-8", errors="replace", newline="\n")
    exporters[format_](iter(rows), out)
    out.flush()
    return buffer.getvalue()


def test_an_event_row_has_the_fields_of_the_record_format() -> None:
    row = rows_of(coded())[0]
    assert set(row) == FIELDS | {"coded_by", "date_text", "disputes"}
    assert set(row["actor"][0]) == ENTITY | {"reason"}
    assert set(row["claimants"][0]) == ENTITY | {"reason", "cue"}
    assert set(row["cite_info"]) == {"url", "title", "publication", "language", "coder"}
    assert (row["quad"], row["event_scale"], row["text_info"]["sequence"]) == (3, 0.0, 0)


def test_every_quoted_string_is_the_text_at_its_offsets() -> None:
    def check(value: Any) -> int:
        if isinstance(value, list):
            return sum(check(part) for part in value)
        if not isinstance(value, dict):
            return 0
        words = value.get("text", value.get("entity_text"))
        found = int("start" in value and words is not None)
        assert not found or TEXT[value["start"] : value["end"]] == words
        return found + sum(check(part) for part in value.values())

    assert check(table_rows(coded())["events"]) == 8
    assert check(table_rows(coded())["statements"]) == 3


def test_what_the_text_does_not_give_is_null() -> None:
    item = coded()
    bare = replace(item.events[0], date=None, date_resolution=None, status=None, confidence=None, mode=())
    row = event_row(bare, item)
    nulls = ("date", "enddate", "date_resolution", "date_text", "status", "confidence", "event_loc")
    assert [row[name] for name in nulls] == [None] * 7
    assert json.loads(written("jsonl", [row])) == row


def test_a_label_outside_plover_is_an_error() -> None:
    item = coded()
    with pytest.raises(OntologyError, match="no mode 'troops'"):
        event_row(replace(item.events[0], mode=("troops",)), item)


def test_jsonl_read_back_is_the_same_events() -> None:
    rows = rows_of(coded())
    assert [json.loads(line) for line in written("jsonl", rows).decode().splitlines()] == rows


def test_csv_read_back_is_the_same_flat_events() -> None:
    rows = rows_of(coded())
    found = list(csv.DictReader(StringIO(written("csv", rows).decode())))
    assert [tuple(row) for row in found] == [CSV_COLUMNS] * 2
    for row, flat in zip(found, map(flat_row, rows), strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in flat.items()}


def test_statements_read_back_are_the_same_in_every_format(tmp_path: Path) -> None:
    item = coded()
    outer = item.statements[0]
    inner = replace(outer, id="s2", source=None, cue=None, content=outer.content * 2, within=outer.id)
    rows = [statement_row(statement, TEXT) for statement in (outer, inner)]
    assert [json.loads(line) for line in written("jsonl", rows, STATEMENT_EXPORTERS).splitlines()] == rows
    (tmp_path / "s.parquet").write_bytes(written("parquet", rows, STATEMENT_EXPORTERS))
    found = duckdb.read_parquet(str(tmp_path / "s.parquet"))
    assert [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()] == rows
    flat = list(csv.DictReader(StringIO(written("csv", rows, STATEMENT_EXPORTERS).decode())))
    assert list(flat[0]) == list(STATEMENT_COLUMNS)
    assert [row["in"] for row in flat] == ["", outer.id]
    assert [row["source_code"] for row in flat] == ["NOR", ""]
    assert flat[1]["content"] == "Sudland had called for talks;Sudland had called for talks"


def test_parquet_read_back_is_the_same_events(tmp_path: Path) -> None:
    rows = rows_of(coded())
    (tmp_path / "e.parquet").write_bytes(written("parquet", rows))
    found = duckdb.read_parquet(str(tmp_path / "e.parquet"))
    assert [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()] == rows


@pytest.mark.parametrize("format_", EXPORTERS)
def test_no_events_make_a_valid_file(format_: str, tmp_path: Path) -> None:
    data = written(format_, [])
    if format_ == "parquet":
        (tmp_path / "e.parquet").write_bytes(data)
        assert duckdb.read_parquet(str(tmp_path / "e.parquet")).fetchall() == []
    else:
        assert data.count(b"\n") == (1 if format_ == "csv" else 0)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_a_document_runs_as_a_formula_in_a_spreadsheet(sign: str) -> None:
    row = rows_of(coded())[1]
    row["cite_info"]["title"] = sign + "HYPERLINK(1)"
    found = next(csv.DictReader(StringIO(written("csv", [row]).decode(), newline="")))
    assert found["title"] == "'" + sign + "HYPERLINK(1)"
    assert float(found["event_scale"]) == -5.5


def test_lists_of_a_csv_row_stay_parallel() -> None:
    item = coded()
    actors = (entity("Sudland", "SWE", "GOV"), entity("two ships", None), entity("strait", "NOR"))
    flat = flat_row(event_row(replace(item.events[0], actor=actors), item))
    assert flat["actor"] == "Sudland;two ships;strait"
    assert (flat["actor_code"], flat["actor_sector"]) == ("SWE;;NOR", "GOV;;")


def test_half_a_surrogate_pair_does_not_stop_an_export() -> None:
    row = rows_of(coded())[0] | {"text": "broken \ud83d letter"}
    assert json.loads(written("jsonl", [row]))["text"] == "broken ? letter"
    assert b"broken ? letter" in written("csv", [row])


def test_the_table_shows_who_did_what_and_cannot_drive_the_terminal() -> None:
    row = rows_of(coded())[0]
    row["event_text"][0]["text"] = "called \x1b[31mfor [bold]talks"
    shown = written("table", [row]).decode()
    assert "REQUEST meet" in shown
    assert "SWE GOV" in shown
    assert "[bold]talks" in " ".join(shown.split())
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"code": "RUS", "sector": "GOV"}, "RUS GOV"),
        ({"code": "RUS", "sector": None}, "RUS"),
        ({"code": None, "sector": "MIL", "identifier_text": "Coast Guard"}, "Coast Guard"),
        ({"code": None, "sector": None}, "“the men”"),
    ],
)
def test_a_participant_is_named_by_codes_else_name_else_words(fields: Row, label: str) -> None:
    assert actor_label({"identifier_text": None, "entity_text": "the men"} | fields) == label


@pytest.mark.parametrize(
    ("actors", "recipients", "pairs"),
    [
        (["B", "A"], ["C"], [("A", "C"), ("B", "C")]),
        (["B", "A"], [], [("A", "B")]),
        (["A"], [], []),
        (["A", "A"], [], []),
    ],
)
def test_parties_of_an_event_without_recipient_are_paired_with_each_other(
    actors: list[str], recipients: list[str], pairs: list[tuple[str, str]]
) -> None:
    def people(codes: list[str]) -> list[Row]:
        return [{"code": code, "sector": None} for code in codes]

    assert actor_pairs({"actor": people(actors), "recipient": people(recipients)}) == pairs


def test_an_analysis_row_points_into_its_text() -> None:
    row = analysis_row(coded())
    tokens = [token for sentence in row["sentences"] for token in sentence["tokens"]]
    assert [row["text"][token["start"] : token["end"]] for token in tokens] == ["Norland", "Sudland"]
    assert row["sentences"][1]["entities"][0]["label"] == "LOCATION"
    assert row["coreference"] == []
    assert json.loads(json.dumps(row)) == row


def test_coreference_lists_who_is_mentioned_more_than_once_in_the_order_of_the_text() -> None:
    def member(name: str, *places: tuple[int, int]) -> Member:
        spans = tuple(Span(*place) for place in places)
        return Member(name, name, "person", None, None, (), None, None, None, spans, (), "")

    cast = Cast((member("m0", (40, 42), (10, 15)), member("m1", (20, 25)), member("m2", (0, 4), (30, 33))))
    assert [[(s["start"], s["end"]) for s in chain] for chain in chains(cast)] == [
        [(0, 4), (30, 33)],
        [(10, 15), (40, 42)],
    ]
