"""Pooling: from a feature map of any size to one number a channel."""

import torch
from torch import Tensor, nn


class GeM(nn.Module):
    """Generalised mean: float[B, C, H, W] to float[B, C], (mean(max(x, epsilon)^p))^(1/p), with a learnable p.

    p = 1 is the mean (SPoC), p without end the maximum (MAC).
    Radenović, Tolias & Chum, "Fine-tuning CNN image retrieval with no human annotation", 2018, equation 3.
    """

    def __init__(self, p: float = 3.0, epsilon: float = 1e-6) -> None:
        super().__init__()
        self.p = nn.Parameter(torch.tensor(p))
        self.epsilon = epsilon

    def forward(self, features: Tensor) -> Tensor:
        return features.clamp(min=self.epsilon).pow(self.p).mean((-2, -1)).pow(1 / self.p)
