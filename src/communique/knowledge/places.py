"""Which place of GeoNames a name means here: `locations`.

Every reading of a name is weighed by how many people live there, whether the name is its own, whether the words
round it name its kind or what it lies in ("Paris, Texas"; "Lima province"), and whether the document speaks of its
country. A name means one place throughout a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log10

from communique.knowledge.gazetteer import Gazetteer, Site
from communique.knowledge.names import key
from communique.records import Analysis, Cast, Location, Member, Sentence, Span

OWN_NAME = 1.0
"""What the place's own name weighs against another of its names, in powers of ten of population."""
SPOKEN_OF = 2.5
"""What lying in the document's most named country weighs; others by their share of it."""
ENCLOSED = 6.0
"""What the words after it weigh: "Paris, Texas"."""
KIND_NAMED = 4.0
"""What "province" or "city" beside the name weighs."""
TOWN_FIRST = 0.5
"""A name of a town and of its region means the town, unless the region holds three times as many people."""
LEAST = 6.5
"""What a reading must weigh where nothing in the text speaks for it: a town of 100,000 under its own name. Below
that, names that the reader takes for places are mostly pieces of other names ("Este", "La")."""
LONGEST = 4
"""Words in the longest name that is looked for round a place that the reader marked."""
NO_COUNTRIES = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})
REGION_WORDS = frozenset(
    "province state department region governorate oblast county district territory prefecture canton departamento provincia "
    "estado departments provinces".split()
)
TOWN_WORDS = frozenset(
    "city town village port capital municipality suburb neighborhood neighbourhood".split()
)
_LEADING = re.compile(
    r"^(?:(?:the|northern|southern|eastern|western|central|downtown|north|south|east|west|upper|lower|greater|"
    r"northeastern|northwestern|southeastern|southwestern|northeast|northwest|southeast|southwest|rural|old|mainland) )+"
)
_TRAILING = re.compile(
    r" (?:province|state|department|region|governorate|oblast|county|district|territory|prefecture|city|town|"
    r"municipality|airport|international airport|area|valley)$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch of text that may name a place."""

    span: Span
    words: str
    name: str
    """The key of the words."""
    member: Member | None


def locations(analysis: Analysis, cast: Cast, gazetteer: Gazetteer) -> tuple[Location, ...]:
    """Return every place named in a document, with what it is in GeoNames."""
    text = analysis.document.text
    named = _named(analysis, cast, gazetteer)
    countries = _countries(cast)
    chosen: dict[str, tuple[Site, str]] = {}
    for number, one in enumerate(named):
        inside = _enclosing(text, named, number)
        best = _best(text, one, gazetteer, countries, inside)
        known = chosen.get(one.name)
        if best is not None and (known is None or (inside and best[1].startswith("in "))):
            chosen[one.name] = best
    found = (_location(one, chosen.get(one.name), gazetteer) for one in named)
    return tuple(place for place in found if place is not None)


def _named(analysis: Analysis, cast: Cast, gazetteer: Gazetteer) -> list[_Named]:
    """The names that may be places, in order and without overlap: those of the cast first, then the reader's."""
    text = analysis.document.text
    found: dict[Span, _Named] = {}
    others: set[Span] = set()
    for member in cast.members:
        for span in member.mentions:
            name = key(span.of(text))
            if not _may_be_place(member, name, gazetteer):
                others.add(span)
            elif name not in gazetteer.regions:
                found[span] = _Named(span, span.of(text), name, member)
    for sentence in analysis.sentences:
        for mention in sentence.mentions:
            if mention.label == "LOCATION" and mention.span not in others:
                span = _whole(sentence, mention.span, text, gazetteer)
                name = key(span.of(text))
                if name not in gazetteer.regions:
                    known = found.get(mention.span)
                    found.setdefault(span, _Named(span, span.of(text), name, known.member if known else None))
    return _longest(list(found.values()))


def _whole(sentence: Sentence, span: Span, text: str, gazetteer: Gazetteer) -> Span:
    """The longest name of the gazetteer, in capitals, that holds what the reader marked: San + Salvador."""
    inside = [i for i, token in enumerate(sentence.tokens) if span.covers(token.span)]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    for size in range(LONGEST, last - first + 1, -1):
        for start in range(max(0, last - size + 1), first + 1):
            words = sentence.tokens[start : start + size]
            if len(words) == size and words[0].text[:1].isupper() and words[-1].text[:1].isupper():
                wider = Span(words[0].span.start, words[-1].span.end)
                if gazetteer.find(key(wider.of(text))) and "," not in wider.of(text):
                    return wider
    return span


def _longest(found: list[_Named]) -> list[_Named]:
    """Names without overlap, the longer first."""
    kept: list[_Named] = []
    for one in sorted(found, key=lambda one: (one.span.start - one.span.end, one.span)):
        if one.name and not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


def _may_be_place(member: Member, name: str, gazetteer: Gazetteer) -> bool:
    seat = member.kind == "organisation" and member.name.startswith("Government of ")
    return member.kind in ("place", "state") or seat or name in gazetteer.extra


def _countries(cast: Cast) -> Mapping[str, float]:
    """How often each country is named, as a share of the most named one."""
    counts: Counter[str] = Counter()
    for member in cast.members:
        if member.code and member.code not in NO_COUNTRIES:
            counts[member.code] += len(member.mentions)
    most = max(counts.values(), default=1)
    return {code: count / most for code, count in counts.items()}


def _enclosing(text: str, named: list[_Named], number: int) -> str:
    """The name that follows after a comma, in brackets or after `in`: what a place lies in."""
    if number + 1 >= len(named):
        return ""
    between = text[named[number].span.end : named[number + 1].span.start]
    return named[number + 1].name if between in (", ", ",\n", " (", " in ", "'s ", "’s ") else ""


def _best(
    text: str, one: _Named, gazetteer: Gazetteer, countries: Mapping[str, float], inside: str
) -> tuple[Site, str] | None:
    around = _kind_words(text, one.span)
    literally = around == "admin1"
    sites = [site for name in _forms(one.name) for site in gazetteer.find(name, literally=literally)]
    holders = gazetteer.find(inside) if inside else ()
    weighed = [(*_weight(site, countries, around, holders), site) for site in sites]
    weighed = [w for w in weighed if w[0] >= LEAST or countries.get(w[2].code)]
    if one.member is not None and one.member.kind == "state" and one.member.code:
        weighed = [w for w in weighed if w[2].level != "country" or w[2].code == one.member.code]
    best = max(weighed, key=lambda w: w[0], default=None)
    return (best[2], best[1]) if best else None


def _forms(name: str) -> Iterator[str]:
    """A name, and the name without "northern" before it or "province" after it."""
    yield name
    bare = _LEADING.sub("", name)
    if bare != name:
        yield bare
    short = _TRAILING.sub("", bare)
    if short != bare:
        yield short


def _kind_words(text: str, span: Span) -> str:
    """Which kind of place the words beside a name make it: admin1, city, or nothing."""
    after = re.match(r"[\s]+(\w+)", text[span.end : span.end + 20])
    before = re.search(r"(\w+)\s+of\s+(?:the\s+)?$", text[max(0, span.start - 30) : span.start])
    inner = span.of(text).split()[-1:]
    words = {w.lower() for w in [*(m[1] for m in (after, before) if m), *inner]}
    if words & REGION_WORDS:
        return "admin1"
    return "city" if words & TOWN_WORDS else ""


def _weight(
    site: Site, countries: Mapping[str, float], around: str, holders: tuple[Site, ...]
) -> tuple[float, str]:
    weight = log10(site.population + 10) + OWN_NAME * site.main
    reason = f"{site.population:,} people"
    share = countries.get(site.code, 0.0)
    if share:
        weight += SPOKEN_OF * (0.5 + share / 2)
        reason = f"in {site.code}, which the text names"
    if site.level == "city":
        weight += TOWN_FIRST
    if around == site.level:
        weight += KIND_NAMED
        reason += f", told to be a {around}"
    if any(_holds(holder, site) for holder in holders):
        weight += ENCLOSED
        reason = f"in {site.code} by the words after it"
    return weight, reason


def _holds(holder: Site, site: Site) -> bool:
    if holder.level == "country":
        return holder.code == site.code
    return (
        holder.level == "admin1"
        and (holder.iso2, holder.admin1) == (site.iso2, site.admin1)
        and holder.id != site.id
    )


def _location(one: _Named, best: tuple[Site, str] | None, gazetteer: Gazetteer) -> Location | None:
    """The record of a name: the site chosen, else the country of a place that only the actor tables have."""
    member = one.member
    if best is None:
        site = (
            gazetteer.country(member.code)
            if member and member.kind in ("place", "state") and member.code
            else None
        )
        if site is None or member is None:
            return None
        return _record(one, site, f"a place in {site.name}: {member.reason}")
    return _record(one, *best)


def _record(one: _Named, site: Site, reason: str) -> Location:
    country = site.level == "country"
    return Location(
        span=one.span,
        text=one.words,
        resolution=site.level,
        code=site.code,
        name=site.name,
        geoname_id=site.id,
        country_code=site.iso2,
        admin1_code=None if country else site.admin1,
        latitude=None if country else site.latitude,
        longitude=None if country else site.longitude,
        reason=reason,
    )
