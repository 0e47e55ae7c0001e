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
MOST_LEFT_OUT = 4
"""Words without a tag within a source's phrase. Chosen by reading; not measured."""
SAYS_WHERE = frozenset({"in", "per", "to", "from", "for", "at"})
"""Prepositions of a source that are its cue where there is no other: "in a poll", "to his critics"."""
MOST_BETWEEN = 2
"""Words without a tag that two parts of a cue may have between them. On 75 train articles of PolNeAR 20 of 34 such words
are in the cue as marked by hand."""
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
    found = [Parts(cue, head_of(tree, cue)) for cue in _tagged_cues(tree) if _a_cue(tree, cue)]
    found += [p for p in _untagged(tree, quoted) if not any(p.head in q.cue for q in found)]
    found.sort(key=lambda parts: parts.cue)
    sources, contents = runs(tree, "source"), runs(tree, "content")
    if not found and sources and contents:
        found = list(_by_source(tree, sources))
    for parts in found:
        _find_source(tree, parts, sources, found)
    for run in contents:
        owner = _owner(tree, run, found)
        if owner is not None:
            owner.content |= set(run) - owner.own
    for parts in found:
        parts.content = (
            named_thing(tree, parts.head) or parts.content or _content_by_tree(tree, parts, found)
        ) - parts.own
    found = _without_second_marks(tree, found)
    for parts in sorted(found, key=lambda parts: -depth(tree, parts.head)):
        _hold_nested(tree, parts, found)
    return found


def _without_second_marks(tree: Tree, found: Sequence[Parts]) -> list[Parts]:
    """Give the words of a cue that is only the colon behind another's source to that: "According to the AP:"."""
    marks = [p for p in found if all(tree.tokens[i].pos == "PUNCT" for i in p.cue)]
    kept = list(found)
    for mark in marks:
        same = (p for p in kept if p is not mark and p.source == mark.source)
        other = next((p for p in same if p.content <= mark.content), None)
        if other is not None:
            other.content = set(mark.content)
            kept.remove(mark)
    return kept


def runs(tree: Tree, role: str) -> list[tuple[int, ...]]:
    """Return the stretches of words of one role; marks part cues only: "said, | adding that"."""
    found: list[list[int]] = []
    for index, token in enumerate(tree.tokens):
        if token.role != role:
            continue
        between = tree.tokens[found[-1][-1] + 1 : index] if found else ()
        parted = bool(between) and role == "cue"
        if found and not parted and all(t.pos == "PUNCT" and t.role == "O" for t in between):
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


def _tagged_cues(tree: Tree) -> list[tuple[int, ...]]:
    """The cues that the encoder sees, whole: "had | also | said", "said | in | a statement"."""
    whole: list[tuple[int, ...]] = []
    for run in runs(tree, "cue"):
        between = range(whole[-1][-1] + 1, run[0]) if whole else range(0)
        if whole and len(between) <= MOST_BETWEEN and _bridged(tree, whole[-1], between, run):
            whole[-1] = (*whole[-1], *between, *run)
        else:
            whole.append(run)
    return [_with_auxiliaries(tree, _with_verb(tree, cue)) for cue in whole]


def _bridged(tree: Tree, cue: tuple[int, ...], between: range, run: tuple[int, ...]) -> bool:
    """Say whether a few words that the encoder leaves out between two parts of a cue are in it."""
    if any(tree.tokens[i].role != "O" or tree.tokens[i].pos in {"PUNCT", "CCONJ"} for i in between):
        return False
    return len(between) == 1 or head_of(tree, cue) in tree.ancestors(head_of(tree, run))


def _with_verb(tree: Tree, cue: tuple[int, ...]) -> tuple[int, ...]:
    """Take in the verb of auxiliaries that the encoder marks alone: "has | denied" it."""
    verb = tree.head(cue[-1])
    helping = all(tree.tokens[i].relation in {"aux", "aux:pass"} and tree.head(i) == verb for i in cue)
    return (*cue, verb) if helping and verb == cue[-1] + 1 else cue


