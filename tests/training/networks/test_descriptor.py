"""The network of an encoder, with a small convolution for its backbone."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxscript")

from photosearch.training.export.export import Card, export_bundle  # noqa: E402
from photosearch.training.networks.descriptor import CopiesAndKinds, Descriptor, MultiScale, linear_map  # noqa: E402
from photosearch.training.networks.pooling import POOLINGS, GeM  # noqa: E402

PHOTOS, SIZE, CHANNELS = 5, 12, 6


def random_map(dimension: int, seed: int) -> torch.nn.Linear:
    rng = np.random.default_rng(seed)
    return linear_map(rng.standard_normal(CHANNELS), rng.standard_normal((dimension, CHANNELS)))


def draw_pixels() -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(1).integers(0, 256, (PHOTOS, SIZE, SIZE, 3), dtype=np.uint8))


def small_backbone() -> torch.nn.Module:
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Conv2d(3, CHANNELS, 3), torch.nn.ReLU6())


def lengths(vectors: torch.Tensor) -> torch.Tensor:
    return torch.linalg.vector_norm(vectors, dim=1)


def test_linear_map_takes_the_mean_away_and_projects():
    rng = np.random.default_rng(0)
    mean, projection, vectors = rng.standard_normal(7), rng.standard_normal((3, 7)), rng.standard_normal((4, 7))
    layer = linear_map(mean, projection)
    mapped = layer(torch.from_numpy(vectors).float())
    assert mapped.dtype == torch.float32 and layer.weight.requires_grad
    np.testing.assert_allclose(mapped.detach().numpy(), (vectors - mean) @ projection.T, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kinds_weight", [0.0, 0.3, 1.0])
def test_the_cosine_of_wholes_is_the_weighted_sum_of_the_cosines_of_parts(kinds_weight: float):
    head = CopiesAndKinds(random_map(4, 0), random_map(3, 1), kinds_weight)
    pooled = torch.from_numpy(np.random.default_rng(2).standard_normal((PHOTOS, CHANNELS))).float()
    with torch.inference_mode():
        whole = head(pooled)
        copies, kinds = head.parts(pooled)
    assert (copies.shape, kinds.shape, whole.shape) == ((PHOTOS, 4), (PHOTOS, 3), (PHOTOS, 7))
    for vectors in (copies, kinds, whole):
        torch.testing.assert_close(lengths(vectors), torch.ones(PHOTOS))
    expected = (1 - kinds_weight) * copies @ copies.T + kinds_weight * kinds @ kinds.T
    torch.testing.assert_close(whole @ whole.T, expected, rtol=0, atol=1e-5)


def test_a_photo_becomes_the_head_of_its_pooled_features():
    head = CopiesAndKinds(random_map(4, 0), random_map(3, 1), 0.3)
    network = Descriptor(small_backbone(), GeM(CHANNELS), head).eval()
    pixels = draw_pixels()
    with torch.inference_mode():
        pooled, vectors = network.pooled(pixels), network(pixels)
        features = network.backbone(torch.stack([photo.permute(2, 0, 1).float() for photo in pixels]))
        expected = torch.nn.functional.normalize(network.pooling(features))
        torch.testing.assert_close(pooled, expected)
        torch.testing.assert_close(vectors, head(pooled))
    torch.testing.assert_close(lengths(pooled), torch.ones(PHOTOS))
    torch.testing.assert_close(lengths(vectors), torch.ones(PHOTOS))
    assert float((vectors[1:] - vectors[0]).abs().max()) > 0.01  # the photos are told apart


def test_without_a_head_the_vector_is_the_pooled_one():
    network = Descriptor(small_backbone(), GeM(CHANNELS)).eval()
    with torch.inference_mode():
        torch.testing.assert_close(network(draw_pixels()), network.pooled(draw_pixels()))


def test_several_scales_are_joined_by_the_learned_mean():
    """The sum of p-th powers of unit vectors, as Radenović's code joins scales, before the head."""
    network = Descriptor(small_backbone(), GeM(CHANNELS, 4.0), random_map(4, 0)).eval()
    pixels = draw_pixels()
    with torch.inference_mode():
        levels = pixels.permute(0, 3, 1, 2).float()
        half = torch.nn.functional.interpolate(levels, scale_factor=0.5, mode="bilinear").permute(0, 2, 3, 1)
        powers = (network.pooled(pixels) ** 4 + network.pooled(half) ** 4) / 2
        expected = torch.nn.functional.normalize(powers**0.25)
        both = MultiScale(network, (1.0, 0.5))
        torch.testing.assert_close(both.pooled(pixels), expected)
        torch.testing.assert_close(both(pixels), torch.nn.functional.normalize(network.head(expected)))
        torch.testing.assert_close(MultiScale(network, (1.0,))(pixels), network(pixels))
        assert float((MultiScale(network)(pixels) - network(pixels)).abs().max()) > 0.001


class SideBySide(torch.nn.Module):
    """The outputs of several modules for the same input, scaled to unit length as one."""

    def __init__(self, modules: list[torch.nn.Module]) -> None:
        super().__init__()
        self.parts = torch.nn.ModuleList(modules)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.normalize(torch.cat([part(given) for part in self.parts], dim=1))


def test_every_pooling_and_several_scales_can_be_exported(tmp_path: Path):
    """As one file, because each takes seconds; the export compares its vectors with the network's."""
    backbone, poolings = small_backbone(), SideBySide([make(CHANNELS) for make in POOLINGS.values()])
    network = SideBySide([Descriptor(backbone, poolings), MultiScale(Descriptor(backbone, GeM(CHANNELS)))])
    export_bundle(network, tmp_path, Card("all", "squash", "none", "a test"), 20)
