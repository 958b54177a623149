"""Alignment of one photo with another: a homography between their pixels, from local features or from a glance."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.registration.keypoints import Described, match, unit

Matrix = NDArray[np.float64]
Window = tuple[int, int, int, int]  # left, top, right, bottom in pixels

LOOSE_PX, CLOSE_PX = 4.0, 2.0  # how far features may be off: first, as a photo may be tilted, and in the end
CERTAIN_INLIERS = 20  # as many never agree by chance, so the mirrored photo need not be tried
MOST_SCALE, MOST_STRETCH = 8.0, 2.5
GRID = np.stack([axis.ravel() for axis in np.meshgrid(np.linspace(0, 1, 7), np.linspace(0, 1, 7))], 1)
CORNERS = GRID[[0, 6, 48, 42]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """`matrix`, 3 × 3, takes pixels of the other photo, which is mirrored first if `mirrored`, to those of the one."""

    matrix: Matrix
    mirrored: bool
    inliers: int


def align_features(one: Described, other: Described) -> Alignment | None:
    """The alignment that most local features agree with; None where fewer than four do."""
    (our_points, our_features), (their_points, their_features) = one.found, other.found
    features, best = unit(our_features), None
    for mirrored in (False, True):
        ours, theirs = match(features, unit(their_features, mirrored))
        points = their_points[theirs].astype(np.float64)
        if mirrored:
            points[:, 0] = other.grey.shape[1] - 1 - points[:, 0]
        if best and len(points) <= best.inliers:
            break  # so many cannot agree
        matrix, inliers = _fit(our_points[ours].astype(np.float64), points)
        plausible = matrix is not None and _is_plausible(matrix, other.grey.shape)
        if matrix is not None and plausible and (best is None or inliers > best.inliers):
            best = Alignment(matrix, mirrored, inliers)
        if best and best.inliers >= CERTAIN_INLIERS:
            break
    return best


def find_shared(one: Described, other: Described, alignment: Alignment) -> NDArray[np.float64]:
    """The points [n,2] in pixels of `other`, as it is, where its features agree with those of `one` as they lie."""
    (our_points, our_features), (their_points, their_features) = one.found, other.found
    ours, theirs = match(unit(our_features), unit(their_features, alignment.mirrored))
    points = their_points[theirs].astype(np.float64)
    seen = points * (-1, 1) + (other.grey.shape[1] - 1, 0) if alignment.mirrored else points
    return points[_errors(alignment.matrix, seen, our_points[ours].astype(np.float64)) < CLOSE_PX]


def align_glance(one: Described, other: Described) -> tuple[Alignment, float]:
    """The other photo stretched onto the one, in that of eight orientations in which it is most alike, and how much."""
    scores = {
        (mirrored, turns): float(
            np.vdot(one.glance, np.rot90(other.glance[:, ::-1] if mirrored else other.glance, turns))
        )
        for mirrored in (False, True)
        for turns in range(4)
    }
    mirrored, turns = max(scores, key=lambda orientation: scores[orientation])
    (height, width), (other_height, other_width) = one.grey.shape, other.grey.shape
    # where the corners left top, right top and left bottom go at so many quarter turns against the clock
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float64)
    to = np.array([corners[-turns % 4], corners[(1 - turns) % 4], corners[(3 - turns) % 4]]) * (width, height) - 0.5
    start = np.array([[0, 0], [other_width, 0], [0, other_height]], np.float64) - 0.5
    affine = cv2.getAffineTransform(start.astype(np.float32), to.astype(np.float32))
    return Alignment(_square(affine), mirrored, 0), scores[mirrored, turns]


def affine_of(alignment: Alignment, one: Described, other: Described) -> Matrix:
    """An affine 2 × 3 matrix from 0..1 of the other, not mirrored, to 0..1 of the one.

    Of a perspective, it is the affine that fits best over a grid of points.
    """
    points = _normalised(alignment, one, other, GRID)
    affine = np.linalg.lstsq(np.column_stack([GRID, np.ones(len(GRID))]), points, rcond=None)[0].T
    return np.asarray(affine, np.float64)


def corners_of(alignment: Alignment, one: Described, other: Described) -> Matrix:
    """The corners [4,2] of the other in 0..1 of the one: those left top, right top, right bottom and left bottom."""
    return _normalised(alignment, one, other, CORNERS)


def _normalised(alignment: Alignment, one: Described, other: Described, places: Matrix) -> Matrix:
    """Where places [n,2] in 0..1 of the other, not mirrored, lie in 0..1 of the one."""
    (height, width), (other_height, other_width) = one.grey.shape, other.grey.shape
    seen = places * (-1, 1) + (1, 0) if alignment.mirrored else places
    points = move(alignment.matrix, seen * (other_width, other_height) - 0.5)
    return (points + 0.5) / (width, height)


def move(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points [n,2] after a homography."""
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    return moved[:, :2] / moved[:, 2:]


