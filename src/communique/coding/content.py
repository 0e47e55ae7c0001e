"""What is asked or refused: the words of it, and the mode that they tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.coding.matching import LIGHT_VERBS
from communique.syntax import Tree

FOR = frozenset({"for", "of", "to"})
"""Prepositions before what is asked: a call for talks, a demand of reform, an appeal to reason."""


def asked_mode(tree: Tree, trigger: int, words: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the mode of the first word of what is asked that a list has; nothing where no list has any."""
    for index in _asked(tree, trigger):
        lemma = tree.lemma(tree.content_head(index))
        found = next((mode for mode, lemmas in words.items() if lemma in lemmas), None)
        if found is not None:
            return (found,)
    return ()


def _asked(tree: Tree, trigger: int) -> Iterator[int]:
    """Yield the words of what is asked: the clause's verb with its object, or the thing itself."""
    for clause in tree.complements(trigger):
        parts = [clause, *tree.objects(clause), *tree.dependents(clause, "xcomp")]
        yield from reversed(parts) if tree.lemma(clause) in LIGHT_VERBS else parts
    things = [*tree.oblique(trigger, frozenset({"for"})), *tree.objects(trigger)]
    things += [child for child in tree.dependents(trigger, "nmod") if tree.preposition(child) in FOR]
    yield from things
    if tree.tokens[trigger].pos == "NOUN":
        yield from tree.dependents(trigger, "compound", "amod")
