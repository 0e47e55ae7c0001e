"""Channels of like width, so that eight bits do for all of them.

An activation has one range for all its channels, and a few channels of the feed-forward layers' inputs are many times as wide as the rest,
which are then told apart by a handful of steps. Dividing each channel by the root of its width, and multiplying the weights that it
meets by the same, changes nothing in the sums and evens the channels out (after SmoothQuant, Xiao et al., ICML 2023, which weighs the weights' widths in too:
they come to 0.3% of words here, activations to 2.3%). What it gains is in docs/models/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from training.network import Reading

SHARE = 0.5
"""Power of a channel's width that it is divided by: 0.5 and 0.75 leave as many words read otherwise, 1 some more."""
LEAST = 1e-4


class Evened(nn.Module):
    """A linear layer whose input's channels are brought to like widths."""

    def __init__(self, linear: nn.Linear, width: Tensor) -> None:
        """Take over a layer and the widths (K) of its input's channels."""
        super().__init__()
        by = width.clamp(min=LEAST) ** SHARE
        by = by / by.max()
        self.register_buffer("by", 1 / by)
        self.linear = linear
        linear.weight.data = linear.weight.data * by

    def forward(self, given: Tensor) -> Tensor:
        """Return what the layer alone would."""
        found: Tensor = self.linear(given * self.get_buffer("by"))
        return found


@torch.no_grad()
def even(model: Reading, inputs: Iterable[tuple[Tensor, ...]]) -> None:
    """Even out the feed-forward layers of a model in place, by what their channels are over some inputs."""
    layers: list[Any] = [*model.encoder.encoder.layer, *model.second]
    sides = [part for layer in layers for part in (layer.intermediate, layer.output)]
    ranges: list[tuple[Tensor, Tensor] | None] = [None] * len(sides)
    hooks = [
        part.dense.register_forward_pre_hook(partial(_widen, ranges, number))
        for number, part in enumerate(sides)
    ]
    for given in inputs:
        model(*given)
    for hook, part, found in zip(hooks, sides, ranges, strict=True):
        hook.remove()
        if found is not None:
            part.dense = Evened(part.dense, found[1] - found[0])


def _widen(
    ranges: list[tuple[Tensor, Tensor] | None], number: int, _: nn.Module, given: tuple[Tensor, ...]
) -> None:
    values = given[0].flatten(0, -2)
    low, high = values.amin(0), values.amax(0)
    known = ranges[number]
    ranges[number] = (
        (low, high) if known is None else (torch.minimum(known[0], low), torch.maximum(known[1], high))
    )
