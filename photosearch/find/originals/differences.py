"""Where a picture shows something that a prediction of it lacks: connected places that stand out of the noise."""

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.prediction import COLOUR_SHRINK, Prediction
from photosearch.find.originals.register import Plane

WINDOW_PX, COLOUR_WINDOW_PX = 9, 7  # over which the residual is measured; that of colours at half size
LEAST_SPREAD, LEAST_COLOUR_SPREAD = 1.2, 2.5  # levels: less is never seen
BINS = 12  # of gradients, each with a noise of its own: an edge is predicted worse than a wall
EVERY = 17  # windows whose noise is asked for
TABLED = 8.0  # entries for a level of gradient
STANDS_OUT = 3.0  # deviations from the noise
LEAST_PX = 40  # windows of a place
LOST_LEVELS, FEW_PX = 60, 8  # the most that clipping hides, but for a few pixels


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

    A place's strength is the sum of the deviations beyond 3, a window's area being the unit.
    """
    gradient = _gradient(prediction.luma)
    out = _deviations(prediction.rest, gradient, mask, WINDOW_PX, LEAST_SPREAD)
    lost = prediction.clipped, np.abs(prediction.rest) > LOST_LEVELS
    light, windows, clipped = _places(out, *lost)
    size = prediction.colours.shape[1], prediction.colours.shape[0]
    half = np.asarray(cv2.resize(gradient, size, interpolation=cv2.INTER_AREA), np.float32)
    part, clipped_part = (_resized(each, size) for each in (mask, prediction.clipped))
    colours = [
        _deviations(prediction.colour_rest[..., number], half, part, COLOUR_WINDOW_PX, LEAST_COLOUR_SPREAD)
        for number in range(2)
    ]
    far = np.abs(prediction.colour_rest).max(2) > LOST_LEVELS
    found, places, _ = _places(np.maximum(*colours), clipped_part, far)
    colour = [_doubled(each) for each in found]
    return Differences(light, colour, clipped, windows | _resized(places, (mask.shape[1], mask.shape[0])))


def _doubled(found: Difference) -> Difference:
    left, top, width, height = (COLOUR_SHRINK * side for side in found.box)
    return Difference(COLOUR_SHRINK * found.strength, (left, top, width, height))


def _resized(mask: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.bool_]:
    return np.asarray(cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)) > 0


def _deviations(rest: Plane, gradient: Plane, mask: NDArray[np.bool_], window: int, least: float) -> Plane:
    """How many deviations what is left in the window around each pixel is beyond the noise at such a gradient."""
    smooth = np.asarray(cv2.GaussianBlur(rest, (0, 0), 1.0), np.float32)
    left = np.sqrt(_mean(smooth * smooth, window))
    values, by = left[mask][::EVERY], gradient[mask][::EVERY]
    if len(values) < 10 * BINS:
        return np.zeros_like(left)
    edges = np.quantile(by, np.linspace(0, 1, BINS + 1))
    rows = list[tuple[float, float, float]]()
    for low, high in pairwise(edges):
        inside = values[(by >= low) & (by <= high)]
        if len(inside) >= 10:
            middle = float(np.median(inside))
            rows.append(((low + high) / 2, middle, 1.4826 * float(np.median(np.abs(inside - middle)))))
    at, middles, spreads = (np.array(column) for column in zip(*rows, strict=True))
    middles, spreads = np.maximum.accumulate(middles), np.maximum.accumulate(spreads)
    beyond = np.maximum(gradient / max(float(at[-1]), 1e-3), 1).astype(np.float32)  # steeper than nearly all: in line
    levels = np.minimum(gradient * TABLED, 255).astype(np.uint8)  # looking up is ten times as fast as interpolating
    usual, spread = (
        np.asarray(cv2.LUT(levels, np.interp(np.arange(256) / TABLED, at, each).astype(np.float32))) * beyond
        for each in (middles, spreads)
    )
    return np.where(mask, (left - usual) / np.maximum(spread + 0.15 * usual, least), 0).astype(np.float32)


def _places(
    deviations: Plane, clipped: NDArray[np.bool_], far: NDArray[np.bool_]
) -> tuple[list[Difference], NDArray[np.bool_], float]:
    """The places that stand out, their windows, and the strength of the strongest that clipping explains.

    It explains no place with more than a few pixels that are `far` off, as print on white paper is.
    """
    out = (deviations > STANDS_OUT).astype(np.uint8)
    count, numbers, boxes, _ = cv2.connectedComponentsWithStats(out, connectivity=8)
    beyond = np.maximum(deviations - STANDS_OUT, 0)
    strengths = np.bincount(numbers.ravel(), beyond.ravel(), count) / WINDOW_PX**2
    shares = np.bincount(numbers.ravel(), clipped.ravel(), count) / np.maximum(1, boxes[:, cv2.CC_STAT_AREA])
    large = [number for number in range(1, count) if boxes[number, cv2.CC_STAT_AREA] >= LEAST_PX]
    off = np.bincount(numbers.ravel(), far.ravel(), count)
    is_lost = (shares > 0.5) & (off <= FEW_PX)
    explained = [number for number in large if is_lost[number]]
    left = [number for number in large if not is_lost[number]]
    found = sorted((Difference(float(strengths[n]), _box(boxes[n])) for n in left), reverse=True)
    windows = np.isin(numbers, left) if left else np.zeros(deviations.shape, bool)
    return found, windows, max((float(strengths[n]) for n in explained), default=0.0)


def _box(row: NDArray[np.int32]) -> tuple[int, int, int, int]:
    left, top, width, height = (int(side) for side in row[:4])
    return left, top, width, height


def _gradient(luma: Plane) -> Plane:
    across, down = (cv2.Sobel(luma, cv2.CV_32F, x, y, scale=0.125) for x, y in ((1, 0), (0, 1)))
    return np.sqrt(_mean(across * across + down * down, WINDOW_PX))


def _mean(values: Plane, window: int) -> Plane:
    return np.maximum(cv2.blur(values, (window, window), borderType=cv2.BORDER_REFLECT), 0).astype(np.float32)
