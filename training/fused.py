"""Cheaper operators for the same sums: python -m training.fused PATH of an int8 model, rewritten in place

Three changes, in the order of what they save (docs/decisions/0009):

* attention without a mask, behind three products in place of the fused int8 attention. Sentences of one batch must
  have the same number of pieces from then on, as `communique.language.reader` sees to; `mask` stays an input and is
  not looked at;
* scales and bias are applied where the product of integers is taken, not in passes over what came out of it;
* of the last layers only what words are read from: the first piece of each.

`parted` puts what only some answers need into a file of its own, so that it is not worked out where nobody asks.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, MutableSequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

CONTRIB = "com.microsoft"
PRODUCT = "MatMulIntegerToFloat"


def fused(path: Path) -> None:
    """Rewrite an int8 model with fixed ranges of activations in place."""
    graph = Graph(onnx.load(str(path)))
    for node in graph.all("MatMulInteger"):
        _product(graph, node)
    for node in graph.all("QAttention"):
        _attention(graph, node)
    for node in graph.all("FastGelu"):
        _gelu(graph, node)
    if graph.all("GatherElements"):
        _first_pieces(graph)
    onnx.save(graph.finished(), str(path))


SHARED = "shared"
"""The vectors that both files of a model have in common: the first gives them out, the second takes them."""


def parted(path: Path, second: Path, outputs: Iterable[str]) -> None:
    """Move some outputs of a model, with what only they need, to a second file that goes on from the last layer that
    all outputs share. `path` is rewritten in place."""
    model = onnx.load(str(path))
    graph, theirs = Graph(model), set(outputs)
    common = graph.leading_to(theirs) & graph.leading_to(graph.outputs() - theirs)
    layer = [node for node in graph.all("LayerNormalization") if node.output[0] in common][-1]
    shape = ["sentences", "pieces", len(graph.array(layer.input[1]))]
    shared = helper.make_tensor_value_info(layer.output[0], onnx.TensorProto.FLOAT, shape)
    ours = _half(model, graph.outputs() - theirs)
    ours.graph.output.append(shared)
    onnx.save(_named(Graph(ours).finished(), shared.name, SHARED), str(path))
    rest = _half(model, theirs)
    del rest.graph.input[:]
    rest.graph.input.extend([shared, *(given for given in model.graph.input if given.name == "first")])
    half = Graph(rest)
    half.drop(half.maker(shared.name))
    onnx.save(_named(half.finished(), shared.name, SHARED), str(second))


def _half(model: onnx.ModelProto, outputs: set[str]) -> onnx.ModelProto:
    """Return a copy of a model that gives out some of its outputs."""
    half = onnx.ModelProto()
    half.CopyFrom(model)
    del half.graph.output[:]
    half.graph.output.extend(output for output in model.graph.output if output.name in outputs)
    return half


def _named(model: onnx.ModelProto, old: str, new: str) -> onnx.ModelProto:
    """Give a value another name throughout."""
    for node in model.graph.node:
        _exchange(node.input, old, new)
        _exchange(node.output, old, new)
    for value in (*model.graph.input, *model.graph.output):
        if value.name == old:
            value.name = new
    onnx.checker.check_model(model)
    return model


class Graph:
    """A model while its nodes are exchanged."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._model = model
        self._nodes = list(model.graph.node)
        self._constants = {constant.name: constant for constant in model.graph.initializer}

    def all(self, *operators: str) -> list[NodeProto]:
        """Return the nodes of some operators, in order."""
        return [node for node in self._nodes if node.op_type in operators]

    def maker(self, name: str) -> NodeProto:
        """Return the node that makes a value."""
        found: NodeProto = next(node for node in self._nodes if name in node.output)
        return found

    def outputs(self) -> set[str]:
        """Return the names of what the model gives out."""
        return {output.name for output in self._model.graph.output}

    def leading_to(self, names: set[str]) -> set[str]:
        """Return the values that some values are made from, and these."""
        ordered = self._ordered(names)
        return {name for node in ordered for name in node.output}

    def is_made(self, name: str) -> bool:
        """Say whether a value is made by a node: neither an input nor a constant."""
        return any(name in node.output for node in self._nodes)

    def users(self, name: str) -> list[NodeProto]:
        """Return the nodes that a value goes into."""
        return [node for node in self._nodes if name in node.input]

    def is_vector(self, name: str) -> bool:
        """Say whether a value is a constant of one dimension."""
        return name in self._constants and len(self._constants[name].dims) == 1

    def array(self, name: str) -> np.ndarray:
        """Return the values of a constant."""
        values: np.ndarray = numpy_helper.to_array(self._constants[name])
        return values

    def constant(self, name: str, values: np.ndarray) -> str:
        """Add a constant and return its name."""
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def add(self, operator: str, inputs: Iterable[str], output: str, **attributes: Any) -> str:
        """Add a node of one output and return the output's name."""
        domain = CONTRIB if operator in (PRODUCT, "MultiHeadAttention", "FastGelu") else ""
        node = helper.make_node(operator, list(inputs), [output], name=output, domain=domain, **attributes)
        self._nodes.append(node)
        return output

    def drop(self, *nodes: NodeProto) -> None:
        """Take nodes out."""
        self._nodes = [node for node in self._nodes if not any(node is other for other in nodes)]

    def finished(self) -> onnx.ModelProto:
        """Return the model, its nodes in order, without those and the constants that nothing asks for."""
        graph = self._model.graph
        ordered = self._ordered({output.name for output in graph.output})
        used = {name for node in ordered for name in node.input}
        del graph.node[:], graph.initializer[:]
        graph.node.extend(ordered)
        graph.initializer.extend(constant for name, constant in self._constants.items() if name in used)
        onnx.checker.check_model(self._model)
        return self._model

    def _ordered(self, wanted: set[str]) -> list[NodeProto]:
        makers = {name: node for node in self._nodes for name in node.output}
        ordered: list[NodeProto] = []
        done: set[str] = set()

        def make(name: str) -> None:
            if name in done or name not in makers:
                return
            done.update(makers[name].output)
            for needed in makers[name].input:
                make(needed)
            ordered.append(makers[name])

        for name in sorted(wanted):
            make(name)
        return ordered


