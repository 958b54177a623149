"""The network of an encoder bundle, read back into torch."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxscript")

from photosearch.encode.bundle import read_bundle  # noqa: E402
from photosearch.encode.encoder import Encoder  # noqa: E402
from photosearch.errors import EncoderError  # noqa: E402
from photosearch.paths import resources  # noqa: E402
from photosearch.training.export.export import Card, export_bundle  # noqa: E402
from photosearch.training.networks.backbones import make_backbone  # noqa: E402
from photosearch.training.networks.descriptor import Descriptor, MultiScale  # noqa: E402
from photosearch.training.networks.pooling import POOLINGS  # noqa: E402
from photosearch.training.networks.start import load_start  # noqa: E402
from tests.tree import REFERENCE  # noqa: E402

DEFAULT = resources() / "encoders" / "default"


def draw_pixels(size: int, photos: int = 2) -> np.ndarray:
    coarse = np.random.default_rng(size).integers(0, 256, (photos, 6, 6, 3), dtype=np.uint8)
    return coarse.repeat(size // 6 + 1, 1).repeat(size // 6 + 1, 2)[:, :size, :size]


def vectors_of(network: Descriptor, pixels: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        return network.eval()(torch.from_numpy(pixels)).numpy()


@pytest.mark.parametrize("frozen_blocks", [0, 5])
def test_the_default_encoder_gives_its_vectors_in_torch(frozen_blocks: int):
    size = read_bundle(DEFAULT).input_size
    network, pixels = load_start(DEFAULT, size, frozen_blocks), draw_pixels(size)
    np.testing.assert_allclose(vectors_of(network, pixels), Encoder(DEFAULT, "cpu").encode(pixels), atol=1e-4)


def test_it_learns_but_for_what_is_frozen_and_its_export_can_be_read_again(tmp_path: Path):
    network, pixels = load_start(DEFAULT, 96, 5).train(), draw_pixels(96)
    optimizer = torch.optim.SGD([weight for weight in network.parameters() if weight.requires_grad], 1e-3)
    network(torch.from_numpy(pixels))[:, :5].sum().backward()
    assert all(
        (weight.grad is None) == name.startswith("backbone.frozen") for name, weight in network.named_parameters()
    )
    optimizer.step()
    export_bundle(network, tmp_path, Card("taught", "squash", "none", "a test"), 96)
    again = vectors_of(load_start(tmp_path, 96, 2), pixels)
    np.testing.assert_allclose(again, vectors_of(network, pixels), atol=1e-4)
    assert np.abs(again - vectors_of(load_start(DEFAULT, 96, 0), pixels)).max() > 1e-3


@pytest.mark.parametrize(
    ("backbone", "pooling", "scales"),
    [("resnet18", "cgd", (1.0, 0.5)), ("mobilenet_v3_large", "netvlad", None)],
)
def test_every_part_that_recipes_name_is_read_back(tmp_path: Path, backbone: str, pooling: str, scales: tuple | None):
    torch.manual_seed(0)
    features = make_backbone(backbone, 64, 2, weights=False)
    pooled = POOLINGS[pooling](features.channels)
    network = Descriptor(features, pooled, torch.nn.Linear(pooled.dimension, 8, bias=False))
    network = MultiScale(network, scales) if scales else network
    export_bundle(network, tmp_path, Card("made", "pad", "none", "a test"), 64)
    again, pixels = load_start(tmp_path, 64, 0), draw_pixels(64)
    vectors = vectors_of(again, pixels)
    np.testing.assert_allclose(vectors, Encoder(tmp_path, "cpu").encode(pixels), atol=1e-4)
    np.testing.assert_allclose(vectors, vectors_of(network, pixels), atol=1e-4)
    assert not any(name.startswith("backbone.frozen.4") for name, _ in again.named_parameters())


def test_another_network_is_refused_with_a_sentence():
    with pytest.raises(EncoderError, match=r"“small-one” cannot be taught"):
        load_start(REFERENCE / "encoders" / "small-one", 16, 0)
