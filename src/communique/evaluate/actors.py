"""Who is who: the cast of a document against the actors that coders wrote down.

*Participants*: at the words of each participant and claimant of an event, whom the program finds there, looked up
as the coding does. Country: the coder's, none where the coder has none. Sector: any that the coder gives, none where
there is none. Identity: of persons, organisations and states that the tables hold, whether the canonical name is the
same, loosely (`identity.py`). Given identity: of the persons and organisations that the program names there out of
the tables, the share that is the coder's: the rest is somebody else's name.

*Reference*: each mention of each actor that the coder wrote down is right if the member found there is the one that
stands for the actor. Actors and members are paired one to one, the pair with most mentions in common first; a state
and its government count as one, as in the guide. So an actor split in two loses the smaller part, and of two actors
joined the smaller one is lost. B-cubed is given beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from communique.evaluate.identity import Names
from communique.participants import Participants
from communique.records import Analysis, Cast, Entity, Member, Span
from communique.syntax import NOMINALS, Tree

Row = Mapping[str, Any]

KINDS = {
    "per": "person",
    "org": "organisation",
    "state": "state",
    "group": "group",
    "place-as-actor": "group",
}
FORMS = ("name", "description", "pronoun")
SIDES = ("actor", "recipient")
_NAMES = ("PER", "ORG", "LOC")
_PRONOUNS = frozenset(
    "he she they it we i him her them us me his their its our my himself herself itself themselves who whom which "
    "that you your mine both".split()
)


class Asked(NamedTuple):
    """Words at which an actor stands."""

    span: Span
    actor: Row
    form: str
    side: str


class Miss(NamedTuple):
    """Something that came out otherwise than coded."""

    figure: str
    asked: Asked
    found: tuple[str, ...]
    """Name, country, sector and reason of whoever was found."""


@dataclass(slots=True)
class Tally:
    """Counts of right ones and of all, by figure and row of its table."""

    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    every: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    shares: list[tuple[float, float]] = field(default_factory=list)
    """B-cubed precision and recall of each mention."""

    def count(self, figure: str, right: bool, asked: Asked, found: tuple[str, ...] = ()) -> None:
        """Count one thing under its figure, by kind of actor and by form of the words."""
        for row in ("all", KINDS[asked.actor["kind"]], asked.form):
            self.every[figure, row] += 1
            self.right[figure, row] += right
        if not right:
            self.misses.append(Miss(figure, asked, found))

    def figures(self) -> dict[str, float]:
        """Return the share that is right of every figure and row, B-cubed F1 among them."""
        shares = {
            f"{figure}: {row}": self.right[figure, row] / n for (figure, row), n in self.every.items() if n
        }
        if self.shares:
            precision, recall = (sum(side) / len(self.shares) for side in zip(*self.shares, strict=True))
            shares["reference, B-cubed: all"] = 2 * precision * recall / max(1e-9, precision + recall)
        return shares


class Found(NamedTuple):
    """Whom the program finds at some words: the entities, and the members behind them."""

    entities: tuple[Entity, ...]
    members: tuple[Member, ...]


class Stage:
    """One document's cast, asked by places of the text."""

    def __init__(self, analysis: Analysis, cast: Cast) -> None:
        self._sentences = analysis.sentences
        self._trees: dict[int, Tree] = {}
        self._lookup = Participants(cast, analysis.document.text)

    def at(self, span: Span) -> Found:
        """Return whom the words mean: by their head, else by the longest name that ends with them."""
        place = next((n for n, s in enumerate(self._sentences) if s.span.overlaps(span)), None)
        if place is None:
            return Found((), ())
        tree = self._trees.setdefault(place, Tree(self._sentences[place]))
        head = _head(tree, span)
        entities = self._lookup.at_word(tree, head) if head is not None else ()
        if not entities:
            ending = [
                pair for pair in self._lookup.mentions if span.covers(pair[0]) and pair[0].end == span.end
            ]
            entities = tuple(self._lookup.entity(*pair) for pair in ending[:1])
        spans = {entity.span for entity in entities}
        members = (member for mention, member in self._lookup.mentions if mention in spans)
        return Found(tuple(entities), tuple(members))


def _head(tree: Tree, span: Span) -> int | None:
    """Return the token of the span on which the others hang; nominal ones first."""
    inside = [i for i, token in enumerate(tree.tokens) if token.span.overlaps(span)]
    outer = [i for i in inside if tree.tokens[i].head not in inside and tree.tokens[i].pos != "PUNCT"]
    nominal = [i for i in outer if tree.tokens[i].pos in NOMINALS and tree.tokens[i].pos != "DET"]
    return tree.content_head((nominal or outer)[0]) if outer else None


# --------------------------------------------------------------------------- what is asked


def asked(row: Row, analysis: Analysis) -> Iterator[Asked]:
    """Yield every participant and claimant of the events of an annotated document with its words."""
    actors = {actor["id"]: actor for actor in row["actors"]}
    form = _Forms(row, analysis)
    for event in row["events"]:
        for side in SIDES:
            for party in event[side]:
                if party["actor"] is not None:
                    span = Span(party["start"], party["end"])
                    yield Asked(span, actors[party["actor"]], form.of(span), side)
        for claimant in event["claimants"]:
            actor = actors.get(claimant["actor"])
            if actor and actor["mentions"] and claimant["cue"]:
                spans = (Span(*mention) for mention in actor["mentions"])
                span = min(spans, key=lambda s: _distance(s, Span(*claimant["cue"])))
                yield Asked(span, actor, form.of(span), "claimant")


