"""Checks one annotated row: its shape, its labels, its offsets. Every fault is a sentence that says what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from communique.ontology import plover
from corpus import notation
from corpus.assemble import countries

Row = Mapping[str, Any]

KEYS = ("doc", "source", "split", "sha256", "contexts", "names", "actors", "statements", "events")
SPLITS = ("train", "dev")


def faults(row: Row) -> Iterator[str]:
    """Yield what is wrong with a row without knowing its text."""
    missing = [key for key in KEYS if key not in row]
    if missing:
        yield f"without {', '.join(missing)}"
        return
    yield from _outside(row["contexts"], plover().contexts, "context")
    yield from _outside([row["split"]], SPLITS, "split")
    yield from _outside([name["type"] for name in row["names"]], notation.NAME_TYPES, "type of name")
    yield from _actors(row["actors"])
    actors = {actor["id"] for actor in row["actors"]}
    yield from _statements(row["statements"], actors)
    yield from _events(row["events"], actors)
    yield from (f"{what}: span {start} to {end} is empty" for what, start, end in spans(row) if start >= end)


def _outside(values: Collection[Any], known: Collection[str], what: str) -> Iterator[str]:
    for value in values:
        if value not in known:
            yield f"{what} {value!r} is not in the ontology or the guide"


def _twice(ids: list[str], what: str) -> Iterator[str]:
    yield from (f"{what} {one} is there twice" for one, count in Counter(ids).items() if count > 1)


def _actors(actors: list[Row]) -> Iterator[str]:
    yield from _twice([actor["id"] for actor in actors], "actor")
    for actor in actors:
        yield from _outside(actor["sectors"], plover().sectors, f"actor {actor['id']}: sector")
        yield from _outside([actor["kind"]], notation.ACTOR_KINDS, f"actor {actor['id']}: kind")
        if actor["country"] is not None:
            yield from _outside([actor["country"]], countries(), f"actor {actor['id']}: country")


def _statements(statements: list[Row], actors: set[str]) -> Iterator[str]:
    ids = [statement["id"] for statement in statements]
    yield from _twice(ids, "statement")
    for statement in statements:
        where = f"statement {statement['id']}"
        yield from _outside([statement["kind"]], notation.STATEMENT_KINDS, f"{where}: kind")
        yield from _outside([statement["polarity"]], notation.POLARITIES, f"{where}: polarity")
        used = {statement["source"], statement["addressee"]} - {None}
        yield from (f"{where}: no actor {one}" for one in sorted(used - actors))
        if statement["in"] is not None and statement["in"] not in set(ids) - {statement["id"]}:
            yield f"{where}: no statement {statement['in']} to stand in"
        if not statement["content"]:
            yield f"{where}: no content"


def _events(events: list[Row], actors: set[str]) -> Iterator[str]:
    yield from _twice([event["id"] for event in events], "event")
    mains = {event["id"] for event in events if event["same_event_as"] is None}
    for event in events:
        yield from (f"event {event['id']}: {fault}" for fault in _event(event, actors, mains))


def _event(event: Row, actors: set[str], mains: set[str]) -> Iterator[str]:
    for code in (event, *event["acceptable"]):
        yield from _code(code["event"], code["mode"])
    yield from _outside(event["aux"], plover().auxiliary, "aux")
    yield from _outside([event["status"]], plover().statuses, "status")
    yield from _outside(event["contexts"], plover().contexts, "context")
    yield from _outside([event["importance"]], notation.IMPORTANCE, "importance")
    yield from _outside([event["date_resolution"]], notation.RESOLUTIONS, "resolution of date")
    parties = [*event["actor"], *event["recipient"], *event["claimants"]]
    used = {party["actor"] for party in parties} - {None}
    yield from (f"no actor {one}" for one in sorted(used - actors))
    repeat = event["same_event_as"]
    if repeat is not None and repeat not in mains:
        yield f"a repeat of {repeat}, which is no main record"
    if event["status"] == "reported" and event["claimants"]:
        yield "reported, but with claimants"
    if event["status"] != "reported" and not event["claimants"] and repeat is None:
        yield f"{event['status']}, but without claimants"
    trigger = event["trigger"]
    if trigger and not (trigger[0] < event["end"] and event["start"] < trigger[1]):
        yield "the trigger lies outside the evidence"


def _code(category: str, mode: str | None) -> Iterator[str]:
    known = plover().categories.get(category)
    if known is None:
        yield f"category {category!r} is not in the ontology"
    elif mode is not None:
        yield from _outside([mode], list(known.modes), f"mode of {category}")


# --------------------------------------------------------------------------- offsets


def spans(row: Row) -> Iterator[tuple[str, int, int]]:
    """Yield every stretch that a row points at, with what it belongs to."""
    yield from (("name", name["start"], name["end"]) for name in row["names"])
    for actor in row["actors"]:
        yield from ((f"actor {actor['id']}", start, end) for start, end in actor["mentions"])
    for statement in row["statements"]:
        pieces = (statement["source_span"], statement["cue"], *statement["content"])
        yield from ((f"statement {statement['id']}", *piece) for piece in pieces if piece)
    for event in row["events"]:
        where = f"event {event['id']}"
        parties = [event, *event["actor"], *event["recipient"], *filter(None, [event["place"]])]
        yield from ((where, party["start"], party["end"]) for party in parties)
        cues = (claimant["cue"] for claimant in event["claimants"])
        yield from ((where, *piece) for piece in (event["trigger"], event["date_text"], *cues) if piece)


def misplaced(row: Row, text: str) -> Iterator[str]:
    """Yield the stretches that do not fit the text: beyond its end, or with white space at an edge.

    Every coder quotes words, which neither begin nor end with a space: offsets of another version do.
    """
    for what, start, end in spans(row):
        words = text[start:end]
        if end > len(text) or not words:
            yield f"{what}: {start} to {end} lies beyond the text ({len(text)} characters)"
        elif words != words.strip():
            yield f"{what}: {start} to {end} is {words[:40]!r}, with white space at its edge: compile it again"
