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
from photosearch.find.originals.jpeg.saving import NOT_SAVED, Unexplained, unexplained_by_saving
from photosearch.find.originals.jpeg.stored import AlignedOriginal
from photosearch.find.originals.local import median
from photosearch.find.originals.overlap import AlignedPair, Mask, Overlap
from photosearch.find.originals.prediction import luma_of
from photosearch.find.registration.align import Matrix
from photosearch.find.registration.register import Plane, inverse

BAND_PX = 1_500_000  # pixels that are in hand at once
PRECISION = 16  # parts of a level
ONE_TONE = 1.0  # levels of light, contrast and colour by which pictures differ that were not changed as a whole
TEXTURE, EXACT = 6.0, 0.5  # levels from cell to cell; share of the textured pixels that are equal, of one saving
NEARLY_ALL = 0.98  # of all pixels are, where nothing was saved anew
FEW_LEVELS = 0.5  # left after a prediction
LOW, STEP = 4, 0.3  # rows and columns of the steps of a JPEG that are seen best; levels in a cell by such a step
EDGE_CELLS = 9  # across, of which half lie beside a frame: saving mixes its colour with that of the picture
LEAST_EXACT, LEAST_FINE, LEAST_SAVED = 0.12, 1.2, 2.5  # deviations that are never seen, of equal pixels and of others


class Faint(NamedTuple):
    """Strengths of places; see `find_differences`."""

    otherwise: float = 0.0  # of the strongest that differs
    saved: tuple[Unexplained, Unexplained] = NOT_SAVED, NOT_SAVED  # the other as the one, a JPEG; the reverse


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
    as_one, as_other = (unexplained_by_saving(*way) for way in ways)
    return Faint(_strongest(aligned, levels, steps), (as_one, as_other))


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
    apart = np.subtract(one, other, dtype=np.int16)
    apart *= np.int16(PRECISION)  # whole numbers are twice as fast
    apart = np.asarray(cv2.resize(apart, size, interpolation=cv2.INTER_AREA), np.int16)
    small = luma_of(np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8))
    middles = slice(CELL_PX // 2, None, CELL_PX), slice(CELL_PX // 2, None, CELL_PX)
    red, green, blue = (one[(*middles, channel)] == other[(*middles, channel)] for channel in range(3))
    return _Cells(apart, squared_gradient(small), overlap.mask[middles], red & green & blue)
