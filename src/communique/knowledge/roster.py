"""The members of one document while they are being found: drafts, joined by identity."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.records import Cast, Member, Span

BEYOND_STATES = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"})
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
        drafts = sorted(
            (draft for draft in self._drafts.values() if draft.mentions), key=lambda d: min(d.mentions)
        )
        return Cast(tuple(_member(f"m{n}", draft, text) for n, draft in enumerate(drafts)))


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
