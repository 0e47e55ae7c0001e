"""The commands and their manual. Each loads what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from communique.cli import actor_commands, pattern_commands, statement_commands
from communique.errors import CommuniqueError, SettingsError
from communique.settings import Settings, default_workers, version

UNUSABLE = 2
BROKEN_PIPE = 141
"""What a shell gives a program whose reader has gone, as in `communique show d1 | head -1`."""


class Guarded(TyperGroup):
    """Turns the errors that communique raises on purpose into a message and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command. Nothing that a user can cause ends in a traceback."""
        try:
            return super().invoke(ctx)
        except CommuniqueError as error:
            from communique.cli.screen import complain

            complain(str(error))
            raise typer.Exit(UNUSABLE) from error
        except BrokenPipeError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE) from error


app = typer.Typer(
    cls=Guarded,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

app.add_typer(pattern_commands.app, name="patterns", short_help="Check a file of your own patterns.")
app.add_typer(actor_commands.app, name="actors", short_help="Look actors up, and keep a table of your own.")

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files, folders (with all below them), globs in quotes, or - for standard input.",
    ),
]
Mapped = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar="FIELD=NAME,...",
        help="What the columns or keys of your rows are called, where they differ: text=body,date=pub_date. "
        "Fields: id, text, title, date, url, publication, language.",
    ),
]
CodeOutput = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT",
        help="Where the records go: a file, or - for standard output. Without it: the store "
        "communique.duckdb in the working folder, or standard output for another --format.",
    ),
]
CodeFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="jsonl (one event a line), csv (flat, for spreadsheets), parquet, table (for the eye) or "
        "store. Without it, the ending of OUT decides: .jsonl, .csv, .parquet, .duckdb.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        help=f"Processes that code at the same time; each holds the models. [default: {default_workers()}]",
    ),
]
LeastConfidence = Annotated[
    float,
    typer.Option("--min-confidence", metavar="X", help="Leave out events less sure than X, from 0 to 1."),
]
Actors = Annotated[
    str | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="A CSV file of your own actors, which go before the program's; see communique actors.",
    ),
]
OwnPatterns = Annotated[
    list[str] | None,
    typer.Option(
        "--patterns",
        metavar="FILE",
        help="A TOML file of your own patterns, which go before the program's; may be given several times. "
        "communique patterns check FILE tries its examples.",
    ),
]
ReadBy = Annotated[
    str,
    typer.Option(
        "--reader",
        metavar="READER",
        help="What reads sentences: communique, its own model, or spacy:NAME, a spaCy pipeline that you have "
        "installed, by its name or folder.",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print no progress and no summary, only errors.")]
StorePath = Annotated[str, typer.Option("--store", metavar="STORE", help="The store to read.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {version()}")
        raise typer.Exit


@app.callback()
def communique(
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and stop."),
    ] = False,
) -> None:
    """Read political news and write down, as data, who did what to whom, when, where, and who says so.

    Every record quotes the words it was read from. Everything runs on this machine; nothing is sent anywhere.

    \b
    Start with:
      communique demo                             code the reports that come with the program
      communique code news/                       code a folder into the store communique.duckdb
      communique show TITLE                       one document with its events marked
      communique report communique.duckdb -o report.html

    Exit status of every command: 0 all went well; 1 some input was skipped, and the screen says why;
    2 the arguments, a file or the store cannot be used; 130 stopped by Ctrl-C.
    """


@app.command(short_help="Code news into event records.")
def code(  # noqa: PLR0913 (an option for each setting)
    paths: Paths,
    output: CodeOutput = None,
    format_: CodeFormat = None,
    mapping: Mapped = None,
    workers: Workers = None,
    min_confidence: LeastConfidence = 0.0,
    actors: Actors = None,
    patterns: OwnPatterns = None,
    reader: ReadBy = "communique",
    quiet: Quiet = False,
) -> None:
    """Code news into event records.

    Reads .txt, .html, .json, .jsonl and .csv (a document a row), .gz of these, and .zip. What cannot be read
    is skipped and recorded with its reason, and the rest is coded. Coding the same input again adds nothing
    to a store; a document that now reads differently has its records replaced.

    \b
    Examples:
      communique code news/
      communique code articles.csv --map text=body,date=pub_date -o events.jsonl
      communique code 'saved/*.html' page.txt --format table
      communique code news/ --actors mine.csv --patterns mine.toml
      cat page.txt | communique code - -o - | head -1

    A file is written as OUT.part and renamed when it is whole, so an earlier OUT stays until then. Ctrl-C
    ends a run in good order: what was coded so far is saved in the store, or is all of OUT. Of a store, a
    full disk costs no more than the last batch of documents.

    Exit status: 0 all was read; 1 some documents were skipped; 2 the arguments, the output or the store
    cannot be used; 130 stopped by Ctrl-C.
    """
    from communique.cli.coding import job, run

    count = default_workers() if workers is None else workers
    settings = Settings(
        workers=count,
        min_confidence=min_confidence,
        actors=actors,
        patterns=tuple(patterns or ()),
        reader=reader,
    )
    raise typer.Exit(run(job(paths, output, format_, parse_map(mapping), settings, quiet=quiet)))


def parse_map(text: str | None) -> dict[str, str]:
    """Return `text=body,date=pub_date` as a dictionary from our field to the user's."""
    from communique.cli.coding import parse_mapping

    return parse_mapping(text)


app.command(short_help="Write or list who said what.")(statement_commands.statements)


