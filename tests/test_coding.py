"""Sentences of news and the events that a careful coder finds in them."""

from __future__ import annotations

import pytest

from communique import Coded, Coder, Event, Settings
from communique.ingest import document_from_text


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(Settings(workers=1))


def coded(coder: Coder, text: str) -> Coded:
    return coder.code_text(text, date="2019-05-01")


def codes(event: Event) -> tuple[str, str, list[str], list[str]]:
    """Category, first mode, and the countries of actors and recipients."""
    mode = event.mode[0] if event.mode else ""
    return (
        event.category,
        mode,
        [a.code or "?" for a in event.actor],
        [r.code or "?" for r in event.recipient],
    )


@pytest.mark.parametrize(
    ("text", "category", "mode", "actors", "recipients"),
    [
        ("Russia condemned the United States on Monday.", "ACCUSE", "disapprove", ["RUS"], ["USA"]),
        ("The United States and France accused Russia of aggression.", "ACCUSE", "allege", ["USA", "FRA"], ["RUS"]),
        ("Bolivia severed diplomatic relations with Israel.", "SANCTION", "discontinue", ["BOL"], ["ISR"]),
        ("Turkey expelled three Dutch diplomats.", "SANCTION", "expel", ["TUR"], ["NLD"]),
        ("Israeli jets bombed Syrian positions near Homs.", "ASSAULT", "aerial", ["ISR"], ["SYR"]),
        ("Venezuelan police arrested two opposition lawmakers in Caracas.", "COERCE", "arrest", ["VEN"], ["VEN"]),
        ("Thousands of students protested against the government in Sudan.", "PROTEST", "demo", ["SDN"], ["SDN"]),
        ("Norway sent food and medicine to Mozambique.", "AID", "", ["NOR"], ["MOZ"]),
        ("North Korea released three American prisoners.", "RETREAT", "release", ["PRK"], ["USA"]),
        ("Iran threatened to attack Saudi Arabia.", "THREATEN", "violence", ["IRN"], ["SAU"]),
        ("Colombia refused to meet Venezuelan officials.", "REJECT", "meet", ["COL"], ["VEN"]),
        ("China praised Pakistan for its efforts.", "SUPPORT", "", ["CHN"], ["PAK"]),
        ("The Kenyan president apologised to Somalia.", "CONCEDE", "", ["KEN"], ["SOM"]),
        ("Japan promised to help Vietnam.", "AGREE", "", ["JPN"], ["VNM"]),
        ("India deployed troops against Pakistan.", "MOBILIZE", "troops", ["IND"], ["PAK"]),
        ("Germany urged Iran to stop the attacks.", "REQUEST", "yield", ["DEU"], ["IRN"]),
    ],
)  # fmt: skip
def test_a_plain_sentence_gives_its_event(
    coder: Coder, text: str, category: str, mode: str, actors: list[str], recipients: list[str]
) -> None:
    assert (category, mode, actors, recipients) in [codes(event) for event in coded(coder, text).events]


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Ethiopia and Eritrea were held in Asmara.",
        "Ethiopian officials met Eritrean officials in Asmara.",
        "Ethiopia and Eritrea held talks in Asmara.",
    ],
)
def test_all_parties_to_a_meeting_are_actors(coder: Coder, text: str) -> None:
    event = next(e for e in coded(coder, text).events if e.category == "CONSULT")
    assert {a.code for a in event.actor} == {"ETH", "ERI"}
    assert event.recipient == ()


@pytest.mark.parametrize(
    ("text", "aux"),
    [
        ("Iran did not attack Israel.", ("negation",)),
        ("If Iran attacked Israel, the war would spread.", ("hypothetical",)),
        ("Iran will arrest the Israeli envoy.", ("future",)),
        ("France announced that it would expel the Russian envoy.", ("future",)),
        ("France has yet to expel the Russian envoy.", ("negation",)),
        ("In 2011, Iran attacked Israel.", ("historical",)),
        ("Iran attacked Israel.", ()),
    ],
)
def test_what_did_not_happen_is_told_from_what_did(coder: Coder, text: str, aux: tuple[str, ...]) -> None:
    event = coded(coder, text).events[0]
    assert event.aux == aux


