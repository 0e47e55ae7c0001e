"""Streams of bytes with a name and a limit: what readers read from."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from communique.errors import InputError
from communique.records import Skipped

MEBIBYTE = 1 << 20
LARGEST_PAGE = 24 * MEBIBYTE
"""Bytes of one page or of one row: 5 million characters in UTF-8 or in JSON's escapes, and some markup."""
LARGEST_TABLE = 256 * MEBIBYTE
"""Bytes of a .json file, which must be held whole; JSON lines have no such limit."""
FREE_BYTES = 64 * MEBIBYTE
LARGEST_RATIO = 200
"""How many times its packed size a file may unpack to, once past FREE_BYTES. World_news packs 2.5
times, and no text that people wrote comes near 200; a bomb comes near the format's own bound of 1,032."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its name for messages and records, its format, its bytes."""

    name: str
    suffix: str
    """Lower case, with the dot; `.txt` for `page.TXT.gz`."""
    stream: io.BufferedIOBase

    def notice(self, reason: str) -> Skipped:
        """Return the record of something in this file that was not read, or not read as usual."""
        return Skipped(self.name, "ingest", reason)


class Unpacked(io.RawIOBase):
    """An unpacking stream that refuses to unpack a bomb."""

    def __init__(self, inner: io.BufferedIOBase | IO[bytes], packed_size: Callable[[], int]) -> None:
        super().__init__()
        self._inner = inner
        self._packed_size = packed_size
        self._read = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; raises InputError past the ratio."""
        data = self._inner.read(len(buffer))
        self._read += len(data)
        if self._read > FREE_BYTES and self._read > LARGEST_RATIO * max(self._packed_size(), 1):
            raise InputError(
                f"unpacks to more than {LARGEST_RATIO} times its size, as a zip bomb does; "
                "unpack it yourself if you trust it"
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the packed stream too."""
        self._inner.close()
        super().close()


def all_bytes(source: Source, limit: int = LARGEST_PAGE) -> bytes:
    """Return the whole file. Raises InputError when it is empty or larger than `limit`."""
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"too long: more than {limit // MEBIBYTE} MB in one piece; give it one document a row (JSON lines)"
        )
    if not data.strip():
        raise InputError("empty file")
    return data
