"""Floors under the figures: accuracy that was reached is kept, and given up only on purpose.

`corpus/floors.json` holds, for each set that is measured (`dev`, `written`), figures by the names of
`Report.figures` and the least value of each.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from communique.errors import CorpusError
from communique.evaluate.report import Report

DIGITS = 100
"""Floors have two decimals, rounded down: differences below 0.01 are within any interval."""


def read(path: Path, name: str) -> dict[str, float]:
    """Return the floors of a set by figure; raise CorpusError if the file or the set is not there."""
    found = _all(path)
    if name not in found:
        raise CorpusError(f"{path}: no floors for {name!r}; there are floors for {', '.join(found)}")
    return {figure: float(floor) for figure, floor in found[name].items()}


def _all(path: Path) -> dict[str, dict[str, float]]:
    try:
        found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read as floors ({error})") from error
    return found


def write(path: Path, name: str, floors: Mapping[str, float]) -> None:
    """Put the floors of one set into the file; the other sets stay."""
    found = {**_all(path), name: dict(floors)}
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def missed(report: Report, floors: Mapping[str, float]) -> list[str]:
    """Return a line for each figure that is under its floor, or no longer measured."""
    figures = report.figures()
    lines = []
    for figure, floor in floors.items():
        if figure not in figures:
            lines.append(f"{figure}: not measured, floor {floor:.2f}")
        elif figures[figure] < floor:
            lines.append(f"{figure}: {figures[figure]:.2f} under its floor {floor:.2f}")
    return lines


def renewed(report: Report, floors: Mapping[str, float], *, lower: bool = False) -> dict[str, float]:
    """Return the floors raised to what is now reached; lowered as well only when asked."""
    figures = report.figures()
    reached = {figure: math.floor(figures.get(figure, 0.0) * DIGITS) / DIGITS for figure in floors}
    return {figure: reached[figure] if lower else max(reached[figure], floors[figure]) for figure in floors}
