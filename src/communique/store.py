"""The store: one DuckDB file with documents, sentences, events, participants, statements, skipped.

Rows go in and come out as dictionaries whose keys are the columns of `schema.toml`; `export.table_rows`
makes them from the records. All SQL of communique is in this file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from communique.errors import StoreError
from communique.schema import schema
from communique.settings import version

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""The rows of one document, or of one thing skipped, by table."""

MEMORY_LIMIT = "1GB"
"""DuckDB's own ceiling. Batches of 200 documents with 15 events each stayed under 270 MB in all."""
PAGE = 100
"""Documents read at a time; bounds memory, and one query serves the events of all of them."""

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

PLACED = ("documents", "skipped")
"""Tables whose rows name the file that was read."""

PARTICIPANTS = """
CREATE OR REPLACE VIEW participants AS
SELECT event_id, document_id, date, category, status, "role", position, unnest(who)
FROM (
    SELECT id AS event_id, document_id, date, event[1] AS category, status,
           unnest(['actor', 'recipient', 'claimant']) AS "role",
           unnest([actor, recipient, list_transform(claimants, lambda c: struct_pack(
               entity_text := c.entity_text, "start" := c."start", "end" := c."end",
               identifier_id := c.identifier_id, identifier_text := c.identifier_text, code := c.code,
               sector := c.sector, sector_secondary := c.sector_secondary, office := c.office,
               reason := c.reason))]) AS everyone
    FROM events
), LATERAL (SELECT unnest(everyone) AS who, unnest(range(len(everyone))) AS position)
"""

PLAIN = r"regexp_replace(regexp_replace(strip_accents(lower({0})), '[.''’]', '', 'g'), '[^\p{{L}}\p{{N}}]+', ' ', 'g')"
"""Text without accents, capitals and punctuation, so that U.S. is us."""


def _has_words(parameter: str, text: str) -> str:
    """Return the SQL for: each word of the parameter begins a word of the text, or the parameter is null."""
    words = f"string_split(trim({PLAIN.format(parameter)}), ' ')"
    found = f"lambda word: contains(' ' || {PLAIN.format(text)}, ' ' || word)"
    return f"({parameter} IS NULL OR coalesce(list_bool_and(list_transform({words}, {found})), false))"


SAID = f"""
SELECT * FROM statements
WHERE {_has_words("$by", "concat_ws(' ', source.identifier_text, source.entity_text)")}
AND {_has_words("$words", "array_to_string(list_transform(content, lambda piece: piece.text), ' ')")}
AND ($category IS NULL OR EXISTS (
    SELECT 1 FROM events WHERE events.document_id = statements.document_id AND events.event[1] = $category
    AND (list_contains(list_transform(events.disputes, lambda dispute: dispute.id), statements.id)
         OR len(list_filter(statements.content, lambda piece: len(list_filter(events.event_text,
             lambda word: piece."start" <= word."start" AND word."end" <= piece."end")) > 0)) > 0)))
ORDER BY rowid
"""

ADVICE = (
    ("Conflicting lock", "another program has it open; close that program or name another store"),
    ("not a valid DuckDB", "it is not a DuckDB file; name another store, or move that file away"),
    ("database does not exist", "there is no such file; make one with `communique code PATH`"),
    (
        "No space left",
        "the disk is full; what was saved before is kept; make room and run the same command again",
    ),
    ("Permission denied", "you may not read or write it; change its rights or name another store"),
    ("Is a directory", "it is a folder; name a file in it"),
    ("No such file or directory", "its folder does not exist; make the folder first"),
    ("version number", "a newer DuckDB wrote it; update with `pip install --upgrade duckdb`"),
)
"""What DuckDB's messages contain, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What one call of `Store.add` did, in documents (and skipped things)."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    skipped: int = 0

    def __add__(self, other: Saved) -> Saved:
        """Add up two batches."""
        return Saved(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as stored, with its event and statement rows (fields: docs/records.md)."""

    id: str
    url: str | None
    title: str | None
    publication: str | None
    byline: str | None
    published: str | None
    published_evidence: str | None
    language: str | None
    text: str
    blocks: tuple[Row, ...]
    copy_of: str | None
    source: str
    coder: str
    events: tuple[Row, ...] = ()
    statements: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One document's rows as JSON, and their digest."""

    tables: Mapping[str, list[str]]
    digest: str


