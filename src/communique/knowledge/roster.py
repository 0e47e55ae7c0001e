"""The members of one document while they are being found: drafts, joined by identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.records import Cast, Member, Span

INTERNATIONAL = frozenset({"UNO", "IGO", "EUR"})
"""Codes of bodies that states make up together."""
BEYOND_STATES = INTERNATIONAL | {"NGO", "MNC", "ISM", "IMG"}
"""Codes that say what somebody is without a state; as in the coding guide, they stand without a sector."""

Identity = tuple[str | None, ...]


@dataclass(slots=True)
class Draft:
    """A member in the making."""

    identity: Identity
    name: str
    kind: str
    code: str | None
    sector: str | None
    secondary: tuple[str, ...] = ()
    qid: str | None = None
    office: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""
    canonical: bool = True
    """False when no table gives the name: the longest mention is taken."""
    elsewhere: bool = False
    """True for foreign, international …: no state of the surroundings is meant."""
    supposed: bool = False
    """True when the country is only that of the document: it tells nothing of the surroundings."""
    barred: frozenset[str] = frozenset()
    """States of which the words tell that they are not meant: the backers of rebels, those without ministries."""
    gender: str = ""
    """f or m where a title, role noun or given name tells it."""
    mentions: set[Span] = field(default_factory=set)

    @property
    def collective(self) -> bool:
        """Say whether this is a body, a state or a group rather than a person or a place."""
        return self.kind in ("state", "organisation", "group")


class Roster:
    """All drafts of a document, one for each identity."""

    def __init__(self) -> None:
        self._drafts: dict[Identity, Draft] = {}

    def get(self, draft: Draft) -> Draft:
        """Return the draft already held under this identity, else hold this one."""
        return self._drafts.setdefault(draft.identity, draft)

    def drafts(self) -> tuple[Draft, ...]:
        """Return all drafts, mentioned or not."""
        return tuple(self._drafts.values())

    def cast(self, text: str) -> Cast:
        """Return the members that are mentioned, in the order of their first mention."""
        found = joined(draft for draft in self._drafts.values() if draft.mentions)
        drafts = sorted(found, key=lambda d: min(d.mentions))
        return Cast(tuple(_member(f"m{n}", draft, text) for n, draft in enumerate(drafts)))


_ALIKE = {
    noun: nouns.split(" ", 1)[0]
    for nouns in (
        "protester protestor demonstrator",
        "prisoner detainee captive hostage inmate",
        "rebel insurgent separatist",
        "soldier troop",
        "resident villager",
    )
    for noun in nouns.split()
}
"""Nouns of groups that texts use in turn for the same people."""
_PUBLIC = frozenset({"GOV", "COP"})
"""Sectors of authorities, who are police where they arrest."""


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts with groups joined that turn out to be the same people: of one noun, state and sector."""
    kept: list[Draft] = []
    groups: dict[tuple[str | None, ...], Draft] = {}
    for draft in drafts:
        first = groups.setdefault(same, draft) if (same := _group(draft)) else draft
        if first is draft:
            kept.append(draft)
            continue
        major, minor = sorted((first, draft), key=lambda d: -len(d.mentions))
        others = (minor.sector, *major.secondary, *minor.secondary)
        first.sector, first.secondary = major.sector, tuple(dict.fromkeys(s for s in others if s))
        first.mentions |= draft.mentions
    return kept


def _group(draft: Draft) -> tuple[str | None, ...] | None:
    """Return what two groups have in common if they are the same, None for whoever is no unnamed group."""
    if len(draft.identity) != _ROLE_PARTS or draft.identity[-1] != "many":
        return None
    _, noun, _, _, owner, _ = draft.identity
    sector = "authorities" if noun == "authority" and draft.sector in _PUBLIC else draft.sector
    return _ALIKE.get(noun or "", noun), draft.code, sector, owner


_ROLE_PARTS = 6
"""Parts of the identity of whoever is told by a role noun: see `Casting._draft`."""


def _member(number: str, draft: Draft, text: str) -> Member:
    mentions = tuple(sorted(draft.mentions))
    name, beyond = draft.name, draft.code in BEYOND_STATES
    if not draft.canonical:
        name = max((m.of(text) for m in mentions), key=lambda words: (len(words), words)).replace("\n", " ")
    return Member(
        id=number,
        name=name,
        kind=draft.kind,
        code=draft.code,
        sector=None if beyond else draft.sector,
        sector_secondary=() if beyond else tuple(s for s in draft.secondary if s != draft.sector),
        identifier_id=draft.qid,
        identifier_text=draft.name if draft.canonical and draft.kind != "group" else None,
        office=draft.office,
        mentions=mentions,
        candidates=draft.candidates,
        reason=draft.reason,
    )
