"""Whether one picture is the other with noise added, or with noise removed by a filter.

With noise added, it has no detail of its own, and all of the other's grain; another shot has not the other's grain.
What removing noise takes away is no pure noise: there is less of it in texture, and some of that goes as well. Nor is
the noise of a camera even, which a mean of many shots lacks: there is more where it is dark. Of filters that remove
noise, one is the same in all programs, and no other way leads to such pixels.
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
LIVELY = 0.75  # quantile of the cells, or blocks, by their detail, beyond which there is texture
LEAST_GRAIN, LEAST_NOISE = 0.3, 1.5  # levels of the source in a cell; of what was added
SIGMAS = (0.0, 0.7, 1.4, 2.8)  # between which bands lie
WHITE = 2.58, 2.06  # ratios of white noise in one band to that in the next
WHITE_WITHIN = 0.04, 0.06  # of which what was added is off by no more
OF_QUIET, OF_LIVELY = (0.08, 0.3), (0.03, 0.02)  # the gain of the source's detail is off 1; the error of that at most
EVEN = 1.07  # times as much noise in lively cells as in quiet ones, and in dark as in light: a camera's differs there
# Of a JPEG, its frequencies on its own grid
TOLD, MOST_STEP, LEAST_FREQUENCIES = (3, 10), 1.2, 8  # rows and columns that sum to these; steps, of the noise
FINEST = 6  # of these, a sixth whose steps are the finest tell how much noise there is
LEAST_BLOCKS = 400  # with detail of the source
OF_QUIET_BLOCKS, OF_LIVELY_BLOCKS = (0.05, 0.3), (0.03, 0.03)  # as of cells
KURTOSIS = 0.15  # off 3, that of normal noise
# Filters that remove noise
SIZES = (3, 5)  # of the median, the one filter that is the same in all programs
CHANGED = 0.8  # share of the pixels that are equal before, at most: less is no noise
EDGE_PX = 3  # where filters differ


class _Blocks(NamedTuple):
    """Of some blocks of a JPEG, by name as in `is_noised_in_steps`."""

    gain: float
    error: float
    noise: float
    ratios: tuple[float, float]  # of it in fine frequencies to coarse ones, and where the source's are strong to weak
    kurtosis: float


class _Cells(NamedTuple):
    """Of some cells, by name as in `is_noised`."""

    gain: float
    error: float
    noise: float
    bands: tuple[float, float]


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
    added = _bands(target.luma - plain)
    (quiet, lively), (dark, light) = (
        [_measure(chosen, powers, added) for chosen in _ends(by, clear)] for by in (powers[0], _cells(plain))
    )
    are_pure = quiet.noise > LEAST_NOISE and _is_pure(quiet, *OF_QUIET) and _is_pure(lively, *OF_LIVELY)
    return are_pure and _is_even(quiet.noise, lively.noise) and _is_even(dark.noise, light.noise)


def _is_even(one: float, other: float) -> bool:
    return 1 / EVEN < one / other < EVEN


def _ends(by: NDArray[np.float32], clear: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The quarters of the `clear` cells with the least and with the most of something."""
    low, high = np.quantile(by[clear], (1 - LIVELY, LIVELY))
    return clear & (by <= low), clear & (by >= high)


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
    power, lightness = (ours**2).mean(1), blocks_of(plain)[inside].mean((1, 2))
    has_any = power > LEAST_GRAIN**2
    if not is_fine.any() or has_any.sum() < LEAST_BLOCKS:
        return False
    (quiet, lively), (dark, light) = (
        [_measure_steps(ours[chosen], theirs[chosen], steps, is_fine) for chosen in _ends(by, has_any)]
        for by in (power, lightness)
    )
    are_pure = _is_pure_in_steps(quiet, *OF_QUIET_BLOCKS) and _is_pure_in_steps(lively, *OF_LIVELY_BLOCKS)
    return are_pure and _is_even(quiet.noise, lively.noise) and _is_even(dark.noise, light.noise)


def _measure_steps(
    source: NDArray[np.float32], target: NDArray[np.float32], steps: NDArray[np.float64], is_fine: NDArray[np.bool_]
) -> _Blocks:
    """Of the frequencies [n,k] of some blocks."""
    total = float((source**2).sum())
    gain = float((source * target).sum()) / total
    rest = target - np.float32(gain) * source
    powers = (rest**2).mean(0) - steps**2 / 12
    noise, fine, coarse = (max(1e-6, float(each.mean())) ** 0.5 for each in (powers, powers[is_fine], powers[~is_fine]))
    strong = np.abs(source) > np.median(np.abs(source), axis=0)
    apart = float(rest[strong].std() / rest[~strong].std())
    kurtosis = float((rest**4).mean() / (rest**2).mean() ** 2)
    return _Blocks(gain, noise / total**0.5, noise, (fine / coarse, apart), kurtosis)


def _is_pure_in_steps(blocks: _Blocks, within: float, uncertain: float) -> bool:
    """As `_is_pure`; the noise is normal, too."""
    if blocks.error > uncertain or abs(blocks.gain - 1) > within + 2 * blocks.error:
        return False
    return all(_is_even(ratio, 1) for ratio in blocks.ratios) and abs(blocks.kurtosis - 3) < KURTOSIS


def spread_evenly(rest: Plane, detail: Plane, mask: NDArray[np.bool_]) -> float:
    """The deviation of `rest` in the cells with the least of `detail` by that in the cells with the most; noise: 1."""
    inside = _cells(mask.astype(np.float32)) > INSIDE
    if inside.sum() < LEAST_CELLS:
        return 1.0
    rests, details = _cells(rest**2)[inside], _cells(detail**2)[inside]
    low, high = np.quantile(details, (1 - LIVELY, LIVELY))
    quiet, lively = float(rests[details <= low].mean()), float(rests[details >= high].mean())
    return (quiet / max(lively, 1e-6)) ** 0.5


def _measure(chosen: NDArray[np.bool_], powers: list[Plane], added: list[Plane]) -> _Cells:
    source, common, target = (float(power[chosen].mean()) for power in powers)
    gain = common / source
    noise = max(target - gain * common, 1e-6) ** 0.5
    error = noise / (source * chosen.sum() * CELL_PX**2) ** 0.5
    fine, middle, coarse = (max(1e-6, float(band[chosen].mean())) ** 0.5 for band in added)
    return _Cells(gain, error, noise, (fine / middle, middle / coarse))


def _is_pure(cells: _Cells, within: float, uncertain: float) -> bool:
    """True if all of the source's detail is there, and what was added is white noise."""
    if cells.error > uncertain or abs(cells.gain - 1) > within + 2 * cells.error:
        return False
    return all(abs(band / white - 1) < off for band, white, off in zip(cells.bands, WHITE, WHITE_WITHIN, strict=True))


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
