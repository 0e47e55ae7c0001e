"""What `communique classify` does: a category for each marked pair that the user brings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from communique.cli.files import STANDARD, check_output, opened
from communique.cli.screen import complain
from communique.coding.classifier import Classifier, MarkedPair
from communique.errors import InputError
from communique.records import Skipped, Span

ROWS_AT_A_TIME = 256


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the input: its id, as given, and the marked text."""

    id: Any
    pair: MarkedPair


def write_classes(path: str, output: str) -> int:
    """Write a category, a mode and a confidence for each row, and return 1 if some rows were skipped."""
    if output != STANDARD:
        check_output(output, [path])
    skipped = 0
    with _lines(path) as lines, opened(output) as out:
        classifier = Classifier.load()
        items = (_row(number, line) for number, line in enumerate(lines, start=1) if line.strip())
        while page := list(islice(items, ROWS_AT_A_TIME)):
            rows = [item for item in page if isinstance(item, Row)]
            for item in page:
                if isinstance(item, Skipped):
                    skipped += 1
                    complain(f"skipped {path}:{item.source}: {item.reason}")
            for answer in _answers(rows, classifier):
                out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if skipped else 0


@contextmanager
def _lines(path: str) -> Iterator[BinaryIO]:
    if path == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        with open(path, "rb") as file:
            yield file
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _row(number: int, line: bytes) -> Row | Skipped:
    """Return a row, or why it cannot be used."""
    try:
        values = json.loads(line)
        text = values["text"]
        if not isinstance(text, str):
            raise TypeError("its text is not a string")
        pair = MarkedPair(text, _span(values, "actor", text), _span(values, "recipient", text))
        return Row(values.get("id"), pair)
    except KeyError as error:
        return Skipped(str(number), "ingest", f"it has no {error}")
    except (ValueError, TypeError, AttributeError) as error:
        return Skipped(str(number), "ingest", f"not a row with id, text, actor and recipient: {error}")


def _span(values: Mapping[str, Any], name: str, text: str) -> Span | None:
    given = values.get(name)
    if given is None:
        return None
    if not (isinstance(given, list) and len(given) == 2 and all(type(place) is int for place in given)):
        raise ValueError(f"{name} is {given!r}; give [start, end] in characters, or null")
    start, end = given
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{name} {given} lies outside its text of {len(text)} characters")
    return Span(start, end)


def _answers(rows: list[Row], classifier: Classifier) -> Iterator[dict[str, Any]]:
    for row, answer in zip(rows, classifier.classify([row.pair for row in rows]), strict=True):
        yield {
            "id": row.id,
            "category": answer.category,
            "mode": answer.mode,
            "confidence": round(answer.confidence, 4),
        }
