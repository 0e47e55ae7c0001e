"""Surnames alone: of persons whom the text names in full, where the reader or the tables see something else."""

from __future__ import annotations

from collections.abc import Mapping

from communique.knowledge.grammar import is_subject
from communique.knowledge.roster import Draft, Roster
from communique.knowledge.scan import Hit, Scene


class Surnames:
    """The persons of a document whose surname nobody else there has."""

    def __init__(self) -> None:
        self._known: dict[str, Draft] = {}

    def learn(self, full: Mapping[str, Draft]) -> None:
        """Take in the persons by their full names (keys)."""
        self._known = _alone_by_surname(full)

    def untagged(self, scene: Scene, acronyms: Mapping[str, Draft]) -> dict[Hit, Draft]:
        """Return surnames and acronyms of the document that neither the reader nor a table found in a sentence."""
        found: dict[Hit, Draft] = {}
        surnames = self._known
        known = [n for n, word in enumerate(scene.words) if word.key in surnames or word.text in acronyms]
        for at in known:
            word = scene.words[at]
            free = scene.owner[at] < 0 and word.text[0].isupper() and scene.token(at).pos == "PROPN"
            draft = surnames.get(word.key) or acronyms.get(word.text)
            if free and draft is not None and _stands_alone(scene, at):
                found[Hit(at, at + 1)] = draft
        return found

    def bearing(self, scene: Scene, hit: Hit) -> Draft | None:
        """Return the person of the document whose surname a role noun is: Mr. Prince, King."""
        draft = self._one(scene, hit)
        name = scene.words[hit.first].text[0].isupper() and scene.token(hit.first).pos == "PROPN"
        return draft if name and _stands_alone(scene, hit.first) else None

    def namesake(self, scene: Scene, hit: Hit, roster: Roster) -> Draft | None:
        """Return the person whose surname the name of a state or nationality is, if the text tells of no such state."""
        draft = self._one(scene, hit)
        if draft is None or not (hit.entries[0].kind == "place" or is_subject(scene, hit.first, hit.last)):
            return None
        code = hit.entries[0].code
        told = any(d.mentions and d.code == code and d is not draft for d in roster.drafts())
        return None if told else draft

    def _one(self, scene: Scene, hit: Hit) -> Draft | None:
        """Return the person of a surname of one word, named before and without "the"."""
        article = hit.first and scene.words[hit.first - 1].key == "the"
        draft = self._known.get(scene.words[hit.first].key) if hit.last - hit.first == 1 else None
        return draft if draft is not None and draft.mentions and not article else None


def _stands_alone(scene: Scene, at: int) -> bool:
    """Say whether a word is no part of a longer name: no capital before or behind it."""
    words = scene.words
    before = (
        at > 0
        and words[at].gap == " "
        and words[at - 1].text[0].isupper()
        and scene.token(at - 1).pos == "PROPN"
    )
    after = at + 1 < len(words) and words[at + 1].gap == " " and words[at + 1].text[0].isupper()
    return not before and not after and not _shares(scene, at)


def _shares(scene: Scene, at: int) -> bool:
    """Say whether a word shares the end of the next name: North and South Korea, Bill and Hillary Example."""
    behind = scene.words[at + 1 : at + 4]
    names = [word.text[0].isupper() for word in behind]
    return names == [False, True, True] and behind[0].key in ("and", "or") and behind[2].gap == " "


def _alone_by_surname(full: Mapping[str, Draft]) -> dict[str, Draft]:
    """Return the persons of a document whose surname nobody else there has, by full names (keys)."""
    found: dict[str, dict[int, Draft]] = {}
    given = {name.partition(" ")[0] for name in full}
    for name, draft in full.items():
        word = name.rpartition(" ")[2]
        if len(word) > 2 and word not in given:
            found.setdefault(word, {})[id(draft)] = draft
    return {word: next(iter(drafts.values())) for word, drafts in found.items() if len(drafts) == 1}
