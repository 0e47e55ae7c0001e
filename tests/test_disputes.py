"""What one source asserts and another denies in one document is linked; what only looks like it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique import Coded, Coder, Settings
from communique.coding import disputed
from samples import document, entity, event


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(Settings(workers=1))


def disputes(coded: Coded) -> list[tuple[str, str, str]]:
    """Category and status of each event that is disputed, and the words that dispute it."""
    text = coded.document.text
    return [
        (event.category, event.status or "", dispute.words.of(text))
        for event in coded.events
        for dispute in event.disputes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ukraine said on Monday that Russian forces had shelled Avdiivka. Russia denied shelling the town.",
            [
                ("ASSAULT", "claimed", "denied shelling"),
                ("ASSAULT", "denied", "said on Monday that Russian forces had shelled"),
            ],
        ),
        (
            "A radio station reported that Diosdado Cabello had met an American envoy. Cabello denied that he met the envoy.",
            [
                ("CONSULT", "claimed", "denied that he met"),
                ("CONSULT", "denied", "reported that Diosdado Cabello had met"),
            ],
        ),
        (
            "The United States accused Iran of attacking two ships. Iran denied the allegation.",
            [("ASSAULT", "claimed", "denied the allegation")],
        ),
        (
            "The United States accused Iran of attacking two ships. Iran has denied it.",
            [("ASSAULT", "claimed", "has denied it")],
        ),
        (
            "Saudi Arabia blamed Iran for the attack. Iran denied any involvement in the attack.",
            [
                ("ASSAULT", "claimed", "denied any involvement in the attack"),
                ("ASSAULT", "denied", "blamed Iran for the attack"),
            ],
        ),
    ],
)  # fmt: skip
def test_an_assertion_and_its_denial_name_each_other(
    coder: Coder, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert disputes(coder.code_text(text, date="2019-05-01")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine said that Russian forces had shelled Avdiivka. Turkey denied shelling Kobani.",
        "France met Germany on Monday. France denied that it had met Iran.",
        "The United States accused Iran of attacking two ships. Russia denied the allegation.",
        "Kenya attacked Somalia. Brazil denied it.",
        "Saudi Arabia blamed Iran for the attack. Iran denied any role in the election.",
        "Russia called for talks with Ukraine. Ukraine wants talks with Russia.",
    ],
)
def test_what_is_not_the_same_happening_or_not_denied_by_another_is_no_dispute(
    coder: Coder, text: str
) -> None:
    assert disputes(coder.code_text(text, date="2019-05-01")) == []


def test_disputes_point_at_events_and_statements_of_the_document(coder: Coder) -> None:
    coded = coder.code_text(
        "Ukraine said Russian forces had shelled Avdiivka. Russia denied shelling it. Moscow denied the allegation.",
        date="2019-05-01",
    )
    known = {event.id for event in coded.events} | {statement.id for statement in coded.statements}
    named = {dispute.id for event in coded.events for dispute in event.disputes}
    assert len(named) == 3
    assert named <= known


@pytest.mark.parametrize(
    ("date", "resolution", "linked"),
    [
        ("2019-04-30", "day", True),
        ("2019-04-28", "day", False),
        ("2019-04-28", "document", True),
        ("2018-01-01", "year", False),
        ("2019-01-01", "year", True),
    ],
)
def test_a_happening_of_another_day_is_another_happening(date: str, resolution: str, linked: bool) -> None:
    doc = document()
    claim = event(doc, "ASSAULT", "sent two ships", (entity("Sudland", "SWE", "MIL"),))
    denial = replace(claim, id="e2", status="denied", date=date, date_resolution=resolution)
    first, second = disputed((claim, denial), (), doc.text)
    assert [d.id for d in first.disputes] == ([denial.id] if linked else [])
    assert [d.id for d in second.disputes] == ([claim.id] if linked else [])
