"""Finding the words, names and role nouns of a sentence: what stands there, before what it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from communique.knowledge.names import PARTICLES, key
from communique.knowledge.tables import Entry, Lexicon, Role
from communique.records import Sentence, Span, Token

_PIECE = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:[.'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_CLITICS = frozenset({"'s", "’s", "'", "’", "`s"})
_GLUE = re.compile(r"[\s\-–.&/'’\[\]]*$")
_BETWEEN = re.compile(r"\.?\s*(?:[-–]|['’]s?)?\s*$", re.IGNORECASE)
_SHOUTED = frozenset("us is who it can am no all ice total apple shell dawn bild un eu".split())
"""Keys that are common words too: in a text all in capitals they are not read as names."""
MODIFIED_BY_FACT = frozenset(
    "backed led based trained funded style born made brokered supported sponsored allied educated owned run "
    "aligned controlled held occupied friendly era bound mediated speaking engineered imposed".split()
)
"""What follows a nationality and a hyphen when it tells of another's deed: US-backed rebels are not the US."""


T = TypeVar("T")


class Word(NamedTuple):
    """A word of a sentence: what it is compared by, where it stands, and the token that it is part of."""

    key: str
    text: str
    start: int
    end: int
    token: int
    gap: str
    """The text between the word before and this one."""
    glued: bool
    """Whether a name can run on from the word before: spaces, hyphens, dots between, no comma."""
    near: bool
    """Whether the word follows in the same phrase: a space, a hyphen or a possessive between."""


class Hit(NamedTuple):
    """Words `first` to `last` (exclusive) of a sentence that name something."""

    first: int
    last: int
    entries: tuple[Entry, ...] = ()
    role: Role | None = None
    person: str | None = None

    def how(self) -> str:
        """Return the sort of the first entry's name, or the empty string."""
        return self.entries[0].how if self.entries else ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its words and what was found in it; `owner` gives each word's hit."""

    index: int
    sentence: Sentence
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    owner: tuple[int, ...]

    def hit(self, word: int) -> Hit | None:
        """Return the hit that the word belongs to."""
        inside = 0 <= word < len(self.words)
        return self.hits[self.owner[word]] if inside and self.owner[word] >= 0 else None

    def token(self, word: int) -> Token:
        """Return the token that the word is part of."""
        return self.sentence.tokens[self.words[word].token]

    def span(self, first: int, last: int) -> Span:
        """Return the characters of words `first` to `last` (exclusive)."""
        return Span(self.words[first].start, self.words[last - 1].end)


def words_of(sentence: Sentence, text: str) -> tuple[Word, ...]:
    """Return the words of a sentence: tokens without punctuation, split at hyphens, possessives cut off."""
    found: list[Word] = []
    end = sentence.span.start
    for index, token in enumerate(sentence.tokens):
        whole = token.text.isalpha()
        for start, word in ((token.span.start, token.text),) if whole else _pieces(token, text):
            gap = text[end:start]
            end = start + len(word)
            compared = word.lower() if whole and word.isascii() else key(word)
            if gap == " ":
                found.append(Word(compared, word, start, end, index, gap, True, True))
                continue
            near = bool(_BETWEEN.match(gap)) and "\n" not in gap
            found.append(Word(compared, word, start, end, index, gap, bool(_GLUE.match(gap)), near))
    return tuple(found)


def _pieces(token: Token, text: str) -> tuple[tuple[int, str], ...]:
    """Return the words inside a token that is not one word, with their places."""
    if token.text in _CLITICS:
        return ()
    pieces = []
    for piece in _PIECE.finditer(token.text):
        word = _POSSESSIVE.sub("", piece.group())
        start = token.span.start + piece.start()
        stop = start + len(word)
        if "." in word and text[stop : stop + 1] == "." and stop < token.span.end:
            word += "."
        pieces.append((start, word))
    return tuple(pieces)


class Trie(Generic[T]):
    """Values by the words of their keys: finds all keys that begin at a word in one walk."""

    def __init__(self, values: Mapping[str, T]) -> None:
        self._root: dict[str, Any] = {}
        for name, value in values.items():
            node: Any = self._root
            for word in name.split(" "):
                node = node.setdefault(word, {})
            node[""] = value

    def starts(self, words: Sequence[Word]) -> list[int]:
        """Return the words with which a key begins."""
        root = self._root
        return [at for at, word in enumerate(words) if word.key in root]

    def at(self, words: Sequence[Word], place: int) -> list[tuple[int, T]]:
        """Return the ends and values of the keys that begin at a word, the longest first."""
        found: list[tuple[int, T]] = []
        node: Any = self._root.get(words[place].key)
        end = place + 1
        while node is not None:
            if "" in node:
                found.append((end, node[""]))
            if end == len(words) or not words[end].glued:
                break
            node = node.get(words[end].key)
            end += 1
        found.reverse()
        return found


