"""Who somebody was on the day of an event: participants with the office that they held then."""

from __future__ import annotations

from dataclasses import replace

from communique.knowledge.people import People
from communique.records import Entity, Event

_FROM_TABLES = "table:"
"""How the reason of a participant begins whom the tables of people know."""


def as_of_its_day(event: Event, published: str | None, people: People) -> Event:
    """Return an event told of the past with the offices and sectors that its participants had then.

    A document's people are resolved as of its publication; who met whom five years before did so in the office of that
    time. Nothing changes where the event has no day of its own, or where the tables know no office on that day, or
    several of different sectors within the month or year that is told; nor is "the president" of a former year looked up.
    """
    span = _span(event)
    if span is None or (published is not None and span[1] >= published[:10]):
        return event
    actor = tuple(_then(entity, span, people) for entity in event.actor)
    recipient = tuple(_then(entity, span, people) for entity in event.recipient)
    return replace(event, actor=actor, recipient=recipient)


def _span(event: Event) -> tuple[str, str] | None:
    """Return the first and last day on which an event can have been, by its own words of time."""
    if event.date is None or event.date_resolution in (None, "document"):
        return None
    return event.date, event.enddate or event.date


def _then(entity: Entity, span: tuple[str, str], people: People) -> Entity:
    from_tables = entity.identifier_id is not None or (entity.reason or "").startswith(_FROM_TABLES)
    if entity.name is None or entity.sector is None or not from_tables:
        return entity
    first, last = people.holding(entity.name, entity.code, entity.identifier_id, span)
    if first is None or last is None or first.sector != last.sector:
        return entity
    one = first.office == last.office
    if one and (first.sector, first.office) == (entity.sector, entity.office):
        return entity
    return replace(
        entity,
        sector=first.sector,
        sector_secondary=first.secondary,
        office=first.office if one else None,
        reason=first.reason if one else f"table: {first.office} on {span[0]}, {last.office} on {span[1]}",
    )