def _distance(span: Span, cue: Span) -> int:
    return max(cue.start - span.end, span.start - cue.end, 0)


class _Forms:
    """Tells names, descriptions and pronouns apart by the coder's names and the words themselves."""

    def __init__(self, row: Row, analysis: Analysis) -> None:
        self._text = analysis.document.text
        self._names = [Span(n["start"], n["end"]) for n in row["names"] if n["type"] in _NAMES]

    def of(self, span: Span) -> str:
        words = span.of(self._text)
        if words.lower() in _PRONOUNS:
            return "pronoun"
        ends = any(span.covers(name) and name.end >= span.end - 1 for name in self._names)
        return "name" if ends else "description"


# --------------------------------------------------------------------------- counting


def score(row: Row, analysis: Analysis, cast: Cast, names: Names) -> Tally:
    """Count one document."""
    tally, stage = Tally(), Stage(analysis, cast)
    wanted = list(asked(row, analysis))
    for one in wanted:
        together = [other.actor for other in wanted if other.span == one.span and other.side == one.side]
        _participant(tally, one, stage.at(one.span), together, names)
    _references(tally, row, analysis, stage)
    return tally


def _participant(tally: Tally, one: Asked, found: Found, together: Sequence[Row], names: Names) -> None:
    shown = tuple(f"{e.name or e.text} | {e.code} | {e.sector or '-'} | {e.reason}" for e in found.entities)
    country, sectors = one.actor["country"], set(one.actor["sectors"])
    several = len({actor["country"] for actor in together})
    codes = {entity.code for entity in found.entities} or {None}
    tally.count("country", country in codes and len(codes) <= several, one, shown)
    given = {sector for e in found.entities for sector in (e.sector, *e.sector_secondary) if sector}
    tally.count("sector", bool(given & sectors) if sectors else not given, one, shown)
    if one.form != "pronoun" or found.entities:
        _identity(tally, one, found, names, shown)


def _identity(tally: Tally, one: Asked, found: Found, names: Names, shown: tuple[str, ...]) -> None:
    kind, country, name = one.actor["kind"], one.actor["country"], one.actor["name"]
    right = any(_same(member, one.actor, names) for member in found.members)
    if kind in ("per", "org", "state") and names.held(name, kind, country):
        tally.count("identity", right, one, shown)
    named = [m for m in found.members if m.identifier_text and m.kind in ("person", "organisation")]
    if named:
        tally.count("given identity", right, one, shown)


def _same(member: Member, actor: Row, names: Names) -> bool:
    """Say whether a member is the coder's actor; a state is its government, a holder whom the coder calls by the office."""
    own = member.code == actor["country"]
    government = own and (member.kind == "state" or member.name.startswith("Government of "))
    named = actor["kind"] == "org" and names.government(actor["name"], actor["country"])
    if government and (actor["kind"] == "state" or named):
        return True
    if member.kind == "person" and actor["kind"] == "group":
        return False
    if (
        own
        and member.office
        and actor["kind"] == "per"
        and names.same(actor["name"], member.office, member.code)
    ):
        return True
    return names.same(actor["name"], member.identifier_text or member.name, actor["country"])


# --------------------------------------------------------------------------- reference


def _references(tally: Tally, row: Row, analysis: Analysis, stage: Stage) -> None:
    form = _Forms(row, analysis)
    mentions = [
        Asked(Span(*span), actor, form.of(Span(*span)), "mention")
        for actor in row["actors"]
        for span in actor["mentions"]
    ]
    found = {one.span: stage.at(one.span) for one in mentions}
    holders = {span: frozenset(_entity(member) for member in at.members) for span, at in found.items()}
    pairs = _paired(mentions, holders)
    for one in mentions:
        right = pairs.get(one.actor["id"]) in holders[one.span]
        tally.count("reference", right, one, tuple(sorted(holders[one.span])))
    tally.shares += _cubed(mentions, holders)


def _entity(member: Member) -> str:
    """Return what tells members apart: a state and its government are one."""
    government = member.kind == "state" or member.name.startswith("Government of ")
    return f"state {member.code}" if government and member.code else f"{member.id} {member.name}"


def _paired(mentions: Iterable[Asked], holders: Mapping[Span, frozenset[str]]) -> dict[str, str]:
    """Return the member that stands for each actor: one to one, most mentions in common first."""
    shared = Counter((one.actor["id"], member) for one in mentions for member in holders[one.span])
    pairs: dict[str, str] = {}
    for (actor, member), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if actor not in pairs and member not in pairs.values():
            pairs[actor] = member
    return pairs


def _cubed(
    mentions: Sequence[Asked], holders: Mapping[Span, frozenset[str]]
) -> Iterator[tuple[float, float]]:
    """Yield B-cubed precision and recall of each mention; one that nobody holds stands alone."""
    ids = [min(holders[one.span], default=f"alone {n}") for n, one in enumerate(mentions)]
    by_actor: dict[str, Counter[str]] = defaultdict(Counter)
    sizes = Counter(ids)
    for one, held in zip(mentions, ids, strict=True):
        by_actor[one.actor["id"]][held] += 1
    for one, held in zip(mentions, ids, strict=True):
        common = by_actor[one.actor["id"]][held]
        yield common / sizes[held], common / by_actor[one.actor["id"]].total()


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of the counts of documents."""
    whole = Tally()
    for one in tallies:
        whole.right.update(one.right)
        whole.every.update(one.every)
        whole.misses += one.misses
        whole.shares += one.shares
    return whole


__all__ = ["Asked", "Miss", "Tally", "asked", "score", "total"]
