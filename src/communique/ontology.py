"""PLOVER 2.0 as data: categories, modes, contexts, sectors, scores. Read from `plover.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

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


_OWN: dict[str, Category] = {}
"""Categories that users add or give further modes, for this process."""


def extend(categories: Iterable[Category]) -> None:
    """Add a user's own categories, or modes of PLOVER's, to what `plover()` returns in this process.

    A category that is there already takes the new modes beside its own; everything else of it stays.
    """
    for category in categories:
        known = plover().categories.get(category.name)
        _OWN[category.name] = (
            replace(known, modes={**known.modes, **category.modes}) if known is not None else category
        )
        plover.cache_clear()


@cache
def plover() -> Ontology:
    """Return PLOVER 2.0 as the package has it, with what `extend` added."""
    ontology = _shipped()
    return replace(ontology, categories={**ontology.categories, **_OWN}) if _OWN else ontology


def category(name: str, row: Mapping[str, Any]) -> Category:
    """Return a category from its row in TOML; KeyError names what the row lacks."""
    return Category(
        name=name,
        quad=row["quad"],
        score=row["score"],
        needs_recipient=row["recipient"],
        modes=row["modes"],
        score_in_series=row.get("score_in_series", row["score"]),
    )


@cache
def _shipped() -> Ontology:
    data = tomllib.loads((files("communique") / "plover.toml").read_text(encoding="utf-8"))
    return Ontology(
        version=data["version"],
        categories={name: category(name, row) for name, row in data["categories"].items()},
        contexts=frozenset(data["contexts"]),
        sectors=frozenset(data["sectors"]),
        auxiliary=tuple(data["auxiliary"]),
        statuses=tuple(data["statuses"]),
        countries_beyond_iso=frozenset(data["countries_beyond_iso"]),
    )
