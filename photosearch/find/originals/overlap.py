"""Two originals that overlap: their alignment, and their common part in pixels of the coarser one."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.find.originals.differences import GRID_PX
from photosearch.find.originals.grid import BLOCK
from photosearch.find.registration.align import Matrix, Window, bounds, move, scale_of, shift
from photosearch.find.registration.register import (
    Picture,
    Registration,
    inverse,
    is_whole,
    lies_on,
    register,
    shown,
    shrink,
    snap,
    warp,
)

Mask = NDArray[np.bool_]

EDGE_PX = 9  # beside the end of the overlap, where windows and filters reach beyond it
RIM_PX = 2  # within the frame of what is resampled: programs differ in what a filter takes for what lies beyond
GOES_ON_PX = 2  # beyond the frame: a picture that is shown farther goes on there, and less is rounding
LEAST_SIDE_PX = 24  # of an overlap
LEAST_TOLD_PX = 66  # sides of an overlap, below which as much is beside edges as not: of icons nothing is told
TILE = 720, 960  # rows and columns of the middle of a picture, on which steps and fine detail are measured
WHOLE_PX, UPRIGHT = 0.35, 0.02  # pixels by which a corner misses a whole one; share by which sides lean
SMALLER = 1.02  # times the pixels of a side: less is rounding
REACH = 8  # pixels of a resized picture that a filter reaches at most
SETTLED_PX = 0.03  # of the blocks of a smaller copy, of which one pixel is several


class Filter(NamedTuple):
    """A way by which programs resize."""

    kind: Image.Resampling
    is_sampled: bool = False  # from the pixels beside a place alone, however many others a pixel covers
    is_halved: bool = False  # before, as often as it stays larger, as browsers and phones do


FILTERS = (
    *(Filter(Image.Resampling.LANCZOS), Filter(Image.Resampling.BICUBIC), Filter(Image.Resampling.BOX)),
    *(Filter(Image.Resampling.BILINEAR), Filter(Image.Resampling.BILINEAR, is_sampled=True)),
    *(Filter(Image.Resampling.BILINEAR, is_sampled=True, is_halved=True), Filter(Image.Resampling.HAMMING)),
)


class Overlap(NamedTuple):
    """The common part of two pictures, in pixels of the coarser one or of a smaller copy of it.

    The sides are made up to multiples of 12 by what lies before them, mirrored, where the mask is False.
    """

    pictures: tuple[Picture, Picture]  # of the one and of the other
    mask: Mask
    to: tuple[Matrix, Matrix]  # from its pixels to those of the one and of the other


class AlignedPair(NamedTuple):
    """Two pictures, or smaller copies of them, and how they lie; the coarser stays still."""

    still: Picture
    moved: Picture
    matrix: Matrix  # from the pixels of the moved one to those of the still one
    swapped: bool  # the still one is the other
    box: Window  # of the overlap in the still one
    from_full: tuple[Matrix, Matrix] = np.eye(3), np.eye(3)  # to the pixels of still and moved from the full ones

    def shrunk(self, times: int) -> "AlignedPair":
        """The same with a still picture that is smaller by a whole number, and a moved one that is no finer."""
        still, to_still = shrink(self.still, 1 / times)
        moved, to_moved = shrink(self.moved, scale_of(self.matrix, self.moved.shape) / times)
        small = self._replace(still=still, moved=moved, from_full=(to_still, to_moved))
        return small.realigned(to_still @ self.matrix @ inverse(to_moved))

    def realigned(self, matrix: Matrix) -> "AlignedPair":
        """The same, aligned by another matrix."""
        return self._replace(matrix=matrix, box=bounds(matrix, self.moved.shape, self.still.shape))

    def is_wide(self) -> bool:
        """True if enough of the still picture is shown by both to compare them."""
        left, top, right, bottom = self.box
        return min(right - left, bottom - top) >= LEAST_SIDE_PX

    def overlap(self, window: Window) -> Overlap:
        """The common part in a window of the still picture."""
        left, top, right, bottom = window
        cut, from_still = self.still[top:bottom, left:right], shift(-left, -top)
        from_moved = from_still @ self.matrix
        warped = _padded(warp(self.moved, from_moved, cut.shape))
        still, mask = _padded(cut), _padded(self._shown_by_both(window), cv2.BORDER_CONSTANT) > 0
        backs = (inverse(each @ full) for each, full in zip((from_still, from_moved), self.from_full, strict=True))
        to_still, to_moved = backs
        if self.swapped:
            return Overlap((warped, still), mask, (to_moved, to_still))
        return Overlap((still, warped), mask, (to_still, to_moved))

    def _shown_by_both(self, window: Window) -> NDArray[np.uint8]:
        """Where (1) both show something, but for their frames, and more of one that lies inside the other.

        Resampling mixes that with what lies beyond.
        """
        left, top, right, bottom = window
        shape = bottom - top + 2 * EDGE_PX, right - left + 2 * EDGE_PX
        theirs = shown(shift(EDGE_PX - left, EDGE_PX - top) @ self.matrix, self.moved.shape, shape).astype(np.uint8)
        ours = self._framed(shape, EDGE_PX - left, EDGE_PX - top, 0)
        alone = ours & ~theirs
        if not is_whole(self.matrix):
            alone |= theirs & ~self._framed(shape, EDGE_PX - left, EDGE_PX - top, GOES_ON_PX)
        both, rim = ours & theirs, 0 if is_whole(self.matrix) else RIM_PX
        both = np.asarray(cv2.erode(both, np.ones((2 * rim + 1, 2 * rim + 1), np.uint8)), np.uint8)
        if alone.any():
            both &= ~np.asarray(cv2.dilate(alone, np.ones((2 * EDGE_PX + 1, 2 * EDGE_PX + 1), np.uint8)), np.uint8)
        return both[EDGE_PX:-EDGE_PX, EDGE_PX:-EDGE_PX]

    def _framed(self, shape: tuple[int, int], left: int, top: int, more: int) -> NDArray[np.uint8]:
        """The frame of the still picture (1), larger by `more`, where it lies in a picture of a shape."""
        framed = np.zeros(shape, np.uint8)
        rows = slice(max(0, top - more), top + self.still.shape[0] + more)
        framed[rows, max(0, left - more) : left + self.still.shape[1] + more] = 1
        return framed


def lay_over(ours: Picture, theirs: Picture, matrix: Matrix) -> AlignedPair | None:
    swapped = scale_of(matrix, theirs.shape) > 1
    still, moved = (theirs, ours) if swapped else (ours, theirs)
    matrix = np.asarray(inverse(matrix) if swapped else matrix, np.float64)
    aligned = AlignedPair(still, moved, matrix, swapped, bounds(matrix, moved.shape, still.shape))
    return aligned if aligned.is_wide() else None


def refine(aligned: AlignedPair, times: int) -> tuple[AlignedPair, AlignedPair, Registration]:
    """Lay the pictures more exactly, by a copy that is smaller by a whole number; the same, that copy, how they lie."""
    small = aligned.shrunk(times)
    left, top, right, bottom = small.box
    to_cut = shift(-left, -top)
    cut = _grey(small.still[top:bottom, left:right])
    settled_px = np.inf if times == 1 else SETTLED_PX
    found = register(cut, _grey(small.moved), to_cut @ small.matrix, settled_px)
    if small.moved.shape == aligned.moved.shape and lies_on(found):  # else its pixels are no whole ones of the picture
        found = found._replace(matrix=snap(found.matrix, cut.shape, small.moved.shape))
    to_still, to_moved = small.from_full
    matrix = inverse(to_still) @ inverse(to_cut) @ found.matrix @ to_moved
    better = aligned.realigned(snap(matrix, aligned.still.shape, aligned.moved.shape))
    if not better.is_wide():
        return aligned, small, found
    return better, small.realigned(to_still @ better.matrix @ inverse(to_moved)), found


def longest(window: Window) -> int:
    left, top, right, bottom = window
    return max(right - left, bottom - top)


def _padded(values: NDArray[np.uint8], border: int = cv2.BORDER_REFLECT) -> NDArray[np.uint8]:
    """Values [H,W] or [H,W,3] with sides that are multiples of the grid's."""
    below, beside = (-side % GRID_PX for side in values.shape[:2])
    if not below and not beside:
        return values
    return np.asarray(cv2.copyMakeBorder(values, 0, below, 0, beside, border), np.uint8)


