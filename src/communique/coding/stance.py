"""What the words above an event word make of it: denied, asked for, alleged, or nothing.

Only the tree is asked, so that an event needs no statement around it to be told apart: "accused of shelling",
"denied having met", "the alleged raid", "is said to have fled".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.syntax import Tree

DENYING = frozenset(
    "deny refute rebut disavow disclaim contest dispute disprove absolve exonerate disown belie".split()
)
DISMISSING = frozenset(
    "reject dismiss wave laugh brush scoff discount repudiate scorn question doubt".split()
)
"""Verbs that deny where their object is something said: "rejected the allegation", not "rejected the offer"."""
CALLING = frozenset(
    "urge call demand ask order press request appeal propose implore beg exhort instruct petition plead insist "
    "recommend pressure beseech entreat invite lobby direct".split()
)
ACCUSING = frozenset(
    "accuse blame charge suspect allege implicate indict fault claim contend assert believe".split()
)
SAID_OF = frozenset(
    "say believe think report allege rumour rumor suppose understand claim accuse suspect".split()
)
"""Verbs that hedge in the passive: "is said to have fled"."""
THINGS_SAID = frozenset(
    "allegation accusation claim report rumour rumor charge assertion suggestion insinuation talk story "
    "contention notion idea complaint testimony suspicion".split()
)
THINGS_DENIED = frozenset("denial disclaimer rebuttal refutation".split())
THINGS_ASKED = frozenset("call demand request appeal plea proposal petition order ultimatum".split())
HEDGES = frozenset(
    "allegedly reportedly purportedly supposedly apparently ostensibly seemingly presumably".split()
)
HEDGING_ADJECTIVES = frozenset(
    "alleged reported purported supposed rumoured rumored claimed so-called".split()
)
CONTENT = frozenset(
    {"obj", "ccomp", "xcomp", "advcl", "acl", "obl", "nmod", "nsubj:pass", "dep", "csubj:pass"}
)
NOT_CONTENT = frozenset({"acl:relcl", "parataxis", "nsubj", "appos"})
TIMES = frozenset("after before when while since as during until once following amid although though".split())


@dataclass(frozen=True, slots=True)
class Stance:
    """What a word above an event says of it."""

    status: str
    cue: tuple[int, ...]
    speaker: int | None
    """The word that names who says so, where the sentence tells."""


def stance(tree: Tree, trigger: int, *, acting: bool = True) -> Stance | None:
    """Return what the nearest such word says of an event, None where none does.

    `acting`: the event is an act, not a speech act, so that a word of denial as its word is not the event itself.
    """
    itself = _denied_here(tree, trigger) if acting else None
    return _hedged(tree, trigger) or itself or _governed(tree, trigger)


def _hedged(tree: Tree, trigger: int) -> Stance | None:
    for place in _own_clause(tree, trigger):
        for child in tree.dependents(place, "advmod", "amod", "discourse"):
            if tree.lemma(child) in HEDGES | HEDGING_ADJECTIVES:
                return Stance("claimed", (child,), None)
    return None


def _own_clause(tree: Tree, trigger: int) -> Iterator[int]:
    """An event word and the verbs that it belongs to: "carried out an attack"."""
    yield trigger
    here = trigger
    for above in tree.ancestors(trigger):
        if tree.tokens[here].relation not in {"obj", "nsubj", "nsubj:pass", "obl", "xcomp"}:
            return
        if tree.tokens[above].pos in {"NOUN", "PROPN"} and tree.tokens[here].relation != "xcomp":
            return
        yield above
        here = above


def _denied_here(tree: Tree, trigger: int) -> Stance | None:
    """A word of denial that stands for the act: "rejected the claim"; or the clause that denies a named act."""
    lemma, verb = tree.lemma(trigger), tree.tokens[trigger].pos == "VERB"
    said = any(tree.lemma(c) in THINGS_SAID for c in tree.objects(trigger)) if verb else False
    if verb and (lemma in DENYING or (said and lemma in DISMISSING | {"call", "describe", "brand"})):
        return Stance("denied", (trigger,), next(iter(tree.subjects(trigger)), None))
    for clause in tree.dependents(trigger, "acl:relcl"):
        if tree.lemma(clause) in DENYING and not verb:
            return Stance("denied", (clause,), next(iter(tree.dependents(clause, "nsubj")), None))
    return None


def _governed(tree: Tree, trigger: int) -> Stance | None:
    """Climb from an event until a word denies, asks for or alleges what stands under it."""
    here, through_said = trigger, False
    for above in tree.ancestors(trigger):
        relation = tree.tokens[here].relation
        if relation in NOT_CONTENT or _in_time(tree, here):
            return None
        if relation in CONTENT:
            found = _by_verb(tree, above, here, through_said) or _by_noun(tree, above)
            if found is not None and found.cue != (trigger,):
                if tree.lemma(above) in THINGS_SAID and (outer := _governed(tree, above)) is not None:
                    return outer
                return found
        through_said = through_said or tree.lemma(above) in THINGS_SAID
        here = above
    return None


def _in_time(tree: Tree, index: int) -> bool:
    """Say whether a clause or phrase only dates what stands above it."""
    return tree.preposition(index) in TIMES or any(
        tree.lemma(c) in TIMES for c in tree.dependents(index, "mark", "advmod") if c < index
    )


def _by_verb(tree: Tree, verb: int, child: int, through_said: bool) -> Stance | None:
    lemma, relation = tree.lemma(verb), tree.tokens[child].relation
    if tree.tokens[verb].pos not in {"VERB", "ADJ", "AUX"}:
        return None
    said = through_said or tree.lemma(child) in THINGS_SAID or relation == "ccomp"
    speaker = next(iter(tree.subjects(verb)), None)
    negated = any(tree.lemma(c) in {"not", "never", "n't"} for c in tree.dependents(verb, "advmod"))
    if lemma in DENYING or (lemma in DISMISSING and said):
        return None if negated else Stance("denied", (verb,), speaker)
    if lemma == "plead" and any(
        tree.lemma(c) == "innocent" for c in tree.dependents(verb, "xcomp", "advmod")
    ):
        return Stance("denied", (verb,), speaker)
    if lemma in SAID_OF and relation in {"xcomp", "ccomp"} and tree.dependents(verb, "aux:pass"):
        return Stance("claimed", (verb,), next(iter(tree.agent(verb)), None))
    if lemma in {"accuse", "suspect", "blame", "charge", "implicate", "absolve"} and relation in {
        "advcl", "obl", "xcomp", "ccomp", "acl",
    }:  # fmt: skip
        return Stance("claimed", (verb,), speaker)
    if (
        lemma == "want"
        and relation in {"xcomp", "ccomp"}
        and (tree.objects(verb) or tree.dependents(child, "nsubj", "nsubj:pass"))
    ):
        return Stance("called_for", (verb,), speaker)
    if lemma in CALLING and not negated and _asked(tree, verb, child):
        return Stance("called_for", (verb,), speaker)
    return None


def _asked(tree: Tree, verb: int, child: int) -> bool:
    """Say whether what hangs on a verb of asking is what is asked: "to free", "for talks", "that he resign"."""
    relation, tag = tree.tokens[child].relation, tree.tokens[child].tag
    if tree.lemma(verb) == "call" and not _calls_for(tree, verb, child):
        return False
    if relation in {"xcomp", "ccomp", "advcl"}:
        modal = {tree.lemma(c) for c in tree.dependents(child, "aux")}
        return (tag in {"VB", "VBN"} and not modal & {"have", "will"}) or bool(modal & {"should", "must"})
    if relation == "obl":
        return tree.preposition(child) in {"for", "on"} and tree.lemma(verb) in {
            "call",
            "ask",
            "appeal",
            "press",
        }
    transitive = tree.lemma(verb) in {"demand", "order", "request", "propose", "urge", "recommend"}
    return relation in {"obj", "nsubj:pass"} and transitive


def _calls_for(tree: Tree, verb: int, child: int) -> bool:
    """Say whether to call is to ask, not to name: "called for", "called on them to"."""
    marks = {tree.lemma(c) for c in tree.dependents(child, "mark", "case")}
    asked = [c for c in tree.dependents(verb, "obl", "obj") if tree.preposition(c) in {"on", "upon", "for"}]
    return "for" in marks or bool(asked) or bool({"on", "for"} & {tree.lemma(c) for c in tree.children[verb]})


def _by_noun(tree: Tree, noun: int) -> Stance | None:
    if tree.tokens[noun].pos != "NOUN":
        return None
    lemma = tree.lemma(noun)
    owner = next(iter(tree.dependents(noun, "nmod:poss")), None)
    for words, status in ((THINGS_DENIED, "denied"), (THINGS_SAID, "claimed"), (THINGS_ASKED, "called_for")):
        if lemma in words:
            return Stance(status, (noun,), owner)
    return None
