"""The manual of `communique statements`."""

from __future__ import annotations

from typing import Annotated

import typer

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH... | STORE",
        help="What to read: files, folders, globs, - for standard input; or a store that communique code wrote. "
        "[default: communique.duckdb]",
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="OUT", help="A file, or - for standard output, which it is unless given."
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="jsonl, csv, parquet or list (for the eye). Without it, the ending of OUT decides; without OUT it is list "
        "for a store, and jsonl for news.",
    ),
]
Speaker = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Of a store: only what this source says; accents do not matter."
    ),
]
Matter = Annotated[
    str | None,
    typer.Option(
        "--about",
        metavar="WHAT",
        help="Of a store: only statements about a category of events, written in capitals (CONSULT), or with these words.",
    ),
]
Mapped = Annotated[
    str | None,
    typer.Option("--map", metavar="FIELD=NAME,...", help="For news, as for communique code."),
]


def statements(
    sources: Sources = None,
    output: Output = None,
    format_: Format = None,
    by: Speaker = None,
    about: Matter = None,
    mapping: Mapped = None,
) -> None:
    """Write who said what: every attributed utterance, whether or not it is an event.

    Of news, reads it and writes its statements. Of a store, lists the statements in it, those of one source
    or about one thing if you ask so: each word begins a word of the source's name, or of what is said.

    \\b
    Examples:
      communique statements news/ -o statements.jsonl
      communique statements talks.duckdb --by "Nicolás Maduro" --about CONSULT
      communique statements --by maduro --about "prisoners release" --format csv -o said.csv

    Exit status: 0 written or listed; 1 some documents were skipped; 2 the arguments, the output or the store
    cannot be used.
    """
    from communique.cli.statements import Wanted, write

    raise typer.Exit(write(sources, output, format_, Wanted(by, about), mapping))
