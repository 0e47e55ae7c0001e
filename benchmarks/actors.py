"""Who is who, against hand coding: `make evaluate-actors`.

    python benchmarks/actors.py [--split dev] [--analyses FILE] [--misses FIGURE] [--floors corpus/floors.json]

Reads the annotated documents of `corpus/real` (the data folder must be there), recognises who is in them, and
prints, by kind of actor and by form of the words, how many are right; what is counted is told in
`communique/evaluate/actors.py`. `--misses identity` lists what came out otherwise.
Reading takes most of the time: `--analyses FILE` keeps what was read, for the next run of the same model.
Fails when a figure is under its floor.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
from pathlib import Path
from typing import Any

from corpus import coded

from communique.errors import CommuniqueError
from communique.evaluate import actors
from communique.evaluate.identity import Names
from communique.knowledge import Knowledge
from communique.language import Reader
from communique.records import Analysis, Cast

FIGURES = ("country", "sector", "identity", "given identity", "reference")
ROWS = ("all", "person", "organisation", "state", "group", *actors.FORMS)
Row = dict[str, Any]


def analyses(rows: list[Row], kept: Path | None) -> dict[str, Analysis]:
    """Return what the reader makes of the documents, from the file where it is there."""
    if kept is not None and kept.exists():
        found: dict[str, Analysis] = pickle.loads(kept.read_bytes())
        return found
    documents = [coded.uncoded(row) for row in rows]
    read = {one.document.id: one for one in Reader.load().analyse_many(documents)}
    if kept is not None:
        kept.write_bytes(pickle.dumps(read))
    return read


def table(whole: actors.Tally) -> str:
    """Return the figures as a table: what by what, with the counts."""
    figures = whole.figures()
    lines = [" " * 14 + "".join(f"{name:>22}" for name in FIGURES)]
    for row in ROWS:
        cells = ((figures.get(f"{name}: {row}"), whole.every[name, row]) for name in FIGURES)
        shown = (f"{value:.3f} of {count:,}" if value is not None else "-" for value, count in cells)
        lines.append(f"{row:14}" + "".join(f"{cell:>22}" for cell in shown))
    lines.append(f"reference, B-cubed F1: {figures['reference, B-cubed: all']:.3f}")
    return "\n".join(lines)


def misses(figure: str, read: dict[str, Analysis], tallies: dict[str, actors.Tally]) -> str:
    """Return what came out otherwise for one figure: words, the coder's actor, what was found instead."""
    lines = []
    for doc, tally in tallies.items():
        for miss in (one for one in tally.misses if one.figure == figure):
            actor = miss.asked.actor
            words = miss.asked.span.of(read[doc].document.text)
            wanted = f"{actor['name']} | {actor['country']} | {','.join(actor['sectors']) or '-'}"
            lines.append(f"{doc} {miss.asked.span.start} {words!r} is {wanted}; found {list(miss.found)}")
    return "\n".join(lines)


def missed_floors(figures: dict[str, float], path: Path) -> list[str]:
    """Return a line for each figure under its floor in the set `actors` of the file."""
    floors: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["actors"]
    return [
        f"{name}: {figures.get(name, 0.0):.3f} under its floor {floor:.2f}"
        for name, floor in floors.items()
        if figures.get(name, 0.0) < floor
    ]


def recognised(read: dict[str, Analysis], knowledge: Knowledge) -> dict[str, Cast]:
    """Return the cast of each document and print how long that took."""
    start = time.process_time()
    casts = {doc: knowledge.recognise(analysis) for doc, analysis in read.items()}
    spent = time.process_time() - start
    tokens = sum(len(sentence.tokens) for one in read.values() for sentence in one.sentences)
    mentions = sum(len(member.mentions) for cast in casts.values() for member in cast.members)
    print(f"{len(read)} documents, {tokens:,} tokens: {1000 * spent:,.0f} ms to recognise, "
          f"{900_000 * spent / max(1, tokens):.1f} ms for 900 tokens, {mentions / spent:,.0f} mentions a second")  # fmt: skip
    return casts


def main() -> int:
    """Measure one split; return 1 where the documents cannot be read or a figure is under its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--analyses", type=Path, help="file that keeps what was read")
    parser.add_argument("--misses", choices=FIGURES, help="list what came out otherwise")
    parser.add_argument("--floors", type=Path, help="file of floors, its set `actors`")
    given = parser.parse_args()
    try:
        rows = coded.annotated("corpus/real", given.split)
        read = analyses(rows, given.analyses)
    except CommuniqueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    knowledge = Knowledge.load()
    casts = recognised(read, knowledge)
    names = Names(knowledge)
    tallies = {row["doc"]: actors.score(row, read[row["doc"]], casts[row["doc"]], names) for row in rows}
    whole = actors.total(tallies.values())
    print(misses(given.misses, read, tallies) if given.misses else table(whole))
    under = missed_floors(whole.figures(), given.floors) if given.floors else []
    sys.stderr.writelines(f"{line}\n" for line in under)
    return 1 if under else 0


if __name__ == "__main__":
    raise SystemExit(main())
