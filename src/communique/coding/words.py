"""How often a word names an event of a category, weighed with what the encoder says of it in its sentence.

The encoder is small and knows a word by its company; what it has no room for is how seldom coders take a common word for an
event: in train articles *attack* names an ASSAULT once in five times, *accused* an ACCUSE four times in five, *war* next to
nothing. The counts stand in `data/words.csv` for anybody to read (`training/words.py` makes them).
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from communique.records import EventWord, Token

STRENGTH = 0.4
"""How much of a word's log-odds is added to the encoder's. Of 0.1 to 0.7, F1 of words on development articles is best at 0.3 (0.490
to 0.507), F1 of the events then coded at 0.4."""
ALIKE = 8
"""Times that a word is taken to have been seen as its dictionary form is, and that one as all words are."""
ALL_WORDS = ""
LEAST, MOST = 1e-6, 0.9999
"""Shares beyond them are taken for them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a word was seen, and how often as an event of each category."""

    times: int
    events: Mapping[str, int]


class EventWords:
    """The counted words."""

    def __init__(self, forms: Mapping[str, Seen], lemmas: Mapping[str, Seen], of: Mapping[str, str]) -> None:
        """Take the counts by form and by dictionary form, and the dictionary form of each form."""
        self._forms, self._lemmas, self._of = forms, lemmas, of
        self._every = forms[ALL_WORDS]

    @classmethod
    def load(cls) -> EventWords:
        """Return the shipped counts."""
        return _shipped()

    def weighed(self, acts: Sequence[EventWord], tokens: Sequence[Token]) -> list[EventWord]:
        """Return the event words of a sentence with their shares by the encoder and by the counts together."""
        return [self._weighed(word, tokens[word.token]) for word in acts]

    def _weighed(self, word: EventWord, token: Token) -> EventWord:
        form, lemma = token.text.lower(), token.lemma.lower()
        odds = {
            c: _odds(share) * math.exp(STRENGTH * self.lift(form, lemma, c)) for c, share in word.categories
        }
        shares = {category: value / (1 + value) for category, value in odds.items()}
        most = max(1.0, sum(shares.values()))
        return replace(word, categories=tuple((category, share / most) for category, share in shares.items()))

    def lift(self, form: str, lemma: str, category: str) -> float:
        """Return by how much likelier than any word a word is to name an event of a category, as a log of odds.

        A word that was not counted is as likely as any of its dictionary form, one whose form was not either as any at all.
        """
        every = self._every.events.get(category, 0) / self._every.times
        if not every:
            return 0.0
        own = _share(self._lemmas.get(self._of.get(form, lemma)), category, every)
        return math.log(_odds(_share(self._forms.get(form), category, own)) / _odds(every))


def _share(seen: Seen | None, category: str, otherwise: float) -> float:
    if seen is None:
        return otherwise
    return (seen.events.get(category, 0) + ALIKE * otherwise) / (seen.times + ALIKE)


def _odds(share: float) -> float:
    share = min(max(share, LEAST), MOST)
    return share / (1 - share)


@lru_cache(maxsize=1)
def _shipped() -> EventWords:
    forms: dict[str, Seen] = {}
    of: dict[str, str] = {}
    times: Counter[str] = Counter()
    events: dict[str, Counter[str]] = {}
    table = files("communique.coding").joinpath("data/words.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        counts = dict(_counts(row["events"]))
        forms[row["word"]] = Seen(int(row["seen"]), counts)
        of[row["word"]] = row["lemma"]
        times[row["lemma"]] += int(row["seen"])
        events.setdefault(row["lemma"], Counter()).update(counts)
    return EventWords(forms, {lemma: Seen(times[lemma], events[lemma]) for lemma in times}, of)


def _counts(told: str) -> list[tuple[str, int]]:
    pairs = (part.split() for part in told.split("|") if part)
    return [(category, int(times)) for category, times in pairs]
