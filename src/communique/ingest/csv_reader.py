"""Tables with a header line, parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from communique.errors import InputError
from communique.ingest.decoding import decode, looks_binary
from communique.ingest.rows import item_of_row
from communique.ingest.streams import LARGEST_PAGE, MEBIBYTE, Source
from communique.records import RawItem, Skipped

DELIMITERS = ",;\t|"


def read_csv(source: Source, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    """Yield the document of each row. Raises InputError where there is no header with a column of texts."""
    lines = _Lines(source)
    header_line = next(lines, "")
    if not header_line.strip():
        raise InputError("empty file")
    delimiter = max(DELIMITERS, key=header_line.count)
    header = [_decoded(cell).strip() for cell in next(csv.reader([header_line], delimiter=delimiter))]
    wanted = mapping.get("text", "text")
    if wanted not in header:
        raise InputError(
            f"no column {wanted!r} among {', '.join(header)[:200]}; name it with --map text=NAME"
        )
    csv.field_size_limit(LARGEST_PAGE)
    yield from _rows(source, csv.reader(lines, delimiter=delimiter), header, mapping)
    for number in lines.too_long:
        limit = LARGEST_PAGE // MEBIBYTE
        yield Skipped(f"{source.name}:{number}", "ingest", f"too long: a line of more than {limit} MB")


def _rows(
    source: Source, reader: Iterator[list[str]], header: list[str], mapping: Mapping[str, str]
) -> Iterator[RawItem | Skipped]:
    number = 1
    while True:
        number += 1
        name = f"{source.name}:{number}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Skipped(name, "ingest", f"not a readable row: {error}")
            continue
        if cells is None:
            return
        if any(cells):
            yield item_of_row(name, dict(zip(header, map(_decoded, cells), strict=False)), mapping)


class _Lines:
    """The lines of a table as text, none longer than the limit; bytes that are not UTF-8 are kept as escapes."""

    def __init__(self, source: Source) -> None:
        buffered = io.BufferedReader(source.stream)
        start = buffered.peek(4096)[:4096]
        utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
        if not utf16 and looks_binary(start):
            raise InputError("binary data, not a table; export it as CSV in UTF-8")
        encoding, errors = ("utf-16", "replace") if utf16 else ("utf-8-sig", "surrogateescape")
        self._stream = io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="")
        self._number = 0
        self.too_long: list[int] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LARGEST_PAGE)
        self._number += 1
        if len(line) >= LARGEST_PAGE and not line.endswith("\n"):
            while (rest := self._stream.readline(MEBIBYTE)) and not rest.endswith("\n"):
                pass
            self.too_long.append(self._number)
            return self.__next__()
        if not line:
            raise StopIteration
        return line


def _decoded(cell: str) -> str:
    """Read a cell whose bytes were not UTF-8 in the encoding that they are in."""
    if not any("\udc80" <= letter <= "\udcff" for letter in cell):
        return cell
    return decode(cell.encode("utf-8", "surrogateescape")).text
