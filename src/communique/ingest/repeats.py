"""Passages that say again what the page has said: found, and cut out of the paragraphs that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from communique.records import CODED_BLOCKS, Block, BlockKind, Span

SHINGLE = 6
"""Words in a row that two passages must share before they are compared at all."""
LEAST_WORDS = 6
"""Shortest repeated passage: shorter ones ("he said on Tuesday") recur without being copies."""
LEAST_CLAUSE = 12
"""Shortest repeated beginning of a sentence that goes on with something new."""
LEAST_QUOTE = 8
"""Shortest quotation that makes a sentence a repeat by itself, whoever is said to have said it again."""
SAME_SPELLING = 85.0
"""rapidfuzz ratio from which two long lower-case words are one word misspelt: "negotiatons/negotiations" has 96,
"militant/militants" 94, "increased/decreased" 78, "northern/southern" 75, "condemned/commended" 67."""
MISSPELT_LENGTH = 7
LEAST_SHARED = 0.8
"""Least share of its words that a near repeat has in common with the earlier passage; those of the tests have 0.94
and more. It only keeps short sentences from losing a fifth of their words to MAY_DROP."""
MAY_DROP = frozenset("a an the of president mr mrs ms dr general gen minister sen rep senator".split())
"""Words that a repeat may drop or add without saying anything else; so may it a first name before a last name."""
TAIL_WORDS = 8
"""Longest attribution ("he continued on Twitter") around a repeated quotation."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Lt|vs|No))(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Sgt|Rev|Hon))[.!?…]+[\"”’')\]]*"
    r"(?:\s+(?=[\"“‘'(\[]?[A-ZÁÉÍÓÚÑ0-9¿¡#@])|(?<=[a-z]{3}\.)(?=[a-z]{3,} ))"
)
_CLAUSE = re.compile(
    r",\s+(?=(?:while|and|but|as|after|before|when|because|although|though|adding|saying)\s)"
)
_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")
_SIGNATURE = re.compile(r"\s(?:pic\.twitter\.com/\S+\s|https?://\S+\s)*[—–-]{1,2}\s?[^\n()—–]{1,60}?\(@")
_QUOTE_MARK = re.compile(r"[“”\"]")


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence with its words, lower-cased, and where each stands."""

    span: Span
    words: tuple[str, ...]
    capital: tuple[bool, ...]
    ends: tuple[int, ...]


def sentences(text: str, span: Span) -> Iterator[Span]:
    """Cut a stretch into sentences, also where a full stop lacks its blank ("Department.vian")."""
    start = span.start
    for match in _SENTENCE_END.finditer(text, span.start, span.end):
        cut = match.end() - len(match.group()) + len(match.group().rstrip())
        yield Span(start, cut)
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def mark_repeats(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give `repeats` to each passage whose words stood before, cutting blocks at the sentences concerned."""
    memory = _Memory()
    result: list[Block] = []
    for block in blocks:
        if block.kind in CODED_BLOCKS:
            result += _marked(text, block, memory)
        else:
            result.append(block)
    return tuple(result)


def _marked(text: str, block: Block, memory: _Memory) -> list[Block]:
    shingles, count = _shingles(text, block.span)
    if not memory.knows(shingles) and len(shingles) == count:
        memory.add(block.span, shingles)
        return [block]
    if block.kind is BlockKind.QUOTE_CARD:
        return [_marked_card(text, block, memory)]
    parts: list[Block] = []
    for span in sentences(text, block.span):
        parts += _parts(text, block, span, memory)
        memory.add(span, _shingles(text, span)[0])
    return _joined(parts)


def _marked_card(text: str, block: Block, memory: _Memory) -> Block:
    """An embedded post stays whole, with its signature: it is a repeat when all its sentences are."""
    signature = _SIGNATURE.search(text, block.span.start, block.span.end)
    post = Span(block.span.start, signature.start() if signature else block.span.end)
    found = [memory.earlier(text, span) for span in sentences(text, post)]
    memory.add(block.span, _shingles(text, block.span)[0])
    earlier = [span for span in found if span]
    if not earlier or len(earlier) < len(found):
        return block
    return replace(block, repeats=Span(min(earlier).start, max(span.end for span in earlier)))


def _parts(text: str, block: Block, span: Span, memory: _Memory) -> list[Block]:
    """One sentence: new, repeated, or repeated as far as a clause goes."""
    if earlier := memory.earlier(text, span):
        return [replace(block, span=span, repeats=earlier)]
    for match in _CLAUSE.finditer(text, span.start, span.end):
        head = Span(span.start, match.start() + 1)
        if len(_WORD.findall(text, head.start, head.end)) < LEAST_CLAUSE:
            continue
        earlier = memory.earlier(text, head)
        if earlier and _ENDED.search(earlier.of(text)):
            rest = Span(match.end(), span.end)
            return [replace(block, span=head, repeats=earlier), replace(block, span=rest)]
    return [replace(block, span=span)]


def _joined(parts: list[Block]) -> list[Block]:
    """Join neighbours of one paragraph that are both new, or that repeat neighbouring passages."""
    result: list[Block] = []
    for part in parts:
        last = result[-1] if result else None
        if last and last.repeats is None and part.repeats is None:
            result[-1] = replace(last, span=Span(last.span.start, part.span.end))
        elif last and last.repeats and part.repeats and 0 <= part.repeats.start - last.repeats.end <= 2:
            repeats = Span(last.repeats.start, part.repeats.end)
            result[-1] = replace(last, span=Span(last.span.start, part.span.end), repeats=repeats)
        else:
            result.append(part)
    return result


