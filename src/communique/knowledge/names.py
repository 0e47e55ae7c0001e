"""How names are compared: without accents, case, dots, apostrophes or hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_SILENT = str.maketrans("", "", ".'’‘`ʿʾ")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """Return the form under which a name is looked up.

    >>> key("Nicolás Maduro"), key("U.S."), key("al-Qaeda"), key("N'Djamena")
    ('nicolas maduro', 'us', 'al qaeda', 'ndjamena')
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.translate(_SILENT).lower()))
    decomposed = unicodedata.normalize("NFKD", text.translate(_SILENT).lower())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(_WORD.findall(plain))


PARTICLES = frozenset("al el bin ibn abu de la von van der".split())
"""Words that make no full name of a surname."""


def lone(name: str) -> str | None:
    """Return the one word by which a surname without a given name is looked up, None for longer names.

    >>> lone("al-Jubeir"), lone("Obama"), lone("Adel al-Jubeir")
    ('jubeir', 'obama', None)
    """
    words = [word for word in key(name).split() if word not in PARTICLES] or key(name).split()
    return words[0] if len(words) == 1 else None
