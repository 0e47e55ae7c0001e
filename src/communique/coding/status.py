"""Who says that an event happened: reported, claimed, denied or called for, and the claimants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.coding.drafts import Draft
from communique.coding.modality import advised, auxiliary, unconcerned
from communique.coding.sides import SPEECH_ACTS
from communique.coding.stance import Stance, stance
from communique.participants import FIRST_PERSON, Participants
from communique.records import Claimant, Entity, Span, Statement
from communique.syntax import Tree

Standing = tuple[str, tuple[Claimant, ...], tuple[str, ...]]
"""Status, claimants outermost first, the auxiliary modes that remain."""

CARRYING = frozenset({"REQUEST", "REJECT", "THREATEN"})
"""Categories that mean what is asked, refused or threatened: that it is open or negated is said already."""
WISHING = frozenset(
    "want hope seek plan expect fear prefer wish intend consider try need like love aim decide refuse agree "
    "decline weigh ponder mull desire long vow promise pledge threaten offer".split()
)
"""Cues that say what somebody feels or means to do, not that it happened."""
PRESUMING = frozenset(
    "praise condemn criticize criticise denounce welcome hail slam support back oppose endorse commend applaud "
    "deplore decry lament regret celebrate protest discuss thank congratulate mock defend describe call "
    "mention cite see watch view ignore forget overlook represent fail impose must omit".split()
)
"""Cues whose object is taken for granted: who condemns a raid does not claim it."""
PERFORMING = frozenset("announce declare proclaim unveil".split())
"""Cues by which saying is doing, where it is the speaker's own act: announced sanctions."""
PROTESTING = frozenset(
    "insist swear vow protest retort maintain snort counter rebut stress object reply respond".split()
)
"""Cues that make "it did not happen" a denial, whoever speaks."""
TOLD_AS_KNOWN = 0.8
"""Share of `reported` from which the encoder is believed over a statement around: of the events found on development
articles 0.89 then have the right status, 0.87 without; 0.7 to 0.9 are alike."""
PRONOUNS = frozenset("he she it they him her them his its their who".split())


def status_at(
    tree: Tree, trigger: int, actor: Sequence[Entity], statements: Sequence[Statement], category: str
) -> Standing:
    """Return the status of an event at any word, from the tree and the statements of its document.

    An event inside a statement's content is claimed by its source, or denied where the statement denies or the
    event is negated in it; verbs and nouns above the event say the same without a statement. A speech act of the
    speaker's own is reported.
    """
    aux = auxiliary(tree, trigger)
    around = [s for s in _around(tree, trigger, statements) if _bears(tree, s, trigger)]
    around = [s for s in around if s.kind == "direct" or not _taken_for_granted(tree, trigger, s)]
    above = stance(tree, trigger, acting=category not in SPEECH_ACTS)
    if above is not None and above.status == "called_for" and category == "REQUEST":
        above = None
    spoken = any(_own(s, actor) for s in around)
    if category in SPEECH_ACTS:
        around = _of_others(around, actor)
    else:
        around = [s for s in around if not _performed(tree, s, trigger, actor)]
    status, claimants = _settled(tree, around, above, statements)
    if status == "claimed" and category not in SPEECH_ACTS and advised(tree, trigger):
        status = "called_for"
    unreal = "negation" in aux and _denial(tree, around, actor, trigger)
    if status == "claimed" and (unreal or unconcerned(tree, trigger)):
        status = "denied"
    return status, claimants, _left(aux, status, category, spoken)


def _left(aux: tuple[str, ...], status: str, category: str, spoken: bool) -> tuple[str, ...]:
    """The auxiliary modes that neither status nor category says already."""
    if status == "called_for":
        return ()
    if category in CARRYING or (category in SPEECH_ACTS and spoken):
        return tuple(a for a in aux if a == "future")
    return tuple(a for a in aux if a != "negation") if status == "denied" else aux


def _settled(
    tree: Tree, around: Sequence[Statement], above: Stance | None, statements: Sequence[Statement]
) -> tuple[str, tuple[Claimant, ...]]:
    """Join what statements and the tree say: the innermost decides, and all are claimants."""
    claimants = tuple(_claimant(s) for s in around if s.source is not None)
    if above is None:
        return (_force(around[-1]) if around else "reported"), claimants
    cue = tree.span(list(above.cue))
    known = [s for s in around if s.cue is not None and s.cue.overlaps(cue)]
    if known:
        innermost = around[-1] in known
        return (above.status if innermost else _force(around[-1])), claimants
    return above.status, (*claimants, *_by_stance(tree, above, statements))


