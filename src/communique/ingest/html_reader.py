"""Web pages: main text, metadata and date by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from communique.errors import InputError
from communique.ingest.decoding import decode
from communique.ingest.streams import Source, all_bytes
from communique.records import RawItem, Skipped

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_HTML_LANG = re.compile(r"<html[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z]{2})\b", re.IGNORECASE)
_DATE_TAG = re.compile(r"<(?:meta|time)\b[^>]{0,400}>", re.IGNORECASE)
_DATE_NAME = re.compile(r"(?:property|name|itemprop)\s*=\s*[\"']([^\"']{1,60})[\"']", re.IGNORECASE)
_DATE_VALUE = re.compile(r"(?:content|datetime)\s*=\s*[\"']([^\"']{4,60})[\"']", re.IGNORECASE)

# htmldate tries the page's first date; its guesses from loose figures in the text are switched off, and its
# latest date is fixed, so that a page read next year gives what it gives today.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


def read_html(source: Source, _mapping: Mapping[str, str]) -> Iterator[RawItem | Skipped]:
    """Yield a page's markup; a note where it is neither UTF-8 nor what it declares."""
    data = all_bytes(source)
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    yield RawItem(source.name, decoded.text, markup=True)
    if decoded.note:
        yield source.notice(decoded.note)


def article_of(item: RawItem) -> tuple[RawItem, str | None]:
    """Return the article of a page of markup, headline first, paragraphs parted by blank lines; and its author.

    Raises InputError where the page has no main text.
    """
    from trafilatura import bare_extraction

    page: Any = bare_extraction(
        _XML_HEAD.sub("", item.text),
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        favor_recall=True,
        date_extraction_params=_DATES,
    )
    paragraphs = _paragraphs(page.body) if page is not None and page.body is not None else []
    if not paragraphs:
        raise InputError("no main text found in the page; save it as text, or give its text in a row")
    title = _one_line(page.title)
    if title and _letters(paragraphs[0]) != _letters(title):
        paragraphs.insert(0, title)
    language = _HTML_LANG.search(item.text)
    article = RawItem(
        source=item.source,
        text="\n\n".join(paragraphs),
        title=title or None,
        publication=_one_line(page.sitename) or None,
        published=_evidence(item.text, page.date),
        url=page.url or None,
        language=page.language or (language[1].lower() if language else None),
    )
    return article, _one_line(page.author) or None


LEAST_LINKED = 3
"""Headings that are links, from which a page may be a list of articles and is read for its headlines too."""
_NOT_MAIN = frozenset({"nav", "header", "footer", "aside", "script", "style", "form", "noscript"})


def listing_of(item: RawItem) -> RawItem | None:
    """Return the headings, dates and paragraphs of a page whose headings are links; None for any other page.

    An archive page has no main text, and of its headlines trafilatura keeps few; whether it is one is
    told from the text, as for plain-text saves.
    """
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    try:
        root: Any = document_fromstring(_XML_HEAD.sub("", item.text))
    except (ParserError, ValueError):
        return None
    if len(root.xpath("//*[self::h2 or self::h3 or self::h4][a or ancestor::a]")) < LEAST_LINKED:
        return None
    return RawItem(item.source, "\n\n".join(_listed(root)))


def _listed(element: Any) -> list[str]:
    """Headings, times and paragraphs below an element, in order, without those of menus and footers."""
    if not isinstance(element.tag, str) or element.tag in _NOT_MAIN:
        return []
    if element.tag in ("h1", "h2", "h3", "h4", "p", "time") or "date" in (element.get("class") or ""):
        text = _one_line(" ".join(element.itertext()))
        return [text] if text else []
    return [text for child in element for text in _listed(child)]


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _paragraphs(body: Any) -> list[str]:
    """The text of headings, paragraphs, list items and quotations, in order, one line each."""
    found: list[str] = []
    for element in body:
        if element.tag in ("list", "div") and len(element):
            found += _paragraphs(element)
        else:
            found.append(_one_line(" ".join(element.itertext())))
    return [paragraph for paragraph in found if paragraph]


def _evidence(markup: str, date: str | None) -> str | None:
    """Return what gave a date: the name and value of the tag that holds it, or the date as htmldate found it."""
    if not date:
        return None
    for tag in _DATE_TAG.finditer(markup):
        value = _DATE_VALUE.search(tag.group())
        if value and value[1].startswith(date):
            name = _DATE_NAME.search(tag.group())
            return f"{name[1] if name else 'time'}: {value[1]}"
    return f"page: {date}"
