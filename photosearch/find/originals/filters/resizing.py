"""Whether resizing explains one of two pictures: the coarser as the finer, resized and saved, or the finer, enlarged.

A JPEG that is known in full is told exactly: the finer picture is resized, by the filter that fits best, and saved with
the steps of that JPEG. What is left are frequencies that were as near to the next step, so that all blocks are off by
little; a letter that differs is off by much, however faint it is, also where black or white clips what saving does.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.differences import NEARLY
from photosearch.find.originals.grid import BLOCK, TOLD, TOLD_WAVES, moved_by_saving, saved, transform_differences
from photosearch.find.originals.jpeg.saving import UNEXPLAINED, strongest_colours
from photosearch.find.originals.jpeg.stored import AlignedOriginal, StoredColours
from photosearch.find.originals.local import area, greatest, quantiles
from photosearch.find.originals.overlap import (
    FILTERS,
    AlignedPair,
    Filter,
    Frame,
    cut,
    is_smaller,
    resized,
    step_of,
    tile_around,
    upright,
    whole_blocks,
)
from photosearch.find.originals.prediction import LUMA, Planes, fit_tone, luma_of, toned
from photosearch.find.registration.align import Matrix, Window
from photosearch.find.registration.register import Picture, Plane, inverse

BAND_PX = 1_500_000  # pixels that are in hand at once
TRIED = 480, 640  # rows and columns of the middle, on which filters are tried
LEAST_BLOCKS, CLASS_BLOCKS, ASKED = 50, 100, 4_000  # of an overlap; of those that are alike, to have a noise; at most
ALIKE = (2, 4, 8, 16, 32)  # levels of the deviation within a block, between which they are
USUAL, WIDER = 0.99, 1.5  # share of such blocks whose errors are usual; times those of quieter ones where few are left
FEW_BLOCKS, FEW_SHARE, REGULAR = 6, 0.01, 0.6  # blocks and share of them that may differ; the strength of all others
LEAST_STEP = 4.0  # levels: finer steps are lost in the rounding to whole levels
STEPS, MOST_STEPS = 1.5, 3.0  # that nearly all blocks of a JPEG are off, if it is known in full: at least, at most
ENLARGED, OTHER_ENLARGED = 0.5, 1.0  # beyond what saving moves: of copies by known filters, and of colours; of the luma
# where another thing is shown, as filters that are nearly known leave up to 0.9
UNSAVED_SHARE = 0.25  # of that, by which a lossless picture is off that a known filter made
CLIPPED = 2.0  # times that more, by which a block with clipped colours may be off: 38 of signs have up to 1.3
MOST_ERROR = 4.0  # levels squared, of the middle: of 60 enlarged copies none has over 1.8, unless more was put on
# Levels by which a pixel is off that a known filter made; share of those beside edges that may be off by more, as by
# other rounding; levels of one that shows another thing
ROUNDED, FEW_PIXELS, OTHER_PIXEL = 2, 0.01, 16
COLOURED = 16  # levels from the darkest to the lightest channel
KNOWN = 0.95  # the share of these
UNSAVED = 2.0  # times these: of 871 copies six have more, which were resized by other filters than those tried
COLOUR_STRENGTH = 0.6  # of that of light: what steps a JPEG has for colours is not asked
COLOUR_RANGE = 1.6  # by which JPEG divides a colour's difference from the luma, nearly
COLOURS = (np.array([[0, 0, 1], [1, 0, 0]]) - LUMA) / COLOUR_RANGE  # the blue and the red one, of red, green and blue
SAME_TONE = 1.15, 0.05  # times the error with a change of tone, and levels squared, that are left without one

Told = NDArray[np.float32]  # [36], of the frequencies of a block but for the finest
Table = NDArray[np.float64] | None
Blocks = NDArray[np.float32]  # [n], a number for each


class _Errors(NamedTuple):
    """Of blocks of two pictures."""

    off: NDArray[np.float16]  # [n,36]: by how much frequencies differ, in levels
    lively: NDArray[np.float32]  # [n]: the lesser deviation of both within the block, in levels


def is_beyond_resizing(
    pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair, matrix: Matrix, most: float
) -> bool:
    """True if resizing and saving the finer picture cannot explain a block of the coarser one: its strength is more.

    That is the most by which a frequency is off, in units of what blocks of such a liveliness usually are off, or of
    what the steps of a JPEG allow, beyond 1. A JPEG that is known in full may not be off by many steps either. If many
    blocks are off, another thing was done to the picture, or the pixels do not lie as a resized picture's do: then
    nothing is known. `matrix` maps the other's pixels to the one's.
    """
    still, moved, to_still = _from_finer(pair, aligned, matrix)
    resize = _resize_to(still, moved, to_still)
    if resize is None:
        return False
    is_reduced = is_smaller(resize.frame, resize.still.shape)
    known = resize.table if is_reduced else None  # of one size, `identity` tells more
    if is_reduced and (is_other := _differs_from_enlarged(moved, still, inverse(to_still))) is not None:
        return is_other
    if is_reduced and resize.table is None and _has_other_pixels(resize):
        return True
    steps, doubtful = list[tuple[Blocks, Blocks, Blocks]](), False
    for band in resize.bands():
        doubtful = doubtful or _may_be_beyond(band, resize.least, most)
        if known is not None:
            steps.append(_steps_off(band.full, known))
        elif doubtful:
            break
    has_other = bool(steps) and _has_other_block(*map(np.concatenate, zip(*steps, strict=True)))
    has_other = has_other or (known is not None and resize.has_other_colours)
    if not doubtful and not has_other:
        return False
    if resize.fitted[1] > SAME_TONE[0] * _error_of_tone(*resize.both(resize.middle)) + SAME_TONE[1]:
        return False  # the tone was changed, too
    if has_other:
        return True
    luma, *colours = (
        [np.concatenate(parts) for parts in zip(*each, strict=True)]
        for each in zip(*([_light_off(band), *_colours_off(band)] for band in resize.bands()), strict=True)
    )
    least, least_of_colours = resize.least
    strengths = [COLOUR_STRENGTH * _strongest_block(_Errors(*each), least_of_colours) for each in colours]
    return max([*strengths, _strongest_block(_Errors(*luma), least)]) > most


def left_by_resizing(pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair, matrix: Matrix) -> float:
    """Levels of the coarser picture's luma, in the middle, that resizing the finer one by the best known filter leaves.

    Infinite if pixels do not lie as a resized picture's do. `matrix` maps the other's pixels to the one's.
    """
    resize = _resize_to(*_from_finer(pair, aligned, matrix))
    return math.inf if resize is None else math.sqrt(resize.fitted[1])


def _from_finer(
    pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair, matrix: Matrix
) -> tuple[AlignedOriginal, AlignedOriginal, Matrix]:
    """The coarser picture, the finer one, and the matrix that takes its pixels to the coarser one's."""
    one, other = pair
    return (other, one, np.asarray(inverse(matrix), np.float64)) if aligned.swapped else (one, other, matrix)