def _passage(text: str, span: Span) -> _Passage:
    found = list(_WORD.finditer(text, span.start, span.end))
    return _Passage(
        span,
        tuple(m.group().lower().replace("’", "'") for m in found),
        tuple(m.group()[0].isupper() for m in found),
        tuple(m.end() for m in found),
    )


_Shingle = tuple[str, ...]


def _shingles(text: str, span: Span) -> tuple[set[_Shingle], int]:
    """Return the runs of six words in a stretch, and how many there are counting doubles."""
    words = _WORD.findall(text[span.start : span.end].lower().replace("’", "'"))
    found = set(zip(*(words[n:] for n in range(SHINGLE)), strict=False))
    return found, max(len(words) - SHINGLE + 1, 0)


class _Memory:
    """What the page has said so far: where each run of words stood first."""

    def __init__(self) -> None:
        self._known: dict[_Shingle, Span] = {}

    def knows(self, shingles: set[_Shingle]) -> bool:
        """Say whether a run of words stood before."""
        return not self._known.keys().isdisjoint(shingles)

    def add(self, span: Span, shingles: set[_Shingle]) -> None:
        """Remember a paragraph or a sentence."""
        self._known.update(dict.fromkeys(shingles - self._known.keys(), span))

    def earlier(self, text: str, span: Span) -> Span | None:
        """Return the first earlier words that a sentence repeats."""
        shingles, count = _shingles(text, span)
        if count < LEAST_WORDS - SHINGLE + 1:
            return None
        stretches = {self._known[shingle] for shingle in shingles & self._known.keys()}
        later = _passage(text, span)
        for stretch in sorted(stretches):
            for sentence in sentences(text, stretch):
                if found := _repeated(text, later, _passage(text, sentence)):
                    return found.span
        return None


def _repeated(text: str, later: _Passage, earlier: _Passage) -> _Passage | None:
    """Return the earlier words that the later passage says again, or None."""
    if part := _contained(later, earlier):
        return part
    if _near(later, earlier) or _same_quotation(text, later, earlier):
        return earlier
    return None


def _contained(later: _Passage, earlier: _Passage) -> _Passage | None:
    """Return the stretch of `earlier` that has exactly the words of `later`.

    The first word of `later` may be the end of a word, as where a paste begins inside one.
    """
    words, size = later.words, len(later.words)
    for start in range(len(earlier.words) - size + 1):
        if earlier.words[start + 1 : start + size] != words[1:] or not earlier.words[start].endswith(
            words[0]
        ):
            continue
        if earlier.words[start] == words[0] or size >= LEAST_CLAUSE:
            end = earlier.ends[start + size - 1]
            begin = earlier.ends[start] - len(earlier.words[start])
            whole = size == len(earlier.words)
            return earlier if whole else replace(earlier, span=Span(begin, end))
    return None


def _near(later: _Passage, earlier: _Passage) -> bool:
    """Say whether the passages differ only in words that change nothing: articles, titles, first names, slips.

    A word put for another is never such a difference ("Russia condemned", "China condemned"), nor is a
    number or a negation.
    """
    longer = max(len(later.words), len(earlier.words))
    shared = longer
    for code in Levenshtein.opcodes(earlier.words, later.words):
        if code.tag == "equal":
            continue
        shared -= max(code.src_end - code.src_start, code.dest_end - code.dest_start)
        old = range(code.src_start, code.src_end)
        new = range(code.dest_start, code.dest_end)
        if code.tag == "replace":
            if not _misspelt([earlier.words[n] for n in old], [later.words[n] for n in new]):
                return False
        elif not (_droppable(earlier, old) and _droppable(later, new)):
            return False
    return shared / longer >= LEAST_SHARED


def _misspelt(old: list[str], new: list[str]) -> bool:
    return len(old) == len(new) and all(
        min(len(a), len(b)) >= MISSPELT_LENGTH and a.isalpha() and fuzz.ratio(a, b) >= SAME_SPELLING
        for a, b in zip(old, new, strict=True)
    )


def _droppable(passage: _Passage, places: range) -> bool:
    """Say whether each word may be dropped: a small word, a title, or a first name before its last name."""
    return all(
        passage.words[n] in MAY_DROP
        or (
            0 < n < len(passage.words) - 1
            and passage.capital[n]
            and passage.capital[n + 1]
            and n + 1 not in places
        )
        for n in places
    )


def _same_quotation(text: str, later: _Passage, earlier: _Passage) -> bool:
    """Say whether `later` is one long quotation that `earlier` has too, with no more than an attribution.

    The opening mark may be lost, as where a page has cut the first letters of a quotation.
    """
    start = later.span.start
    for mark in _QUOTE_MARK.finditer(text, later.span.start, later.span.end):
        quoted = _passage(text, Span(start, mark.start())).words
        start = mark.end()
        rest = len(later.words) - len(quoted)
        closing = mark.group() != "“"
        if closing and len(quoted) >= LEAST_QUOTE and rest <= TAIL_WORDS and _has(earlier.words, quoted):
            return True
    return False


def _has(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[n : n + len(part)] == part for n in range(len(words) - len(part) + 1))
