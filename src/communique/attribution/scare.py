"""Quotation marks that make no statement: round a loaded word or a name, as in: sentenced the "spy"."""

from __future__ import annotations

from communique.attribution.cues import cues
from communique.attribution.elements import CLAUSES_SAID
from communique.attribution.passages import SHORTEST_QUOTATION, Page, Said
from communique.ontology import plover

MATERIAL = frozenset({2, 4})
"""Quads of deeds, as against words."""
DEED = "SANCTION"
"""A category of deeds, too, though PLOVER's table of quads puts it among words."""
LONGEST_NAME = 8
"""Words of a name or title in quotation marks, all in capitals: "We Are All Venezuela". Chosen by reading; not measured."""
SMALL = 4
"""Letters of a word from which on it has a capital in a name."""


def scared(laid: Page, said: Said) -> bool:
    """Say whether an attribution is only a deed with a quoted word in it: the reading model takes the marks for speech.

    A verb of the table of cues, a clause that is said, and a longer quotation are speech whatever else they are.
    """
    tree, head = said.tree, said.parts.head
    if tree.tokens[head].pos != "VERB" or tree.lemma(head) in cues().verbs or not _deed(said):
        return False
    clauses = tree.dependents(head, *CLAUSES_SAID, "xcomp")
    if any(said.first + clause in said.content for clause in clauses):
        return False
    quotations = [q for q in laid.quotations if said.content & set(q)]
    return bool(quotations) and all(_word_or_name(laid, quotation) for quotation in quotations)


def _deed(said: Said) -> bool:
    """Say whether the encoder takes the cue for a deed that is not done by words."""
    for act in said.tree.sentence.acts or ():
        if act.token == said.parts.head and act.categories:
            likeliest = max(act.categories, key=lambda pair: pair[1])[0]
            category = plover().categories.get(likeliest)
            return category is not None and (category.quad in MATERIAL or category.name == DEED)
    return False


def _word_or_name(laid: Page, quotation: range) -> bool:
    words = [laid.words[i].text for i in quotation if laid.words[i].pos != "PUNCT"]
    name = len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words if len(word) >= SMALL)
    return len(words) < SHORTEST_QUOTATION or name
