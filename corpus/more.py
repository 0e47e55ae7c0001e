"""Chooses further documents for the train split, spread over what the corpus has least of.

    python -m corpus.more --world 160 --latin 40 --longest 4200

Appends to `lists/documents.txt` and adds batches to `lists/batches.json`. Nothing like a document of dev is
chosen. Documents of these batches are coded for events, actors, participants and names; statements and
references may be left out.
"""

from __future__ import annotations

import argparse
import random

from corpus import texts
from corpus.selection import (
    LENGTHS,
    SEED,
    Candidate,
    batched,
    described,
    may_tell_the_same,
    reads_as_news,
    spread,
    write_batches,
)
from corpus.texts import SourceDocument


def further(source: str, count: int, longest: int, rng: random.Random) -> list[Candidate]:
    """Return `count` documents of a source that are not listed, none longer than `longest` characters."""
    listed = texts.listed()
    kept = [doc for doc in texts.load(source).values() if doc.id in listed or _may_be(doc, longest)]
    rng.shuffle(kept)
    pool = described(kept)
    chosen = [one for one in pool if one.document.id in listed]
    dev = [one for one in chosen if listed[one.document.id].split == "dev"]
    fresh = [one for one in pool if one.document.id not in listed]
    fresh = [one for one in fresh if not any(may_tell_the_same(one, other) for other in dev)]
    return spread(fresh, chosen, len(chosen) + count)[len(chosen) :]


def _may_be(document: SourceDocument, longest: int) -> bool:
    shortest = LENGTHS[document.source][0]
    reports = document.source != "world_news" or reads_as_news(document)
    return reports and shortest <= len(document.text) <= longest


def main() -> int:
    """Extend both lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--world", type=int, required=True)
    parser.add_argument("--latin", type=int, required=True)
    parser.add_argument("--longest", type=int, default=4200)
    options = parser.parse_args()
    rng = random.Random(SEED + 1)
    wanted = {"world_news": options.world, "latin_america_news": options.latin}
    chosen = [one for s, n in wanted.items() for one in further(s, n, options.longest, rng)]
    with (texts.LISTS / "documents.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{one.document.id}\t{one.document.source}\ttrain\t-\t-\n" for one in chosen)
    batches = texts.batches()
    dealt = batched({one.document.id: len(one.document.text) for one in chosen}, [], rng)
    first = max(map(int, batches)) + 1
    batches |= {str(first + number): batch for number, batch in enumerate(dealt.values())}
    write_batches(batches)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
