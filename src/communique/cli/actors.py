"""What `communique actors` does: look up, check, add and import actors."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.files import STANDARD, check_output, opened
from communique.cli.screen import complain, counted
from communique.errors import KnowledgeError, SettingsError, StoreError
from communique.knowledge import dictionary, directory
from communique.knowledge.directory import Listed
from communique.knowledge.project import COLUMNS, read_project
from communique.knowledge.tables import Row

PIPED_WIDTH = 240
MOST_FOUND = 40
"""Rows that `find` prints; the rest is counted."""


def find(words: str, day: str | None, actors: str | None) -> int:
    """Print the actors of a name, and return 1 if there is none."""
    if day is not None:
        _check_day(day)
    found = directory.find(words, day=day, actors=actors)
    if not found:
        complain(
            f"no actor is called {words!r}{f' on {day}' if day else ''}; add yours with communique actors add"
        )
        return 1
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("ID", "NAME", "CODE", "OFFICE", "FROM", "TO"):
        table.add_column(heading, overflow="fold")
    for one in found[:MOST_FOUND]:
        table.add_row(
            *(Text(cell) for cell in (one.id, one.name, _code(one), one.office, one.start, _end(one)))
        )
    console = _console()
    console.print(table)
    more = len(found) - MOST_FOUND
    if more > 0:
        console.print(Text(f"and {counted(more, 'row')} more; say more of the name, or a day with --on"))
    return 0


def show(id_: str, actors: str | None) -> None:
    """Print all that the tables hold on an actor. Raises SettingsError when they hold nothing."""
    found = directory.show(id_, actors=actors)
    if not found:
        raise SettingsError(f"no actor has the id {id_!r}; communique actors find NAME prints ids")
    console = _console()
    names = dict.fromkeys(name for one in found for name in (one.name, *one.aliases))
    first, *others = names
    console.print(Text(f"{first}  ({found[0].kind}, {found[0].id})", style="bold"))
    if others:
        console.print(Text("also: " + ", ".join(others)))
    for one in found:
        days = f"{one.start or '…'} to {_end(one)}" if one.start or one.end else "always"
        console.print(Text(f"  {days:<32} {_code(one):<12} {one.office}".rstrip()))
        console.print(Text(f"      {one.source}", style="dim"))


def check(path: str) -> None:
    """Say that a file is right. Raises KnowledgeError that names every fault."""
    project = read_project(path)
    terms = counted(sum(map(len, project.offices.values())), "term")
    _console().print(
        Text(f"{path}: {counted(len(project.rows), 'row')}, all right; {terms} of single-holder offices")
    )


def add(path: str, row: Row) -> None:
    """Append a row to a file of actors, made if need be. The file stays as it was if the row is wrong."""
    file = Path(path)
    before = file.read_text(encoding="utf-8-sig") if file.exists() else _line(COLUMNS)
    header = next(csv.reader([before.partition("\n")[0]]))
    strange = [column for column, value in row.items() if value and column not in header]
    if strange:
        raise KnowledgeError(f"{path}:1: there is no column {strange[0]!r}; add it to the first line")
    after = before.rstrip("\n") + "\n" + _line([row.get(column, "") for column in header])
    part = file.with_name(file.name + ".part")
    try:
        part.write_text(after, encoding="utf-8")
        try:
            read_project(str(part))
        except KnowledgeError as error:
            part.unlink()
            raise KnowledgeError(str(error).replace(str(part), path)) from error
        part.replace(file)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
    _console().print(Text(f"{path}: added {row['name']}; use it with communique code --actors {path}"))


def import_dictionaries(paths: Sequence[str], output: str) -> int:
    """Write dictionaries as a file of actors, and return 1 if some of their codes could not be used."""
    if output != STANDARD:
        check_output(output, paths)
    made: list[Row] = []
    left_out: list[str] = []
    for path in paths:
        result = dictionary.import_dictionary(path)
        made.extend(result.rows)
        left_out.extend(result.left_out)
    with opened(output) as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
    for fault in left_out:
        complain(f"left out {fault}")
    Console(stderr=True, highlight=False, soft_wrap=True).print(
        Text(f"{counted(len(made), 'row')} written, {counted(len(left_out), 'code')} left out")
    )
    return 1 if left_out else 0


def _console() -> Console:
    """Return the console for answers: as wide as the terminal, and a row a line where a program reads."""
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def _line(values: Iterable[str]) -> str:
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(values)
    return buffer.getvalue()


def _code(one: Listed) -> str:
    return " ".join(part for part in (one.code, one.sector, *one.secondary) if part)


def _end(one: Listed) -> str:
    if one.end:
        return one.end
    return f"open on {one.asof}" if one.asof else "open" if one.start else ""


def _check_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise SettingsError(f"no such day {day!r}; write --on YYYY-MM-DD") from error
