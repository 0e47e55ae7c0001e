"""Contexts: what a document is about, from its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.coding.contexts import Contexts, WordLists, reading, words
from communique.ingest import document_from_text
from communique.ontology import plover
from communique.records import Document, Event, Span


@pytest.fixture(scope="module")
def contexts() -> Contexts:
    return Contexts.load()


ABOUT = [
    ("diplomatic", "The foreign ministers of Norway and Peru held talks in Oslo on restoring diplomatic relations."),
    ("illegal_drugs", "Police in Guayaquil seized two tons of cocaine that the drug traffickers had hidden in bananas."),
    ("election", "The candidates toured swing states as polls showed voters split a week before the election."),
    ("cbrn", "Inspectors of the IAEA found more enriched uranium and new centrifuges at the nuclear site."),
    ("asylum", "The country will take in 900 refugees who had asked for asylum; the UNHCR welcomed it."),
    ("lgbt", "Activists for gay rights sued over the ban on same-sex marriage and on transgender teachers."),
    ("cyber", "Hackers broke into the ministry's computer network with malware, its cybersecurity unit said."),
    ("reparations", "Survivors asked for reparations; the compensation fund of the colonial power offered restitution."),
]  # fmt: skip


@pytest.mark.parametrize(("context", "text"), ABOUT)
def test_a_text_is_about_what_its_words_tell(context: str, text: str, contexts: Contexts) -> None:
    assert context in contexts.of_text(text)


@pytest.mark.parametrize("text", ["", "....", "12 34", "كلام", "a" * 50_000])
def test_any_text_has_at_most_four_contexts_all_of_plover(text: str, contexts: Contexts) -> None:
    found = contexts.of_text(text)
    assert len(found) <= 4
    assert set(found) <= plover().contexts
    assert set(contexts.shares(text)) == plover().contexts
    assert all(0 <= share <= 1 for share in contexts.shares(text).values())


def test_capitals_change_nothing(contexts: Contexts) -> None:
    for _, text in ABOUT:
        assert contexts.of_text(text.upper()) == contexts.of_text(text)


def test_plurals_and_possessives_count_as_the_word() -> None:
    assert words("The rebels' armies, Kyiv’s glass crisis") == [
        "the", "rebel", "army", "kyiv", "glass", "crisis",
    ]  # fmt: skip


def test_every_context_has_words_of_its_own() -> None:
    for context in plover().contexts:
        assert WordLists.load([context])._labels, context


def test_a_list_for_no_context_of_plover_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="gossip"):
        WordLists({"gossip": ["rumour"]}, ["military"])


def test_phrases_of_a_list_count_as_often_as_they_stand() -> None:
    lists = WordLists({"military": ["air force", "troops"]}, ["military"])
    none, one, two = (
        float(lists.rates(words(text))[0])
        for text in ("Air is free.", "The air force and the air", "The Air Force sent troops")
    )
    assert 0 == none < one < two


def test_the_title_is_read_with_the_text_but_once() -> None:
    document = document_from_text("They met on Monday.", title="Uranium talks")
    assert reading(document).startswith("Uranium talks")
    repeated = document_from_text("Uranium talks\n\nThey met on Monday.", title="Uranium talks")
    assert reading(repeated).count("Uranium talks") == 1


def event(document: Document, category: str, mode: str) -> Event:
    return Event(
        id="e1", document_id=document.id, category=category, mode=(mode,), context=(), aux=(), actor=(),
        recipient=(), evidence=(Span(0, 4),), sentence=Span(0, 19), sequence=0, date=None, enddate=None,
        date_resolution=None, date_text=None, status=None, claimants=(), confidence=None, coded_by="test",
    )  # fmt: skip


def test_events_have_their_documents_contexts_and_that_of_their_mode(contexts: Contexts) -> None:
    document = document_from_text(ABOUT[1][1])
    police = event(document, "COERCE", "seize")
    hackers = replace(police, mode=("cyber",))
    plain, hacked = contexts.added([police, hackers], document)
    assert plain.context == contexts.of_document(document)
    assert hacked.context == (*plain.context, "cyber")
    assert contexts.added([], document) == ()
