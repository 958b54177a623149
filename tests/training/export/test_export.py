"""A torch network as an encoder bundle."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxscript")

from photosearch.encode.bundle import MODEL, read_bundle  # noqa: E402
from photosearch.encode.encoder import Encoder  # noqa: E402
from photosearch.errors import EncoderError  # noqa: E402
from photosearch.training.export.export import Card, export_bundle  # noqa: E402
from photosearch.training.networks.backbones import EfficientNetLite  # noqa: E402
from photosearch.training.networks.descriptor import Descriptor, MultiScale, linear_map  # noqa: E402
from photosearch.training.networks.pooling import GeM  # noqa: E402

SIZE, CHANNELS, DIMENSION = 16, 6, 4


def small_network() -> Descriptor:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    head = linear_map(rng.standard_normal(CHANNELS) * 0.1, rng.standard_normal((DIMENSION, CHANNELS)))
    layers = torch.nn.Sequential(
        torch.nn.Conv2d(3, CHANNELS, 3, 2, 1, bias=False), torch.nn.BatchNorm2d(CHANNELS), torch.nn.ReLU6()
    )
    return Descriptor(layers, GeM(CHANNELS), head)


def export(network, folder):
    return export_bundle(network, folder, Card("small", "squash", "Apache-2.0", "a test"), SIZE)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "made"
    network = small_network()
    return network, folder, export(network, folder)


def test_the_bundle_gives_the_vectors_of_the_network_for_any_batch(exported):
    network, folder, _ = exported
    encoder = Encoder(folder, "cpu")
    pixels = np.random.default_rng(1).integers(0, 256, (5, SIZE, SIZE, 3), dtype=np.uint8)
    with torch.inference_mode():
        expected = network(torch.from_numpy(pixels)).numpy()
    for photos in (1, 2, 5):
        vectors = encoder.encode(pixels[:photos])
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(vectors, expected[:photos], atol=1e-5)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.abs(expected - expected[:1]).max() > 0.01  # the photos are told apart


@pytest.mark.parametrize("size", [160, 224, 240])
def test_a_network_is_exported_as_it_is_at_each_of_its_sizes(tmp_path, size: int):
    network = EfficientNetLite("efficientnet-lite0", size, 5, weights=False)
    torch.manual_seed(0)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
    network.trained = network.trained[:1]  # the blocks that follow pad in the same two ways, and take long to export
    network.channels = 80
    scales = MultiScale(Descriptor(network, GeM(80)), (1.0, 0.5)) if size == 224 else Descriptor(network, GeM(80))
    bundle = export_bundle(scales, tmp_path, Card("sized", "squash", "none", "a test"), size)
    assert (bundle.input_size, bundle.dimension) == (size, 80)
    encoder = Encoder(tmp_path, "cpu")
    pixels = np.random.default_rng(1).integers(0, 256, (16, size, size, 3), dtype=np.uint8)
    with torch.inference_mode():
        expected = scales.eval()(torch.from_numpy(pixels)).numpy()
    for photos in (1, 3, 16):
        np.testing.assert_allclose(encoder.encode(pixels[:photos]), expected[:photos], atol=1e-4)
    assert any(isinstance(module, torch.nn.BatchNorm2d) for module in scales.modules()), "the network stays as it was"


def test_the_card_describes_the_file(exported):
    _, folder, bundle = exported
    assert read_bundle(folder) == bundle
    assert (bundle.dimension, bundle.input_size, bundle.resize) == (DIMENSION, SIZE, "squash")
    assert sorted(path.name for path in folder.iterdir()) == ["encoder.json", "model.onnx"]


def test_the_file_does_not_tell_who_made_it(exported):
    _, folder, _ = exported
    assert b".py" not in (folder / MODEL).read_bytes()


def test_a_network_that_the_file_does_not_reproduce_is_refused(tmp_path):
    class Forgetful(Descriptor):
        calls = 0

        def forward(self, pixels):
            self.calls += 1  # its first answer, which the bundle is held against, is another network's
            return super().forward(pixels if self.calls > 1 else 255 - pixels)

    network = small_network()
    with pytest.raises(EncoderError, match="differs from the network"):
        export(Forgetful(network.backbone, network.pooling, network.head), tmp_path)
