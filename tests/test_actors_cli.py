"""`communique actors` and a project's own table: what a user types, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import cli
from communique.errors import KnowledgeError
from communique.knowledge import Knowledge
from communique.knowledge.dictionary import import_dictionary
from communique.knowledge.project import read_project
from communique.knowledge.tables import checker, data_bytes, read_names, read_offices

HEADER = "name,kind,aliases,qid,code,sector,secondary,office,start,end,source\n"
DICTIONARY = """
# invented
ANA_ROCA_  ; a comment
+ROCA_OF_PORT_ALMA_
\t[VENOPP <990202]
\t[VENGOVMIL 990202-130305]
\t[VENELI >20130305]
BLUE_FRONT_ [COLREB]
<!-- OLD_FRONT_ [COLREB] -->
TALKS_OFFICE_ [IGOUNO]
NOBODY_ [QQQ]
LATE_ [VENGOV 991302-010101]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def own(*lines: str) -> str:
    Path("mine.csv").write_text(HEADER + "".join(line + "\n" for line in lines), encoding="utf-8")
    return "mine.csv"


def test_find_says_what_somebody_was_on_a_day(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["actors", "find", "Almagro", "--on", "2017-09-13"]) == 0
    first = capfd.readouterr().out.splitlines()[1]
    assert "Luis Almagro" in first
    assert "IGO" in first
    assert "Secretary General of the Organization of American States" in first


def test_find_reads_names_without_accents_and_a_project_first(capfd: pytest.CaptureFixture[str]) -> None:
    path = own("Frente Azúl,,,,COL,REB,,,,,mine")
    assert cli.main(["actors", "find", "frente azul", "--actors", path]) == 0
    assert "COL/frente-azul" in capfd.readouterr().out


def test_find_says_that_nobody_is_called_so(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["actors", "find", "Xyzzyx Qwertz"]) == 1
    assert "no actor is called 'Xyzzyx Qwertz'" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["find", "Almagro", "--on", "2017-02-30"], "no such day"),
        (["find", "..."], "no letter"),
        (["show", "Q0"], "no actor has the id"),
        (["check", "nowhere.csv"], "cannot be read"),
        (["import", "nowhere.txt"], "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said(
    arguments: list[str], complaint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["actors", *arguments]) == 2
    assert complaint in capfd.readouterr().err


def test_show_lists_names_terms_in_order_and_sources(capfd: pytest.CaptureFixture[str]) -> None:
    path = own(
        "Ana Roca,person,Anita Roca,,VEN,GOV,,Minister,2013-01-01,2014-01-01,the gazette",
        "Ana Roca,person,,,VEN,OPP,,Party leader,2001-01-01,2005-01-01,a newspaper",
    )
    assert cli.main(["actors", "show", "VEN/ana-roca", "--actors", path]) == 0
    shown = capfd.readouterr().out
    assert "Ana Roca  (person, VEN/ana-roca)" in shown
    assert "also: Anita Roca" in shown
    assert shown.index("mine.csv:3: a newspaper") < shown.index("mine.csv:2: the gazette")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Ana Roca,,,,QQQ,,,,,,", "mine.csv:2: no country code 'QQQ'"),
        ("Ana Roca,,,,VEN,ARMY,,,,,", "mine.csv:2: no sector 'ARMY'"),
        ("Ana Roca,,,,VEN,GOV,,,2019-02-30,,", "mine.csv:2: no such date"),
        ("Ana Roca,,,,VEN,GOV,,,2019,2018,", "mine.csv:2: ends 2018 before"),
        ("Ana Roca,animal,,,VEN,GOV,,,,,", "mine.csv:2: no kind 'animal'"),
        ("Ana Roca,,,X12,VEN,GOV,,,,,", "mine.csv:2: 'X12' is no Wikidata id"),
        ("...,,,,VEN,GOV,,,,,", "mine.csv:2: a name without a letter"),
        ("Ana Roca,,VEN", "mine.csv:2: 3 fields under a header of 11"),
    ],
)
def test_check_names_a_fault_with_file_and_line(
    line: str, complaint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["actors", "check", own(line)]) == 2
    assert complaint in capfd.readouterr().err


def test_check_names_all_faults_at_once_and_two_holders_of_one_office() -> None:
    path = own(
        "Ana Roca,person,,,VEN,GOV,,President,2001-01-01,2005-01-01,",
        "Luz Vera,person,,,VEN,GOV,,President,2004-01-01,2006-01-01,",
        "Rita Sol,,,,QQQ,,,,,,",
    )
    with pytest.raises(KnowledgeError) as found:
        read_project(path)
    assert "mine.csv:4: no country code" in str(found.value)
    assert "mine.csv:3: Luz Vera overlaps Ana Roca as head of state of VEN" in str(found.value)


