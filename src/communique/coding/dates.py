"""When an event happened: expressions of time in the event's own clause, against the publication date.

Only what the clause itself says is used; "said on Tuesday that they had met" dates the saying. Where
the text says nothing the document's date stands, with the resolution `document`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from communique.records import Span
from communique.syntax import Tree

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    day: i
    for i, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
NUMBERS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1, "an": 1, "twelve": 12, "few": 3, "several": 3,
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = "|".join(WEEKDAYS)
UNIT = "day|week|month|year|decade"
HISTORICAL_AFTER = timedelta(days=45)
"""An event further than this before its report is background (historical); chosen from the worked
example, where acts of the same month are news and those of the year before are not."""


@dataclass(frozen=True, slots=True)
class When:
    """A resolved date: ISO days, the resolution, and the words."""

    start: str
    enddate: str | None
    resolution: str
    words: Span | None


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], tuple[date, date, str] | None]]


def _year(match: re.Match[str], _: date) -> tuple[date, date, str]:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31), "year"


def _month(match: re.Match[str], published: date) -> tuple[date, date, str] | None:
    month = MONTHS[match["month"].lower().rstrip(".")]
    given = match["year"]
    year = int(given) if given else published.year - (month > published.month)
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1), "month"


def _day(match: re.Match[str], published: date) -> tuple[date, date, str] | None:
    month, day = MONTHS[match["month"].lower().rstrip(".")], int(match["day"])
    given = match["year"]
    try:
        found = date(int(given) if given else published.year, month, day)
        if not given and found > published + timedelta(days=120):
            found = date(found.year - 1, month, day)
    except ValueError:
        return None
    return found, found, "day"


def _weekday(match: re.Match[str], published: date) -> tuple[date, date, str]:
    wanted, which = WEEKDAYS[match["day"].lower()], (match["which"] or "").lower()
    back = (published.weekday() - wanted) % 7
    if which == "next":
        found = published + timedelta(days=(wanted - published.weekday()) % 7 or 7)
    elif which == "last":
        found = published - timedelta(days=back or 7)
    else:
        found = published - timedelta(days=back)
    return found, found, "day"


def _near_day(match: re.Match[str], published: date) -> tuple[date, date, str]:
    shift = {"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0)
    found = published + timedelta(days=shift)
    return found, found, "day"


def _ago(match: re.Match[str], published: date) -> tuple[date, date, str] | None:
    number = NUMBERS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else None)
    if number is None:
        return None
    unit = match["unit"].lower()
    days = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}[unit] * number
    if days > 365 * 300:
        return None
    return _period(published - timedelta(days=days), "year" if unit == "decade" else unit)


def _which(match: re.Match[str], published: date) -> tuple[date, date, str]:
    unit = match["unit"].lower()
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return _period(date(months // 12, months % 12 + 1, 1), "month")
    if unit == "year":
        return _period(date(published.year + shift, 1, 1), "year")
    return _period(published + timedelta(days=7 * shift), "week")


def _period(day: date, unit: str) -> tuple[date, date, str]:
    """The whole day, week (from Monday), month or year that a day lies in."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6), "week"
    if unit == "month":
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day.replace(day=1), following - timedelta(days=1), "month"
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31), "year"
    return day, day, "day"


def _rule(pattern: str, read: Callable[[re.Match[str], date], tuple[date, date, str] | None]) -> Rule:
    return re.compile(pattern, re.IGNORECASE), read


YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
RULES: tuple[Rule, ...] = (
    _rule(rf"\b(?P<month>{MONTH})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:, ?{YEAR})?", _day),
    _rule(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH})\b\.?(?:,? {YEAR})?", _day),
    _rule(rf"\b(?:in|since|during|of|early|late|mid|last) (?P<month>{MONTH})\b\.?(?:,? (?:of )?{YEAR})?", _month),
    _rule(rf"\b(?P<month>{MONTH})\b\.? {YEAR}\b", _month),
    _rule(rf"\b(?:(?P<which>last|next|this|on) )?(?P<day>{DAY})\b", _weekday),
    _rule(r"\b(?:yesterday|today|tonight|tomorrow)\b", _near_day),
    _rule(rf"\b(?P<n>\d{{1,3}}|[a-z]+) (?P<unit>{UNIT})s? (?:ago|earlier)\b", _ago),
    _rule(r"\b(?P<which>last|past|previous|this|next|coming) (?P<unit>week|month|year)\b", _which),
    _rule(rf"\b(?:in|since|during|of|by|until|early|late|mid-?|from|after|before) {YEAR}\b(?! ?(?:people|troops|%))", _year),
)  # fmt: skip


def published_on(published: str | None) -> date | None:
    """Return a publication date given to the day, else None."""
    try:
        return date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        return None


def expressions(tree: Tree, text: str, published: date) -> list[tuple[int, When]]:
    """Return the dates of a sentence, each with the token at which it starts."""
    sentence, found = tree.sentence.span, []
    taken: list[Span] = []
    for pattern, read in RULES:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            resolved = None if any(span.overlaps(t) for t in taken) else read(match, published)
            if resolved is not None:
                taken.append(span)
                first, last, unit = resolved
                when = When(first.isoformat(), last.isoformat() if last != first else None, unit, span)
                found.append((_token_in(tree, span), when))
    return [(index, when) for index, when in found if index >= 0]


def _token_in(tree: Tree, span: Span) -> int:
    """The expression's own head: the token of the span whose governor lies outside it."""
    inside = [i for i, token in enumerate(tree.tokens) if span.covers(token.span)]
    outer = [i for i in inside if tree.tokens[i].head not in inside and tree.tokens[i].pos != "ADP"]
    return outer[0] if outer else (inside[0] if inside else -1)


def when_of(tree: Tree, trigger: int, dated: list[tuple[int, When]]) -> When | None:
    """Return the date that hangs on the event's word or on the verb that governs it."""
    anchors = {trigger, _clause(tree, trigger)}
    for index, when in dated:
        if index in anchors or _clause(tree, index) in anchors or tree.head(index) in anchors:
            return when
    return None


def _clause(tree: Tree, index: int) -> int:
    """The nearest verb at or above a word; through an auxiliary or open complement to its governor."""
    if tree.tokens[index].pos != "VERB":
        index = next((a for a in tree.ancestors(index) if tree.tokens[a].pos in {"VERB", "AUX"}), index)
    return index
