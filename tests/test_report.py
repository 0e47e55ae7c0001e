"""What a reader sees of a store: marked text, the page, the terminal."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from communique.errors import SettingsError
from communique.store import Store, StoredDocument
from communique.web import labels
from communique.web.marking import marked_blocks
from communique.web.pairs import PairTally
from communique.web.report import MOST_DOCUMENTS, embedded, report_page, write_report
from communique.web.show import shown
from communique.web.timeline import Tally, timeline

TEXT = "Ruritania denied on Monday that it had shelled Grauburg. Its neighbour, Lutha, called for talks."


def entity(words: str, text: str = TEXT, code: str | None = None) -> dict[str, Any]:
    start = text.index(words)
    return {
        "entity_text": words,
        "start": start,
        "end": start + len(words),
        "identifier_id": None,
        "identifier_text": None,
        "code": code,
        "sector": None,
        "sector_secondary": [],
        "office": None,
        "reason": None,
    }


def event(words: str, text: str = TEXT, **changes: Any) -> dict[str, Any]:
    start = text.index(words)
    row: dict[str, Any] = {
        "id": f"e{start}",
        "date": "2019-04-30",
        "enddate": None,
        "date_resolution": "day",
        "actor": [],
        "recipient": [],
        "event": ["ASSAULT"],
        "mode": [],
        "context": [],
        "aux": [],
        "quad": 4,
        "event_text": [{"text": words, "start": start, "end": start + len(words)}],
        "text": text,
        "status": "reported",
        "claimants": [],
        "disputes": [],
        "confidence": 0.8,
        "coded_by": "pattern shell",
    }
    return row | changes


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def statement(
    source: str | None, cue: str | None, *content: str, text: str = TEXT, **changes: Any
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"s{content}",
        "source": entity(source, text) if source else None,
        "cue": span(cue, text) if cue else None,
        "content": [span(words, text) for words in content],
        "kind": "indirect",
        "addressee": None,
        "polarity": "asserts",
        "in": None,
    }
    return row | changes


def document(text: str = TEXT, events: tuple[dict[str, Any], ...] = (), **changes: Any) -> StoredDocument:
    fields: dict[str, Any] = {
        "id": "d1",
        "url": None,
        "title": "A title",
        "publication": "The Grauburg Post",
        "byline": None,
        "published": "2019-04-30",
        "published_evidence": None,
        "language": "en",
        "text": text,
        "blocks": ({"start": 0, "end": len(text), "kind": "body", "language": "en", "repeats": None},),
        "copy_of": None,
        "source": "post.txt",
        "coder": "communique 0",
        "events": events,
    }
    return StoredDocument(**(fields | changes))


DENIED = event(
    "shelled Grauburg",
    actor=[entity("Ruritania", code="RUR")],
    recipient=[entity("Grauburg")],
    status="denied",
    claimants=[entity("Ruritania") | {"cue": {"text": "denied", "start": 10, "end": 16}}],
)
CALL = event("called for talks", event=["REQUEST"], mode=["meet"], quad=3, actor=[entity("Lutha")])


class Elements(HTMLParser):
    """Collects start tags with their attributes, and the text of script elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script":
            self.scripts[-1] += data


def printed(one: StoredDocument, width: int = 100) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(shown(one))
    output = console.file
    assert isinstance(output, StringIO)
    return output.getvalue()


# --------------------------------------------------------------------------- marked text


@settings(deadline=None)
@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6),
)
def test_the_pieces_of_a_block_joined_are_its_text(text: str, offsets: list[tuple[int, int]]) -> None:
    rows = tuple(
        event("", text="") | {"event_text": [{"text": "", "start": a, "end": b}]}
        for a, b in map(sorted, offsets)
    )
    blocks = marked_blocks(document(text, rows))
    assert "".join(piece.text for block in blocks for piece in block.pieces) == text.strip()


def test_overlapping_evidence_is_marked_with_every_event_the_shortest_first() -> None:
    long, short = event("had shelled Grauburg"), event("shelled")
    pieces = marked_blocks(document(events=(long, short)))[0].pieces
    assert [(piece.text, piece.evidence, piece.ends) for piece in pieces if piece.evidence] == [
        ("had ", (0,), ()),
        ("shelled", (1, 0), (1,)),
        (" Grauburg", (0,), (0,)),
    ]


