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


def forked() -> Any:
    """Return a layer that two outputs share, each with a product of its own; the second looks up some rows of it."""
    chance = np.random.default_rng(0)
    constants = {
        "weight": np.ones(6, np.float32), "bias": chance.standard_normal(6).astype(np.float32),
        "left": chance.standard_normal((6, 2)).astype(np.float32),
        "right": chance.standard_normal((6, 3)).astype(np.float32),
    }  # fmt: skip
    nodes = [
        helper.make_node("LayerNormalization", ["x", "weight", "bias"], ["layer"]),
        helper.make_node("MatMul", ["layer", "left"], ["trees"]),
        helper.make_node("GatherND", ["layer", "first"], ["rows"], batch_dims=1),
        helper.make_node("MatMul", ["rows", "right"], ["roles"]),
    ]
    floats, whole = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64
    graph = helper.make_graph(
        nodes,
        "forked",
        [helper.make_tensor_value_info("x", floats, [None, None, 6]), helper.make_tensor_value_info("first", whole, [None, None, 1])],
        [helper.make_tensor_value_info("trees", floats, [None, None, 2]), helper.make_tensor_value_info("roles", floats, [None, None, 3])],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def test_two_files_say_what_one_said(tmp_path: Path) -> None:
    from training.fused import parted

    from communique.models import session

    path, second = tmp_path / "model.onnx", tmp_path / "second.onnx"
    onnx.save(forked(), path)
    given = {
        "x": np.random.default_rng(1).standard_normal((2, 4, 6)).astype(np.float32),
        "first": np.asarray([[[1], [3]], [[0], [2]]]),
    }
    trees, roles = session(path).run(None, given)
    parted(path, second, ["roles"])
    again, shared = session(path).run(["trees", "shared"], given)
    (rest,) = session(second).run(None, {"shared": shared, "first": given["first"]})
    assert np.array_equal(again, trees)
    assert np.array_equal(rest, roles)
    assert {node.op_type for node in onnx.load(second).graph.node} == {"GatherND", "MatMul"}
