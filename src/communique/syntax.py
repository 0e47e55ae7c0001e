"""A sentence as a tree to ask questions of: who is the subject, what does a phrase cover.

Labels are Universal Dependencies 2. Passives are turned round, so that `subjects` always gives the
doer and `objects` the one that it is done to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from communique.records import Sentence, Span, Token

CLAUSES = frozenset({"ccomp", "xcomp", "acl", "acl:relcl", "advcl", "parataxis", "csubj"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
RELATIVE_WORDS = frozenset({"who", "which", "that", "whom", "whose"})
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow week month year day".split()
)
"""Words of time: "on Monday" fills no role."""
QUANTITIES = frozenset(
    "group number hundred thousand million dozen score member majority some many all part series "
    "handful wave crowd couple pair coalition most several few lot".split()
)
"""Nouns that stand for what follows their "of": a group of officers, dozens of protesters."""
# A clause above these is not the speaker's or doer's own: stop looking for an inherited subject.
INHERITING = frozenset({"conj", "xcomp", "advcl"})
OBJECT_CONTROL = frozenset(
    "urge ask order tell force prompt accuse allow permit encourage warn invite persuade call press push "
    "help beg implore instruct compel enable lead get pressure blame suspect convict charge criticize "
    "criticise condemn praise thank denounce stop prevent ban bar bring want expect allege".split()
)
"""Verbs whose object is the doer of what follows: urged Iran to stop, accused Iran of helping."""


def runs(indices: Iterable[int], gap: int = 1) -> list[list[int]]:
    """Return ascending indices in groups whose neighbours stand at most `gap` apart.

    >>> runs([1, 2, 5])
    [[1, 2], [5]]
    """
    found: list[list[int]] = []
    for index in indices:
        if found and index - found[-1][-1] <= gap:
            found[-1].append(index)
        else:
            found.append([index])
    return found


class Tree:
    """One sentence's dependency tree, with the look-ups that coding needs."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self._above: dict[int, list[int]] = {}
        self._passive: dict[int, bool] = {}
        self._prepositions: dict[int, str] = {}

    @cached_property
    def children(self) -> list[list[int]]:
        """For each token, the indices of its dependents in the order of the text."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if 0 <= token.head < len(self.tokens) and token.head != index:
                found[token.head].append(index)
        return found

    def dependents(self, index: int, *relations: str) -> list[int]:
        """Return the dependents of a token whose relation is one of `relations`."""
        children = self.children[index]
        if not children:
            return []
        tokens = self.tokens
        return [child for child in children if tokens[child].relation in relations]

    @cached_property
    def lemmas(self) -> list[str]:
        """The lower-case lemmas of the tokens."""
        return [token.lemma.lower() for token in self.tokens]

    def lemma(self, index: int) -> str:
        """Return the lower-case lemma of a token."""
        return self.lemmas[index]

    def subtree(self, index: int) -> list[int]:
        """Return a token and all that hangs on it, in the order of the text."""
        children = self.children
        if not children[index]:
            return [index]
        found, stack = {index}, [index]
        while stack:
            for child in children[stack.pop()]:
                if child not in found:
                    found.add(child)
                    stack.append(child)
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the governors of a token, nearest first."""
        above = self._above.get(index)
        if above is None:
            above = self._above[index] = self._governors(index)
        return iter(above)

    def _governors(self, index: int) -> list[int]:
        tokens, found, seen = self.tokens, [], {index}
        head = tokens[index].head
        while 0 <= head < len(tokens) and head not in seen:
            found.append(head)
            seen.add(head)
            head = tokens[head].head
        return found

    def head(self, index: int) -> int | None:
        """Return the governor of a token, or None at the root."""
        head = self.tokens[index].head
        return head if 0 <= head < len(self.tokens) and head != index else None

    def head_within(self, span: Span) -> int | None:
        """Return the token of a span that governs the others in it, None where it lies outside of the sentence."""
        inside = [i for i, token in enumerate(self.tokens) if span.covers(token.span)]
        return next((i for i in inside if self.head(i) not in inside), None)

    # ------------------------------------------------------------------ phrases

    def phrase(self, index: int) -> list[int]:
        """Return a noun phrase: the head with its modifiers, without clauses and coordinated parts."""
        found, stack = {index}, [index]
        while stack:
            here = stack.pop()
            for child in self.children[here]:
                relation = self.tokens[child].relation
                outer = here == index and relation in {"conj", "cc", "case", "punct", "appos", "cop", "nsubj"}
                if not outer and relation.split(":")[0] not in CLAUSES and child not in found:
                    found.add(child)
                    stack.append(child)
        return sorted(found)

    def span(self, indices: list[int]) -> Span:
        """Return the span from the first to the last of the tokens."""
        return Span(self.tokens[min(indices)].span.start, self.tokens[max(indices)].span.end)

    def preposition(self, index: int) -> str:
        """Return the preposition that introduces a noun phrase: "with", "according to", or ""."""
        known = self._prepositions.get(index)
        if known is None:
            cases = self.dependents(index, "case", "mark")[:1]
            words = [word for case in cases for word in (case, *self.dependents(case, "fixed"))]
            known = self._prepositions[index] = " ".join(self.lemma(word) for word in words)
        return known

    def conjuncts(self, index: int) -> list[int]:
        """Return a token and the nouns coordinated with it, "but not the king" left out."""
        found = [index]
        for here in found:
            joined = (c for c in self.dependents(here, "conj") if self.tokens[c].pos in NOMINALS)
            found += [c for c in joined if not self._left_out(c)]
        return found

    def _left_out(self, index: int) -> bool:
        own = self.dependents(index, "advmod", "cc")
        return any(self.lemma(other) == "not" and other < index for other in own)

    def content_head(self, index: int) -> int:
        """Look through quantity nouns: from "group" to "officers" in "a group of officers"."""
        for _ in range(3):
            inner = [c for c in self.dependents(index, "nmod") if self.preposition(c) == "of"]
            if self.lemma(index) in QUANTITIES and inner:
                index = inner[0]
            else:
                break
        return index

    # ------------------------------------------------------------------ voice

    def is_passive(self, index: int) -> bool:
        """Say whether a verb is passive: "was arrested", "the men arrested by police"."""
        known = self._passive.get(index)
        if known is None:
            known = self._passive[index] = self._looks_passive(index)
        return known

    def _looks_passive(self, index: int) -> bool:
        if self.dependents(index, "nsubj:pass", "csubj:pass", "aux:pass"):
            return True
        token = self.tokens[index]
        participle = token.tag == "VBN" and not self.dependents(index, "aux", "nsubj")
        if token.relation in {"acl", "advcl", "amod"} and participle:
            return True
        if token.relation == "conj" and participle and not self.dependents(index, "obj"):
            head = self.head(index)
            return head is not None and self.tokens[head].pos == "VERB" and self.is_passive(head)
        return self._bare_headline_passive(index, participle)

    def _bare_headline_passive(self, index: int, participle: bool) -> bool:
        """Headlines drop the auxiliary: "Minister arrested in Lima"."""
        by = [c for c in self.dependents(index, "obl", "obl:agent") if self.preposition(c) == "by"]
        return participle and bool(by) and not self.dependents(index, "obj")

    def agent(self, index: int) -> list[int]:
        """Return the by-phrase of a passive verb or of an event noun."""
        found = self.dependents(index, "obl:agent")
        return found or [c for c in self.dependents(index, "obl", "nmod") if self.preposition(c) == "by"]

    # ------------------------------------------------------------------ arguments

    def subjects(self, index: int) -> list[int]:
        """Return the doer of a verb, following relative, participial and coordinated clauses."""
        if self.is_passive(index):
            return self.agent(index)
        return self._surface_subjects(index, depth=0)

    def _surface_subjects(self, index: int, depth: int) -> list[int]:
        own = self.dependents(index, "nsubj", "nsubj:outer")
        if own:
            return [self._antecedent(index, own[-1])]
        head, relation = self.head(index), self.tokens[index].relation
        if head is None or depth > 4:
            return []
        if relation in {"acl", "acl:relcl"} and self.tokens[head].pos in NOMINALS:
            return (
                [head] if self.tokens[index].tag in {"VBG", "VBZ", "VBP", "VBD", "VBN"} else self._owner(head)
            )
        if relation in INHERITING and self.tokens[head].pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            return self._inherited_subjects(index, head, depth)
        return []

    def _owner(self, noun: int) -> list[int]:
        """The doer of an infinitive under a noun: "Moscow's decision to withdraw"."""
        return self.dependents(noun, "nmod:poss") or self._light_subject(noun)

    def _light_subject(self, noun: int) -> list[int]:
        head = self.head(noun)
        if head is not None and self.tokens[noun].relation == "obj" and self.tokens[head].pos == "VERB":
            return self.subjects(head)
        return []

    def _inherited_subjects(self, index: int, head: int, depth: int) -> list[int]:
        relation = self.tokens[index].relation
        clausal = relation in {"xcomp", "advcl"} and self.tokens[index].tag != "VBD"
        controlling = self.objects(head) or self.dependents(head, "iobj")
        if clausal and self.lemma(head) in OBJECT_CONTROL and controlling:
            return controlling[:1]
        if relation == "conj" and self.is_passive(head):
            passive = self.dependents(head, "nsubj:pass")
            return passive or self._surface_subjects(head, depth + 1)
        if (
            relation == "advcl"
            and self.dependents(index, "mark")
            and self.tokens[index].tag in {"VBD", "VBZ"}
        ):
            return []
        if self.is_passive(head):
            return self.dependents(head, "nsubj:pass") or self._surface_subjects(head, depth + 1)
        return self._surface_subjects(head, depth + 1)

    def _antecedent(self, clause: int, argument: int) -> int:
        """Turn a relative pronoun into the noun that it stands for."""
        head = self.head(clause)
        if self.lemma(argument) not in RELATIVE_WORDS or head is None:
            return argument
        if self.tokens[clause].relation.startswith("acl"):
            return head
        loose = self.tokens[clause].relation == "advcl" and self.tokens[argument].tag == "WDT"
        before = self.dependents(head, "obj", "obl") if loose else []
        return before[0] if before and before[0] < argument else argument

    def objects(self, index: int) -> list[int]:
        """Return the one that it is done to: the object, or the subject of a passive."""
        if self.is_passive(index):
            return self._passive_objects(index)
        own = [child for child in self.dependents(index, "obj") if not self.dependents(child, "case")]
        if own:
            return [self._antecedent(index, own[0])]
        return self._relative_object(index)

    def _passive_objects(self, index: int) -> list[int]:
        own = self.dependents(index, "nsubj:pass")
        if own:
            return [self._antecedent(index, own[-1])]
        plain = self.dependents(index, "nsubj")[-1:]
        head, relation = self.head(index), self.tokens[index].relation
        if head is None or plain:
            return plain
        if relation in {"acl", "acl:relcl", "amod"} and self.tokens[head].pos in NOMINALS:
            return [head]
        if relation == "conj" and self.tokens[head].pos in {"VERB", "AUX"} and self.is_passive(head):
            return self._passive_objects(head)
        if relation in {"advcl", "xcomp", "conj"}:
            return self._surface_subjects(index, depth=0)
        return []

    def _relative_object(self, index: int) -> list[int]:
        """The noun before a relative clause that lacks its object: "the deal that Iran rejected"."""
        head = self.head(index)
        if self.tokens[index].relation != "acl:relcl" or head is None:
            return []
        subject = self.dependents(index, "nsubj")
        return [head] if subject and self.lemma(subject[-1]) not in RELATIVE_WORDS else []

    def oblique(self, index: int, prepositions: frozenset[str]) -> list[int]:
        """Return the phrases under a word that one of the prepositions introduces, its object's too."""
        found = self.own_oblique(index, prepositions)
        if not found:
            found = self.within(index, prepositions)[:1]
        if not found and self.tokens[index].relation in {"obj", "obl", "nsubj:pass"}:
            head = self.head(index)
            if head is not None and self.tokens[head].pos == "VERB":
                found = self.own_oblique(head, prepositions)
        return found

    def own_oblique(self, index: int, prepositions: frozenset[str]) -> list[int]:
        return [
            child
            for child in self.dependents(index, "obl", "nmod", "obj", "iobj", "advcl", "acl")
            if self.preposition(child) in prepositions
            and self.tokens[child].pos in NOMINALS
            and self.lemma(child) not in CALENDAR
        ]

    def within(self, index: int, prepositions: frozenset[str]) -> list[int]:
        """Return phrases of these prepositions anywhere under a word, except inside its clauses."""
        found, stack = [], [index]
        while stack:
            for child in self.children[stack.pop()]:
                relation = self.tokens[child].relation
                if relation in {"conj", "nsubj"} or relation.split(":")[0] in CLAUSES:
                    continue
                stack.append(child)
                if self.preposition(child) in prepositions and self.tokens[child].pos in NOMINALS:
                    found.append(child)
        return sorted(found)

    def complements(self, index: int) -> list[int]:
        """Return the clauses under a word: xcomp, ccomp, acl, and the advcl of "accused of doing"."""
        own = self.dependents(index, "xcomp", "ccomp", "acl", "advcl")
        nominal = [c for noun in self.dependents(index, "obj") for c in self.dependents(noun, "acl")]
        return own + nominal
