"""From running text to pieces: paragraphs, each said to be news, heading, caption, embedded post or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.ingest import vocabulary
from communique.ingest.dates import WORDS
from communique.records import BlockKind, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on its way to become a block."""

    span: Span
    kind: BlockKind
    role: str = ""
    """For furniture that tells something: stamp, dateline, byline; for the vocabulary's kinds, that kind; `part`
    for what is left of a paragraph that furniture interrupts."""
    gap: int = 0
    """Empty lines before it."""


_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_END = re.compile(r"[.!?…:;,][\"”’'»)\]]*$|[”»\"]$")

# Hard-wrapped text, as in wires and old saves: lines of nearly one length that do not end where sentences end.
WRAP_WIDTH = (40, 100)
"""Shortest and longest line, in characters, of text taken as wrapped; typewriters, wires and mail use 60 to 80."""
WRAP_SLACK = 26
"""How much shorter than the longest a full line may be: the longest word, with its blank."""
WRAP_SHARE = 0.6
"""Least share of full lines that must break inside a sentence. On 100 MUC-4 wires 98% of the paragraphs of four
lines and more reach it; lists, headlines and verse set line by line end where their sentences or items end."""

# Headings.
_NO_HEADING = re.compile(r"(?<!\b[A-Z])[.…:;,][\"”’']?$")
HEADING_WORDS = (2, 26)
TITLE_CASE_SHARE = 0.6
"""Least share of capitalised words, among those of four letters and more, in a headline in Title Case."""
SUBHEADING_WORDS = 12
"""Longest heading in sentence case; longer unpunctuated lines are sentences that lost their full stop."""

_NAME = r"(?:[A-Z][\w.’'-]*|de|del|la|van|von|der|bin|al|el|da|dos|di)"
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Pp]or|Written by|Posted by|Author:)(?:\s+[A-Z]{2,5}(?: [\w-]+){1,4})?"
    rf"\s+(?P<name>[A-Z][\w.’'-]*(?:\s+{_NAME}){{1,5}}"
    rf"(?:(?:,|\s+and|\s+y|\s*&)\s+{_NAME}(?:\s+{_NAME}){{0,4}}){{0,4}})"
    r"(?:\s*(?:[,|•·–—(/-].{0,90})?)(?<![.!?”\"])$"
)
_BARE_NAME = re.compile(
    r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: (?:de|del|la|van|von|al|el|bin))?(?: [A-Z][\w’'-]+){1,2}$"
)
_STAMP_WORD = (
    r"(?:(?:first |last |originally )?(?:date|dated|published|posted|updated|modified|created|issued|publicado|fecha)"
    r"(?: (?:on|at|el))?\s*[:|]?\s*)"
)
_CLOCK = r"(?:(?:\s*(?:at|@|T|,|-|–|\|))?\s*\d{1,2}(?::|h|\.)\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{1,4}(?:[+-]\d{1,2})?\)?)?(?:[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?\.?,?\s+)?"
TIME_ONLY = re.compile(
    r"\W*(?:last )?(?:updated|published|posted)(?: at| on)?:?\s+\d{1,2}[:.]\d{2}.{0,30}$", re.I
)
STAMP = re.compile(rf"\W*{_STAMP_WORD}{_WEEKDAY}(?:{WORDS}){_CLOCK}(?:\s*[|•·]\s*)?", re.IGNORECASE)
BARE_STAMP = re.compile(rf"\W*{_WEEKDAY}(?:{WORDS}){_CLOCK}(?:\s*[|•·–—-].{{0,40}})?\W*$", re.IGNORECASE)
_PLACE = r"[A-ZÁÉÍÓÚÑÜ][A-ZÁÉÍÓÚÑÜ.’'-]+(?:[ -][A-ZÁÉÍÓÚÑÜ][A-ZÁÉÍÓÚÑÜ.’'-]*){0,4}"
_AGENCY = r"\((?:[A-Z][\w .,/&’'-]{1,40})\)"
_DASH = r"(?:[–—]|-{1,2})"
_KNOWN = r"\((?:CNN|AP|AFP|Reuters|UPI|EFE|Xinhua|TASS|dpa|ANSA|Sputnik|BBC|Bloomberg)\)"
DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:/{_PLACE})?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
    r"(?P<date>,? (?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
    rf"(?: {_KNOWN}\s*(?:{_DASH}|:)?\s*| {_AGENCY}\s*(?:{_DASH}|:)\s*|\s*(?:[–—]|--|\s-)\s*)(?=[\"“‘'\[(]?[A-Z0-9])"
)
_AGENCY_ONLY = re.compile(rf"{_KNOWN}\s*(?:{_DASH}\s*)?(?=\S)")
CARD = re.compile(
    r"\s[—–-]{1,2}\s?(?P<name>[^\n()—–]{1,60}?)\s?\((?P<handle>@\w{1,20})\)"
    rf"(?:\s*(?P<date>{WORDS.replace('(?P<', '(?P<card_')}))?".replace("(?P=sep)", "(?P=card_sep)"),
    re.IGNORECASE,
)
"""The signature of an embedded post: — Name (@handle) September 14, 2017."""
_FULL_NAME = r"(?:[A-Z(][\w().’'\"“”-]* )"
_GLUED = re.compile(
    rf"\b(?:(?P<last>[^\W\d_][\w’'.-]*[^\W\d_A-Z])(?P<younger>,? [JS]r\.)? ?{_FULL_NAME}{{1,6}}?(?P=last)(?=[A-Z0-9“\"'‘#(])"
    rf"|(?P<first>[A-Z][\w’'-]+) (?P<surname>[A-Z][\w’'-]+) (?P=first) {_FULL_NAME}{{0,4}}?(?P=surname) (?=[A-Z]))"
    r"[^\r\n]{10,700}? MORE\b"
)
"""A menu under a name, saved into the sentence: the full name again, the titles of other stories glued to it, MORE
("Ann Lee Ann Mary LeeTalks fail in Oslo Army leaves MORE said"). It is in 100 of the 4,988 articles of world_news, where
it finds 378 such MORE of 379 and nothing else. A glue alone is no sign: names have it too (BuzzFeed)."""


