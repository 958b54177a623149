"""Where a picture shows something that a prediction of it lacks: connected places that stand out of the noise."""

import math
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.local import median
from photosearch.find.originals.prediction import COLOUR_SHRINK, Prediction
from photosearch.find.registration.register import Plane

CELL_PX, COLOUR_CELL_PX = 3, 4  # what is left is measured over windows of 3 × 3 of these, which lie a cell apart
GRID_PX = 12  # sides are whole cells of both, and whole quarters
UNIT_PX2 = 81  # a window's area
LEAST_SPREAD, LEAST_COLOUR_SPREAD = 1.2, 2.5  # levels: less is never seen
LINE_SIGMAS, LEAST_LINE = (0.8, 2.4), 0.4  # of a hair, and of what is beside it; the same of lines
LINE_DOUBLINGS, LINE_ANGLES = 4, 16  # a line is asked over 2**4 px
LINE_UNITS, MOST_LINE_LEVELS = 16, 60  # of a level: such whole numbers are added in half the time; what counts at most
BROAD_SIGMA, BROAD_CELL_PX, LEAST_BROAD, EDGE_PX = 2.5, 6, 0.5, 19  # the same of broad places; beside the frame
COLOUR_SIGMA, LEAST_BROAD_COLOUR = 2.0, 0.5  # the same of colours, at half size
# Of white noise: sigmas of bands; deviations beyond the greatest by chance; the median of normal values. Sigma of a
# patch, its power and that of a pixel in squared deviations; deviations of a colour; levels of a deviation at least
NOISE_SIGMAS, BEYOND_CHANCE, MEDIAN_OF_NORMAL = (0.7, 1.4, 2.8), 0.8, 0.6745
PATCH_SIGMA, MOST_OF_PATCH, MOST_OF_PIXEL, MOST_OF_COLOUR, LEAST_OF_NOISE = 6.0, 3.0, 16.0, 8.0, 0.1
# Beside what is clipped, which a filter has spread, and beside the frame, where a slope seems to bend; sigmas of what
# clipping hides, and of a place; times what is left of that
SPREAD_PX, FRAME_PX, HIDDEN_SIGMAS, HIDDEN_SIGMA, HIDES = 19, 20, (2.0, 10.0), 8.0, 0.3
BINS = 12  # of gradients, each with a noise of its own: an edge is predicted worse than a wall
EVERY, MOST_ASKED = 2, 20_000  # windows whose noise is asked for: every second, but no more
STANDS_OUT, NEARLY = 3.0, 0.999  # deviations from the noise; of a bound, so that rounding passes none
LEAST_PX = 40  # pixels of a place
LOST_LEVELS, FEW_PX = 60, 8  # what clipping hides spans no more, but for a few pixels


class Difference(NamedTuple):
    """A place that stands out: how much (see `find_differences`), and left, top, width and height in pixels."""

    strength: float
    box: tuple[int, int, int, int]


class Differences(NamedTuple):
    """Places of a picture that a prediction of it lacks, the strongest first."""

    light: list[Difference]
    colour: list[Difference]
    clipped: float  # the strongest of those where the source of the prediction is clipped, which explains them
    windows: NDArray[np.bool_]  # [H,W] of the light and the colour


