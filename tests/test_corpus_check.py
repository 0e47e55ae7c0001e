"""The corpus's checks: each kind of fault is found, and what is there has none."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from corpus import check, likeness, rows, standoff, statistics, texts, written
from corpus.notation import Faults

from communique.ontology import plover

PAIR = """
ITEM w-test-0001a | pair | wire | 2014-06-12
T The Sylvanian navy seized two Ruritanian trawlers off Port Alma.
N NAT | Sylvanian ; Ruritanian
N LOC | Port Alma
A m1 | Sylvanian navy | HUN | MIL | org | -
A m2 | Ruritanian trawlers | ROU | BUS | group | -
E e1 | COERCE | @0:The Sylvanian navy seized two Ruritanian trawlers | trig @0:seized | act m1 @0:The Sylvanian navy
  | rec m2 @0:two Ruritanian trawlers | mode seize | loc "@0:Port Alma" ROU

ITEM w-test-0001b | pair | wire | 2014-06-12
T The Sylvanian navy never seized two Ruritanian trawlers off Port Alma.
N NAT | Sylvanian ; Ruritanian
N LOC | Port Alma
A m1 | Sylvanian navy | HUN | MIL | org | -
A m2 | Ruritanian trawlers | ROU | BUS | group | -
E e1 | COERCE | @0:The Sylvanian navy never seized two Ruritanian trawlers | trig @0:seized | act m1 @0:The Sylvanian navy
  | rec m2 @0:two Ruritanian trawlers | mode seize | aux negation | imp should | loc "@0:Port Alma" ROU
