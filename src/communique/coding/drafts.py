"""Events of one sentence: matches of patterns turned into drafts, and what one draft means for another.

"Moscow urged Kyiv to withdraw" is one REQUEST whose mode comes from what is asked; the withdrawal
asked for is a second event with the status `called_for`. "Threatened to attack" is one THREATEN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from communique.coding.content import asked_mode
from communique.coding.matching import Match, Matcher
from communique.coding.modality import auxiliary, promised
from communique.coding.proposals import joined, mode_of, seen
from communique.coding.sides import ONE_SIDED, SPEECH_ACTS, Parties, across, may_be, names, sides
from communique.coding.words import EventWords
from communique.ontology import plover
from communique.participants import Participants
from communique.records import Entity, Span
from communique.syntax import Tree, runs

PUBLIC_SECTORS = frozenset("GOV MIL COP LEG JUD PRM PTY REB SPY UAF OPP".split())
"""Sectors that act in politics even where their country is not known: officers, gunmen, lawmakers."""
SWALLOWING = frozenset({"REJECT", "THREATEN", "AGREE", "CONCEDE"})
"""Categories that carry what they are about: to refuse to meet is no meeting."""
CONTENT_RELATIONS = frozenset({"xcomp", "ccomp", "obj", "acl", "nsubj:pass"})
"""How the content of an event word hangs on it; phrases count only after it: not "in view of the attack"."""
AS_CONTENT = frozenset({("xcomp",), ("ccomp",), ("obj",)})
"""How a second word hangs on the first where it only says what the first is about: "called it a disgrace"."""
AS_MEANS = frozenset({("obl",), ("obl:agent",), ("nsubj",), ("nsubj:pass",), ("acl", "obj")})
"""How it hangs there where one tells the act and the other its means or its result: "the attack killed nine"."""
BESIDE = 2
"""Words from one verb to the next of "shot and killed"; with an object between them they are two acts."""
FUTURE_OF = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}
"""A cooperative act still to come is a promise of it (PLOVER manual, AGREE and CONCEDE)."""
ASKING = frozenset({"REQUEST", "REJECT"})
"""Categories whose mode is what is asked or refused."""
SURE, NO_AUXILIARY = 0.5, 0.05
"""Shares of an event and of its auxiliary modes from which the encoder is believed, and up to which it rules a mode out.
With the words alone auxiliary modes had F1 0.47 on the development articles, with both 0.67; 0.05 to 0.2 is alike."""
PLAIN = frozenset({"suicide-attack", "drone"})
"""Modes of ASSAULT that their words tell plainly."""
MODES_OF_CONTENT: Mapping[str, Mapping[str, str]] = {
    "REQUEST": {"CONSULT": "meet", "AGREE": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist",
                "RETREAT": "yield", "CONCEDE": "yield"},
    "REJECT": {"CONSULT": "meet", "AGREE": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist",
               "RETREAT": "yield", "CONCEDE": "yield"},
    "THREATEN": {"ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict"},
}  # fmt: skip
"""Which mode a demand, a refusal or a threat takes from the event that it is about."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before status, date and document are known."""

    match: Match
    tree: Tree
    category: str
    mode: tuple[str, ...]
    aux: tuple[str, ...]
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    evidence: tuple[Span, ...]
    status: str | None = None
    claimants: tuple[Entity, ...] = ()
    inner: tuple[int, ...] = field(default=())
    """Triggers of drafts that this one's content holds."""

    @property
    def trigger(self) -> int:
        """Index of the event's word in its sentence."""
        return self.match.trigger


def drafts(tree: Tree, matcher: Matcher, participants: Participants, counted: EventWords) -> list[Draft]:
    """Return the events of a sentence, outer ones first, with modes and statuses from one another."""
    found = joined(tree, matcher.matches(tree), tree.sentence.acts, counted)
    plain = [_draft(tree, match, matcher, participants) for match in found]
    ordered = sorted(plain, key=lambda draft: (len(list(tree.ancestors(draft.trigger))), draft.trigger))
    kept: dict[int, Draft] = {draft.trigger: draft for draft in ordered}
    for outer in ordered:
        for inner in ordered:
            if outer.trigger in kept and inner.trigger in kept:
                _compare(tree, kept, outer.trigger, inner.trigger)
    return [_settled(draft) for draft in kept.values() if _somebody(draft)]


