"""One step of training: the views that it sees, and the loss that it makes small."""

from typing import NamedTuple

from torch import Tensor, nn

from photosearch.training.networks.descriptor import Descriptor


class Views(NamedTuple):
    """What one step sees: pixels uint8[B, S, S, 3], and int64[B] each: the class (-1: none) and the photo of each."""

    pixels: Tensor
    labels: Tensor
    photos: Tensor


class Aim(nn.Module):
    """What the training makes small; its parameters learn along."""

    def forward(self, network: Descriptor, average: Descriptor, views: Views) -> Tensor:
        """A scalar, from 32-bit floats; `average` is the running average of the weights of `network`."""
        raise NotImplementedError
