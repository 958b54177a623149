"""The part of two originals that differs most, and what a prediction leaves of it.

Of large pictures, a smaller copy of both is compared first. What is finer is looked for in all of their pixels, by a
quick look that misses nothing: in one picture it is that of the other times a gain of each neighbourhood, or else the
place is looked at closer.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import turned
from photosearch.find.originals.differences import (
    CELL_PX,
    LEAST_SPREAD,
    Difference,
    Differences,
    deviations,
    find_differences,
    places,
)
from photosearch.find.originals.overlap import (
    EDGE_PX,
    LEAST_SIDE_PX,
    AlignedPair,
    Mask,
    Overlap,
    longest,
    tile_around,
)
from photosearch.find.originals.prediction import Planes, Prediction, predict
from photosearch.find.registration.align import Window, shift
from photosearch.find.registration.register import Picture, Plane, shown, warp

FINE, COARSE = 1.0, 2.8  # sigmas in pixels between whose blurs the detail lies
BAND_PX = 1_500_000  # pixels that are in hand at once
SHARED_PX = 48  # rows that two bands share
DOUBTFUL, CLOSER_PX, MOST_CLOSER = 1.0, 960, 4  # strength from which on a place is looked at, and how much around it
CERTAIN_PX = 576  # how much is looked at where no place is doubtful
STRONG = 3.0  # differences from which on a place counts as another content where bands are compared
MARGIN_PX = 12  # beside them, which blurring reaches
GAIN_CELLS = 21  # that have a gain of their own: 63 px
LEAST_POWER = 1.0  # of detail, in levels squared, from which on there is any gain


class Found(NamedTuple):
    """Differences of both pictures of an overlap, and the residual of each."""

    predictions: tuple[Prediction, Prediction]
    differences: tuple[Differences, Differences]
    places: Mask
    overlap: Overlap
    turn: float  # degrees by which the one's hues are turned
    planes: tuple[Planes, Planes]  # the one's with its hues turned


def strongest(found: Found) -> float:
    """The strength of the strongest place of an overlap."""
    return max(strength(places) for each in found.differences for places in (each.light, each.colour))


def strength(places: Sequence[Difference]) -> float:
    """That of the strongest of some places, which comes first."""
    return places[0].strength if places else 0.0


def compare(overlap: Overlap, turn: float) -> Found:
    """The differences of two pictures, of which the one's hues are turned by `turn` degrees to be the other's."""
    mask, ours, theirs = overlap.mask.astype(np.float32), *map(Planes, overlap.pictures)
    from_ours, from_theirs = ours, theirs
    if turn:
        from_ours, from_theirs = Planes(turned(ours.rgb, turn)), Planes(turned(theirs.rgb, -turn))
    predictions = predict(from_theirs, ours, mask), predict(from_ours, theirs, mask)
    one, other = (find_differences(each, overlap.mask) for each in predictions)
    return Found(predictions, (one, other), one.windows | other.windows, overlap, turn, (from_ours, theirs))


def compare_closer(aligned: AlignedPair, turn: float) -> Found:
    """The part of the full pictures that differs most, of those that a quick look finds doubtful."""
    aligned = aligned.shrunk(1)
    left, top, right, bottom = aligned.box
    doubtful = find_doubtful(aligned)
    boxes = [place.box for place in doubtful if place.strength > DOUBTFUL or place is doubtful[0]]
    side = CLOSER_PX if doubtful and doubtful[0].strength > DOUBTFUL else CERTAIN_PX
    windows = list[Window]()
    for x, y, width, height in boxes or [((right - left) // 2, (bottom - top) // 2, 1, 1)]:
        place = left + x, top + y, left + x + width, top + y + height
        if any(w[0] <= place[0] and w[1] <= place[1] and place[2] <= w[2] and place[3] <= w[3] for w in windows):
            continue
        if longest(place) > side // 2 or len(windows) == MOST_CLOSER:
            return _in_full(aligned, turn)
        middle = (place[0] + place[2]) / 2 - left, (place[1] + place[3]) / 2 - top
        start = tile_around((bottom - top, right - left), middle, (side, side))
        windows.append((left + start[0], top + start[1], left + start[2], top + start[3]))
    return _most_different(aligned, windows, turn)


def _in_full(aligned: AlignedPair, turn: float) -> Found:
    """The band of the full pictures that differs most."""
    left, top, right, bottom = aligned.box
    rows = max(4 * SHARED_PX, BAND_PX // (right - left))
    starts = range(top, bottom - LEAST_SIDE_PX, rows - SHARED_PX)
    return _most_different(aligned, [(left, start, right, min(bottom, start + rows)) for start in starts], turn)


def _most_different(aligned: AlignedPair, windows: Sequence[Window], turn: float) -> Found:
    """The window that differs most, or the first that differs enough."""
    best: Found | None = None
    for window in windows:
        overlap = aligned.overlap(window)
        if overlap.mask.sum() < LEAST_SIDE_PX**2:
            continue
        found = compare(overlap, turn)
        if best is None or strongest(found) > strongest(best):
            best = found
        if strongest(best) >= STRONG:
            break
    return best or compare(aligned.overlap(aligned.box), turn)


def find_doubtful(aligned: AlignedPair) -> list[Difference]:
    """Places of the still picture that the moved one may not have, or the reverse, the strongest first."""
    ours, theirs, common = _all_powers(aligned)
    mask = _mask(aligned, common.shape)
    one, other = (
        deviations(_unexplained(target, source, common), target, mask, LEAST_SPREAD)
        for target, source in ((ours, theirs), (theirs, ours))
    )
    return places(np.maximum(one, other, out=one))


def _unexplained(target: Plane, source: Plane, common: Plane) -> Plane:
    """The power that a gain of the source's detail leaves of the target's."""
    size = GAIN_CELLS, GAIN_CELLS
    gain = np.asarray(cv2.blur(source, size), np.float32)
    gain += LEAST_POWER
    np.divide(cv2.blur(common, size), gain, out=gain)  # in place, as all of these are large
    rest = gain * source
    np.subtract(2 * common, rest, out=rest)
    rest *= gain
    np.subtract(target, rest, out=rest)
    return np.maximum(rest, 0, out=rest)


def _all_powers(aligned: AlignedPair) -> NDArray[np.float32]:
    """The powers of all cells [3,h,w], band by band."""
    left, top, right, bottom = aligned.box
    columns, rows = (right - left) // CELL_PX, (bottom - top) // CELL_PX
    powers = np.zeros((3, rows, columns), np.float32)
    still, moved = (
        np.asarray(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), np.uint8) for each in (aligned.still, aligned.moved)
    )
    step = max(1, BAND_PX // (right - left) // CELL_PX)
    for start in range(0, rows, step):
        end = min(rows, start + step)
        window = left, top + CELL_PX * start, left + CELL_PX * columns, top + CELL_PX * end
        powers[:, start:end] = _powers(aligned, still, moved, window)
    return powers


def _powers(
    aligned: AlignedPair, still: Picture, moved: Picture, window: tuple[int, int, int, int]
) -> NDArray[np.float32]:
    """Of each cell of a window of the still picture: the powers of both, and what they have in common [3,h,w]."""
    left, top, right, bottom = window
    first, last = max(0, top - MARGIN_PX), min(still.shape[0], bottom + MARGIN_PX)
    cut = still[first:last, left:right]
    matrix = shift(-left, -first) @ aligned.matrix
    ours, theirs = (_detail(each)[top - first : bottom - first] for each in (cut, warp(moved, matrix, cut.shape)))
    powers = np.empty((3, (bottom - top) // CELL_PX, (right - left) // CELL_PX), np.float32)
    for power, (one, other) in zip(powers, ((ours, ours), (theirs, theirs), (ours, theirs)), strict=True):
        first_rows, *more = ((one[row::CELL_PX], other[row::CELL_PX]) for row in range(CELL_PX))
        sums = np.asarray(cv2.multiply(*first_rows))  # whole numbers, which are exact: by rows, it takes half the time
        for rows in more:
            cv2.accumulateProduct(*rows, sums)
        np.add(sums[:, ::CELL_PX], sums[:, 1::CELL_PX], out=power)
        power += sums[:, 2::CELL_PX]
    powers *= np.float32(1 / CELL_PX**2)
    return powers


def _mask(aligned: AlignedPair, shape: tuple[int, ...]) -> Mask:
    """The cells, from a corner of the overlap, around which both pictures show something."""
    across, down = (side + CELL_PX // 2 for side in aligned.box[:2])
    to_cells = np.diag([1 / CELL_PX, 1 / CELL_PX, 1]) @ shift(-across, -down)  # to the middle of each
    inside = shown(to_cells @ aligned.matrix, aligned.moved.shape, shape).astype(np.uint8)
    edge = np.ones((2 * EDGE_PX // CELL_PX + 1,) * 2, np.uint8)
    return np.asarray(cv2.erode(inside, edge)) > 0


def _detail(grey: Picture) -> Plane:
    """By whole levels, which is four times as fast: what is rounded so is less than noise."""
    fine, coarse = (cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in (FINE, COARSE))
    return np.asarray(cv2.subtract(fine, coarse, dtype=cv2.CV_32F), np.float32)
