"""Pooling: from a feature map of any size to one vector a photo.

Each takes the number of channels C, maps float[B, C, H, W] to float[B, dimension], and is left to be scaled to unit
length by what uses it.
"""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from torch import Tensor, nn
from torch.nn.functional import max_pool2d, normalize

EPSILON = 1e-6  # as the authors' code has it
REGION_SCALES, OVERLAP = 3, 0.4
CGD_DIMENSION = 1536
CLUSTERS = 64
SECOND_SHARE = 0.01  # of the weight of the nearest centroid, for the one after it


class GeM(nn.Module):
    """Generalised mean: float[B, C], (mean(max(x, epsilon)^p))^(1/p), with a learnable p.

    p = 1 is the mean (SPoC), p without end the maximum (MAC).
    Radenović, Tolias & Chum, "Fine-tuning CNN image retrieval with no human annotation", 2018, equation 3.
    """

    def __init__(self, channels: int, p: float = 3.0) -> None:
        super().__init__()
        self.dimension = channels
        self.p = nn.Parameter(torch.tensor(p))

    def forward(self, features: Tensor) -> Tensor:
        return features.clamp(min=EPSILON).pow(self.p).mean((-2, -1)).pow(1 / self.p)


class SPoC(nn.Module):
    """Mean of each channel: float[B, C]. Babenko & Lempitsky, "Aggregating deep convolutional features", 2015."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.dimension = channels

    def forward(self, features: Tensor) -> Tensor:
        return features.mean((-2, -1))


class MAC(nn.Module):
    """Maximum of each channel: float[B, C]. Tolias, Sicre & Jégou, "Particular object retrieval", 2016, section 3.1."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.dimension = channels

    def forward(self, features: Tensor) -> Tensor:
        return features.amax((-2, -1))


class RMAC(nn.Module):
    """Sum of the unit maxima of the whole map and of square regions at three scales: float[B, C].

    Tolias, Sicre & Jégou, "Particular object retrieval with integral max-pooling of CNN activations", 2016, section
    3.2; regions as in Radenović's code.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.dimension = channels

    def forward(self, features: Tensor) -> Tensor:
        parts = [features.amax((-2, -1))[..., None]]
        for side, tops, lefts in regions(*features.shape[-2:]):
            parts.append(max_pool2d(features, side, stride=1)[:, :, tops][..., lefts].flatten(2))
        maxima = torch.cat(parts, dim=2)  # [B, C, regions]
        return (maxima / (maxima.norm(dim=1, keepdim=True) + EPSILON)).sum(2)


def regions(height: int, width: int) -> list[tuple[int, list[int], list[int]]]:
    """The squares of R-MAC: at scale s their side, 2/(s + 1) of the short side, and where their tops and lefts lie.

    So many more lie along the long side that neighbours at scale 1 come nearest to OVERLAP. Places are whole numbers,
    where the authors' code rounds them in 32 bits; of the sizes up to 40 × 40, 28 come out otherwise.
    """
    short, long = sorted((height, width))
    steps = range(1, 7)
    more = min(steps, key=lambda step: abs(1 - (long - short) / (step * short) - OVERLAP)) if long > short else 0

    def starts(length: int, side: int, count: int) -> list[int]:
        return [place * (length - side) // max(1, count - 1) for place in range(count)]

    found: list[tuple[int, list[int], list[int]]] = []
    for scale in range(1, REGION_SCALES + 1):
        side = 2 * short // (scale + 1)
        tops = starts(height, side, scale + more * (height > width))
        lefts = starts(width, side, scale + more * (width > height))
        if side:
            found.append((side, tops, lefts))
    return found


class CGD(nn.Module):
    """Combined global descriptors: SPoC, MAC and GeM, each projected and of unit length, side by side: float[B, 1536].

    Jun, Ko, Kim, Kim & Kim, "Combination of multiple global descriptors for image retrieval", 2019, equation 2.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.dimension = CGD_DIMENSION
        self.poolings = nn.ModuleList([SPoC(channels), MAC(channels), GeM(channels)])
        width = CGD_DIMENSION // len(self.poolings)
        self.projections = nn.ModuleList([nn.Linear(channels, width, bias=False) for _ in self.poolings])

    def forward(self, features: Tensor) -> Tensor:
        pairs = zip(self.poolings, self.projections, strict=True)
        return torch.cat([normalize(projection(pooling(features))) for pooling, projection in pairs], dim=1)


class NetVLAD(nn.Module):
    """Residuals of unit local features from centroids, softly assigned: float[B, clusters * C].

    Each centroid's sum is of unit length (intra-normalisation). Assignment has no bias, so that it can be learned apart
    from the centroids. Arandjelović et al., "NetVLAD: CNN architecture for weakly supervised place recognition", 2016.
    """

    def __init__(self, channels: int, clusters: int = CLUSTERS) -> None:
        super().__init__()
        self.dimension = clusters * channels
        self.centroids = nn.Parameter(normalize(torch.randn(clusters, channels)))
        self.assignment = nn.Conv2d(channels, clusters, 1, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        local = normalize(features)
        weights = self.assignment(local).softmax(1).flatten(2)  # [B, K, HW]
        sums = weights @ local.flatten(2).transpose(1, 2) - weights.sum(2, keepdim=True) * self.centroids
        return normalize(normalize(sums, dim=2).flatten(1))

    @torch.no_grad()
    def start(self, features: NDArray[np.floating], seed: int = 0) -> None:
        """Take the k-means of local features float[n, C], n at least as many as clusters, for the centroids.

        Assignment then follows the direction of each, so sharply that of a feature's weight its second centroid has
        SECOND_SHARE of what the first has, in the geometric mean.
        """
        local = normalize(torch.as_tensor(features, dtype=torch.float32))
        means = KMeans(len(self.centroids), random_state=seed).fit(local.numpy())
        self.centroids.copy_(torch.from_numpy(means.cluster_centers_))
        directions = normalize(self.centroids)
        first, second = (local @ directions.T).topk(2).values.mean(0)
        sharpness = -torch.log(torch.tensor(SECOND_SHARE)) / (first - second)
        self.assignment.weight.copy_((sharpness * directions)[:, :, None, None])


POOLINGS: dict[str, Callable[[int], nn.Module]] = {
    "gem": GeM,
    "spoc": SPoC,
    "mac": MAC,
    "rmac": RMAC,
    "cgd": CGD,
    "netvlad": NetVLAD,
}
