"""The command line as a user meets it: outputs, messages, exit statuses. Coding itself is faked."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from random import Random
from string import ascii_letters

import duckdb
import pytest

from communique import cli
from communique.coding.classifier import Answer, MarkedPair
from communique.records import Coded, Document, Skipped
from communique.store import Store
from samples import FakeCoder

STORY = (
    "Norland moved its fleet on Tuesday. Sudland called for talks and withdrew two ships from the strait.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a fake coder; `news/` holds two stories."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("communique.pipeline.Coder", FakeCoder)
    news = tmp_path / "news"
    news.mkdir()
    for name in ("one", "two"):
        (news / f"{name}.txt").write_text(f"{name.title()} ship left. {STORY}")
    return tmp_path


def rows(path: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


# ------------------------------------------------------------------ code


def test_code_makes_a_store_and_says_what_it_read_and_what_to_type_next(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["code", "news"]) == 0
    shown = capfd.readouterr().out
    assert "Read 2 documents, skipped 0; found 2 events." in shown
    assert "2  MOBILIZE" in shown
    assert "Store communique.duckdb: 2 new documents" in shown
    with Store.open("communique.duckdb", read_only=True) as store:
        ids = [found.id for found in store.documents()]
    assert f"communique show {ids[0]}" in shown
    assert "communique report communique.duckdb -o report.html" in shown


def test_coding_the_same_folder_again_adds_nothing_and_the_store_in_it_is_no_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder / "news")
    assert cli.main(["code", "."]) == 0
    assert cli.main(["code", "."]) == 0
    assert "0 new documents, 2 already there; it holds 2 documents and 2 events" in capfd.readouterr().out


@pytest.mark.parametrize("arguments", [["-o", "out.jsonl"], ["-o", "out.jsonl", "--format", "jsonl"]])
def test_events_go_to_jsonl_in_document_order(arguments: list[str]) -> None:
    assert cli.main(["code", "news", *arguments]) == 0
    found = rows("out.jsonl")
    assert [row["text"] for row in found] == [f"{name} ship left. {STORY}"[:40] for name in ("One", "Two")]
    assert not Path("out.jsonl.part").exists()
    assert not Path("communique.duckdb").exists()


def test_document_ids_are_the_ids_of_the_rows() -> None:
    Path("in.jsonl").write_text(
        "".join(json.dumps({"id": key, "text": STORY + key}) + "\n" for key in ("a7", "b8"))
    )
    assert cli.main(["code", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert [row["document_id"] for row in rows("out.jsonl")] == ["a7", "b8"]


def test_columns_are_mapped() -> None:
    Path("in.csv").write_text(f'key,body,when\nk1,"{STORY.strip()}",2019-04-30\n')
    assert cli.main(["code", "in.csv", "--map", "id=key,text=body,date=when"]) == 0
    with Store.open("communique.duckdb") as store:
        found = next(store.documents())
    assert (found.id, found.text.strip(), found.published) == ("k1", STORY.strip(), "2019-04-30")


def test_csv_parquet_and_table_are_written() -> None:
    for name in ("out.csv", "out.parquet", "out.duckdb"):
        assert cli.main(["code", "news", "-q", "-o", name]) == 0
    assert cli.main(["code", "news", "-q", "-o", "out.txt", "--format", "table"]) == 0
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["event"] for row in csv.DictReader(file)] == ["MOBILIZE"] * 2
    assert duckdb.read_parquet("out.parquet").fetchall()[1][-1]["coder"].startswith("communique ")
    assert "MOBILIZE" in Path("out.txt").read_text(encoding="utf-8")
    with Store.open("out.duckdb") as store:
        assert store.counts()["events"] == 2


def test_standard_output_holds_the_records_alone(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["code", "news", "-o", "-"]) == 0
    out, err = capfd.readouterr()
    assert [json.loads(line)["event"] for line in out.splitlines()] == [["MOBILIZE"]] * 2
    assert "Read 2 documents" in err


def test_quiet_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["code", "news", "-q"]) == 0
    assert capfd.readouterr() == ("", "")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(STORY.encode())))
    assert cli.main(["code", "-", "-o", "out.jsonl"]) == 0
    assert len(rows("out.jsonl")) == 1


@pytest.mark.parametrize(("least", "events"), [("0.4", 2), ("0.6", 0)])
def test_unsure_events_are_left_out(least: str, events: int) -> None:
    assert cli.main(["code", "news", "-o", "out.jsonl", "--min-confidence", least]) == 0
    assert len(rows("out.jsonl")) == events


# ------------------------------------------------------------------ bad input


BAD = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "cut.txt.gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcbH",
    "broken.zip": b"PK\x03\x04 not a zip",
    "null.jsonl": b'{"id": "n1", "text": null}\n',
    "key.json": b'{"id": "n2", "body": "A text under another key."}',
    "broken.json": b'{"text": "An object that never',
    "heading.csv": b"a,b\n1,2\n",
    "what.xyz": b"no such format",
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_skipped_with_a_reason_and_the_rest_is_coded(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("news", name).write_bytes(BAD[name])
    assert cli.main(["code", "news"]) == 1
    assert "Read 2 documents, skipped 1" in capfd.readouterr().out
    with Store.open("communique.duckdb") as store:
        skips = list(store.skipped())
        assert store.counts()["documents"] == 2
    assert [(row["stage"], bool(row["reason"])) for row in skips] == [("ingest", True)]
    assert skips[0]["source"].startswith(f"news{os.sep}{name}")


def test_a_remark_on_a_document_that_was_read_is_no_skip(capfd: pytest.CaptureFixture[str]) -> None:
    Path("in.jsonl").write_text(json.dumps({"id": "a", "text": STORY, "date": "31 February"}) + "\n")
    assert cli.main(["code", "in.jsonl", "news/one.txt", "news"]) == 0
    shown = capfd.readouterr().out
    assert "Read 3 documents, skipped 0" in shown
    assert "Read, with a remark" in shown


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["code", "nowhere"], "nowhere"),
        (["code", "news", "-o", "news"], "is a folder"),
        (["code", "news", "-o", "no/out.jsonl"], "the folder no does not exist"),
        (["code", "news/one.txt", "-o", "news/one.txt", "--format", "csv"], "is an input too"),
        (["code", "news", "-o", "out.what"], "add --format"),
        (["code", "news", "--format", "xml"], "no format 'xml'"),
        (["code", "news", "--format", "store", "-o", "-"], "cannot go to standard output"),
        (["code", "news", "--map", "text"], "FIELD=NAME"),
        (["code", "news", "--map", "colour=body"], "colour"),
        (["code", "news", "--workers", "0"], "1 or more"),
        (["code", "news", "--min-confidence", "1.5"], "from 0 to 1"),
        (["code", "news", "-o", "news/one.txt", "--format", "store"], "not a DuckDB file"),
        (["code"], "PATH"),
        (["show", "x"], "communique code"),
        (["report", "missing.duckdb"], "communique code"),
        (["analyse", "news", "--format", "xml"], "jsonl, conllu"),
        (["analyse", "news", "--reader", "stanza"], "spacy:en_core_web_trf"),
        (["evaluate", "gold"], "GOLD... CODED"),
        (["evaluate", "gold", "coded.jsonl", "--split", "half"], "dev, train"),
        (["evaluate", "gold", "coded.jsonl"], "gold"),
        (["classify", "pairs.jsonl"], "pairs.jsonl cannot be read"),
        (["dance"], "dance"),
    ],
)
def test_unusable_arguments_are_named_and_nothing_is_written(
    arguments: list[str], part: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert cli.main(arguments) == 2
    out, err = capfd.readouterr()
    assert part in " ".join(err.split())
    assert (out, "Traceback" in err) == ("", False)
    assert sorted(folder.rglob("*")) == before


def test_an_input_of_news_is_left_as_it_was_when_named_as_output() -> None:
    before = Path("news/one.txt").read_bytes()
    cli.main(["code", "news/one.txt", "-o", "news/one.txt", "--format", "jsonl"])
    assert Path("news/one.txt").read_bytes() == before


# ------------------------------------------------------------------ failures half-way


def test_a_full_disk_keeps_the_earlier_output_and_what_was_written(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("out.jsonl").write_text("earlier\n")

    def full(_rows: object, out: TextIOWrapper) -> None:
        out.write("first line\n")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("communique.cli.coding.EXPORTERS", {"jsonl": full})
    assert cli.main(["code", "news", "-o", "out.jsonl"]) == 2
    assert "No space left on device; what was written is in out.jsonl.part" in " ".join(
        capfd.readouterr().err.split()
    )
    assert Path("out.jsonl").read_text() == "earlier\n"
    assert Path("out.jsonl.part").read_text() == "first line\n"


def test_a_worker_that_was_ended_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken(FakeCoder):
        def code_documents(self, items: Iterable[Document | Skipped]) -> Iterator[Coded | Skipped]:
            yield from islice(super().code_documents(items), 1)
            raise BrokenExecutor

    monkeypatch.setattr("communique.pipeline.Coder", Broken)
    assert cli.main(["code", "news"]) == 2
    assert "--workers 1" in " ".join(capfd.readouterr().err.split())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs the right to mount a small disk")
def test_a_full_disk_keeps_what_was_saved_and_the_same_command_completes_the_store(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        letters = Random(1)
        with Path("long.jsonl").open("w") as file:
            for number in range(300):
                noise = "".join(letters.choices(ascii_letters, k=20_000))
                file.write(json.dumps({"id": f"d{number}", "text": f"Ships left. {STORY} {noise}"}) + "\n")
        assert cli.main(["code", "long.jsonl", "-q", "-o", "disk/s.duckdb"]) == 2
        assert "the disk is full; what was saved before is kept" in " ".join(capfd.readouterr().err.split())
        with Store.open("disk/s.duckdb", read_only=True) as store:
            saved = store.counts()
        assert 0 < saved["documents"] < 300
        assert saved["events"] == saved["documents"]
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert cli.main(["code", "long.jsonl", "-o", "disk/s.duckdb"]) == 0
        assert "it holds 300 documents" in capfd.readouterr().out
    finally:
        subprocess.run(["umount", disk], check=True)


SLOW = """
import sys, time
import communique.pipeline
from communique import cli
from samples import FakeCoder

