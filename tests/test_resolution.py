"""Who a description means: peoples, fighters, retinues, countries, bodies known by their names only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.coding.status import known
from communique.knowledge.endings import sector_of
from communique.knowledge.phrases import phrases_of
from communique.participants import Participants
from communique.records import Cast, Claimant, Entity, Member, Span
from communique.syntax import Tree
from test_knowledge import _sentence, at, coded, knowledge, read


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Example Group", "BUS"),
        ("Bank of Example", "BUS"),
        ("Example County Register", "JRN"),
        ("University of Example", "EDU"),
        ("Policía Example", "COP"),
        ("Example", None),
        ("Example for Bank", None),
    ],
)
def test_an_organisations_name_tells_its_sector(name: str, sector: str | None) -> None:
    assert sector_of(name) == sector


def test_the_people_of_a_state_are_its_government_unless_some_of_them_were_told_of() -> None:
    cast, text = read("Turkey accused the Saudis.", day="2018-03-01")
    assert coded(at(cast, text, "Saudis")) == ("SAU", "GOV")
    cast, text = read("Gunmen killed three Saudis.", "Police arrested the Saudis.", day="2018-03-01")
    assert coded(at(cast, text, "Saudis", 1)) == ("SAU", "CVL")


def test_a_movement_of_an_undated_text_is_in_arms_where_the_text_says_so() -> None:
    cast, text = read("The FMLN guerrillas attacked.", "The FMLN denied the report.")
    assert at(cast, text, "FMLN", 1).sector == "REB"
    cast, text = read("The FMLN denied the report.")
    assert at(cast, text, "FMLN").sector == "PTY"


def test_the_militants_are_the_armed_group_named_before() -> None:
    cast, text = read("Boko Haram attacked.", "The militants fled.", day="2014-05-05")
    assert at(cast, text, "The militants").name == "Boko Haram"


def test_who_is_subject_after_as_or_example_after_such_as_is_somebody() -> None:
    cast, text = read("As Turkish lawmakers marched, police arrested them.", day="2018-03-01")
    assert coded(at(cast, text, "Turkish lawmakers")) == ("TUR", "LEG")
    cast, text = read("Groups such as Mexican cartels attacked.", day="2018-03-01")
    assert coded(at(cast, text, "Mexican cartels")) == ("MEX", "CRM")


def test_a_noun_before_a_day_heads_its_phrase() -> None:
    cast, text = read("The government today denied the report of Peru.", day="2018-03-01")
    assert at(cast, text, "The government").sector == "GOV"


def test_shiite_rebels_are_armed_and_hamas_fighters_too() -> None:
    cast, text = read("Iraqi Shiite rebels attacked.", day="2018-03-01")
    assert coded(at(cast, text, "Iraqi Shiite rebels")) == ("IRQ", "REB")
    cast, text = read("Hamas fighters attacked.", day="2018-03-01")
    assert coded(at(cast, text, "Hamas fighters")) == ("PSE", "REB")


def test_the_country_is_the_main_one_and_several_countries_are_none() -> None:
    peru = (
        "Peru accused Chile.",
        "Peru denied it.",
        "Peru met Chile.",
        "Farmers marched.",
        "It rained.",
        "It was cold.",
    )
    cast, text = read(*peru, "The country opened talks.", day="2018-03-01")
    assert at(cast, text, "The country").name == "Peru"
    cast, text = read(*peru, "Six countries met.", day="2018-03-01")
    assert coded(at(cast, text, "Six countries")) == (None, "GOV")


def test_the_team_of_a_person_is_of_that_persons_sector() -> None:
    sentence = "The spokesman of Rep. Jane Example said so."
    cast, text = read("Senator Jane Example spoke.", sentence, day="2018-03-01", people=("Jane Example",))
    assert at(cast, text, "The spokesman").sector == "LEG"


def test_unnamed_sources_take_no_country_of_the_surroundings() -> None:
    peru = ("Peru accused Chile.", "Peru denied it.", "Peru met Chile.")
    cast, text = read(*peru, "Sources said so.", day="2018-03-01")
    assert coded(at(cast, text, "Sources")) == (None, None)


def test_an_unresolved_body_of_a_state_has_the_sector_of_its_noun() -> None:
    text = "The U.S. embassy denied it."
    sentence = _sentence(text, 0, 0, ())
    head = next(n for n, t in enumerate(sentence.tokens) if t.text == "embassy")
    tokens = tuple(
        replace(t, head=head, relation="compound") if t.text == "U.S." else t for t in sentence.tokens
    )
    owner = Member(
        "m0", "United States", "state", "USA", "GOV", (), None, "", None, (Span(4, 8),), (), "table"
    )
    tree = Tree(replace(sentence, tokens=tokens))
    (entity,) = Participants(Cast((owner,)), text).at_word(tree, head)
    assert (entity.code, entity.sector) == ("USA", "GOV")


def test_authorities_who_arrest_are_police() -> None:
    cast, text = read("Chilean authorities arrested two farmers.", day="2018-03-01")
    assert coded(at(cast, text, "Chilean authorities")) == ("CHL", "COP")
    cast, text = read("Chilean authorities denied it.", day="2018-03-01")
    assert coded(at(cast, text, "Chilean authorities")) == ("CHL", "GOV")


def test_the_leader_of_a_deed_takes_part_in_it_and_the_backer_does_not() -> None:
    cast, text = read("A U.S.-led raid began.", day="2018-03-01")
    assert coded(at(cast, text, "U.S.")) == ("USA", "GOV")
    cast, _ = read("A U.S.-backed raid began.", day="2018-03-01")
    assert not any(member.code == "USA" for member in cast.members)


def test_a_body_before_the_noun_of_what_it_does_is_somebody() -> None:
    sentence = _sentence("Peruvian police raids began.", 0, 0, ())
    tokens = list(sentence.tokens)
    tokens[1] = replace(tokens[1], relation="compound", head=2)
    scene = knowledge().finder.scene(
        0, replace(sentence, tokens=tuple(tokens)), "Peruvian police raids began.", False
    )
    assert [phrase.role.name for phrase in phrases_of(scene)] == ["police"]


def test_a_name_before_the_noun_it_modifies_means_its_own_bearer() -> None:
    cast, text = read("The CIA lawyer met reporters.", day="2018-03-01")
    sentence = _sentence(text.strip(), 0, 0, ())
    tokens = list(sentence.tokens)
    tokens[1] = replace(tokens[1], relation="compound", head=2)
    found = Participants(cast, text)
    tree = Tree(replace(sentence, tokens=tuple(tokens)))
    words = [found.at_word(tree, index)[0].text for index in (1, 2)]
    assert words == ["CIA", "The CIA lawyer"]


def test_other_countries_are_not_those_told_of_before() -> None:
    cast, text = read("Some countries met.", "Several other countries met.")
    assert at(cast, text, "Some countries") is not at(cast, text, "Several other countries")


def test_a_claimant_whom_only_the_tree_gives_is_resolved_and_a_mark_is_nobody() -> None:
    cast, text = read("Peruvian police denied it , they said.", day="2018-03-01")
    tree = Tree(_sentence(text.strip(), 0, 0, ()))
    told = [Claimant(Entity(span, span.of(text)), None) for span in (Span(0, 15), Span(26, 27))]
    (claimant,) = known(told, tree, Participants(cast, text))
    assert (claimant.entity.text, claimant.entity.code, claimant.entity.sector) == (
        "Peruvian police",
        "PER",
        "COP",
    )
