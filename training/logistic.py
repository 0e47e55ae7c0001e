"""Fits the weights of a small logistic model."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

STEPS = 200
"""Most steps of the optimiser; the models here have settled long before."""


def fitted(size: int, loss: Callable[[Tensor], Tensor]) -> Tensor:
    """Return the `size` weights at which a smooth loss of them is least, from none."""
    weights = torch.zeros(size, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        value = loss(weights)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach()
