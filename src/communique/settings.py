"""Settings of a run: one frozen record, checked when it is made."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from communique.errors import SettingsError


@cache
def version() -> str:
    """Return the version of communique that is installed, `0+source` when it runs from a source tree."""
    try:
        return installed_version("communique")
    except PackageNotFoundError:
        return "0+source"


def default_workers() -> int:
    """Return what the command line takes: 2, or 1 on one core. A worker holds a copy of the models."""
    return min(2, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run works. Raises SettingsError on a value that cannot be used.

    >>> Settings(workers=1).workers
    1
    """

    workers: int = 1
    """Processes that code at the same time. A script that asks for more than one must run its code under
    `if __name__ == "__main__":`, since each worker imports the script."""
    batch_documents: int = 16
    """Documents read by the models at a time."""
    store_documents: int = 100
    """Documents saved in one transaction; Ctrl-C or a full disk loses no more than these."""
    store_seconds: float = 10.0
    """Save at the latest after so many seconds, however few documents wait."""
    min_confidence: float = 0.0
    """Events of a lower confidence are left out; events without a confidence are kept."""
    actors: str | None = None
    """A CSV file of your own actors, read beside the package's tables and before them."""
    patterns: tuple[str, ...] = ()
    """TOML files of your own patterns, which go before the package's for their words; see docs/patterns.md."""
    reader: str = "communique"
    """What reads sentences: `communique`, its own model, or `spacy:NAME`, a spaCy pipeline that you have."""

    coding: bool = True
    """False: documents are read and their actors and places found, but no statements and no events, as
    `communique analyse` does it, in about half the time."""

    def __post_init__(self) -> None:
        """Check every value."""
        if self.reader != "communique" and not re.fullmatch("spacy:.+", self.reader):
            raise SettingsError(
                f"reader is {self.reader!r}; give communique, or spacy: and the name of a pipeline, "
                "as in spacy:en_core_web_trf"
            )
        for name in ("workers", "batch_documents", "store_documents"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise SettingsError(f"{name} is {value!r}; give a whole number of 1 or more")
        if not 0.0 <= self.min_confidence <= 1.0:
            raise SettingsError(f"min_confidence is {self.min_confidence}; give a number from 0 to 1")
        if not self.store_seconds > 0:
            raise SettingsError(f"store_seconds is {self.store_seconds}; give a number above 0")