def shift(across: float, down: float) -> Matrix:
    return np.array([[1, 0, across], [0, 1, down], [0, 0, 1]], np.float64)


def bounds(matrix: Matrix, moved: tuple[int, ...], still: tuple[int, ...]) -> Window:
    """Left, top, right and bottom in a still picture of what a moved one, by their shapes, covers of it."""
    height, width = moved[:2]
    corners = move(matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - 0.5) + 0.5
    limits = np.array([still[1], still[0]])
    left, top = np.clip(np.floor(corners.min(0) + 1e-6), 0, limits).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0) - 1e-6), 0, limits).astype(int)
    return int(left), int(top), int(right), int(bottom)


def scale_of(matrix: Matrix, shape: tuple[int, ...]) -> float:
    """The scale of lengths at the centre of a picture of `shape`."""
    centre = np.array([[shape[1] / 2, shape[0] / 2]])
    middle, right, below = (move(matrix, centre + step)[0] for step in ((0, 0), (1, 0), (0, 1)))
    (a, b), (c, d) = right - middle, below - middle
    return float(np.sqrt(abs(a * d - b * c)))


def stretch_of(matrix: Matrix) -> float:
    """The ratio of the scales of a matrix in its two directions, at the first pixel."""
    long, short = np.linalg.svd(matrix[:2, :2] / matrix[2, 2], compute_uv=False).tolist()
    return long / max(1e-9, short)


def _fit(to: NDArray[np.float64], start: NDArray[np.float64]) -> tuple[Matrix | None, int]:
    """The homography that takes `start` to `to`, both [n,2], and how many points agree."""
    if len(to) < 4:
        return None, 0
    # OpenCV gives None where it finds none; from equal input it gives equal output, as its generator starts anew
    affine: Any = cv2.estimateAffine2D(
        start, to, method=cv2.RANSAC, ransacReprojThreshold=LOOSE_PX, maxIters=2000, confidence=0.995, refineIters=0
    )[0]
    if affine is None:
        return None, 0
    plane = tilted = _square(affine)
    for reach in (3, 2.5, CLOSE_PX):
        near = _errors(plane, start, to) < reach
        if near.sum() < 4:
            break
        ends = np.column_stack([start[near], np.ones(int(near.sum()))])
        plane = _square(np.linalg.lstsq(ends, to[near], rcond=None)[0].T)
    flat_count = int((_errors(plane, start, to) < CLOSE_PX).sum())
    if len(to) <= 1.05 * flat_count + 2:  # a tilt would have to win more than there are
        return plane, flat_count
    tilted = plane
    for reach in (6, 4, 3, CLOSE_PX):  # of a tilted photo, the plane meets a part; from there on the rest is found
        near = _errors(tilted, start, to) < reach
        refined = cv2.findHomography(start[near], to[near], 0)[0] if near.sum() >= 8 else None
        if refined is None:
            break
        tilted = np.asarray(refined, np.float64)
    tilted_count = int((_errors(tilted, start, to) < CLOSE_PX).sum())
    return (tilted, tilted_count) if tilted_count > 1.05 * flat_count + 2 else (plane, flat_count)


def _errors(matrix: Matrix, start: NDArray[np.float64], to: NDArray[np.float64]) -> NDArray[np.float64]:
    moved = start @ matrix[:, :2].T + matrix[:, 2]
    depth = np.where(np.abs(moved[:, 2:]) < 1e-9, 1e-9, moved[:, 2:])
    return np.hypot(*(moved[:, :2] / depth - to).T)


def _is_plausible(matrix: Matrix, shape: tuple[int, ...]) -> bool:
    """True if it has no mirroring, no fold, no extreme scale or stretch."""
    height, width = shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64) @ matrix.T
    if not np.isfinite(corners).all() or corners[:, 2].min() <= 1e-3 * abs(corners[:, 2].max()):
        return False
    ends = corners[:, :2] / corners[:, 2:]
    sides = np.roll(ends, -1, 0) - ends
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1)
    if turns.min() <= 0:
        return False
    centre = np.array([[width / 2, height / 2]])
    middle, right, below = (move(matrix, centre + step)[0] for step in ((0, 0), (1, 0), (0, 1)))
    long, short = np.linalg.svd(np.stack([right - middle, below - middle]), compute_uv=False)
    return bool(short > 1 / MOST_SCALE and long < MOST_SCALE and long / short < MOST_STRETCH)


def _square(affine: NDArray[np.floating] | cv2.typing.MatLike) -> Matrix:
    return np.vstack([np.asarray(affine, np.float64), [0, 0, 1]])
