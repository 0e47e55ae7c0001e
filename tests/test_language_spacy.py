"""spaCy on both sides: our analyses as a Doc that its tools work on, and a user's pipeline in our model's place."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher
from spacy.tokens import Doc, Span

from communique import Coder, Settings, cli
from communique.errors import ModelError, SettingsError
from communique.language import Reader, to_spacy
from communique.language.clear import Heads, to_universal
from communique.records import Analysis, Block, BlockKind, Document
from communique.records import Span as Place

# word: (tag, pos, head counted from 1, relation), as a pipeline of spaCy's writes them
SENTENCES = {
    "Rebels attacked the convoy in Lima .": (
        ["NNS NOUN 2 nsubj", "VBD VERB 0 ROOT", "DT DET 4 det", "NN NOUN 2 dobj", "IN ADP 2 prep", "NNP PROPN 5 pobj",
         ". PUNCT 2 punct"],
        {"Lima": "GPE"},
    ),
    "The mayor was arrested by soldiers of Chad .": (
        ["DT DET 2 det", "NN NOUN 4 nsubjpass", "VBD AUX 4 auxpass", "VBN VERB 0 ROOT", "IN ADP 4 agent",
         "NNS NOUN 5 pobj", "IN ADP 6 prep", "NNP PROPN 7 pobj", ". PUNCT 4 punct"],
        {"Chad": "GPE"},
    ),
    "President Ana Roca is a soldier and talks failed because of rain .": (
        ["NNP PROPN 3 compound", "NNP PROPN 3 compound", "NNP PROPN 4 nsubj", "VBZ AUX 0 ROOT", "DT DET 6 det",
         "NN NOUN 4 attr", "CC CCONJ 4 cc", "NNS NOUN 9 nsubj", "VBD VERB 4 conj", "IN SCONJ 9 prep", "IN ADP 10 pcomp",
         "NN NOUN 10 pobj", ". PUNCT 4 punct"],
        {"Ana": "PERSON", "Roca": "PERSON"},
    ),
    "They met in Lima and in Quito to talk .": (
        ["PRP PRON 2 nsubj", "VBD VERB 0 ROOT", "IN ADP 2 prep", "NNP PROPN 3 pobj", "CC CCONJ 3 cc", "IN ADP 3 conj",
         "NNP PROPN 6 pobj", "TO PART 9 aux", "VB VERB 2 advcl", ". PUNCT 2 punct"],
        {"Lima": "GPE", "Quito": "GPE"},
    ),
}  # fmt: skip
UNIVERSAL = {
    "Rebels attacked the convoy in Lima .": {
        "Rebels": ("attacked", "nsubj"), "convoy": ("attacked", "obj"), "Lima": ("attacked", "obl"),
        "in": ("Lima", "case"),
    },
    "The mayor was arrested by soldiers of Chad .": {
        "mayor": ("arrested", "nsubj:pass"), "was": ("arrested", "aux:pass"), "soldiers": ("arrested", "obl:agent"),
        "by": ("soldiers", "case"), "Chad": ("soldiers", "nmod"), "of": ("Chad", "case"),
    },
    "President Ana Roca is a soldier and talks failed because of rain .": {
        "soldier": ("", "root"), "is": ("soldier", "cop"), "Ana": ("soldier", "nsubj"), "Roca": ("Ana", "flat"),
        "President": ("Ana", "nmod:desc"), "failed": ("soldier", "conj"), "and": ("failed", "cc"),
        "rain": ("failed", "obl"), "because": ("rain", "case"), "of": ("because", "fixed"),
    },
    "They met in Lima and in Quito to talk .": {
        "Lima": ("met", "obl"), "Quito": ("Lima", "conj"), "and": ("Quito", "cc"), "to": ("talk", "mark"),
    },
}  # fmt: skip


@Language.component("communique_test_tables")
def tables(doc: Doc) -> Doc:
    """Annotate the sentences above as spaCy's English pipelines would, any other as a flat one."""
    words = [token.text for token in doc]
    rows, entities = SENTENCES.get(
        " ".join(words), (["NN NOUN 0 ROOT"] + ["NN NOUN 1 dep"] * (len(doc) - 1), {})
    )
    for token, line in zip(doc, rows, strict=True):
        token.tag_, token.pos_, head, token.dep_ = line.split()
        token.head = doc[int(head) - 1] if head != "0" else token
    doc.ents = [Span(doc, i, i + 1, label=entities[word]) for i, word in enumerate(words) if word in entities]
    return doc


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name by which `--reader` gets a pipeline made of the rule above."""
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_test_tables")
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return f"spacy:{folder}"


@pytest.fixture(scope="module")
def own() -> Reader:
    return Reader.load()


def document(text: str) -> Document:
    return Document("d1", text, (Block(Place(0, len(text)), BlockKind.BODY, "en"),), language="en")


def read(sentence: str, pipeline: str) -> Analysis:
    return Reader.load(name=pipeline).analyse(document(sentence.replace(" .", ".")))


# ------------------------------------------------------------------ a user's pipeline


@pytest.mark.parametrize("sentence", UNIVERSAL)
def test_trees_of_spacys_scheme_become_universal(sentence: str, pipeline: str) -> None:
    [read_sentence] = read(sentence, pipeline).sentences
    tokens = read_sentence.tokens
    found = {t.text: (tokens[t.head].text if t.head >= 0 else "", t.relation) for t in tokens}
    assert {word: found[word] for word in UNIVERSAL[sentence]} == UNIVERSAL[sentence]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_redrawn_tree_is_a_tree(sentence: str, pipeline: str) -> None:
    for read_sentence in read(sentence, pipeline).sentences:
        for index in range(len(read_sentence.tokens)):
            seen: list[int] = []
            while index >= 0:
                assert index not in seen
                seen.append(index)
                index = read_sentence.tokens[index].head


def test_names_keep_their_words_and_get_our_labels(pipeline: str) -> None:
    analysis = read("President Ana Roca is a soldier and talks failed because of rain .", pipeline)
    assert [(m.text, m.label) for m in analysis.sentences[0].mentions] == [("Ana Roca", "PERSON")]


def test_events_are_found_on_the_trees_of_a_users_pipeline(pipeline: str) -> None:
    coded = Coder(Settings(reader=pipeline)).code_text(
        "Rebels attacked the convoy in Lima.", date="2019-04-30"
    )
    assert [(e.category, [actor.text for actor in e.actor]) for e in coded.events] == [
        ("ASSAULT", ["Rebels"])
    ]
    assert {token.role for s in coded.analysis.sentences for token in s.tokens} == {"O"}


def test_universal_labels_are_left_alone() -> None:
    tree = Heads(
        ["They", "left", "Lima"], ["PRP", "VBD", "NNP"], ["PRON", "VERB", "PROPN"], ["O"] * 3, [1, -1, 1],
        ["nsubj", "ROOT", "obj"],
    )  # fmt: skip
    to_universal(tree)
    assert (tree.heads, tree.relations) == ([1, -1, 1], ["nsubj", "root", "obj"])


def test_there_are_talks_has_no_predicate_above_be() -> None:
    tree = Heads(
        ["There", "are", "talks"], ["EX", "VBP", "NNS"], ["PRON", "AUX", "NOUN"], ["O"] * 3, [1, -1, 1],
        ["expl", "ROOT", "attr"],
    )  # fmt: skip
    to_universal(tree)
    assert (tree.heads, tree.relations) == ([1, -1, 1], ["expl", "root", "nsubj"])


@pytest.fixture
def blank(tmp_path: Path) -> str:
    spacy.blank("en").to_disk(tmp_path / "blank")
    return f"spacy:{tmp_path / 'blank'}"


def test_a_pipeline_without_trees_is_refused_with_what_it_lacks(blank: str) -> None:
    with pytest.raises(ModelError, match="it lacks a parser, a tagger"):
        Reader.load(name=blank)


@pytest.mark.parametrize("command", ["code", "analyse"])
@pytest.mark.parametrize("workers", [[], ["--workers", "2"]])
def test_a_pipeline_that_is_not_there_ends_the_run_with_a_message(
    command: str,
    workers: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Rebels attacked the convoy.")
    more = workers if command == "code" else []
    assert cli.main([command, "a.txt", "--reader", "spacy:en_none_such", "-o", "out.jsonl", *more]) == 2
    err = " ".join(capfd.readouterr().err.split())
    assert "there is no spaCy pipeline 'en_none_such'" in err
    assert "leave out --reader" in err
    assert not Path("out.jsonl").exists()


@pytest.mark.parametrize("reader", ["spacy", "spacy:", "stanza:en", ""])
def test_a_reader_that_is_none_is_refused(reader: str) -> None:
    with pytest.raises(SettingsError, match="spacy:en_core_web_trf"):
        Settings(reader=reader)


def test_analyse_takes_a_users_pipeline(
    pipeline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Rebels attacked the convoy in Lima.")
    assert cli.main(["analyse", "a.txt", "--reader", pipeline, "-o", "out.jsonl"]) == 0
    [sentence] = json.loads(Path("out.jsonl").read_text())["sentences"]
    assert [token["relation"] for token in sentence["tokens"]][:4] == ["nsubj", "root", "det", "obj"]


# ------------------------------------------------------------------ our analyses as a Doc


def test_displacy_draws_trees_and_names(own: Reader) -> None:
    doc = to_spacy(own.analyse(document("Rebels attacked Lima.")))
    trees = displacy.render(doc, style="dep", jupyter=False)
    assert all(word in trees for word in ("Rebels", "attacked", "nsubj", "obj"))
    assert "LOCATION" in displacy.render(doc, style="ent", jupyter=False)


def test_dependency_matcher_finds_by_relation_lemma_and_lower_case(own: Reader) -> None:
    doc = to_spacy(own.analyse(document("It rained. Rebels attacked the Convoy.")))
    matcher = DependencyMatcher(doc.vocab)
    pattern = [
        {"RIGHT_ID": "act", "RIGHT_ATTRS": {"LEMMA": "attack", "POS": "VERB"}},
        {"LEFT_ID": "act", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj", "TAG": "NNS"}},
        {
            "LEFT_ID": "act",
            "REL_OP": ">",
            "RIGHT_ID": "whom",
            "RIGHT_ATTRS": {"DEP": "obj", "LOWER": "convoy"},
        },
    ]
    matcher.add("assault", [pattern])
    assert [[doc[i].text for i in places] for _, places in matcher(doc)] == [["attacked", "Rebels", "Convoy"]]


def test_a_doc_keeps_the_blanks_and_stands_empty_where_nothing_was_read(own: Reader) -> None:
    text = "Gen. Roca didn’t leave. “We stay,” he said."
    doc = to_spacy(own.analyse(document(text)))
    assert doc.text == text
    assert all(a.idx < b.idx for a, b in pairwise(doc))
    assert len(to_spacy(own.analyse(document("")))) == 0