class Store:
    """A store on disk. Use `Store.open(path)` in a `with` block.

    Coding the same input twice adds nothing: a document whose rows are the same is left alone, and one
    that now reads differently (another version, other settings, another text under the same id) has all
    its rows replaced. Each call of `add` is one transaction.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: str) -> None:
        """Wrap an open connection; `Store.open` is the way in."""
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Store:
        """Open the store at `path`, and create it unless `read_only`.

        Raises StoreError if the file is missing, locked, of another kind, or of a newer schema.
        """
        with _explained(path, "opened"):
            connection = duckdb.connect(
                str(path),
                read_only=read_only,
                config={"memory_limit": MEMORY_LIMIT, "autoinstall_known_extensions": False},
            )
        store = cls(connection, str(path))
        try:
            store._check_or_create(read_only)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Close the store; what `add` returned from is kept."""
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        self._connection.close()

    # ------------------------------------------------------------------ writing

    def add(self, batch: Iterable[Tables]) -> Saved:
        """Store the rows of some documents in one transaction, and say what changed.

        Each item is a mapping from table name to rows, as `export.table_rows` makes them. Raises
        StoreError when the disk is full or the file cannot be written; nothing of the batch is kept then.
        """
        items = list(batch)
        documents = _prepared(item for item in items if item.get("documents"))
        skipped = [row for item in items if not item.get("documents") for row in item["skipped"]]
        with _explained(self.path, "written"), self._transaction():
            known = self._digests(list(documents))
            fresh = {key: item for key, item in documents.items() if known.get(key) != item.digest}
            replaced = [key for key in fresh if key in known]
            self._delete(replaced)
            self._insert(fresh)
            new_skips = self._insert_skipped(skipped)
        return Saved(
            added=len(fresh) - len(replaced),
            unchanged=len(documents) - len(fresh),
            replaced=len(replaced),
            skipped=new_skips,
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Commit at the end, or roll everything back, on Ctrl-C too."""
        self._connection.begin()
        try:
            yield
            self._connection.commit()
        except BaseException:
            with suppress(duckdb.Error):  # a full disk may have closed the transaction already
                self._connection.rollback()
            raise

    def _digests(self, ids: list[str]) -> dict[str, str]:
        query = "SELECT document_id, digest FROM readings WHERE document_id IN (SELECT unnest(?))"
        return dict(self._connection.execute(query, [ids]).fetchall())

    def _delete(self, ids: list[str]) -> None:
        if not ids:
            return
        self._connection.execute("DELETE FROM documents WHERE id IN (SELECT unnest(?))", [ids])
        for table in ("sentences", "events", "statements", "skipped", "readings"):
            self._connection.execute(f"DELETE FROM {table} WHERE document_id IN (SELECT unnest(?))", [ids])

    def _insert(self, documents: Mapping[str, _Prepared]) -> None:
        for table in schema().tables:
            self._insert_rows(table, [row for item in documents.values() for row in item.tables[table]])
        pairs = [(key, item.digest) for key, item in documents.items()]
        if pairs:
            query = "INSERT INTO readings SELECT unnest(?), unnest(?)"
            self._connection.execute(query, [list(column) for column in zip(*pairs, strict=True)])

    def _insert_rows(self, table: str, rows: list[str]) -> None:
        """Insert rows given as JSON objects.

        One parameter carries all of them: 75,000 events in batches of 3,000 took 7 s on 2 cores, where
        `executemany` needs minutes.
        """
        if not rows:
            return
        columns = ", ".join(f'"{name}" {kind}' for name, kind in schema().tables[table].items())
        query = f"INSERT INTO {table} SELECT unnest(?::JSON::STRUCT({columns})[], max_depth := 2)"
        self._connection.execute(query, ["[" + ",".join(rows) + "]"])

    def _insert_skipped(self, rows: list[Row]) -> int:
        """Insert what is not there yet, and return how many rows that was."""
        by_id = {row["id"]: row for row in rows}
        query = "SELECT id FROM skipped WHERE id IN (SELECT unnest(?))"
        known = {row[0] for row in self._connection.execute(query, [list(by_id)]).fetchall()}
        fresh = [_encoded(row) for key, row in by_id.items() if key not in known]
        self._insert_rows("skipped", fresh)
        return len(fresh)

    # ------------------------------------------------------------------ reading

    def documents(self) -> Iterator[StoredDocument]:
        """Yield every document with its events and statements, in the order they were stored."""
        yield from self._stored("SELECT * FROM documents ORDER BY rowid", [])

    def listing(self) -> Iterator[Row]:
        """Yield id, published, title, source and number of events of every document, without the texts."""
        yield from self._rows(
            "SELECT id, published, title, source, "
            "(SELECT count(*) FROM events WHERE document_id = documents.id) AS events "
            "FROM documents ORDER BY documents.rowid",
            [],
        )

    def document(self, key: str) -> StoredDocument:
        """Return the document that `key` names: its id, the start of its id, or a part of its title or path.

        Raises StoreError if there is none, or more than one.
        """
        for condition in (
            "id = ?",
            "starts_with(id, ?)",
            "contains(lower(title), lower(?)) OR contains(lower(source), lower(?))",
        ):
            found = self._found(condition, key)
            if len(found) == 1:
                return next(self._stored("SELECT * FROM documents WHERE id = ?", [found[0][0]]))
            if found:
                listed = "".join(f"\n  {name}  {title or source}" for name, title, source in found[:5])
                raise StoreError(
                    f"{key!r} fits {len(found)} documents; give more of the id or title:{listed}"
                )
        raise StoreError(f"no document of {self.path} has {key!r} as its id or in its title")

    def events(self, document_id: str | None = None) -> Iterator[Row]:
        """Yield event rows in document order, of one document or of all."""
        yield from self._table("events", document_id)

    def statements(self, document_id: str | None = None) -> Iterator[Row]:
        """Yield statement rows in document order, of one document or of all."""
        yield from self._table("statements", document_id)

    def said(
        self, *, by: str | None = None, words: str | None = None, category: str | None = None
    ) -> Iterator[Row]:
        """Yield the statement rows whose source has the words `by`, and whose content has `words` or a `category`.

        Words match the beginnings of words, in any order, without accents and capitals. A statement is about a
        category where its content holds an event of it, or denies one.
        """
        yield from self._rows(SAID, {"by": by, "words": words, "category": category})

    def sentences(self, document_id: str | None = None) -> Iterator[Row]:
        """Yield sentence rows in document order, of one document or of all."""
        yield from self._table("sentences", document_id)

    def skipped(self, document_id: str | None = None) -> Iterator[Row]:
        """Yield what was not coded, and why, of one document or of all."""
        yield from self._table("skipped", document_id)

    def counts(self) -> dict[str, int]:
        """Return the number of rows of every table, and of the view `participants`."""
        names = [*schema().tables, "participants"]
        union = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
        with _explained(self.path, "read"):
            return dict(self._connection.execute(union).fetchall())

    def _found(self, condition: str, key: str) -> list[tuple[str, str | None, str]]:
        query = f"SELECT id, title, source FROM documents WHERE {condition} ORDER BY rowid"
        with _explained(self.path, "read"):
            return self._connection.execute(query, [key] * condition.count("?")).fetchall()

    def _table(self, table: str, document_id: str | None) -> Iterator[Row]:
        if document_id is None:
            yield from self._rows(f"SELECT * FROM {table} ORDER BY rowid", [])
        else:
            yield from self._rows(
                f"SELECT * FROM {table} WHERE document_id = ? ORDER BY rowid", [document_id]
            )

    def _stored(self, query: str, parameters: list[Any]) -> Iterator[StoredDocument]:
        rows = self._rows(query, parameters)
        while page := [row for _, row in zip(range(PAGE), rows, strict=False)]:
            ids = [row["id"] for row in page]
            events, statements = self._of("events", ids), self._of("statements", ids)
            for row in page:
                row["blocks"] = tuple(row["blocks"])
                yield StoredDocument(**row, events=events[row["id"]], statements=statements[row["id"]])

    def _of(self, table: str, ids: list[str]) -> dict[str, tuple[Row, ...]]:
        found: dict[str, list[Row]] = {key: [] for key in ids}
        query = f"SELECT * FROM {table} WHERE document_id IN (SELECT unnest(?)) ORDER BY rowid"
        for row in self._rows(query, [ids]):
            found[row["document_id"]].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def _rows(self, query: str, parameters: list[Any] | dict[str, Any]) -> Iterator[Row]:
        """Run a query on a cursor of its own, so that two readings may interleave."""
        with _explained(self.path, "read"):
            cursor = self._connection.cursor().execute(query, parameters)
            names = [column[0] for column in cursor.description or ()]
            while page := cursor.fetchmany(PAGE):
                for values in page:
                    yield dict(zip(names, values, strict=True))

    # ------------------------------------------------------------------ the file

    def _check_or_create(self, read_only: bool) -> None:
        with _explained(self.path, "opened"):
            tables = {row[0] for row in self._connection.execute("SHOW TABLES").fetchall()}
            if "meta" in tables:
                found = self._connection.execute("SELECT schema_version FROM meta").fetchone()
            elif tables or read_only:
                raise StoreError(f"{self.path} is a DuckDB file but not a store of communique; name another")
            else:
                return self._create()
        newest = schema().version
        if found is None or found[0] != newest:
            have = found[0] if found else "none"
            raise StoreError(
                f"{self.path} has schema {have}, this communique reads schema {newest}; "
                "update communique, or code the documents again into a new store"
            )
        return None

    def _create(self) -> None:
        with self._transaction():
            for table, columns in schema().tables.items():
                listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                self._connection.execute(f"CREATE TABLE {table} ({listed})")
            self._connection.execute("CREATE TABLE readings (document_id VARCHAR, digest VARCHAR)")
            self._connection.execute(PARTICIPANTS)
            self._connection.execute("CREATE TABLE meta (schema_version INTEGER, communique VARCHAR)")
            self._connection.execute("INSERT INTO meta VALUES (?, ?)", [schema().version, version()])


def _prepared(items: Iterable[Tables]) -> dict[str, _Prepared]:
    """Return the rows of each document by its id; of equal ids in one batch the last stands."""
    found: dict[str, _Prepared] = {}
    for item in items:
        tables = {name: [_encoded(row) for row in item.get(name, ())] for name in schema().tables}
        document = item["documents"][0]
        digest = _digest(item)
        if document["id"] not in found or found[document["id"]].digest != digest:
            found[document["id"]] = _Prepared(tables, digest)
    return found


def _digest(item: Tables) -> str:
    """Return a digest of a document's rows, wherever the document lay when it was read."""
    rows = {
        table: [
            {key: row[key] for key in row if table not in PLACED or key not in ("id", "source")}
            for row in some
        ]
        for table, some in item.items()
    }
    return hashlib.sha256(ENCODER.encode(rows).encode("utf-8", "replace")).hexdigest()


def _encoded(row: Row) -> str:
    """Return a row as JSON; half a surrogate pair, which no file can hold, becomes one question mark."""
    return ENCODER.encode(row).encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _explained(path: str | Path, doing: str) -> Iterator[None]:
    """Turn DuckDB's errors into StoreError, with advice where we know the case."""
    try:
        yield
    except duckdb.Error as error:
        message = str(error)
        advice = next((text for sign, text in ADVICE if sign in message), message.splitlines()[0])
        raise StoreError(f"the store {path} cannot be {doing}: {advice}") from error
