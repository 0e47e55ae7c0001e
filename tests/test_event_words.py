"""How the counts of words weigh with the encoder's shares."""

from __future__ import annotations

import pytest

from communique.coding.words import ALL_WORDS, EventWords, Seen
from communique.records import EventWord, Span, Token

COUNTED = EventWords(
    {ALL_WORDS: Seen(1000, {"ASSAULT": 20}), "raided": Seen(50, {"ASSAULT": 45}), "table": Seen(60, {})},
    {"raid": Seen(80, {"ASSAULT": 60}), "table": Seen(60, {})},
    {"raided": "raid", "table": "table"},
)


def share(form: str, lemma: str, before: float) -> float:
    token = Token(Span(0, len(form)), form, lemma, "VERB", "", -1, "root")
    word = EventWord(0, (("ASSAULT", before),), (), (), (), (), ())
    return dict(COUNTED.weighed([word], [token])[0].categories)["ASSAULT"]


def test_a_word_that_often_names_an_event_gains_and_one_that_never_does_loses() -> None:
    assert share("raided", "raid", 0.4) > share("raids", "raid", 0.4) > 0.4 > share("table", "table", 0.4)


def test_a_word_that_nobody_counted_keeps_its_share() -> None:
    assert share("foo", "foo", 0.4) == pytest.approx(0.4)


def test_shares_of_a_word_never_come_to_more_than_one() -> None:
    token = Token(Span(0, 6), "raided", "raid", "VERB", "", -1, "root")
    word = EventWord(0, (("ASSAULT", 0.7), ("COERCE", 0.3)), (), (), (), (), ())
    found = COUNTED.weighed([word], [token])[0].categories
    assert sum(value for _, value in found) == pytest.approx(1.0)


def test_the_shipped_counts_know_what_names_events() -> None:
    shipped = EventWords.load()
    assert shipped.lift("accused", "accuse", "ACCUSE") > 3 > 0 > shipped.lift("said", "say", "ASSAULT")
