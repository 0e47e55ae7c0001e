"""What coders wrote, in the form that scores are counted on.

Two layouts are read: the corpus's stand-off files (`corpus/README.md`; one JSON object a file, or one a line), and
the pages of `gold/`, which give participants by their words instead of their offsets. Records that repeat a
happening (`same_event_as`, `also_at`) become further places of one event.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import CorpusError
from communique.records import Span

Row = Mapping[str, Any]

MAY = "may"
MUST = "must"


@dataclass(frozen=True, slots=True)
class Party:
    """A participant or claimant as the coder has it, with every place and wording that means it."""

    country: str | None
    sectors: tuple[str, ...]
    spans: tuple[Span, ...]
    wordings: frozenset[str] = frozenset()
    """Lower-case words of the party, where the layout gives words and no offsets."""
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """Another code that counts as right; `mode` None stands for any mode of the category."""

    category: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One happening: its main evidence first, then the places where it is told again."""

    id: str
    category: str
    mode: str | None
    aux: frozenset[str]
    status: str
    places: tuple[Span, ...]
    trigger: Span | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    claimants: tuple[Party, ...]
    importance: str
    acceptable: tuple[Code, ...] = ()
    acceptable_aux: frozenset[str] = frozenset()

    @property
    def optional(self) -> bool:
        """Whether leaving it out is no error."""
        return self.importance == MAY

    @property
    def categories(self) -> frozenset[str]:
        """Every category that counts as right."""
        return frozenset({self.category, *(code.category for code in self.acceptable)})

    def allows_mode(self, category: str, mode: str | None) -> bool:
        """Say whether a mode is right for a coded category that is itself right."""
        if category == self.category and mode == self.mode:
            return True
        return any(code.category == category and code.mode in (None, mode) for code in self.acceptable)


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document as coded by hand."""

    id: str
    source: str | None
    split: str | None
    contexts: frozenset[str]
    events: tuple[GoldEvent, ...]
    sha256: str | None = None
    text: str | None = None
    quotes: tuple[tuple[Span, str], ...] = ()
    """Words known to stand at offsets, by which a document of unknown id is recognised."""
    acceptable_contexts: frozenset[str] = frozenset()
    """Contexts of single events: neither asked for nor wrong as the document's."""


def read(paths: Iterable[Path], split: str | None = None) -> tuple[GoldDocument, ...]:
    """Return the documents of files and folders, only those of `split` if given.

    Raises CorpusError if a file is not of either layout, or if nothing is left.
    """
    paths = list(paths)
    documents = [document(row, where) for path in paths for where, row in _rows(path)]
    chosen = tuple(one for one in documents if split is None or one.split == split)
    if not chosen:
        wanted = f" of the split {split!r}" if split else ""
        names = ", ".join(map(str, paths))
        raise CorpusError(
            f"no annotated documents{wanted} in {names}: give corpus/real or files of its layout"
        )
    return chosen


def _rows(path: Path) -> Iterator[tuple[str, Row]]:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{file}: cannot be read ({error})") from error
        if file.suffix == ".jsonl":
            lines = text.splitlines()
            yield from (
                (f"{file}:{n}", _parse(line, f"{file}:{n}")) for n, line in enumerate(lines, 1) if line
            )
        else:
            yield str(file), _parse(text, str(file))


def _parse(text: str, where: str) -> Row:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise CorpusError(f"{where}: not JSON ({error}); compile the annotation again") from error
    if not isinstance(row, dict) or not {"doc", "events", "actors"} <= row.keys():
        raise CorpusError(f"{where}: not an annotated document: it needs doc, actors and events")
    return row


def document(row: Row, where: str = "") -> GoldDocument:
    """Return one annotated document of either layout; raise CorpusError naming what is missing."""
    try:
        return _worked(row) if "articles" in row else _standoff(row)
    except (KeyError, TypeError, IndexError) as error:
        name = where or row.get("doc")
        raise CorpusError(
            f"{name}: an annotated document without {error}; compile the annotation again"
        ) from error


# --------------------------------------------------------------------------- stand-off


