"""The network of an encoder: from pixels to one unit vector a photo."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import normalize


class Descriptor(nn.Module):
    """uint8[B, S, S, 3] to unit float32[B, D]: features, pooling, L2, whitening, L2."""

    def __init__(self, backbone: nn.Module, pooling: nn.Module, whitening: nn.Module | None = None) -> None:
        super().__init__()
        self.backbone = backbone
        self.pooling = pooling
        self.whitening = whitening or nn.Identity()

    def forward(self, pixels: Tensor) -> Tensor:
        features = self.backbone(pixels.permute(0, 3, 1, 2).float())
        return normalize(self.whitening(normalize(self.pooling(features))))


def whitening_layer(mean: NDArray[np.floating], projection: NDArray[np.floating]) -> nn.Linear:
    """Return projection[D, C] @ (x - mean[C]) as a layer: float32[B, C] to float32[B, D]."""
    layer = nn.Linear(projection.shape[1], projection.shape[0])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(projection))
        layer.bias.copy_(torch.from_numpy(-projection @ mean))
    return layer
