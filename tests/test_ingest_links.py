"""Links, forms and captions inside the text of articles are set apart, and nothing else of the text is."""

from __future__ import annotations

import pytest

from communique.ingest import document_from_text
from communique.records import CODED_BLOCKS, BlockKind, Document

OPENING = "Ostrava recalled its ambassador to Varania on Monday after talks about the lake had failed."
CLOSING = "The two countries share the lake and have quarrelled over its water for decades."
CAPITALS = "VARANIA TEST-FIRES TWO MISSILES OVER THE LAKE"


def coded(document: Document) -> list[str]:
    return [b.span.of(document.text) for b in document.blocks if b.kind in CODED_BLOCKS]


def kind_of(document: Document, words: str) -> BlockKind:
    return next(b.kind for b in document.blocks if words in b.span.of(document.text))


def between(*paragraphs: str) -> Document:
    return document_from_text("\n\n".join((OPENING, *paragraphs, CLOSING)))


# --------------------------------------------------------------------------- titles glued into a sentence


@pytest.mark.parametrize(
    ("paragraph", "news"),
    [
        (
            "The plan of Senator Ann Berg Ann Mary BergRebels threaten to storm the port Army blames Varania for raid "
            "MORE (R-Alder) was rejected.",
            ["The plan of Senator Ann Berg", "(R-Alder) was rejected."],
        ),
        (
            "Two aides of Karl Lind Karl (Kalle) Otto LindTen killed in raid: report MORE and Eva McRae Eva Lou "
            "McRaeOn the money: Talks fail MORE’s lawyer left on Friday.",
            ["Two aides of Karl Lind", "and Eva McRae", "’s lawyer left on Friday."],
        ),
        (
            "Speaker Paul Moor Paul David Moor Retirees attack the plan Army leaves the valley MORE met the envoys.",
            ["Speaker Paul Moor", "met the envoys."],
        ),
        (
            "He thanked George MarlowGeorge Dean MarlowThe morning report: Rebels attack MORE, a former aide.",
            ["He thanked George Marlow", ", a former aide."],
        ),
        (
            "He blamed Karl Berg Jr. Karl (Kalle) Otto BergTen killed in raid: report MORE for the riot.",
            ["He blamed Karl Berg Jr.", "for the riot."],
        ),
        (
            "“We back President Berg Karl BergFive die in riot MORE,” the minister said.",
            ["“We back President Berg", ",” the minister said."],
        ),
    ],
)
def test_titles_glued_under_a_name_are_set_apart_and_every_word_of_the_sentence_is_kept(
    paragraph: str, news: list[str]
) -> None:
    document = between(paragraph)
    assert coded(document) == [OPENING, *news, CLOSING]
    assert {kind_of(document, part) for part in news} == {BlockKind.BODY}
    menus = [b for b in document.blocks if b.kind not in CODED_BLOCKS]
    assert all(b.kind is BlockKind.BOILERPLATE for b in menus)
    assert all(b.span.of(document.text).endswith("MORE") for b in menus)


def test_a_sentence_that_opens_the_text_with_a_glued_menu_is_no_headline_and_no_byline() -> None:
    text = f"President Berg Karl Otto BergTen killed in raid MORE met the envoys on Monday.\n\n{CLOSING}"
    document = document_from_text(text)
    assert [b.kind.value for b in document.blocks] == ["body", "boilerplate", "body", "body"]
    assert document.byline is None


def test_a_dateline_before_a_glued_menu_is_still_set_apart() -> None:
    document = between("GENEVA – Envoy Karl Berg Karl Otto BergTen killed in raid MORE met both sides.")
    assert kind_of(document, "GENEVA") is BlockKind.BOILERPLATE
    assert "Envoy Karl Berg" in coded(document)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Our allies must pay MORE, and we must pay LESS,” the president wrote.",
        "BuzzFeed and WikiLeaks asked President Karl Berg for MORE papers about the raid.",
        "Karl Berg and his son Karl Otto Berg asked for MORE papers about the raid.",
        "THE DAM OF ALDER AND DAMMED LAKES, HE SAID, COST FAR MORE THAN THE ARMY DID; the envoys left.",
        "The LakeCare plan of Ann Berg, he wrote, costs MORE than the army.",
    ],
)
def test_a_word_in_capitals_or_a_name_with_a_glue_is_no_menu(paragraph: str) -> None:
    assert coded(between(paragraph)) == [OPENING, paragraph, CLOSING]


