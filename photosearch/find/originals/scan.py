"""Where the fine detail of two originals may differ: a quick look at all of their pixels, which misses nothing fine.

What a smaller copy of both shows has been compared by then. Of their luma, only what is finer is looked at: in one
picture it is that of the other times a gain of each neighbourhood, or else the place is to be looked at closer.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.differences import CELL_PX, LEAST_SPREAD, Difference, deviations, places
from photosearch.find.originals.overlap import EDGE_PX, AlignedPair, Mask, shift
from photosearch.find.registration.register import Picture, Plane, shown, warp

FINE, COARSE = 1.0, 2.8  # sigmas in pixels between whose blurs the detail lies
BAND_PX = 1_500_000  # pixels that are in hand at once
MARGIN_PX = 12  # beside them, which blurring reaches
GAIN_CELLS = 21  # that have a gain of their own: 63 px
LEAST_POWER = 1.0  # of detail, in levels squared, from which on there is any gain


def find_doubtful(aligned: AlignedPair) -> list[Difference]:
    """Places of the still picture that the moved one may not have, or the reverse, the strongest first."""
    ours, theirs, common = _all_powers(aligned)
    mask = _mask(aligned, common.shape)
    size = GAIN_CELLS, GAIN_CELLS
    both = cv2.blur(common, size)
    outs = list[Plane]()
    for target, source in ((ours, theirs), (theirs, ours)):
        gain = both / (cv2.blur(source, size) + LEAST_POWER)
        rest = gain * source
        np.subtract(2 * common, rest, out=rest)
        rest *= gain
        del gain  # which is large, as are all of these
        np.subtract(target, rest, out=rest)
        outs.append(deviations(np.maximum(rest, 0, out=rest), target, mask, LEAST_SPREAD))
    return places(np.maximum(*outs))


def _all_powers(aligned: AlignedPair) -> NDArray[np.float32]:
    """The powers of all cells [3,h,w], band by band."""
    left, top, right, bottom = aligned.box
    columns, rows = (right - left) // CELL_PX, (bottom - top) // CELL_PX
    powers = np.zeros((3, rows, columns), np.float32)
    still, moved = (
        np.asarray(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), np.uint8) for each in (aligned.still, aligned.moved)
    )
    step = max(1, BAND_PX // (right - left) // CELL_PX)
    for start in range(0, rows, step):
        end = min(rows, start + step)
        window = left, top + CELL_PX * start, left + CELL_PX * columns, top + CELL_PX * end
        powers[:, start:end] = _powers(aligned, still, moved, window)
    return powers


def _powers(
    aligned: AlignedPair, still: Picture, moved: Picture, window: tuple[int, int, int, int]
) -> NDArray[np.float32]:
    """Of each cell of a window of the still picture: the powers of both, and what they have in common [3,h,w]."""
    left, top, right, bottom = window
    first, last = max(0, top - MARGIN_PX), min(still.shape[0], bottom + MARGIN_PX)
    cut = still[first:last, left:right]
    matrix = shift(-left, -first) @ aligned.matrix
    ours, theirs = (_detail(each)[top - first : bottom - first] for each in (cut, warp(moved, matrix, cut.shape)))
    size = (right - left) // CELL_PX, (bottom - top) // CELL_PX
    powers = [
        cv2.resize(cv2.multiply(*each), size, interpolation=cv2.INTER_AREA)
        for each in ((ours, ours), (theirs, theirs), (ours, theirs))
    ]
    return np.stack(powers).astype(np.float32)


def _mask(aligned: AlignedPair, shape: tuple[int, ...]) -> Mask:
    """The cells, from a corner of the overlap, around which both pictures show something."""
    across, down = (side + CELL_PX // 2 for side in aligned.box[:2])
    to_cells = np.diag([1 / CELL_PX, 1 / CELL_PX, 1]) @ shift(-across, -down)  # to the middle of each
    inside = shown(to_cells @ aligned.matrix, aligned.moved.shape, shape).astype(np.uint8)
    edge = np.ones((2 * EDGE_PX // CELL_PX + 1,) * 2, np.uint8)
    return np.asarray(cv2.erode(inside, edge)) > 0


def _detail(grey: Picture) -> Plane:
    """By whole levels, which is four times as fast: what is rounded so is less than noise."""
    fine, coarse = (cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in (FINE, COARSE))
    return np.asarray(cv2.subtract(fine, coarse, dtype=cv2.CV_32F), np.float32)
