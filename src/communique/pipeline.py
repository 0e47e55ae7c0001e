"""The main path: a page of news in, event records out.

`Coder` loads the parts once and runs the stages in order. Many documents are read in batches and, on
more than one core, in worker processes that each hold the parts; results keep the input's order.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice

from communique import attribution, collector, ingest
from communique.coding import EventCoder, disputed, load
from communique.knowledge import Knowledge
from communique.language import Reader
from communique.records import Analysis, Coded, Document, Skipped
from communique.settings import Settings

Item = Document | Skipped
Result = Coded | Skipped


class Coder:
    """Reads documents and codes their events.

    >>> coder = Coder()                                                     # doctest: +SKIP
    >>> coder.code_text("Russia condemned the strike.", date="2019-04-30")  # doctest: +SKIP
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        if self.settings.patterns:
            _ = self.coding  # labels of the user's own must be known before anything is written

    @cached_property
    def language(self) -> Reader:
        """The reading stage; its model, or the user's spaCy pipeline, is loaded at the first document."""
        return Reader.load(name=self.settings.reader, said=self.settings.coding)

    @cached_property
    def knowledge(self) -> Knowledge:
        """The actor table and its recogniser."""
        return Knowledge.load(self.settings.actors)

    @cached_property
    def coding(self) -> EventCoder:
        """The event coder with the package's patterns and the user's."""
        return EventCoder(load(self.settings.patterns))

    def code(self, document: Document) -> Coded:
        """Code one document: read it, cast it, find its statements and its events."""
        return self._coded(self.language.analyse(document))

    def code_text(
        self, text: str, *, date: str | None = None, title: str | None = None, publication: str | None = None
    ) -> Coded:
        """Code a text as it stands. `date` is the day of publication, ISO 8601."""
        return self.code(ingest.document_from_text(text, title=title, date=date, publication=publication))

    def code_many(
        self, paths: Iterable[str] | str, *, mapping: Mapping[str, str] | None = None
    ) -> Iterator[Result]:
        """Read files, folders or globs and code what they hold, one result a document, in order.

        `mapping` names the columns or keys of rows that are called otherwise: {"text": "body"}.
        """
        several = [paths] if isinstance(paths, str) else paths
        return self.code_documents(ingest.read(several, mapping=mapping or {}))

    def code_documents(self, items: Iterable[Item]) -> Iterator[Result]:
        """Code documents as they come; what was skipped before passes through in its place.

        What fits in one batch is coded here; for more, worker processes are worth their start.
        """
        batches = batched(items, self.settings.batch_documents)
        first = list(islice(batches, 2))
        if self.settings.workers > 1 and len(first) > 1:
            yield from _in_processes(chain(first, batches), self.settings)
        else:
            for batch in chain(first, batches):
                yield from self.code_batch(batch)

    def code_batch(self, batch: list[Item]) -> list[Result]:
        """Code a batch: its sentences go through the encoder together, whatever their document."""
        documents = [item for item in batch if isinstance(item, Document)]
        with collector.put_off():
            read = iter(self._read(documents))
            return [item if isinstance(item, Skipped) else self._guarded(next(read)) for item in batch]

    def _read(self, documents: list[Document]) -> list[Analysis | Skipped]:
        """Read a batch; if that fails, one by one, so that one bad document costs no other."""
        reader = self.language  # a model that cannot be loaded is no fault of the documents
        try:
            return list(reader.analyse_many(documents))
        except Exception:  # the batch is read again one by one, and the culprit is named there
            return [self._read_alone(document) for document in documents]

    def _read_alone(self, document: Document) -> Analysis | Skipped:
        try:
            return self.language.analyse(document)
        except Exception as error:  # one bad document never costs the others; it is recorded as skipped
            return _failed(document, "language", error)

    def _guarded(self, analysis: Analysis | Skipped) -> Result:
        if isinstance(analysis, Skipped):
            return analysis
        try:
            return self._coded(analysis)
        except Exception as error:  # one bad document never costs the others; it is recorded as skipped
            return _failed(analysis.document, "coding", error)

    def _coded(self, analysis: Analysis) -> Coded:
        cast = self.knowledge.recognise(analysis)
        if not self.settings.coding:
            return Coded(analysis.document, analysis, cast, (), ())
        statements = attribution.statements(analysis, cast)
        found = self.coding.events(analysis, cast, statements)
        floor = self.settings.min_confidence
        sure = [event for event in found if event.confidence is None or event.confidence >= floor]
        dated = self.knowledge.as_of_their_days(sure, analysis.document.published)
        events = disputed(dated, statements, analysis.document.text)
        return Coded(analysis.document, analysis, cast, statements, events)


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of up to `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _failed(document: Document, stage: str, error: Exception) -> Skipped:
    reason = f"{type(error).__name__}: {error}; please report this document"
    return Skipped(document.source, stage, reason, document_id=document.id)


# --------------------------------------------------------------------------- worker processes


class _Worker:
    """The coder of a worker process, loaded once; `settled` once all that it needs is there."""

    coder: Coder | None = None
    settled = False


def _start_worker(settings: Settings) -> None:
    """Load a worker's coder."""
    _Worker.coder = Coder(settings)


def _work(batch: list[Item]) -> list[Result]:
    if _Worker.coder is None:
        raise RuntimeError("a worker was used before it was started")
    results = _Worker.coder.code_batch(batch)
    if not _Worker.settled:
        _Worker.settled = True
        atexit.register(gc.unfreeze)  # what is frozen at exit is reported as leaked
        gc.freeze()  # models and tables are for good: a look through them for cycles takes as long as two documents
    return results


def _in_processes(batches: Iterable[list[Item]], settings: Settings) -> Iterator[Result]:
    """Code batches in worker processes, a few batches ahead, so that memory stays bounded."""
    context = multiprocessing.get_context("spawn")
    alone = replace(settings, workers=1)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(settings.workers, context, _start_worker, (alone,))
    try:
        pending: deque[Future[list[Result]]] = deque()
        for batch in batches:
            with _deaf():
                pending.append(pool.submit(_work, batch))
            if len(pending) > 2 * settings.workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BaseException:  # Ctrl-C, or nobody wants the rest: the batches under way are not worth waiting for
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, from their first line on: it is the parent's to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
