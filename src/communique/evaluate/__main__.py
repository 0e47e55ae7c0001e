"""Scores coded events against annotated documents: `python -m communique.evaluate GOLD… CODED`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from communique.errors import CommuniqueError
from communique.evaluate import run


def main() -> int:
    """Print the report; return 1 and say why if a file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m communique.evaluate", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated documents: files or folders")
    parser.add_argument("coded", type=Path, help="JSONL of `communique code`")
    parser.add_argument("--split", choices=("dev", "train"), help="only documents of this split")
    parser.add_argument("--curve", action="store_true", help="precision and recall by confidence")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    given = parser.parse_args()
    try:
        report = run(given.gold, given.coded, curve=given.curve, split=given.split)
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if given.json:
        sys.stdout.write(json.dumps(report.row(), ensure_ascii=False, indent=1) + "\n")
    elif sys.stdout.isatty():
        Console().print(report)
    else:
        sys.stdout.write(report.text())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
