"""The records that travel down the program: one file, all frozen.

    RawItem → Document → Analysis → Cast → Statement* → Event*

Every pointer into text is a `Span` of half-open character offsets into `Document.text`, so that
`span.of(document.text)` is the quoted string. Identifiers derive from content: the same input
coded twice gives the same records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix` and 16 hexadecimal digits of SHA-256 over the parts.

    >>> content_id("d", "a", 1) == content_id("d", "a", 1)
    True
    """
    joined = "\x1f".join(str(part) for part in parts)
    return prefix + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


# --------------------------------------------------------------------------- ingest


@dataclass(frozen=True, slots=True)
class RawItem:
    """What a reader found before it is a document: the words and what the source says of them."""

    source: str
    """Where it came from: a path, `archive.zip!member`, `file.jsonl:12`, or `-`."""
    text: str
    """Plain text, or the markup of a page when `markup` is true."""
    markup: bool = False
    page: bool = True
    """True for saves of pages, which carry menus and repeats; false for text given as a field."""
    id: str | None = None
    title: str | None = None
    publication: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


class BlockKind(StrEnum):
    """What a stretch of a page is."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    QUOTE_CARD = "quote-card"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"


CODED_BLOCKS = frozenset({BlockKind.BODY, BlockKind.HEADLINE, BlockKind.QUOTE_CARD, BlockKind.TEASER})
"""Blocks that are read for events. A teaser is coded because it is a document of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document: its kind, its language, and the earlier passage that it repeats."""

    span: Span
    kind: BlockKind
    language: str | None = None
    """ISO 639-1, null where the passage is too short to tell."""
    repeats: Span | None = None
    """The earlier passage of this document with the same words; such a block is not coded again."""


@dataclass(frozen=True, slots=True)
class Document:
    """Clean text that never changes again, with its blocks in order and without overlap."""

    id: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    publication: str | None = None
    byline: str | None = None
    published: str | None = None
    """ISO date, to the precision that the source gives."""
    published_evidence: str | None = None
    """The words or the field that gave `published`."""
    language: str | None = None
    url: str | None = None
    source: str = ""
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document or passage that was not coded: the stage, the reason, and what to do."""

    source: str
    stage: str
    reason: str
    document_id: str | None = None
    span: Span | None = None


# --------------------------------------------------------------------------- language


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its place in the sentence's tree (Universal Dependencies 2)."""

    span: Span
    text: str
    lemma: str
    pos: str
    """Universal part of speech: NOUN, VERB, PROPN …"""
    tag: str
    """Penn Treebank tag: VBD, NNS …"""
    head: int
    """Index of the head within the sentence, -1 for the root."""
    relation: str
    """Universal Dependencies 2 relation: nsubj, obj, obl, nmod …"""
    role: str = "O"
    """Part in an attribution: O, source, cue or content, as the encoder tags it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: PERSON, ORGANIZATION, LOCATION or MISC (nationalities among them)."""

    span: Span
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word that may name an event, and the shares of probability that the encoder gives; small ones left out."""

    token: int
    """Index of the word in its sentence."""
    categories: tuple[tuple[str, float], ...]
    modes: tuple[tuple[str, float], ...]
    """Empty name: no mode. Modes of other categories may be among them."""
    statuses: tuple[tuple[str, float], ...]
    auxiliary: tuple[tuple[str, float], ...]
    actors: tuple[tuple[int, float], ...]
    """Words that name an actor, each by its index."""
    recipients: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its tokens and names, in order, and the block that it stands in."""

    span: Span
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    block: int
    """Index into `Document.blocks`."""
    paragraph: int
    """Counts the paragraphs of the document, from 0."""
    acts: tuple[EventWord, ...] | None = None
    """Words that may name an event; None where the encoder was not asked: a reader of the user's own."""

    def __reduce__(self) -> tuple[Callable[..., Sentence], tuple[object, ...]]:
        """Hand the words from process to process by columns: a fifth of the time that word by word takes."""
        columns = tuple(zip(*map(_COLUMNS, self.tokens), strict=True))
        return _sentence, (self.span, columns, self.mentions, self.block, self.paragraph, self.acts)


_COLUMNS: Callable[[Token], tuple[Any, ...]] = attrgetter(
    "span.start", "span.end", "text", "lemma", "pos", "tag", "head", "relation", "role"
)


