"""What `communique statements` does: write the statements of news, or list those of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console
from rich.text import Text

from communique.cli.coding import SUFFIXES, parse_mapping
from communique.cli.files import DEFAULT_STORE, STANDARD, check_output, opened
from communique.cli.screen import complain
from communique.errors import SettingsError
from communique.export import STATEMENT_EXPORTERS, Row, printable, table_rows
from communique.ontology import plover
from communique.records import Skipped
from communique.store import Store
from communique.web.labels import SAYS, SOMEBODY, name

LIST = "list"
FORMATS = (*STATEMENT_EXPORTERS, LIST)
MAGIC = slice(8, 12)
"""Where a DuckDB file says DUCK."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements of a store: those of a source, and about something."""

    by: str | None = None
    about: str | None = None

    def of(self, store: Store) -> Iterator[Row]:
        """Yield the rows that fit. A category of PLOVER in capitals is one; anything else is words."""
        category = self.about if self.about in plover().categories else None
        return store.said(by=self.by, words=None if category else self.about, category=category)


def write(
    paths: Sequence[str] | None, output: str | None, format_: str | None, wanted: Wanted, mapping: str | None
) -> int:
    """Write or list statements, and return the exit status."""
    given = tuple(paths or (DEFAULT_STORE,))
    stored = len(given) == 1 and _is_store(given[0])
    chosen = _format(output, format_, LIST if stored else "jsonl")
    if output not in (None, STANDARD):
        check_output(str(output), given)
    if not stored and (wanted.by or wanted.about):
        raise SettingsError(
            "--by and --about ask a store; make one first: communique code PATH -o talks.duckdb"
        )
    if not stored and chosen == LIST:
        raise SettingsError(
            "a list is made of a store; choose jsonl, csv or parquet, or run communique code first"
        )
    with opened(output or STANDARD, as_text=chosen == LIST) as out:
        if stored:
            return _from_store(given[0], chosen, wanted, out)
        return _from_news(given, chosen, parse_mapping(mapping), out)


def _is_store(path: str) -> bool:
    """Say whether a path is a store, by its ending or its first bytes."""
    if SUFFIXES.get(Path(path).suffix.lower()) == "store":
        return True
    try:
        with open(path, "rb") as file:
            return file.read(MAGIC.stop)[MAGIC] == b"DUCK"
    except OSError:
        return False


def _format(output: str | None, format_: str | None, usual: str) -> str:
    ending = None if output in (None, STANDARD) else SUFFIXES.get(Path(str(output)).suffix.lower(), "")
    chosen = format_ or (usual if output is None else "jsonl" if ending is None else ending)
    if chosen not in FORMATS:
        told = (
            f"there is no format {format_!r}"
            if format_
            else f"{output} does not tell the format; add --format"
        )
        raise SettingsError(f"{told}, one of {', '.join(FORMATS)}")
    return chosen


def _from_store(path: str, format_: str, wanted: Wanted, out: TextIOWrapper) -> int:
    with Store.open(path, read_only=True) as store:
        rows = wanted.of(store)
        if format_ == LIST:
            _list(rows, store, Console(file=out, highlight=False, soft_wrap=True))
        else:
            STATEMENT_EXPORTERS[format_](rows, out)
    return 0


def _from_news(paths: Sequence[str], format_: str, mapping: dict[str, str], out: TextIOWrapper) -> int:
    from communique import ingest
    from communique.pipeline import Coder

    skipped = 0

    def rows() -> Iterator[Row]:
        nonlocal skipped
        for item in Coder().code_documents(ingest.read(paths, mapping=mapping)):
            if isinstance(item, Skipped):
                skipped += 1
                complain(f"skipped {item.source}: {item.reason}")
            else:
                yield from table_rows(item)["statements"]

    STATEMENT_EXPORTERS[format_](rows(), out)
    return 1 if skipped else 0


def _list(rows: Iterable[Row], store: Store, console: Console) -> None:
    """Print statements under their documents: who, what kind of saying, the words, and who reports it."""
    titles = {row["id"]: row for row in store.listing()}
    last, number, sources = None, 0, {}
    for number, row in enumerate(rows, start=1):
        if row["document_id"] != last:
            last = row["document_id"]
            sources = {said["id"]: _who(said) for said in store.statements(last)}
            place = titles[last]
            heading = "  ".join(
                part for part in (place["published"], place["title"] or place["source"]) if part
            )
            console.print(Text(printable(("\n" if number > 1 else "") + heading), style="bold"))
        console.print(
            Text.assemble(("  " + printable(_who(row)), "cyan"), f" {SAYS[row['polarity']]}: ", _words(row))
        )
        if row["in"]:
            console.print(
                Text(printable(f"    according to {sources.get(row['in'], 'another')}"), style="dim")
            )
    console.print(Text(f"\n{number} statement{'' if number == 1 else 's'}", style="dim"))


def _who(row: Row) -> str:
    source = row["source"]
    return SOMEBODY if source is None else name(source)


def _words(row: Row) -> str:
    return printable(" … ".join(f"“{piece['text']}”" for piece in row["content"]))
