"""Contradictions within a document: what one source asserts and another denies.

Two events dispute each other when they are one happening (the category, or a kin of it, and the parties agree) that
one source denies and somebody else, or the outlet itself, asserts. A denial that does not repeat the act ("denied it",
"dismissed the allegations", "denied any role in the attack") disputes the event before it that it can refer to.

Of the first 30 links in train articles, on which the rules were formed, 23 were right when read; of 14 in articles
read afterwards, 8. Most wrong ones came from a status or a party that was misread before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from communique.records import Dispute, Entity, Event, Span, Statement

KIN = frozenset(
    map(
        frozenset, (("AID", "SUPPORT"), ("AID", "COOPERATE"), ("SUPPORT", "COOPERATE"), ("ASSAULT", "COERCE"))
    )
)
"""Categories that two reports of one happening may give it: help and support, an arrest and an abduction."""
MEETINGS = frozenset({"CONSULT", "AGREE"})
"""Categories whose parties are one circle, whichever of them a record calls actor or recipient."""
VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Categories of words, of which nobody says that he had no role in them."""
SHARED_CODES = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
"""Codes that tell nobody from anybody: two transnational groups are not one."""
STATE = frozenset({None, "GOV", "MIL", "COP", "SPY", "UNK"})
"""Sectors that act for a state: what Russia is said to have done, its army did."""
UNREAL = frozenset({"negation", "hypothetical"})
"""Auxiliary modes of an event that is not asserted, or not denied."""
ALLEGATION = re.compile(
    r"(?:(?:an?|the|this|that|these|those|such|any|all|his|her|its|their|both|\w+['’]s?)\s+)?"
    r"(?:\w+\s+){0,2}?(?:allegations?|accusations?|claims?|charges?|reports?|assertions?|suggestions?|rumou?rs?|"
    r"speculation|wrongdoing|account|notion|idea)",
    re.IGNORECASE,
)
"""A content that stands for what was said before, from its first word on."""
PRONOUN = re.compile(r"(?:it|this|that|them|these|as much|doing so|having done so)\.?", re.IGNORECASE)
INVOLVEMENT = re.compile(
    r"(?:(?:any|all|its|his|her|their|having|playing|being|direct|the)\s+)*(?:involvement|involved|role|responsibility|"
    r"responsible|part|complicity|culpability|connection|links?|ties|blame)\b",
    re.IGNORECASE,
)
"""A content that denies the speaker's own part in what was said to have happened."""
FARTHEST = 1500
NEAREST = 300
"""Characters from a denial back to the event that "the allegation", or "it", can stand for. In 234 train articles 25 of
26 links of the first kind spanned fewer than 950. Of the second kind the one that was read spanned more than 300, and was
wrong; 300, two sentences or so, is a choice, not a measurement."""
SHORTEST_STEM = 4
"""Letters that two words must share from their beginning to be of one family: shelled, shelling."""
EMPTY_WORDS = frozenset(
    "that this with from were have been their they such those these about into than then also".split()
)
LONGEST_WORDS = 160
"""Characters from cue to act that are quoted as one stretch; farther apart, the act alone is quoted."""


def disputed(events: Sequence[Event], statements: Sequence[Statement], text: str) -> tuple[Event, ...]:
    """Return the events, each with what contradicts it in the same document; `text` is the document's."""
    found: dict[str, dict[str, Dispute]] = defaultdict(dict)
    for event, dispute in (*_between_events(events, text), *_from_statements(events, statements, text)):
        found[event.id].setdefault(dispute.id, dispute)
    return tuple(
        replace(event, disputes=tuple(found[event.id].values())) if event.id in found else event
        for event in events
    )


def _between_events(events: Sequence[Event], text: str) -> Iterator[tuple[Event, Dispute]]:
    """Yield each of two events that contradict each other, with the other."""
    for denial in (event for event in events if event.status == "denied" and not _unreal(event)):
        for claim in (event for event in events if _asserted(event)):
            if _other_source(claim, denial) and _one_happening(claim, denial, text):
                yield claim, Dispute(denial.id, _words(denial))
                yield denial, Dispute(claim.id, _words(claim))


def _unreal(event: Event) -> bool:
    return not UNREAL.isdisjoint(event.aux)


