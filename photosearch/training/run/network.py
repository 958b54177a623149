"""The network that a recipe names, and what it makes of photos while it learns."""

from collections.abc import Generator
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from photosearch.encode.bundle import read_bundle
from photosearch.encode.preprocess import fit
from photosearch.errors import EncoderError
from photosearch.training.networks.backbones import make_backbone
from photosearch.training.networks.descriptor import Descriptor
from photosearch.training.networks.pooling import POOLINGS, NetVLAD
from photosearch.training.networks.start import DEFAULT, load_start
from photosearch.training.run.objective import parts_of
from photosearch.training.run.recipe import ENCODER, Recipe

CHUNK = 16
LOCAL_PHOTOS = 128  # whose features NetVLAD's clusters are taken from
BACKBONE_INPUT_SIZE = 224  # pixels, where the recipe names none


def build_network(recipe: Recipe, serving: Path, size: int) -> Descriptor:
    """The network to teach, for photos of `size` pixels a side; a seed gives a new head its first weights.

    `serving` is the bundle that a recipe starts from which names no backbone; where that is of a kind that cannot be
    taught, the program's own is taken. Raises EncoderError.
    """
    if recipe.start == ENCODER:
        try:
            return load_start(serving, size, recipe.frozen_blocks)
        except EncoderError:
            return load_start(DEFAULT, size, recipe.frozen_blocks)
    torch.manual_seed(recipe.seed)
    backbone = make_backbone(recipe.start, size, recipe.frozen_blocks)
    pooling = POOLINGS[recipe.pooling](backbone.channels)
    head = nn.Linear(cast(int, pooling.dimension), recipe.dimension)
    nn.init.orthogonal_(head.weight)  # so that it begins by keeping what the features say
    nn.init.zeros_(head.bias)
    return Descriptor(backbone, pooling, head)


def start_netvlad(network: Descriptor, photos: NDArray[np.uint8], recipe: Recipe) -> None:
    """Take the clusters of NetVLAD from the local features of the first photos uint8[N, side, side, 3]."""
    assert isinstance(network.pooling, NetVLAD)
    size = recipe.training_size
    chunks = [photos[start : start + CHUNK] for start in range(0, min(len(photos), LOCAL_PHOTOS), CHUNK)]
    with torch.inference_mode():
        features = [
            network.backbone(
                torch.from_numpy(np.stack([_fitted(photo, size) for photo in chunk])).permute(0, 3, 1, 2).float()
            )
            for chunk in chunks
        ]
    local = torch.cat([each.flatten(2).transpose(1, 2).flatten(0, 1) for each in features])
    network.pooling.start(local.numpy(), recipe.seed)


def input_size_of(recipe: Recipe) -> int:
    """In pixels, of the finished encoder."""
    if recipe.input_size:
        return recipe.input_size
    if recipe.start != ENCODER:
        return BACKBONE_INPUT_SIZE
    return read_bundle(DEFAULT).input_size


def resized(recipe: Recipe, serving: Path, network: Descriptor, size: int) -> Descriptor:
    """The same network for photos of `size` pixels: how maps are padded depends on it."""
    other = build_network(recipe, serving, size)
    other.load_state_dict(network.state_dict())
    return other.eval()


def see(
    network: Descriptor, photos: NDArray[np.uint8], numbers: NDArray[np.int64], size: int, *, pooled: bool = False
) -> Generator[tuple[int, int], None, tuple[Tensor, ...]]:
    """The parts of the vectors of plain photos, unit float32[n, Di] each, or what the head takes; yields how many done.

    `photos` is uint8[N, side, side, 3]. The network stays in the mode it is in.
    """
    found: list[tuple[Tensor, ...]] = []
    for start in range(0, len(numbers), CHUNK):
        yield start, len(numbers)
        chunk = [_fitted(photos[number], size) for number in numbers[start : start + CHUNK]]
        found.append(see_pixels(network, np.stack(chunk), pooled=pooled))
    yield len(numbers), len(numbers)
    return tuple(torch.cat(part) for part in zip(*found, strict=True))


def see_pixels(network: Descriptor, pixels: NDArray[np.uint8], *, pooled: bool = False) -> tuple[Tensor, ...]:
    """The same of uint8[B, S, S, 3]."""
    with torch.inference_mode():
        device = next(network.parameters()).device
        features = network.pooled(torch.from_numpy(pixels).to(device))
        return tuple(part.float().cpu() for part in ((features,) if pooled else parts_of(network, features)))


def _fitted(photo: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    return fit(Image.fromarray(photo), size, "squash")
