"""Reports, statements and polls that say something: they stand for whoever wrote them."""

from __future__ import annotations

from communique.knowledge.casting import Casting
from communique.knowledge.roster import Draft
from communique.knowledge.scan import Hit, Scene

WRITINGS = frozenset(
    "report statement poll survey study letter commentary indictment editorial communique lawsuit filing memo "
    "investigation analysis article".split()
)
_BY = frozenset({"by", "from", "of"})
_ISSUING = frozenset("issue release publish write send say tell add announce make put file".split())
"""Verbs whose subject is the author of the statement that they have beside them."""
_PERSONAL = frozenset({"statement", "letter", "indictment", "memo", "lawsuit", "filing"})
"""What persons write; the other writings are those of bodies."""
_LOOSE = frozenset({"the", "a", "an", "its"})


class Writings:
    """Whose the writings of a document are, while it is cast."""

    def __init__(self, casting: Casting) -> None:
        self._casting = casting
        self._authors: dict[str, tuple[Draft, ...]] = {}

    def author(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return who speaks through a writing: whoever the text says wrote it, here or where it was told of last.

        Only a writing that is the subject of a clause, or that something is said according to, speaks.
        """
        word = scene.words[at].text.lower()
        named = self._before(scene, at) or self._behind(scene, at)
        issued = named or self._issued(scene, at)
        if issued and all(_writes(draft, word) for draft in issued):
            self._authors[word] = issued
        speaks = scene.token(at).relation.startswith("nsubj") or self._according(scene, at)
        if not speaks:
            return ()
        definite = any(w.key in ("the", "that", "this") for w in scene.words[max(0, at - 3) : at])
        return tuple(d for d in named if _writes(d, word)) or (
            self._authors.get(word, ()) if definite else ()
        )

    def _before(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return whose a writing is by the name before it: a White House statement, the CIA's status report."""
        for last in (at, at - 1):
            found = next(
                (s for s in reversed(self._casting.seen) if s.scene == scene.index and s.last == last), None
            )
            joined = all(scene.words[n].near for n in range(last, at + 1))
            if found is not None and last and joined and all(d.kind != "place" for d in found.drafts):
                return found.drafts
        return ()

    def _behind(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return whose a writing is by the name after it: a report by the Example Group."""
        if at + 2 >= len(scene.words) or scene.words[at + 1].key not in _BY:
            return ()
        hit: Hit | None = scene.hit(at + 2 + (scene.words[at + 2].key in _LOOSE))
        entries = hit.entries if hit is not None and not hit.person else ()
        body = bool(entries) and entries[0].kind == "organisation"
        return self._casting.names.name(scene, hit) if body and hit is not None else ()

    def _issued(self, scene: Scene, at: int) -> tuple[Draft, ...]:
        """Return who issued a writing or said something in it: the subject of the verb that it hangs on."""
        token, tokens = scene.token(at), scene.sentence.tokens
        verb = tokens[token.head] if token.head >= 0 else None
        if verb is None or verb.lemma not in _ISSUING or not token.relation.startswith(("obj", "obl")):
            return ()
        subjects = {
            n for n, t in enumerate(tokens) if t.head == token.head and t.relation.startswith("nsubj")
        }
        for seen in reversed(self._casting.seen):
            if seen.scene != scene.index:
                break
            if any(scene.words[n].token in subjects for n in range(seen.first, seen.last)):
                return seen.drafts
        return ()

    @staticmethod
    def _according(scene: Scene, at: int) -> bool:
        return any(w.key == "according" for w in scene.words[max(0, at - 5) : at])


def _writes(draft: Draft, word: str) -> bool:
    """Say whether a member can be the author of a writing."""
    return draft.kind in ("organisation", "state", "group") or (draft.kind == "person" and word in _PERSONAL)
