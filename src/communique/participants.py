"""From tokens to participants: which member of the cast a noun phrase names.

Part of the core, because statements (who speaks) and events (who acts) ask the same question.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.ontology import plover
from communique.records import Cast, Entity, Member, Span, Statement
from communique.syntax import Tree

INSIDE = (
    (("nmod:poss", "amod", "compound", "nmod:desc"), frozenset({""})),
    (("nmod", "obl", "obl:agent"), frozenset({"by"})),
    (("nmod",), frozenset({"between", "among"})),
    (("nmod",), frozenset({"of", "with", "from"})),
    (("nmod",), frozenset({"in", "to", "for"})),
)
"""Where to look in a phrase that names nobody itself, in this order."""
DEEPEST = 2
SELF_WORDS = frozenset({"himself", "herself", "itself", "themselves", "each", "other"})
FIRST_PERSON = frozenset({"i", "we", "me", "us"})
JOINT = re.compile(r"(?:,? (?P<last>and|or|&) |, )(?:the |an? )?")
LONGEST_JOINT = 10
"""Characters between two names of a list: ", and the " is nine."""
INNER_RELATIONS = ("nmod:poss", "nmod", "amod", "compound", "appos", "nmod:desc", "flat")
_OWN = {
    "GOV": "government administration regime authority leadership delegation representative negotiator leader official "
    "minister ministry president state embassy consulate mission envoy ambassador diplomat adviser advisor junta "
    "cabinet council spokesman spokeswoman spokesperson office department outpost",
    "MIL": "force troop army military soldier plane jet warplane ship tank base convoy",
    "COP": "police", "LEG": "parliament lawmaker", "JUD": "court judge prosecutor", "OPP": "opposition",
    "PTY": "party politician candidate", "REB": "rebel", "UAF": "fighter militia militant", "SOC": "activist",
    "CVL": "people citizen national protester supporter demonstrator man woman resident civilian worker victim",
    "REF": "refugee migrant", "BUS": "company firm bank tanker",
    "": "side team camp ally bloc faction group member post territory city town village facility personnel position "
    "target",
}  # fmt: skip
SECTOR_OF = {noun: sector or None for sector, nouns in _OWN.items() for noun in nouns.split()}
INSTITUTIONAL = frozenset(SECTOR_OF)
"""Nouns that may lend their owner's country: an unresolved "delegation" of Venezuela acts for it.
Other nouns (its economy, its decision) name things, not somebody."""


AUTHORED = frozenset({"statement", "report", "document", "memo", "letter", "communique"})
"""What is written stands for whoever wrote it."""
AUTHORS = frozenset({"organisation", "state", "person"})
NAMED_FOR_THEMSELVES = frozenset({"person", "state", "place"})
"""Kinds that a description beside them does not replace: "Turkey, a member", unlike "the ministry's chief, Ana Roca"."""


class Participants:
    """Looks up, in one document's cast, whom a token names."""

    def __init__(self, cast: Cast, text: str, statements: Sequence[Statement] = ()) -> None:
        self.text = text
        self.spoken = [
            (span, statement.source)
            for statement in statements
            if statement.source is not None and statement.kind != "indirect"
            for span in statement.content
        ]
        self.mentions = sorted(
            ((mention, member) for member in cast.members for mention in member.mentions),
            key=lambda pair: (pair[0].start, -pair[0].end),
        )
        self._starts = [mention.start for mention, _ in self.mentions]
        self._longest = max((mention.end - mention.start for mention, _ in self.mentions), default=0)

    def at_token(self, tree: Tree, index: int) -> list[tuple[Span, Member]]:
        """Return the members at the longest mention that a token heads, else that it stands in.

        Several for "both sides". In "the CIA lawyer" the word CIA is the agency, not the lawyer.
        """
        word = tree.tokens[index].span
        covering = self._covering(word)
        if not covering:
            return []
        above = tree.tokens[tree.tokens[index].head].span if tree.tokens[index].head >= 0 else None
        headed = [span for span, _ in covering if above is None or not span.covers(above)]
        spans = headed or [span for span, _ in covering]
        longest = max(spans, key=lambda span: span.end - span.start)
        return [pair for pair in covering if pair[0] == longest]

    def _covering(self, word: Span) -> list[tuple[Span, Member]]:
        """Return the mentions around a word, in order; none begins further before it than the longest is long."""
        first = bisect_left(self._starts, word.end - self._longest)
        last = bisect_right(self._starts, word.start)
        return [pair for pair in self.mentions[first:last] if pair[0].end >= word.end]

    def at_word(self, tree: Tree, index: int) -> tuple[Entity, ...]:
        """Return whom the phrase that a token heads means, coordinated phrases left out."""
        return tuple(self._at_phrase(tree, index))

    def entities(
        self, tree: Tree, indices: Iterable[int], *, inside: bool = False, places: bool = True
    ) -> tuple[Entity, ...]:
        """Return the participants at the tokens, coordinated ones included, each once.

        With `inside`, a phrase that names nobody gives whoever stands in it: both sides in "support for
        talks between the two", the doer in "condemned the raid by the army".
        Without `places` a town is nobody: the Paris attacks were not by Paris.
        """
        found: dict[str, Entity] = {}
        for index in indices:
            for part in tree.conjuncts(index):
                head = tree.content_head(part)
                if not places and self._is_place(tree, head):
                    continue
                for entity in self._at_phrase(tree, head) or (
                    self._inside(tree, head, places=places) if inside else ()
                ):
                    for listed in (entity, *self._listed_after(tree, entity)):
                        found.setdefault(listed.name or listed.text, listed)
        return tuple(found.values())

    def _listed_after(self, tree: Tree, first: Entity) -> list[Entity]:
        """The rest of a list of names that ends in "and": kept even where the tree lost its links."""
        chain: list[Entity] = []
        end, closed = first.span.end, False
        while not closed:
            following = [pair for pair in self.mentions if 0 < pair[0].start - end <= LONGEST_JOINT]
            joint = next((m for p in following if (m := JOINT.fullmatch(self.text[end : p[0].start]))), None)
            if joint is None or end >= tree.sentence.span.end:
                return []
            span = max((p[0] for p in following if p[0].start == end + len(joint[0])), key=lambda s: s.end)
            chain += [self.entity(*pair) for pair in self.mentions if pair[0] == span]
            end, closed = span.end, bool(joint["last"])
        return chain

    def _at_phrase(self, tree: Tree, head: int) -> list[Entity]:
        if tree.lemma(head) in SELF_WORDS:
            return []
        named = self.at_token(tree, head)
        apposed = [pair for other in tree.dependents(head, "appos") for pair in self.at_token(tree, other)]
        persons = [pair for pair in apposed if pair[1].kind == "person"]
        if named and persons and named[0][1].kind not in NAMED_FOR_THEMSELVES:
            return [self.entity(*pair) for pair in persons]
        found = [self.entity(*pair) for pair in named or apposed]
        return found or self._speaker(tree, head) or self._author(tree, head) or self._of_owner(tree, head)

    def _is_place(self, tree: Tree, head: int) -> bool:
        named = self.at_token(tree, head)
        return bool(named) and all(member.kind == "place" for _, member in named)

    def _inside(self, tree: Tree, head: int, *, places: bool, depth: int = 0) -> tuple[Entity, ...]:
        """The members in a phrase: its owner or doer first, then its parties, then its place."""
        for relation, prepositions in INSIDE:
            below = [c for c in tree.dependents(head, *relation) if tree.preposition(c) in prepositions]
            found = self.entities(tree, below, places=places)
            if found:
                return found
        deeper = [c for c in tree.dependents(head, "nmod", "acl") if depth < DEEPEST]
        return next((e for c in deeper if (e := self._inside(tree, c, places=places, depth=depth + 1))), ())

    def _speaker(self, tree: Tree, index: int) -> list[Entity]:
        """In a quotation "I" and "we" are whoever speaks; the innermost statement decides."""
        word = tree.tokens[index].span
        if tree.tokens[index].text.lower() not in FIRST_PERSON:
            return []
        around = [(span, source) for span, source in self.spoken if span.covers(word)]
        if not around:
            return []
        source = min(around, key=lambda pair: pair[0].end - pair[0].start)[1]
        return [replace(source, span=word, text=word.of(self.text), reason=f"speaker: {source.text}")]

    def entity(self, span: Span, member: Member) -> Entity:
        """Return a member as a participant that quotes one of its mentions."""
        return Entity(
            span=span,
            text=span.of(self.text),
            name=member.name,
            identifier_id=member.identifier_id,
            code=member.code,
            sector=member.sector,
            sector_secondary=member.sector_secondary,
            office=member.office,
            reason=member.reason,
        )

    def _author(self, tree: Tree, head: int) -> list[Entity]:
        """Whose a statement or report is: a White House statement, the ministry's report (guide 6.1)."""
        if tree.lemma(head) not in AUTHORED:
            return []
        owners = (
            self.at_token(tree, child) for child in tree.dependents(head, "nmod:poss", "compound", "amod")
        )
        return [self.entity(*pair) for named in owners for pair in named if pair[1].kind in AUTHORS][:1]

    def _of_owner(self, tree: Tree, head: int) -> list[Entity]:
        """An unresolved phrase with its owner's country, where the phrase names somebody of a state."""
        if tree.lemma(head) not in INSTITUTIONAL:
            return []
        owners = [
            member
            for child in tree.dependents(head, *INNER_RELATIONS)
            for _, member in self.at_token(tree, child)
        ]
        span = tree.span(tree.phrase(head))
        reason = f"owner: {owners[0].name}" if owners else None
        if not owners:
            return []
        code = owners[0].code
        sector = SECTOR_OF[tree.lemma(head)] if code and code not in plover().countries_beyond_iso else None
        return [Entity(span, span.of(self.text), code=code, sector=sector, reason=reason)]
