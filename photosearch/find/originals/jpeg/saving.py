"""What saving another picture does not explain of a JPEG: frequencies that are further off than half a step.

Luma and colours are asked. A JPEG mostly stores colours at half the size, and decoders enlarge them by the triangle
filter of libjpeg ("fancy upsampling"), which is undone.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.grid import (
    BLOCK,
    MEAN,
    TOLD,
    TOLD_WAVES,
    blocks_of,
    moved_by_saving,
    transform,
    transform_differences,
)
from photosearch.find.originals.jpeg.stored import AlignedOriginal, StoredColours
from photosearch.find.originals.local import area, greatest
from photosearch.find.originals.overlap import FILTERS, Filter, Frame, cut, resized, upright, whole_blocks
from photosearch.find.originals.prediction import COLOURS, colours_of, luma_of
from photosearch.find.registration.align import Matrix, shift
from photosearch.find.registration.register import Picture, Plane, shown, warp

BAND_PX = 1_500_000  # pixels that are in hand at once
UNEXPLAINED = 0.5  # strength of a place that saving does not explain
MUCH = 0.1  # share of the blocks in the middle rows, from which on the others are not asked
MOST_UNEXPLAINED = 0.02  # share of the blocks, from which on a JPEG was not made from the other picture
# Enlarged twice by that filter and halved, a row is blurred by 1/8, 6/8, 1/8; the inverse falls off by this each pixel
FALL_OFF = 2 * np.sqrt(2) - 3
SHARPENING = np.sqrt(2) * FALL_OFF ** np.abs(np.arange(-6, 7))
SLACK = np.array([4.0] + [3.0] * (len(TOLD_WAVES) - 1), np.float32)  # levels that rounding moves frequencies by
MOST_UNKNOWN, CERTAIN = BLOCK**2 // 2, 3.0  # colours of a block; deviations
# Levels of the deviation within a block, of both pictures; so many blocks of these may differ in any case
LIVELY, FEW_BLOCKS = 2.0, 6
DARKEST, LIGHTEST = (1, 1, 1), (254, 254, 254)  # levels that are not clipped


class Unexplained(NamedTuple):
    """What saving another picture does not explain of a JPEG."""

    share: float  # of its blocks
    light: float  # strength of the strongest place: the sum of what frequencies are off, in levels of a block
    colours: Callable[[], float] = float  # the same of its colours

    @property
    def is_other(self) -> bool:
        """True if a place shows something else."""
        return self.light > UNEXPLAINED or self.colours() > UNEXPLAINED


NOT_SAVED = Unexplained(1.0, 0.0)  # nothing is known


def unexplained_by_saving(jpeg: AlignedOriginal, source: Picture, matrix: Matrix) -> Unexplained:
    """No frequency of a JPEG may be further off than half a step, if it was made from this source.

    `matrix` lays it pixel on pixel. If too much is off, nothing is known; of colours alone, nothing of these.
    """
    if (table := jpeg.original.table) is None:
        return NOT_SAVED
    stored, to_stored = jpeg.stored()
    to_stored = to_stored @ matrix
    height, width = stored.shape[:2]
    rows = max(BLOCK, BAND_PX // width // BLOCK * BLOCK)

    def beyond_in(top: int, rows: int) -> NDArray[np.float32]:
        return _beyond_steps(stored[top : top + rows], table, source, shift(0, -top) @ to_stored)

    middle = (height - min(rows, height)) // 2 // BLOCK * BLOCK
    if (beyond_in(middle, max(BLOCK, rows // 4 // BLOCK * BLOCK)) > 0).mean() > MUCH:
        return NOT_SAVED
    beyond = np.concatenate([beyond_in(top, rows) for top in range(0, height, rows)])
    if (share := float((beyond > 0).mean())) > MOST_UNEXPLAINED:
        return NOT_SAVED
    found, frame = Unexplained(share, _strongest_place(beyond)), upright(stored.shape, source, to_stored)
    if jpeg.original.colours is None or frame is None:
        return found
    return found._replace(colours=cache(partial(strongest_colours, stored, jpeg.original.colours, frame, FILTERS[0])))


def _strongest_place(beyond: NDArray[np.float32]) -> float:
    """The strength of the strongest place of blocks [rows,columns] that are off by so many levels."""
    count, numbers = cv2.connectedComponents((beyond > 0).astype(np.uint8), connectivity=8)
    return float(np.bincount(numbers.ravel(), beyond.ravel(), count)[1:].max(initial=0)) / BLOCK


def _beyond_steps(own: Picture, table: NDArray[np.float64], source: Picture, matrix: Matrix) -> NDArray[np.float32]:
    """How far the frequencies of blocks of a JPEG are beyond half a step of its `table` [rows,columns].

    Blocks that the frame cuts are filled up, as encoders do.
    """
    given, unfilled = luma_of(warp(source, matrix, own.shape)), own.shape[:2]
    own, given, inside = map(_filled, (own, given, shown(matrix, source.shape, own.shape).astype(np.uint8)))
    apart = luma_of(own) - given
    apart[unfilled[0] :] = 0
    apart[:, unfilled[1] :] = 0
    errors = np.abs(transform_differences(apart, TOLD_WAVES))
    errors -= moved_by_saving(table)
    most = np.maximum(greatest(errors), 0)
    if not inside.all():
        most[~blocks_of(inside).all((1, 2))] = 0
    if own.shape[:2] != unfilled:
        seen = np.zeros(own.shape[:2], np.uint8)
        seen[: unfilled[0], : unfilled[1]] = 1
        most = _certainly_beyond(most, given, BLOCK**2 - blocks_of(seen).sum((1, 2), np.float32), table)
    doubtful = np.flatnonzero(most)
    down, across = np.divmod(doubtful, own.shape[1] // BLOCK)
    channels = own.reshape(-1, BLOCK, own.shape[1] // BLOCK, BLOCK, 3)[down, :, across]
    is_black, is_white = channels == 0, channels == 255
    is_clipped = (is_black | is_white).any((1, 2, 3)) & ~is_black.all((1, 2, 3)) & ~is_white.all((1, 2, 3))
    if is_clipped.any():
        in_part = doubtful[is_clipped]
        blocks = _Clipped(blocks_of(apart)[in_part], blocks_of(given)[in_part], channels[is_clipped])
        most[in_part] = np.minimum(most[in_part], _beyond_clipped(blocks, table))
    return most.reshape(own.shape[0] // BLOCK, own.shape[1] // BLOCK)


def _filled(values: NDArray[Any]) -> NDArray[Any]:
    below, right = (-side % BLOCK for side in values.shape[:2])
    if not below and not right:
        return values
    return np.asarray(cv2.copyMakeBorder(values, 0, below, 0, right, cv2.BORDER_REPLICATE))


class _Clipped(NamedTuple):
    """Blocks of a JPEG that are clipped in part."""

    apart: NDArray[np.float32]  # [n,8,8]: levels of luma by which they are lighter than the source
    given: NDArray[np.float32]  # [n,8,8]: luma of the source
    channels: NDArray[np.uint8]  # [n,8,8,3]


def _beyond_clipped(blocks: _Clipped, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the means of blocks are beyond what saving does to them [n], as far as clipping leaves that certain.

    A pixel that was clipped at black was no lighter, so that a block that is too dark is so by no less. Of a block that
    is too light, the pixels that are not clipped tell: saving moves each frequency by half a step at most, and by no
    more than it had.
    """
    total = blocks.apart.mean((1, 2))
    is_certain = np.where(total < 0, (blocks.channels < 255).all((1, 2, 3)), (blocks.channels > 0).all((1, 2, 3)))
    of_all = np.where(is_certain, BLOCK * np.abs(total) - table[0, 0] / 2 - MEAN, 0)
    is_clear = ((blocks.channels > 0) & (blocks.channels < 255)).all(3)
    counts = np.maximum(1, is_clear.sum((1, 2)))
    means = np.abs((blocks.apart * is_clear).sum((1, 2))) / counts
    had = np.abs(transform(blocks.given.reshape(-1, BLOCK)))
    weights = np.abs(transform_differences(is_clear.reshape(-1, BLOCK).astype(np.float32))).reshape(had.shape)
    moved = (np.minimum(table / 2, had) * weights).sum((1, 2)) / counts
    of_clear = (BLOCK * (means - moved) - MEAN) * counts / BLOCK**2
    return np.maximum(0, np.maximum(of_all, of_clear))