class SlowCoder(FakeCoder):
    def code_documents(self, items):
        for number, item in enumerate(super().code_documents(items)):
            if number == 3:
                print("three coded", file=sys.stderr, flush=True)
                time.sleep(60)
            yield item

communique.pipeline.Coder = SlowCoder
sys.exit(cli.main(sys.argv[1:]))
"""


def started(arguments: list[str], *, encoding: str = "utf-8") -> subprocess.Popen[bytes]:
    """Start the command line with a coder that stops to think at the fourth document."""
    source = Path(cli.__file__).parents[2]
    paths = os.pathsep.join([str(source), str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": encoding}
    return subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def ten_stories() -> None:
    lines = [json.dumps({"id": f"d{number}", "text": f"{number} ships. {STORY}"}) for number in range(10)]
    Path("ten.jsonl").write_text("\n".join(lines))


@pytest.mark.parametrize("output", ["out.duckdb", "out.jsonl", "out.parquet"])
def test_ctrl_c_saves_what_was_coded_says_so_and_a_second_run_completes_it(output: str) -> None:
    ten_stories()
    with started(["code", "ten.jsonl", "-o", output]) as process:
        assert process.stderr is not None
        assert b"three coded" in process.stderr.readline()
        process.send_signal(2)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"stopped by Ctrl-C; saved: 3 documents" in err
    assert b"Traceback" not in err
    if output == "out.duckdb":
        with Store.open(output) as store:
            assert store.counts()["events"] == 3
        assert cli.main(["code", "ten.jsonl", "-o", output]) == 0
        with Store.open(output) as store:
            assert store.counts()["events"] == 10
    else:
        found = duckdb.read_parquet(output).fetchall() if output.endswith("parquet") else rows(output)
        assert len(found) == 3


def test_a_reader_that_goes_away_ends_the_run_without_a_traceback() -> None:
    lines = [json.dumps({"id": f"d{number}", "text": f"{number} ships. {STORY}"}) for number in range(3)]
    Path("few.jsonl").write_text("\n".join(lines))
    with started(["code", "few.jsonl", "-q", "-o", "-"]) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        process.wait(30)
    assert (process.returncode, err) == (141, b"")


def test_a_terminal_that_lacks_letters_shows_question_marks() -> None:
    with started(["code", "news", "--format", "table"], encoding="ascii") as process:
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert b"MOBILIZE" in out
    assert b"Traceback" not in err


# ------------------------------------------------------------------ the other commands


def test_show_lists_documents_and_shows_one(capfd: pytest.CaptureFixture[str]) -> None:
    cli.main(["code", "news", "-q"])
    assert cli.main(["show"]) == 0
    assert "one.txt" in capfd.readouterr().out
    assert cli.main(["show", "two.txt"]) == 0
    assert "MOBILIZE" in capfd.readouterr().out


def test_report_writes_one_page(capfd: pytest.CaptureFixture[str]) -> None:
    cli.main(["code", "news", "-q"])
    assert cli.main(["report", "communique.duckdb", "-o", "page.html"]) == 0
    assert "2 documents written to page.html" in capfd.readouterr().out
    assert "Norland" in Path("page.html").read_text(encoding="utf-8")


def test_analyse_writes_tokens_by_offset(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["analyse", "news", "-o", "out.jsonl"]) == 0
    for row in rows("out.jsonl"):
        assert set(row) == {"id", "text", "sentences", "coreference", "cast"}
    Path("news/empty.txt").touch()
    assert cli.main(["analyse", "news", "-o", "-"]) == 1
    assert "empty.txt" in capfd.readouterr().err


class FakeClassifier:
    """Answers RETREAT withdraw for texts that begin with `Y`, else MOBILIZE without a mode."""

    @classmethod
    def load(cls) -> FakeClassifier:
        return cls()

    def classify(self, rows: list[MarkedPair]) -> list[Answer]:
        yielding, readying = (
            Answer("RETREAT", "withdraw", 0.7, {"RETREAT": 0.7, "MOBILIZE": 0.3}),
            Answer("MOBILIZE", None, 1.0, {"RETREAT": 0.0, "MOBILIZE": 1.0}),
        )
        return [yielding if row.text[0] == "Y" else readying for row in rows]


def test_classify_answers_every_row_that_can_be_used(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("communique.cli.classifying.Classifier", FakeClassifier)
    lines = [
        {"id": 1, "text": STORY, "actor": [0, 7], "recipient": None},
        {"id": "b", "text": "Yielding, " + STORY, "actor": [0, 8], "recipient": [10, 17]},
        {"id": 3, "text": STORY, "actor": [0, 5000], "recipient": None},
        {"id": 4},
        ["no", "object"],
        {"id": 6, "text": STORY, "actor": "Moscow", "recipient": None},
    ]
    Path("pairs.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n{broken\n")
    assert cli.main(["classify", "pairs.jsonl", "-o", "out.jsonl"]) == 1
    assert rows("out.jsonl") == [
        {"id": 1, "category": "MOBILIZE", "mode": None, "confidence": 1.0},
        {"id": "b", "category": "RETREAT", "mode": "withdraw", "confidence": 0.7},
    ]
    err = capfd.readouterr().err
    assert [f"pairs.jsonl:{number}:" in err for number in range(1, 8)] == [False] * 2 + [True] * 5
    assert "actor is 'Moscow'; give [start, end]" in err
    assert cli.main(["classify", "missing.jsonl"]) == 2


@pytest.mark.parametrize(("arguments", "shown"), [([], "scores in words"), (["--json"], '"documents": 2')])
def test_evaluate_prints_the_scores(
    arguments: list[str], shown: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class FakeReport:
        def row(self) -> dict[str, int]:
            return {"documents": 2}

        def text(self) -> str:
            return "scores in words"

    def scored(gold: list[Path], coded: Path, *, curve: bool, split: str | None) -> FakeReport:
        assert (gold, coded, curve, split) == ([Path("a"), Path("b")], Path("c.jsonl"), True, "dev")
        return FakeReport()

    monkeypatch.setattr("communique.evaluate.run", scored)
    assert cli.main(["evaluate", "a", "b", "c.jsonl", "--curve", "--split", "dev", *arguments]) == 0
    assert shown in capfd.readouterr().out


def test_the_version_is_told_without_loading_the_heavy_parts() -> None:
    program = (
        "import sys; from communique.cli import main; status = main(['--version']);"
        "print(sorted({'duckdb', 'spacy', 'onnxruntime', 'numpy', 'trafilatura', 'rich'} & set(sys.modules)), status)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.splitlines()[0].startswith("communique ")
    assert done.stdout.splitlines()[1] == "[] 0"
