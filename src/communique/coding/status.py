"""Who says that an event happened: reported, claimed, denied or called for, and the claimants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.coding.drafts import Draft
from communique.records import Claimant, Entity, Span, Statement

SPEECH_ACTS = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "THREATEN", "AGREE", "CONCEDE"})
"""Verbal categories: said by the speaker of a quotation in the first person, they are the event itself."""


def status_of(
    draft: Draft, statements: Sequence[Statement]
) -> tuple[str, tuple[Claimant, ...], tuple[str, ...]]:
    """Return the status, the claimants outermost first, and the auxiliary modes that remain.

    An event inside a statement's content is claimed by its source, or denied where the statement
    denies or the event is negated in it. A speech act of the speaker's own is reported.
    """
    around = _around(draft, statements)
    own = tuple(Claimant(entity, None) for entity in draft.claimants)
    if draft.status is not None:
        outer = tuple(_claimant(s) for s in around if not _same(s.source, draft.claimants))
        return draft.status, (*outer, *_with_cues(own, around)), draft.aux
    if draft.category in SPEECH_ACTS:
        around = [s for s in around if s.polarity == "denies" or not _same(s.source, draft.actor)]
    if draft.match.pattern.content == "own-claim":
        claimants = tuple(Claimant(entity, draft.evidence[0]) for entity in draft.actor)
        return "claimed", (*(_claimant(s) for s in around), *claimants), draft.aux
    if not around:
        return "reported", (), draft.aux
    inner = around[-1]
    claimants = tuple(_claimant(s) for s in around)
    denied = inner.polarity == "denies"
    if "negation" in draft.aux and not denied:
        return "denied", claimants, tuple(a for a in draft.aux if a != "negation")
    return ("denied" if denied else "claimed"), claimants, draft.aux


def with_announcer(draft: Draft, statements: Sequence[Statement]) -> Draft:
    """Who announces talks with somebody is a party to them: the other side of a meeting still to come."""
    around = _around(draft, statements)
    lonely = draft.match.pattern.reciprocal and len(draft.actor) == 1 and draft.category == "AGREE"
    source = around[-1].source if around else None
    if not lonely or source is None or source.code is None or _same(source, draft.actor):
        return draft
    return replace(draft, actor=(source,), recipient=draft.actor)


def _around(draft: Draft, statements: Sequence[Statement]) -> list[Statement]:
    """The statements whose content holds the event's word but not their cue, outermost first."""
    word = draft.tree.tokens[draft.trigger].span
    found = [
        statement
        for statement in statements
        if statement.source is not None
        and any(span.covers(word) for span in statement.content)
        and not (statement.cue is not None and statement.cue.overlaps(word))
    ]
    return sorted(found, key=lambda s: -sum(span.end - span.start for span in s.content))


def _same(source: Entity | None, parties: Sequence[Entity]) -> bool:
    """Say whether the source of a statement is one of the parties."""
    if source is None:
        return False
    return any(source.span == p.span or (source.name is not None and source.name == p.name) for p in parties)


def _claimant(statement: Statement) -> Claimant:
    source = statement.source or Entity(Span(0, 0), "")
    return Claimant(source, statement.cue)


def _with_cues(own: tuple[Claimant, ...], around: Sequence[Statement]) -> tuple[Claimant, ...]:
    """Give claimants known from the grammar the cue of the statement that is theirs, if there is one."""
    cues = {s.source.name: s.cue for s in around if s.source is not None and s.source.name}
    return tuple(Claimant(c.entity, cues.get(c.entity.name or "", c.cue)) for c in own)
