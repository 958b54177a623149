"""What training makes small. Losses that pytorch-metric-learning has are taken from there."""

from typing import Any

import torch
from pytorch_metric_learning.losses import ContrastiveLoss
from torch import Tensor


class SquaredContrastiveLoss(ContrastiveLoss):
    """Half of d² for a match and of max(0, margin - d)² for others, d being the distance of unit vectors.

    The means over matches and over others, zeros left out, are added. Radenović, Tolias & Chum, "Fine-tuning CNN
    image retrieval with no human annotation", 2018, equation 5, whose sums over a step's pairs these means stand for.
    """

    def __init__(self, margin: float = 0.7, **settings: Any) -> None:
        super().__init__(pos_margin=0, neg_margin=margin, **settings)  # pyright: ignore[reportArgumentType]

    def pos_calc(self, pos_pair_dist: Tensor, margin: float) -> Tensor:
        return super().pos_calc(pos_pair_dist, margin) ** 2 / 2

    def neg_calc(self, neg_pair_dist: Tensor, margin: float) -> Tensor:
        return super().neg_calc(neg_pair_dist, margin) ** 2 / 2


def entropy_loss(vectors: Tensor, numbers: Tensor, epsilon: float = 1e-6) -> Tensor:
    """Mean of -log(distance to the nearest row of another photo), for unit float[B, D] and the photos int[B].

    It spreads the vectors evenly, so that one distance means the same everywhere: the Kozachenko-Leonenko estimate
    of differential entropy. Pizzi et al., "A self-supervised descriptor for image copy detection", 2022, equation 4.
    """
    with torch.no_grad():
        cosines = vectors @ vectors.T
        cosines[numbers[:, None] == numbers] = -2
        nearest = cosines.argmax(dim=1)
    return -((vectors - vectors[nearest]).norm(dim=1) + epsilon).log().mean()


def direction_loss(vectors: Tensor, targets: Tensor) -> Tensor:
    """Mean of 1 - cosine between the rows of `vectors` and the unit rows of `targets`, both float[B, D]."""
    return 1 - torch.nn.functional.cosine_similarity(vectors, targets).mean()
