"""Who somebody was on the day of an event: offices of the past, and who a pronoun of the same clause is not."""

from __future__ import annotations

import pytest

from communique import Coder, Event
from communique.knowledge import Knowledge
from communique.knowledge.people import Clues


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def first(coder: Coder, text: str, date: str | None = "2019-05-01") -> Event:
    return coder.code_text(text, date=date).events[0]


@pytest.mark.parametrize(
    ("text", "sector", "office"),
    [
        ("Barack Obama criticized Russia in 2014.", "GOV", "President"),
        ("Barack Obama criticized Russia in 2007.", "LEG", "Senator"),
        ("Barack Obama criticized Russia on Monday.", "ELI", None),
        ("Barack Obama will meet Angela Merkel in 2020.", "ELI", None),
    ],
)
def test_a_participant_has_the_office_of_the_events_day(
    coder: Coder, text: str, sector: str, office: str | None
) -> None:
    actor = first(coder, text).actor[0]
    assert (actor.name, actor.sector, actor.office) == ("Barack Obama", sector, office)


def test_a_year_in_which_the_sector_changed_changes_nothing(coder: Coder) -> None:
    assert first(coder, "Barack Obama criticized Russia in 2017.").actor[0].sector == "ELI"


def test_a_day_in_a_text_without_one_counts_too(coder: Coder) -> None:
    event = first(coder, "Barack Obama criticized Russia in March 2007.", None)
    assert (event.actor[0].sector, event.actor[0].reason) == ("LEG", "table: Senator on 2007-03-01")


def test_a_time_of_which_the_tables_know_no_office_changes_nothing(coder: Coder) -> None:
    actor = first(coder, "Barack Obama criticized Russia in 1990.").actor[0]
    assert (actor.sector, actor.office) == ("ELI", None)


def test_another_office_of_the_same_sector_is_the_one_of_then(coder: Coder) -> None:
    actor = first(coder, "Theresa May criticized Russia in 2015.").actor[0]
    assert (actor.sector, actor.office) == ("GOV", "Home Secretary")
    actor = first(coder, "Theresa May criticized Russia in 2016.").actor[0]
    assert (actor.sector, actor.office) == ("GOV", None)
    assert actor.reason == "table: Home Secretary on 2016-01-01, Prime Minister on 2016-12-31"


def test_he_who_meets_is_not_whom_he_meets(coder: Coder) -> None:
    text = "President Macron arrived in Moscow on Monday. The only leader he criticized was Recep Tayyip Erdogan."
    event = next(e for e in coder.code_text(text, date="2019-05-01").events if e.category == "ACCUSE")
    assert event.actor[0].name == "Emmanuel Macron"


def test_speaking_with_journalists_is_no_consultation(coder: Coder) -> None:
    assert not coder.code_text("Angela Merkel spoke with CNN on Monday.", date="2019-05-01").events
    (event,) = coder.code_text("Angela Merkel spoke with Theresa May on Monday.", date="2019-05-01").events
    assert event.category == "CONSULT"
    (event,) = coder.code_text("Merkel met CNN and Theresa May on Monday.", date="2019-05-01").events
    assert [party.name for party in (*event.actor, *event.recipient)] == ["Angela Merkel", "Theresa May"]


def test_a_middle_initial_hides_nobody(coder: Coder) -> None:
    actor = first(coder, "James R. Clapper criticized the United States on Monday.", "2017-12-05").actor[0]
    assert (actor.name, actor.code, actor.sector) == ("James Clapper", "USA", "ELI")


def test_a_namesake_without_the_initial_is_somebody_else() -> None:
    tables = Knowledge.load().tables.people
    clues = Clues("2021-06-01", frozenset({"ESP", "PRT", "CAN", "GBR"}), None, None, False)
    for name in ("Pedro Antonio Sánchez", "Jagmeet Singh Brar", "António Costa Silva"):
        found = tables.read(name, clues)
        assert found is None or found.name == name
