"""Who did it and to whom, and one act told by two words: trees, links and a cast written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.coding.drafts import drafts
from communique.coding.events import carried
from communique.coding.matching import Matcher
from communique.coding.patterns import Patterns, load
from communique.coding.repeats import merged
from communique.participants import Participants
from communique.records import Cast, EventWord, Member, Sentence, Span, Token
from communique.syntax import Tree
from samples import UNCOUNTED, document, entity, event

Shares = dict[int, float]
CODES = {
    "Norland": ("state", "NOR"),
    "Norlandic": ("state", "NOR"),
    "Sudland": ("state", "SDN"),
    "Sudlandic": ("state", "SDN"),
    "Ito": ("person", "JPN"),
    "Oslo": ("place", "NOR"),
}


def sentence(words: str, *acts: EventWord) -> Sentence:
    """A sentence from `word/POS/head/relation`, the tag after a colon where it matters: `killing/VERB:VBG/2/advcl`."""
    tokens: list[Token] = []
    for word in words.split():
        form, pos, head, relation = word.split("/")
        pos, _, tag = pos.partition(":")
        lemma, _, shown = form.rpartition("=")
        start = tokens[-1].span.end + 1 if tokens else 0
        span = Span(start, start + len(shown))
        tokens.append(Token(span, shown, lemma or shown.lower(), pos, tag, int(head), relation))
    return Sentence(Span(0, tokens[-1].span.end), tuple(tokens), (), 0, 0, acts)


def act(
    token: int, category: str, share: float = 0.9, *, by: Shares | None = None, to: Shares | None = None
) -> EventWord:
    linked = [tuple((side or {}).items()) for side in (by, to)]
    return EventWord(token, ((category, share),), (), (), (), linked[0], linked[1])


def cast(found: Sentence) -> Cast:
    named = [token for token in found.tokens if token.text in CODES]
    return Cast(tuple(_member(token, f"m{number}") for number, token in enumerate(named)))


def _member(token: Token, number: str) -> Member:
    kind, code = CODES[token.text]
    name = token.text.removesuffix("ic")
    return Member(number, name, kind, code, "GOV", (), None, None, None, (token.span,), (), "by hand")


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return load()


def told(found: Sentence, patterns: Patterns) -> list[tuple[str, list[str], list[str]]]:
    text = " ".join(token.text for token in found.tokens)
    read = drafts(Tree(found), Matcher(patterns), Participants(cast(found), text), UNCOUNTED)
    return [
        (d.category, [a.name or "?" for a in d.actor], [r.name or "?" for r in d.recipient]) for d in read
    ]


LIED = "Ito/PROPN/1/nsubj says/VERB/-1/root Sudland/PROPN/3/nsubj lied/VERB/1/ccomp"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            sentence(LIED, act(3, "ACCUSE", by={0: 0.9}, to={2: 0.9})),
            ("ACCUSE", ["Ito"], ["Sudland"]),
            id="who lied is the one blamed by whoever says so",
        ),
        pytest.param(
            sentence(LIED, act(3, "ACCUSE", by={2: 0.9}, to={2: 0.6})),
            ("ACCUSE", ["Sudland"], []),
            id="the doer of the clause stays where the encoder takes it for the doer more surely",
        ),
        pytest.param(
            sentence(LIED, act(3, "COERCE", by={0: 0.9, 2: 0.2}, to={2: 0.9})),
            ("COERCE", ["Sudland"], []),
            id="in a deed the doer of the clause stays",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj prompted/VERB/-1/root Sudland/PROPN/1/obj to/PART/4/mark tax/VERB/1/xcomp "
                "goods/NOUN/4/obj",
                act(4, "SANCTION", by={2: 0.9}),
            ),
            ("SANCTION", ["Sudland"], []),
            id="whom the encoder does not link at all gives way to whom it links surely",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj taxed/VERB/-1/root Sudlandic/ADJ/3/amod goods/NOUN/1/obj",
                act(1, "SANCTION", by={0: 0.9}, to={2: 0.9}),
            ),
            ("SANCTION", ["Norland"], ["Sudland"]),
            id="a name that only describes a thing, where nothing else is linked",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj taxed/VERB/-1/root Sudlandic/ADJ/3/amod goods/NOUN/1/obj",
                act(1, "SANCTION", by={0: 0.9}),
            ),
            ("SANCTION", ["Norland"], ["Sudland"]),
            id="a name inside the phrase of a role, where nothing is linked",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj taxed/VERB/-1/root Ito/PROPN/1/obj but/CCONJ/5/cc not/PART/5/advmod Sudland/PROPN/2/conj",
                act(1, "SANCTION", by={0: 0.9}, to={2: 0.9}),
            ),
            ("SANCTION", ["Norland"], ["Ito"]),
            id="who is named as left out is no party",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj left/VERB/-1/root the/DET/3/det talks/NOUN/1/obj in/ADP/5/case Oslo/PROPN/3/nmod",
                act(1, "SANCTION", by={0: 0.9}),
            ),
            ("SANCTION", ["Norland"], []),
            id="a place inside the phrase is nobody",
        ),
        pytest.param(
            sentence(
                "Sudland/PROPN/1/obl objected/VERB/-1/root after/ADP/3/case Norland/PROPN/1/obl",
                act(1, "ACCUSE", by={3: 0.4}, to={0: 0.9}),
            ),
            ("ACCUSE", ["Norland"], ["Sudland"]),
            id="an unsure doer, where nothing surer names anybody",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj objected/VERB/-1/root after/ADP/3/case Sudland/PROPN/1/obl",
                act(1, "ACCUSE", by={0: 0.9}, to={3: 0.4}),
            ),
            ("ACCUSE", ["Norland"], ["Sudland"]),
            id="an unsure recipient, where nothing surer names anybody",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj urge=urged/VERB/-1/root Sudland/PROPN/1/obj to/PART/4/mark press/VERB/1/xcomp "
                "Ito/PROPN/4/obj",
                act(1, "REQUEST", by={0: 0.9}, to={2: 0.9, 5: 0.9}),
            ),
            ("REQUEST", ["Norland"], ["Sudland"]),
            id="of those linked, who stands in the pattern's role",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj growled/VERB/-1/root to/PART/3/mark raid/VERB/1/xcomp Sudland/PROPN/3/obj",
                act(1, "THREATEN", by={0: 0.9}),
            ),
            ("THREATEN", ["Norland"], ["Sudland"]),
            id="whom a threat will hurt",
        ),
        pytest.param(
            sentence(
                "A/DET/2/det Norlandic/ADJ/2/amod barrage/NOUN/3/nsubj maimed/VERB/-1/root Sudland/PROPN/3/obj",
                act(3, "ASSAULT", by={1: 0.9}, to={4: 0.9}),
            ),
            ("ASSAULT", ["Norland"], ["Sudland"]),
            id="the doer is named by a thing of its own",
        ),
    ],
)
def test_each_side_is_whom_the_surest_way_names(
    found: Sentence, expected: tuple[str, list[str], list[str]], patterns: Patterns
) -> None:
    assert told(found, patterns) == [expected]


SIGNED = "Norland/PROPN/1/nsubj sign=signed/VERB/-1/root a/DET/3/det treaty/NOUN/1/obj with/ADP/5/case Sudland/PROPN/1/obl"
MEET = "Norland/PROPN/2/nsubj will/AUX/2/aux meet/VERB/-1/root with/ADP/4/case Sudland/PROPN/2/obl"
MET = "Norland/PROPN/1/nsubj meet=met/VERB/-1/root with/ADP/3/case Sudland/PROPN/1/obl"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (sentence(SIGNED, act(1, "SUPPORT")), ("SUPPORT", ["Norland"], ["Sudland"])),
        (sentence(MEET, act(2, "CONSULT", 0.3)), ("AGREE", ["Norland"], ["Sudland"])),
        (sentence(MET, act(1, "CONSULT")), ("CONSULT", ["Norland", "Sudland"], [])),
    ],
    ids=["signed with", "will meet with", "met with"],
)
def test_the_other_side_of_a_pact_or_a_planned_meeting_is_its_recipient(
    found: Sentence, expected: tuple[str, list[str], list[str]], patterns: Patterns
) -> None:
    assert told(found, patterns) == [expected]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj denounced/VERB/-1/root Sudland/PROPN/1/obj as/ADP/4/case disgraceful/ADJ/1/xcomp",
                act(1, "ACCUSE", by={0: 0.9}, to={2: 0.9}),
                act(4, "ACCUSE", by={0: 0.9}),
            ),
            [("ACCUSE", ["Norland"], ["Sudland"])],
            id="a judgement and what it says",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj besieged/VERB/-1/root the/DET/3/det city/NOUN/1/obj maiming/VERB:VBG/1/advcl "
                "Sudland/PROPN/4/obj",
                act(1, "ASSAULT", by={0: 0.9}),
                act(4, "ASSAULT", by={0: 0.9}, to={5: 0.9}),
            ),
            [("ASSAULT", ["Norland"], ["Sudland"])],
            id="the means and the result",
        ),
        pytest.param(
            sentence(
                "The/DET/2/det Norlandic/ADJ/2/amod attack/NOUN/3/nsubj maimed/VERB/-1/root Sudland/PROPN/3/obj",
                act(2, "ASSAULT", by={1: 0.9}),
                act(3, "ASSAULT", to={4: 0.9}),
            ),
            [("ASSAULT", ["Norland"], ["Sudland"])],
            id="an act and what it did",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj searched/VERB/-1/root and/CCONJ/3/cc raided/VERB/1/conj Sudland/PROPN/1/obj",
                act(1, "COERCE", by={0: 0.9}, to={4: 0.9}),
                act(3, "COERCE", by={0: 0.9}, to={4: 0.9}),
            ),
            [("COERCE", ["Norland"], ["Sudland"])],
            id="two verbs with one object",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj raided/VERB/-1/root Sudland/PROPN/1/obj and/CCONJ/4/cc raided/VERB/1/conj "
                "Ito/PROPN/4/obj",
                act(1, "COERCE", by={0: 0.9}, to={2: 0.9}),
                act(4, "COERCE", by={0: 0.9}, to={5: 0.9}),
            ),
            [("COERCE", ["Norland"], ["Sudland"]), ("COERCE", ["Norland"], ["Ito"])],
            id="two verbs with an object each are two acts",
        ),
        pytest.param(
            sentence(
                "Norland/PROPN/1/nsubj raided/VERB/-1/root Ito/PROPN/1/obj after/ADP/5/case Sudlandic/ADJ/5/amod "
                "raids/NOUN/1/obl",
                act(1, "COERCE", by={0: 0.9}, to={2: 0.9}),
                act(5, "COERCE", by={4: 0.9}),
            ),
            [("COERCE", ["Norland"], ["Ito"]), ("COERCE", ["Sudland"], [])],
            id="another doer's act is another",
        ),
    ],
)
def test_one_act_told_by_two_words_of_a_clause_is_one_record(
    found: Sentence, expected: list[tuple[str, list[str], list[str]]], patterns: Patterns
) -> None:
    assert told(found, patterns) == expected


def test_a_record_of_two_words_quotes_both(patterns: Patterns) -> None:
    found = sentence(
        "Norland/PROPN/1/nsubj besieged/VERB/-1/root the/DET/3/det city/NOUN/1/obj maiming/VERB:VBG/1/advcl "
        "Sudland/PROPN/4/obj",
        act(1, "ASSAULT", by={0: 0.9}),
        act(4, "ASSAULT", by={0: 0.9}, to={5: 0.9}),
    )
    text = " ".join(token.text for token in found.tokens)
    only = drafts(Tree(found), Matcher(patterns), Participants(cast(found), text), UNCOUNTED)[0]
    assert [span.of(text) for span in only.evidence] == ["besieged", "maiming"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            "Norland/PROPN/3/nsubj did/AUX/3/aux not/PART/3/advmod attack/VERB/-1/root Sudland/PROPN/3/obj",
            [("ASSAULT", ["Norland"], ["Sudland"])],
        ),
        (
            "Ito/PROPN/1/nsubj regrets/VERB/-1/root that/SCONJ/6/mark Norland/PROPN/6/nsubj did/AUX/6/aux "
            "not/PART/6/advmod attack/VERB/1/ccomp Sudland/PROPN/6/obj",
            [],
        ),
        (
            "Ito/PROPN/1/nsubj urged/VERB/-1/root Norland/PROPN/1/obj to/PART/4/mark attack/VERB/1/xcomp "
            "Sudland/PROPN/4/obj",
            [("REQUEST", ["Ito"], ["Norland"])],
        ),
        (
            "Ito/PROPN/1/nsubj call=urged/VERB/-1/root for/ADP/3/case talk=talks/NOUN/1/obl with/ADP/5/case "
            "Norland/PROPN/3/nmod",
            [("REQUEST", ["Ito"], ["Norland"]), ("CONSULT", ["Ito", "Norland"], [])],
        ),
    ],
    ids=["a sentence of its own", "by the way", "asked for", "talks asked for"],
)
def test_what_the_encoder_passes_over_is_coded_only_where_the_grammar_is_plain(
    found: str, expected: list[tuple[str, list[str], list[str]]], patterns: Patterns
) -> None:
    asked = act(1, "REQUEST", by={0: 0.9}, to={2: 0.9})
    acts = (asked,) if "urged" in found else ()
    assert told(sentence(found, *acts), patterns) == expected


@pytest.mark.parametrize(
    ("category", "sentence_of_second", "doers"),
    [("ASSAULT", 0, ["Sudland"]), ("ASSAULT", 1, []), ("ACCUSE", 0, [])],
    ids=["a deed in one sentence", "a deed of the next sentence", "words in one sentence"],
)
def test_a_deed_without_a_doer_has_the_doer_told_before_it_in_its_sentence(
    category: str, sentence_of_second: int, doers: list[str]
) -> None:
    first = event(document(), category, "said", (entity("Sudland", "SDN"),))
    second = replace(first, actor=(), sequence=sentence_of_second)
    assert [actor.name for actor in carried([first, second])[1].actor] == doers


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.9, [("ASSAULT", [], [])]), (0.2, [])],
    ids=["a pattern and the encoder agree", "the encoder is unsure"],
)
def test_an_event_with_nobody_named_needs_both_pattern_and_encoder(
    share: float, expected: list[tuple[str, list[str], list[str]]], patterns: Patterns
) -> None:
    killed = "Nine/NUM/1/nummod villagers/NOUN/3/nsubj:pass were/AUX/3/aux:pass kill=killed/VERB:VBN/-1/root"
    assert told(sentence(killed, act(3, "ASSAULT", share)), patterns) == expected


@pytest.mark.parametrize(
    ("who", "kind", "expected"),
    [("Norland", "state", "Norland"), ("ministry", "organisation", "Ito")],
    ids=["a state beside a description", "a body beside its chief's name"],
)
def test_a_name_beside_a_phrase_stands_for_it_where_the_phrase_is_no_name_itself(
    who: str, kind: str, expected: str
) -> None:
    found = sentence(f"{who}/PROPN/3/nsubj ,/PUNCT/2/punct Ito/PROPN/0/appos spoke/VERB/-1/root")
    named = Member(
        "m0", who, kind, "NOR", "GOV", (), None, None, None, (found.tokens[0].span,), (), "by hand"
    )
    parties = Participants(Cast((named, _member(found.tokens[2], "m1"))), f"{who} , Ito spoke")
    assert [entity.name for entity in parties.at_word(Tree(found), 0)] == [expected]


def test_a_happening_told_twice_with_its_doer_left_open_is_one_record() -> None:
    first = event(document(), "ASSAULT", "said", (), (entity("Sudland", "SDN"),))
    again = replace(first, sequence=1, evidence=(Span(0, 7),))
    assert [len(found.evidence) for found in merged([first, again], ())] == [2]
