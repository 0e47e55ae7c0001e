"""Let a trained teacher answer for sentences that nobody has annotated:

    python -m training.teaching training/runs/teacher --encoder training/runs/mpnet --target training/runs/taught --articles 1800

The articles are those of the data folder that the corpus does not list, so that nothing of its development split is
among them. `python -m training.reading --taught training/runs/taught` learns from what is written.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch
import torch.multiprocessing
from corpus import texts
from torch import Tensor

from communique.ingest import document_from_text
from communique.language.features import cases
from communique.language.reader import drafted
from communique.language.tokens import Words
from training.acts import Asked
from training.corpora import GOLD, IGNORED, TAUGHT, ActsTaught, Example, Taught
from training.reading import FIELDS, MEMORY, SOFT, WORDWISE, Batches, Labels, masked, teacher
from training.taught import write_taught

SHARES = {"world_news": 0.8, "latin_america_news": 0.1, "muc4_train": 0.1}
"""Of the articles; the last are wires in capitals."""
MAY_BE_EVENT = 0.15
"""How likely a word must name an event for its mode, status and parties to be kept."""
PIECES = 1200
LONGEST_WORDS = 80


def unlisted(articles: int) -> list[Example]:
    """Return the sentences of articles that the corpus does not list, as many of each source as `SHARES` says."""
    words, found, listed = Words(), [], texts.listed()
    for source, share in SHARES.items():
        fresh = [doc for doc in texts.load(source).values() if doc.id not in listed]
        chosen = random.Random(source).sample(fresh, min(len(fresh), round(share * articles)))
        for document in chosen:
            found += _sentences(document.text, words)
    return found


def _sentences(text: str, words: Words) -> Iterator[Example]:
    for draft in drafted(document_from_text(text, language="en"), words):
        nothing: list[str | None] = [None] * len(draft.words)
        if 3 < len(draft.words) <= LONGEST_WORDS:
            no_heads, unknown = [IGNORED] * len(draft.words), (nothing, nothing, nothing, nothing, nothing)
            yield Example(draft.words, cases(draft.words), draft.quotation, no_heads, *unknown, TAUGHT)


class Teaching:
    """A trained teacher and the questions that it is asked."""

    def __init__(self, run: Path, encoder: Path, questions: list[str]) -> None:
        """Load the teacher of a run; without `arcs` among the questions it draws no trees, without `events` it names none."""
        self._labels = Labels(**json.loads((run / "labels.json").read_text()))
        self._batches, self._questions = Batches(self._labels, PIECES), questions
        self._model = teacher(self._labels, encoder)
        self._model.adopt(torch.load(run / "checkpoint.pt", weights_only=True)["model"])
        self._model.eval()

    @torch.no_grad()
    def taught(self, examples: list[Example]) -> Iterator[Example]:
        """Yield the sentences with the teacher's answers."""
        for group in self._batches.epoch(examples, random.Random(0)):
            inputs = self._batches.inputs(group, [GOLD] * len(group))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                arcs, of, to, *flat = self._model(*inputs)
                arcs = masked(arcs.float(), inputs[3])
                relations = self._model.relations(of, to, arcs.argmax(-1))
            scores = dict(zip(("arcs", *FIELDS), (arcs, relations, *flat), strict=False))
            asked = Asked(*(answer.float() for answer in flat[WORDWISE:]))
            for i, example in enumerate(group):
                size = len(example.words)
                own = {field: answer[i, :size].float() for field, answer in scores.items()}
                own["arcs"] = own["arcs"][:, : size + 1]
                yield self._answered(example, own, Asked(*(answer[i, :size] for answer in asked)))

    def _answered(self, example: Example, scores: dict[str, Tensor], asked: Asked) -> Example:
        shares = {field: scores[field].softmax(-1) for field in self._questions}
        acts = self._acts(scores["events"].softmax(-1), asked)
        words = {field: share.half().contiguous() for field, share in shares.items()}
        if "arcs" in words:
            heads = scores["arcs"].argmax(-1).tolist()
            relations, tags, pos = (self._named(field, scores[field]) for field in FIELDS[:3])
            example = replace(example, heads=heads, relations=relations, tags=tags, pos=pos)
        return replace(example, taught=Taught(words, acts))

    def _named(self, field: str, scores: Tensor) -> list[str | None]:
        return [getattr(self._labels, field)[number] for number in scores.argmax(-1).tolist()]

    def _acts(self, events: Tensor, asked: Asked) -> ActsTaught:
        weight = 1 - events[:, 0]
        (word,) = torch.nonzero(weight > self._least(), as_tuple=True)
        doing, partaking = asked.doing[word], asked.partaking.expand(len(word), *asked.partaking.shape)
        shares = (asked.modes[word].softmax(-1), asked.statuses[word].softmax(-1), asked.aux[word].sigmoid())
        parties = self._model.parties(doing, partaking).sigmoid()
        return ActsTaught(word, weight[word].half(), *(share.half() for share in (*shares, parties)))

    def _least(self) -> float:
        return MAY_BE_EVENT if "events" in self._questions else 1.0


def work(rank: int, options: argparse.Namespace) -> None:
    """Answer for this worker's share of the sentences and write them in parts."""
    torch.set_num_threads(1)
    teaching = Teaching(options.run, options.encoder, options.questions)
    mine = unlisted(options.articles)[rank :: options.workers]
    parts = range(0, len(mine), options.part)
    for number, start in enumerate(parts):
        found = teaching.taught(mine[start : start + options.part])
        write_taught(options.target / f"{rank}-{number}.pt", found)
        print(f"worker {rank}: part {number + 1} of {len(parts)}", flush=True)


def main() -> None:
    """Answer as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="folder of the teacher's checkpoint")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the teacher's encoder")
    parser.add_argument("--target", type=Path, required=True, help="folder to write to")
    parser.add_argument("--articles", type=int, default=1800)
    parser.add_argument(
        "--questions", nargs="+", choices=list(SOFT), default=list(SOFT), help="what to ask it"
    )
    parser.add_argument("--part", type=int, default=4000, help="sentences in a file")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)
    os.environ.update(MEMORY)
    torch.multiprocessing.spawn(work, args=(options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