def test_participants_claimants_and_cues_are_marked_by_their_part() -> None:
    pieces = marked_blocks(document(events=(DENIED,)))[0].pieces
    parts = {piece.text: {part for _, part in piece.roles} for piece in pieces if piece.roles}
    assert parts == {"Ruritania": {"actor", "claimant"}, "denied": {"cue"}, "Grauburg": {"recipient"}}


def test_a_document_without_blocks_is_shown_whole() -> None:
    assert marked_blocks(document(blocks=()))[0].pieces[0].text == TEXT


NESTED = "AP reported that an aide said that the army had fired."
OUTER = statement("AP", "reported", "that an aide said that the army had fired", text=NESTED, id="sOuter")
INNER = statement(
    "an aide", "said", "that the army had fired", text=NESTED, **{"in": "sOuter", "id": "sInner"}
)


def test_source_cue_and_content_are_marked_and_nested_ones_by_their_depth() -> None:
    pieces = marked_blocks(document(NESTED, statements=(OUTER, INNER)))[0].pieces
    assert [(piece.text, piece.said, piece.depth) for piece in pieces if piece.said] == [
        ("AP", ((0, "source"),), 0),
        ("reported", ((0, "cue"),), 0),
        ("that ", ((0, "content"),), 1),
        ("an aide", ((0, "content"), (1, "source")), 1),
        (" ", ((0, "content"),), 1),
        ("said", ((0, "content"), (1, "cue")), 1),
        (" ", ((0, "content"),), 1),
        ("that the army had fired", ((0, "content"), (1, "content")), 2),
    ]
    assert [(piece.opens, piece.closes) for piece in pieces if piece.opens or piece.closes] == [
        ((0,), ()),
        ((1,), (1, 0)),
    ]


# --------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("row", "who", "standing"),
    [
        (DENIED, "Ruritania (RUR) → Grauburg", "denied by Ruritania"),
        (CALL, "Lutha", "reported"),
        (event("talks", status=None), "nobody named", "status not known"),
        (
            event("talks", actor=[entity("Lutha"), entity("Ruritania")], status="called_for"),
            "Lutha and Ruritania",
            "called for",
        ),
        (
            event("talks", status="claimed", claimants=[entity("Lutha"), entity("Ruritania")]),
            "nobody named",
            "claimed by Ruritania, according to Lutha",
        ),
    ],
)
def test_a_record_is_told_in_words(row: dict[str, Any], who: str, standing: str) -> None:
    assert (labels.who(row), labels.standing(row)) == (who, standing)


def test_a_chain_of_claimants_is_told_outermost_first_with_its_cues() -> None:
    claimants = [
        entity("AP", NESTED) | {"cue": span("reported", NESTED)},
        entity("an aide", NESTED) | {"cue": None},
    ]
    row = event("fired", NESTED, status="claimed", claimants=claimants)
    assert labels.chain(row) == "AP (“reported”) › an aide"


@pytest.mark.parametrize(
    ("row", "saying", "manner"),
    [
        (OUTER, "AP says", "indirect · “reported”"),
        (INNER, "an aide says", "indirect · “said” · reported in s1"),
        (statement(None, None, "fired", text=NESTED, polarity="denies"), "somebody denies", "indirect"),
        (
            statement("AP", "reported", "fired", text=NESTED, addressee=entity("an aide", NESTED, "RUR")),
            "AP says, to an aide (RUR)",
            "indirect · “reported”",
        ),
    ],
)
def test_a_statement_is_told_in_words(row: dict[str, Any], saying: str, manner: str) -> None:
    called = labels.numbers((), (OUTER, INNER))
    assert (labels.saying(row), labels.manner(row, called)) == (saying, manner)


def test_what_disputes_an_event_is_named_by_the_numbers_of_the_page() -> None:
    disputes = [span("denied") | {"id": key} for key in ("e10", "sOuter", "gone")]
    called = labels.numbers((CALL, event("denied")), (INNER, OUTER))
    assert labels.disputes(event("shelled", disputes=disputes), called) == [("2", "denied"), ("s2", "denied")]


