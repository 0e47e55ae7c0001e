"""The sample reports that ship with the program, and the records chosen from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest

from communique import ingest
from communique.demo import reports
from communique.demo.telling import telling
from communique.records import BlockKind, Document
from test_report import entity, event

WORDS = (40, 300)
"""Fewest (a teaser) and most words of a report."""


@pytest.fixture(scope="module")
def documents() -> Sequence[Document]:
    read = list(ingest.read([str(path) for path in reports()], mapping={}))
    assert [item for item in read if not isinstance(item, Document)] == []
    return [item for item in read if isinstance(item, Document)]


def test_the_reports_come_in_the_formats_that_users_have() -> None:
    assert {path.suffix for path in reports()} == {".txt", ".html", ".jsonl"}


def test_every_report_is_read_with_its_title_and_is_short(documents: Sequence[Document]) -> None:
    assert len(documents) >= 14
    assert [document.source for document in documents if not document.title] == []
    sizes = {document.source: len(document.text.split()) for document in documents}
    assert {source: size for source, size in sizes.items() if not WORDS[0] <= size <= WORDS[1]} == {}


def test_all_whole_reports_are_dated(documents: Sequence[Document]) -> None:
    assert {d.source for d in documents if d.published is None and "#" not in d.source} == set()


@pytest.mark.parametrize(
    "country", ["Venezuela", "Ukraine", "Korea", "Ethiopia", "Yemen", "Myanmar", "Sudan", "Colombia"]
)
def test_the_reports_tell_of_many_conflicts(documents: Sequence[Document], country: str) -> None:
    assert any(country in document.text for document in documents)


def test_the_reports_show_what_reading_must_cope_with(documents: Sequence[Document]) -> None:
    blocks = [(document, block) for document in documents for block in document.blocks]
    kinds = {block.kind for _, block in blocks}
    assert {BlockKind.BODY, BlockKind.HEADLINE, BlockKind.BOILERPLATE, BlockKind.QUOTE_CARD} <= kinds
    assert any(block.repeats for _, block in blocks)
    assert any(block.language == "es" for _, block in blocks)
    furniture = " ".join(block.span.of(d.text) for d, block in blocks if block.kind is BlockKind.BOILERPLATE)
    assert "Advertisement" in furniture
    assert not re.search(r"\b(said|accused|denied)\b", furniture)


def test_no_report_is_another_one_again(documents: Sequence[Document]) -> None:
    sentences = [
        {
            sentence
            for block in document.blocks
            if block.kind is BlockKind.BODY
            for sentence in re.split(r"(?<=\.)\s", block.span.of(document.text))
        }
        for document in documents
    ]
    shared = [words for a, b in combinations(sentences, 2) for words in a & b]
    assert [words for words in shared if len(words.split()) > 8] == []


def test_the_records_shown_are_a_denied_a_claimed_and_a_called_for_one() -> None:
    rows = [
        event("talks", status=status, document_id=f"d{number}")
        for number, status in enumerate(["reported", "called_for", "claimed", "denied", "denied"])
    ]
    assert [row["status"] for row in telling(rows)] == ["denied", "claimed", "called_for"]


def test_a_record_with_both_sides_known_is_preferred() -> None:
    known = entity("Lutha", code="LUT") | {"identifier_text": "Lutha"}
    bare: dict[str, Any] = event("talks", status="denied", document_id="d1")
    full = bare | {"id": "full", "actor": [known], "recipient": [known]}
    assert telling([bare, full, bare]) == (full,)