class Finder:
    """Finds the names and role nouns of the tables in sentences."""

    def __init__(self, names: Lexicon, roles: Mapping[str, Role]) -> None:
        self._names = names
        self._roles = roles
        self._name_trie = Trie(names)
        self._role_trie = Trie(roles)

    def scene(self, index: int, sentence: Sentence, text: str, shouted: bool) -> Scene:
        """Return the sentence with persons, names and roles found; longer and earlier finds win."""
        words = words_of(sentence, text)
        tagged = self._tagged(words, sentence)
        people = [hit for hit in tagged if hit.person]
        roles = self._role_hits(words)
        named = [hit for hit in self._named(words, sentence, shouted) if not _within(hit, roles)]
        chosen, owner = _choose([*named, *people], len(words))
        others = [hit for hit in tagged if not hit.person]
        firm = [hit for hit in others if _own_name(hit, words, owner, roles)]
        for more in (firm, roles, others):
            free = [hit for hit in more if all(owner[i] < 0 for i in range(hit.first, hit.last))]
            if free:
                chosen, owner = _choose([*chosen, *free], len(words))
        return Scene(index, sentence, words, tuple(chosen), tuple(owner))

    def rows(self, name: str) -> tuple[Entry, ...]:
        """Return the rows of the tables that have this name."""
        return self._names.get(key(name), ())

    def place(self, name: str) -> str | None:
        """Return the state of a city or region, None when no table has it or several states have one."""
        entries = self._names.get(key(name), ())
        codes = {e.code for e in entries if e.kind in ("state", "place")}
        return codes.pop() if len(codes) == 1 else None

    def _named(self, words: tuple[Word, ...], sentence: Sentence, shouted: bool) -> list[Hit]:
        hits: list[Hit] = []
        behind = 0
        for at in self._name_trie.starts(words):
            someone = at > 0 and words[at - 1].key in BEFORE_SURNAMES and words[at].near
            for end, entries in self._name_trie.at(words, at) if at >= behind else ():
                known = [e for e in entries if e.kind == "person"] if someone else entries
                fitting = tuple(e for e in known if _cased(e, words[at:end], sentence, shouted))
                if fitting:
                    hits.append(_as_hit(at, end, fitting))
                    behind = end
                    break
        return hits

    def _role_hits(self, words: tuple[Word, ...]) -> list[Hit]:
        hits: list[Hit] = []
        behind = 0
        for at in self._role_trie.starts(words):
            found = self._role_trie.at(words, at) if at >= behind else ()
            if found:
                behind, role = found[0]
                hits.append(Hit(at, behind, role=role))
        return hits

    def _tagged(self, words: tuple[Word, ...], sentence: Sentence) -> list[Hit]:
        """Return the persons, organisations and places that the reader's tagger saw, without their titles."""
        hits = []
        for mention in sentence.mentions:
            inside = _inside(words, mention.span)
            if inside and mention.label == "PERSON":
                first, last = self._without_titles(words, inside), _whole(words, inside, sentence)
                if first is not None:
                    hits.append(Hit(first, last, person=" ".join(w.text for w in words[first:last])))
            elif inside and mention.label in ("ORGANIZATION", "LOCATION") and len(mention.text) > 2:
                hits.append(_unknown(words, inside, mention.label))
        return hits

    def _without_titles(self, words: tuple[Word, ...], inside: list[int]) -> int | None:
        first = inside[0]
        while first <= inside[-1]:
            entries = self._names.get(words[first].key, ())
            title = words[first].key in self._roles or words[first].key in HONORIFICS
            title = title or (words[first].text.islower() and words[first].key not in PARTICLES)
            if not title and not any(e.how == "adjective" for e in entries):
                return first
            first += 1
        return None


def _whole(words: tuple[Word, ...], inside: list[int], sentence: Sentence) -> int:
    """Return the word after a person's name, with what the tree still counts to it: Max, then Boot."""
    last = inside[-1] + 1
    tokens = {words[at].token for at in inside}
    while last < len(words) and words[last].gap == " " and words[last].text[0].isupper():
        token = sentence.tokens[words[last].token]
        if not token.relation.startswith("flat") or token.head not in tokens or token.pos != "PROPN":
            break
        last += 1
    return last


