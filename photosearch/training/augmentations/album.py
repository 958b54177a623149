"""Photos kept as pixels, and the views of them that a network learns from, made where it learns."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import interpolate
from tqdm import tqdm

from photosearch.encode.preprocess import fit
from photosearch.errors import FolderError
from photosearch.training.augmentations import warps
from photosearch.training.augmentations.overlays import GRIDS, MOST_GAP, Layers, cells, draw_layers, make_collage
from photosearch.training.augmentations.tones import QUALITIES, TONES, TensorEdit
from photosearch.training.photos import load_photo

Numbers = NDArray[np.int64]

VIEWS = 3  # of a photo in a step: as it is, a part of it edited a little, a smaller part edited more
LEAST_AREAS = (0.3, 0.12)  # of the edited ones
MOST_ASPECTS = (4 / 3, 2.0)
WHOLE_SHARES = (0.5, 0.2)  # of them show all of the photo
TURNED, MIRRORED, ROTATED, TILTED = 0.05, 0.15, 0.12, 0.12  # shares of the edited views
LAYERED, COLLAGED, LAID_ON = 0.4, 0.08, 0.06
LEAST_LAID, MOST_LAID = 0.4, 0.9  # of a side, the part of another picture that a photo lies on
LAYERS = 64  # of each kind


class Album(NamedTuple):
    """Photos with both sides squashed, uint8[N, 3, S, S], and the width over the height of each."""

    pixels: Tensor
    aspects: NDArray[np.float64]


def read_album(photos: Sequence[Path], side: int) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Return uint8[N, 3, side, side] and the width over height [N] of files; raises FolderError if one has gone."""
    pixels, aspects = np.empty((len(photos), 3, side, side), np.uint8), np.empty(len(photos))

    def read(number: int) -> None:
        photo = load_photo(photos[number])
        if photo is None:
            raise FolderError("“{path}” cannot be read any more.", path=str(photos[number]))
        pixels[number] = fit(photo, side, "squash").transpose(2, 0, 1)
        aspects[number] = photo.width / photo.height

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(tqdm(threads.map(read, range(len(photos))), "Reading", len(photos), unit="photo", disable=None))
    return pixels, aspects


