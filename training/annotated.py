"""The project's own corpus as examples: what happened, who to whom, how, and who is named, sentence by sentence.

Real articles give names and events; written items give events alone, since their names are not coded throughout.
Nothing of the development split is read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from corpus.coded import annotated, uncoded

from communique.language.features import cases
from communique.language.reader import Draft, drafted
from communique.language.tokens import Words
from training.corpora import ANNOTATED, IGNORED, Act, Example

Row = dict[str, Any]
TYPES = {"PER": "PERSON", "ORG": "ORGANIZATION", "LOC": "LOCATION", "NAT": "MISC", "MISC": "MISC"}
EMPTY = frozenset("a an the of to for in on by with at from and its their his her .".split())
"""Words inside a trigger that are not taught as words of the event."""
ROLES = ("actor", "recipient")


def corpus(split: str = "train") -> list[Example]:
    """Return the sentences of the real articles of a split and, for `train`, of the written items."""
    rows = annotated("corpus/real", split) + (annotated("-", None) if split == "train" else [])
    return list(sentences(rows))


def sentences(rows: Iterable[Row]) -> Iterator[Example]:
    """Yield the sentences of annotated articles."""
    words = Words()
    for row in rows:
        yield from _sentences(row, words)


def _sentences(row: Row, words: Words) -> Iterator[Example]:
    document = uncoded(row)
    names = _by_character(row["names"]) if row["source"] != "written" else None
    for draft in drafted(document, words):
        yield _example(row, draft, names)


def _by_character(names: list[Row]) -> dict[int, str]:
    return {i: TYPES[name["type"]] for name in names for i in range(name["start"], name["end"])}


def _example(row: Row, draft: Draft, names: dict[int, str] | None) -> Example:
    nothing: list[str | None] = [None] * len(draft.words)
    events: list[str | None] = ["O"] * len(draft.words)
    acts = []
    for event in row["events"]:
        trigger = _covered(event["trigger"], draft) if event["trigger"] else []
        telling = [i for i in trigger if draft.words[i].lower() not in EMPTY] or trigger
        optional = event["importance"] == "may"
        for i in telling:
            events[i] = None if optional else event["event"]
        if telling and not optional:
            acts.append(_act(event, telling, draft))
    return Example(
        draft.words,
        cases(draft.words),
        draft.quotation,
        [IGNORED] * len(draft.words),
        nothing,
        nothing,
        nothing,
        [names.get(start, "O") for start, _ in draft.places] if names is not None else nothing,
        nothing,
        ANNOTATED,
        events,
        tuple(acts),
    )


def _act(event: Row, trigger: list[int], draft: Draft) -> Act:
    """Return what is known of an event; a repeat leaves the rest to its main record, so it teaches none."""
    if event["same_event_as"] is not None:
        return Act(trigger, event["event"], None, None, None, (None, None))
    sides = tuple(_parties(event[role], draft) for role in ROLES)
    return Act(
        trigger,
        event["event"],
        event["mode"] or "",
        event["status"],
        tuple(event["aux"]),
        (sides[0], sides[1]),
    )


def _parties(parties: list[Row], draft: Draft) -> list[int]:
    places = [(p["start"], p["end"]) for p in parties if p["start"] is not None]
    return [i for place in places for i in _covered(place, draft)]


def _covered(place: tuple[int, int], draft: Draft) -> list[int]:
    start, end = place
    return [i for i, (s, e) in enumerate(draft.places) if start <= s and e <= end]
