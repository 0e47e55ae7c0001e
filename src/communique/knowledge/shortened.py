"""Short forms of organisations that the text has named in full: the Journal, Kaloti, and AAS after "(AAS)"."""

from __future__ import annotations

from collections import defaultdict

from communique.knowledge.names import key
from communique.knowledge.roster import Draft
from communique.knowledge.scan import Scene

_ACRONYM = range(2, 8)
"""Letters of an acronym."""
_COMMON = frozenset(
    "national international united american state general central new federal royal group".split()
)
"""First or last words that many organisations' names share."""


class ShortForms:
    """Which organisation of the document a word alone stands for."""

    def __init__(self) -> None:
        self._words: dict[str, dict[int, Draft]] = defaultdict(dict)
        self.acronyms: dict[str, Draft] = {}
        """Whom an acronym means that the text has introduced."""

    def learn(self, scene: Scene, first: int, last: int, draft: Draft) -> None:
        """Keep the first and last word of a name, and the acronym in brackets behind it."""
        if draft.kind != "organisation":
            return
        names = [word for word in scene.words[first:last] if word.text[0].isupper()]
        if len(names) > 1 and draft.identity[0] == "organisation":
            for word in {names[0].key, names[-1].key} - _COMMON:
                self._words[word][id(draft)] = draft
        acronym = _in_brackets(scene, last)
        if acronym and any(word.text[0] == acronym[0] for word in names):
            self.acronyms.setdefault(acronym, draft)

    def of(self, name: str) -> Draft | None:
        """Return the only organisation named so far whose name begins or ends with this word."""
        found = self._words.get(key(name), {})
        return next(iter(found.values())) if len(found) == 1 else None


def _in_brackets(scene: Scene, at: int) -> str | None:
    """Return the capitals that stand alone in brackets at a word: Ansar al-Sharia (AAS)."""
    if at >= len(scene.words) or not scene.words[at].gap.endswith("("):
        return None
    text = scene.words[at].text
    closed = at + 1 == len(scene.words) or scene.words[at + 1].gap.startswith(")")
    return text if closed and text.isalpha() and text.isupper() and len(text) in _ACRONYM else None
