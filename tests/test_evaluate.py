"""Scores: which coded event is which happening, and what counts as right, spurious and missed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from communique.errors import CorpusError
from communique.evaluate import __main__ as entry
from communique.evaluate import compare, floors, run
from communique.evaluate.coded import CodedRows, event
from communique.evaluate.gold import document
from communique.evaluate.report import Report

TEXT = (
    "Ruritania accused Sylvania of shelling its port. Sylvania denied it. "
    "The two met in Oslo. Ruritania again accused Sylvania of the shelling."
)
ACTORS = [
    {
        "id": "m1",
        "name": "Ruritania",
        "country": "ROU",
        "sectors": ["GOV"],
        "kind": "state",
        "mentions": [[0, 9]],
    },
    {
        "id": "m2",
        "name": "Sylvania",
        "country": "HUN",
        "sectors": ["GOV", "MIL"],
        "kind": "state",
        "mentions": [[18, 26], [49, 57]],
    },
]


def at(words: str, nth: int = 1) -> tuple[int, int]:
    """Return the offsets of the nth occurrence of words in TEXT."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def party(actor: str | None, words: str) -> dict[str, Any]:
    start, end = at(words)
    return {"actor": actor, "start": start, "end": end}


def gold_event(event_id: str, category: str, words: str, **given: Any) -> dict[str, Any]:
    start, end = at(words)
    row: dict[str, Any] = {
        "id": event_id, "event": category, "mode": None, "aux": [], "status": "reported",
        "start": start, "end": end, "trigger": [start, end], "actor": [], "recipient": [], "claimants": [],
        "importance": "must", "acceptable": [], "same_event_as": None,
    }  # fmt: skip
    return {**row, **given}


ACCUSED = gold_event(
    "e1",
    "ACCUSE",
    "Ruritania accused Sylvania",
    mode="allege",
    actor=[party("m1", "Ruritania")],
    recipient=[party("m2", "Sylvania")],
)
SHELLED = gold_event(
    "e2",
    "ASSAULT",
    "shelling its port",
    mode="heavy-weapons",
    status="claimed",
    actor=[party("m2", "Sylvania")],
    claimants=[{"actor": "m1", "cue": list(at("accused"))}],
)
MET = gold_event(
    "e3", "CONSULT", "The two met in Oslo", actor=[party("m1", "The two"), party("m2", "The two")]
)
AGAIN = gold_event("e4", "ACCUSE", "Ruritania again accused Sylvania", same_event_as="e1")
MAYBE = gold_event("e5", "REJECT", "Sylvania denied it", importance="may")
GOLD = [ACCUSED, SHELLED, MET, AGAIN, MAYBE]


def gold_row(events: list[dict[str, Any]], doc: str = "d1", split: str = "dev") -> dict[str, Any]:
    return {
        "doc": doc, "source": "written", "split": split, "sha256": "0", "text": TEXT,
        "contexts": ["military"], "names": [], "actors": ACTORS, "statements": [], "events": events,
    }  # fmt: skip


def entity(words: str, code: str | None, sector: str | None = "GOV", nth: int = 1) -> dict[str, Any]:
    start, end = at(words, nth)
    return {"entity_text": words, "start": start, "end": end, "code": code, "sector": sector}


RURITANIA, SYLVANIA = entity("Ruritania", "ROU"), entity("Sylvania", "HUN")


def coded_row(category: str, words: str, **given: Any) -> dict[str, Any]:
    start, end = at(words)
    row: dict[str, Any] = {
        "id": "x", "document_id": "d1", "event": [category], "mode": [], "context": ["military"], "aux": [],
        "status": "reported", "event_text": [{"text": words, "start": start, "end": end}],
        "actor": [], "recipient": [], "claimants": [], "text": TEXT,
        "text_info": {"sequence": 0, "start": 0, "end": len(TEXT)}, "confidence": 0.8,
    }  # fmt: skip
    return {**row, **given}


BLAME = coded_row("ACCUSE", "accused", mode=["allege"], actor=[RURITANIA], recipient=[SYLVANIA])
SHELLS = coded_row(
    "ASSAULT",
    "shelling",
    mode=["heavy-weapons"],
    status="claimed",
    actor=[SYLVANIA],
    claimants=[{**RURITANIA, "cue": None}],
)
TALKS = coded_row("CONSULT", "met", actor=[RURITANIA], recipient=[SYLVANIA])
PERFECT = [BLAME, SHELLS, TALKS]


