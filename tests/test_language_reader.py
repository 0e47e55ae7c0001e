"""The shipped model through the reader: structural truths of plain sentences."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from communique.language import Reader, to_spacy
from communique.language.reader import Network
from communique.records import Block, BlockKind, Document, Sentence, Span, Token


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def document(*passages: str | Block, language: str | None = "en") -> Document:
    text, blocks = "", []
    for passage in passages:
        assert isinstance(passage, str)
        blocks.append(Block(Span(len(text), len(text) + len(passage)), BlockKind.BODY, language))
        text += passage + "\n\n"
    return Document("d1", text, tuple(blocks), language=language)


def find(sentence: Sentence, word: str) -> Token:
    return next(token for token in sentence.tokens if token.text == word)


def child(sentence: Sentence, head: str, relation: str) -> str | None:
    index = sentence.tokens.index(find(sentence, head))
    return next((t.text for t in sentence.tokens if t.head == index and t.relation == relation), None)


TEXT = (
    "Rebels attacked the convoy. The minister condemned the attack.\n"
    "Gen. Ana Ruiz said on Monday that troops from Chad had left N’Djamena, “for now.”\n"
    "Peace 🕊️ talks\u00a0resumed… sort of"
)


def test_offsets_quote_the_text_and_every_sentence_has_one_root(reader: Reader) -> None:
    analysis = reader.analyse(document(TEXT))
    text = analysis.document.text
    assert [s.paragraph for s in analysis.sentences] == [0, 0, 1, 2]
    for sentence in analysis.sentences:
        assert sentence.span == Span(sentence.tokens[0].span.start, sentence.tokens[-1].span.end)
        assert all(token.span.of(text) == token.text for token in sentence.tokens)
        assert all(mention.span.of(text) == mention.text for mention in sentence.mentions)
        assert [t.head for t in sentence.tokens].count(-1) == 1
        assert [t.relation for t in sentence.tokens].count("root") == 1
        assert all(t.head < 0 or t.relation != "root" for t in sentence.tokens)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "object_"),
    [
        ("Rebels attacked the convoy.", "attacked", "Rebels", "convoy"),
        ("The government released forty prisoners.", "released", "government", "prisoners"),
        ("The army arrested the leader on Tuesday.", "arrested", "army", "leader"),
        ("REBELS ATTACKED THE CONVOY NEAR THE BORDER.", "ATTACKED", "REBELS", "CONVOY"),
        ("The police have not detained the students.", "detained", "police", "students"),
    ],
)
def test_subject_and_object_of_a_plain_sentence(
    text: str, verb: str, subject: str, object_: str, reader: Reader
) -> None:
    sentence = reader.analyse(document(text)).sentences[0]
    assert find(sentence, verb).relation == "root"
    assert child(sentence, verb, "nsubj") == subject
    assert child(sentence, verb, "obj") == object_


def test_the_subject_of_a_passive_is_told_from_that_of_an_active(reader: Reader) -> None:
    sentence = reader.analyse(document("The mayor was arrested by soldiers.")).sentences[0]
    assert child(sentence, "arrested", "nsubj:pass") == "mayor"
    assert child(sentence, "arrested", "aux:pass") == "was"
    assert (child(sentence, "arrested", "obl:agent") or child(sentence, "arrested", "obl")) == "soldiers"


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("President Barack Obama met reporters in Paris.", "Barack Obama", "PERSON"),
        ("President Barack Obama met reporters in Paris.", "Paris", "LOCATION"),
        ("The Senate confirmed the nominee.", "Senate", "ORGANIZATION"),
        ("The Russian foreign minister left.", "Russian", "MISC"),
        ("Officials in China’s capital agreed.", "China", "LOCATION"),
    ],
)
def test_names_are_found_without_titles_and_possessives(
    text: str, name: str, label: str, reader: Reader
) -> None:
    mentions = reader.analyse(document(text)).sentences[0].mentions
    assert (name, label) in [(mention.text, mention.label) for mention in mentions]


def test_the_parts_of_an_attribution_are_tagged(reader: Reader) -> None:
    sentence = reader.analyse(document("The minister said that the army would leave the city.")).sentences[0]
    roles = {token.text: token.role for token in sentence.tokens}
    assert (roles["minister"], roles["said"], roles["leave"]) == ("source", "cue", "content")


def test_words_get_their_dictionary_form(reader: Reader) -> None:
    sentence = reader.analyse(document("The terrorists didn’t leave; they were hiding weapons.")).sentences[0]
    lemmas = {token.text: token.lemma for token in sentence.tokens}
    expected = {"terrorists": "terrorist", "n’t": "not", "were": "be", "hiding": "hide", "weapons": "weapon"}
    assert {word: lemmas[word] for word in expected} == expected


def test_only_english_coded_blocks_that_repeat_nothing_are_read(reader: Reader) -> None:
    texts = ["The army left.", "El ejército se fue.", "The army left.", "Share this page.", "They met."]
    spans, text = [], ""
    for passage in texts:
        spans.append(Span(len(text), len(text) + len(passage)))
        text += passage + "\n"
    blocks = (
        Block(spans[0], BlockKind.HEADLINE, None),
        Block(spans[1], BlockKind.BODY, "es"),
        Block(spans[2], BlockKind.BODY, "en", repeats=spans[0]),
        Block(spans[3], BlockKind.BOILERPLATE, "en"),
        Block(spans[4], BlockKind.QUOTE_CARD, "en"),
    )
    analysis = reader.analyse(Document("d1", text, blocks, language="en"))
    assert [(s.block, s.span.of(text)) for s in analysis.sentences] == [
        (0, "The army left."),
        (4, "They met."),
    ]


def test_many_documents_are_read_as_each_alone_in_order_and_lazily(reader: Reader) -> None:
    documents = [
        document("Rebels attacked."),
        document(),
        document(TEXT),
        document("The talks failed again."),
    ]
    together = list(reader.analyse_many(documents))
    assert [a.document for a in together] == documents
    assert together[1].sentences == ()
    alone = reader.analyse(documents[2])
    assert [s.span for s in alone.sentences] == [s.span for s in together[2].sentences]

    def endless() -> object:
        while True:
            yield document("The talks failed. " * 400)

    assert next(reader.analyse_many(endless())).sentences  # type: ignore[arg-type]


def test_words_without_letters_and_very_long_words_survive(reader: Reader) -> None:
    analysis = reader.analyse(document("🕊️ ☮ \u200b " + "x" * 5000 + " !!! ½"))
    assert "".join(t.text for s in analysis.sentences for t in s.tokens).count("x") == 5000


def test_a_sentence_of_hundreds_of_words_is_read_whole(reader: Reader) -> None:
    text = "They named " + ", ".join(f"the mayor of Tlaxcala-Xicohténcatl {n}" for n in range(150)) + "."
    analysis = reader.analyse(document(text))
    assert sum(t.text == "mayor" for s in analysis.sentences for t in s.tokens) == 150


class Watched:
    """A session that keeps whether anything in what it was given is padding."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.full: list[bool] = []

    def run(self, names: None, feed: dict[str, Any]) -> Any:
        self.full.append(bool(np.all(feed["mask"] == 1)))
        return self.session.run(names, feed)


