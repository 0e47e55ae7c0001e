"""Plain text: the save of a page, or anything else in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.ingest.decoding import decode
from communique.ingest.streams import Source, all_bytes
from communique.records import RawItem, Skipped


def read_text(source: Source, _mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    """Yield the file's text exactly as it stands, less a byte order mark; a note where it is not UTF-8."""
    decoded = decode(all_bytes(source))
    yield RawItem(source.name, decoded.text)
    if decoded.note:
        yield source.notice(decoded.note)
