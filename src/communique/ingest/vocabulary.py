"""The words by which the furniture of a page is known, read from `vocabulary.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from communique.errors import KnowledgeError

SHORT_WORDS = 60
"""Longest paragraph, in words, that the patterns may set apart. Of the furniture in 500 articles of world_news
five pieces had more than 50 words; a longer paragraph that happens to match is news that mentions such words."""

KINDS = ("related", "newsletter", "caption", "boilerplate")
"""In the order in which they are tried: what opens a list or a form comes before what stands by itself."""
MATCHES = ("long", "line", "start", "anywhere", "label")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the vocabulary: what it marks, where it must stand, and sentences that prove it."""

    kind: str
    match: str
    regex: str
    case: bool
    yes: tuple[str, ...]
    no: tuple[str, ...]
    needs: tuple[str, ...] = ()

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern compiled by itself."""
        return re.compile(self.regex, 0 if self.case else re.IGNORECASE)

    def marks(self, text: str) -> bool:
        """Say whether the pattern, alone, applies to a paragraph."""
        if self.needs and not any(need in text.lower() for need in self.needs):
            return False
        expression = self.compiled()
        if self.match == "line":
            return expression.fullmatch(text) is not None
        found = expression.search(text) if self.match == "anywhere" else expression.match(text)
        return found is not None


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """Return the vocabulary in the order of its file.

    Raises KnowledgeError for a row with an unknown kind or match, or an expression that does not compile.
    """
    source = resources.files("communique.ingest").joinpath("vocabulary.toml")
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["pattern"]
    return tuple(_pattern(number, row) for number, row in enumerate(rows, 1))


def _pattern(number: int, row: dict[str, object]) -> Pattern:
    pattern = Pattern(
        kind=str(row.get("kind")),
        match=str(row.get("match")),
        regex=str(row.get("regex")),
        case=bool(row.get("case", False)),
        yes=_strings(row.get("yes")),
        no=_strings(row.get("no")),
        needs=_strings(row.get("needs")),
    )
    if pattern.kind not in KINDS or pattern.match not in MATCHES:
        raise KnowledgeError(f"vocabulary.toml, pattern {number}: kind or match is not one of those listed")
    try:
        pattern.compiled()
    except re.error as error:
        raise KnowledgeError(f"vocabulary.toml, pattern {number}: {error}") from error
    return pattern


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


@lru_cache(maxsize=1)
def _joined() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """One expression for each kind and match, so that a paragraph costs a few searches and not fifty."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in patterns():
        if row.match != "anywhere":
            expression = f"(?:{row.regex})" if row.case else f"(?i:{row.regex})"
            groups.setdefault((row.match, row.kind), []).append(expression)
    ordered = sorted(groups.items(), key=lambda group: (MATCHES.index(group[0][0]), KINDS.index(group[0][1])))
    return tuple((*key, re.compile("|".join(parts))) for key, parts in ordered)


@lru_cache(maxsize=1)
def _searched() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """The patterns that may stand anywhere: slow ones, each behind the words that it needs."""
    return tuple((row, row.compiled()) for row in patterns() if row.match == "anywhere")


def kind_of(text: str) -> str | None:
    """Return what a paragraph is to the page (a kind of the vocabulary), or None when it is news."""
    short = text.count(" ") < SHORT_WORDS
    for match, kind, expression in _joined():
        if match == "long" and expression.match(text):
            return kind
        if not short:
            continue
        if (match == "line" and expression.fullmatch(text)) or (match == "start" and expression.match(text)):
            return kind
    if not short:
        return None
    lower = text.lower()
    for row, expression in _searched():
        if any(need in lower for need in row.needs) and expression.search(text):
            return row.kind
    return None


def label_end(text: str) -> int:
    """Return the length of the label ("BREAKING: ") that a paragraph begins with, 0 when there is none."""
    for match, _, expression in _joined():
        if match == "label" and (found := expression.match(text)):
            return found.end()
    return 0
