"""Whether two pictures that lie pixel on pixel, and were not changed as a whole, differ in a place, however faint.

A prediction explains what varies slowly, and has a noise below which it sees nothing. Two pictures of one tone need no
prediction: they are subtracted, over their whole size, and only what saving does to a pixel may be left.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.differences import CELL_PX, deviations, places, squared_gradient
from photosearch.find.originals.grid import (
    BLOCK,
    MEAN,
    TOLD_WAVES,
    blocks_of,
    moved_by_saving,
    transform,
    transform_differences,
)
from photosearch.find.originals.local import greatest, median
from photosearch.find.originals.overlap import AlignedPair, Mask, Overlap
from photosearch.find.originals.prediction import luma_of
from photosearch.find.originals.stored import AlignedOriginal
from photosearch.find.registration.align import Matrix, shift
from photosearch.find.registration.register import Picture, Plane, inverse, shown, warp

BAND_PX = 1_500_000  # pixels that are in hand at once
PRECISION = 16  # parts of a level
ONE_TONE = 1.0  # levels of light, contrast and colour by which pictures differ that were not changed as a whole
TEXTURE, EXACT = 6.0, 0.5  # levels from cell to cell; share of the textured pixels that are equal, of one saving
NEARLY_ALL = 0.98  # of all pixels are, where nothing was saved anew
FEW_LEVELS = 0.5  # left after a prediction
LOW, STEP = 4, 0.3  # rows and columns of the steps of a JPEG that are seen best; levels in a cell by such a step
EDGE_CELLS = 9  # across, of which half lie beside a frame: saving mixes its colour with that of the picture
LEAST_EXACT, LEAST_FINE, LEAST_SAVED = 0.12, 1.2, 2.5  # deviations that are never seen, of equal pixels and of others
MUCH = 0.1  # share of the blocks in the middle rows, from which on the others are not asked
MOST_UNEXPLAINED = 0.02  # share of the blocks, from which on a JPEG was not made from the other picture


class Faint(NamedTuple):
    """Strengths of places; see `find_differences`."""

    otherwise: float = 0.0  # of the strongest that differs
    unexplained: float = 0.0  # of the strongest that saving one as the other, a JPEG, does not explain


def faint_differences(
    pair: tuple[AlignedOriginal, AlignedOriginal],
    aligned: AlignedPair,
    matrix: Matrix,
    changes: Sequence[float],
    levels: float,
) -> Faint:
    """Nothing is told of pictures that were changed as a whole, by `changes` in levels.

    `matrix` maps the other's pixels to the one's; `levels` are left after a prediction.
    """
    if max(map(abs, changes)) > ONE_TONE:
        return Faint()
    one, other = pair
    ways = (one, other.pixels, matrix), (other, one.pixels, np.asarray(inverse(matrix), np.float64))
    tables = [each.original.table for each in pair]
    steps = max(0.0 if table is None else float(table[:LOW, :LOW].mean()) for table in tables)
    return Faint(_strongest(aligned, levels, steps), min(_unexplained_by_saving(*way) for way in ways).strongest)


class _Cells(NamedTuple):
    """Two pictures of one size, by cells [h,w]."""

    apart: NDArray[np.int16]  # [h,w,3]: the difference of each channel, in parts of a level
    slopes: Plane  # squared, from cell to cell
    mask: Mask  # where both show something
    equal: Mask  # where the pixel in the middle is


def _strongest(aligned: AlignedPair, left: float, steps: float) -> float:
    apart, slopes, mask, equal = _all_cells(aligned)
    textured = (slopes > TEXTURE**2) & mask
    is_exact = bool(textured.any()) and equal[textured].mean() > EXACT
    least = LEAST_FINE if left < FEW_LEVELS else LEAST_SAVED
    if is_exact and equal.mean() > NEARLY_ALL:
        least = LEAST_EXACT
    elif is_exact:  # a JPEG that is saved again so moves some frequencies by a step
        least = min(least, max(LEAST_EXACT, STEP * steps))
    if not is_exact:
        square = np.ones((EDGE_CELLS, EDGE_CELLS), np.uint8)
        mask = cv2.erode(mask.astype(np.uint8), square, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
    strongest = 0.0
    for number in range(apart.shape[2] if mask.any() else 0):
        levels = cv2.extractChannel(apart, number).astype(np.float32) / np.float32(PRECISION)
        channel = np.asarray(cv2.blur(levels, (3, 3), levels), np.float32)  # in place, as it is large
        channel -= np.float32(median(channel[mask]))
        channel *= channel
        found = places(deviations(channel, slopes, mask, least))
        strongest = max(strongest, found[0].strength if found else 0.0)
    return strongest


def _all_cells(aligned: AlignedPair) -> _Cells:
    """Those of the whole overlap, which is read in bands."""
    left, top, right, bottom = aligned.box
    rows = max(CELL_PX * 8, BAND_PX // (right - left) // 12 * 12)
    windows = [(left, start, right, min(bottom, start + rows)) for start in range(top, bottom, rows)]
    return _Cells(*map(np.concatenate, zip(*(_cells(aligned.overlap(each)) for each in windows), strict=True)))


def _cells(overlap: Overlap) -> _Cells:
    one, other = overlap.pictures
    size = one.shape[1] // CELL_PX, one.shape[0] // CELL_PX
    apart = np.asarray(cv2.subtract(one, other, dtype=cv2.CV_16S), np.int16)
    apart *= np.int16(PRECISION)  # whole numbers are twice as fast
    apart = np.asarray(cv2.resize(apart, size, interpolation=cv2.INTER_AREA), np.int16)
    small = luma_of(np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8))
    middles = slice(CELL_PX // 2, None, CELL_PX), slice(CELL_PX // 2, None, CELL_PX)
    red, green, blue = (one[(*middles, channel)] == other[(*middles, channel)] for channel in range(3))
    return _Cells(apart, squared_gradient(small), overlap.mask[middles], red & green & blue)


class Unexplained(NamedTuple):
    """What saving another picture does not explain of a JPEG."""

    share: float  # of its blocks
    strongest: float  # strength of the strongest place: the sum of what frequencies are off, in levels of a block


SAVED = Unexplained(1.0, 0.0)  # nothing is known


def _unexplained_by_saving(jpeg: AlignedOriginal, source: Picture, matrix: Matrix) -> Unexplained:
    """No frequency of a JPEG may be further off than half a step, if it was made from this source.

    `matrix` lays it pixel on pixel. If too much is off, nothing is known.
    """
    if (table := jpeg.original.table) is None:
        return SAVED
    stored, to_stored = jpeg.stored()
    to_stored = to_stored @ matrix
    height, width = (side // BLOCK * BLOCK for side in stored.shape[:2])
    rows = max(BLOCK, BAND_PX // width // BLOCK * BLOCK)

    def beyond_in(top: int, rows: int) -> NDArray[np.float32]:
        own = np.ascontiguousarray(stored[top : min(height, top + rows), :width])
        return _beyond_steps(own, table, source, shift(0, -top) @ to_stored)

    middle = (height - min(rows, height)) // 2 // BLOCK * BLOCK
    if (beyond_in(middle, max(BLOCK, rows // 4 // BLOCK * BLOCK)) > 0).mean() > MUCH:
        return SAVED
    beyond = np.concatenate([beyond_in(top, rows) for top in range(0, height, rows)])
    if (share := float((beyond > 0).mean())) > MOST_UNEXPLAINED:
        return SAVED
    count, numbers = cv2.connectedComponents((beyond > 0).astype(np.uint8), connectivity=8)
    return Unexplained(share, float(np.bincount(numbers.ravel(), beyond.ravel(), count)[1:].max(initial=0)) / BLOCK)


def _beyond_steps(own: Picture, table: NDArray[np.float64], source: Picture, matrix: Matrix) -> NDArray[np.float32]:
    """How far the frequencies of blocks of a JPEG are beyond half a step of its `table` [rows,columns]."""
    given = luma_of(warp(source, matrix, own.shape))
    apart = luma_of(own) - given
    errors = np.abs(transform_differences(apart, TOLD_WAVES))
    errors -= moved_by_saving(table)
    most = np.maximum(greatest(errors), 0)
    inside = shown(matrix, source.shape, own.shape)
    if not inside.all():
        most[~blocks_of(inside).all((1, 2))] = 0
    doubtful = np.flatnonzero(most)
    down, across = np.divmod(doubtful, own.shape[1] // BLOCK)
    channels = own.reshape(-1, BLOCK, own.shape[1] // BLOCK, BLOCK, 3)[down, :, across]
    is_black, is_white = channels == 0, channels == 255
    is_clipped = (is_black | is_white).any((1, 2, 3)) & ~is_black.all((1, 2, 3)) & ~is_white.all((1, 2, 3))
    if is_clipped.any():
        in_part = doubtful[is_clipped]
        blocks = _Clipped(blocks_of(apart)[in_part], blocks_of(given)[in_part], channels[is_clipped])
        most[in_part] = np.minimum(most[in_part], _beyond_clipped(blocks, table))
    return most.reshape(own.shape[0] // BLOCK, own.shape[1] // BLOCK)


class _Clipped(NamedTuple):
    """Blocks of a JPEG that are clipped in part."""

    apart: NDArray[np.float32]  # [n,8,8]: levels of luma by which they are lighter than the source
    given: NDArray[np.float32]  # [n,8,8]: luma of the source
    channels: NDArray[np.uint8]  # [n,8,8,3]


def _beyond_clipped(blocks: _Clipped, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the means of blocks are beyond what saving does to them [n], as far as clipping leaves that certain.

    A pixel that was clipped at black was no lighter, so that a block that is too dark is so by no less. Of a block that
    is too light, the pixels that are not clipped tell: saving moves each frequency by half a step at most, and by no
    more than it had.
    """
    total = blocks.apart.mean((1, 2))
    is_certain = np.where(total < 0, (blocks.channels < 255).all((1, 2, 3)), (blocks.channels > 0).all((1, 2, 3)))
    of_all = np.where(is_certain, BLOCK * np.abs(total) - table[0, 0] / 2 - MEAN, 0)
    is_clear = ((blocks.channels > 0) & (blocks.channels < 255)).all(3)
    counts = np.maximum(1, is_clear.sum((1, 2)))
    means = np.abs((blocks.apart * is_clear).sum((1, 2))) / counts
    had = np.abs(transform(blocks.given.reshape(-1, BLOCK)))
    weights = np.abs(transform_differences(is_clear.reshape(-1, BLOCK).astype(np.float32))).reshape(had.shape)
    moved = (np.minimum(table / 2, had) * weights).sum((1, 2)) / counts
    of_clear = (BLOCK * (means - moved) - MEAN) * counts / BLOCK**2
    return np.maximum(0, np.maximum(of_all, of_clear))
