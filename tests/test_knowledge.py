"""Who and where: names, roles, dates, and what refers back, on sentences invented for the purpose."""

from __future__ import annotations

import re
from functools import cache

import pytest

from communique.errors import KnowledgeError
from communique.knowledge import Knowledge, tables
from communique.knowledge.names import key
from communique.records import (
    Analysis,
    Block,
    BlockKind,
    Cast,
    Document,
    Member,
    Mention,
    Sentence,
    Span,
    Token,
)

VERBS = (
    "said met accused urged called told began warned visited denied praised demanded arrived left attacked "
    "signed rejected fled marched spoke arrested stormed fired opened killed announced read claimed"
).split()
SMALL = {
    **dict.fromkeys("the a an this both two their his her its".split(), "DET"),
    **dict.fromkeys("of in at with from by to for on against between near that as".split(), "ADP"),
    **dict.fromkeys("and or".split(), "CCONJ"),
    **dict.fromkeys("he she they it we i him".split(), "PRON"),
    **dict.fromkeys("former senior early armed russian chinese".split(), "ADJ"),
}


@cache
def knowledge() -> Knowledge:
    return Knowledge.load()


def _token(match: re.Match[str], offset: int, verb_seen: bool) -> Token:
    word = match.group()
    span = Span(offset + match.start(), offset + match.end())
    if not word[0].isalnum():
        return Token(span, word, word, "PUNCT", ",", -1, "punct")
    pos = SMALL.get(word.lower()) or ("VERB" if word in VERBS else "PROPN" if word[0].isupper() else "NOUN")
    relation = "root" if pos == "VERB" else "obj" if verb_seen else "nsubj"
    relation = {"DET": "det", "ADP": "case", "CCONJ": "cc", "ADJ": "amod"}.get(pos, relation)
    lemma = {"said": "say", "arrested": "arrest"}.get(word, word.lower())
    return Token(span, word, lemma, pos, "", -1, relation)


def _sentence(text: str, start: int, number: int, people: tuple[str, ...]) -> Sentence:
    """Tokens by a regular expression; what stands before the first verb is its subject."""
    tokens: list[Token] = []
    for match in re.finditer(r"[A-Z](?:\.[A-Z])+\.?|[^\W_]+(?=['’]s)|['’]s|[^\W_]+|[^\w\s]", text):
        tokens.append(_token(match, start, any(t.pos == "VERB" for t in tokens)))
    verb = next((i for i, t in enumerate(tokens) if t.pos == "VERB"), -1)
    headed = tuple(
        Token(t.span, t.text, t.lemma, t.pos, t.tag, verb if i != verb else -1, t.relation)
        for i, t in enumerate(tokens)
    )
    found = [(m.start(), name) for name in people for m in re.finditer(re.escape(name), text)]
    mentions = tuple(
        Mention(Span(start + at, start + at + len(name)), "PERSON", name) for at, name in sorted(found)
    )
    return Sentence(Span(start, start + len(text)), headed, mentions, 0, number)


def read(*sentences: str, day: str | None = None, people: tuple[str, ...] = ()) -> tuple[Cast, str]:
    """Return the cast of a document of these sentences, and its text."""
    text, read_ones = "", []
    for number, sentence in enumerate(sentences):
        read_ones.append(_sentence(sentence, len(text), number, people))
        text += sentence + "\n"
    block = Block(Span(0, len(text)), BlockKind.BODY, "en")
    document = Document("d", text, (block,), published=day, language="en")
    return knowledge().recognise(Analysis(document, tuple(read_ones))), text


def at(cast: Cast, text: str, words: str, nth: int = 0) -> Member:
    """Return the member whose mention is exactly these words."""
    start = [m.start() for m in re.finditer(re.escape(words), text)][nth]
    span = Span(start, start + len(words))
    found = [member for mention, member in cast.at(span) if mention == span]
    assert found, f"nobody at {words!r}: {[(m.name, [s.of(text) for s in m.mentions]) for m in cast.members]}"
    return found[0]


