"""Publication dates as sources write them, read to the precision that they give and never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august agosto",
            "sep sept september septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december diciembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})(?=$|[T\s,.;)|–—-])"
_DAY_FIRST = (
    r"(?P<day1>\d{1,2})(?:st|nd|rd|th)?(?:\s+de|[\s-])\s*"
    + _MONTH.format(1)
    + r"(?:\s+de[l]?)?[\s,-]+(?P<year1>\d{4})\b"
)
_MONTH_FIRST = r"\b" + _MONTH.format(2) + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})\b"
_DOTTED = r"\b(?P<day3>\d{1,2})(?P<sep>[./-])(?P<month3>\d{1,2})(?P=sep)(?P<year3>\d{4})\b"
_YEAR_FIRST = r"\b(?P<year4>\d{4})[/.](?P<month4>\d{1,2})[/.](?P<day4>\d{1,2})\b"

WORDS = "|".join((_ISO, _DAY_FIRST, _MONTH_FIRST, _DOTTED, _YEAR_FIRST))
"""Expression (ignoring case) for a complete date in words or figures."""
_DATE = re.compile(WORDS, re.IGNORECASE)
_URL = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>\d{1,2}|[a-z]{3})[/-](?P<day>\d{1,2})(?=[/\-_.?]|$)", re.I
)
_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?$")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$")
_MONTH_YEAR = re.compile(_MONTH.format("") + r",?\s+(?P<year>\d{4})$", re.IGNORECASE)

EMPTY = frozenset({"", "null", "none", "nan", "nat", "n/a", "na", "unknown", "undated", "-"})
"""What tables write where there is no date."""
FIRST_YEAR = 1600
"""Newspapers begin here: an earlier year is a mistake of the source."""
LAST_YEAR = 2199


@dataclass(frozen=True, slots=True)
class Found:
    """A date and the words that gave it."""

    iso: str
    words: str


def iso(year: str | int, month: str | int, day: str | int) -> str | None:
    """Return the ISO date, or None where the calendar has no such day."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def in_words(text: str) -> Found | None:
    """Return the first complete date in a text.

    Figures such as 03/04/2019 are read only where one reading is possible (the day is over twelve,
    or both are the same); with dots the day stands first, as wherever dots are used.
    """
    for match in _DATE.finditer(text):
        found = _from_match(match)
        if found:
            return Found(found, match.group().strip())
    return None


def _from_match(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return iso(*match["iso"].split("-"))
    if match["year1"]:
        return iso(match["year1"], MONTHS[match["month1"].lower()], match["day1"])
    if match["year2"]:
        return iso(match["year2"], MONTHS[match["month2"].lower()], match["day2"])
    if match["year4"]:
        return iso(match["year4"], match["month4"], match["day4"])
    return _from_figures(int(match["day3"]), int(match["month3"]), match["year3"], dotted=match["sep"] == ".")


def _from_figures(first: int, second: int, year: str, *, dotted: bool) -> str | None:
    if dotted or first > 12 or first == second:
        return iso(year, second, first)
    return iso(year, first, second) if second > 12 else None


def from_field(value: object) -> str | None:
    """Return the date of a field: ISO, whole or partial (2016, 2016-05), or a date in words.

    Returns None where the value is empty. Raises ValueError where it is not empty and not a date.
    """
    text = "" if value is None else str(value).strip()
    if text.lower() in EMPTY:
        return None
    found = _partial(text) or _compact(text) or _month_year(text) or _first(text)
    if found is None:
        raise ValueError(text)
    return found


def _first(text: str) -> str | None:
    match = _DATE.search(text)
    return _from_match(match) if match else None


def _partial(text: str) -> str | None:
    match = _PARTIAL.match(text)
    if match is None or not iso(match["year"], match["month"] or 1, 1):
        return None
    return text


def _compact(text: str) -> str | None:
    match = _COMPACT.match(text)
    return iso(match["year"], match["month"], match["day"]) if match else None


def _month_year(text: str) -> str | None:
    match = _MONTH_YEAR.match(text)
    if match is None or not iso(match["year"], 1, 1):
        return None
    return f"{match['year']}-{MONTHS[match['month'].lower()]:02}"


def in_url(url: str | None) -> Found | None:
    """Return the date in an address such as …/2016/09/20/… or …/2014/feb/9/…."""
    match = _URL.search(url or "")
    if match is None:
        return None
    month = match["month"].lower()
    number = MONTHS.get(month) if month.isalpha() else int(month)
    found = iso(match["year"], number, match["day"]) if number else None
    return Found(found, match.group().strip("/")) if found else None
