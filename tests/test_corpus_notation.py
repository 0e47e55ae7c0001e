"""The coders' notation: words become offsets, and what cannot be found is told with where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import written
from corpus.places import Finder, settle
from corpus.sentences import split

from communique.errors import CorpusError
from communique.records import Span

TEXT = "The army fired. “The army will not stop,” Gen. Ilin Dorsa said on Nov. 3. Dorsa's army is the army of the U.S. He left."


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("@1:army", "army"),
        ("@1:the army", "The army"),
        ('@2:"The army', "“The army"),
        ("@2:The army … stop", "The army will not stop"),
        ("@3:army#2", "army"),
        ("@3", "Dorsa's army is the army of the U.S."),
        ("@1-2:fired.", "fired."),
        ("Ilin Dorsa", "Ilin Dorsa"),
    ],
)
def test_a_place_is_found_by_its_words(place: str, words: str) -> None:
    assert Finder(TEXT).place(place).of(TEXT) == words


def test_the_second_occurrence_is_another_than_the_first() -> None:
    finder = Finder(TEXT)
    assert finder.place("@3:army").start < finder.place("@3:army#2").start


def test_a_trigger_is_looked_for_in_its_evidence_first() -> None:
    finder = Finder(TEXT)
    evidence = finder.place("@3:the army of the U.S")
    assert evidence.covers(finder.place("@3:army", evidence))


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("@9:army", "sentences are 1 to 4"),
        ("@0:army", "sentence 0 is the title"),
        ("@1:stop", "it is in sentence 2"),
        ("@1:armee fired", "nearest: "),
        ("@1:army#2", "only 1 time"),
        ("@2:stop … The army", "does not follow"),
        ("army", "stands more than once"),
        ("@army", "is not a place"),
    ],
)
def test_a_place_that_cannot_be_found_says_what_to_mend(place: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        Finder(TEXT).place(place)


def test_bare_words_are_every_whole_word() -> None:
    assert len(Finder(TEXT).everywhere("army")) == 4
    with pytest.raises(CorpusError, match="does not stand"):
        Finder(TEXT).everywhere("arm")


def test_the_longest_bare_words_win_and_a_given_place_wins_over_them() -> None:
    long, short, given = Span(0, 10), Span(5, 10), Span(20, 25)
    assert settle([(short, 0), (long, 1)], []) == [(long, 1)]
    assert settle([(Span(18, 30), 0)], [(given, 1)]) == [(given, 1)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (TEXT, 4),
        ("He met Mr. Roca. She left.", 2),
        ("The U.S. Army moved. It won.", 2),
        ("In Nov. 3 men fled.", 1),
        ("THE ARMY SAID NO. THE MEN LEFT.", 2),
        ('"Go!" he said. They went.', 2),
        ("A headline\nA sentence. Another.", 3),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_sentences_hold_every_visible_character() -> None:
    held = "".join(sentence.span.of(TEXT) for sentence in split(TEXT))
    assert "".join(held.split()) == "".join(TEXT.split())


HEAD = "ITEM w-test-0001 | sentence | wire | 2014-06-12\nT The navy seized two trawlers, police said.\n"
ACTORS = "A m1 | Sylvanian navy | HUN | MIL | org | -\nA m2 | police | HUN | COP | org | -\n"
EVENT = "E e1 | COERCE | @0:The navy seized two trawlers | trig @0:seized | act m1 @0:The navy | mode seize"


def faults(coding: str, folder: Path) -> list[str]:
    path = folder / "items.txt"
    path.write_text(HEAD + ACTORS + coding, encoding="utf-8")
    return [fault.message for fault in written.compile_file(path)[1].errors]


@pytest.mark.parametrize(
    ("coding", "message"),
    [
        (EVENT.replace("COERCE", "CAPTURE"), "no category 'CAPTURE'"),
        (EVENT.replace("mode seize", "mode troops"), "has no mode 'troops'"),
        (EVENT.replace("act m1", "act m9"), "no actor 'm9'"),
        (EVENT.replace("@0:seized", "@0:said"), "lies outside the evidence"),
        (EVENT.replace("trig @0:seized | ", ""), "trig is missing"),
        (f"{EVENT} | st claimed", "needs who says so"),
        (f"{EVENT} | by m2 @0:said", "status reported has no claimants"),
        (f"{EVENT} | st claimed | by m7 @0:said", "no actor 'm7'"),
        (f"{EVENT} | date June", "date 'June'"),
        (f"{EVENT} | imp always", "importance 'always'"),
        (f"{EVENT} | colour red", "begins with none of"),
        (f"{EVENT} | same e5", "no other E e5"),
        (f"{EVENT}\n{EVENT}", "defined twice"),
        ("N GPE | police", "type of name 'GPE'"),
        ("A m3 | they | - | - | group | they", "means every one of them"),
        ("", "has no event"),
    ],
)
def test_a_fault_of_the_coding_is_told(coding: str, message: str, tmp_path: Path) -> None:
    assert any(message in fault for fault in faults(coding, tmp_path))


def test_a_sound_item_gives_offsets_into_its_text(tmp_path: Path) -> None:
    path = tmp_path / "items.txt"
    path.write_text(f"{HEAD}{ACTORS}{EVENT} | st claimed | by m2 @0:said\n", encoding="utf-8")
    (row,), found = written.compile_file(path)
    event = row["events"][0]
    assert found.errors == []
    assert row["text"][event["start"] : event["end"]] == "The navy seized two trawlers"
    assert [row["text"][slice(*place)] for place in (event["trigger"], event["claimants"][0]["cue"])] == [
        "seized",
        "said",
    ]
    assert row["actors"][0]["mentions"] == [[0, 8]]
