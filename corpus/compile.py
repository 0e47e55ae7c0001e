"""Compiles coders' files into stand-off JSON, or only checks them.

    python -m corpus.compile --check /tmp/ann/a/*.ann        until nothing is left to mend
    python -m corpus.compile /tmp/ann/a/*.ann -o corpus/real

    python -m corpus.compile --check corpus/written/*.txt    written items

Every fault is printed as file:line. An error keeps the file from being written; a note does not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from communique.errors import CorpusError
from corpus import notation, standoff, texts, written
from corpus.assemble import Assembler, Row
from corpus.notation import Faults, Line


def compile_file(path: Path) -> tuple[Row | None, Faults]:
    """Return the stand-off row of a coder's file and what was found; None when there are errors."""
    faults = Faults(str(path))
    lines = notation.logical_lines(path.read_text(encoding="utf-8"))
    heads = {line.tag: line for line in lines if line.tag in ("DOC", "CODER")}
    document = _document(heads, faults)
    if document is None:
        return None, faults
    body = [line for line in lines if line.tag not in heads]
    coded = Assembler(document.text, faults).rows(body)
    if faults.errors:
        return None, faults
    listed = texts.listed().get(document.id)
    if listed is None:
        faults.note(1, f"{document.id} is not in corpus/lists/documents.txt")
    return {
        "doc": document.id,
        "source": document.source,
        "split": listed.split if listed else None,
        "sha256": document.sha256,
        "coder": heads["CODER"].fields[0] if "CODER" in heads else path.parent.name,
        **coded,
    }, faults


def _document(heads: dict[str, Line], faults: Faults) -> texts.SourceDocument | None:
    if "DOC" not in heads or not heads["DOC"].fields[0]:
        faults.error(1, "the first line is missing: DOC document-id")
        return None
    try:
        return texts.document(heads["DOC"].fields[0])
    except CorpusError as error:
        faults.error(heads["DOC"].number, str(error))
        return None


def summary(row: Row) -> str:
    """Return what a file holds, in one line, so that a coder sees at once what is missing."""
    counts = {key: len(row[key]) for key in standoff.LISTS}
    mentions = sum(len(actor["mentions"]) for actor in row["actors"])
    return f"{row['doc']}: " + ", ".join(f"{n} {key}" for key, n in counts.items()) + f", {mentions} mentions"


def check_written(path: Path) -> bool:
    """Print what is wrong with a file of written items and what it holds; say whether it is clean."""
    rows, faults = written.compile_file(path)
    sys.stdout.writelines(f"{fault}\n" for fault in faults.found)
    categories = Counter(event["event"] for row in rows for event in row["events"])
    kinds = Counter(row["kind"] for row in rows)
    shown = ", ".join(f"{count} {name}" for name, count in (*kinds.items(), *categories.most_common()))
    sys.stdout.write(f"{'errors in' if faults.errors else 'ok'} {path}: {shown}\n")
    return not faults.errors


def check_coded(path: Path, out: Path | None) -> bool:
    """Compile a coder's file, into the folder `out` if given; say whether it is clean."""
    row, faults = compile_file(path)
    sys.stdout.writelines(f"{fault}\n" for fault in faults.found)
    if row is None:
        return False
    sys.stdout.write(f"ok {summary(row)}\n")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{row['doc']}.json").write_text(standoff.dumps(row), encoding="utf-8")
    return True


def main() -> int:
    """Compile or check the files of the command line; return 1 if any has an error."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("-o", "--out", type=Path, help="folder for the JSON files")
    parser.add_argument("--check", action="store_true", help="only check")
    arguments = parser.parse_args()
    if not arguments.check and arguments.out is None:
        parser.error("say where to write with -o FOLDER, or --check")
    missing = [str(path) for path in arguments.files if not path.is_file()]
    if missing:
        parser.error(f"no file {', '.join(missing)}")
    out = None if arguments.check else arguments.out
    clean = [
        check_written(path) if path.suffix == ".txt" else check_coded(path, out) for path in arguments.files
    ]
    if not all(clean):
        sys.stdout.write(f"{clean.count(False)} of {len(clean)} files have errors\n")
    return 0 if all(clean) else 1


if __name__ == "__main__":
    raise SystemExit(main())
