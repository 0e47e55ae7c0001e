"""Scores the shipped reading model and prints the table that its floors in corpus/floors.json stand under.

    PYTHONPATH=src:. python benchmarks/reading.py [--data ../shared/data] [--every N] [--run training/runs/reading]

Syntax is scored on given tokens without punctuation; PolNeAR's syntax and names are CoreNLP's, not truth. Names of the
corpus are those of the annotated real documents, in the passages that are read. Speed is that of the whole of
`language` in two processes, as `communique analyse` reads, by the time that each processor spent (beside it the time of the clock, and both
with what is read for statements and events too). What
int8 costs is measured against the `fp32.onnx` of the run, if it is there and has the shipped labels. Reference is
measured by `make evaluate-actors`. Returns 1 where a floor is missed, 2 where there is nothing to measure on.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from corpus import coded, standoff, texts
from tokenizers import Tokenizer
from training.corpora import NAMES, ROLES, Example, ewt, polnear

from communique import models
from communique.evaluate import floors
from communique.language import Reader
from communique.language.features import Pieces
from communique.language.reader import GOLD, SILVER, Network, Parse, Session
from communique.records import Analysis, Document

FLOORS = Path("corpus/floors.json")
GOALS = {
    "EWT dev, UAS": 0.940,
    "PolNeAR dev, UAS": 0.920,
    "PolNeAR dev, names": 0.900,
    "corpus dev, names": 0.930,
    "tokens a second, two cores": 12_000,
    "lost by int8": 0.002,
    "megabytes of weights": 25,
}
"""What the model should reach one day."""
AT_MOST = frozenset({"lost by int8", "megabytes of weights"})
"""Figures of which less is better; the floor is their ceiling."""
LABELS = {"PER": "PERSON", "ORG": "ORGANIZATION", "LOC": "LOCATION", "NAT": "MISC", "MISC": "MISC"}
"""The corpus's types of names as the model's labels."""
TIMED = 240
"""Articles of world_news that are read for the speed: about 200,000 tokens."""
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Options:
    """The command line."""

    data: Path
    run: Path
    every: int


def main() -> int:
    """Print the table; return 1 where a floor is missed, 2 where there is nothing to measure on."""
    options = arguments()
    if not (options.data / "polnear_dev.jsonl.gz").exists():
        print(f"{options.data} has no polnear_dev.jsonl.gz: this needs the corpora of ../shared/data")
        return 2
    found: dict[str, float] = {}
    for name, value in measured(options):
        found[name] = value
        print(f"  {name}: {value:.4g}", flush=True)
    least = floors.read(FLOORS, "reading")
    print("\n" + table(found, least))
    return 1 if missed(found, least) else 0


def arguments() -> Options:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--run", type=Path, default=Path("training/runs/reading"))
    parser.add_argument(
        "--every",
        type=int,
        default=1,
        help="score every Nth sentence and time fewer articles, for a quick look",
    )
    given = parser.parse_args()
    return Options(given.data, given.run, given.every)


def table(found: dict[str, float], least: dict[str, float]) -> str:
    """Return figures, floors and goals as a table; `-` where there is none, `!` at a floor that is missed."""
    names = [*found, *(name for name in least if name not in found)]
    wrong = missed(found, least)
    lines = [f"{'what':<34}{'figure':>10}{'floor':>10}{'goal':>10}"]
    for name in names:
        cells = [_cell(values.get(name)) for values in (found, least, GOALS)]
        lines.append(
            f"{name:<34}" + "".join(f"{cell:>10}" for cell in cells) + (" !" if name in wrong else "")
        )
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 10 else f"{value:.4f}"


def missed(found: dict[str, float], least: dict[str, float]) -> list[str]:
    """Return the names of the figures that were measured and miss their floor."""
    return [
        name
        for name, floor in least.items()
        if name in found and (found[name] > floor if name in AT_MOST else found[name] < floor)
    ]


def measured(options: Options) -> Iterator[tuple[str, float]]:
    """Yield each figure as it is measured."""
    network = Network.load()
    shipped = syntax_and_names(network, options)
    yield from shipped.items()
    full = full_precision(options.run)
    if full is not None:
        fine = syntax_and_names(full, options)
        compared = [name for name in shipped if name in GOALS]
        yield "lost by int8", max(0.0, *(fine[name] - shipped[name] for name in compared))
    yield "corpus dev, names", corpus_names(options)
    yield from speed(options.data, max(16, TIMED // options.every))
    model = models.model("reading")
    weights = sum(model.path(name).stat().st_size for name in model.files)
    yield "megabytes of weights", weights / 1_000_000


def full_precision(run: Path) -> Network | None:
    """Return the network before it was made int8, None where that of the shipped model is not there."""
    model = models.model("reading")
    labels = json.loads(model.path("labels.json").read_text(encoding="utf-8"))
    if not (run / "fp32.onnx").exists() or json.loads((run / "labels.json").read_text()) != labels:
        return None
    pieces = Pieces(Tokenizer.from_file(str(model.path("tokenizer.json"))))
    with np.load(model.path("relations.npz"), allow_pickle=False) as head:
        whole = Whole(models.session(run / "fp32.onnx"))
        return Network(whole, whole, pieces, labels, dict(head))


class Whole:
    """A network in one file, in the place of both: what the second would say is handed on by the first as `shared`."""

    FIRST = len(("arcs", "label_of", "label_to", "tags", "pos", "names"))

    def __init__(self, session: Session) -> None:
        self._session = session

    def run(self, output_names: None, input_feed: dict[str, Any]) -> list[Any]:
        """Return what the first file says, or the second if asked with what the first handed on."""
        if "shared" in input_feed:
            return list(input_feed["shared"])
        answers = self._session.run(output_names, input_feed)
        return [*answers[: self.FIRST], answers[self.FIRST :]]


# ---------------------------------------------------------------------- syntax, names, roles


def syntax_and_names(network: Network, options: Options) -> dict[str, float]:
    """Return the scores on both development sets by set and measure."""
    found: dict[str, float] = {}
    for name, (examples, convention) in development(options.data).items():
        chosen = [example for example in examples if len(example.words) > 1][:: options.every]
        parses = network.parse([e.words for e in chosen], [e.quotation for e in chosen], convention)
        found |= {f"{name}, {measure}": value for measure, value in scores(chosen, parses).items()}
    return found


@cache
def development(data: Path) -> dict[str, tuple[list[Example], int]]:
    """Return the two development sets with the convention of their trees."""
    return {
        "EWT dev": (ewt(data / "ud_english_ewt_dev.conllu.gz"), GOLD),
        "PolNeAR dev": (polnear(data / "polnear_dev.jsonl.gz"), SILVER),
    }


def scores(examples: list[Example], parses: list[Parse]) -> dict[str, float]:
    """Return UAS and LAS without punctuation, F1 of name spans, and F1 of roles by word."""
    pairs = list(zip(examples, parses, strict=True))
    arcs = [
        (p.heads[i] == e.heads[i], p.relations[i] == e.relations[i])
        for e, p in pairs
        for i in range(len(e.words))
        if e.relations[i] and e.relations[i] != "punct"
    ]
    found = {
        "UAS": sum(head for head, _ in arcs) / len(arcs),
        "LAS": sum(head and label for head, label in arcs) / len(arcs),
    }
    named = [(runs(e.names), runs(p.names)) for e, p in pairs if any(e.names)]
    if named:
        found["names"] = f1([g for g, _ in named], [f for _, f in named])
    for role in ROLES[1:]:
        marked = [
            ({i for i, r in enumerate(e.roles) if r == role}, {i for i, r in enumerate(p.roles) if r == role})
            for e, p in pairs
            if any(e.roles)
        ]
        if marked:
            found[role] = f1([g for g, _ in marked], [f for _, f in marked])
    return found


def runs(labels: Sequence[str | None]) -> set[tuple[int, int, str]]:
    """Return (start, end, label) of each run of one name label."""
    found: set[tuple[int, int, str]] = set()
    start = 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] != labels[start]:
            label = labels[start]
            if label in NAMES[1:]:
                found.add((start, i, str(label)))
            start = i
    return found


def f1(gold: Sequence[AbstractSet[object]], found: Sequence[AbstractSet[object]]) -> float:
    """Return F1 over the members of paired sets."""
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    total = sum(map(len, gold)) + sum(map(len, found))
    return 2 * right / total if total else 0.0


def corpus_names(options: Options, split: str = "dev") -> float:
    """Return F1 of name spans with their labels over the corpus's real documents, in the passages that are read."""
    rows = [row for _, row in standoff.real(texts.ROOT / "corpus" / "real") if row["split"] == split]
    rows = rows[:: options.every]
    analyses = list(Reader.load().analyse_many(coded.uncoded(row) for row in rows))
    pairs = [names_of(row["names"], analysis) for row, analysis in zip(rows, analyses, strict=True)]
    return f1([gold for gold, _ in pairs], [found for _, found in pairs])


