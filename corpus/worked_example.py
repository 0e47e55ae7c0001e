"""Puts the worked example of the data folder into the corpus's layout: `corpus/real/000_….json`.

    python -m corpus.worked_example

The example gives participants by their words: each is looked up in the evidence, else nearest before it, else
nearest at all. It has no names of people and places as such; those below were read from the page.
"""

from __future__ import annotations

import json
from typing import Any

from communique.errors import CorpusError
from communique.ontology import plover
from communique.records import Span
from corpus import standoff, texts
from corpus.assemble import Row
from corpus.places import Finder, settle

EXAMPLE = "000_36220e625d861cce"

NAMES = {
    "PER": "Evo Morales; Morales; Luis; Almagro; Luis Almagro; Evo Morales Ayma; Jorge Rodriguez; Delcy Rodriguez; "
    "Roy Chaderton Matos; Timoteo Zambrano; Luis Florido; Manuel Rosales; Vicente Diaz; Julio Borges; "
    "Jose Luis Zapatero; Danilo Medina; Eudoro Gonzalez; Zapatero; Medina; Antonio Guterres; Guterres; Nicolas Maduro",
    "ORG": "CIA; Twitter; Organization of American States; National Assembly; Ciudad CCS; "
    "National Constituent Assembly; United Nations",
    "LOC": "Venezuela; United States; Latin America; Dominican Republic; Caracas; Caribbean; América Latina; "
    "Santo Domingo; Libertador",
    "NAT": "Bolivian; Bolivarian; Venezuelan; Venezuelans; South American; Spanish; Dominican",
    "MISC": "We Are All Venezuela",
}
KINDS = {
    "Organization of American States": "org",
    "Central Intelligence Agency": "org",
    "United States government": "state",
    "Government of Venezuela": "state",
    "Venezuela": "state",
    "Dominican Republic": "state",
    "Venezuelan opposition": "group",
    "Ciudad CCS": "org",
}
TRIGGERS = (
    "demand; expressed his support; dialogue; demanded; support; threats and attacks; demanded; conspiring; called for; "
    "will begin; will attend; steadfast supporter; accused; economic coup; planning on attending; Talks; invited; talks; "
    "dialogue; lead to a definitive negotiation; reaching an agreement; meetings; represented; great confidence; "
    "represented; traveled; come here with a flag of peace; welcomed; encourage; requires a political solution; "
    "called for; abandoned"
).split("; ")
"""The event words of the example's thirty-two events, in their order."""
ASKS = frozenset({"01", "03", "05", "06", "08", "09", "13", "23", "25", "27"})
EVALUATES = frozenset({"02", "04", "07", "12", "14", "18", "19", "24"})
"""Statements by the last two figures of their id: those that ask, and those that praise or blame."""
SAME_ACTOR = {
    "Venezuela": "Government of Venezuela",
    "Office of the UN Secretary-General (António Guterres)": "António Guterres",
}
"""The guide has a state and its government as one actor."""


