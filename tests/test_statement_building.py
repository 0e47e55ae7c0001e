"""How tagged words become statements, whatever the reading model: sentences with trees and tags written by hand."""

from __future__ import annotations

import pytest

from communique import attribution
from communique.ingest import document_from_text
from communique.records import Analysis, Cast, Sentence, Span, Token

ROLES = {"s": "source", "c": "cue", "x": "content", "o": "O"}
Told = tuple[str | None, str | None, list[str]]


def read(*paragraphs: list[str]) -> Analysis:
    """An analysis of paragraphs of sentences; a word is `word/POS/head/relation/role`."""
    text, laid = "", []
    for number, paragraph in enumerate(paragraphs):
        text += "\n\n" if number else ""
        for place, sentence in enumerate(paragraph):
            text += " " if place else ""
            tokens: list[Token] = []
            for word in sentence.split():
                form, pos, head, relation, role = word.rsplit("/", 4)
                start = len(text) + bool(tokens)
                text += " " * bool(tokens) + form
                lemma = {"According": "accord", "said": "say"}.get(form, form.lower())
                span = Span(start, len(text))
                tokens.append(Token(span, form, lemma, pos, "", int(head), relation, ROLES[role]))
            laid.append(Sentence(Span(tokens[0].span.start, len(text)), tuple(tokens), (), 0, number))
    return Analysis(document_from_text(text, date="2019-05-01"), tuple(laid))


def told(analysis: Analysis) -> list[Told]:
    text = analysis.document.text
    return [
        (
            s.source.text if s.source else None,
            s.cue.of(text) if s.cue else None,
            [c.of(text) for c in s.content],
        )
        for s in attribution.statements(analysis, Cast(()))
    ]


SAID = "Ana/PROPN/1/nsubj/s said/VERB/-1/root/c that/SCONJ/4/mark/x rebels/NOUN/4/nsubj/x fled/VERB/1/ccomp/x"
ASKED = '"/PUNCT/1/punct/x Leave/VERB/-1/root/x now/ADV/1/advmod/x ?/PUNCT/1/punct/x "/PUNCT/1/punct/x'
QUOTED = (
    '"/PUNCT/2/punct/x They/PRON/2/nsubj/x took/VERB/-1/root/x our/PRON/4/nmod:poss/x homes/NOUN/2/obj/x '
    './PUNCT/2/punct/x "/PUNCT/2/punct/x'
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "The/DET/1/det/x letter/NOUN/2/nsubj/x appears/VERB/-1/root/c to/PART/4/mark/x contradict/VERB/2/xcomp/x "
            "him/PRON/4/obj/x",
            (None, "appears", ["The letter", "to contradict him"]),
            id="what is tagged as said is no source of a cue that is not plain",
        ),
        pytest.param(
            "Rebels/NOUN/1/nsubj/x fled/VERB/-1/root/x ,/PUNCT/3/punct/o said/VERB/1/parataxis/c Ana/PROPN/3/obj/s "
            "a/DET/6/det/x lot/NOUN/3/nsubj/x",
            ("Ana", "said", ["Rebels fled", "a lot"]),
            id="a tagged source near by before an untagged subject",
        ),
        pytest.param(
            "A/DET/1/det/s woman/NOUN/5/nsubj/s known/VERB/1/acl/o as/ADP/4/case/o Eva/PROPN/2/obl/s "
            "said/VERB/-1/root/c it/PRON/7/nsubj/x burns/VERB/5/ccomp/x",
            ("A woman known as Eva", "said", ["it burns"]),
            id="a source in two parts is one phrase",
        ),
        pytest.param(
            "Ana/PROPN/3/nsubj/s had/AUX/3/aux/o also/ADV/3/advmod/o said/VERB/-1/root/c in/ADP/5/case/o "
            "letters/NOUN/3/obl/c it/PRON/7/nsubj/x burns/VERB/3/ccomp/x",
            ("Ana", "had also said in letters", ["it burns"]),
            id="a cue is whole with its auxiliaries and small words",
        ),
        pytest.param(
            "Rebels/NOUN/1/nsubj/x lead/VERB/-1/root/x in/ADP/4/case/o a/DET/4/det/s poll/NOUN/1/obl/s",
            ("a poll", "in", ["Rebels lead"]),
            id="a source without a cue has its preposition",
        ),
        pytest.param(
            "Eva/PROPN/1/nsubj/s repeated/VERB/-1/root/o Ana/PROPN/4/nmod:poss/o 's/PART/2/case/o denial/NOUN/1/obj/c "
            "that/SCONJ/7/mark/x rebels/NOUN/7/nsubj/x fled/VERB/4/acl/x",
            ("Ana", "denial", ["that rebels fled"]),
            id="a name that a noun of saying is whose, before a tagged source farther away",
        ),
        pytest.param(
            "Polls/NOUN/1/nsubj/s have/VERB/-1/root/o rebels/NOUN/3/nsubj/x leading/VERB/1/ccomp/x",
            ("Polls", "have", ["rebels leading"]),
            id="a source without a cue has its verb",
        ),
        pytest.param(
            "According/VERB/2/case/c to/ADP/0/fixed/c Ana/PROPN/5/obl/s :/PUNCT/5/punct/c rebels/NOUN/5/nsubj/x "
            "fled/VERB/-1/root/x",
            ("Ana", "According to", ["rebels fled"]),
            id="the colon behind a cue and its source is no cue of its own",
        ),
        pytest.param(
            "Rebels/NOUN/1/nsubj/o fled/VERB/-1/root/o ,/PUNCT/1/punct/o According/VERB/5/case/o to/ADP/3/fixed/o "
            "Ana/PROPN/1/obl/o",
            ("Ana", "According to", ["Rebels fled"]),
            id="according to is a cue though the lemma is accord",
        ),
    ],
)  # fmt: skip
def test_the_parts_of_a_sentence_are_put_together(sentence: str, expected: Told) -> None:
    assert told(read([sentence])) == [expected]


