"""What English never does is put right in the trees."""

from __future__ import annotations

import pytest

from communique.language.tree import mended

WORDS = ["Norland", "denied", "shelling", "the", "town", "."]


@pytest.mark.parametrize(
    ("heads", "relations"),
    [
        ([3, 3, 0, 5, 3, 3], ["nsubj", "aux", "root", "det", "obj", "punct"]),
        ([3, 0, 2, 5, 3, 2], ["nsubj", "root", "xcomp", "det", "obj", "punct"]),
    ],
    ids=["a verb for an auxiliary", "a subject past its verb"],
)
def test_a_verb_heads_its_complement_and_has_its_own_subject(heads: list[int], relations: list[str]) -> None:
    pos = ["PROPN", "AUX", "VERB", "DET", "NOUN", "PUNCT"]
    mended(WORDS, heads, relations, pos)
    assert heads == [2, 0, 2, 5, 3, 2]
    assert relations == ["nsubj", "root", "xcomp", "det", "obj", "punct"]


def test_auxiliaries_are_left_alone() -> None:
    heads, relations, pos = [3, 3, 0], ["nsubj", "aux", "root"], ["PROPN", "AUX", "VERB"]
    mended(["Norland", "has", "denied"], heads, relations, pos)
    assert (heads, relations) == ([3, 3, 0], ["nsubj", "aux", "root"])
