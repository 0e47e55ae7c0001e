"""What the casting of a document is given: its sentences as they were read, and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from communique.knowledge.people import People
from communique.knowledge.phrases import Description, Phrase
from communique.knowledge.scan import Scene


@dataclass(frozen=True, slots=True)
class Page:
    """The scenes of a document with their phrases and descriptions."""

    scenes: tuple[Scene, ...]
    phrases: tuple[tuple[Phrase, ...], ...]
    described: tuple[tuple[Description, ...], ...]


class Tables(NamedTuple):
    """What of the tables the casting asks: the people, the name of each state's code, the areas."""

    people: People
    states: Mapping[str, str]
    areas: Mapping[str, frozenset[str]]
    given: Mapping[str, str]
    """The gender of given names."""
