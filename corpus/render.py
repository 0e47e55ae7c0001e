"""Shows documents as numbered sentences, the form in which coders read them.

python -m corpus.render wn_004Gt3gcsotuiYmz
python -m corpus.render --batch 3
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from communique.errors import CommuniqueError
from corpus import texts
from corpus.sentences import split
from corpus.texts import SourceDocument


def lines(document: SourceDocument) -> Iterator[str]:
    """Yield the head of a document and its sentences, `7 words`; a blank line opens each paragraph."""
    facts = (document.source, document.outlet, document.date or "no date", f"{len(document.text)} characters")
    yield f"===== DOC {document.id}"
    yield " · ".join(fact for fact in facts if fact)
    if document.title and document.title not in document.text:
        yield f"0 [title, not in the text: not coded] {document.title}"
    for sentence in split(document.text):
        if sentence.opens_paragraph:
            yield ""
        yield f"{sentence.number} {' '.join(sentence.span.of(document.text).split())}"
    yield ""


def wanted(names: list[str], batch: str | None) -> list[str]:
    """Return the document ids asked for, by name or by batch."""
    if batch is None:
        return names
    known = texts.batches()
    if batch not in known:
        raise CommuniqueError(
            f"no batch {batch!r}; batches are {min(known, key=int)} to {max(known, key=int)}"
        )
    return [*names, *known[batch]]


def main() -> int:
    """Print the documents of the command line; return 1 and say why if one is unknown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="*", metavar="DOC")
    parser.add_argument("--batch", help="number of a batch in corpus/lists/batches.json")
    parser.add_argument("--ids", action="store_true", help="print the document ids only")
    arguments = parser.parse_args()
    try:
        for doc_id in wanted(arguments.documents, arguments.batch):
            shown = [doc_id] if arguments.ids else lines(texts.document(doc_id))
            sys.stdout.writelines(f"{line}\n" for line in shown)
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
