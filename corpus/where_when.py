"""How often places and dates are right: on hand-checked place names, and on the places and dates of coded events.

    python -m corpus.where_when --split dev [--floors corpus/floors.json]

Events are the coders', by their words, so that what is missed or invented elsewhere does not count here.
Names: `lists/geonames.jsonl`, one place name a line with its GeoNames id, null for what the gazetteer has no entry of.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sqrt
from pathlib import Path
from typing import Any

from communique.coding.dates import When, expressions, published_on, when_of
from communique.coding.places import place_of, within
from communique.evaluate import floors
from communique.knowledge.tables import data_bytes
from communique.records import Analysis, Cast, Location, Span
from communique.syntax import Tree
from corpus import texts

Row = Mapping[str, Any]
NEAR = 161.0
"""Kilometres (100 miles) within which a place counts as found: the usual measure of geoparsing."""
FIGURES = {
    "Place names: right entry or within 161 km": ("near", "names"),
    "Place names: right country": ("same country", "names"),
    "Place names: right country, of those located": ("same country", "located"),
    "No entry: nothing located nearer than a country": ("left alone", "no entry"),
    "Event places: right country, of coders' named places": ("place country", "place named"),
    "Event places: right, of those given": ("event place right", "event place given"),
    "Event places: found, of coders'": ("event place found", "event place"),
    "Dates: as the coder has them, none included": ("date agrees", "events"),
    "Dates: right at their resolution, of those given": ("date right", "date given"),
    "Dates: found, of coders'": ("date right", "date"),
}


def names(split: str) -> dict[str, list[Row]]:
    """Return the hand-checked place names of a split by document."""
    found: dict[str, list[Row]] = {}
    lines = (texts.ROOT / "corpus" / "lists" / "geonames.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        if row["split"] == split:
            found.setdefault(row["doc"], []).append(row)
    return found


def entries(wanted: Iterable[int]) -> dict[int, tuple[str, float, float]]:
    """Return country and coordinates of GeoNames ids in the gazetteer."""
    ids, found = {str(number) for number in wanted}, {}
    for line in data_bytes("gazetteer.csv.gz").decode().splitlines():
        fields = line.rsplit(",", 9)
        if len(fields) == 10 and fields[1] in ids and fields[6]:
            found[int(fields[1])] = (fields[3], float(fields[6]), float(fields[7]))
    return found


def kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the distance of two points on the globe."""
    (south, west), (north, east) = [(radians(a), radians(b)) for a, b in (first, second)]
    half = sqrt(_square((north - south) / 2) + cos(south) * cos(north) * _square((east - west) / 2))
    return 2 * 6371.0 * asin(min(1.0, half))


def _square(angle: float) -> float:
    return (1 - cos(2 * angle)) / 2


def count_names(
    rows: Iterable[Row], analysis: Analysis, cast: Cast, known: Mapping[int, tuple[str, float, float]]
) -> Counter[str]:
    """Count a document's hand-checked names that are located right."""
    counts: Counter[str] = Counter()
    for row in rows:
        span = Span(row["start"], row["end"])
        if not any(sentence.span.covers(span) for sentence in analysis.sentences):
            continue  # datelines and captions are not read
        got = next((place for place in cast.places if place.span.overlaps(span)), None)
        if row["geonameid"] is None:
            counts["no entry"] += 1
            counts["left alone"] += got is None or got.resolution == "country"
            continue
        code, north, east = known[row["geonameid"]]
        counts["names"] += 1
        counts["located"] += got is not None
        if got is not None:
            point = (got.latitude, got.longitude)
            counts["same country"] += got.code == code
            counts["near"] += got.geoname_id == row["geonameid"] or (
                point[0] is not None
                and point[1] is not None
                and kilometres((point[0], point[1]), (north, east)) <= NEAR
            )
    return counts


def count_events(row: Row, analysis: Analysis, cast: Cast) -> Counter[str]:
    """Count the coded events of a document whose place and date come out right."""
    counts: Counter[str] = Counter()
    published = published_on(analysis.document.published)
    for event in row["events"]:
        if event["same_event_as"] or not event["trigger"]:
            continue
        words = Span(*event["trigger"])
        sentence = next((s for s in analysis.sentences if s.span.start <= words.start < s.span.end), None)
        tree = Tree(sentence) if sentence else None
        inside = [i for i, token in enumerate(tree.tokens) if words.overlaps(token.span)] if tree else []
        if tree is None or not inside:
            continue
        trigger = next(i for i in inside if tree.tokens[i].head not in inside)
        places = within(cast.places, tree.sentence.span)
        counts += _place(event, place_of(tree, trigger, event["event"], places), cast)
        dated = expressions(tree, analysis.document.text, published)
        counts += _date(event, when_of(tree, trigger, dated, event["event"]))
    return counts


def _place(event: Row, given: Location | None, cast: Cast) -> Counter[str]:
    gold, counts = event["place"], Counter[str]()
    counts["event place given"] += given is not None
    if not gold:
        return counts
    span = Span(gold["start"], gold["end"])
    named = [place for place in cast.places if place.span.overlaps(span)]
    counts["event place"] += 1
    counts["place named"] += bool(named) and gold["country"] is not None
    counts["place country"] += any(place.code == gold["country"] for place in named)
    right = given is not None and (given.span.overlaps(span) or given.code == gold["country"])
    counts["event place right"] += right
    counts["event place found"] += right
    return counts


def _date(event: Row, given: When | None) -> Counter[str]:
    counts: Counter[str] = Counter(["events"])
    gold = _period(event["date"], event["enddate"], event["date_resolution"])
    found = _period(given.start, given.enddate, given.resolution) if given else None
    counts["date"] += gold is not None
    counts["date given"] += found is not None
    counts["date agrees"] += gold == found
    counts["date right"] += gold is not None and gold == found
    return counts


def _period(start: str | None, end: str | None, resolution: str | None) -> tuple[str, str, str] | None:
    if not start or resolution in (None, "document"):
        return None
    length = {"year": 4, "month": 7}.get(str(resolution), 10)
    return str(resolution), start[:length], (end or start)[:length]


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the shares that are reported, those without a case left out."""
    return {
        name: round(counts.get(part, 0) / counts[whole], 3)
        for name, (part, whole) in FIGURES.items()
        if counts.get(whole)
    }


def main() -> int:
    """Print the figures of a split; with floors, fail where one is under its floor."""
    from communique import Coder
    from corpus.coded import annotated, uncoded

    parser = argparse.ArgumentParser(prog="python -m corpus.where_when", description=__doc__)
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--floors", type=Path, help="file of floors: fail when a figure is under its floor")
    given = parser.parse_args()
    coder, counts, checked = Coder(), Counter[str](), names(given.split)
    known = entries(r["geonameid"] for rows in checked.values() for r in rows if r["geonameid"])
    for row in annotated("corpus/real", given.split):
        analysis = coder.language.analyse(uncoded(row))
        cast = coder.knowledge.recognise(analysis)
        counts += count_names(checked.get(row["doc"], []), analysis, cast, known) + count_events(
            row, analysis, cast
        )
    found = figures(counts)
    sys.stdout.writelines(
        f"{value:6.3f}  {counts[FIGURES[name][1]]:5}  {name}\n" for name, value in found.items()
    )
    asked = floors.read(given.floors, f"where and when: {given.split}") if given.floors else {}
    missed = [name for name, floor in asked.items() if found.get(name, 0.0) < floor]
    sys.stderr.writelines(f"under its floor of {asked[name]}: {name}\n" for name in missed)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
