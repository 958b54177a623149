"""What training makes small. Losses that pytorch-metric-learning has are taken from there."""

import torch
from torch import Tensor


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
