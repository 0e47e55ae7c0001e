"""A record in words: who, whom, what, who says so. Shared by the terminal, the page and the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
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
NOBODY = "nobody named"


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


def standing(event: Row) -> str:
    """Return the status with its claimants, outermost first: `denied by Diosdado Cabello`."""
    status = (event["status"] or "status not known").replace("_", " ")
    chain = ", according to ".join(name(claimant) for claimant in reversed(event["claimants"] or ()))
    return f"{status} by {chain}" if chain else status


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