def test_a_second_cue_behind_a_comma_is_a_statement_of_its_own() -> None:
    sentence = f"{SAID} ,/PUNCT/1/punct/o adding/VERB/1/xcomp/c that/SCONJ/9/mark/x bridges/NOUN/9/nsubj/x burn/VERB/1/ccomp/x"
    assert told(read([sentence])) == [
        ("Ana", "said", ["that rebels fled"]),
        ("Ana", "adding", ["that bridges burn"]),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param([[SAID], [QUOTED], [QUOTED]], ["that rebels fled", '" They took our homes . "'],
                     id="quoted paragraphs without a cue go on with who spoke last"),
        pytest.param([[SAID], [QUOTED.replace('"', "-")]], ["that rebels fled"],
                     id="a paragraph without quotation marks does not"),
        pytest.param([[QUOTED, "Ana/PROPN/1/nsubj/s asked/VERB/-1/root/c"]], ['" They took our homes . "'],
                     id="quoted words are who speaks next in the same paragraph"),
    ],
)  # fmt: skip
def test_words_said_in_a_sentence_without_a_cue_are_somebodys(
    paragraphs: list[list[str]], expected: list[str]
) -> None:
    found = told(read(*paragraphs))
    assert {source for source, _, _ in found} == {"Ana"}
    assert list(dict.fromkeys(words for _, _, content in found for words in content)) == expected


def test_a_short_question_is_hers_who_is_named_behind_it() -> None:
    said_first = (
        '"/PUNCT/1/punct/x Stay/VERB/3/ccomp/x "/PUNCT/3/punct/x said/VERB/-1/root/c Ana/PROPN/3/nsubj/s'
    )
    found = told(read([said_first], [ASKED, "Eva/PROPN/1/nsubj/s asked/VERB/-1/root/c"]))
    assert ("Eva", "asked", ['" Leave now ? "']) in found
