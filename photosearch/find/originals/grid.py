"""Detects if one picture was made from another, by the quantization steps of JPEG.

A JPEG rounds the frequencies of every 8 × 8 pixels to whole steps (ITU-T T.81). A picture that was made from another
and then saved is, on its own grid, what the other predicts, rounded: never further off than half a step. The reverse is
not so: on the grid of the picture that was there first, the later one is right upon the steps if it was saved well,
and far beyond half a step if it was not.
"""

import math
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.local import median
from photosearch.find.registration.register import Plane

BLOCK = 8
LEAST_STEP = 2.5  # levels: finer steps are lost in the rounding to whole levels
FEW_VALUES = 20  # of one frequency, from which on it counts
LEAST_COUNT = 300  # frequencies that were not rounded to nothing
ROUNDING = 0.6  # levels by which whole pixel values move a frequency
BANDS = 7  # rows and columns whose numbers sum to no more: the finest tell of filters rather
# Evidence of which was made from which, 1 to 3
ALL_WITHIN = 0.97  # share of a JPEG's steps within half a step of a prediction: rounding explains it
EXACTLY, BETWEEN = 0.985, 0.19  # share of the steps that fit, and how far off, where rounding explains a JPEG
FITTED = 0.95  # share of them, of a fitted filter; no one of 450 enlarged copies with grain, so far off, has over 0.92
FITTED_FREQUENCIES = 9  # of fewer, a filter can be fitted to explain any steps
# Steps off those of a JPEG, beyond which a fifth lies that rounding alone moved; of 90 such pictures 89 have more than
# 0.1 there, of JPEGs that were saved again, with finer steps and then with fine ones, none
OUTER, MIDWAY = 0.4, (0.095, 0.115)
QUARTER = 0.22, 0.3  # steps that rounding alone leaves, as the median
TOLD_LEVELS = 0.5, 0.8  # off the steps: of finer ones, any slight change is rounded to the next
REVERSED = 0.95  # share of the steps of a JPEG made from another one that rounding explains
MANY_FREQUENCIES, FEW_TELL = 4, 0.5  # a change of contrast makes some steps multiples of others by chance
DARK, LIGHT = 1, 254  # blocks that reach these were clipped
COSINES = np.array(
    [
        [np.sqrt((1 if k else 0.5) / 4) * np.cos((2 * n + 1) * k * np.pi / 16) for n in range(BLOCK)]
        for k in range(BLOCK)
    ]
)
WAVES = np.kron(COSINES, COSINES).astype(np.float32)  # of the discrete cosine transform: rows of a block's 64 pixels
TOLD = np.add.outer(np.arange(BLOCK), np.arange(BLOCK)) <= BANDS
TOLD_WAVES = WAVES[TOLD.ravel()]
# Which of two pictures is the other one, saved: levels by which a prediction may be off, and at most is of such a one;
# the share of what shows something else, and how far that may be off; "steps" of a picture that was rounded to levels
DEVIATIONS, MOST_DEVIATION = (0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.3, 1.7, 2.5, 4.0, 6.0), 0.7
STRAY, STRAY_LEVELS, ROUNDED_LEVELS = 0.02, 8.0, 0.5
CLEAR, LEAST_CLEAR, LEAST_COARSE, MOST_PLACES = 1.5, 1.5, 1.5, 4_000  # steps; levels; levels of a step; frequencies
# Logarithms of likelihoods of a frequency: by how much it is greater than that of the reverse, and how little less than
# that of two copies of a third picture; the former in deviations of its sum over blocks
LIKELIER, NOT_SIBLINGS, CERTAINLY = 0.06, 0.005, 4.0
GAINS = 0.1, 10.0  # of the contrast of a block
WITHIN = (-0.4, -0.2, 0.0, 0.2, 0.4)  # parts of a width, which stand for all of it
FINER = (0.6, 0.75, 0.9)  # times the steps of a picture, to which it was saved before it was saved as it is
NORMAL_ENDS, NORMAL_STEPS = 8, 200  # deviations that a table of the normal distribution reaches; its steps in one
NORMAL = np.array(
    [
        (1 + math.erf(step / NORMAL_STEPS / math.sqrt(2))) / 2
        for step in range(-NORMAL_ENDS * NORMAL_STEPS, NORMAL_ENDS * NORMAL_STEPS + 1)
    ],
    np.float32,
)
MEAN, WHOLE_LEVELS = 8.0, 4.0  # what whole levels, before and after saving, move the mean of a block and a frequency by
MIDDLE = 128  # level that is stored as 0


