"""How well statements are found: against attributions marked by hand as in PolNeAR.

Spans are compared as the words that they cover. An outer full stop or comma and an outer quotation mark are not
words of anybody's, and annotators differ on them at no gain, so that marks at the ends of a span do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from communique.evaluate.tallies import Tally
from communique.records import Span, Statement

PARTS = ("source", "cue", "content")
PRIORITY = ("cue", "source", "content")
"""Which part a word has in agreement by word, where it has several: nested ones stay visible."""
NOTHING = "none"

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as spans of its three parts; a part may be empty."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def part(self, name: str) -> tuple[Span, ...]:
        """Return the spans of a part by its name."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


@dataclass(frozen=True, slots=True)
class Read:
    """A document's words, and which of them count: those outside what annotators set aside."""

    words: tuple[Span, ...]
    text: str
    discarded: tuple[Span, ...] = ()

    def of(self, spans: Sequence[Span]) -> Words:
        """Return the numbers of the words that spans cover; marks only between words."""
        covered = [i for i, word in enumerate(self.words) if any(s.overlaps(word) for s in spans)]
        lettered = [i for i in covered if self._lettered(i)]
        return frozenset(i for i in covered if lettered and lettered[0] <= i <= lettered[-1])

    def counts(self, attribution: Attribution) -> bool:
        """Say whether an attribution stands outside the discarded regions."""
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        return not any(region.overlaps(span) for region in self.discarded for span in spans)

    def _lettered(self, word: int) -> bool:
        return any(character.isalnum() for character in self.words[word].of(self.text))


def attribution(statement: Statement) -> Attribution:
    """Return a statement of ours as an attribution."""
    source = (statement.source.span,) if statement.source is not None else ()
    return Attribution(source, (statement.cue,) if statement.cue else (), statement.content)


@dataclass(frozen=True, slots=True)
class Parts:
    """An attribution as words."""

    source: Words
    cue: Words
    content: Words

    def part(self, name: str) -> Words:
        """Return the words of a part by its name."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


def tally(read: Read, gold: Iterable[Attribution], found: Iterable[Attribution]) -> Tally:
    """Count one document: words by part, exact spans, and sources joined to their contents."""
    golds = [_parts(read, one) for one in gold if read.counts(one)]
    founds = [_parts(read, one) for one in found if read.counts(one)]
    counts = Tally()
    for name in PARTS:
        one, other = _union(golds, name), _union(founds, name)
        counts.add(f"word/{name}", len(one & other), len(other - one), len(one - other))
        _pairs(counts, f"exact/{name}", _with(golds, name), _with(founds, name), _same(name))
    _pairs(counts, "joined", _with(golds, "content"), _with(founds, "content"), joined)
    return counts


def _parts(read: Read, one: Attribution) -> Parts:
    return Parts(read.of(one.source), read.of(one.cue), read.of(one.content))


def _union(several: Sequence[Parts], name: str) -> Words:
    return frozenset().union(*(one.part(name) for one in several))


def _with(several: Sequence[Parts], name: str) -> list[Parts]:
    return [one for one in several if one.part(name)]


def _same(name: str) -> Callable[[Parts, Parts], float]:
    return lambda one, other: float(one.part(name) == other.part(name))


def joined(gold: Parts, found: Parts) -> float:
    """Return how much a found attribution is a gold one: 0, or the share of common words of both contents.

    Contents share at least half of the shorter; sources share a word, or neither has one.
    """
    common = len(gold.content & found.content)
    if common * 2 < min(len(gold.content), len(found.content)):
        return 0.0
    if not (gold.source & found.source) and (gold.source or found.source):
        return 0.0
    return common / len(gold.content | found.content)


def _pairs(
    counts: Tally,
    key: str,
    golds: Sequence[Parts],
    founds: Sequence[Parts],
    merit: Callable[[Parts, Parts], float],
) -> None:
    """Count pairs, one to one, the best first."""
    ranked = sorted(
        ((merit(g, f), -i, -j) for i, g in enumerate(golds) for j, f in enumerate(founds)), reverse=True
    )
    taken: set[int] = set()
    used: set[int] = set()
    for value, i, j in ranked:
        if value > 0 and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
    counts.add(key, len(taken), len(founds) - len(used), len(golds) - len(taken))


# --------------------------------------------------------------------------- agreement by word


def labels(read: Read, several: Iterable[Attribution]) -> list[str]:
    """Return one label a word, for agreement: cue before source before content before none."""
    chosen = [NOTHING] * len(read.words)
    kept = [_parts(read, one) for one in several if read.counts(one)]
    for name in reversed(PRIORITY):
        for word in _union(kept, name):
            chosen[word] = name
    return chosen
