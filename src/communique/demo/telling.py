"""Three records of the demonstration with the sentences they were read from: what a newcomer sees first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from communique.store import Store
from communique.web.labels import STATUSES, Row
from communique.web.show import QUAD_COLOURS, clean, event_lines

WANTED = ("denied", "claimed", "called_for")
"""The distinctions that a table of bare events loses, one record each."""


def telling(events: Iterable[Row]) -> tuple[Row, ...]:
    """Return one event of each status in WANTED, the most fully read, no two of one document if possible."""
    every = list(events)
    chosen: list[Row] = []
    for status in WANTED:
        used = {event["document_id"] for event in chosen}
        fitting = [event for event in every if event["status"] == status]
        if fitting:
            chosen.append(
                max(fitting, key=lambda event: (event["document_id"] not in used, _fullness(event)))
            )
    return tuple(chosen)


def three_records(store: Store) -> RenderableType:
    """Return the telling records of a store for `rich.Console.print`, each beneath its sentence."""
    parts: list[RenderableType] = []
    for event in telling(store.events()):
        source = event["cite_info"]
        origin = " · ".join(part for part in (source["publication"], source["title"]) if part)
        status = event["status"]
        heading = Text.assemble((status.replace("_", " "), "bold"), f": {STATUSES[status]}")
        lines = Group(heading, _sentence(event), Text(clean(origin), style="dim"), event_lines(event), "")
        parts.append(Padding(lines, (0, 0, 0, 2)))
    return Group(*parts) if parts else Text("No event was read.", style="dim")


def _fullness(event: Row) -> tuple[int, ...]:
    """Rank a record by what is known in it: both sides, claimants with a code, codes, chain, mode, length."""
    parties = [*event["actor"], *event["recipient"]]
    coded = sum(1 for party in parties if party["code"] and party["identifier_text"])
    claimants = [claimant for claimant in event["claimants"] if claimant["code"]]
    sides = min(len(parties), 2) if coded == len(parties) else 0
    return (
        sides,
        min(len(claimants), 1),
        coded,
        len(claimants),
        len(event["mode"]),
        len(event["text"] or ""),
    )


def _sentence(event: Row) -> Text:
    """Return the event's sentence with the event's words marked."""
    text = Text(clean(event["text"] or ""))
    if event["event_text"] and event["text_info"]:
        offset = event["text_info"]["start"]
        first = event["event_text"][0]
        style = f"bold {QUAD_COLOURS.get(event['quad'], 'default')}"
        text.stylize(style, first["start"] - offset, first["end"] - offset)
    return text
