"""The network of an encoder: from pixels to one unit vector a photo."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import interpolate, normalize

from photosearch.training.networks.pooling import GeM

SCALES = (1.0, 2**-0.5, 0.5)


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
        return self._pool(pixels.permute(0, 3, 1, 2).float())

    def _pool(self, levels: Tensor) -> Tensor:
        return normalize(self.pooling(self.backbone(levels)))


class MultiScale(Descriptor):
    """A Descriptor that looks at each photo at several scales of its S pixels a side, and shares the given one's parts.

    The pooled vectors of all scales are joined by GeM with the p that its pooling learned, or by their mean where the
    pooling is another, then L2. Radenović, Tolias & Chum, "Fine-tuning CNN image retrieval with no human annotation",
    2018, section 5.2.
    """

    def __init__(self, network: Descriptor, scales: Sequence[float] = SCALES) -> None:
        super().__init__(network.backbone, network.pooling, network.head)
        self.scales = scales

    def pooled(self, pixels: Tensor) -> Tensor:
        levels = pixels.permute(0, 3, 1, 2).float()
        sides = [round(scale * levels.shape[-1]) for scale in self.scales]
        seen = [self._pool(levels if side == levels.shape[-1] else _resize(levels, side)) for side in sides]
        vectors = torch.stack(seen, dim=-1)
        joined = self.pooling(vectors[:, :, None]) if isinstance(self.pooling, GeM) else vectors.mean(-1)
        return normalize(joined)


def _resize(levels: Tensor, side: int) -> Tensor:
    return interpolate(levels, (side, side), mode="bilinear", align_corners=False)


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