def _grey(rgb: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def tile_around(
    shape: tuple[int, ...], middle: tuple[float, float], size: tuple[int, int] = TILE
) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of rows and columns `size` around a place, inside a picture of a shape."""
    sides = [min(side, most) for side, most in zip(shape[:2], size, strict=True)]
    starts = [
        int(np.clip(at - side / 2, 0, whole - side))
        for at, side, whole in zip(middle[::-1], sides, shape[:2], strict=True)
    ]
    return starts[1], starts[0], starts[1] + sides[1], starts[0] + sides[0]


class Frame(NamedTuple):
    """A picture in whose pixels another one ends at whole ones: `box` is the frame of that one."""

    picture: Picture
    box: NDArray[np.float64]  # left, top, right, bottom


def upright(shape: tuple[int, ...], moved: Picture, matrix: Matrix) -> Frame | None:
    """The moved picture turned and mirrored to be as one of a shape, if that one's frame has whole pixels of it."""
    if np.linalg.det(matrix[:2, :2]) < 0:
        matrix = matrix @ np.array([[-1, 0, moved.shape[1] - 1], [0, 1, 0], [0, 0, 1]], np.float64)
        moved = moved[:, ::-1]
    for _ in range(4):
        (a, b, _), (c, d, _), _ = matrix / matrix[2, 2]
        if min(a, d) > 0 and max(abs(b), abs(c)) < UPRIGHT:
            break
        matrix = matrix @ inverse(np.array([[0, 1, 0], [-1, 0, moved.shape[1] - 1], [0, 0, 1]], np.float64))
        moved = np.rot90(moved)
    else:
        return None
    height, width = shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - 0.5
    ends = np.asarray(move(inverse(matrix), corners) + 0.5)
    box = np.round(ends)
    is_box = box[0, 0] == box[3, 0] and box[1, 0] == box[2, 0] and box[0, 1] == box[1, 1] and box[2, 1] == box[3, 1]
    return Frame(moved, box[[0, 2]].ravel()) if is_box and np.abs(ends - box).max() < WHOLE_PX else None


def whole_blocks(shape: tuple[int, ...], frame: Frame) -> Window:
    """The window of whole blocks of a picture of a shape that both show."""
    sides, step = np.array(shape[1::-1]), step_of(frame, shape)
    first = np.maximum(0, -frame.box[:2] / step)
    last = np.minimum(sides, (np.array(frame.picture.shape[1::-1]) - frame.box[:2]) / step)
    left, top = (np.ceil(first / BLOCK - 1e-6) * BLOCK).astype(int).tolist()
    right, bottom = (np.floor(last / BLOCK + 1e-6) * BLOCK).astype(int).tolist()
    return left, top, max(left, right), max(top, bottom)


def step_of(frame: Frame, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The pixels of the other picture that a pixel of one of a shape is wide and high."""
    return np.asarray((frame.box[2:] - frame.box[:2]) / np.array(shape[1::-1]), np.float64)


def is_smaller(frame: Frame, shape: tuple[int, ...]) -> bool:
    """True if a picture of a shape has fewer pixels than the other one, by more than rounding."""
    return float(step_of(frame, shape).min()) >= SMALLER


def cut(picture: Picture, window: Window) -> Picture:
    left, top, right, bottom = window
    return np.ascontiguousarray(picture[top:bottom, left:right])


def resized(frame: Frame, shape: tuple[int, ...], window: Window, filters: Iterable[Filter]) -> Iterator[Picture]:
    """A window of the picture of a shape that resizing the other one by each filter makes."""
    left, top, right, bottom = window
    step = step_of(frame, shape)
    ends = np.array([[left, top], [right, bottom]]) * step + frame.box[:2]
    if np.array_equal(step, (1, 1)):
        (across, down), (to_right, to_bottom) = ends.astype(int).tolist()
        yield from (frame.picture[down:to_bottom, across:to_right] for _ in filters)
        return
    sides = np.array(frame.picture.shape[1::-1])
    halved = 2 ** int(np.log2(max(1.0, step.min())))
    reach = REACH * np.maximum(1, step)  # an enlarged picture takes as many pixels as the filter is wide
    start = np.maximum(0, np.floor(ends[0] - reach)).astype(int) // halved * halved
    end = np.minimum(sides, np.ceil(ends[1] + reach)).astype(int)
    part = Image.fromarray(np.ascontiguousarray(frame.picture[start[1] : end[1], start[0] : end[0]]))
    box, size = tuple((np.clip(ends, 0, sides) - start).ravel().tolist()), (right - left, bottom - top)
    for how in filters:
        if how.is_sampled:
            by = halved if how.is_halved else 1
            places = (step[0] / by, 0, box[0] / by, 0, step[1] / by, box[1] / by)
            source = part.reduce(by) if by > 1 else part
            yield np.asarray(source.transform(size, Image.Transform.AFFINE, places, how.kind), np.uint8)
        else:
            yield np.asarray(part.resize(size, how.kind, box=box), np.uint8)


def pixels_repeated(frame: Frame, shape: tuple[int, ...], window: Window) -> Picture | None:
    """The same, if the other was enlarged by repeating pixels, as pixel art is; None if that frame goes beyond it."""
    left, top, right, bottom = window
    sides = frame.picture.shape[1::-1]
    if frame.box.min() < 0 or (frame.box[2:] > sides).any():
        return None
    across, down = (
        np.asarray(
            Image.fromarray(np.arange(side, dtype=np.int32)[None]).resize(
                (most, 1), Image.Resampling.NEAREST, box=(start, 0, end, 1)
            )
        )[0]
        for side, most, start, end in zip(sides, shape[1::-1], frame.box[:2], frame.box[2:], strict=True)
    )
    return np.ascontiguousarray(frame.picture[down[top:bottom, None], across[left:right]])
