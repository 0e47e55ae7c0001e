"""Imports go inward only: core, then stages (which do not know each other), then assemblies."""

from __future__ import annotations

import ast
from pathlib import Path

import communique

PACKAGE = Path(communique.__file__).parent
CORE = {
    "records",
    "ontology",
    "settings",
    "errors",
    "models",
    "schema",
    "syntax",
    "participants",
    "collector",
}
STAGES = {"ingest", "language", "knowledge", "attribution", "coding", "claims", "store", "export"}


def imported_parts(path: Path) -> set[str]:
    """Return the first-level parts of communique that a file imports."""
    parts: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [node.module] if node.module != "communique" else [f"communique.{a.name}" for a in node.names]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        parts |= {name.split(".")[1] for name in names if name.startswith("communique.")}
    return parts


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_a_part_imports_only_what_lies_inward() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        part = part_of(path)
        allowed = CORE | {part} if part in CORE | STAGES else None
        if allowed is not None:
            wrong += [f"{path.name}: {other}" for other in imported_parts(path) - allowed]
    assert wrong == []


def test_there_is_no_part_called_utils() -> None:
    assert not list(PACKAGE.rglob("util*"))
