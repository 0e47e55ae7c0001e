"""Whom a person's name means on a day: the terms of the tables, weighed by country, date and description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process

from communique.knowledge.names import PARTICLES, key
from communique.knowledge.tables import Entry, Holder, Holders, Lexicon, Term

FUZZY_SCORE = 92.0
"""Least similarity (rapidfuzz ratio, 0 to 100) at which an unknown spelling is read as a name of the
hand-written people table. Among that table's own names only the two Presidents Bush are as alike as 92;
at 88 a third pair of theirs follows, at 83 two members of the Venezuelan opposition."""
OPEN_YEARS = 2
"""Years after a source's last look for which a term without a known end is taken to last."""
RECENT_YEARS = 1
"""Years after the end of a term for which a surname alone still means whoever held it."""
MEMORY_YEARS = 12
"""Years after the end of a term for which a legislator or minister is looked for under a name."""
_STATE_ROLES = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PTY", "OPP"})
_TITLED = frozenset({"GOV", "JUD", "SPY", "COP", "MIL"})
"""Sectors whose titles one person has at a time."""
_FAMILY_FIRST = frozenset({"CHN", "HKG", "TWN", "KOR", "PRK"})
"""States where the family name stands first."""
_TWO_SURNAMES = frozenset(
    "ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN".split()
)
"""States where a surname of two words is the rule, and newspapers often leave out the second."""
_STATELESS = frozenset({"UNO", "IGO"})
"""Codes of those who serve no state and may come from any."""
_ELITE = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP"})


class Reading(NamedTuple):
    """What the tables say of a name."""

    name: str
    code: str | None
    sector: str | None
    secondary: tuple[str, ...]
    qid: str | None
    office: str | None
    candidates: tuple[str, ...]
    reason: str
    certain: bool
    """True when one person is meant, not only one country."""


class Clues(NamedTuple):
    """What the document says of a person besides the name."""

    day: str | None
    codes: frozenset[str]
    """States that the document names."""
    code: str | None
    """The country of the description, if any."""
    sector: str | None
    """The sector of the description, if any."""
    former: bool


class _Candidate(NamedTuple):
    name: str
    qid: str
    codes: tuple[str, ...]
    terms: tuple[Term, ...]
    hand: bool