"""


def compiled(text: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / "items.txt"
    path.write_text(text, encoding="utf-8")
    found, faults = written.compile_file(path)
    assert [str(fault) for fault in faults.errors] == []
    return found


@pytest.fixture
def pair(tmp_path: Path) -> list[dict[str, Any]]:
    return compiled(PAIR, tmp_path)


def retold(row: dict[str, Any], doc: str, **replaced: str) -> dict[str, Any]:
    """Return an item with other words of the same length, so that its offsets still hold."""
    text = row["text"]
    for old, new in replaced.items():
        assert len(old) == len(new)
        text = text.replace(old, new)
    return {**copy.deepcopy(row), "doc": doc, "text": text, "pair": None, "kind": "sentence"}


# --------------------------------------------------------------------------- what is there


def test_the_written_items_have_no_fault() -> None:
    items, compiled_faults = written.written()
    assert [str(fault) for found in compiled_faults for fault in found.errors] == []
    assert list(check.check_written(items)) == []
    assert items


def test_the_real_documents_have_no_fault_that_shows_without_their_texts() -> None:
    documents = list(standoff.real())
    assert list(check.check_real(documents, texts.listed())) == []
    assert list(check.check_clusters(texts.listed())) == []
    assert documents


@pytest.mark.skipif(not texts.has_shared(), reason="needs the data folder")
def test_the_real_documents_fit_their_texts_and_dev_is_no_copy_of_train() -> None:
    assert list(check.check_texts(list(standoff.real()))) == []
    assert list(check.check_splits(texts.listed())) == []


# --------------------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("events", 0, "event"), "WAR", "category 'WAR'"),
        (("events", 0, "mode"), "meet", "mode of COERCE 'meet'"),
        (("events", 0, "aux"), ["past"], "aux 'past'"),
        (("events", 0, "status"), "rumoured", "status 'rumoured'"),
        (("events", 0, "status"), "claimed", "without claimants"),
        (("events", 0, "importance"), "perhaps", "importance 'perhaps'"),
        (("events", 0, "acceptable"), [{"event": "AID", "mode": "troops"}], "mode of AID 'troops'"),
        (("events", 0, "same_event_as"), "e9", "a repeat of e9"),
        (("events", 0, "trigger"), [55, 59], "outside the evidence"),
        (("events", 0, "actor", 0, "actor"), "m7", "no actor m7"),
        (("events", 0, "end"), 0, "is empty"),
        (("actors", 0, "sectors"), ["NAVY"], "sector 'NAVY'"),
        (("actors", 0, "country"), "RUR", "country 'RUR'"),
        (("actors", 0, "id"), "m2", "actor m2 is there twice"),
        (("names", 0, "type"), "GPE", "type of name 'GPE'"),
        (("contexts",), ["war"], "context 'war'"),
        (("split",), "test", "split 'test'"),
    ],
)
def test_a_label_outside_the_ontology_or_a_broken_link_is_found(
    pair: list[dict[str, Any]], path: tuple[str | int, ...], value: object, message: str
) -> None:
    row: Any = copy.deepcopy(pair[0])
    assert list(rows.faults(row)) == []
    inner = row
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert any(message in fault for fault in rows.faults(row))


@pytest.mark.parametrize(("start", "end", "message"), [(0, 4, "white space"), (60, 900, "beyond the text")])
def test_offsets_that_do_not_fit_the_text_are_found(
    pair: list[dict[str, Any]], start: int, end: int, message: str
) -> None:
    row: Any = copy.deepcopy(pair[0])
    row["actors"][0]["mentions"].append([start, end])
    assert any(message in fault for fault in rows.misplaced(row, row["text"]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"split": "train"}, "is train here and dev in"),
        ({"doc": "wn_none"}, "is not in corpus/lists"),
        ({"source": "muc4_train"}, "not that of the id"),
        ({"sha256": "abc"}, "not a hash"),
        ({"text": "Words."}, "holds the text"),
        ({"events": [{"id": "e1"}]}, "not of the layout"),
    ],
)
def test_a_document_in_the_wrong_place_is_found(change: dict[str, Any], message: str) -> None:
    path, row = next(standoff.real())
    assert any(message in fault for fault in check.check_real([(path, {**row, **change})], texts.listed()))


def test_a_cluster_in_both_splits_is_found() -> None:
    entries = [
        texts.Listed(name, "news", split, "c1", double=False)
        for name, split in (("a", "dev"), ("b", "train"))
    ]
    assert list(check.check_clusters({entry.id: entry for entry in entries})) == [
        "cluster c1 stands in dev and in train"
    ]


# --------------------------------------------------------------------------- texts that are alike


def test_a_frame_with_its_names_swapped_is_found(pair: list[dict[str, Any]]) -> None:
    swapped = retold(pair[0], "w-test-0002", Sylvanian="Moravian.", Ruritanian="Illyrians.")
    assert any("names swapped" in fault for fault in check.check_written([pair[0], swapped]))


def test_the_members_of_a_pair_may_share_their_words(pair: list[dict[str, Any]]) -> None:
    assert list(check.check_written(pair)) == []


def test_another_sentence_with_the_same_actors_is_no_repetition(
    pair: list[dict[str, Any]], tmp_path: Path
) -> None:
    other = compiled(
        "ITEM w-test-0003 | none | wire\nT Fishermen of Port Alma fear a Sylvanian winter more than any navy.\n",
        tmp_path,
    )
    assert list(likeness.repeated_frames([pair[0], *other])) == []


def test_nearly_the_same_text_is_found() -> None:
    one = "the premier told reporters on friday that the border would stay shut until the spring"
    shares = {
        "a": one.split(),
        "b": f"{one} at least".split(),
        "c": "nobody else said anything of note".split(),
    }
    assert [(found.first, found.second) for found in likeness.alike(shares, likeness.SAME_TEXT)] == [
        ("a", "b")
    ]


def test_an_id_used_twice_is_found(pair: list[dict[str, Any]]) -> None:
    assert any("2 times" in fault for fault in check.check_written([pair[0], pair[0]]))


# --------------------------------------------------------------------------- pairs


def test_a_pair_without_its_other_member_is_found(pair: list[dict[str, Any]]) -> None:
    assert list(check.check_pairs(pair[:1])) == ["w-test-0001: a minimal pair has two members, this one 1"]


def test_a_pair_coded_alike_is_found(pair: list[dict[str, Any]]) -> None:
    alike = [pair[0], {**pair[1], "events": pair[0]["events"]}]
    assert list(check.check_pairs(alike)) == ["w-test-0001: both members are coded alike"]


def test_a_pair_that_differs_in_many_words_is_found(pair: list[dict[str, Any]]) -> None:
    far = [
        pair[0],
        {**pair[1], "text": "Nothing at all was seized by anybody that day, the harbour master said."},
    ]
    assert any("the members differ in" in fault for fault in check.check_pairs(far))


# --------------------------------------------------------------------------- counts


def test_what_is_short_of_its_count_is_named(pair: list[dict[str, Any]]) -> None:
    short = list(check.shortfalls([], pair, 0))
    assert "COERCE: 2 of 60" in short
    assert "COERCE seize: 2 of 15" in short
    assert "negation: 1 of 60" in short
    assert "written: pair: 1 of 200" in short
    assert "real documents: 0 of 400" in short


def test_a_count_that_is_reached_is_not_named(pair: list[dict[str, Any]]) -> None:
    many = pair * 30
    short = list(check.shortfalls([], many, 40))
    assert not any(line.startswith(("COERCE: ", "COERCE seize", "documents coded twice")) for line in short)


def test_the_statistics_count_events_of_every_kind(pair: list[dict[str, Any]]) -> None:
    lines = list(statistics.report(pair))
    assert "| written: pair | 2 | 0 | 2 | 0 | 0 | 4 | 6 |" in lines
    assert "| COERCE | 0 | 0 | 2 |" in lines
    assert "| COERCE seize | 0 | 0 | 2 |" in lines
    assert all(any(line.startswith(f"| {name} |") for line in lines) for name in plover().categories)


def test_a_written_file_without_its_head_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("T Words without a head.\n", encoding="utf-8")
    faults = Faults(str(path))
    assert list(written.items(path, faults)) == []
    assert "does not begin with an ITEM line" in str(faults.errors[0])