class Rounding(NamedTuple):
    """The position of a prediction between the steps of a JPEG, where it stored anything."""

    within: float  # the share that is not further off than half a step
    off: float  # the median distance in steps: 1/4 where it was rounded, near 0 where the steps were there before
    levels: float  # the same in levels
    frequencies: int  # that were told, of 64
    outer: float  # the share of those within half a step that are further off than 0.4: a fifth where it was rounded
    is_noised: bool = False  # it is the prediction with white noise
    is_fitted: bool = False  # by a filter that was fitted to the steps


class Stored(NamedTuple):
    """What a JPEG stored of its luma: rows of the frequencies that tell of it, in whole steps."""

    steps: NDArray[np.float32]  # [n]
    places: NDArray[np.intp]  # [n] of each in the frequencies of all blocks
    table: NDArray[np.float32]  # [n] of the step of each
    frequencies: int  # that were told, of 64


def read_steps(luma: Plane, table: NDArray[np.float64], mask: NDArray[np.bool_]) -> Stored | None:
    """The steps of a JPEG's `luma` float32[H,W] from a corner of its grid; None: too few to tell anything.

    `table` float64[8,8] are its steps; blocks outside bool[H,W] `mask` do not count.
    """
    steps = np.round(transform(luma) / table.astype(np.float32))
    down, across = np.indices((BLOCK, BLOCK))
    asked = (down + across >= 1) & (down + across <= BANDS) & (table >= LEAST_STEP)
    inside = blocks_of(mask).all((1, 2)) & ~_is_clipped(luma)
    used = (np.abs(steps) >= 1) & asked & inside[:, None, None]
    places = np.flatnonzero(used)
    if len(places) < LEAST_COUNT:
        return None
    frequencies = int((used.sum(0) >= FEW_VALUES).sum())
    return Stored(steps.ravel()[places], places, table.astype(np.float32).ravel()[places % BLOCK**2], frequencies)


def _is_clipped(luma: Plane) -> NDArray[np.bool_]:
    """True of blocks [n] that have black or white."""
    blocks = blocks_of(luma).reshape(-1, BLOCK**2)
    lightest, darkest = (cv2.reduce(blocks, 1, kind).ravel() for kind in (cv2.REDUCE_MAX, cv2.REDUCE_MIN))
    return np.asarray((lightest >= LIGHT) | (darkest <= DARK))


def measure_rounding(predicted: Plane, stored: Stored) -> Rounding:
    """Measure float32[H,W] `predicted` against the steps of a JPEG at the same place."""
    off = np.abs(transform(predicted).ravel()[stored.places] / stored.table - stored.steps)
    is_within = off <= 0.5 + ROUNDING / stored.table
    outer = float(np.mean(off[is_within] > OUTER)) if is_within.any() else 0.0
    levels = median(off * stored.table)
    return Rounding(float(is_within.mean()), median(off), levels, stored.frequencies, outer)


