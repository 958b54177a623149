"""Mixtures inside a network: formula and range of the shares, and that a network is left as it was."""

import pytest
import torch
from torch import Tensor, nn

from photosearch.training.augmentations.mixed_maps import mixed_maps


class Squared(nn.Module):
    def forward(self, rows: Tensor) -> Tensor:
        return rows**2


def mixed(seed: int, rows: Tensor, before: int = 1) -> Tensor:
    torch.manual_seed(seed)
    layers = nn.Sequential(Squared(), Squared())
    with mixed_maps(layers, before):
        return layers(rows)


def test_rows_are_mixed_at_any_layer_and_keep_the_larger_share() -> None:
    """Of rows 1 and 2 that two layers square, λ tells the layer: (λ + 2(1 - λ))⁴, (λ + 4(1 - λ))² or λ + 16(1 - λ)."""
    rows, places = torch.tensor([[1.0], [2.0]]), set[int]()
    for seed in range(30):
        one, other = mixed(seed, rows)[:, 0].tolist()
        for place, value in enumerate((1.0, 2.0, 4.0)):
            there, here = 2**value, one ** (value / 4)
            share = (there - here) / (there - 1)
            if other == pytest.approx((share * there + 1 - share) ** (4 / value), rel=1e-4):
                assert 0.5 <= share <= 1
                places.add(place)
    assert places == {0, 1, 2}


def test_each_view_is_mixed_with_one_of_another_photo() -> None:
    rows = torch.tensor([[1.0], [0.0], [0.0], [0.0]])
    assert (mixed(0, rows, before=2)[:, 0] > 0).tolist() == [True, False, True, False]


def test_the_network_is_left_as_it_was() -> None:
    layers = nn.Sequential(Squared())
    with pytest.raises(RuntimeError), mixed_maps(layers, 1):
        raise RuntimeError
    assert layers(torch.tensor([[3.0], [0.0]])).tolist() == [[9.0], [0.0]]
