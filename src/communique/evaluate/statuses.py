"""How well status, claimants and modality are told, at event words that are given.

What a program finds of events is one thing, what it makes of an event once found another: here the coder's own
event words are given, so that status is judged alone. `communique.evaluate.tallies` judges both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from communique.evaluate import matching
from communique.evaluate.coded import CodedParty
from communique.evaluate.gold import GoldEvent, Party
from communique.evaluate.tallies import Tally
from communique.records import Analysis, Claimant, Entity
from communique.syntax import Tree

Standing = tuple[str, tuple[Claimant, ...], tuple[str, ...]]
"""Status, claimants outermost first, auxiliary modes."""

FROM_DATES = frozenset({"historical"})
"""Auxiliary modes that the event coder tells from dates, not from the words around an event."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the gold with what the program says of its word."""

    gold: GoldEvent
    status: str
    claimants: tuple[Claimant, ...]
    aux: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether status and modality are both right."""
        wanted = self.gold.aux - FROM_DATES
        excused = self.gold.acceptable_aux | FROM_DATES
        return self.status == self.gold.status and self.aux - excused == wanted - excused


def place(analysis: Analysis, event: GoldEvent) -> tuple[Tree, int] | None:
    """Return the tree that holds an event's word, and the word's place; the topmost of several words."""
    words = event.trigger or event.places[0]
    for sentence in analysis.sentences:
        inside = [i for i, token in enumerate(sentence.tokens) if words.overlaps(token.span)]
        if inside:
            tree = Tree(sentence)
            spoken = [i for i in inside if tree.tokens[i].pos != "PUNCT"] or inside
            return tree, min(spoken, key=lambda i: (len(list(tree.ancestors(i))), i))
    return None


def words_of(analysis: Analysis, parties: Iterable[Party]) -> tuple[Entity, ...]:
    """Return parties of the gold as participants, by the words at the event."""
    spans = [party.spans[0] for party in parties if party.spans]
    return tuple(Entity(span, span.of(analysis.document.text)) for span in spans)


def told(
    analysis: Analysis, events: Iterable[GoldEvent], standing: Callable[[Tree, int, GoldEvent], Standing]
) -> list[Told]:
    """Return what `standing` says at the word of each event whose word was read."""
    found = []
    for event in events:
        where = place(analysis, event)
        if where is not None:
            status, claimants, aux = standing(*where, event)
            found.append(Told(event, status, claimants, frozenset(aux)))
    return found


def tally(several: Sequence[Told]) -> Tally:
    """Count one document: status, modality, and the claimants of the events whose status is right."""
    counts = Tally()
    for one in several:
        same = one.gold.status == one.status
        counts.add(f"status/{one.gold.status}", int(same), 0, int(not same))
        if not same:
            counts.add(f"status/{one.status}", 0, 1, 0)
        for aux in (one.gold.aux | one.aux) - FROM_DATES - one.gold.acceptable_aux:
            counts.add(f"aux/{aux}", int(aux in one.gold.aux and aux in one.aux),
                       int(aux not in one.gold.aux), int(aux not in one.aux))  # fmt: skip
        if same and one.status != "reported":
            _claimants(counts, one)
    return counts


def _claimants(counts: Tally, one: Told) -> None:
    named = [party for party in one.gold.claimants if party.spans or party.wordings]
    given = [party(claimant) for claimant in one.claimants]
    right = matching.assigned(named, given, matching.same_source)
    spurious = len(given) - right if named else 0
    counts.add("claimant", right, spurious, len(named) - right)


def party(claimant: Claimant) -> CodedParty:
    """Return a claimant in the form that evaluation compares."""
    entity = claimant.entity
    return CodedParty(entity.span, entity.text, entity.code, entity.sector, claimant.cue)
