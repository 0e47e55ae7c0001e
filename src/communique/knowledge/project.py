"""A project's own actors: a CSV file that is read beside the package's tables, and goes before them.

Every row is checked, and every fault is named with file and line: a code or sector outside PLOVER, a date that
does not exist, an identifier that is none, two holders of one single-holder office at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.errors import KnowledgeError
from communique.knowledge.names import key
from communique.knowledge.tables import (
    Check,
    Entry,
    Holder,
    Lexicon,
    Row,
    Titles,
    add_name,
    checker,
    read_titles,
    rows,
    split,
)

COLUMNS = (
    "name", "kind", "aliases", "qid", "code", "sector", "secondary", "office", "start", "end", "source",
)  # fmt: skip
"""The columns of a project's file; only `name` must be there, and what is left out is blank."""
KINDS = ("person", "organisation", "place")
_QID = re.compile(r"Q[1-9]\d*")

Offices = Mapping[tuple[str, str], tuple[Holder, ...]]


@dataclass(frozen=True, slots=True)
class Project:
    """The rows of a project's file, checked."""

    rows: tuple[Row, ...]
    places: tuple[str, ...]
    """File and line of each row."""
    offices: Offices

    def names_before(self, base: Lexicon) -> Lexicon:
        """Return the base with the project's names: whoever else had one of them gives it up."""
        own: dict[str, list[Entry]] = defaultdict(list)
        for row in self.rows:
            entry = entry_of(row)
            for alias in (row["name"], *split(row["aliases"])):
                add_name(own, alias, entry)
        joined = dict(base)
        for alias, entries in own.items():
            same = {(e.name, e.code, e.kind) for e in entries}
            rest = tuple(e for e in base.get(alias, ()) if (e.name, e.code, e.kind) in same)
            joined[alias] = (*entries, *rest)
        return joined

    def offices_before(self, base: Offices) -> dict[tuple[str, str], tuple[Holder, ...]]:
        """Return the base with the project's holders: another's term is cut where theirs begins or ends."""
        joined = dict(base)
        for office, own in self.offices.items():
            rest = [part for holder in base.get(office, ()) for part in _cut(holder, own)]
            joined[office] = (*rest, *own)
        return joined


def entry_of(row: Row) -> Entry:
    """Return the name's entry that a row makes."""
    return Entry(
        row["name"], row["kind"], "name", row["code"] or None, row["sector"] or None, split(row["secondary"]),
        row["qid"] or None, row["office"] or None, row["start"], row["end"],
    )  # fmt: skip


def read_project(path: str) -> Project:
    """Read and check a project's file. Raises KnowledgeError that names every fault, a line each."""
    check, titles = checker(), read_titles()
    faults: list[str] = []
    good: list[tuple[str, Row]] = []
    for where, row in _filled(path):
        fault = _fault(where, row, check)
        if fault:
            faults.append(fault)
        else:
            good.append((where, row))
    held: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for where, row in good:
        faults.extend(_overlaps(where, row, titles, held))
    if faults:
        raise KnowledgeError("\n".join(faults))
    offices = {office: tuple(holders) for office, holders in held.items()}
    return Project(tuple(row for _, row in good), tuple(where for where, _ in good), offices)


def _filled(path: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows with all columns, and the spaces around values taken off."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path} cannot be read: {error}; give a CSV file in UTF-8") from error
    header = [name.strip() for name in text.partition("\n")[0].split(",")]
    strange = [name for name in header if name not in COLUMNS]
    if "name" not in header or strange:
        what = f"no column {strange[0]!r} is known" if strange else "there is no column 'name'"
        raise KnowledgeError(f"{path}:1: {what}; the columns are {', '.join(COLUMNS)}")
    for where, row in rows(path, text):
        yield where, {column: row.get(column, "").strip() for column in COLUMNS}


def _fault(where: str, row: Row, check: Check) -> str | None:
    """Return what is wrong with a row by itself; a blank kind becomes organisation on the way."""
    row["kind"] = row["kind"] or ("person" if row["office"] else "organisation")
    if not all(key(name) for name in (row["name"], *split(row["aliases"]))):
        return f"{where}: a name without a letter; every name and alias needs one"
    if row["kind"] not in KINDS:
        return f"{where}: no kind {row['kind']!r}; one of {', '.join(KINDS)}"
    if row["qid"] and not _QID.fullmatch(row["qid"]):
        return f"{where}: {row['qid']!r} is no Wikidata id; write Q and a number, or leave it blank"
    try:
        check.row(where, row)
    except KnowledgeError as error:
        return str(error)
    return None


def _overlaps(
    where: str, row: Row, titles: Titles, held: dict[tuple[str, str], list[Holder]]
) -> Iterator[str]:
    """Take in the single-holder offices of a row, and yield the overlaps with another's term."""
    if row["kind"] != "person" or not row["start"]:
        return
    new = Holder(row["name"], row["qid"], row["start"], row["end"], "")
    for office in titles.of(row["office"], row["code"]):
        for other in held[row["code"], office]:
            if other.person != new.person and _meet(new, other):
                yield (
                    f"{where}: {new.person} overlaps {other.person} as {office} of {row['code']}; "
                    "end one term before the other starts"
                )
        held[row["code"], office].append(new)


def _meet(one: Holder, other: Holder) -> bool:
    return one.start < (other.end or "9999") and other.start < (one.end or "9999")


def _cut(holder: Holder, own: tuple[Holder, ...]) -> Iterator[Holder]:
    """Yield what is left of a term beside those of the project."""
    parts = [holder]
    for term in own:
        parts = [piece for part in parts for piece in _beside(part, term)]
    yield from parts


def _beside(part: Holder, term: Holder) -> Iterator[Holder]:
    if not _meet(part, term):
        yield part
        return
    if part.start < term.start:
        yield Holder(part.person, part.qid, part.start, term.start, part.asof)
    if term.end and term.end < (part.end or "9999"):
        yield Holder(part.person, part.qid, term.end, part.end, part.asof)
