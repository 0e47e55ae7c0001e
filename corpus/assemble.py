"""Turns the notation of one document into stand-off rows: looks words up, checks labels, fills defaults."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from communique.errors import CorpusError, OntologyError
from communique.ontology import plover
from communique.records import Span
from corpus import notation, texts
from corpus.notation import Faults, Line
from corpus.places import Finder, settle

Row = dict[str, Any]

PRONOUNS = frozenset(
    "he she it they we i you his her its their him them us our who which that this these those".split()
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?")
_QUOTES = '"“”'


@cache
def countries() -> frozenset[str]:
    """Return ISO 3166-1 alpha-3 codes and PLOVER's own."""
    lines = (texts.LISTS / "countries.txt").read_text(encoding="utf-8").splitlines()
    iso = [code for line in lines if not line.startswith("#") for code in line.split()]
    return frozenset(iso) | plover().countries_beyond_iso


class Assembler:
    """Assembles the rows of one document. Every fault goes to `faults`; faulty parts are left out."""

    def __init__(self, text: str, faults: Faults, first: int = 1) -> None:
        """Number the sentences of `text` from `first`."""
        self._finder = Finder(text, first)
        self._text = text
        self._faults = faults
        self._actors: dict[str, Row] = {}
        self._said: list[tuple[str, Span]] = []

    def rows(self, lines: Sequence[Line]) -> Row:
        """Return contexts, names, actors, statements and events of the lines; faults are collected."""
        by_tag: dict[str, list[Line]] = {tag: [] for tag in ("CTX", "N", "A", "S", "E")}
        for line in lines:
            if line.tag in by_tag:
                by_tag[line.tag].append(line)
            else:
                self._faults.error(
                    line.number,
                    f"a line begins with {line.tag!r}; lines are {', '.join(by_tag)} "
                    "(a continued line begins with two spaces)",
                )
        contexts = [
            label for line in by_tag["CTX"] for label in self._contexts(line, " ; ".join(line.fields))
        ]
        names = self._names(by_tag["N"])
        mentions = self._read_actors(by_tag["A"])
        statements = [self._statement(line) for line in by_tag["S"]]
        events = [self._event(line) for line in by_tag["E"]]
        self._check_references(by_tag, statements, events)
        return {
            "contexts": list(dict.fromkeys(contexts)),
            "names": names,
            "actors": self._with_mentions(mentions),
            "statements": statements,
            "events": events,
        }

    # ------------------------------------------------------------------ words

    def _find(self, line: Line, words: str, inside: list[int] | None = None) -> list[int] | None:
        """Return [start, end] of one place, or None with the fault recorded."""
        try:
            span = self._finder.place(words, Span(*inside) if inside else None)
        except CorpusError as error:
            self._faults.error(line.number, f"{line.tag} {line.fields[0] if line.fields else ''}: {error}")
            return None
        return [span.start, span.end]

    def _spans(self, line: Line, words: str) -> tuple[list[Span], bool]:
        """Return the spans of an item, and whether it was bare words; empty with the fault recorded."""
        try:
            if words.startswith("@"):
                return [self._finder.place(words)], False
            if words.casefold() in PRONOUNS:
                raise CorpusError(
                    f"{words!r} as bare words means every one of them: give the place, @sentence:{words}"
                )
            return self._finder.everywhere(words), True
        except CorpusError as error:
            self._faults.error(line.number, f"{line.tag} {line.fields[0] if line.fields else ''}: {error}")
            return [], True

    # ------------------------------------------------------------------ labels

    def _label(self, line: Line, value: str, known: Sequence[str], what: str) -> str:
        if value not in known:
            self._faults.error(line.number, f"{what} {value!r} is not one of: {', '.join(known)}")
        return value

    def _contexts(self, line: Line, value: str) -> list[str]:
        found = [label.replace(" ", "_") for label in notation.labels(value)]
        return [self._label(line, label, sorted(plover().contexts), "context") for label in found]

    def _country(self, line: Line, value: str) -> str | None:
        if value == "-":
            return None
        if value not in countries():
            self._faults.error(
                line.number,
                f"country {value!r} is not ISO 3166 alpha-3, nor one of "
                f"{', '.join(sorted(plover().countries_beyond_iso))}, nor -",
            )
        return value

    # ------------------------------------------------------------------ names, actors

    def _names(self, lines: list[Line]) -> list[Row]:
        bare: list[tuple[Span, int]] = []
        explicit: list[tuple[Span, int]] = []
        for line in lines:
            if len(line.fields) != 2:
                self._faults.error(line.number, "a line of names is: N TYPE | words ; words ; @3:words")
                continue
            kind = notation.NAME_TYPES.index(line.fields[0]) if line.fields[0] in notation.NAME_TYPES else -1
            self._label(line, line.fields[0], notation.NAME_TYPES, "type of name")
            for item in notation.items(line.fields[1]):
                spans, is_bare = self._spans(line, item)
                (bare if is_bare else explicit).extend((span, kind) for span in spans)
        settled = settle(bare, explicit)
        doubtful = [pair for pair in settled if pair not in explicit]
        self._refuse_doubles(
            lines[0].number if lines else 0, doubtful, lambda kind: notation.NAME_TYPES[kind]
        )
        return [{"start": s.start, "end": s.end, "type": notation.NAME_TYPES[kind]} for s, kind in settled]

    def _refuse_doubles(self, line: int, settled: list[tuple[Span, int]], show: Callable[[int], str]) -> None:
        owners: dict[Span, int] = {}
        told = set()
        for span, owner in settled:
            other = owners.setdefault(span, owner)
            if other != owner and (words := span.of(self._text)) not in told:
                told.add(words)
                self._faults.error(
                    line,
                    f"{words!r} is given both as {show(other)} and as {show(owner)}: "
                    "give the places of one of them with @",
                )

    def _read_actors(self, lines: list[Line]) -> list[tuple[Span, int]]:
        bare: list[tuple[Span, int]] = []
        explicit: list[tuple[Span, int]] = []
        for line in lines:
            row = self._actor(line)
            if row is None:
                continue
            owner = len(self._actors)
            self._actors[row["id"]] = row
            for item in notation.items(line.fields[5]):
                spans, is_bare = self._spans(line, item)
                (bare if is_bare else explicit).extend((span, owner) for span in spans)
        settled = settle(bare, explicit)
        ids = list(self._actors)
        doubtful = [pair for pair in settled if pair not in explicit]  # one `they` may mean two actors
        self._refuse_doubles(lines[0].number if lines else 0, doubtful, lambda owner: ids[owner])
        return settled

    def _actor(self, line: Line) -> Row | None:
        if len(line.fields) != 6:
            self._faults.error(
                line.number,
                f"an actor has 6 fields (id | name | country | sectors | kind | mentions), this one "
                f"has {len(line.fields)}",
            )
            return None
        actor_id, name, country, sectors, kind, _ = line.fields
        if actor_id in self._actors:
            self._faults.error(line.number, f"actor {actor_id} is defined twice")
            return None
        known = sorted(plover().sectors)
        return {
            "id": actor_id,
            "name": name,
            "country": self._country(line, country),
            "sectors": [self._label(line, sector, known, "sector") for sector in notation.labels(sectors)],
            "kind": self._label(line, kind, notation.ACTOR_KINDS, "kind of actor"),
        }

    def _with_mentions(self, settled: list[tuple[Span, int]]) -> list[Row]:
        """Give each actor its mentions; words that a record names it by are mentions too."""
        ids = list(self._actors)
        spans: dict[str, list[Span]] = {actor_id: [] for actor_id in ids}
        for span, owner in settled:
            spans[ids[owner]].append(span)
        for actor_id, span in self._said:
            if actor_id in spans and not any(span.overlaps(other) for other in spans[actor_id]):
                spans[actor_id].append(span)
        return [
            {**row, "mentions": [[span.start, span.end] for span in sorted(set(spans[actor_id]))]}
            for actor_id, row in self._actors.items()
        ]

    def _party(self, line: Line, item: str) -> Row | None:
        """Read `m1 @3:words`; `-` for somebody who is no actor of the list."""
        actor_id, _, words = item.partition(" ")
        if actor_id.startswith("@"):
            self._faults.error(line.number, f"{item[:60]!r}: the id of the actor comes first, then the place")
            return None
        if actor_id != "-" and actor_id not in self._actors:
            self._faults.error(line.number, f"no actor {actor_id!r} in the A lines")
        if not words.strip():
            self._faults.error(line.number, f"{item!r}: the words are missing: {actor_id} @sentence:words")
            return None
        place = self._find(line, words.strip())
        if place is None:
            return None
        self._said.append((actor_id, Span(*place)))
        return {"actor": None if actor_id == "-" else actor_id, "start": place[0], "end": place[1]}

    def _parties(self, line: Line, value: str) -> list[Row]:
        found = (self._party(line, item) for item in notation.items(value))
        return [party for party in found if party is not None]

    # ------------------------------------------------------------------ statements

    def _statement(self, line: Line) -> Row:
        given = notation.keyed(line.fields[1:], notation.STATEMENT_FIELDS, line.number, self._faults)
        source, source_span = self._source(line, given.get("src", "-"))
        content = [self._find(line, item) for item in notation.items(given.get("con", ""))]
        if not content:
            self._faults.error(line.number, "a statement needs its content: con @sentence:words")
        return {
            "id": line.fields[0] if line.fields else "",
            "source": source,
            "source_span": source_span,
            "cue": self._find(line, given["cue"]) if given.get("cue", "-") != "-" else None,
            "content": [place for place in content if place is not None],
            "kind": self._label(
                line, given.get("kind", "indirect"), notation.STATEMENT_KINDS, "kind of statement"
            ),
            "polarity": self._label(line, given.get("pol", "asserts"), notation.POLARITIES, "polarity"),
            "addressee": self._addressee(line, given.get("to", "-")),
            "in": given.get("in"),
        }

    def _source(self, line: Line, value: str) -> tuple[str | None, list[int] | None]:
        actor_id, _, words = value.partition(" ")
        if words.strip() not in ("", "-"):
            party = self._party(line, value)
            return (party["actor"], [party["start"], party["end"]]) if party else (None, None)
        return self._addressee(line, actor_id), None

    def _addressee(self, line: Line, value: str) -> str | None:
        actor_id = value.split(" ")[0]
        if actor_id == "-":
            return None
        if actor_id not in self._actors:
            self._faults.error(line.number, f"no actor {actor_id!r} in the A lines")
        return actor_id

    # ------------------------------------------------------------------ events

    def _event(self, line: Line) -> Row:
        if len(line.fields) < 3:
            self._faults.error(
                line.number, "an event is: E id | CATEGORY | @sentence:evidence | trig @sentence:words | …"
            )
            return {"id": line.fields[0] if line.fields else ""}
        given = notation.keyed(line.fields[3:], notation.EVENT_FIELDS, line.number, self._faults)
        same = None if given.get("same", "-") == "-" else given["same"]
        category = line.fields[1]
        mode = None if given.get("mode", "-") == "-" else given["mode"]
        if not (same and category == "-"):
            self._category(line, category, mode)
        evidence = self._find(line, line.fields[2])
        start, end = evidence or (0, 0)
        if "trig" not in given:
            self._faults.error(line.number, "trig is missing: the event words, trig @sentence:words")
        (date, enddate), resolution, date_text = self._date(line, given.get("date", "-"))
        row: Row = {
            "id": line.fields[0],
            "event": None if category == "-" else category,
            "mode": mode,
            "aux": [
                self._label(line, aux, plover().auxiliary, "aux")
                for aux in notation.labels(given.get("aux", ""))
            ],
            "status": self._label(line, given.get("st", "reported"), plover().statuses, "status"),
            "start": start,
            "end": end,
            "trigger": self._find(line, given["trig"], evidence) if "trig" in given else None,
            "actor": self._parties(line, given.get("act", "")),
            "recipient": self._parties(line, given.get("rec", "")),
            "claimants": self._claimants(line, given.get("by", "")),
            "date": date,
            "enddate": enddate,
            "date_resolution": resolution,
            "date_text": date_text,
            "place": self._location(line, given.get("loc", "-")),
            "contexts": self._contexts(line, given.get("ctx", "")),
            "importance": self._label(line, given.get("imp", "must"), notation.IMPORTANCE, "importance"),
            "acceptable": self._acceptable(line, given.get("alt", "")),
            "same_event_as": same,
        }
        self._judge(line, row)
        return row

    def _category(self, line: Line, category: str, mode: str | None) -> None:
        try:
            plover().check(category, (mode,) if mode else ())
        except OntologyError as error:
            self._faults.error(line.number, str(error))

    def _acceptable(self, line: Line, value: str) -> list[Row]:
        found = []
        for item in notation.labels(value):
            category, _, given = item.partition("/")
            mode = None if given in ("", "-") else given
            self._category(line, category, mode)
            found.append({"event": category, "mode": mode})
        return found

    def _claimants(self, line: Line, value: str) -> list[Row]:
        found = []
        for item in notation.items(value):
            actor_id, _, words = item.partition(" ")
            if actor_id != "-" and actor_id not in self._actors:
                self._faults.error(
                    line.number, f"by: no actor {actor_id!r} in the A lines; write `m1 @sentence:cue words`"
                )
            cue = self._find(line, words.strip()) if words.strip() not in ("", "-") else None
            found.append({"actor": None if actor_id == "-" else actor_id, "cue": cue})
        return found

    def _date(self, line: Line, value: str) -> tuple[tuple[str | None, str | None], str, list[int] | None]:
        """Read `2017-09-13 day "@3:on Tuesday"`: first and last date, resolution, the words."""
        head, _, rest = value.partition("@")
        parts = head.translate(dict.fromkeys(map(ord, _QUOTES), " ")).split()
        place = self._find(line, f"@{rest.strip().rstrip(_QUOTES)}") if rest else None
        if not parts or parts[0] == "-":
            return (None, None), "document", place
        if not _DATE.fullmatch(parts[0]):
            self._faults.error(
                line.number, f"date {parts[0]!r}: write 2017, 2017-09, 2017-09-13, or two with / between"
            )
        first, _, last = parts[0].partition("/")
        resolution = parts[1] if len(parts) > 1 else {4: "year", 7: "month"}.get(len(first), "day")
        self._label(line, resolution, notation.RESOLUTIONS, "resolution of date")
        return (first, last or None), resolution, place

    def _location(self, line: Line, value: str) -> Row | None:
        if value == "-":
            return None
        words, _, country = value.rpartition(" ")
        if not words or not re.fullmatch(r"[A-Z]{3}|-", country):
            self._faults.error(
                line.number, f"loc {value!r}: write loc @sentence:words COUNTRY (or - for none)"
            )
            return None
        place = self._find(line, words.strip().strip(_QUOTES))
        if place is None:
            return None
        return {"start": place[0], "end": place[1], "country": self._country(line, country)}

    def _judge(self, line: Line, row: Row) -> None:
        """Check what the guide asks of a whole event."""
        if row["status"] == "reported" and row["claimants"]:
            self._faults.error(
                line.number,
                "status reported has no claimants: leave out `by`, or st claimed, denied or called_for",
            )
        if (
            row["status"] in ("claimed", "denied", "called_for")
            and not row["claimants"]
            and not row["same_event_as"]
        ):
            self._faults.error(
                line.number,
                f"status {row['status']} needs who says so: by m1 @sentence:cue words (or by - @…)",
            )
        trigger = row["trigger"]
        if trigger and row["end"] and not Span(*trigger).overlaps(Span(row["start"], row["end"])):
            self._faults.error(
                line.number, f"trig {self._text[trigger[0] : trigger[1]]!r} lies outside the evidence"
            )
        category = plover().categories.get(row["event"] or "")
        if category and category.needs_recipient and not (row["recipient"] or row["same_event_as"]):
            self._faults.note(line.number, f"{category.name} normally has a recipient (rec)")
        if not (row["actor"] or row["recipient"] or row["same_event_as"]):
            self._faults.note(line.number, "neither actor nor recipient: is this an event?")

    # ------------------------------------------------------------------ the whole

    def _check_references(
        self, by_tag: dict[str, list[Line]], statements: list[Row], events: list[Row]
    ) -> None:
        for tag, rows, link in (("S", statements, "in"), ("E", events, "same_event_as")):
            ids = [row["id"] for row in rows]
            mains = {row["id"]: row.get("same_event_as") for row in rows}
            for line, row in zip(by_tag[tag], rows, strict=True):
                if ids.count(row["id"]) > 1:
                    self._faults.error(line.number, f"{tag} {row['id']} is defined twice")
                target = row.get(link)
                if target and (target not in ids or target == row["id"]):
                    self._faults.error(line.number, f"no other {tag} {target} in this document")
                elif target and tag == "E" and mains[target]:
                    self._faults.error(
                        line.number,
                        f"same {target}: that is itself a repeat; name the first, {mains[target]}",
                    )
        mains_by_id = {row["id"]: row for row in events}
        for row in events:
            main = mains_by_id.get(row.get("same_event_as") or "")
            if main and row.get("event") is None:
                row["event"], row["mode"] = main.get("event"), main.get("mode")
