"""Originals as their files store them: a JPEG's steps lie on the grid of the stored pixels, however these are seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import level_by_level
from photosearch.find.originals.grid import BLOCK, Rounding, measure_rounding, read_steps
from photosearch.find.originals.noise import filtered, is_noised_in_steps
from photosearch.find.originals.overlap import FILTERS, is_smaller, resized, tile_around, upright, whole_blocks
from photosearch.find.originals.prediction import fit_tone, luma_of, planes, predict_luma, toned
from photosearch.find.registration.align import Matrix, Window, move, shift
from photosearch.find.registration.keypoints import Described, describe
from photosearch.find.registration.register import Picture, is_whole, shown, shrink, warp

FEW_PX = 512  # shorter side of the small picture of an original
SAMPLED = 8  # pixels from one that tells two pictures of one size apart to the next
TURNED_BACK = {2: (0, True), 3: (2, False), 4: (2, True), 5: (3, True), 6: (1, False), 7: (1, True), 8: (3, False)}


@dataclass(frozen=True)
class Original:
    """One file as it is seen, uint8[H,W,3]; of a JPEG the steps float64[8,8] on the grid of the pixels as stored."""

    pixels: Picture
    table: NDArray[np.float64] | None = None
    orientation: int = 1  # by EXIF, which turned the stored pixels

    @cached_property
    def described(self) -> Described:
        """The local features of a small picture of it, kept: an original is one of several pairs."""
        return describe(shrink(self.pixels, FEW_PX / min(self.pixels.shape[:2]))[0], True)


def comes_later(one: Original, other: Original) -> bool:
    """True if one of two pictures comes behind the other in an order by size, and of one size by what they show."""
    for step in (SAMPLED, 1):
        keys = [(each.size, each.shape, each[::step, ::step].tobytes()) for each in (one.pixels, other.pixels)]
        if keys[0] != keys[1]:
            return keys[0] < keys[1]
    return False


class AlignedOriginal(NamedTuple):
    """An original as it is aligned with another one."""

    original: Original
    pixels: Picture
    mirrored: bool  # against the original

    def stored(self) -> tuple[Picture, Matrix]:
        """The pixels as the file stores them, and the matrix that takes those that are aligned there."""
        return stored_pixels(self.pixels, self.original.orientation, self.mirrored)


def fit_to_steps(
    aligned: AlignedOriginal, source: Picture, matrix: Matrix, is_smoother: bool | None
) -> Rounding | None:
    """The fit of a prediction of a JPEG's middle to its steps; `matrix` maps the source's pixels to the JPEG's.

    If the JPEG `is_smoother` than the source, filters that remove noise are tried as well; if the source is, whether
    noise was added; None: neither is.
    """
    original = aligned.original
    if original.table is None:
        return None
    stored, to_stored = aligned.stored()
    to_stored = to_stored @ matrix
    middle = move(to_stored, np.array([[source.shape[1] / 2, source.shape[0] / 2]], np.float64))[0]
    left, top, right, bottom = tile_around(stored.shape, (float(middle[0]), float(middle[1])))
    left, top = left // BLOCK * BLOCK, top // BLOCK * BLOCK
    right, bottom = right - (right - left) % BLOCK, bottom - (bottom - top) % BLOCK
    tile = planes(np.ascontiguousarray(stored[top:bottom, left:right]))
    to_tile = shift(-left, -top) @ to_stored
    mask = shown(to_tile, source.shape, tile.luma.shape)
    if mask.mean() < 0.3:
        return None
    steps = read_steps(tile.luma, original.table, mask)
    if steps is None:
        return None
    moved, part = warp(source, to_tile, tile.luma.shape), mask.astype(np.float32)
    given = planes(moved)
    tone = fit_tone(given.small, tile.small, part)
    plain = toned(given, tone)
    tries = [plain, predict_luma(plain, tile, part)]  # a filter takes rounding for a blur
    for exact in map(planes, _resized(stored.shape, source, to_stored, (left, top, right, bottom))):
        tries += [exact.luma, toned(exact, tone)]
    if is_whole(to_tile):
        tries.append(luma_of(level_by_level(moved, tile.rgb, mask)))
    if is_smoother:
        smooth = map(planes, filtered(moved))
        tries += [toned(each, fit_tone(each.small, tile.small, part)) for each in smooth]
    best = max((measure_rounding(each, steps) for each in tries), key=lambda each: each.within)
    return best._replace(is_noised=is_smoother is False and is_noised_in_steps(plain, tile.luma, original.table, mask))


def _resized(shape: tuple[int, ...], source: Picture, matrix: Matrix, window: Window) -> Iterator[Picture]:
    """A window of a picture of a shape that is smaller than the source, as programs resize that: by each filter."""
    frame = upright(shape, source, matrix)
    if frame is None or not is_smaller(frame, shape):
        return
    left, top, right, bottom = whole_blocks(shape, frame)
    if left <= window[0] and top <= window[1] and window[2] <= right and window[3] <= bottom:
        for how in FILTERS:
            yield np.ascontiguousarray(resized(frame, shape, window, how))


def stored_pixels(pixels: Picture, orientation: int, mirrored: bool) -> tuple[Picture, Matrix]:
    """Pixels as the file stores them, and the matrix that takes those that are seen there."""
    matrix: Matrix = np.eye(3)
    if mirrored:
        matrix = np.array([[-1, 0, pixels.shape[1] - 1], [0, 1, 0], [0, 0, 1]], np.float64)
        pixels = pixels[:, ::-1]
    quarters, flip = TURNED_BACK.get(orientation, (0, False))
    for _ in range(quarters):
        matrix = np.array([[0, 1, 0], [-1, 0, pixels.shape[1] - 1], [0, 0, 1]], np.float64) @ matrix
        pixels = np.rot90(pixels)
    if flip:
        matrix = np.array([[-1, 0, pixels.shape[1] - 1], [0, 1, 0], [0, 0, 1]], np.float64) @ matrix
        pixels = pixels[:, ::-1]
    return pixels, matrix
