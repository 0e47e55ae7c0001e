"""What the words around a name or a noun tell of somebody's state, and who cannot be meant."""

import pytest

from communique.records import Cast, Span
from test_knowledge import at, read

PERU = ("Peru accused Brazil.", "Peru denied it.", "Peru met Brazil in Lima.")
NAMES = ("Mary Example", "John Sample")


def codes(cast: Cast, text: str, words: str) -> set[str | None]:
    """Return the states of all who have exactly these words as a mention."""
    span = Span(text.rindex(words), text.rindex(words) + len(words))
    return {member.code for mention, member in cast.at(span) if mention == span}


@pytest.mark.parametrize(
    "sentence",
    [
        "Mary Example, a Chilean baker, said no.",
        "Mary Example -- a Chilean -- said no.",
        "The Chileans John Sample and Mary Example said no.",
        "Mary Example and two other Chilean bakers said no.",
    ],
)
def test_the_nationality_beside_a_name_is_the_persons(sentence: str) -> None:
    cast, text = read(*PERU, sentence, people=NAMES)
    assert at(cast, text, "Mary Example").code == "CHL"


@pytest.mark.parametrize("words", ["a Chilean-backed baker", "a baker"])
def test_whom_a_state_backs_is_not_of_it(words: str) -> None:
    cast, text = read(*PERU, f"Mary Example, {words}, said no.", people=NAMES)
    assert at(cast, text, "Mary Example").code != "CHL"


def test_rebels_are_not_of_the_state_that_backs_them() -> None:
    cast, text = read("Peru accused Brazil.", "Brazil denied it.", "Brazilian-backed rebels attacked Lima.")
    assert codes(cast, text, "backed rebels") | codes(cast, text, "Brazilian-backed rebels") <= {"PER", None}


def test_a_counterpart_is_of_the_nationality_that_stands_beside_it() -> None:
    cast, text = read(*PERU, "John Sample met his Chilean counterparts.", people=NAMES)
    assert codes(cast, text, "his Chilean counterparts") == {"CHL"}


def test_who_acts_on_him_is_not_he() -> None:
    cast, text = read(
        "John Sample said no.", "Peter Other accused him.", people=("John Sample", "Peter Other")
    )
    assert at(cast, text, "him").name == "John Sample"


@pytest.mark.parametrize("words", ["each other", "one another"])
def test_each_other_are_those_who_act(words: str) -> None:
    cast, text = read("Peru and Chile accused " + words + ".")
    assert codes(cast, text, words) == {"PER", "CHL"}


def test_a_surname_with_its_article_is_the_person_named_before() -> None:
    people = ("Adel al-Sample", "al-Sample")
    cast, text = read(
        "Adel al-Sample, a Chilean baker, said no.", "In Lima al-Sample read it.", people=people
    )
    assert at(cast, text, "al-Sample", 1).code == "CHL"


def test_the_united_states_have_no_ministries() -> None:
    cast, text = read("China met the United States.", "The commerce ministry denied it.")
    assert codes(cast, text, "The commerce ministry") <= {"CHN", None}


def test_a_president_of_a_text_without_a_day_is_the_only_one_of_its_states() -> None:
    cast, text = read("Bolivia denied it.", "President Morales said no.", people=("Morales",))
    assert at(cast, text, "President Morales").name == "Evo Morales"


def test_a_small_word_before_a_name_is_no_part_of_it() -> None:
    cast, text = read(*PERU, "On that date John Sample said no.", people=("date John Sample",))
    assert at(cast, text, "John Sample").code == "PER"


def test_a_newspaper_is_of_its_state_wherever_its_city_is_looked_up() -> None:
    cast, text = read(*PERU, "The Seattle Times read it.")
    assert codes(cast, text, "The Seattle Times") == {"USA"}
