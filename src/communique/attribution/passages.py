"""From sentences to passages: what is said goes on over sentences and paragraphs until somebody else speaks.

Words are numbered through the document, so that contents run over the ends of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from communique.attribution.cues import cues
from communique.attribution.elements import Parts, in_sentence
from communique.attribution.quotes import quoted_spans
from communique.records import Analysis, Span, Token
from communique.syntax import Tree

MOSTLY = 0.8
"""Share of a sentence's words that the encoder must tag as content for a sentence without a cue to go on with what
was said before it. Chosen by reading; not measured."""
HALF = 0.5
"""Share of a sentence's words that must be tagged as said for it to be given to the next or last speaker, who may be
in another paragraph. Chosen by reading; not measured."""
SHORTEST_QUOTATION = 4
"""Words of a quotation that stands without a cue: shorter ones are scare quotes and titles."""


OPENING = frozenset({'"', "“", "«", "„", "``", "''", "‘"})
CLOSING = frozenset({'"', "”", "»", "''", "’"})
ENDS = frozenset(".,;:—–-…!?") | {"--", "..."}


@dataclass(slots=True)
class Said:
    """One attribution of a document in the making; contents are numbers of words in the document."""

    tree: Tree
    first: int
    """Number of the sentence's first word."""
    sentence: int
    parts: Parts
    content: set[int]
    direct: bool = False
    outer: Said | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A document as words, sentences, and quotations."""

    words: tuple[Token, ...]
    trees: tuple[Tree, ...]
    starts: tuple[int, ...]
    """Number of the first word of each sentence."""
    paragraphs: tuple[tuple[int, int], ...]
    """The first and the last sentence of each paragraph."""
    quotations: tuple[range, ...]
    """The words of each quotation, marks included."""
    quoted: frozenset[int]
    text: str

    def sentence(self, number: int) -> range:
        """Return the words of a sentence."""
        return range(self.starts[number], self.starts[number] + len(self.trees[number].tokens))

    def paragraph(self, number: int) -> int:
        """Return the paragraph of a sentence."""
        return self.trees[number].sentence.paragraph


def page(analysis: Analysis) -> Page:
    """Lay a read document out as words with its quotations."""
    words = tuple(token for sentence in analysis.sentences for token in sentence.tokens)
    starts, count = [], 0
    for sentence in analysis.sentences:
        starts.append(count)
        count += len(sentence.tokens)
    trees = tuple(Tree(sentence) for sentence in analysis.sentences)
    grouped = groupby(range(len(trees)), key=lambda number: trees[number].sentence.paragraph)
    paragraphs = tuple((numbers[0], numbers[-1]) for _, group in grouped if (numbers := list(group)))
    found = tuple(_quotations(analysis, words, starts))
    quoted = frozenset(i for quotation in found for i in quotation)
    return Page(words, trees, tuple(starts), paragraphs, found, quoted, analysis.document.text)


def _quotations(analysis: Analysis, words: Sequence[Token], starts: Sequence[int]) -> Iterator[range]:
    first = 0
    while first < len(analysis.sentences):
        last = first
        while (
            last + 1 < len(analysis.sentences)
            and analysis.sentences[last + 1].paragraph == analysis.sentences[first].paragraph
        ):
            last += 1
        stretch = Span(analysis.sentences[first].span.start, analysis.sentences[last].span.end)
        inside = range(starts[first], starts[last] + len(analysis.sentences[last].tokens))
        for quote in quoted_spans(analysis.document.text, stretch):
            covered = [i for i in inside if words[i].span.overlaps(quote)]
            if covered:
                yield range(covered[0], covered[-1] + 1)
        first = last + 1


def passages(laid: Page, turns: frozenset[int] = frozenset()) -> list[Said]:
    """Return the attributions of a document, contents carried on over sentences.

    At the sentences of `turns` somebody else begins to speak, as a label says: nothing is carried on into them.
    """
    found: list[Said] = []
    before: list[Said] = []
    for number, tree in enumerate(laid.trees):
        here = _sentence(laid, number, tree)
        if number and laid.paragraph(number) != laid.paragraph(number - 1):
            before = [said for said in before if said.direct or _awaits(said)]
        if number in turns:
            before = []
        if not _speaks(laid, here):
            _goes_on(laid, number, before, here)
        found += here
        before = [s for s in here if s.outer is None] or before
    _closed(laid, found)
    _announced(laid, found, turns)
    _left_over(laid, found, turns)
    for said in found:
        _whole_quotations(laid, said, found)
    return [said for said in found if said.content]


def _sentence(laid: Page, number: int, tree: Tree) -> list[Said]:
    first = laid.starts[number]
    quoted = [first + i in laid.quoted for i in range(len(tree.tokens))]
    made = in_sentence(tree, quoted)
    found = []
    for parts in made:
        content = {first + i for i in parts.content}
        lettered = [i for i in content if laid.words[i].pos != "PUNCT"]
        direct = bool(lettered) and all(i in laid.quoted for i in lettered)
        direct = direct and not all(first + i in laid.quoted for i in parts.cue)
        found.append(Said(tree, first, number, parts, content, direct))
    return found


def _speaks(laid: Page, here: Sequence[Said]) -> bool:
    """Say whether a sentence has a cue outside quotation marks: then what was said before it has ended."""
    return any(not all(said.first + i in laid.quoted for i in said.parts.cue) for said in here)


def _awaits(said: Said) -> bool:
    """Say whether an attribution ends with a colon and its words are still to come."""
    last = said.tree.tokens[-1].text
    return not said.content and last.endswith(":")


def _goes_on(laid: Page, number: int, before: Sequence[Said], here: Sequence[Said]) -> None:
    """Give a sentence without a speaker of its own to whoever spoke last, where it is plainly said."""
    words = [i for i in laid.sentence(number) if laid.words[i].pos != "PUNCT"]
    quoted = [i for i in words if i in laid.quoted]
    if not before or not words:
        return
    speaker = next((said for said in reversed(before) if said.direct or _awaits(said)), before[-1])
    whole = len(quoted) == len(words) and len(words) >= SHORTEST_QUOTATION
    tagged = sum(laid.words[i].role != "O" for i in words)
    if whole and (speaker.direct or _awaits(speaker) or tagged > MOSTLY * len(words)):
        speaker.content |= set(laid.sentence(number))
        speaker.direct = True
        return
    same = laid.paragraph(number) == laid.paragraph(speaker.sentence)
    if tagged >= MOSTLY * len(words) and not here and (same or _awaits(speaker)):
        speaker.content |= set(laid.sentence(number))


def _closed(laid: Page, found: Sequence[Said]) -> None:
    """Give "Who, me?" to who is named behind it, where the words were taken for the last speaker's: | he asked."""
    speaking = {said.sentence for said in found}
    for said in found:
        own, number = said.parts, said.sentence - 1
        if said.content or not own.source or number < 0 or number in speaking or not _quoted(laid, number):
            continue
        if laid.paragraph(number) == laid.paragraph(said.sentence):
            words = set(laid.sentence(number))
            for other in found:
                other.content -= words
            said.content |= words
            said.direct = True


