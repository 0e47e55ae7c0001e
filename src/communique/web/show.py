"""A document in the terminal: its text with the events marked, and beneath it the list of the events."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from communique.records import BlockKind
from communique.store import StoredDocument
from communique.web import labels
from communique.web.labels import Row
from communique.web.marking import MarkedBlock, Piece, marked_blocks

QUAD_COLOURS = {1: "blue", 2: "green", 3: "yellow", 4: "red"}
STATUS_STYLES = {
    "reported": Style(underline=True),
    "claimed": Style(underline=True, italic=True),
    "denied": Style(strike=True),
    "called_for": Style(italic=True),
}
BLOCK_STYLES = {
    BlockKind.HEADLINE: Style(bold=True),
    BlockKind.CAPTION: Style(italic=True),
    BlockKind.BOILERPLATE: Style(dim=True),
}
UNPRINTABLE = dict.fromkeys(
    (*range(9), *range(11, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
)
"""Control characters, which could drive the terminal, and those that turn the direction of writing."""


def shown(document: StoredDocument) -> RenderableType:
    """Return a document for `rich.Console.print`: heading, marked text, list of events, legend.

    Colours say the quad; underlined is reported, slanted and underlined is claimed, struck through is
    denied, slanted is called for. The numbers in the text are those of the list.
    """
    events = document.events
    body = [Padding(_block(block, events), (0, 0, 1, 2)) for block in marked_blocks(document)]
    count = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    return Group(_heading(document), "", *body, Rule(count, style="dim"), _list(events), "", _legend())


def event_lines(event: Row, number: int | None = None) -> RenderableType:
    """Return one event as three lines: what and who, the quoted words and their standing, date and origin."""
    colour = QUAD_COLOURS.get(event["quad"], "default")
    first = Text.assemble((labels.what(event), f"bold {colour}"), "  ", clean(labels.who(event)))
    second = Text.assemble(f"“{clean(labels.quote(event))}”", "  ", (clean(labels.standing(event)), "italic"))
    third = Text(clean(labels.footing(event)), style="dim")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="dim", width=4)
    grid.add_column(overflow="fold")
    grid.add_row("" if number is None else str(number), Group(first, second, third))
    return grid


def clean(text: str) -> str:
    """Return text that is safe to print: control and direction characters become U+FFFD."""
    return text.translate(UNPRINTABLE)


def _heading(document: StoredDocument) -> RenderableType:
    facts = (document.publication, document.byline, document.published, document.language, document.url)
    lines = [
        Text(clean(document.title or "(no title)"), style="bold"),
        Text(clean(" · ".join(fact for fact in facts if fact)), style="dim"),
        Text(clean(f"{document.id}  {document.source}"), style="dim"),
    ]
    if document.copy_of:
        lines.append(Text(clean(f"repeats {document.copy_of}"), style="dim italic"))
    return Group(*(line for line in lines if line.plain))


def _block(block: MarkedBlock, events: tuple[Row, ...]) -> Text:
    dimmed = Style(dim=True) if block.repeats else Style()
    text = Text(style=BLOCK_STYLES.get(BlockKind(block.kind), Style()) + dimmed)
    for piece in block.pieces:
        text.append(clean(piece.text), style=_style(piece, events))
        if piece.ends:
            text.append("[" + ",".join(str(number + 1) for number in piece.ends) + "]", style="dim")
    return text


def _style(piece: Piece, events: tuple[Row, ...]) -> Style | None:
    if not piece.evidence:
        return None
    event = events[piece.evidence[0]]
    colour = Style(color=QUAD_COLOURS.get(event["quad"]), bold=True)
    return colour + STATUS_STYLES.get(event["status"], Style())


def _list(events: tuple[Row, ...]) -> RenderableType:
    if not events:
        return Text("No event was read in this document.", style="dim")
    return Group(*(event_lines(event, number) for number, event in enumerate(events, start=1)))


def _legend() -> Text:
    legend = Text()
    for quad, meaning in labels.QUADS.items():
        legend.append(f"{meaning}  ", style=f"bold {QUAD_COLOURS[quad]}")
    for status, style in STATUS_STYLES.items():
        legend.append(status.replace("_", " "), style=style)
        legend.append("  ")
    return legend