@dataclass(frozen=True)
class _Resize:
    """A picture as its file stores it, what resizing another one may have made it of, and how."""

    still: Picture
    table: Table  # the steps, if it is a JPEG
    frame: Frame
    windows: list[Window]  # of whole blocks that both show
    middle: Window
    colours: StoredColours | None

    @cached_property
    def fitted(self) -> tuple[Filter, float]:
        """The filter that fits best in the middle, and the mean square of the luma that it leaves there."""
        return _filter_of(self.still, self.frame, self.middle, self.table)

    @property
    def least(self) -> tuple[Told, Told]:
        """By how much saving moves frequencies, of the luma and of colours."""
        return moved_by_saving(self.table), moved_by_saving(None)

    def both(self, window: Window) -> tuple[Picture, Picture]:
        """A window of both pictures."""
        (moved,) = resized(self.frame, self.still.shape, window, [self.fitted[0]])
        return cut(self.still, window), np.ascontiguousarray(moved)

    @property
    def has_other_colours(self) -> bool:
        """True if few places of a JPEG have colours that saving the other picture, resized, does not explain."""
        if self.colours is None:
            return False
        return strongest_colours(self.still, self.colours, self.frame, self.fitted[0]) > UNEXPLAINED

    def bands(self) -> "Iterator[_Halved]":
        return (_halved(self.both(window)) for window in self.windows)


