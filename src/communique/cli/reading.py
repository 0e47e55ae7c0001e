"""What the commands beside `code` do: show, report, evaluate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.files import check_output
from communique.cli.screen import counted
from communique.export import Row, printable
from communique.store import Store


def show_document(store: str, key: str | None) -> None:
    """Print one document with its events, or the list of documents if `key` is null."""
    console = Console(highlight=False)
    with Store.open(store, read_only=True) as opened_store:
        if key is None:
            console.print(_listing(opened_store.listing()))
        else:
            from communique.web.show import shown

            console.print(shown(opened_store.document(key)))


def _listing(rows: Iterable[Row]) -> Table:
    table = Table("id", "date", "title")
    table.add_column("events", justify="right")
    for row in rows:
        title = Text(printable(row["title"] or row["source"]), overflow="ellipsis", no_wrap=True)
        table.add_row(Text(row["id"]), row["published"] or "", title, str(row["events"]))
    return table


def write_page(store: str, output: str) -> None:
    """Write the store as one HTML page."""
    from communique.web.report import write_report

    check_output(output, [store])
    with Store.open(store, read_only=True) as opened_store:
        write_report(opened_store, Path(output))
        number = opened_store.counts()["documents"]
    Console(highlight=False).print(
        Text(f"{counted(number, 'document')} written to {output}; open it in a browser.")
    )


def print_scores(gold: Sequence[str], coded: str, *, split: str | None, curve: bool, as_json: bool) -> None:
    """Print how well the coded events agree with the annotated documents."""
    from communique.evaluate import run

    report = run([Path(path) for path in gold], Path(coded), curve=curve, split=split)
    if as_json:
        sys.stdout.write(json.dumps(report.row(), ensure_ascii=False, indent=1) + "\n")
    elif sys.stdout.isatty():
        Console(highlight=False).print(report)
    else:
        sys.stdout.write(report.text())