def _announced(laid: Page, found: Sequence[Said], turns: frozenset[int]) -> None:
    """Give "Morales tweeted:" at the end of a paragraph the next one, where nobody else speaks in it."""
    speaking = {said.sentence for said in found if said.content or said.parts.source}
    for said in found:
        speech = said.tree.lemma(said.parts.head) in cues().verbs
        if speech and not said.content and said.parts.source and _awaits(said):
            following = next((p for p in laid.paragraphs if p[0] == said.sentence + 1), None)
            if following is None or following[0] in turns:
                continue
            sentences = range(following[0], following[1] + 1)
            if speaking.isdisjoint(sentences):
                said.content |= {i for number in sentences for i in laid.sentence(number)}
                said.direct = True


def _left_over(laid: Page, found: Sequence[Said], turns: frozenset[int]) -> None:
    """Give words that the encoder takes for said, in sentences without a cue, to who speaks next or spoke last."""
    spoken = {i for said in found for i in said.content}
    speaking: dict[int, list[Said]] = {}
    for said in found:
        speaking.setdefault(said.sentence, []).append(said)
    open_ones = [n for n in range(len(laid.trees)) if n not in speaking and _mostly_said(laid, n, spoken)]
    for numbers, find in ((reversed(open_ones), _next_speaker), (open_ones, _last_speaker)):
        for number in numbers:
            speaker = find(laid, number, speaking, turns) if number not in speaking else None
            if speaker is not None and number not in turns:
                speaker.content |= set(laid.sentence(number))
                speaking[number] = [speaker]


