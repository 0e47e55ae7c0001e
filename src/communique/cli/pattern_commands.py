"""The manual of `communique patterns` and its command."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


@app.callback()
def patterns() -> None:
    """Extend the coder without training: patterns in a TOML file of your own, with examples that are its tests.

    A pattern gives words a category or mode, PLOVER's or one of your own, or says that they are no event;
    communique code --patterns FILE reads it before the program's. docs/patterns.md explains the format.

    \b
    Examples:
      communique patterns check mine.toml
      communique code news/ --patterns mine.toml

    Exit status: 0 done; 1 an example is coded otherwise; 2 the file cannot be used.
    """


@app.command(short_help="Try the examples of a file of your own patterns.")
def check(files: Annotated[list[str], typer.Argument(metavar="FILE", help="The TOML files.")]) -> None:
    """Try the examples of your own patterns: each `yes` must be coded as its pattern says, and no `no`.

    \b
    Examples:
      communique patterns check mine.toml

    Exit status: 0 all examples hold; 1 some do not, each named; 2 a file cannot be used.
    """
    from communique.cli.patterns import check as try_examples

    raise typer.Exit(try_examples(files))
