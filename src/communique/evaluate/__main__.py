"""Scores coded events against annotated documents: `python -m communique.evaluate GOLD… CODED`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from communique.errors import CommuniqueError
from communique.evaluate import floors, run


def main() -> int:
    """Print the report; return 1 and say why if a file cannot be used or a floor is missed."""
    parser = argparse.ArgumentParser(prog="python -m communique.evaluate", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated documents: files or folders")
    parser.add_argument("coded", type=Path, help="JSONL of `communique code`")
    parser.add_argument("--split", choices=("dev", "train"), help="only documents of this split")
    parser.add_argument("--curve", action="store_true", help="precision and recall by confidence")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--floors", type=Path, help="file of floors: fail when a figure is under its floor")
    parser.add_argument("--set", default="dev", help="which floors of the file (default: dev)")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise-floors", action="store_true", help="raise the floors to what is reached")
    change.add_argument(
        "--lower-floors", action="store_true", help="set the floors to what is reached, lower too"
    )
    given = parser.parse_args()
    try:
        report = run(given.gold, given.coded, curve=given.curve, split=given.split)
        asked = floors.read(given.floors, given.set) if given.floors else {}
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if given.json:
        sys.stdout.write(json.dumps(report.row(), ensure_ascii=False, indent=1) + "\n")
    elif sys.stdout.isatty():
        Console().print(report)
    else:
        sys.stdout.write(report.text())
    if given.floors and (given.raise_floors or given.lower_floors):
        asked = floors.renewed(report, asked, lower=given.lower_floors)
        floors.write(given.floors, given.set, asked)
    missed = floors.missed(report, asked)
    sys.stderr.writelines(f"{line}\n" for line in missed)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
