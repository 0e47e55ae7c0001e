"""Codes the documents of the corpus by program, under their own ids, for `communique.evaluate`.

    python -m corpus.coded corpus/real --split dev -o coded.jsonl
    python -m communique.evaluate corpus/real coded.jsonl --split dev

`-` as a folder stands for the written items; `--gold FILE` writes these, compiled, as rows that evaluation reads.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from communique import Coder
from communique.errors import CommuniqueError
from communique.export import event_row
from communique.ingest import document_from_text
from communique.records import Document
from corpus import standoff, texts, written

Row = dict[str, Any]


def annotated(folder: str, split: str | None) -> list[Row]:
    """Return the annotated documents of a folder, or the written items for `-`, of one split if given."""
    found = written.written()[0] if folder == "-" else [row for _, row in standoff.real(Path(folder))]
    return [row for row in found if split is None or row["split"] == split]


def uncoded(row: Row) -> Document:
    """Return the document of an annotated row as the program gets it, text unchanged."""
    if "text" in row:
        return document_from_text(row["text"], date=row["date"], id=row["doc"])
    source = texts.document(row["doc"])
    return document_from_text(
        source.text, title=source.title, date=source.date, publication=source.outlet, id=source.id
    )


def event_rows(documents: Iterable[Document], coder: Coder) -> Iterator[Row]:
    """Yield the events of documents, in order."""
    for document in documents:
        coded = coder.code(document)
        yield from (event_row(event, coded) for event in coded.events)


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSONL."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def main() -> int:
    """Code the documents of the command line; return 1 and say why if one cannot be read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="folder of annotated documents, or - for the written items")
    parser.add_argument("-o", "--out", type=Path, required=True, help="JSONL file for the events")
    parser.add_argument("--gold", type=Path, help="JSONL file for the annotations themselves")
    parser.add_argument("--split", choices=("dev", "train"))
    given = parser.parse_args()
    try:
        rows = annotated(given.folder, given.split)
        if given.gold is not None:
            write(given.gold, rows)
        write(given.out, event_rows(map(uncoded, rows), Coder()))
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
