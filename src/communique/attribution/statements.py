"""Who says what: sources, cues and contents of a document.

Cues come from the encoder's role tags and from a list of verbs; sources and contents from the tree
and from the quotation marks. A quotation that goes on without a cue keeps its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from communique.attribution.cues import CUE_VERBS, EVALUATES, polarity_of
from communique.attribution.quotes import inside, quoted_spans
from communique.participants import FIRST_PERSON, Participants
from communique.records import (
    Analysis,
    BlockKind,
    Cast,
    Entity,
    Span,
    Statement,
    content_id,
)
from communique.syntax import Tree

SIGNATURE = re.compile(r"[—–-]{1,2}\s*(?P<name>[^()@\n—]{2,60}?)\s*\((?P<handle>@\w{1,30})\)")
COLON = re.compile(r":\s+[“\"]?(?=[A-Z])")
SPEAKERS = frozenset({"person", "organisation"})
NAMING = frozenset("characterize characterise describe call label term dub brand name consider".split())
"""Verbs that give a thing a name: the name is the speaker's, the thing is not."""
CLAUSE_HEADS = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
SHORTEST_QUOTATION = 3
"""Words that a quotation needs to stand as a statement without a clause: shorter ones are scare quotes."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The trees of one paragraph and its quotations."""

    trees: tuple[Tree, ...]
    quotes: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A statement before it is a record."""

    source: Entity | None
    cue: Span | None
    content: tuple[Span, ...]
    polarity: str
    direct: bool


def statements(analysis: Analysis, cast: Cast) -> tuple[Statement, ...]:
    """Return every attribution of a document, in the order of the text."""
    document = analysis.document
    participants = Participants(cast, document.text)
    found: list[Found] = []
    speaker: Entity | None = None
    for paragraph in paragraphs(analysis):
        here = [f for tree in paragraph.trees for f in _in_sentence(tree, paragraph, participants)]
        here += list(_uncued(paragraph, here, speaker))
        quoting = [f.source for f in here if f.direct and f.source is not None]
        speaker = quoting[-1] if quoting else None
        found += here
    found += [*_signed(analysis, participants), *_labelled(analysis, participants)]
    quotes = [quote for paragraph in paragraphs(analysis) for quote in paragraph.quotes]
    return tuple(_record(f, document.id, quotes) for f in sorted(found, key=lambda f: f.content[0]))


def paragraphs(analysis: Analysis) -> Iterable[Paragraph]:
    """Yield the paragraphs of a document with their quotations."""
    text = analysis.document.text
    for _, group in groupby(analysis.sentences, key=lambda s: s.paragraph):
        sentences = tuple(group)
        span = Span(sentences[0].span.start, sentences[-1].span.end)
        yield Paragraph(tuple(Tree(s) for s in sentences), tuple(quoted_spans(text, span)))


def _in_sentence(tree: Tree, paragraph: Paragraph, participants: Participants) -> list[Found]:
    found = []
    for index, token in enumerate(tree.tokens):
        if token.pos == "VERB" and (tree.lemma(index) in CUE_VERBS or _tagged_cue(tree, index)):
            found.append(_from_verb(tree, index, paragraph, participants))
        elif token.text.lower() == "according" and (named := _named_after(tree, index + 1)) is not None:
            found.append(_from_phrase(tree, index, named, paragraph, participants))
    return [f for f in found if f is not None]


def _tagged_cue(tree: Tree, index: int) -> bool:
    """A verb outside the list counts where the encoder tags it a cue and its clause as content."""
    clauses = tree.dependents(index, "ccomp", "parataxis")
    if tree.lemma(index) in NAMING:
        return False
    return tree.tokens[index].role == "cue" and any(tree.tokens[c].role == "content" for c in clauses)


def _from_verb(tree: Tree, cue: int, paragraph: Paragraph, participants: Participants) -> Found | None:
    content = _content_tokens(tree, cue)
    quotes = [q for q in paragraph.quotes if q.overlaps(tree.sentence.span)]
    spans = _spans(tree, content)
    if not content and tree.lemma(cue) not in EVALUATES:
        spans = [q for q in quotes if _long_enough(tree, q)]
    if not spans:
        return None
    within = inside(tree.tokens[cue].span, quotes)
    direct = not within and bool(quotes) and all(inside(_trimmed(tree, s), quotes) for s in spans)
    if direct:
        spans = _whole_quotations(spans, paragraph, tree)
    source = _source(tree, cue, participants)
    if within and source is not None and source.text.lower() in FIRST_PERSON:
        return None
    negated = bool([c for c in tree.dependents(cue, "advmod") if tree.lemma(c) in {"not", "never"}])
    polarity = (
        "asserts" if negated and polarity_of(tree.lemma(cue)) == "denies" else polarity_of(tree.lemma(cue))
    )
    return Found(source, _cue_span(tree, cue), tuple(spans), polarity, direct)


def _content_tokens(tree: Tree, cue: int) -> list[int]:
    """The words that a verb attributes: its clause, or the clause that it stands in as an aside."""
    clausal = tree.dependents(cue, "ccomp", "parataxis")
    if not clausal:
        clausal = [c for c in tree.dependents(cue, "xcomp") if tree.tokens[c].pos in {"VERB", "NOUN", "ADJ"}]
    if clausal:
        return sorted({i for c in clausal for i in tree.subtree(c)})
    head = tree.head(cue)
    if tree.tokens[cue].relation == "parataxis" and head is not None:
        return sorted(set(tree.subtree(head)) - set(tree.subtree(cue)))
    if tree.lemma(cue) in {
        "deny",
        "reject",
        "dismiss",
        "allege",
        "claim",
        "announce",
        "confirm",
        "refute",
        "dispute",
    }:
        return sorted({i for o in tree.objects(cue) for i in tree.subtree(o)})
    return []


def _source(tree: Tree, cue: int, participants: Participants) -> Entity | None:
    subjects = tree.subjects(cue)
    named = participants.entities(tree, subjects)
    if named:
        return named[0]
    if subjects:
        span = tree.span(tree.phrase(subjects[0]))
        return Entity(span=span, text=span.of(participants.text))
    return None


def _cue_span(tree: Tree, cue: int) -> Span:
    return tree.span([cue, *tree.dependents(cue, "compound:prt")])


def _named_after(tree: Tree, to: int) -> int | None:
    """The head of the phrase after "according to", whatever the tree makes of those two words."""
    if to >= len(tree.tokens) or tree.tokens[to].text.lower() != "to":
        return None
    nominal = (i for i in range(to + 1, len(tree.tokens)) if tree.tokens[i].pos in {"NOUN", "PROPN", "PRON"})
    return next(
        (i for i in nominal if not to < tree.tokens[i].head < len(tree.tokens) or tree.head(i) is None), None
    )


def _from_phrase(
    tree: Tree, according: int, named: int, paragraph: Paragraph, participants: Participants
) -> Found | None:
    """ "X happened, according to Y": the rest of the clause that the phrase hangs on."""
    aside = {according, according + 1, *range(according, named + 1), *tree.subtree(named)}
    above = (a for a in tree.ancestors(named) if a not in aside and tree.tokens[a].pos in CLAUSE_HEADS)
    governor = next(above, None)
    if governor is None:
        return None
    spans = _spans(tree, sorted(set(tree.subtree(governor)) - aside))
    sources = participants.entities(tree, [named])
    phrase = tree.span(tree.phrase(named))
    source = sources[0] if sources else Entity(span=phrase, text=phrase.of(participants.text))
    direct = bool(spans) and all(inside(_trimmed(tree, s), paragraph.quotes) for s in spans)
    cue = tree.span([according, according + 1])
    return Found(source, cue, tuple(spans), "asserts", direct) if spans else None


def _spans(tree: Tree, indices: list[int]) -> list[Span]:
    """Contiguous runs of tokens as spans, without punctuation at their ends."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    trimmed = [_without_edges(tree, run) for run in runs]
    return [tree.span(run) for run in trimmed if run]