def _mostly_said(laid: Page, number: int, spoken: set[int]) -> bool:
    """Say whether the encoder takes half of a sentence's words for said, and they are nobody's yet."""
    words = [i for i in laid.sentence(number) if laid.words[i].pos != "PUNCT"]
    tagged = [i for i in words if laid.words[i].role == "content"]
    return len(tagged) >= max(SHORTEST_QUOTATION, len(words) * HALF) and spoken.isdisjoint(tagged)


def _next_speaker(
    laid: Page, number: int, speaking: Mapping[int, list[Said]], turns: frozenset[int]
) -> Said | None:
    """Who speaks in the next sentence of a paragraph with nothing said there, or quoted: "Why? Why now?" | she asked."""
    if (
        number + 1 in turns
        or number + 1 == len(laid.trees)
        or laid.paragraph(number) != laid.paragraph(number + 1)
    ):
        return None
    quoted = _quoted(laid, number)
    return next((s for s in speaking.get(number + 1, []) if not s.content or (quoted and s.direct)), None)


def _last_speaker(
    laid: Page, number: int, speaking: Mapping[int, list[Said]], turns: frozenset[int]
) -> Said | None:
    """Who spoke last in the same paragraph or, before a sentence in quotation marks, in the one before."""
    reach = 1 if _quoted(laid, number) else 0
    for before in range(number - 1, -1, -1):
        if laid.paragraph(number) - laid.paragraph(before) > reach or before + 1 in turns:
            return None
        if before in speaking:
            return next((said for said in reversed(speaking[before]) if said.outer is None), None)
    return None


def _quoted(laid: Page, number: int) -> bool:
    return all(i in laid.quoted for i in laid.sentence(number) if laid.words[i].pos != "PUNCT")


def _whole_quotations(laid: Page, said: Said, found: Sequence[Said]) -> None:
    """A quotation that is said in part is said whole, unless somebody else's words stand in the rest."""
    own = {said.first + i for i in said.parts.own}
    if own & laid.quoted and all(said.first + i in laid.quoted for i in said.parts.cue):
        return
    for quotation in laid.quotations:
        common = said.content & set(quotation)
        if common and not own & set(quotation):
            outside = [s for s in found if s is not said and _cue_words(s) & set(quotation)]
            if len(common) * 2 >= len(set(quotation) & set(laid.sentence(said.sentence))) or not outside:
                said.content |= set(quotation)


def _cue_words(said: Said) -> set[int]:
    return {said.first + i for i in said.parts.cue}


def spans(laid: Page, content: set[int]) -> tuple[Span, ...]:
    """Return contents as spans: unbroken within a paragraph, quotation marks in, outer stops and commas out."""
    found: list[list[int]] = []
    for index in sorted(content):
        joined = found and _joined(laid, found[-1][-1], index)
        if joined:
            found[-1] += range(found[-1][-1] + 1, index + 1)
        else:
            found.append([index])
    trimmed = [trim(laid, run) for run in found]
    return tuple(Span(laid.words[run[0]].span.start, laid.words[run[-1]].span.end) for run in trimmed if run)


def _joined(laid: Page, last: int, index: int) -> bool:
    if "\n\n" in laid.text[laid.words[last].span.end : laid.words[index].span.start]:
        return False
    return all(laid.words[i].pos == "PUNCT" for i in range(last + 1, index))


def trim(laid: Page, run: list[int]) -> list[int]:
    """Fit a stretch to its quotation marks: those of its own in, stops and commas outside them out."""
    words = laid.words
    while run and words[run[0]].pos == "PUNCT" and words[run[0]].text not in OPENING | {"(", "["}:
        run = run[1:]
    while run and words[run[-1]].text in ENDS - {"!", "?"}:
        run = run[:-1]
    if not run:
        return run
    run = _with_marks(laid, run)
    return run if any(words[i].pos != "PUNCT" for i in run) else []


def _with_marks(laid: Page, run: list[int]) -> list[int]:
    """Take in the mark that opens a stretch's first words and the one that closes its last, both or neither."""
    begins = next((q for q in laid.quotations if run[0] in (q[0], q[0] - 1, q[0] + 1)), None)
    if begins is not None and run[0] > begins[0] - 1 >= 0 and laid.words[begins[0] - 1].text in OPENING:
        run = [*range(begins[0] - 1, run[0]), *run]
    ends = next((q for q in laid.quotations if q[0] <= run[-1] <= q[-1] and run[-1] >= q[-1] - 1), None)
    if ends is not None and ends[-1] + 1 < len(laid.words) and laid.words[ends[-1] + 1].text in CLOSING:
        return [*run, *range(run[-1] + 1, ends[-1] + 2)]
    return run
