"""From the arguments of a command to documents: files, folders, globs, archives and standard input."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Protocol, cast

from communique.errors import InputError, SettingsError
from communique.ingest.archives import gunzip, members
from communique.ingest.csv_reader import read_csv
from communique.ingest.documents import documents
from communique.ingest.html_reader import read_html
from communique.ingest.json_reader import read_json, read_json_lines
from communique.ingest.rows import FIELDS
from communique.ingest.streams import Source
from communique.ingest.text_reader import read_text
from communique.records import Document, RawItem, Skipped, content_id


class Reader(Protocol):
    """What reads one format: it yields what it finds, and a `Skipped` for what it cannot read."""

    def __call__(self, source: Source, mapping: Mapping[str, str], /) -> Iterator[RawItem | Skipped]:
        """Read one stream. `mapping` says which key holds each field (`{"text": "body"}`)."""
        ...


READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
}
"""The reader of each ending; `.gz` of any of them and `.zip` are unpacked first."""

STDIN = "-"
_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, InputError)


def read(paths: Iterable[str], *, mapping: Mapping[str, str] | None = None) -> Iterator[Document | Skipped]:
    """Return the documents of files, folders (with all below them), globs and `-` (standard input), in order.

    What cannot be read comes as a `Skipped` that says why, and the rest goes on. A `Skipped` with a
    `document_id` of a document that came too is a notice: the document was read, but not all that was said
    of it (a date that is none, an encoding that had to be guessed).

    `mapping` says which key or column holds a field: `{"text": "body", "date": "pub_date"}`.

    Raises InputError, before anything is read, where none of the paths matches anything; SettingsError
    where `mapping` names a field that there is not.
    """
    arguments = list(paths)
    fields = dict(mapping or {})
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise SettingsError(f"no field {', '.join(unknown)} to map; the fields are {', '.join(FIELDS)}")
    if not any(_matches(argument) for argument in arguments):
        named = ", ".join(map(repr, arguments)) or "no path"
        raise InputError(
            f"nothing to read: {named} matches no file or folder; check the spelling, or give - for stdin"
        )
    return _read(arguments, fields)


def _read(arguments: list[str], mapping: Mapping[str, str]) -> Iterator[Document | Skipped]:
    seen = _Seen()
    for argument in arguments:
        for item in _items(argument, mapping):
            if isinstance(item, Skipped):
                yield item
                continue
            for record in documents(item):
                yield from seen.sifted(record)


class _Seen:
    """The ids of this run, so that no two documents share one."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[int, str]] = {}

    def sifted(self, record: Document | Skipped) -> Iterator[Document | Skipped]:
        """Pass a document on once; one whose id is taken by another text gets an id from its content."""
        if isinstance(record, Skipped) or record.id not in self._texts:
            if isinstance(record, Document):
                self._texts[record.id] = (hash(record.text), record.source)
            yield record
            return
        text, source = self._texts[record.id]
        if text == hash(record.text):
            yield Skipped(record.source, "ingest", f"the same document as {source}", record.id)
            return
        yield from self._renamed(record, source)

    def _renamed(self, record: Document, source: str) -> Iterator[Document | Skipped]:
        fresh = content_id("d", record.id, record.text)
        if fresh in self._texts:
            yield Skipped(record.source, "ingest", f"the same document as {self._texts[fresh][1]}", fresh)
            return
        self._texts[fresh] = (hash(record.text), record.source)
        yield replace(record, id=fresh)
        reason = f"id {record.id!r} is taken by {source}, with another text; this document has the id {fresh}"
        yield Skipped(record.source, "ingest", reason, fresh)


# --------------------------------------------------------------------------- arguments to files


def _is_glob(argument: str) -> bool:
    return glob.has_magic(argument) and not os.path.lexists(argument)


def _matches(argument: str) -> bool:
    if argument == STDIN or os.path.lexists(argument):
        return True
    return _is_glob(argument) and any(glob.iglob(argument, recursive=True))


