"""Writes and reads the stand-off files: JSON with one compact line for each item, so that changes read well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.errors import CorpusError
from corpus import texts

LISTS = ("names", "actors", "statements", "events")


def dumps(row: dict[str, Any]) -> str:
    """Return the JSON text of one annotated document."""
    parts = []
    for key, value in row.items():
        if key in LISTS and value:
            inner = ",\n".join(f"  {_compact(item)}" for item in value)
            parts.append(f" {json.dumps(key)}: [\n{inner}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {_compact(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read(path: Path) -> dict[str, Any]:
    """Return one annotated document; raise CorpusError if the file is not one."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read as JSON ({error}); compile it again") from error
    if not isinstance(row, dict) or "events" not in row:
        raise CorpusError(f"{path}: not an annotated document: it has no events")
    return row


def real(folder: Path | None = None) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every annotated document of `corpus/real`, in the order of the names."""
    for path in sorted((folder or texts.ROOT / "corpus" / "real").glob("*.json")):
        yield path, read(path)
