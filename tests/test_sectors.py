"""The sector of whoever a description tells of, on sentences invented for the purpose."""

from __future__ import annotations

import pytest

from test_knowledge import at, read


@pytest.mark.parametrize(
    ("sentence", "sector"),
    [
        ("Harvard University President Mary Sample spoke.", "EDU"),
        ("Mary Sample, president of the Chamber of Commerce, spoke.", "BUS"),
        ("Republican President Mary Sample spoke.", "GOV"),
        ("Mary Sample, 44, a columnist, spoke.", "JRN"),
        ("Mary Sample -- a venture capitalist -- spoke.", "BUS"),
    ],
)
def test_a_head_has_the_sector_of_the_body_named(sentence: str, sector: str) -> None:
    cast, _ = read(sentence, day="2018-03-01", people=("Mary Sample",))
    (member,) = (m for m in cast.members if m.name == "Mary Sample")
    assert member.sector == sector


@pytest.mark.parametrize(
    ("words", "sector"),
    [("A spokesman for the Chamber of Commerce", "BUS"), ("A spokesman for the Peruvian government", "GOV")],
)
def test_a_spokesman_is_of_the_sector_of_the_body_spoken_for(words: str, sector: str) -> None:
    cast, text = read(f"{words} denied it.", day="2018-03-01")
    assert at(cast, text, words.partition(" for ")[0]).sector == sector


def test_an_outlets_loaded_word_displaces_no_sector_of_the_tables() -> None:
    cast, text = read("The coup plotter Luis Fernando Camacho spoke.", day=None)
    assert at(cast, text, "Luis Fernando Camacho").sector != "REB"
