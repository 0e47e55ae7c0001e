"""Where an event happened: the place that its own clause gives, or none.

A place counts where the sentence puts the act there: "clashed in Tripoli", "the embassy in Cairo was stormed",
"the Nairobi attack", "shelled Rafah". A state that acts or is spoken of is no place, and neither is the dateline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.records import Location, Span
from communique.syntax import Tree

LOCATIVE = frozenset("in at near outside inside around across throughout within off into along".split())
"""Prepositions that put an act at a place."""
VISITING = frozenset({"CONSULT"})
"""Categories that a place as goal or object locates: a visit to Cairo, toured Benghazi."""
STRUCK = frozenset({"ASSAULT"})
"""Categories that happen at a town or region which is their object or names them: shelled Rafah, the Nairobi attack."""
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Categories of speech: what is said in a country is mostly about it. Of the countries and regions that hang on their
words by "in", 7 of 10 on the corpus's train split are what the speech is about; towns are where it is made."""
NOMINAL_LINKS = frozenset("nmod nmod:poss compound appos flat conj amod nmod:desc nmod:unmarked".split())


def within(places: Iterable[Location], span: Span) -> tuple[Location, ...]:
    """Return the places of one sentence."""
    return tuple(place for place in places if span.covers(place.span))


def place_of(tree: Tree, trigger: int, category: str, places: Sequence[Location]) -> Location | None:
    """Return where the event of a trigger happened, as far as its sentence says."""
    ranked = []
    for place in places:
        rank = rank_of(tree, trigger, category, place)
        if rank is not None:
            exact = ("city", "admin1", "country").index(place.resolution)
            ranked.append(((rank, exact, abs(place.span.start - tree.tokens[trigger].span.start)), place))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def rank_of(tree: Tree, trigger: int, category: str, place: Location) -> int | None:
    """Return how closely a place hangs on an event's word: 0 on it, 1 on its governor; None where it does not."""
    at = _head_of(tree, place.span)
    if at is None or at == trigger:
        return None
    relation, preposition, governor = _climb(tree, at, trigger)
    distance = None if governor is None else _distance(tree, trigger, governor)
    exact = place.resolution != "country"
    if distance is None:
        return None
    if category in SPOKEN and (tree.head(at) != trigger or place.resolution != "city"):
        return None
    return distance if _puts(category, relation, preposition, exact and distance == 0) else None


def _head_of(tree: Tree, span: Span) -> int | None:
    inside = [i for i, token in enumerate(tree.tokens) if span.covers(token.span)]
    outer = [i for i in inside if tree.tokens[i].head not in inside]
    return outer[0] if outer else None


def _climb(tree: Tree, at: int, trigger: int) -> tuple[str, str, int | None]:
    """From a place up through the noun phrase that holds it, to what that phrase hangs on.

    Returns the relation and preposition by which it hangs there; a locative preposition met on the way stays.
    """
    found = ""
    for _ in tree.tokens:
        relation, head = tree.tokens[at].relation, tree.head(at)
        preposition = tree.preposition(at)
        if preposition in LOCATIVE or not found:
            found = preposition or found
        if head is None or head == trigger or relation not in NOMINAL_LINKS:
            return relation, found, head
        at = head
    return "", found, None


def _puts(category: str, relation: str, preposition: str, close: bool) -> bool:
    """Say whether a phrase so linked tells where an act of this category happened."""
    if preposition in LOCATIVE:
        return True
    if category in VISITING:
        return preposition == "to" or (not preposition and relation in ("obj", "compound"))
    if category in STRUCK and close:
        bare = not preposition and relation in ("obj", "nsubj:pass", "compound")
        return bare or (preposition == "on" and relation == "nmod")
    return False


def _distance(tree: Tree, trigger: int, governor: int) -> int | None:
    if governor == trigger:
        return 0
    return 1 if governor == tree.head(trigger) else None
