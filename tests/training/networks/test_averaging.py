"""The average of two networks that began alike."""

from copy import deepcopy

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from photosearch.training.networks.averaging import average  # noqa: E402
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor  # noqa: E402
from photosearch.training.networks.pooling import SPoC  # noqa: E402

CHANNELS, PHOTOS = 6, 40


def network(seed: int) -> Descriptor:
    torch.manual_seed(seed)
    backbone = nn.Sequential(nn.Conv2d(3, CHANNELS, 3), nn.BatchNorm2d(CHANNELS), nn.ReLU())
    head = CopiesAndKinds(nn.Linear(CHANNELS, 4), nn.Linear(CHANNELS, 3), 0.25)
    return Descriptor(backbone, SPoC(CHANNELS), head).eval()


def photos() -> torch.Tensor:
    return torch.randint(0, 256, (PHOTOS, 8, 8, 3), generator=torch.Generator().manual_seed(0)).to(torch.uint8)


def test_a_network_whose_head_was_turned_averages_with_itself_to_itself():
    one = network(0)
    turned = deepcopy(one)
    for layer in (turned.head.copies, turned.head.kinds):
        rotation = torch.linalg.qr(torch.randn(len(layer.bias), len(layer.bias)))[0]
        with torch.no_grad():
            layer.weight.copy_(2 * rotation @ layer.weight)
            layer.bias.copy_(2 * rotation @ layer.bias)
    with torch.no_grad():
        averaged = average(one, turned, 0.5, one.pooled(photos()), turned.pooled(photos()))
        torch.testing.assert_close(averaged(photos()), one(photos()), atol=1e-4, rtol=0)


def test_the_share_goes_from_one_network_to_the_other():
    one, other = network(0), network(1)
    with torch.no_grad():
        pooled = one.pooled(photos()), other.pooled(photos())
        whole, none = (average(one, other, share, *pooled)(photos()) for share in (1.0, 0.0))
        torch.testing.assert_close(whole, one(photos()), atol=1e-4, rtol=0)
        cosines = other(photos()) @ other(photos()).T
    torch.testing.assert_close(none @ none.T, cosines, atol=1e-4, rtol=0)
