"""To whom something is said, who speaks in transcripts and press releases, and the table of cues."""

from __future__ import annotations

import re

import pytest

from communique import Statement, attribution
from communique.attribution.cues import cues, read_cues
from communique.errors import KnowledgeError
from communique.ingest import document_from_text
from communique.language import Reader
from communique.records import Block, BlockKind, Cast, Document, Member, Span


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def cast(text: str, *names: tuple[str, str]) -> Cast:
    """A cast of (name, kind), each mentioned wherever its name stands."""
    members = []
    for number, (name, kind) in enumerate(names):
        spans = tuple(Span(m.start(), m.end()) for m in re.finditer(re.escape(name), text))
        members.append(Member(f"m{number}", name, kind, None, None, (), None, None, None, spans, (), "test"))
    return Cast(tuple(members))


def said(reader: Reader, text: str, *names: tuple[str, str]) -> tuple[Statement, ...]:
    analysis = reader.analyse(document_from_text(text, date="2019-05-01"))
    return attribution.statements(analysis, cast(text, *names))


# --------------------------------------------------------------------------- addressee


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("The minister told reporters that talks had failed.", "reporters"),
        ("“Our patience has run out,” the union leader told the crowd on Monday.", "the crowd"),
        ("“We will not leave,” the general said to the Assembly.", "the Assembly"),
        ("The bishop wrote to the president that the prisoners were ill.", "the president"),
        ("Reporters were told by the spokesman that the talks had failed.", "Reporters"),
        ("The president called on the army to lay down its arms.", "the army"),
        ("The minister demanded of the rebels that the hostages be freed.", "the rebels"),
        (
            "The ministry assured families of the victims that an inquiry would follow.",
            "families of the victims",
        ),
        ("The general ordered the troops to fire.", "the troops"),
        (
            "Speaking to journalists, the mayor said that the siege had ended.",
            "journalists",
        ),
        ("The minister said that talks had failed.", None),
        ("The president said to much applause that the war was over.", None),
        ("The minister asked a question about whether the talks would go on.", None),
        ("The minister accused the rebels of burning the bridge.", None),
    ],
)
def test_to_whom_it_is_said_is_quoted_where_the_text_tells(
    reader: Reader, text: str, addressee: str | None
) -> None:
    found = {s.addressee.text if s.addressee else None for s in said(reader, text)}
    assert found == {addressee}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The opposition urged Nicolás Maduro to leave office.", "Nicolás Maduro", "person"),
        ("The minister appealed to Russia to send help.", "Russia", "state"),
        ("In an interview with Fox News, the envoy said that the rebels would be defeated.", "Fox News",
         "organisation"),
        ("In a letter to António Guterres, the envoy said that rebels had crossed the border.", "António Guterres",
         "person"),
    ],
)  # fmt: skip
def test_an_addressee_is_an_actor_where_it_is_known(reader: Reader, text: str, name: str, kind: str) -> None:
    found = [s.addressee for s in said(reader, text, (name, kind)) if s.addressee]
    assert [(entity.text, entity.name) for entity in found] == [(name, name)]


def test_the_addressee_is_no_part_of_a_that_clause(reader: Reader) -> None:
    text = "He warned Washington that any attack would be answered."
    assert [[c.of(text) for c in s.content] for s in said(reader, text)] == [
        ["that any attack would be answered"]
    ]


def test_a_source_has_its_noun(reader: Reader) -> None:
    text = "The statement went on to say that the talks had failed."
    assert [s.source.text for s in said(reader, text) if s.source] == ["The statement"]


# --------------------------------------------------------------------------- turns and releases

INTERVIEW = """Q: Did the army shell the town?

A: It did not. The rebels shelled it.

We have sent proof to the Assembly.

Q: Will you talk to them?

A: We will meet them on Friday."""

BRIEFING = """MR. SPICER: Good afternoon. The President has signed the order.

He will meet the Prime Minister on Friday.

Q: Has the army left the town?

MR. SPICER: I think that the army left on Monday."""

DEBATE = """Ana Ruiz: The talks went well.

Luis Prado: The talks failed. The government broke its word.

It arrested three of our men.

Ana Ruiz: Nobody was arrested.

Luis Prado: They were arrested on Monday.

The debate was shown at nine. Prado, who left early, spoke twice."""

RELEASE = """From the Ministry of Defence:

The garrison has left the town.

Nobody was hurt."""


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            INTERVIEW,
            [
                ("Q", ["Did the army shell the town?"]),
                ("A", ["It did not. The rebels shelled it", "We have sent proof to the Assembly"]),
                ("Q", ["Will you talk to them?"]),
                ("A", ["We will meet them on Friday"]),
            ],
        ),
        (
            BRIEFING,
            [
                ("MR. SPICER", [
                    "Good afternoon. The President has signed the order",
                    "He will meet the Prime Minister on Friday",
                ]),
                ("Q", ["Has the army left the town?"]),
                ("MR. SPICER", ["I think that the army left on Monday"]),
            ],
        ),
        (
            DEBATE,
            [
                ("Ana Ruiz", ["The talks went well"]),
                ("Luis Prado", [
                    "The talks failed. The government broke its word",
                    "It arrested three of our men",
                ]),
                ("Ana Ruiz", ["Nobody was arrested"]),
                ("Luis Prado", ["They were arrested on Monday"]),
            ],
        ),
        (RELEASE, [("the Ministry of Defence", ["The garrison has left the town", "Nobody was hurt"])]),
        (
            "General Alba tweeted:\n\nWe have defeated the coup. Troops arrested its leaders.\n\nThe town was calm.",
            [("General Alba", ["We have defeated the coup. Troops arrested its leaders"])],
        ),
        (
            "SEN. PRADO: The garrison must go.\n\nThe town was calm on Monday.",
            [("SEN. PRADO", ["The garrison must go"])],
        ),
    ],
    ids=["interview", "briefing", "debate", "release", "tweeted", "one label"],
)  # fmt: skip
def test_a_speaker_keeps_the_word_over_paragraphs_until_the_next_turn(
    reader: Reader, text: str, turns: list[tuple[str, list[str]]]
) -> None:
    found = said(reader, text, ("Ministry of Defence", "organisation"))
    outer = [s for s in found if s.kind == "direct" and s.within is None]
    assert [(s.source and s.source.text, [c.of(text) for c in s.content]) for s in outer] == turns


