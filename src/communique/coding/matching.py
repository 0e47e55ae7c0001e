"""Where patterns match in a sentence, and which tokens fill their roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.coding.patterns import Pattern, Patterns
from communique.records import EventWord
from communique.syntax import Tree

WORD_POS = {"verb": {"VERB", "AUX"}, "noun": {"NOUN", "PROPN"}, "adjective": {"ADJ"}}
LIGHT_VERBS = frozenset(
    "hold carry conduct launch stage make take have issue impose lift give offer pay begin start "
    "resume continue end open express reach sign announce deliver mount wage commit perform lead "
    "order attend host join enter receive undergo face suffer declare pledge grant send deploy "
    "plan prepare step engage participate involve convene organize organise slap place lodge file "
    "voice show extend provide win seek reject call break suspend cancel put".split()
)
"""Verbs that lend their subject to an event noun: held talks, carried out an attack."""
ANNULLING = frozenset(
    "suspension ban lack absence cancellation prohibition halt prevention avoidance".split()
)
ENCODER = "encoder"
"""Stands for the pattern of what the encoder alone proposes."""
COMPANIONS = frozenset({"with", "between", "among"})


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern at a word of a sentence; `actor` and `recipient` are token indices."""

    pattern: Pattern
    trigger: int
    words: tuple[int, ...]
    """The event's words: the trigger with its particle and the object that belongs to it."""
    actor: tuple[int, ...]
    recipient: tuple[int, ...]
    word: EventWord | None = None
    """What the encoder says of the event's most telling word."""
    share: float | None = None
    """Share of probability that the encoder gives to the category; None where it was not asked."""

    @property
    def by_pattern(self) -> bool:
        """Whether a pattern found it, and not the encoder alone."""
        return self.pattern.id != ENCODER

    @property
    def told(self) -> EventWord | None:
        """What the encoder says, where it gives the category any share."""
        return self.word if self.share else None


class Matcher:
    """Finds the patterns of one sentence."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def matches(self, tree: Tree) -> list[Match]:
        """Return one match a trigger word: a user's own pattern, else the one that asks for most."""
        found: list[Match] = []
        guarded = _Guarded(tree)
        by_lemma = self.patterns.by_lemma
        for index, lemma in enumerate(tree.lemmas):
            if lemma not in by_lemma:
                continue
            candidates = [
                pattern
                for pattern in by_lemma[lemma]
                if _pos_fits(tree, index, pattern) and _allowed(guarded, index, pattern)
            ]
            if candidates:
                best = max(candidates, key=lambda pattern: (pattern.own, pattern.weight, pattern.id))
                found.append(bind(tree, index, best))
        return _without_light_nouns(found)


def _pos_fits(tree: Tree, index: int, pattern: Pattern) -> bool:
    token = tree.tokens[index]
    if token.pos not in WORD_POS[pattern.word_class]:
        return False
    if pattern.word_class == "verb":
        return not (token.relation in {"amod", "compound"} and token.tag in {"VBG", "VBN"})
    if pattern.word_class == "adjective":
        return True
    return token.relation not in {"compound", "amod", "flat"} and not _annulled(tree, index)


class _Guarded:
    """The lemmas of one sentence that guards ask for: the patterns of a word ask for the same ones again and again."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._known: dict[tuple[int, str], set[str]] = {}

    def lemmas(self, index: int, name: str) -> set[str]:
        """Return the lemmas that stand where a guard looks."""
        found = self._known.get((index, name))
        if found is None:
            found = self._known[index, name] = {self.tree.lemma(i) for i in _guarded(self.tree, index, name)}
        return found


def _allowed(guarded: _Guarded, index: int, pattern: Pattern) -> bool:
    """Say whether all that a pattern asks for is there, and nothing that it forbids."""
    for name, words in pattern.guards.items():
        if not _guard_holds(guarded, index, name, words):
            return False
    return not pattern.needs or all(fill(guarded.tree, index, role) for role in pattern.needs)


def _guard_holds(guarded: _Guarded, index: int, name: str, words: frozenset[str]) -> bool:
    if name == "figurative":
        tree = guarded.tree
        text = " ".join(tree.lemma(i) for i in tree.subtree(index))
        return not any(f" {word} " in f" {text} " for word in words)
    negated = name.startswith("not_")
    present = guarded.lemmas(index, name.removeprefix("not_"))
    if "*" in words:
        return bool(present) != negated
    return present.isdisjoint(words) if negated else not present.isdisjoint(words)


def _guarded(tree: Tree, index: int, name: str) -> list[int]:
    """Return the words where a guard looks."""
    if name == "object":
        return [tree.content_head(j) for i in tree.objects(index) for j in tree.conjuncts(i)]
    if name == "subject":
        return [tree.content_head(j) for i in tree.subjects(index) for j in tree.conjuncts(i)]
    if name == "complement":
        return tree.complements(index)
    if name == "particle":
        return tree.dependents(index, "compound:prt", "advmod", "advmod:prt")
    if name == "modifier":
        return tree.dependents(index, "amod", "compound", "nmod:poss")
    return _about(tree, index)


def _about(tree: Tree, index: int) -> list[int]:
    """The words under an event word, without its doer; for a noun, the phrases beside it as well."""
    doers = {j for i in tree.dependents(index, "nsubj") for j in tree.subtree(i)}
    head = tree.head(index)
    beside = tree.dependents(head, "obl") if head is not None and tree.tokens[index].pos == "NOUN" else []
    words = {*tree.subtree(index), *tree.objects(index), *beside}
    return [i for i in words if i != index and (i not in doers or i in tree.objects(index))]


def _annulled(tree: Tree, index: int) -> bool:
    """Say whether a noun only names what is lacking or forbidden: the suspension of aid, a ban on tests."""
    head = tree.head(index)
    return head is not None and tree.tokens[index].relation == "nmod" and tree.lemma(head) in ANNULLING


def bind(tree: Tree, index: int, pattern: Pattern) -> Match:
    """Fill a pattern's roles at a word."""
    actor = _first_filled(tree, index, pattern.actor)
    recipient = [i for i in _first_filled(tree, index, pattern.recipient) if i not in actor]
    if pattern.reciprocal:
        actor, recipient = _all_parties(tree, index, pattern), []
    return Match(pattern, index, tuple(_words(tree, index, pattern)), tuple(actor), tuple(recipient))


