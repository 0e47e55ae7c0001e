"""One sentence's cues, sources and contents, and which belongs to which.

The encoder tags words as parts of attributions; the tree says which parts belong together. Where the encoder is
silent, a verb of saying with a clause or a quotation beside it is a cue all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.attribution.cues import cues
from communique.syntax import NOMINALS, Tree

SAID = frozenset({"ccomp", "xcomp"})
"""How the words said hang on the verb of saying: a cue in them is part of what is said."""
ASIDES = frozenset({"parataxis", "advcl", "ccomp", "acl", "obl", "discourse"})
"""How a cue hangs on words that it attributes from inside or behind them: "X, he said, Y"."""
CLAUSES_SAID = frozenset({"ccomp", "parataxis", "csubj", "csubj:pass"})
FARTHEST_SOURCE = 12
"""Words between a cue and a source that the tree does not join to it. Chosen by reading; not measured."""
QUOTE_MARKS = frozenset("\"“”„«»'‘’") | {"''", "``"}
VERB_GROUP = ("aux", "aux:pass", "advmod", "neg", "compound:prt")


@dataclass(slots=True)
class Parts:
    """One attribution in the making, as numbers of words of its sentence."""

    cue: tuple[int, ...]
    head: int
    source: tuple[int, ...] = ()
    speaker: int | None = None
    """The word that names the source, where the tree tells."""
    content: set[int] = field(default_factory=set)
    tagged: bool = True
    """Whether the encoder sees a cue here."""

    @property
    def own(self) -> set[int]:
        """The words of source and cue."""
        return {*self.cue, *self.source}


def in_sentence(tree: Tree, quoted: Sequence[bool]) -> list[Parts]:
    """Return the attributions of a sentence; `quoted` says of each word whether it stands in quotation marks."""
    found = [Parts(cue, head_of(tree, cue)) for cue in runs(tree, "cue") if _a_cue(tree, cue)]
    found += [p for p in _untagged(tree, quoted) if not any(p.head in q.cue for q in found)]
    found.sort(key=lambda parts: parts.cue)
    sources = runs(tree, "source")
    for parts in found:
        _find_source(tree, parts, sources, found)
    contents = runs(tree, "content")
    for run in contents:
        owner = _owner(tree, run, found)
        if owner is not None:
            owner.content |= set(run) - owner.own
    for parts in found:
        parts.content = (
            named_thing(tree, parts.head) or parts.content or _content_by_tree(tree, parts, found)
        ) - parts.own
    for parts in sorted(found, key=lambda parts: -depth(tree, parts.head)):
        _hold_nested(tree, parts, found)
    return found


def runs(tree: Tree, role: str) -> list[tuple[int, ...]]:
    """Return the stretches of words of one role; marks between them do not part them."""
    found: list[list[int]] = []
    for index, token in enumerate(tree.tokens):
        if token.role != role:
            continue
        between = tree.tokens[found[-1][-1] + 1 : index] if found else ()
        if found and all(t.pos == "PUNCT" and t.role == "O" for t in between):
            found[-1] += range(found[-1][-1] + 1, index + 1)
        else:
            found.append([index])
    return [tuple(run) for run in found]


def head_of(tree: Tree, words: Iterable[int]) -> int:
    """Return the topmost of some words, a verb or noun before a mark."""
    return min(words, key=lambda i: (tree.tokens[i].pos == "PUNCT", depth(tree, i), i))


def depth(tree: Tree, index: int) -> int:
    """Return how many words stand above one."""
    return sum(1 for _ in tree.ancestors(index))


def _a_cue(tree: Tree, cue: tuple[int, ...]) -> bool:
    words = [tree.tokens[i].text for i in cue]
    return any(any(c.isalpha() for c in word) or word in {":", "—", "–", "--"} for word in words)


# --------------------------------------------------------------------------- cues that the encoder does not see


def _untagged(tree: Tree, quoted: Sequence[bool]) -> Iterator[Parts]:
    for index, token in enumerate(tree.tokens):
        lemma = tree.lemma(index)
        if lemma == "according" and index + 1 < len(tree.tokens) and tree.lemma(index + 1) == "to":
            yield Parts((index, index + 1), index, tagged=False)
        elif token.pos == "VERB" and named_thing(tree, index) and tree.subjects(index):
            yield Parts(verb_group(tree, index), index, tagged=False)
        elif token.pos == "VERB" and token.role != "content" and cues().alone(lemma):
            if quoted[index] or not _says(tree, index):
                continue
            yield Parts(verb_group(tree, index), index, tagged=False)


def _says(tree: Tree, verb: int) -> bool:
    """Say whether a verb of saying has words said: a clause, a quotation as its object, a denied thing."""
    clauses = tree.dependents(verb, *CLAUSES_SAID)
    if any(tree.tokens[c].pos in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON"} for c in clauses):
        return True
    if tree.tokens[verb].relation == "parataxis" and tree.subjects(verb):
        return True
    return cues().denies_object(tree.lemma(verb)) and bool(
        tree.objects(verb) or tree.dependents(verb, "xcomp")
    )


def named_thing(tree: Tree, verb: int) -> set[int]:
    """Return the words that somebody has for a thing, as in "what Russia called an invasion"; none elsewhere."""
    asked = any(tree.lemma(c) == "do" for c in tree.dependents(verb, "aux"))
    if asked or tree.lemma(verb) not in cues().naming:
        return set()
    head = tree.head(verb)
    before = [c for c in tree.children[verb] if c < verb] + ([head] if head is not None else [])
    if not any(tree.tokens[i].text.lower() == "what" for i in before):
        return set()
    behind = [c for c in tree.dependents(verb, "obj", "xcomp", "obl") if c > verb]
    words = [c for c in behind if tree.tokens[c].relation != "obl" or tree.preposition(c) == "as"]
    cases = {case for c in words for case in tree.dependents(c, "case")}
    return {i for c in words for i in tree.subtree(c) if i > verb} - cases


def verb_group(tree: Tree, verb: int) -> tuple[int, ...]:
    """Return a verb with the auxiliaries, negations, adverbs and particles that stand next to it."""
    attached = set(tree.dependents(verb, *VERB_GROUP))
    first = last = verb
    while first - 1 in attached:
        first -= 1
    while last + 1 in attached and tree.tokens[last + 1].relation == "compound:prt":
        last += 1
    return tuple(range(first, last + 1))


# --------------------------------------------------------------------------- sources


def _find_source(
    tree: Tree, parts: Parts, sources: Sequence[tuple[int, ...]], others: Sequence[Parts]
) -> None:
    for speaker in _speakers(tree, parts):
        if speaker in parts.cue:
            continue
        run = next((run for run in sources if speaker in run), None)
        parts.speaker = speaker
        parts.source = run or tuple(i for i in noun_phrase(tree, speaker) if i not in parts.cue)
        return
    near = [run for run in sources if not _parted(parts, run, others)]
    if near:
        run = min(near, key=lambda run: _distance(parts.cue, run))
        if _distance(parts.cue, run) <= FARTHEST_SOURCE:
            parts.source = _with_noun(tree, parts, run)
            parts.speaker = head_of(tree, parts.source)


def _with_noun(tree: Tree, parts: Parts, run: tuple[int, ...]) -> tuple[int, ...]:
    """A source that is tagged as a bare article takes its noun, which then is no cue: "The statement went on to say"."""
    noun = tree.head(run[0])
    bare = all(tree.tokens[i].pos == "DET" for i in run) and noun is not None
    if not bare or noun is None or noun == parts.head or tree.tokens[noun].pos not in {"NOUN", "PROPN"}:
        return run
    phrase = tuple(i for i in noun_phrase(tree, noun) if i < parts.head)
    parts.cue = tuple(i for i in parts.cue if i not in phrase) or parts.cue
    return phrase or run


def _speakers(tree: Tree, parts: Parts) -> Iterator[int]:
    """The words that grammar makes the source of a cue, the likeliest first."""
    head = parts.head
    if tree.lemma(head) == "according":
        yield from _after(tree, parts.cue[-1])
        return
    if tree.tokens[head].pos in {"VERB", "AUX"}:
        if not tree.is_passive(head):
            yield from tree.dependents(head, "nsubj")[-1:]
        yield from tree.subjects(head)
        return
    yield from tree.dependents(head, "nmod:poss", "nsubj")
    yield from (c for c in tree.dependents(head, "nmod") if tree.preposition(c) in {"by", "from", "of"})
    governor = tree.head(head)
    if governor is not None and tree.tokens[head].relation in {"obj", "obl"}:
        yield from tree.subjects(governor)


def _after(tree: Tree, place: int) -> Iterator[int]:
    """The head of the noun phrase that begins after a place."""
    following = (i for i in range(place + 1, len(tree.tokens)) if tree.tokens[i].pos in NOMINALS)
    first = next((i for i in following if tree.tokens[i].pos in {"NOUN", "PROPN", "PRON", "NUM"}), None)
    while first is not None:
        above = tree.head(first)
        if (
            above is None
            or above <= place
            or tree.tokens[first].relation not in {"compound", "amod", "flat", "nmod:poss", "nummod", "det"}
        ):
            break
        first = above
    if first is not None:
        yield first


def noun_phrase(tree: Tree, head: int) -> list[int]:
    """Return a source's phrase whole: with its appositions and relative clauses, without a preposition before it."""
    phrase = tree.subtree(head)
    outer = set(tree.dependents(head, "case", "cop", "mark", "parataxis", "punct"))
    if tree.tokens[head].pos in {"VERB", "AUX"}:
        return tree.phrase(head)
    left = [i for i in phrase if i not in outer or (tree.tokens[i].pos == "PUNCT" and i > head)]
    while left and tree.tokens[left[-1]].pos == "PUNCT":
        left.pop()
    return stretch(left, head)


