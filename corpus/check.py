"""Checks the whole corpus, and fails with every fault named.

    python -m corpus.check               what must always hold
    python -m corpus.check --complete    that every count asked of the finished corpus is reached, too

Where the data folder is, offsets and hashes are checked against the texts; elsewhere the rest is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from communique.errors import CorpusError
from communique.ontology import plover
from corpus import likeness, rows, standoff, statistics, texts, written
from corpus.texts import Listed

Row = Mapping[str, Any]

DOUBLE = texts.ROOT / "corpus" / "double"
ASKED = {"real documents": 400, "dev documents": 100, "documents coded twice": 40}
ASKED_BY_SOURCE = {"world_news": 240, "latin_america_news": 70, "polnear_train": 50, "muc4_train": 40}
ASKED_WRITTEN = {"sentence": 1500, "report": 150, "pair": 200, "none": 400}
"""Pairs are counted as pairs; sentences are all items of one sentence, pairs and `none` among them."""
ASKED_OF_CATEGORY, ASKED_OF_MODE, ASKED_OF_AUXILIARY = 60, 15, 60
MOST_CHANGED = 4
"""Words that the members of a minimal pair may differ in, on the longer side: a negation with its auxiliary."""


# --------------------------------------------------------------------------- real documents


def check_real(documents: Sequence[tuple[Path, Row]], listed: Mapping[str, Listed]) -> Iterator[str]:
    """Yield the faults of annotated documents that can be seen without their texts."""
    for path, row in documents:
        try:
            yield from (f"{path.name}: {fault}" for fault in _real(path, row, listed))
        except (KeyError, TypeError) as error:
            yield f"{path.name}: not of the layout ({error!r}); compile it again"


def _real(path: Path, row: Row, listed: Mapping[str, Listed]) -> Iterator[str]:
    yield from rows.faults(row)
    if row["doc"] != path.stem:
        yield f"holds the document {row['doc']}"
    if row["source"] not in texts.SOURCES or row["source"] != texts.source_of(row["doc"]):
        yield f"source {row['source']!r} is not that of the id"
    if "text" in row:
        yield "holds the text, which is not ours to give: compile it again"
    if not re.fullmatch(r"[0-9a-f]{64}", row["sha256"]):
        yield "sha256 is not a hash"
    entry = listed.get(row["doc"])
    if entry is None:
        yield "is not in corpus/lists/documents.txt"
    elif entry.split != row["split"]:
        yield f"is {row['split']} here and {entry.split} in corpus/lists/documents.txt"


def check_texts(documents: Sequence[tuple[Path, Row]]) -> Iterator[str]:
    """Yield hashes that differ and offsets that do not fit; raise CorpusError without the data folder."""
    for path, row in documents:
        try:
            document = texts.document(row["doc"])
        except CorpusError as error:
            yield f"{path.name}: {error}"
            continue
        if document.sha256 != row["sha256"]:
            yield f"{path.name}: the text is another version than the coded one (sha256 differs)"
        else:
            yield from (f"{path.name}: {fault}" for fault in rows.misplaced(row, document.text))


def check_splits(listed: Mapping[str, Listed]) -> Iterator[str]:
    """Yield documents that tell nearly the same text and stand in different splits: dev would be trained on.

    Within one split a near copy is only a lesser choice; two of 403 are (one speech, recorded twice).
    """
    words = {doc_id: likeness.words(texts.document(doc_id).text) for doc_id in listed}
    for found in likeness.alike(words, likeness.SAME_TEXT):
        if listed[found.first].split != listed[found.second].split:
            yield f"{found.first} and {found.second}, in dev and train, are nearly one text ({found.share:.0%})"


def check_clusters(listed: Mapping[str, Listed]) -> Iterator[str]:
    """Yield clusters of articles on one happening that stand in both splits: dev would have been trained on."""
    splits: dict[str, set[str]] = {}
    for entry in listed.values():
        if entry.cluster is not None:
            splits.setdefault(entry.cluster, set()).add(entry.split)
    yield from (
        f"cluster {name} stands in dev and in train" for name, both in splits.items() if len(both) > 1
    )


# --------------------------------------------------------------------------- written items


def check_written(items: Sequence[Row]) -> Iterator[str]:
    """Yield the faults of compiled written items."""
    for row in items:
        yield from (f"{row['doc']}: {fault}" for fault in rows.faults(row))
        yield from (f"{row['doc']}: {fault}" for fault in rows.misplaced(row, row["text"]))
    ids = Counter(row["doc"] for row in items)
    yield from (f"{one}: the id is there {count} times" for one, count in ids.items() if count > 1)
    for found in likeness.repeated_texts(items):
        yield f"{found.first} and {found.second} are nearly the same text ({found.share:.0%})"
    for found in likeness.repeated_frames(items):
        yield f"{found.first} and {found.second} are one frame with names swapped ({found.share:.0%})"
    yield from check_pairs(items)


def check_pairs(items: Iterable[Row]) -> Iterator[str]:
    """Yield minimal pairs that lack a member, are coded alike, or differ in more than a few words."""
    pairs: dict[str, list[Row]] = {}
    for row in items:
        if row["pair"] is not None:
            pairs.setdefault(row["pair"], []).append(row)
    for name, members in pairs.items():
        if len(members) != 2:
            yield f"{name}: a minimal pair has two members, this one {len(members)}"
            continue
        if _codes(members[0]) == _codes(members[1]):
            yield f"{name}: both members are coded alike"
        changed = _changed(members[0]["text"].split(), members[1]["text"].split())
        if not 1 <= changed <= MOST_CHANGED:
            yield f"{name}: the members differ in {changed} words; a minimal pair in 1 to {MOST_CHANGED}"


def _codes(row: Row) -> list[tuple[Any, ...]]:
    fields = ("event", "mode", "aux", "status", "importance")
    codes = [tuple(str(event[field]) for field in fields) for event in row["events"]]
    sides = [
        (len(event["actor"]), len(event["recipient"]), len(event["claimants"])) for event in row["events"]
    ]
    return sorted((*code, *side) for code, side in zip(codes, sides, strict=True))


def _changed(one: list[str], other: list[str]) -> int:
    changes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal")


# --------------------------------------------------------------------------- counts


def shortfalls(real: Sequence[Row], items: Sequence[Row], double: int) -> Iterator[str]:
    """Yield what the finished corpus is asked to have and does not have yet."""
    found = {
        "real documents": len(real),
        "dev documents": sum(row["split"] == "dev" for row in real),
        "documents coded twice": double,
    }
    yield from _short(found, ASKED)
    yield from _short(Counter(row["source"] for row in real), ASKED_BY_SOURCE)
    kinds = Counter(row["kind"] for row in items)
    kinds["pair"] //= 2
    kinds["sentence"] += 2 * kinds["pair"] + kinds["none"]
    yield from _short(
        {f"written: {kind}": n for kind, n in kinds.items()},
        {f"written: {k}": n for k, n in ASKED_WRITTEN.items()},
    )
    known = plover().categories
    every_mode = [f"{name} {mode}" for name, category in known.items() for mode in category.modes]
    modes = {" ".join(key): count for key, count in statistics.modes(items).items()}
    yield from _short(statistics.categories(items), dict.fromkeys(known, ASKED_OF_CATEGORY))
    yield from _short(modes, dict.fromkeys(every_mode, ASKED_OF_MODE))
    yield from _short(statistics.auxiliary(items), dict.fromkeys(plover().auxiliary, ASKED_OF_AUXILIARY))


def _short(found: Mapping[str, int], asked: Mapping[str, int]) -> Iterator[str]:
    for what, least in asked.items():
        if found.get(what, 0) < least:
            yield f"{what}: {found.get(what, 0)} of {least}"


# --------------------------------------------------------------------------- all of it


def faults(*, complete: bool = False) -> Iterator[str]:
    """Yield every fault of the corpus; what needs the data folder only where it is."""
    documents = list(standoff.real())
    second = [found for folder in sorted(DOUBLE.glob("*")) for found in standoff.real(folder)]
    items, compiled = written.written()
    listed = texts.listed()
    for found in compiled:
        yield from (str(fault) for fault in found.errors)
    yield from check_written(items)
    yield from check_real([*documents, *second], listed)
    yield from check_clusters(listed)
    if texts.has_shared():
        yield from check_texts([*documents, *second])
        yield from check_splits(listed)
    if complete:
        twice = {row["doc"] for _, row in second} & {row["doc"] for _, row in documents}
        yield from shortfalls([row for _, row in documents], items, len(twice))


def main() -> int:
    """Print the faults; return 1 if there are any."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--complete", action="store_true", help="fail on what is still to be coded or written"
    )
    found = list(faults(complete=parser.parse_args().complete))
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    whole = "" if texts.has_shared() else "; texts not checked: no data folder"
    sys.stdout.write(f"{len(found)} fault{'' if len(found) == 1 else 's'}{whole}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
