"""Whether two pictures that lie pixel on pixel, and were not changed as a whole, differ in a place, however faint.

A prediction explains what varies slowly, and has a noise below which it sees nothing. Two pictures of one tone need no
prediction: they are subtracted, over their whole size, and only what saving does to a pixel may be left. A finer one is
resized before, as programs do it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.find.originals.differences import CELL_PX, NEARLY, deviations, places, squared_gradient
from photosearch.find.originals.grid import BANDS, BLOCK, WAVES, blocks_of, transform, transform_differences
from photosearch.find.originals.local import area, greatest, median, quantiles
from photosearch.find.originals.overlap import (
    AlignedPair,
    Frame,
    Mask,
    Overlap,
    Window,
    resized,
    shift,
    step_of,
    tile_around,
    upright,
    whole_blocks,
)
from photosearch.find.originals.prediction import LUMA, fit_tone, luma_of, planes, toned
from photosearch.find.originals.stored import AlignedOriginal
from photosearch.find.registration.align import Matrix
from photosearch.find.registration.register import Picture, Plane, inverse, shown, warp

BAND_PX = 1_500_000  # pixels that are in hand at once
PRECISION = 16  # parts of a level
ONE_TONE = 1.0  # levels of light, contrast and colour by which pictures differ that were not changed as a whole
TEXTURE, EXACT = 6.0, 0.5  # levels from cell to cell; share of the textured pixels that are equal, of one saving
NEARLY_ALL = 0.98  # of all pixels are, where nothing was saved anew
FEW_LEVELS = 0.5  # left after a prediction
LOW, STEP = 4, 0.3  # rows and columns of the steps of a JPEG that are seen best; levels in a cell by such a step
EDGE_CELLS = 9  # across, of which half lie beside a frame: saving mixes its colour with that of the picture
LEAST_EXACT, LEAST_FINE, LEAST_SAVED = 0.12, 1.2, 2.5  # deviations that are never seen, of equal pixels and of others
MEAN, ROUNDING = 8.0, 4.0  # what whole levels, before and after saving, move the mean of a block and a frequency by
MUCH = 0.1  # share of the blocks in the middle rows, from which on the others are not asked
MOST_UNEXPLAINED = 0.02  # share of the blocks, from which on a JPEG was not made from the other picture
# Resized pictures
FILTERS = (
    *(Image.Resampling.LANCZOS, Image.Resampling.BICUBIC, Image.Resampling.BOX),
    *(Image.Resampling.BILINEAR, Image.Resampling.HAMMING),
)
TRIED = 480, 640  # rows and columns of the middle, on which filters are tried
LEAST_BLOCKS, CLASS_BLOCKS, ASKED = 50, 100, 4_000  # of an overlap; of those that are alike, to have a noise; at most
ALIKE = (2, 4, 8, 16, 32)  # levels of the deviation within a block, between which they are
USUAL, WIDER = 0.99, 1.5  # share of such blocks whose errors are usual; times those of quieter ones where few are left
FEW_BLOCKS, FEW_SHARE, REGULAR = 6, 0.01, 0.6  # blocks and share of them that may differ; the strength of all others
COLOUR_STRENGTH = 0.6  # of that of light: what steps a JPEG has for colours is not asked
COLOUR_RANGE = 1.6  # by which JPEG divides a colour's difference from the luma, nearly
COLOURS = (np.array([[0, 0, 1], [1, 0, 0]]) - LUMA) / COLOUR_RANGE  # the blue and the red one, of red, green and blue
SAME_TONE = 1.15, 0.05  # times the error with a change of tone, and levels squared, that are left without one

Told = NDArray[np.float32]  # [36], of the frequencies of a block but for the finest


class Faint(NamedTuple):
    """Strengths of places; see `find_differences`."""

    otherwise: float = 0.0  # of the strongest that differs
    unexplained: float = 0.0  # of the strongest that saving one as the other, a JPEG, does not explain


def faint_differences(
    pair: tuple[AlignedOriginal, AlignedOriginal],
    aligned: AlignedPair,
    matrix: Matrix,
    changes: Sequence[float],
    levels: float,
) -> Faint:
    """Nothing is told of pictures that were changed as a whole, by `changes` in levels.

    `matrix` maps the other's pixels to the one's; `levels` are left after a prediction.
    """
    if max(map(abs, changes)) > ONE_TONE:
        return Faint()
    one, other = pair
    ways = (one, other.pixels, matrix), (other, one.pixels, np.asarray(inverse(matrix), np.float64))
    tables = [each.original.table for each in pair]
    steps = max(0.0 if table is None else float(table[:LOW, :LOW].mean()) for table in tables)
    return Faint(_strongest(aligned, levels, steps), min(_unexplained_by_saving(*way) for way in ways).strongest)


class _Cells(NamedTuple):
    """Two pictures of one size, by cells [h,w]."""

    apart: NDArray[np.int16]  # [h,w,3]: the difference of each channel, in parts of a level
    slopes: Plane  # squared, from cell to cell
    mask: Mask  # where both show something
    equal: Mask  # where the pixel in the middle is


def _strongest(aligned: AlignedPair, left: float, steps: float) -> float:
    apart, slopes, mask, equal = _all_cells(aligned)
    textured = (slopes > TEXTURE**2) & mask
    is_exact = bool(textured.any()) and equal[textured].mean() > EXACT
    least = LEAST_FINE if left < FEW_LEVELS else LEAST_SAVED
    if is_exact and equal.mean() > NEARLY_ALL:
        least = LEAST_EXACT
    elif is_exact:  # a JPEG that is saved again so moves some frequencies by a step
        least = min(least, max(LEAST_EXACT, STEP * steps))
    if not is_exact:
        square = np.ones((EDGE_CELLS, EDGE_CELLS), np.uint8)
        mask = cv2.erode(mask.astype(np.uint8), square, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
    strongest = 0.0
    for number in range(apart.shape[2] if mask.any() else 0):
        levels = cv2.extractChannel(apart, number).astype(np.float32) / np.float32(PRECISION)
        channel = np.asarray(cv2.blur(levels, (3, 3), levels), np.float32)  # in place, as it is large
        channel -= np.float32(median(channel[mask]))
        channel *= channel
        found = places(deviations(channel, slopes, mask, least))
        strongest = max(strongest, found[0].strength if found else 0.0)
    return strongest


def _all_cells(aligned: AlignedPair) -> _Cells:
    """Those of the whole overlap, which is read in bands."""
    left, top, right, bottom = aligned.box
    rows = max(CELL_PX * 8, BAND_PX // (right - left) // 12 * 12)
    windows = [(left, start, right, min(bottom, start + rows)) for start in range(top, bottom, rows)]
    return _Cells(*map(np.concatenate, zip(*(_cells(aligned.overlap(each)) for each in windows), strict=True)))


def _cells(overlap: Overlap) -> _Cells:
    one, other = overlap.pictures
    size = one.shape[1] // CELL_PX, one.shape[0] // CELL_PX
    apart = np.asarray(cv2.subtract(one, other, dtype=cv2.CV_16S), np.int16)
    apart *= np.int16(PRECISION)  # whole numbers are twice as fast
    apart = np.asarray(cv2.resize(apart, size, interpolation=cv2.INTER_AREA), np.int16)
    small = luma_of(np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8))
    middles = slice(CELL_PX // 2, None, CELL_PX), slice(CELL_PX // 2, None, CELL_PX)
    red, green, blue = (one[(*middles, channel)] == other[(*middles, channel)] for channel in range(3))
    return _Cells(apart, squared_gradient(small), overlap.mask[middles], red & green & blue)


class Unexplained(NamedTuple):
    """What saving another picture does not explain of a JPEG."""

    share: float  # of its blocks
    strongest: float  # strength of the strongest place: the sum of what frequencies are off, in levels of a block


SAVED = Unexplained(1.0, 0.0)  # nothing is known


def _unexplained_by_saving(jpeg: AlignedOriginal, source: Picture, matrix: Matrix) -> Unexplained:
    """No frequency of a JPEG may be further off than half a step, if it was made from this source.

    `matrix` lays it pixel on pixel. If too much is off, nothing is known.
    """
    if (table := jpeg.original.table) is None:
        return SAVED
    stored, to_stored = jpeg.stored()
    to_stored = to_stored @ matrix
    height, width = (side // BLOCK * BLOCK for side in stored.shape[:2])
    rows = max(BLOCK, BAND_PX // width // BLOCK * BLOCK)

    def beyond_in(top: int, rows: int) -> NDArray[np.float32]:
        own = np.ascontiguousarray(stored[top : min(height, top + rows), :width])
        return _beyond_steps(own, table, source, shift(0, -top) @ to_stored)

    middle = (height - min(rows, height)) // 2 // BLOCK * BLOCK
    if (beyond_in(middle, max(BLOCK, rows // 4 // BLOCK * BLOCK)) > 0).mean() > MUCH:
        return SAVED
    beyond = np.concatenate([beyond_in(top, rows) for top in range(0, height, rows)])
    if (share := float((beyond > 0).mean())) > MOST_UNEXPLAINED:
        return SAVED
    count, numbers = cv2.connectedComponents((beyond > 0).astype(np.uint8), connectivity=8)
    return Unexplained(share, float(np.bincount(numbers.ravel(), beyond.ravel(), count)[1:].max(initial=0)) / BLOCK)


def _beyond_steps(own: Picture, table: NDArray[np.float64], source: Picture, matrix: Matrix) -> NDArray[np.float32]:
    """How far the frequencies of blocks of a JPEG are beyond half a step of its `table` [rows,columns]."""
    given = luma_of(warp(source, matrix, own.shape))
    apart = luma_of(own) - given
    errors = np.abs(transform_differences(apart, _told_waves()))
    errors -= _allowed(table)
    most = np.maximum(greatest(errors), 0)
    inside = shown(matrix, source.shape, own.shape)
    if not inside.all():
        most[~blocks_of(inside).all((1, 2))] = 0
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


class _Errors(NamedTuple):
    """Of blocks of two pictures."""

    off: NDArray[np.float16]  # [n,36]: by how much frequencies differ, in levels
    lively: NDArray[np.float32]  # [n]: the lesser deviation of both within the block, in levels


def is_beyond_resizing(
    pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair, matrix: Matrix, most: float
) -> bool:
    """True if resizing and saving the finer picture cannot explain a block of the coarser one: its strength is more.

    That is the most by which a frequency is off, in units of what blocks of such a liveliness usually are off, or of
    what the steps of a JPEG allow, beyond 1. If many blocks are off, another thing was done to the picture, or the
    pixels do not lie as a resized picture's do: then nothing is known. `matrix` maps the other's pixels to the one's.
    """
    one, other = pair
    still, moved, to_still = (other, one, inverse(matrix)) if aligned.swapped else (one, other, matrix)
    stored, to_stored = still.stored()
    frame = upright(stored.shape, moved.pixels, np.asarray(to_stored @ to_still, np.float64))
    if frame is None:
        return False
    left, top, right, bottom = whole_blocks(stored.shape, frame)
    if (right - left) * (bottom - top) < LEAST_BLOCKS * BLOCK**2:
        return False
    tile = tile_around((bottom - top, right - left), ((right - left) / 2, (bottom - top) / 2), TRIED)
    middle = left + tile[0], top + tile[1], left + tile[2], top + tile[3]
    how, error = _filter_of(stored, frame, middle)
    rows = 2 * BLOCK * max(1, BAND_PX // (right - left) // (2 * BLOCK))
    windows = [(left, start, right, min(bottom, start + rows)) for start in range(top, bottom, rows)]
    least = (_allowed(still.original.table), _allowed(None))

    def bands() -> Iterator[_Halved]:
        return (_halved(_both(stored, frame, window, how)) for window in windows)

    if not any(_may_be_beyond(each, least, most) for each in bands()):
        return False
    if error > SAME_TONE[0] * _error_of_tone(*_both(stored, frame, middle, how)) + SAME_TONE[1]:
        return False  # the tone was changed, too
    luma, *colours = (
        [np.concatenate(parts) for parts in zip(*each, strict=True)]
        for each in zip(*map(_frequencies_off, bands()), strict=True)
    )
    strengths = [_strongest_block(_Errors(*luma), least[0])]
    return max(strengths + [COLOUR_STRENGTH * _strongest_block(_Errors(*each), least[1]) for each in colours]) > most


def _both(still: Picture, frame: Frame, window: Window, how: Image.Resampling) -> tuple[Picture, Picture]:
    """A window of both pictures."""
    left, top, right, bottom = window
    cut = np.ascontiguousarray(still[top:bottom, left:right])
    return cut, np.ascontiguousarray(resized(frame, still.shape, window, how))


def _filter_of(still: Picture, frame: Frame, window: Window) -> tuple[Image.Resampling, float]:
    """The filter by which a window was resized most likely, and the mean square of the luma that it leaves."""
    few = FILTERS[: 1 if step_of(frame, still.shape).tolist() == [1, 1] else None]
    errors = [float(np.square(np.subtract(*map(luma_of, _both(still, frame, window, how)))).mean()) for how in few]
    best = int(np.argmin(errors))
    return few[best], errors[best]


def _error_of_tone(still: Picture, resized: Picture) -> float:
    """The mean square of the luma that a change of tone leaves."""
    source, target = planes(resized), planes(still)
    tone = fit_tone(source.small, target.small, np.ones(target.luma.shape, np.float32))
    return float(np.square(target.luma - toned(source, tone)).mean())


class _Halved(NamedTuple):
    """A window of two pictures, and both at half size."""

    full: tuple[Picture, Picture]
    half: tuple[Picture, Picture]


def _halved(pictures: tuple[Picture, Picture]) -> _Halved:
    size = pictures[0].shape[1] // 2, pictures[0].shape[0] // 2
    return _Halved(pictures, (area(pictures[0], size), area(pictures[1], size)))


def _may_be_beyond(pictures: _Halved, least: tuple[Told, Told], most: float) -> bool:
    """False if no block is beyond `least`, of the luma and of colours, by `most`: usual errors are not asked for that.

    Nearly all copies end here. A block has no frequency that is stronger than all of its pixels together (Parseval).
    """
    full, half = (cv2.subtract(*each, dtype=cv2.CV_32F) for each in pictures)
    luma, colours = cv2.transform(full, LUMA[None]), cv2.split(cv2.transform(half, COLOURS))
    limits = [NEARLY * (1 + beyond) * each for beyond, each in zip((most, most / COLOUR_STRENGTH), least, strict=True)]
    for plane, limit in ((luma, limits[0]), *((each, limits[1]) for each in colours)):
        rows, columns = (side // BLOCK for side in plane.shape)
        if not rows or not columns:  # of colours, at the lower end
            continue
        plane = np.asarray(plane[: rows * BLOCK, : columns * BLOCK], np.float32)
        powers = BLOCK**2 * area(cv2.multiply(plane, plane), (columns, rows))
        if powers.max() > limit.min() ** 2 and (np.abs(transform_differences(plane, _told_waves())) > limit).any():
            return True
    return False


def _frequencies_off(pictures: _Halved) -> list[_Errors]:
    """By how much the frequencies of the luma, and of blue and red difference at half size, are off."""
    lumas = [luma_of(each) for each in pictures.half]
    found = [_errors(*map(luma_of, pictures.full))]
    for channel in (0, 2):
        ours, theirs = (half[..., channel] - luma for half, luma in zip(pictures.half, lumas, strict=True))
        found.append(_errors(ours / COLOUR_RANGE, theirs / COLOUR_RANGE))
    return found


def _errors(ours: Plane, theirs: Plane) -> _Errors:
    rows, columns = (side // BLOCK * BLOCK for side in ours.shape)
    waves = _told_waves()
    if not rows or not columns:  # of colours, at the lower end
        return _Errors(np.zeros((0, len(waves)), np.float16), np.zeros(0, np.float32))
    ours, theirs = (np.asarray(each[:rows, :columns], np.float32) for each in (ours, theirs))
    off = np.abs(transform_differences(ours - theirs, waves))
    return _Errors(off.astype(np.float16), np.minimum(_liveliness(ours), _liveliness(theirs)))


def _liveliness(plane: Plane) -> NDArray[np.float32]:
    """The deviation within each block."""
    size = plane.shape[1] // BLOCK, plane.shape[0] // BLOCK
    mean, squares = area(plane, size), area(cv2.multiply(plane, plane), size)
    return np.asarray(np.sqrt(np.maximum(squares - mean * mean, 0)).ravel(), np.float32)


def _told() -> NDArray[np.bool_]:
    down, across = np.indices((BLOCK, BLOCK))
    return down + across <= BANDS


def _told_waves() -> NDArray[np.float32]:
    return WAVES[_told().ravel()]


def _allowed(table: NDArray[np.float64] | None) -> Told:
    """By how much saving with such steps moves the frequencies that are told, in levels."""
    levels = np.full((BLOCK, BLOCK), ROUNDING)
    levels[0, 0] = MEAN
    return (levels if table is None else levels + table / 2)[_told()].astype(np.float32)


def _strongest_block(errors: _Errors, least: Told) -> float:
    """How far the worst block is beyond what is usual or what steps of a JPEG allow, if but few blocks are; else 0."""
    off, lively = errors
    if len(off) < LEAST_BLOCKS:
        return 0.0
    usual, beyond = np.zeros_like(least), np.zeros(len(off), np.float32)
    for chosen in _alike(lively):
        if len(chosen) < CLASS_BLOCKS:
            usual = WIDER * usual
        else:
            some = off[chosen[:: max(1, len(chosen) // ASKED)]].astype(np.float32)
            usual = np.maximum(usual, quantiles(some, USUAL))
        beyond[chosen] = greatest(off.take(chosen, 0) / np.maximum(least, usual)) - 1
    most, few = float(beyond.max()), max(FEW_BLOCKS, int(FEW_SHARE * len(beyond)))
    return max(0.0, most) if np.partition(beyond, -1 - few)[-1 - few] < REGULAR else 0.0


def _alike(lively: NDArray[np.float32]) -> Iterator[NDArray[np.int64]]:
    """The numbers of blocks that are about as lively, the quietest first; too few are among those a little livelier."""
    kinds, left = np.digitize(lively, ALIKE), np.zeros(0, np.int64)
    for kind in range(len(ALIKE) + 1):
        left = np.concatenate([left, np.flatnonzero(kinds == kind)])
        if len(left) >= CLASS_BLOCKS or (kind == len(ALIKE) and len(left)):
            yield left
            left = left[:0]