def coded(member: Member) -> tuple[str | None, str | None]:
    return member.code, member.sector


@pytest.mark.parametrize(
    ("sentence", "words", "code", "sector"),
    [
        ("The U.S. accused China.", "U.S.", "USA", "GOV"),
        ("Kosovo accused Serbia.", "Kosovo", "KOS", "GOV"),
        ("Hong Kong urged calm.", "Hong Kong", "HKG", "GOV"),
        ("Abkhazia accused Moldova.", "Abkhazia", "GEO", "PRE"),
        ("The Kremlin denied the report.", "The Kremlin", "RUS", "GOV"),
        ("Amnesty International accused Egypt.", "Amnesty International", "NGO", None),
        ("The Organization of American States met.", "Organization of American States", "IGO", None),
        ("The CIA denied the report.", "CIA", "USA", "SPY"),
        ("The Bolivian Foreign Ministry said no.", "The Bolivian Foreign Ministry", "BOL", "GOV"),
        ("Venezuelan lawmakers met.", "Venezuelan lawmakers", "VEN", "LEG"),
        ("Protesters in Caracas marched.", "Protesters", "VEN", "CVL"),
        ("Colombian coca growers marched.", "Colombian coca growers", "COL", "AGR"),
        ("The opposition in Togo met.", "The opposition", "TGO", "OPP"),
        ("Turkish police arrested two journalists.", "Turkish police", "TUR", "COP"),
        ("Hamas officials met.", "Hamas officials", "PSE", "GOV"),
        ("A spokesman for the Kenyan army said so.", "A spokesman", "KEN", "MIL"),
        ("UN officials met.", "UN officials", "UNO", None),
    ],
)
def test_names_and_role_nouns_get_their_country_and_sector(
    sentence: str, words: str, code: str, sector: str | None
) -> None:
    cast, text = read(sentence, day="2018-03-01")
    assert coded(at(cast, text, words)) == (code, sector)


@pytest.mark.parametrize(
    ("day", "sector"),
    [("2018-06-01", "LEG"), ("2019-04-30", "OPP"), ("2023-06-01", "OPP"), (None, "OPP")],
)
def test_a_persons_sector_is_that_of_the_documents_day(day: str | None, sector: str) -> None:
    cast, text = read("Juan Guaidó met Brazil.", day=day, people=("Juan Guaidó",))
    assert coded(at(cast, text, "Juan Guaidó")) == ("VEN", sector)


def test_a_name_is_found_without_its_accents() -> None:
    cast, text = read("Nicolas Maduro met reporters.", day="2017-09-14", people=("Nicolas Maduro",))
    assert at(cast, text, "Nicolas Maduro").identifier_text == "Nicolás Maduro"


def test_a_name_with_one_letter_wrong_is_still_read() -> None:
    cast, text = read(
        "Vladimir Padrino Lopes met reporters.", day="2018-01-01", people=("Vladimir Padrino Lopes",)
    )
    assert at(cast, text, "Vladimir Padrino Lopes").name == "Vladimir Padrino López"


def test_a_former_office_makes_elite() -> None:
    people = ("Jose Luis Zapatero",)
    cast, text = read(
        "Former Spanish Prime Minister Jose Luis Zapatero met.", day="2017-09-14", people=people
    )
    whole = at(cast, text, "Former Spanish Prime Minister Jose Luis Zapatero")
    assert coded(whole) == ("ESP", "ELI")
    assert at(cast, text, "Spanish").kind == "state"


def test_an_office_of_a_state_means_who_held_it_that_day() -> None:
    cast, text = read("The Bolivian president met the Brazilian president.", day="2017-09-14")
    bolivian = at(cast, text, "The Bolivian president")
    assert (bolivian.name, bolivian.sector) == ("Evo Morales", "GOV")
    assert bolivian.reason == "role: president of Bolivia on 2017-09-14"
    assert at(cast, text, "the Brazilian president").name == "Michel Temer"


