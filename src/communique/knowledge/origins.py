"""Of which of several states a person's name is likely to be: by who holds office where.

`data/name_origins.csv.gz` says of each word of names how many of ten thousand office-holders and legislators of a state
bear it; `training/build_actors.py` counts them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from communique.knowledge.names import key
from communique.knowledge.tables import Lines, split

DOUBT = 3
"""Bearers in ten thousand that are added to every state's: a rare name says little. Not tuned."""
SHORTEST = 3
"""Letters of the shortest word that counts."""
_CODE = 3


@dataclass(frozen=True, slots=True)
class Origins:
    """How common the words of names are in each state."""

    lines: Lines

    @classmethod
    def load(cls) -> Origins:
        """Return the shipped table, searched where it lies."""
        return cls(Lines.read("name_origins.csv.gz"))

    def speaks(self, name: str, codes: Collection[str]) -> Mapping[str, float]:
        """Return how much a name speaks for each of some states against the others, 0 where it says nothing."""
        known = [rates for word in key(name).split() if (rates := self._rates(word))]
        found = dict.fromkeys(codes, 0.0)
        for rates in known:
            mean = sum(rates.get(code, 0) for code in codes) / len(codes)
            for code in codes:
                found[code] += math.log((rates.get(code, 0) + DOUBT) / (mean + DOUBT)) / len(known)
        return found

    def _rates(self, word: str) -> Mapping[str, int]:
        """Return the bearers of a word in ten thousand of each state where it is most common."""
        if len(word) < SHORTEST:
            return {}
        fields = self.lines.starting(word + ",")
        parts = split(fields[0].partition(",")[2]) if fields else ()
        return {part[:_CODE]: int(part[_CODE:]) for part in parts}
