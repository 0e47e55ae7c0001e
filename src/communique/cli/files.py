"""Files that a command reads and writes: checked before the work, whole after it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import cast

from communique.errors import SettingsError, StoreError

DEFAULT_STORE = "communique.duckdb"
STANDARD = "-"
"""Standard input or output, where a path is asked for."""
PART = ".part"
"""Added to the name of an output until it is whole."""


def check_output(output: str, inputs: Iterable[str] = ()) -> None:
    """Raise SettingsError if `output` cannot be a file, or is one of the inputs."""
    path = Path(output)
    if path.is_dir():
        raise SettingsError(f"{output} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise SettingsError(f"the folder {path.parent} does not exist; make it first")
    if any(name != STANDARD and path.exists() and _same(path, name) for name in inputs):
        raise SettingsError(f"{output} is an input too and would be overwritten; name another output")


@contextmanager
def opened(output: str, *, as_text: bool = False) -> Iterator[TextIOWrapper]:
    """Open an output for writing in UTF-8, `-` for standard output.

    A file is written under its name with `.part` and renamed when it is whole, so that an earlier result
    stays until then; after a failure the part remains. `as_text` writes to standard output in the
    terminal's own encoding. Raises StoreError when the disk is full or the file cannot be written.
    """
    if output == STANDARD and as_text:
        yield cast(TextIOWrapper, sys.stdout)
        sys.stdout.flush()
    elif output == STANDARD:
        out = TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace", newline="\n")
        try:
            yield out
        finally:
            out.detach()  # writes what waits, and leaves standard output open
    else:
        with _whole(Path(output)) as out:
            yield out


@contextmanager
def _whole(path: Path) -> Iterator[TextIOWrapper]:
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as raw, TextIOWrapper(raw, "utf-8", errors="replace", newline="\n") as out:
            yield out
        os.replace(part, path)
    except OSError as error:
        kept = f"; what was written is in {part}" if part.exists() else ""
        raise StoreError(f"{path} cannot be written: {error.strerror or error}{kept}") from error


def _same(path: Path, name: str) -> bool:
    return os.path.exists(name) and path.samefile(name)
