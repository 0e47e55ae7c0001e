"""What the benchmark of the actor tables counts as complete."""

from datetime import date

from benchmarks.actor_tables import day, gaps, incomplete, lacking, members

from communique.knowledge.tables import Holder


def test_a_time_without_an_office_is_no_gap() -> None:
    span = (date(2019, 1, 1), date(2019, 12, 31))
    before = Holder("Ana Roca", "", "2018", "2019-05-28", "")
    after = Holder("Leo Prat", "", "2019-08-21", "2020", "")
    assert gaps(("NGA", "defence minister"), (before, after), span) == []
    assert gaps(("GHA", "defence minister"), (before, after), span) == [
        (date(2019, 5, 28), date(2019, 8, 21))
    ]


def test_a_state_without_armed_forces_lacks_no_defence_minister() -> None:
    found = incomplete({}, "defence minister", date(2000, 1, 1), date(2022, 7, 1))
    assert "CRI" not in found
    assert "CHL" in found


def test_every_office_that_is_lacking_is_one_of_a_member_state() -> None:
    assert {code for code, _ in lacking()} <= set(members())
    assert all(first < last for spans in lacking().values() for first, last in spans)
    assert day("2001-02", last=True) == date(2001, 2, 28)