def _items(argument: str, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    if argument == STDIN:
        yield from _guarded(_stdin(), mapping)
    elif _is_glob(argument):
        found = sorted(glob.glob(argument, recursive=True))
        if not found:
            yield Skipped(argument, "ingest", "matches no file or folder; check the spelling")
        for path in found:
            yield from _path_items(path, mapping)
    elif not os.path.lexists(argument):
        yield Skipped(argument, "ingest", "no such file or folder; check the spelling")
    else:
        yield from _path_items(argument, mapping)


def _path_items(path: str, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    if not os.path.isdir(path):
        yield from _file_items(path, mapping, named=True)
        return
    files = 0
    for found in _walk(path, set()):
        if isinstance(found, Skipped):
            yield found
        else:
            files += 1
            yield from _file_items(found, mapping, named=False)
    if not files:
        yield Skipped(path, "ingest", "no files in this folder")


def _walk(folder: str, above: set[tuple[int, int]]) -> Iterator[str | Skipped]:
    """The files below a folder, sorted; links are followed, but never into a folder that they came from.

    Hidden files and folders (a dot first) are passed over.
    """
    try:
        here = os.stat(folder)
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield Skipped(folder, "ingest", f"cannot be opened: {error.strerror}; check the permissions")
        return
    mark = (here.st_dev, here.st_ino)
    if mark in above:
        yield Skipped(folder, "ingest", "a link back to a folder above it; not followed")
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            yield from _walk(path, above | {mark})
        else:
            yield path


# --------------------------------------------------------------------------- files to items


def _format(path: str) -> tuple[str, bool]:
    """Return the ending of a path that says its format, and whether it is gzipped."""
    name = PurePath(path.lower())
    if name.suffix == ".gz":
        return name.with_suffix("").suffix, True
    return name.suffix, False


def _file_items(path: str, mapping: Mapping[str, str], *, named: bool) -> Iterator[RawItem | Skipped]:
    """Read one file, whatever happens to it; `named` is true where the user gave its path."""
    suffix, packed = _format(path)
    if suffix not in READERS and suffix != ".zip" and not (named and not suffix):
        what = f"for {suffix}" if suffix else "for a file without an ending"
        yield Skipped(path, "ingest", f"no reader {what}; there are readers for {' '.join(READERS)} .zip")
        return
    try:
        if not named and not stat.S_ISREG(os.stat(path).st_mode):
            raise InputError("not a regular file")
        if suffix == ".zip":
            if packed:
                raise InputError("a zip in a gzip is not opened; unpack it yourself")
            for member in members(path, path):
                yield from [member] if isinstance(member, Skipped) else _member_items(member, mapping)
            return
        with open(path, "rb") as stream:
            yield from _stream_items(path, suffix, packed, stream, mapping)
    except _UNREADABLE as error:
        yield Skipped(path, "ingest", _reason(error))


def _stream_items(
    path: str, suffix: str, packed: bool, stream: io.BufferedReader, mapping: Mapping[str, str]
) -> Iterator[RawItem | Skipped]:
    source = Source(path, suffix, stream)
    if packed:
        source = gunzip(path, suffix, stream, os.fstat(stream.fileno()).st_size)
    yield from _guarded(source, mapping)


def _member_items(source: Source, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    if source.suffix not in READERS:
        yield source.notice(f"no reader for {source.suffix or 'a file without an ending'}")
        return
    yield from _guarded(source, mapping)


def _guarded(source: Source, mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    """Read a stream to its end, or to where it breaks: what came before stands, and a `Skipped` says why."""
    try:
        if source.suffix not in READERS:
            source = _sniffed(source)
        yield from READERS[source.suffix](source, mapping)
    except _UNREADABLE as error:
        yield source.notice(_reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError | zlib.error):
        return f"the packed file is cut off or damaged ({error}); what came before was read"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return str(error)


def _stdin() -> Source:
    return Source(STDIN, "", io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer)))


def _sniffed(source: Source) -> Source:
    """Tell the format of a stream without a name from its first bytes."""
    stream = io.BufferedReader(source.stream, 1 << 16)
    start = stream.peek(4096)[:4096]
    if start.startswith(b"PK\x03\x04"):
        raise InputError("a zip cannot be read from a pipe; save it as a file and name it")
    if start.startswith(b"\x1f\x8b"):
        return _sniffed(gunzip(source.name, "", stream, 0))
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = ".txt"
    if text.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")):
        suffix = ".html"
    elif text.startswith(b"["):
        suffix = ".json"
    elif text.startswith(b"{"):
        suffix = ".jsonl" if b"}\n" in start or b"}\r\n" in start or b"\n" not in start.strip() else ".json"
    return Source(source.name, suffix, stream)
