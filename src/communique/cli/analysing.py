"""What `communique analyse` does: write how documents, or sentences of given words, were read."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from communique.cli.files import STANDARD, check_output, opened
from communique.cli.screen import complain
from communique.errors import InputError, SettingsError
from communique.export import analysis_row
from communique.records import Coded, Skipped
from communique.settings import Settings

FORMATS = ("jsonl", "conllu")
SENTENCES_AT_A_TIME = 1000
"""Given sentences read together, so that those of like length meet in a batch."""


@dataclass(frozen=True, slots=True)
class Analyses:
    """What is to be read, and how it is written."""

    paths: tuple[str, ...]
    output: str
    format: str
    pretokenised: bool
    mapping: Mapping[str, str]
    settings: Settings


def task(
    paths: Sequence[str],
    output: str,
    format_: str | None,
    mapping: Mapping[str, str],
    settings: Settings,
    *,
    pretokenised: bool,
) -> Analyses:
    """Check the arguments of `communique analyse`. Raises SettingsError on what cannot be used."""
    if output != STANDARD:
        check_output(output, paths)
    given = format_ or ("conllu" if pretokenised or output.endswith(".conllu") else "jsonl")
    if given not in FORMATS:
        raise SettingsError(f"there is no format {given!r} for analyses; one of {', '.join(FORMATS)}")
    if pretokenised and given != "conllu":
        raise SettingsError(
            "--pretokenised reads CoNLL-U and writes it back; leave out --format, or say conllu"
        )
    if not pretokenised and any(path.removesuffix(".gz").endswith(".conllu") for path in paths):
        raise SettingsError(
            "a .conllu file holds words, not text; add --pretokenised to keep them as they are"
        )
    return Analyses(tuple(paths), output, given, pretokenised, mapping, settings)


def write(analyses: Analyses) -> int:
    """Write the readings, and return 1 if something was skipped."""
    with opened(analyses.output) as out:
        if analyses.pretokenised:
            _write_given(analyses, out)
            return 0
        return _write_documents(analyses, out)


def _write_documents(analyses: Analyses, out: TextIO) -> int:
    from communique import ingest
    from communique.language.conllu import written
    from communique.pipeline import Coder

    skipped = 0
    documents = ingest.read(analyses.paths, mapping=analyses.mapping)
    for item in Coder(analyses.settings).code_documents(documents):
        if isinstance(item, Skipped):
            skipped += 1
            complain(f"skipped {item.source}: {item.reason}")
        else:
            out.write(_line(item) if analyses.format == "jsonl" else written(item.analysis))
    return 1 if skipped else 0


def _line(item: Coded) -> str:
    return json.dumps(analysis_row(item), ensure_ascii=False) + "\n"


def _write_given(analyses: Analyses, out: TextIO) -> None:
    """Write CoNLL-U files back, in order, with our trees on their words."""
    from communique.language import Reader
    from communique.language.conllu import read

    settings = analyses.settings
    reader: Reader | None = None
    for path in analyses.paths:
        with _lines(path) as lines:
            sentences = read(lines, path)
            while page := list(islice(sentences, SENTENCES_AT_A_TIME)):
                reader = reader or Reader.load(name=settings.reader, said=settings.coding)
                trees = reader.read_words([sentence.words for sentence in page])
                for sentence, tokens in zip(page, trees, strict=True):
                    out.write(sentence.with_tree(tokens))


@contextmanager
def _lines(path: str) -> Iterator[TextIO]:
    """Open a CoNLL-U file, `.gz` or plain, or standard input. Raises InputError if it cannot be read as text."""
    try:
        with _bytes(path) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="\n") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8, which CoNLL-U must be ({error.reason})") from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _bytes(path: str) -> BinaryIO:
    if path == STANDARD:
        return sys.stdin.buffer
    return cast(BinaryIO, gzip.open(path)) if path.endswith(".gz") else Path(path).open("rb")
