"""The network of an encoder, with a small convolution for its backbone."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from photosearch.training.descriptor import CopiesAndKinds, Descriptor, linear_map  # noqa: E402
from photosearch.training.pooling import GeM  # noqa: E402

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
