"""Scores the shipped reading model on the development sets and prints its speed.

    PYTHONPATH=src:. python benchmarks/reading.py [--data ../shared/data] [--every N]

Given tokens, no punctuation in UAS and LAS; PolNeAR's syntax and names are CoreNLP's, not truth.
Needs the corpora of ../shared/data; says so where they are absent.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from training.corpora import NAMES, ROLES, Example, ewt, polnear

from communique.language.reader import GOLD, SILVER, Network, Parse


def main() -> int:
    """Print the table; return 2 where there is nothing to measure on."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--every", type=int, default=1, help="score every Nth sentence")
    options = parser.parse_args()
    if not (options.data / "polnear_dev.jsonl.gz").exists():
        print(
            f"{options.data} has no polnear_dev.jsonl.gz: this benchmark needs the corpora of ../shared/data"
        )
        return 2
    network = Network.load()
    sets = {
        "EWT dev": (ewt(options.data / "ud_english_ewt_dev.conllu.gz"), GOLD),
        "PolNeAR dev": (polnear(options.data / "polnear_dev.jsonl.gz"), SILVER),
    }
    for name, (examples, convention) in sets.items():
        chosen = [example for example in examples if len(example.words) > 1][:: options.every]
        began = time.perf_counter()
        parses = network.parse([e.words for e in chosen], [e.quotation for e in chosen], convention)
        seconds = time.perf_counter() - began
        print(
            f"{name}: {len(chosen)} sentences, {sum(len(e.words) for e in chosen) / seconds:.0f} words a second"
        )
        for label, score in scores(chosen, parses).items():
            print(f"    {label:<10}{score:.4f}")
    return 0


def scores(examples: list[Example], parses: list[Parse]) -> dict[str, float]:
    """Return UAS and LAS without punctuation, F1 of name spans, and F1 of roles by word."""
    pairs = list(zip(examples, parses, strict=True))
    arcs = [
        (p.heads[i] == e.heads[i], p.relations[i] == e.relations[i])
        for e, p in pairs
        for i in range(len(e.words))
        if e.relations[i] and e.relations[i] != "punct"
    ]
    found = {
        "UAS": sum(head for head, _ in arcs) / len(arcs),
        "LAS": sum(head and label for head, label in arcs) / len(arcs),
    }
    named = [(runs(e.names), runs(p.names)) for e, p in pairs if any(e.names)]
    if named:
        found["names F1"] = f1([g for g, _ in named], [f for _, f in named])
    for role in ROLES[1:]:
        marked = [
            ({i for i, r in enumerate(e.roles) if r == role}, {i for i, r in enumerate(p.roles) if r == role})
            for e, p in pairs
            if any(e.roles)
        ]
        if marked:
            found[role] = f1([g for g, _ in marked], [f for _, f in marked])
    return found


def runs(labels: Sequence[str | None]) -> set[tuple[int, int, str]]:
    """Return (start, end, label) of each run of one name label."""
    found: set[tuple[int, int, str]] = set()
    start = 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] != labels[start]:
            label = labels[start]
            if label in NAMES[1:]:
                found.add((start, i, str(label)))
            start = i
    return found


def f1(gold: Sequence[AbstractSet[object]], found: Sequence[AbstractSet[object]]) -> float:
    """Return F1 over the members of paired sets."""
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    total = sum(map(len, gold)) + sum(map(len, found))
    return 2 * right / total if total else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