def test_two_may_hold_a_title_that_is_not_single(capfd: pytest.CaptureFixture[str]) -> None:
    path = own(
        "Ana Roca,person,,,VEN,LEG,,Member of parliament,2001,2005,",
        "Luz Vera,person,,,VEN,LEG,,Member of parliament,2001,2005,",
    )
    assert cli.main(["actors", "check", path]) == 0
    assert "2 rows, all right" in capfd.readouterr().out


def test_a_column_that_is_not_known_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    Path("mine.csv").write_text("name,country\nAna Roca,VEN\n")
    assert cli.main(["actors", "check", "mine.csv"]) == 2
    assert "mine.csv:1: no column 'country'" in capfd.readouterr().err


def test_add_makes_the_file_and_refuses_a_wrong_row(capfd: pytest.CaptureFixture[str]) -> None:
    row = ["actors", "add", "Ana Roca", "--code", "VEN", "--sector", "OPP", "--office", "Party leader"]
    assert cli.main(row) == 0
    before = Path("actors.csv").read_text()
    assert cli.main([*row, "--start", "2019-13-01"]) == 2
    assert "actors.csv:3: no such date" in capfd.readouterr().err
    assert Path("actors.csv").read_text() == before
    assert [found["kind"] for found in read_project("actors.csv").rows] == ["person"]
    assert not list(Path().glob("*.part"))


def test_a_dictionary_becomes_dated_rows_with_plovers_codes() -> None:
    Path("a.actors.txt").write_text(DICTIONARY)
    result = import_dictionary("a.actors.txt")
    short = [
        (row["name"], row["kind"], row["code"], row["sector"], row["secondary"], row["start"], row["end"])
        for row in result.rows
    ]
    assert short == [
        ("Ana Roca", "person", "VEN", "OPP", "", "", "1999-02-01"),
        ("Ana Roca", "person", "VEN", "GOV", "MIL", "1999-02-02", "2013-03-05"),
        ("Ana Roca", "person", "VEN", "ELI", "", "2013-03-06", ""),
        ("Blue Front", "organisation", "COL", "REB", "", "", ""),
        ("Talks Office", "organisation", "UNO", "", "", "", ""),
    ]
    assert result.rows[0]["aliases"] == "Roca of Port Alma"
    assert [fault.partition(": ")[0] for fault in result.left_out] == ["a.actors.txt:11", "a.actors.txt:12"]


def test_an_imported_dictionary_passes_the_check(capfd: pytest.CaptureFixture[str]) -> None:
    Path("a.actors.txt").write_text(DICTIONARY)
    assert cli.main(["actors", "import", "a.actors.txt", "-o", "mine.csv"]) == 1
    assert "left out a.actors.txt:11" in capfd.readouterr().err
    assert cli.main(["actors", "check", "mine.csv"]) == 0


def test_a_projects_names_go_before_the_programs() -> None:
    project = read_project(own("Reuters,,,,COL,CRM,,,,,", "Blue Front,,Hamas,,COL,REB,,,,,"))
    names = project.names_before(read_names(checker()))
    assert [(e.name, e.code) for e in names["reuters"]] == [("Reuters", "COL")]
    assert [(e.name, e.code) for e in names["hamas"]] == [("Blue Front", "COL")]


def test_a_projects_president_is_the_president_of_those_days() -> None:
    project = read_project(own("Ana Roca,person,,,BOL,GOV,,President,2010-01-01,2011-01-01,"))
    held = project.offices_before(read_offices(checker()))["BOL", "head of state"]
    on = {h.person for h in held if h.start <= "2010-06-01" and (h.end or "9999") > "2010-06-01"}
    assert on == {"Ana Roca"}
    assert {h.person for h in held if h.start <= "2009-06-01" < (h.end or "9999")} == {"Evo Morales"}


def test_code_refuses_a_wrong_file_of_actors_before_it_reads_news(capfd: pytest.CaptureFixture[str]) -> None:
    Path("news.txt").write_text("Norland moved its fleet.")
    assert cli.main(["code", "news.txt", "--actors", own("Ana Roca,,,,QQQ,,,,,,")]) == 2
    assert "mine.csv:2: no country code" in capfd.readouterr().err


def test_the_tables_and_a_projects_file_load_together() -> None:
    assert Knowledge.load(own("Ana Roca,person,,,VEN,OPP,,Party leader,2001,,"))


def test_the_programs_own_people_are_right_and_hold_no_office_at_once(folder: Path) -> None:
    table = folder / "people.csv"
    table.write_bytes(data_bytes("people.csv"))
    assert len(read_project(str(table)).rows) > 1300
