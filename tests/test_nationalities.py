"""What the words around a name or a noun tell of somebody's state, and who cannot be meant."""

from dataclasses import replace

import pytest

from communique.knowledge.grammar import doer_of, for_what, governor_of
from communique.knowledge.scan import Scene, words_of
from communique.records import Cast, Sentence, Span, Token
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


def test_a_regime_is_not_the_united_states() -> None:
    cast, text = read(
        "Donald Trump warned North Korea.", "The United States accused the regime.", day="2018-01-05"
    )
    assert codes(cast, text, "the regime") <= {"PRK", None}


def test_a_state_before_an_analyst_is_what_he_knows() -> None:
    cast, text = read(*PERU, "A Chile analyst met reporters.")
    assert codes(cast, text, "A Chile analyst") != {"CHL"}


def test_the_second_surname_may_be_left_out() -> None:
    cast, text = read(
        "Guatemala denied it.", "Otto Perez said no.", "President Perez left.", people=("Otto Perez", "Perez")
    )
    assert at(cast, text, "Otto Perez").name == at(cast, text, "President Perez").name
    assert at(cast, text, "Otto Perez").code == "GTM"


def test_the_presidents_are_the_two_of_different_states_who_were_named() -> None:
    people = ("Donald Trump", "Xi Jinping")
    cast, text = read(
        "Donald Trump met Xi Jinping.", "The presidents signed it.", day="2018-01-05", people=people
    )
    assert codes(cast, text, "The presidents") == {"USA", "CHN"}


def scene(text: str, tree: str) -> Scene:
    """Return a sentence with its tree, one `head relation` a word, the root's head being -1."""
    tokens, at_char = [], 0
    for word, link in zip(text.split(), tree.split(", "), strict=True):
        head, relation = link.split()
        span = Span(at_char, at_char + len(word))
        lemma = {"said": "say", "asked": "ask"}.get(word, word)
        tokens.append(Token(span, word, lemma, "VERB", "", int(head), relation))
        at_char += len(word) + 1
    sentence = Sentence(Span(0, len(text)), tuple(tokens), (), 0, 0)
    words = words_of(sentence, text)
    return Scene(0, sentence, words, (), (-1,) * len(words))


def test_what_somebody_says_of_it_begins_with_the_speaker() -> None:
    said = scene("Iran said it fled", "1 nsubj, -1 root, 3 nsubj, 1 ccomp")
    assert governor_of(said, 2) == ("say", 0)
    assert governor_of(scene("Iran left it fled", "1 nsubj, -1 root, 3 nsubj, 1 advcl"), 2) is None


@pytest.mark.parametrize(
    ("text", "tree", "at_word", "doer"),
    [
        ("Ann asked him", "1 nsubj, -1 root, 1 obj", 2, 0),
        ("Ann called Bob to thank him", "1 nsubj, -1 root, 1 obj, 4 mark, 1 advcl, 4 obj", 5, 0),
        ("Ann asked Bob to thank him", "1 nsubj, -1 root, 1 obj, 4 mark, 1 xcomp, 4 obj", 5, 2),
        ("Ann saw him", "1 nsubj, -1 root, 1 nsubj", 2, None),
    ],
)
def test_who_acts_on_a_pronoun_stands_in_its_clause_or_above(
    text: str, tree: str, at_word: int, doer: int | None
) -> None:
    assert doer_of(scene(text, tree), at_word) == doer


def test_a_president_of_another_state_behind_a_name_is_no_apposition() -> None:
    people = ("Emmanuel Macron", "Vladimir Putin")
    cast, text = read(
        "Vladimir Putin left.",
        "Reporters met Emmanuel Macron, the Russian president said.",
        day="2018-05-26",
        people=people,
    )
    assert at(cast, text, "the Russian president").name == "Vladimir Putin"
    assert at(cast, text, "Emmanuel Macron").code == "FRA"


def test_a_possessive_after_a_verdict_is_whoever_is_judged() -> None:
    tree = "1 nsubj, -1 root, 1 obj, 5 case, 5 nmod:poss, 1 obl"
    assert not for_what(scene("Peru condemned Chile over its war", tree), 4)
    told = scene("Peru condemned Chile over its war", tree)
    tokens = tuple(replace(t, lemma="condemn") if t.text == "condemned" else t for t in told.sentence.tokens)
    assert for_what(replace(told, sentence=replace(told.sentence, tokens=tokens)), 4)


def test_an_investigation_of_an_agency_speaks_for_it() -> None:
    cast, text = read(*PERU, "An Associated Press investigation claimed it.")
    assert codes(cast, text, "investigation") == {"USA"}
