"""What `communique demo` does: code the reports that come with the program, and show what is in them."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from communique.cli.coding import job, perform, tell
from communique.demo import reports
from communique.demo.telling import three_records
from communique.settings import Settings
from communique.store import Store

OPENING = "Three of the records, each with the sentence that it was read from:\n"


def demonstrate(output: str) -> int:
    """Code the sample reports into the store `output`, print three records and the summary."""
    console = Console(highlight=False)
    paths = [str(path) for path in reports()]
    task = job(paths, output, "store", {}, Settings(), quiet=False)
    console.print(f"Reading {len(paths)} files of short reports by outlets that disagree …\n")
    outcome = perform(task)
    with Store.open(output, read_only=True) as store:
        console.print(Text(OPENING))
        console.print(three_records(store))
    tell(task, outcome)
    return outcome.status