def scored(
    coded: list[dict[str, Any]], gold: list[dict[str, Any]] | None = None, *, curve: bool = False
) -> Report:
    rows = CodedRows({"d1": tuple(event(row) for row in coded)}, {})
    return compare([document(gold_row(GOLD if gold is None else gold))], rows, with_curve=curve)


def counts(report: Report, section: str, name: str) -> tuple[int, int, int]:
    score = report.score(section, name)
    return score.right, score.spurious, score.missed


def test_what_is_coded_as_the_coder_has_it_scores_one_throughout() -> None:
    report = scored(PERFECT)
    assert {name: f1 for name, f1 in report.figures().items() if f1 != 1.0} == {}


def test_nothing_coded_has_every_event_missed_and_none_spurious() -> None:
    assert counts(scored([]), "Events", "category") == (0, 0, 3)


@pytest.mark.parametrize(
    ("extra", "spurious"),
    [
        (coded_row("ACCUSE", "again accused"), 0),  # another place of an event already found
        (coded_row("REJECT", "denied"), 0),  # an optional event
        (coded_row("SANCTION", "denied"), 1),  # an optional event under a wrong category
        (coded_row("ACCUSE", "Sylvania of shelling"), 1),  # the same place twice
        (coded_row("PROTEST", "again accused"), 1),
    ],
)
def test_a_repeat_or_an_optional_event_is_no_error_and_all_else_is(
    extra: dict[str, Any], spurious: int
) -> None:
    assert counts(scored([*PERFECT, extra]), "Events", "category") == (3, spurious, 0)


def test_an_event_found_only_where_it_is_told_again_is_found() -> None:
    again = coded_row("ACCUSE", "again accused", actor=[RURITANIA])
    assert counts(scored([again]), "Category", "ACCUSE") == (1, 0, 0)


def test_a_wrong_category_is_spurious_in_one_and_missed_in_the_other_and_found_without_categories() -> None:
    report = scored([coded_row("THREATEN", "accused")], [ACCUSED])
    assert counts(report, "Category", "THREATEN") == (0, 1, 0)
    assert counts(report, "Category", "ACCUSE") == (0, 0, 1)
    assert counts(report, "Events", "found (any category)") == (1, 0, 0)
    assert report.confusion == {("ACCUSE", "THREATEN"): 1}


def test_an_acceptable_code_counts_as_right_with_its_modes() -> None:
    gold = {
        **ACCUSED,
        "acceptable": [{"event": "REJECT", "mode": None}, {"event": "ACCUSE", "mode": "disapprove"}],
    }
    other_category = scored([coded_row("REJECT", "accused", mode=["yield"])], [gold])
    other_mode = scored([coded_row("ACCUSE", "accused", mode=["disapprove"])], [gold])
    assert counts(other_category, "Events", "category") == (1, 0, 0)
    assert counts(other_category, "Mode", "ACCUSE allege") == (1, 0, 0)
    assert counts(other_mode, "Mode", "ACCUSE allege") == (1, 0, 0)


def test_overlapping_events_are_told_apart_by_their_category() -> None:
    whole = gold_event("e1", "ACCUSE", "Ruritania accused Sylvania of shelling its port")
    report = scored([coded_row("ASSAULT", "shelling"), coded_row("ACCUSE", "accused")], [whole, SHELLED])
    assert counts(report, "Events", "category") == (2, 0, 0)


def test_of_two_events_of_a_category_the_one_of_the_same_country_is_taken() -> None:
    first = gold_event("e1", "ACCUSE", TEXT[:60], actor=[party("m2", "Sylvania")])
    second = gold_event("e2", "ACCUSE", TEXT[:60], actor=[party("m1", "Ruritania")])
    report = scored([coded_row("ACCUSE", "accused", actor=[RURITANIA])], [first, second])
    assert counts(report, "Events", "category and actor's country") == (1, 0, 1)


