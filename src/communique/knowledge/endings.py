"""The sector of an organisation that no table holds, by the last word of what its name calls it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from communique.knowledge.names import key
from communique.knowledge.tables import checker, rows, split

_OF = frozenset({"of", "for", "on", "de", "del", "against", "in", "at", "to"})
"""Words after which a name tells what the body is for, not what it is."""


@cache
def _endings() -> Mapping[str, str]:
    """Read which words at the end of a name tell its sector."""
    check = checker()
    return {
        key(word): row["sector"]
        for where, row in rows("endings.csv")
        if check.row(where, row)
        for word in split(row["words"])
    }


def sector_of(name: str) -> str | None:
    """Return the sector that a name tells: Podesta Group, Bank of Boston, Orange County Register; else None."""
    words = key(name).split()
    if len(words) < 2:
        return None
    stop = next((n for n, word in enumerate(words) if word in _OF and n), len(words))
    ending = _endings()
    two = " ".join(words[max(0, stop - 2) : stop])
    return (
        ending.get(two)
        or ending.get(words[stop - 1])
        or (ending.get(words[0]) if stop == len(words) else None)
    )
