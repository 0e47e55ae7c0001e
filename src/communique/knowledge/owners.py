"""Whose a phrase is: the state, body, group or person that a description belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from communique.knowledge.phrases import FRIENDS, POSSESSIVES, Phrase
from communique.knowledge.roster import Draft

_OPPOSITE = "counterpart"
"""Whoever has the same office in another state: the words before tell in which."""


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
    """Leave out the state whose ally, partner or rival somebody is: nobody of that state.

    A nationality beside a possessive is the friend's own: his Chinese counterpart, its European partners.
    """
    if phrase.role.name not in FRIENDS:
        return owners
    own = phrase.modifiers[-1:] if phrase.role.name == _OPPOSITE or phrase.article in POSSESSIVES else ()
    if any(hit.last == phrase.head.first and hit.how() in ("adjective", "abbreviation") for hit in own):
        return owners[-1:]
    return [owner for owner in owners if owner.name != states.get(owner.code or "")]
