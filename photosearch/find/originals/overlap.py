"""Two originals that overlap: their alignment, and their common part in pixels of the coarser one."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.duplicates.align import Matrix, move, scale_of
from photosearch.find.originals.register import (
    Picture,
    Registration,
    inverse,
    register,
    scaling,
    shown,
    shrink,
    snap,
    warp,
)

Mask = NDArray[np.bool_]

WORK_PX, WHOLE_PX = 1600, 2200  # longest side of a first pass, which larger overlaps have; alike there, they have more
EDGE_PX = 9  # beside the end of the overlap, where windows and filters reach beyond it
LEAST_SIDE_PX = 24  # of an overlap


class Overlap(NamedTuple):
    """The common part of two pictures, in pixels of the coarser one or of a smaller copy of it."""

    pictures: tuple[Picture, Picture]  # of the one and of the other
    mask: Mask
    to: tuple[Matrix, Matrix]  # from its pixels to those of the one and of the other


class Laid(NamedTuple):
    """Two pictures, and how they lie; the coarser stays still."""

    still: Picture
    moved: Picture
    matrix: Matrix  # from the pixels of the moved one to those of the still one
    swapped: bool  # the still one is the other
    box: tuple[int, int, int, int]  # left, top, right, bottom of the overlap in the still one

    def overlap(self, window: tuple[int, int, int, int], longest: int | None) -> Overlap:
        """The common part in a window of the still picture, shrunk to `longest`."""
        left, top, right, bottom = window
        cut = self.still[top:bottom, left:right]
        small = shrink(cut, longest / max(cut.shape)) if longest else cut
        from_still = scaling(cut.shape, small.shape) @ shift(-left, -top)
        from_moved = from_still @ self.matrix
        laid = warp(self.moved, from_moved, small.shape)
        edge = np.ones((2 * EDGE_PX + 1, 2 * EDGE_PX + 1), np.uint8)
        mask = cv2.erode(shown(from_moved, self.moved.shape, small.shape).astype(np.uint8), edge) > 0
        backs = inverse(from_still), inverse(from_moved)
        if self.swapped:
            return Overlap((laid, small), mask, (backs[1], backs[0]))
        return Overlap((small, laid), mask, (backs[0], backs[1]))


def lay_over(ours: Picture, theirs: Picture, matrix: Matrix) -> Laid | None:
    swapped = scale_of(matrix, theirs.shape) > 1
    still, moved = (theirs, ours) if swapped else (ours, theirs)
    matrix = np.asarray(inverse(matrix) if swapped else matrix, np.float64)
    box = bounds(matrix, moved.shape, still.shape)
    if min(box[2] - box[0], box[3] - box[1]) < LEAST_SIDE_PX:
        return None
    return Laid(still, moved, matrix, swapped, box)


def refine(laid: Laid) -> tuple[Laid, Registration]:
    """Lay the pictures more exactly; again in full size where that is more than the first pass has."""
    left, top, right, bottom = laid.box
    cut = laid.still[top:bottom, left:right]
    small = shrink(cut, WORK_PX / max(cut.shape))
    to_small = scaling(cut.shape, small.shape) @ shift(-left, -top)
    found = register(_grey(small), _grey(laid.moved), to_small @ laid.matrix)
    matrix = inverse(to_small) @ found.matrix
    matrix = snap(matrix, laid.still.shape, laid.moved.shape)
    box = bounds(matrix, laid.moved.shape, laid.still.shape)
    return (
        laid._replace(matrix=matrix, box=box) if min(box[2] - box[0], box[3] - box[1]) >= LEAST_SIDE_PX else laid
    ), found


def bounds(matrix: Matrix, moved: tuple[int, ...], still: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in a still picture of what a moved one, by their shapes, covers of it."""
    height, width = moved[:2]
    corners = move(matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - 0.5) + 0.5
    limits = np.array([still[1], still[0]])
    left, top = np.clip(np.floor(corners.min(0) + 1e-6), 0, limits).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0) - 1e-6), 0, limits).astype(int)
    return int(left), int(top), int(right), int(bottom)


def shift(across: float, down: float) -> Matrix:
    return np.array([[1, 0, across], [0, 1, down], [0, 0, 1]], np.float64)


def _grey(rgb: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