def test_without_a_day_an_office_names_nobody() -> None:
    cast, text = read("The Bolivian president met the press.")
    member = at(cast, text, "The Bolivian president")
    assert (member.code, member.sector, member.identifier_id) == ("BOL", "GOV", None)


def test_an_unknown_person_is_coded_by_the_description() -> None:
    people = ("Jane Example", "Ivan Imagined")
    cast, text = read(
        "Jane Example, a Canadian diplomat, met Russian lawmaker Ivan Imagined.",
        day="2018-01-01",
        people=people,
    )
    assert coded(at(cast, text, "Jane Example")) == ("CAN", "GOV")
    assert coded(at(cast, text, "Ivan Imagined")) == ("RUS", "LEG")
    assert at(cast, text, "Jane Example").identifier_id is None


def test_an_unknown_person_without_description_stays_unresolved() -> None:
    cast, text = read("Jane Example met France.", day="2018-01-01", people=("Jane Example",))
    assert coded(at(cast, text, "Jane Example")) == (None, None)


def test_a_title_before_a_list_describes_everyone_in_it() -> None:
    people = ("Ana Uno", "Luis Dos", "Eva Tres")
    cast, text = read(
        "Peruvian senators Ana Uno, Luis Dos and Eva Tres met.", day="2018-01-01", people=people
    )
    assert {coded(at(cast, text, name)) for name in people} == {("PER", "LEG")}


def test_a_surname_means_the_person_named_in_full_before() -> None:
    people = ("Vladimir Padrino Lopez", "Lopez")
    cast, text = read(
        "Vladimir Padrino Lopez met troops.", "Lopez denied that.", day="2019-04-30", people=people
    )
    assert at(cast, text, "Lopez", 1).name == "Vladimir Padrino López"


def test_a_surname_of_two_unlike_persons_gets_no_identity() -> None:
    people = ("Ana Prueba", "Juan Prueba", "Prueba")
    cast, text = read(
        "Chilean judge Ana Prueba met Cuban farmer Juan Prueba.", "The press met.", "Talks began.", "Prueba left.",
        day="2018-01-01", people=people,
    )  # fmt: skip
    member = at(cast, text, "Prueba", 2)
    assert (member.code, member.sector) == (None, None)
    assert set(member.candidates) == {"Ana Prueba", "Juan Prueba"}


def test_two_nationalities_of_one_noun_are_two_members() -> None:
    cast, text = read("Russian and Chinese officials met.", day="2018-01-01")
    span = Span(0, text.index(" met"))
    found = {coded(m) for mention, m in cast.at(span) if mention == span}
    assert found == {("RUS", "GOV"), ("CHN", "GOV")}


def test_a_deeds_backer_is_not_the_doer() -> None:
    cast, _ = read("The US-backed rebels attacked Syria.", day="2018-01-01")
    assert "USA" not in {member.code for member in cast.members}


def test_regions_are_nobody() -> None:
    cast, _ = read("Latin America urged calm in the Middle East.", day="2018-01-01")
    assert cast.members == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "sector"),
    [
        ("Moscow accused Georgia.", "organisation", "GOV"),
        ("Diplomats met in Moscow.", "place", None),
    ],
)
def test_a_capital_is_a_government_where_it_acts(sentence: str, kind: str, sector: str | None) -> None:
    cast, text = read(sentence, day="2018-01-01")
    member = at(cast, text, "Moscow")
    assert (member.kind, member.code, member.sector) == (kind, "RUS", sector)


def test_the_government_is_the_last_one_named() -> None:
    cast, text = read("The Venezuelan government met.", "The government denied that.", day="2018-01-01")
    assert at(cast, text, "The government").name == "Government of Venezuela"


