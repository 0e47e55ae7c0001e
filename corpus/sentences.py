"""Splits a document into numbered sentences for coders: rules only, no model.

Places in annotations count these sentences, so the rules are frozen: a change moves what `@7` means.
Compiled annotations hold offsets and do not depend on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from communique.records import Span


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence of the rendering: its number from 1, its words, and whether a paragraph begins with it."""

    number: int
    span: Span
    opens_paragraph: bool


NEVER_LAST = frozenset(
    """mr mrs ms dr prof gen lt col maj sgt capt cmdr adm brig sen sens rep reps gov govs rev hon st mt ft pres
    amb atty supt det vs etc no nos fig eds dept univ approx al art ave blvd messrs mme sra sr dra gral
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat ala ariz ark calif colo conn del
    fla ga ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo
    mass""".split()
)
"""Abbreviations that a capital or a figure follows without a new sentence. Those that may also end one
(Inc., Jr., U.S., a.m.) are judged by the word that follows."""

OPENERS = frozenset(
    """the a an he she it they we i you this that these those there in on at but and or if as when while after
    before since for from with by his her its their our my what who why how where all some many most no not now
    then so yet however meanwhile although though despite according also earlier last another both each even
    here just more one other such still under until""".split()
)
"""Words that, capitalised, open a sentence after an abbreviation that may end one."""

NO_END = frozenset(
    {
        "ala",
        "del",
        "la",
        "ill",
        "miss",
        "wash",
        "mar",
        "sat",
        "mon",
        "fig",
        "art",
        "no",
        "al",
        "mo",
        "pa",
        "va",
        "ind",
        "ore",
        "mass",
    }
)
"""Of NEVER_LAST, those that are words too: abbreviations only when a figure or a capital name follows in
mixed case, ends of sentences in capitals or in lower case."""

HARD_WRAP = 90
"""A document whose lines are mostly shorter than this and end without a blank line is hard-wrapped (the
wires of the 1980s: 80 columns); its single line breaks are spaces."""

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|(?<=[a-z]{2})[.!?][”’]?(?=[A-Z][a-z])")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\s*\n\s*")
_LAST_WORD = re.compile(r"[\w.&-]+$")
_SPACED = re.compile(r"\S(?:.*\S)?", re.DOTALL)


def split(text: str) -> tuple[Numbered, ...]:
    """Return the sentences of a text in order; together they hold every visible character."""
    found: list[Numbered] = []
    for paragraph in _pieces(text, _PARAGRAPH if _hard_wrapped(text) else _LINE):
        for index, span in enumerate(_sentences(text, paragraph)):
            found.append(Numbered(len(found) + 1, span, opens_paragraph=index == 0))
    return tuple(found)


def _hard_wrapped(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    single = len(re.findall(r"\S[ \t]*\n(?=[ \t]*\S)", text))
    return single > len(lines) / 2 and max(map(len, lines), default=0) <= HARD_WRAP


def _pieces(text: str, separator: re.Pattern[str]) -> list[Span]:
    edges = [0, *(edge for match in separator.finditer(text) for edge in match.span()), len(text)]
    spans = (_trimmed(text, Span(*pair)) for pair in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in spans if span is not None]


def _trimmed(text: str, span: Span) -> Span | None:
    visible = _SPACED.search(text, span.start, span.end)
    return Span(*visible.span()) if visible else None


def _sentences(text: str, paragraph: Span) -> list[Span]:
    cuts = [paragraph.start]
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and _ends(text, cuts[-1], match, paragraph.end):
            cuts.append(match.end())
    cuts.append(paragraph.end)
    spans = (_trimmed(text, Span(*pair)) for pair in pairwise(cuts))
    return [span for span in spans if span is not None]


def _ends(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    following = text[match.end() : limit].lstrip()
    first = following.lstrip("\"'“‘([—–-•*")[:1]
    if not first or first.islower():
        return False
    if match.group()[0] != "." or len(match.group().rstrip("\"'”’)]")) > 1:
        return True
    return _full_stop_ends(text[start : match.start()], following, closed=match.group() != ".")


def _full_stop_ends(before: str, following: str, *, closed: bool) -> bool:
    last = _LAST_WORD.search(before)
    word = last.group() if last else ""
    following_word = re.split(r"[^\w]", following.lstrip("\"'“‘(["), maxsplit=1)[0]
    if closed or not word:
        return True
    if word.isdigit() and before.strip() == word:  # the number of a list's item
        return False
    if word.casefold() in NEVER_LAST:
        is_abbreviation = word[0].isupper() and (not word.isupper() or word.casefold() not in NO_END)
        return not (is_abbreviation or following_word[:1].isdigit())
    if re.fullmatch(r"[A-Za-z]", word):
        return word not in "I" and following_word.casefold() in OPENERS and before[-2:-1] != " "
    if "." in word or word in {"Inc", "Jr", "Sr", "Corp", "Co", "Ltd", "Bros"}:
        return following_word.casefold() in OPENERS or following[:1] in '"“'
    return True
