"""The verbs and nouns by which news attributes words, and what each does with them: read from `data/cues.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.errors import KnowledgeError

OPENING_QUOTES = '“"«„'
CLOSING_QUOTES = '”"»'

CLASSES = ("verb", "noun", "naming", "occasion", "speaking", "audience", "title")
POLARITIES = ("asserts", "denies", "asks", "promises", "threatens", "evaluates")
POSITIONS = frozenset({"object", "to", "at", "on", "upon", "of", "from", "with", "before", "for"})
"""Where the addressee stands: as the object ("told reporters"), or behind a preposition ("said to reporters")."""
COLUMNS = ("word", "class", "polarity", "alone", "denies_object", "addressee", "note")


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table; docs/statements.md says what each column means."""

    word: str
    word_class: str
    polarity: str
    alone: bool
    denies_object: bool
    addressee: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of the table by class."""

    verbs: Mapping[str, Cue]
    nouns: frozenset[str]
    naming: frozenset[str]
    """Verbs that give somebody's word for a thing: what Russia called an "invasion"."""
    occasions: Mapping[str, Cue]
    """Nouns that say on what occasion somebody spoke, and to whom: a letter to, an interview with."""
    speaking: Mapping[str, Cue]
    """Verbs that do the same beside a cue: speaking to reporters, he said."""
    audience: frozenset[str]
    """Nouns for those who are spoken to."""
    titles: frozenset[str]
    """Words with which a speaker's label in a transcript begins: MR. SPICER, THE PRESIDENT, Moderator."""

    def alone(self, lemma: str) -> bool:
        """Say whether a verb is a cue by grammar alone, where the reading model sees none."""
        return lemma in self.verbs and self.verbs[lemma].alone

    def denies_object(self, lemma: str) -> bool:
        """Say whether what stands as a verb's object is said not to be so: denied the charge."""
        return lemma in self.verbs and self.verbs[lemma].denies_object

    def polarity(self, lemma: str) -> str:
        """Return what a cue does: asserts, denies, asks, promises, threatens or evaluates."""
        return self.verbs[lemma].polarity if lemma in self.verbs else "asserts"


@cache
def cues() -> Cues:
    """Return the table of the package, read once."""
    text = (files("communique.attribution") / "data" / "cues.csv").read_text(encoding="utf-8")
    return read_cues(text, "cues.csv")


def read_cues(text: str, name: str) -> Cues:
    """Read and check a table of cues. A wrong row raises KnowledgeError with file and line."""
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise KnowledgeError(f"{name}, line 1: the columns must be {', '.join(COLUMNS)}")
    found: dict[tuple[str, str], Cue] = {}
    for row in reader:
        cue, fault = _cue(row), _fault(row)
        if not fault and (cue.word_class, cue.word) in found:
            fault = f"{cue.word!r} stands twice as {cue.word_class}"
        if fault:
            raise KnowledgeError(f"{name}, line {reader.line_num}: {fault}")
        found[cue.word_class, cue.word] = cue
    return _by_class(found.values())


def _cue(row: Mapping[str, str | None]) -> Cue:
    return Cue(
        word=row["word"] or "",
        word_class=row["class"] or "",
        polarity=row["polarity"] or "asserts",
        alone=row["alone"] == "yes",
        denies_object=row["denies_object"] == "yes",
        addressee=tuple((row["addressee"] or "").split()),
    )


def _fault(row: Mapping[str, str | None]) -> str:
    """Say what is wrong with a row, or nothing."""
    word, of_verbs = row["word"] or "", row["class"] == "verb"
    strange = sorted(set((row["addressee"] or "").split()) - POSITIONS)
    if None in row or None in row.values():
        return f"a row has {len(COLUMNS)} columns"
    checks = (
        (
            not word or word != word.strip().lower() or " " in word,
            f"{word!r} is not one word in small letters",
        ),
        (row["class"] not in CLASSES, f"class {row['class']!r} is none of {', '.join(CLASSES)}"),
        (of_verbs and row["polarity"] not in POLARITIES, f"polarity is none of {', '.join(POLARITIES)}"),
        (not of_verbs and bool(row["polarity"]), "only verbs have a polarity"),
        (
            row["alone"] not in (("yes", "no") if of_verbs else ("",)),
            "alone is yes or no for verbs, else blank",
        ),
        (row["denies_object"] not in ("yes", ""), "denies_object is yes or blank"),
        (bool(strange), f"addressee {' '.join(strange)!r} is none of {', '.join(sorted(POSITIONS))}"),
    )
    return next((told for wrong, told in checks if wrong), "")


def _by_class(rows: Iterable[Cue]) -> Cues:
    tables: dict[str, dict[str, Cue]] = {name: {} for name in CLASSES}
    for cue in rows:
        tables[cue.word_class][cue.word] = cue
    return Cues(
        verbs=tables["verb"],
        nouns=frozenset(tables["noun"]),
        naming=frozenset(tables["naming"]),
        occasions=tables["occasion"],
        speaking=tables["speaking"],
        audience=frozenset(tables["audience"]),
        titles=frozenset(tables["title"]),
    )
