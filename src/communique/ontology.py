"""PLOVER 2.0 as data: categories, modes, contexts, sectors, scores. Read from `plover.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Category:
    """One of the sixteen categories: its quad (1 to 4), Goldstein-like score, and modes with scores."""

    name: str
    quad: int
    score: float
    needs_recipient: bool
    modes: Mapping[str, float]
    score_in_series: float
    """The score to use in time series; differs from `score` only for ACCUSE (see docs/plover.md)."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """All labels of the codebook. `check` raises OntologyError on a label that is not in it."""

    version: str
    categories: Mapping[str, Category]
    contexts: frozenset[str]
    sectors: frozenset[str]
    auxiliary: tuple[str, ...]
    statuses: tuple[str, ...]
    countries_beyond_iso: frozenset[str]

    def check(self, category: str, modes: tuple[str, ...] = ()) -> Category:
        """Return the category, or raise if it or one of its modes is unknown."""
        if category not in self.categories:
            raise OntologyError(f"no category {category!r} in PLOVER; one of {', '.join(self.categories)}")
        found = self.categories[category]
        for mode in modes:
            if mode not in found.modes:
                known = ", ".join(found.modes) or "none"
                raise OntologyError(f"{category} has no mode {mode!r}; its modes: {known}")
        return found

    def scale(self, category: str, modes: tuple[str, ...] = ()) -> float:
        """Return the event's score: that of its first mode, else the category's."""
        found = self.check(category, modes)
        return found.modes[modes[0]] if modes else found.score


@cache
def plover() -> Ontology:
    """Return PLOVER 2.0, read once from the package."""
    data = tomllib.loads((files("communique") / "plover.toml").read_text(encoding="utf-8"))
    categories = {
        name: Category(
            name=name,
            quad=row["quad"],
            score=row["score"],
            needs_recipient=row["recipient"],
            modes=row["modes"],
            score_in_series=row.get("score_in_series", row["score"]),
        )
        for name, row in data["categories"].items()
    }
    return Ontology(
        version=data["version"],
        categories=categories,
        contexts=frozenset(data["contexts"]),
        sectors=frozenset(data["sectors"]),
        auxiliary=tuple(data["auxiliary"]),
        statuses=tuple(data["statuses"]),
        countries_beyond_iso=frozenset(data["countries_beyond_iso"]),
    )
