"""Which place a name means, and where an event happened."""

from __future__ import annotations

import pytest

from communique.coding.places import place_of
from communique.knowledge.gazetteer import Gazetteer
from communique.knowledge.names import key
from communique.knowledge.places import locations
from communique.records import (
    Analysis,
    Block,
    BlockKind,
    Cast,
    Document,
    Location,
    Member,
    Mention,
    Sentence,
    Span,
    Token,
)
from communique.syntax import Tree

ROWS = """key,level,id,name,code,iso2,admin1,latitude,longitude,population,main
geo,country,8,Georgia,GEO,GE,,,,3700000,
georgia,admin1,2,Georgia,USA,US,GA,33,-83,4700000,1
georgia,country,8,Georgia,GEO,GE,,,,3700000,1
paris,city,3,Paris,FRA,FR,11,48.9,2.3,2100000,1
paris,city,4,Paris,USA,US,TX,33.7,-95.6,25000,1
san salvador,city,5,San Salvador,SLV,SV,10,13.7,-89.2,525000,1
san,city,6,San,MLI,ML,04,13.3,-4.9,103000,1
santiago,city,7,Santiago,CHL,CL,12,-33.5,-70.6,4800000,1
santiago,city,9,Santiago de Cuba,CUB,CU,15,20,-75.8,550000,
texas,admin1,10,Texas,USA,US,TX,31,-97,20000000,1
usa,country,11,United States,USA,US,,,,327000000,
"""
SMALL = Gazetteer({"white house": "paris"}, frozenset({"the west"}), ROWS.encode())


def read(text: str, marked: tuple[str, ...], **members: tuple[str, str, str]) -> tuple[Location, ...]:
    """Locate the names of a text: those that the reader marked, and members as words: (kind, name, code)."""
    tokens, at = [], 0
    for n, word in enumerate(text.replace(",", " ,").split()):
        start = text.index(word, at)
        at = start + len(word)
        tokens.append(Token(Span(start, at), word, word, "PROPN", "NNP", 0 if n else -1, "dep"))

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    mentions = tuple(Mention(span(words), "LOCATION", words) for words in marked)
    whole = Span(0, len(text))
    document = Document("d", text, (Block(whole, BlockKind.BODY),))
    cast = Cast(
        tuple(
            Member(words, name, kind, code, None, (), None, None, None, (span(words),), (), "table: " + name)
            for words, (kind, name, code) in members.items()
        )
    )
    return locations(Analysis(document, (Sentence(whole, tuple(tokens), mentions, 0, 0),)), cast, SMALL)


@pytest.mark.parametrize(
    ("text", "marked", "members", "expected"),
    [
        ("They met in Paris", ("Paris",), {}, [3]),
        ("They met in Paris, Texas", ("Paris", "Texas"), {}, [4, 10]),
        ("They met in Santiago", ("Santiago",), {}, [7]),
        ("Cuba spoke in Santiago", ("Santiago",), {"Cuba": ("group", "Cuba", "CUB")}, [9]),
        ("War in Georgia", (), {"Georgia": ("state", "Georgia", "GEO")}, [8]),
        ("Texas and Georgia", ("Texas", "Georgia"), {}, [10, 2]),
        ("Riots in San Salvador", ("San",), {}, [5]),
        ("They met in Nowhere", ("Nowhere",), {}, []),
        ("Talks with the West", ("the West",), {}, []),
        ("A march in Paris", ("Paris",), {"Paris": ("person", "Paris", "USA")}, []),
    ],
)
def test_a_name_means_the_place_that_its_text_speaks_for(
    text: str, marked: tuple[str, ...], members: dict[str, tuple[str, str, str]], expected: list[int]
) -> None:
    assert [place.geoname_id for place in read(text, marked, **members)] == expected


def test_a_country_has_no_coordinates_and_a_town_has() -> None:
    country = read("War in Georgia", (), Georgia=("state", "Georgia", "GEO"))[0]
    town = read("They met in Paris", ("Paris",))[0]
    assert (country.resolution, country.code, country.latitude, country.longitude) == (
        "country",
        "GEO",
        None,
        None,
    )
    assert (town.resolution, town.code, town.latitude, town.longitude) == ("city", "FRA", 48.9, 2.3)
    assert town.text == "Paris"


def test_the_packaged_table_is_searched_by_name() -> None:
    table = Gazetteer.load()
    assert {site.code for site in table.find("santiago")} >= {"CHL", "DOM", "PHL"}
    assert table.find(key("Bogotá"))
    assert table.find("zzz no such place") == ()
    country = table.country("KOS")
    assert country is not None
    assert country.iso2 == "XK"


def test_every_landmark_stands_for_a_town_that_the_table_has() -> None:
    table = Gazetteer.load()
    assert [name for name, town in table.extra.items() if not table.find(town)] == []


Row = tuple[str, str, int, str]


def tree(*rows: Row) -> Tree:
    """A sentence of (word, part of speech, head, relation)."""
    tokens, at = [], 0
    for word, pos, head, relation in rows:
        tokens.append(Token(Span(at, at + len(word)), word, word.lower(), pos, "", head, relation))
        at += len(word) + 1
    return Tree(Sentence(Span(0, at), tuple(tokens), (), 0, 0))


IN_TOWN: tuple[Row, ...] = (
    ("Police", "NOUN", 1, "nsubj"), ("arrested", "VERB", -1, "root"), ("them", "PRON", 1, "obj"),
    ("in", "ADP", 4, "case"), ("Paris", "PROPN", 1, "obl"),
)  # fmt: skip
ATTACK: tuple[Row, ...] = (
    ("Rebels", "NOUN", 1, "nsubj"), ("shelled", "VERB", -1, "root"), ("Paris", "PROPN", 1, "obj"),
)  # fmt: skip
ABOUT: tuple[Row, ...] = (
    ("Moscow", "PROPN", 1, "nsubj"), ("condemned", "VERB", -1, "root"), ("war", "NOUN", 1, "obj"),
    ("in", "ADP", 4, "case"), ("Paris", "PROPN", 2, "nmod"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "category", "resolution", "found"),
    [
        (IN_TOWN, "COERCE", "city", True),
        (IN_TOWN, "COERCE", "country", True),
        (IN_TOWN, "ACCUSE", "country", False),
        (ATTACK, "ASSAULT", "city", True),
        (ATTACK, "ASSAULT", "country", False),
        (ATTACK, "SUPPORT", "city", False),
        (ABOUT, "ACCUSE", "city", False),
    ],
)
def test_an_event_happened_where_its_own_words_put_it(
    rows: tuple[Row, ...], category: str, resolution: str, found: bool
) -> None:
    sentence = tree(*rows)
    span = next(t.span for t in sentence.tokens if t.text == "Paris")
    place = Location(span, "Paris", resolution, "FRA", "Paris")
    trigger = next(i for i, t in enumerate(sentence.tokens) if t.pos == "VERB")
    assert place_of(sentence, trigger, category, [place]) == (place if found else None)
