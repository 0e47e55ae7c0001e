"""The country of those who are described or named without one: that of their surroundings.

Reports leave out what their readers know: a senator, the police, a mayor named once are of the state that the passage
is about. A small logistic model weighs the states that the text names, near ones more than far ones, against none of
them; its weights stand in `data/surroundings.toml`, fitted by `training/surroundings.py`. Where no state is more likely
right than wrong, nothing is filled in.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.knowledge.background import Background
from communique.knowledge.roster import BEYOND_STATES, Draft
from communique.knowledge.scan import Scene
from communique.models import Weights

DECAY = 0.5
"""Weight of a mention one sentence away against one in the same sentence; 0.3 and 0.7 give the same within 1%."""
WHOLE = 0.1
"""Weight of a mention anywhere in the document; anything from 0.05 to 1 gives the same within 1%."""
LEAST = 0.4
"""Least probability with which a state is filled in: about as likely as not, for coders seldom leave a country out. On
training documents left out in turn 0.82 of the 2,192 states so filled in are the coder's (of 2,325 members that take
part in events); with 0.45 it is 0.83 of 2,115, with 0.5 0.85 of 2,024, with 0.7 0.91 of 1,588."""
LEAD = 1.1
"""How much likelier than the next a state has to be: where two are named alike, nothing is filled in."""
REACH = 8
"""Sentences after which `DECAY` leaves nothing to speak of."""
LEAST_MENTIONS = 2
"""Mentions of states below which a document of less than `REPORT` sentences has no surroundings to speak of."""
REPORT = 4
"""Sentences from which on a text is a report that one state named can be the place of."""
FEW = 3
"""Mentions of a state in the document below which it is named in passing."""
HEADLINE = 2
"""Sentences at the beginning that tell what a report is about: headline and first sentence."""
_SORTS = {
    **dict.fromkeys(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP", "PTY"), "of a body"), "CVL": "civil",
    **dict.fromkeys(("REB", "UAF", "CRM", "PRM"), "armed"), **dict.fromkeys(("EDU", "JRN"), "learned"),
}  # fmt: skip
_AMERICAN = "USA"
"""The press that the model learned from leaves out most often that somebody is an American."""

Features = Mapping[str | None, Mapping[str, float]]
"""What speaks for each state, and under None for no state."""


class Surroundings:
    """Which states the sentences of a document are about."""

    def __init__(self, scenes: Sequence[Scene], drafts: Sequence[Draft], ground: Background) -> None:
        self._starts = [scene.sentence.span.start for scene in scenes]
        self._ground = ground
        self._near: dict[int, Counter[str]] = defaultdict(Counter)
        named = [
            (span.start, draft.code)
            for draft in drafts
            if draft.code and draft.code not in BEYOND_STATES and not draft.supposed
            for span in draft.mentions
        ]
        self._order = sorted(named)
        self._all = Counter(code for _, code in named)
        for at, code in named:
            self._near[self._index(at)][code] += 1
        self._at = [at for at, _ in self._order]
        self._headline = {code for index in range(HEADLINE) for code in self._near.get(index, _NONE)}
        self._total, self._most = len(named), max(self._all.values(), default=0)

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _of_sentence(self, index: int) -> tuple[int, int]:
        """Return where the mentions of a sentence begin and end among those of the document."""
        end = self._starts[index + 1] if index + 1 < len(self._starts) else None
        last = len(self._at) if end is None else bisect_left(self._at, end)
        return bisect_left(self._at, self._starts[index]), last

    def features(self, draft: Draft) -> Features:
        """Return what speaks for each state that the document names, and for none."""
        first = min(draft.mentions)
        here = self._index(first.start)
        near = self._shares(draft)
        here_first, here_last = self._of_sentence(here)
        at, after = bisect_left(self._at, first.start), bisect_left(self._at, first.end)
        last = [code for _, code in self._order[max(0, at - 1) : at]]
        following = [code for _, code in self._order[after : after + 1]] if after < here_last else []
        sort = _sort(draft)
        named = draft.kind == "person" and draft.identity[0] == "person"
        found: dict[str | None, Mapping[str, float]] = {
            code: {
                "near": near[code],
                "near, named": near[code] * named,
                f"American, {sort}": float(code == _AMERICAN),
                "document": count / self._total,
                "most in document": float(count == self._most),
                "in passing": float(count < FEW),
                "once": float(count == 1),
                "same sentence": self._near[here][code] / max(1, here_last - here_first),
                "sentence before": float(code in self._near.get(here - 1, _NONE)),
                "last before": float(code in last),
                "last before, same sentence": float(code in last and at > here_first),
                "next, same sentence": float(code in following),
                "headline": float(code in self._headline),
                "dateline": float(code == self._ground.dateline),
                "main": float(code == self._ground.main),
            }
            for code, count in self._all.items()
            if code not in draft.barred
            if self._total >= LEAST_MENTIONS or len(self._starts) >= REPORT
        }
        leading = max(near.values(), default=0.0)
        found[None] = {"none": 1.0, "none, states": min(len(self._all), REACH) / REACH, "none, leading": leading,
                       f"none, {sort}": 1.0}  # fmt: skip
        return found

    def _shares(self, draft: Draft) -> Mapping[str, float]:
        """Return each state's share of the mentions around a member's own, near ones weighing more."""
        weights: dict[str, float] = defaultdict(float)
        for index in sorted({self._index(span.start) for span in draft.mentions}):
            for other in range(index - REACH, index + REACH + 1):
                for code, count in self._near.get(other, _NONE).items():
                    weights[code] += count * DECAY ** abs(other - index)
            for code, count in self._all.items():
                weights[code] += count * WHOLE
        total = sum(weights.values())
        return {code: weight / total for code, weight in weights.items()}


_NONE: Mapping[str, int] = {}


def _sort(draft: Draft) -> str:
    """Return the sort of a member, as far as it tells whether a state is to be expected."""
    if draft.kind == "organisation":
        return "organisation" if draft.identity[0] == "organisation" else "body"
    sort = _SORTS.get(draft.sector or "", "other")
    if draft.kind == "group":
        return f"group, {sort}"
    return f"named person, {sort}" if draft.identity[0] == "person" else f"person, {sort}"


@dataclass(frozen=True, slots=True)
class Settler:
    """The model of whose surroundings a member is in."""

    weights: Weights

    @classmethod
    def load(cls) -> Settler:
        """Return the shipped weights."""
        return cls(Weights.load("communique.knowledge", "surroundings.toml"))

    def state(self, features: Features) -> tuple[str | None, float]:
        """Return the likeliest state and its probability."""
        scores = {code: self.weights.score(known) for code, known in features.items()}
        ranked = sorted((c for c in scores if c is not None), key=lambda c: (scores[c], c), reverse=True)
        if not ranked:
            return None, 0.0
        top = max(scores.values())
        total = sum(math.exp(score - top) for score in scores.values())
        alike = len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < math.log(LEAD)
        return (None, 0.0) if alike else (ranked[0], math.exp(scores[ranked[0]] - top) / total)


def open_countries(around: Surroundings, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Features]]:
    """Yield the members who could be of a state and have none yet, with what speaks for each state."""
    for draft in drafts:
        several = draft.elsewhere or len(draft.candidates) > 1
        if draft.code is None and draft.kind != "place" and draft.mentions and not several:
            yield draft, around.features(draft)


def settle(around: Surroundings, drafts: Sequence[Draft], settler: Settler) -> None:
    """Give members without a country that of their surroundings, where one is likely enough."""
    for draft, features in open_countries(around, drafts):
        code, probability = settler.state(features)
        if code is not None and probability >= LEAST:
            draft.code = code
            draft.reason += f"; {code} by the surroundings ({probability:.2f})"
