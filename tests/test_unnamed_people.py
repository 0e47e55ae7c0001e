"""People without a name: counted, spoken for, taken together; and what a name alone tells of its bearer's country."""

import pytest

from communique.records import Span
from test_knowledge import at, coded, read

PERU = ("Peru accused Chile.", "Peru denied it.", "Peru met Chile in Lima.")


@pytest.mark.parametrize("words", ["Thousands", "Dozens", "Everyone", "Those"])
def test_people_who_are_only_counted_are_civilians_of_the_surroundings(words: str) -> None:
    cast, text = read(*PERU, f"{words} marched in Lima.", day="2018-03-01")
    assert coded(at(cast, text, words)) == ("PER", "CVL")


def test_some_are_of_the_group_before_and_others_are_more_of_its_kind() -> None:
    cast, text = read(*PERU, "Peruvian rebels marched.", "Some fled.", "Others attacked Lima.")
    assert at(cast, text, "Some") is at(cast, text, "Peruvian rebels")
    assert at(cast, text, "Others") is not at(cast, text, "Peruvian rebels")
    assert coded(at(cast, text, "Others")) == ("PER", "REB")


def test_a_number_is_people_only_where_something_is_done_to_them() -> None:
    cast, text = read(*PERU, "The police arrested 40.", "Peru signed 12.")
    assert at(cast, text, "40").sector == "CVL"
    assert not cast.at(Span(text.index("12"), text.index("12") + 2))


def test_who_spoke_last_goes_on_speaking() -> None:
    cast, text = read("Mary Example said no.", "We fled.", people=("Mary Example",))
    assert at(cast, text, "We").name == "Mary Example"


def test_it_is_the_only_body_told_of_even_as_an_object() -> None:
    cast, text = read("Reporters met Hezbollah.", "It denied the report.")
    assert at(cast, text, "It").name == "Hezbollah"


def test_he_may_stand_far_from_his_name() -> None:
    told = ("It rained in Lima.", "Streets flooded.", "Trees fell.", "Shops closed.")
    cast, text = read("John Sample said no.", *told, "He fled.", people=("John Sample",))
    assert at(cast, text, "He").name == "John Sample"


def test_two_sides_are_the_states_that_the_passage_names_most() -> None:
    cast, text = read(
        "Peru met Chile and Brazil.", "Peru accused Chile.", "Reporters left.", "Both sides met."
    )
    span = Span(text.index("Both"), text.index("Both") + len("Both sides"))
    assert {member.code for mention, member in cast.at(span) if mention == span} == {"PER", "CHL"}


def test_the_two_are_the_persons_named_last_and_the_koreas_are_two_states() -> None:
    people = ("Mary Example", "John Sample")
    cast, text = read(
        "Mary Example met John Sample.", "The pair denied it.", "The Koreas met.", people=people
    )
    pair = Span(text.index("The pair"), text.index("The pair") + len("The pair"))
    koreas = Span(text.index("Koreas"), text.index("Koreas") + len("Koreas"))
    assert {member.name for mention, member in cast.at(pair) if mention == pair} == set(people)
    assert {member.code for mention, member in cast.at(koreas) if mention == koreas} == {"KOR", "PRK"}


def test_a_group_that_acts_is_somebody_even_where_nothing_tells_whose() -> None:
    cast, text = read(*PERU, "A small group attacked Lima.", "Peru read about a group.")
    assert at(cast, text, "A small group").code == "PER"


def test_kin_have_the_country_of_whose_they_are() -> None:
    cast, text = read(*PERU, "A Chilean senator's brother fled.")
    assert coded(at(cast, text, "A Chilean senator's brother")) == ("CHL", "CVL")


def test_officials_of_two_states_are_of_both_however_each_is_written() -> None:
    cast, text = read("Both U.S. and Chinese officials met.", day="2018-03-01")
    span = Span(0, text.index(" met"))
    found = {member.code for mention, member in cast.at(span) if mention.end == span.end}
    assert found == {"USA", "CHN"}


def test_the_countries_are_the_two_that_the_passage_names() -> None:
    cast, text = read("Peru met Chile.", "The countries signed it.", "The countries of Asia signed it.")
    first = Span(text.index("The countries"), text.index("The countries") + len("The countries"))
    assert {member.code for mention, member in cast.at(first) if mention == first} == {"PER", "CHL"}
    later = text.rindex("The countries")
    assert not {m.code for s, m in cast.at(Span(later, later + len("The countries"))) if m.kind == "state"}


def test_the_navy_is_no_other_name_of_the_armed_forces() -> None:
    cast, text = read("The Peruvian navy denied it.", "The Peruvian army denied it.")
    assert at(cast, text, "The Peruvian navy").name == "Navy of Peru"
    assert at(cast, text, "The Peruvian army").name == "Armed forces of Peru"


def test_a_surname_that_no_table_has_identifies_nobody() -> None:
    cast, text = read("Samplesson denied it.", people=("Samplesson",))
    assert at(cast, text, "Samplesson").identifier_text is None
