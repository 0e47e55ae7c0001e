"""Expressions of time against the publication date."""

from __future__ import annotations

from datetime import date

import pytest

from communique.coding.dates import expressions
from communique.records import Sentence, Span, Token
from communique.syntax import Tree

WEDNESDAY = date(2019, 5, 1)


def flat(text: str) -> Tree:
    """A sentence whose words all hang on the first."""
    tokens, at = [], 0
    for n, word in enumerate(text.split(" ")):
        start = text.index(word, at)
        at = start + len(word)
        tokens.append(Token(Span(start, at), word, word.lower(), "NOUN", "NN", 0 if n else -1, "dep"))
    return Tree(Sentence(Span(0, len(text)), tuple(tokens), (), 0, 0))


@pytest.mark.parametrize(
    ("words", "start", "end", "resolution"),
    [
        ("met on Tuesday in Oslo", "2019-04-30", None, "day"),
        ("met on Wednesday in Oslo", "2019-05-01", None, "day"),
        ("met last Wednesday in Oslo", "2019-04-24", None, "day"),
        ("will meet next Monday in Oslo", "2019-05-06", None, "day"),
        ("met yesterday in Oslo", "2019-04-30", None, "day"),
        ("met on April 30 in Oslo", "2019-04-30", None, "day"),
        ("met on 30 April 2017 in Oslo", "2017-04-30", None, "day"),
        ("met on December 24 in Oslo", "2018-12-24", None, "day"),
        ("met in January in Oslo", "2019-01-01", "2019-01-31", "month"),
        ("met in November in Oslo", "2018-11-01", "2018-11-30", "month"),
        ("met in March 2015 there", "2015-03-01", "2015-03-31", "month"),
        ("met in 2016 in Oslo", "2016-01-01", "2016-12-31", "year"),
        ("met last week in Oslo", "2019-04-22", "2019-04-28", "week"),
        ("met last month in Oslo", "2019-04-01", "2019-04-30", "month"),
        ("met two days ago in Oslo", "2019-04-29", None, "day"),
        ("met 30 years ago in Oslo", "1989-01-01", "1989-12-31", "year"),
    ],
)
def test_words_of_time_resolve_to_days_or_periods(
    words: str, start: str, end: str | None, resolution: str
) -> None:
    found = [when for _, when in expressions(flat(words), words, WEDNESDAY)]
    assert [(w.start, w.enddate, w.resolution) for w in found] == [(start, end, resolution)]


@pytest.mark.parametrize(
    "words", ["may meet in Oslo", "met on February 30 in Oslo", "sent in 2000 troops", "a march in Oslo"]
)
def test_other_words_are_no_dates(words: str) -> None:
    assert expressions(flat(words), words, WEDNESDAY) == []
