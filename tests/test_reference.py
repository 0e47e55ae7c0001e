"""Who is meant by a pronoun, a common noun or a name without a country, on sentences invented for the purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique import Coder, Settings
from communique.knowledge.genders import of_name, of_pronoun, of_words, read_given_names
from communique.knowledge.settling import LEAST_MENTIONS
from communique.records import Analysis, Block, BlockKind, Document, Span
from test_knowledge import _sentence, at, coded, knowledge, read

PERU = (
    "Peru accused Chile.",
    "Peruvian police arrested farmers in Lima.",
    "Peru denied it.",
    "Peru rejected it.",
)


def test_a_name_without_a_country_takes_that_of_its_surroundings() -> None:
    cast, text = read(*PERU, "Jane Example met farmers.", people=("Jane Example",))
    member = at(cast, text, "Jane Example")
    assert member.code == "PER"
    assert "PER by the surroundings" in member.reason


def test_a_state_named_in_passing_is_no_surroundings() -> None:
    assert LEAST_MENTIONS > 1
    cast, text = read("Jane Example met France.", people=("Jane Example",))
    assert at(cast, text, "Jane Example").code is None


def test_where_states_are_named_alike_the_country_stays_open() -> None:
    many = (
        "Peru accused Chile.",
        "Brazil accused Cuba.",
        "Haiti met Peru.",
        "Chile met Brazil.",
        "Cuba met Haiti.",
    )
    cast, text = read(*many, "Jane Example arrived.", people=("Jane Example",))
    assert at(cast, text, "Jane Example").code is None


def test_he_and_she_are_told_apart_by_given_names_and_titles() -> None:
    people = ("Mary Example", "John Sample")
    cast, text = read("Mary Example met John Sample.", "She accused Iran.", "He denied it.", people=people)
    assert at(cast, text, "She").name == "Mary Example"
    assert at(cast, text, "He").name == "John Sample"


@pytest.mark.parametrize(
    ("words", "gender"),
    [("Mrs.", "f"), ("spokeswoman", "f"), ("King", "m"), ("policemen", "m"), ("envoy", "")],
)
def test_titles_and_role_nouns_tell_a_gender(words: str, gender: str) -> None:
    assert of_words(words) == gender


def test_a_surname_alone_tells_no_gender() -> None:
    given = read_given_names()
    assert (of_name("Mary Example", given), of_name("Mary", given), of_pronoun("they")) == ("f", "", "")


@pytest.mark.parametrize(
    ("first", "noun", "name"),
    [
        ("Hezbollah accused Israel.", "The group", "Hezbollah"),
        ("The CIA denied it.", "The agency", "Central Intelligence Agency"),
        ("The New York Times read letters.", "The paper", "The New York Times"),
    ],
)
def test_a_common_noun_means_the_organisation_named_before(first: str, noun: str, name: str) -> None:
    cast, text = read(first, f"{noun} denied it.")
    assert at(cast, text, noun).name == name


def test_one_official_and_several_are_two_members() -> None:
    cast, text = read("An Iranian official met reporters.", "Iranian officials denied it.")
    one, several = at(cast, text, "An Iranian official"), at(cast, text, "Iranian officials")
    assert (one.kind, several.kind) == ("person", "group")
    assert coded(one) == coded(several) == ("IRN", "GOV")


def test_who_is_of_no_state_has_no_sector() -> None:
    cast, text = read("Islamic State attacked Iraq.")
    assert coded(at(cast, text, "Islamic State")) == ("IMG", None)


@pytest.mark.parametrize(
    ("told", "description"),
    [
        ("Former mayor Mary Example met reporters.", "the former mayor"),
        ("Senator Mary Example met reporters.", "The Vermont senator"),
        ("Police chief Mary Example met reporters.", "the chief"),
    ],
)
def test_a_description_means_whom_the_text_has_called_so(told: str, description: str) -> None:
    people = ("Mary Example", "John Sample")
    cast, text = read(told, "John Sample denied it.", f"{description} said no.", people=people)
    assert at(cast, text, description).name == "Mary Example"


def test_a_headline_means_whom_the_text_calls_so_later() -> None:
    people = ("Mary Example",)
    cast, text = read(
        "Chile's attorney general denied it.", "Attorney General Mary Example spoke.", people=people
    )
    assert at(cast, text, "Chile's attorney general").name == "Mary Example"


@pytest.mark.parametrize("words", ["A former mayor", "One mayor", "The mayors"])
def test_another_of_the_same_office_is_somebody_else(words: str) -> None:
    cast, text = read("Mayor Mary Example spoke.", f"{words} denied it.", people=("Mary Example",))
    assert all(
        m.name != "Mary Example" for _, m in cast.at(Span(text.index(words), text.index(words) + len(words)))
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Protesters", "The demonstrators"),
        ("Chilean authorities", "The authorities"),
        ("Soldiers", "The troops"),
    ],
)
def test_groups_of_one_state_that_texts_call_in_turn_by_two_nouns_are_one(first: str, second: str) -> None:
    chile = ("Chile accused Peru.", "Chile denied it.", "Chile met Peru.")
    cast, text = read(*chile, f"{first} marched in Chile.", f"{second} arrested farmers in Chile.")
    assert at(cast, text, first) is at(cast, text, second)


def test_former_officials_are_not_the_officials() -> None:
    cast, text = read("Chilean officials met.", "Former Chilean officials denied it.")
    assert at(cast, text, "Chilean officials") is not at(cast, text, "Former Chilean officials")


def test_both_leaders_are_the_two_named_before() -> None:
    people = ("Mary Example", "John Sample")
    first = "President Mary Example met Prime Minister John Sample."
    cast, text = read(first, "Both leaders denied it.", "The two presidents left.", people=people)
    span = Span(text.index("Both"), text.index("Both") + len("Both leaders"))
    assert {m.name for mention, m in cast.at(span) if mention == span} == set(people)


def test_outside_of_a_quotation_he_is_nobody_named_only_inside() -> None:
    people = ("Mark Example", "John Sample")
    cast, text = read("Mark Example spoke.", 'He said "John Sample denied it".', "He left.", people=people)
    assert at(cast, text, "He", 1).name == "Mark Example"


def test_in_a_quotation_he_is_not_its_speaker_told_after_it() -> None:
    people = ("Mark Example", "John Sample")
    cast, text = read("Mark Example met John Sample.", '"He denied it", said John Sample.', people=people)
    assert at(cast, text, "He").name == "Mark Example"


def test_they_are_those_whom_and_joins() -> None:
    people = ("Mary Example", "John Sample")
    cast, text = read("Mary Example and John Sample met.", "They denied it.", people=people)
    span = Span(text.index("They"), text.index("They") + 4)
    assert {m.name for mention, m in cast.at(span) if mention == span} == set(people)


@pytest.mark.parametrize(
    ("first", "writing", "author"),
    [
        ("A report by the ACLU accused Egypt.", "The report", "American Civil Liberties Union"),
        ("A White House statement accused Egypt.", "The statement", "Government of United States"),
        ("A CIA study accused Egypt.", "The study", "Central Intelligence Agency"),
    ],
)
def test_a_writing_that_speaks_is_its_author(first: str, writing: str, author: str) -> None:
    cast, text = read(first, f"{writing} denied it.", day="2018-03-01")
    assert at(cast, text, writing.split()[1], 1).name == author


def test_a_writing_whose_author_nobody_told_is_nobody() -> None:
    cast, text = read("Peru accused Chile.", "The report denied it.", day="2018-03-01")
    assert not cast.at(Span(text.index("report"), text.index("report") + len("report")))


def test_who_says_a_sentence_at_its_end_is_none_of_whom_it_tells() -> None:
    people = ("Mark Example", "John Sample")
    lines = ("Mark Example said no.", "Iran met John Sample, he said.")
    text, sentences = "\n".join(lines), []
    for number, line in enumerate(lines):
        sentences.append(_sentence(line, text.index(line), number, people))
    tokens = list(sentences[1].tokens)
    tokens[5] = replace(tokens[5], head=6, relation="nsubj")
    sentences[1] = replace(sentences[1], tokens=tuple(tokens))
    document = Document("d", text, (Block(Span(0, len(text)), BlockKind.BODY, "en"),), language="en")
    cast = knowledge().recognise(Analysis(document, tuple(sentences)))
    assert at(cast, text, "he").name == "Mark Example"


def test_a_former_office_means_who_held_it_by_the_tables() -> None:
    first = "Hillary Clinton met reporters."
    people = ("Hillary Clinton",)
    cast, text = read(first, "The former secretary of state denied it.", day="2014-06-01", people=people)
    assert at(cast, text, "The former secretary of state").name == "Hillary Clinton"


@pytest.mark.parametrize(
    "text",
    [
        '"We condemn Iran," the Saudi foreign minister said.',
        '"We condemn Iran," according to the Saudi foreign minister.',
    ],
)
def test_who_speaks_is_found_without_the_parts_of_attributions(text: str) -> None:
    whole, bare = Coder().code_text(text), Coder(Settings(coding=False)).code_text(text)
    assert bare.cast == whole.cast
    assert any(Span(1, 3) in member.mentions for member in bare.cast.members)
    assert whole.statements
    assert whole.events
    assert not bare.statements
    assert not bare.events
