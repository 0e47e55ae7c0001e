"""How places and dates are counted."""

from __future__ import annotations

import pytest
from corpus.where_when import count_names, figures, kilometres, names

from communique.records import Analysis, Block, BlockKind, Cast, Document, Location, Sentence, Span

TEXT = "Rallies in Paris and Lyon."
WHOLE = Span(0, len(TEXT))
READ = Analysis(Document("d", TEXT, (Block(WHOLE, BlockKind.BODY),)), (Sentence(WHOLE, (), (), 0, 0),))
KNOWN = {3: ("FRA", 48.9, 2.3), 4: ("USA", 33.7, -95.6)}


def at_paris(number: int, code: str, north: float, east: float) -> Cast:
    place = Location(Span(11, 16), "Paris", "city", code, "Paris", number, None, None, north, east)
    return Cast((), (place,))


def test_the_distance_of_two_towns_is_that_on_the_globe() -> None:
    assert 340 < kilometres((48.8566, 2.3522), (51.5072, -0.1276)) < 347


@pytest.mark.parametrize(
    ("cast", "wanted", "counted"),
    [
        (at_paris(3, "FRA", 48.9, 2.3), 3, {"near": 1, "same country": 1}),
        (at_paris(9, "FRA", 48.8, 2.1), 3, {"near": 1, "same country": 1}),
        (at_paris(4, "USA", 33.7, -95.6), 3, {"near": 0, "same country": 0}),
        (Cast(()), 3, {"near": 0, "located": 0, "names": 1}),
        (at_paris(3, "FRA", 48.9, 2.3), None, {"no entry": 1, "left alone": 0, "names": 0}),
    ],
)
def test_a_name_is_right_at_its_entry_or_near_it(
    cast: Cast, wanted: int | None, counted: dict[str, int]
) -> None:
    counts = count_names([{"start": 11, "end": 16, "geonameid": wanted}], READ, cast, KNOWN)
    assert {name: counts[name] for name in counted} == counted


def test_a_figure_without_a_case_is_left_out() -> None:
    assert figures({"names": 4, "near": 3}) == {
        "Place names: right entry or within 161 km": 0.75,
        "Place names: right country": 0.0,
    }


def test_the_hand_checked_names_are_of_both_splits() -> None:
    assert sum(map(len, names("train").values())) == 150
    assert sum(map(len, names("dev").values())) == 60