def _sentence(span: Span, columns: tuple[Any, ...], *others: Any) -> Sentence:
    """Make a sentence of what `Sentence.__reduce__` gives."""
    tokens = tuple(Token(Span(start, end), *words) for start, end, *words in zip(*columns, strict=True))
    return Sentence(span, tokens, *others)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A read document: the sentences of its coded blocks, in order."""

    document: Document
    sentences: tuple[Sentence, ...]


# --------------------------------------------------------------------------- knowledge


@dataclass(frozen=True, slots=True)
class Member:
    """Who or where: one entity of a document, resolved on the document's date."""

    id: str
    """Unique in its document: m0, m1 …"""
    name: str
    """The canonical name where known, else the longest mention."""
    kind: str
    """state, person, organisation, group (a role noun: protesters, troops), place, or unknown."""
    code: str | None
    """PLOVER country: ISO 3166 alpha-3, or UNO, EUR, IGO, NGO, ISM, IMG, MNC; null if unresolved."""
    sector: str | None
    sector_secondary: tuple[str, ...]
    identifier_id: str | None
    """Wikidata id, only where a source of the actor table gives it."""
    identifier_text: str | None
    office: str | None
    mentions: tuple[Span, ...]
    candidates: tuple[str, ...]
    """Names of the table's rows that were weighed, best first."""
    reason: str
    """What resolved it: `table: Nicolás Maduro`, `role: president of Bolivia on 2017-09-14` …"""


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the text, and the place of GeoNames that its words name here."""

    span: Span
    text: str
    resolution: str
    """How exact it is: city, admin1 (a province, a state of a federation), or country."""
    code: str
    """PLOVER country: ISO 3166 alpha-3."""
    name: str
    """The name in GeoNames; for `country`, the country's."""
    geoname_id: int | None = None
    country_code: str | None = None
    """ISO 3166 alpha-2, as GeoNames has it: PR for Puerto Rico, where `code` is USA."""
    admin1_code: str | None = None
    latitude: float | None = None
    """Null for a country: no middle of a country is passed off as a place. A region's point is where its towns are."""
    longitude: float | None = None
    reason: str = ""
    """What decided between places of the same name."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and where in one document. Resolved once, used by every later stage."""

    members: tuple[Member, ...]
    places: tuple[Location, ...] = ()
    """Every place named in the document, in the order of the text."""

    def at(self, span: Span) -> tuple[tuple[Span, Member], ...]:
        """Return the mentions inside `span` with their members, in the order of the text."""
        found = [(m, member) for member in self.members for m in member.mentions if span.covers(m)]
        return tuple(sorted(found, key=lambda pair: pair[0]))


# --------------------------------------------------------------------------- attribution, coding


@dataclass(frozen=True, slots=True)
class Entity:
    """A participant or a source in one record: the words here, and whom they name."""

    span: Span
    text: str
    name: str | None = None
    identifier_id: str | None = None
    code: str | None = None
    sector: str | None = None
    sector_secondary: tuple[str, ...] = ()
    office: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something: source, cue and content, as spans."""

    id: str
    document_id: str
    source: Entity | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    """direct, indirect or mixed."""
    polarity: str
    """asserts, denies, asks, promises, threatens or evaluates."""
    addressee: Entity | None = None
    within: str | None = None
    """Id of the statement that reports this one: "AP reported that an aide said …"."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says that an event happened, and the words that say so."""

    entity: Entity
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What contradicts an event within its document, and the words that do."""

    id: str
    """Of an event (`e…`), or of a statement that denies without naming the act (`s…`): "denied the claim"."""
    words: Span


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER event: who did what to whom, where, when, and who says so."""

    id: str
    document_id: str
    category: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    aux: tuple[str, ...]
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    evidence: tuple[Span, ...]
    """The event's words, the first mention first; repeats in the document follow."""
    sentence: Span
    sequence: int
    """Index of the sentence in `Analysis.sentences`."""
    date: str | None
    enddate: str | None
    date_resolution: str | None
    """day, week, month, year, or document when the text says nothing; null where nothing is known."""
    date_text: Span | None
    status: str | None
    """reported, claimed, denied or called_for; null where not known."""
    claimants: tuple[Claimant, ...]
    confidence: float | None
    coded_by: str
    """What coded it and why: the pattern or the model."""
    location: Location | None = None
    """Where it happened, as far as its own sentence says."""
    disputes: tuple[Dispute, ...] = ()
    """Who asserts what this event denies, or denies what it asserts."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with everything that was read from it."""

    document: Document
    analysis: Analysis
    cast: Cast
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())
