"""The state that the words around a name tell of a person: a Colombian, the Britons X and Y, X, who is Belgian."""

from __future__ import annotations

from collections.abc import Iterator

from communique.knowledge.phrases import Description, past_age
from communique.knowledge.scan import MODIFIED_BY_FACT, Hit, Scene

_ARTICLES = frozenset({"a", "an", "the", "another"})
_APPOSED = frozenset({",", "(", "–", "—", "-", "--"})
_NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "PUNCT"})
_SORTS = ("adjective", "people", "abbreviation")
_LINKS = ("amod", "compound", "nmod")
_OTHERS = 3
"""Words between "and" and "other": Ferrari and three other Peruvian nationals."""


def nationality(scene: Scene, hit: Hit) -> str | None:
    """Return the state of which the words around a person's name say that the person is, if they say so."""
    return _apposed(scene, hit) or _listed(scene, hit) or _among(scene, hit) or _predicated(scene, hit)


def _apposed(scene: Scene, hit: Hit) -> str | None:
    """Return the nationality in an apposition: NAME -- a Colombian who, NAME, a 44-year-old Belgian baker."""
    at = past_age(scene, hit.last)
    words = scene.words
    if at + 1 >= len(words) or words[at].gap.strip() not in _APPOSED or words[at].key not in _ARTICLES:
        return None
    end = at + 1
    while end < len(words) and words[end].near and scene.token(end).pos in _NOMINAL:
        end += 1
    return next(_nations(scene, at + 1, end), None)


def _nations(scene: Scene, first: int, last: int) -> Iterator[str]:
    """Yield the states whose nationalities stand in some words, not those of deeds; of two joined ones the second."""
    for at in range(first, last):
        hit = scene.hit(at)
        if hit is None or hit.first != at or hit.how() not in _SORTS or hit.entries[0].kind != "state":
            continue
        after = scene.words[hit.last] if hit.last < len(scene.words) else None
        hyphened = after is not None and after.gap in ("-", "–", "‑")
        joined = scene.hit(hit.last) if hyphened else None
        double = joined is not None and joined.how() == "adjective"
        deed = hyphened and after is not None and after.key in MODIFIED_BY_FACT
        if not deed and not double and hit.entries[0].code:
            yield hit.entries[0].code


def _listed(scene: Scene, hit: Hit) -> str | None:
    """Return the people before a list of names: the Britons NAME and NAME."""
    first = hit.first
    while first > 1:
        joined = scene.words[first - 1].key == "and" or "," in scene.words[first].gap
        other = scene.hit(first - 1 - (scene.words[first - 1].key == "and")) if joined else None
        if other is None or not other.person:
            break
        first = other.first
    before = scene.hit(first - 1)
    if before is None or before.last != first or scene.words[first].gap != " ":
        return None
    many = scene.token(before.last - 1).tag in ("NNS", "NNPS") or before.how() == "people"
    return next(_nations(scene, before.first, before.last), None) if many or first == hit.first else None


def _among(scene: Scene, hit: Hit) -> str | None:
    """Return the nationality of the others beside a name: NAME and three other Peruvian nationals."""
    at = hit.last
    if at >= len(scene.words) or scene.words[at].key != "and":
        return None
    behind = range(at + 1, min(at + 1 + _OTHERS, len(scene.words)))
    other = next((n for n in behind if scene.words[n].key == "other"), None)
    return next(_nations(scene, other + 1, min(other + 2, len(scene.words))), None) if other else None


def _predicated(scene: Scene, hit: Hit) -> str | None:
    """Return the nationality of what somebody is or is an example of, by the tree: NAME was a British aid worker."""
    tokens = scene.sentence.tokens
    inside = {scene.words[at].token for at in range(hit.first, hit.last)}
    top = next((n for n in sorted(inside) if tokens[n].head not in inside), None)
    seen = set(inside)
    while top is not None and tokens[top].relation == "conj" and tokens[top].head not in seen:
        top = tokens[top].head
        seen.add(top)
    if top is None:
        return None
    told = [n for n, t in enumerate(tokens) if t.head == top and t.relation.startswith("acl")]
    if tokens[top].relation == "appos" and tokens[top].head >= 0:
        told.append(tokens[top].head)
        top = tokens[top].head
    if tokens[top].relation.startswith("nsubj") and tokens[top].head >= 0:
        told.append(tokens[top].head)
    apposition = top not in inside
    nouns = {n for n in told if (apposition and n == top) or _is_copular(scene, n)}
    return _of_nouns(scene, nouns) if nouns else None


def _is_copular(scene: Scene, at: int) -> bool:
    """Say whether a word is a predicate that is not denied: is Belgian, were U.S. journalists."""
    beside = [t for t in scene.sentence.tokens if t.head == at]
    return any(t.relation == "cop" for t in beside) and not any(t.lemma in ("not", "n't") for t in beside)


def _of_nouns(scene: Scene, nouns: set[int]) -> str | None:
    """Return the nationality that a noun is or that stands before it."""
    tokens = scene.sentence.tokens
    near = nouns | {n for n, t in enumerate(tokens) if t.head in nouns and t.relation in _LINKS}
    places = [at for at, word in enumerate(scene.words) if word.token in near]
    return next((code for at in places for code in _nations(scene, at, at + 1)), None)


def behind(use: tuple[Scene, Description], sector: str | None) -> tuple[str | None, str | None]:
    """Return country and sector of `NAME of the New York Times` or `NAME (REUTERS)`."""
    scene, description = use
    at = description.hit.last
    if at + 1 < len(scene.words) and scene.words[at].key in ("of", "from", "with"):
        skip = scene.words[at + 1].key == "the"
        hit = scene.hit(at + 1 + skip)
        entry = hit.entries[0] if hit and hit.entries else None
        if entry and entry.kind == "organisation":
            return entry.code, sector or entry.sector
    return None, sector
