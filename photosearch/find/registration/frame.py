"""Detects if a picture ends inside a photo: on a page, in a frame, among others, on the corners of a rotation.

What was cut from a photo goes on beyond its edges there: pixels on both sides of an edge are alike along it, and differ
hardly more than two on one side. Where a picture ends, neither is so, or one side is flat.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.registration.align import Matrix, move

PLACES = np.linspace(0.03, 0.97, 64)[:, None]  # along each edge
ACROSS_PX = (-5.0, -2.0, 2.0)  # from the edge, inwards and out; nearer, errors of the alignment would count
LEAST_PLACES, LEAST_EDGES = 12, 2
MOST_ALIKE_ALONE = 0.3  # along one edge alone, which may be a horizon that a photo was cut at
MOST_ALIKE, LEAST_LEAP, FLAT_LEAP = 0.45, 1.7, 1.1  # of 1,227 cuts 6 end
CLEAR_LEAP, CLEARLY_ALIKE = 4.0, 0.7  # skies of two pictures may be alike along an edge; of 1,227 cuts none ends so
FLAT_LEVELS = 1.5  # the variation of a fill saved as JPEG


def ends_inside(grey: NDArray[np.uint8], matrix: Matrix, shape: tuple[int, ...]) -> bool:
    """True if a picture of `shape` (height, width), moved by `matrix`, ends inside the photo `grey` uint8[H,W]."""
    height, width = shape
    corners = move(matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - 0.5)
    alike, flat, counts = list[float](), list[bool](), list[int]()
    within = leaps = 0.0
    for start, end in zip(corners, np.roll(corners, -1, 0), strict=True):
        along = end - start
        out = np.array([along[1], -along[0]]) / max(1e-6, float(np.hypot(*along)))
        lines = np.array([start + PLACES * along + out * far for far in ACROSS_PX])
        inside = ((lines >= 0) & (lines <= np.array(grey.shape[::-1]) - 1)).all((0, 2))
        count = int(inside.sum())
        if count < LEAST_PLACES:
            continue
        points = lines[:, inside].astype(np.float32)
        deep, inner, outer = cv2.remap(grey, points[..., 0], points[..., 1], cv2.INTER_LINEAR).astype(np.float32)
        within += float(np.abs(inner - deep).sum())
        leaps += float(np.abs(outer - inner).sum())
        counts.append(count)
        flat.append(bool(outer.std() < FLAT_LEVELS))
        alike.append(0.0 if flat[-1] or inner.std() < FLAT_LEVELS else float(np.corrcoef(inner, outer)[0, 1]))
    if not counts:
        return False
    most_alike = MOST_ALIKE if len(counts) >= LEAST_EDGES else MOST_ALIKE_ALONE
    leap = (leaps + sum(counts)) / (within + sum(counts))  # with a level for noise
    mean = float(np.average(alike, weights=counts))
    if leap > CLEAR_LEAP and mean < CLEARLY_ALIKE:
        return True
    return leap > (FLAT_LEAP if all(flat) else LEAST_LEAP) and mean < most_alike
