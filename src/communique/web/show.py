"""A document in the terminal: its text with events and statements marked, and beneath it the lists of both."""

from __future__ import annotations

from collections.abc import Mapping

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
SAID_STYLES = {
    "content": Style(),
    "addressee": Style(color="cyan"),
    "source": Style(color="cyan", bold=True),
    "cue": Style(color="cyan", italic=True),
}
OPENS, CLOSES = "‹", "›"
"""Round what is said; the statement's number follows the second."""
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
    """Return a document for `rich.Console.print`: heading, marked text, events, statements, legend.

    Colours say the quad; underlined is reported, slanted and underlined is claimed, struck through is
    denied, slanted is called for, and the list says it in words. What is said stands in ‹ ›, within each
    other where one statement reports another; its source is bold and its cue slanted, in a colour of their
    own. The numbers in the text are those of the lists: [1] an event, s1 a statement.
    """
    events, said = document.events, document.statements
    called = labels.numbers(events, said)
    body = [Padding(_block(block, events), (0, 0, 1, 2)) for block in marked_blocks(document)]
    return Group(
        _heading(document),
        "",
        *body,
        Rule(_counted(len(events), "event"), style="dim"),
        _list(events, called),
        "",
        Rule(_counted(len(said), "statement"), style="dim"),
        *(_statement(row, called) for row in said),
        "",
        _legend(),
    )


def event_lines(
    event: Row, number: int | None = None, called: Mapping[str, str] | None = None
) -> RenderableType:
    """Return one event in lines: what and who, the quoted words and their standing, date and origin.

    Where one source reports another, the chain follows, outermost first; then what disputes the event, by the
    numbers of the document's records in `called`.
    """
    colour = QUAD_COLOURS.get(event["quad"], "default")
    lines = [
        Text.assemble((labels.what(event), f"bold {colour}"), "  ", clean(labels.who(event))),
        Text.assemble(f"“{clean(labels.quote(event))}”", "  ", (clean(labels.standing(event)), "italic")),
        Text(clean(labels.footing(event)), style="dim"),
    ]
    if len(event["claimants"] or ()) > 1:
        lines.insert(2, Text(clean(labels.chain(event)), style="dim"))
    for other, words in labels.disputes(event, called or {}):
        lines.append(Text.assemble(("disputed by ", "bold"), other, f": “{clean(words)}”"))
    return _numbered("" if number is None else str(number), Group(*lines))


def _numbered(number: str, content: RenderableType) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="dim", width=4)
    grid.add_column(overflow="fold")
    grid.add_row(number, content)
    return grid


def _statement(row: Row, called: Mapping[str, str]) -> RenderableType:
    """One statement in a line: who does what to whom with words, and how; the words stand in the text."""
    line = Text.assemble((clean(labels.saying(row)), "cyan"), "  ")
    return _numbered(called[row["id"]], line.append(clean(labels.manner(row, called)), style="dim"))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


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
        text.append(OPENS * len(piece.opens), style="cyan")
        text.append(clean(piece.text), style=_style(piece, events))
        if piece.ends:
            text.append("[" + ",".join(str(number + 1) for number in piece.ends) + "]", style="dim")
        for number in piece.closes:
            text.append(f"{CLOSES}s{number + 1}", style="cyan")
    return text


def _style(piece: Piece, events: tuple[Row, ...]) -> Style:
    """How a piece looks: as the first event that it is evidence of, else as its part in a statement."""
    if not piece.evidence:
        return Style.combine([Style(), *(SAID_STYLES[part] for _, part in piece.said)])
    event = events[piece.evidence[0]]
    colour = Style(color=QUAD_COLOURS.get(event["quad"]), bold=True)
    return colour + STATUS_STYLES.get(event["status"], Style())


def _list(events: tuple[Row, ...], called: Mapping[str, str]) -> RenderableType:
    if not events:
        return Text("No event was read in this document.", style="dim")
    return Group(*(event_lines(event, number, called) for number, event in enumerate(events, start=1)))


def _legend() -> Text:
    legend = Text()
    for quad, meaning in labels.QUADS.items():
        legend.append(f"{meaning}  ", style=f"bold {QUAD_COLOURS[quad]}")
    for status, style in STATUS_STYLES.items():
        legend.append(status.replace("_", " "), style=style)
        legend.append("  ")
    for part in ("source", "cue"):
        legend.append(part, style=SAID_STYLES[part]).append("  ")
    return legend.append(f"{OPENS}what is said{CLOSES}", style="cyan")
