"""The table of `make evaluate-coding`: every figure with its floor and goal, and a gap that must stay small."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import coding

from communique.evaluate import Report, floors
from communique.evaluate.figures import Score
from communique.evaluate.report import Section


def report_with(calibration_error: float | None) -> Report:
    score = Score(3, 1, 1, 0.75, 0.75, 0.75)
    names = [name.split(": ", maxsplit=1) for name in coding.OF_REPORT.values()]
    sections = tuple(Section(title, {name: score}) for title, name in names)
    return Report(1, 4, 4, (), sections, {}, calibration_error=calibration_error)


def test_every_figure_of_the_table_has_a_floor_and_a_goal_that_is_no_worse(tmp_path: Path) -> None:
    path = Path(__file__).parent.parent / "corpus" / "floors.json"
    least, goals = floors.read(path, "coding"), floors.read(path, "coding goals")
    found = coding.figures(report_with(0.05), tmp_path / "none", tmp_path / "none")
    assert list(found) == list(least) == list(goals)
    assert all(coding.reached(name, goals[name], least[name]) for name in least)


def test_figures_of_earlier_runs_are_read_from_what_they_wrote(tmp_path: Path) -> None:
    folds = tmp_path / "folds.json"
    folds.write_text('{"macro_f1": 0.81}', encoding="utf-8")
    found = coding.figures(report_with(0.05), folds, tmp_path / "none")
    assert found["marked pairs, five folds, macro F1"] == 0.81
    assert found["articles a second, two cores"] is None
    assert found["contexts, micro F1"] == 0.75


@pytest.mark.parametrize(
    ("name", "value", "bound", "right"),
    [
        ("contexts, micro F1", 0.6, 0.6, True),
        ("contexts, micro F1", 0.59, 0.6, False),
        ("contexts, micro F1", None, 0.6, False),
        (coding.GAP, 0.03, 0.08, True),
        (coding.GAP, 0.09, 0.08, False),
    ],
)
def test_more_is_better_save_of_the_calibration_gap(
    name: str, value: float | None, bound: float, right: bool
) -> None:
    assert coding.reached(name, value, bound) is right
