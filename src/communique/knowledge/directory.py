"""Looking actors up: every row of the tables as one kind of record, found by name and day, or by id."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from communique.errors import KnowledgeError
from communique.knowledge.names import key
from communique.knowledge.people import OPEN_YEARS
from communique.knowledge.project import read_project
from communique.knowledge.tables import Row, data_bytes, rows, split, unpossessed

TABLES = (
    ("people.csv", "person"), ("organisations.csv", "organisation"), ("igos.csv.gz", "organisation"),
    ("groups.csv.gz", "organisation"),
)  # fmt: skip
"""The tables of actors and the kind of what they list, the most trusted first; the office-holders follow."""
HOLDERS = "holders.csv.gz"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row about an actor: who it is, and what it was between which days."""

    id: str
    """The Wikidata id, or code and name where none is known: VEN/partido-azul."""
    name: str
    kind: str
    aliases: tuple[str, ...]
    code: str
    sector: str
    secondary: tuple[str, ...]
    office: str
    start: str
    end: str
    asof: str
    """When an open end was last looked at; blank where that was not written down."""
    source: str

    def covers(self, day: str) -> bool:
        """Say whether the row holds on a day; an open end holds two years past the source's last look."""
        year = self.asof[:4]
        last = self.end or (f"{int(year) + OPEN_YEARS}{self.asof[4:]}" if year.isdigit() else "9999")
        return (not self.start or self.start <= day + "~") and day <= last + "~"


def find(words: str, *, day: str | None = None, actors: str | None = None) -> list[Listed]:
    """Return the rows whose name or alias has all the words, on the day if one is given.

    Whole names come before names that merely have the words, and a project's rows before the package's.
    """
    wanted = key(words)
    if not wanted:
        raise KnowledgeError(f"{words!r} has no letter to look for")
    parts = set(wanted.split())
    found: list[tuple[bool, int, Listed]] = []
    for place, one in enumerate(_everyone(actors, [part.encode() for part in parts])):
        names = [key(unpossessed(name)) for name in (one.name, *one.aliases)]
        if any(parts <= set(name.split()) for name in names) and (day is None or one.covers(day)):
            found.append((wanted not in names, place, one))
    return [one for _, _, one in sorted(found, key=lambda item: item[:2])]


def show(id_: str, *, actors: str | None = None) -> list[Listed]:
    """Return all rows of an actor, in order of time."""
    name = id_.partition("/")[2]
    known = [word.encode() for word in key(name).split()] if name else [id_.upper().encode()]
    found = [one for one in _everyone(actors, known) if one.id.lower() == id_.lower()]
    return sorted(found, key=lambda one: (one.start, one.end or "9999"))


def _everyone(actors: str | None, known: list[bytes]) -> Iterator[Listed]:
    """Yield every row; of the large table of office-holders only those that have all that is known."""
    if actors is not None:
        project = read_project(actors)
        yield from (
            _listed(*pair, pair[1]["kind"]) for pair in zip(project.places, project.rows, strict=True)
        )
    yield from _states()
    for table, kind in TABLES:
        yield from (_listed(where, row, kind) for where, row in rows(table))
    header, *lines = data_bytes(HOLDERS).split(b"\n")
    columns = header.decode().split(",")
    for number, line in enumerate(lines, start=2):
        if line and all(part in line for part in known):
            fields = next(csv.reader([line.decode()]))
            yield _listed(f"{HOLDERS}:{number}", dict(zip(columns, fields, strict=True)), "person")


def _states() -> Iterator[Listed]:
    for where, row in rows("states.csv"):
        columns = ("names", "spanish", "abbreviations", "adjectives", "people", "capitals", "seats")
        aliases = [alias for column in columns for alias in split(row[column])]
        yield _listed(where, row | {"aliases": "|".join(aliases)}, "state")


def _listed(where: str, row: Row, kind: str) -> Listed:
    name = row.get("name") or row.get("person", "")
    slug = "-".join(key(name).split())
    table = where.partition(":")[0]
    return Listed(
        id=row.get("qid") or f"{row['code'] or '-'}/{slug}",
        name=name,
        kind=kind,
        aliases=split(row.get("aliases", "")),
        code=row["code"],
        sector=row["sector"],
        secondary=split(row.get("secondary", "")),
        office=row.get("title") or (row.get("office", "") if table != HOLDERS else ""),
        start=row.get("start", ""),
        end=row.get("end", ""),
        asof=row.get("asof", ""),
        source=": ".join(part for part in (where, row.get("source", "")) if part),
    )