def test_what_is_not_known_is_left_out_of_the_footing() -> None:
    assert labels.footing(event("talks", date=None, confidence=None)) == "pattern shell"


# --------------------------------------------------------------------------- timeline and pairs


@pytest.mark.parametrize(
    ("dates", "step"),
    [
        (["2019-04-30", "2019-05-02"], "day"),
        (["2018-01-01", "2019-05-02"], "week"),
        (["2012-01-01", "2019-05-02"], "month"),
        (["1948", "2019-05"], "year"),
        (["0001-01-01", "9999-12-31"], "year"),
    ],
)
def test_the_timeline_takes_the_finest_step_that_fits(dates: list[str], step: str) -> None:
    tally = Tally(Counter())
    tally.add(event("talks", date=date) for date in dates)
    drawn = timeline(tally)
    assert (drawn.step, drawn.counted) == (step, len(dates))
    assert all(bar.y >= 0 and bar.y + bar.height <= drawn.height for bar in drawn.bars)


@pytest.mark.parametrize(
    "changes",
    [{"status": "denied"}, {"status": "called_for"}, {"aux": ["negation"]}, {"date": None}, {"date": "soon"}],
    ids=str,
)
def test_what_is_not_said_to_have_happened_is_not_drawn(changes: dict[str, Any]) -> None:
    tally = Tally(Counter())
    tally.add([event("talks", **changes)])
    drawn = timeline(tally)
    assert (drawn.counted, drawn.left_out, drawn.bars) == (0, 1, ())


def test_pairs_are_directed_where_there_is_a_recipient_and_sorted_by_events() -> None:
    both = [entity("Ruritania"), entity("Lutha")]
    tally = PairTally()
    tally.add([event("talks", actor=both), event("talks", actor=both[::-1]), DENIED])
    assert [(p.first, p.second, p.directed, p.total) for p in tally.pairs()] == [
        ("Lutha", "Ruritania", False, 2),
        ("Ruritania", "Grauburg", True, 1),
    ]


# --------------------------------------------------------------------------- the page

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<!--<script>",
    "]]>\u2028\u2029",
    "{{ 7 * 7 }} {% raw %}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_of_a_document_can_run_as_script(words: str) -> None:
    text = f"Before {words} after"
    row = event(words, text=text, actor=[entity(words, text=text)], recipient=[entity("after", text=text)])
    said = statement(words, words, words, text=text, addressee=entity(words, text=text))
    row["disputes"] = [span(words, text) | {"id": said["id"]}]
    row["claimants"] = [entity(words, text=text) | {"cue": span(words, text)}]
    hostile = document(
        text,
        (row,),
        statements=(said,),
        title=words,
        publication=words,
        url=f"javascript:{words}",
        source=words,
    )
    expected = Elements(report_page([document("x", (row,), statements=(said,))], title="store"))
    found = Elements(report_page([hostile], title=words))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in expected.tags]
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    data = json.loads(found.scripts[0])
    assert data[0]["title"] == words
    assert data[0]["url"] is None
    assert "".join(piece[0] for piece in data[0]["blocks"][0]["pieces"]) == text


@settings(deadline=None)
@given(st.text())
def test_embedded_text_survives_and_closes_no_element(text: str) -> None:
    written = embedded([text])
    assert json.loads(written) == [text]
    assert not set(written) & set("<>&\u2028\u2029")


