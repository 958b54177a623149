"""Overlays and surrounds of pictures: words, stickers, borders, the page of an app, other pictures."""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn.functional import interpolate

from photosearch.encode.preprocess import fit
from photosearch.training.augmentations.edits import EDITS

KINDS = ("text", "stickers", "border", "screenshot")  # of EDITS
GRIDS = ((2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3))  # columns and rows of a collage
MOST_GAP = 0.04  # between its pictures, of a side
SHAPES = (0.66, 1.0, 1.5)  # width over height of the pictures that layers are drawn for


class Layers(NamedTuple):
    """Layers to choose from: their colours times their opacity and, behind, the opacity, uint8[L, 4, S, S].

    The picture lies in a box [L, 4] of each: left, top, right and bottom as shares of a side.
    """

    pixels: Tensor
    boxes: NDArray[np.float64]

    def lay(self, numbers: NDArray[np.int64], pictures: Tensor) -> Tensor:
        """Lay a layer each over the float[B, 3, S, S]."""
        layers = self.pixels[torch.from_numpy(numbers).to(self.pixels.device)].float() / 255
        return pictures * (1 - layers[:, 3:]) + layers[:, :3]


@cache
def draw_layers(count: int, size: int, seed: int, device: torch.device) -> Layers:
    """Draw `count` layers of each kind, by the edits of that name, for pictures of `size` pixels a side."""
    drawn = [_draw(kind, number, size, seed) for kind in KINDS for number in range(count)]
    pixels = torch.from_numpy(np.stack([layer for layer, _ in drawn])).to(device)
    return Layers(pixels, np.array([box for _, box in drawn]))


def _draw(kind: str, number: int, size: int, seed: int) -> tuple[NDArray[np.uint8], tuple[float, ...]]:
    """A layer uint8[4, S, S] and its box: what differs of a black and a white picture shows through it."""
    width = round(size * SHAPES[number % len(SHAPES)])
    black, white = (
        fit(EDITS[kind](Image.new("RGB", (width, size), level), np.random.default_rng((seed, number))), size, "squash")
        for level in ("black", "white")
    )
    through = (white.astype(np.int16) - black).clip(0, 255).mean(axis=2)
    opacity = np.round(255 - through).astype(np.uint8)
    rows, columns = (np.flatnonzero((opacity < 128).any(axis=axis)) for axis in (1, 0))
    box = columns[0] / size, rows[0] / size, (columns[-1] + 1) / size, (rows[-1] + 1) / size
    return np.concatenate([black.transpose(2, 0, 1), opacity[None]]), box


def make_collage(others: Tensor, grid: tuple[int, int], gap: float, colour: Tensor, size: int) -> Tensor:
    """Show the `others` float[B, columns * rows, 3, S, S] side by side on a ground of `colour` float[B, 3, 1, 1]."""
    page = colour.expand(-1, 3, size, size).clone()
    for number, box in enumerate(cells(grid, gap)):
        left, top, right, bottom = (round(size * side) for side in box)
        cell = interpolate(others[:, number], (bottom - top, right - left), mode="bilinear", antialias=True)
        page[:, :, top:bottom, left:right] = cell
    return page


def cells(grid: tuple[int, int], gap: float) -> NDArray[np.float64]:
    """The boxes [columns * rows, 4] of a collage, as shares of a side, with half of `gap` around each."""
    columns, rows = grid
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(columns), np.arange(rows)))
    boxes = np.stack([x / columns, y / rows, (x + 1) / columns, (y + 1) / rows], axis=1)
    return boxes + gap / 2 * np.array([1, 1, -1, -1])
