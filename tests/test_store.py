"""The store: what goes in comes out, twice adds nothing, and a failure leaves it whole."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from communique.errors import StoreError
from communique.export import event_row, statement_row, table_rows
from communique.records import Skipped
from communique.schema import schema
from communique.store import Saved, Store
from samples import TEXT, coded, document


def test_rows_come_out_as_they_went_in(tmp_path: Path) -> None:
    item = coded()
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([table_rows(item)])
    with Store.open(tmp_path / "s.duckdb", read_only=True) as store:
        found = next(store.documents())
        assert list(store.events()) == [event_row(event, item) for event in item.events]
        assert list(store.statements(item.document.id)) == [statement_row(s, TEXT) for s in item.statements]
        assert [row["text"] for row in store.sentences()] == [
            s.span.of(TEXT) for s in item.analysis.sentences
        ]
        assert [row["reason"] for row in store.skipped()] == ["Spanish is not coded"]
    assert (found.text, found.title, len(found.blocks)) == (TEXT, "Ships in the strait", 2)
    assert [event["event"] for event in found.events] == [["REQUEST"], ["MOBILIZE"]]


def test_coding_the_same_input_twice_adds_nothing(tmp_path: Path) -> None:
    rows = [table_rows(coded()), table_rows(Skipped("a.bin", "ingest", "not text"))]
    with Store.open(tmp_path / "s.duckdb") as store:
        assert store.add(rows) == Saved(added=1, skipped=1)
        counts = store.counts()
        assert store.add(rows) == Saved(unchanged=1)
        assert store.add(rows + rows) == Saved(unchanged=1)
        assert store.counts() == counts


def test_the_same_document_from_another_path_is_not_stored_again(tmp_path: Path) -> None:
    first = coded()
    copy = coded(replace(first.document, source="copies/ships.txt"))
    assert copy.skipped[0].source != first.skipped[0].source
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([table_rows(first)])
        assert store.add([table_rows(copy)]) == Saved(unchanged=1)


def test_a_document_coded_otherwise_has_all_its_rows_replaced(tmp_path: Path) -> None:
    item = coded()
    changed = replace(item, events=item.events[:1], statements=())
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([table_rows(item)])
        assert store.add([table_rows(changed)]) == Saved(replaced=1)
        counts = store.counts()
    assert (counts["documents"], counts["events"], counts["statements"], counts["skipped"]) == (1, 1, 0, 1)


def test_events_keep_document_order_whatever_their_ids(tmp_path: Path) -> None:
    ids = ["d9", "d1", "d5"]
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add(table_rows(coded(document(id=key))) for key in ids)
        assert [row["document_id"] for row in store.events()] == [key for key in ids for _ in range(2)]
        assert [found.id for found in store.documents()] == ids


def test_participants_are_a_flat_view_of_actors_recipients_and_claimants(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([table_rows(coded())])
    with duckdb.connect(str(tmp_path / "s.duckdb"), read_only=True) as connection:
        query = 'SELECT category, "role", position, code, sector FROM participants ORDER BY ALL'
        rows = connection.execute(query).fetchall()
    assert rows == [
        ("MOBILIZE", "actor", 0, "SWE", "GOV"),
        ("REQUEST", "actor", 0, "SWE", "GOV"),
        ("REQUEST", "claimant", 0, "NOR", "GOV"),
        ("REQUEST", "recipient", 0, "NOR", "GOV"),
    ]


@pytest.mark.parametrize("key", ["d_abc", "d_ab", "ships in the STRAIT", "the strait", "SHIPS.txt"])
def test_a_document_is_found_by_id_prefix_title_or_path(tmp_path: Path, key: str) -> None:
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add(
            [
                table_rows(coded(document(id="d_abc"))),
                table_rows(coded(replace(document(id="x1"), title=None, source="b"))),
            ]
        )
        assert store.document(key).id == "d_abc"


@pytest.mark.parametrize(
    ("key", "part"), [("d_", "fits 2 documents"), ("war", "no document"), ("%", "no document")]
)
def test_an_unknown_or_ambiguous_document_is_an_error_that_helps(tmp_path: Path, key: str, part: str) -> None:
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([table_rows(coded(document(id="d_1"))), table_rows(coded(document(id="d_2")))])
        with pytest.raises(StoreError, match=part):
            store.document(key)


@pytest.mark.parametrize("letter", ["\ud83d", "\x00", "\U0001f3f4", "'\";--", "</script>"])
def test_any_character_can_be_stored_without_moving_an_offset(tmp_path: Path, letter: str) -> None:
    item = coded(document(TEXT + letter + "end"))
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add([table_rows(item)])
        text = next(store.documents()).text
    assert len(text) == len(item.document.text)
    assert text.endswith("end")


def test_two_readings_may_interleave(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.duckdb") as store:
        store.add(table_rows(coded(document(id=f"d{number:03}"))) for number in range(250))
        pairs = zip(store.documents(), store.events("d007"), strict=False)
        assert [(found.id, row["document_id"]) for found, row in pairs] == [
            ("d000", "d007"),
            ("d001", "d007"),
        ]
        assert sum(1 for _ in store.documents()) == 250


# ------------------------------------------------------------------ files that cannot be used


def not_duckdb(path: Path) -> None:
    path.write_text("These are minutes of a meeting." * 100)


def foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")


def newer(path: Path) -> None:
    with Store.open(path):
        pass
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET schema_version = 999")


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (not_duckdb, "not a DuckDB file"),
        (foreign, "not a store of communique"),
        (newer, "schema 999"),
        (Path.mkdir, "a folder"),
    ],
)
def test_a_file_that_is_no_store_is_an_error_that_says_what_to_do(tmp_path: Path, make, part: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "s.duckdb"
    make(path)
    with pytest.raises(StoreError, match=part):
        Store.open(path)


@pytest.mark.parametrize(
    ("name", "part"), [("missing.duckdb", "communique code"), ("no/folder.duckdb", "cannot be opened")]
)
def test_a_missing_store_is_not_made_by_reading(tmp_path: Path, name: str, part: str) -> None:
    with pytest.raises(StoreError, match=part):
        Store.open(tmp_path / name, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_another_program_writes_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    program = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print(1, flush=True); sys.stdin.read()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StoreError, match="another program has it open"):
            Store.open(path)
        other.communicate()
    with Store.open(path):
        pass


# ------------------------------------------------------------------ failures half-way


@pytest.mark.parametrize("failure", [KeyboardInterrupt, duckdb.IOException("No space left on device")])
def test_a_failure_half_way_keeps_earlier_batches_and_nothing_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    path = tmp_path / "s.duckdb"
    with Store.open(path) as store:
        store.add([table_rows(coded(document(id="first")))])
        whole = Store._insert_rows

        def fails_at_events(self: Store, table: str, rows: list[str]) -> None:
            if table == "events":
                raise failure
            whole(self, table, rows)

        monkeypatch.setattr(Store, "_insert_rows", fails_at_events)
        with pytest.raises((KeyboardInterrupt, StoreError)):
            store.add([table_rows(coded(document(id="second")))])
        monkeypatch.undo()
    with Store.open(path) as store:
        assert [found.id for found in store.documents()] == ["first"]
        assert store.counts()["sentences"] == 2
        assert store.add([table_rows(coded(document(id="second")))]) == Saved(added=1)


def test_the_store_has_the_columns_of_the_schema(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.duckdb"):
        pass
    with duckdb.connect(str(tmp_path / "s.duckdb")) as connection:
        for table, columns in schema().tables.items():
            described = connection.execute(f"DESCRIBE {table}").fetchall()
            assert [row[0] for row in described] == list(columns)


def test_every_table_has_the_keys_that_export_writes() -> None:
    for table, rows in table_rows(coded()).items():
        assert [sorted(row) for row in rows] == [sorted(schema().tables[table])] * len(rows)