@pytest.mark.parametrize(
    ("actors", "figure", "expected"),
    [
        ([entity("Ruritania", "ROU", "MIL")], "sector of actor", (0, 1, 1)),
        ([entity("Ruritania", "ROU", "MIL")], "country of actor", (1, 0, 0)),
        ([entity("Ruritania", "HUN")], "country of actor", (0, 1, 1)),
        ([RURITANIA, SYLVANIA], "country of actor", (1, 1, 0)),
        ([RURITANIA, RURITANIA], "country of actor", (1, 0, 0)),
        ([], "span of actor", (0, 0, 1)),
        ([entity("port", "ROU")], "span of actor", (0, 1, 1)),
    ],
)
def test_participants_are_compared_by_words_country_and_sector(
    actors: list[dict[str, Any]], figure: str, expected: tuple[int, int, int]
) -> None:
    report = scored([{**BLAME, "actor": actors}], [ACCUSED])
    assert counts(report, "Labels, of the events found with the right category", figure) == expected


def test_a_secondary_sector_and_another_mention_of_the_actor_count_as_right() -> None:
    told = {**SHELLS, "actor": [entity("Sylvania", "HUN", "MIL", nth=2)]}
    report = scored([told], [SHELLED])
    assert counts(report, "Labels, with the event", "sector of actor") == (1, 0, 0)
    assert counts(report, "Labels, with the event", "span of actor") == (1, 0, 0)


def test_the_sides_of_a_mutual_act_may_change_places() -> None:
    swapped = coded_row("CONSULT", "met", actor=[SYLVANIA], recipient=[RURITANIA])
    assert counts(scored([swapped], [MET]), "Events", "category and actor's country") == (1, 0, 0)


def test_the_sides_of_a_one_sided_act_may_not() -> None:
    swapped = {**BLAME, "actor": [SYLVANIA], "recipient": [RURITANIA]}
    assert counts(scored([swapped], [ACCUSED]), "Events", "must events: category and actor's country") == (
        0,
        0,
        1,
    )


@pytest.mark.parametrize(
    ("change", "section", "name", "expected"),
    [
        ({"status": "reported"}, "Status", "claimed", (0, 0, 1)),
        ({"status": "reported"}, "Status", "reported", (0, 1, 0)),
        ({"claimants": []}, "Labels, with the event", "claimants", (0, 0, 1)),
        ({"claimants": [SYLVANIA]}, "Labels, with the event", "claimants", (0, 1, 1)),
        ({"aux": ["historical"]}, "Auxiliary mode", "historical", (0, 1, 0)),
        ({"mode": []}, "Mode", "ASSAULT heavy-weapons", (0, 0, 1)),
        ({"mode": ["aerial"]}, "Mode", "ASSAULT aerial", (0, 1, 0)),
        ({"context": ["military", "cyber"]}, "Context, of documents", "cyber", (0, 1, 0)),
    ],
)
def test_a_wrong_label_is_spurious_and_the_right_one_missed(
    change: dict[str, Any], section: str, name: str, expected: tuple[int, int, int]
) -> None:
    assert counts(scored([{**SHELLS, **change}], [SHELLED]), section, name) == expected


def test_documents_are_scored_by_their_sets_of_categories() -> None:
    report = scored([BLAME, BLAME, coded_row("AID", "port")])
    assert counts(report, "Documents", "categories, all together") == (1, 1, 2)
    assert report.score("Documents", "categories, mean of categories").f1 == pytest.approx(1 / 3)


def test_the_curve_gives_precision_and_recall_of_what_is_confident_enough() -> None:
    unsure = coded_row("AID", "port", confidence=0.35)
    points = {round(point.threshold, 1): point for point in scored([BLAME, unsure], curve=True).curve}
    assert (points[0.0].precision, points[0.4].precision) == (0.5, 1.0)
    assert points[0.3].right_within == 0.0
    assert points[0.4].recall == pytest.approx(1 / 3)
    assert points[0.9].precision is None


def test_without_confidences_there_is_no_curve() -> None:
    assert scored([{**BLAME, "confidence": None}], curve=True).curve == ()


def test_a_sure_record_counts_only_with_both_its_parties_right() -> None:
    name = "records of 0.8 or more: category, actor and recipient"
    sure = {**BLAME, "confidence": 0.9}
    for row, right in ((sure, 1), ({**sure, "actor": []}, 0), ({**sure, "recipient": []}, 0)):
        report = scored([row], [ACCUSED])
        assert counts(report, "Confidence", name)[:2] == (right, 1 - right)
        assert report.figures()[f"Confidence: {name}"] == right
        assert report.calibration_error == pytest.approx(abs(0.9 - right))
    assert scored([{**BLAME, "confidence": 0.7}]).score("Confidence", name).precision is None
    assert scored([{**BLAME, "confidence": None}]).calibration_error is None


