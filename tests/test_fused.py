"""Operators joined for speed give the numbers that the separate ones gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx: Any = pytest.importorskip("onnx")
helper, numpy_helper = onnx.helper, onnx.numpy_helper


def separate() -> Any:
    """Return products of integers, with a cast, scales, a bias and a GELU behind the first, and nothing behind the second."""
    chance = np.random.default_rng(0)
    constants = {
        "weight": chance.integers(-127, 128, (8, 6)).astype(np.int8),
        "scale": np.float32(0.05), "zero": np.uint8(120),
        "weight_scale": chance.random(6).astype(np.float32), "weight_zero": np.zeros(6, np.int8),
        "bias": chance.standard_normal(6).astype(np.float32),
    }  # fmt: skip
    nodes = []
    for name in ("a", "b"):
        nodes += [
            helper.make_node("MatMulInteger", ["x", "weight", "zero", "weight_zero"], [f"{name}_whole"]),
            helper.make_node("Mul", ["scale", "weight_scale"], [f"{name}_scales"]),
            helper.make_node("Cast", [f"{name}_whole"], [f"{name}_cast"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}_cast", f"{name}_scales"], [f"{name}_scaled"]),
        ]
    nodes += [
        helper.make_node("FastGelu", ["a_scaled", "bias"], ["gelu"], domain="com.microsoft"),
        helper.make_node("Add", ["bias", "b_scaled"], ["plain"]),
    ]
    floats = onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        nodes,
        "separate",
        [helper.make_tensor_value_info("x", onnx.TensorProto.UINT8, [None, 8])],
        [helper.make_tensor_value_info(name, floats, [None, 6]) for name in ("gelu", "plain")],
        [numpy_helper.from_array(np.asarray(values), name) for name, values in constants.items()],
    )
    domains = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=domains, ir_version=8)


def run(path: Path) -> list[np.ndarray]:
    from communique.models import session

    x = np.random.default_rng(1).integers(0, 256, (5, 8)).astype(np.uint8)
    found: list[np.ndarray] = session(path).run(None, {"x": x})
    return found


def test_products_take_scales_and_bias_with_them_and_change_no_number(tmp_path: Path) -> None:
    from training.fused import fused

    path = tmp_path / "model.onnx"
    onnx.save(separate(), path)
    before = run(path)
    fused(path)
    operators = [node.op_type for node in onnx.load(path).graph.node]
    assert sorted(operators) == ["FastGelu", "MatMulIntegerToFloat", "MatMulIntegerToFloat"]
    for old, new in zip(before, run(path), strict=True):
        np.testing.assert_array_equal(old, new)