# --------------------------------------------------------------------------- lines in capitals


@pytest.mark.parametrize("line", [CAPITALS, "‘OUR HANDS ARE TIED’", "TALKS IN THE U.S.", "WHO IS TO BLAME?"])
def test_a_line_in_capitals_between_paragraphs_is_a_link_or_a_heading_and_not_coded(line: str) -> None:
    assert kind_of(between(line), line) is BlockKind.BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "“VARANIA WILL PAY A HIGH PRICE FOR THIS!”",
        "WE WILL LEAVE THE LAKE.",
        "KARL BERG, AN ENVOY IN GENEVA:",
        "AND " * 30 + "AGAIN",
    ],
)
def test_a_line_in_capitals_that_is_a_sentence_a_speaker_or_long_stays(line: str) -> None:
    assert line in coded(between(line))


def test_the_headline_in_capitals_stays_the_headline() -> None:
    document = document_from_text(f"{CAPITALS}\n\n{OPENING}\n\n{CLOSING}")
    assert kind_of(document, CAPITALS) is BlockKind.HEADLINE


def test_a_text_that_is_in_capitals_keeps_all_its_paragraphs() -> None:
    paragraphs = [OPENING.upper(), "THE ARMY LEFT THE VALLEY", CLOSING.upper()]
    assert coded(document_from_text("\n\n".join(paragraphs))) == paragraphs


def test_a_text_largely_in_capitals_keeps_them_though_a_paragraph_is_not() -> None:
    paragraphs = [OPENING, "THE ARMY LEFT THE VALLEY", CLOSING.upper(), "TALKS GO ON AT THE LAKE"]
    assert coded(document_from_text("\n\n".join(paragraphs))) == paragraphs


# --------------------------------------------------------------------------- forms, galleries, captions, posts


@pytest.mark.parametrize(
    "line",
    [
        "Image copyright Lake Press Image caption Troops near the port",
        "Media playback is unsupported on your device Media caption The raid explained",
        "Slideshow (3 Images)",
        "FILE PHOTO: The minister waves before he attacks his rival in a speech in Port Alder",
        "Story Continued Below",
        "Get the Lake Stories you care about delivered to your inbox. By signing up, you agree to our Privacy Policy",
        "Enlarge this image toggle caption Ann Lee/AP Ann Lee/AP",
        "Advertisement",
        "Read More: Army Leaves the Valley",
        "Click for more from The Lake Press.",
        "End of Twitter post by @kberg",
        "Newsletter Sign Up Please verify you're not a robot by clicking the box. "
        + "You agree to receive updates and special offers of the paper. " * 8,
        "Photos: The raid Photos: The raid Troops storm the port. Hide Caption 1 of 9 "
        + "Photos: The raid Rebels attack the bridge. Hide Caption 2 of 9 " * 8,
        "Police guard the port of Alder. Photographer: Bo Ek/Getty Images",
        "In this May 4, 2019 file photo, Gen. Ann Berg threatens Varania.",
    ],
)
def test_furniture_between_paragraphs_is_not_coded_whatever_happens_in_it(line: str) -> None:
    assert coded(between(line)) == [OPENING, CLOSING]


def test_the_label_of_an_embedded_post_is_set_apart_from_its_words() -> None:
    post = "The lake is ours. — Karl Berg (@kberg) March 9, 2021"
    document = between(f"Skip Twitter post 2 by @kberg {post}")
    assert kind_of(document, "Skip Twitter") is BlockKind.BOILERPLATE
    assert kind_of(document, post) is BlockKind.QUOTE_CARD
    assert coded(document) == [OPENING, post, CLOSING]
