"""A record in words: who, whom, what, who says so. Shared by the terminal, the page and the demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
STATUSES = {
    "reported": "in the outlet’s own voice",
    "claimed": "attributed to somebody",
    "denied": "somebody says that it did not happen",
    "called_for": "somebody asks that it happen",
}
SIGNS = {"reported": "", "claimed": "“", "denied": "✕", "called_for": "!"}
"""A sign for each status beside an event's number in the text, so that it is not told by colour alone."""
NOBODY = "nobody named"
SOMEBODY = "somebody"
SAYS = {
    "asserts": "says", "denies": "denies", "asks": "asks", "promises": "promises", "threatens": "threatens",
    "evaluates": "judges",
}  # fmt: skip
"""What a source does with its words, by polarity."""


def name(entity: Row) -> str:
    """Return the canonical name where the actor table has one, else the words of the text."""
    return str(entity["identifier_text"] or entity["entity_text"])


def party(entity: Row) -> str:
    """Return a name with its codes: `Russia (RUS GOV)`, or the bare name where none are known."""
    codes = [entity["code"], entity["sector"], *(entity["sector_secondary"] or ())]
    known = " ".join(code for code in codes if code)
    return f"{name(entity)} ({known})" if known else name(entity)


def parties(entities: Sequence[Row]) -> str:
    """Return several parties in one line, in the order of the record."""
    return ", ".join(party(entity) for entity in entities) or NOBODY


def who(event: Row) -> str:
    """Return `A → B`; parties of an event without recipient are joined by `and`."""
    if event["recipient"]:
        return f"{parties(event['actor'])} → {parties(event['recipient'])}"
    return " and ".join(party(entity) for entity in event["actor"]) or NOBODY


def what(event: Row) -> str:
    """Return category, modes and auxiliary modes: `REQUEST meet (future)`."""
    words = " ".join([*event["event"], *(event["mode"] or ())])
    return f"{words} ({', '.join(event['aux'])})" if event["aux"] else words


def status(event: Row) -> str:
    """Return the status in words: `called for`."""
    return (event["status"] or "status not known").replace("_", " ")


def standing(event: Row) -> str:
    """Return the status with its claimants, outermost first: `denied by Diosdado Cabello`."""
    chain = ", according to ".join(name(claimant) for claimant in reversed(event["claimants"] or ()))
    return f"{status(event)} by {chain}" if chain else status(event)


def chain(event: Row) -> str:
    """Return who says so, outermost first, each with its cue: `AP (“reported”) › an aide (“said”)`."""
    return " › ".join(_cued(name(claimant), claimant["cue"]) for claimant in event["claimants"] or ())


def _cued(who: str, cue: Row | None) -> str:
    return f"{who} (“{cue['text']}”)" if cue else who


def numbers(events: Sequence[Row], statements: Sequence[Row]) -> dict[str, str]:
    """Return by id what a record is called in its document: events 1, 2 …, statements s1, s2 …"""
    called = {event["id"]: str(number) for number, event in enumerate(events, start=1)}
    return called | {said["id"]: f"s{number}" for number, said in enumerate(statements, start=1)}


def disputes(event: Row, called: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what contradicts an event in its document: the number of the other record, and its words."""
    return [(called[d["id"]], d["text"]) for d in event["disputes"] or () if d["id"] in called]


def speaker(statement: Row) -> str:
    """Return who says something, with codes where known."""
    return party(statement["source"]) if statement["source"] else SOMEBODY


def saying(statement: Row) -> str:
    """Return who does what by saying it, and to whom: `Juan Guaidó (VEN OPP) denies, to reporters`."""
    to = f", to {party(statement['addressee'])}" if statement["addressee"] else ""
    return f"{speaker(statement)} {SAYS.get(statement['polarity'], 'says')}{to}"


def manner(statement: Row, called: Mapping[str, str]) -> str:
    """Return how it is said: the kind, the cue, and the statement that reports this one."""
    cue = f"“{statement['cue']['text']}”" if statement["cue"] else ""
    within = f"reported in {called[statement['in']]}" if statement["in"] in called else ""
    return " · ".join(part for part in (statement["kind"], cue, within) if part)


def when(event: Row) -> str:
    """Return the date and how exact it is: `2019-04-30 (day)`; empty where no date is known."""
    if not event["date"]:
        return ""
    span = f"{event['date']} to {event['enddate']}" if event["enddate"] else event["date"]
    return f"{span} ({event['date_resolution']})" if event["date_resolution"] else str(span)


def footing(event: Row) -> str:
    """Return date, confidence and what coded the event, joined by middle dots."""
    sure = "" if event["confidence"] is None else f"confidence {event['confidence']:.2f}"
    return " · ".join(part for part in (when(event), sure, event["coded_by"] or "") if part)


def quote(event: Row) -> str:
    """Return the event's words at their first mention."""
    return str(event["event_text"][0]["text"]) if event["event_text"] else ""
