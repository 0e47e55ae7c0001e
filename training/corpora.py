"""The two corpora of the reading model, as examples with the same fields.

EWT has gold syntax and neither names nor attributions. PolNeAR has gold attributions, and syntax and
names by CoreNLP, which `silver.py` brings to Universal Dependencies 2. What a corpus lacks is
`IGNORED` and adds nothing to the loss.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.language.features import cases, quoted
from training.names import corrected, surnames
from training.silver import Row, split_hyphens, to_version_two

if TYPE_CHECKING:  # benchmarks read these corpora where torch is not installed
    from torch import Tensor

IGNORED = -100
NAMES = ("O", "PERSON", "ORGANIZATION", "LOCATION", "MISC")
ROLES = ("O", "source", "cue", "content")
GOLD, SILVER, ANNOTATED, TAUGHT = 0, 1, 2, 3
HEADLINE_SHARE = 0.7
"""Share of capitalised words from which CoreNLP's names are not learned: it takes headlines for names."""


@dataclass(frozen=True, slots=True)
class Act:
    """An event of a sentence; what is None is not known."""

    trigger: list[int]
    """The words that name it."""
    category: str
    mode: str | None
    """Empty where it has none."""
    status: str | None
    aux: tuple[str, ...] | None
    parties: tuple[list[int] | None, list[int] | None]
    """The words of its actors and of its recipients, as far as they stand in the sentence."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What a teacher says of a sentence of W words, as probabilities."""

    words: dict[str, Tensor]
    """Its answers of each word to the questions that it was asked: `arcs` (W, W+1), `names` (W, 5), `roles` (W, 4),
    `events` (W, 17), the root and `O` first."""
    acts: ActsTaught


@dataclass(frozen=True, slots=True)
class ActsTaught:
    """What a teacher says of the N words of a sentence that may name an event."""

    word: Tensor
    weight: Tensor
    """(N): how likely the word names one."""
    mode: Tensor
    status: Tensor
    aux: Tensor
    parties: Tensor
    """(N, 2, W): how likely each word is one of an actor, of a recipient."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what is known of each word; labels are names, None where nothing is known."""

    words: list[str]
    case: list[int]
    quotation: list[int]
    heads: list[int]
    """0 for the root, else the number of the head counted from 1; `IGNORED` where not known."""
    relations: list[str | None]
    tags: list[str | None]
    pos: list[str | None]
    names: list[str | None]
    roles: list[str | None]
    origin: int
    events: list[str | None] = field(default_factory=list)
    """The category that each word names; empty where nothing is known."""
    acts: tuple[Act, ...] = ()
    corrected: list[str | None] = field(default_factory=list)
    """The names as what the actor tables know puts them right, where `names` are CoreNLP's."""
    taught: Taught | None = None
    """A teacher's answers, where nobody has annotated the sentence."""


def ewt(path: Path) -> list[Example]:
    """Read a CoNLL-U file of gold syntax."""
    return [_gold(rows) for rows in _conllu(path) if rows]


def _conllu(path: Path) -> Iterator[list[list[str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if fields[0].isdigit():
                rows.append(fields)
            elif not line.strip():
                yield rows
                rows = []


def _gold(rows: list[list[str]]) -> Example:
    words = [row[1] for row in rows]
    nothing: list[str | None] = [None] * len(words)
    return Example(
        words,
        cases(words),
        quoted(words)[0],
        [int(row[6]) for row in rows],
        [row[7] for row in rows],
        [row[4] for row in rows],
        [row[3] for row in rows],
        nothing,
        nothing,
        GOLD,
    )


def polnear(path: Path) -> list[Example]:
    """Read PolNeAR, leaving out what its annotators marked as boilerplate."""
    examples: list[Example] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            examples += _article(json.loads(line))
    return examples


def _article(article: dict[str, Any]) -> list[Example]:
    text = article["text"]
    roles = _roles(article)
    discarded = _discarded(article)
    examples: list[Example] = []
    inside, end = False, 0
    for sentence in article["sentences"]:
        inside = inside and "\n" not in text[end : sentence["start"]]
        rows = [
            Row(text[s:e], tag, name, head, relation, roles.get(s, "O"))
            for s, e, tag, _, name, head, relation in sentence["tokens"]
        ]
        rows = split_hyphens(to_version_two(rows))
        quotation, inside = quoted([row.word for row in rows], inside)
        end = sentence["end"]
        if rows and not any(s <= sentence["start"] < e for s, e in discarded):
            examples.append(_silver(rows, quotation))
    persons = {name for e in examples for name in surnames(e.names, e.words)}
    return [replace(e, corrected=corrected(e.names, e.words, persons)) for e in examples]


def _roles(article: dict[str, Any]) -> dict[int, str]:
    """Return the role of each character; a nested source or cue stays visible inside a content.

    An article annotated several times counts in its first annotator's version only.
    """
    annotator = (article["annotators"] or [None])[0]
    roles: dict[int, str] = {}
    for part in ("content", "source", "cue"):
        for attribution in article["attributions"]:
            if attribution["annotator"] == annotator:
                for start, end in attribution.get(part) or []:
                    roles.update(dict.fromkeys(range(start, end), part))
    return roles


def _discarded(article: dict[str, Any]) -> list[list[int]]:
    regions = article.get("regions") or []
    return [span for region in regions if region["type"] == "discard" for span in region["spans"]]


def _silver(rows: list[Row], quotation: list[int]) -> Example:
    words = [row.word for row in rows]
    lettered = [word for word in words if word[:1].isalpha()]
    headline = sum(word[:1].isupper() for word in lettered) > HEADLINE_SHARE * len(lettered)
    return Example(
        words,
        cases(words),
        quotation,
        [IGNORED if row.relation is None else row.head + 1 for row in rows],
        [row.relation for row in rows],
        [row.tag for row in rows],
        [None] * len(words),
        [None if headline or row.name is None else _name(row.name) for row in rows],
        [row.role for row in rows],
        SILVER,
    )


def _name(label: str) -> str:
    return label if label in NAMES else "O"