def _asserted(event: Event) -> bool:
    return event.status in {"reported", "claimed"} and not _unreal(event)


def _other_source(claim: Event, denial: Event) -> bool:
    """Say whether it is not the denier who asserts it."""
    if not claim.claimants or not denial.claimants:
        return True
    first, second = claim.claimants[-1].entity, denial.claimants[-1].entity
    return first.span != second.span and (first.name or first.text) != (second.name or second.text)


# --------------------------------------------------------------------------- one happening


class Likeness(IntEnum):
    """How well the parties of one side of two records agree."""

    OTHERS = 0
    OPEN = 1
    """One record does not say who, or not by name."""
    COUNTRY = 2
    """Both act for the same country."""
    NAME = 3


def _one_happening(claim: Event, denial: Event, text: str) -> bool:
    """Say whether two records can be of one happening: nothing contradicts it, and the parties are the same."""
    same = claim.category == denial.category
    if not same and frozenset({claim.category, denial.category}) not in KIN:
        return False
    if ("future" in claim.aux) != ("future" in denial.aux) or _different_days(claim, denial):
        return False
    words = bool(_stems(claim.evidence[0].of(text)) & _stems(denial.evidence[0].of(text)))
    if claim.category in MEETINGS:
        return _one_circle((*claim.actor, *claim.recipient), (*denial.actor, *denial.recipient), words=words)
    if same and not words and claim.mode and denial.mode and not set(claim.mode) & set(denial.mode):
        return False
    actors = _likeness(claim.actor, denial.actor)
    recipients = _likeness(claim.recipient, denial.recipient)
    return _enough(actors, recipients, same=same, alike=words)


def _enough(actors: Likeness, recipients: Likeness, *, same: bool, alike: bool) -> bool:
    """Say whether the likeness of the parties makes one happening of two records.

    Whoever it was done to by name is enough. A doer has a part in much that an article tells, and so has a country:
    where the other side is open, the act must be told in words that are `alike`.
    """
    if Likeness.OTHERS in (actors, recipients):
        return False
    both = Likeness.OPEN not in (actors, recipients)
    if not same:
        return both and Likeness.NAME in (actors, recipients)
    return both or recipients == Likeness.NAME or (actors + recipients > 2 * Likeness.OPEN and alike)


def _one_circle(first: Sequence[Entity], second: Sequence[Entity], *, words: bool) -> bool:
    """Say whether the smaller circle of parties is in the larger; one party alone must be named, in the same words."""
    few, many = sorted((first, second), key=len)
    best = [max((_alike(one, other) for other in many), default=Likeness.OPEN) for one in few]
    if len(best) == 1:
        return best[0] == Likeness.NAME and words
    return bool(best) and min(best) > Likeness.OPEN


def _likeness(first: Sequence[Entity], second: Sequence[Entity]) -> Likeness:
    if not first or not second:
        return Likeness.OPEN
    best = max(_alike(one, other) for one in first for other in second)
    if best > Likeness.OPEN or _may_belong(first, second) or _may_belong(second, first):
        return best
    return Likeness.OTHERS if all(any(e.name or e.code for e in side) for side in (first, second)) else best


def _may_belong(first: Sequence[Entity], second: Sequence[Entity]) -> bool:
    """Say whether nobody of one side has a country and the other is a state: a town that no table has may be its own."""
    return all(entity.code is None for entity in first) and any(_is_state(entity) for entity in second)


def _alike(one: Entity, other: Entity) -> Likeness:
    """Say whether two entities are one, or act for the same country."""
    if one.name is not None and one.name == other.name:
        return Likeness.COUNTRY if _is_state(one) else Likeness.NAME
    country = one.code is not None and one.code == other.code and one.code not in SHARED_CODES
    if country and (_is_state(one) or _is_state(other)):
        return (
            Likeness.COUNTRY
            if one.sector == other.sector or {one.sector, other.sector} <= STATE
            else Likeness.OPEN
        )
    if _proper(one.text) & _proper(other.text):
        return Likeness.NAME
    persons = one.name is not None and other.name is not None
    return Likeness.COUNTRY if country and one.sector == other.sector and not persons else Likeness.OPEN


