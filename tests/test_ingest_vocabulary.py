"""The furniture of pages: each pattern proves itself on its own sentences."""

from __future__ import annotations

import pytest

from communique.ingest.vocabulary import Pattern, kind_of, label_end, patterns

ROWS = patterns()


def _name(row: Pattern) -> str:
    return f"{row.kind}-{row.match}-{ROWS.index(row)}"


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_each_pattern_matches_its_own_examples_and_leaves_news_alone(row: Pattern) -> None:
    assert [text for text in row.yes if not row.marks(text)] == []
    assert [text for text in row.no if row.marks(text)] == []
    assert row.yes


@pytest.mark.parametrize("row", [r for r in ROWS if r.match == "anywhere"], ids=_name)
def test_a_slow_pattern_names_the_words_that_it_needs(row: Pattern) -> None:
    assert row.needs
    assert all(need == need.lower() for need in row.needs)


@pytest.mark.parametrize("row", [r for r in ROWS if r.match != "label"], ids=_name)
def test_the_joined_patterns_find_what_each_one_finds(row: Pattern) -> None:
    assert [text for text in row.yes if kind_of(text) is None] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Ostrava expelled two diplomats of Varania on Tuesday.",
        "The army confirmed that the men were on their way to the capital.",
        "He urged citizens to sign up for the new health insurance before May.",
        "Follow the rules or leave, the president told the two parties.",
        "The treaty was first published in 1998 and has been amended twice since then.",
        "“Watch what we do, not what we say,” the envoy told reporters.",
        "Support for the talks has grown, according to a poll published on Monday.",
        "Image is everything for the two leaders, who met in Oslo.",
        "More than 300 people were arrested in the capital.",
        "Reuters reported that the two sides had met in secret.",
        "The minister said the newsletter of the party had been forged.",
        "Related talks in Geneva failed.",
        "By Friday the army had taken both bridges.",
        "Editorial offices of two papers were searched by the police.",
        "Opinion polls show the president ahead.",
        "Update of the truce is due on Monday, mediators said.",
        "Report of the commission blames both armies.",
    ],
)
def test_news_is_not_taken_for_furniture(sentence: str) -> None:
    assert kind_of(sentence) is None
    assert label_end(sentence) == 0


def test_a_long_paragraph_is_news_whatever_it_mentions() -> None:
    paragraph = (
        "The minister asked them to subscribe to the newsletter. "
        + "Both armies crossed the river again. " * 12
    )
    assert kind_of(paragraph) is None
