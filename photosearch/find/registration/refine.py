"""Aligning two photos as exactly as their pixels allow, from a transform that was found on thumbnails."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

SIDES = (512, 1280)  # pixels of the first photo's longer side: coarse, then fine
STEPS, GAIN = 40, 1e-5  # an alignment ends after so many, or where the correlation gains less
FARTHEST = 0.03  # of width or height: a change that moves a corner farther is no refinement
LEAST_PX = 32  # of a side
CORNERS = np.array([(0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)], np.float64).T


def refine(one: NDArray[np.uint8], other: NDArray[np.uint8], transform: Sequence[float]) -> tuple[float, ...]:
    """A transform (as of `Evidence`) of two photos uint8[H,W,3], improved where possible."""
    found = np.array([*transform, 0, 0, 1], np.float64).reshape(3, 3)
    for side in SIDES:
        try:
            better = _align(one, other, found, side)
        except (cv2.error, np.linalg.LinAlgError):  # too plain to align any better
            break
        if np.abs((better - found)[:2] @ CORNERS).max() > FARTHEST:
            break
        found = better
    return tuple(found[:2].ravel().tolist())


def _align(
    one: NDArray[np.uint8], other: NDArray[np.uint8], found: NDArray[np.float64], side: int
) -> NDArray[np.float64]:
    """The transform 3 × 3 at which the greys of both correlate best; raises cv2.error where none is found."""
    shrunk = min(1.0, side / max(one.shape[:2]))
    width, height = round(one.shape[1] * shrunk), round(one.shape[0] * shrunk)
    across, down = (np.hypot(found[0, axis] * width, found[1, axis] * height) for axis in (0, 1))  # the other's sides
    size = min(other.shape[1], round(across)), min(other.shape[0], round(down))
    if min(width, height, *size) < LEAST_PX:
        return found
    still, moving = _grey(one, (width, height)), _grey(other, size)
    to_first = _pixels(width, height) @ found @ np.linalg.inv(_pixels(*size))
    start = np.linalg.inv(to_first)[:2].astype(np.float32)
    until = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, STEPS, GAIN)
    mask = np.full(moving.shape, 255, np.uint8)
    _, warp = cv2.findTransformECC(still, moving, start, cv2.MOTION_AFFINE, until, mask, 5)
    back = np.vstack([np.asarray(warp, np.float64), (0, 0, 1)])
    return np.linalg.inv(_pixels(width, height)) @ np.linalg.inv(back) @ _pixels(*size)


def _grey(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _pixels(width: int, height: int) -> NDArray[np.float64]:
    """From 0..1 to the places of pixels, whose centres are whole numbers."""
    return np.array([[width, 0, -0.5], [0, height, -0.5], [0, 0, 1]], np.float64)