def _resize_to(still: AlignedOriginal, moved: AlignedOriginal, matrix: Matrix) -> _Resize | None:
    """The resizing that `still` may have been made by; None if pixels do not lie so. `matrix` takes the other to it."""
    stored, to_stored = still.stored()
    frame = upright(stored.shape, moved.pixels, np.asarray(to_stored @ matrix, np.float64))
    if frame is None:
        return None
    left, top, right, bottom = whole_blocks(stored.shape, frame)
    if (right - left) * (bottom - top) < LEAST_BLOCKS * BLOCK**2:
        return None
    middle, table = middle_of((left, top, right, bottom)), still.original.table
    rows = 2 * BLOCK * max(1, BAND_PX // (right - left) // (2 * BLOCK))
    windows = [(left, start, right, min(bottom, start + rows)) for start in range(top, bottom, rows)]
    return _Resize(stored, table, frame, windows, middle, still.original.colours)


def _differs_from_enlarged(finer: AlignedOriginal, coarser: AlignedOriginal, matrix: Matrix) -> bool | None:
    """True if few blocks of the finer picture show something else than the other, enlarged by a known filter and saved.

    None: that is not what most of it is; no filter leaves of a finer original what enlarging its smaller copy makes.
    """
    resize = _resize_to(finer, coarser, matrix)
    if resize is None or resize.fitted[1] > MOST_ERROR:
        return None
    least, least_of_colours = ((1 if resize.table is not None else UNSAVED_SHARE) * each for each in resize.least)
    beyond, lively, most_of_colours = list[Blocks](), list[Blocks](), 0.0
    few = FEW_SHARE * sum((right - left) * (bottom - top) for left, top, right, bottom in resize.windows) / BLOCK**2
    for band in resize.bands():
        light = _light_off(band)
        beyond.append(_beyond(light, least, band.full[0], BLOCK))
        lively.append(light.lively)
        if sum(int((each > ENLARGED).sum()) for each in beyond) > few:
            return None
        for each in _colours_off(band) if resize.colours is None else []:
            strengths = COLOUR_STRENGTH * _beyond(each, least_of_colours, band.full[0], 2 * BLOCK)
            most_of_colours = max(most_of_colours, float(strengths.max(initial=0)))
    light_beyond = np.concatenate(beyond)
    most = float(light_beyond.max())
    has_other_colours = most_of_colours > ENLARGED or resize.has_other_colours
    if most < ENLARGED and not has_other_colours:
        return False
    detailed = light_beyond[np.concatenate(lively) > ALIKE[0]]
    is_known = len(detailed) >= LEAST_BLOCKS and (detailed > 0).mean() < 1 - KNOWN
    is_known = is_known and (light_beyond > 0).mean() < FEW_SHARE
    return True if is_known and (most > OTHER_ENLARGED or has_other_colours) else None


def _beyond(errors: _Errors, least: Told, own: Picture, side: int) -> Blocks:
    """By how much more than is the least the worst frequency of each block is off, as a share of that.

    A block is a square of a `side` of pixels of the picture: where its colours are clipped, saving moves more.
    """
    beyond = greatest(errors.off / least) - 1
    doubtful = np.flatnonzero(beyond > 0)
    beyond[doubtful[_has_clipped_colours(own, doubtful, side)]] -= CLIPPED
    return beyond


def middle_of(window: Window) -> Window:
    """The whole blocks in the middle of a window of such."""
    left, top, right, bottom = window
    tile = tile_around((bottom - top, right - left), ((right - left) / 2, (bottom - top) / 2), TRIED)
    across, down = (start // BLOCK * BLOCK for start in tile[:2])
    return left + across, top + down, left + across + tile[2] - tile[0], top + down + tile[3] - tile[1]


def _filter_of(still: Picture, frame: Frame, window: Window, table: Table) -> tuple[Filter, float]:
    """The filter by which a window was resized most likely, and the mean square of the luma that it leaves.

    Of a JPEG with steps `table`, that is what it leaves once saved: beside coarse steps a wrong filter may leave less.
    """
    few = FILTERS[: 1 if step_of(frame, still.shape).tolist() == [1, 1] else None]
    ours = luma_of(cut(still, window))
    moved = [luma_of(each) for each in resized(frame, still.shape, window, few)]
    left = errors = [mean_square(ours - theirs) for theirs in moved]
    if table is not None:
        left = [mean_square(ours - saved(theirs, table)) for theirs in moved]
    best = int(np.argmin(left))
    return few[best], min(left[best], errors[best])


def mean_square(plane: Plane) -> float:
    return float(np.square(plane).mean())


def _error_of_tone(still: Picture, resized: Picture) -> float:
    """The mean square of the luma that a change of tone leaves."""
    source, target = Planes(resized), Planes(still)
    tone = fit_tone(source.small, target.small, np.ones(target.luma.shape, np.float32))
    return mean_square(target.luma - toned(source, tone))


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
    luma, *colours = (
        np.asarray(cv2.transform(values, weights[None]), np.float32)
        for values, weights in ((full, LUMA), *((half, each) for each in COLOURS))
    )
    limits = [NEARLY * (1 + beyond) * each for beyond, each in zip((most, most / COLOUR_STRENGTH), least, strict=True)]
    for plane, limit in ((luma, limits[0]), *((each, limits[1]) for each in colours)):
        rows, columns = (side // BLOCK for side in plane.shape)
        if not rows or not columns:  # of colours, at the lower end
            continue
        plane = plane[: rows * BLOCK, : columns * BLOCK]
        powers = BLOCK**2 * area(cv2.multiply(plane, plane), (columns, rows))
        blocks = plane.reshape(rows, BLOCK, columns, BLOCK).transpose(0, 2, 1, 3)[powers > limit.min() ** 2]
        if len(blocks) and (np.abs(transform_differences(blocks.reshape(-1, BLOCK), TOLD_WAVES)) > limit).any():
            return True
    return False


def _light_off(pictures: _Halved) -> _Errors:
    """By how much frequencies of the luma are off."""
    return _errors(*map(luma_of, pictures.full))


def _colours_off(pictures: _Halved) -> Iterator[_Errors]:
    """By how much those of blue and red difference are off, at half size."""
    lumas = [luma_of(each) for each in pictures.half]
    for channel in (0, 2):
        ours, theirs = (half[..., channel] - luma for half, luma in zip(pictures.half, lumas, strict=True))
        yield _errors(ours / COLOUR_RANGE, theirs / COLOUR_RANGE)


def _errors(ours: Plane, theirs: Plane) -> _Errors:
    rows, columns = (side // BLOCK * BLOCK for side in ours.shape)
    if not rows or not columns:  # of colours, at the lower end
        return _Errors(np.zeros((0, len(TOLD_WAVES)), np.float16), np.zeros(0, np.float32))
    ours, theirs = (np.asarray(each[:rows, :columns], np.float32) for each in (ours, theirs))
    off = np.abs(transform_differences(ours - theirs, TOLD_WAVES))
    return _Errors(off.astype(np.float16), np.minimum(_liveliness(ours), _liveliness(theirs)))


def _liveliness(plane: Plane) -> NDArray[np.float32]:
    """The deviation within each block."""
    size = plane.shape[1] // BLOCK, plane.shape[0] // BLOCK
    mean, squares = area(plane, size), area(cv2.multiply(plane, plane), size)
    return np.asarray(np.sqrt(np.maximum(squares - mean * mean, 0)).ravel(), np.float32)


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


def _has_other_pixels(resize: _Resize) -> bool:
    """True if nearly all pixels of a lossless picture are those of the other one, resized, and few are far off."""
    most, count, beyond = 0, 0, 0
    for window in resize.windows:
        own, given = resize.both(window)
        off = cv2.absdiff(own, given).max(2)
        edges = cv2.morphologyEx(own, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).max(2) > COLOURED
        most, count = max(most, int(off.max())), count + int(edges.sum())
        beyond += int((off[edges] > ROUNDED).sum())
    return most > OTHER_PIXEL and beyond < FEW_PIXELS * count


def _steps_off(pictures: tuple[Picture, Picture], table: NDArray[np.float64]) -> tuple[Blocks, Blocks, Blocks]:
    """Of each block: how far a JPEG is from another picture, saved so, in its steps; how lively it is; 1 if it counts.

    Colours that are clipped do not, as that changes the luma.
    """
    own, (ours, theirs) = pictures[0], map(luma_of, pictures)
    apart = transform_differences(ours - saved(theirs, table), TOLD_WAVES)
    apart /= np.maximum(LEAST_STEP, table)[TOLD].astype(np.float32)
    steps = np.asarray(np.linalg.norm(apart, axis=1), np.float32)
    doubtful = np.flatnonzero(steps > STEPS)
    counted = np.ones(len(steps), np.float32)
    counted[doubtful[_has_clipped_colours(own, doubtful, BLOCK)]] = 0
    return steps, _liveliness(ours), counted


def _has_clipped_colours(picture: Picture, blocks: NDArray[np.intp], side: int) -> NDArray[np.bool_]:
    """Whether some blocks of a picture, of a `side` of pixels, by their numbers, have colours that are clipped."""
    rows, columns = (length // side for length in picture.shape[:2])
    down, across = np.divmod(blocks, columns)
    channels = picture[: rows * side, : columns * side].reshape(rows, side, columns, side, 3)[down, :, across]
    is_clipped = ((channels == 0) | (channels == 255)).any((1, 2, 3))
    return is_clipped & (np.ptp(channels, -1).max((1, 2), initial=0) > COLOURED)


def _has_other_block(steps: Blocks, lively: Blocks, counted: Blocks) -> bool:
    """True if a block of a JPEG is off by far more steps than nearly all of its lively blocks, which are by few."""
    some = steps[lively > ALIKE[0]]
    if len(some) < LEAST_BLOCKS or (usual := float(np.quantile(some, KNOWN))) > MOST_STEPS:
        return False
    return float((steps * counted).max()) > UNSAVED * max(STEPS, usual)


def _alike(lively: NDArray[np.float32]) -> Iterator[NDArray[np.int64]]:
    """The numbers of blocks that are about as lively, the quietest first; too few are among those a little livelier."""
    kinds, left = np.digitize(lively, ALIKE), np.zeros(0, np.int64)
    for kind in range(len(ALIKE) + 1):
        left = np.concatenate([left, np.flatnonzero(kinds == kind)])
        if len(left) >= CLASS_BLOCKS or (kind == len(ALIKE) and len(left)):
            yield left
            left = left[:0]
