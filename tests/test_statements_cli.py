"""`communique statements`: who said what, of news and of a store. Coding itself is faked."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from communique import cli
from communique.attribution.nesting import nested
from communique.export import table_rows
from communique.records import Coded, Document, Entity, Span, Statement
from communique.store import Store
from samples import FakeCoder, coded


class Speaking(FakeCoder):
    """Gives every document one statement beside its event."""

    def code(self, doc: Document) -> Coded:
        """Code one document; its second word says its third."""
        source = Entity(Span(0, 3), doc.text[:3], "Nicolás Maduro", None, "VEN", "GOV")
        said = Statement(f"s{doc.id}", doc.id, source, None, (Span(4, 8),), "indirect", "asserts")
        return replace(super().code(doc), statements=(said,))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a fake coder, one story and one store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("communique.pipeline.Coder", Speaking)
    (tmp_path / "one.txt").write_text(
        "One ship left the harbour of Norland at noon on the last day of April.\n"
    )
    with Store.open(tmp_path / "communique.duckdb") as store:
        store.add([table_rows(coded())])
    return tmp_path


def test_statements_of_news_go_to_jsonl_and_csv() -> None:
    assert cli.main(["statements", "one.txt", "-o", "s.jsonl"]) == 0
    assert cli.main(["statements", "one.txt", "-o", "s.csv"]) == 0
    row = json.loads(Path("s.jsonl").read_text())
    assert (row["source"]["entity_text"], row["content"][0]["text"], row["in"]) == ("One", "ship", None)
    with open("s.csv", newline="") as file:
        assert [flat["source_name"] for flat in csv.DictReader(file)] == ["Nicolás Maduro"]


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ([], 1),
        (["--by", "NORLAND’S"], 1),
        (["--by", "ministry foréign"], 1),
        (["--by", "orland"], 0),
        (["--about", "talk"], 1),
        (["--about", "war"], 0),
        (["--about", "REQUEST"], 1),
        (["--about", "AID"], 0),
        (["--by", "norland", "--about", "MOBILIZE"], 1),
    ],
)
def test_a_store_lists_who_said_what_about_what(
    options: list[str], number: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["statements", *options]) == 0
    shown = capfd.readouterr().out
    assert f"{number} statement" in shown
    assert ("“Sudland had called for talks”" in shown) == bool(number)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["one.txt", "--by", "Maduro"], "ask a store"),
        (["one.txt", "--format", "list"], "made of a store"),
        (["one.txt", "-o", "s.txt"], "does not tell the format"),
        (["--format", "xml"], "there is no format 'xml'"),
        (["none.duckdb"], "there is no such file"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["statements", *arguments]) == 2
    assert message in " ".join(capfd.readouterr().err.split())


def test_a_statement_within_another_names_it_and_never_each_the_other() -> None:
    def said(name: str, cue: tuple[int, int], *content: tuple[int, int]) -> Statement:
        spans = tuple(Span(*pair) for pair in content)
        return Statement(name, "d", None, Span(*cue), spans, "indirect", "asserts")

    agency, aide, friend = (
        said("a", (0, 4), (5, 60)),
        said("b", (10, 14), (15, 60)),
        said("c", (20, 24), (25, 60)),
    )
    aside = said("d", (90, 94), (70, 89), (95, 110))
    chain = {s.id: s.within for s in nested((agency, aide, friend, aside))}
    assert chain == {"a": None, "b": "a", "c": "b", "d": None}
