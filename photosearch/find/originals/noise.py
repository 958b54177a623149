"""Whether one picture is the other with noise added: without any of its own detail, and with all of the other's grain.

Another shot has not the other's grain. What removing noise takes away is no pure noise: it is more where there is
texture, and what is left is smoother than any picture of a camera.
"""

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.prediction import Planes, fit_tone, toned
from photosearch.find.registration.register import Plane

CELL_PX, LEAST_CELLS = 16, 100  # sides of the cells in which detail is measured; how many it takes
DARK, LIGHT, INSIDE = 4, 251, 0.97  # levels between which noise is not clipped; share of a cell's pixels
QUIET, LIVELY = 0.1, 0.75  # quantiles of the cells by their detail: grain is told in the one, texture in the other
LEAST_GRAIN, LEAST_NOISE = 0.3, 1.5  # levels of the source in a cell; of what was added
SIGMAS = (0.0, 0.7, 1.4, 2.8)  # between which bands lie
WHITE = 2.58, 2.06  # ratios of white noise in one band to that in the next
WHITE_WITHIN = 0.08, 0.1  # of which what was added is off by no more
GAIN_WITHIN, UNCERTAIN = 0.08, 0.05  # of 1, what the target has of the source's detail; the error of that at most
EVEN = 0.87, 1.15  # times as much noise in lively cells as in quiet ones
GRAINY = 1.1  # times as much grain in the finest band as in the next: smoothed pictures have less


class _Cells(NamedTuple):
    """Of some cells, by name as in `is_noised`."""

    gain: float
    error: float
    noise: float
    bands: tuple[float, float]
    grain: float


def is_noised(source: Planes, target: Planes, mask: NDArray[np.bool_]) -> bool:
    """True if `target`, which lies pixel on pixel, is `source` with white noise, but for a change of tone."""
    plain = toned(source, fit_tone(source.small, target.small, mask.astype(np.float32)))
    clear = _cells(np.asarray(mask & (plain > DARK) & (plain < LIGHT), np.float32)) > INSIDE
    ours, theirs = (each - _blurred(each, 1.0) for each in (plain, target.luma))
    powers = [
        _cells(np.asarray(one * other, np.float32)) for one, other in ((ours, ours), (ours, theirs), (theirs, theirs))
    ]
    clear &= powers[0] > LEAST_GRAIN**2
    if clear.sum() < LEAST_CELLS:
        return False
    added, own = _bands(target.luma - plain), _bands(plain)
    low, high = np.quantile(powers[0][clear], (QUIET, LIVELY))
    quiet, lively = (
        _measure(chosen, powers, added, own) for chosen in (clear & (powers[0] <= low), clear & (powers[0] >= high))
    )
    if quiet.noise < LEAST_NOISE or quiet.grain < GRAINY:
        return False
    return all(map(_is_pure, (quiet, lively))) and EVEN[0] < lively.noise / quiet.noise < EVEN[1]


def spread_evenly(rest: Plane, detail: Plane, mask: NDArray[np.bool_]) -> float:
    """The deviation of `rest` in the cells with the least of `detail` by that in the cells with the most; noise: 1."""
    inside = _cells(mask.astype(np.float32)) > INSIDE
    if inside.sum() < LEAST_CELLS:
        return 1.0
    rests, details = _cells(rest**2)[inside], _cells(detail**2)[inside]
    low, high = np.quantile(details, (1 - LIVELY, LIVELY))
    quiet, lively = float(rests[details <= low].mean()), float(rests[details >= high].mean())
    return (quiet / max(lively, 1e-6)) ** 0.5


def _measure(chosen: NDArray[np.bool_], powers: list[Plane], added: list[Plane], own: list[Plane]) -> _Cells:
    source, common, target = (float(power[chosen].mean()) for power in powers)
    gain = common / source
    noise = max(target - gain * common, 1e-6) ** 0.5
    error = noise / (source * chosen.sum() * CELL_PX**2) ** 0.5
    sizes, grains = ([max(1e-6, float(band[chosen].mean())) ** 0.5 for band in bands] for bands in (added, own))
    return _Cells(gain, error, noise, (sizes[0] / sizes[1], sizes[1] / sizes[2]), grains[0] / grains[1])


def _is_pure(cells: _Cells) -> bool:
    """True if all of the source's detail is there, and what was added is white noise."""
    if cells.error > UNCERTAIN or abs(cells.gain - 1) > GAIN_WITHIN + 2 * cells.error:
        return False
    return all(
        abs(band / white - 1) < within for band, white, within in zip(cells.bands, WHITE, WHITE_WITHIN, strict=True)
    )


def _bands(plane: Plane) -> list[Plane]:
    """The power of each band in cells."""
    blurred = [_blurred(plane, sigma) for sigma in SIGMAS]
    return [_cells((fine - coarse) ** 2) for fine, coarse in pairwise(blurred)]


def _blurred(plane: Plane, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32) if sigma else plane


def _cells(plane: Plane) -> Plane:
    rows, columns = (side // CELL_PX for side in plane.shape)
    cut = plane[: rows * CELL_PX, : columns * CELL_PX]
    return np.asarray(cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)
