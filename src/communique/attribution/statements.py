"""Who says what: sources, cues and contents of a document as records.

`elements` finds the attributions of one sentence, `passages` lets their contents run on; here they become records,
and the forms that need no cue of words are added: a name and a colon, a signature under an embedded post.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from communique.attribution.cues import polarity_of
from communique.attribution.passages import Page, Said, page, passages, spans
from communique.participants import FIRST_PERSON, Participants
from communique.records import Analysis, BlockKind, Cast, Entity, Span, Statement, content_id

SIGNATURE = re.compile(r"[—–-]{1,2}\s*(?P<name>[^()@\n—]{2,60}?)\s*\((?P<handle>@\w{1,30})\)")
COLON = re.compile(r":\s+[“\"]?(?=[A-Z])")
SPEAKERS = frozenset({"person", "organisation"})


@dataclass(frozen=True, slots=True)
class Found:
    """A statement before it is a record."""

    source: Entity | None
    cue: Span | None
    content: tuple[Span, ...]
    polarity: str
    direct: bool


def statements(analysis: Analysis, cast: Cast) -> tuple[Statement, ...]:
    """Return every attribution of a document, in the order of the text."""
    laid = page(analysis)
    participants = Participants(cast, analysis.document.text)
    found = [one for said in passages(laid) if (one := _found(laid, said, participants)) is not None]
    found += [f for f in _signed(analysis, participants) if not _known(f, found)]
    found += [f for f in _labelled(laid, participants) if not _known(f, found)]
    found.sort(key=lambda f: (f.content[0], f.cue or Span(0, 0)))
    return tuple(_record(laid, f, analysis.document.id) for f in found)


def _found(laid: Page, said: Said, participants: Participants) -> Found | None:
    content = spans(laid, said.content)
    if not content:
        return None
    cue = said.tree.span(list(said.parts.cue))
    source = _source(said, participants)
    within = all(said.first + i in laid.quoted for i in said.parts.cue)
    if within and source is not None and source.text.lower() in FIRST_PERSON:
        return None
    return Found(source, cue, content, polarity(said), said.direct)


def polarity(said: Said) -> str:
    """Return what a cue does with what is said; a denial that is itself negated asserts."""
    tree, head = said.tree, said.parts.head
    force = polarity_of(tree.lemma(head))
    negated = any(tree.lemma(c) in {"not", "never", "n't"} for c in tree.dependents(head, "advmod"))
    if tree.lemma(head) == "call" and not {"for", "on", "upon"} & {
        tree.lemma(i) for i in (*said.parts.cue, *tree.subtree(head))
    }:
        return "evaluates"
    return "asserts" if negated and force == "denies" else force


def _source(said: Said, participants: Participants) -> Entity | None:
    """The source with its words whole, and whom they name."""
    parts, tree = said.parts, said.tree
    if not parts.source:
        return None
    span = tree.span(list(parts.source))
    speaker = parts.speaker if parts.speaker is not None else parts.source[0]
    named = participants.entities(tree, [speaker]) or participants.entities(tree, tree.subjects(parts.head))
    words = span.of(participants.text)
    return replace(named[0], span=span, text=words) if named else Entity(span=span, text=words)


def _known(one: Found, others: Sequence[Found]) -> bool:
    """Say whether most of a content is in another statement with a source already."""
    size = sum(span.end - span.start for span in one.content)
    for other in others:
        common = sum(
            max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content
        )
        if other.source is not None and common * 2 > size:
            return True
    return False


def _labelled(laid: Page, participants: Participants) -> Iterator[Found]:
    """Words after a speaker's name and a colon at the head of a passage: "Zapatero: I have …"."""
    for first, last in _paragraphs(laid):
        start, end = laid.trees[first].sentence.span.start, laid.trees[last].sentence.span.end
        labels = [p for p in participants.mentions if 0 <= p[0].start - start <= 1 and p[1].kind in SPEAKERS]
        colon = next((p for p in labels if COLON.match(laid.text, p[0].end)), None)
        opening = COLON.match(laid.text, colon[0].end) if colon is not None else None
        if colon is not None and opening is not None and opening.end() < end:
            source = participants.entity(*colon)
            content = Span(opening.end(), end)
            yield Found(source, Span(colon[0].end, colon[0].end + 1), (content,), "asserts", direct=True)


def _paragraphs(laid: Page) -> Iterator[tuple[int, int]]:
    first = 0
    for number in range(1, len(laid.trees) + 1):
        if number == len(laid.trees) or laid.paragraph(number) != laid.paragraph(first):
            yield first, number - 1
            first = number


def _signed(analysis: Analysis, participants: Participants) -> Iterable[Found]:
    """Embedded posts: the words before a signature such as "— Evo Morales (@evoespueblo)"."""
    text = analysis.document.text
    for block in analysis.document.blocks:
        signature = SIGNATURE.search(text, block.span.start, block.span.end)
        if block.kind != BlockKind.QUOTE_CARD or signature is None:
            continue
        content = Span(block.span.start, signature.start())
        name = Span(*signature.span("name"))
        members = [pair for pair in participants.mentions if name.overlaps(pair[0])]
        source = participants.entity(*members[0]) if members else Entity(name, name.of(text))
        if content.of(text).strip():
            yield Found(source, Span(*signature.span("handle")), (content,), "asserts", direct=True)


def _record(laid: Page, found: Found, document_id: str) -> Statement:
    quotes = (Span(laid.words[q[0]].span.start, laid.words[q[-1]].span.end) for q in laid.quotations)
    mixed = any(quote.overlaps(span) for quote in quotes for span in found.content)
    kind = "direct" if found.direct else "mixed" if mixed else "indirect"
    source = found.source.span if found.source else None
    identifier = content_id("s", document_id, source, found.cue, *found.content)
    return Statement(identifier, document_id, found.source, found.cue, found.content, kind, found.polarity)
