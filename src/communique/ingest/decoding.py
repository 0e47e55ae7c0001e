"""Bytes to text: what encoding they are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from communique.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

SAMPLE = 65_536
"""Bytes that are looked at to tell binary data, and by charset-normalizer."""
MOST_CONTROL = 0.01
"""Greatest share of control characters in text, which has none or a stray one; bytes drawn at random have 11%."""
NON_LATIN = 0.25
"""Share of bytes above 127 from which the script is not Latin (the Spanish and French sentences of
the tests lie below 0.18) and charset-normalizer is asked; so few letters as there are below it tell it little."""

NEWS_ENCODINGS = (
    "cp1251 koi8_r cp1253 cp1255 cp1256 gb18030 big5 shift_jis euc_jp euc_kr cp1250 cp1254 cp874".split()
)
"""What pages in other scripts were saved in; among all encodings that Python has, look-alikes of these win."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and, where it was not plain UTF-8, a note on how it was read."""

    text: str
    note: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of some bytes, without a byte order mark, line ends untouched.

    UTF-8 comes first whatever is declared, as bytes that are valid UTF-8 by chance are rare; then what is
    declared; then a fallback, which the note names. Raises InputError where the bytes are not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    if looks_binary(data):
        raise InputError("binary data, not text; save the page as text or HTML")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _fallback(data, declared)


def looks_binary(data: bytes) -> bool:
    """Say whether the beginning of a file holds what no text holds: NULs, or many control characters."""
    sample = data[:SAMPLE]
    return b"\x00" in sample or len(_CONTROL.findall(sample)) > MOST_CONTROL * max(len(sample), 100)


def _marked(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace")
    bad = text.count("\ufffd")
    note = f"{bad} broken characters in {name}, replaced by U+FFFD" if bad else None
    return Decoded(text, note)


def _fallback(data: bytes, declared: str | None) -> Decoded:
    if declared and (text := _as_declared(data, declared)) is not None:
        return Decoded(text)
    replaced = data.decode("utf-8", errors="replace")
    bad = replaced.count("\ufffd")
    if len(_MULTIBYTE.findall(data)) >= bad:
        return Decoded(replaced, f"broken UTF-8: {bad} characters replaced by U+FFFD")
    if sum(byte > 127 for byte in data[:SAMPLE]) > NON_LATIN * len(data[:SAMPLE]):
        best = from_bytes(data[:SAMPLE], cp_isolation=NEWS_ENCODINGS).best()
        if best is not None:
            return Decoded(
                data.decode(best.encoding, errors="replace"), f"not UTF-8: read as {best.encoding}"
            )
    try:
        return Decoded(data.decode("cp1252"), "not UTF-8: read as windows-1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "not UTF-8: read as latin-1")


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name
        return None if name == "utf-8" else data.decode("cp1252" if name == "iso8859-1" else name)
    except (LookupError, UnicodeDecodeError):
        return None