def pieces(text: str, *, title: str | None = None, page: bool = True) -> list[Piece]:
    """Cut a text into pieces that cover all of it but blanks, in order, and say what each is.

    `title` is the heading that the source gives; `page` is true for saves of pages, which have a title of
    their own among the first lines.
    """
    found = [piece for unit in _units(text) for piece in _cut(text, unit)]
    found = _sections(text, found)
    found = _bylines(text, found)
    return _headings(text, found, title, page)


def _units(text: str) -> Iterator[Piece]:
    """Paragraphs: the lines of a text, wrapped ones joined."""
    lines = [span for match in _LINE.finditer(text) if (span := _stripped(text, match.start(), match.end()))]
    previous = 0
    for group in _groups(text, lines):
        for span in _unwrapped(text, group):
            gap = len(_BREAK.findall(text, previous, span.start)) - 1
            yield Piece(span, BlockKind.BODY, gap=max(gap, 0))
            previous = span.end


def _stripped(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    stripped = part.strip(" \t\xa0\u200b\ufeff\x0b\x0c\x1c\x1d\x1e\x85")
    if not stripped.strip():
        return None
    start += part.index(stripped[0])
    return Span(start, start + len(stripped))


def _groups(text: str, lines: list[Span]) -> Iterator[list[Span]]:
    """Runs of lines with no empty line between them."""
    group: list[Span] = []
    for line in lines:
        if group and len(_BREAK.findall(text, group[-1].end, line.start)) > 1:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _unwrapped(text: str, group: list[Span]) -> list[Span]:
    """Join the lines of hard-wrapped paragraphs; a short line that ends a sentence ends its paragraph."""
    longest = max(span.end - span.start for span in group)
    full = [span for span in group[:-1] if span.end - span.start >= longest - WRAP_SLACK]
    if len(full) < 2 or 2 * len(full) < len(group) or not WRAP_WIDTH[0] <= longest <= WRAP_WIDTH[1]:
        return group
    broken = sum(not _END.search(span.of(text)) for span in full)
    if broken / len(full) < WRAP_SHARE:
        return group
    paragraphs = [[group[0]]]
    for before, line in pairwise(group):
        ended = before not in full and _END.search(before.of(text))
        paragraphs += [[line]] if ended else []
        if not ended:
            paragraphs[-1].append(line)
    return [Span(lines[0].start, lines[-1].end) for lines in paragraphs]


def _cut(text: str, unit: Piece) -> Iterator[Piece]:
    """Cut a paragraph into posts, stamps, labels and the rest."""
    start, end, gap = unit.span.start, unit.span.end, unit.gap
    for match in CARD.finditer(text, start, end) if text.find("(@", start, end) >= 0 else ():
        if card := _stripped(text, start, match.end()):
            yield from _card(text, Piece(card, BlockKind.QUOTE_CARD, gap=gap))
            start, gap = match.end(), 0
    if rest := _stripped(text, start, end):
        yield from _interrupted(text, replace(unit, span=rest, gap=gap))


def _card(text: str, card: Piece) -> Iterator[Piece]:
    """Set apart the label of an embedded post ("Skip Twitter post by @name")."""
    size = vocabulary.label_end(card.span.of(text)[:120])
    cut = card.span.start + size
    if head := _stripped(text, card.span.start, cut):
        yield replace(card, span=head, kind=BlockKind.BOILERPLATE, role="label")
    yield replace(card, span=Span(cut, card.span.end), gap=0 if size else card.gap)


def _interrupted(text: str, unit: Piece) -> Iterator[Piece]:
    """Set apart the menus of links inside a paragraph; what is left of it on both sides stays body."""
    start, end = unit.span.start, unit.span.end
    menus = _GLUED.finditer(text, start, end) if text.find(" MORE", start, end) >= 0 else ()
    for match in menus:
        opening = unit.span.start == start
        if before := _stripped(text, start, match.end(match.lastgroup or 0)):
            part = replace(unit, span=before, role="part", gap=unit.gap if opening else 0)
            yield from _lead(text, part) if opening else (part,)
        if menu := _stripped(text, match.end(match.lastgroup or 0), match.end()):
            yield Piece(menu, BlockKind.BOILERPLATE, role="link")
        start = match.end()
    if start == unit.span.start:
        yield from _lead(text, unit)
    elif rest := _stripped(text, start, end):
        yield replace(unit, span=rest, role="part", gap=0)


def _lead(text: str, unit: Piece) -> Iterator[Piece]:
    """Set apart what stands before the first words: a date stamp, a label, a dateline."""
    words = unit.span.of(text)
    if not unit.role and (kind := vocabulary.kind_of(words)):
        yield replace(unit, kind=BlockKind.CAPTION if kind == "caption" else BlockKind.BOILERPLATE, role=kind)
        return
    size, role = _prefix(words)
    if not size:
        yield unit
        return
    cut = unit.span.start + size
    head = _stripped(text, unit.span.start, cut)
    rest = _stripped(text, cut, unit.span.end)
    if head:
        yield replace(unit, span=head, kind=BlockKind.BOILERPLATE, role=role)
    if rest:
        yield from _lead(text, replace(unit, span=rest, gap=0))


def _prefix(words: str) -> tuple[int, str]:
    head = words[:120]
    if match := STAMP.match(head):
        return match.end(), "stamp"
    if len(words) <= 90 and (match := BARE_STAMP.match(words) or TIME_ONLY.match(words)):
        return match.end(), "stamp"
    if size := vocabulary.label_end(head):
        return size, "label"
    match = DATELINE.match(head) or _AGENCY_ONLY.match(head)
    if match and not words.isupper():
        return match.end(), "dateline"
    return 0, ""


_OPENERS = frozenset({"related", "newsletter"})
LINK_WORDS = 24
"""Longest line that is taken as a link in a list under "Related" or as a form's pitch without its own pattern."""


def _sections(text: str, found: list[Piece]) -> list[Piece]:
    """Let the lines of a list of links, and the pitch of a form, follow the heading that opens them."""
    result: list[Piece] = []
    opener = ""
    for piece in found:
        if piece.role in _OPENERS:
            opener = piece.role
        elif piece.kind is BlockKind.BODY and opener:
            words = piece.span.of(text)
            link = (
                opener == "related"
                and piece.role != "part"
                and not _END.search(words)
                and len(words.split()) <= LINK_WORDS
            )
            pitch = opener == "newsletter" and piece.gap == 0 and len(words.split()) <= LINK_WORDS
            if link or pitch:
                piece = replace(piece, kind=BlockKind.BOILERPLATE, role=opener)
            else:
                opener = ""
        result.append(piece)
    return result


def _bylines(text: str, found: list[Piece]) -> list[Piece]:
    """Mark "By Name" anywhere, and a bare name between the headline and the first paragraph."""
    result = list(found)
    first = next((n for n, p in enumerate(found) if p.kind is BlockKind.BODY and _long(p.span.of(text))), 0)
    for n, piece in enumerate(found):
        if piece.kind is not BlockKind.BODY or piece.role == "part":
            continue
        words = piece.span.of(text)
        bare = 0 < n < first and len(words) <= 60 and _bare_names(words)
        if bare or (len(words) <= 160 and _BYLINE.match(words)):
            result[n] = replace(piece, kind=BlockKind.BOILERPLATE, role="byline")
    return result


def _long(words: str) -> bool:
    return len(words) > 60 and _END.search(words) is not None


def _bare_names(words: str) -> bool:
    """Say whether a line is one or two names and nothing else."""
    return all(_BARE_NAME.match(part) for part in re.split(r" and |, ", words))


def byline_in(words: str) -> str | None:
    """Return the names of a byline ("By Ann Lee, Quito" gives "Ann Lee")."""
    if match := _BYLINE.match(words):
        return match["name"].strip(" ,")
    return words if _bare_names(words) else None


def title_case(words: str) -> bool:
    """Say whether a line is written in Title Case or all capitals."""
    counted = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words) if len(w) >= 4]
    capital = sum(w[0].isupper() for w in counted)
    return bool(counted) and capital / len(counted) >= TITLE_CASE_SHARE


