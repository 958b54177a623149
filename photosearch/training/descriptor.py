"""The network of an encoder: from pixels to one unit vector a photo."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import normalize


class Descriptor(nn.Module):
    """uint8[B, S, S, 3] to unit float32[B, D]: features, pooling, L2, head, L2."""

    def __init__(self, backbone: nn.Module, pooling: nn.Module, head: nn.Module | None = None) -> None:
        super().__init__()
        self.backbone = backbone
        self.pooling = pooling
        self.head = head or nn.Identity()

    def forward(self, pixels: Tensor) -> Tensor:
        return normalize(self.head(self.pooled(pixels)))

    def pooled(self, pixels: Tensor) -> Tensor:
        """Return what the head takes: unit float32[B, C]."""
        return normalize(self.pooling(self.backbone(pixels.permute(0, 3, 1, 2).float())))


class CopiesAndKinds(nn.Module):
    """float[B, C] to unit float[B, D1 + D2]: a vector that tells copies apart, beside one that tells kinds.

    Both parts are unit vectors before they are weighed, so the cosine of two whole vectors is
    (1 - kinds_weight) * cosine of their first parts + kinds_weight * cosine of their second parts.
    """

    def __init__(self, copies: nn.Linear, kinds: nn.Linear, kinds_weight: float) -> None:
        super().__init__()
        self.copies = copies
        self.kinds = kinds
        self.kinds_weight = kinds_weight

    def parts(self, pooled: Tensor) -> tuple[Tensor, Tensor]:
        """Return the two unit vectors of each row."""
        return normalize(self.copies(pooled)), normalize(self.kinds(pooled))

    def forward(self, pooled: Tensor) -> Tensor:
        copies, kinds = self.parts(pooled)
        return torch.cat((copies * (1 - self.kinds_weight) ** 0.5, kinds * self.kinds_weight**0.5), dim=1)


def linear_map(mean: NDArray[np.floating], projection: NDArray[np.floating]) -> nn.Linear:
    """Return projection[D, C] @ (x - mean[C]) as a layer: float32[B, C] to float32[B, D]."""
    layer = nn.Linear(projection.shape[1], projection.shape[0])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(projection))
        layer.bias.copy_(torch.from_numpy(-projection @ mean))
    return layer
