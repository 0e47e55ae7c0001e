"""Packed files: gzip and zip, unpacked in memory only and within limits."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from communique.errors import InputError
from communique.ingest.streams import Source, Unpacked
from communique.records import Skipped

LARGEST_ARCHIVE = 8 << 30
"""Bytes that all members of one zip may have together, as its index says."""


def gunzip(name: str, suffix: str, stream: io.BufferedIOBase, packed_size: int) -> Source:
    """Return the unpacked stream of a gzip file; errors come up while it is read."""
    inner = Unpacked(gzip.GzipFile(fileobj=stream), lambda: packed_size or _position(stream))
    return Source(name, suffix, io.BufferedReader(inner))


def _position(stream: io.BufferedIOBase) -> int:
    """Return how much has been taken from a stream without a known size; where it cannot tell, a large number."""
    try:
        return stream.tell()
    except (OSError, ValueError):
        return LARGEST_ARCHIVE


def members(name: str, path: str) -> Iterator[Source | Skipped]:
    """Yield the files in a zip as `archive.zip!member`, in the order of its index.

    Nothing is ever written to disk. Members with names that point outside the archive, locked ones and
    archives in the archive are refused by a `Skipped`. Raises InputError where it is no zip, or a bomb by its index.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(f"not a readable zip: {error}") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in infos) > LARGEST_ARCHIVE:
            raise InputError(
                f"unpacks to more than {LARGEST_ARCHIVE >> 30} GB; unpack it yourself if you trust it"
            )
        if not infos:
            raise InputError("an empty zip")
        for info in infos:
            yield from _member(archive, info, f"{name}!{info.filename}")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Source | Skipped]:
    reason = _refused(info)
    if reason is not None:
        yield Skipped(name, "ingest", reason)
        return
    if _furniture(info.filename):
        return
    try:
        opened = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        yield Skipped(name, "ingest", f"cannot be unpacked: {error}")
        return
    with opened:
        unpacked = Unpacked(opened, lambda: info.compress_size)
        stream = io.BufferedReader(unpacked)
        path = PurePosixPath(info.filename.lower())
        if path.suffix == ".gz":
            yield gunzip(name, path.with_suffix("").suffix, stream, info.compress_size)
        else:
            yield Source(name, path.suffix, stream)


def _refused(info: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        return "the name of this member points outside the archive; it was not read"
    if info.flag_bits & 1:
        return "locked by a password; unpack it yourself"
    if path.name.lower().endswith(".zip"):
        return "a zip in a zip is not opened; unpack it yourself"
    return None


def _furniture(name: str) -> bool:
    """Say whether a member is what systems add by themselves."""
    parts = PurePosixPath(name).parts
    return not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".")