def _product(graph: Graph, node: NodeProto) -> None:
    """Join a product of integers with the cast, the scales and the bias that follow it."""
    (cast,) = graph.users(node.output[0])
    (scaled,) = graph.users(cast.output[0])
    scales = graph.maker(next(name for name in scaled.input if name != cast.output[0]))
    given, weight, zero, weight_zero = node.input
    if graph.array(weight_zero).any():
        raise ValueError(f"{node.name}: weights with a zero point are not looked for here")
    inputs, output = [given, weight, *scales.input, zero], scaled.output[0]
    graph.drop(node, cast, scaled, scales)
    following = graph.users(output)
    if [user.op_type for user in following] == ["Add"]:
        bias = next(name for name in following[0].input if name != output)
        if graph.is_vector(bias):
            graph.drop(*following)
            inputs, output = [*inputs, "", bias], following[0].output[0]
    graph.add(PRODUCT, inputs, output)


def _attention(graph: Graph, node: NodeProto) -> None:
    """Put three products and an attention without a mask in the place of the int8 attention."""
    given, weight, bias, scale, weight_scale, _, zero, weight_zero = node.input[:8]
    if graph.array(weight_zero).any():
        raise ValueError(f"{node.name}: weights with a zero point are not looked for here")
    heads = next(a.i for a in node.attribute if a.name == "num_heads")
    graph.drop(node)
    parts = []
    for i, part in enumerate(("query", "key", "value")):
        weights, scales, biases = (
            graph.constant(f"{name}_{part}", np.split(graph.array(name), 3, axis=-1)[i])
            for name in (weight, weight_scale, bias)
        )
        inputs = [given, weights, scale, scales, zero, "", biases]
        parts.append(graph.add(PRODUCT, inputs, f"{node.output[0]}_{part}"))
    graph.add("MultiHeadAttention", parts, node.output[0], num_heads=heads)


def _gelu(graph: Graph, node: NodeProto) -> None:
    """Add the bias where the product is taken."""
    given, bias = node.input
    graph.maker(given).input.extend(["", bias])
    del node.input[1]


def _first_pieces(graph: Graph) -> None:
    """Ask the last layers for the first piece of each word alone, and not at the end for their output."""
    places = graph.add("Unsqueeze", ["first", graph.constant("last_axis", np.asarray([-1]))], "places")
    firsts: dict[str, str] = {}
    for gathered in graph.all("GatherElements"):
        query = graph.maker(_last_attention(graph, gathered.input[0]).input[0])
        quantised = query.input[0]
        if quantised not in firsts:
            firsts[quantised] = _first_of(graph, quantised, places)
        query.input[0] = firsts[quantised]
        graph.drop(gathered)
        for node in graph.users(gathered.output[0]):
            _exchange(node.input, gathered.output[0], gathered.input[0])


def _last_attention(graph: Graph, name: str) -> NodeProto:
    """Return the attention that a value comes from by the fewest steps."""
    values = [name]
    for value in values:
        node = graph.maker(value)
        if node.op_type == "MultiHeadAttention":
            return node
        values += [given for given in node.input if graph.is_made(given)]
    raise ValueError(f"no attention leads to {name}")


def _first_of(graph: Graph, quantised: str, places: str) -> str:
    """Take the first pieces of a layer's input, where it is added to what comes out and where queries are made of it;
    return them as integers."""
    whole, scale, zero = graph.maker(quantised).input
    residuals = [node for node in graph.users(whole) if node.op_type == "Add"]
    firsts = graph.add("GatherND", [whole, places], f"{whole}_first", batch_dims=1)
    for residual in residuals:
        _exchange(residual.input, whole, firsts)
    return graph.add("QuantizeLinear", [firsts, scale, zero], f"{quantised}_first")


def _exchange(names: MutableSequence[str], old: str, new: str) -> None:
    for i, name in enumerate(names):
        if name == old:
            names[i] = new


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    fused(parser.parse_args().path)