def test_the_page_loads_nothing_and_its_policy_allows_only_its_own_script() -> None:
    page = report_page([document(events=(DENIED, CALL))], title="store")
    found = Elements(page)
    assert not [tag for tag, attributes in found.tags if {"src", "href", "style"} & set(attributes)]
    policy = next(a["content"] for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 2


def test_the_page_carries_statements_status_claimants_and_disputes() -> None:
    said = statement("Ruritania", "denied", "that it had shelled Grauburg", polarity="denies", id="s9")
    row = DENIED | {"disputes": [span("denied") | {"id": "s9"}]}
    page = report_page([document(events=(row,), statements=(said,))], title="store")
    data = json.loads(Elements(page).scripts[0])[0]
    assert data["statements"] == [
        {
            "saying": "Ruritania denies",
            "manner": "indirect · “denied”",
            "words": "that it had shelled Grauburg",
        }
    ]
    told = data["events"][0]
    assert (told["label"], told["sign"], told["chain"]) == ("denied", "✕", "Ruritania (“denied”)")
    assert told["disputes"] == [["s1", "denied"]]
    assert told["claimants"] == ["Ruritania"]
    assert '<span class="status s-called_for">called for !</span>' in page


def test_every_status_has_a_label_and_a_line_of_its_own_beside_its_colour() -> None:
    style = (files("communique.web") / "report.css").read_text(encoding="utf-8")
    for name in labels.STATUSES:
        assert f".s-{name} {{ --status:" in style
        assert name == "reported" or (f"mark.s-{name} {{" in style and labels.SIGNS[name])


def test_the_page_says_what_it_leaves_out() -> None:
    many = (document("x", id=f"d{number}") for number in range(MOST_DOCUMENTS))
    page = report_page([*many, document(events=(CALL,), id="told")], title="store")
    data = json.loads(Elements(page).scripts[0])
    assert "1,000 of 1,001 documents" in page
    assert len(data) == MOST_DOCUMENTS
    assert "told" in {row["id"] for row in data}


def test_the_page_draws_documents_by_date() -> None:
    page = report_page(
        [
            document(id="late", published="2019-05-01"),
            document(id="none", published=None),
            document(id="early"),
        ],
        title="store",
    )
    assert [row["id"] for row in json.loads(Elements(page).scripts[0])] == ["early", "late", "none"]


def test_an_empty_store_gives_a_page(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty.duckdb") as store:
        write_report(store, tmp_path / "report.html")
    assert "No event has two parties." in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.duckdb") as store, pytest.raises(SettingsError, match="name another file"):
        write_report(store, tmp_path)


# --------------------------------------------------------------------------- the terminal


def test_a_document_is_printed_with_numbered_events_and_the_list_beneath() -> None:
    output = printed(document(events=(DENIED, CALL)))
    assert "had shelled Grauburg[1]." in output
    assert "called for talks[2]" in " ".join(output.split())
    assert "Ruritania (RUR) → Grauburg" in output
    assert "denied by Ruritania" in output
    assert "2019-04-30 (day) · confidence 0.80 · pattern shell" in output


def test_statements_are_bracketed_in_the_text_and_listed_beneath() -> None:
    output = printed(document(NESTED, statements=(OUTER, INNER)))
    assert "AP reported ‹that an aide said ‹that the army had fired›s2›s1." in output
    assert "s1 AP says" in " ".join(output.split())
    assert "s2 an aide says indirect · “said” · reported in s1" in " ".join(output.split())


def test_a_chain_and_what_disputes_an_event_are_printed_under_it() -> None:
    claimants = [entity("Lutha") | {"cue": None}, entity("Ruritania") | {"cue": span("denied")}]
    row = DENIED | {"claimants": claimants, "disputes": [span("called for talks") | {"id": CALL["id"]}]}
    output = printed(document(events=(row, CALL)))
    assert "denied by Ruritania, according to Lutha" in output
    assert "Lutha › Ruritania (“denied”)" in output
    assert "disputed by 2: “called for talks”" in output


def test_a_document_cannot_drive_the_terminal() -> None:
    text = "A \x1b[2Jcleared \x9b31m screen \u202etxt"
    said = statement("A \x1b[2J", "\x9b31m", "screen \u202etxt", text=text)
    disputed = event("cleared", text=text, disputes=[span("\u202etxt", text) | {"id": said["id"]}])
    output = printed(document(text, (disputed,), statements=(said,), title="\x1b]0;owned\x07"))
    assert not set(output) & set("\x1b\x9b\x07\u202e")
    assert "cleared" in output


def test_a_document_without_events_says_so() -> None:
    assert "No event was read in this document." in printed(document())


def test_square_brackets_in_a_text_are_text() -> None:
    assert "[bold]We[/bold] demand" in printed(document("[bold]We[/bold] demand", title="[red]x[/red]"))
