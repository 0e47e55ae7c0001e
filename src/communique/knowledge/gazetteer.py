"""The gazetteer: names of towns, regions and countries with their GeoNames entries, searched where they lie."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from communique.errors import KnowledgeError
from communique.knowledge.names import key
from communique.knowledge.tables import data_bytes, rows

KEPT = 20_000
"""Names whose places are kept once looked up."""


class Site(NamedTuple):
    """A place of GeoNames under one of its names."""

    level: str
    """city, admin1 or country."""
    id: int
    name: str
    code: str
    """PLOVER country: ISO 3166 alpha-3."""
    iso2: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    main: bool
    """Whether the name looked up is its own and not one of its other names."""


@dataclass(frozen=True)
class Gazetteer:
    """The table's lines, sorted by key, and the further names of `landmarks.csv`."""

    extra: Mapping[str, str] = field(default_factory=dict)
    """Keys of buildings and of names that GeoNames lacks, with the key under which their town stands."""
    regions: frozenset[str] = frozenset()
    """Keys of names that are no one place's: the West, Central America."""
    text: bytes | None = None
    """Lines that stand in for the packaged table in tests."""

    @classmethod
    def load(cls) -> Gazetteer:
        """Read the small tables; the large one is opened at the first name that is looked up."""
        landmarks = {key(row["name"]): key(row["stands_for"]) for _, row in rows("landmarks.csv")}
        regions = {key(row["name"]) for _, row in rows("regions.csv") if not row["code"]}
        nowhere = {name for name, town in landmarks.items() if not town}
        return cls({n: town for n, town in landmarks.items() if town}, frozenset(regions | nowhere))

    @cached_property
    def data(self) -> bytes:
        """The lines of the table without its header."""
        whole = data_bytes("gazetteer.csv.gz") if self.text is None else self.text
        return whole[whole.index(b"\n") + 1 :]

    def find(self, name: str, *, literally: bool = False) -> tuple[Site, ...]:
        """Return the places of a name (a key of `names.key`), whatever their level.

        `literally` looks past what the name stands for elsewhere: Washington, where the text says that it is a state.
        """
        return self._known(name if literally else self.extra.get(name, name))

    @cached_property
    def _known(self) -> Callable[[str], tuple[Site, ...]]:
        """The places of a name, those asked last kept: texts name the same ones."""
        return lru_cache(maxsize=KEPT)(self._find)

    def _find(self, name: str) -> tuple[Site, ...]:
        wanted = name.encode()
        at, found = self._first(wanted), []
        while at < len(self.data) and self.data.startswith(wanted + b",", at):
            end = self.data.index(b"\n", at)
            found.append(self.data[at:end].decode())
            at = end + 1
        return tuple(_site(fields) for fields in csv.reader(found))

    def country(self, code: str) -> Site | None:
        """Return the entry of a country by its ISO 3166 alpha-3 code (KOS for Kosovo)."""
        return next((site for site in self.find(code.lower()) if site.level == "country"), None)

    def _first(self, wanted: bytes) -> int:
        """The offset of the first line whose key is not before `wanted`."""
        low, high = 0, len(self.data)
        while low < high:
            middle = self.data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            comma = self.data.index(b",", middle)
            if self.data[middle:comma] < wanted:
                low = self.data.index(b"\n", comma) + 1
            else:
                high = middle
        return low


def _site(fields: list[str]) -> Site:
    try:
        _, level, number, name, code, iso2, admin1, latitude, longitude, population, main = fields
        north, east = (float(latitude), float(longitude)) if latitude else (None, None)
        return Site(level, int(number), name, code, iso2, admin1, north, east, int(population), main == "1")
    except ValueError as error:
        raise KnowledgeError(f"gazetteer.csv.gz: {','.join(fields)!r} is no place; build it again") from error
