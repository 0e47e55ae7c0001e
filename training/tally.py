"""Counts what a reading model got right on development sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor

from training.acts import ActTally
from training.corpora import ROLES, Example

if TYPE_CHECKING:
    from training.reading import Batches


class Tally:
    """Counts what a model got right over batches."""

    def __init__(self, batches: Batches) -> None:
        """Begin at nothing."""
        self._batches = batches
        self.acts = ActTally()
        self._right: dict[str, int] = dict.fromkeys(("UAS", "LAS", "tags", "pos"), 0)
        self._known = dict(self._right)
        self._spans = {"names": [0, 0, 0], "source": [0, 0, 0], "cue": [0, 0, 0], "content": [0, 0, 0]}

    def add(self, group: list[Example], heads: Tensor, found: list[Tensor]) -> None:
        """Count one batch: predicted heads (B, W) and the labels of each head in the order of `FIELDS`."""
        targets = self._batches.targets(group)
        punct = self._batches.index["relations"]["punct"]
        arc = (targets["relations"] >= 0) & (targets["relations"] != punct)
        good = heads == targets["heads"]
        self._count("UAS", good, arc)
        self._count("LAS", good & (found[0] == targets["relations"]), arc)
        self._count("tags", found[1] == targets["tags"], targets["tags"] >= 0)
        self._count("pos", found[2] == targets["pos"], targets["pos"] >= 0)
        for i in range(len(group)):
            known = targets["names"][i] >= 0
            self._overlap("names", _runs(targets["names"][i][known]), _runs(found[3][i][known]))
        for number, role in enumerate(ROLES[1:], 1):
            known = targets["roles"] >= 0
            gold, guess = (targets["roles"] == number) & known, (found[4] == number) & known
            counts = (int((gold & guess).sum()), int(gold.sum()), int(guess.sum()))
            self._spans[role] = [a + b for a, b in zip(self._spans[role], counts, strict=True)]

    def _count(self, name: str, good: Tensor, known: Tensor) -> None:
        self._right[name] += int((good & known).sum())
        self._known[name] += int(known.sum())

    def _overlap(self, name: str, gold: set[tuple[int, int, int]], found: set[tuple[int, int, int]]) -> None:
        counts = (len(gold & found), len(gold), len(found))
        self._spans[name] = [a + b for a, b in zip(self._spans[name], counts, strict=True)]

    def figures(self) -> dict[str, float]:
        """Return the shares, leaving out what the corpus has no truth for."""
        shares = {k: self._right[k] / n for k, n in self._known.items() if n}
        spans = {k: 2 * hit / (gold + found) for k, (hit, gold, found) in self._spans.items() if gold}
        return {k: round(v, 4) for k, v in (shares | spans).items()} | dict(self.acts.figures())


def _runs(labels: Tensor) -> set[tuple[int, int, int]]:
    """Return (start, end, label) of each run of one label other than 0."""
    runs, start, values = set(), 0, labels.tolist()
    for i in range(1, len(values) + 1):
        if i == len(values) or values[i] != values[start]:
            if values[start]:
                runs.add((start, i, values[start]))
            start = i
    return runs
