"""The tables of `data/`, read and checked: states, organisations, people, roles, holders, offices.

Every error names the file and the line: a date that does not exist, an end before its start, a code
or sector outside PLOVER, two holders of one single-holder office at once.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import NamedTuple

from communique.errors import KnowledgeError
from communique.knowledge.names import key
from communique.ontology import plover

Row = dict[str, str]


class Entry(NamedTuple):
    """A name of the tables: whom or what it names, and between which dates."""

    name: str
    kind: str
    """state, organisation, person or place."""
    how: str
    """Which sort of name this is: name, abbreviation, adjective, people, capital, seat, region, group (of the
    large tables) or tagged (by the reader alone)."""
    code: str | None
    sector: str | None
    secondary: tuple[str, ...] = ()
    qid: str | None = None
    office: str | None = None
    start: str = ""
    end: str = ""
    upper: bool = False
    """True when the name must stand in capitals: an abbreviation."""

    def covers(self, day: str | None) -> bool:
        """Say whether the row holds on a day; rows without dates always do, and all do without a day."""
        if day is None:
            return True
        return (not self.start or self.start <= day + "~") and (not self.end or day <= self.end + "~")


class Role(NamedTuple):
    """A role noun: its sector, and how it takes part in names."""

    name: str
    kind: str
    """title (stands before names), group, body (an institution of a state) or carrier (takes the sector
    of what it belongs to)."""
    sector: str | None
    secondary: tuple[str, ...]
    code: str | None
    office: str
    plural: bool


class Term(NamedTuple):
    """One term of office, or the span of a legislator's memberships."""

    person: str
    qid: str
    code: str
    sector: str
    title: str
    start: str
    end: str
    asof: str
    secondary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holders:
    """The office-holders: lines sorted by key, searched where they lie, so that loading costs nothing."""

    data: bytes
    offsets: Sequence[int]

    def find(self, name: str) -> tuple[Term, ...]:
        """Return the terms of everyone with this name (a key of `names.key`)."""
        wanted = name.encode() + b","
        at = bisect_left(self.offsets, wanted, key=lambda o: self.data[o : o + len(wanted)])
        lines = []
        while at < len(self.offsets) and self.data.startswith(wanted, self.offsets[at]):
            start = self.offsets[at]
            lines.append(self.data[start : self.data.index(b"\n", start)].decode())
            at += 1
        return tuple(
            Term(person, qid, code, sector, title, start, end, asof)
            for _, person, qid, code, sector, _, title, start, end, asof in csv.reader(lines)
        )


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a single-holder office of a state, and when; `asof` is when an open end was last known."""

    person: str
    qid: str
    start: str
    end: str
    asof: str


def data_bytes(name: str) -> bytes:
    """Return the contents of a packaged data file, decompressed."""
    raw = (files("communique.knowledge") / "data" / name).read_bytes()
    return gzip.decompress(raw) if name.endswith(".gz") else raw


def rows(name: str, text: str | None = None) -> Iterator[tuple[str, Row]]:
    """Yield `file:line` and the row of a table; `text` stands in for the packaged file in checks."""
    content = data_bytes(name).decode("utf-8") if text is None else text
    reader = csv.reader(io.StringIO(content, newline=""))
    header = next(reader)
    for fields in reader:
        where = f"{name}:{reader.line_num}"
        if len(fields) != len(header):
            raise KnowledgeError(
                f"{where}: {len(fields)} fields under a header of {len(header)}; quote commas"
            )
        yield where, dict(zip(header, fields, strict=True))


@dataclass(frozen=True, slots=True)
class Check:
    """What a row may say: the codes of the states table and of PLOVER, and PLOVER's sectors."""

    codes: frozenset[str]
    sectors: frozenset[str]

    def row(self, where: str, row: Row) -> Row:
        """Return the row if its code, sectors and dates can be; raise KnowledgeError if not."""
        code = row.get("code", "")
        if code and code not in self.codes:
            raise KnowledgeError(f"{where}: no country code {code!r}; use one of states.csv or of PLOVER")
        for sector in (row.get("sector", ""), *split(row.get("secondary", ""))):
            if sector and sector not in self.sectors:
                raise KnowledgeError(f"{where}: no sector {sector!r} in PLOVER; see plover.toml")
        start, end = row.get("start", ""), row.get("end", "")
        _check_date(where, start)
        _check_date(where, end)
        if start and end and start > end + "~":
            raise KnowledgeError(f"{where}: ends {end} before it starts {start}; correct one of them")
        return row


def checker() -> Check:
    """Return the checks that every table passes through."""
    ontology = plover()
    codes = {row["code"] for _, row in rows("states.csv")} | ontology.countries_beyond_iso
    return Check(frozenset(codes), ontology.sectors)


def _check_date(where: str, value: str) -> None:
    """Raise KnowledgeError unless `value` is empty, a year, a month or a day that exists."""
    if not value:
        return
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError as error:
        raise KnowledgeError(f"{where}: no such date {value!r}; write YYYY-MM-DD, YYYY-MM or YYYY") from error


def split(value: str) -> tuple[str, ...]:
    """Return the parts of a `|`-separated field."""
    return tuple(part.strip() for part in value.split("|") if part.strip()) if value else ()


def unpossessed(name: str) -> str:
    """Return a name with its possessive endings cut off, as the words of a sentence are."""
    return re.sub(r"['’]s?\b(?=\s|$)", "", name)


Lexicon = dict[str, tuple[Entry, ...]]