@app.command(short_help="Show a document with its events marked.")
def show(
    document: Annotated[
        str | None,
        typer.Argument(
            metavar="[DOCUMENT]",
            help="An id, the start of one, or a part of a title or file name. Without it: the list of documents.",
        ),
    ] = None,
    store: StorePath = "communique.duckdb",
) -> None:
    """Show a document with its events marked in the text, and the list of the events.

    Colours say what kind of event it is (verbal or material, cooperation or conflict); the numbers in the
    text are those of the list.

    \b
    Examples:
      communique show                             list the documents of communique.duckdb
      communique show d3f2                        by the start of an id
      communique show "peace talks" --store talks.duckdb

    Exit status: 0 shown; 2 there is no such store or document, or several fit.
    """
    from communique.cli.reading import show_document

    show_document(store, document)


@app.command(short_help="Write a store as one HTML page.")
def report(
    store: Annotated[str, typer.Argument(metavar="STORE", help="The store to read.")] = "communique.duckdb",
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="The page to write.")
    ] = "report.html",
) -> None:
    """Write a store as one HTML page: documents with marked evidence, a timeline, the actor pairs.

    The page needs no network and can be sent as it is. No text of a document can run as script in it.

    \b
    Examples:
      communique report
      communique report talks.duckdb -o talks.html

    Exit status: 0 written; 2 the store or the output cannot be used.
    """
    from communique.cli.reading import write_page

    write_page(store, output)


@app.command(short_help="Code the sample reports that come with the program.")
def demo(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="STORE", help="The store to write.")
    ] = "communique-demo.duckdb",
) -> None:
    """Code the sample reports that come with the program, and show what is in them.

    The reports are short and in the manner of outlets that disagree; outlets and unnamed bystanders are
    invented, what happened is public fact. Shows a record that is denied, one that is claimed and one that
    is called for, then the summary of all.

    \b
    Examples:
      communique demo
      communique show --store communique-demo.duckdb

    Exit status: 0 all was read; 1 some documents were skipped; 2 the store cannot be used.
    """
    from communique.cli.demonstration import demonstrate

    raise typer.Exit(demonstrate(output))


@app.command(short_help="Write how documents were read: tokens, trees, names.")
def analyse(
    paths: Paths,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="A file, or - for standard output.")
    ] = "-",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="jsonl (a document a line) or conllu. Without it: conllu if OUT ends so, else jsonl.",
        ),
    ] = None,
    pretokenised: Annotated[
        bool,
        typer.Option(
            "--pretokenised",
            help="PATH is CoNLL-U: keep its words and sentences, and write it back with our trees.",
        ),
    ] = False,
    mapping: Mapped = None,
    reader: ReadBy = "communique",
) -> None:
    """Write how each document was read: sentences, tokens with their tree, names, and whom they stand for.

    As jsonl, one object a line with id, text, sentences (tokens and entities), coreference (the mentions of one
    and the same) and cast. All offsets are characters of the text; head is the index of a token's head in its
    sentence, -1 for the root. As conllu, Universal Dependencies 2.

    \b
    Examples:
      communique analyse page.html
      communique analyse articles.jsonl -o readings.jsonl
      communique analyse words.conllu --pretokenised --format conllu -o trees.conllu

    Exit status: 0 all was read; 1 some documents were skipped; 2 the arguments or a CoNLL-U file cannot be used.
    """
    from communique.cli.analysing import task, write

    settings = Settings(reader=reader, coding=False)
    given = task(paths, output, format_, parse_map(mapping), settings, pretokenised=pretokenised)
    raise typer.Exit(write(given))


@app.command(short_help="Give a category to pairs that are marked already.")
def classify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSONL, a pair a line; - for standard input.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="A file, or - for standard output.")
    ] = "-",
) -> None:
    """Say what happened between two parties that are marked already.

    Each line has id, text, actor and recipient, the last two as [start, end] in characters of the text; a party
    that is missing is null. Each line of the output has id, category, mode (null where none is told) and
    confidence, the model's calibrated probability of its category.

    \b
    Examples:
      communique classify pairs.jsonl -o categories.jsonl
      communique classify - < pairs.jsonl | head -1

    Exit status: 0 all rows were classified; 1 some could not be used, and standard error says why; 2 a file or
    the model cannot be used.
    """
    from communique.cli.classifying import write_classes

    raise typer.Exit(write_classes(file, output))


@app.command(short_help="Score coded events against events coded by hand.")
def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="GOLD... CODED",
            help="Annotated documents, files or folders; last, the JSONL that communique code wrote.",
        ),
    ],
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="SPLIT", help="Only documents of this split: dev or train."),
    ] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Add precision and recall by confidence, for --min-confidence.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Score coded events against events coded by hand.

    Prints precision, recall and F1, with bootstrap intervals over documents, for events, categories, modes,
    status, auxiliary modes, participants, claimants and whole documents, and a table of what was taken for what.

    \b
    Examples:
      communique evaluate corpus/real coded.jsonl --split dev
      communique evaluate gold/ coded.jsonl --curve

    Exit status: 0 scored; 2 a file cannot be used, or no document is in both.
    """
    from communique.cli.reading import print_scores

    if len(paths) < 2:
        raise SettingsError("name the annotated documents and then the coded events: GOLD... CODED")
    if split not in (None, "dev", "train"):
        raise SettingsError(f"there is no split {split!r}; one of dev, train")
    print_scores(paths[:-1], paths[-1], split=split, curve=curve, as_json=as_json)
