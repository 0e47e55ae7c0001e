"""Who says what, how it is said, and what that makes of an event at a given word."""

from __future__ import annotations

import pytest

from communique import Statement, attribution
from communique.coding.status import status_at
from communique.evaluate import attributions, statuses
from communique.evaluate.attributions import Attribution, Read
from communique.evaluate.gold import GoldEvent
from communique.ingest import document_from_text
from communique.language import Reader
from communique.records import Analysis, Cast, Entity, Member, Span
from communique.syntax import Tree


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def said(reader: Reader, text: str) -> tuple[Analysis, tuple[Statement, ...]]:
    analysis = reader.analyse(document_from_text(text, date="2019-05-01"))
    return analysis, attribution.statements(analysis, cast(text, "Juan Guaidó"))


def cast(text: str, name: str) -> Cast:
    """A cast of one person, where the text names that person."""
    if name not in text:
        return Cast(())
    span = Span(text.index(name), text.index(name) + len(name))
    person = Member("m0", name, "person", None, None, (), None, None, None, (span,), (), "test")
    return Cast((person,))


def parts(statement: Statement, text: str) -> tuple[str | None, str | None, list[str]]:
    source = statement.source.text if statement.source else None
    return source, statement.cue.of(text) if statement.cue else None, [c.of(text) for c in statement.content]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said that rebels burned the bridge.", "The minister", "said",
         ["that rebels burned the bridge"]),
        ("Rebels burned the bridge, the minister said.", "the minister", "said", ["Rebels burned the bridge"]),
        ("According to the ministry, rebels burned the bridge.", "the ministry", "According to",
         ["rebels burned the bridge"]),
        ('"We burned nothing," the rebel leader said. "Our men were asleep."', "the rebel leader", "said",
         ['"We burned nothing,"', '"Our men were asleep."']),
        ("“They burned the bridge. They shot the guard,” the minister said.", "the minister", "said",
         ["“They burned the bridge. They shot the guard,”"]),
        ("Juan Guaidó: We will march on Saturday.", "Juan Guaidó", ":", ["We will march on Saturday"]),
    ],
)  # fmt: skip
def test_source_cue_and_content_are_quoted_with_that_and_quotation_marks(
    reader: Reader, text: str, source: str, cue: str, content: list[str]
) -> None:
    _, found = said(reader, text)
    assert (source, cue, content) in [parts(s, text) for s in found]


def test_a_quotation_that_goes_on_in_the_next_paragraph_stays_with_its_speaker(reader: Reader) -> None:
    text = '"The army has burned our homes," the mayor said.\n\n"We will rebuild every one of them."'
    _, found = said(reader, text)
    assert [len(s.content) for s in found if s.source is not None] == [2]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The minister denied that police shot the students.", "denies"),
        ("The minister did not deny that police shot the students.", "asserts"),
        ("The minister said that police shot the students.", "asserts"),
        ("The minister demanded that the rebels leave the town.", "asks"),
    ],
)
def test_a_cue_tells_what_the_speaker_does_with_the_words(reader: Reader, text: str, polarity: str) -> None:
    _, found = said(reader, text)
    assert polarity in {s.polarity for s in found}


