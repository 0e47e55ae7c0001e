"""Join the branches of two runs: python -m training.joined training/runs/trees training/runs/saying training/runs/joined

Both were taught above the same shared layers (`training.reading --branch`), which is checked.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

from training.export import load
from training.network import SAYING


def main() -> None:
    """Write the checkpoint that has the trees of the first run and what is said of the second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", type=Path, help="folder of the run that taught trees, tags and names")
    parser.add_argument("saying", type=Path, help="folder of the run that taught attributions and events")
    parser.add_argument("target", type=Path, help="folder for the checkpoint with both")
    options = parser.parse_args()
    trees, saying = load(options.trees), load(options.saying)
    joined = trees.state_dict()
    for name, values in saying.state_dict().items():
        branch = trees.branch_of(name)
        if branch is None and not torch.equal(values, joined[name]):
            raise SystemExit(f"not taught above the same layers: {name} differs")
        if branch == SAYING:
            joined[name] = values
    options.target.mkdir(parents=True, exist_ok=True)
    torch.save({"model": joined}, options.target / "checkpoint.pt")
    shutil.copy(options.trees / "labels.json", options.target / "labels.json")


if __name__ == "__main__":
    main()
