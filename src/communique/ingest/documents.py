"""From what a reader found to documents: blocks, languages, repeats, title, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from communique.errors import InputError
from communique.ingest import dates
from communique.ingest.html_reader import article_of, listing_of
from communique.ingest.languages import language_of, majority
from communique.ingest.links import without_links
from communique.ingest.pieces import CARD, DATELINE, Piece, byline_in, pieces
from communique.ingest.repeats import mark_repeats
from communique.ingest.teasers import Entry, entries
from communique.records import CODED_BLOCKS, Block, BlockKind, Document, RawItem, Skipped, Span, content_id

STAGE = "ingest"

LONGEST_TEXT = 5_000_000
"""Characters of one document. The longest article of world_news has 14 thousand, the longest book some 4 million;
more is a dump of many documents, which belongs one a row in a table."""


def document_from_text(
    text: str,
    *,
    title: str | None = None,
    date: str | None = None,
    publication: str | None = None,
    url: str | None = None,
    id: str | None = None,
    language: str | None = None,
) -> Document:
    """Return the document of a text given by a program; the text is kept exactly.

    Raises ValueError where `date` is neither ISO (whole or partial) nor a date in words.
    """
    published = dates.from_field(date)
    item = RawItem(
        source="",
        text=text,
        page=False,
        id=id,
        title=title,
        publication=publication,
        published=date,
        url=url,
        language=language,
    )
    return _document(item, pieces(text, title=title, page=False), published=published)


def documents(item: RawItem) -> Iterator[Document | Skipped]:
    """Turn what a reader found into a document, or into one a teaser where it is an archive page.

    An unusable date costs the date and a notice (a `Skipped` with `document_id`), never the document.
    """
    author = None
    if item.markup and (listing := listing_of(item)) and (teasers := _teasers(listing, pieces(listing.text))):
        yield from teasers
        return
    try:
        if item.markup:
            item, author = article_of(item)
        _check(item.text)
    except InputError as error:
        yield Skipped(item.source, STAGE, str(error), document_id=item.id)
        return
    found = pieces(item.text, title=item.title, page=item.page)
    if item.page and (teasers := _teasers(item, found)):
        yield from teasers
        return
    published, problem = _field_date(item)
    document = _document(item, found, published=published)
    yield replace(document, byline=author or document.byline)
    if problem:
        yield Skipped(item.source, STAGE, problem, document_id=document.id)


def _check(text: str) -> None:
    if not text.strip():
        raise InputError("no text in it")
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"too long: {len(text):,} characters, at most {LONGEST_TEXT:,} a document; cut it into its articles"
        )


def _field_date(item: RawItem) -> tuple[str | None, str | None]:
    try:
        return dates.from_field(item.published), None
    except ValueError as error:
        return None, f"date not understood: {str(error)[:60]!r}; write it as 2019-04-30, 2019-04 or 2019"


def _document(item: RawItem, found: list[Piece], *, published: str | None) -> Document:
    found = without_links(item.text, found)
    blocks = mark_repeats(item.text, tuple(Block(piece.span, piece.kind) for piece in found))
    blocks, language = _languages(item.text, blocks, item.language)
    date, evidence = _published(item, found, published)
    return Document(
        id=item.id or content_id("d", item.text, item.url or ""),
        text=item.text,
        blocks=blocks,
        title=item.title or (_title(item.text, found) if item.page else None),
        publication=item.publication,
        byline=_byline(item.text, found),
        published=date,
        published_evidence=evidence,
        language=language,
        url=item.url,
        source=item.source,
    )


def _teasers(item: RawItem, found: list[Piece]) -> list[Document]:
    """The documents of an archive page; none where the page is something else."""
    return [_teaser(item, entry) for entry in entries(item.text, found)]


def _teaser(item: RawItem, entry: Entry) -> Document:
    """The entry's own stretch of the page; `source` ends in #offset, its place in the page's text."""
    start = entry.span.start
    own = replace(
        item,
        source=f"{item.source}#{start}",
        text=entry.span.of(item.text),
        id=None,
        title=entry.title,
        published=None,
        page=False,
    )
    moved = [replace(p, span=Span(p.span.start - start, p.span.end - start)) for p in entry.pieces]
    return _document(own, moved, published=None)


def _languages(
    text: str, blocks: tuple[Block, ...], given: str | None
) -> tuple[tuple[Block, ...], str | None]:
    """Tell each coded block's language; the document's is that of most of its characters."""
    told = {
        block.span: language_of(block.span.of(text))
        for block in blocks
        if block.kind in CODED_BLOCKS or block.kind is BlockKind.CAPTION
    }
    body = [(told.get(b.span), b.span.end - b.span.start) for b in blocks if b.kind in CODED_BLOCKS]
    own = given.lower()[:2] if given and re.match(r"[A-Za-z]{2}(?:$|[-_])", given) else None
    return tuple(replace(b, language=told.get(b.span)) for b in blocks), majority(body) or own


def _title(text: str, found: list[Piece]) -> str | None:
    """The headline that stands before the first paragraph, with its label ("BREAKING:") where it has one."""
    for n, piece in enumerate(found):
        if piece.kind is BlockKind.HEADLINE:
            before = found[n - 1] if n else None
            start = before.span.start if before and before.role == "label" else piece.span.start
            return text[start : piece.span.end]
        if piece.kind is not BlockKind.BOILERPLATE:
            return None
    return None


def _byline(text: str, found: list[Piece]) -> str | None:
    named = (byline_in(p.span.of(text)) for p in found if p.role == "byline")
    return next((name for name in named if name), None)


def _published(item: RawItem, found: list[Piece], given: str | None) -> tuple[str | None, str | None]:
    """The date and the words that gave it: the field, a stamp, a dateline, the address, a post's signature."""
    if given:
        return given, item.published if item.page else f"date: {item.published}"
    for role, expression in (("stamp", None), ("dateline", DATELINE)):
        for piece in found:
            if piece.role == role and (date := dates.in_words(piece.span.of(item.text))):
                return date.iso, piece.span.of(item.text) if expression is None else date.words
    if date := dates.in_url(item.url):
        return date.iso, f"url: {date.words}"
    return _last_post(item.text, found)


def _last_post(text: str, found: list[Piece]) -> tuple[str | None, str | None]:
    """The latest date under an embedded post: the page is that old or younger, which is the best it tells."""
    posts = []
    for piece in found:
        signature = CARD.search(piece.span.of(text)) if piece.kind is BlockKind.QUOTE_CARD else None
        if signature and (date := dates.in_words(signature.group())):
            posts.append((date.iso, signature.group().strip()))
    return max(posts) if posts else (None, None)
