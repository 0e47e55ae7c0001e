"""From the model's arc scores to a tree: the best head of each word where that is one, else the best tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

IMPOSSIBLE = np.float32(-1e6)
AUXILIARIES = frozenset(
    "be am is are was were been being 's ’s 're ’re 'm ’m s re m have has had having 've ’ve 'd ’d ve d do does did done doing "
    "will would wo 'll ’ll ll can could ca may might shall should sha must ought need dare get gets got gotten getting "
    "gon going used let ai".split()
)
"""The words that English, or its spelling, has as auxiliaries: a closed class."""
HELPING = frozenset({"aux", "aux:pass"})


def trees(arcs: Floats, lengths: Ints) -> Ints:
    """Return heads (B, W), 0 for the root, else counted from 1, from scores (B, W, W+1).

    Nine sentences in ten need nothing but the best head of each word; the others get the best tree
    with one root, by the algorithm of Chu and Liu (1965) and Edmonds (1967). Padding gets head 0.
    """
    batch, width, _ = arcs.shape
    arcs = np.ascontiguousarray(arcs)
    arcs.reshape(batch, -1)[:, 1 :: width + 2] = IMPOSSIBLE  # each word as its own head
    inside = np.arange(width)[None, :] < lengths[:, None]
    for i in np.flatnonzero(lengths < width):
        arcs[i, :, lengths[i] + 1 :] = IMPOSSIBLE
    heads: Ints = np.where(inside, arcs.argmax(-1), 0)
    for i in np.flatnonzero(~_are_trees(heads, inside)):
        n = int(lengths[i])
        heads[i, :n] = best_tree(arcs[i, :n, : n + 1])
    return heads


def _are_trees(heads: Ints, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say for each sentence whether it has one root, reached from every word."""
    batch, width = heads.shape
    roots = np.arange(batch)[:, None] * (width + 1)
    up = roots + np.concatenate([np.zeros((batch, 1), np.int64), heads], 1)
    for _ in range(max(1, int(np.ceil(np.log2(width + 1))))):
        up = up.ravel()[up]
    single = ((heads == 0) & inside).sum(1) == 1
    whole: NDArray[np.bool_] = np.logical_and(single, (up == roots).all(1))
    return whole


def best_tree(arcs: Floats) -> Ints:
    """Return the heads (W) of the best tree with a single root, from scores (W, W+1)."""
    n = arcs.shape[0]
    scores = np.full((n + 1, n + 1), IMPOSSIBLE, np.float64)
    scores[1:, :] = arcs
    others = np.where(np.arange(n + 1)[None, :] == 0, IMPOSSIBLE, scores[1:]).max(1)
    root = int(np.argmax(scores[1:, 0] - (others if n > 1 else 0))) + 1
    scores[1:, 0] = IMPOSSIBLE * 10
    scores[root, :] = IMPOSSIBLE * 10
    scores[root, 0] = 0.0
    return np.asarray(_arborescence(scores)[1:], np.int64)


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Return the best heads of all nodes, node 0 being the root; scores[d, h], self-loops excluded."""
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads.tolist())
    if not cycle:
        result: list[int] = heads.tolist()
        return result
    return _expanded(scores, heads, cycle)


def _cycle(heads: list[int]) -> list[int]:
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = heads[node]
        if node and seen[node] == start:
            return path[path.index(node) :]
    return []


def _expanded(scores: NDArray[np.float64], heads: Ints, cycle: list[int]) -> list[int]:
    """Contract the cycle to one node, solve the rest, and open the cycle where the rest enters it."""
    n = scores.shape[0]
    rest = [i for i in range(n) if i not in set(cycle)]
    ring = np.asarray(cycle)
    gain = scores[ring][:, rest] - scores[ring, heads[ring]][:, None]
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = gain.max(0)
    small[:-1, -1] = scores[np.ix_(rest, cycle)].max(1)
    solved = _arborescence(small)
    result: list[int] = heads.tolist()
    for i, node in enumerate(rest[1:], 1):
        head = solved[i]
        result[node] = cycle[int(scores[node, ring].argmax())] if head == len(rest) else rest[head]
    entry = solved[-1]
    result[cycle[int(gain[:, entry].argmax())]] = rest[entry]
    return result


def mended(words: Sequence[str], heads: list[int], relations: list[str], pos: list[str]) -> None:
    """Put right, in place, two things that English never does; `heads` count from 1, 0 for the root.

    A verb that is taken for the auxiliary of the next one is its head: "denied | shelling the town". What stands before
    it, and the full stop, go with it. A subject before a verb and its complement is the former's.
    """
    helping = [i for i, relation in enumerate(relations) if relation in HELPING]
    for i in helping:
        below = heads[i] - 1
        if words[i].lower() in AUXILIARIES or below < i or not words[i].isalpha():
            continue
        heads[i], relations[i], pos[i] = heads[below], relations[below], "VERB"
        heads[below], relations[below] = i + 1, "xcomp"
        for other, head in enumerate(heads):
            if head == below + 1 and (other < i or (other > below and relations[other] == "punct")):
                heads[other] = i + 1
    if "xcomp" not in relations:
        return
    for i, relation in enumerate(relations):
        verb = heads[i] - 1
        if relation == "nsubj" and relations[verb] == "xcomp" and i < heads[verb] - 1 < verb:
            heads[i] = heads[verb]
