"""What patterns and the encoder each find in a sentence, weighed into one list of matches.

The encoder gives words with shares of probability; words of one category that stand together are one proposal.
A pattern's match stays where the encoder does not speak against it, and what only the encoder sees becomes a
match of its own, with the parties that it links to the word. For the latter the shares are weighed with how often the word
names an event at all (`words.py`); patterns know their words already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.coding.matching import ENCODER, Match, bind
from communique.coding.modality import auxiliary
from communique.coding.patterns import DEFAULT_ROLES, NO_EVENT, Pattern
from communique.coding.words import EventWords
from communique.records import EventWord
from communique.syntax import Tree, runs

ALONE = 0.64
"""Least share, weighed, at which a word without a pattern is coded: of 0.5 to 0.75 on the corpus's development articles, the middle
gave most, F1 of categories 0.60 to 0.62 throughout."""
WITH_PATTERN = 0.025
"""Least share at which a pattern's match is coded: of 0 to 0.2, F1 is best from 0.02 to 0.05. That holds of what did not
happen or is only asked for as well: of 74 such matches below it in 300 train articles that the encoder had not learned from,
10 were right."""
OVERRULED = 0.65
"""Share of another category, weighed, from which the encoder's code replaces the pattern's: 0.55 is alike, 0.8 gave 0.003 less F1 of
categories with their actors."""
PARTY = 0.65
"""Least share of a word as a party: 0.35 gave 0.01 less F1 of participants' countries."""
SEEN = 0.6
"""Share of a pattern's match from which the encoder is taken to be with it."""
GAP = 2
"""Words that may stand between two words of one proposal: held *peace* talks."""
HELPING = frozenset({"compound:prt", "aux", "aux:pass", "advmod", "cop"})
"""How a word hangs on the verb that it makes one act with."""
MUTUAL = frozenset({"CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that the encoder takes for one event."""

    words: tuple[EventWord, ...]
    category: str
    share: float

    @property
    def best(self) -> EventWord:
        """The word that names the event most surely."""
        return max(self.words, key=lambda word: share_of(word, self.category))

    @property
    def tokens(self) -> tuple[int, ...]:
        """The indices of the words."""
        return tuple(word.token for word in self.words)


def share_of(word: EventWord, category: str) -> float:
    """Return the share of probability that a word gives to a category."""
    return dict(word.categories).get(category, 0.0)


def proposals(acts: Sequence[EventWord], least: float = ALONE) -> list[Proposal]:
    """Return the events that the encoder proposes: runs of words whose first category is the same."""
    groups: list[list[EventWord]] = []
    for word in acts:
        category, share = top(word)
        if share < least / 2:
            continue
        last = groups[-1] if groups else None
        if last and top(last[-1])[0] == category and word.token - last[-1].token <= GAP:
            last.append(word)
        else:
            groups.append([word])
    found = [Proposal(tuple(run), top(run[0])[0], max(top(word)[1] for word in run)) for run in groups]
    return [proposal for proposal in found if proposal.share >= least]


def _of_one_verb(tree: Tree, found: list[Proposal]) -> list[Proposal]:
    """Join what is proposed of a verb and of its particle or auxiliary: "called off" is one act, the surer one."""
    kept: list[Proposal] = []
    for proposal in sorted(found, key=lambda p: -p.share):
        near = next((k for k, other in enumerate(kept) if _helps(tree, proposal, other)), None)
        if near is None:
            kept.append(proposal)
        else:
            words = sorted((*kept[near].words, *proposal.words), key=lambda word: word.token)
            kept[near] = replace(kept[near], words=tuple(words))
    return sorted(kept, key=lambda p: p.tokens)


def _helps(tree: Tree, one: Proposal, other: Proposal) -> bool:
    pairs = [(a, b) for a in one.tokens for b in other.tokens]
    return any(
        tree.head(x) == y and tree.tokens[x].relation in HELPING
        for a, b in pairs
        for x, y in ((a, b), (b, a))
    )


def seen(match: Match) -> bool:
    """Say whether the encoder is with a match."""
    return match.share is not None and match.share >= SEEN


def top(word: EventWord) -> tuple[str, float]:
    """Return the likeliest category of a word with its share."""
    return max(word.categories, key=lambda pair: pair[1], default=("", 0.0))


def joined(
    tree: Tree, found: Sequence[Match], acts: Sequence[EventWord] | None, counted: EventWords
) -> list[Match]:
    """Return the matches to code: those of patterns that stand, then what the encoder alone proposes.

    Without the encoder's word (`acts` None: another reader) the patterns decide alone.
    """
    barred = {word for match in found if match.pattern.event == NO_EVENT for word in match.words}
    found = [match for match in found if barred.isdisjoint(match.words)]
    if acts is None:
        return list(found)
    proposed = _of_one_verb(tree, proposals(counted.weighed(acts, tree.tokens)))
    weighed = [_weighed(match, acts) for match in found]
    kept = [match for match in weighed if _stands(match, proposed)]
    silent = [match for match in weighed if not any(set(p.tokens) & set(match.words) for p in proposed)]
    kept += [match for match in silent if match not in kept and _plain(tree, match, kept)]
    taken = {word for match in kept for word in match.words}
    rest = [proposal for proposal in proposed if (taken | barred).isdisjoint(proposal.tokens)]
    return kept + [_match(tree, proposal) for proposal in rest]


def _weighed(match: Match, acts: Sequence[EventWord]) -> Match:
    """Give a pattern's match the encoder's word for it: that of its words which says most."""
    near = [word for word in acts if word.token in match.words]
    if not near:
        return replace(match, share=0.0)
    word = max(near, key=lambda word: (share_of(word, match.pattern.event), top(word)[1]))
    return replace(match, word=word, share=share_of(word, match.pattern.event))


def _stands(match: Match, proposed: Sequence[Proposal]) -> bool:
    if match.pattern.own:
        return True
    share = match.share or 0.0
    other = [p for p in proposed if p.category != match.pattern.event and set(p.tokens) & set(match.words)]
    if any(p.share >= OVERRULED and p.share > share for p in other):
        return False
    return share >= WITH_PATTERN


def _plain(tree: Tree, match: Match, kept: Sequence[Match]) -> bool:
    """Say whether the grammar is plain about what the encoder hardly knows, since coders seldom write it down.

    Talks that are the thing asked for (guide 5.3), and a sentence of nothing but what somebody did not do to somebody
    (guide 4).
    """
    head = tree.head(match.trigger)
    if head is None:
        return bool(match.actor and match.recipient) and auxiliary(tree, match.trigger) == ("negation",)
    asking = [other.trigger for other in kept if other.pattern.content == "called_for"]
    return match.pattern.event == "CONSULT" and head in asking


def _match(tree: Tree, proposal: Proposal) -> Match:
    trigger = min(proposal.tokens, key=lambda i: (len(list(tree.ancestors(i))), i))
    word_class = "noun" if tree.tokens[trigger].pos in {"NOUN", "PROPN", "ADJ"} else "verb"
    actor, recipient = DEFAULT_ROLES[word_class]
    pattern = Pattern(
        id=ENCODER,
        word_class=word_class,
        words=frozenset(),
        event=proposal.category,
        mode=None,
        actor=actor,
        recipient=recipient,
        reciprocal=proposal.category in MUTUAL,
    )
    bound = bind(tree, trigger, pattern)
    return replace(bound, words=proposal.tokens, word=proposal.best, share=proposal.share)


def parties(
    tree: Tree, pairs: Sequence[tuple[int, float]], words: Sequence[int], least: float = PARTY
) -> tuple[int, ...]:
    """Return the head words of the phrases that the encoder links to an event, whose words are given."""
    likely = [index for index, share in pairs if share >= least]
    heads = [i for run in runs(likely) for i in _heads(tree, run) if not _only_describes(tree, i, words)]
    return tuple(dict.fromkeys(heads))


def _only_describes(tree: Tree, index: int, words: Sequence[int]) -> bool:
    """Say whether a word belongs to a phrase that is not linked: French in "the French defence"."""
    return tree.tokens[index].relation in {"amod", "compound"} and tree.head(index) not in words


def _heads(tree: Tree, run: Sequence[int]) -> list[int]:
    """The words of a phrase whose head stands outside it: one, or two where two phrases touch."""
    inside = set(run)
    tops = [
        i for i in run if tree.head(i) not in inside and tree.tokens[i].pos not in {"PUNCT", "DET", "ADP"}
    ]
    return tops[:1] if len(tops) > 1 and _conjoined(tree, tops) else tops


def _conjoined(tree: Tree, tops: Sequence[int]) -> bool:
    return all(tree.tokens[i].relation == "conj" for i in tops[1:])


def mode_of(word: EventWord, allowed: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Return the likeliest mode among those of the category, none if none is likelier."""
    shares = {mode: share for mode, share in word.modes if mode == "" or mode in allowed}
    best = max(shares, key=lambda mode: shares[mode], default="")
    return (best,) if best else ()