def find_differences(prediction: Prediction, mask: NDArray[np.bool_]) -> Differences:
    """Compare what is left in windows of 9 px with what is left elsewhere at such a gradient; only inside `mask`.

    A place's strength is the sum of the deviations beyond 3, a window's area being the unit. Sides are multiples of 12.
    """
    gradient, colour_rest = squared_gradient(prediction.luma), _colours_as_dark(prediction)
    out = _deviations(_squared(_as_dark(prediction)), gradient, mask, CELL_PX, LEAST_SPREAD)
    far = np.abs(prediction.rest) > LOST_LEVELS
    light, windows, clipped = _places(out, CELL_PX, CELL_PX, prediction.clipped, far)
    squared = cv2.split(_squared(colour_rest))
    outs = [_deviations(each, gradient, mask, COLOUR_CELL_PX, LEAST_COLOUR_SPREAD) for each in squared]
    far = np.maximum(*cv2.split(np.abs(prediction.colour_rest))) > LOST_LEVELS
    step = COLOUR_CELL_PX // COLOUR_SHRINK
    colour, coloured, _ = _places(np.maximum(*outs), COLOUR_CELL_PX, step, prediction.clipped, far)
    size = mask.shape[1], mask.shape[0]
    full = [cv2.resize(each, size, interpolation=cv2.INTER_NEAREST) for each in (windows, coloured)]
    return Differences(light, colour, clipped, cv2.bitwise_or(*full) > 0)


