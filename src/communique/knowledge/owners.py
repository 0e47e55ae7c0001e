"""Whose a phrase is: the state, body, group or person that a description belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from communique.knowledge.phrases import FRIENDS, Phrase
from communique.knowledge.roster import Draft


class Owner(NamedTuple):
    """Whose a phrase is: the country, the sector of the body or group, and how that is known."""

    code: str | None
    sector: str | None
    kind: str
    name: str
    why: str
    secondary: tuple[str, ...] = ()
    holder: str | None = None
    """The sector of a person whose team, office or spokesman it is."""


def owned(draft: Draft) -> Owner:
    """Return a member as the owner of a phrase."""
    kind = "state" if draft.kind in ("state", "person") else "role"
    return Owner(
        draft.code,
        draft.sector if kind == "role" else None,
        kind,
        draft.name,
        f"of {draft.name}",
        draft.secondary,
        draft.sector if draft.kind == "person" else None,
    )


def complement(draft: Draft) -> Owner:
    """Return a member as what the words after "of" or "for" name."""
    kind = "state" if draft.kind == "state" else "role"
    return owned(draft)._replace(kind=kind, sector=draft.sector)


def strangers(phrase: Phrase, owners: list[Owner], states: Mapping[str, str]) -> list[Owner]:
    """Leave out the state whose ally, partner or rival somebody is: nobody of that state."""
    if phrase.role.name not in FRIENDS:
        return owners
    return [owner for owner in owners if owner.name != states.get(owner.code or "")]
