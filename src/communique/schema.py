"""The columns of every table as data, read from `schema.toml`: one source for the store and for Parquet."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Schema:
    """The version of the schema, and by table and column the SQL type."""

    version: int
    tables: dict[str, dict[str, str]]


@cache
def schema() -> Schema:
    """Return the schema, read once from the package."""
    data = tomllib.loads((files("communique") / "schema.toml").read_text(encoding="utf-8"))
    types: dict[str, str] = {}
    for name, text in data["types"].items():
        types[name] = text.format(**types)
    tables = {
        table: {column: kind.format(**types) for column, kind in columns.items()}
        for table, columns in data["tables"].items()
    }
    return Schema(data["version"], tables)