def test_the_context_of_a_single_event_is_no_error_as_the_documents() -> None:
    row = {**SHELLS, "context": ["cyber"]}
    assert (
        counts(scored([row], [{**SHELLED, "contexts": ["cyber"]}]), "Documents", "contexts, all together")[1]
        == 0
    )


# --------------------------------------------------------------------------- floors


FLOORS = {"Events: category": 0.5, "Status: claimed": 0.9}


def test_a_figure_under_its_floor_is_named_and_one_at_it_is_not() -> None:
    assert floors.missed(scored([BLAME], [ACCUSED, SHELLED]), FLOORS) == [
        "Status: claimed: 0.00 under its floor 0.90"
    ]
    assert floors.missed(scored(PERFECT), FLOORS) == []


def test_a_floor_without_its_figure_is_missed() -> None:
    assert floors.missed(scored(PERFECT), {"Events: nothing": 0.1}) == [
        "Events: nothing: not measured, floor 0.10"
    ]


def test_floors_rise_with_the_figures_and_sink_only_when_asked() -> None:
    report = scored([BLAME], [ACCUSED, SHELLED])
    assert floors.renewed(report, FLOORS) == {"Events: category": 0.66, "Status: claimed": 0.9}
    assert floors.renewed(report, FLOORS, lower=True) == {"Events: category": 0.66, "Status: claimed": 0.0}


def test_the_floors_of_the_repository_are_under_figures_that_exist() -> None:
    path = Path(__file__).parent.parent / "corpus" / "floors.json"
    asked = {**floors.read(path, "dev"), **floors.read(path, "worked_example")}
    fixed = {figure for figure in asked if figure.startswith(("Events", "Labels", "Documents"))}
    known = {
        name for name, _ in scored([*PERFECT, coded_row("AID", "port", aux=["future"])]).figures().items()
    }
    assert fixed <= known


def test_the_command_fails_under_a_floor_and_lowers_it_only_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, coded = write(tmp_path / "g.json", gold_row(GOLD)), write(tmp_path / "c.jsonl", BLAME)
    path = tmp_path / "floors.json"
    path.write_text('{"dev": {"Events: category": 0.9}, "other": {}}', encoding="utf-8")
    asked = ["evaluate", str(gold), str(coded), "--floors", str(path)]
    for flags, status, floor in (([], 1, 0.9), (["--raise-floors"], 1, 0.9), (["--lower-floors"], 0, 0.5)):
        monkeypatch.setattr("sys.argv", [*asked, *flags])
        assert entry.main() == status
        assert json.loads(path.read_text()) == {"dev": {"Events: category": floor}, "other": {}}
    assert "Events: category: 0.50 under its floor 0.90" in capsys.readouterr().err


def test_floors_of_an_unknown_set_are_refused(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"dev": {}}', encoding="utf-8")
    with pytest.raises(CorpusError, match="no floors for 'train'; there are floors for dev"):
        floors.read(tmp_path / "floors.json", "train")


