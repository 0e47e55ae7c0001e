"""Formats, folders, globs and archives: what reaches the program, and under which name."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from communique.errors import InputError, SettingsError
from communique.ingest import READERS, read
from communique.records import Document, Skipped

DATA = Path(__file__).parent / "data" / "ingest"
TEXT = "Ostrava expelled two diplomats of Varania on Tuesday.\n\nVarania promised to answer in kind.\n"
ROW: dict[str, Any] = {
    "id": "a1",
    "text": TEXT,
    "title": "Ostrava expels two diplomats",
    "date": "2021-03-09",
    "url": "https://courier.example/a1",
    "publication": "Lake Courier",
    "language": "en",
}


def documents(*paths: Path | str, **options: Any) -> list[Document]:
    return [d for d in read(map(str, paths), **options) if isinstance(d, Document)]


def skipped(*paths: Path | str, **options: Any) -> list[Skipped]:
    return [s for s in read(map(str, paths), **options) if isinstance(s, Skipped)]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def csv_of(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


FILES = {
    "row.json": json.dumps(ROW).encode(),
    "list.json": json.dumps([ROW]).encode(),
    "lines.json": (json.dumps(ROW) + "\n" + json.dumps({**ROW, "id": "a2"}) + "\n").encode(),
    "rows.jsonl": json.dumps(ROW).encode() + b"\n\n",
    "rows.ndjson": b"\xef\xbb\xbf" + json.dumps(ROW, ensure_ascii=False).encode(),
    "rows.csv": csv_of([ROW]),
    "semicolon.csv": csv_of([ROW], ";"),
    "rows.tsv": csv_of([ROW], "\t"),
    "rows.jsonl.gz": gzip.compress(json.dumps(ROW).encode()),
    "ROWS.CSV.GZ": gzip.compress(csv_of([ROW])),
}


@pytest.mark.parametrize("name", FILES)
def test_a_row_is_a_document_with_its_own_id_and_its_text_to_the_letter(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    document = documents(tmp_path / name)[0]
    assert (document.id, document.text, document.title) == ("a1", TEXT, ROW["title"])
    assert (document.published, document.published_evidence) == ("2021-03-09", "date: 2021-03-09")
    assert (document.url, document.publication, document.language) == (ROW["url"], "Lake Courier", "en")
    assert document.source.startswith(str(tmp_path / name))


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "list.json"])
def test_other_names_of_keys_are_mapped(name: str, tmp_path: Path) -> None:
    row = {"doc": "a1", "body": TEXT, "pub_date": "9 March 2021"}
    data = {"rows.jsonl": json.dumps(row), "list.json": json.dumps([row]), "rows.csv": csv_of([row]).decode()}
    (tmp_path / name).write_text(data[name], encoding="utf-8", newline="")
    document = documents(tmp_path / name, mapping={"id": "doc", "text": "body", "date": "pub_date"})[0]
    assert (document.id, document.text, document.published) == ("a1", TEXT, "2021-03-09")


def test_a_mapping_of_a_field_that_there_is_not_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="boddy"):
        read([str(tmp_path)], mapping={"boddy": "text"})


def test_numbers_serve_as_ids_and_years_as_dates(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": 7, "text": TEXT, "date": 2016}))
    document = documents(tmp_path / "a.jsonl")[0]
    assert (document.id, document.published) == ("7", "2016")


def test_rows_without_an_id_get_one_from_their_content_every_time_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}))
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT + "More.\n"}))
    first = [d.id for d in documents(tmp_path)]
    assert first == [d.id for d in documents(tmp_path)]
    assert len(set(first)) == 2
    assert all(id.startswith("d") and len(id) == 17 for id in first)


def test_the_same_document_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    assert len(documents(tmp_path)) == 1
    assert "the same document as" in skipped(tmp_path)[0].reason


def test_an_id_with_another_text_gets_an_id_from_its_content_and_a_notice(tmp_path: Path) -> None:
    rows = [ROW, {**ROW, "text": "Talks resumed."}, {**ROW, "text": "Talks resumed."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    found = documents(tmp_path)
    assert [d.text for d in found] == [TEXT, "Talks resumed."]
    assert found[1].id != "a1"
    notices = skipped(tmp_path)
    assert [s.document_id for s in notices] == [found[1].id, found[1].id]
    assert "taken" in notices[0].reason


def test_line_ends_and_blanks_of_a_text_file_are_kept_and_only_the_mark_is_dropped(tmp_path: Path) -> None:
    text = "\r\n  Talks resumed in Oslo.\r\n\r\nBoth sides came.\r\n \n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert documents(tmp_path)[0].text == text


def test_a_folder_is_read_with_all_below_it_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "c.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Talks resumed in {name}.")
    assert [d.source.removeprefix(f"{tmp_path}/") for d in documents(tmp_path)] == [
        "a/1.txt",
        "b/2.txt",
        "c.txt",
    ]
    assert skipped(tmp_path) == []


def test_globs_are_expanded_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.csv"):
        (tmp_path / name).write_text(f"Talks resumed in {name}.")
    assert [Path(d.source).name for d in documents(tmp_path / "*.txt")] == ["a.txt", "b.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_read_as_itself(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT)
    assert len(documents(tmp_path / "a[1].txt")) == 1


def test_the_members_of_a_zip_are_read_by_the_same_readers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("news/a.txt", TEXT)
        archive.writestr("rows.jsonl.gz", gzip.compress(json.dumps({**ROW, "text": "Talks."}).encode()))
        archive.writestr("__MACOSX/._a.txt", "x")
    assert [d.source for d in documents(tmp_path)] == [
        f"{tmp_path}/a.zip!news/a.txt",
        f"{tmp_path}/a.zip!rows.jsonl.gz:1",
    ]
    assert skipped(tmp_path) == []


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        json.dumps(ROW).encode(),
        json.dumps(ROW, indent=2).encode(),
        json.dumps([ROW]).encode(),
        json.dumps(ROW).encode() + b"\n" + json.dumps({**ROW, "id": "a2"}).encode() + b"\n",
        gzip.compress(TEXT.encode()),
        b"<!DOCTYPE html><html><body><article><p>" + TEXT.encode() + b"</p></article></body></html>",
    ],
)
def test_standard_input_tells_its_format_by_its_first_bytes(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, data)
    found = documents("-")
    assert found
    assert "Ostrava expelled two diplomats" in found[0].text
    assert "{" not in found[0].text
    assert "<" not in found[0].text


def test_a_wrong_declared_encoding_yields_to_what_the_bytes_are(tmp_path: Path) -> None:
    page = (DATA / "page.html").read_bytes()
    (tmp_path / "utf8.html").write_bytes(page.replace(b'charset="utf-8"', b'charset="iso-8859-1"'))
    (tmp_path / "latin.html").write_bytes(
        page.decode().replace("“", '"').replace("”", '"').replace("©", "c").replace("—", "-").encode("cp1252")
    )
    for name in ("utf8.html", "latin.html"):
        assert "diplomáticos" in documents(tmp_path / name)[0].text


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf8(tmp_path: Path) -> None:
    markup = (
        "<html><head><meta charset='windows-1251'></head><body><p>" + "Мы осуждаем этот удар по городу. " * 5
    )
    (tmp_path / "a.html").write_bytes((markup + "</p></body></html>").encode("cp1251"))
    assert "осуждаем" in documents(tmp_path)[0].text


def test_every_reader_is_reached_by_its_ending() -> None:
    assert set(READERS) == {
        ".txt",
        ".text",
        ".html",
        ".htm",
        ".xhtml",
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
    }


def test_paths_that_match_nothing_at_all_are_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt"):
        read([str(tmp_path / "missing.txt"), str(tmp_path / "*.html")])
    with pytest.raises(InputError, match="no path"):
        read([])
