"""Whether an event happened, will, may, or did not: the auxiliary modes of PLOVER."""

from __future__ import annotations

import re

from communique.syntax import CALENDAR, Tree

NEGATIONS = frozenset({"not", "never", "n't", "no", "neither", "nor", "without", "hardly"})
NEGATING_VERBS = frozenset(
    "fail decline avoid refrain stop prevent forget cease avert omit neglect postpone delay".split()
)
ALMOST = frozenset({"almost", "nearly", "narrowly", "barely"})
"""Adverbs that say that an act did not come about."""
NOBODY = frozenset({"nobody", "none", "nothing", "no-one", "neither"})
COMING = frozenset({"tomorrow", "soon", "next", "shortly"})
"""Adverbs that put a verb of the present tense into the future."""
PRESENT = frozenset({"VBZ", "VBP", "VBG"})
PERHAPS = frozenset({"perhaps", "maybe", "possibly", "potentially", "conceivably"})
AS_IF_NOT = re.compile(r"(?:instead of|rather than|far from|stop short of|put off|yet to)\b", re.IGNORECASE)
FUTURE_MODALS = frozenset({"will", "shall", "'ll", "’ll", "wo"})
OPEN_MODALS = frozenset({"may", "might", "could", "would", "can", "should", "must", "'d", "ca"})
PROMISING = frozenset("pledge promise vow agree offer".split())
"""Verbs that are themselves the promise of what follows them."""
TELLING = frozenset("say announce tell declare confirm state add pledge promise vow report".split())
"""Verbs in whose past tense "would" is the future that they told of."""
FUTURE_VERBS = frozenset(
    "plan intend expect schedule prepare set go due aim mean pledge promise vow agree slate poise".split()
)
OPEN_VERBS = frozenset(
    "want hope seek try attempt consider wish threaten like need warn fear risk urge call demand ask decide "
    "propose suggest allow enable discuss require weigh mull ponder contemplate explore debate".split()
)
OPEN_ADJECTIVES = frozenset(
    "close near likely unlikely able unable ready willing keen eager reluctant possible free".split()
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
    """Say whether a word is negated: by a particle, by who does it or what it is done to, by the verb above."""
    here = {
        tree.lemma(c) for c in tree.dependents(index, "advmod", "det", "cc:preconj", "case", "mark", "neg")
    }
    if here & (NEGATIONS | ALMOST):
        return True
    parties = tree.dependents(index, "nsubj", "nsubj:pass", "obj")
    if tree.tokens[index].pos == "VERB" and any(_nobody(tree, party) for party in parties):
        return True
    head = tree.head(index)
    if head is not None and tree.tokens[index].relation == "xcomp" and tree.lemma(head) in NEGATING_VERBS:
        return True
    before = " ".join(tree.tokens[i].text for i in range(max(0, index - 3), index))
    return tree.tokens[index].tag in {"VB", "VBG"} and AS_IF_NOT.search(before) is not None


def _nobody(tree: Tree, party: int) -> bool:
    """Say whether a party is no one: "nobody", "no officer", "neither side", "not one of them"."""
    determiners = {tree.lemma(c) for c in tree.dependents(party, "det", "advmod", "cc:preconj", "nummod")}
    one = tree.lemma(party) == "one" and bool({"no", "not"} & determiners)
    return tree.lemma(party) in NOBODY or one or bool(determiners & {"no", "neither", "not"})


def _modals(tree: Tree, index: int) -> set[str]:
    modals = {tree.lemma(c) for c in tree.dependents(index, "aux")} | {
        tree.tokens[c].text.lower() for c in tree.dependents(index, "aux")
    }
    head = tree.head(index)
    if not modals and head is not None and tree.tokens[index].relation == "conj":
        return _modals(tree, head) if tree.tokens[head].pos == "VERB" else modals
    return modals


def promised(tree: Tree, trigger: int) -> bool:
    """Say whether an act is what somebody promises: agreed to meet, pledged aid."""
    places = [trigger, _governing_verb(tree, trigger)]
    heads = [tree.head(place) for place in places if place is not None]
    return any(head is not None and tree.lemma(head) in PROMISING for head in heads)


def _told_then(tree: Tree, index: int) -> bool:
    """Say whether "would" only puts into the past what somebody said will be: announced that it would withdraw."""
    head = tree.head(index)
    if head is None or tree.tokens[index].relation != "ccomp" or "would" not in _modals(tree, index):
        return False
    past = tree.lemma(head) in TELLING and tree.tokens[head].tag in {"VBD", "VBN"}
    return past and not _conditional(tree, index) and not tree.dependents(index, "advcl")


def _future(tree: Tree, index: int) -> bool:
    if _modals(tree, index) & FUTURE_MODALS or _settled_to_come(tree, index) or _told_then(tree, index):
        return True
    if any(tree.lemma(c) in FUTURE_MODIFIERS for c in tree.dependents(index, "amod")):
        return True
    head = tree.head(index)
    if head is None or tree.tokens[index].relation != "xcomp":
        return False
    begun = tree.lemma(head) in {"begin", "start", "continue", "resume"} and _future(tree, head)
    return tree.lemma(head) in FUTURE_VERBS or begun


def _settled_to_come(tree: Tree, index: int) -> bool:
    """Say whether a verb is told as to come without a modal: "is to strike", "quits on Friday", "to sue"."""
    token = tree.tokens[index]
    to = [c for c in tree.dependents(index, "mark", "aux") if tree.lemma(c) == "to"]
    if token.tag in {"VB", "VBN"} and to:
        before = to[0] - 1
        after_be = before >= 0 and tree.lemma(before) in {"be", "about"}
        auxiliaries = any(tree.lemma(c) != "to" for c in tree.dependents(index, "aux"))
        headline = (
            token.relation == "root"
            and not auxiliaries
            and bool(tree.dependents(index, "nsubj", "nsubj:pass"))
        )
        return after_be or headline
    if token.tag not in PRESENT:
        return False
    times = tree.dependents(index, "advmod", "obl", "obl:tmod", "obl:unmarked")
    days = CALENDAR - {"today", "yesterday", "year", "month", "week", "day"}
    dated = token.tag != "VBG" and any(
        tree.lemma(c) in days for c in times if tree.tokens[c].relation != "advmod"
    )
    return dated or any(tree.lemma(c) in COMING for c in times)


def _open(tree: Tree, index: int) -> bool:
    if _modals(tree, index) & OPEN_MODALS or _conditional(tree, index):
        return True
    if any(tree.lemma(c) in OPEN_MODIFIERS for c in tree.dependents(index, "amod")):
        return True
    if any(tree.lemma(c) in PERHAPS for c in tree.dependents(index, "advmod")) or _on_condition(tree, index):
        return True
    head, relation = tree.head(index), tree.tokens[index].relation
    if head is None:
        return False
    if relation in {"xcomp", "ccomp", "advcl"} and tree.lemma(head) in OPEN_VERBS:
        return tree.tokens[index].tag in {"VB", "VBG"}
    if relation in {"xcomp", "ccomp", "advcl"} and tree.lemma(head) in OPEN_ADJECTIVES:
        return True
    done = relation == "acl" and tree.tokens[index].tag in {"VBN", "VBD"}
    under_noun = relation in {"acl", "nmod"} and not done
    return under_noun and tree.lemma(head) in OPEN_NOUNS


def _in_case(tree: Tree, index: int) -> bool:
    """Say whether a clause begins with "in case" or is turned round: "were customs to strike them off"."""
    first = min(tree.subtree(index))
    words = [tree.lemma(i) for i in range(first, min(first + 2, len(tree.tokens)))]
    if words[:2] == ["in", "case"]:
        return True
    inverted = (
        tree.tokens[first].text.lower() in {"were", "should", "had"} and "?" not in tree.tokens[-1].text
    )
    return inverted and tree.tokens[index].relation != "root"


def _on_condition(tree: Tree, index: int) -> bool:
    """Say whether a verb of the present tense hangs on a condition: "outlaws the rally only if …"."""
    clauses = tree.dependents(index, "advcl")
    marks = {tree.lemma(m) for c in clauses for m in tree.dependents(c, "mark")}
    return tree.tokens[index].tag in PRESENT and bool(marks & {"if", "unless"})


def _conditional(tree: Tree, index: int) -> bool:
    """Say whether the clause of a word hangs on a condition."""
    here: int | None = index
    for _ in range(4):
        if here is None:
            return False
        marks = {tree.lemma(c) for c in tree.dependents(here, "mark")}
        if marks & CONDITIONS or _in_case(tree, here):
            return True
        if tree.tokens[here].relation not in {"obj", "obl", "xcomp", "conj", "nsubj"}:
            return False
        here = tree.head(here)
    return False


CONCERNING = frozenset(
    "involve involvement nothing knowledge role part know hand responsible responsibility link tie connection "
    "anything aware guilty".split()
)
"""Words by which somebody is brought together with an act: "was not involved in", "had nothing to do with"."""
BELIEVING = frozenset("believe think say see suppose".split())
"""Verbs whose negation is that of their clause: "I don't believe they interfered"."""


def unconcerned(tree: Tree, trigger: int) -> bool:
    """Say whether somebody is said to have had no part in an act, or the act is not believed."""
    here = trigger
    for above in tree.ancestors(trigger):
        lemma, relation = tree.lemma(above), tree.tokens[here].relation
        if relation in {"acl:relcl", "parataxis", "appos"}:
            return False
        head = tree.head(above)
        verb = head if head is not None and tree.tokens[above].relation in {"obj", "xcomp"} else above
        if lemma == "nothing" or (lemma in CONCERNING and (_negated(tree, above) or _negated(tree, verb))):
            return True
        if lemma in BELIEVING and relation == "ccomp" and _negated(tree, above):
            return True
        here = above
    return any(tree.lemma(c) in {"untrue", "false"} for a in tree.ancestors(trigger) for c in (a,))


def advised(tree: Tree, trigger: int) -> bool:
    """Say whether somebody says of an act that it should be done."""
    return bool(_modals(tree, trigger) & {"should", "must", "ought"}) and not _conditional(tree, trigger)
