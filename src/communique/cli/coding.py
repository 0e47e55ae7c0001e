"""What `communique code` does: check the arguments, code, write, and say what came of it."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import FrameType

from rich.console import Console
from rich.text import Text

from communique.cli.files import DEFAULT_STORE, PART, STANDARD, check_output, opened
from communique.cli.screen import Tally, complain, counted, progress, summary
from communique.errors import CommuniqueError, SettingsError
from communique.export import EXPORTERS, Row, table_rows
from communique.records import Coded, Document, Skipped
from communique.settings import Settings
from communique.store import Saved, Store, Tables

FORMATS = (*EXPORTERS, "store")
SUFFIXES = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".pq": "parquet",
    ".duckdb": "store", ".db": "store",
}  # fmt: skip
"""The format by the end of the output's name."""
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for, checked."""

    paths: tuple[str, ...]
    output: str
    format: str
    mapping: Mapping[str, str]
    settings: Settings
    quiet: bool = False


@dataclass(slots=True)
class Stop:
    """Ctrl-C, held back until no record is half written. The second Ctrl-C interrupts at once."""

    asked: bool = False
    waiting: bool = False
    """True while the run waits for the next document, when nothing can be half written."""

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take over Ctrl-C, and give it back at the end."""
        before = signal.signal(signal.SIGINT, self._heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        if self.waiting or again:
            raise KeyboardInterrupt


def job(
    paths: Sequence[str],
    output: str | None,
    format_: str | None,
    mapping: Mapping[str, str],
    settings: Settings,
    *,
    quiet: bool,
) -> Job:
    """Check the arguments of `communique code`. Raises CommuniqueError on what cannot be used."""
    if output is not None and output != STANDARD:
        check_output(output, paths)
    chosen = _format(output, format_)
    target = output or (DEFAULT_STORE if chosen == "store" else STANDARD)
    if settings.actors is not None:
        from communique.knowledge.project import read_project

        read_project(settings.actors)
    if settings.patterns:
        from communique.coding import load

        load(settings.patterns)
    if target == STANDARD and chosen == "store":
        raise SettingsError("a store cannot go to standard output; name a file with -o, or another --format")
    if target == STANDARD and chosen == "parquet" and sys.stdout.isatty():
        raise SettingsError("Parquet on a terminal is of no use; name a file with -o")
    return Job(tuple(paths), target, chosen, mapping, settings, quiet)


def parse_mapping(text: str | None) -> dict[str, str]:
    """Return `text=body,date=pub_date` as a dictionary from our field to the user's."""
    pairs = [pair.partition("=") for pair in (text or "").split(",") if pair.strip()]
    for ours, equals, theirs in pairs:
        if not ours.strip() or not equals or not theirs.strip():
            given = ours + equals + theirs
            raise SettingsError(f"--map has {given!r}; write FIELD=NAME, as in --map text=body,date=pub_date")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the counts, a sentence on what was written, and whether Ctrl-C ended it."""

    tally: Tally
    written: str
    stopped: bool

    @property
    def status(self) -> int:
        """The exit status: 0 all was read, 1 something was skipped, 130 stopped by Ctrl-C."""
        if self.stopped:
            return INTERRUPTED
        return 1 if self.tally.skipped else 0


def run(task: Job) -> int:
    """Code, write, say what came of it, and return the exit status."""
    outcome = perform(task)
    if outcome.stopped:
        number = counted(outcome.tally.documents, "document")
        complain(f"stopped by Ctrl-C; saved: {number}. {outcome.written}")
    if not task.quiet:
        tell(task, outcome)
    return outcome.status


def perform(task: Job) -> Outcome:
    """Code and write. Raises SettingsError where there was nothing to read, StoreError where writing failed."""
    documents = _documents(task)
    tally, stop = Tally(), Stop()
    with stop.listening(), progress(tally, expected(task.paths), quiet=task.quiet) as changed:
        results = _coded(documents, task.settings)
        rows = _watched(results, tally, stop, changed, task.settings.min_confidence)
        written = _save(task, rows) if task.format == "store" else _export(task, rows)
    if not tally.documents and not tally.skipped and not stop.asked:
        raise SettingsError(f"found nothing to read in {', '.join(task.paths)}")
    return Outcome(tally, written, stop.asked)


def tell(task: Job, outcome: Outcome) -> None:
    """Print the summary of a run, where its records are, and what to type next."""
    console = Console(stderr=task.output == STANDARD, highlight=False, soft_wrap=True)
    summary(outcome.tally, console)
    console.print(Text(f"\n{outcome.written}"))
    if advice := _advice(task, outcome.tally):
        console.print(Text(advice))


def expected(paths: Iterable[str]) -> int | None:
    """Return how many documents the paths hold if that is cheap to know, for the progress bar.

    A line of JSONL and a file of .txt, .html or .json count as one; null where archives, tables, globs or
    standard input are among them, whose number shows only in reading.
    """
    total = 0
    for path in _files(paths):
        if path is None or path.suffix.lower() not in (".txt", ".html", ".htm", ".json", ".jsonl"):
            return None
        total += _lines(path) if path.suffix.lower() == ".jsonl" else 1
    return total


def _files(paths: Iterable[str]) -> Iterator[Path | None]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from (found for found in path.rglob("*") if found.is_file())
        else:
            yield path if path.is_file() else None


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 1


def _documents(task: Job) -> Iterator[Document | Skipped]:
    """Return what is to be coded; what this run itself writes is no input. Raises InputError on wrong paths."""
    from communique import ingest

    own = {os.path.abspath(task.output + ending) for ending in ("", PART, ".wal", ".tmp")}
    read = ingest.read(task.paths, mapping=task.mapping)
    return (item for item in read if not _is_own(item, own))


def _coded(documents: Iterator[Document | Skipped], settings: Settings) -> Iterator[Coded | Skipped]:
    """Code, and load what that takes only when the first result is asked for."""
    from communique.pipeline import Coder

    try:
        yield from Coder(settings).code_documents(documents)
    except BrokenExecutor as error:
        raise CommuniqueError(
            "a worker process was ended, most likely for want of memory; what was saved before is kept; "
            "run the same command again with --workers 1"
        ) from error


def _is_own(item: Document | Skipped, own: set[str]) -> bool:
    return os.path.abspath(item.source) in own


def _watched(
    results: Iterator[Coded | Skipped], tally: Tally, stop: Stop, changed: Callable[[], None], least: float
) -> Iterator[Tables]:
    """Turn results into rows and count them; end early, in good order, on Ctrl-C."""
    while not stop.asked:
        stop.waiting = True
        try:
            item = next(results, None)
        except KeyboardInterrupt:
            return
        finally:
            stop.waiting = False
        if item is None:
            return
        rows = _sure(table_rows(item), least)
        tally.add(rows)
        changed()
        yield rows


def _sure(rows: dict[str, list[Row]], least: float) -> Tables:
    """Leave out events of a confidence below `least`; those without a confidence stay."""
    if "events" in rows:
        rows["events"] = [
            row for row in rows["events"] if row["confidence"] is None or row["confidence"] >= least
        ]
    return rows


def _save(task: Job, rows: Iterator[Tables]) -> str:
    """Put the rows in the store, a transaction for each batch; return a sentence that says what changed."""
    saved = Saved()
    with Store.open(task.output) as store:
        for batch in _batches(rows, task.settings):
            saved += store.add(batch)
        counts = store.counts()
    known = f", {saved.unchanged} already there" if saved.unchanged else ""
    renewed = f", {saved.replaced} renewed" if saved.replaced else ""
    return (
        f"Store {task.output}: {counted(saved.added, 'new document')}{known}{renewed}; "
        f"it holds {counted(counts['documents'], 'document')} and {counted(counts['events'], 'event')}."
    )


def _batches(rows: Iterator[Tables], settings: Settings) -> Iterator[list[Tables]]:
    """Collect rows until there are enough, or they have waited long enough."""
    batch: list[Tables] = []
    due = monotonic() + settings.store_seconds
    for tables in rows:
        batch.append(tables)
        if len(batch) >= settings.store_documents or monotonic() >= due:
            yield batch
            batch, due = [], monotonic() + settings.store_seconds
    if batch:
        yield batch


def _export(task: Job, rows: Iterator[Tables]) -> str:
    """Write the events in the format asked for; return a sentence that says where."""
    events = (event for tables in rows for event in tables.get("events", ()))
    with opened(task.output, as_text=task.format == "table") as out:
        EXPORTERS[task.format](events, out)
    return "Events written to " + ("standard output." if task.output == STANDARD else f"{task.output}.")


def _advice(task: Job, tally: Tally) -> str:
    """Return what to type next."""
    if task.format != "store" or not tally.documents:
        return ""
    elsewhere = "" if task.output == DEFAULT_STORE else f" --store {shlex.quote(task.output)}"
    return (
        f"Next:\n  communique show {tally.richest[1]}{elsewhere}\n"
        f"  communique report {shlex.quote(task.output)} -o report.html"
    )


def _format(output: str | None, format_: str | None) -> str:
    if format_ is not None:
        if format_ not in FORMATS:
            raise SettingsError(f"there is no format {format_!r}; one of {', '.join(FORMATS)}")
        return format_
    if output is None:
        return "store"
    if output == STANDARD:
        return "jsonl"
    if Path(output).suffix.lower() not in SUFFIXES:
        raise SettingsError(f"{output} does not tell the format; add --format, one of {', '.join(FORMATS)}")
    return SUFFIXES[Path(output).suffix.lower()]
