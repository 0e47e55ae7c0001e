"""The hand-written terms of office, and how several sources' terms become one table without overlaps."""

import itertools
from datetime import date

import pytest
from training.spells import Spell, disjoint

from communique.knowledge import tables
from communique.knowledge.names import key

OFFICES = {"head of state", "head of government", "foreign minister", "defence minister", "interior minister"}


def spell(person: str, start: str, end: str = "", *, asof: str = "", rank: int = 3) -> Spell:
    return Spell(start, end, person, "", asof, rank, frozenset({key(person)}))


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        pytest.param(
            [spell("Ana Roca", "2001", rank=1, asof="2003-06-01"), spell("Leo Prat", "2004-02-01", "2005")],
            ["Ana Roca 2001 2004-02-01", "Leo Prat 2004-02-01 2005"],
            id="a later source ends an open term after its last look",
        ),
        pytest.param(
            [spell("Ana Roca", "2001", "2005", rank=1), spell("Leo Prat", "2000", "2007")],
            ["Leo Prat 2000 2001", "Ana Roca 2001 2005", "Leo Prat 2005 2007"],
            id="a trusted term stands in the middle of another",
        ),
        pytest.param(
            [spell("Ana Roca", "2001", "2005-03-02", rank=1), spell("Ana Roca", "2001-01-08", "2005-03-09")],
            ["Ana Roca 2001 2005-03-02"],
            id="a trusted end is not filled up",
        ),
        pytest.param(
            [spell("Ana Roca", "2001", "2009"), spell("Leo Prat", "2003", "2004")],
            ["Ana Roca 2001 2003", "Leo Prat 2003 2004", "Ana Roca 2004 2009"],
            id="who stood in for somebody gives the office back",
        ),
        pytest.param(
            [spell("Ana Roca", "2001", asof="2010"), spell("Leo Prat", "2003", "2004")],
            ["Ana Roca 2001 2003", "Leo Prat 2003 2004"],
            id="an open end is no evidence of a return",
        ),
        pytest.param(
            [spell("Ana Roca", "2001", "2003"), spell("Ana Maria Roca Sol", "2003", "2005")],
            ["Ana Roca 2001 2005"],
            id="one person's terms in a row are one",
        ),
    ],
)
def test_terms_of_several_sources_are_fitted_together(spells: list[Spell], expected: list[str]) -> None:
    assert [f"{s.person} {s.start} {s.end}".strip() for s in disjoint(spells)] == expected


def test_the_hand_written_terms_are_right_and_hold_no_office_at_once() -> None:
    check = tables.checker()
    held = [check.row(where, row) for where, row in tables.rows("terms.csv")]
    assert {row["office"] for row in held} == OFFICES
    assert all(row["person"] and row["start"] and bool(row["end"]) != bool(row["asof"]) for row in held)
    for one, two in itertools.pairwise(held):
        if (one["code"], one["office"]) == (two["code"], two["office"]):
            assert "" < one["end"] <= two["start"], f"{one['person']} and {two['person']}"


@pytest.mark.parametrize(
    ("code", "office", "day", "person"),
    [
        ("POL", "head of state", "1993-05-01", "Lech Wałęsa"),
        ("GBR", "head of state", "1999-05-01", "Elizabeth II"),
        ("NLD", "head of government", "2018-05-01", "Mark Rutte"),
        ("TUR", "foreign minister", "2020-05-01", "Mevlüt Çavuşoğlu"),
        ("UKR", "defence minister", "2022-05-01", "Oleksii Reznikov"),
        ("FRA", "interior minister", "2023-05-01", "Gérald Darmanin"),
    ],
)
def test_an_office_has_its_holder_on_the_day(code: str, office: str, day: str, person: str) -> None:
    held = tables.read_offices(tables.checker())[code, office]
    assert {h.person for h in held if h.start <= day < (h.end or date.max.isoformat())} == {person}


def test_every_office_holder_is_found_by_name() -> None:
    """The table is searched by bytes: `queen elizabeth ii,` has to stand before `queen elizabeth,`."""
    lines = tables.data_bytes("holders.csv.gz").split(b"\n")[1:-1]
    names = [line.partition(b",")[0] + b"," for line in lines]
    assert names == sorted(names)
    assert tables.read_holders().find("queen elizabeth ii")
