"""Who and where against hand coding: how many participants of ../shared/gold get their country and sector.

    python benchmarks/actors.py [GOLD_FOLDER NEWS_FOLDER]

Each participant of a coded event is looked for at its own words (the first place of them inside or near the
event's evidence). Right country and right sector are counted apart; a coder's other sectors count as right.
Prints every participant that came out otherwise, then the shares, and the time the recognition takes.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.ingest import document_from_text
from communique.knowledge import Knowledge
from communique.language import Reader
from communique.records import Analysis, Cast, Member, Span

SHARED = Path(__file__).parent.parent.parent / "shared"


def participants(gold: dict[str, Any], text: str) -> Iterator[tuple[str, Span, dict[str, Any]]]:
    """Yield the id of each event, the place of a participant's words nearest to its evidence, and the participant."""
    for event in gold["events"]:
        for side in ("actor", "recipient"):
            for person in event[side]:
                found = _nearest(text, person["text"], event["start"])
                if found is not None:
                    yield f"{event['id']} {side} ({event['importance']})", found, person


def _nearest(text: str, words: str, near: int) -> Span | None:
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    best = min(
        starts, key=lambda start: abs(start - near) if start >= near else 2 * (near - start), default=None
    )
    return None if best is None else Span(best, best + len(words))


def members_at(cast: Cast, span: Span) -> list[Member]:
    """Return the members mentioned at the span's words: those that share most with them."""
    inside = [(m, member) for member in cast.members for m in member.mentions if m.overlaps(span)]
    fitting = [(m, member) for m, member in inside if span.covers(m) or m.covers(span)]
    if not fitting:
        return []
    length = max(min(m.end, span.end) - max(m.start, span.start) for m, _ in fitting)
    return [member for m, member in fitting if min(m.end, span.end) - max(m.start, span.start) == length]


def compare(analysis: Analysis, cast: Cast, gold: dict[str, Any]) -> Counter[str]:
    """Print the participants that came out otherwise and return the counts."""
    counts: Counter[str] = Counter()
    text = analysis.document.text
    for event, span, wanted in participants(gold, text):
        found = members_at(cast, span)
        sectors = {wanted["sector"], *wanted.get("other_sectors", ())}
        country = any(m.code == wanted["country"] for m in found) or (not found and wanted["country"] is None)
        sector = any(m.sector in sectors for m in found) or (not found and wanted["sector"] is None)
        counts.update(all=1, country=country, sector=sector, both=country and sector)
        if not (country and sector):
            got = [(m.name, m.code, m.sector) for m in found]
            print(f"{event}: {wanted['text']!r} is {wanted['country']} {wanted['sector']}, read as {got}")
    return counts


def main(gold_folder: Path, news: Path) -> None:
    """Measure every coded page of a folder."""
    if not gold_folder.is_dir():
        print(f"no hand-coded pages in {gold_folder}: nothing measured; give the folders as arguments")
        return
    reader, knowledge = Reader.load(), Knowledge.load()
    total: Counter[str] = Counter()
    for path in sorted(gold_folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (news / f"{path.stem}.txt").read_text(encoding="utf-8")
        analysis = reader.analyse(document_from_text(text, date=gold["published"]))
        start = time.process_time()
        cast = knowledge.recognise(analysis)
        total.update({"milliseconds": round(1000 * (time.process_time() - start))})
        total.update(compare(analysis, cast, gold))
    for name in ("country", "sector", "both"):
        print(f"{name} right: {total[name]} of {total['all']} ({total[name] / max(1, total['all']):.3f})")
    print(f"recognition: {total['milliseconds']} ms of processor time")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(*(given if len(given) == 2 else (SHARED / "gold", SHARED / "news")))
