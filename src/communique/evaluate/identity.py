"""Whether two names mean the same one: loosely, because coders and tables write names each in their way.

Names are compared by their words, order and small words apart; names of states and nationalities count as their
code ("Bolivian police", "Police of Bolivia"); spellings may differ a little; and two names of one row of the
tables are the same name.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from communique.knowledge import Knowledge
from communique.knowledge.names import key
from communique.knowledge.people import Clues
from communique.knowledge.tables import unpossessed

ALIKE = 84.0
"""Least similarity (rapidfuzz, 0 to 100) of two spellings of one name: Mahmud Abbas and Mahmoud Abbas have 92,
Nouri al-Maliki and Nuri al Maliki 93. Set by such pairs and not tuned."""
LONGEST_STATE = 5
_SMALL = frozenset("of the and for in a an de la del el los las y al s to on at who members".split())
_SAME = {
    "defence": "defense", "defensa": "defense", "labour": "labor", "department": "ministry", "departments": "ministry",
    "minister": "ministry", "forces": "military", "armed": "military", "army": "military", "troops": "military",
    "soldiers": "military", "administration": "government", "regime": "government", "authorities": "government",
    "officials": "government", "officers": "police", "congress": "parliament", "legislature": "parliament",
    "policemen": "police", "affairs": "", "national": "", "justice": "justice", "people": "",
}  # fmt: skip


class Names:
    """Compares names with the help of the tables."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._words = lru_cache(maxsize=20_000)(self._bag)

    def same(self, gold: str, coded: str, country: str | None) -> bool:
        """Say whether two names mean the same; `country` is that of the gold's actor."""
        if key(gold) == key(coded) or self._rows(gold) & self._rows(coded):
            return True
        one, other = self._words(gold, country), self._words(coded, country)
        if one and one == other:
            return True
        first, second = " ".join(sorted(one)), " ".join(sorted(other))
        return fuzz.ratio(first, second) >= ALIKE or _person(key(gold), key(coded))

    def held(self, name: str, kind: str, country: str | None) -> bool:
        """Say whether the tables hold the one of this name and country: by a row, or by rule for every state."""
        if kind == "state":
            return country is not None
        if kind == "per":
            clues = Clues(None, frozenset({country} if country else ()), country, None, False)
            reading = self._knowledge.tables.people.read(name, clues) if " " in name else None
            return reading is not None and reading.certain
        rows = self._knowledge.finder.rows(name)
        return any(row.kind == "organisation" and row.code == country for row in rows)

    def government(self, name: str, country: str | None) -> bool:
        """Say whether a name is that of a state's government: its own, its seat's, or by who leads or led it.

        The White House and the Obama administration are the Government of the United States: guide 6.3.
        """
        words = self._words(name, country) - {"government", country or ""}
        leads = self._knowledge.tables.people.leads
        return country is not None and all(leads(word, country) for word in words)

    def _rows(self, name: str) -> frozenset[tuple[str, str | None]]:
        return frozenset((row.name, row.code) for row in self._knowledge.finder.rows(name))

    def _bag(self, name: str, country: str | None) -> frozenset[str]:
        words = key(unpossessed(name)).split()
        found, at = [], 0
        while at < len(words):
            size = next((n for n in range(LONGEST_STATE, 0, -1) if self._state(words[at : at + n])), 0)
            found += [] if size or words[at] in _SMALL else [_SAME.get(words[at], words[at])]
            at += size or 1
        return frozenset(word for word in found if word) or frozenset({country or ""})

    def _state(self, words: list[str]) -> bool:
        return any(row.kind == "state" for row in self._knowledge.finder.rows(" ".join(words)))


def _person(one: str, other: str) -> bool:
    """Say whether one name of a person shortens the other: Luis Almagro Lemes, Luis Almagro."""
    first, second = one.split(), other.split()
    if min(len(first), len(second)) < 2:
        return False
    short, long = sorted((first, second), key=len)
    return set(short) <= set(long) or (first[-1] == second[-1] and fuzz.ratio(first[0], second[0]) >= ALIKE)
