"""Trees from arc scores, checked against every possible tree of small sentences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from communique.language.tree import best_tree, trees


def is_tree(heads: list[int]) -> bool:
    if heads.count(0) != 1:
        return False
    for node in range(1, len(heads) + 1):
        seen: set[int] = set()
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


@pytest.mark.parametrize("seed", range(40))
def test_repair_gives_one_root_without_cycles_and_nothing_better_with_that_root(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 5)).astype(np.float32)
    scores[np.arange(4), np.arange(4) + 1] = -1e6
    found = best_tree(scores.copy()).tolist()
    assert is_tree(found)
    same_root = [
        list(heads)
        for heads in product(range(5), repeat=4)
        if is_tree(list(heads)) and heads.index(0) == found.index(0)
    ]
    total = [sum(float(scores[i, h]) for i, h in enumerate(heads)) for heads in same_root]
    assert sum(float(scores[i, h]) for i, h in enumerate(found)) == pytest.approx(max(total), abs=1e-4)


def test_a_batch_of_different_lengths_gives_a_tree_for_each() -> None:
    chance = np.random.default_rng(1)
    lengths = np.asarray([1, 2, 7, 12, 30])
    heads = trees(chance.normal(size=(5, 30, 31)).astype(np.float32), lengths)
    for row, n in zip(heads.tolist(), lengths.tolist(), strict=True):
        assert is_tree(row[:n])
        assert not any(row[n:])


def test_clear_scores_are_followed() -> None:
    scores = np.full((1, 3, 4), -5.0, np.float32)
    for word, head in enumerate([2, 0, 2]):
        scores[0, word, head] = 5.0
    assert trees(scores, np.asarray([3])).tolist() == [[2, 0, 2]]
