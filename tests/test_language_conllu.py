"""CoNLL-U: given words keep their lines, and every fault of a file is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import cli
from communique.errors import InputError
from communique.language import Reader
from communique.language.conllu import read, written
from communique.language.given import joined
from communique.language.reader import Parse
from communique.records import Block, BlockKind, Document, Span


def row(id_: str, form: str, *, misc: str = "_", deps: str = "_") -> str:
    return "\t".join((id_, form, "_", "_", "_", "Kept=Yes", "_", "_", deps, misc))


GIVEN = "\n".join(
    [
        "# newdoc id = d1",
        "# sent_id = 1",
        "# text = Rebels don't attack.",
        row("1", "Rebels"),
        row("2-3", "don't"),
        row("2", "do"),
        row("3", "n't"),
        row("3.1", "ever", deps="4:advmod"),
        row("4", "attack", misc="SpaceAfter=No"),
        row("5", "."),
        "",
        "# sent_id = 2",
        row("1", "Troops"),
        row("2", "left"),
        row("3", "Lima"),
        "",
    ]
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def analysed(text: str, tmp_path: Path, *options: str) -> tuple[int, str]:
    """Return the exit status of `analyse --pretokenised`, and what it wrote."""
    source, out = tmp_path / "given.conllu", tmp_path / "out.conllu"
    source.write_text(text, encoding="utf-8")
    status = cli.main(["analyse", str(source), "--pretokenised", *options, "-o", str(out)])
    return status, out.read_text(encoding="utf-8") if out.exists() else ""


def test_given_words_come_back_line_by_line_with_heads_and_labels(tmp_path: Path) -> None:
    status, text = analysed(GIVEN, tmp_path, "--format", "conllu")
    assert status == 0
    before, after = GIVEN.rstrip("\n").split("\n"), text.rstrip("\n").split("\n")
    assert text.endswith("\n\n")
    assert len(before) == len(after)
    heads = {}
    for old, new in zip(before, after, strict=True):
        if not old.split("\t")[0].isdigit():
            assert new == old
            continue
        fields, kept = new.split("\t"), old.split("\t")
        assert [fields[i] for i in (0, 1, 5, 8, 9)] == [kept[i] for i in (0, 1, 5, 8, 9)]
        heads[fields[1]] = (fields[3], fields[6], fields[7])
    assert heads["attack"] == ("VERB", "0", "root")
    assert heads["Rebels"] == ("NOUN", "4", "nsubj")
    assert heads["Lima"][1:] == ("2", "obj")


def test_what_was_written_reads_the_same_again(tmp_path: Path) -> None:
    _, once = analysed(GIVEN, tmp_path)
    _, twice = analysed(once, tmp_path)
    assert once == twice


FAULTS = {
    "columns parted by blanks": (row("1", "Rebels").replace("\t", " "), ":1: 1 columns"),
    "a number left out": (row("1", "Rebels") + "\n" + row("3", "left"), ":2: word 3 where word 2 was due"),
    "an id that is none": (row("one", "Rebels"), ":1: 'one' is no id"),
    "a range that comes too late": (row("1", "do") + "\n" + row("1-2", "don't"), ":2: the range 1-2"),
    "a range beyond the sentence": (row("1-3", "don't") + "\n" + row("1", "do"), "up to 3"),
    "an empty node out of place": (row("1", "do") + "\n" + row("3.1", "it"), ":2: the empty node 3.1"),
    "comments without words": (GIVEN + "\n# a last remark\n", "a sentence without words"),
    "a word without a form": (row("1", ""), ":1: a word without a form"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_line(name: str) -> None:
    text, message = FAULTS[name]
    with pytest.raises(InputError, match=r"f\.conllu") as caught:
        list(read(text.split("\n"), "f.conllu"))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.conllu", "--pretokenised"], "missing.conllu cannot be read"),
        ([".", "--pretokenised"], "cannot be read"),
        (["given.conllu"], "add --pretokenised"),
        (["given.conllu", "--pretokenised", "--format", "jsonl"], "--pretokenised reads CoNLL-U"),
        (["latin.conllu", "--pretokenised"], "not UTF-8"),
        (["given.conllu", "--pretokenised", "-o", "given.conllu"], "is an input too"),
        (["cut.conllu.gz", "--pretokenised"], "cannot be read"),
    ],
)
def test_what_cannot_be_used_ends_with_a_message(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("given.conllu").write_text(GIVEN, encoding="utf-8")
    Path("latin.conllu").write_bytes(row("1", "Bogotá").encode("latin-1"))
    Path("cut.conllu.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    assert cli.main(["analyse", *arguments]) == 2
    out, err = capfd.readouterr()
    assert message in " ".join(err.split())
    assert (out, "Traceback" in err) == ("", False)


def test_line_ends_and_marks_of_other_systems_are_taken(tmp_path: Path) -> None:
    status, text = analysed("\ufeff" + GIVEN.replace("\n", "\r\n"), tmp_path)
    assert status == 0
    assert text.startswith("# newdoc")
    assert "\r" not in text


def test_a_given_sentence_of_a_thousand_words_has_one_root(reader: Reader) -> None:
    words = ["They", "named"] + ["the", "mayor", "of", "Xicohténcatl", ","] * 200 + ["and", "left", "."]
    [tokens] = reader.read_words([words])
    assert [token.text for token in tokens] == words
    assert [token.head for token in tokens].count(-1) == 1
    assert all(token.head < len(words) and token.head != i for i, token in enumerate(tokens))
    assert tokens[1].span == Span(5, 10)


def test_parts_of_a_sentence_hang_on_the_root_of_the_first() -> None:
    def parse(heads: list[int]) -> Parse:
        relations = ["dep" if head else "root" for head in heads]
        same = ["x"] * len(heads)
        return Parse(heads, relations, tags=same, pos=same, names=same, roles=same)

    whole = joined([parse([2, 0]), parse([0, 1]), parse([2, 0])])
    assert whole.heads == [2, 0, 2, 3, 6, 2]
    assert whole.relations == ["dep", "root", "parataxis", "dep", "dep", "parataxis"]


def test_a_document_can_be_written_as_conllu(reader: Reader) -> None:
    text = "Rebels didn’t leave.\nThe army\u00a0stayed."
    document = Document("d1", text, (Block(Span(0, len(text)), BlockKind.BODY, "en"),), language="en")
    lines = written(reader.analyse(document)).split("\n")
    assert lines[:3] == ["# newdoc id = d1", "# sent_id = d1-1", "# text = Rebels didn’t leave."]
    [first, second] = read(lines, "d1")
    assert first.words == ["Rebels", "did", "n’t", "leave", "."]
    assert second.words == ["The", "army", "stayed", "."]
    assert [line.split("\t")[9] for line in lines[3:8]] == ["_", "SpaceAfter=No", "_", "SpaceAfter=No", "_"]
