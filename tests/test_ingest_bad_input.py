"""Bad input: each kind is a record that says why, and everything else is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from communique.ingest import read, streams
from communique.records import Document, Skipped

GOOD = "Talks between the two sides resumed in Oslo on Monday."


def outcome(*paths: Path | str) -> tuple[list[Document], list[Skipped]]:
    found = list(read(map(str, paths)))
    documents = [d for d in found if isinstance(d, Document)]
    return documents, [s for s in found if isinstance(s, Skipped)]


def put(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def row(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.txt", b" \n\t\n", "empty file"),
        ("bom.txt", b"\xef\xbb\xbf", "no text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "binary data"),
        ("noise.txt", bytes(range(1, 32)) * 40, "binary data"),
        ("empty.html", b"<html><head></head><body></body></html>", "no main text"),
        ("empty.json", b"", "empty file"),
        ("none.json", b"[]", "empty list"),
        ("broken.json", b'{"text": "Talks', "not valid JSON"),
        ("deep.json", b"[" * 100_000, "not valid JSON"),
        ("number.json", b"17", "not an object with keys but a number"),
        ("empty.jsonl", b"", "empty file"),
        ("empty.csv", b"", "empty file"),
        ("binary.csv", b"text\n\x00\x00\x01", "binary data"),
        ("column.csv", b"id,body\n1,Talks resumed.\n", "no column 'text' among id, body"),
        ("not.gz.txt.gz", b"plain", "ot a gzip"),
        ("bad.zip", b"PK\x03\x04 but no more", "not a readable zip"),
        ("paper.pdf", b"%PDF-1.4", "no reader for .pdf"),
        ("README", b"Talks", "no reader for a file without an ending"),
        ("x.zip.gz", gzip.compress(b"x"), "a zip in a gzip"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_the_others_are_read(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    put(tmp_path, name, data)
    put(tmp_path, "zz_good.txt", GOOD.encode())
    documents, skipped = outcome(tmp_path)
    assert [d.text for d in documents] == [GOOD]
    assert len(skipped) == 1
    assert reason in skipped[0].reason
    assert skipped[0].stage == "ingest"
    assert skipped[0].source.startswith(str(tmp_path / name))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "Talks', "not valid JSON"),
        (row(id="x"), "there is no 'text' among id"),
        (row(id="x", text=None), "'text' is null"),
        (row(id="x", text=17), "'text' is not text but a number"),
        (row(id="x", text=["a"]), "'text' is not text but a list"),
        (row(id="x", text="   "), "no text in it"),
        (b"[1, 2]", "not an object with keys but a list"),
        (b'{"text": "a\x00b"}', "binary data"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_line_and_the_others_go_on(
    line: bytes, reason: str, tmp_path: Path
) -> None:
    path = put(
        tmp_path, "a.jsonl", row(id="1", text=GOOD) + line.strip() + b"\n" + row(id="3", text="Talks failed.")
    )
    documents, skipped = outcome(path)
    assert [d.id for d in documents] == ["1", "3"]
    assert [s.source for s in skipped] == [f"{path}:2"]
    assert reason in skipped[0].reason


def test_a_date_that_is_none_costs_the_date_and_a_notice_not_the_document(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", row(id="1", text=GOOD, date="2019-02-31"))
    documents, skipped = outcome(path)
    assert (documents[0].published, documents[0].published_evidence) == (None, None)
    assert skipped[0].document_id == "1"
    assert "date not understood: '2019-02-31'" in skipped[0].reason


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (
            "El diálogo comenzó ayer en Bogotá.".encode("cp1252"),
            "El diálogo comenzó ayer en Bogotá.",
            "windows-1252",
        ),
        ("Diálogo en Bogotá ".encode() * 3 + b"\xff", "Diálogo en Bogotá " * 3 + "\ufffd", "broken UTF-8"),
        ("Talks in Oslo".encode("utf-16"), "Talks in Oslo", None),
        (("Мы осуждаем этот удар по городу и требуем мира. " * 4).encode("cp1251"), "Мы осуждаем", "cp1251"),
    ],
)
def test_text_that_is_not_utf8_is_read_and_the_guess_is_recorded(
    data: bytes, text: str, note: str | None, tmp_path: Path
) -> None:
    documents, skipped = outcome(put(tmp_path, "a.txt", data))
    assert documents[0].text.startswith(text)
    assert len(skipped) == (note is not None)
    assert note is None or note in skipped[0].reason


def test_bytes_of_a_table_that_are_not_utf8_are_read_cell_by_cell(tmp_path: Path) -> None:
    data = "text\nEl diálogo comenzó\n".encode("cp1252") + "El diálogo sigue\n".encode()
    documents, _ = outcome(put(tmp_path, "a.csv", data))
    assert [d.text for d in documents] == ["El diálogo comenzó", "El diálogo sigue"]


def test_half_a_surrogate_pair_is_replaced_so_that_the_text_can_be_stored(tmp_path: Path) -> None:
    documents, _ = outcome(put(tmp_path, "a.jsonl", b'{"text": "Talks \\ud800 failed."}'))
    assert documents[0].text == "Talks \ufffd failed."
    documents[0].text.encode("utf-8")


def test_a_truncated_gzip_gives_its_whole_rows_and_a_record_of_the_rest(tmp_path: Path) -> None:
    rows = b"".join(row(id=str(n), text=f"{GOOD} {os.urandom(200).hex()}") for n in range(300))
    documents, skipped = outcome(put(tmp_path, "a.jsonl.gz", gzip.compress(rows)[:-30_000]))
    assert 0 < len(documents) < 300
    assert "cut off or damaged" in skipped[-1].reason


def test_damaged_gzip_data_is_a_record(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(os.urandom(4000).hex().encode()))
    data[60:80] = b"\xff" * 20
    documents, skipped = outcome(put(tmp_path, "a.txt.gz", bytes(data)))
    assert documents == []
    assert len(skipped) == 1


def test_a_bomb_is_refused_once_it_has_unpacked_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 100_000)
    bomb = b" " * 3_000_000
    put(tmp_path, "a.txt.gz", gzip.compress(bomb))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jsonl", bomb)
        archive.writestr("good.txt", GOOD)
    documents, skipped = outcome(tmp_path)
    assert [d.text for d in documents] == [GOOD]
    assert ["bomb" in s.reason for s in skipped] == [True, True]


def test_members_that_point_outside_locked_ones_and_nested_zips_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../escape.txt", GOOD)
        archive.writestr("/etc/escape.txt", GOOD)
        archive.writestr("C:\\escape.txt", GOOD)
        archive.writestr("inner.zip", b"PK")
        archive.writestr("paper.pdf", b"%PDF")
        archive.writestr("good.txt", GOOD)
    documents, skipped = outcome(tmp_path / "a.zip")
    assert [d.source for d in documents] == [f"{tmp_path}/a.zip!good.txt"]
    assert [s.reason.split(";")[0].split(" of this")[0] for s in skipped] == [
        "the name",
        "the name",
        "the name",
        "a zip in a zip is not opened",
        "no reader for .pdf",
    ]
    assert list(tmp_path.parent.glob("**/escape.txt")) == []


def test_a_damaged_member_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", GOOD)
        archive.writestr("2.txt", "Talks failed.")
    data = (tmp_path / "a.zip").read_bytes().replace(b"Talks between", b"Talks betwixt", 1)
    documents, skipped = outcome(put(tmp_path, "a.zip", data))
    assert [d.text for d in documents] == ["Talks failed."]
    assert "CRC" in skipped[0].reason


def test_a_line_past_the_limit_is_skipped_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("json_reader", "csv_reader"):
        monkeypatch.setattr(f"communique.ingest.{module}.LARGEST_PAGE", 5_000)
        monkeypatch.setattr(f"communique.ingest.{module}.MEBIBYTE", 1_000)
    put(
        tmp_path,
        "a.jsonl",
        row(id="1", text=GOOD) + row(id="2", text="x" * 20_000) + row(id="3", text="Talks."),
    )
    put(tmp_path, "b.csv", b"id,text\n4,Talks failed.\n5," + b"x" * 20_000 + b"\n6,Talks resumed.\n")
    documents, skipped = outcome(tmp_path)
    assert [d.id for d in documents] == ["1", "3", "4", "6"]
    assert [(Path(s.source).name, "too long" in s.reason) for s in skipped] == [
        ("a.jsonl:2", True),
        ("b.csv:3", True),
    ]


def test_a_text_past_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.ingest.documents.LONGEST_TEXT", 100)
    documents, skipped = outcome(put(tmp_path, "a.txt", b"Talks. " * 50))
    assert documents == []
    assert "too long: 350 characters" in skipped[0].reason


def test_a_missing_path_beside_a_good_one_is_a_record(tmp_path: Path) -> None:
    good = put(tmp_path, "a.txt", GOOD.encode())
    documents, skipped = outcome(tmp_path / "missing.txt", tmp_path / "*.html", good)
    assert len(documents) == 1
    assert [s.reason.split(";")[0] for s in skipped] == [
        "no such file or folder",
        "matches no file or folder",
    ]


def test_an_empty_folder_is_a_record(tmp_path: Path) -> None:
    assert outcome(tmp_path)[1][0].reason == "no files in this folder"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_what_may_not_be_opened_is_a_record_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    put(tmp_path, "a.txt", b"Talks").chmod(0)
    put(tmp_path, "b.txt", GOOD.encode())
    documents, skipped = outcome(tmp_path)
    (tmp_path / "locked").chmod(0o700)
    assert len(documents) == 1
    assert len(skipped) == 2


def test_what_the_system_refuses_is_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt", GOOD.encode())
    (tmp_path / "locked").mkdir()
    real = os.listdir

    def refusing(path: str) -> list[str]:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "listdir", refusing)
    documents, skipped = outcome(tmp_path)
    assert len(documents) == 1
    assert "Permission denied" in skipped[0].reason


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_links_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    put(tmp_path / "a", "1.txt", GOOD.encode())
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    documents, skipped = outcome(tmp_path)
    assert len(documents) == 1
    assert sorted(Path(s.source).name for s in skipped) == ["back", "gone.txt", "self.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_passed_over_with_a_record(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert outcome(tmp_path)[1][0].reason == "not a regular file"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty file"), (b"PK\x03\x04zip", "cannot be read from a pipe"), (b"\x00\x01", "binary")],
)
def test_standard_input_that_cannot_be_read_is_a_record(
    data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    documents, skipped = outcome("-")
    assert documents == []
    assert reason in skipped[0].reason


def test_an_unclosed_quote_in_a_table_does_not_take_the_program_down(tmp_path: Path) -> None:
    data = b'id,text\n1,Talks resumed.\n2,"Talks failed.\n3,Talks again.\n'
    documents, _ = outcome(put(tmp_path, "a.csv", data))
    assert documents[0].id == "1"
