"""Whether one picture is the other with noise added, or with noise removed by a filter.

With noise added, it has no detail of its own, and all of the other's grain; another shot has not the other's grain.
What removing noise takes away is no pure noise: it is more where there is texture, and what is left is smoother than
any picture of a camera. Of filters, one is the same in all programs, and no other way leads to such pixels.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.grid import blocks_of, transform
from photosearch.find.originals.prediction import Planes, fit_tone, toned
from photosearch.find.registration.register import Picture, Plane

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
# Of a JPEG, its frequencies on its own grid
TOLD, MOST_STEP, LEAST_FREQUENCIES = (3, 10), 1.2, 8  # rows and columns that sum to these; steps, of the noise
FINEST = 6  # of these, a sixth whose steps are the finest tell how much noise there is
LEAST_BLOCKS, FEW_QUIET = 1_000, 0.2  # with detail of the source; quantile of those that are quiet
GAIN_OFF, MOST_ERROR = 0.03, 0.03  # of 1, the gain of the source's frequencies, and the error of that
WITHIN = 0.07  # of 1: noise of fine by coarse, by strong frequencies by weak, in lively blocks by quiet ones
KURTOSIS = 0.15  # off 3, that of normal noise
GRAINY_BLOCKS = 0.5  # the source's fine frequencies by its coarse ones in quiet blocks
# Filters that remove noise
SIZES = (3, 5)  # of the median, the one filter that is the same in all programs
CHANGED = 0.8  # share of the pixels that are equal before, at most: less is no noise
EDGE_PX = 3  # where filters differ


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
    ours, theirs = (each - blurred(each, 1.0) for each in (plain, target.luma))
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


def is_noised_in_steps(plain: Plane, target: Plane, table: NDArray[np.float64], mask: NDArray[np.bool_]) -> bool:
    """As `is_noised`, of a JPEG from a corner of its grid, by frequencies whose steps are no coarser than the noise.

    Noise that is as large as a step makes the mean of what is rounded what it was before (dither). `plain` is the
    source with a change of tone, `table` float64[8,8] are the steps.
    """
    inside = blocks_of(mask).all((1, 2))
    for each in (plain, target):
        blocks = blocks_of(each)
        inside &= (blocks.min((1, 2)) > DARK) & (blocks.max((1, 2)) < LIGHT)
    if inside.sum() < LEAST_BLOCKS:
        return False
    ours, theirs = (transform(np.ascontiguousarray(each))[inside] for each in (plain, target))
    order = np.indices(table.shape).sum(0)
    asked = (order >= TOLD[0]) & (order <= TOLD[1])
    few = asked & (table <= np.sort(table[asked])[asked.sum() // FINEST])
    noise = float(np.maximum((theirs - ours)[:, few].var(0) - table[few] ** 2 / 12, 0).mean()) ** 0.5
    told = asked & (table <= MOST_STEP * noise)
    if noise < LEAST_NOISE or told.sum() < LEAST_FREQUENCIES:
        return False
    ours, theirs, steps = ours[:, told], theirs[:, told], table[told]
    is_fine = order[told] > np.median(order[told])
    power = (ours**2).mean(1)
    has_any = power > LEAST_GRAIN**2
    if not is_fine.any() or has_any.sum() < LEAST_BLOCKS:
        return False
    low, high = np.quantile(power[has_any], (FEW_QUIET, LIVELY))
    left = list[float]()
    for chosen in (has_any & (power <= low), has_any & (power >= high)):
        found = _noise_in_steps(ours[chosen], theirs[chosen], steps, is_fine)
        if found is None:
            return False
        left.append(found)
    fine, coarse = ((ours[has_any & (power <= low)][:, each] ** 2).mean() for each in (is_fine, ~is_fine))
    return fine > GRAINY_BLOCKS**2 * coarse and abs(left[1] / left[0] - 1) < WITHIN


def _noise_in_steps(
    source: NDArray[np.float32], target: NDArray[np.float32], steps: NDArray[np.float64], is_fine: NDArray[np.bool_]
) -> float | None:
    """The noise of the frequencies [n,k] of some blocks, None if it is no white, normal noise on the whole source."""
    total = float((source**2).sum())
    gain = float((source * target).sum()) / total
    rest = target - np.float32(gain) * source
    powers = (rest**2).mean(0) - steps**2 / 12
    noise, fine, coarse = (max(1e-6, float(each.mean())) ** 0.5 for each in (powers, powers[is_fine], powers[~is_fine]))
    error = noise / total**0.5
    if error > MOST_ERROR or abs(gain - 1) > GAIN_OFF + 2 * error:
        return None
    strong = np.abs(source) > np.median(np.abs(source), axis=0)
    apart = float(rest[strong].std() / rest[~strong].std())
    kurtosis = float((rest**4).mean() / (rest**2).mean() ** 2)
    is_white = max(abs(fine / coarse - 1), abs(apart - 1)) < WITHIN and abs(kurtosis - 3) < KURTOSIS
    return noise if is_white else None


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
    levels = [blurred(plane, sigma) for sigma in SIGMAS]
    return [_cells((fine - coarse) ** 2) for fine, coarse in pairwise(levels)]


def blurred(plane: Plane, sigma: float) -> Plane:
    """By a Gaussian, unless `sigma` is 0."""
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32) if sigma else plane


def _cells(plane: Plane) -> Plane:
    rows, columns = (side // CELL_PX for side in plane.shape)
    cut = plane[: rows * CELL_PX, : columns * CELL_PX]
    return np.asarray(cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def filtered(picture: Picture) -> Iterator[Picture]:
    """The picture after each filter."""
    for size in SIZES:
        yield np.asarray(cv2.medianBlur(np.ascontiguousarray(picture), size), np.uint8)


def is_filtered(source: Picture, target: Picture, mask: NDArray[np.bool_]) -> bool:
    """True if a filter makes `target` uint8[H,W,3] of `source`, which lies pixel on pixel where `mask` holds."""
    edge = np.ones((2 * EDGE_PX + 1, 2 * EDGE_PX + 1), np.uint8)
    inside = cv2.erode(mask.astype(np.uint8), edge, borderValue=0) > 0
    if not inside.any() or _equal(source, target, inside) > CHANGED:
        return False
    return any(_equal(each, target, inside) == 1 for each in filtered(source))


def _equal(one: Picture, other: Picture, mask: NDArray[np.bool_]) -> float:
    apart = np.asarray(cv2.absdiff(one, other)).max(2)
    return float((apart[mask] <= 1).mean())