def _with_auxiliaries(tree: Tree, cue: tuple[int, ...]) -> tuple[int, ...]:
    """Take in the auxiliaries and adverbs before a verb that the encoder leaves out: "| had also | said"."""
    attached = set(tree.dependents(head_of(tree, cue), *VERB_GROUP))
    first = cue[0]
    while first - 1 in attached and tree.tokens[first - 1].role == "O":
        first -= 1
    return (*range(first, cue[0]), *cue)


# --------------------------------------------------------------------------- cues that the encoder does not see


def _untagged(tree: Tree, quoted: Sequence[bool]) -> Iterator[Parts]:
    for index, token in enumerate(tree.tokens):
        lemma = tree.lemma(index)
        if _according(tree, index) and index + 1 < len(tree.tokens) and tree.lemma(index + 1) == "to":
            yield Parts((index, index + 1), index, tagged=False)
        elif token.pos == "VERB" and named_thing(tree, index) and tree.subjects(index):
            yield Parts(verb_group(tree, index), index, tagged=False)
        elif token.pos == "VERB" and cues().alone(lemma):
            if token.role == "content" and not _plain_denial(tree, index):
                continue
            if quoted[index] or not _says(tree, index):
                continue
            yield Parts(verb_group(tree, index), index, tagged=False)


def _plain_denial(tree: Tree, verb: int) -> bool:
    """Say whether a sentence without a cue is one denial: "The ministry denied the report", all taken for words said."""
    plain = tree.tokens[verb].relation == "root" and cues().denies_object(tree.lemma(verb))
    return plain and bool(tree.subjects(verb)) and all(token.role != "cue" for token in tree.tokens)


def _by_source(tree: Tree, sources: Sequence[tuple[int, ...]]) -> Iterator[Parts]:
    """Where a source and words said are tagged and no cue: the source's preposition or verb, as in "led | in | a poll"."""
    for run in sources:
        cases = [c for i in run for c in tree.dependents(i, "case") if c == run[0] - 1]
        if cases and tree.lemma(cases[0]) in SAYS_WHERE:
            yield Parts((cases[0],), cases[0])
            return
        verb = tree.head(head_of(tree, run))
        if (
            verb is not None
            and tree.tokens[verb].pos == "VERB"
            and set(run) & set(tree.dependents(verb, "nsubj"))
        ):
            yield Parts(verb_group(tree, verb), verb)
            return


def _according(tree: Tree, index: int) -> bool:
    """Say whether a word is "according": its lemma is that of the verb or its own, as the tagger has it."""
    return tree.tokens[index].text.lower() == "according"


