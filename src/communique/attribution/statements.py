"""Who says what: sources, cues and contents of a document as records.

`elements` finds the attributions of one sentence, `passages` lets their contents run on; here they become records,
and the forms that need no cue of words are added: a name and a colon, a signature under an embedded post.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.attribution.addressees import addressee
from communique.attribution.cues import cues
from communique.attribution.passages import Page, Said, page, passages, spans
from communique.attribution.scare import scared
from communique.attribution.turns import Turn, same_name, turns
from communique.participants import FIRST_PERSON, Participants
from communique.records import Analysis, BlockKind, Cast, Entity, Span, Statement, content_id

SIGNATURE = re.compile(r"[—–-]{1,2}\s*(?P<name>[^()@\n—]{2,60}?)\s*\((?P<handle>@\w{1,30})\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A statement before it is a record."""

    source: Entity | None
    cue: Span | None
    content: tuple[Span, ...]
    polarity: str
    direct: bool
    addressee: Entity | None = None
    tentative: bool = False
    """Whether it gives way to another that has most of its words: a post, a single name and a colon."""


def statements(analysis: Analysis, cast: Cast) -> tuple[Statement, ...]:
    """Return every attribution of a document, in the order of the text."""
    laid = page(analysis)
    participants = Participants(cast, analysis.document.text)
    spoken = turns(laid, participants)
    read = passages(laid, frozenset(turn.first for turn in spoken))
    read = [said for said in read if not scared(laid, said)]
    found = [one for said in read if (one := _found(laid, said, participants)) is not None]
    found = [one for one in found if not any(_is_label(one, turn) for turn in spoken)]
    whole = [*(_turned(laid, turn) for turn in spoken), *_signed(analysis, participants)]
    found = [one for one in found if not any(_own_words(one, outer) for outer in whole)]
    found += [one for one in whole if not (one.tentative and _known(one, found))]
    found.sort(key=lambda f: (f.content[0], f.cue or Span(0, 0)))
    return tuple(_record(laid, f, analysis.document.id) for f in found)


def _found(laid: Page, said: Said, participants: Participants) -> Found | None:
    to = addressee(said.tree, said.parts, participants)
    own = {said.first + i for i in to.words} if to is not None and to.apart else set()
    content = spans(laid, said.content - own)
    if not content:
        return None
    cue = said.tree.span(list(said.parts.cue))
    source = _source(said, participants)
    within = all(said.first + i in laid.quoted for i in said.parts.cue)
    if within and source is not None and source.text.lower() in FIRST_PERSON:
        return None
    return Found(source, cue, content, polarity(said), said.direct, to.entity if to is not None else None)


def polarity(said: Said) -> str:
    """Return what a cue does with what is said; a denial that is itself negated asserts."""
    tree, head = said.tree, said.parts.head
    force = cues().polarity(tree.lemma(head))
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


def _turned(laid: Page, turn: Turn) -> Found:
    cue = turn.cue if turn.cue.start < turn.cue.end else None
    content = spans(laid, set(turn.words))
    return Found(turn.source, cue, content, turn.polarity, direct=True, tentative=not turn.goes_on)


def _is_label(one: Found, turn: Turn) -> bool:
    """Say whether an attribution is the label of a turn, read as a source or a cue."""
    own = (one.cue, one.source.span if one.source is not None else None)
    return any(span is not None and span.overlaps(turn.label) for span in own)


def _own_words(one: Found, outer: Found) -> bool:
    """Say whether an attribution is a speaker's "I think" in his own turn or post."""
    first = one.source is not None and one.source.text.lower() in FIRST_PERSON
    return first and one.cue is not None and any(span.covers(one.cue) for span in outer.content)


def _signed(analysis: Analysis, participants: Participants) -> Iterable[Found]:
    """Embedded posts: the words before a signature such as "— Evo Morales (@evoespueblo)"."""
    text = analysis.document.text
    for block in analysis.document.blocks:
        signature = SIGNATURE.search(text, block.span.start, block.span.end)
        if block.kind != BlockKind.QUOTE_CARD or signature is None:
            continue
        words = text[block.span.start : signature.start()]
        content = Span(
            block.span.start + len(words) - len(words.lstrip()), block.span.start + len(words.rstrip())
        )
        name = Span(*signature.span("name"))
        members = [pair for pair in participants.mentions if name.overlaps(pair[0])]
        named = participants.entity(*members[0]) if members else None
        source = named or next(same_name(name, name.of(text), participants), Entity(name, name.of(text)))
        if content.start < content.end:
            yield Found(
                source, Span(*signature.span("handle")), (content,), "asserts", direct=True, tentative=True
            )


def _record(laid: Page, found: Found, document_id: str) -> Statement:
    quotes = (Span(laid.words[q[0]].span.start, laid.words[q[-1]].span.end) for q in laid.quotations)
    mixed = any(quote.overlaps(span) for quote in quotes for span in found.content)
    kind = "direct" if found.direct else "mixed" if mixed else "indirect"
    source = found.source.span if found.source else None
    identifier = content_id("s", document_id, source, found.cue, *found.content)
    return Statement(
        id=identifier,
        document_id=document_id,
        source=found.source,
        cue=found.cue,
        content=found.content,
        kind=kind,
        polarity=found.polarity,
        addressee=found.addressee,
    )
