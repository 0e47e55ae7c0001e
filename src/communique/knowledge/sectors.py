"""The sector of whoever a description tells of: its noun's, or that of the body, group or person it belongs to."""

from __future__ import annotations

from communique.knowledge.grammar import PLAIN, RETINUE
from communique.knowledge.owners import Owner
from communique.knowledge.phrases import Phrase
from communique.knowledge.roster import INTERNATIONAL
from communique.knowledge.surmise import INSTITUTIONAL

_ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
_LEADING = frozenset(
    {
        "president",
        "vice president",
        "chief executive",
        "executive director",
        "representative",
        "secretary",
        "manager",
    }
)
"""Titles that bodies of every sector have: the president of a university is no head of state."""
_STATELY = frozenset({"GOV", "LEG", "PTY"})
"""Sectors beside which a president is the state's: the Republican president."""

Sectors = tuple[str | None, tuple[str, ...]]


def sectors_of(phrase: Phrase, owner: Owner | None) -> Sectors:
    """Return sector and secondary sectors of whoever a phrase tells of."""
    role = phrase.role
    sector, secondary = _of_noun(phrase, owner)
    if owner and owner.holder and role.name in RETINUE:
        sector, secondary = ("PTY" if role.name == "campaign" else owner.holder), owner.secondary
    if role.name in ("forces", "force") and phrase.modifiers and owner and owner.kind == "state":
        sector = "MIL" if phrase.modifiers[-1].last == phrase.head.first else sector
    if owner and owner.code in INTERNATIONAL and sector == "GOV":
        sector, secondary = owner.sector if owner.kind == "organisation" else None, ()
    if phrase.former and sector in INSTITUTIONAL | {None}:
        return "ELI", tuple(s for s in (sector,) if s and s != "GOV")
    return sector, secondary


def _of_noun(phrase: Phrase, owner: Owner | None) -> Sectors:
    role = phrase.role
    sector, secondary = role.sector, role.secondary
    if owner is None or owner.kind not in ("organisation", "role"):
        return sector, secondary
    carried = role.kind == "carrier" or _leads(phrase, owner)
    if carried and owner.kind == "organisation" and owner.sector is None:
        return None, ()
    if carried or sector in _ARMED or owner.sector in _ARMED:
        plain = owner.kind == "role" and owner.sector in PLAIN and sector in _ARMED
        arms = "REB" if sector in _ARMED and "REB" in owner.secondary else owner.sector
        return (sector, ()) if plain else (arms or sector, owner.secondary)
    if owner.sector == "OPP" and sector in ("CVL", "GOV", None, "PTY", "LEG"):
        return "OPP", tuple(s for s in (sector,) if s == "LEG")
    return sector, secondary


def _leads(phrase: Phrase, owner: Owner) -> bool:
    """Say whether a title is that of the body it stands with, not of a state."""
    stately = owner.sector in _STATELY and phrase.preposition != "of"
    return phrase.role.name in _LEADING and owner.kind == "organisation" and not stately
