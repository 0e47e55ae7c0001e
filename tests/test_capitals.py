"""Whether a capital is its government or a town, by its place in the tree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.knowledge.capitals import governs
from test_knowledge import _sentence, knowledge


@pytest.mark.parametrize(
    ("text", "head", "relation", "pos", "lemma", "governing"),
    [
        ("Peru urged Moscow to wait", "urged", "obj", "VERB", "urge", True),
        ("Peru visited Moscow on Monday", "visited", "obj", "VERB", "visit", False),
        ("Peru feared Moscow's demands", "demands", "nmod:poss", "NOUN", "demand", True),
        ("Peru left Moscow's airport", "airport", "nmod:poss", "NOUN", "airport", False),
        ("Peru raised pressure on Moscow", "pressure", "nmod", "NOUN", "pressure", True),
        ("Peru opened talks in Moscow", "talks", "nmod", "NOUN", "talk", False),
        ("Peru opened talks with Moscow", "talks", "nmod", "NOUN", "talk", True),
        ("Peru flew envoys to Moscow", "flew", "obl", "VERB", "fly", False),
        ("Peru held the Moscow bombing suspects", "bombing", "compound", "NOUN", "bombing", False),
        ("Moscow was accused of it", "accused", "nsubj:pass", "VERB", "accuse", True),
        ("Moscow was bombed again", "bombed", "nsubj:pass", "VERB", "bomb", False),
        ("Moscow is ready to talk", "ready", "nsubj", "ADJ", "ready", True),
    ],
)
def test_a_capital_governs_by_what_it_does_owns_or_is_done_to(
    text: str, head: str, relation: str, pos: str, lemma: str, governing: bool
) -> None:
    plain = _sentence(text, 0, 0, ())
    above = next(n for n, token in enumerate(plain.tokens) if token.text == head)
    tokens = tuple(
        replace(token, head=above, relation=relation)
        if token.text == "Moscow"
        else replace(token, pos=pos, lemma=lemma)
        if n == above
        else token
        for n, token in enumerate(plain.tokens)
    )
    scene = knowledge().finder.scene(0, replace(plain, tokens=tokens), text, False)
    hit = next(hit for hit in scene.hits if hit.how() == "capital")
    assert governs(scene, hit) is governing
