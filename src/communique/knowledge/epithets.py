"""Descriptions that stand for a person named elsewhere in the text: "the Vermont senator", "the former mayor".

What persons are called beside their names, and the offices that the tables give them, is gathered for the whole
document; a description with "the" then means whoever alone has been called so. Silent when several fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from communique.knowledge.genders import fits, of_words
from communique.knowledge.grammar import Seen, is_one
from communique.knowledge.names import key
from communique.knowledge.owners import Owner
from communique.knowledge.phrases import Phrase
from communique.knowledge.roster import Draft
from communique.knowledge.scan import Scene
from communique.knowledge.tables import Role

REACH = 1
"""Sentences back in which the last of several who fit is meant."""
_BROAD = frozenset(
    "man woman person individual boy girl guy people national citizen native resident member victim suspect source "
    "official representative ally friend critic rival "
    "supporter opponent relative neighbor neighbour".split()
)
"""Nouns that fit too many to tell who is meant."""
_ONE = frozenset({"one", "another", "such", "any", "every", "each", "no"})


_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
_HEADS = frozenset({"leader", "president", "head of state"})
"""Nouns of whom a state has one: in the plural, those of several states."""
_PAIR = 2
"""How many leaders meet where nothing tells how many."""
FAR = 3
"""Sentences back in which the persons of "the two leaders" are looked for."""


class _Called(NamedTuple):
    """What a person was called: the role noun, of whom, whether of the past."""

    draft: Draft
    role: Role
    owner: str
    former: bool


class Epithets:
    """Whom the text has called what."""

    def __init__(self) -> None:
        self._called: list[_Called] = []
        self._persons: dict[int, Draft] = {}

    def learn(self, draft: Draft, phrase: Phrase | None, owner: Owner | None) -> None:
        """Keep what a named person is called."""
        if draft.kind != "person" or draft.identity[0] != "person":
            return
        self._persons[id(draft)] = draft
        if phrase is not None:
            name = owner.name if owner is not None and owner.kind == "organisation" else ""
            self._called.append(_Called(draft, phrase.role, name, phrase.former))

    def person(self, scene: Scene, phrase: Phrase, owner: Owner, seen: Sequence[Seen]) -> Draft | None:
        """Return the named person whom a description means, if only one can be."""
        role = phrase.role
        counted = phrase.article == "a" or scene.words[phrase.first].key in _ONE
        if role.plural or counted or role.kind == "body" or not is_one(role) or key(role.name) in _BROAD:
            return None
        explicit = owner.code if owner.name else None
        known = [
            draft
            for draft in self._persons.values()
            if (explicit is None or draft.code in (None, explicit)) and fits(draft, of_words(role.name))
        ]
        called = self._so_called(phrase, owner, known)
        fitting = called or [d for d in known if _in_office(d, role, phrase.former)]
        if len(fitting) > 1:
            scenes = [s for s in reversed(seen[-40:]) if phrase.scene - s.scene <= REACH]
            near = [d for s in scenes for d in s.drafts if any(d is f for f in fitting)]
            fitting = near[:1]
        return fitting[0] if len(fitting) == 1 else None

    def several(self, scene: Scene, phrase: Phrase, seen: Sequence[Seen]) -> tuple[Draft, ...]:
        """Return the persons named last whom "the two leaders", "both men" or "the presidents" means."""
        role = phrase.role
        many = next(
            (n for w in scene.words[phrase.first : phrase.head.first] if (n := _COUNTS.get(w.key))), 0
        )
        alone = phrase.article == "the" and phrase.head.first - phrase.first == 1
        many = many or (_PAIR if alone and key(role.name) in _HEADS else 0)
        if not many or not role.plural or phrase.article != "the" or phrase.complement or role.kind == "body":
            return ()
        near: dict[int, Draft] = {}
        for mention in reversed(seen):
            if scene.index - mention.scene > FAR and len(near) >= many:
                break
            for draft in mention.drafts:
                if draft.identity[0] == "person" and _can_be(draft, role):
                    near.setdefault(id(draft), draft)
        found = _most_named(list(near.values()), many)
        states = [draft.code for draft in found if draft.code is not None]
        return () if key(role.name) in _HEADS and len(set(states)) < len(states) else found

    def _so_called(self, phrase: Phrase, owner: Owner, known: list[Draft]) -> list[Draft]:
        body = owner.name if owner.kind == "organisation" else ""
        found = {
            id(one.draft): one.draft
            for one in self._called
            if _alike(one.role, phrase.role)
            and one.former == phrase.former
            and (not body or not one.owner or body == one.owner)
            and any(one.draft is draft for draft in known)
        }
        return list(found.values())


def _most_named(drafts: list[Draft], many: int) -> tuple[Draft, ...]:
    """Return so many persons who are named most, none where another is named as often."""
    ranked = sorted(drafts, key=lambda d: -len(d.mentions))
    tied = len(ranked) > many and len(ranked[many].mentions) == len(ranked[many - 1].mentions)
    return () if tied or len(ranked) < many else tuple(ranked[:many])


def _can_be(draft: Draft, role: Role) -> bool:
    """Say whether a person can be one of several who are called by a role noun."""
    return role.sector in (None, "CVL", draft.sector) and fits(draft, of_words(role.name))


def _alike(one: Role, other: Role) -> bool:
    """Say whether two role nouns can be the same: equal, of one office, or one the bare noun of the other."""
    first, second = key(one.name), key(other.name)
    if first == second or (one.office and one.office == other.office):
        return True
    bare = first.rpartition(" ")[2] == second.rpartition(" ")[2]
    return bare and (" " not in first or " " not in second)


def _in_office(draft: Draft, role: Role, former: bool) -> bool:
    """Say whether the tables give the person an office of this name, of the past where the text says former."""
    office = key(draft.office or "").split()
    words = [word for word in key(role.name).split() if word not in ("of", "the")]
    past = "former" in office or draft.sector == "ELI"
    return bool(office) and (past or not former) and all(word in office for word in words)
