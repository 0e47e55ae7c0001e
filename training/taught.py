"""Sentences that nobody has annotated, with a teacher's answers, as files between two trainings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import torch

from training.corpora import TAUGHT, ActsTaught, Example, Taught

KEPT = ("words", "case", "quotation", "heads", "relations", "tags", "pos")


def write_taught(path: Path, examples: Iterable[Example]) -> None:
    """Write sentences with their teacher's answers; those without are left out."""
    torch.save([_row(example, example.taught) for example in examples if example.taught is not None], path)


def _row(example: Example, taught: Taught) -> dict[str, Any]:
    acts = {field.name: getattr(taught.acts, field.name) for field in fields(ActsTaught)}
    return {name: getattr(example, name) for name in KEPT} | {"answers": taught.words, "acts": acts}


def read_taught(folder: Path) -> list[Example]:
    """Return the sentences of every file `*.pt` of a folder."""
    return [
        _example(row) for path in sorted(folder.glob("*.pt")) for row in torch.load(path, weights_only=True)
    ]


def _example(row: dict[str, Any]) -> Example:
    nothing: list[str | None] = [None] * len(row["words"])
    taught = Taught(row["answers"], ActsTaught(**row["acts"]))
    known = (row[name] for name in KEPT)
    return Example(*known, nothing, nothing, TAUGHT, list(nothing), taught=taught)