class People:
    """The people of the tables, by full name."""

    def __init__(
        self, names: Lexicon, holders: Holders, offices: Mapping[tuple[str, str], tuple[Holder, ...]]
    ) -> None:
        self._names = names
        self._holders = holders
        self._offices = offices
        self._spelled: dict[str, list[str]] = defaultdict(list)
        self._heads: dict[str, list[tuple[str, Holder]]] = defaultdict(list)
        self._shortened: dict[str, str] = {}
        self._titled: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._public: dict[str, dict[str, tuple[Entry, ...]]] = defaultdict(dict)
        for name, entries in names.items():
            if entries[0].kind == "person" and " " in name:
                self._spelled[name[0]].append(name)
                own = {entry.name for entry in entries if key(entry.name) == name}
                for surname in _surnames(name, entries[0].code):
                    self._public[surname].update(dict.fromkeys(own, entries))
                for entry in entries:
                    if entry.office and " " in entry.office and entry.sector in _TITLED:
                        self._titled[entry.code or "", key(entry.office)].append(entry)
        for (code, office), held in offices.items():
            if office in ("head of state", "head of government"):
                for holder in held:
                    name = key(holder.person)
                    for surname in _surnames(name, code):
                        self._heads[surname].append((code, holder))
                    if code in _TWO_SURNAMES and name.count(" ") > 1:
                        self._shortened.setdefault(" ".join(name.split()[:2]), name)

    def read(self, name: str, clues: Clues) -> Reading | None:
        """Return whom the name means, or None when the tables do not hold it or cannot tell."""
        candidates = self._candidates(key(name))
        ranked = sorted(
            ((_score(c, clues), c) for c in candidates), key=lambda pair: (-pair[0], pair[1].name)
        )
        fitting = [(score, c) for score, c in ranked if score > 0]
        if not fitting:
            return None
        best, first = fitting[0]
        tied = [c for score, c in fitting if score == best]
        names = tuple(f"{c.name} ({'/'.join(c.codes)})" for _, c in ranked)
        if len(tied) == 1:
            return _read(first, clues, names)
        codes = {c.codes for c in tied}
        code = first.codes[0] if len(codes) == 1 else None
        reason = "table: several of this name" + ("" if code else " in different countries")
        sectors = {_read(c, clues, names).sector for c in tied}
        sector = sectors.pop() if code and len(sectors) == 1 else None
        return Reading(first.name, code, sector, (), None, None, names, reason, False)

    def holding(
        self, name: str, code: str | None, qid: str | None, days: Iterable[str]
    ) -> list[Reading | None]:
        """Return somebody of a full name, state and id in the office held on each of some days, None for a day that no
        term is known to have covered."""
        known = [c for c in self._candidates(key(name)) if (c.qid or None) == qid and code in c.codes]
        return [_held(known[0], code, day) if len(known) == 1 else None for day in days]

    def in_office(self, surname: str, clues: Clues) -> Reading | None:
        """Return the head of state or government in office on the day who has this surname, if only one.

        Where the document has no day, whoever alone of its states has ever been head.
        """
        found = {
            (code, holder.person): holder
            for code, holder in self._heads.get(key(surname), ())
            if (clues.day is None or holds(holder, clues.day)) and (code in clues.codes or code == clues.code)
        }
        if len({person for _, person in found}) != 1:
            return None
        return self.read(next(iter(found))[1], clues)

    def in_public(self, surname: str, clues: Clues) -> Reading | None:
        """Return the one person of the hand-written table in public life on the day who has this surname."""
        if clues.day is None:
            return None
        here = {
            person: any(entry.covers(clues.day) for entry in entries)
            for person, entries in self._public.get(key(surname), {}).items()
            if any(e.code in clues.codes or e.code == clues.code for e in entries)
        }
        found = [person for person, now in here.items() if now] or [
            person for person in here if self._lately(person, clues)
        ]
        return self.read(found.pop(), clues) if len(found) == 1 else None

    def _lately(self, person: str, clues: Clues) -> bool:
        """Say whether somebody holds an office on the day or has just left it, by the large table."""
        day = clues.day or ""
        return any(
            term.code in clues.codes
            and term.start <= day + "~"
            and day <= _later(term.end or term.asof or "9990", RECENT_YEARS)
            for term in self._holders.find(key(person))
        )

    def titled(self, code: str, title: str, day: str | None) -> str | None:
        """Return who alone in the hand-written table has a title of a state on the day: the crown prince."""
        if day is None or " " not in title:
            return None
        found = {e.name for e in self._titled.get((code, key(title)), ()) if e.start and e.covers(day)}
        return found.pop() if len(found) == 1 else None

    def leads(self, surname: str, code: str) -> bool:
        """Say whether a head of state or government of a state, now or once, has this surname (a key)."""
        return any(holder_of == code for holder_of, _ in self._heads.get(surname, ()))

    def holder(self, code: str, office: str, day: str | None) -> Holder | None:
        """Return who held a single-holder office of a state on the day."""
        if day is None or len(day) < 7:
            return None
        found = [h for h in self._offices.get((code, office), ()) if holds(h, day)]
        return found[-1] if found and len({h.person for h in found}) == 1 else None

    def _candidates(self, name: str) -> list[_Candidate]:
        for variant in (*_variants(name), self._shortened.get(name, name)):
            hand, terms = self._by_hand(variant), self._holders.find(variant)
            if hand or terms:
                return _grouped(hand or self._without_initials(variant, terms), terms)
        return self._misspelled(name)

    def _by_hand(self, name: str) -> list[Entry]:
        return [entry for entry in self._names.get(name, ()) if entry.kind == "person"]

    def _without_initials(self, name: str, terms: tuple[Term, ...]) -> list[Entry]:
        """Return the hand-written rows of a name without its initials where they hold the same office: James Clapper
        for James R. Clapper. Without that they are a namesake's."""
        held = {(term.code, key(term.title)) for term in terms if term.title}
        rows = self._by_hand(" ".join(word for word in name.split() if len(word) > 1))
        return rows if any((row.code, key(row.office or "")) in held for row in rows) else []

    def _misspelled(self, name: str) -> list[_Candidate]:
        if len([word for word in name.split() if word not in PARTICLES]) < 2:
            return []
        near = process.extractOne(
            name, self._spelled.get(name[0], ()), scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE
        )
        same_words = near and near[0].count(" ") == name.count(" ")
        return _grouped(list(self._names[near[0]]), ()) if near and same_words else []


def _surnames(name: str, code: str | None) -> set[str]:
    """Return the words of a full name (a key) that can be the surname.

    Either end where the code tells no state, the father's and the mother's where people have both.
    """
    words = name.split()
    if code in _TWO_SURNAMES and len(words) > 2:
        return {words[-1], words[-2]}
    return {words[0], words[-1]} if code in _STATELESS else {_surname(name, code)}


def _surname(name: str, code: str | None) -> str:
    """Return the word of a full name (a key) by which newspapers call a person of a state."""
    words = name.split()
    return words[0] if code in _FAMILY_FIRST else words[-1]


def holds(holder: Holder, day: str) -> bool:
    """Say whether the holder was in office on a day; an end that no source knows lasts `OPEN_YEARS`."""
    last = holder.end or (_later(holder.asof, OPEN_YEARS) if holder.asof else "9999")
    return holder.start <= day + "~" and day <= last + "~"


def _later(day: str, years: int) -> str:
    return f"{int(day[:4]) + years}{day[4:]}" if day[:4].isdigit() else "9999"


def _variants(name: str) -> Iterable[str]:
    """Yield the name as it stands, then without middle names."""
    yield name
    words = name.split()
    if len(words) > 2:
        long_words = [w for w in words if len(w) > 1]
        if len(long_words) < len(words):
            yield " ".join(long_words)
        yield f"{words[0]} {words[-1]}"
        yield " ".join(words[:2])


