"""One record for what a text tells several times."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from communique.coding.drafts import Draft
from communique.coding.sides import Parties, may_be, names
from communique.records import Event

KNOWN = frozenset("the this that these those his her its their my our your".split())
"""Determiners of what a reader is taken to know. Of 16 records that they join on development articles one or two are events
of their own; of 26 more nouns without one it would be four, of 47 verbs eight."""
CHANGED = frozenset({"negation", "hypothetical", "future"})
"""Auxiliary modes that make another matter of an act."""
SAID_TO_BE = {"reported", "claimed"}
"""Statuses that one happening can have in two places of a text; what is denied or called for is told for that."""


def recalls(draft: Draft) -> bool:
    """Say whether an event's word is a noun that takes what it names for known: "the attack", "their meeting"."""
    tree, word = draft.tree, draft.trigger
    known = {tree.lemma(i) for i in tree.dependents(word, "det", "nmod:poss")}
    return tree.tokens[word].pos == "NOUN" and not KNOWN.isdisjoint(known)


def merged(events: Sequence[Event], recalled: Container[str]) -> tuple[Event, ...]:
    """Join repeats of one happening into the first record, with all their evidence; events come in the order of the text.

    Two records repeat each other when category, status, auxiliary modes and both parties agree and
    neither names a mode or a date that contradicts the other's. One whose word recalls (`recalled` has its id) repeats
    the last one before its sentence that it can mean: same category, and nothing about them at odds.
    """
    kept: list[Event] = []
    for event in events:
        twin = next((k for k, other in enumerate(kept) if _repeats(other, event)), None)
        if twin is None and event.id in recalled:
            before = range(len(kept) - 1, -1, -1)
            twin = next((k for k in before if _may_recall(event, kept[k])), None)
        if twin is None:
            kept.append(event)
        else:
            kept[twin] = _joined(kept[twin], event)
    return tuple(kept)


def _repeats(first: Event, second: Event) -> bool:
    same = (
        first.category == second.category
        and first.status == second.status
        and first.aux == second.aux
        and bool(first.actor or first.recipient)
        and _names(first.actor) == _names(second.actor)
        and _names(first.recipient) == _names(second.recipient)
    )
    return same and _agree(first.mode, second.mode) and _agree(_own_date(first), _own_date(second))


def _may_recall(event: Event, told: Event) -> bool:
    return (
        told.category == event.category
        and told.sequence < event.sequence
        and may_be(_names(told.actor), _names(event.actor))
        and may_be(_names(told.recipient), _names(event.recipient))
        and CHANGED.isdisjoint(set(told.aux) ^ set(event.aux))
        and (told.status == event.status or {told.status, event.status} == SAID_TO_BE)
        and _agree(told.mode, event.mode)
        and _agree(_own_date(told), _own_date(event))
    )


def _names(parties: Parties) -> set[str]:
    """Return what parties are compared by: a state and its government are one."""
    return {name.removeprefix("Government of ") for name in names(parties)}


def _own_date(event: Event) -> str | None:
    return None if event.date_resolution == "document" else event.date


def _agree(first: object, second: object) -> bool:
    return not first or not second or first == second


def _joined(first: Event, second: Event) -> Event:
    dated = first if _own_date(first) or not _own_date(second) else second
    return replace(
        first,
        mode=first.mode or second.mode,
        confidence=max((c for c in (first.confidence, second.confidence) if c is not None), default=None),
        evidence=(*first.evidence, *(e for e in second.evidence if e not in first.evidence)),
        date=dated.date,
        enddate=dated.enddate,
        date_resolution=dated.date_resolution,
        date_text=dated.date_text,
        location=first.location or second.location,
    )
