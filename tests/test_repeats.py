"""One record for what a text tells several times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.coding.repeats import merged
from communique.records import Event, Span
from samples import document, entity, event

NORLAND, SUDLAND = entity("Norland", "NOR"), entity("Sudland", "SDN")
FIRST = event(document(), "ASSAULT", "said", (NORLAND,), (SUDLAND,))
AGAIN = replace(
    event(document(), "ASSAULT", "said", (), (SUDLAND,)), id="again", sequence=1, evidence=(Span(0, 7),)
)


@pytest.mark.parametrize(
    ("again", "recalled", "records"),
    [
        (AGAIN, {"again"}, 1),
        (AGAIN, set(), 2),
        (replace(AGAIN, recipient=(NORLAND,)), {"again"}, 2),
        (replace(AGAIN, category="PROTEST"), {"again"}, 2),
        (replace(AGAIN, aux=("hypothetical",)), {"again"}, 2),
        (replace(AGAIN, status="denied"), {"again"}, 2),
        (replace(AGAIN, sequence=0), {"again"}, 2),
    ],
    ids=[
        "known",
        "not known",
        "another's",
        "another act",
        "only thought of",
        "denied",
        "of the same sentence",
    ],
)
def test_a_word_that_takes_an_act_for_known_repeats_it_unless_something_is_at_odds(
    again: Event, recalled: set[str], records: int
) -> None:
    assert len(merged([FIRST, again], recalled)) == records


def test_a_repeat_leaves_its_evidence_and_takes_nothing_else_away() -> None:
    only = merged([FIRST, AGAIN], {"again"})[0]
    assert only.actor == FIRST.actor
    assert only.evidence == (*FIRST.evidence, *AGAIN.evidence)