def add_name(lexicon: dict[str, list[Entry]], alias: str, entry: Entry) -> None:
    """Add a name under its key; one that is written in capitals must stand in capitals to be found."""
    upper = len(alias) <= 6 and alias.upper() == alias and alias.replace(".", "").isalpha()
    entry = entry._replace(upper=True) if upper else entry
    lexicon[key(alias)].append(entry)
    if "'" in alias or "’" in alias:
        lexicon[key(unpossessed(alias))].append(entry)


@dataclass(frozen=True, slots=True)
class Titles:
    """Which single-holder offices of a state a title means, by key: some titles in some states only."""

    offices: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]

    def of(self, title: str, code: str) -> tuple[str, ...]:
        """Return the offices that a title of a state means; none for a title that several can hold."""
        found = self.offices.get(key(title), ())
        return tuple(
            office for office, codes in found if f"-{code}" not in codes and (code in codes or _open(codes))
        )


def _open(codes: frozenset[str]) -> bool:
    """Say whether a title counts in every state that its codes do not take out: -IRN."""
    return all(code.startswith("-") for code in codes)


def read_titles() -> Titles:
    """Read the titles of single-holder offices."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for _, row in rows("titles.csv"):
        found[key(row["title"])].append((row["office"], frozenset(split(row["codes"]))))
    return Titles({title: tuple(offices) for title, offices in found.items()})


def _add_states(check: Check, lexicon: dict[str, list[Entry]]) -> None:
    sorts = (
        ("name", "name"), ("names", "name"), ("spanish", "name"), ("abbreviations", "abbreviation"),
        ("adjectives", "adjective"), ("people", "people"), ("capitals", "capital"), ("seats", "seat"),
    )  # fmt: skip
    for where, row in rows("states.csv"):
        check.row(where, row)
        for column, how in sorts:
            for alias in split(row[column]):
                secondary = ("GOV",) if row["sector"] == "PRE" else ()
                entry = Entry(row["name"], "state", how, row["code"], row["sector"], secondary)
                add_name(lexicon, alias, entry)


def _add_named(check: Check, lexicon: dict[str, list[Entry]], table: str, kind: str, plain: bool) -> None:
    """Add the rows of a table with name and aliases; `plain` tables leave out the columns of terms."""
    for where, row in rows(table):
        if not plain:
            check.row(where, row)
        entry = Entry(
            row["name"], kind, "group" if plain else "name", row["code"] or None, row["sector"] or None, split(row["secondary"]),
            row["qid"] or None, row.get("office") or None, row["start"], row["end"],
        )  # fmt: skip
        for alias in (row["name"], *split(row["aliases"])):
            add_name(lexicon, alias, entry)


def read_names(check: Check) -> Lexicon:
    """Read every name of states, organisations, people and places, by key.

    Hand-written tables come first, and a name they have is not taken from the large tables again.
    """
    lexicon: dict[str, list[Entry]] = defaultdict(list)
    _add_states(check, lexicon)
    for _, row in rows("regions.csv"):
        add_name(lexicon, row["name"], Entry(row["name"], "place", "region", row["code"] or None, None))
    _add_named(check, lexicon, "organisations.csv", "organisation", plain=False)
    _add_named(check, lexicon, "people.csv", "person", plain=False)
    large: dict[str, list[Entry]] = defaultdict(list)
    for table in ("groups.csv.gz", "igos.csv.gz"):
        _add_named(check, large, table, "organisation", plain=True)
    for _, row in rows("places.csv.gz"):
        add_name(large, row["name"], Entry(row["name"], "place", "name", row["code"], None))
    for alias, entries in large.items():
        lexicon.setdefault(alias, entries)
    return {alias: tuple(entries) for alias, entries in lexicon.items() if alias}


def read_areas() -> Mapping[str, frozenset[str]]:
    """Read the areas of the world by their adjectives: which states `the South American country` can be."""
    return {row["area"]: frozenset(split(row["codes"])) for _, row in rows("areas.csv")}


def read_roles(check: Check) -> Mapping[str, Role]:
    """Read the role nouns, singular and plural, by key."""
    found: dict[str, Role] = {}
    for where, row in rows("roles.csv"):
        check.row(where, row)
        role = Role(
            row["role"], row["class"], row["sector"] or None, split(row["secondary"]), row["code"] or None,
            row["office"], False,
        )  # fmt: skip
        found[key(unpossessed(row["role"]))] = role
        if row["plural"] != row["role"]:
            found.setdefault(key(unpossessed(row["plural"])), role._replace(plural=True))
        elif role.kind != "title":
            found[key(unpossessed(row["role"]))] = role._replace(plural=True)
    return found


def read_holders() -> Holders:
    """Read the sorted table of office-holders without parsing it."""
    data = data_bytes("holders.csv.gz")
    offsets = array("L", (match.end() for match in re.finditer(rb"\n", data)))
    return Holders(data, offsets[:-1])


def read_offices(check: Check, text: str | None = None) -> Mapping[tuple[str, str], tuple[Holder, ...]]:
    """Read who held which single-holder office; overlapping holders raise KnowledgeError."""
    held: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for where, row in rows("offices.csv.gz" if text is None else "offices.csv", text):
        if text is not None:
            check.row(where, row)
        holder = Holder(row["person"], row["qid"], row["start"], row["end"], row["asof"])
        earlier = held[row["code"], row["office"]]
        for other in earlier if text is not None else ():
            if holder.start < (other.end or "9999") and other.start < (holder.end or "9999"):
                office = f"{row['office']} of {row['code']}"
                raise KnowledgeError(f"{where}: {holder.person} overlaps {other.person} as {office}")
        earlier.append(holder)
    return {place: tuple(holders) for place, holders in held.items()}
