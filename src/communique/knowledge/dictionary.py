"""Actor dictionaries of TABARI, PETRARCH and Phoenix (`.actors.txt`), turned into rows of a project's file.

A name in capitals with underscores is followed by its codes in brackets, on its line or below, and by synonyms
that begin with `+`. A code may hold between days only: `[VENGOV 990202-130305]`, `[VENELI >130305]`, `[VENOPP <990202]`;
one without days is what the actor is otherwise. Years of two digits are 1931 to 2030. `#`, `;` and `<!-- -->` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from communique.errors import InputError, KnowledgeError
from communique.knowledge.project import COLUMNS
from communique.knowledge.tables import Check, Row, checker, rows

PIVOT = 30
"""The last two-digit year of this century, as PETRARCH's own reader has it."""
_CODE = re.compile(r"\[([^\]]*)\]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PERSONAL = frozenset({"ELI"})
"""Sectors of persons alone: a name with one of them is a person's."""
_SMALL = frozenset("of the and for in de la del des du".split())


def cameo(kind: str) -> dict[str, str]:
    """Return CAMEO's codes of a kind (`country` or `sector`) and PLOVER's for the same."""
    return {row["cameo"]: row["plover"] for _, row in rows("cameo.csv") if row["kind"] == kind}


@dataclass(slots=True)
class _Block:
    """One actor of a dictionary while it is read."""

    where: str
    names: list[str]
    codes: list[tuple[str, str]] = field(default_factory=list)
    """The place and the inside of each pair of brackets."""


@dataclass(frozen=True, slots=True)
class Imported:
    """Rows of a project's file, and what could not be used, with file and line."""

    rows: tuple[Row, ...]
    left_out: tuple[str, ...]


def import_dictionary(path: str) -> Imported:
    """Read an actor dictionary. Raises InputError if it is no file of text, or has no actor."""
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    made: list[Row] = []
    left_out: list[str] = []
    coder = _Coder(checker(), cameo("country"), cameo("sector"))
    for block in _blocks(path, text):
        found, faults = coder.rows_of(block, Path(path).name)
        made.extend(found)
        left_out.extend(faults)
    if not made and not left_out:
        raise InputError(f"{path} has no actors; give an .actors.txt file of PETRARCH or Phoenix")
    return Imported(tuple(made), tuple(left_out))


def _blocks(path: str, text: str) -> Iterator[_Block]:
    """Yield each actor with its synonyms and codes."""
    plain = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    block: _Block | None = None
    for number, raw in enumerate(plain.splitlines(), start=1):
        line = re.split(r"[#;]", raw, maxsplit=1)[0].strip()
        where = f"{path}:{number}"
        name = line.partition("[")[0].strip().rstrip("_").replace("_", " ").strip()
        if name.startswith("+") and block is not None:
            block.names.append(name[1:].strip())
        elif name:
            if block is not None:
                yield block
            block = _Block(where, [name])
        if block is not None:
            block.codes.extend((where, code) for code in _CODE.findall(line))
    if block is not None:
        yield block


@dataclass(frozen=True, slots=True)
class _Coder:
    """Turns codes of CAMEO into PLOVER's."""

    check: Check
    countries: dict[str, str]
    sectors: dict[str, str]

    def rows_of(self, block: _Block, source: str) -> tuple[list[Row], list[str]]:
        """Return the rows of an actor, and its codes that could not be used."""
        if not block.codes:
            return [], [f"{block.where}: {block.names[0]} has no code"]
        made, faults = [], []
        person = any(self._is_personal(code) for _, code in block.codes)
        for where, code in block.codes:
            try:
                row = self._row(where, code)
            except (KnowledgeError, ValueError) as error:
                faults.append(str(error) if isinstance(error, KnowledgeError) else f"{where}: {error}")
                continue
            names = [_written(name) for name in block.names]
            kind = "person" if person else "organisation"
            made.append(
                row | {"name": names[0], "aliases": "|".join(names[1:]), "kind": kind, "source": source}
            )
        made.sort(key=lambda row: not (row["start"] or row["end"]))  # what it is otherwise comes last
        return made, faults

    def _is_personal(self, code: str) -> bool:
        words = code.split()
        return bool(words) and (len(words) > 1 or bool(_PERSONAL & set(_triples(words[0])[1:])))

    def _row(self, where: str, code: str) -> Row:
        words = code.replace("- ", "-").split()
        if not words:
            raise ValueError("an empty pair of brackets; write a code in it, as in [VENGOV]")
        country, sectors = self._plover(words[0])
        start, end = _days(words[1]) if len(words) > 1 else ("", "")
        row = dict.fromkeys(COLUMNS, "") | {
            "code": country, "sector": sectors[0] if sectors else "", "secondary": "|".join(sectors[1:]),
            "start": start, "end": end,
        }  # fmt: skip
        return self.check.row(where, row)

    def _plover(self, code: str) -> tuple[str, list[str]]:
        """Return the country and the sectors of a code such as VENGOVMIL or IGOUNO."""
        first, *rest = _triples(code)
        if first + "".join(rest[:1]) in self.countries:
            return self.countries[first + rest[0]] if rest else self.countries[first], self._known(rest[1:])
        country = self.countries.get(first, first)
        return (
            (country, self._known(rest)) if country in self.check.codes else ("", self._known([first, *rest]))
        )

    def _known(self, parts: list[str]) -> list[str]:
        found = [self.sectors[part] for part in parts if part in self.sectors]
        if not found and parts and parts[0] not in self.check.codes and parts[0] not in self.countries:
            raise ValueError(f"no PLOVER code for {parts[0]!r}; add it to cameo.csv, or change it")
        return list(dict.fromkeys(found))


def _triples(code: str) -> list[str]:
    plain = code.strip("~").upper()
    return [plain[at : at + 3] for at in range(0, len(plain), 3)] or [""]


def _days(words: str) -> tuple[str, str]:
    """Return the first and last day of a restriction."""
    if words[0] == "<":
        return "", (_day(words[1:]) - timedelta(days=1)).isoformat()
    if words[0] == ">":
        return (_day(words[1:]) + timedelta(days=1)).isoformat(), ""
    first, _, last = words.partition("-")
    return _day(first).isoformat(), _day(last).isoformat()


def _day(digits: str) -> date:
    digits = digits.lstrip("=")
    if not re.fullmatch(r"\d{6}|\d{8}", digits):
        raise ValueError(f"no such date {digits!r}; write YYMMDD or YYYYMMDD")
    year = int(digits[:-4])
    if len(digits) == 6:
        year += 2000 if year <= PIVOT else 1900
    return date(year, int(digits[-4:-2]), int(digits[-2:]))


def _written(name: str) -> str:
    """Return a name in capitals as newspapers write it; a short one is an abbreviation and stays."""
    if not name.isupper() or (" " not in name and len(name) <= 4):
        return name
    words = name.lower().split()
    return " ".join(w if i and w in _SMALL else _capital(w) for i, w in enumerate(words))


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
