"""Coded documents made by hand, for tests of what comes after the coding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique.coding.words import ALL_WORDS, EventWords, Seen
from communique.records import (
    Analysis,
    Block,
    BlockKind,
    Cast,
    Claimant,
    Coded,
    Dispute,
    Document,
    Entity,
    Event,
    Mention,
    Sentence,
    Skipped,
    Span,
    Statement,
    Token,
    content_id,
)
from communique.settings import Settings

UNCOUNTED = EventWords({ALL_WORDS: Seen(1, {})}, {}, {})
"""Counts of words in which no word is known."""
TEXT = (
    "Norland’s foreign ministry said on Tuesday that Sudland had called for talks.\n\n"
    "Sudland sent two ships to the strait. «Habrá paz», escribió el ministro."
)


def _span(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


FIRST = _span(TEXT.split("\n\n")[0], TEXT)
SECOND = _span("Sudland sent two ships to the strait.", TEXT)


def document(
    text: str = TEXT, *, title: str | None = "Ships in the strait", id: str | None = None
) -> Document:
    """Return a document of two blocks, the second in Spanish from its last sentence on."""
    cut = text.find("«")
    spans = [(Span(0, len(text)), "en")] if cut < 0 else [(Span(0, cut), "en"), (Span(cut, len(text)), "es")]
    return Document(
        id=id or content_id("d", text),
        text=text,
        blocks=tuple(Block(span, BlockKind.BODY, language) for span, language in spans),
        title=title,
        publication="The Strait Courier",
        published="2019-04-30",
        published_evidence="30 April 2019",
        language="en",
        url="https://example.org/ships",
        source="ships.txt",
    )


def entity(words: str, code: str | None, sector: str | None = None, *, text: str = TEXT) -> Entity:
    """Return an entity at the first place where its words stand."""
    span = _span(words, text)
    return Entity(span, words, words.title() if code else None, None, code, sector, ("MIL",), None, "table")


def coded(doc: Document | None = None) -> Coded:
    """Return a document with a claimed REQUEST, a reported MOBILIZE, a statement and a passage not coded."""
    doc = doc or document()
    ministry, sudland = entity("Norland’s foreign ministry", "NOR", "GOV"), entity("Sudland", "SWE", "GOV")
    said = _span("said", TEXT)
    statement = Statement(
        content_id("s", doc.id, said), doc.id, ministry, said, (_span("Sudland had called for talks", TEXT),),
        "indirect", "asserts",
    )  # fmt: skip
    request = event(doc, "REQUEST", "called for", (sudland,), recipient=(ministry,))
    events = (
        replace(
            request, mode=("meet",), status="claimed", claimants=(Claimant(ministry, said),), confidence=0.87
        ),
        replace(
            event(doc, "MOBILIZE", "sent two ships", (sudland,)),
            sentence=SECOND,
            sequence=1,
            disputes=(Dispute(statement.id, said),),
        ),
    )
    skipped = Skipped(doc.source, "language", "Spanish is not coded", doc.id, doc.blocks[-1].span)
    analysis = Analysis(doc, (_sentence(FIRST, 0), _sentence(SECOND, 1)))
    return Coded(doc, analysis, Cast(()), (statement,), events, (skipped,))


def event(
    doc: Document, category: str, words: str, actor: tuple[Entity, ...], recipient: tuple[Entity, ...] = ()
) -> Event:
    """Return a reported event of the first sentence whose evidence is `words`."""
    return Event(
        id=content_id("e", doc.id, category, words),
        document_id=doc.id,
        category=category,
        mode=(),
        context=("diplomatic",),
        aux=(),
        actor=actor,
        recipient=recipient,
        evidence=(_span(words, doc.text),),
        sentence=FIRST,
        sequence=0,
        date="2019-04-30",
        enddate=None,
        date_resolution="day",
        date_text=None,
        status="reported",
        claimants=(),
        confidence=None,
        coded_by=f"pattern: {category.lower()}",
    )


class FakeCoder:
    """Gives every document one MOBILIZE event by the first word of its text."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Take settings as the real one does."""
        self.settings = settings or Settings()

    def code_documents(self, items: Iterable[Document | Skipped]) -> Iterator[Coded | Skipped]:
        """Yield one result for each item, in order."""
        for item in items:
            yield item if isinstance(item, Skipped) else self.code(item)

    def code(self, doc: Document) -> Coded:
        """Code one document."""
        word = doc.text.split()[0]
        actor = entity(word, "NOR", "MIL", text=doc.text)
        sentence = Span(0, min(len(doc.text), 40))
        found = replace(event(doc, "MOBILIZE", word, (actor,)), sentence=sentence, confidence=0.5)
        return Coded(doc, Analysis(doc, (_sentence(sentence, 0),)), Cast(()), (), (found,))


def _sentence(span: Span, paragraph: int) -> Sentence:
    word = Span(span.start, span.start + 7)
    token = Token(word, word.of(TEXT), "x", "PROPN", "NNP", -1, "root")
    return Sentence(span, (token,), (Mention(word, "LOCATION", word.of(TEXT)),), 0, paragraph)
