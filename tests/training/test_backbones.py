"""EfficientNet-Lite as a feature extractor, with the weights of its package."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")

from efficientnet_lite_pytorch import EfficientNet  # noqa: E402

from photosearch.training.backbones import CHUNK, WEIGHTS, EfficientNetLite  # noqa: E402

SIZE = 96
FROZEN_BLOCKS = 5


@pytest.fixture(scope="module")
def backbone():
    return EfficientNetLite("efficientnet-lite0", SIZE, FROZEN_BLOCKS)


def draw_levels(photos: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(photos)
    coarse = torch.randint(0, 256, (photos, 3, 6, 6), generator=generator).float()
    return torch.nn.functional.interpolate(coarse, (SIZE, SIZE))


def test_features_of_a_photo(backbone):
    backbone.eval()
    with torch.inference_mode():
        features = backbone(draw_levels(2))
        grey = backbone(torch.full((1, 3, SIZE, SIZE), 127.0))
        zero = backbone.trained(backbone.frozen(torch.zeros(1, 3, SIZE, SIZE)))
    assert features.shape == (2, EfficientNetLite.channels, 3, 3)
    assert float(features.min()) >= 0 and 1 < float(features.max()) <= 6  # ReLU6
    assert float((features[0] - features[1]).abs().max()) > 0.5
    assert torch.equal(grey, zero)


@pytest.mark.parametrize("frozen_blocks", [0, FROZEN_BLOCKS])
def test_both_parts_together_are_the_network_of_the_package(frozen_blocks: int):
    backbone = EfficientNetLite("efficientnet-lite0", SIZE, frozen_blocks).eval()
    whole = EfficientNet.from_name("efficientnet-lite0", image_size=SIZE).eval()
    whole.load_state_dict(torch.load(WEIGHTS["efficientnet-lite0"].get_model_file_path(), weights_only=True))
    levels = draw_levels(2)
    with torch.inference_mode():
        expected = whole.extract_features((levels - 127) / 128)
        torch.testing.assert_close(backbone(levels), expected, rtol=0, atol=1e-4)


def test_padding_follows_the_input_size():
    backbone = EfficientNetLite("efficientnet-lite0", 72).eval()  # maps of 72, 36, 18, 9, 5 and 3
    with torch.inference_mode():
        assert backbone(torch.full((1, 3, 72, 72), 200.0)).shape[2:] == (3, 3)


def test_only_the_trained_part_learns(backbone):
    backbone.train()
    backbone(draw_levels(1)).sum().backward()
    gradients = {name: weight.grad for name, weight in backbone.named_parameters()}
    backbone.zero_grad()
    frozen = [gradient for name, gradient in gradients.items() if name.startswith("frozen.")]
    trained = [gradient for name, gradient in gradients.items() if name.startswith("trained.")]
    assert len(frozen) > FROZEN_BLOCKS and all(gradient is None for gradient in frozen)
    assert len(trained) > FROZEN_BLOCKS and all(float(gradient.abs().max()) > 0 for gradient in trained)


def test_training_keeps_the_statistics_and_gives_the_same_features(backbone):
    levels = draw_levels(CHUNK + 3)  # the frozen part takes these in two chunks, of unequal size
    with torch.inference_mode():
        expected = backbone.eval()(levels)
    before = {name: buffer.clone() for name, buffer in backbone.named_buffers()}
    features = backbone.train()(levels).detach()
    torch.testing.assert_close(features, expected, rtol=0, atol=1e-4)
    assert any(name.endswith("running_mean") for name in before)
    for name, buffer in backbone.named_buffers():
        assert torch.equal(buffer, before[name]), name
