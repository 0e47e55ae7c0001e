"""The manual of `communique actors` and its commands."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

Own = Annotated[
    str | None,
    typer.Option("--actors", metavar="FILE", help="Your own file of actors, looked through first."),
]


@app.callback()
def actors() -> None:
    """Look actors up in the tables of the program, and keep a table of your own.

    The tables say who is called what, which country and sector they belong to, and between which days. Your own
    is a CSV file with the columns name, kind, aliases, qid, code, sector, secondary, office, start, end, source;
    communique code --actors FILE reads it before the program's.

    \b
    Examples:
      communique actors find "Almagro" --on 2017-09-13
      communique actors check mine.csv

    Exit status: 0 done; 1 nothing found, or something left out; 2 the arguments or a file cannot be used.
    """


@app.command(short_help="Look an actor up by name.")
def find(
    words: Annotated[str, typer.Argument(metavar="NAME", help="A name, or some words of one.")],
    day: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="Only what held on this day: YYYY-MM-DD.")
    ] = None,
    own: Own = None,
) -> None:
    """Look an actor up by name: persons, organisations, states; accents and capitals make no difference.

    Prints a row for each term: id, name, country and sectors, office, first and last day. "open on DAY" means
    that no end was known on that day.

    \b
    Examples:
      communique actors find "Almagro" --on 2017-09-13
      communique actors find "frente amplio"

    Exit status: 0 found; 1 nobody is called so; 2 the day or the file cannot be used.
    """
    from communique.cli.actors import find as look_up

    raise typer.Exit(look_up(words, day, own))


@app.command(short_help="Show all that the tables hold on an actor.")
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id that communique actors find prints.")],
    own: Own = None,
) -> None:
    """Show all that the tables hold on an actor: names, terms in order, and where each is from.

    \b
    Examples:
      communique actors show Q58833335
      communique actors show VEN/justice-first

    Exit status: 0 shown; 2 no actor has this id, or the file cannot be used.
    """
    from communique.cli.actors import show as show_actor

    show_actor(id_, own)


@app.command(short_help="Check a file of your own actors.")
def check(file: Annotated[str, typer.Argument(metavar="FILE", help="The CSV file.")]) -> None:
    """Check a file of your own actors: codes, dates, ids, and that no two hold one office at once.

    \b
    Examples:
      communique actors check mine.csv

    Exit status: 0 all is right; 2 some rows are wrong, each named with file and line.
    """
    from communique.cli.actors import check as check_file

    check_file(file)


@app.command(short_help="Add a row to a file of your own actors.")
def add(  # noqa: PLR0913 (an option for each column)
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name as your records should have it.")],
    file: Annotated[str, typer.Option("--file", metavar="FILE", help="The file to add to.")] = "actors.csv",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="person, organisation or place.")] = "",
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="Country or other code of PLOVER: VEN, IGO.")
    ] = "",
    sector: Annotated[
        str, typer.Option("--sector", metavar="SECTOR", help="Sector of PLOVER: GOV, OPP.")
    ] = "",
    secondary: Annotated[
        str, typer.Option("--secondary", metavar="SECTORS", help="Other sectors, with | between them.")
    ] = "",
    aliases: Annotated[
        str, typer.Option("--aliases", metavar="NAMES", help="Other names, with | between them.")
    ] = "",
    office: Annotated[str, typer.Option("--office", metavar="TITLE", help="The office held.")] = "",
    start: Annotated[str, typer.Option("--start", metavar="DAY", help="First day, month or year.")] = "",
    end: Annotated[str, typer.Option("--end", metavar="DAY", help="Last day, month or year.")] = "",
    qid: Annotated[str, typer.Option("--qid", metavar="QID", help="The Wikidata id.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where you know it from.")] = "",
) -> None:
    """Add a row to a file of your own actors, which is made if it is not there. A wrong row is refused.

    Without --kind, who has an office is a person and all others are organisations.

    \b
    Examples:
      communique actors add "Ana Roca" --code VEN --sector OPP --office "Party leader" --start 2019-01-05
      communique actors add "Blue Front" --code COL --sector REB --aliases "FA|Frente Azul" --file mine.csv

    Exit status: 0 added; 2 the row or the file cannot be used.
    """
    from communique.cli.actors import add as add_row

    row = {
        "name": name, "kind": kind, "aliases": aliases, "qid": qid, "code": code, "sector": sector,
        "secondary": secondary, "office": office, "start": start, "end": end, "source": source,
    }  # fmt: skip
    add_row(file, row)


@app.command("import", short_help="Turn PETRARCH or Phoenix actor dictionaries into a file of actors.")
def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="DICTIONARY", help="Files such as Phoenix.Countries.actors.txt.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="The CSV file to write, or -.")
    ] = "actors.csv",
) -> None:
    """Turn actor dictionaries of TABARI, PETRARCH or Phoenix into a file for communique code --actors.

    Dated codes become rows with days, CAMEO's countries and sectors PLOVER's, synonyms aliases. Agent
    dictionaries are not read: the program has its own role nouns.

    \b
    Examples:
      communique actors import Phoenix.Countries.actors.txt -o mine.csv
      communique actors check mine.csv

    Exit status: 0 all was written; 1 some codes were left out, each named with file and line; 2 a file cannot
    be used.
    """
    from communique.cli.actors import import_dictionaries

    raise typer.Exit(import_dictionaries(files, output))
