"""Agreement of two coders: what is the same event, and every figure on codings whose agreement is known."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from corpus import agreement, standoff

from communique.errors import CorpusError
from communique.evaluate import gold

TEXT = "Ruritania seized two Sylvanian trawlers on Monday, and Sylvania condemned the seizure as piracy."


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def event(event_id: str, category: str, words: str, trigger: str, **given: Any) -> dict[str, Any]:
    start, end = at(words)
    return {
        "id": event_id, "event": category, "mode": None, "aux": [], "status": "reported", "start": start, "end": end,
        "trigger": at(trigger), "actor": [], "recipient": [], "claimants": [], "importance": "must",
        "acceptable": [], "same_event_as": None, **given,
    }  # fmt: skip


def party(actor: str, words: str) -> dict[str, Any]:
    return {"actor": actor, "start": at(words)[0], "end": at(words)[1]}


def coding(doc: str = "d1") -> dict[str, Any]:
    rury, sylva = party("m1", "Ruritania"), party("m2", "Sylvania condemned"[:8])
    actor = {"id": "m1", "name": "Ruritania", "country": "ROU", "sectors": ["GOV"], "kind": "state"}
    other = {"id": "m2", "name": "Sylvania", "country": "HUN", "sectors": ["GOV"], "kind": "state"}
    return {
        "doc": doc, "source": "news", "split": "dev", "sha256": "0", "contexts": ["military"],
        "names": [{"start": 0, "end": 9, "type": "LOC"}],
        "actors": [
            {**actor, "mentions": [at("Ruritania")]},
            {**other, "mentions": [at("Sylvanian"), at("Sylvania condemned")]},
        ],
        "statements": [{
            "id": "s1", "source": "m2", "source_span": None, "cue": at("condemned"), "content": [at("the seizure")],
            "kind": "indirect", "polarity": "evaluates", "addressee": None, "in": None,
        }],
        "events": [
            event("e1", "COERCE", "Ruritania seized two Sylvanian trawlers", "seized", actor=[rury],
                  recipient=[party("m2", "two Sylvanian trawlers")], mode="seize"),
            event("e2", "ACCUSE", "Sylvania condemned the seizure", "condemned", actor=[sylva],
                  recipient=[rury], mode="disapprove"),
        ],
    }  # fmt: skip


def figures(first: dict[str, Any], second: dict[str, Any]) -> dict[str, float | int | None]:
    return agreement.figures(agreement.measure({"d1": first}, {"d1": second})["all"])


def test_a_coder_agrees_wholly_with_herself() -> None:
    found = figures(coding(), coding())
    counted = ("documents", "events that both have", "claimants F1")
    assert {name: value for name, value in found.items() if value != 1.0 and name not in counted} == {}
    assert found["events that both have"] == 2


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -0.5),
        # the nominal example of Krippendorff (2011): ten units, two coders, six agreements
        (list(zip("0100000000", "1110010010", strict=True)), 0.095),
        ([("a", "a"), ("a", "a")], None),
        ([], None),
    ],
)
def test_alpha_is_krippendorffs(pairs: list[tuple[str, str]], value: float | None) -> None:
    found = agreement.alpha(pairs)
    assert found == (None if value is None else pytest.approx(value, abs=0.0005))


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"event": "SANCTION", "mode": None}, "category agreement", 0.5),
        ({"event": "SANCTION", "mode": None}, "mode agreement", 1.0),
        ({"mode": "arrest"}, "mode agreement", 0.5),
        ({"status": "claimed", "claimants": [{"actor": "m2", "cue": None}]}, "status agreement", 0.5),
        ({"aux": ["historical"]}, "auxiliary agreement", 0.5),
        ({"recipient": []}, "participants country F1", 6 / 7),
        ({"actor": [], "recipient": []}, "participants span F1", 2 / 3),
        ({"importance": "may"}, "importance agreement", 0.5),
    ],
)
def test_one_difference_moves_its_own_figure(change: dict[str, Any], name: str, value: float) -> None:
    other = copy.deepcopy(coding())
    other["events"][0].update(change)
    assert figures(coding(), other)[name] == pytest.approx(value)


def test_a_code_that_the_other_accepts_agrees_only_where_that_is_asked() -> None:
    other = copy.deepcopy(coding())
    other["events"][0].update(
        {"event": "SANCTION", "mode": None, "acceptable": [{"event": "COERCE", "mode": None}]}
    )
    found = figures(coding(), other)
    assert found["category agreement"] == 0.5
    assert found["category agreement, acceptable codes agree"] == 1.0


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ({"id": "e3", "importance": "must"}, 4 / 5),
        ({"id": "e3", "importance": "may"}, 1.0),
        ({"id": "e3", "same_event_as": "e2"}, 1.0),
    ],
)
def test_an_event_of_one_coder_counts_unless_it_is_optional_or_a_repeat(
    change: dict[str, Any], value: float
) -> None:
    other = copy.deepcopy(coding())
    other["events"].append(event("e3", "ACCUSE", "on Monday", "Monday") | change)
    assert figures(coding(), other)["event span F1"] == pytest.approx(value)
    assert figures(other, coding())["event span F1"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "trigger", "same"),
    [
        ("seized two Sylvanian trawlers on Monday", "seized", True),
        ("two Sylvanian trawlers", "two", True),
        ("Monday", "Monday", False),
        ("the seizure", "the seizure", False),
    ],
)
def test_events_are_the_same_when_half_of_the_shorter_evidence_or_the_trigger_is_shared(
    words: str, trigger: str, *, same: bool
) -> None:
    row = {**coding(), "events": [coding()["events"][0], event("x", "AID", words, trigger)]}
    one, other = gold.document(row).events
    assert agreement.same(one, other) is same


def test_mentions_agree_where_both_coders_give_them_to_the_same_actor() -> None:
    other = copy.deepcopy(coding())
    other["actors"][0]["mentions"], other["actors"][1]["mentions"] = (
        [at("Ruritania"), at("Sylvanian")],
        [at("Sylvania condemned")],
    )
    assert figures(coding(), other)["references F1"] == pytest.approx(4 / 6)


def test_codings_of_different_texts_are_refused() -> None:
    with pytest.raises(CorpusError, match="different versions"):
        agreement.measure({"d1": coding()}, {"d1": {**coding(), "sha256": "1"}})


def test_the_table_has_a_column_for_each_source_and_says_which_floor_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = copy.deepcopy(coding())
    other["events"][0]["status"] = "denied"
    for name, row in (("a", coding()), ("b", other)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "d1.json").write_text(standoff.dumps(row), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["agreement", str(tmp_path / "a"), str(tmp_path / "b")])
    assert agreement.main() == 1
    shown = capsys.readouterr().out
    assert "|  | all | news | floor |" in shown
    assert "| status agreement | 0.50 | 0.50 | 0.92 (missed) |" in shown


def test_folders_without_a_common_document_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["agreement", str(tmp_path), str(tmp_path)])
    assert agreement.main() == 1
    assert "no document is in both" in capsys.readouterr().err