@pytest.mark.parametrize(
    "text",
    [
        "From bad to worse: the army shelled the town.",
        "Caracas: The army left the town on Monday.\n\nUpdate: The army has returned.",
        "A: The army left the town on Monday.",
        "There was one way out: The army left the town on Monday.",
    ],
)
def test_a_colon_alone_makes_nobody_speak(reader: Reader, text: str) -> None:
    assert said(reader, text, ("Caracas", "place")) == ()


def test_a_question_asks_and_an_answer_asserts(reader: Reader) -> None:
    assert [s.polarity for s in said(reader, INTERVIEW)] == ["asks", "asserts", "asks", "asserts"]


def test_a_label_names_whom_the_text_names_elsewhere(reader: Reader) -> None:
    text = "Sean Spicer met reporters on Monday.\n\n" + BRIEFING
    found = said(reader, text, ("Sean Spicer", "person"))
    assert {s.source.name for s in found if s.source and s.source.text == "MR. SPICER"} == {"Sean Spicer"}


def test_a_quotation_ends_where_a_label_gives_the_word_to_somebody_else(reader: Reader) -> None:
    text = "“We are close to a deal,” the mayor said.\n\n“Ana Ruiz: I have great confidence in the talks.”"
    found = said(reader, text, ("Ana Ruiz", "person"))
    assert [s.source.text for s in found if s.source] == ["the mayor", "Ana Ruiz"]
    assert [len(s.content) for s in found] == [1, 1]


def test_the_signature_of_a_post_names_whom_the_article_names_more_shortly(reader: Reader) -> None:
    before, post = (
        "Evo Morales spoke on Monday.",
        "We salute the talks. — Evo Morales Ayma (@evo) May 1, 2019",
    )
    text = f"{before}\n\n{post}"
    blocks = (
        Block(Span(0, len(before)), BlockKind.BODY, "en"),
        Block(Span(len(before) + 2, len(text)), BlockKind.QUOTE_CARD, "en"),
    )
    analysis = reader.analyse(Document("d", text, blocks, published="2019-05-01", language="en"))
    found = attribution.statements(analysis, cast(text, ("Evo Morales", "person")))
    assert [(s.source.name, [c.of(text) for c in s.content]) for s in found if s.source] == [
        ("Evo Morales", ["We salute the talks."])
    ]


# --------------------------------------------------------------------------- scare quotes


@pytest.mark.parametrize(
    "text",
    [
        "The army put down the “coup” on Monday.",
        "The “talks” between the government and the rebels ended on Monday.",
        "Troops “liberated” the village on Monday.",
        "Police arrested 20 “terrorists” in the capital.",
        "The court sentenced the “spy” to ten years.",
        "The army launched a “special operation” against the rebels.",
        "The film “The Attack” opened in Paris on Monday.",
        "The group “Justice Now” protested in the capital.",
    ],
)
def test_quotation_marks_round_a_word_or_a_name_make_no_statement(reader: Reader, text: str) -> None:
    assert said(reader, text) == ()


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Lutha condemned what it described as an “invasion” of its territory.", "it",
         "an “invasion” of its territory"),
        ("The president denounced what he called a “coup”.", "he", "a “coup”"),
        ("The army attacked what the ministry calls “terrorists”.", "the ministry", "“terrorists”"),
        ("The minister called the march a “riot”.", "The minister", "the march a “riot”"),
        ("The minister said that the “coup” had failed.", "The minister", "that the “coup” had failed"),
    ],
)  # fmt: skip
def test_a_quoted_word_is_whose_the_text_says_it_is(
    reader: Reader, text: str, source: str, content: str
) -> None:
    told = [(s.source.text, [c.of(text) for c in s.content]) for s in said(reader, text) if s.source]
    assert (source, [content]) in told


# --------------------------------------------------------------------------- the table of cues

HEAD = "word,class,polarity,alone,denies_object,addressee,note"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("say,verb,tells,yes,,to,", "polarity"),
        ("Say,verb,asserts,yes,,to,", "small letters"),
        ("say,adverb,asserts,yes,,to,", "class"),
        ("say,verb,asserts,,,to,", "alone"),
        ("say,verb,asserts,yes,maybe,to,", "denies_object"),
        ("say,verb,asserts,yes,,towards,", "addressee"),
        ("letter,occasion,asserts,,,to,", "only verbs"),
        ("say,verb,asserts", "7 columns"),
        ("tell,verb,asserts,yes,,object,", "twice"),
    ],
)
def test_a_wrong_row_of_the_cues_is_named_with_its_line(row: str, fault: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"cues.csv, line 3: .*{fault}"):
        read_cues(f"{HEAD}\ntell,verb,asserts,yes,,object,\n{row}\n", "cues.csv")


def test_another_heading_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="line 1"):
        read_cues("word,polarity\n", "cues.csv")


def test_the_cues_of_the_program_are_read_and_used() -> None:
    table = cues()
    assert table.polarity("deny") == "denies"
    assert table.polarity("unheard") == "asserts"
    assert table.alone("say")
    assert table.denies_object("dismiss")
    assert "reporter" in table.audience