def test_the_encoder_is_never_given_padding_not_even_of_sentences_that_are_cut_to_fit() -> None:
    network: Any = Network.load()
    network._session = watched = Watched(network._session)
    sentences = [
        ["They", "met", "."],
        ["The", "Tlaxcalans", "left", "."],
        ["He", "met", "Ruiz", "twice", "."],
    ]
    sentences += [["Tlaxcala-Xicohténcatl"] * n for n in (150, 160, 170)]
    parses = network.parse(sentences, [[0] * len(words) for words in sentences])
    assert [len(parse.heads) for parse in parses] == [len(words) for words in sentences]
    assert all(watched.full)


def test_an_analysis_goes_from_process_to_process_whole(reader: Reader) -> None:
    analysis = reader.analyse(document(TEXT))
    assert pickle.loads(pickle.dumps(analysis)) == analysis


def test_spacy_gets_heads_tags_entities_and_sentences(reader: Reader) -> None:
    analysis = reader.analyse(document(TEXT))
    doc = to_spacy(analysis)
    tokens = [token for sentence in analysis.sentences for token in sentence.tokens]
    assert len(list(doc.sents)) == len(analysis.sentences)
    assert [token.tag_ for token in doc] == [token.tag for token in tokens]
    assert [token.lemma_ for token in doc] == [token.lemma for token in tokens]
    assert {e.text for e in doc.ents} == {m.text for s in analysis.sentences for m in s.mentions}
    attacked = next(token for token in doc if token.text == "attacked")
    assert attacked.dep_ == "ROOT"
    assert {t.text for t in attacked.children} >= {"Rebels", "convoy"}
    assert doc.user_data["spans"][0] == (0, 6)


def test_without_statements_and_events_the_trees_and_names_are_the_same(reader: Reader) -> None:
    given = document("The minister said that rebels had attacked the convoy near La Paz.")
    whole, bare = reader.analyse(given).sentences[0], Reader.load(said=False).analyse(given).sentences[0]
    assert [replace(token, role="O") for token in whole.tokens] == list(bare.tokens)
    assert whole.mentions == bare.mentions
    assert {token.role for token in whole.tokens} > {"O"}
    assert whole.acts
    assert bare.acts is None


@pytest.mark.parametrize("mark", ["'", "’", "‘", "`", "´"])
def test_a_genitive_is_one_whatever_its_apostrophe(reader: Reader, mark: str) -> None:
    sentence = reader.analyse(document(f"Ruritania welcomed Merkel{mark}s visit to Strelsau.")).sentences[0]
    (genitive,) = (token for token in sentence.tokens if token.tag == "POS")
    assert genitive.span == Span(25, 27)
    assert sentence.tokens[genitive.head].text == "Merkel"
    assert "Merkel" in [mention.text for mention in sentence.mentions]