def rounded(rounding: Rounding | None, reverse: Rounding | None) -> float:
    """The degree to which a JPEG is the rounded other picture; below 0 where that was on its steps before.

    That counts only if the other, where it is a JPEG, is in turn what rounding makes of this: else both have a parent
    with such steps.
    """
    if rounding is None:
        return 0.0
    if steps := carried(rounding):
        if reverse is None or reverse.frequencies < MANY_FREQUENCIES:  # it is lossless, or as good as that
            return -steps
        return -steps if reverse.within > REVERSED and reverse.off < 0.33 else 0.0
    evidence = (rounding.within - 0.91) / 0.04
    if rounding.within < ALL_WITHIN:  # of coarse steps, what is left is off by more than of fine ones
        evidence -= max(0.0, rounding.off - 0.33) / 0.03
    is_told = max(0.0, min(1.0, (rounding.levels - TOLD_LEVELS[0]) / (TOLD_LEVELS[1] - TOLD_LEVELS[0])))
    return max(0.0, min(2.0, evidence)) * _is_between(rounding) * is_told


def _is_between(rounding: Rounding) -> float:
    """1 if a prediction lies between the steps, as before rounding; 0 if on them, as what was made of a JPEG does.

    If that was saved with slightly finer steps, it lies between them, but not midway.
    """
    return max(0.0, min(1.0, (rounding.off - 0.18) / 0.05, (rounding.outer - MIDWAY[0]) / (MIDWAY[1] - MIDWAY[0])))


def is_exactly_rounded(rounding: Rounding) -> bool:
    """True if all steps of a JPEG are where rounding puts those of the other picture, which had no such steps.

    Steps of few frequencies, as of a JPEG that was saved very well, tell too little.
    """
    is_told = rounding.frequencies >= MANY_FREQUENCIES
    return is_told and rounding.within > EXACTLY and QUARTER[0] < rounding.off < QUARTER[1]


def is_explained(rounding: Rounding) -> bool:
    """The same, or so nearly by a filter that was fitted: that tells the direction, but not that both are one shot."""
    if not rounding.is_fitted:
        return is_exactly_rounded(rounding)
    is_told = rounding.frequencies >= FITTED_FREQUENCIES
    return is_told and rounding.within > FITTED and QUARTER[0] < rounding.off < QUARTER[1]


def fit_apart(one: Rounding, other: Rounding, is_as_sharp: bool) -> float:
    """The evidence that the other JPEG is the one, rounded, as it fits its steps better; below 0 the reverse."""
    apart, best = other.within - one.within, max(one, other)
    is_fit = max(0.0, min(1.0, (best.within - 0.85) / 0.1))  # of what fits neither, coarse steps hide more
    much = max(0.0, min(2.0, (abs(apart) - 0.25) / 0.12)) * is_fit * _is_between(best)
    is_exact = is_as_sharp and best.within > EXACTLY and best.off > BETWEEN
    exact = max(0.0, min(1.0, abs(apart) / 0.05 - 1)) if is_exact else 0.0
    is_told = min(one.frequencies, other.frequencies) >= MANY_FREQUENCIES
    return math.copysign(max(much, exact) if is_told else min(FEW_TELL, max(much, exact)), apart)


class Predicted(NamedTuple):
    """The luma of one of two pictures on one grid, with predictions of it from the other one."""

    luma: Plane
    others: list[Plane]
    table: NDArray[np.float64]  # [8,8] of its steps; of what is no JPEG, `ROUNDED_LEVELS`


