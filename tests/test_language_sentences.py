"""Paragraphs, sentences and words of news pages, by rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.sentences import LONGEST, paragraphs, sentences
from communique.language.tokens import Words


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


def split(text: str, words: Words) -> list[str]:
    found = []
    for start, end in paragraphs(text, 0, len(text)):
        places = words.of(text[start:end], start)
        found += [text[places[a][0] : places[b - 1][1]] for a, b in sentences(text, places)]
    return found


CASES = {
    "an abbreviation before a name": ["The U.S. Senate met.", "It voted."],
    "an abbreviation that ends a sentence": ["He flew to the U.S.", "The talks went on."],
    "ranks": ["Gen. Ana Ruiz and Brig. Leo Paz met Sgt. Dole.", "They agreed."],
    "an initial": ["Juan D. Ortega spoke to J. R. Blanco.", "Nobody else did."],
    "a quotation that closes after the stop": ["“We will not go.”", "The crowd cheered."],
    "straight quotation marks": ['"We will not go."', '"You must," he said.'],
    "a question with its speaker after it": ["“Who gave the order?” Ruiz asked.", "No one answered."],
    "an exclamation with a pronoun after it": ["“Leave now!” she said.", "They left."],
    "an ellipsis inside brackets": ["“It was an act of terror […]", "An act of hate,” said Ruiz."],
    "an ellipsis that goes on": ["They waited ... and then left.", "It rained."],
    "numbers and dates": ["It cost $1.5 million on Jan. 3 at 6 p.m. local time.", "It rose 2.5 percent."],
    "no blank after the stop": ["The army left.", "The police stayed."],
    "a list mark": ["1. Recognise the vote.", "Release all prisoners."],
    "a company": ["Petrol Inc. Chairman Leo Paz resigned.", "Its shares fell."],
}


@pytest.mark.parametrize("name", CASES)
def test_sentences_end_where_a_reader_ends_them(name: str, words: Words) -> None:
    blank = "" if name == "no blank after the stop" else " "
    assert split(blank.join(CASES[name]), words) == CASES[name]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("LIMA – The government fell on Monday.", "LIMA –"),
        ("LIMA, Peru (AP) — The government fell.", "LIMA, Peru (AP) —"),
        ("WASHINGTON (Agency) - The senator left.", "WASHINGTON (Agency) -"),
        ("SAN SALVADOR, 9 MAY 89 (ACAN) -- THE ARMY LEFT.", "SAN SALVADOR, 9 MAY 89 (ACAN) --"),
    ],
)
def test_a_dateline_stands_apart(text: str, dateline: str, words: Words) -> None:
    assert split(text, words)[0] == dateline
    assert len(split(text, words)) == 2


@pytest.mark.parametrize("text", ["The president – once a soldier – resigned.", "Ruiz-Paz left - late."])
def test_a_dash_in_a_sentence_makes_no_dateline(text: str, words: Words) -> None:
    assert split(text, words) == [text]


def test_a_headline_without_stop_ends_with_its_line(words: Words) -> None:
    assert split("Army backs president\nThe army said so.", words) == [
        "Army backs president",
        "The army said so.",
    ]


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph(words: Words) -> None:
    text = (
        "THE GOVERNMENT OF THE REPUBLIC TODAY REJECTED THE OFFER OF THE REBELS\n"
        "TO LAY DOWN THEIR ARMS IN RETURN FOR AN AMNESTY THAT WOULD COVER ALL\n"
        "CRIMES OF THE LAST TEN YEARS, A SPOKESMAN TOLD REPORTERS.\n\nTHE ARMY AGREED."
    )
    assert len(split(text, words)) == 2


def test_a_wire_whose_widest_line_runs_over_is_wrapped_all_the_same(words: Words) -> None:
    text = (
        "THE GOVERNMENT OF THE REPUBLIC TODAY REJECTED THE OFFER OF THE REBELS TO LAY\n"
        "DOWN THEIR ARMS IN RETURN FOR AN AMNESTY THAT WOULD COVER THE CRIMES OF\n"
        "THE LAST TEN YEARS. A SPOKESMAN FOR THE MINISTRY TOLD REPORTERS IN THE\n"
        "CAPITAL THAT NO TALKS WERE PLANNED. THE ARMY AGREED."
    )
    assert len(split(text, words)) == 3


@pytest.mark.parametrize(
    "lines",
    [
        ["Army backs president as thousands march through the capital", "Rebels free forty soldiers taken in raid on northern base",
         "Court orders retrial of former minister in bribery affair", "Two killed as police clear road blocks near the border"],
        ["Recognise the vote", "Release all prisoners", "Call an election within the year"],
    ],
)  # fmt: skip
def test_lines_of_a_list_are_sentences_of_their_own(lines: list[str], words: Words) -> None:
    assert split("\n".join(lines), words) == lines


def test_a_list_with_marks_is_read_item_by_item(words: Words) -> None:
    lines = [
        "The rebels ask for three things:",
        "• an end to the raids",
        "2. A date for the vote.",
        "(c) amnesty",
    ]
    assert split("\n".join(lines), words) == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Ana Roca\nThe army left.", ["By Ana Roca", "The army left."]),
        ("By ANA ROCA, Staff Writer\nLIMA — The army left.", ["By ANA ROCA, Staff Writer", "LIMA —", "The army left."]),
        ("Army leaves\n\nBy Ana Roca\n\nThe army left. It rained.", ["Army leaves", "By Ana Roca", "The army left.", "It rained."]),
    ],
)  # fmt: skip
def test_headline_and_byline_are_not_glued_to_the_first_sentence(
    text: str, expected: list[str], words: Words
) -> None:
    assert split(text, words) == expected


def test_a_sentence_in_capitals_ends_like_any_other(words: Words) -> None:
    text = "GEN. PADRINO LEFT THE U.S. EMBASSY AT 6 P.M. ON MONDAY. THE U.N. OBSERVERS STAYED."
    assert len(split(text, words)) == 2


def test_a_long_sentence_is_cut_without_losing_a_word(words: Words) -> None:
    text = "They named " + ", ".join(f"the mayor of town {n}" for n in range(120)) + "."
    places = words.of(text)
    bounds = sentences(text, places)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(places)
    assert all(a[1] == b[0] for a, b in pairwise(bounds))
    assert max(b - a for a, b in bounds) <= LONGEST
    assert all(text[places[b - 1][0]] == "," for _, b in bounds[:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-backed troops", ["US", "-", "backed", "troops"]),
        ("U.S.-backed troops", ["U.S.", "-", "backed", "troops"]),
        ("He didn’t go; they’re here.", ["He", "did", "n’t", "go", ";", "they", "’re", "here", "."]),
        ("Maj. Paz, 41,", ["Maj.", "Paz", ",", "41", ","]),
        ("peace 🕊️ now", ["peace", "🕊", "️", "now"]),
    ],
)
def test_words_are_those_of_the_training_data(text: str, expected: list[str], words: Words) -> None:
    assert [text[s:e] for s, e in words.of(text)] == expected


@given(text=st.text(max_size=80))
def test_every_visible_character_lies_in_one_word(text: str, words: Words) -> None:
    covered = "".join(
        text[s:e]
        for start, end in paragraphs(text, 0, len(text))
        for s, e in words.of(text[start:end], start)
    )
    assert "".join(covered.split()) == "".join(text.split())