def strongest_colours(stored: Picture, colours: StoredColours, frame: Frame, how: Filter) -> float:
    """The strength of the strongest place whose colours saving the picture in a frame, so resized, does not explain.

    A colour of which too much is off was not saved so, or enlarged otherwise: nothing is known of it.
    """
    region = whole_blocks(stored.shape, frame)
    (height, width), unit = stored.shape[:2], colours.down * BLOCK
    left, right = _whole_colours(region[0], region[2], width, colours.across * BLOCK)
    top, bottom = _whole_colours(region[1], region[3], height, unit)
    if left >= right or top >= bottom:
        return 0.0
    rows, bands = unit * max(1, BAND_PX // (right - left) // unit), list[_ColourBlocks]()
    count, off = (bottom - top) // unit * ((right - left) // (colours.across * BLOCK)), np.zeros(2, np.int64)
    for start in range(top, bottom, rows):
        end, first = min(bottom, start + rows), max(region[1], start - unit)  # with some rows blurred into these
        window = region[0], first, region[2], min(region[3], end + unit)
        (given,) = resized(frame, stored.shape, window, [how])
        ends = start - first, end - first, left - region[0], right - region[0]
        part = (
            slice(*(each // colours.down for each in ends[:2])),
            slice(*(each // colours.across for each in ends[2:])),
        )
        bands.append(_colour_blocks(cut(stored, window), np.ascontiguousarray(given), colours, part))
        off += (bands[-1].beyond > 0).sum(1)
        if off.min() / count > MOST_UNEXPLAINED:
            return 0.0  # too much of both is off, whatever the rest is
    strongest = 0.0
    for beyond, lively in zip(*(np.concatenate(each, 1) for each in zip(*bands, strict=True)), strict=True):
        is_off, both = beyond > 0, lively > LIVELY
        if is_off.mean() <= MOST_UNEXPLAINED and is_off[both].sum() <= max(FEW_BLOCKS, MUCH * both.sum()):
            strongest = max(strongest, _strongest_place(beyond.reshape((bottom - top) // unit, -1)))
    return strongest


def _whole_colours(start: int, end: int, side: int, unit: int) -> tuple[int, int]:
    """The ends of the whole blocks of colours, so wide, that have pixels of both pictures on both sides."""
    return -(-(start + (start > 0)) // unit) * unit, (end - (end < side)) // unit * unit


class _ColourBlocks(NamedTuple):
    """Of blue and red difference, of blocks row by row."""

    beyond: NDArray[np.float32]  # [2,n]: by how much frequencies are beyond half a step
    lively: NDArray[np.float32]  # [2,n]: the lesser deviation of both pictures within the block


def _colour_blocks(own: Picture, given: Picture, colours: StoredColours, part: tuple[slice, slice]) -> _ColourBlocks:
    """Of a part of a JPEG, in its pixels of colour, and of the picture that was given to be saved there.

    What is clipped is taken for explained; so is what is just as it is seen, as the other picture may show this JPEG.
    """
    touched = np.ones([1 if times == 1 else 3 for times in (colours.down, colours.across)], np.uint8)  # those beside it
    clipped = cv2.bitwise_not(cv2.inRange(own, DARKEST, LIGHTEST))
    unknown = np.asarray(cv2.dilate(_reduced(clipped, colours), touched)[part] > 0)
    count = np.rint(BLOCK**2 * area(unknown.astype(np.float32), (unknown.shape[1] // BLOCK, unknown.shape[0] // BLOCK)))
    seen = colours_of(_reduced(own.astype(np.float32), colours))
    stored = np.rint(_before_enlarging(seen, colours)[part])
    theirs = [_reduced(each, colours)[part] for each in _whole_colours_of(given)]  # as encoders do
    blocks = list[tuple[NDArray[np.float32], NDArray[np.float32]]]()
    for *ours, their in zip(cv2.split(stored), cv2.split(seen[part]), theirs, strict=True):
        known, shown_so = (np.asarray(cv2.copyTo(their, unknown.view(np.uint8), each), np.float32) for each in ours)
        blocks.append(_beyond_half_a_step(known, shown_so, their, count.ravel(), colours.table))
    return _ColourBlocks(*map(np.array, zip(*blocks, strict=True)))


def _beyond_half_a_step(
    own: Plane, seen: Plane, given: Plane, unknown: NDArray[np.float32], table: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`_ColourBlocks` of one colour, as it was stored or as it is `seen`; some blocks have `unknown` pixels."""
    steps = table[TOLD].astype(np.float32)
    least = steps / 2 + SLACK
    stored, wanted = (transform_differences(each, TOLD_WAVES) for each in (own, given))
    beyond = greatest(np.abs(stored - wanted) - least)
    beyond[unknown > MOST_UNKNOWN] = 0
    doubtful = np.flatnonzero(beyond > 0)
    if len(doubtful):
        some, others = stored[doubtful], wanted[doubtful]
        nearest = np.rint(some / steps) * steps  # without the rounding to levels
        nearest = np.where((unknown[doubtful] > 0)[:, None], some, nearest)
        as_seen = transform_differences(blocks_of(seen)[doubtful].reshape(-1, BLOCK), TOLD_WAVES)
        either = [np.abs(each - others) for each in (some, nearest)]
        either = [np.minimum(*either), np.abs(as_seen - others)]
        beyond[doubtful] = np.minimum(*(greatest(each - least) for each in either))
    lively = np.minimum(*(np.linalg.norm(each[:, 1:], axis=1) for each in (stored, wanted))) / BLOCK
    return _certainly_beyond(np.maximum(0, beyond), given, unknown, table), lively


def _certainly_beyond(
    beyond: NDArray[np.float32], given: Plane, unknown: NDArray[np.float32], table: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The same [n] without what saving may have done to pixels that are not known.

    A wave is no more than a quarter high, so that such a pixel moves a frequency by no more of that.
    """
    if len(some := np.flatnonzero((beyond > 0) & (unknown > 0))):
        had = np.abs(transform_differences(blocks_of(given)[some].reshape(-1, BLOCK)))
        saved = np.linalg.norm(np.minimum(had, table.ravel() / 2), axis=1) / BLOCK  # the most, as a deviation of pixels
        count = np.minimum(unknown[some], CERTAIN * np.sqrt(unknown[some]))  # of many, some are lighter, some darker
        beyond[some] = np.maximum(0, beyond[some] - saved * count / 4)
    return beyond


def _whole_colours_of(rgb: Picture) -> Iterator[Plane]:
    """Blue and red difference in whole levels; one at a time, which takes a third of the time."""
    levels = rgb.astype(np.float32)
    for weights in COLOURS:
        yield np.rint(np.asarray(cv2.transform(levels, weights[None]), np.float32))


def _reduced(values: NDArray[Any], colours: StoredColours) -> NDArray[Any]:
    """Means of the pixels for which one colour is stored."""
    below, right = -values.shape[0] % colours.down, -values.shape[1] % colours.across
    if below or right:
        values = np.asarray(cv2.copyMakeBorder(values, 0, below, 0, right, cv2.BORDER_REPLICATE))
    return area(values, (values.shape[1] // colours.across, values.shape[0] // colours.down))


def _before_enlarging(values: NDArray[np.float32], colours: StoredColours) -> NDArray[np.float32]:
    """Means as they were before they were enlarged."""
    across, down = (SHARPENING if times == 2 else np.ones(1) for times in (colours.across, colours.down))
    return np.asarray(cv2.sepFilter2D(values, cv2.CV_32F, across, down, borderType=cv2.BORDER_REFLECT), np.float32)