def test_a_dateline_gives_a_ministry_its_state() -> None:
    sentences = ("MOSCOW - Talks began, the Foreign Ministry said.",)
    cast, text = read(*sentences, day="2019-04-30")
    assert at(cast, text, "the Foreign Ministry").code == "RUS"


def test_both_sides_are_the_two_sides_named_before() -> None:
    cast, text = read(
        "The Venezuelan government met the opposition.", "Norway urged both sides to talk.", day="2019-05-20"
    )
    found = {m.name for mention, m in cast.at(Span(0, len(text))) if mention.of(text) == "both sides"}
    assert found == {"Government of Venezuela", "Opposition of Venezuela"}


def test_pronouns_mean_the_last_person_in_reach_and_the_speaker_of_a_quotation() -> None:
    cast, text = read(
        "Evo Morales met workers.", "He praised Cuba.", "Evo Morales said “We signed it.”",
        day="2017-09-14", people=("Evo Morales",),
    )  # fmt: skip
    assert at(cast, text, "He").name == "Evo Morales"
    assert at(cast, text, "We").name == "Evo Morales"


def test_protesters_of_no_named_place_have_a_sector_and_no_country() -> None:
    cast, text = read("Protesters marched.", "France met Germany.", day="2018-01-01")
    assert coded(at(cast, text, "Protesters")) == (None, "CVL")


def test_every_mention_lies_in_the_text_and_every_member_has_a_reason() -> None:
    cast, text = read("The Kremlin accused the UK.", "Peruvian troops left.", day="2018-01-01")
    assert [m.id for m in cast.members] == [f"m{n}" for n in range(len(cast.members))]
    for member in cast.members:
        assert member.reason
        assert all(mention.of(text).strip() == mention.of(text) != "" for mention in member.mentions)


@pytest.mark.parametrize(
    ("written", "looked_up"),
    [
        ("Nicolás", "nicolas"),
        ("U.S.", "us"),
        ("al-Qaeda", "al qaeda"),
        ("Ødegård", "odegard"),
        ("Côte d’Ivoire", "cote divoire"),
    ],
)
def test_names_are_compared_without_accents_case_and_dots(written: str, looked_up: str) -> None:
    assert key(written) == looked_up


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"code": "XYZ"}, "no country code"),
        ({"code": "VEN", "sector": "ARMY"}, "no sector"),
        ({"code": "VEN", "start": "2019-02-30"}, "no such date"),
        ({"code": "VEN", "start": "2019-02-01", "end": "2018"}, "before it starts"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(row: dict[str, str], complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"people.csv:7: .*{complaint}"):
        tables.checker().row("people.csv:7", row)


def test_two_holders_of_one_office_at_once_are_refused() -> None:
    text = (
        "code,office,person,qid,start,end,asof\n"
        "VEN,head of state,A,,2001-01-01,2005-01-01,\n"
        "VEN,head of state,B,,2004-01-01,2006-01-01,\n"
    )
    with pytest.raises(KnowledgeError, match=r"offices.csv:3: B overlaps A"):
        tables.read_offices(tables.checker(), text)


def test_the_packaged_offices_have_one_holder_at_a_time() -> None:
    text = tables.data_bytes("offices.csv.gz").decode()
    assert len(tables.read_offices(tables.checker(), text)) > 1000


@pytest.mark.parametrize("name", ["holders.csv.gz", "groups.csv.gz", "places.csv.gz"])
def test_the_packaged_tables_pass_the_checks(name: str) -> None:
    check = tables.checker()
    codes = {check.row(where, row)["code"] for where, row in tables.rows(name)}
    assert codes


def test_every_iso_country_has_its_state() -> None:
    codes = {row["code"] for _, row in tables.rows("states.csv")}
    assert {"VEN", "BOL", "USA", "PSE", "HKG", "KOS", "TUV"} <= codes
    assert len(codes) >= 196
