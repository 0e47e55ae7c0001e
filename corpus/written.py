"""Reads the written part of the corpus: our own text with its coding, in `corpus/written/*.txt`.

The `.txt` files are the only copy: they are compiled in memory wherever they are used. An item:

    ITEM w-name-0001 | sentence | wire | 2014-06-12
    T The text. One T line a paragraph.
    A m1 | …
    E e1 | …

Kinds: sentence, report, pair (ids end in a and b), none (no event in it). Sentences count from 0.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import texts
from corpus.assemble import Assembler, Row
from corpus.notation import Faults, Line, logical_lines

KINDS = ("sentence", "report", "pair", "none")
WRITTEN = texts.ROOT / "corpus" / "written"


@dataclass(frozen=True, slots=True)
class Item:
    """One written item: its head, its text, and the lines that code it."""

    id: str
    kind: str
    manner: str
    date: str | None
    text: str
    line: int
    lines: tuple[Line, ...]

    @property
    def pair(self) -> str | None:
        """The id that both members of a minimal pair share: their own without its last letter."""
        return self.id[:-1] if self.kind == "pair" else None


def items(path: Path, faults: Faults) -> Iterator[Item]:
    """Yield the items of a file; heads that cannot be read go to `faults`."""
    grouped: list[list[Line]] = []
    for line in logical_lines(path.read_text(encoding="utf-8")):
        if line.tag == "ITEM":
            grouped.append([line])
        elif grouped:
            grouped[-1].append(line)
        else:
            faults.error(line.number, "the file does not begin with an ITEM line")
    for lines in grouped:
        item = _item(lines, faults)
        if item is not None:
            yield item


def _item(lines: list[Line], faults: Faults) -> Item | None:
    head, *rest = lines
    if len(head.fields) not in (3, 4) or head.fields[1] not in KINDS:
        faults.error(head.number, f"a head is: ITEM id | {' or '.join(KINDS)} | manner | date")
        return None
    text = "\n\n".join(" | ".join(line.fields) for line in rest if line.tag == "T")
    if not text:
        faults.error(head.number, f"{head.fields[0]} has no T line")
        return None
    if head.fields[1] == "pair" and not re.search(r"[ab]$", head.fields[0]):
        faults.error(head.number, f"{head.fields[0]}: the ids of a pair end in a and b")
    given = head.fields[3] if len(head.fields) == 4 else "-"
    coding = tuple(line for line in rest if line.tag != "T")
    date = None if given == "-" else given
    return Item(head.fields[0], head.fields[1], head.fields[2], date, text, head.number, coding)


def compile_item(item: Item, faults: Faults) -> Row:
    """Return the row of an item, text included; what is wrong goes to `faults`."""
    coded = Assembler(item.text, faults, first=0).rows(item.lines)
    if item.kind == "none" and coded["events"]:
        faults.error(item.line, f"{item.id} is of kind none but has events")
    if item.kind in ("sentence", "report") and not coded["events"]:
        faults.error(item.line, f"{item.id} has no event: its kind is none")
    return {
        "doc": item.id,
        "source": "written",
        "kind": item.kind,
        "pair": item.pair,
        "manner": item.manner,
        "date": item.date,
        "split": "train",
        "sha256": hashlib.sha256(item.text.encode("utf-8")).hexdigest(),
        "text": item.text,
        **coded,
    }


def compile_file(path: Path) -> tuple[list[Row], Faults]:
    """Return the rows of the items of one file that have no error, and the faults of all."""
    faults = Faults(str(path))
    rows = []
    for item in items(path, faults):
        before = len(faults.errors)
        row = compile_item(item, faults)
        if len(faults.errors) == before:
            rows.append(row)
    return rows, faults


def written(folder: Path = WRITTEN) -> tuple[list[Row], list[Faults]]:
    """Return every written item, compiled, and the faults by file."""
    compiled = [compile_file(path) for path in sorted(folder.glob("*.txt"))]
    return [row for rows, _ in compiled for row in rows], [faults for _, faults in compiled]