def _by_stance(tree: Tree, above: Stance, statements: Sequence[Statement]) -> tuple[Claimant, ...]:
    """Who denies, asks or alleges, by the statement with that cue, else by the tree."""
    cue = tree.span(list(above.cue))
    said = next((s for s in statements if s.cue is not None and s.cue.overlaps(cue) and s.source), None)
    if said is not None:
        return (_claimant(said),)
    if above.speaker is None:
        return ()
    span = tree.span(tree.phrase(above.speaker))
    words = " ".join(tree.tokens[i].text for i in tree.phrase(above.speaker))
    return (Claimant(Entity(span, words), cue),)


def known(claimants: Sequence[Claimant], tree: Tree, participants: Participants) -> tuple[Claimant, ...]:
    """Return claimants with those whom only the tree gives resolved, as the document has cast them; a mark is nobody."""
    found: list[Claimant] = []
    for claimant in claimants:
        if claimant.entity.text and not any(letter.isalnum() for letter in claimant.entity.text):
            continue
        head = tree.head_within(claimant.entity.span) if claimant.entity.reason is None else None
        resolved = participants.entities(tree, [head]) if head is not None else ()
        found += [Claimant(entity, claimant.cue) for entity in resolved] or [claimant]
    return tuple(found)


def _force(statement: Statement) -> str:
    if statement.polarity == "asks" and statement.kind != "direct":
        return "called_for"
    return "denied" if statement.polarity == "denies" else "claimed"


def _around(tree: Tree, trigger: int, statements: Sequence[Statement]) -> list[Statement]:
    """The statements whose content holds the event's word but not their cue, outermost first."""
    word = tree.tokens[trigger].span
    found = [
        statement
        for statement in statements
        if any(span.covers(word) for span in statement.content)
        and not (statement.cue is not None and statement.cue.overlaps(word))
    ]
    return sorted(found, key=lambda s: -sum(span.end - span.start for span in s.content))


def _of_others(around: list[Statement], actor: Sequence[Entity]) -> list[Statement]:
    """The statements by others than the speaker of a speech act; quoted words of his own stand for themselves."""
    own = [s for s in around if s.polarity != "denies" and _own(s, actor)]
    if any(s.kind == "direct" for s in own):
        return [s for s in around if s.polarity == "denies"]
    return [s for s in around if s not in own]


def _taken_for_granted(tree: Tree, trigger: int, statement: Statement) -> bool:
    """Say whether indirect speech only refers to an event: in a relative clause, or as somebody's known act.

    In a third of the corpus's train part most such events, in relative clauses or with an owner, are the outlet's own.
    """
    if tree.tokens[trigger].pos == "NOUN" and tree.dependents(trigger, "nmod:poss"):
        return True
    here = trigger
    for above in tree.ancestors(trigger):
        if not any(span.covers(tree.tokens[above].span) for span in statement.content):
            return False
        if tree.tokens[here].relation == "acl:relcl":
            return True
        here = above
    return False


def _bears(tree: Tree, statement: Statement, trigger: int) -> bool:
    """Say whether a statement asserts or denies what stands in it, and does not only wish or judge it."""
    cue = _cue_word(tree, statement)
    if cue is None:
        return True
    lemma = tree.lemma(cue)
    if lemma in WISHING and statement.kind != "direct":
        return False
    judged = lemma in PRESUMING or (statement.polarity == "evaluates" and lemma not in {"accuse", "blame"})
    if judged and statement.kind != "direct":
        return any(cue in {above} for above in _clausal_heads(tree, trigger))
    return True


def _clausal_heads(tree: Tree, trigger: int) -> list[int]:
    """The words that an event stands under by a clause that is said, not by a thing that is judged."""
    found, here = [], trigger
    for above in tree.ancestors(trigger):
        if tree.tokens[here].relation in {"ccomp", "parataxis"}:
            found.append(above)
        here = above
    return found


def _cue_word(tree: Tree, statement: Statement) -> int | None:
    """The topmost word of a statement's cue, where it stands in this sentence."""
    if statement.cue is None:
        return None
    words = [i for i, token in enumerate(tree.tokens) if statement.cue.overlaps(token.span)]
    return min(words, key=lambda i: (len(list(tree.ancestors(i))), i), default=None)


def _performed(tree: Tree, statement: Statement, trigger: int, actor: Sequence[Entity]) -> bool:
    """Say whether the speaker does the thing by saying it: announced sanctions, said it would send troops."""
    cue = _cue_word(tree, statement)
    if cue is None or not (_own(statement, actor) or not actor):
        return False
    if tree.lemma(cue) in PERFORMING:
        return True
    return "future" in auxiliary(tree, trigger) and bool(actor)


