"""How what patterns find and what the encoder proposes become one list of matches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.coding.drafts import auxiliary_modes
from communique.coding.matching import Match
from communique.coding.patterns import Pattern
from communique.coding.proposals import joined, mode_of, parties, proposals
from communique.records import EventWord, Sentence, Span, Token
from communique.syntax import Tree
from samples import UNCOUNTED

WORDS = (
    ("Rebels", "NOUN", 1, "nsubj"),
    ("raided", "VERB", -1, "root"),
    ("two", "NUM", 3, "nummod"),
    ("towns", "NOUN", 1, "obj"),
    ("and", "CCONJ", 5, "cc"),
    ("farms", "NOUN", 3, "conj"),
)

COMING = (
    ("Rebels", "NOUN", 2, "nsubj"),
    ("will", "AUX", 2, "aux"),
    ("raid", "VERB", -1, "root"),
    ("farms", "NOUN", 2, "obj"),
)


def tree(words: tuple[tuple[str, str, int, str], ...] = WORDS) -> Tree:
    tokens, at = [], 0
    for word, pos, head, relation in words:
        tokens.append(Token(Span(at, at + len(word)), word, word.lower(), pos, "", head, relation))
        at += len(word) + 1
    return Tree(Sentence(Span(0, at - 1), tuple(tokens), (), 0, 0))


def word(token: int, **shares: float) -> EventWord:
    return EventWord(token, tuple(shares.items()), (), (), (), (), ())


def match(event: str, *words: int, own: bool = False) -> Match:
    pattern = Pattern("p", "verb", frozenset(), event, None, ("subject",), ("object",), own=own)
    return Match(pattern, words[0], words, (), ())


def codes(found: list[Match]) -> list[tuple[str, str]]:
    return [(m.pattern.event, m.pattern.id) for m in found]


@pytest.mark.parametrize(
    ("found", "acts", "expected"),
    [
        ([], [word(1, ASSAULT=0.9)], [("ASSAULT", "encoder")]),
        ([], [word(1, ASSAULT=0.5)], []),
        ([match("ASSAULT", 1)], [word(1, ASSAULT=0.3)], [("ASSAULT", "p")]),
        ([match("ASSAULT", 1)], [], []),
        ([match("ASSAULT", 1)], None, [("ASSAULT", "p")]),
        ([match("ASSAULT", 1, own=True)], [], [("ASSAULT", "p")]),
        ([match("ASSAULT", 1)], [word(1, COERCE=0.85, ASSAULT=0.12)], [("COERCE", "encoder")]),
        ([match("ASSAULT", 1)], [word(1, ASSAULT=0.8), word(3, COERCE=0.8)], [("ASSAULT", "p"), ("COERCE", "encoder")]),
    ],
    ids=[
        "the encoder alone, sure", "the encoder alone, unsure", "a pattern with some support",
        "a pattern against the encoder", "a pattern without the encoder", "a user's own pattern",
        "the encoder surely says otherwise", "two events",
    ],
)  # fmt: skip
def test_patterns_and_the_encoder_are_weighed(
    found: list[Match], acts: list[EventWord] | None, expected: list[tuple[str, str]]
) -> None:
    assert codes(joined(tree(), found, acts, UNCOUNTED)) == expected


def test_words_of_one_category_that_stand_together_are_one_proposal() -> None:
    acts = [word(0, CONSULT=0.6), word(1, CONSULT=0.9), word(5, CONSULT=0.7)]
    assert [p.tokens for p in proposals(acts)] == [(0, 1), (5,)]


def test_a_proposal_without_links_takes_its_parties_from_the_grammar() -> None:
    only = joined(tree(), [], [word(1, ASSAULT=0.9)], UNCOUNTED)[0]
    assert (only.actor, only.recipient) == ((0,), (3,))


def test_linked_words_are_given_by_the_heads_of_their_phrases() -> None:
    assert parties(tree(), [(2, 0.9), (3, 0.8), (4, 0.7), (5, 0.9), (0, 0.1)], (1,)) == (3,)


def test_the_mode_is_the_likeliest_of_the_category() -> None:
    told = replace(word(1), modes=(("", 0.2), ("beat", 0.3), ("arrest", 0.5)))
    assert mode_of(told, frozenset({"beat"})) == ("beat",)
    assert mode_of(replace(told, modes=(("", 0.6), ("beat", 0.3))), frozenset({"beat"})) == ()


def test_a_verb_and_its_particle_are_one_proposal() -> None:
    found = joined(called_off(), [], [word(1, REQUEST=0.7), word(2, REJECT=0.8)], UNCOUNTED)
    assert [(m.pattern.event, m.words) for m in found] == [("REJECT", (1, 2))]


def called_off() -> Tree:
    words = (
        ("Rebels", "NOUN", 1, "nsubj"),
        ("called", "VERB", -1, "root"),
        ("off", "ADP", 1, "compound:prt"),
    )
    tokens = tuple(
        Token(Span(10 * i, 10 * i + len(w)), w, w.lower(), pos, "", head, relation)
        for i, (w, pos, head, relation) in enumerate(words)
    )
    return Tree(Sentence(Span(0, 30), tokens, (), 0, 0))


@pytest.mark.parametrize(
    ("share", "aux", "expected"),
    [
        (0.9, {"future": 0.1}, ("future",)),
        (0.9, {}, ()),
        (0.3, {}, ("future",)),
        (0.9, {"future": 0.9, "historical": 0.8}, ("future", "historical")),
        (0.3, {"historical": 0.4}, ("future",)),
    ],
)
def test_what_the_words_tell_of_modality_is_weighed_against_the_encoder(
    share: float, aux: dict[str, float], expected: tuple[str, ...]
) -> None:
    told = replace(word(2, ASSAULT=share), auxiliary=tuple(aux.items()))
    assert auxiliary_modes(tree(COMING), replace(match("ASSAULT", 2), word=told, share=share)) == expected


def test_a_users_own_reader_leaves_modality_to_the_words() -> None:
    assert auxiliary_modes(tree(COMING), match("ASSAULT", 2)) == ("future",)