def _without_edges(tree: Tree, run: list[int]) -> list[int]:
    while run and tree.tokens[run[0]].pos == "PUNCT":
        run = run[1:]
    while run and tree.tokens[run[-1]].pos == "PUNCT":
        run = run[:-1]
    if run and tree.lemma(run[0]) == "that" and tree.tokens[run[0]].relation == "mark":
        run = run[1:]
    return run


def _trimmed(tree: Tree, span: Span) -> Span:
    covered = [i for i, token in enumerate(tree.tokens) if span.covers(token.span)]
    kept = _without_edges(tree, covered)
    return tree.span(kept) if kept else span


def _long_enough(tree: Tree, quote: Span) -> bool:
    return sum(quote.covers(t.span) and t.pos != "PUNCT" for t in tree.tokens) >= SHORTEST_QUOTATION


def _whole_quotations(spans: list[Span], paragraph: Paragraph, tree: Tree) -> list[Span]:
    """A direct quotation counts whole, over all its sentences, not only up to the cue's own."""
    touched = [q for q in paragraph.quotes if any(q.overlaps(s) for s in spans)]
    later = [q for q in paragraph.quotes if q.start >= tree.sentence.span.end and q not in touched]
    alone = len(paragraph.trees) > 1 and not _cued_later(paragraph, tree)
    return touched + (later if alone else [])