def _own(statement: Statement, actor: Sequence[Entity]) -> bool:
    """Say whether an act is the speaker's own: the same words or name, or a pronoun that means the speaker."""
    source = statement.source
    if source is None:
        return False
    if any(source.span.overlaps(p.span) or (p.name and source.name == p.name) for p in actor):
        return True
    if statement.kind != "direct" and not any(p.text.lower() in FIRST_PERSON | {"our", "my"} for p in actor):
        pronouns = {p.text.lower() for p in actor} & (PRONOUNS - {"who"})
        return bool(pronouns) or _same_words(source, actor)
    quoted_first = any(p.text.lower() in FIRST_PERSON | {"our", "my"} for p in actor)
    return quoted_first or not actor or _same_words(source, actor)


def _same_words(source: Entity, actor: Sequence[Entity]) -> bool:
    """Say whether the last word of one name is the other's: Lavrov and Sergei Lavrov."""
    own = {word.lower() for word in source.text.replace(",", " ").split() if word[:1].isupper()}
    return any(p.text.split() and p.text.split()[-1].lower() in own for p in actor)


def _denial(tree: Tree, around: Sequence[Statement], actor: Sequence[Entity], trigger: int) -> bool:
    """Say whether "it did not happen" is a denial: by who would have done it, or said against somebody."""
    if not around:
        return True
    inner = around[-1]
    cue = _cue_word(tree, inner)
    if _own(inner, actor) or (cue is not None and tree.lemma(cue) in PROTESTING):
        return True
    verbs = [trigger, *list(tree.ancestors(trigger))[:1]]
    perfect = any(tree.lemma(c) == "have" for v in verbs for c in tree.dependents(v, "aux"))
    return not perfect and inner.kind != "indirect"


# --------------------------------------------------------------------------- of drafts


def status_of(draft: Draft, statements: Sequence[Statement]) -> Standing:
    """Return the status of a draft, what its own pattern says of it first."""
    own = tuple(Claimant(entity, None) for entity in draft.claimants)
    around = [s for s in _around(draft.tree, draft.trigger, statements) if s.source is not None]
    if draft.status is not None:
        outer = tuple(_claimant(s) for s in around if not _same(s.source, draft.claimants))
        return draft.status, (*outer, *_with_cues(own, around)), draft.aux
    if draft.match.pattern.content == "own-claim":
        claimants = tuple(Claimant(entity, draft.evidence[0]) for entity in draft.actor)
        return "claimed", (*(_claimant(s) for s in around), *claimants), draft.aux
    status, claimants, told = status_at(draft.tree, draft.trigger, draft.actor, statements, draft.category)
    if status == "claimed" and _told_as_known(draft, around):
        return "reported", (), draft.aux
    kept = tuple(a for a in draft.aux if a in told or a not in {"negation", "future", "hypothetical"})
    return status, claimants, (draft.aux if status in {"reported", "claimed"} else kept)


def _told_as_known(draft: Draft, around: Sequence[Statement]) -> bool:
    """Say whether the encoder is sure that an event in somebody's reported speech is told as a fact all the same: what
    the words recall ("said the talks held in May had failed"), a speaker's own act. Quoted words never are."""
    word = draft.match.told
    shares = dict(word.statuses) if word else {}
    return bool(around) and around[-1].kind == "indirect" and shares.get("reported", 0) >= TOLD_AS_KNOWN


def with_announcer(draft: Draft, statements: Sequence[Statement]) -> Draft:
    """Who announces talks with somebody is a party to them: the other side of a meeting still to come."""
    around = [s for s in _around(draft.tree, draft.trigger, statements) if s.source is not None]
    lonely = draft.match.pattern.reciprocal and len(draft.actor) == 1 and draft.category == "AGREE"
    source = around[-1].source if around else None
    if not lonely or source is None or source.code is None or _same(source, draft.actor):
        return draft
    return replace(draft, actor=(source,), recipient=draft.actor)


def _same(source: Entity | None, parties: Sequence[Entity]) -> bool:
    """Say whether the source of a statement is one of the parties."""
    if source is None:
        return False
    return any(source.span == p.span or (source.name is not None and source.name == p.name) for p in parties)


def _claimant(statement: Statement) -> Claimant:
    source = statement.source or Entity(Span(0, 0), "")
    return Claimant(source, statement.cue)


def _with_cues(own: tuple[Claimant, ...], around: Sequence[Statement]) -> tuple[Claimant, ...]:
    """Give claimants known from the grammar the cue of the statement that is theirs, if there is one."""
    cues = {s.source.name: s.cue for s in around if s.source is not None and s.source.name}
    return tuple(Claimant(c.entity, cues.get(c.entity.name or "", c.cue)) for c in own)
