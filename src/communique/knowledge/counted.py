"""Words that count people without naming them: "thousands marched", "three others", "some vowed to return"."""

from __future__ import annotations

from communique.knowledge.casting import APART, Casting
from communique.knowledge.roster import Draft, Identity
from communique.knowledge.scan import Scene
from communique.records import Token

_CROWD = frozenset("hundreds thousands dozens scores millions".split())
"""Counts that are people wherever they do something or it is done to them."""
_ANYONE = frozenset("everyone everybody anyone anybody someone somebody those".split())
"""Words for people of whom nothing else is told."""
_ONES = frozenset(
    "some others another many most few several all one two three four five six seven eight nine ten eleven "
    "twelve more".split()
)
"""Words for some of those that the text has told of before."""
COUNTS = _CROWD | _ANYONE | _ONES
_ROLES = ("nsubj", "obj", "iobj", "obl:agent")
_HARM = frozenset(
    "kill injure wound arrest detain capture release evacuate hospitalize hospitalise sentence charge indict kidnap "
    "abduct shoot execute behead rescue die convict deport displace".split()
)
"""What is done to people: a number alone is people beside these verbs only."""
REACH = 1
"""Sentences back in which those are looked for whom some, others or two are of."""


class Counted:
    """Finds whom counting words mean, while a document is cast."""

    def __init__(self, casting: Casting) -> None:
        self._casting = casting

    @staticmethod
    def nominal(scene: Scene, at: int) -> bool:
        """Say whether a counting word takes part in something and belongs to no name or noun."""
        token, number = scene.token(at), scene.words[at].token
        free = scene.owner[at] < 0 and token.relation.startswith(_ROLES)
        return free and not any(
            t.head == number and t.relation in ("nmod", "compound") for t in scene.sentence.tokens
        )

    def members(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return whom a counting word means: some of the group before, others beside it, or people unknown."""
        lowered = scene.words[at].text.lower()
        alone, harmed = lowered in _CROWD | _ANYONE, _harmed(scene, scene.token(at))
        number = lowered[0].isdigit() and not scene.token(at).relation.startswith("nsubj")
        before = self._before(scene, at) if not alone and (harmed or not number) else None
        if before is not None and lowered not in APART:
            return (before,)
        if before is None and not (alone or harmed):
            return ()
        identity: Identity = ("counted", lowered, str(scene.index), None, "", "many")
        sector = before.sector if before is not None else "CVL"
        label = before.name if before is not None else "people"
        some = Draft(
            identity, label, "group", before.code if before is not None else None, sector,
            before.secondary if before is not None else (), reason=f"{lowered}: {label}; country not known", canonical=False,
        )  # fmt: skip
        return (self._casting.roster.get(some),)

    def _before(self, scene: Scene, at: int) -> Draft | None:
        """Return the group told of last, in this sentence or the one before."""
        for seen in reversed(self._casting.seen):
            if scene.index - seen.scene > REACH:
                return None
            if seen.scene == scene.index and seen.last > at:
                continue
            groups = [d for d in seen.drafts if d.kind == "group" and d.identity[0] in ("role", "counted")]
            if len(groups) == 1 and len(seen.drafts) == 1:
                return groups[0]
        return None


def _harmed(scene: Scene, token: Token) -> bool:
    verb = scene.sentence.tokens[token.head] if token.head >= 0 else None
    return verb is not None and verb.lemma in _HARM and not token.relation.startswith("obl")
