"""Whether an event happened, will, may, or did not: the auxiliary modes of PLOVER."""

from __future__ import annotations

from communique.syntax import Tree

NEGATIONS = frozenset({"not", "never", "n't", "no", "neither", "nor", "without", "hardly"})
NEGATING_VERBS = frozenset(
    {"fail", "decline", "avoid", "refrain", "stop", "prevent", "forget", "cease", "avert"}
)
FUTURE_MODALS = frozenset({"will", "shall", "'ll", "’ll", "wo"})
OPEN_MODALS = frozenset({"may", "might", "could", "would", "can", "should", "must", "'d", "ca"})
FUTURE_VERBS = frozenset(
    "plan intend expect schedule prepare set go due aim mean pledge promise vow agree slate poise".split()
)
OPEN_VERBS = frozenset(
    "want hope seek try attempt consider wish threaten like need warn fear risk urge call demand ask decide "
    "propose suggest allow enable discuss require".split()
)
OPEN_ADJECTIVES = frozenset(
    "close near likely unlikely able unable ready willing keen eager reluctant possible".split()
)
OPEN_NOUNS = frozenset(
    "possibility threat risk fear prospect chance danger plan idea potential likelihood proposal hope "
    "option attempt bid effort readiness willingness case event need desire wish call".split()
)
OPEN_MODIFIERS = frozenset(
    {"possible", "potential", "likely", "hypothetical", "would-be", "alleged", "future"}
)
FUTURE_MODIFIERS = frozenset({"upcoming", "planned", "coming", "future", "forthcoming", "scheduled", "next"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "should"})


def auxiliary(tree: Tree, trigger: int) -> tuple[str, ...]:
    """Return the auxiliary modes that the words around an event carry: future, hypothetical, negation."""
    verb = _governing_verb(tree, trigger)
    found = []
    if _negated(tree, trigger) or (verb is not None and _negated(tree, verb)):
        found.append("negation")
    places = [trigger] if verb is None else [trigger, verb]
    if any(_future(tree, place) for place in places):
        found.insert(0, "future")
    elif any(_open(tree, place) for place in places):
        found.insert(0, "hypothetical")
    return tuple(found)


def _governing_verb(tree: Tree, trigger: int) -> int | None:
    """The verb that an event noun is an argument of: "talks" in "will hold talks"."""
    head = tree.head(trigger)
    if tree.tokens[trigger].pos == "VERB" or head is None:
        return None
    argument = tree.tokens[trigger].relation in {"obj", "nsubj", "nsubj:pass", "obl"}
    return head if argument and tree.tokens[head].pos == "VERB" else None


def _negated(tree: Tree, index: int) -> bool:
    here = {
        tree.lemma(c) for c in tree.dependents(index, "advmod", "det", "cc:preconj", "case", "mark", "neg")
    }
    head = tree.head(index)
    avoided = (
        head is not None and tree.tokens[index].relation == "xcomp" and tree.lemma(head) in NEGATING_VERBS
    )
    return bool(here & NEGATIONS) or avoided


def _modals(tree: Tree, index: int) -> set[str]:
    modals = {tree.lemma(c) for c in tree.dependents(index, "aux")} | {
        tree.tokens[c].text.lower() for c in tree.dependents(index, "aux")
    }
    head = tree.head(index)
    if not modals and head is not None and tree.tokens[index].relation == "conj":
        return _modals(tree, head) if tree.tokens[head].pos == "VERB" else modals
    return modals


def _future(tree: Tree, index: int) -> bool:
    if _modals(tree, index) & FUTURE_MODALS:
        return True
    if any(tree.lemma(c) in FUTURE_MODIFIERS for c in tree.dependents(index, "amod")):
        return True
    head = tree.head(index)
    return head is not None and tree.tokens[index].relation == "xcomp" and tree.lemma(head) in FUTURE_VERBS


def _open(tree: Tree, index: int) -> bool:
    if _modals(tree, index) & OPEN_MODALS or _conditional(tree, index):
        return True
    if any(tree.lemma(c) in OPEN_MODIFIERS for c in tree.dependents(index, "amod")):
        return True
    head, relation = tree.head(index), tree.tokens[index].relation
    if head is None:
        return False
    if relation in {"xcomp", "ccomp", "advcl"} and tree.lemma(head) in OPEN_VERBS:
        return tree.tokens[index].tag in {"VB", "VBG"}
    if relation in {"xcomp", "ccomp", "advcl"} and tree.lemma(head) in OPEN_ADJECTIVES:
        return True
    under_noun = relation in {"acl", "nmod"} and tree.tokens[index].relation != "acl:relcl"
    return under_noun and tree.lemma(head) in OPEN_NOUNS


def _conditional(tree: Tree, index: int) -> bool:
    """Say whether the clause of a word hangs on a condition."""
    here: int | None = index
    for _ in range(4):
        if here is None:
            return False
        marks = {tree.lemma(c) for c in tree.dependents(here, "mark")}
        if marks & CONDITIONS:
            return True
        if tree.tokens[here].relation not in {"obj", "obl", "xcomp", "conj", "nsubj"}:
            return False
        here = tree.head(here)
    return False
