"""The cast against coders' actors, on a document of four sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import test_knowledge
from communique.evaluate import actors
from communique.evaluate.identity import Names
from communique.records import Analysis, Block, BlockKind, Cast, Document, Member, Span

TEXT = "Mary Example accused Iran.\nShe met officials.\n"


def analysis() -> Analysis:
    sentences = [
        test_knowledge._sentence(line, TEXT.index(line), n, ("Mary Example",))
        for n, line in enumerate(TEXT.splitlines())
    ]
    document = Document("d", TEXT, (Block(Span(0, len(TEXT)), BlockKind.BODY, "en"),), language="en")
    return Analysis(document, tuple(sentences))


def where(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def actor(name: str, country: str | None, kind: str, *words: str) -> dict[str, Any]:
    mentions = [where(word) for word in words]
    return {
        "id": name,
        "name": name,
        "country": country,
        "sectors": ["GOV"],
        "kind": kind,
        "mentions": mentions,
    }


def row() -> dict[str, Any]:
    people = [
        actor("Mary Example", "USA", "per", "Mary Example", "She"),
        actor("Iran", "IRN", "state", "Iran"),
    ]
    sides = [
        [{"actor": one["id"], "start": one["mentions"][0][0], "end": one["mentions"][0][1]}] for one in people
    ]
    event = {"actor": sides[0], "recipient": sides[1], "claimants": []}
    return {"actors": people, "events": [event], "names": [{"start": 0, "end": 12, "type": "PER"}]}


def member(number: str, name: str, kind: str, code: str | None, *words: str) -> Member:
    spans = tuple(Span(*where(word)) for word in words)
    return Member(number, name, kind, code, "GOV", (), None, name, None, spans, (), "given")


def scored(*members: Member) -> dict[str, float]:
    names = Names(test_knowledge.knowledge())
    return actors.score(row(), analysis(), Cast(members), names).figures()


def test_a_cast_like_the_coders_is_all_right() -> None:
    mary = member("m0", "Mary Example", "person", "USA", "Mary Example", "She")
    figures = scored(mary, member("m1", "Iran", "state", "IRN", "Iran"))
    assert set(figures.values()) == {1.0}


def test_a_wrong_country_a_wrong_name_and_a_split_actor_are_each_counted() -> None:
    mary = member("m0", "John Sample", "person", "GBR", "Mary Example")
    figures = scored(
        mary, member("m1", "Iran", "state", "IRN", "Iran"), member("m2", "She", "person", None, "She")
    )
    assert figures["country: all"] == 0.5
    assert figures["given identity: all"] == 0.0
    assert figures["reference: all"] == 2 / 3
    assert figures["reference, B-cubed: all"] < 1.0


def test_names_are_compared_without_regard_to_spelling_order_and_nationality() -> None:
    names = Names(test_knowledge.knowledge())
    assert names.same("Bolivian police", "Police of Bolivia", "BOL")
    assert names.same("Mahmud Abbas", "Mahmoud Abbas", "PSE")
    assert not names.same("Mary Example", "John Sample", "USA")


def test_an_administration_and_a_seat_are_the_government_of_their_state() -> None:
    names = Names(test_knowledge.knowledge())
    assert names.government("Obama administration", "USA")
    assert names.government("White House", "USA")
    assert not names.government("Obama campaign", "USA")
    assert not names.government("Obama administration", "FRA")
    assert names.same("Salvadoran Army", "Armed forces of El Salvador", "SLV")


@pytest.mark.parametrize(("country", "right"), [("USA", 1.0), ("GBR", 0.0)])
def test_whoever_holds_an_office_is_whom_the_coder_calls_by_it(country: str, right: float) -> None:
    coded = row()
    coded["actors"][0]["name"] = "American Secretary of State"
    holder = replace(
        member("m0", "John Sample", "person", country, "Mary Example", "She"), office="Secretary of State"
    )
    names = Names(test_knowledge.knowledge())
    figures = actors.score(coded, analysis(), Cast((holder,)), names).figures()
    assert figures["given identity: all"] == right
