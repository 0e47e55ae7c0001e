"""Common nouns that refer back to a name: "the ministry", "the group", "the paper", "the committee"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from communique.knowledge.names import key
from communique.knowledge.phrases import Phrase
from communique.knowledge.roster import Draft

REACH = 6
"""Sentences back in which the name is looked for. Not tuned."""
_SAID = {
    "ministry": "ministry", "department": "department", "agency": "agency", "committee": "committee",
    "panel": "panel committee commission", "commission": "commission", "council": "council",
    "board": "board", "court": "court tribunal", "bureau": "bureau", "union": "union", "party": "party",
    "campaign": "campaign", "office": "office", "bank": "bank", "alliance": "alliance", "network": "network",
    "foundation": "foundation", "institute": "institute", "front": "front", "force": "force forces",
    "embassy": "embassy", "assembly": "assembly", "coalition": "coalition", "federation": "federation",
}  # fmt: skip
"""Words that the name itself must hold."""
_SORTS = {
    "group": frozenset({"REB", "UAF", "CRM", "SOC", "PRM", "PTY", "OPP", None}),
    "organization": frozenset({"REB", "SOC", "CRM", "LAB", "REL", "OPP", None}),
    "organisation": frozenset({"REB", "SOC", "CRM", "LAB", "REL", "OPP", None}),
    "movement": frozenset({"REB", "SOC", "PTY", "OPP", None}),
    "militia": frozenset({"REB", "UAF", "PRM"}),
    "gang": frozenset({"CRM"}), "cartel": frozenset({"CRM"}),
    "company": frozenset({"BUS", None}), "firm": frozenset({"BUS", None}), "newspaper": frozenset({"JRN", None}),
    "paper": frozenset({"JRN", None}), "outlet": frozenset({"JRN", None}), "website": frozenset({"JRN", None}),
    "network": frozenset({"JRN"}), "agency": frozenset({"GOV", "SPY", "COP", "JRN", None}),
    "party": frozenset({"PTY"}), "bloc": frozenset({"PTY", None}), "union": frozenset({"LAB"}),
}  # fmt: skip
"""Sectors of the organisations that these words can stand for, whatever their names."""
_ARMED = frozenset({"REB", "UAF", "PRM"})
_FIGHTERS = frozenset(
    "militant rebel insurgent guerrilla guerilla fighter terrorist extremist jihadist jihadi islamist gunman kidnapper "
    "subversive separatist".split()
)
"""Plurals that mean the armed organisation named before: the militants."""


class Mentioned(Protocol):
    """What of a mention is asked here."""

    @property
    def scene(self) -> int:
        """The sentence."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """Who is mentioned."""


def named_before(seen: Sequence[Mentioned], phrase: Phrase) -> Draft | None:
    """Return the organisation named last that "the" and this noun can stand for."""
    word = key(phrase.role.name).rpartition(" ")[2]
    armed = phrase.role.plural and word in _FIGHTERS
    if phrase.article != "the" or (phrase.role.plural and not armed):
        return None
    if not armed and word not in _SAID and word not in _SORTS:
        return None
    said, sorts = _SAID.get(word, "").split(), _ARMED if armed else _SORTS.get(word, frozenset())
    like: Draft | None = None
    for mention in reversed(seen):
        if phrase.scene - mention.scene > REACH:
            break
        for draft in mention.drafts:
            if draft.kind != "organisation" or draft.identity[0] != "organisation":
                continue
            if any(part in said for part in key(draft.name).split()):
                return draft
            like = like or (draft if draft.sector in sorts else None)
    return like
