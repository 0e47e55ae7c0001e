"""Who somebody was on the day of an event: offices of the past, and who a pronoun of the same clause is not."""

from __future__ import annotations

import pytest

from communique import Coder, Event


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


def test_what_the_tables_do_not_know_stays(coder: Coder) -> None:
    before = first(coder, "Jane Roe of the Peruvian army criticized Russia on Monday.").actor[0]
    after = first(coder, "Jane Roe of the Peruvian army criticized Russia in 2014.").actor[0]
    assert (before.sector, before.office) == (after.sector, after.office)


def test_he_who_meets_is_not_whom_he_meets(coder: Coder) -> None:
    text = "President Macron arrived in Moscow on Monday. The only leader he criticized was Recep Tayyip Erdogan."
    event = next(e for e in coder.code_text(text, date="2019-05-01").events if e.category == "ACCUSE")
    assert event.actor[0].name == "Emmanuel Macron"


def test_speaking_with_journalists_is_no_consultation(coder: Coder) -> None:
    assert not coder.code_text("Angela Merkel spoke with CNN on Monday.", date="2019-05-01").events
    (event,) = coder.code_text("Angela Merkel spoke with Theresa May on Monday.", date="2019-05-01").events
    assert event.category == "CONSULT"


def test_a_middle_initial_hides_nobody(coder: Coder) -> None:
    actor = first(coder, "James R. Clapper criticized the United States on Monday.", "2017-12-05").actor[0]
    assert (actor.name, actor.code, actor.sector) == ("James Clapper", "USA", "ELI")
