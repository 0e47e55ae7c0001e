"""Sentences whose words are given: the tree of each, however long it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.language.features import quoted
from communique.language.lemmas import Lemmas
from communique.language.reader import Parse, Parser
from communique.language.sentences import cut
from communique.records import Span, Token

_OF_WORDS = ("heads", "relations", "tags", "pos", "names", "roles")
"""What a parse says of each word."""


def tokens_of(sentences: Sequence[Sequence[str]], parser: Parser, lemmas: Lemmas) -> list[tuple[Token, ...]]:
    """Return the tokens of each sentence, in order; their spans count in its words joined by blanks.

    A sentence too long for the encoder is read in parts, at its semicolons or commas; the later parts
    hang on the first as `parataxis`.
    """
    bounds = [list(cut(words, 0, len(words))) for words in sentences]
    flags = [quoted(words)[0] for words in sentences]
    parts = [(n, first, end) for n, pieces in enumerate(bounds) for first, end in pieces]
    parses = iter(
        parser.parse(
            [list(sentences[n][first:end]) for n, first, end in parts],
            [flags[n][first:end] for n, first, end in parts],
        )
    )
    return [
        tuple(_tokens(words, joined([next(parses) for _ in pieces]), lemmas))
        for words, pieces in zip(sentences, bounds, strict=True)
    ]


def joined(parts: Sequence[Parse]) -> Parse:
    """Return the parses of one sentence's parts as one, with the root of the first."""
    if len(parts) == 1:
        return parts[0]
    values = {field: [x for part in parts for x in getattr(part, field)] for field in _OF_WORDS}
    root, place = parts[0].heads.index(0) + 1, len(parts[0].heads)
    for part in parts[1:]:
        end = place + len(part.heads)
        values["heads"][place:end] = [head + place if head else root for head in part.heads]
        values["relations"][place + part.heads.index(0)] = "parataxis"
        place = end
    return Parse(
        heads=values["heads"],
        relations=values["relations"],
        tags=values["tags"],
        pos=values["pos"],
        names=values["names"],
        roles=values["roles"],
    )


def _tokens(words: Sequence[str], parse: Parse, lemmas: Lemmas) -> Iterator[Token]:
    start = 0
    for word, pos, tag, head, relation, role in zip(
        words, parse.pos, parse.tags, parse.heads, parse.relations, parse.roles, strict=True
    ):
        span = Span(start, start + len(word))
        yield Token(span, word, lemmas.of(word, pos, tag), pos, tag, head - 1, relation, role)
        start = span.end + 1
