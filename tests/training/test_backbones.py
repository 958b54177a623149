"""EfficientNet-Lite as a feature extractor, with the weights of its package."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")

from photosearch.training.backbones import EfficientNetLite  # noqa: E402


def test_features_of_a_photo():
    backbone = EfficientNetLite("efficientnet-lite0", 96).eval()
    levels = torch.nn.functional.interpolate(torch.randint(0, 256, (2, 3, 6, 6)).float(), (96, 96))
    with torch.inference_mode():
        features = backbone(levels)
        grey = backbone(torch.full((1, 3, 96, 96), 127.0))
        zero = backbone.network.extract_features(torch.zeros(1, 3, 96, 96))
    assert features.shape == (2, EfficientNetLite.channels, 3, 3)
    assert float(features.min()) >= 0 and 1 < float(features.max()) <= 6  # ReLU6
    assert float((features[0] - features[1]).abs().max()) > 0.5
    assert torch.equal(grey, zero)


def test_padding_follows_the_input_size():
    backbone = EfficientNetLite("efficientnet-lite0", 72).eval()  # maps of 72, 36, 18, 9, 5 and 3
    with torch.inference_mode():
        assert backbone(torch.full((1, 3, 72, 72), 200.0)).shape[2:] == (3, 3)