def stretch(words: Sequence[int], around: int) -> list[int]:
    """Return the unbroken stretch of words around one of them."""
    known = set(words)
    first = last = around
    while first - 1 in known:
        first -= 1
    while last + 1 in known:
        last += 1
    return list(range(first, last + 1))


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    return max(other[0] - one[-1], one[0] - other[-1], 0)


def _parted(parts: Parts, run: Sequence[int], others: Sequence[Parts]) -> bool:
    """Say whether another cue stands between a cue and a run."""
    low, high = sorted((parts.cue[0], run[0]))
    return any(low < other.cue[0] < high for other in others if other is not parts)


# --------------------------------------------------------------------------- contents


def _owner(tree: Tree, run: tuple[int, ...], found: Sequence[Parts]) -> Parts | None:
    """The attribution that a stretch of content belongs to: the cue above it, below it, or next to it."""
    if not found:
        return None
    top = head_of(tree, run)
    for above in tree.ancestors(top):
        owner = next((p for p in found if above in p.cue), None)
        if owner is not None and owner.speaker != top:
            return owner
    inside = set(run)
    below = [p for p in found if _hangs_on(tree, p.head, inside)]
    near = below or [p for p in found if not _parted(p, run, found)] or list(found)
    return min(near, key=lambda p: (_distance(p.cue, run), p.cue))


