"""What a saved page becomes: blocks, headline, date, languages, repeats, teasers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ingest import document_from_text, read
from communique.ingest.documents import documents
from communique.ingest.languages import language_of
from communique.records import Block, BlockKind, Document, RawItem

DATA = Path(__file__).parent / "data" / "ingest"
COUNTED = "he she they it but however also meanwhile this".split()


def page(text: str) -> Document:
    """Return the one document of a saved page."""
    found = [d for d in documents(RawItem("page.txt", text)) if isinstance(d, Document)]
    assert len(found) == 1
    return found[0]


def file(name: str) -> list[Document]:
    return [d for d in read([str(DATA / name)]) if isinstance(d, Document)]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def block_with(document: Document, words: str) -> Block:
    return next(b for b in document.blocks if words in b.span.of(document.text))


def test_a_saved_page_keeps_its_text_and_tells_news_from_furniture() -> None:
    document = file("page.txt")[0]
    assert document.text == (DATA / "page.txt").read_bytes().decode()
    news = [text for kind, text in kinds(document) if kind in ("headline", "body", "quote-card")]
    assert [text[:30] for text in news] == [
        "Ostrava Expels Two Diplomats o",
        "Ostrava expelled two diplomats",
        "“We will answer in kind,” Fore",
        "No nos callarán: exigimos el r",
        "Ostrava expelled two diplomats",
        "The two have until Friday to l",
    ]
    assert ("caption", "Photo: Ana Ruiz/Lake Press") in kinds(document)


def test_a_saved_page_tells_title_byline_and_date_with_the_words_that_gave_it() -> None:
    document = file("page.txt")[0]
    assert document.title == "BREAKING: Ostrava Expels Two Diplomats of Varania"
    assert document.byline == "Ana Ruiz and Ben Lowe"
    assert document.published == "2021-03-09"
    assert document.published_evidence == "Published: March 9, 2021 14:05 GMT"
    assert document.publication is None


def test_a_repeated_sentence_is_cut_out_and_points_at_the_first() -> None:
    document = file("page.txt")[0]
    repeated = [b for b in document.blocks if b.repeats]
    assert len(repeated) == 1
    assert repeated[0].repeats
    assert repeated[0].repeats.of(document.text) == repeated[0].span.of(document.text)
    assert block_with(document, "until Friday").repeats is None


def test_a_spanish_post_in_an_english_page_is_a_quote_card_in_spanish_with_its_signature() -> None:
    document = file("page.txt")[0]
    card = block_with(document, "No nos callarán")
    assert (card.kind, card.language) == (BlockKind.QUOTE_CARD, "es")
    assert card.span.of(document.text).endswith("— Karl Berg (@kberg) March 9, 2021")
    assert document.language == "en"


def test_the_web_page_gives_the_same_article_with_its_metadata() -> None:
    document = file("page.html")[0]
    assert document.text.startswith(
        "Ostrava expels two diplomats\n\nOstrava expelled two diplomats of Varania"
    )
    assert document.blocks[0].kind is BlockKind.HEADLINE
    assert (document.publication, document.byline) == ("Lake Courier", "Ana Ruiz")
    assert document.published == "2021-03-09"
    assert document.published_evidence == "article:published_time: 2021-03-09T14:05:00Z"
    assert document.url == "https://courier.example/world/expelled"
    assert block_with(document, "No nos callarán").kind is BlockKind.QUOTE_CARD
    assert block_with(document, "No nos callarán").language == "es"
    assert "newsletter" not in document.text
    assert "Home" not in document.text


# --------------------------------------------------------------------------- pieces of a page


@pytest.mark.parametrize(
    ("line", "kind", "rest"),
    [
        ("date 2021-03-09 The army crossed the river.", "date 2021-03-09", "The army crossed the river."),
        ("OSTRAVA – Both sides met on Monday.", "OSTRAVA –", "Both sides met on Monday."),
        ("GENEVA (Lake Press) -- Both sides met.", "GENEVA (Lake Press) --", "Both sides met."),
        ("PORT ALDER, Talmora (AP) — Both sides met.", "PORT ALDER, Talmora (AP) —", "Both sides met."),
        ("MOSCOW, April 30 (Xinhua) -- Both sides met.", "MOSCOW, April 30 (Xinhua) --", "Both sides met."),
        ("(CNN) Both sides met on Monday in Geneva.", "(CNN)", "Both sides met on Monday in Geneva."),
        (
            "EXCLUSIVE: Both sides met on Monday in Geneva.",
            "EXCLUSIVE:",
            "Both sides met on Monday in Geneva.",
        ),
    ],
)
def test_what_stands_before_the_first_words_is_set_apart(line: str, kind: str, rest: str) -> None:
    found = kinds(page(f"Talks Open In The Old Town Hall\n\n{line}\n"))
    assert ("boilerplate", kind) in found
    assert ("body", rest) in found


@pytest.mark.parametrize(
    "line",
    [
        "SANTA RITA (CAPITAL OF THE NORTH) WAS TAKEN BY THE ARMY – AGAIN.",
        "UN peacekeepers – all of them volunteers – left the town.",
        "NATO (and its allies) met in Brussels on Monday.",
        "US-backed forces took the bridge on Sunday.",
        "By Monday Russian troops had left, the mayor said.",
        "March 3 was the day on which the truce began.",
    ],
)
def test_sentences_that_look_like_datelines_or_bylines_stay_whole(line: str) -> None:
    assert ("body", line) in kinds(page(f"Talks Open In The Old Town Hall\n\n{line}\n"))


def test_two_posts_on_one_line_are_two_quote_cards_and_the_rest_is_news() -> None:
    text = (
        "We will not sign. — Karl Berg (@kberg) March 9, 2021 Nor will we! — Eva Lund (@elund) March 10, 2021 "
        "Both posts were deleted later."
    )
    found = kinds(page(f"Ministers Quarrel Online Again\n\n{text}\n"))
    assert [kind for kind, _ in found] == ["headline", "quote-card", "quote-card", "body"]
    assert found[3][1] == "Both posts were deleted later."


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ministers of the two countries met on the island for the third time\n"
        "this year and agreed to open the border to farmers, traders and the sick\n"
        "before the end of the month, a statement of the two governments said on\n"
        "Friday.\n\n"
        "Nobody was hurt.\n"
    )
    assert [text[:12] for _, text in kinds(page(text))] == ["The minister", "Nobody was h"]


def test_a_short_last_line_ends_a_wrapped_paragraph_even_without_an_empty_line() -> None:
    text = (
        "THE MINISTERS\n"
        "OF THE TWO COUNTRIES (VARANIA AND OSTRAVA) MET ON THE ISLAND FOR THE\n"
        "THIRD TIME THIS YEAR AND AGREED TO OPEN THE BORDER TO FARMERS AND TO THE\n"
        "SICK BEFORE MAY.\n"
        "   A STATEMENT OF THE TWO GOVERNMENTS SAID THAT ENGINEERS OF BOTH SIDES\n"
        "WOULD MEASURE THE LAKE EACH MORNING - AN OLD WISH OF THE FISHERMEN OF\n"
        "BOTH SHORES.\n"
    )
    assert [(k, t[:12]) for k, t in kinds(page(text))] == [("body", "THE MINISTER"), ("body", "A STATEMENT ")]


def test_lines_that_end_as_sentences_end_are_not_joined() -> None:
    text = (
        "The ministers met on the island for the third time this year.\n"
        "They agreed to open the border to farmers before the month ends.\n"
        "A statement of the two governments was read on Friday.\n"
    )
    assert len(page(text).blocks) == 3


def test_links_under_related_go_with_it_until_the_text_resumes() -> None:
    text = (
        "The army left.\n\nRead more:\n\nWhy the army came\n\nWho pays\n\nThe mayor thanked the mediators.\n"
    )
    assert [kind for kind, _ in kinds(page(text))] == [
        "body",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "body",
    ]


def test_a_second_article_below_the_first_keeps_its_headline_and_the_document_stays_one() -> None:
    text = (
        "The army left the town on Monday, the mayor said.\n\nNobody was hurt in the withdrawal.\n\n"
        "Varania Advances In Talks With Ostrava\n\nThe ministers met for the second time, a spokesman said.\n"
    )
    document = page(text)
    assert [kind for kind, _ in kinds(document)] == ["body", "body", "headline", "body"]
    assert document.title is None


@pytest.mark.parametrize(
    ("page_text", "published", "evidence"),
    [
        ("OSLO, May 3, 2019 (Lake Press) — Both sides met.\n", "2019-05-03", "May 3, 2019"),
        ("Talks fail.\n\nUpdated on: 4 May 2019\n", "2019-05-04", "Updated on: 4 May 2019"),
        (
            "Talks fail.\n\nWe go. — Eva Lund (@elund) May 5, 2019\n",
            "2019-05-05",
            "— Eva Lund (@elund) May 5, 2019",
        ),
        ("OSLO, May 3 (Lake Press) — Both sides met.\n", None, None),
        ("On May 3, 2019, both sides met.\n", None, None),
    ],
)
def test_the_date_of_a_page_is_read_from_what_the_page_says_and_not_from_its_story(
    page_text: str, published: str | None, evidence: str | None
) -> None:
    document = page(page_text)
    assert (document.published, document.published_evidence) == (published, evidence)


# --------------------------------------------------------------------------- repeats

FIRST = "Former president Mara Lind and Foreign Minister Karl Berg invited both sides to resume talks in the old capital."


def repeated(first: str, second: str) -> list[str]:
    document = page(f"{first}\n\nNobody else spoke at the short meeting of the council.\n\n{second}\n")
    return [b.span.of(document.text) for b in document.blocks if b.repeats]


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        (FIRST, FIRST, [FIRST]),
        (FIRST, FIRST.replace("Karl Berg", "Berg"), [FIRST.replace("Karl Berg", "Berg")]),
        (
            FIRST,
            FIRST.replace("invited both", "invited the both"),
            [FIRST.replace("invited both", "invited the both")],
        ),
        (
            "“We will not sign a treaty that gives away the lake of our fathers,” Minister Berg said in his post.",
            "“We will not sign a treaty that gives away the lake of our fathers,” he repeated later.",
            ["“We will not sign a treaty that gives away the lake of our fathers,” he repeated later."],
        ),
        (
            FIRST,
            FIRST[:-1] + ", while the lake commission welcomed the step.",
            [FIRST[:-1] + ","],
        ),
        (
            FIRST,
            FIRST + " The commission welcomed the step.",
            [FIRST],
        ),
        (
            "The negotiations over the northern lake will begin on Monday in Geneva.",
            "The negotiatons over the northern lake will begin on Monday in Geneva.",
            ["The negotiatons over the northern lake will begin on Monday in Geneva."],
        ),
        (
            "A Varanian expert in water law has been named by the lake commission as its judge in the dispute.",
            "The judge starts in summer.nian expert in water law has been named by the lake commission as its judge.",
            ["nian expert in water law has been named by the lake commission as its judge."],
        ),
    ],
)
def test_the_same_words_again_are_marked_as_a_repeat(first: str, second: str, marked: list[str]) -> None:
    assert repeated(first, second) == marked


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Russia condemned the attack on the port of Alder.",
            "China condemned the attack on the port of Alder.",
        ),
        (
            "Russia condemned the attack on the port of Alder.",
            "Russia commended the attack on the port of Alder.",
        ),
        (
            "Police arrested 12 people in the port of Alder on Monday.",
            "Police arrested 19 people in the port of Alder on Monday.",
        ),
        (
            "The army will leave the valley before the end of May.",
            "The army will not leave the valley before the end of May.",
        ),
        (
            "Talks on the border treaty begin on Monday in the capital.",
            "Talks on the border treaty ended on Monday in the capital.",
        ),
        ("He said that the talks would go on.", "She said that the talks would go on."),
        (FIRST, FIRST.replace("Mara Lind", "Eva Lund")),
        (FIRST, FIRST.replace("both sides", "both sides and the Hill Front")),
        ("He thanked them.", "He thanked them."),
    ],
)
def test_sentences_that_are_only_alike_are_not_repeats(first: str, second: str) -> None:
    assert repeated(first, second) == []


def test_a_post_that_is_partly_repeated_stays_whole_with_its_signature() -> None:
    text = (
        "“We will never again sign such a treaty,” the minister wrote.\n\n"
        "We will never again sign such a treaty. The lake is ours. — Karl Berg (@kberg) March 9, 2021\n"
    )
    document = page(text)
    assert len(document.blocks) == 2
    assert document.blocks[1].repeats is None


# --------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("passage", "language"),
    [
        ("The ministers met in Geneva and agreed to open the border.", "en"),
        ("Saludamos al pueblo hermano y exigimos respeto.", "es"),
        ("Rechazamos las sanciones contra Venezuela", "es"),
        ("Hoy nos reunimos con el canciller en la capital #Paz — Eva Lund (@elund) May 5, 2019", "es"),
        ("Se suspendió la reunión prevista para hoy", "es"),
        ("O presidente se reuniu com o chanceler", "pt"),
        ("Nous condamnons fermement cette attaque", "fr"),
        ("Wir verurteilen den Angriff auf die Zivilbevölkerung", "de"),
        ("Мы осуждаем этот удар по городу", "ru"),
        ("نحن ندين هذا الهجوم", "ar"),
        ("Maduro Visits La Paz", None),
        ("El Salvador, Los Zetas And El Chapo", None),
        ("Diosdado Cabello: Guaidó Es Nada, Says PSUV", None),
        ("Sendero Luminoso Attack Kills Four", None),
        ("Madrid", None),
        ("Washington Is Trying To Divide Ostrava", "en"),
    ],
)
def test_the_language_of_a_passage_is_told_or_left_open(passage: str, language: str | None) -> None:
    assert language_of(passage) == language


# --------------------------------------------------------------------------- teasers


def test_an_archive_page_with_dates_becomes_a_dated_document_a_teaser() -> None:
    found = file("archive.txt")
    assert [d.title for d in found] == [
        "Ministers Sign Water Treaty After Nine Years",
        "Ostrava Recalls Ambassador Over Dam",
        "Farmers Block Border Road For Third Day",
        "Lake Commission Warns Of Lowest Level Since 1950",
    ]
    assert [d.published for d in found] == ["2021-03-04", "2021-02-27", "2021-02-25", "2021-02-20"]
    assert [d.byline for d in found] == ["Ana Ruiz", "Ben Lowe", "Ana Ruiz", "Ben Lowe"]


def test_the_source_of_a_teaser_tells_where_in_the_page_it_stands() -> None:
    text = (DATA / "archive_bare.txt").read_bytes().decode()
    for document in file("archive_bare.txt"):
        start = int(document.source.rpartition("#")[2])
        assert text[start : start + len(document.text)] == document.text
        assert document.blocks[-1].kind is BlockKind.TEASER


def test_a_teaser_that_lost_its_headline_is_a_document_without_a_title() -> None:
    found = file("archive_bare.txt")
    assert len(found) == 8
    untitled = [d for d in found if d.title is None]
    assert [d.text[:17] for d in untitled] == ["Three boats of th"]


def test_a_web_page_of_teasers_becomes_a_document_a_teaser_with_its_headline() -> None:
    blocks = (DATA / "archive_bare.txt").read_text(encoding="utf-8").split("\n\n")[:12]
    items = "".join(
        f"<article><h2><a href='/{n}'>{head}</a></h2><span class='date'>May {n + 1}, 2021</span><p>{teaser}</p></article>"
        for n, (head, teaser) in enumerate(zip(blocks[::2], blocks[1::2], strict=True))
    )
    markup = f"<html><body><nav><h2><a>Menu</a></h2></nav><h1>Tag: Talmora</h1>{items}<footer><p>x</p></footer></body></html>"
    found = [d for d in documents(RawItem("tag.html", markup, markup=True)) if isinstance(d, Document)]
    assert [d.title for d in found] == blocks[::2]
    assert found[0].published == "2021-05-01"


def test_an_article_with_subheadings_is_not_cut_into_teasers() -> None:
    assert len(file("subheadings.txt")) == 1


def test_a_listicle_is_not_cut_into_teasers() -> None:
    items = [
        f"{n}. The {w} Question That Nobody Asks\n\nThe ministers of the two countries have met {n} times.\n"
        for n, w in enumerate("First Second Third Fourth Fifth Sixth".split(), 1)
    ]
    assert len([page("Six Questions About The Lake\n\n" + "\n".join(items))]) == 1


def test_sections_that_point_back_at_one_story_are_not_teasers() -> None:
    items = [
        f"The Treaty And Its {w} Enemies Abroad\n\n{lead.capitalize()} was the view of the mediators, who left on Monday.\n"
        for w, lead in zip("First Second Third Fourth Fifth Sixth".split(), COUNTED, strict=False)
    ]
    assert len([page("The Long Road To A Treaty\n\n" + "\n".join(items))]) == 1


# --------------------------------------------------------------------------- texts given by a program


def test_a_text_given_by_a_program_is_kept_to_the_letter() -> None:
    text = "  \r\nOstrava Expels Diplomats\r\n\r\nThe two\u00a0left on Friday. \n"
    document = document_from_text(
        text, title="Ostrava Expels Diplomats", date="2021-03", publication="Lake Courier"
    )
    assert document.text == text
    assert (document.published, document.published_evidence) == ("2021-03", "date: 2021-03")
    assert kinds(document)[0] == ("headline", "Ostrava Expels Diplomats")


def test_a_text_given_with_an_impossible_date_is_refused() -> None:
    with pytest.raises(ValueError, match="2021-13-01"):
        document_from_text("Talks fail.", date="2021-13-01")


def test_the_headline_that_runs_into_the_text_is_set_apart() -> None:
    document = document_from_text("Ostrava Recalls Its Ambassador From Varania. The ministry gave no reason.")
    assert [k for k, _ in kinds(document)] == ["headline", "body"]


LINES = st.sampled_from(
    [
        "Skip to content",
        "date 2021-03-09 The army left.",
        "OSLO – Talks resumed on Monday, while the others waited.",
        "Ostrava Recalls Ambassador Over Dam",
        "No nos callarán. — Karl Berg (@kberg) March 9, 2021 And more.",
        FIRST,
        FIRST[:-1] + ", while the lake commission welcomed it. Others did not.",
        "BREAKING: Talks fail in May.nian expert named by the commission.",
        "Subscribe to our newsletter",
        "• ",
        "\u200b",
        "By Ana Ruiz",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(LINES, st.text(max_size=30)), min_size=1, max_size=12),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_blocks_are_in_order_apart_and_leave_nothing_but_blanks_between(lines: list[str], end: str) -> None:
    text = end.join(lines)
    if not text.strip():
        return
    document = document_from_text(text)
    assert document.text == text
    assert all(a.span.end <= b.span.start for a, b in pairwise(document.blocks))
    covered = {n for b in document.blocks for n in range(b.span.start, b.span.end)}
    missed = [
        c for n, c in enumerate(text) if n not in covered and not c.isspace() and c not in "\u200b\ufeff"
    ]
    assert missed == []
