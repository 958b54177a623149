"""A change of colour that no curves explain, such as a turn of the hue: a table over red, green and blue.

It is told by every second square of the picture and tried on the others: what is no function of the colour, as another
content, is not predicted by it there.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photosearch.find.registration.register import Picture

KNOTS = 17  # of each channel, between which the table is linear
SQUARE_PX = 16  # sides of the squares
ROUNDS, RIDGE = 5, 2.0  # of the fit; samples that a colour needs to be believed by half
LEAST_SAMPLES = 1_000  # of either half
NEARLY_ALL, LEAST_LEVELS, LESS = 0.99, 1.5, 0.85  # of the errors of the luma: levels, and times what it was without

Cube = NDArray[np.float64]  # [17³,3], of luma, blue and red difference: what is added to them; red runs fastest


def fit_cube(given: NDArray[np.float64], rest: NDArray[np.float64], places: NDArray[np.int64]) -> Cube | None:
    """The table that predicts `rest` [n,3] from the colours `given` [n,3], at `places` [n,2]; None: it is of no use."""
    is_told = (places // SQUARE_PX).sum(1) % 2 == 0
    if min(is_told.sum(), len(is_told) - is_told.sum()) < LEAST_SAMPLES:
        return None
    before = _error(rest[~is_told])
    if before < LEAST_LEVELS:
        return None
    at, weights = _corners(given)
    cube = _fit(at[:, is_told], weights[:, is_told], rest[is_told])
    left = rest[~is_told] - _look_up(cube, at[:, ~is_told], weights[:, ~is_told])
    return _fit(at, weights, rest) if _error(left) < LESS * before else None


def apply_cube(rgb: Picture, cube: Cube) -> NDArray[np.float32]:
    """What is added to luma, blue and red difference of uint8[H,W,3], float32[H,W,3]."""
    most = max(1.0, float(np.abs(cube).max()))
    table = ImageFilter.Color3DLUT(KNOTS, (cube / most + 1).ravel() / 2, _copy_table=False)
    levels = np.asarray(Image.fromarray(rgb).filter(table), np.float32)
    levels *= np.float32(2 * most / 255)
    levels -= np.float32(most)
    return levels


def _fit(at: NDArray[np.int64], weights: NDArray[np.float64], rest: NDArray[np.float64]) -> Cube:
    cube = np.zeros((KNOTS**3, rest.shape[1]))
    count = np.bincount(at.ravel(), weights.ravel(), len(cube))
    for _ in range(ROUNDS):
        left = rest - _look_up(cube, at, weights)
        for channel in range(rest.shape[1]):
            sums = np.bincount(at.ravel(), (weights * left[:, channel]).ravel(), len(cube))
            cube[:, channel] += sums / (count + RIDGE)
    return cube


def _look_up(cube: Cube, at: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return (cube[at] * weights[..., None]).sum(0)


def _corners(given: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The places in the table of the eight knots around each colour, and their weights [8,n]."""
    at = given / 255 * (KNOTS - 1)
    low = np.clip(at.astype(np.int64), 0, KNOTS - 2)
    part = at - low
    corners = np.indices((2, 2, 2)).reshape(3, 8, 1)
    places = (low.T[:, None] + corners) * np.array([1, KNOTS, KNOTS**2]).reshape(3, 1, 1)
    return places.sum(0), np.where(corners, part.T[:, None], 1 - part.T[:, None]).prod(0)


def _error(rest: NDArray[np.float64]) -> float:
    return float(np.quantile(np.abs(rest[:, 0]), NEARLY_ALL))