def _hangs_on(tree: Tree, cue: int, words: set[int]) -> bool:
    relation = tree.tokens[cue].relation
    return tree.head(cue) in words and relation in ASIDES


def _content_by_tree(tree: Tree, parts: Parts, found: Sequence[Parts]) -> set[int]:
    """Where the encoder tags no content: the clause under a verb of saying, or the clause that it is an aside of."""
    if parts.tagged and not _plain_cue(tree, parts.head):
        return set()
    head = parts.head
    below = [c for c in tree.dependents(head, *CLAUSES_SAID) if c not in parts.own]
    if not below and cues().denies_object(tree.lemma(head)):
        below = [
            c for c in [*tree.objects(head), *tree.dependents(head, "xcomp", "advcl")] if c not in parts.own
        ]
    words = {i for c in below for i in tree.subtree(c)}
    above = tree.head(head)
    if not words and above is not None and _aside(tree, parts):
        top = above
        words = set(tree.subtree(top)) - set(tree.subtree(head)) - set(_phrase_of(tree, parts))
    taken = {i for other in found if other is not parts for i in (other.own | other.content)}
    return words - parts.own - taken


def _plain_cue(tree: Tree, head: int) -> bool:
    lemma = tree.lemma(head)
    return cues().alone(lemma) or lemma == "according" or lemma in cues().nouns


def _aside(tree: Tree, parts: Parts) -> bool:
    return tree.tokens[parts.head].relation in {"parataxis", "obl", "advmod", "case", "advcl"} and (
        tree.lemma(parts.head) == "according" or tree.tokens[parts.head].relation == "parataxis"
    )


def _phrase_of(tree: Tree, parts: Parts) -> list[int]:
    return tree.subtree(parts.speaker) if parts.speaker is not None else []


def _hold_nested(tree: Tree, inner: Parts, found: Sequence[Parts]) -> None:
    """Make an attribution that stands in the words of another part of that one's content."""
    path = inner.head
    for above in tree.ancestors(inner.head):
        outer = next((p for p in found if above in p.cue and p is not inner), None)
        if outer is not None:
            if tree.tokens[path].relation in SAID and not inner.own & outer.own:
                outer.content |= (inner.own | inner.content) - outer.own
            return
        path = above