def _says(tree: Tree, verb: int) -> bool:
    """Say whether a verb of saying has words said: a clause, a quotation as its object, a denied thing."""
    clauses = tree.dependents(verb, *CLAUSES_SAID)
    if any(tree.tokens[c].pos in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON"} for c in clauses):
        return True
    before = tree.tokens[verb].relation == "root" and tree.tokens[-1].text == ":"
    if (before or tree.tokens[verb].relation == "parataxis") and tree.subjects(verb):
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
    speakers = [speaker for speaker in _speakers(tree, parts) if speaker not in parts.cue]
    speakers = [s for s in speakers if not parts.tagged or _may_speak(tree, parts, s)]
    own = next((s for s in speakers if tree.tokens[s].role == "source" or _own_name(tree, parts, s)), None)
    near = [run for run in sources if not _parted(parts, run, others)]
    run = min(near, key=lambda run: _distance(parts.cue, run), default=None)
    if own is None and run is not None and _distance(parts.cue, run) <= FARTHEST_SOURCE:
        parts.source = _with_noun(tree, parts, run)
        parts.speaker = head_of(tree, parts.source)
    elif speakers:
        parts.speaker = own if own is not None else speakers[0]
        seen = tree.tokens[parts.speaker].role == "source"
        parts.source = (_tagged_source if seen else _untagged_source)(tree, parts, parts.speaker)


def _own_name(tree: Tree, parts: Parts, speaker: int) -> bool:
    """Say whether a word is a name that stands before a cue and hangs on it."""
    return speaker < parts.head == tree.head(speaker) and tree.tokens[speaker].pos == "PROPN"


def _may_speak(tree: Tree, parts: Parts, speaker: int) -> bool:
    """Say whether a word can be the source of a cue that the encoder sees: tagged, a name, the subject of a plain cue."""
    token, head = tree.tokens[speaker], parts.head
    if token.role == "source":
        return True
    if token.role == "content":
        own = tree.dependents(head, "nsubj") + [
            c for c in tree.dependents(head, "nmod:poss") if tree.tokens[c].pos == "PROPN"
        ]
        return speaker in own and speaker < head and not tree.is_passive(head) and _plain_cue(tree, head)
    return token.role == "O" and (token.pos == "PROPN" or _plain_cue(tree, head))


def _untagged_source(tree: Tree, parts: Parts, speaker: int) -> tuple[int, ...]:
    """A speaker's phrase; without its clauses where other words of attributions stand in it: "| those | vowing to"."""
    phrase = noun_phrase(tree, speaker)
    if any(tree.tokens[i].role not in {"O", "source", tree.tokens[speaker].role} for i in phrase):
        phrase = [i for i in tree.phrase(speaker) if (i < parts.cue[0]) == (speaker < parts.cue[0])]
        phrase = stretch(phrase, speaker)
    return tuple(i for i in phrase if i not in parts.cue)


def _tagged_source(tree: Tree, parts: Parts, speaker: int) -> tuple[int, ...]:
    """The tagged words round a speaker, with others of the same phrase: "A woman | identified as | Eva Cole"."""
    sources = runs(tree, "source")
    run = next(run for run in sources if speaker in run)
    phrase = set(noun_phrase(tree, speaker)) - set(parts.cue)
    inside = [other for other in sources if phrase.issuperset(other)]
    first = min([run[0], *(other[0] for other in inside)])
    last = max([run[-1], *(other[-1] for other in inside)])
    between = set(range(first, last + 1)) - {i for r in (run, *inside) for i in r}
    if between <= phrase and len(between) <= MOST_LEFT_OUT:
        return tuple(range(first, last + 1))
    return run


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
    if _according(tree, head):
        yield from _after(tree, parts.cue[-1])
        return
    if tree.tokens[head].pos in {"VERB", "AUX"}:
        if not tree.is_passive(head):
            yield from sorted(tree.dependents(head, "nsubj"), key=lambda i: abs(i - head))
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
    before = next(
        (p for p in found if p.cue[-1] + 1 == run[0] and tree.tokens[run[0]].relation == "mark"), None
    )
    if before is not None:
        return before
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
    above = next((i for i in tree.ancestors(head) if i not in parts.own), None)
    if not words and above is not None and _aside(tree, parts):
        words = set(tree.subtree(above)) - set(tree.subtree(head)) - set(_phrase_of(tree, parts))
    others = [other for other in found if other is not parts]
    left = words - parts.own - {i for other in others for i in (other.own | other.content)}
    if not left and above is not None:
        left = next((other.content - parts.own for other in others if above in other.content), left)
    return set(left)


def _plain_cue(tree: Tree, head: int) -> bool:
    lemma = tree.lemma(head)
    return cues().alone(lemma) or _according(tree, head) or lemma in cues().nouns


def _aside(tree: Tree, parts: Parts) -> bool:
    return tree.tokens[parts.head].relation in {"parataxis", "obl", "advmod", "case", "advcl"} and (
        _according(tree, parts.head) or tree.tokens[parts.head].relation == "parataxis"
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
