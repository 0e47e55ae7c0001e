"""`write_report`: a store as one self-contained page that opens without a network.

No text of a document can run as script: the template escapes everything; the documents travel as JSON
in a data block in which `<`, `>` and `&` are written as escapes; the page's script writes text nodes
only; and its content security policy allows that one script and that one style sheet, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from communique.errors import SettingsError
from communique.store import Store, StoredDocument
from communique.web import labels
from communique.web.labels import Row
from communique.web.marking import MarkedBlock, Piece, marked_blocks
from communique.web.pairs import PairTally
from communique.web.timeline import Tally, timeline

MOST_DOCUMENTS = 1_000
"""Documents shown in full. With 1,000 of 5,400 characters and 36 events each, out of 5,000, the page took 26 s to
write on a busy machine, is 21 MB, and opens in 3 s of computing (measured before statements were marked, which add to
it). The page says what it leaves out."""
MOST_CHARACTERS = 20_000
"""Characters shown of one document; of 4,988 news articles measured the longest has 13,983."""


@dataclass(slots=True)
class _Read:
    """What one passage through the store gathers."""

    kept: list[StoredDocument] = field(default_factory=list)
    without_events: list[StoredDocument] = field(default_factory=list)
    documents: int = 0
    tally: Tally = field(default_factory=lambda: Tally(Counter()))
    pairs: PairTally = field(default_factory=PairTally)
    categories: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    statements: int = 0

    def add(self, document: StoredDocument) -> None:
        """Count a document, and keep it while there is room, those with events first."""
        self.documents += 1
        self.tally.add(document.events)
        self.pairs.add(document.events)
        self.categories.update(event["event"][0] for event in document.events)
        self.statuses.update(event["status"] or "unknown" for event in document.events)
        self.statements += len(document.statements)
        shelf = self.kept if document.events else self.without_events
        if len(shelf) < MOST_DOCUMENTS:
            shelf.append(document)

    def shown(self) -> list[StoredDocument]:
        """Return the documents of the page, by date; undated ones last."""
        chosen = (self.kept + self.without_events)[:MOST_DOCUMENTS]
        return sorted(chosen, key=lambda document: document.published or "9999")


def write_report(store: Store, path: Path) -> None:
    """Write the store as one HTML page at `path`.

    Raises SettingsError if the page cannot be written there.
    """
    page = report_page(store.documents(), title=Path(store.path).name)
    try:
        path.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {error.strerror}; name another file with -o") from error


def report_page(documents: Iterable[StoredDocument], *, title: str) -> str:
    """Return the page as a string. `title` names the store at its head."""
    read = _Read()
    for document in documents:
        read.add(document)
    shown = read.shown()
    style, script = _part("report.css"), _part("report.js")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_part("report.html.j2")).render(
        title=title,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        data=embedded([_document(document) for document in shown]),
        documents=read.documents,
        shown=len(shown),
        events=read.pairs.events,
        statements=read.statements,
        coder=", ".join(sorted({document.coder for document in shown})),
        timeline=timeline(read.tally),
        pairs=read.pairs.pairs(),
        most_frequent=read.categories.most_common(),
        categories=sorted(read.categories),
        status_counts=read.statuses,
        parties=_parties(shown),
        quads=labels.QUADS,
        statuses=labels.STATUSES,
        signs=labels.SIGNS,
        claimants=_claimants(shown),
    )


def embedded(value: object) -> Markup:
    """Return JSON that is safe inside a script element: none of `<`, `>`, `&`, U+2028, U+2029 is left bare."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _part(name: str) -> str:
    return (files("communique.web") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _parties(documents: Iterable[StoredDocument]) -> list[str]:
    names = {
        labels.name(entity)
        for document in documents
        for event in document.events
        for entity in (*event["actor"], *event["recipient"])
    }
    return sorted(names, key=str.casefold)


def _claimants(documents: Iterable[StoredDocument]) -> list[str]:
    names = {
        labels.name(claimant)
        for document in documents
        for event in document.events
        for claimant in event["claimants"] or ()
    }
    return sorted(names, key=str.casefold)


def _document(document: StoredDocument) -> dict[str, Any]:
    """Return what the page's script needs of a document; the keys are read in report.js."""
    facts = (document.publication, document.byline, document.published, document.language, document.source)
    called = labels.numbers(document.events, document.statements)
    url = document.url if (document.url or "").startswith(("https://", "http://")) else None
    return {
        "id": document.id,
        "title": document.title or "(no title)",
        "facts": [fact for fact in facts if fact],
        "url": url,
        "copy": document.copy_of,
        "cut": len(document.text) > MOST_CHARACTERS,
        "blocks": [_block(block) for block in marked_blocks(document, MOST_CHARACTERS)],
        "events": [_event(event, called) for event in document.events],
        "statements": [_statement(row, called) for row in document.statements],
    }


def _block(block: MarkedBlock) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "language": block.language,
        "repeats": block.repeats,
        "pieces": [_piece(piece) for piece in block.pieces],
    }


def _piece(piece: Piece) -> list[Any]:
    """Return [text, evidence, ends, roles, said, opens, closes], without the empty lists at the end."""
    parts: list[Any] = [
        piece.text, piece.evidence, piece.ends, piece.roles, piece.said, piece.opens, piece.closes
    ]  # fmt: skip
    while not parts[-1] and len(parts) > 1:
        parts.pop()
    return parts


def _statement(row: Row, called: Mapping[str, str]) -> dict[str, Any]:
    return {
        "saying": labels.saying(row),
        "manner": labels.manner(row, called),
        "words": " … ".join(piece["text"] for piece in row["content"]),
    }


def _event(event: Row, called: Mapping[str, str]) -> dict[str, Any]:
    return {
        "category": event["event"][0],
        "what": labels.what(event),
        "quad": event["quad"],
        "status": event["status"] or "unknown",
        "who": labels.who(event),
        "standing": labels.standing(event),
        "label": labels.status(event),
        "sign": labels.SIGNS.get(event["status"], ""),
        "chain": labels.chain(event),
        "claimants": [labels.name(claimant) for claimant in event["claimants"] or ()],
        "disputes": labels.disputes(event, called),
        "quote": labels.quote(event),
        "footing": labels.footing(event),
        "parties": sorted({labels.name(entity) for entity in (*event["actor"], *event["recipient"])}),
    }
