"""Code news and write the events as CSV for a spreadsheet, claimed and denied ones apart.

python examples/export_csv.py FOLDER [PATH ...]       (without paths: the reports of the demonstration)
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from communique import Coded, Coder
from communique.demo import reports
from communique.export import event_row, write_csv


def main(folder: Path, paths: list[str]) -> None:
    """Write `events-STATUS.csv` into the folder, one file for each status that occurs."""
    by_status: dict[str, list[dict[str, Any]]] = {}
    for coded in Coder().code_many(paths):
        if isinstance(coded, Coded):
            for event in coded.events:
                by_status.setdefault(event.status or "unknown", []).append(event_row(event, coded))
    folder.mkdir(parents=True, exist_ok=True)
    for status, rows in sorted(by_status.items()):
        with (folder / f"events-{status}.csv").open("w", encoding="utf-8", newline="") as out:
            write_csv(rows, out)
        print(f"{len(rows):4}  {folder / f'events-{status}.csv'}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "events"),
        sys.argv[2:] or [str(path) for path in reports()],
    )