# --------------------------------------------------------------------------- files


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_document_of_another_id_is_recognised_by_its_words(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.json", gold_row(GOLD))
    sentence = {"start": 0, "end": at("port.")[1]}
    rows = [
        {**row, "document_id": "other", "text": TEXT[: sentence["end"]], "text_info": sentence}
        for row in PERFECT
    ]
    stranger = {**coded_row("AID", "port", text="Words of another page."), "document_id": "stranger"}
    report = run([gold], write(tmp_path / "coded.jsonl", *rows, stranger))
    assert counts(report, "Events", "category")[0] == 0  # one agreeing sentence is not enough
    whole = [{**row, "document_id": "other"} for row in (*PERFECT, rows[0])]
    report = run([gold], write(tmp_path / "coded.jsonl", *whole, stranger))
    assert counts(report, "Events", "category")[0] == 3
    assert any("stranger" in note for note in report.notes)


def test_a_document_row_with_the_text_identifies_it_by_hash(tmp_path: Path) -> None:
    import hashlib

    row = {**gold_row(GOLD), "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    del row["text"]
    page = {"id": "other", "text": TEXT, "blocks": []}
    coded = [{**one, "document_id": "other"} for one in PERFECT]
    other = {**coded_row("AID", "port"), "document_id": "third"}
    report = run([write(tmp_path / "gold.json", row)], write(tmp_path / "coded.jsonl", page, *coded, other))
    assert counts(report, "Events", "category") == (3, 0, 0)


def test_a_page_of_the_worked_examples_layout_is_read_by_the_words_of_its_participants(
    tmp_path: Path,
) -> None:
    actor = {"text": "Ruritania", "name": "Government of Ruritania", "country": "ROU", "sector": "GOV"}
    start, end = at("Ruritania accused Sylvania")
    page = {
        "doc": "p1", "articles": [], "statements": [],
        "actors": [{"name": "Government of Ruritania", "aliases": ["Ruritania"]}],
        "events": [{
            "id": "p1-1", "evidence": TEXT[start:end], "start": start, "end": end, "event": "REJECT",
            "mode": None, "acceptable_events": ["ACCUSE"], "acceptable_modes": [], "actor": [actor],
            "recipient": [], "aux": [], "status": "reported", "claimants": [], "contexts": ["political institutions"],
            "importance": "must", "also_at": [list(at("again accused"))],
        }],
    }  # fmt: skip
    gold = write(tmp_path / "page.json", page)
    report = run([gold], write(tmp_path / "coded.jsonl", BLAME, coded_row("ACCUSE", "again accused")))
    assert counts(report, "Events", "category and actor's country") == (1, 0, 0)
    assert counts(report, "Labels, with the event", "span of actor") == (1, 0, 0)


def test_only_the_documents_of_a_split_are_scored(tmp_path: Path) -> None:
    write(tmp_path / "a.json", gold_row(GOLD))
    write(tmp_path / "b.json", gold_row(GOLD, doc="d2", split="train"))
    report = run([tmp_path], write(tmp_path / "coded.jsonl", *PERFECT), split="dev")
    assert (report.documents, report.gold_events) == (1, 3)


@pytest.mark.parametrize(
    ("gold", "coded", "message"),
    [
        ("{", "", "not JSON"),
        ('{"doc": "d"}', "", "needs doc, actors and events"),
        ('{"doc": "d", "actors": [], "events": [{"id": 1}]}', "", "without"),
        (json.dumps(gold_row(GOLD)), "{", "not JSON"),
        (json.dumps(gold_row(GOLD)), '{"event": ["AID"]}', "without 'document_id'"),
        (json.dumps(gold_row(GOLD, split="train")), "", "of the split 'dev'"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, gold: str, coded: str, message: str) -> None:
    (tmp_path / "gold.json").write_text(gold, encoding="utf-8")
    (tmp_path / "coded.jsonl").write_text(coded, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        run([tmp_path / "gold.json"], tmp_path / "coded.jsonl", split="dev")


def test_the_report_is_shown_as_text_and_as_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, coded = write(tmp_path / "g.json", gold_row(GOLD)), write(tmp_path / "c.jsonl", *PERFECT)
    monkeypatch.setattr("sys.argv", ["evaluate", str(gold), str(coded), "--curve"])
    assert entry.main() == 0
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("Events", "Confusion", "By confidence", "1 document, 3 events"))
    monkeypatch.setattr("sys.argv", ["evaluate", str(gold), str(coded), "--json"])
    assert entry.main() == 0
    assert json.loads(capsys.readouterr().out)["figures"]["Events"]["category"]["f1"] == 1.0
    monkeypatch.setattr("sys.argv", ["evaluate", str(gold), str(tmp_path / "none.jsonl")])
    assert entry.main() == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_hundred_documents_are_scored_in_seconds_with_intervals_that_hold_the_figure() -> None:
    gold = [document(gold_row(GOLD * 4, doc=f"d{n}")) for n in range(100)]
    events = tuple(event(row) for row in PERFECT * 5)
    some = tuple(event(row) for row in PERFECT[:2])
    rows = CodedRows({f"d{n}": events if n % 2 else some for n in range(100)}, {})
    start = time.process_time()
    score = compare(gold, rows).score("Events", "category")
    assert time.process_time() - start < 3
    assert score.low is not None
    assert score.high is not None
    assert score.f1 is not None
    assert score.low < score.f1 < score.high