def _is_state(entity: Entity) -> bool:
    """Say whether an entity is a state or an arm of one, not a holder of an office in it."""
    return entity.code is not None and entity.sector in STATE and entity.office is None


def _proper(text: str) -> set[str]:
    return {
        word for word in re.findall(r"\w+", text) if word[0].isupper() and len(word) > 2 and word != "The"
    }


def _stems(words: str) -> set[str]:
    """Return the beginnings of the words that carry a meaning."""
    found = re.findall(rf"[^\W\d_]{{{SHORTEST_STEM},}}", words.lower())
    return {word[:SHORTEST_STEM] for word in found if word not in EMPTY_WORDS}


def _different_days(one: Event, other: Event) -> bool:
    if "document" in (one.date_resolution, other.date_resolution) or not one.date or not other.date:
        return False
    if one.date_resolution == other.date_resolution == "day" and not one.enddate and not other.enddate:
        return one.date != other.date
    return one.date[:4] != other.date[:4]


# --------------------------------------------------------------------------- denials without the act


def _from_statements(
    events: Sequence[Event], statements: Sequence[Statement], text: str
) -> Iterator[tuple[Event, Dispute]]:
    """Yield each event that a denial without an act refers to, with that denial."""
    for statement in statements:
        if statement.polarity == "denies" and statement.source is not None and not _coded(statement, events):
            event = _referred(statement, events, text)
            if event is not None:
                yield event, Dispute(statement.id, _stretch([*_cue(statement), *statement.content]))


def _coded(statement: Statement, events: Iterable[Event]) -> bool:
    """Say whether the denied act is an event itself."""
    return any(
        event.status == "denied" and any(c.covers(w) for c in statement.content for w in event.evidence)
        for event in events
    )


def _referred(statement: Statement, events: Sequence[Event], text: str) -> Event | None:
    """The event that "it", "the allegation" or "any role in it" stands for: the nearest one that fits."""
    words, position, source = (
        statement.content[0].of(text).strip(),
        statement.content[0].start,
        statement.source,
    )
    own = INVOLVEMENT.match(words)
    if source is None or not (own or ALLEGATION.match(words) or PRONOUN.fullmatch(words)):
        return None
    reach = NEAREST if PRONOUN.fullmatch(words) else FARTHEST
    near = [e for e in events if 0 < position - e.evidence[0].start <= reach and _asserted(e)]
    if own:
        subject = _stems(words[own.end() :])
        deeds = [e for e in near if e.category == "ACCUSE" or e.category not in VERBAL]
        fitting = [e for e in deeds if _done_by(e, source) and _touches(e, subject, text)]
    else:
        fitting = [e for e in near if e.status == "claimed" or e.category == "ACCUSE"]
        fitting = [e for e in fitting if _done_by(e, source)]
    return max(fitting, key=lambda e: e.evidence[0].start, default=None)


def _done_by(event: Event, source: Entity) -> bool:
    """Say whether others say that `source` did it: accused it, or name it or its country as the actor."""
    if any(_alike(claimant.entity, source) > Likeness.OPEN for claimant in event.claimants):
        return False
    if event.category == "ACCUSE" and "disapprove" in event.mode:
        return False  # blame is no allegation
    blamed = event.recipient if event.category == "ACCUSE" else event.actor
    return any(_alike(entity, source) > Likeness.OPEN for entity in blamed)


def _touches(event: Event, subject: set[str], text: str) -> bool:
    """Say whether an event's sentence speaks of what a denial of involvement names, if it names anything."""
    return not subject or bool(subject & _stems(event.sentence.of(text)))


# --------------------------------------------------------------------------- the words


def _words(event: Event) -> Span:
    """The words of an event from the cue that attributes it to the act, where they stand close together."""
    cue = event.claimants[-1].cue if event.claimants else None
    return _stretch([event.evidence[0]] if cue is None else [event.evidence[0], cue])


def _cue(statement: Statement) -> list[Span]:
    return [] if statement.cue is None else [statement.cue]


def _stretch(spans: Sequence[Span]) -> Span:
    """The stretch from the first to the last span, or the first one given where that is too long."""
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    return whole if whole.end - whole.start <= LONGEST_WORDS else spans[0]