def _first_filled(tree: Tree, index: int, roles: tuple[str, ...]) -> list[int]:
    for role in roles:
        filled = [i for i in fill(tree, index, role) if i != index]
        if filled:
            return filled
    return []


def _all_parties(tree: Tree, index: int, pattern: Pattern) -> list[int]:
    """The parties of a reciprocal event: whoever stands in any of the roles."""
    sides = ("subject", "object") if pattern.word_class == "verb" else ()
    roles = (*sides, *pattern.actor, *pattern.recipient)
    parties: list[int] = []
    for role in roles:
        parties += [i for i in fill(tree, index, role) if i not in parties and i != index]
    return parties + [i for i in tree.within(index, COMPANIONS) if i not in parties]


def fill(tree: Tree, index: int, role: str) -> list[int]:
    """Return the tokens in one role of a word; roles are explained in docs/patterns.md."""
    if role.startswith("prep:"):
        return tree.oblique(index, frozenset(role.removeprefix("prep:").split("|")))
    simple = _simple_role(tree, index, role)
    return simple if simple is not None else _clausal_role(tree, index, role)


def _simple_role(tree: Tree, index: int, role: str) -> list[int] | None:
    match role:
        case "subject":
            return tree.subjects(index)
        case "object":
            return tree.objects(index)
        case "iobj":
            return tree.dependents(index, "iobj")
        case "agent" | "by":
            return tree.agent(index)
        case "possessive":
            return tree.dependents(index, "nmod:poss")
        case "modifier":
            return tree.dependents(index, "amod", "compound", "nmod:desc")
        case "of":
            return tree.own_oblique(index, frozenset({"of"}))
        case "between":
            return tree.oblique(index, frozenset({"between", "among"}))
    return None


def _clausal_role(tree: Tree, index: int, role: str) -> list[int]:
    head = _event_head(tree, index)
    match role:
        case "complement-subject":
            return [s for c in tree.complements(index) for s in tree.subjects(c)]
        case "complement-object":
            return [o for c in tree.complements(index) for o in tree.objects(c)]
        case "head-subject":
            return tree.subjects(head) if head is not None else tree.dependents(index, "nsubj")
        case "head-object":
            return [o for o in (tree.objects(head) if head is not None else []) if o != index]
        case "possessor-of-object":
            return [p for o in tree.objects(index) for p in _possessors(tree, o)]
    return []


def _event_head(tree: Tree, noun: int) -> int | None:
    """The light verb that governs an event noun, as its object or in a phrase under it."""
    head, relation = tree.head(noun), tree.tokens[noun].relation
    while head is not None and relation == "conj":
        noun, relation, head = head, tree.tokens[head].relation, tree.head(head)
    if head is None or relation not in {"obj", "obl", "nsubj:pass", "xcomp"}:
        return None
    return head if tree.lemma(head) in LIGHT_VERBS else None


def _possessors(tree: Tree, noun: int) -> Iterator[int]:
    yield from tree.dependents(noun, "nmod:poss")
    yield from (c for c in tree.dependents(noun, "nmod") if tree.preposition(c) in {"of", "by"})
    yield from tree.dependents(noun, "amod", "compound")
    yield from (s for clause in tree.dependents(noun, "acl") for s in tree.objects(clause) if s != noun)


def _words(tree: Tree, index: int, pattern: Pattern) -> list[int]:
    """The trigger, its particle and auxiliary-free object noun where the pattern names one."""
    words = [index, *tree.dependents(index, "compound:prt")]
    if "object" in pattern.guards:
        wanted = pattern.guards["object"]
        words += [o for o in tree.objects(index) if tree.lemma(tree.content_head(o)) in wanted]
    return sorted(words)


def _without_light_nouns(found: list[Match]) -> list[Match]:
    """Drop the noun of "held talks" where the verb's pattern already took it as its own."""
    taken = {word for match in found for word in match.words if word != match.trigger}
    return [match for match in found if match.trigger not in taken]