def _compare(tree: Tree, kept: dict[int, Draft], outer_at: int, inner_at: int) -> None:
    """Join two drafts that tell one act, or settle what one means for the other where it is its content."""
    outer, inner = kept[outer_at], kept[inner_at]
    if _one_act(tree, outer, inner):
        kept[outer_at] = _told_once(outer, kept.pop(inner_at))
    elif _holds(tree, outer, inner):
        _relate(kept, outer_at, inner_at)


def _draft(tree: Tree, match: Match, matcher: Matcher, participants: Participants) -> Draft:
    actor, recipient = sides(tree, match, participants)
    mode = (match.pattern.mode,) if match.pattern.mode else _mode(tree, match, matcher)
    aux = auxiliary_modes(tree, match)
    return Draft(match, tree, match.pattern.event, mode, aux, actor, recipient, _evidence(tree, match))


def auxiliary_modes(tree: Tree, match: Match) -> tuple[str, ...]:
    """Return the auxiliary modes of the pattern, those that the words around tell, and those of which the encoder is sure.

    What the words tell is not believed where the encoder is sure of the event and gives the mode no share.
    """
    word = match.told
    shares = dict(word.auxiliary) if word else {}
    sure = word is not None and dict(word.categories).get(match.pattern.event, 0) >= SURE
    told = [a for a in auxiliary(tree, match.trigger) if not sure or shares.get(a, 0) >= NO_AUXILIARY]
    added = [a for a, share in shares.items() if share >= SURE]
    return tuple(dict.fromkeys((*match.pattern.aux, *told, *added)))


def _mode(tree: Tree, match: Match, matcher: Matcher) -> tuple[str, ...]:
    """The mode that the words of what is asked or of the weapon tell plainly, else the encoder's."""
    asked = asked_mode(tree, match.trigger, matcher.patterns.asked) if match.pattern.event in ASKING else ()
    armed = _instrument(tree, match, matcher)
    if asked or set(armed) & PLAIN:
        return asked or armed
    allowed = frozenset(plover().categories[match.pattern.event].modes)
    told = mode_of(match.told, allowed) if match.told else ()
    return told or armed


def _instrument(tree: Tree, match: Match, matcher: Matcher) -> tuple[str, ...]:
    """The mode of an ASSAULT from the weapon named in its clause."""
    if match.pattern.event != "ASSAULT":
        return ()
    words = {tree.lemma(i) for i in tree.subtree(match.trigger)}
    return next(
        ((m,) for m, lemmas in matcher.patterns.instruments.items() if not words.isdisjoint(lemmas)), ()
    )


def _evidence(tree: Tree, match: Match) -> tuple[Span, ...]:
    """The event's words, one span where they stand close together."""
    return tuple(tree.span(run) for run in runs(match.words, gap=2))


def _path(tree: Tree, above: int, below: int) -> tuple[str, ...]:
    """The relations from a word up to one that governs it; none if it does not."""
    path, here = [], below
    while here != above:
        path.append(tree.tokens[here].relation)
        head = tree.head(here)
        if head is None:
            return ()
        here = head
    return tuple(path)


def _one_act(tree: Tree, outer: Draft, inner: Draft) -> bool:
    """Say whether two words of one category tell one act (guide 2.3), not two: "launched a strike that killed nine"."""
    if outer.category != inner.category:
        return False
    path = _path(tree, outer.trigger, inner.trigger)
    if not path:
        return False
    path = path[1:] if path[0] == "aux" else path
    if not path or path in AS_CONTENT:
        return True
    token = tree.tokens[inner.trigger]
    means = path in AS_MEANS and token.pos != "PROPN"
    result = path == ("advcl",) and token.tag == "VBG" and not tree.dependents(inner.trigger, "mark", "case")
    beside = path == ("conj",) and abs(outer.trigger - inner.trigger) <= BESIDE
    return (
        (means or result or beside)
        and may_be(names(outer.actor), names(inner.actor))
        and may_be(names(outer.recipient), names(inner.recipient))
    )


