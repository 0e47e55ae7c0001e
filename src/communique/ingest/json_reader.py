"""JSON: an object or a list of objects; and JSON lines, read one line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from communique.errors import InputError
from communique.ingest.decoding import decode
from communique.ingest.rows import item_of_row
from communique.ingest.streams import LARGEST_PAGE, LARGEST_TABLE, MEBIBYTE, Source, all_bytes
from communique.records import RawItem, Skipped


def read_json(source: Source, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    """Yield the documents of one JSON value: an object, or a list of them.

    A file of JSON lines with the wrong ending is read as such. Raises InputError where it is neither.
    """
    decoded = decode(all_bytes(source, LARGEST_TABLE))
    try:
        value = json.loads(decoded.text)
    except (json.JSONDecodeError, RecursionError) as error:
        lines = decoded.text.splitlines()
        if len(lines) < 2 or not _is_object(lines[0]):
            raise InputError(f"not valid JSON: {error}") from error
        yield from _rows(source, enumerate(lines, 1), mapping)
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        name = f"{source.name}:{number}" if isinstance(value, list) else source.name
        yield item_of_row(name, row, mapping)
    if not rows:
        yield source.notice("an empty list: no documents in it")


def read_json_lines(source: Source, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    """Yield the document of each line; a line that cannot be read is a `Skipped`, and the others go on."""
    number = 0
    for number, line in _lines(source):
        if line is None:
            limit = LARGEST_PAGE // MEBIBYTE
            yield Skipped(f"{source.name}:{number}", "ingest", f"too long: a line of more than {limit} MB")
            continue
        try:
            text = decode(line).text.strip()
        except InputError as error:
            yield Skipped(f"{source.name}:{number}", "ingest", str(error))
            continue
        yield from _rows(source, [(number, text)], mapping)
    if not number:
        raise InputError("empty file")


def _lines(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers; None for one past the limit, of which only pieces are held."""
    number = 0
    while line := source.stream.readline(LARGEST_PAGE):
        number += 1
        if len(line) < LARGEST_PAGE or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := source.stream.readline(MEBIBYTE)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def _rows(
    source: Source, lines: Iterator[tuple[int, str]] | list[tuple[int, str]], mapping: Mapping[str, str]
) -> Iterator[RawItem | Skipped]:
    for number, line in lines:
        if not line.strip():
            continue
        name = f"{source.name}:{number}"
        try:
            yield item_of_row(name, json.loads(line), mapping)
        except (json.JSONDecodeError, RecursionError) as error:
            yield Skipped(name, "ingest", f"not valid JSON: {error}")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False