Named = set[tuple[int, int, str]]


def names_of(gold: Sequence[dict[str, object]], analysis: Analysis) -> tuple[Named, Named]:
    """Return the names that coders marked where the document was read, and those that were found."""
    read = {place for s in analysis.sentences for place in range(s.span.start, s.span.end)}
    marked = {
        (int(str(name["start"])), int(str(name["end"])), LABELS[str(name["type"])])
        for name in gold
        if name["start"] in read
    }
    found = {(m.span.start, m.span.end, m.label) for s in analysis.sentences for m in s.mentions}
    return marked, found


# ---------------------------------------------------------------------- speed


class _Worker:
    """The reader of a worker process, loaded once."""

    reader: Reader | None = None


def _start(said: bool) -> None:
    _Worker.reader = Reader.load(said=said)
    next(_Worker.reader.analyse_many([]), None)


def _read(documents: list[Document]) -> tuple[int, float]:
    """Return the tokens of the documents and the processor's seconds that reading them took."""
    if _Worker.reader is None:
        raise RuntimeError("a worker was used before it was started")
    began = time.process_time()
    analyses = list(_Worker.reader.analyse_many(documents))
    seconds = time.process_time() - began
    return sum(len(s.tokens) for a in analyses for s in a.sentences), seconds


def speed(data: Path, number: int) -> Iterator[tuple[str, float]]:
    """Yield tokens a second in two processes: by the processors' time, and by the clock."""
    from communique.ingest import read

    items = read([str(data / "world_news.jsonl.gz")], mapping={})
    documents = list(islice((item for item in items if isinstance(item, Document)), number))
    size = len(documents) // (4 * PROCESSES)
    batches = [documents[i : i + size] for i in range(0, len(documents), size)]
    for said, name in ((False, ""), (True, ", said too")):
        tokens, seconds, clock = timed(batches, said)
        yield f"tokens a second, two cores{name}", PROCESSES * tokens / seconds
        yield f"tokens a second, by the clock{name}", tokens / clock


def timed(batches: list[list[Document]], said: bool) -> tuple[int, float, float]:
    """Return the tokens of batches, the processors' seconds and those of the clock that reading them takes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, _start, (said,)) as pool:
        list(pool.map(_read, [batches[0][:4]] * PROCESSES))
        began = time.perf_counter()
        results = list(pool.map(_read, batches))
        clock = time.perf_counter() - began
    return sum(number for number, _ in results), sum(seconds for _, seconds in results), clock


if __name__ == "__main__":
    raise SystemExit(main())
