"""Reads the documents that the corpus points at. Their text stays in the data folder and is never stored here.

The data folder is `../shared` beside the repository, or what COMMUNIQUE_SHARED names.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from communique.errors import CorpusError

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "corpus" / "lists"
SOURCES = ("world_news", "latin_america_news", "polnear_train", "muc4_train", "news")
"""The only sources that may be coded: `data/README.md` names the sets that are off limits."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as its source gives it; `text` is what every offset counts in."""

    id: str
    source: str
    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    topic: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the text, so that annotations of another version are caught."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `lists/documents.txt`: a chosen document, its split, and its cluster if it has one."""

    id: str
    source: str
    split: str
    cluster: str | None
    double: bool


def shared() -> Path:
    """Return the folder that holds `data/` and `news/`; raise CorpusError where it is absent."""
    folder = Path(os.environ.get("COMMUNIQUE_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        raise CorpusError(f"no data folder at {folder}: set COMMUNIQUE_SHARED to the folder that holds data/")
    return folder


def has_shared() -> bool:
    """Say whether the data folder is here, so that whole texts can be read."""
    try:
        shared()
    except CorpusError:
        return False
    return True


def load(source: str) -> dict[str, SourceDocument]:
    """Return every document of a source by id."""
    if source == "news":
        return {doc.id: doc for doc in _pages()}
    if source not in SOURCES:
        raise CorpusError(f"{source!r} is not a source of the corpus; one of {', '.join(SOURCES)}")
    with gzip.open(shared() / "data" / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {doc.id: doc for doc in (_document(source, json.loads(line)) for line in lines)}


@cache
def loaded(source: str) -> dict[str, SourceDocument]:
    """Like `load`, read once in a run."""
    return load(source)


def _pages() -> Iterator[SourceDocument]:
    for path in sorted((shared() / "news").glob("*.txt")):
        yield SourceDocument(path.stem, "news", path.read_bytes().decode("utf-8"))


def _document(source: str, row: dict[str, Any]) -> SourceDocument:
    return SourceDocument(
        id=row["id"],
        source=source,
        text=row["doc"] if source.startswith("muc4") else row["text"],
        title=row.get("title"),
        date=row.get("date"),
        outlet=row.get("publication") or row.get("publisher"),
        url=row.get("url"),
        topic=row.get("topic"),
    )


def source_of(doc_id: str) -> str:
    """Return the source that a document id belongs to, by the shape of the id."""
    if doc_id.startswith("wn_"):
        return "world_news"
    if doc_id.startswith("ic_train_"):
        return "latin_america_news"
    if doc_id.startswith("DEV-MUC3-"):
        return "muc4_train"
    return "news" if doc_id[:3].isdigit() and doc_id[3:4] == "_" else "polnear_train"


def document(doc_id: str) -> SourceDocument:
    """Return one document, or raise CorpusError if no permitted source has it."""
    source = source_of(doc_id)
    found = loaded(source).get(doc_id)
    if found is None:
        raise CorpusError(
            f"no document {doc_id!r} in {source}: see the first column of corpus/lists/documents.txt"
        )
    return found


@cache
def listed() -> dict[str, Listed]:
    """Return the chosen documents by id, in the order of the list."""
    rows: dict[str, Listed] = {}
    for line in (LISTS / "documents.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            doc_id, source, split, cluster, double = line.split("\t")
            rows[doc_id] = Listed(
                doc_id, source, split, None if cluster == "-" else cluster, double == "double"
            )
    return rows


def batches() -> dict[str, list[str]]:
    """Return the batches that coders are given: number to document ids."""
    found: dict[str, list[str]] = json.loads((LISTS / "batches.json").read_text(encoding="utf-8"))
    return found
