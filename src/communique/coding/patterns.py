"""Patterns: event words, the code they carry, and where in the tree the participants stand.

One TOML file a category in `patterns/`; docs/patterns.md explains the format. Every pattern carries
sentences that must match and, where its words are ambiguous, sentences that must not: they are tests.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from communique.errors import OntologyError, SettingsError
from communique.ontology import Category, Ontology, category, extend, plover

WORD_CLASSES = ("verb", "noun", "adjective")
CONTENTS = frozenset({"none", "called_for", "claimed", "denied", "future", "own-claim"})
LEMMA_LISTS = (
    "object", "not_object", "subject", "not_subject", "complement", "about", "not_about",
    "modifier", "not_modifier", "figurative", "particle",
)  # fmt: skip
OTHER_KEYS = frozenset(
    {"id", "event", "mode", "actor", "recipient", "reciprocal", "aux", "content", "yes", "no", "needs"}
)
ROLES = frozenset(
    {
        "subject", "object", "iobj", "agent", "possessive", "modifier", "of", "by", "between",
        "complement-subject", "complement-object", "head-subject", "head-object", "possessor-of-object",
    }
)  # fmt: skip
NO_EVENT = "none"
"""What a user's pattern gives instead of a category to say that its words are no event."""
DEFAULT_ROLES = {
    "verb": (("subject",), ("object", "possessor-of-object")),
    "noun": (("possessive", "by", "modifier", "head-subject"), ("prep:on|against|at", "of")),
    "adjective": (("subject",), ("prep:of|to|with",)),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of saying that something happened. Lemma sets are empty where nothing is asked."""

    id: str
    word_class: str
    words: frozenset[str]
    event: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    reciprocal: bool = False
    aux: tuple[str, ...] = ()
    content: str = "none"
    needs: tuple[str, ...] = ()
    guards: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """`object`, `not_object` … to lemma sets; absent where nothing is asked."""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    own: bool = False
    """A user's own pattern: before the package's for its words, and coded whatever the encoder says."""

    @property
    def weight(self) -> float:
        """How much the pattern asks for: of two that match one word, the more demanding wins.

        What a pattern forbids says little of how closely it fits: weighing it less settled a tenth of
        the contests between patterns that the files' own examples show to be wrong.
        """
        forbidding = [key for key in self.guards if key.startswith("not_") or key == "figurative"]
        asking = len(self.guards) - len(forbidding)
        return 3 * asking + 2 * len(self.needs) + 0.1 * len(forbidding) + (self.mode is not None)


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns, by lemma, and the words that tell modes of ASSAULT, REQUEST and REJECT apart."""

    by_lemma: Mapping[str, tuple[Pattern, ...]]
    instruments: Mapping[str, frozenset[str]]
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The modes of what is asked or refused, with the words that tell them; of two, the first counts."""

    @property
    def all(self) -> tuple[Pattern, ...]:
        """Every pattern once, by id."""
        unique = {p.id: p for found in self.by_lemma.values() for p in found}
        return tuple(unique[key] for key in sorted(unique))


def load(extra: Iterable[str | Path] = ()) -> Patterns:
    """Read the package's pattern files and the user's own, which come first for their words.

    Raises SettingsError, with file and pattern id, on an unknown key, role, label or a double id.
    """
    shipped = [
        entry for entry in (files("communique.coding") / "patterns").iterdir() if entry.name.endswith(".toml")
    ]
    texts = {entry.name: entry.read_text(encoding="utf-8") for entry in sorted(shipped, key=lambda e: e.name)}
    texts |= {path: own_text(path) for path in map(str, extra)}
    own = texts.keys() - {entry.name for entry in shipped}
    by_lemma: dict[str, list[Pattern]] = defaultdict(list)
    instruments: dict[str, frozenset[str]] = {}
    asked: dict[str, frozenset[str]] = {}
    seen: set[str] = set()
    for name, text in texts.items():
        data = _parse(name, text)
        if name in own:
            extend(_labels(name, data))
        instruments |= {mode: frozenset(words) for mode, words in data.get("instruments", {}).items()}
        asked |= {m: _lemmas(name, w, data.get("lists", {})) for m, w in data.get("asked", {}).items()}
        for row in data.get("pattern", []):
            pattern = _pattern(name, row, data.get("lists", {}), plover())
            pattern = replace(pattern, own=name in own)
            if pattern.id in seen:
                raise SettingsError(f"{name}: pattern id {pattern.id!r} stands twice; give each its own")
            seen.add(pattern.id)
            for word in pattern.words:
                by_lemma[word].append(pattern)
    return Patterns({word: tuple(found) for word, found in by_lemma.items()}, instruments, asked)


def own_text(path: str) -> str:
    """Return the text of a user's pattern file. Raises SettingsError if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error


def _labels(name: str, data: dict[str, Any]) -> list[Category]:
    """Return the categories that a user's file adds, and PLOVER's with the modes that it adds to them."""
    known = plover().categories
    found = []
    for label, row in data.get("categories", {}).items():
        try:
            found.append(category(label, {"recipient": False, "modes": {}, **row}))
        except (KeyError, TypeError) as error:
            raise SettingsError(
                f"{name}: category {label!r} needs quad (1 to 4) and score: {error}"
            ) from error
    for label, modes in data.get("modes", {}).items():
        if label not in known:
            raise SettingsError(f"{name}: modes are given for {label!r}, which is no category of PLOVER")
        found.append(replace(known[label], modes=modes))
    return found


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: not TOML: {error}") from error


def _pattern(name: str, row: dict[str, Any], lists: dict[str, list[str]], ontology: Ontology) -> Pattern:
    identifier = row.get("id", "?")
    where = f"{name}: pattern {identifier!r}"
    word_class = _word_class(where, row)
    mode = row.get("mode")
    try:
        if row.get("event") != NO_EVENT:
            ontology.check(row.get("event", ""), (mode,) if mode else ())
    except OntologyError as error:
        raise SettingsError(f"{where}: {error}") from error
    actor, recipient = DEFAULT_ROLES[word_class]
    pattern = Pattern(
        id=identifier,
        word_class=word_class,
        words=_lemmas(where, row[word_class], lists),
        event=row["event"],
        mode=mode,
        actor=_roles(where, row.get("actor", actor)),
        recipient=_roles(where, row.get("recipient", recipient)),
        reciprocal=row.get("reciprocal", False),
        aux=tuple(row.get("aux", ())),
        content=row.get("content", "none"),
        needs=_roles(where, row.get("needs", ())),
        guards={key: _lemmas(where, row[key], lists) for key in LEMMA_LISTS if key in row},
        yes=tuple(row.get("yes", ())),
        no=tuple(row.get("no", ())),
    )
    if pattern.content not in CONTENTS:
        raise SettingsError(f"{where}: content {pattern.content!r} is none of {', '.join(sorted(CONTENTS))}")
    return pattern


def _word_class(where: str, row: dict[str, Any]) -> str:
    classes = [key for key in WORD_CLASSES if key in row]
    unknown = set(row) - set(WORD_CLASSES) - set(LEMMA_LISTS) - OTHER_KEYS
    if len(classes) != 1 or unknown:
        raise SettingsError(f"{where}: needs one of verb, noun, adjective; unknown keys: {sorted(unknown)}")
    return classes[0]


def _lemmas(where: str, words: str | list[str], lists: dict[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in [words] if isinstance(words, str) else words:
        if word.startswith("@"):
            if word[1:] not in lists:
                raise SettingsError(f"{where}: no list {word!r} in this file")
            found |= set(lists[word[1:]])
        else:
            found.add(word.lower())
    return frozenset(found)


def _roles(where: str, roles: Iterable[str]) -> tuple[str, ...]:
    for role in roles:
        if role not in ROLES and not role.startswith("prep:"):
            raise SettingsError(f"{where}: no role {role!r}; one of {', '.join(sorted(ROLES))} or prep:WORD")
    return tuple(roles)
