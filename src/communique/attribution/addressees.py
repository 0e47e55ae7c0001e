"""To whom something is said: "told reporters", "said to the Assembly", "urged Maduro to", "in a letter to Guterres"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.attribution.cues import Cue, cues
from communique.attribution.elements import Parts, stretch
from communique.participants import FIRST_PERSON, Participants
from communique.records import Entity
from communique.syntax import Tree

OCCASION_RELATIONS = ("obl", "nmod", "advcl", "obj", "acl", "conj")
"""How a letter, or "speaking", hangs on the cue that it goes with."""
PERSONS = FIRST_PERSON | {"you", "he", "she", "they", "him", "her", "them", "who", "whom"}
SPOKEN_TO = frozenset({"person", "organisation", "state", "group"})
"""Kinds of members of a cast that can be spoken to: not a place."""
NAMED = frozenset({"PERSON", "ORGANIZATION"})


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom, as a record and as the words of the sentence."""

    entity: Entity
    words: tuple[int, ...]
    apart: bool
    """Whether a clause with "that" follows, so that the words are no part of what is said."""


def addressee(tree: Tree, parts: Parts, participants: Participants) -> Addressee | None:
    """Return to whom an attribution's words are said, with who that is where known; None where it is not told."""
    found = (word for word in _candidates(tree, parts, participants) if word not in parts.own)
    word = next(found, None)
    if word is None:
        return None
    words = stretch([i for i in tree.phrase(word) if i not in parts.cue], word)
    span, after = tree.span(words), words[-1] + 1
    named = participants.entities(tree, [word])
    entity = replace(named[0] if named else Entity(span, ""), span=span, text=span.of(participants.text))
    apart = (
        after < len(tree.tokens)
        and tree.tokens[after].pos == "SCONJ"
        and tree.tokens[after].relation == "mark"
    )
    return Addressee(entity, tuple(words), apart)


def _candidates(tree: Tree, parts: Parts, participants: Participants) -> Iterator[int]:
    """The words that can name the addressee: those that the cue itself takes first, then those of its occasion."""
    table, lemma = cues(), tree.lemma(parts.head)
    if lemma in table.verbs:
        yield from _of_verb(tree, parts.head, table.verbs[lemma], participants)
    for word in (parts.head, *tree.dependents(parts.head, *OCCASION_RELATIONS)):
        nominal = tree.tokens[word].pos not in {"VERB", "AUX"}
        row = (table.occasions if nominal else table.speaking).get(tree.lemma(word))
        if row is not None and not (word == parts.head and not nominal):
            yield from _behind(tree, word, row, participants)


def _of_verb(tree: Tree, verb: int, row: Cue, participants: Participants) -> Iterator[int]:
    if "object" in row.addressee:
        yield from tree.dependents(verb, "iobj")
        told = bool(tree.dependents(verb, "xcomp", "ccomp"))
        for word in tree.objects(verb)[:1]:
            if _hears(tree, word, participants) or (told and tree.tokens[word].pos in {"NOUN", "PROPN"}):
                yield word
    yield from _behind(tree, verb, row, participants)
    yield from _next_to(tree, verb, row, participants)


def _next_to(tree: Tree, verb: int, row: Cue, participants: Participants) -> Iterator[int]:
    """Who stands right behind the cue, even where the tree hangs the phrase on a word of the quotation before."""
    after = verb + 1
    if after < len(tree.tokens) and tree.lemma(after) in row.addressee:
        named = tree.head(after)
        if (
            named is not None
            and named > after
            and (tree.head(named) or 0) < verb
            and _hears(tree, named, participants)
        ):
            yield named


def _behind(tree: Tree, word: int, row: Cue, participants: Participants) -> Iterator[int]:
    """Who stands behind one of a row's prepositions, in its order."""
    for preposition in row.addressee:
        found = tree.own_oblique(word, frozenset({preposition})) if preposition != "object" else []
        yield from (c for c in found if _hears(tree, c, participants))


def _hears(tree: Tree, word: int, participants: Participants) -> bool:
    """Say whether a word names somebody who can be spoken to."""
    token = tree.tokens[word]
    if tree.lemma(word) in cues().audience or token.text.lower() in PERSONS:
        return True
    if any(m.label in NAMED and m.span.covers(token.span) for m in tree.sentence.mentions):
        return True
    return any(member.kind in SPOKEN_TO for _, member in participants.at_token(tree, word))
