"""Feature extractors: EfficientNet-Lite with the weights of its package, torchvision's with weights made here."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")

from efficientnet_lite_pytorch import EfficientNet  # noqa: E402

from photosearch.errors import EncoderError  # noqa: E402
from photosearch.training.networks.backbones import (  # noqa: E402
    CHUNK,
    WEIGHTS,
    EfficientNetLite,
    Torchvision,
    fold_batch_norms,
    make_backbone,
)
from photosearch.training.networks.downloads import BACKBONES, DOWNLOADS, weights_folder  # noqa: E402
from photosearch.training.networks.vision import models  # noqa: E402

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


def draw_weights(name: str) -> torch.nn.Module:
    """A network of torchvision whose batch norms are not what they start as."""
    torch.manual_seed(0)
    network = models.get_model(name).eval()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.8, 1.2)
    return network


def features_of(network: torch.nn.Module, scaled: torch.Tensor) -> torch.Tensor:
    if isinstance(network, models.ResNet):
        return torch.nn.Sequential(*list(network.children())[:-2])(scaled)
    features = network.features(scaled)
    return network.classifier[0](features) if isinstance(network, models.ConvNeXt) else features


@pytest.mark.parametrize("name", sorted(DOWNLOADS.keys() - {"resnet50"}))  # which is built as resnet18 is
def test_a_backbone_gives_the_features_of_torchvision(name: str):
    network, levels = draw_weights(name), draw_levels(2)
    backbone = Torchvision(name, 2, network.state_dict()).eval()
    mean, deviation = (torch.tensor(levels)[:, None, None] for levels in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    with torch.inference_mode():
        expected = features_of(network, (levels / 255 - mean) / deviation)
        scale = float(expected.abs().max())
        torch.testing.assert_close(backbone(levels), expected, rtol=0, atol=1e-4 * scale)
        assert expected.shape == (2, backbone.channels, SIZE // 32, SIZE // 32)
    fold_batch_norms(backbone)
    with torch.inference_mode():
        torch.testing.assert_close(backbone(levels), expected, rtol=0, atol=1e-4 * scale)
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in backbone.modules())
    backbone.train()(levels).square().sum().backward()
    for part, weight in backbone.named_parameters():
        assert (weight.grad is None) == part.startswith("frozen."), part


def test_weights_are_asked_for_and_must_be_the_pinned_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    assert weights_folder() == Path(torch.hub.get_dir()) / "checkpoints"
    with pytest.raises(EncoderError, match="photosearch encoders fetch resnet18"):
        make_backbone("resnet18", SIZE, 0)
    file = tmp_path / "hub" / "checkpoints" / DOWNLOADS["resnet18"].name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"other")
    with pytest.raises(EncoderError, match="not the pinned file"):
        make_backbone("resnet18", SIZE, 0)


def test_weights_of_another_network_are_refused():
    with pytest.raises(EncoderError, match="not the weights of resnet18"):
        Torchvision("resnet18", 0, {"fc.weight": torch.zeros(1)})


def test_the_pins_agree_with_what_torchvision_says_of_its_files():
    assert set(BACKBONES) == {*WEIGHTS, *DOWNLOADS}
    for name, source in DOWNLOADS.items():
        newest = models.get_model_weights(name).DEFAULT
        assert source.url == newest.url
        assert len(source.sha256) == 64 and source.sha256[:8] == source.url[-12:-4]
