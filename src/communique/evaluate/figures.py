"""Precision, recall and F1 with bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.evaluate.tallies import Judged, Tally

SAMPLES = 200
"""Bootstrap samples: with 100 documents the ends of the interval move by less than 0.01 from 200 to 2,000."""
LEVEL = 0.95
FEWEST = 5
"""Documents below which no interval is given: resampling so few says nothing."""
SEED = 20170914

Counts = NDArray[np.float64]
"""Right, spurious, missed in the last axis."""


@dataclass(frozen=True, slots=True)
class Score:
    """A figure: its counts, the measures, and the interval of F1 (of recall, where that is all) over documents."""

    right: int
    spurious: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None = None
    high: float | None = None

    @property
    def support(self) -> int:
        """How many there are in the gold."""
        return self.right + self.missed


def measures(counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return precision, recall and F1 of counts [..., 3]; not-a-number where there is nothing to count."""
    right, spurious, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = right / (right + spurious)
        recall = right / (right + missed)
        f1 = 2 * right / (2 * right + spurious + missed)
    return precision, recall, f1


class Figures:
    """All counts of a set of documents, and the same counts of resampled sets."""

    def __init__(self, tallies: Sequence[Tally], samples: int = SAMPLES) -> None:
        """Gather the tallies of the documents; `samples` 0 gives no intervals."""
        self.keys = tuple(sorted({key for one in tallies for key in one.right}))
        table = np.array(
            [[(one.right[key], one.spurious[key], one.missed[key]) for key in self.keys] for one in tallies],
            dtype=np.float64,
        ).reshape(len(tallies), len(self.keys), 3)
        self._whole: Counts = table.sum(axis=0)
        chance = np.full(len(tallies), 1 / max(1, len(tallies)))
        samples = samples if len(tallies) >= FEWEST else 0
        weights = np.random.default_rng(SEED).multinomial(len(tallies), chance, size=samples)
        self._sampled: Counts = np.einsum("sd,dkc->skc", weights.astype(np.float64), table, optimize=True)

    def under(self, prefix: str) -> tuple[str, ...]:
        """Return the keys `prefix/…` that stand one level below a prefix."""
        return tuple(key for key in self.keys if key.startswith(f"{prefix}/"))

    def score(self, *keys: str) -> Score:
        """Return the figure over the sum of keys (a micro average); empty where none was counted."""
        index = [self.keys.index(key) for key in keys if key in self.keys]
        whole = self._whole[index].sum(axis=0)
        precision, recall, f1 = (_number(measure) for measure in measures(whole))
        low, high = _interval(measures(self._sampled[:, index].sum(axis=1))[2])
        right, spurious, missed = (int(count) for count in whole)
        return Score(right, spurious, missed, precision, recall, f1, low=low, high=high)

    def recall(self, key: str) -> Score:
        """Return a figure of which only what is found can be told, not what is spurious: recall and its interval."""
        index = [self.keys.index(key)] if key in self.keys else []
        whole = self._whole[index].sum(axis=0)
        low, high = _interval(measures(self._sampled[:, index].sum(axis=1))[1])
        recall = _number(measures(whole)[1])
        return Score(int(whole[0]), 0, int(whole[2]), None, recall, None, low=low, high=high)

    def macro(self, keys: Sequence[str]) -> Score:
        """Return the mean of the measures over the keys that the gold has; counts are sums."""
        index = [self.keys.index(key) for key in keys if key in self.keys]
        index = [i for i in index if self._whole[i, 0] + self._whole[i, 2] > 0]
        micro = self._whole[index].sum(axis=0)
        precision, recall, f1 = (np.nan_to_num(measure) for measure in measures(self._whole[index]))
        sampled = np.nan_to_num(measures(self._sampled[:, index])[2])
        low, high = _interval(sampled.mean(axis=1) if index else np.zeros(0))
        right, spurious, missed = (int(count) for count in micro)
        if not index:
            return Score(0, 0, 0, None, None, None)
        return Score(
            right, spurious, missed,
            float(precision.mean()), float(recall.mean()), float(f1.mean()), low=low, high=high,
        )  # fmt: skip


def _number(value: NDArray[np.float64]) -> float | None:
    return None if np.isnan(value) else float(value)


def _interval(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    values = values[~np.isnan(values)]
    if values.size == 0:
        return None, None
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


# --------------------------------------------------------------------------- confidence


@dataclass(frozen=True, slots=True)
class Point:
    """The figures of the events at or above a confidence, and of those within a tenth above it."""

    threshold: float
    precision: float | None
    recall: float | None
    whole: float | None
    """Share of the records whose category, actor and recipient are all right."""
    within: int
    right_within: float | None


def judged(tallies: Sequence[Tally]) -> tuple[Judged, ...]:
    """Return all coded events that count and have a confidence."""
    return tuple(event for one in tallies for event in one.judged)


def curve(events: Sequence[Judged], whole: Score) -> tuple[Point, ...]:
    """Return precision and recall of the category by threshold, in tenths; empty without confidences.

    A well calibrated coder has `right_within` about 0.05 above the threshold.
    """
    return tuple(_point(events, step / 10, whole.support) for step in range(10)) if events else ()


def _point(events: Sequence[Judged], threshold: float, support: int) -> Point:
    kept = [event for event in events if event.confidence >= threshold]
    inside = [event for event in events if _tenth(event) == round(threshold * 10)]
    right = sum(event.category for event in kept)
    return Point(
        threshold,
        right / len(kept) if kept else None,
        right / support if support else None,
        sum(event.whole for event in kept) / len(kept) if kept else None,
        len(inside),
        sum(event.whole for event in inside) / len(inside) if inside else None,
    )


def _tenth(event: Judged) -> int:
    return min(int(event.confidence * 10 + 1e-9), 9)  # 1.0 belongs to the uppermost tenth


def sure(events: Sequence[Judged], threshold: float) -> Score:
    """Return how many of the records at or above a confidence are wholly right: precision alone."""
    kept = [event.whole for event in events if event.confidence >= threshold]
    precision = sum(kept) / len(kept) if kept else None
    return Score(sum(kept), len(kept) - sum(kept), 0, precision, None, None)


def calibration_error(events: Sequence[Judged]) -> float | None:
    """Return the expected calibration error: the gap of confidence and share of wholly right records.

    By tenths of confidence, each weighed by its records; None without confidences.
    """
    if not events:
        return None
    tenths = [[event for event in events if _tenth(event) == tenth] for tenth in range(10)]
    gaps = [abs(sum(event.confidence - event.whole for event in tenth)) for tenth in tenths]
    return sum(gaps) / len(events)


def confusion(tallies: Sequence[Tally]) -> Mapping[tuple[str, str], int]:
    """Return how often each category of the gold was coded as which; `-` is none."""
    counts: dict[tuple[str, str], int] = {}
    for one in tallies:
        for pair, count in one.confusion.items():
            counts[pair] = counts.get(pair, 0) + count
    return counts