def _told_once(outer: Draft, inner: Draft) -> Draft:
    """Return one draft of an act that two words tell: the first's, what it leaves open from the second.

    Whom the second has for the doer is, in what somebody says, the one that it is said of.
    """
    actor = outer.actor or _without(inner.actor, outer.recipient)
    aimed = inner.recipient or (inner.actor if outer.category in SPEECH_ACTS else ())
    recipient = outer.recipient or _without(aimed, actor)
    evidence = tuple(sorted({*outer.evidence, *inner.evidence}))
    return replace(outer, mode=outer.mode or inner.mode, actor=actor, recipient=recipient, evidence=evidence)


def _without(parties: Parties, others: Parties) -> Parties:
    return tuple(entity for entity in parties if not names((entity,)) & names(others))


def _holds(tree: Tree, outer: Draft, inner: Draft) -> bool:
    """Say whether `inner` is the content of `outer`: its clause or its object, not a relative clause."""
    path = _path(tree, outer.trigger, inner.trigger)
    top = path[-1] if path else ""
    inside = top in CONTENT_RELATIONS or (top in {"obl", "advcl", "nmod"} and outer.trigger < inner.trigger)
    return inside and not any(relation in {"acl:relcl", "parataxis", "conj"} for relation in path[-1:])


def _relate(kept: dict[int, Draft], outer_at: int, inner_at: int) -> None:
    outer, inner = kept[outer_at], kept[inner_at]
    content = outer.match.pattern.content
    modes = MODES_OF_CONTENT.get(outer.category, {})
    if not outer.mode and inner.category in modes:
        kept[outer_at] = outer = replace(outer, mode=(modes[inner.category],))
    independent = bool(inner.actor) and inner.match.pattern.word_class == "noun"
    swallowed = content in {"future", "own-claim"} or (outer.category in SWALLOWING and not independent)
    if swallowed and not seen(inner.match) and content not in {"called_for", "claimed"}:
        del kept[inner_at]
    elif content in {"called_for", "claimed", "denied"} and inner.status is None:
        kept[inner_at] = replace(
            inner, status=content, claimants=outer.actor, aux=(), actor=inner.actor or _supplied(outer, inner)
        )


def _supplied(outer: Draft, inner: Draft) -> tuple[Entity, ...]:
    """The doer of what is claimed or asked: whoever is accused or urged."""
    verbal = inner.match.pattern.word_class == "verb"
    return outer.recipient if verbal and not inner.tree.is_passive(inner.trigger) else ()


def _settled(draft: Draft) -> Draft:
    """Turn future cooperation into the promise of it, and its refusal into REJECT.

    What is told as to come stays `future`; where the verb is itself the promise, that it is open is said already.
    """
    if "future" not in draft.aux or draft.category not in FUTURE_OF or draft.status is not None:
        return draft
    if seen(draft.match):
        return draft
    if "negation" in draft.aux:
        return replace(draft, category="REJECT", mode=_refused(draft.category), aux=())
    rest = tuple(m for m in draft.aux if m != "future" or not promised(draft.tree, draft.trigger))
    changed = replace(draft, category=FUTURE_OF[draft.category], mode=(), aux=rest)
    if changed.category not in ONE_SIDED or draft.recipient:
        return changed
    actor, recipient = across(draft.tree, draft.trigger, draft.actor)
    return replace(changed, actor=actor, recipient=recipient)


def _refused(category: str) -> tuple[str, ...]:
    """The mode of "will not": what is refused."""
    mode = MODES_OF_CONTENT["REJECT"].get(category)
    return (mode,) if mode else ()


def _somebody(draft: Draft) -> bool:
    """An event needs a party with a country or an organisation's code, or one of a state or in arms.

    Where a pattern and the encoder agree it may be that the text leaves everybody open: of 300 train articles that the
    encoder had not learned from, 9 of 13 such events were right, of 101 development articles 2 of 10.
    """
    if draft.match.by_pattern and draft.match.share is not None and seen(draft.match):
        return True
    parties = (*draft.actor, *draft.recipient)
    return any(entity.code or entity.sector in PUBLIC_SECTORS for entity in parties)
