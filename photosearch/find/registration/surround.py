"""The part of a picture beyond another one's frame: more of the scene, a decorated frame, or only a fill."""

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.encode.panels import Box, find_panels
from photosearch.find.registration.align import Matrix, bounds, move, shift
from photosearch.find.registration.frame import ends_inside
from photosearch.find.registration.register import Picture, inverse, shown, shrink

FRAME_PX, AROUND_PX = 384, 8  # longest side of a picture on a page where its edges are detected; beside it
PANELS_PX, SAME_FRAME = 512, 0.85  # longest side at which panels are told; share of both that one has in common
LOOK_PX = 1600  # longest side at which it is looked at
EDGE_PX, BLOCKS_PX = 6, 16  # beside the other's frame, where its edge rings; which blocks of saved colours reach
# Levels of a fill: deviation of one colour, and the noise of saving within 5 px; the same farther than those blocks: of
# 60 plain borders that were saved none has more, of 60 faint captions all but one
FILL_SPREAD, FILL_RANGE, FAR_RANGE = 2.5, 16, 8
GROUND, GROUND_LEVELS = 0.98, 12  # share of a ground within so many levels of its colour, however it was saved: of
# 1,711 scenes around a part of a photo 9 have it
LEAST_SHARE = 0.004  # of the picture: a rim of a pixel or two is rounding
LEAST_DRAWN_PX = 30
ROUNDING_PX = 1e-3


class Surround(NamedTuple):
    """Measures of one picture beyond the frame of the other."""

    share: float  # of the picture
    is_fill: bool  # nothing is drawn there, and it has one colour
    is_page: bool = False  # the other ends there: it lies on a page, in a frame or on a fill


def look_beyond(picture: Picture, matrix: Matrix, other: tuple[int, ...]) -> Surround:
    """The part of `picture` beyond one of shape `other`, whose pixels `matrix` maps to the picture's."""
    if _lies_within(picture.shape, matrix, other):
        return Surround(0.0, True)
    scale = min(1.0, LOOK_PX / max(picture.shape))
    small, to_small = shrink(picture, scale)
    inside = shown(to_small @ matrix, other, small.shape)
    share = float(1 - inside.mean())
    if share < LEAST_SHARE:
        return Surround(0.0, True)
    beyond = next(filter(np.any, (_farther(inside, px) for px in (EDGE_PX, 1))), None)
    if beyond is None:  # nothing tells what so narrow a rim shows, whether it is rounding or not
        is_rounding = share < 2 * LEAST_SHARE
        return Surround(share, is_fill=is_rounding, is_page=not is_rounding)
    is_page = _ends_inside(picture, matrix, other[:2]) or _is_panel(picture, matrix, other[:2])
    far = _farther(inside, max(EDGE_PX, round(BLOCKS_PX * scale)))
    return Surround(share, _is_fill(small, beyond, far), is_page or _is_ground(small, beyond))


def _farther(inside: NDArray[np.bool_], px: int) -> NDArray[np.bool_]:
    """Where it is farther than so many pixels to what lies inside."""
    return cv2.dilate(inside.astype(np.uint8), np.ones((2 * px + 1, 2 * px + 1), np.uint8)) == 0


def _ends_inside(picture: Picture, matrix: Matrix, other: tuple[int, ...]) -> bool:
    """As `ends_inside`, in a size at which the edges of one among many pictures are clear, too."""
    left, top, right, bottom = bounds(matrix, other, picture.shape)
    scale = min(1.0, FRAME_PX / max(1, right - left, bottom - top))
    around = math.ceil(AROUND_PX / scale)
    left, top = max(0, left - around), max(0, top - around)
    seen, to_seen = shrink(picture[top : bottom + around, left : right + around], scale)
    grey = np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY), np.uint8)
    return ends_inside(grey, to_seen @ shift(-left, -top) @ matrix, other)


def _is_panel(picture: Picture, matrix: Matrix, other: tuple[int, ...]) -> bool:
    """True if a page of pictures shows one where the other lies, whether or not its edges are clear."""
    seen, to_seen = shrink(picture, PANELS_PX / max(picture.shape))
    frame = Box(*bounds(to_seen @ matrix, other, seen.shape))
    grey = np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY), np.uint8)
    return any(_shared(frame, panel) > SAME_FRAME for panel in find_panels(grey))


def _shared(one: Box, other: Box) -> float:
    """The intersection of two boxes, by their union."""
    left, top = max(one.left, other.left), max(one.top, other.top)
    across, down = min(one.right, other.right) - left, min(one.bottom, other.bottom) - top
    shared = max(0, across) * max(0, down)
    return shared / (one.area + other.area - shared)


def _lies_within(shape: tuple[int, ...], matrix: Matrix, other: tuple[int, ...]) -> bool:
    """True if all of a picture of `shape` lies in the frame of the other, as most do."""
    corners = np.array([[0, 0], [shape[1], 0], [shape[1], shape[0]], [0, shape[0]]], np.float64) - 0.5
    ends = move(inverse(matrix), corners) + 0.5
    return bool((ends > -ROUNDING_PX).all() and (ends < np.array(other[1::-1]) + ROUNDING_PX).all())


def _is_ground(picture: Picture, beyond: NDArray[np.bool_]) -> bool:
    """True if the other lies on one colour, whose edges show neither in its grey nor, after saving, quite as a fill."""
    colours = picture[beyond].astype(np.int16)
    apart = np.abs(colours - np.median(colours, axis=0)).max(1)
    return float((apart <= GROUND_LEVELS).mean()) > GROUND


def _is_fill(picture: Picture, beyond: NDArray[np.bool_], far: NDArray[np.bool_]) -> bool:
    """True if what is `beyond` has one colour, and nothing is drawn there; `far` from the frame saving leaves less."""
    colours = picture[beyond].astype(np.float32)
    middle = np.median(colours, axis=0)
    spread = float(np.percentile(np.abs(colours - middle), 98))
    square = np.ones((5, 5), np.uint8)
    within = (cv2.dilate(picture, square).astype(np.int16) - cv2.erode(picture, square)).max(2)
    drawn = beyond & (within > FILL_RANGE) | far & (within > FAR_RANGE)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(drawn.astype(np.uint8), connectivity=8)
    largest = max((int(boxes[number, cv2.CC_STAT_AREA]) for number in range(1, count)), default=0)
    return spread <= 2 * FILL_SPREAD and largest < LEAST_DRAWN_PX
