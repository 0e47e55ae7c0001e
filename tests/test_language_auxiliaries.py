"""A verb is no auxiliary of the next one."""

from __future__ import annotations

from communique.language.tree import only_auxiliaries_help


def test_a_verb_taken_for_an_auxiliary_becomes_the_head() -> None:
    words = ["Norland", "denied", "shelling", "the", "town", "."]
    heads, relations = [3, 3, 0, 5, 3, 3], ["nsubj", "aux", "root", "det", "obj", "punct"]
    pos = ["PROPN", "AUX", "VERB", "DET", "NOUN", "PUNCT"]
    only_auxiliaries_help(words, heads, relations, pos)
    assert heads == [2, 0, 2, 5, 3, 2]
    assert relations == ["nsubj", "root", "xcomp", "det", "obj", "punct"]
    assert pos[1] == "VERB"


def test_auxiliaries_are_left_alone() -> None:
    heads, relations, pos = [3, 3, 0], ["nsubj", "aux", "root"], ["PROPN", "AUX", "VERB"]
    only_auxiliaries_help(["Norland", "has", "denied"], heads, relations, pos)
    assert (heads, relations) == ([3, 3, 0], ["nsubj", "aux", "root"])
