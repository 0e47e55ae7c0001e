"""The country of those who are described or named without one: that of their surroundings.

Reports leave out what their readers know: a senator, the police, a mayor named once are of the state that the passage
is about. What the text says of other members decides, near mentions more than far ones; where no state has the
greater part, nothing is filled in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from communique.knowledge.roster import BEYOND_STATES, Draft
from communique.knowledge.scan import Scene

DECAY = 0.5
"""Weight of a mention one sentence away against one in the same sentence; see `WHOLE`."""
WHOLE = 0.1
"""Weight of a mention anywhere in the document. Of 957 participants without a country in 302 training documents the
state of most weight is the coder's for 0.672; decays of 0.3 and 0.7 and weights of 0.05 to 1 all give 0.66 to 0.673."""
LEAST_SHARE = 0.55
"""Least share of the weight of all states that makes one the state of the surroundings. On the same participants,
shares of 0.7 and more are right for 0.91, those from 0.4 to 0.7 for 0.45 and those below 0.4 for 0.25. A share of 0.45 would
fill in more (country right for 0.819 of all participants against 0.811), nearly half of them wrongly."""
LEAST_MENTIONS = 3
"""Mentions of a state in the document below which it is no surroundings: one that is named in passing."""
BY_KIND = {"group": (LEAST_SHARE, LEAST_MENTIONS), "named": (0.7, 6)}
"""Share and mentions for role nouns, and for whoever has a name of his own: a wrong country is worse there than none,
half are wrong under a share of 0.7, and a few sentences are no surroundings (six mentions: unmeasured)."""
REACH = 8
"""Sentences after which `DECAY` leaves nothing to speak of."""


class Surroundings:
    """Which states the sentences of a document are about."""

    def __init__(self, scenes: Sequence[Scene], drafts: Sequence[Draft]) -> None:
        self._starts = [scene.sentence.span.start for scene in scenes]
        self._near: dict[int, Counter[str]] = defaultdict(Counter)
        self._all: Counter[str] = Counter()
        for draft in drafts:
            if draft.code and draft.code not in BEYOND_STATES and not draft.supposed:
                for span in draft.mentions:
                    self._near[self._index(span.start)][draft.code] += 1
                    self._all[draft.code] += 1

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def state(self, draft: Draft) -> str | None:
        """Return the state that most of the surroundings of a member's mentions are about."""
        weights: dict[str, float] = defaultdict(float)
        for index in {self._index(span.start) for span in draft.mentions}:
            for other in range(index - REACH, index + REACH + 1):
                for code, count in self._near.get(other, _NONE).items():
                    weights[code] += count * DECAY ** abs(other - index)
            for code, count in self._all.items():
                weights[code] += count * WHOLE
        best = max(weights, key=lambda code: (weights[code], code), default=None)
        share, mentions = BY_KIND["group" if draft.kind == "group" else "named"]
        if best is None or self._all[best] < mentions:
            return None
        return best if weights[best] >= share * sum(weights.values()) else None


_NONE: Mapping[str, int] = {}


def settle(scenes: Sequence[Scene], drafts: Sequence[Draft]) -> None:
    """Give members without a country that of their surroundings, where there is one."""
    open_ones = [d for d in drafts if d.code is None and d.kind != "place" and not d.elsewhere and d.mentions]
    if open_ones:
        around = Surroundings(scenes, drafts)
        for draft in open_ones:
            code = around.state(draft)
            if code is not None:
                draft.code = code
                draft.reason += f"; {code} by the surroundings"