def _cued_later(paragraph: Paragraph, tree: Tree) -> bool:
    """Say whether a later sentence of the paragraph has a cue of its own."""
    return any(
        token.pos == "VERB" and token.lemma.lower() in CUE_VERBS and not inside(token.span, paragraph.quotes)
        for other in paragraph.trees
        if other.sentence.span.start > tree.sentence.span.start
        for token in other.tokens
    )


def _uncued(paragraph: Paragraph, found: list[Found], speaker: Entity | None) -> Iterable[Found]:
    """Quotations of a paragraph that no cue took: the last speaker goes on."""
    for quote in paragraph.quotes:
        taken = any(quote.overlaps(span) for f in found for span in f.content)
        words = sum(quote.covers(t.span) for tree in paragraph.trees for t in tree.tokens)
        starts = bool(paragraph.trees) and quote.start - paragraph.trees[0].sentence.span.start <= 2
        if not taken and starts and words > SHORTEST_QUOTATION:
            yield Found(speaker, None, (quote,), "asserts", direct=True)


def _labelled(analysis: Analysis, participants: Participants) -> Iterable[Found]:
    """Words after a speaker's name and a colon at the head of a passage: "Zapatero: I have …"."""
    text = analysis.document.text
    for paragraph in paragraphs(analysis):
        start = paragraph.trees[0].sentence.span.start
        end = paragraph.trees[-1].sentence.span.end
        labels = [p for p in participants.mentions if 0 <= p[0].start - start <= 1 and p[1].kind in SPEAKERS]
        colon = next((p for p in labels if COLON.match(text, p[0].end)), None)
        if colon is not None:
            opening = COLON.match(text, colon[0].end)
            content = Span(opening.end() if opening else colon[0].end, end)
            if content.start < content.end:
                source = participants.entity(*colon)
                yield Found(source, Span(colon[0].end, colon[0].end + 1), (content,), "asserts", direct=True)


def _signed(analysis: Analysis, participants: Participants) -> Iterable[Found]:
    """Embedded posts: the words before a signature such as "— Evo Morales (@evoespueblo)"."""
    text = analysis.document.text
    for block in analysis.document.blocks:
        signature = SIGNATURE.search(text, block.span.start, block.span.end)
        if block.kind != BlockKind.QUOTE_CARD or signature is None:
            continue
        content = Span(block.span.start, signature.start())
        name = Span(*signature.span("name"))
        members = [pair for pair in participants.mentions if name.overlaps(pair[0])]
        source = participants.entity(*members[0]) if members else Entity(name, name.of(text))
        if content.of(text).strip():
            yield Found(source, Span(*signature.span("handle")), (content,), "asserts", direct=True)


def _record(found: Found, document_id: str, quotes: list[Span]) -> Statement:
    mixed = any(quote.overlaps(span) for quote in quotes for span in found.content)
    kind = "direct" if found.direct else "mixed" if mixed else "indirect"
    source = found.source.span if found.source else None
    identifier = content_id("s", document_id, source, found.cue, *found.content)
    return Statement(identifier, document_id, found.source, found.cue, found.content, kind, found.polarity)
