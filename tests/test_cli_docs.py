"""The documentation says what the program does: commands, options, formats, columns."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from communique.cli import app
from communique.cli.coding import FORMATS, SUFFIXES
from communique.export import CSV_COLUMNS, STATEMENT_COLUMNS
from communique.schema import schema

DOCS = Path(__file__).parents[1] / "docs"


def commands(group: Any, prefix: str = "") -> dict[str, Any]:
    """Return every command by its full name: groups, and the commands in them."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found[prefix + name] = command
        found |= commands(command, f"{prefix}{name} ") if hasattr(command, "commands") else {}
    return found


COMMANDS = commands(typer.main.get_command(app))


def section(page: str, heading: str) -> str:
    """Return what stands between a heading of the second level and the next."""
    parts = re.split(r"^## ", (DOCS / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next(part for part in parts if part.splitlines()[0] == heading)


def options(name: str) -> set[str]:
    return {
        option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("-")
    }


def first_column(text: str) -> list[list[str]]:
    """Return the words in backticks of the first cell of every row of the tables."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [re.findall(r"`([^`]+)`", cell) for cell in cells]


def test_every_command_has_its_section_and_no_other_has() -> None:
    headings = re.findall(
        r"^## communique (.+)$", (DOCS / "command-line.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(headings) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_documented_and_no_other_is(name: str) -> None:
    documented = {
        option for cell in first_column(section("command-line.md", f"communique {name}")) for option in cell
    }
    assert documented == options(name) - {"--help", "-h"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_of_a_command_has_examples_and_the_exit_status(name: str) -> None:
    manual = COMMANDS[name].help
    assert f"communique {name}" in manual.split("Examples:")[1]
    assert "Exit status: 0" in manual


@pytest.mark.parametrize("page", ["command-line.md", "records.md"])
def test_every_example_uses_options_that_exist(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for words in re.findall(r"communique ([a-z]+(?![a-z.])[^\n`|]*)", text):
        name = max((n for n in COMMANDS if f"{words} ".startswith(f"{n} ")), key=len, default=None)
        if name is not None:
            rest = words.removeprefix(name)
            assert set(re.findall(r"(?<!\S)--?[a-z-]+", rest)) <= options(name), (name, rest)


def test_every_format_and_ending_is_documented() -> None:
    text = section("command-line.md", "communique code")
    assert [word for word in (*FORMATS, *SUFFIXES) if f"`{word}`" not in text] == []


@pytest.mark.parametrize("table", schema().tables)
def test_the_documented_columns_are_those_of_the_store_in_order(table: str) -> None:
    text = section("records.md", table).split("### ")[0]
    assert [cell[0] for cell in first_column(text)] == list(schema().tables[table])


def test_the_documented_csv_columns_are_those_of_the_file() -> None:
    text = section("records.md", "CSV")
    listed = text.split("Columns:")[1].split("What a flat row")[0]
    assert tuple(re.findall(r"`([a-z_]+)`", listed)) == CSV_COLUMNS
    assert tuple(re.findall(r"`([a-z_]+)`", text.split("Statement columns:")[1])) == STATEMENT_COLUMNS