def _standoff(row: Row) -> GoldDocument:
    actors = {actor["id"]: actor for actor in row["actors"]}
    again: dict[str, list[Row]] = {}
    for event in row["events"]:
        if event["same_event_as"]:
            again.setdefault(event["same_event_as"], []).append(event)
    mains = [event for event in row["events"] if not event["same_event_as"]]
    return GoldDocument(
        id=row["doc"],
        source=row.get("source"),
        split=row.get("split"),
        contexts=frozenset(row["contexts"]),
        events=tuple(_event(event, again.get(event["id"], []), actors) for event in mains),
        sha256=row.get("sha256"),
        text=row.get("text"),
        acceptable_contexts=frozenset(c for event in mains for c in event.get("contexts") or ()),
    )


def _event(event: Row, again: list[Row], actors: Mapping[str, Row]) -> GoldEvent:
    places = [Span(one["start"], one["end"]) for one in (event, *again)]
    return GoldEvent(
        id=event["id"],
        category=event["event"],
        mode=event["mode"],
        aux=frozenset(event["aux"]),
        status=event["status"],
        places=tuple(places),
        trigger=Span(*event["trigger"]) if event["trigger"] else None,
        actors=tuple(_party(party, actors) for party in event["actor"]),
        recipients=tuple(_party(party, actors) for party in event["recipient"]),
        claimants=tuple(_party(party, actors) for party in event["claimants"]),
        importance=event["importance"],
        acceptable=tuple(Code(code["event"], code["mode"]) for code in event["acceptable"]),
        acceptable_aux=frozenset(event.get("acceptable_aux", ())),
    )


def _party(party: Row, actors: Mapping[str, Row]) -> Party:
    own = [Span(party["start"], party["end"])] if "start" in party else []
    cue = Span(*party["cue"]) if party.get("cue") else None
    if party["actor"] is None:
        return Party(None, (), tuple(own), cue=cue)
    actor = actors[party["actor"]]
    mentions = [Span(*mention) for mention in actor["mentions"]]
    return Party(actor["country"], tuple(actor["sectors"]), (*own, *mentions), cue=cue)


# --------------------------------------------------------------------------- the worked example


def _worked(row: Row) -> GoldDocument:
    aliases = {actor["name"]: actor["aliases"] for actor in row["actors"]}
    ids = {event["id"] for event in row["events"]}
    again: dict[str, list[Span]] = {}
    for event in row["events"]:
        if event.get("same_event_as") in ids:
            again.setdefault(event["same_event_as"], []).append(Span(event["start"], event["end"]))
    mains = [event for event in row["events"] if event.get("same_event_as") not in ids]
    return GoldDocument(
        id=row["doc"],
        source="news",
        split="dev",
        contexts=frozenset(c.replace(" ", "_") for event in mains for c in event["contexts"]),
        events=tuple(_worked_event(event, again.get(event["id"], []), aliases) for event in mains),
        quotes=tuple((Span(e["start"], e["end"]), e["evidence"]) for e in row["events"]),
    )


def _worked_event(event: Row, again: list[Span], aliases: Mapping[str, list[str]]) -> GoldEvent:
    also = [Span(*place) for place in event.get("also_at") or []]
    categories = (event["event"], *event.get("acceptable_events", []))
    modes = (None, *event.get("acceptable_modes", []))
    others = [Code(category, mode) for category in categories for mode in modes]
    own = Code(event["event"], None)
    any_mode = None in modes[1:]
    return GoldEvent(
        id=event["id"],
        category=event["event"],
        mode=event["mode"],
        aux=frozenset(event["aux"]),
        status=event["status"],
        places=(Span(event["start"], event["end"]), *also, *again),
        trigger=None,
        actors=tuple(_worded(party, aliases) for party in event["actor"]),
        recipients=tuple(_worded(party, aliases) for party in event["recipient"]),
        claimants=tuple(_worded(party, aliases) for party in event["claimants"]),
        importance=event["importance"],
        acceptable=tuple(code for code in others if code != own or any_mode),
        acceptable_aux=frozenset(_labels(event.get("acceptable_aux", []))),
    )


def _labels(value: list[Any]) -> list[str]:
    return [label for item in value for label in (item if isinstance(item, list) else [item]) if label]


def _worded(party: Row, aliases: Mapping[str, list[str]]) -> Party:
    words = [party.get("text"), party["name"], *aliases.get(party["name"], [])]
    sectors = [party.get("sector"), *party.get("other_sectors", [])]
    return Party(
        party.get("country"),
        tuple(sector for sector in sectors if sector),
        (),
        frozenset(word.casefold() for word in words if word),
    )
