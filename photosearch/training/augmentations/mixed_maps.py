"""Mixtures of photos inside a network, in place of mixtures of their pixels."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

MANIFOLD_MIXUP = "manifold-mixup"
ALPHA = 2.0  # of the Beta distribution that the shares come from, as for CIFAR in the paper


@contextmanager
def mixed_maps(layers: nn.Sequential, before: int) -> Generator[None]:
    """Mix, while it lasts, each row of what goes into one of `layers`, or comes out, with the row `before` it.

    λ h(xᵢ) + (1 - λ) h(xⱼ), h as far as a layer that torch's generator draws, λ ~ Beta(α, α), and ½ at least, so that
    the label of xᵢ still holds. Verma et al., "Manifold mixup: better representations by interpolating hidden states",
    2019, equation 1.
    """
    place = int(torch.randint(len(layers) + 1, ()))
    share = float(torch.distributions.Beta(ALPHA, ALPHA).sample())
    share = max(share, 1 - share)

    def mix(rows: Tensor) -> Tensor:
        return share * rows + (1 - share) * rows.roll(before, 0)

    def mix_output(_: nn.Module, given: Any, output: Tensor) -> Tensor:
        return mix(output)

    def mix_input(_: nn.Module, given: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        return (mix(given[0]),)

    drawn = layers[place - 1] if place else None
    hook = drawn.register_forward_hook(mix_output) if drawn else layers.register_forward_pre_hook(mix_input)
    try:
        yield
    finally:
        hook.remove()
