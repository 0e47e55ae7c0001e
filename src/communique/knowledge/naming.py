"""What a name means here: of a state, an organisation or a place, by date, company and grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communique.knowledge.background import Background
from communique.knowledge.capitals import governs
from communique.knowledge.endings import sector_of
from communique.knowledge.names import key
from communique.knowledge.roster import Draft, Roster
from communique.knowledge.scan import Hit, Scene, tells_of_deed
from communique.knowledge.shortened import ShortForms
from communique.knowledge.tables import Entry

_GUERRILLAS = re.compile(r"\b(?:guerrilla|rebel|insurgen|subversi)", re.IGNORECASE)
"""Words that date an undated text: the movement was in arms then, whatever it is now."""
_BEYOND = frozenset({"MNC", "NGO", "IGO", "EUR", "UNO"})
"""Codes of no state: their names count without the text naming a state beside them."""


class Naming:
    """Resolves the names of one document that are not persons."""

    def __init__(self, ground: Background, roster: Roster, states: Mapping[str, str], text: str) -> None:
        self.ground = ground
        self.roster = roster
        self._states = states
        self._text = text
        self._of_guerrillas = bool(_GUERRILLAS.search(text))
        self._counted: set[str] = set()
        self.short = ShortForms()
        if ground.codes.issuperset(_KOREAS.values()):
            self.short.acronyms |= {word.capitalize(): self.state(code) for word, code in _KOREAS.items()}

    def state(self, code: str) -> Draft:
        """Return the member of a state."""
        name = self._states[code]
        return self.roster.get(Draft(("state", name), name, "state", code, "GOV", reason=f"table: {name}"))

    def entry(self, hit: Hit) -> Entry | None:
        """Return the one row that a name means here: by date, then by the states of the document."""
        held = [e for e in hit.entries if e.covers(self.ground.day)] or list(hit.entries)
        if held[0].code == "GEO" and held[0].how == "name" and self.ground.main == "USA":
            return _GEORGIA
        if held[0].how == "group":
            held = [e for e in held if e.code in self.ground.codes or e.code in _BEYOND]
            if not held:
                return None
        names = {(e.name, e.code) for e in held}
        if len(names) > 1:
            here = [e for e in held if e.code == self.ground.main] or [
                e for e in held if e.code in self.ground.codes
            ]
            if len({(e.name, e.code) for e in here}) != 1:
                return None
            held = here
        if self.ground.day is None:
            armed = [e for e in held if e.sector == "REB"] if self._of_guerrillas else []
            return (armed or held)[-1]
        return held[0]

    def name(self, scene: Scene, hit: Hit) -> tuple[Draft, ...]:
        """Return the member that a name of a state, organisation or place means."""
        entry = self.entry(hit)
        if entry is None or tells_of_deed(scene, hit):
            return ()
        shortened = self._shortened(scene, hit, entry)
        if shortened is not None:
            return (shortened,)
        if entry.kind == "state":
            return self._state_name(scene, hit, entry)
        if entry.kind == "place" and self._korea(scene, hit, entry):
            return (self.state(_KOREAS[key(entry.name)]),)
        if _members(scene, hit, entry):
            identity = ("role", "members", entry.code, entry.sector, entry.name)
            some = Draft(
                identity, entry.name, "group", entry.code, entry.sector, entry.secondary,
                reason=f"members of {entry.name}", canonical=False,
            )  # fmt: skip
            return (self.roster.get(some),)
        if entry.kind == "place":
            draft = Draft(
                ("place", entry.name), entry.name, "place", entry.code, None,
                reason=f"table: {entry.name}" if entry.code else "a place that no table has",
            )  # fmt: skip
            return (self.roster.get(draft),) if entry.code or entry.how == "tagged" else ()
        known = entry.how != "tagged"
        draft = Draft(
            ("organisation", entry.name, entry.code), entry.name, "organisation", entry.code,
            entry.sector if known else sector_of(entry.name),
            entry.secondary, entry.qid, None, tuple(dict.fromkeys(e.name for e in hit.entries)) if known else (),
            f"table: {entry.name}" if known else "not in the tables", canonical=known,
        )  # fmt: skip
        return (self.roster.get(draft),)

    def _shortened(self, scene: Scene, hit: Hit, entry: Entry) -> Draft | None:
        """Return the organisation named before that a word alone stands for, where no trusted table has the word."""
        if hit.last - hit.first > 1 or entry.how not in ("tagged", "group"):
            return None
        text = scene.words[hit.first].text
        return self.short.acronyms.get(text) or (
            self.short.of(text) if entry.how == "tagged" and entry.kind == "organisation" else None
        )

    def _korea(self, scene: Scene, hit: Hit, entry: Entry) -> bool:
        """Say whether "the North" or "the South" is a Korea: where the text names both."""
        article = hit.first > 0 and scene.words[hit.first - 1].key == "the"
        return article and key(entry.name) in _KOREAS and self.ground.codes.issuperset(_KOREAS.values())

    def _state_name(self, scene: Scene, hit: Hit, entry: Entry) -> tuple[Draft, ...]:
        code = entry.code or ""
        why = f"table: {entry.name}"
        government = Draft(
            ("body", "government", code, "GOV"),
            f"Government of {entry.name}",
            "organisation",
            code,
            "GOV",
            reason=why,
        )
        if entry.how == "seat" or (entry.how == "capital" and governs(scene, hit)):
            return (self.roster.get(government),)
        if entry.how == "capital":
            name = scene.span(hit.first, hit.last).of(self._text)
            return (self.roster.get(Draft(("place", key(name)), name, "place", code, None, reason=why)),)
        if entry.how == "people" or _as_people(scene, hit):
            if self._definite(scene, hit) and code not in self._counted:
                return (self.roster.get(government),)
            self._counted.add(code)
            identity = ("role", "people", code, "CVL", "")
            people = Draft(
                identity, entry.name, "group", code, "CVL", reason=f"people of {entry.name}", canonical=False
            )
            return (self.roster.get(people),)
        return (
            self.roster.get(
                Draft(
                    ("state", entry.name),
                    entry.name,
                    "state",
                    code,
                    entry.sector,
                    entry.secondary,
                    reason=why,
                )
            ),
        )

    def _definite(self, scene: Scene, hit: Hit) -> bool:
        """Say whether a people stands as "the Saudis": their government, unless some of them were told of."""
        return (
            hit.first > 0
            and scene.words[hit.first - 1].key == "the"
            and scene.token(hit.last - 1).tag != "NN"
        )


_GEORGIA = Entry("Georgia", "place", "region", "USA", None)
"""In a text about the United States, Georgia is the one with Atlanta."""
_KOREAS = {"north": "PRK", "south": "KOR"}
_WHERE = frozenset("congress committee house senate panel parliament".split())


def _members(scene: Scene, hit: Hit, entry: Entry) -> bool:
    """Say whether a party's name stands for some of its members: other Democrats, Republicans on the panel."""
    if (
        entry.sector != "PTY"
        or hit.last - hit.first > 1
        or scene.token(hit.last - 1).tag not in ("NNS", "NNPS")
    ):
        return False
    before = scene.words[hit.first - 1].key if hit.first else ""
    after = [word.key for word in scene.words[hit.last : hit.last + 3]]
    return before != "the" or (after[:1] in (["in"], ["on"]) and bool(_WHERE.intersection(after)))


def _as_people(scene: Scene, hit: Hit) -> bool:
    """Say whether a nationality stands alone as a noun: two Russians, a Bolivian."""
    if hit.how() != "adjective":
        return False
    token = scene.token(hit.last - 1)
    return token.tag in ("NNS", "NNPS") or (
        token.pos == "NOUN" and token.relation.startswith(("nsubj", "obj", "obl"))
    )
