"""Dictionary forms, by lemminflect's lists and a short one of our own for what English joins or bends."""

from __future__ import annotations

from collections.abc import Callable

CLITICS = {
    "n't": "not",
    "n’t": "not",
    "'s": "'s",
    "’s": "'s",
    "'ve": "have",
    "’ve": "have",
    "'re": "be",
    "’re": "be",
    "'m": "be",
    "’m": "be",
    "'ll": "will",
    "’ll": "will",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "an": "a",
    "could": "could",
    "would": "would",
    "should": "should",
    "might": "might",
    "must": "must",
    "may": "may",
}
"""Forms whose dictionary form does not depend on the word's class, or only as `_IN_VERBS` says."""

_IN_VERBS = {"'s": "be", "’s": "be", "'d": "would", "’d": "would", "ai": "be"}
_BENT = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV"})
_BASE = frozenset({"JJ", "RB", "NN", "VB"})
_PRONOUNS = {
    "me": "I",
    "i": "I",
    "him": "he",
    "them": "they",
    "us": "we",
    "'em": "they",
    "these": "this",
    "those": "that",
    "my": "my",
    "whom": "who",
}


class Lemmas:
    """Gives dictionary forms, each distinct word and class once."""

    def __init__(self) -> None:
        """Load lemminflect's tables (a third of a second)."""
        from lemminflect import getLemma

        self._lookup: Callable[..., tuple[str, ...]] = getLemma
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, word: str, pos: str, tag: str = "") -> str:
        """Return the dictionary form of a word of a universal class; names keep their spelling.

        The Penn tag keeps base forms as they are: "terrorist" is no superlative, "news" no plural.
        """
        key = (word, pos, tag)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(word, pos, tag)
        return found

    def _find(self, word: str, pos: str, tag: str) -> str:
        lower = word.lower()
        if pos in ("VERB", "AUX") and lower in _IN_VERBS:
            return _IN_VERBS[lower]
        if lower in CLITICS and pos not in ("NOUN", "PROPN"):
            return CLITICS[lower]
        if pos == "PRON":
            return _PRONOUNS.get(lower, lower)
        if pos in ("PROPN", "NUM", "PUNCT", "SYM", "X"):
            return word
        if pos in _BENT and tag not in _BASE:
            forms = self._lookup(lower, upos=pos)
            return forms[0] if forms else lower
        return lower