def _deviations(squared: NDArray[Any], gradient: Plane, mask: NDArray[np.bool_], cell: int, least: float) -> Plane:
    size = mask.shape[1] // cell, mask.shape[0] // cell
    inside = mask[cell // 2 :: cell, cell // 2 :: cell]
    return deviations(_cells(squared, size), _cells(gradient, size), inside, least)


def deviations(squared: Plane, gradient: Plane, mask: NDArray[np.bool_], least: float) -> Plane:
    """The residual in the window around each cell, in deviations beyond the noise at such a gradient.

    Both are means of squares in cells; `least` is a deviation that is never seen. Cells that stand out by no more than
    `STANDS_OUT`, nearly all, are 0.
    """
    some = np.flatnonzero(mask)
    some = some[:: max(EVERY, len(some) // MOST_ASKED)].copy()  # before the rest, as the numbers of all cells are large
    squared, gradient = (np.asarray(cv2.blur(each, (3, 3)), np.float32) for each in (squared, gradient))
    out = np.zeros_like(squared)
    if len(some) < 10 * BINS:
        return out
    values, slopes = (np.sqrt(np.maximum(each.ravel()[some], 0)) for each in (squared, gradient))
    edges = np.interp(np.linspace(0, len(slopes) - 1, BINS + 1), np.arange(len(slopes)), np.sort(slopes))
    rows = list[tuple[float, float, float]]()
    for low, high in pairwise(edges):
        among = values[(slopes >= low) & (slopes <= high)]
        if len(among) >= 10:
            middle = median(among)
            rows.append(((low + high) / 2, middle, 1.4826 * median(np.abs(among - middle))))
    at, middles, spreads = (np.array(column) for column in zip(*rows, strict=True))
    middles, spreads = np.maximum.accumulate(middles), np.maximum.accumulate(spreads)
    steepest = max(float(at[-1]), 1e-3)
    steps = np.linspace(0, steepest, 256)
    may_be_out = squared > np.float32(NEARLY * (STANDS_OUT * least) ** 2)
    asked = np.flatnonzero(np.logical_and(may_be_out, mask, out=may_be_out))
    left, slope = (np.sqrt(np.maximum(each.ravel()[asked], 0)) for each in (squared, gradient))
    levels = np.minimum(np.rint(slope * np.float32(255 / steepest)), 255).astype(np.uint8)
    beyond = np.maximum(slope / np.float32(steepest), 1)  # steeper than nearly all: in line
    usual, spread = (np.interp(steps, at, each).astype(np.float32)[levels] * beyond for each in (middles, spreads))
    out.ravel()[asked] = (left - usual) / np.maximum(spread + usual * np.float32(0.15), least)
    return out


def places(out: Plane) -> list[Difference]:
    """The connected cells that stand out by their deviations, the strongest place first."""
    return _places(out, CELL_PX, CELL_PX, None, None)[0]


def _places(
    deviations: Plane, cell: int, step: int, clipped: NDArray[np.bool_] | None, far: NDArray[np.bool_] | None
) -> tuple[list[Difference], NDArray[np.uint8], float]:
    """The places that stand out, their cells, and the strength of the strongest that clipping explains.

    It explains no place with more than a few pixels that are `far` off, as print on white paper is. A cell is `cell`
    pixels long, `step` of which are asked. None: nothing is clipped, nothing far off.
    """
    is_out = deviations > STANDS_OUT
    asked = np.flatnonzero(is_out)
    count, numbers = cv2.connectedComponents(is_out.view(np.uint8), connectivity=8)
    of = np.asarray(numbers, np.int32).ravel()[asked]
    cells = np.bincount(of, minlength=count)
    is_large = step**2 * cells >= LEAST_PX
    is_found = np.zeros(is_out.shape, np.uint8)
    if not is_large.any():
        return [], is_found, 0.0
    shares = (np.zeros(len(of)) if each is None else _shares(each, is_out) for each in (clipped, far))
    beyond = deviations.ravel()[asked] - STANDS_OUT
    beyond, clips, off = (np.bincount(of, each, count) for each in (beyond, *shares))
    strengths = beyond * step * cell / UNIT_PX2
    is_lost = (clips > 0.5 * cells) & (step**2 * off <= FEW_PX)
    is_left = is_large & ~is_lost
    is_found.ravel()[asked] = is_left[of]
    found = [
        Difference(float(strengths[n]), _box(asked[of == n], is_out.shape[1], cell)) for n in np.flatnonzero(is_left)
    ]
    return sorted(found, reverse=True), is_found, float(strengths[is_large & is_lost].max(initial=0))


def _shares(pixels: NDArray[np.bool_], of: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The shares of such pixels in the cells `of` a mask."""
    return _cells(pixels.astype(np.float32), (of.shape[1], of.shape[0]))[of]


def _box(places: NDArray[np.int64], columns: int, cell: int) -> tuple[int, int, int, int]:
    """Of cells by their numbers, row by row, in pixels."""
    down, across = np.divmod(places, columns)
    left, top = int(across.min()), int(down.min())
    return cell * left, cell * top, cell * (int(across.max()) - left + 1), cell * (int(down.max()) - top + 1)


def hidden_levels(predictions: Sequence[Prediction], mask: NDArray[np.bool_]) -> tuple[float, float]:
    """The levels of each of two pictures in the place where it has most of those where the other is clipped and flat.

    What varies as slowly as a vignette does not count.
    """
    insides = [_clipped_inside(each.clipped & mask) for each in predictions]
    if not any(each.any() for each in insides):
        return 0.0, 0.0  # as of most
    ours, theirs = (_band_of(each.luma) for each in predictions)
    return _hidden(ours, theirs, insides[0]), _hidden(theirs, ours, insides[1])


def _band_of(luma: Plane) -> Plane:
    fine, coarse = (cv2.GaussianBlur(luma, (0, 0), sigma) for sigma in HIDDEN_SIGMAS)
    return np.asarray(fine - coarse, np.float32)


def _clipped_inside(clipped: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where all is clipped around, and the frame is far."""
    inside = np.zeros_like(clipped)
    rows, columns = (slice(FRAME_PX, side - FRAME_PX) for side in clipped.shape)
    eroded = cv2.erode(clipped.astype(np.uint8), np.ones((SPREAD_PX, SPREAD_PX), np.uint8)) > 0
    inside[rows, columns] = eroded[rows, columns]
    return inside


def _hidden(target: Plane, source: Plane, inside: NDArray[np.bool_]) -> float:
    if not inside.any():
        return 0.0
    weights, *powers = (
        cv2.GaussianBlur(each * inside, (0, 0), HIDDEN_SIGMA)[inside]
        for each in (np.ones_like(target), np.square(target), np.square(source))
    )
    is_hidden = powers[1] < HIDES**2 * powers[0]
    return float((powers[0][is_hidden] / weights[is_hidden]).max(initial=0)) ** 0.5


def _squared(rest: NDArray[np.float32], sigma: float = 1.0) -> NDArray[Any]:
    smooth = cv2.GaussianBlur(rest, (0, 0), sigma)
    return np.asarray(cv2.multiply(smooth, smooth))


def strongest_broad(predictions: Sequence[Prediction], mask: NDArray[np.bool_]) -> tuple[float, float]:
    """The strengths of the strongest place that stands out in both directions over windows of 18 px, as faint words do.

    Of those that what is clipped does not explain, and of all. What is left is blurred before, which leaves little
    noise of it.
    """
    inside, outs = _within(mask), list[Plane]()
    for each in predictions:
        squared = _squared(_as_dark(each), BROAD_SIGMA)
        outs.append(_deviations(squared, squared_gradient(each.luma), inside, BROAD_CELL_PX, LEAST_BROAD))
    clipped = np.logical_or(*(each.extreme for each in predictions))
    far, out = np.abs(predictions[0].rest) > LOST_LEVELS, np.minimum(*outs)
    left, every = (_places(out, BROAD_CELL_PX, BROAD_CELL_PX, each, far)[0] for each in (clipped, None))
    return (left[0].strength if left else 0.0), (every[0].strength if every else 0.0)


def strongest_broad_colours(
    predictions: Sequence[Prediction], mask: NDArray[np.bool_], are_toned: bool
) -> tuple[float, float, float]:
    """The strengths of the strongest place whose colours stand out over windows of 24 px: of one, the other, and both.

    So coloured words are seen that are no lighter or darker than what is below them, and tints. If colours of one
    picture `are_toned`, clipping explains a place.
    """
    inside, outs = _within(mask), list[Plane]()
    for each in predictions:
        squared, gradient = _squared(_colours_as_dark(each), COLOUR_SIGMA), squared_gradient(each.luma)
        channels = [
            _deviations(channel, gradient, inside, 2 * COLOUR_CELL_PX, LEAST_BROAD_COLOUR)
            for channel in cv2.split(squared)
        ]
        outs.append(np.maximum(*channels))
    clipped = np.logical_or(*(each.clipped for each in predictions)) if are_toned else None
    step = 2 * COLOUR_CELL_PX
    one, other, both = (_places(each, step, step, clipped, None)[0] for each in (*outs, np.minimum(*outs)))
    strengths = (found[0].strength if found else 0.0 for found in (one, other, both))
    return next(strengths), next(strengths), next(strengths)


def strongest_line(predictions: Sequence[Prediction], mask: NDArray[np.bool_]) -> float:
    """The strength of the strongest place with a line, as a hair is, that one picture has and the other lacks.

    It is left in both directions, light in one and dark in the other. Means over 16 px, at 16 angles, have little of
    the noise, so that a hair is seen in a JPEG, too. The lesser of both gradients tells the noise of a place, as the
    other one may be the hair's own.
    """
    ours, theirs = (_fine(_as_dark(each)) for each in predictions)
    theirs, line = -theirs, np.zeros_like(ours)
    for angle in np.arange(LINE_ANGLES) * np.pi / LINE_ANGLES:
        one, other = _along(ours, angle), _along(theirs, angle)
        line = cv2.max(line, cv2.max(cv2.min(one, other), -cv2.max(one, other)))
    level = LINE_UNITS << LINE_DOUBLINGS
    gradient = np.minimum(*(squared_gradient(each.luma) for each in predictions))
    found = places(_deviations(np.square(line / np.float32(level)), gradient, _within(mask), CELL_PX, LEAST_LINE))
    return found[0].strength if found else 0.0


def stands_out_of_noise(prediction: Prediction, mask: NDArray[np.bool_]) -> bool:
    """True if what is left is more than white noise: a dot, a line or a patch of it is beyond all that chance explains.

    So words under grain are told, as of noise that is the same everywhere much less is beyond doubt. Colours have no
    such noise, but what saving left of it.
    """
    inside = _within(mask)
    count = int(inside.sum())
    half = cv2.resize(inside.astype(np.uint8), prediction.colour_rest.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
    if not half.any():
        return True
    chance, chance_of_lines = ((2 * math.log(n)) ** 0.5 + BEYOND_CHANCE for n in (count, LINE_ANGLES * count))
    bands = [_band(prediction.rest, sigma) for sigma in NOISE_SIGMAS]
    colours = (_band(prediction.colour_rest[..., channel], NOISE_SIGMAS[-1]) for channel in range(2))
    fine = _fine(prediction.rest)
    lines = (_along(fine, angle).astype(np.float32) for angle in np.arange(LINE_ANGLES) * np.pi / LINE_ANGLES)
    asked = chain(
        ((each[inside], chance) for each in bands),
        ((each[half], MOST_OF_COLOUR) for each in colours),
        ((each[inside], chance_of_lines) for each in lines),
    )
    if any(np.abs(values).max() > most * _spread(values) for values, most in asked):
        return True
    patch = bands[1] / np.float32(_spread(bands[1][inside]))
    return bool(_band(np.minimum(patch**2, MOST_OF_PIXEL), PATCH_SIGMA)[inside].max() > MOST_OF_PATCH)


def _band(values: NDArray[np.float32], sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)


def _spread(values: Plane) -> float:
    """The deviation of normal values with a mean of 0, told by their median; of a level that is rounded at least."""
    return max(median(np.abs(values)) / MEDIAN_OF_NORMAL, LEAST_OF_NOISE)


def _fine(rest: Plane) -> NDArray[np.int16]:
    """What is as fine as a hair, in 16ths of a level."""
    fine, coarse = (cv2.GaussianBlur(rest, (0, 0), sigma) for sigma in LINE_SIGMAS)
    most = MOST_LINE_LEVELS * LINE_UNITS
    return np.clip((fine - coarse) * LINE_UNITS, -most, most).astype(np.int16)


def _along(values: NDArray[np.int16], angle: float) -> NDArray[np.int16]:
    """The sums of 16 px on a line through each pixel; near the frame they go on at the opposite side."""
    step = np.array([np.sin(angle), np.cos(angle)])
    step /= np.abs(step).max()
    for doubling in range(LINE_DOUBLINGS):
        down, across = np.rint(step * 2**doubling).astype(int).tolist()
        values = values + np.roll(values, (down, across), (0, 1))
    down, across = np.rint(step * (1 - 2**LINE_DOUBLINGS) / 2).astype(int).tolist()
    return np.roll(values, (down, across), (0, 1))


def _within(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where `mask` holds, but for what lies beside the frame."""
    square = np.ones((EDGE_PX, EDGE_PX), np.uint8)
    return cv2.erode(mask.astype(np.uint8), square, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0


def _as_dark(prediction: Prediction) -> Plane:
    """What is left of the luma, without the noise that a picture has more of where it was made lighter."""
    light = prediction.light
    return prediction.rest if light is None else np.asarray(prediction.rest / np.maximum(light, 1), np.float32)


def _colours_as_dark(prediction: Prediction) -> NDArray[np.float32]:
    """The same of the colours."""
    rest = prediction.colour_rest
    if prediction.light is None:
        return rest
    more = cv2.resize(np.maximum(prediction.light, 1), rest.shape[1::-1])
    return np.asarray(rest / more[..., None], np.float32)


def squared_gradient(luma: Plane) -> Plane:
    """The squared slope of each pixel, in levels a pixel."""
    across, down = (cv2.Sobel(luma, cv2.CV_32F, x, y, scale=0.125) for x, y in ((1, 0), (0, 1)))
    return np.asarray(cv2.accumulateProduct(across, across, cv2.multiply(down, down)), np.float32)


def _cells(values: NDArray[Any], size: tuple[int, int]) -> NDArray[np.float32]:
    """The means of cells, so many across and down."""
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
