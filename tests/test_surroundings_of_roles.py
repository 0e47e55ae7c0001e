"""Whose a description without a state is, and which bodies and persons are nobody in particular."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.participants import Participants
from communique.syntax import Tree
from test_knowledge import _sentence, at, coded, read

IRAN = ("Iran accused the U.S. of a raid.", "Iran denied it.", "Iran met Iraq.", "Iran said so.")


@pytest.mark.parametrize(
    ("sentence", "words", "code"),
    [
        ("Two senators denied the report.", "senators", "USA"),
        ("Experts denied the report.", "Experts", None),
        ("The embassy in Tehran denied it.", "The embassy", None),
        ("Iran's allies denied it.", "Iran's allies", None),
        ("The police denied it.", "The police", "IRN"),
    ],
)
def test_a_description_takes_only_a_state_that_it_can_be_of(
    sentence: str, words: str, code: str | None
) -> None:
    cast, text = read(*IRAN, sentence, day="2018-03-01")
    assert at(cast, text, words).code == code


def test_an_ambassador_to_an_organisation_is_of_the_state_that_sends() -> None:
    cast, text = read("Israel's UN ambassador denied it.", day="2018-03-01")
    assert coded(at(cast, text, "Israel's UN ambassador")) == ("ISR", "GOV")


@pytest.mark.parametrize("words", ["A Peruvian court", "The Peruvian committee", "Texas police"])
def test_one_court_of_many_and_the_police_of_a_region_are_no_body_of_the_state(words: str) -> None:
    cast, text = read(f"{words} denied it.", day="2018-03-01")
    assert at(cast, text, words).identifier_text is None


def test_a_surname_alone_is_the_one_in_public_life_on_the_day() -> None:
    cast, text = read("The U.S. accused Iran.", "Pence denied it.", day="2018-03-01", people=("Pence",))
    assert at(cast, text, "Pence").name == "Mike Pence"
    cast, text = read("The U.S. accused Iran.", "Pence denied it.", people=("Pence",))
    assert at(cast, text, "Pence").name == "Pence"


def test_the_us_is_found_in_capitals_by_its_full_stops() -> None:
    cast, text = read("THE U.S. ACCUSED PERU, AND TOLD US SO.", day="1989-03-01")
    assert at(cast, text, "U.S.").code == "USA"
    assert [member.code for member in cast.members].count("USA") == 1


def test_an_acronym_in_brackets_stands_for_the_name_before_it() -> None:
    cast, text = read("The World Bank (WBX) denied it.", "Peru met WBX.", day="2018-03-01")
    assert at(cast, text, "WBX", 1).name == "World Bank"


def test_a_surname_that_the_reader_did_not_tag_is_its_persons() -> None:
    cast, text = read(
        "Mary Example denied it.", "Peru met Example.", day="2018-03-01", people=("Mary Example",)
    )
    assert at(cast, text, "Example", 1).name == "Mary Example"
    cast, text = read("Mary Example denied it.", "Peru met Example Inc.", people=("Mary Example",))
    assert [m.name for m in cast.members if m.mentions[-1].of(text) == "Example"] == []


def test_a_group_before_its_name_is_who_is_named() -> None:
    cast, text = read("The militant group Hezbollah denied it.", day="2018-03-01")
    assert at(cast, text, "The militant group Hezbollah").name == "Hezbollah"


def test_administration_officials_are_american_where_no_other_administration_was_named() -> None:
    cast, text = read(*IRAN, "Administration officials denied it.", day="2018-03-01")
    assert at(cast, text, "Administration officials").code == "USA"


def test_georgia_in_a_text_about_the_united_states_is_the_american_one() -> None:
    america = ("The U.S. accused Iran.", "The U.S. denied it.", "The U.S. met Iran.", "Washington denied it.")
    cast, text = read(*america, "A Georgia senator denied it.", day="2018-03-01")
    assert at(cast, text, "A Georgia senator").code == "USA"


def test_a_nationality_that_is_the_surname_of_somebody_named_is_that_person() -> None:
    cast, text = read("Mark Cuban denied it.", "Cuban said so.", day="2016-03-01", people=("Mark Cuban",))
    assert at(cast, text, "Cuban", 1).name == "Mark Cuban"
    cast, text = read("Mark Cuban met Cuba.", "Cuban said so.", day="2016-03-01", people=("Mark Cuban",))
    assert at(cast, text, "Cuban", 1).code == "CUB"


def test_who_is_described_by_another_state_is_still_the_known_one_if_the_text_names_his() -> None:
    text = ("The U.S. accused Iran.", "NATO commander John Allen denied it.")
    cast, whole = read(*text, day="2012-03-01", people=("John Allen",))
    assert at(cast, whole, "NATO commander John Allen").code == "USA"


def test_the_presidents_of_two_states_are_two_persons() -> None:
    cast, text = read("The presidents of Venezuela and Bolivia denied it.", day="2015-03-01")
    names = {m.name for m in cast.members if any("presidents" in s.of(text) for s in m.mentions)}
    assert names == {"Nicolás Maduro", "Evo Morales"}


def test_mr_before_a_name_makes_it_a_persons() -> None:
    cast, text = read("Mr. Bloomberg denied it.", day="2012-03-01", people=("Bloomberg",))
    assert at(cast, text, "Bloomberg").kind == "person"


def test_a_title_that_is_the_surname_of_somebody_named_is_that_person() -> None:
    cast, text = read("Peter King denied it.", "King said so.", day="2012-03-01", people=("Peter King",))
    assert at(cast, text, "King", 1).name == "Peter King"


def test_the_leadership_of_a_state_is_its_government() -> None:
    cast, text = read("The Ukrainian leadership denied it.", day="2015-03-01")
    assert at(cast, text, "The Ukrainian leadership").name == "Government of Ukraine"


def test_a_noun_with_a_nationality_is_the_organisation_of_that_state_named_before() -> None:
    cast, text = read("Haaretz denied it.", "The Israeli newspaper said so.", day="2015-03-01")
    assert at(cast, text, "The Israeli newspaper").name == "Haaretz"
    cast, text = read("Haaretz denied it.", "The Chilean newspaper said so.", day="2015-03-01")
    assert at(cast, text, "The Chilean newspaper").name != "Haaretz"


def test_a_nationality_before_a_name_is_the_persons_and_of_two_the_second() -> None:
    cast, text = read("Peruvian Mary Example denied it.", day="2015-03-01", people=("Mary Example",))
    assert at(cast, text, "Mary Example").code == "PER"
    cast, text = read("Lebanese-American businessman Mary Example denied it.", people=("Mary Example",))
    assert at(cast, text, "Lebanese-American businessman Mary Example").code == "USA"


def test_foreign_ministers_of_three_states_are_three_also_after_an_article() -> None:
    cast, _ = read("The foreign ministers of France, Germany and the U.K. denied it.", day="2020-01-10")
    assert {m.code for m in cast.members if m.sector == "GOV"} >= {"FRA", "DEU", "GBR"}


def test_a_former_legislator_is_no_one_whom_the_text_calls_nothing() -> None:
    text = ("South Korea accused the U.S. of a raid.", "Kim Hak-song denied it.")
    cast, whole = read(*text, day="2018-05-09", people=("Kim Hak-song",))
    assert at(cast, whole, "Kim Hak-song").reason.startswith("not in the tables")


def test_ms_and_a_surname_is_not_the_father_who_is_named_later() -> None:
    people = ("Emmett Rice", "Rice")
    text = ("The U.S. accused Iran.", "It rained.", "Ms. Rice denied it.", "Emmett Rice met Iran.")
    cast, whole = read(*text, day="2014-03-01", people=people)
    assert at(cast, whole, "Rice").name == "Susan Rice"


def test_mrs_and_a_surname_is_not_a_man_of_it() -> None:
    cast, text = read("John Example met Iran.", "Mrs. Example denied it.", people=("John Example", "Example"))
    assert at(cast, text, "Example", 1).name != "John Example"


def test_a_government_to_be_formed_is_not_the_government() -> None:
    cast, text = read("Libya accused Iran.", "A unity government denied it.", day="2015-03-01")
    assert at(cast, text, "A unity government").identifier_text is None


@pytest.mark.parametrize(("noun", "found"), [("statement", "Peru"), ("economy", None)])
def test_a_statement_is_whoever_wrote_it(noun: str, found: str | None) -> None:
    text = f"A Peru {noun} denied it."
    sentence = _sentence(text, 0, 0, ())
    head = next(n for n, token in enumerate(sentence.tokens) if token.text == noun)
    tokens = tuple(
        replace(token, head=head, relation="compound") if token.text == "Peru" else token
        for token in sentence.tokens
    )
    cast, whole = read(text, day="2018-03-01")
    named = Participants(cast, whole).at_word(Tree(replace(sentence, tokens=tokens)), head)
    assert [entity.name for entity in named] == ([found] if found else [])