@dataclass
class AlbumViews:
    """Makes the views of photos of an album on a device; equal steps of equal numbers get equal views there."""

    album: Album
    size: int
    seed: int
    device: torch.device
    layers: Layers = field(init=False)

    def __post_init__(self) -> None:
        self.layers = draw_layers(LAYERS, self.size, self.seed, self.device)

    def make(self, step: int, numbers: Numbers) -> Tensor:
        """uint8[len(numbers) * VIEWS, S, S, 3], those of a photo side by side."""
        rng = np.random.default_rng((self.seed, step))
        with torch.no_grad():
            pictures = self._pictures(numbers)
            plain = interpolate(pictures, (self.size, self.size), mode="bilinear", antialias=True)
            edited = [self._edit(pictures, self.album.aspects[numbers], rng, hard) for hard in (0, 1)]
            views = torch.stack([plain, *edited], dim=1).flatten(0, 1)
            return (255 * views).round().to(torch.uint8).permute(0, 2, 3, 1)

    def _pictures(self, numbers: Numbers) -> Tensor:
        chosen = torch.from_numpy(numbers).to(self.album.pixels.device)
        return self.album.pixels[chosen].to(self.device).float() / 255

    def _edit(self, pictures: Tensor, aspects: NDArray[np.float64], rng: np.random.Generator, hard: int) -> Tensor:
        count = len(pictures)
        places = frame(aspects, rng, hard)
        ground = torch.from_numpy(rng.random((count, 3, 1, 1), np.float32)).to(self.device)
        ground = ground.expand(-1, 3, self.size, self.size)
        kind = rng.random(count)  # at most one of these for each
        layered = np.flatnonzero(kind < LAYERED)
        collaged = np.flatnonzero((kind >= LAYERED) & (kind < LAYERED + COLLAGED))
        laid_on = np.flatnonzero(kind >= 1 - LAID_ON)
        views = warps.warp(pictures, places, ground)
        views = change_some(views, TONES, rng)
        if len(layered):
            chosen = rng.integers(len(self.layers.boxes), size=len(layered))
            into = warps.shrink_into(self.layers.boxes[chosen])
            rows = torch.from_numpy(layered).to(self.device)
            views[rows] = self.layers.lay(chosen, warps.warp(views[rows], into, torch.zeros_like(views[rows])))
        if len(collaged):
            views = self._put_into_collage(views, collaged, rng)
        if len(laid_on):
            views = self._lay_on_others(views, laid_on, rng)
        return change_some(views, QUALITIES, rng)

    def _put_into_collage(self, views: Tensor, chosen: Numbers, rng: np.random.Generator) -> Tensor:
        grid = GRIDS[int(rng.integers(len(GRIDS)))]
        gap = float(rng.uniform(0, MOST_GAP) * rng.integers(2))
        boxes = cells(grid, gap)
        others = self._others((len(chosen), len(boxes)), rng)
        colour = torch.from_numpy(rng.random((len(chosen), 3, 1, 1), np.float32)).to(self.device)
        page = make_collage(others, grid, gap, colour, self.size)
        into = warps.shrink_into(boxes[rng.integers(len(boxes), size=len(chosen))])
        return self._replaced(views, chosen, into, page)

    def _lay_on_others(self, views: Tensor, chosen: Numbers, rng: np.random.Generator) -> Tensor:
        sides = rng.uniform(LEAST_LAID, MOST_LAID, (len(chosen), 2))
        corner = rng.uniform(0, 1, sides.shape) * (1 - sides)
        page = interpolate(self._others((len(chosen), 1), rng)[:, 0], (self.size, self.size), mode="bilinear")
        return self._replaced(views, chosen, warps.shrink_into(np.hstack([corner, corner + sides])), page)

    def _others(self, shape: tuple[int, int], rng: np.random.Generator) -> Tensor:
        """Photos of the album by chance, float[*shape, 3, S, S]."""
        numbers = rng.integers(len(self.album.pixels), size=shape)
        return self._pictures(numbers.ravel()).unflatten(0, shape)

    def _replaced(self, views: Tensor, chosen: Numbers, into: warps.Matrices, page: Tensor) -> Tensor:
        rows = torch.from_numpy(chosen).to(self.device)
        views[rows] = warps.warp(views[rows], into, page)
        return views


def frame(aspects: NDArray[np.float64], rng: np.random.Generator, hard: int) -> warps.Matrices:
    """The part of photos of the width over height `aspects` [B] that a view shows, and from where: [B, 3, 3]."""
    count = len(aspects)
    places, aspects = warps.identities(count), aspects.copy()
    turned = rng.random(count) < TURNED * hard
    places[turned] = warps.quarter_turn(rng, int(turned.sum()))
    aspects[turned] = 1 / aspects[turned]
    cut = rng.random(count) >= WHOLE_SHARES[hard]
    windows = warps.reframe(rng, int(cut.sum()), LEAST_AREAS[hard], MOST_ASPECTS[hard])
    places[cut] = places[cut] @ windows
    aspects[cut] *= windows[:, 0, 0] / windows[:, 1, 1]
    mirrored, rotated, tilted = (rng.random(count) < share for share in (MIRRORED, ROTATED, TILTED))
    places[mirrored] = places[mirrored] @ warps.mirror(int(mirrored.sum()))
    places[rotated] = places[rotated] @ warps.rotate(rng, aspects[rotated])
    places[tilted] = places[tilted] @ warps.tilt(rng, int(tilted.sum()))
    return places


def change_some(pictures: Tensor, edits: Sequence[tuple[float, TensorEdit]], rng: np.random.Generator) -> Tensor:
    """Make each of `edits` on its share of the pictures float[B, 3, S, S], which is changed in place."""
    for share, edit in edits:
        chosen = np.flatnonzero(rng.random(len(pictures)) < share)
        if len(chosen):
            rows = torch.from_numpy(chosen).to(pictures.device)
            pictures[rows] = edit(pictures[rows], rng)
    return pictures
