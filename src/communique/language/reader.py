"""The reading of documents: paragraphs, sentences and words by rule, everything else in one encoder pass, as far as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from communique import collector, models
from communique.language.acts import ActReader, Guesses
from communique.language.features import Pieces, cases, quoted, shapes
from communique.language.lemmas import Lemmas
from communique.language.sentences import paragraphs, sentences
from communique.language.tokens import PLAIN, Words
from communique.language.tree import Floats, Ints, mended, trees
from communique.records import (
    CODED_BLOCKS,
    Analysis,
    Block,
    Document,
    EventWord,
    Mention,
    Sentence,
    Span,
    Token,
)

PIECES_PER_BATCH = 240
"""Pieces in one call of the encoder, of sentences that have the same number of them: nothing is padded, nothing is
masked. 160 to 320 read alike; 500, whose vectors no longer fit the cache, took a tenth to a quarter longer."""

WORDS_IN_FLIGHT = 24_000
"""Words collected over documents before they are read, so that sentences of the same length meet: a batch then has
150 pieces on average. Memory stays under 300 MB."""

GOLD, SILVER = 0, 1
"""Whose way of drawing trees: EWT's, or PolNeAR's (CoreNLP's)."""

OWN = "communique"
"""The reading model of this package, as `Settings.reader` names it."""


@dataclass(frozen=True, slots=True)
class Parse:
    """What the model says of one sentence of given words."""

    heads: list[int]
    """0 for the root, else counted from 1."""
    relations: list[str]
    tags: list[str]
    pos: list[str]
    names: list[str]
    roles: list[str]
    acts: tuple[EventWord, ...] | None = None


Said = tuple[list[str], tuple[EventWord, ...] | None]
"""Of a sentence: each word's part in an attribution, and the event words, None where they were not looked for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence found by rule, not yet read."""

    places: list[tuple[int, int]]
    words: list[str]
    quotation: list[int]
    block: int
    paragraph: int


class Parser(Protocol):
    """What reads sentences of given words: the shipped model, or a spaCy pipeline of the user's own."""

    def parse(
        self, words: Sequence[list[str]], quotation: Sequence[list[int]], convention: int = GOLD
    ) -> list[Parse]:
        """Return the parse of each sentence, in the order given."""
        ...


class Session(Protocol):
    """A network that runs: arrays in by name, its outputs in order."""

    def run(self, output_names: None, input_feed: dict[str, Any]) -> Sequence[Any]:
        """Return all outputs."""
        ...


class Network:
    """The shipped model behind given words: batches in, parses out.

    It is in two files. The first reads trees, tags and names; the second goes on from the layers that both share and
    reads who says what and what happens, where that is asked for.
    """

    FIELDS = ("relations", "tags", "pos", "names")
    """What the first file says of every word."""

    def __init__(
        self,
        session: Session,
        saying: Session | None,
        pieces: Pieces,
        labels: dict[str, list[str]],
        head: Any,
    ) -> None:
        """Take over the sessions of both files, the splitter, the label names and the label head's two arrays.

        Without the second session no word has a part in an attribution, and no event is looked for.
        """
        self._session, self._saying, self._pieces = session, saying, pieces
        self._labels = {field: np.asarray(labels[field], dtype=object) for field in (*self.FIELDS, "roles")}
        self._weight, self._bias = np.ascontiguousarray(head["weight"].T), head["bias"]
        self._acts = ActReader(labels, head["party_bias"])

    @classmethod
    def load(cls, threads: int = 1, *, said: bool = True) -> Network:
        """Load the model named `reading` of the manifest, without its second file unless `said`."""
        from tokenizers import Tokenizer

        model = models.model("reading")
        session = models.session(model.path("reading.onnx"), threads)
        saying = models.session(model.path("saying.onnx"), threads) if said else None
        pieces = Pieces(Tokenizer.from_file(str(model.path("tokenizer.json"))))
        labels = json.loads(model.path("labels.json").read_text(encoding="utf-8"))
        with np.load(model.path("relations.npz"), allow_pickle=False) as head:
            return cls(session, saying, pieces, labels, dict(head))

    def parse(
        self, words: Sequence[list[str]], quotation: Sequence[list[int]], convention: int = GOLD
    ) -> list[Parse]:
        """Return the parse of each sentence, in the order given; sentences of one length are read together."""
        sizes = [self._pieces.count(sentence) for sentence in words]
        order = sorted(range(len(words)), key=sizes.__getitem__)
        found: list[Parse | None] = [None] * len(words)
        for group in _groups(order, sizes):
            shaped = [shapes(cases(words[i]), quotation[i]) for i in group]
            for i, parse in zip(
                group, self._read([words[i] for i in group], shaped, convention), strict=True
            ):
                found[i] = parse
        return [parse for parse in found if parse is not None]

    def _read(self, words: list[list[str]], shaped: list[list[int]], convention: int) -> Iterator[Parse]:
        batch = self._pieces.batch(words, shaped)
        feed = {
            "pieces": batch.pieces,
            "mask": batch.mask,
            "shape": batch.shape,
            "first": batch.first,
            "convention": np.full((len(words), 1), convention, np.int64),
        }
        arcs, of, to, *flat, shared = self._session.run(None, feed)
        lengths = np.asarray([len(sentence) for sentence in words])
        heads = trees(arcs, lengths)
        scores = [self._relations(of, to, heads), *flat]
        scores[0][..., self._root] = np.where(heads == 0, np.inf, -np.inf)
        named = [self._labels[f][s.argmax(-1)] for f, s in zip(self.FIELDS, scores, strict=True)]
        said = self._said(shared, batch.first, lengths)
        for i, n in enumerate(lengths.tolist()):
            relations, tags, pos, names = (field[i, :n].tolist() for field in named)
            tree = heads[i, :n].tolist()
            mended(words[i], tree, relations, pos)
            yield Parse(tree, relations, tags, pos, names, *next(said))

    def _said(self, shared: Floats, first: Ints, lengths: Ints) -> Iterator[Said]:
        """Yield each sentence's parts of attributions and its event words."""
        if self._saying is None:
            yield from ((["O"] * n, None) for n in lengths.tolist())
            return
        roles, *asked = self._saying.run(None, {"shared": shared, "first": first})
        named = self._labels["roles"][roles.argmax(-1)]
        acts = self._acts.read(Guesses(*asked), lengths)
        for i, n in enumerate(lengths.tolist()):
            yield named[i, :n].tolist(), acts[i]

    @property
    def _root(self) -> int:
        return int(np.flatnonzero(self._labels["relations"] == "root")[0])

    def _relations(self, of: Floats, to: Floats, heads: Ints) -> Floats:
        chosen = to[np.arange(len(heads))[:, None], heads]
        scores: Floats = np.maximum(of + chosen, 0) @ self._weight + self._bias
        return scores


def _groups(order: list[int], sizes: list[int]) -> Iterator[list[int]]:
    """Yield batches of sentences of one size; `order` goes by size."""
    group: list[int] = []
    for i in order:
        if group and (sizes[i] != sizes[group[0]] or (len(group) + 1) * sizes[i] > PIECES_PER_BATCH):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


class Reader:
    """Reads documents: sentences, words, tags, dependencies, names, parts of attributions."""

    def __init__(self, parser: Parser, words: Words, lemmas: Lemmas) -> None:
        """Join the parts; `Reader.load()` makes them."""
        self._parser, self._words, self._lemmas = parser, words, lemmas

    @classmethod
    def load(cls, threads: int = 1, name: str = OWN, *, said: bool = True) -> Reader:
        """Load the shipped model, or the spaCy pipeline that `spacy:NAME` names.

        Without `said` the shipped model is asked for sentences, words, trees and names alone, a quarter faster: nothing
        of who says what and of what happens is read, as statements and events need it. Who speaks a quotation is then
        known by verbs of saying and "according to" alone (reference on development articles 0.820, else 0.821).
        Raises ModelError if its files are not those of the manifest, or if there is no such pipeline.
        """
        from communique.language.foreign import PREFIX, SpacyParser

        own = name == OWN
        parser = Network.load(threads, said=said) if own else SpacyParser.load(name.removeprefix(PREFIX))
        return cls(parser, Words(), Lemmas())

    def analyse(self, document: Document) -> Analysis:
        """Read one document. For many, `analyse_many` is faster."""
        return next(self.analyse_many([document]))

    def analyse_many(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """Read documents lazily, in order, some `WORDS_IN_FLIGHT` words at a time."""
        waiting: list[tuple[Document, list[Draft]]] = []
        words = 0
        for document in documents:
            drafts = list(drafted(document, self._words))
            waiting.append((document, drafts))
            words += sum(len(draft.words) for draft in drafts)
            if words >= WORDS_IN_FLIGHT:
                yield from self._read(waiting)
                waiting, words = [], 0
        yield from self._read(waiting)

    def read_words(self, sentences: Sequence[Sequence[str]]) -> list[tuple[Token, ...]]:
        """Return the tokens of sentences whose words are given; spans count in the words joined by blanks."""
        from communique.language.given import tokens_of

        return tokens_of(sentences, self._parser, self._lemmas)

    def _read(self, waiting: list[tuple[Document, list[Draft]]]) -> list[Analysis]:
        drafts = [draft for _, some in waiting for draft in some]
        with collector.put_off():
            parses = iter(self._parser.parse([d.words for d in drafts], [d.quotation for d in drafts]))
            return [
                Analysis(document, tuple(self._sentence(document, draft, next(parses)) for draft in some))
                for document, some in waiting
            ]

    def _sentence(self, document: Document, draft: Draft, parse: Parse) -> Sentence:
        lemma = self._lemmas.of
        tokens = tuple(
            Token(Span(*place), word, lemma(word, pos, tag), pos, tag, head - 1, relation, role)
            for place, word, pos, tag, head, relation, role in zip(
                draft.places,
                draft.words,
                parse.pos,
                parse.tags,
                parse.heads,
                parse.relations,
                parse.roles,
                strict=True,
            )
        )
        span = Span(draft.places[0][0], draft.places[-1][1])
        names = mentions(document.text, tokens, parse.names)
        return Sentence(span, tokens, names, draft.block, draft.paragraph, parse.acts)


def drafted(document: Document, words: Words) -> Iterator[Draft]:
    """Yield the sentences of a document's coded blocks as rules find them, in order."""
    paragraph = 0
    for number, block in enumerate(document.blocks):
        if _is_read(block, document):
            for start, end in paragraphs(document.text, block.span.start, block.span.end):
                yield from _paragraph(
                    document.text, words.of(document.text[start:end], start), (number, paragraph)
                )
                paragraph += 1


def _paragraph(text: str, places: list[tuple[int, int]], where: tuple[int, int]) -> Iterator[Draft]:
    inside = False
    for first, last in sentences(text, places):
        some = places[first:last]
        words = [PLAIN.get(word := text[s:e], word) for s, e in some]
        quotation, inside = quoted(words, inside)
        yield Draft(some, words, quotation, *where)


def _is_read(block: Block, document: Document) -> bool:
    """Say whether a block is read: of a coded kind, no repeat, English."""
    language = block.language or document.language or "en"
    return block.kind in CODED_BLOCKS and block.repeats is None and language == "en"


def mentions(text: str, tokens: Sequence[Token], names: Sequence[str]) -> tuple[Mention, ...]:
    """Return the runs of one name label as mentions, without the marks and 's at their edges."""
    found, i = [], 0
    while i < len(tokens):
        j = i + 1
        while j < len(tokens) and names[j] == names[i]:
            j += 1
        mention = _mention(text, tokens[i:j], names[i]) if names[i] != "O" else None
        if mention is not None:
            found.append(mention)
        i = j
    return tuple(found)


def _mention(text: str, tokens: Sequence[Token], label: str) -> Mention | None:
    kept = [i for i, token in enumerate(tokens) if token.pos != "PUNCT" and token.tag != "POS"]
    if not kept:
        return None
    span = Span(tokens[kept[0]].span.start, tokens[kept[-1]].span.end)
    return Mention(span, label, span.of(text))
