"""Rows of tables and of JSON: one document each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communique.records import RawItem, Skipped

FIELDS = ("id", "text", "title", "date", "url", "publication", "language")
"""What a row may give, by the names that `--map` renames."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def item_of_row(name: str, row: object, mapping: Mapping[str, str]) -> RawItem | Skipped:
    """Return the row's document; a `Skipped` that says why where it has no text.

    The text is kept to the letter, but for halves of surrogate pairs, which no file can hold: each becomes U+FFFD.
    """
    if not isinstance(row, Mapping):
        return Skipped(name, "ingest", f"not an object with keys but {_called(row)}")
    values = {field: row.get(mapping.get(field, field)) for field in FIELDS}
    text = values["text"]
    if not isinstance(text, str):
        return Skipped(
            name, "ingest", _no_text(row, mapping.get("text", "text"), text), _scalar(values["id"])
        )
    return RawItem(
        source=name,
        text=_SURROGATE.sub("\ufffd", text),
        page=False,
        id=_scalar(values["id"]),
        title=_scalar(values["title"]),
        publication=_scalar(values["publication"]),
        published=_scalar(values["date"]),
        url=_scalar(values["url"]),
        language=_scalar(values["language"]),
    )


def _no_text(row: Mapping[object, object], key: str, value: object) -> str:
    if value is not None:
        return f"{key!r} is not text but {_called(value)}"
    if key in row:
        return f"no text: {key!r} is null"
    keys = ", ".join(str(k)[:30] for k in list(row)[:12])
    return f"no text: there is no {key!r} among {keys or 'no keys at all'}; name the right one with --map text=NAME"


def _called(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _scalar(value: object) -> str | None:
    """Strings and numbers as a string; None for anything else and for blanks."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = _SURROGATE.sub("\ufffd", str(value)).strip()
    return text or None