def _grouped(hand: list[Entry], terms: tuple[Term, ...]) -> list[_Candidate]:
    """Join the terms of one person: hand-written rows with the table rows of the same country or id."""
    groups: dict[str, list[Term]] = defaultdict(list)
    for entry in hand:
        term = Term(
            entry.name, entry.qid or "", entry.code or "", entry.sector or "", entry.office or "",
            entry.start, entry.end, "", entry.secondary,
        )  # fmt: skip
        groups["hand " + entry.name].append(term)
    by_hand = {k: {(t.code) for t in ts} | {t.qid for t in ts if t.qid} for k, ts in groups.items()}
    for term in terms:
        owner = next((k for k, known in by_hand.items() if term.code in known or term.qid in known), None)
        groups[owner or (term.qid or term.person + term.code)].append(term)
    found = []
    for name, listed in groups.items():
        own = [t for t in listed if not t.asof] or listed
        qid = own[0].qid or next((t.qid for t in listed if t.qid), "")
        codes = tuple(dict.fromkeys(t.code for t in own))
        hand_made = name.startswith("hand ")
        beside = [t for t in listed if t.asof and not any(_meet(t, o) for o in own)]
        known = (*own, *beside) if hand_made else tuple(listed)
        found.append(_Candidate(own[0].person, qid, codes, known, hand_made))
    return found


def _meet(one: Term, other: Term) -> bool:
    """Say whether two terms share a day; without days they share every day."""
    return one.start <= (other.end or "9999") and other.start <= (one.end or "9999")


def _score(candidate: _Candidate, clues: Clues) -> int:
    """Return how well a candidate fits, 0 when not at all."""
    international = any(code in ("UNO", "IGO", "EUR", "IMG") for code in candidate.codes)
    if clues.code and clues.code not in candidate.codes and not international:
        noted = candidate.hand and clues.codes.intersection(candidate.codes)
        return 1 if noted and any(_active(t, clues.day) for t in candidate.terms) else 0
    known_here = bool(clues.codes.intersection(candidate.codes)) or clues.code in candidate.codes
    active = any(_active(t, clues.day) for t in candidate.terms)
    if candidate.hand and not (known_here or international) and (clues.day is None or not active):
        return 0
    if not candidate.hand:
        recent = any(_recent(t, clues.day) for t in candidate.terms)
        private = clues.sector is not None and clues.sector not in _STATE_ROLES and not clues.former
        sectors = {t.sector for t in candidate.terms}
        other = clues.sector is not None and clues.sector not in sectors and not clues.former
        untold = clues.sector is None and not clues.former and not active
        if not known_here or not recent or private or untold or (other and (not active or clues.day is None)):
            return 0
    return 1 + 8 * (clues.code in candidate.codes) + 4 * active + 3 * candidate.hand + 2 * known_here


def _active(term: Term, day: str | None) -> bool:
    if day is None:
        return True
    last = term.end or (_later(term.asof, OPEN_YEARS) if term.asof else "9999")
    return term.start <= day + "~" and day <= last + "~"


def _recent(term: Term, day: str | None) -> bool:
    """Say whether a term lies near the day: begun, and ended not long ago."""
    if day is None:
        return True
    last = _later(term.end or term.asof or "9990", MEMORY_YEARS)
    return (not term.start or term.start <= day + "~") and day <= last


def _held(candidate: _Candidate, code: str | None, day: str) -> Reading | None:
    """Return a person's reading by the terms that a day is known to lie in, None where there is none."""
    terms = tuple(t for t in candidate.terms if t.start and t.code == code and _active(t, day))
    return (
        _read(candidate._replace(terms=terms), Clues(day, frozenset(), code, None, False), ())
        if terms
        else None
    )


def _read(candidate: _Candidate, clues: Clues, names: tuple[str, ...]) -> Reading:
    """Return the reading of one person on the day: the term then held, else what came before."""
    terms = sorted(candidate.terms, key=lambda t: t.start)
    held = [t for t in terms if _active(t, clues.day)] if clues.day else terms[-1:]
    base = (candidate.qid or None,)
    on = f" on {clues.day}" if clues.day else ", latest known (the document has no date)"
    if held:
        term = max(held, key=lambda t: (t.sector == "GOV", t.start))
        reason = f"table: {term.title or candidate.name}{on}"
        return Reading(
            candidate.name,
            term.code,
            term.sector or None,
            term.secondary,
            *base,
            term.title or None,
            names,
            reason,
            True,
        )
    past = [t for t in terms if t.end and clues.day and t.end < clues.day]
    code = (past or terms)[-1].code
    ended = bool(past) and past[-1].sector in _ELITE
    sector = "ELI" if ended else None
    reason = f"table: {past[-1].title} until {past[-1].end}" if past else f"table: no term{on}"
    if code in ("UNO", "IGO", "EUR"):
        code = next((c for c in candidate.codes if c not in ("UNO", "IGO", "EUR")), code)
    return Reading(candidate.name, code, sector, (), *base, None, names, reason, True)
