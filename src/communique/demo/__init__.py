"""The demonstration: short reports that ship with the program, and three telling records read from them.

The outlets are invented and take sides, each in its own manner, as outlets do; the happenings are public
facts: the Venezuelan talks of 2017 to 2019, and conflicts in Ukraine, Korea, Ethiopia and Eritrea,
Yemen, Myanmar, Sudan and Colombia. The formats are those that users have: saved pages with menus and
advertisements, HTML, JSONL. Bystanders without a name are invented too.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def reports() -> tuple[Path, ...]:
    """Return the files of the sample reports, in order."""
    folder = Path(str(files("communique.demo") / "reports"))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html", ".jsonl")))
