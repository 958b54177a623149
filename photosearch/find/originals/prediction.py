"""Predicting one picture from another that is laid over it: a change of tone, a filter, and what varies from place to
place, each fitted so that a part that differs has no say.

An edit of the whole photo is predicted; pasted, moved or lost content remains as the residual.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import Cube, apply_cube, fit_cube
from photosearch.find.originals.local import THUMB, WINDOW_PX, area, locally, locally_by_colours, median
from photosearch.find.registration.register import Picture, Plane

LUMA = np.array([0.299, 0.587, 0.114])  # of red, green and blue (BT.601, as in JPEG)
COLOURS = np.array([[0.564], [0.713]]) * (np.array([[0, 0, 1], [1, 0, 0]]) - LUMA)  # blue and red difference, of these
KNOTS = np.array([0, 8, 18, 30, 44, 64, 96, 128, 160, 178, 193, 206, 218, 229, 239, 248, 255], np.float64)  # of a curve
DEGREE, LEAST_FALLOFF = 6, 0.1  # of the light over the frame, by a graduated filter or a lens; its logarithm
CELLS, LEAST_IN_CELL = 8, 15  # parts of a side; samples of a part that tell of it
UNEVEN, MOST_UNEVEN = 0.02, 0.2  # the same between parts, that curves leave: of 17 that do fall off the least is 0.06
RINGS = np.linspace(0, 1, 25)  # distances from the middle, the corners being 1, between which a vignette is linear
FAR = 16.0  # levels of an error that count at most, where light over the frame is compared with curves alone
DARK, LIGHT, LEAST_SAMPLES, LIGHT_PX = 4, 250, 500, 64
EXTREME, CLIPPED_PX = 4, 9  # levels from black or white; beside it, a filter has spread what is clipped
SOLID_PX = 3  # sides of a place that is clipped as a whole
CHANNELS = 6  # that a tone is a sum of curves of
SIGMAS = (0.7, 1.4, 2.8)  # between which the bands of a filter lie
SAMPLES, CUBE_SAMPLES = 4_000, 30_000
SETTLED = 0.1  # levels by which no sample is fitted otherwise any more
COLOUR_SHRINK = 2  # the eye, and JPEG, see colours in half the resolution


class Prediction(NamedTuple):
    """The residual of a picture that is predicted from another one; none is left where the two do not overlap."""

    luma: Plane  # the picture's own
    rest: Plane  # of the luma
    colours: NDArray[np.float32]  # [h,w,2]: its own blue and red difference, at half size
    colour_rest: NDArray[np.float32]  # [h,w,2]
    light: Plane | None  # by which the source's was multiplied from place to place, if it was
    extreme: NDArray[np.bool_]  # [H,W] where the source is black or white in a channel, or nearly, within 4 px
    clipped: NDArray[np.bool_]  # [H,W] the same where it is so over a whole place, and not by noise in single pixels
    uneven: Plane  # [H/4,W/4]: what a change of tone alone leaves of the luma


class Tone(NamedTuple):
    """A change of tone: tables [3,6,256], and a polynomial over the frame by which light falls off, if it does.

    Luma, blue and red difference are each the sum of curves of what the source is in red, green, blue, the lightest and
    the darkest of these (which programs turn hues and deepen colours by) and luma.
    """

    tables: NDArray[np.float64]
    falloff: NDArray[np.float64] | None
    cube: Cube | None = None  # added to the curves where these do not explain the colours


@dataclass(frozen=True)
class Planes:
    """A picture uint8[H,W,3] in the forms that predicting takes, of which hardly any use needs all."""

    rgb: Picture

    @cached_property
    def luma(self) -> Plane:
        """float32[H,W]."""
        return luma_of(self.rgb)

    @cached_property
    def colours(self) -> NDArray[np.float32]:
        """Blue and red difference float32[h,w,2], at half size."""
        return colours_of(self.half)

    @cached_property
    def half(self) -> Picture:
        """At half size."""
        return self._reduced(COLOUR_SHRINK)

    @cached_property
    def small(self) -> Picture:
        """A quarter."""
        return self._reduced(THUMB)

    def _reduced(self, less: int) -> Picture:
        height, width = self.rgb.shape[:2]
        return np.asarray(area(self.rgb, (max(1, width // less), max(1, height // less))), np.uint8)


def luma_of(rgb: Picture | NDArray[np.float32]) -> Plane:
    """float32[H,W], 0..255."""
    return np.asarray(cv2.transform(rgb.astype(np.float32), LUMA[None].astype(np.float32)), np.float32)


def predict(source: Planes, target: Planes, mask: Plane) -> Prediction:
    """The residual of `target` after a prediction from `source`, where float32[H,W] `mask` is 1."""
    tone = fit_tone(source.small, target.small, mask)
    luma = predict_luma(toned(source, tone), target, mask, None if tone.cube is None else source.colours)
    part = area(mask, (target.colours.shape[1], target.colours.shape[0]))
    toned_colours = apply_tone(source.half, tone, (1, 2))
    colours = (np.asarray(each, np.float32) for each in cv2.split(target.colours))
    rest = [
        (colour - locally(given, colour, part, WINDOW_PX // COLOUR_SHRINK, 40)) * part
        for given, colour in zip(toned_colours, colours, strict=True)
    ]
    light = None if tone.falloff is None else light_of(tone.falloff, target.luma.shape)
    (small,) = apply_tone(source.small, tone, (0,))
    uneven = luma_of(target.small) - np.clip(small, 0, 255)
    ends, left = _clipped(source.rgb), np.asarray((target.luma - luma) * mask, np.float32)
    return Prediction(target.luma, left, target.colours, np.dstack(rest), light, *ends, uneven)


def predict_luma(source: Plane, target: Planes, mask: Plane, colours: NDArray[np.float32] | None = None) -> Plane:
    """The luma of `target` by a `toned` one with a filter, and what varies from place to place, `colours` included."""
    sharp = sharpen(source, target.luma, mask)
    if colours is None:
        luma = locally(sharp, target.luma, mask)
    else:
        luma = locally_by_colours(sharp, colours, target.luma, mask)
    return np.asarray(np.clip(luma, 0, 255, out=luma), np.float32)


def toned(source: Planes, tone: Tone) -> Plane:
    """The luma of `source` with a change of tone alone."""
    (luma,) = apply_tone(source.rgb, tone, (0,))
    return np.asarray(np.clip(luma, 0, 255, out=luma), np.float32)


def _clipped(rgb: Picture) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """`Prediction.extreme` and `Prediction.clipped` of a source uint8[H,W,3]."""
    ends = cv2.bitwise_not(cv2.inRange(rgb, (EXTREME,) * 3, (255 - EXTREME,) * 3))
    near = np.ones((CLIPPED_PX, CLIPPED_PX), np.uint8)
    places = cv2.morphologyEx(ends, cv2.MORPH_OPEN, np.ones((SOLID_PX, SOLID_PX), np.uint8))
    extreme, clipped = (np.asarray(cv2.dilate(each, near)) > 0 for each in (ends, places))
    return extreme, clipped


def fit_tone(source: Picture, target: Picture, mask: Plane) -> Tone:
    """The tone of `target` by that of `source`, both uint8[H,W,3]; the light may fall off over the frame."""
    height, width = target.shape[:2]
    inside = area(mask, (width, height)) > 0.99
    if not inside.any():
        inside = np.ones(inside.shape, bool)
    smooth = [cv2.GaussianBlur(picture, (0, 0), 0.7).reshape(-1, 3) for picture in (source, target)]
    places = np.flatnonzero(inside)
    many, few = (places[:: -(-len(places) // count)] for count in (CUBE_SAMPLES, SAMPLES))
    given, wanted = (each[few].astype(np.float64) for each in smooth)
    design, aim = _design(given), _components(wanted)
    fitted = _fit(design, aim)
    where = few % width / width, few // width / height
    falling = _fit_falloff(given @ LUMA, aim[:, 0], *where) if _is_uneven(design @ fitted, aim, *where) else None
    if falling is not None:
        falloff, light = falling
        lit = _fit(design, aim / light)
        if _error(aim, light * (design @ lit)) < _error(aim, design @ fitted):
            return Tone(_tables(lit), falloff)
    tables = _tables(fitted)
    given, wanted = (each[many].astype(np.float64) for each in smooth)
    rest = _components(wanted) - _by_curves(given, tables)
    return Tone(tables, None, fit_cube(given, rest, np.column_stack(np.divmod(many, width))))


def _error(wanted: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    """The mean error of the luma, the first column."""
    return float(np.minimum(np.abs(wanted[:, 0] - found[:, 0]), FAR).mean())


def _by_curves(given: NDArray[np.float64], tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Luma, blue and red difference [n,3] of colours [n,3] in whole levels by the tables of a tone."""
    *whole, luma = _channels(given).T
    low = np.minimum(luma.astype(np.int64), 254)
    part = luma - low
    total = tables[:, -1].take(low, 1) * (1 - part) + tables[:, -1].take(low + 1, 1) * part
    for table, level in zip(tables.transpose(1, 0, 2), whole, strict=False):  # the last table is that of the luma
        total += table.take(level.astype(np.int64), 1)
    return total.T