def likelier(one: Predicted, other: Predicted) -> int:
    """1 if the other picture is likely the one, changed and saved; -1 if the reverse; 0: neither is told.

    By Bayes' theorem: frequencies of the picture that was there first are as likely as a Laplace distribution has them
    within its steps (Lam and Goodman, 2000), those of the other one as its prediction, off by some levels, comes there.
    """
    ours, theirs = (transform(each.luma) for each in (one, other))
    gains = _gains(ours, theirs)
    size = (np.abs(ours) * gains + np.abs(theirs)) / 2
    places = _clear_places(one, other, size, gains)
    if len(places) < LEAST_COUNT:
        return 0
    scales, contrast = size.mean(0).ravel()[places % BLOCK**2], gains.ravel()[places // BLOCK**2]
    made, reverse = _fit(other, theirs, places), _fit(one, ours, places)
    more = made.likelihoods + reverse.alone(scales / contrast) - reverse.likelihoods - made.alone(scales)
    fits, widths = (made, reverse), (reverse.steps * contrast, made.steps / contrast)
    (best, worse), (width, worse_width) = (fits, widths) if more.mean() > 0 else (fits[::-1], widths[::-1])
    by_block = np.bincount(places // BLOCK**2, more)
    if best.deviation > MOST_DEVIATION or abs(by_block.sum()) < CERTAINLY * np.linalg.norm(by_block):
        return 0
    apart = abs(more.mean()) - max(0.0, *(worse.smeared(worse_width * part) for part in FINER))
    if apart < LIKELIER or best.smeared(width) > NOT_SIBLINGS:
        return 0
    return 1 if more.mean() > 0 else -1


def _gains(others: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """The contrast [blocks,1,1] of a picture by that of another one, by their frequencies [blocks,8,8]."""
    sums = [np.sqrt(np.square(each[:, TOLD][:, 1:]).sum(1)) for each in (others, own)]
    return np.clip((sums[1] + 1) / (sums[0] + 1), *GAINS)[:, None, None].astype(np.float32)


def _clear_places(one: Predicted, other: Predicted, size: NDArray[Any], gains: NDArray[np.float32]) -> NDArray[np.intp]:
    """Places [n] of frequencies that tell: clear in the mean of both pictures, `size`, so that neither chooses them."""
    tables = [each.table.astype(np.float32) for each in (one, other)]
    least = CLEAR * np.maximum(np.maximum(tables[0] * gains, tables[1]), LEAST_CLEAR)
    asked = TOLD & (np.maximum(one.table, other.table) >= LEAST_COARSE)
    asked[0, 0] = False
    used = (size >= least) & asked
    for each in (one.luma, other.luma):
        used[_is_clipped(each)] = False
    places = np.flatnonzero(used)
    return places[:: -(-len(places) // MOST_PLACES) or 1]


class _Fit(NamedTuple):
    """How likely it is that what one picture shows [n] comes of the best prediction from the other one."""

    shown: NDArray[np.float32]  # levels
    off: NDArray[np.float32]  # levels by which the prediction is higher
    steps: NDArray[np.float32]
    deviation: float  # of the prediction
    likelihoods: NDArray[np.float64]  # their logarithms

    def smeared(self, widths: NDArray[np.float32]) -> float:
        """By how much likelier it comes of anywhere within such widths [n] around the prediction."""
        likeliest = max(_likelihoods(self.off, self.steps, each, widths).mean() for each in DEVIATIONS)
        return float(likeliest - self.likelihoods.mean())

    def alone(self, scales: NDArray[np.float32]) -> NDArray[np.float64]:
        """Logarithms of the likelihood [n] by Laplace distributions with mean absolute levels `scales` [n]."""
        halves = self.steps / (2 * scales)
        return halves + np.log1p(-np.exp(-2 * halves)) - np.abs(self.shown) / scales  # of 2 sinh, which overflows


def _fit(picture: Predicted, frequencies: NDArray[np.float32], places: NDArray[np.intp]) -> _Fit:
    """The fit of the best prediction at some places [n] of the `frequencies` float32[blocks,8,8] of a picture."""
    steps = picture.table.ravel()[places % BLOCK**2].astype(np.float32)
    shown = np.rint(frequencies.ravel()[places] / steps) * steps
    offs = [transform(each).ravel()[places] - shown for each in picture.others]
    off = max(offs, key=lambda off: _likelihoods(off, steps, MOST_DEVIATION).mean())
    fits = (_Fit(shown, off, steps, each, _likelihoods(off, steps, each)) for each in DEVIATIONS)
    return max(fits, key=lambda fit: fit.likelihoods.mean())


def _likelihoods(
    off: NDArray[np.float32], steps: NDArray[np.float32], deviation: float, widths: NDArray[np.float32] | None = None
) -> NDArray[np.float64]:
    """Logarithms of the likelihood [n] that predictions, off so far, or anywhere so wide, come into the steps."""
    apart = [0.0] if widths is None else [widths * part for part in WITHIN]
    ends = [(off + each + steps / 2, off + each - steps / 2) for each in apart]
    inside = np.mean([_normal(high / deviation) - _normal(low / deviation) for high, low in ends], 0)
    stray = np.exp(-np.abs(off) / STRAY_LEVELS) / (2 * STRAY_LEVELS) * steps
    return np.log((1 - STRAY) * inside + STRAY * stray + 1e-9)


def _normal(values: NDArray[Any]) -> NDArray[np.float32]:
    """The distribution function of the normal distribution, from a table."""
    steps = np.clip(values, -NORMAL_ENDS, NORMAL_ENDS) * NORMAL_STEPS
    return NORMAL[np.rint(steps).astype(np.intp) + NORMAL_ENDS * NORMAL_STEPS]


def carried(rounding: Rounding | None) -> float:
    """The distance of the other picture from the steps of a JPEG; rounding alone leaves a quarter of one."""
    if rounding is None or rounding.within < 0.8:
        return 0.0
    most = 3.0 if rounding.frequencies >= MANY_FREQUENCIES else FEW_TELL
    return max(0.0, min(most, (0.17 - rounding.off) / 0.04))


def blocks_of(plane: NDArray[Any]) -> NDArray[Any]:
    """The whole blocks [n,8,8] of a plane, row by row."""
    rows, columns = plane.shape[0] // BLOCK, plane.shape[1] // BLOCK
    cut = plane[: rows * BLOCK, : columns * BLOCK]
    return cut.reshape(rows, BLOCK, columns, BLOCK).transpose(0, 2, 1, 3).reshape(-1, BLOCK, BLOCK)


def transform(plane: Plane) -> NDArray[np.float32]:
    """The frequencies of each block, float32[blocks,8,8]."""
    found = transform_differences(plane)
    found[:, 0] -= BLOCK * MIDDLE
    return found.reshape(-1, BLOCK, BLOCK)


def transform_differences(apart: Plane, waves: NDArray[np.float32] = WAVES) -> NDArray[np.float32]:
    """The same of what two pictures are apart, which has no middle level; of some `waves` float32[blocks,waves]."""
    return np.asarray(blocks_of(apart).reshape(-1, BLOCK**2) @ waves.T, np.float32)


def saved(plane: Plane, table: NDArray[np.float64]) -> Plane:
    """A luma float32[H,W] of whole blocks as a JPEG with the steps `table` float64[8,8] shows it."""
    steps = table.astype(np.float32)
    stored = np.round(transform(plane) / steps) * steps
    return np.clip(transform_back(stored, plane.shape) + MIDDLE, 0, 255)


def transform_back(frequencies: NDArray[np.float32], shape: tuple[int, ...]) -> Plane:
    """A plane of a shape, around 0, of whole blocks with these frequencies float32[blocks,8,8]."""
    blocks = np.asarray(frequencies, np.float32).reshape(-1, BLOCK**2) @ WAVES
    rows, columns = (side // BLOCK for side in shape)
    return blocks.reshape(rows, columns, BLOCK, BLOCK).transpose(0, 2, 1, 3).reshape(shape)


def moved_by_saving(table: NDArray[np.float64] | None) -> NDArray[np.float32]:
    """The levels [36] by which saving with such steps moves the frequencies that are told, all but the finest."""
    levels = np.full((BLOCK, BLOCK), WHOLE_LEVELS)
    levels[0, 0] = MEAN
    return (levels if table is None else levels + table / 2)[TOLD].astype(np.float32)
