"""The network that a recipe names, and what it makes of photos while it learns."""

from collections.abc import Generator
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from photosearch.encode.bundle import read_bundle
from photosearch.encode.preprocess import fit
from photosearch.errors import EncoderError
from photosearch.library import Library
from photosearch.training.backbones import make_backbone
from photosearch.training.descriptor import Descriptor
from photosearch.training.pooling import POOLINGS
from photosearch.training.recipe import ENCODER, Recipe
from photosearch.training.start import load_start
from photosearch.training.teaching import parts_of

CHUNK = 16
BACKBONE_INPUT_SIZE = 224  # pixels, where the recipe names none


def build_network(library: Library, recipe: Recipe, size: int) -> Descriptor:
    """The network to teach, for photos of `size` pixels a side; a seed gives a new head its first weights.

    Where the encoder that serves is of a kind that cannot be taught, the one that comes with the program is. Raises
    EncoderError.
    """
    if recipe.start == ENCODER:
        try:
            return load_start(library.bundles.folder(library.settings.encoder), size, recipe.frozen_blocks)
        except EncoderError:
            return load_start(library.bundles.folder("default"), size, recipe.frozen_blocks)
    torch.manual_seed(recipe.seed)
    backbone = make_backbone(recipe.start, size, recipe.frozen_blocks)
    pooling = POOLINGS[recipe.pooling](backbone.channels)
    head = nn.Linear(cast(int, pooling.dimension), recipe.dimension)
    nn.init.orthogonal_(head.weight)  # so that it begins by keeping what the features say
    nn.init.zeros_(head.bias)
    return Descriptor(backbone, pooling, head)


def input_size_of(library: Library, recipe: Recipe) -> int:
    """In pixels, of the finished encoder."""
    if recipe.input_size:
        return recipe.input_size
    if recipe.start != ENCODER:
        return BACKBONE_INPUT_SIZE
    return read_bundle(library.bundles.folder("default")).input_size


def resized(library: Library, recipe: Recipe, network: Descriptor, size: int) -> Descriptor:
    """The same network for photos of `size` pixels: how maps are padded depends on it."""
    other = build_network(library, recipe, size)
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
        chunk = [fit(Image.fromarray(photos[number]), size, "squash") for number in numbers[start : start + CHUNK]]
        found.append(see_pixels(network, np.stack(chunk), pooled=pooled))
    yield len(numbers), len(numbers)
    return tuple(torch.cat(part) for part in zip(*found, strict=True))


def see_pixels(network: Descriptor, pixels: NDArray[np.uint8], *, pooled: bool = False) -> tuple[Tensor, ...]:
    """The same of uint8[B, S, S, 3]."""
    with torch.inference_mode():
        device = next(network.parameters()).device
        features = network.pooled(torch.from_numpy(pixels).to(device))
        return tuple(part.float().cpu() for part in ((features,) if pooled else parts_of(network, features)))