def _fit(design: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Curves by robust least squares: what is far from them counts ever less, as another content must not bend them."""
    ridge = np.diag([1e-9] * 4 + [2e-5] * (design.shape[1] - 4)) * len(design)  # few samples bend a curve but little
    weights, fitted = np.ones((len(design), 1)), np.zeros((design.shape[1], wanted.shape[1]))
    errors = np.full(len(design), np.inf)
    for _ in range(5):
        fitted, before = solve(design, wanted, weights, ridge), errors
        errors = reduce(np.maximum, np.abs(wanted - design @ fitted).T)  # ten times as fast as by rows
        if np.abs(errors - before).max() < SETTLED:
            break
        weights = 1 / (1 + (errors / max(1.0, 2.5 * median(errors.ravel()))) ** 2)[:, None]
    return fitted


def _is_uneven(
    found: NDArray[np.float64], wanted: NDArray[np.float64], across: NDArray[np.float64], down: NDArray[np.float64]
) -> bool:
    """True if the luma, the first column, was found too dark in a part of the frame and too light in another."""
    found, wanted = found[:, 0], wanted[:, 0]
    inside = (wanted > DARK) & (wanted < LIGHT)
    off = np.clip(np.log(np.maximum(wanted, DARK) / np.maximum(found, DARK)), -MOST_UNEVEN, MOST_UNEVEN)[inside]
    cells = ((down * CELLS).astype(np.int64) * CELLS + (across * CELLS).astype(np.int64))[inside]
    counts, sums = (np.bincount(cells, each, CELLS**2) for each in (None, off))
    told = counts > LEAST_IN_CELL
    return bool(told.any()) and float(np.ptp(sums[told] / counts[told])) > UNEVEN


def _fit_falloff(
    given: NDArray[np.float64], wanted: NDArray[np.float64], across: NDArray[np.float64], down: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The logarithm of the light over the frame as a polynomial, beside a curve of the luma; and the light [n,1].

    None: all of it is one.
    """
    inside = (given > DARK) & (given < LIGHT) & (wanted > DARK) & (wanted < LIGHT)
    if inside.sum() < LEAST_SAMPLES:
        return None
    where = falloffs_of(across, down)
    design = np.column_stack([where[inside, 1:], hats_of(given[inside])])
    aim = np.log(wanted[inside] / given[inside])[:, None]
    trust = np.minimum(wanted[inside], 64.0)[:, None]  # so that errors are in levels
    weights, found = trust, np.zeros((design.shape[1], 1))
    ridge = np.diag([1e-3] * (where.shape[1] - 1) + [1e-4] * len(KNOTS)) * len(design)
    errors = np.full(aim.shape, np.inf)
    for _ in range(6):
        found, before = solve(design, aim, weights, ridge), errors
        errors = np.abs(aim - design @ found) * trust
        if np.abs(errors - before).max() < SETTLED:
            break
        weights = trust / (1 + (errors / max(1.0, 2.5 * median(errors.ravel()))) ** 2)
    falloff = np.concatenate([[0], found[: where.shape[1] - 1, 0]])
    light = where[inside] @ falloff
    falloff[0] = -median(light)
    if np.ptp(np.percentile(light, (1, 99))) <= LEAST_FALLOFF:
        return None
    return falloff, np.exp(where @ falloff)[:, None]


def falloffs_of(across: NDArray[np.float64], down: NDArray[np.float64]) -> NDArray[np.float64]:
    """The terms of light over a frame, at places in 0..1 of it [n,53].

    They are Chebyshev polynomials of a degree of at most 6 in all, the first of which is 1, and those of a curve of the
    distance from the middle.
    """
    x, y = (np.polynomial.chebyshev.chebvander(2 * each - 1, DEGREE) for each in (across, down))
    powers = [x[:, i] * y[:, j] for i in range(DEGREE + 1) for j in range(DEGREE + 1 - i)]
    from_middle = np.hypot(across - 0.5, down - 0.5) / 0.5**0.5
    return np.column_stack([*powers, hats_of(np.minimum(from_middle, 1), RINGS)])


def _channels(given: NDArray[np.float64]) -> NDArray[np.float64]:
    red, green, blue = given.T  # comparing columns takes a tenth of the time of comparing in rows
    lightest, darkest = (compare(compare(red, green), blue) for compare in (np.maximum, np.minimum))
    return np.column_stack([given, lightest, darkest, given @ LUMA])


def _design(given: NDArray[np.float64]) -> NDArray[np.float64]:
    given = _channels(given)
    hats = [hats_of(given[:, channel])[:, 1:] for channel in range(CHANNELS)]
    return np.column_stack([np.ones(len(given)), given[:, :3] / 255, *hats])


def _tables(fitted: NDArray[np.float64]) -> NDArray[np.float64]:
    plane, bends = fitted[:4], fitted[4:]
    levels = np.arange(256.0)
    shapes = hats_of(levels)[:, 1:]
    tables = np.empty((3, CHANNELS, 256))
    for channel, bend in enumerate(np.split(bends, CHANNELS)):
        curve = shapes @ bend + (levels[:, None] / 255 * plane[1 + channel] + plane[0] / 3 if channel < 3 else 0)
        tables[:, channel] = curve.T
    return tables


def apply_tone(rgb: Picture, tone: Tone, numbers: Sequence[int]) -> list[Plane]:
    """The luma (0), blue (1) and red difference (2) of uint8[H,W,3] by a tone, those that `numbers` name."""
    red, green, blue = cv2.split(rgb)
    lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    layers = red, green, blue, lightest, darkest, cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    light = None if tone.falloff is None else light_of(tone.falloff, rgb.shape)
    more = None if tone.cube is None else cv2.split(apply_cube(rgb, tone.cube))
    found = list[Plane]()
    for number in numbers:
        tables = tone.tables[number].astype(np.float32)
        total = cv2.LUT(layers[0], tables[0])
        for layer, table in zip(layers[1:], tables[1:], strict=True):
            cv2.add(total, cv2.LUT(layer, table), total)
        if more is not None:
            cv2.add(total, more[number], total)
        found.append(np.asarray(total if light is None else cv2.multiply(total, light), np.float32))
    return found


def light_of(falloff: NDArray[np.float64], shape: tuple[int, ...]) -> Plane:
    """By how much a fall-off multiplies each pixel of a picture of a shape."""
    return np.asarray(cv2.exp(over_frame(falloff, shape)), np.float32)


def over_frame(factors: NDArray[np.float64], shape: tuple[int, ...]) -> Plane:
    """The sum of the terms of `falloffs_of` times factors, for a picture of a shape."""
    values = (_falloffs_of_frame() @ factors).reshape(LIGHT_PX, LIGHT_PX)
    return np.asarray(cv2.resize(values.astype(np.float32), shape[1::-1], interpolation=cv2.INTER_CUBIC), np.float32)


@cache
def _falloffs_of_frame() -> NDArray[np.float64]:
    places = (np.arange(LIGHT_PX) + 0.5) / LIGHT_PX
    down, across = (axis.ravel() for axis in np.meshgrid(places, places, indexing="ij"))
    return falloffs_of(across, down)


def sharpen(source: Plane, target: Plane, mask: Plane) -> Plane:
    """The source with its three finest bands weighted as the target has them: blurred or sharpened."""
    levels = [source, *(cv2.GaussianBlur(source, (0, 0), sigma) for sigma in SIGMAS[:-1]), _soft(source)]
    step = max(1, source.size // (2 * SAMPLES))
    sampled = [each.ravel()[::step][mask.ravel()[::step] > 0.5] for each in (*levels, target, _soft(target))]
    given = np.column_stack([fine - coarse for fine, coarse in pairwise(sampled[: len(levels)])]).astype(np.float64)
    aim = (sampled[-2] - sampled[-1]).astype(np.float64)
    weights = np.ones(len(aim))
    gains = np.ones(3)
    for _ in range(4):
        gains = solve(given, aim[:, None], weights[:, None], 1e-3 * (len(aim) + 1) * np.eye(3))[:, 0]
        errors = np.abs(aim - given @ gains)
        weights = 1 / (1 + (errors / max(0.7, 2 * median(errors))) ** 2) if len(aim) else weights
    weights = np.diff([0, *gains, 1])  # of the levels, whose differences are the bands
    sharp = np.float32(weights[0]) * levels[0]
    for level, weight in zip(levels[1:], weights[1:], strict=True):
        cv2.scaleAdd(level, float(weight), sharp, sharp)
    return np.asarray(sharp, np.float32)


def _soft(values: Plane) -> Plane:
    """Blurred by the widest sigma, nearly, in half size: a tenth of the work."""
    half = area(values, (max(1, values.shape[1] // 2), max(1, values.shape[0] // 2)))
    half = cv2.GaussianBlur(half, (0, 0), SIGMAS[-1] / 2)
    return np.asarray(cv2.resize(half, values.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def solve(
    design: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64], ridge: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weighted least squares with a ridge; NumPy makes the product of a matrix with itself by half the work."""
    roots = np.sqrt(weights)
    weighted = design * roots
    _, found = cv2.solve(weighted.T @ weighted + ridge, weighted.T @ (wanted * roots), flags=cv2.DECOMP_CHOLESKY)
    return np.asarray(found, np.float64)


def hats_of(values: NDArray[np.float64], knots: NDArray[np.float64] = KNOTS) -> NDArray[np.float64]:
    """The weights of values [n] at each of the knots: rows that sum to 1, for piecewise linear curves."""
    low = np.clip(np.searchsorted(knots, values, "right") - 1, 0, len(knots) - 2)
    part, rows = (values - knots[low]) / (knots[low + 1] - knots[low]), np.arange(len(values))
    hats = np.zeros((len(values), len(knots)))
    hats[rows, low], hats[rows, low + 1] = 1 - part, part
    return hats


def _components(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    luma = rgb @ LUMA
    return np.column_stack([luma, 0.564 * (rgb[:, 2] - luma), 0.713 * (rgb[:, 0] - luma)])


def colours_of(rgb: Picture | NDArray[np.float32]) -> NDArray[np.float32]:
    """Blue and red difference float32[H,W,2]; channel by channel, as OpenCV makes two of three in twice the time."""
    red, *others = (np.asarray(each, np.float32) for each in cv2.split(rgb))
    planes = list[Plane]()
    for first, *weights in COLOURS:
        plane = red * np.float32(first)
        for other, weight in zip(others, weights, strict=True):
            cv2.scaleAdd(other, weight, plane, plane)
        planes.append(plane)
    return np.asarray(cv2.merge(planes), np.float32)