@pytest.mark.parametrize(
    ("text", "status", "claimants"),
    [
        ("Turkey attacked Syria.", "reported", []),
        ("Russia said that Turkey attacked Syria.", "claimed", ["RUS"]),
        ("Turkey attacked Syria, according to the Russian Defence Ministry.", "claimed", ["RUS"]),
        ("Turkey denied that it attacked Syria.", "denied", ["TUR"]),
        ("“Turkey attacked Syria,” Russian Foreign Minister Sergei Lavrov said.", "claimed", ["RUS"]),
    ],
)
def test_who_says_so_is_kept(coder: Coder, text: str, status: str, claimants: list[str]) -> None:
    event = next(e for e in coded(coder, text).events if e.category == "ASSAULT")
    assert (event.status, [c.entity.code for c in event.claimants]) == (status, claimants)


def test_talks_still_to_come_are_an_agreement(coder: Coder) -> None:
    found = coded(coder, "Cuba will hold talks with Spain on Friday.").events
    assert [event.category for event in found] == ["AGREE"]


def test_what_is_asked_for_is_a_second_event(coder: Coder) -> None:
    found = {e.category: e for e in coded(coder, "Moscow urged Turkey to withdraw its troops.").events}
    assert found["REQUEST"].status == "reported"
    assert found["REQUEST"].mode == ("yield",)
    assert found["RETREAT"].status == "called_for"
    assert [a.code for a in found["RETREAT"].actor] == ["TUR"]


def test_the_same_happening_told_twice_is_one_record_with_both_places(coder: Coder) -> None:
    text = "Russia condemned Turkey on Monday.\n\nRussia condemned Turkey over the raid."
    found = [e for e in coded(coder, text).events if e.category == "ACCUSE"]
    assert len(found) == 1
    assert [span.of(text) for span in found[0].evidence] == ["condemned", "condemned"]


def test_every_record_quotes_the_text_it_was_read_from(coder: Coder) -> None:
    text = "Bolivia’s government said on Monday that Peru had expelled two envoys; Lima denied it."
    result = coded(coder, text)
    for event in result.events:
        for entity in (*event.actor, *event.recipient, *(c.entity for c in event.claimants)):
            assert entity.span.of(text) == entity.text
        assert all(event.sentence.covers(span) for span in event.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "The Argentine coach attacked the space behind the French defence.",
        "Rain hit parts of Peru on Monday.",
        "The minister said that the economy of Chile would grow.",
        "A war of words is bad for Brazil.",
    ],
)
def test_figures_of_speech_and_plain_statements_are_no_events(coder: Coder, text: str) -> None:
    assert [codes(event) for event in coded(coder, text).events] == []


def test_coding_twice_gives_the_same_records(coder: Coder) -> None:
    text = "Iran accused Israel of an attack. Israel denied it."
    assert coded(coder, text) == coded(coder, text)


@pytest.mark.parametrize(
    ("text", "aux"),
    [
        ("The president of Kenya will meet the president of Uganda on Friday.", ("future",)),
        ("The president of Kenya agreed to meet the president of Uganda.", ()),
    ],
)
def test_a_meeting_to_come_is_agreed_and_future_unless_the_verb_is_the_promise(
    coder: Coder, text: str, aux: tuple[str, ...]
) -> None:
    assert [(e.category, e.aux) for e in coded(coder, text).events] == [("AGREE", aux)]


def test_the_doer_of_a_verb_is_sought_in_its_own_clause(coder: Coder) -> None:
    events = coded(coder, "China, whose envoy left, said that Russia bombed Syria.").events
    assaults = [codes(event) for event in events if event.category == "ASSAULT"]
    assert [actors for _, _, actors, _ in assaults] == [["RUS"]]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("France asked Kenya for the resignation of the minister.", "change"),
        ("France asked Kenya for a loan.", "assist"),
        ("France urged Kenya to release the journalists.", "yield"),
        ("France urged Kenya to hold talks with the rebels.", "meet"),
    ],
)
def test_the_mode_of_a_request_is_what_is_asked(coder: Coder, text: str, mode: str) -> None:
    events = coded(coder, text).events
    assert [e.mode for e in events if e.category == "REQUEST"] == [(mode,)]


def test_a_document_gives_the_same_records_alone_and_in_company(coder: Coder) -> None:
    texts = [
        "Russia condemned the United States on Monday and urged Turkey to withdraw its troops from Syria.",
        "Police arrested forty protesters in Caracas, the interior minister said.",
        "The union, which had called a strike, accused the government of lying; the minister denied it.",
        "Norway sent food and medicine to Mozambique. Iran threatened to attack Saudi Arabia.",
    ]
    documents = [document_from_text(text, language="en", date="2019-05-01") for text in texts]
    together = [result.events for result in coder.code_documents(documents) if isinstance(result, Coded)]
    assert together == [coder.code(document).events for document in documents]