def heading_like(words: str) -> bool:
    """Say whether a line reads as a heading: short, and not ended as sentences end."""
    count = len(words.split())
    if not HEADING_WORDS[0] <= count <= HEADING_WORDS[1] or _NO_HEADING.search(words):
        return False
    if words[-1] in '?!"”':
        return title_case(words) or (words[-1] == "?" and count <= SUBHEADING_WORDS)
    return title_case(words) or (count <= SUBHEADING_WORDS and not words[0].islower())


def _headings(text: str, found: list[Piece], title: str | None, page: bool) -> list[Piece]:
    result: list[Piece] = []
    started = False
    for piece in found:
        if piece.role == "part":
            started = True
        elif piece.kind is BlockKind.BODY:
            words = piece.span.of(text)
            first = page and not started and not _END.search(words) and len(words.split()) <= HEADING_WORDS[1]
            if first or heading_like(words):
                piece = replace(piece, kind=BlockKind.HEADLINE)
            elif not started:
                result += _opening_headline(text, piece, title)
                started = True
                continue
            started = True
        result.append(piece)
    return result


_FIRST_SENTENCE = re.compile(r"[^.!?]{15,160}?(?:[?!]|\.(?=\s)|(?<=[a-z]{4})\.)(?=\s*[A-Z0-9“\"‘])")
OPENING_SHARE = 0.75
"""Share of capitalised words, among those of four letters and more, in a first sentence taken as the headline set
before the text on the same line: so found, 889 of the 982 articles of latin_america_news open with their headline,
and of 20 of them read, all did."""


def _opening_headline(text: str, piece: Piece, title: str | None) -> list[Piece]:
    """Set apart a headline that runs into the first paragraph."""
    words = piece.span.of(text)
    if words.isupper():
        return [piece]
    size = len(title) if title and _same(words[: len(title)], title) else 0
    if not size and (match := _FIRST_SENTENCE.match(words)) and _mostly_capital(match.group()):
        size = match.end()
    rest = _stripped(text, piece.span.start + size, piece.span.end) if size else None
    if rest is None:
        return [piece]
    head = Span(piece.span.start, piece.span.start + size)
    return [replace(piece, span=head, kind=BlockKind.HEADLINE), replace(piece, span=rest, gap=0)]


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).lower() == re.sub(r"\W+", "", other).lower() != ""


def _mostly_capital(words: str) -> bool:
    counted = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words) if len(w) >= 4]
    return len(counted) >= 4 and sum(w[0].isupper() for w in counted) / len(counted) >= OPENING_SHARE
