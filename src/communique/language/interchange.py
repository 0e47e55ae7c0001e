"""An analysis as a spaCy `Doc`, so that displaCy and DependencyMatcher work on it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from communique.records import Analysis

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


@cache
def _vocabulary() -> Vocab:
    """Return spaCy's English vocabulary, which knows LOWER, SHAPE, LIKE_NUM and the like of every word."""
    from spacy.lang.en import English
    from spacy.vocab import create_vocab

    return create_vocab("en", English.Defaults)


def to_spacy(analysis: Analysis) -> Doc:
    """Return the read sentences as one spaCy Doc with heads, tags, lemmas, entities, sentence starts.

    Passages that were not read are left out; `token.idx` therefore counts in the Doc, and
    `doc.user_data["spans"]` holds each token's (start, end) in the document.
    """
    from spacy.tokens import Doc

    tokens = [token for sentence in analysis.sentences for token in sentence.tokens]
    heads: list[int] = []
    starts: list[bool | int | None] = []
    entities: list[str] = []
    for sentence in analysis.sentences:
        offset = len(heads)
        heads += [offset + (i if t.head < 0 else t.head) for i, t in enumerate(sentence.tokens)]
        starts += [i == 0 for i in range(len(sentence.tokens))]
        inside = {
            t.span.start: (m, t.span.start == m.span.start)
            for m in sentence.mentions
            for t in sentence.tokens
            if m.span.covers(t.span)
        }
        marks = [inside.get(token.span.start) for token in sentence.tokens]
        entities += ["O" if mark is None else f"{'B' if mark[1] else 'I'}-{mark[0].label}" for mark in marks]
    following = [token.span.start for token in tokens[1:]] + [token.span.end for token in tokens[-1:]]
    doc = Doc(
        _vocabulary(),
        words=[t.text for t in tokens],
        spaces=[t.span.end != after for t, after in zip(tokens, following, strict=True)],
        heads=heads,
        deps=["ROOT" if t.head < 0 else t.relation for t in tokens],
        tags=[t.tag for t in tokens],
        pos=[t.pos for t in tokens],
        lemmas=[t.lemma for t in tokens],
        ents=entities,
        sent_starts=starts,
    )
    doc.user_data["spans"] = [(t.span.start, t.span.end) for t in tokens]
    return doc