BEFORE_SURNAMES = frozenset({"mr", "mrs", "ms"})
"""Titles after which a name is a person's, whatever else is called so: Mr. Bloomberg."""
HONORIFICS = frozenset(
    "mr mrs ms miss sir dr sen rep gen col lt maj capt prof rev hon former ex dame lord".split()
)


def _unknown(words: tuple[Word, ...], inside: list[int], label: str) -> Hit:
    """Return a hit for a name that no table may hold: its kind is all that is known."""
    kind = "organisation" if label == "ORGANIZATION" else "place"
    first = inside[0] + (words[inside[0]].key == "the" and len(inside) > 1)
    name = " ".join(w.text for w in words[first : inside[-1] + 1])
    return Hit(first, inside[-1] + 1, (Entry(name, kind, "tagged", None, None),))


def _as_hit(first: int, last: int, entries: tuple[Entry, ...]) -> Hit:
    person = entries[0].name if entries[0].kind == "person" else None
    return Hit(first, last, entries, person=person)


def _cased(entry: Entry, stretch: tuple[Word, ...], sentence: Sentence, shouted: bool) -> bool:
    """Say whether the words are written as a name would be: capitals, and a proper noun if one word."""
    joined = " ".join(w.key for w in stretch)
    if shouted:
        return joined not in _SHOUTED or any("." in w.text for w in stretch)
    if entry.upper:
        return all(w.text.upper() == w.text for w in stretch)
    if not any(w.text[0].isupper() for w in stretch):
        return False
    if entry.how == "group":
        ends = (stretch[0], stretch[-1])
        capitals = all(w.text[0].isupper() for w in stretch if w in ends or len(w.text) > 3)
        return len(stretch) - (stretch[0].key == "the") > 1 and capitals
    if len(stretch) > 1 or entry.how in ("adjective", "people", "region"):
        return stretch[0].text[0].isupper() or len(stretch) > 1
    token = sentence.tokens[stretch[0].token]
    return (
        token.pos in ("PROPN", "", "X")
        or (entry.kind == "state")
        or (token.pos == "NOUN" and stretch[0].token > 0)
    )


def _within(hit: Hit, roles: list[Hit]) -> bool:
    """Say whether a name is part of a longer role noun: National Security Council is no Security Council."""
    size = hit.last - hit.first
    return any(r.first <= hit.first and hit.last <= r.last and r.last - r.first > size for r in roles)


def _inside(words: tuple[Word, ...], span: Span) -> list[int]:
    """Return the words that lie in a stretch of text."""
    first = bisect_left(words, span.start, key=lambda w: w.start)
    last = first
    while last < len(words) and words[last].end <= span.end:
        last += 1
    return list(range(first, last))


_LOOSE = frozenset(
    "council agency commission department party union movement group church company bank university institute "
    "college school hospital association network coalition alliance front office organization organisation board bureau "
    "panel federation".split()
)
"""Role nouns that organisations' own names end in: Atlantic Council is no council of its state."""


def _own_name(hit: Hit, words: tuple[Word, ...], owner: list[int], roles: list[Hit]) -> bool:
    """Say whether a tagged name of several words ends in a loose role noun and holds no name of the tables."""
    free = all(owner[i] < 0 for i in range(hit.first, hit.last))
    held = [r for r in roles if hit.first <= r.first and r.last <= hit.last]
    return (
        free
        and hit.last - hit.first > 1
        and bool(held)
        and all(words[r.last - 1].key in _LOOSE for r in held)
    )


def _choose(hits: list[Hit], size: int) -> tuple[list[Hit], list[int]]:
    """Return non-overlapping hits in order, the longest first, names of the tables before others."""
    owner = [-1] * size
    chosen: list[Hit] = []
    ranked = sorted(hits, key=lambda h: (h.first - h.last, not h.entries, h.first))
    for hit in ranked:
        if all(owner[i] < 0 for i in range(hit.first, hit.last)):
            for i in range(hit.first, hit.last):
                owner[i] = len(chosen)
            chosen.append(hit)
    order = sorted(range(len(chosen)), key=lambda n: chosen[n].first)
    rank = {old: new for new, old in enumerate(order)}
    return [chosen[n] for n in order], [rank[n] if n >= 0 else -1 for n in owner]


_DONE_BY = frozenset({"led", "brokered", "mediated", "imposed", "engineered", "sponsored"})
"""What a state does itself: in a U.S.-led invasion the United States take part."""


def tells_of_deed(scene: Scene, hit: Hit) -> bool:
    """Say whether a nationality belongs to a compound such as `US-backed`."""
    after = scene.words[hit.last] if hit.last < len(scene.words) else None
    return bool(after and after.gap in ("-", "–", "‑") and after.key in MODIFIED_BY_FACT - _DONE_BY)
