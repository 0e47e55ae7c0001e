"""Expressions of time against the publication date."""

from __future__ import annotations

from datetime import date

import pytest

from communique.coding.dates import expressions, when_of
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
        ("met a month ago in Oslo", "2019-04-01", "2019-04-30", "month"),
        ("met last night in Oslo", "2019-04-30", None, "day"),
        ("met over the weekend in Oslo", "2019-04-27", "2019-04-28", "day"),
        ("from February 12-17 in Oslo", "2019-02-12", "2019-02-17", "day"),
        ("between January and July 2011 in Oslo", "2011-01-01", "2011-07-31", "month"),
        ("in early September 2016 there", "2016-09-01", "2016-09-30", "month"),
        ("met since February in Oslo", "2019-02-01", "2019-05-01", "month"),
        ("met in the past three days there", "2019-04-29", "2019-05-01", "day"),
        ("met between 2013 and 2015 there", "2013-01-01", "2015-12-31", "year"),
        ("the 2001 invasion of Oslo", "2001-01-01", "2001-12-31", "year"),
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


def test_without_a_day_of_publication_only_words_with_their_own_year_are_dates() -> None:
    words = "met on Tuesday and in May and on June 3 and in July 2014 and in 2012"
    found = [(when.start, when.resolution) for _, when in expressions(flat(words), words, None)]
    assert sorted(found) == [("2012-01-01", "year"), ("2014-07-01", "month")]


Row = tuple[str, str, int, str]
SAID: tuple[Row, ...] = (
    ("Moscow", "PROPN", 1, "nsubj"), ("said", "VERB", -1, "root"), ("Monday", "PROPN", 1, "obl:tmod"),
    ("it", "PRON", 4, "nsubj"), ("rejects", "VERB", 1, "ccomp"), ("talks", "NOUN", 4, "obj"),
)  # fmt: skip
OWN: tuple[Row, ...] = (
    ("Iran", "PROPN", 1, "nsubj"), ("condemned", "VERB", -1, "root"), ("Monday", "PROPN", 3, "compound"),
    ("attack", "NOUN", 1, "obj"), ("today", "NOUN", 1, "obl:tmod"),
)  # fmt: skip
LETTER: tuple[Row, ...] = (
    ("Issa", "PROPN", 1, "nsubj"), ("pressed", "VERB", -1, "root"), ("her", "PRON", 1, "obj"),
    ("in", "ADP", 4, "case"), ("letter", "NOUN", 1, "obl"), ("Monday", "PROPN", 4, "nmod"),
)  # fmt: skip


def of_rows(rows: tuple[Row, ...]) -> tuple[Tree, str]:
    """A sentence of (word, part of speech, head, relation), and its text."""
    tokens, at = [], 0
    for word, pos, head, relation in rows:
        tokens.append(Token(Span(at, at + len(word)), word, word.lower(), pos, "", head, relation))
        at += len(word) + 1
    text = " ".join(row[0] for row in rows)
    return Tree(Sentence(Span(0, len(text)), tuple(tokens), (), 0, 0)), text


@pytest.mark.parametrize(
    ("rows", "trigger", "category", "day"),
    [
        (SAID, "rejects", "REJECT", "2019-04-29"),
        (SAID, "rejects", "ASSAULT", None),
        (SAID, "talks", "CONSULT", None),
        (OWN, "attack", "ASSAULT", "2019-04-29"),
        (OWN, "condemned", "ACCUSE", "2019-05-01"),
        (LETTER, "pressed", "REQUEST", "2019-04-29"),
    ],
)
def test_a_date_belongs_to_the_words_that_it_hangs_on(
    rows: tuple[Row, ...], trigger: str, category: str, day: str | None
) -> None:
    sentence, text = of_rows(rows)
    dated = expressions(sentence, text, WEDNESDAY)
    when = when_of(sentence, [row[0] for row in rows].index(trigger), dated, category)
    assert (when.start if when else None) == day


def test_a_weekday_of_a_clause_in_the_future_is_the_next_one() -> None:
    rows: tuple[Row, ...] = (
        ("They", "PRON", 2, "nsubj"), ("will", "AUX", 2, "aux"), ("meet", "VERB", -1, "root"),
        ("Friday", "PROPN", 2, "obl:tmod"),
    )  # fmt: skip
    assert [when.start for _, when in expressions(*of_rows(rows), WEDNESDAY)] == ["2019-05-03"]
