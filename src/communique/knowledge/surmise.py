"""Whose a description is that names no state: of the surroundings, as far as its words allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.knowledge.background import Background
from communique.knowledge.grammar import UNNAMED, Seen
from communique.knowledge.names import key
from communique.knowledge.phrases import LODGED, Phrase, topics
from communique.knowledge.roster import BEYOND_STATES, Draft
from communique.knowledge.scan import Scene, tells_of_deed

INSTITUTIONAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "SPY", "PTY"})
SUPPOSED = frozenset({"main state of the document", "nearest state before it in the sentence"})
"""Reasons that tell nothing of the surroundings, being taken from them."""
_NATIONWIDE = frozenset({"GOV", "LEG", "JUD", "PTY", None})
"""Sectors that a place in the sentence tells nothing of: a minister may speak anywhere."""
_MANY = frozenset({"population", "public", "crowd", "mob", "people", "protest movement"})
_PLACED = frozenset({"in", "at", "across", "near", "outside", "inside", "throughout", "around"})
_CONGRESSIONAL = frozenset("congress congressional senate senator sen congressman congresswoman".split())
_FOREIGN = frozenset(
    "minister ministers ministry ministries parliament regime regimes dictator junta ayatollah ayatollahs mullahs "
    "king queen prince monarch emir sultan chancellor royal".split()
)
"""Nouns of offices and bodies that the United States do not have, or that nobody calls theirs."""
_NO_SUCH = frozenset({"USA"})
_SIDED = {"pro-russian": "RUS"}
"""Role nouns that name whose side somebody is on."""
_WITHOUT = "no senate or congress"
"""The area of the states that have neither."""

Guess = tuple[str | None, str]
"""A country and why; None with the reason why not."""


def barred(scene: Scene, phrase: Phrase) -> frozenset[str]:
    """Return the states of which somebody cannot be: the backer of rebels, the United States of a ministry."""
    words = [word.key for word in scene.words[phrase.first : phrase.head.last]]
    found = {code for side, code in _SIDED.items() if phrase.role.name.startswith(side)}
    found |= _NO_SUCH if _FOREIGN.intersection(words) else frozenset()
    found.update(code for hit in topics(scene, phrase) if (code := hit.entries[0].code))
    for at in range(phrase.first, phrase.head.first):
        hit = scene.hit(at)
        backs = hit is not None and hit.entries and tells_of_deed(scene, hit)
        pro = scene.words[at - 1].key == "pro" if at else False
        if hit is not None and (backs or pro) and hit.entries and hit.entries[0].code:
            found.add(hit.entries[0].code)
    return frozenset(found)


class Surmise:
    """Gives phrases without an owner the state of what stands around them."""

    def __init__(
        self,
        ground: Background,
        seen: Sequence[Seen],
        roles: Mapping[str, tuple[Draft, ...]],
        areas: Mapping[str, frozenset[str]],
    ) -> None:
        self._ground = ground
        self._seen = seen
        self._roles = roles
        self._without = areas.get(_WITHOUT, frozenset())

    def country(self, scene: Scene, phrase: Phrase) -> Guess:
        """Return the country that the surroundings give a phrase that names none, and why."""
        role = phrase.role
        if phrase.elsewhere or role.name in UNNAMED:
            return None, "not of the surroundings"
        if role.name in LODGED:
            return self._sender(scene, phrase)
        if _CONGRESSIONAL.intersection(key(role.name).split()):
            return self._congress(scene, phrase)
        if role.sector == "CVL" and not role.plural and role.name not in _MANY:
            return None, "one person, of no state that the text names"
        placed = _placed(scene)
        abroad = role.sector == "MIL" and self._ground.main not in (None, placed)
        if placed and abroad:
            return None, "forces of one state or the other"
        if role.name.startswith("administration") and "USA" in self._ground.codes:
            return self._administration(), "an administration"
        if role.name.startswith("government ") and self._roles.get("government"):
            return self._roles["government"][0].code, "the government named before"
        if placed and role.sector not in _NATIONWIDE:
            return placed, "place in the sentence"
        return self._official(scene, phrase)

    def _official(self, scene: Scene, phrase: Phrase) -> Guess:
        """Return the state of a body or an official: nearest, of the dateline, or the document's main one."""
        role, ground = phrase.role, self._ground
        if ground.dateline and scene.index <= 3 and role.office.endswith("ministry"):
            return ground.dateline, "dateline"
        out = barred(scene, phrase)
        institutional = role.sector in INSTITUTIONAL and (
            role.kind == "body" or phrase.article not in ("", "a")
        )
        near = self._near(scene, phrase, out)
        if institutional and near:
            return near, "nearest state before it in the sentence"
        if institutional and ground.dateline and scene.index <= 4 and ground.dateline not in out:
            return ground.dateline, "dateline"
        scattered = role.sector in ("JRN", "BUS") or role.kind == "carrier"
        definite = phrase.article == "the" or role.kind == "body"
        if ground.main and ground.main not in out and not scattered and definite and not role.plural:
            return ground.main, "main state of the document"
        return None, "no state near"

    def _sender(self, scene: Scene, phrase: Phrase) -> Guess:
        """Return whose an embassy is: not of the state in which it stands."""
        around = (*phrase.modifiers, *((phrase.complement,) if phrase.complement else ()))
        hosts = {entry.code for hit in around for entry in hit.entries}
        before = self._roles.get("embassy", ())
        wanted = (self._near(scene, phrase), self._ground.main, *(draft.code for draft in before[:1]))
        code = next((code for code in wanted if code and code not in hosts), None)
        return code, "of another state than where it stands" if code else "its owner is not known"

    def _congress(self, scene: Scene, phrase: Phrase) -> Guess:
        """Return the state whose Congress or Senate is meant: one that has them, the United States at last."""
        ground = self._ground
        american = "USA" if "USA" in ground.codes else None
        wanted = (self._near(scene, phrase), ground.main, ground.dateline, american)
        code = next((code for code in wanted if code and code not in self._without), None)
        return code, "a state near with a Congress or Senate" if code else "no state near has one"

    def _administration(self) -> str | None:
        """Return the state of the administration named before, else the United States, who call theirs so."""
        before = self._roles.get("administration", ())
        return before[0].code if before and before[0].code else "USA"

    def _near(self, scene: Scene, phrase: Phrase, out: frozenset[str] = frozenset()) -> str | None:
        codes = [
            d.code
            for s in self._seen
            if s.scene == scene.index and s.last <= phrase.first
            for d in s.drafts
            if d.code and d.code not in BEYOND_STATES | out and d.kind != "place"
        ]
        return codes[-1] if codes else None


def _placed(scene: Scene) -> str | None:
    """Return the state of the one place that the sentence names with in or at, if there is one."""
    codes = set()
    for hit in scene.hits:
        before = scene.words[hit.first - 1].key if hit.first else ""
        entry = hit.entries[0] if hit.entries else None
        if before == "the" and hit.first > 1:
            before = scene.words[hit.first - 2].key
        if entry and entry.kind in ("state", "place") and before in _PLACED and entry.how != "adjective":
            codes.add(entry.code)
    return codes.pop() if len(codes) == 1 else None
