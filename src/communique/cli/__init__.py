"""The command line. `communique --help` is the manual; docs/command-line.md says the same with examples."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from communique.cli.commands import app

__all__ = ["app", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. `arguments` are those of the shell unless given."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark
    try:
        app(args=None if arguments is None else list(arguments), prog_name="communique")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
