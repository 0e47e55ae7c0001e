"""Join the branches of runs: python -m training.joined TREES SAYING TARGET

TREES and SAYING are runs with a comma between them, each with a weight behind a colon if they do not count alike:
training/runs/one:2,training/runs/other. Of several the mean of the weights is taken, which mostly reads better than any of
them. All were taught above the same shared layers (`training.reading --branch`), which is checked.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from torch import Tensor

from training.export import load
from training.network import SAYING, TREES, Reading

Weights = dict[str, Tensor]


def main() -> None:
    """Write the checkpoint that has the trees of the first runs and what is said of the second."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trees", help="runs that taught trees, tags and names")
    parser.add_argument("saying", help="runs that taught attributions and events")
    parser.add_argument("target", type=Path, help="folder for the checkpoint with both")
    options = parser.parse_args()
    trees, saying = weighed(options.trees), weighed(options.saying)
    options.target.mkdir(parents=True, exist_ok=True)
    torch.save({"model": joined(trees, saying)}, options.target / "checkpoint.pt")
    shutil.copy(trees[0][0] / "labels.json", options.target / "labels.json")


def weighed(runs: str) -> list[tuple[Path, float]]:
    """Return the folders of runs with their weights, as the command line names them.

    >>> weighed("one:2,other")
    [(PosixPath('one'), 2.0), (PosixPath('other'), 1.0)]
    """
    parts = (run.partition(":") for run in runs.split(","))
    return [(Path(name), float(weight or 1)) for name, _, weight in parts]


def joined(trees: list[tuple[Path, float]], saying: list[tuple[Path, float]]) -> Weights:
    """Return the weights of both branches, each the mean of its runs, above the layers that all share."""
    whole: Weights = {}
    for branch, runs in ((TREES, trees), (SAYING, saying)):
        total = sum(weight for _, weight in runs)
        mean: Weights = {}
        for folder, weight in runs:
            _add(load(folder), branch, weight / total, mean, whole)
        whole |= mean
    return whole


def _add(model: Reading, branch: str, share: float, mean: Weights, shared: Weights) -> None:
    """Add a share of a model's branch to a mean, and check that it shares the other layers."""
    for name, values in model.state_dict().items():
        place = model.branch_of(name)
        if place == branch:
            mean[name] = values * share + mean.get(name, torch.zeros(()))
        elif place is None and not torch.equal(values, shared.setdefault(name, values)):
            raise SystemExit(f"not taught above the same layers: {name} differs")


if __name__ == "__main__":
    main()
