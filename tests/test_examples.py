"""The examples run, on a part of the demonstration's reports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from communique.demo import reports

EXAMPLES = Path(__file__).parent.parent / "examples"
OSLO = [str(path) for path in reports() if "oslo" in path.name]


def run(name: str, *arguments: str) -> str:
    """Run an example in a process of its own and return what it prints."""
    command = [sys.executable, str(EXAMPLES / name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_text_is_coded_with_status_and_source() -> None:
    lines = run("one_text.py").splitlines()
    assert [line.split()[0] for line in lines] == ["REQUEST", "CONSULT", "COERCE"]
    assert "called_for" in lines[1]


def test_denials_are_counted_by_claimant() -> None:
    assert "Juan Guaidó: CONSULT 1" in run("denials_by_claimant.py", *OSLO)


def test_events_are_exported_by_status(tmp_path: Path) -> None:
    run("export_csv.py", str(tmp_path), *OSLO)
    assert {path.name for path in tmp_path.iterdir()} >= {"events-denied.csv", "events-reported.csv"}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_every_example_has_a_test(path: Path) -> None:
    assert f'"{path.name}"' in Path(__file__).read_text(encoding="utf-8")
