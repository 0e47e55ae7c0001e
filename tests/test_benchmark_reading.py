"""The arithmetic of `make evaluate-reading`."""

from __future__ import annotations

from benchmarks.reading import f1, missed, names_of, runs, table

from communique.records import Analysis, Document, Mention, Sentence, Span


def test_a_run_of_one_label_is_one_name() -> None:
    assert runs(["O", "PERSON", "PERSON", "LOCATION", "O", None, "MISC"]) == {
        (1, 3, "PERSON"),
        (3, 4, "LOCATION"),
        (6, 7, "MISC"),
    }


def test_f1_counts_over_all_sentences() -> None:
    assert f1([{1, 2}, {3}], [{1}, {3, 4}]) == 2 * 2 / 6
    assert f1([], []) == 0.0


def test_floors_are_least_figures_and_for_size_and_loss_the_most() -> None:
    least = {"EWT dev, UAS": 0.92, "lost by int8": 0.005, "megabytes of weights": 40, "reference": 0.8}
    found = {"EWT dev, UAS": 0.91, "lost by int8": 0.004, "megabytes of weights": 41.5}
    assert missed(found, least) == ["EWT dev, UAS", "megabytes of weights"]
    lines = table(found, least).splitlines()
    assert [line.split("  ")[0] for line in lines if line.endswith("!")] == [
        "EWT dev, UAS",
        "megabytes of weights",
    ]
    assert lines[-1].split() == ["reference", "-", "0.8000", "-"]


def test_names_outside_the_passages_that_are_read_do_not_count() -> None:
    text = "Ana Roca left Lima."
    sentence = Sentence(Span(0, 10), (), (Mention(Span(0, 8), "PERSON", "Ana Roca"),), 0, 0)
    gold = [{"start": 0, "end": 8, "type": "PER"}, {"start": 14, "end": 18, "type": "LOC"}]
    assert names_of(gold, Analysis(Document("d1", text, ()), (sentence,))) == (
        {(0, 8, "PERSON")},
        {(0, 8, "PERSON")},
    )
