"""Fixed ranges for the activations of an int8 model, so that what is read of a sentence does not hang on its neighbours.

Dynamic quantisation takes the range of each activation from the whole batch: the same sentence in other company gets
other shares, and now and then another tree. Here each range is measured once, on training sentences, and written into
the model; the pass over each activation that looked for its range falls away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Feed = Mapping[str, NDArray[np.int64]]
LEVELS = 255
"""Steps of an unsigned byte."""
DYNAMIC = "DynamicQuantizeLinear"


def fixed(path: Path, feeds: Iterable[Feed]) -> None:
    """Rewrite a dynamically quantised model in place: its activations get the ranges that they have over the feeds."""
    model = onnx.load(str(path))
    nodes = [node for node in model.graph.node if node.op_type == DYNAMIC]
    ranges = _ranges(model, sorted({node.input[0] for node in nodes}), feeds)
    for node in nodes:
        _fix(model.graph, node, *ranges[node.input[0]])
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _ranges(
    model: onnx.ModelProto, names: list[str], feeds: Iterable[Feed]
) -> dict[str, tuple[float, float]]:
    """Return the least and greatest value of each activation, nought among them."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    found = dict.fromkeys(names, (0.0, 0.0))
    for feed in feeds:
        for name, values in zip(names, session.run(names, dict(feed)), strict=True):
            low, high = found[name]
            found[name] = (min(low, float(values.min())), max(high, float(values.max())))
    return found


def _fix(graph: onnx.GraphProto, node: onnx.NodeProto, low: float, high: float) -> None:
    """Put a node of fixed range in the place of one that looks for it; scale and zero point keep their names."""
    value, (quantised, scale, zero) = node.input[0], node.output
    step = max((high - low) / LEVELS, 1e-8)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.asarray(step, dtype=np.float32), scale),
            numpy_helper.from_array(np.asarray(round(-low / step), dtype=np.uint8), zero),
        ]
    )
    place = list(graph.node).index(node)
    graph.node.remove(node)
    graph.node.insert(
        place, helper.make_node("QuantizeLinear", [value, scale, zero], [quantised], name=node.name)
    )
