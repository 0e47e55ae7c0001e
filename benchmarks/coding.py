"""How good the coding is, against hand coding: `make evaluate-coding`.

    python -m benchmarks.coding CODED [--curve] [--speed FILE] [--folds FILE]

CODED are the events of the dev documents, by `python -m corpus.coded corpus/real --split dev -o CODED`. The figures of
the classifier's folds are those that `training/coding.py` wrote last, the speed that of the last run of
`benchmarks/throughput.py --record`. Prints each figure beside its floor and its goal (the sets `coding` and
`coding goals` of corpus/floors.json) and fails when one is beyond its floor or not measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from communique.errors import CommuniqueError
from communique.evaluate import Report, floors, run
from communique.evaluate.report import curve_table

FLOORS = Path("corpus/floors.json")
FOLDS = Path("training/results/coding.json")
SPEED = Path("benchmarks/results/throughput.json")
GAP = "expected calibration error"
"""The one figure of which less is better: its floor is the most that it may be."""
SURE = "records of 0.8 or more: category, actor and recipient"
OF_REPORT = {
    "documents' categories, macro F1": "Documents: categories, mean of categories",
    "category and actor, F1": "Events: category and actor's country",
    "precision of records of confidence 0.8 or more": f"Confidence: {SURE}",
    "modes given the category, micro F1": "Labels, of the events found with the right category: mode",
    "contexts, micro F1": "Documents: contexts, all together",
}
"""The figures of the table that an evaluation gives, by its own names."""


def figures(report: Report, folds: Path, speed: Path) -> dict[str, float | None]:
    """Return every figure of the table in its order, None where it is not measured."""
    measured = report.figures()
    return {
        "marked pairs, five folds, macro F1": kept(folds, "macro_f1"),
        **{name: measured.get(key) for name, key in OF_REPORT.items()},
        GAP: report.calibration_error,
        "articles a second, two cores": kept(speed, "documents_a_second"),
    }


def kept(path: Path, name: str) -> float | None:
    """Return a figure that an earlier run wrote down, None where there was none."""
    if not path.exists():
        return None
    return float(json.loads(path.read_text(encoding="utf-8"))[name])


def reached(name: str, value: float | None, bound: float) -> bool:
    """Say whether a figure is as good as a floor or a goal."""
    if value is None:
        return False
    return value <= bound if name == GAP else value >= bound


def table(found: Mapping[str, float | None], least: Mapping[str, float], goals: Mapping[str, float]) -> Table:
    """Return the figures beside their floors and goals."""
    shown = Table(title="Coding, real dev documents", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in ("what", "measured", "floor", "goal", ""):
        shown.add_column(column, justify="left" if column in ("what", "") else "right")
    for name, value in found.items():
        word = "goal reached" if reached(name, value, goals[name]) else ""
        word = word or ("" if reached(name, value, least[name]) else "beyond its floor")
        shown.add_row(
            name, "-" if value is None else f"{value:.3f}", f"{least[name]:g}", f"{goals[name]:g}", word
        )
    return shown


def main() -> int:
    """Print the table; return 1 when a figure is beyond its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("coded", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("corpus/real"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--curve", action="store_true", help="add precision and recall by confidence")
    parser.add_argument("--folds", type=Path, default=FOLDS)
    parser.add_argument("--speed", type=Path, default=SPEED)
    given = parser.parse_args()
    try:
        report = run([given.gold], given.coded, curve=given.curve, split=given.split)
        least, goals = floors.read(FLOORS, "coding"), floors.read(FLOORS, "coding goals")
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = figures(report, given.folds, given.speed)
    console = Console(width=110)
    console.print(table(found, least, goals))
    if report.curve:
        console.print(curve_table(report.curve))
    return 0 if all(reached(name, found[name], least[name]) for name in least) else 1


if __name__ == "__main__":
    raise SystemExit(main())