class Importer:
    """Turns the example's records into rows with offsets."""

    def __init__(self, page: dict[str, Any], text: str) -> None:
        self._page = page
        self._text = text
        self._finder = Finder(text)
        self._actors: dict[str, Row] = {}
        self._named: list[tuple[Span, str]] = []
        for actor in page["actors"]:
            self._add(actor, [span for alias in actor["aliases"] for span in self._everywhere(alias)])

    def row(self) -> Row:
        """Return the page as one annotated document."""
        triggers = zip(self._page["events"], TRIGGERS, strict=True)
        events = [row for event, words in triggers for row in self._event(event, words)]
        document = texts.document(EXAMPLE)
        return {
            "doc": EXAMPLE,
            "source": "news",
            "split": "dev",
            "sha256": document.sha256,
            "coder": "worked example",
            "contexts": ["diplomatic", "political_institutions"],
            "names": self._names(),
            "actors": self._settled(),
            "statements": [self._statement(statement) for statement in self._page["statements"]],
            "events": sorted(events, key=lambda event: (event["start"], event["id"])),
        }

    def _everywhere(self, words: str) -> list[Span]:
        try:
            return self._finder.everywhere(words)
        except CorpusError:  # an alias with a mark at its edge is no whole word
            at = self._text.find(words)
            return [Span(at, at + len(words))] if at >= 0 else []

    def _add(self, actor: dict[str, Any], mentions: list[Span]) -> Row:
        row = {
            "id": f"m{len(self._actors) + 1}",
            "name": actor["name"],
            "country": actor.get("country"),
            "sectors": [s for s in (actor.get("sector"), *actor.get("other_sectors", [])) if s],
            "kind": KINDS.get(actor["name"], "per"),
            "mentions": mentions,
        }
        return self._actors.setdefault(actor["name"], row)

    def _settled(self) -> list[Row]:
        owners = list(self._actors.values())
        bare = [(span, index) for index, row in enumerate(owners) for span in row["mentions"]]
        ids = [row["id"] for row in owners]
        kept: list[list[list[int]]] = [[] for _ in owners]
        for span, index in settle(bare, [(span, ids.index(owner)) for span, owner in self._named]):
            kept[index].append([span.start, span.end])
        return [{**row, "mentions": kept[index]} for index, row in enumerate(owners)]

    def _names(self) -> list[Row]:
        kinds = list(NAMES)
        bare = [
            (span, kinds.index(kind))
            for kind in kinds
            for name in NAMES[kind].split("; ")
            for span in self._everywhere(name)
        ]
        return [{"start": s.start, "end": s.end, "type": kinds[kind]} for s, kind in settle(bare, [])]

    def _near(self, words: str, start: int, end: int) -> Span:
        """Return the occurrence of words inside [start, end), else nearest before it, else nearest at all."""
        found = self._everywhere(words)
        if not found:
            raise CorpusError(f"{EXAMPLE}: {words!r} does not stand in the page")
        return min(found, key=lambda s: (not start <= s.start < end, s.start > start, abs(s.start - start)))

    def _party(self, party: dict[str, Any], start: int, end: int) -> Row:
        span = self._near(party["text"], start, end)
        name = SAME_ACTOR.get(party["name"], party["name"])
        row = self._actors.get(name) or self._add({**party, "name": name}, [])
        self._named.append((span, row["id"]))
        return {"actor": row["id"], "start": span.start, "end": span.end}

    def _statement(self, given: dict[str, Any]) -> Row:
        words = given["source"]["text"]
        name = given["source"]["name"].split("; ")[0]
        source = self._near(words, given["start"] - len(words) - 60, given["end"] + 60)
        cue = self._near(given["cue"], given["start"] - len(given["cue"]) - 60, given["end"] + 60)
        return {
            "id": given["id"],
            "source": self._actors[SAME_ACTOR.get(name, name)]["id"],
            "source_span": [source.start, source.end],
            "cue": [cue.start, cue.end],
            "content": [[given["start"], given["end"]]],
            "kind": given["kind"],
            "polarity": polarity(given["id"][-2:]),
            "addressee": None,
            "in": None,
        }

    def _event(self, given: dict[str, Any], trigger: str) -> list[Row]:
        start, end = given["start"], given["end"]
        first, _, last = (given["date"] or "").partition("/")
        words = given.get("date_text")
        date_text = self._near(words, start, end) if words else None
        row: Row = {
            "id": given["id"],
            "event": given["event"],
            "mode": given["mode"],
            "aux": given["aux"],
            "status": given["status"],
            "start": start,
            "end": end,
            "trigger": self._trigger(trigger, start, end),
            "actor": [self._party(party, start, end) for party in given["actor"]],
            "recipient": [self._party(party, start, end) for party in given["recipient"]],
            "claimants": [self._claimant(claimant, start, end) for claimant in given["claimants"]],
            "date": first or None,
            "enddate": last or None,
            "date_resolution": {0: "document", 4: "year", 7: "month"}.get(
                len(first), "week" if last else "day"
            ),
            "date_text": [date_text.start, date_text.end] if date_text else None,
            "place": self._place(given["place"], start, end),
            "contexts": [context.replace(" ", "_") for context in given["contexts"]],
            "importance": given["importance"],
            "acceptable": acceptable(given),
            "same_event_as": given.get("same_event_as"),
        }
        main = row["same_event_as"] or row["id"]
        bare: Row = {"actor": [], "recipient": [], "same_event_as": main}
        again = [
            {
                **row,
                **bare,
                "id": f"{row['id']}.{n}",
                "start": s,
                "end": e,
                "trigger": self._trigger(trigger, s, e),
            }
            for n, (s, e) in enumerate(given.get("also_at") or [], start=1)
        ]
        return [row, *again]

    def _trigger(self, words: str, start: int, end: int) -> list[int] | None:
        """Return the event words within the evidence; None in repeats in other words or languages."""
        inside = [span for span in self._everywhere(words) if start <= span.start and span.end <= end]
        return [inside[0].start, inside[0].end] if inside else None

    def _claimant(self, given: dict[str, Any], start: int, end: int) -> Row:
        cue = self._near(given["cue"], start - 80, end + 60)
        party = self._party(given, start - 120, end + 60)
        return {"actor": party["actor"], "cue": [cue.start, cue.end]}

    def _place(self, given: dict[str, Any] | None, start: int, end: int) -> Row | None:
        if given is None:
            return None
        span = self._near(given["text"], start, end)
        return {"start": span.start, "end": span.end, "country": given["country"]}


def polarity(number: str) -> str:
    """Return what a statement of the example does."""
    return "asks" if number in ASKS else "evaluates" if number in EVALUATES else "asserts"


def acceptable(given: dict[str, Any]) -> list[Row]:
    """Return the example's other categories and modes as codes: a mode goes with the category that has it."""
    others = list(given.get("acceptable_events", []))
    modes = given.get("acceptable_modes", [])
    named = [
        {"event": event, "mode": mode}
        for mode in modes
        for event in (given["event"], *others)
        if (mode is None and event == given["event"]) or mode in plover().categories[event].modes
    ]
    with_mode = {code["event"] for code in named}
    return [{"event": event, "mode": None} for event in others if event not in with_mode] + named


def main() -> int:
    """Write the example to corpus/real."""
    page = json.loads((texts.shared() / "gold" / f"{EXAMPLE}.json").read_text(encoding="utf-8"))
    row = Importer(page, texts.document(EXAMPLE).text).row()
    target = texts.ROOT / "corpus" / "real" / f"{EXAMPLE}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(standoff.dumps(row), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
