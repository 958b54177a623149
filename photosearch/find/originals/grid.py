"""Detects if one picture was made from another, by the quantization steps of JPEG.

A JPEG rounds the frequencies of every 8 × 8 pixels to whole steps (ITU-T T.81). A picture that was made from another
and then saved is, on its own grid, what the other predicts, rounded: never further off than half a step. The reverse is
not so: on the grid of the picture that was there first, the later one is right upon the steps if it was saved well,
and far beyond half a step if it was not.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.register import Plane

BLOCK = 8
LEAST_STEP = 2.5  # levels: finer steps are lost in the rounding to whole levels
LEAST_COUNT = 300  # frequencies that were not rounded to nothing
ROUNDING = 0.6  # levels by which whole pixel values move a frequency
BANDS = 7  # rows and columns whose numbers sum to no more: the finest tell of filters rather
DARK, LIGHT = 1, 254  # blocks that reach these were clipped
COSINES = np.array(
    [
        [np.sqrt((1 if k else 0.5) / 4) * np.cos((2 * n + 1) * k * np.pi / 16) for n in range(BLOCK)]
        for k in range(BLOCK)
    ]
)  # of the discrete cosine transform


class Rounding(NamedTuple):
    """The position of a prediction between the steps of a JPEG, where it stored anything."""

    within: float  # the share that is not further off than half a step
    off: float  # the median distance in steps: 1/4 where it was rounded, near 0 where the steps were there before


def measure_rounding(
    predicted: Plane, luma: Plane, table: NDArray[np.float64], mask: NDArray[np.bool_]
) -> Rounding | None:
    """Measure float32[H,W] `predicted` against the JPEG's `luma`, both from a corner of its grid; None: too little.

    `table` float64[8,8] are the JPEG's steps; blocks outside bool[H,W] `mask` do not count.
    """
    stored, given = _transform(luma), _transform(predicted)
    steps = np.round(stored / table)
    blocks = _blocks(luma)
    clipped = (blocks.max((1, 2)) >= LIGHT) | (blocks.min((1, 2)) <= DARK)
    down, across = np.indices((BLOCK, BLOCK))
    asked = (down + across >= 1) & (down + across <= BANDS) & (table >= LEAST_STEP)
    used = (np.abs(steps) >= 1) & asked & (_blocks(mask).min((1, 2)) > 0)[:, None, None] & ~clipped[:, None, None]
    if used.sum() < LEAST_COUNT:
        return None
    off = np.abs(given / table - steps)[used]
    half = (0.5 + ROUNDING / np.broadcast_to(table, used.shape))[used]
    return Rounding(float(np.mean(off <= half)), float(np.median(off)))


def _blocks(plane: NDArray[np.generic]) -> NDArray[np.float64]:
    rows, columns = plane.shape[0] // BLOCK, plane.shape[1] // BLOCK
    cut = plane[: rows * BLOCK, : columns * BLOCK].astype(np.float64)
    return cut.reshape(rows, BLOCK, columns, BLOCK).transpose(0, 2, 1, 3).reshape(-1, BLOCK, BLOCK)


def _transform(plane: Plane) -> NDArray[np.float64]:
    return COSINES @ (_blocks(plane) - 128) @ COSINES.T
