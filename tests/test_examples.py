"""The examples run, on a part of the demonstration's reports."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.demo import reports

EXAMPLES = Path(__file__).parent.parent / "examples"
OSLO = [str(path) for path in reports() if "oslo" in path.name]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs an example as a script does and returns what it prints."""

    def script(name: str, *arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out

    return script


def test_one_text_is_coded_with_status_and_source(run: Callable[..., str]) -> None:
    lines = run("one_text.py").splitlines()
    assert [line.split()[0] for line in lines] == ["REQUEST", "CONSULT", "COERCE"]
    assert "called_for" in lines[1]


def test_denials_are_counted_by_claimant(run: Callable[..., str]) -> None:
    assert "Juan Guaidó: CONSULT 1" in run("denials_by_claimant.py", *OSLO)


def test_events_are_exported_by_status(run: Callable[..., str], tmp_path: Path) -> None:
    run("export_csv.py", str(tmp_path), *OSLO)
    assert {path.name for path in tmp_path.iterdir()} >= {"events-denied.csv", "events-reported.csv"}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_every_example_has_a_test(path: Path) -> None:
    assert f'"{path.name}"' in Path(__file__).read_text(encoding="utf-8")