@pytest.mark.parametrize(
    ("text", "word", "status", "aux"),
    [
        ("Police shot three students.", "shot", "reported", ()),
        ("Police did not shoot three students.", "shoot", "reported", ("negation",)),
        ("No officer shot the students.", "shot", "reported", ("negation",)),
        ("Police will arrest the students.", "arrest", "reported", ("future",)),
        ("Police may arrest the students.", "arrest", "reported", ("hypothetical",)),
        ("Police allegedly shot three students.", "shot", "claimed", ()),
        ("Police reportedly shot three students.", "shot", "claimed", ()),
        ("The minister said that police shot three students.", "shot", "claimed", ()),
        ("The minister denied that police shot three students.", "shot", "denied", ()),
        ("The opposition accused police of shooting three students.", "shooting", "claimed", ()),
        ("The United Nations urged police to free the students.", "free", "called_for", ()),
        ("Police are said to have shot three students.", "shot", "claimed", ()),
        ("Police had nothing to do with the shooting, the minister said.", "shooting", "denied", ()),
        ("The minister praised the attack.", "attack", "reported", ()),
    ],
)
def test_one_word_decides_whether_an_act_is_reported_claimed_denied_or_asked_for(
    reader: Reader, text: str, word: str, status: str, aux: tuple[str, ...]
) -> None:
    analysis, found = said(reader, text)
    tree = Tree(analysis.sentences[0])
    trigger = next(i for i, token in enumerate(tree.tokens) if token.text == word)
    told = status_at(tree, trigger, (), found, "ASSAULT")
    assert (told[0], told[2]) == (status, aux)


def test_what_a_speaker_demands_in_his_own_words_is_the_demand_itself(reader: Reader) -> None:
    text = '"We demand the release of the students," the bishop said.'
    analysis, found = said(reader, text)
    tree = Tree(analysis.sentences[0])
    trigger = next(i for i, token in enumerate(tree.tokens) if token.text == "demand")
    we = Entity(Span(1, 3), "We")
    assert status_at(tree, trigger, (we,), found, "REQUEST")[0] == "reported"


# --------------------------------------------------------------------------- the measure

TEXT = 'Ana said "no deal ." Police left .'
WORDS = tuple(Span(m, m + len(w)) for m, w in zip(
    (0, 4, 9, 10, 13, 18, 19, 21, 28, 33), ("Ana", "said", '"', "no", "deal", ".", '"', "Police", "left", "."),
    strict=True))  # fmt: skip
GOLD = Attribution((Span(0, 3),), (Span(4, 8),), (Span(9, 20),))


@pytest.mark.parametrize(
    ("found", "key", "counts"),
    [
        (GOLD, "exact/content", (1, 0, 0)),
        (Attribution(GOLD.source, GOLD.cue, (Span(10, 17),)), "exact/content", (1, 0, 0)),
        (Attribution(GOLD.source, GOLD.cue, (Span(10, 12),)), "exact/content", (0, 1, 1)),
        (Attribution(GOLD.source, GOLD.cue, (Span(10, 12),)), "joined", (1, 0, 0)),
        (Attribution((Span(21, 27),), GOLD.cue, GOLD.content), "joined", (0, 1, 1)),
        (Attribution((), GOLD.cue, GOLD.content), "joined", (0, 1, 1)),
        (Attribution(GOLD.source, GOLD.cue, (Span(10, 12),)), "word/content", (1, 0, 1)),
    ],
)
def test_spans_are_compared_by_words_without_marks_at_their_ends(
    found: Attribution, key: str, counts: tuple[int, int, int]
) -> None:
    tally = attributions.tally(Read(WORDS, TEXT), [GOLD], [found])
    assert (tally.right[key], tally.spurious[key], tally.missed[key]) == counts


def test_attributions_in_discarded_regions_count_neither_way() -> None:
    read = Read(WORDS, TEXT, (Span(0, 20),))
    assert not attributions.tally(read, [GOLD], [GOLD]).right["joined"]


def event(status: str, aux: frozenset[str]) -> GoldEvent:
    return GoldEvent("e1", "ASSAULT", None, aux, status, (Span(0, 3),), None, (), (), (), "must")


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (("denied", frozenset()), True),
        (("claimed", frozenset()), False),
        (("denied", frozenset({"negation"})), False),
        (("denied", frozenset({"historical"})), True),
    ],
)
def test_a_pair_member_is_right_when_status_and_modality_are(
    told: tuple[str, frozenset[str]], right: bool
) -> None:
    assert statuses.Told(event("denied", frozenset()), told[0], (), told[1]).right is right
