"""How sure a record is: the probability that its category and both its sides' countries are right.

A logistic model over a handful of features that a reader can follow; its weights stand in `data/confidence.toml`
and are fitted to hand-coded articles that neither patterns nor encoder were made from (`training/confidence.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from communique.coding.drafts import Draft
from communique.coding.proposals import PARTY, share_of, top
from communique.models import Weights
from communique.records import Entity

CLIPPED = 0.005
"""Shares nearer to 0 or 1 than this tell no more: the encoder is seldom that sure with reason."""


def features(draft: Draft, status: str) -> dict[str, float]:
    """Return what the confidence of an event is read from, by name."""
    match = draft.match
    share = min(max(match.share or 0.0, CLIPPED), 1 - CLIPPED)
    rival = (
        max((s for c, s in match.word.categories if c != draft.category), default=0.0) if match.word else 0.0
    )
    found = {
        "encoder": math.log(share / (1 - share)),
        "pattern": float(match.by_pattern),
        "both": float(match.by_pattern and share >= PARTY),
        "rival": rival,
        "words": float(len(match.words) > 1),
        "verb": float(match.pattern.word_class == "verb"),
        f"is {draft.category}": 1.0,
        f"status {status}": 1.0,
        "aux": float(bool(draft.aux)),
    }
    linked = {"actor": match.word.actors, "recipient": match.word.recipients} if match.word else {}
    for side, parties in (("actor", draft.actor), ("recipient", draft.recipient)):
        found |= _side(side, parties, dict(linked.get(side, ())))
    return found


def _side(side: str, parties: tuple[Entity, ...], links: Mapping[int, float]) -> dict[str, float]:
    best = max(links.values(), default=0.0)
    return {
        f"{side} named": float(bool(parties)),
        f"{side} with a code": float(any(party.code for party in parties)),
        f"{side} without a code": float(any(party.code is None for party in parties)),
        f"{side} linked": best,
        f"{side} linked but not named": best * float(not parties),
        f"{side} several": float(len(parties) > 1),
    }


@dataclass(frozen=True, slots=True)
class Confidence:
    """The model of how sure a record is."""

    weights: Weights

    @classmethod
    def load(cls) -> Confidence:
        """Return the shipped weights."""
        return cls(Weights.load("communique.coding", "confidence.toml"))

    def of(self, draft: Draft, status: str) -> float | None:
        """Return the probability that a record is right, None where the encoder was not asked.

        Of a user's own pattern nothing is known either.
        """
        if draft.match.share is None or draft.match.pattern.own:
            return None
        score = self.weights.score({"always": 1.0} | features(draft, status))
        return round(1 / (1 + math.exp(-score)), 4)


def why(draft: Draft) -> str:
    """Return what coded an event: the pattern, the encoder's share, or both."""
    match = draft.match
    parts = [f"pattern: {match.pattern.id}"] if match.by_pattern else []
    if match.told is not None:
        share = share_of(match.told, draft.category) or top(match.told)[1]
        parts.append(f"encoder: {share:.2f} {draft.tree.tokens[match.told.token].text}")
    return "; ".join(parts)
