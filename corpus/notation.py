"""Reads the coder's notation: the lines of a file, with their fields, before any words are looked up.

The notation is described in corpus/GUIDE.md. A file has one document (`.ann`), or many written ones, each
opened by `TEXT:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ACTOR_KINDS = ("per", "org", "state", "group", "place-as-actor")
NAME_TYPES = ("PER", "ORG", "LOC", "NAT", "MISC")
STATEMENT_KINDS = ("direct", "indirect", "mixed")
POLARITIES = ("asserts", "denies", "asks", "promises", "threatens", "evaluates")
RESOLUTIONS = ("day", "week", "month", "year", "document")
IMPORTANCE = ("must", "should", "may")
EVENT_FIELDS = ("trig", "act", "rec", "mode", "aux", "st", "by", "date", "loc", "ctx", "imp", "alt", "same")
STATEMENT_FIELDS = ("src", "cue", "con", "kind", "pol", "to", "in")

_BAR = re.compile(r"\s+\|(?:\s+|$)")
_ITEM = re.compile(r"\s+;(?:\s+|$)|;\s+(?=@\d)")
_LABELS = re.compile(r"\s*[;,]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: its number in the file, its tag (N, A, S, E …) and its fields."""

    number: int
    tag: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the coder has to mend (`error`) or look at again (`note`)."""

    file: str
    line: int
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.message}"


@dataclass(slots=True)
class Faults:
    """Collects every fault of a file, so that one run shows them all."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def error(self, line: int, message: str) -> None:
        """Record what makes the file unusable."""
        self.found.append(Fault(self.file, line, message))

    def note(self, line: int, message: str) -> None:
        """Record what is allowed but seldom meant."""
        self.found.append(Fault(self.file, line, message, "note"))

    @property
    def errors(self) -> list[Fault]:
        """Only the faults that must be mended."""
        return [fault for fault in self.found if fault.severity == "error"]


def logical_lines(text: str, first: int = 1) -> list[Line]:
    """Return the lines with continuations joined and comments left out; `first` numbers the first line."""
    joined: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), start=first):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        if raw.startswith("  ") and joined:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {raw.strip()}")
        else:
            joined.append((number, raw.strip()))
    return [_line(number, raw) for number, raw in joined]


def _line(number: int, raw: str) -> Line:
    tag, _, rest = raw.partition(" ")
    return Line(
        number, tag, tuple(part.strip() for part in _BAR.split(f" {rest.strip()}") if part is not None)
    )


def items(text: str) -> list[str]:
    """Split a list at ` ; `, or at `;` before a place; empty and `-` give no item."""
    return [item for item in (part.strip() for part in _ITEM.split(text.strip())) if item and item != "-"]


def labels(text: str) -> list[str]:
    """Split a list of labels at `;` or `,`."""
    return [label for label in _LABELS.split(text.strip()) if label and label != "-"]


def keyed(fields: tuple[str, ...], known: tuple[str, ...], line: int, faults: Faults) -> dict[str, str]:
    """Return the fields that begin with a key word, by key; report unknown and repeated ones."""
    found: dict[str, str] = {}
    for part in filter(None, fields):
        key, _, value = part.partition(" ")
        if key.startswith("@") or key not in known:
            faults.error(line, f"field {part[:60]!r} begins with none of: {', '.join(known)}")
        elif key in found:
            faults.error(line, f"field {key!r} is given twice; separate the items of a list by ' ; '")
        else:
            found[key] = value.strip()
    return found
