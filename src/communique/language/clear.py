"""From the dependencies of spaCy's English pipelines (the CLEAR scheme) to Universal Dependencies 2.

What a label alone tells is renamed; prepositions go below what they introduce, predicates above "be",
coordinated parts below the first of them, and persons' names below their first word, as EWT has it.
The scheme is that of the ClearNLP converter (Choi and Palmer 2012), whose labels `spacy.explain` lists;
how often this agrees with hand-drawn trees has not been measured, since no such pipeline is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RENAMED = {
    "ROOT": "root", "acomp": "xcomp", "agent": "obl:agent", "attr": "xcomp", "auxpass": "aux:pass",
    "csubjpass": "csubj:pass", "dative": "iobj", "dobj": "obj", "intj": "discourse", "meta": "dep", "neg": "advmod",
    "nsubjpass": "nsubj:pass", "oprd": "xcomp", "pcomp": "ccomp", "pobj": "obl", "poss": "nmod:poss",
    "preconj": "cc:preconj", "predet": "det:predet", "prep": "advmod", "prt": "compound:prt", "quantmod": "advmod",
    "relcl": "acl:relcl",
}  # fmt: skip
"""Labels with one counterpart, and what is left of the others after their words have moved."""

_CLAUSAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_BE = frozenset("be am is are was were been being 's 're 'm ’s ’re ’m".split())
_FIXED = frozenset(
    {("according", "to"), ("because", "of"), ("due", "to"), ("instead", "of"), ("such", "as"), ("as", "to")}
)
"""Two prepositions that Universal Dependencies takes for one, joined by `fixed`."""


@dataclass(slots=True)
class Heads:
    """A sentence while its tree is redrawn; heads count from 0, -1 for the root."""

    words: Sequence[str]
    tags: list[str]
    pos: Sequence[str]
    names: Sequence[str]
    heads: list[int]
    relations: list[str]

    def children(self, index: int, *relations: str) -> list[int]:
        """Return the dependents of a word, of these relations where some are given."""
        return [
            i
            for i, head in enumerate(self.heads)
            if head == index and (not relations or self.relations[i] in relations)
        ]

    def attach(self, index: int, head: int, relation: str) -> None:
        """Hang a word on another."""
        self.heads[index], self.relations[index] = head, relation

    def depth(self, index: int) -> int:
        """Count the words above a word."""
        count = 0
        while self.heads[index] >= 0 and count <= len(self.heads):
            index, count = self.heads[index], count + 1
        return count

    def is_clausal(self, index: int) -> bool:
        """Say whether what hangs on a word is oblique there, and no modifier of a noun."""
        return index < 0 or self.pos[index] in _CLAUSAL


def to_universal(tree: Heads) -> None:
    """Redraw a tree in place; one whose labels are universal already changes in nothing but `ROOT`."""
    if not set(tree.relations) & (RENAMED.keys() - {"ROOT"}):
        tree.relations[:] = [RENAMED.get(relation, relation) for relation in tree.relations]
        return
    _prepositions(tree)
    _coordination(tree)
    _predicates(tree)
    _persons(tree)
    _labels(tree)


def _prepositions(tree: Heads) -> None:
    """Put each preposition below what it introduces, the innermost first: "from under the table"."""
    introducing = [i for i in range(len(tree.words)) if _introduces(tree, i)]
    risen: set[int] = set()
    for word in sorted(introducing, key=tree.depth, reverse=True):
        inner = [i for i in tree.children(word) if i in risen or tree.relations[i] == "pobj"]
        inner += tree.children(word, "pcomp")
        if inner:
            _raise(tree, word, inner[0])
            risen.add(inner[0])


def _introduces(tree: Heads, index: int) -> bool:
    relation, head = tree.relations[index], tree.heads[index]
    if relation == "dative":
        return bool(tree.children(index, "pobj"))
    return relation in ("prep", "agent") or (relation == "conj" and tree.relations[head] in ("prep", "agent"))


def _raise(tree: Heads, word: int, inner: int) -> None:
    head, relation = tree.heads[word], tree.relations[word]
    clause = tree.relations[inner] == "pcomp" and tree.pos[inner] in ("VERB", "AUX")
    if relation == "conj":
        role = "conj"
    elif clause:
        role = "advcl" if tree.is_clausal(head) else "acl"
    elif relation == "agent":
        role = "obl:agent"
    else:
        role = "obl" if tree.is_clausal(head) else "nmod"
    for other in tree.children(word):
        second = tree.relations[other] == "pcomp" and tree.pos[other] == "ADP"  # "because of"
        tree.attach(other, inner, "case" if second else tree.relations[other])
    tree.attach(inner, head, role)
    tree.attach(word, inner, "mark" if clause else "case")
    following = [i for i in tree.children(inner, "case") if i == word + 1]
    if following and (tree.words[word].lower(), tree.words[word + 1].lower()) in _FIXED:
        tree.attach(word + 1, word, "fixed")


def _coordination(tree: Heads) -> None:
    """Hang all conjuncts on the first, coordinators and commas on the conjunct that follows them."""
    for index in range(len(tree.words)):
        if tree.relations[index] == "conj":
            first = tree.heads[index]
            while first >= 0 and tree.relations[first] == "conj" and first != index:
                first = tree.heads[first]
            tree.heads[index] = first
    for index, relation in enumerate(tree.relations):
        if relation == "cc" or tree.words[index] == ",":
            head = tree.heads[index]
            first = tree.heads[head] if tree.relations[head] == "conj" else head
            following = [i for i in tree.children(first, "conj") if i > index]
            if following and head >= 0:
                tree.heads[index] = following[0]


def _predicates(tree: Heads) -> None:
    """Put the predicate above "be": "she is president", "they are in Lima"; not in "there are talks"."""
    for be in range(len(tree.words)):
        if tree.words[be].lower() not in _BE or tree.relations[be] in ("aux", "auxpass", "case"):
            continue
        predicates = tree.children(be, "attr", "acomp")
        if tree.children(be, "expl"):
            for predicate in predicates:
                tree.relations[predicate] = "nsubj"
            continue
        places = [i for i in tree.children(be, "obl") if i > be]
        for predicate in (predicates or places)[:1]:
            head, relation = tree.heads[be], tree.relations[be]
            for other in tree.children(be):
                tree.heads[other] = predicate
            tree.attach(predicate, head, relation)
            tree.attach(be, predicate, "cop")


def _persons(tree: Heads) -> None:
    """Hang the words of a person's name on its first."""
    for last in range(len(tree.words)):
        first = last
        while first and _same_name(tree, first - 1, last):
            first -= 1
        if first == last or tree.relations[last] == "compound":
            continue
        head, relation = tree.heads[last], tree.relations[last]
        for other in tree.children(last):
            title = tree.relations[other] == "compound" and other < first
            tree.attach(other, first, "nmod:desc" if title else tree.relations[other])
        tree.attach(first, head, relation)
        for index in range(first + 1, last + 1):
            tree.attach(index, first, "flat")


def _same_name(tree: Heads, index: int, last: int) -> bool:
    named = tree.names[index] == tree.names[last] == "PERSON"
    return named and tree.relations[index] == "compound" and tree.heads[index] == last


def _labels(tree: Heads) -> None:
    for index, relation in enumerate(tree.relations):
        if relation == "npadvmod":
            kind = "obl" if tree.is_clausal(tree.heads[index]) else "nmod"
            tree.relations[index] = f"{kind}:unmarked"
        elif relation == "aux" and tree.tags[index] == "TO":
            tree.relations[index] = "mark"
        else:
            tree.relations[index] = RENAMED.get(relation, relation)
        if tree.relations[index] == "case" and tree.tags[index] == "TO":
            tree.tags[index] = "IN"
