"""What a text is about: PLOVER's contexts of a document, or of any passage.

A linear model over two views of the words: the topics that they belong to (learned from unlabelled
news, so that a few hundred labelled articles are enough) and how often words of each context's list
in `data/contexts.toml` stand there. Made by `training/contexts.py`; needs numpy only.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique import models
from communique.ontology import plover
from communique.records import CODED_BLOCKS, Document, Event

Vector = NDArray[np.float32]

LONGEST_TEXT = 10_000
"""Characters that are read of a text: what an article is about stands in its first pages."""
LONGEST_PHRASE = 3
"""Words of the longest phrase of the lists."""
RATE_WORDS, FEWEST_WORDS = 300, 80
"""Words of a list are counted for each 300 words of text, of texts of at least 80 words, about a paragraph."""
LIST_WEIGHT = 0.5
"""Weight of the lists' counts beside the topics: 0.5 and 1.0 gave the same within 0.002 in cross-validation."""
MOST = 4
"""Contexts of a document (corpus/GUIDE.md, section 8)."""
LEAST_OF_FIRST = 0.1
"""The likeliest context is given from this share on, under the threshold too: every document is about something."""
MODES_OF_CONTEXTS = frozenset({"misinformation", "cyber"})
"""Modes of COERCE that add the context of the same name (PLOVER manual, COERCE)."""

_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’]s\b")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, plurals and possessives as singulars.

    >>> words("The rebels' armies, Kyiv’s allies")
    ['the', 'rebel', 'army', 'kyiv', 'ally']
    """
    return [_singular(word) for word in _WORD.findall(_POSSESSIVE.sub("", text[:LONGEST_TEXT]).lower())]


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


class WordLists:
    """The lists of `data/contexts.toml`: which words and phrases speak for which context."""

    def __init__(self, lists: Mapping[str, Sequence[str]], labels: Sequence[str]) -> None:
        """Take the words of each context; raises ValueError naming a context that is not PLOVER's."""
        unknown = sorted(lists.keys() - plover().contexts)
        if unknown:
            raise ValueError(f"contexts.toml: {', '.join(unknown)}: no context of PLOVER")
        self._labels: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._size = len(labels)
        for place, label in enumerate(labels):
            for phrase in lists.get(label, ()):
                self._labels[tuple(words(phrase))].add(place)
        self._openers = {phrase[0] for phrase in self._labels if phrase}

    @classmethod
    def load(cls, labels: Sequence[str]) -> WordLists:
        """Read the package's lists."""
        file = files("communique") / "coding" / "data" / "contexts.toml"
        rows = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
        return cls({name: [word.strip() for word in row.split(";")] for name, row in rows.items()}, labels)

    def rates(self, text: Sequence[str]) -> Vector:
        """Return, for each context, how often its words stand in a text, on a logarithmic scale."""
        found = np.zeros(self._size, np.float32)
        for at, word in enumerate(text):
            if word in self._openers:
                for length in range(1, LONGEST_PHRASE + 1):
                    for place in self._labels.get(tuple(text[at : at + length]), ()):
                        found[place] += 1
        rates: Vector = np.float32(LIST_WEIGHT) * np.log1p(
            found * np.float32(RATE_WORDS / max(len(text), FEWEST_WORDS))
        )
        return rates


class Topics:
    """Turns the words of a text into a vector of topics."""

    def __init__(self, terms: Sequence[str], rarity: Vector, topics: Vector) -> None:
        """Take the terms, how rare each is, and their topics (terms, width)."""
        self._places = {term: place for place, term in enumerate(terms)}
        self._rarity, self._topics = rarity, topics

    def vector(self, text: Sequence[str]) -> Vector:
        """Return the text's topics, a vector of length one; zero where no term is known."""
        counts = [(self._places[w], n) for w, n in Counter(text).items() if w in self._places]
        if not counts:
            return np.zeros(self._topics.shape[1], np.float32)
        places = np.array([place for place, _ in counts])
        weights = (1 + np.log(np.array([n for _, n in counts], np.float32))) * self._rarity[places]
        vector: Vector = weights @ self._topics[places]
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


@dataclass(frozen=True, slots=True)
class Weights:
    """The linear model: a row for each context over the topics, the weight of its own list, the bias."""

    topics: Vector
    lists: Vector
    bias: Vector
    threshold: float


class Contexts:
    """The shipped model of contexts.

    >>> Contexts.load().of_text("The foreign ministers held talks on a treaty in Oslo.")
    ('diplomatic',)
    """

    def __init__(self, labels: Sequence[str], lists: WordLists, topics: Topics, weights: Weights) -> None:
        """Join the parts; `Contexts.load()` makes them."""
        self.labels, self._lists, self._topics, self._weights = tuple(labels), lists, topics, weights

    @classmethod
    def load(cls) -> Contexts:
        """Load the model named `contexts` of the manifest; raises ModelError if its file is not right."""
        with np.load(models.model("contexts").path("contexts.npz"), allow_pickle=False) as stored:
            data: dict[str, Any] = dict(stored)
        labels, terms = (bytes(data[name]).decode("utf-8").split("\n") for name in ("labels", "terms"))
        topics = Topics(
            terms, data["rarity"].astype(np.float32), data["topics"].astype(np.float32) * data["scales"]
        )
        weights = Weights(data["of_topics"], data["of_lists"], data["bias"], float(data["threshold"]))
        return cls(labels, WordLists.load(labels), topics, weights)

    def shares(self, text: str) -> dict[str, float]:
        """Return how likely a text is about each context, from 0 to 1."""
        found = words(text)
        of, rates = self._weights, self._lists.rates(found)
        scores = of.topics @ self._topics.vector(found) + of.lists * rates + of.bias
        return dict(zip(self.labels, (1 / (1 + np.exp(-scores))).tolist(), strict=True))

    def of_text(self, text: str) -> tuple[str, ...]:
        """Return the contexts of a text, the likeliest first, at most MOST of them."""
        shares = self.shares(text)
        ordered = sorted(shares, key=shares.__getitem__, reverse=True)
        first = ordered[:1] if shares[ordered[0]] >= LEAST_OF_FIRST else []
        return tuple(first + [name for name in ordered[1:MOST] if shares[name] >= self._weights.threshold])

    def of_document(self, document: Document) -> tuple[str, ...]:
        """Return the contexts of a document: what it is about as a whole."""
        return self.of_text(reading(document))

    def added(self, events: Sequence[Event], document: Document) -> tuple[Event, ...]:
        """Return a document's events with their contexts: the document's, then that of their own mode.

        A paragraph's own contexts are not added: of 171 that the model was surest of in the training
        documents beyond the document's, the coders had given 18 (docs/models/contexts.md).
        """
        if not events:
            return ()
        whole = self.of_document(document)
        return tuple(
            replace(event, context=tuple(dict.fromkeys((*whole, *_of_mode(event))))) for event in events
        )


def reading(document: Document) -> str:
    """Return the words of a document that say what it is about: its title and the blocks that are coded."""
    return "\n\n".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    blocks = [b for b in document.blocks if b.kind in CODED_BLOCKS and b.repeats is None]
    body = "\n\n".join(block.span.of(document.text) for block in blocks) or document.text
    if document.title and document.title not in body[: 2 * len(document.title) + 200]:
        yield document.title
    yield body


def _of_mode(event: Event) -> tuple[str, ...]:
    return tuple(mode for mode in event.mode if event.category == "COERCE" and mode in MODES_OF_CONTEXTS)
