"""Whether resizing explains one of two pictures: the coarser as the finer, resized and saved, or the finer, enlarged.

A JPEG that is known in full is told exactly: the finer picture is resized, by the filter that fits best, and saved with
the steps of that JPEG. What is left are frequencies that were as near to the next step, so that all blocks are off by
little; a letter that differs is off by much, however faint it is, also where black or white clips what saving does.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.differences import NEARLY
from photosearch.find.originals.grid import BLOCK, TOLD, TOLD_WAVES, moved_by_saving, saved, transform_differences
from photosearch.find.originals.local import area, greatest, quantiles
from photosearch.find.originals.noise import blurred, spread_evenly
from photosearch.find.originals.overlap import (
    FILTERS,
    LEAST_SIDE_PX,
    AlignedPair,
    Filter,
    Frame,
    is_smaller,
    pixels_repeated,
    resized,
    step_of,
    tile_around,
    upright,
    whole_blocks,
)
from photosearch.find.originals.prediction import LUMA, Planes, fit_tone, luma_of, planes, predict, toned
from photosearch.find.originals.stored import AlignedOriginal
from photosearch.find.registration.align import Matrix, Window, move, scale_of, shift
from photosearch.find.registration.register import Picture, Plane, inverse, shown, warp

BAND_PX = 1_500_000  # pixels that are in hand at once
TRIED = 480, 640  # rows and columns of the middle, on which filters are tried
LEAST_BLOCKS, CLASS_BLOCKS, ASKED = 50, 100, 4_000  # of an overlap; of those that are alike, to have a noise; at most
ALIKE = (2, 4, 8, 16, 32)  # levels of the deviation within a block, between which they are
USUAL, WIDER = 0.99, 1.5  # share of such blocks whose errors are usual; times those of quieter ones where few are left
FEW_BLOCKS, FEW_SHARE, REGULAR = 6, 0.01, 0.6  # blocks and share of them that may differ; the strength of all others
LEAST_STEP = 4.0  # levels: finer steps are lost in the rounding to whole levels
STEPS, MOST_STEPS = 1.5, 3.0  # that nearly all blocks of a JPEG are off, if it is known in full: at least, at most
ENLARGED, COARSER_COLOURS = 0.5, 4.0  # beyond what saving moves; times a JPEG's steps, those of colours (T.81, annex K)
UNSAVED_SHARE = 0.25  # of that, by which a lossless picture is off that a known filter made
COLOURED = 16  # levels from the darkest to the lightest channel
KNOWN = 0.95  # the share of these
UNSAVED = 2.0  # times these: of 871 copies six have more, which were resized by other filters than those tried
COLOUR_STRENGTH = 0.6  # of that of light: what steps a JPEG has for colours is not asked
COLOUR_RANGE = 1.6  # by which JPEG divides a colour's difference from the luma, nearly
COLOURS = (np.array([[0, 0, 1], [1, 0, 0]]) - LUMA) / COLOUR_RANGE  # the blue and the red one, of red, green and blue
FINER = 1.08  # times the resolution: less is rounding
FINEST = 0.7, 1.4  # px: blurs between which the second band of detail lies
REPEATED = 0.85  # times what smooth enlarging leaves; of pages of type 0.96 and more, of repeated pixels up to 0.73
NOISE_BAND = 0.27  # of white noise of 1 level, in that band
SHRUNK_LEVELS = 0.3  # that resizing by the filter that was used leaves at most; after another change 0.6 at least
SAME_TONE = 1.15, 0.05  # times the error with a change of tone, and levels squared, that are left without one

Told = NDArray[np.float32]  # [36], of the frequencies of a block but for the finest
Table = NDArray[np.float64] | None
Blocks = NDArray[np.float32]  # [n], a number for each


class Finer(NamedTuple):
    """Of a picture in a finer resolution than the other."""

    unpredicted: float  # its detail too fine for the other and not predicted, over the finest that the other holds
    fullness: float  # its finest detail by the next size: small where it was enlarged or blurred
    shrunk_noise: float  # levels in the second band that would be left of it in the other's pixels, if it were noise
    evenness: float  # its unpredicted detail where the other is quiet by that where it is lively: noise is even
    is_repeated: bool  # it is nearer to the other's pixels, repeated, than to any smooth enlargement
    is_shrunk: bool  # resizing it by a known filter makes the other's pixels, unless that is a JPEG, which has steps
    left: float = 0.0  # levels in that band that are not predicted


class _Errors(NamedTuple):
    """Of blocks of two pictures."""

    off: NDArray[np.float16]  # [n,36]: by how much frequencies differ, in levels
    lively: NDArray[np.float32]  # [n]: the lesser deviation of both within the block, in levels


def measure_finer(aligned: AlignedPair, is_jpeg: bool) -> Finer | None:
    """Measure the finer picture, but for what is `left`; None: neither is finer, or hardly any of it is shown.

    The other one `is_jpeg`: then its steps tell more than its pixels.
    """
    times = 1 / scale_of(aligned.matrix, aligned.moved.shape)
    if times < FINER:
        return None
    to_moved = inverse(aligned.matrix)
    corners = move(to_moved, np.array([aligned.box[:2], aligned.box[2:]], np.float64)).mean(0)
    window = tile_around(aligned.moved.shape, (float(corners[0]), float(corners[1])))
    left, top, right, bottom = window
    tile, back = planes(aligned.moved[top:bottom, left:right]), shift(-left, -top) @ to_moved
    mask = shown(back, aligned.still.shape, tile.luma.shape)
    if mask.sum() < LEAST_SIDE_PX**2:
        return None
    warped, frame = warp(aligned.still, back, tile.luma.shape), upright(aligned.moved.shape, aligned.still, to_moved)
    source = planes(warped if frame is None else _enlarged(warped, tile, frame, aligned.moved.shape, window))
    tries = [source]
    if frame is not None and (repeated := pixels_repeated(frame, aligned.moved.shape, window)) is not None:
        tries.append(planes(repeated))
    rests = [predict(each, tile, mask.astype(np.float32)).rest for each in tries]
    fine = [each - blurred(each, 1.4 * times) for each in rests]
    deviations = [float(each[mask].std()) for each in fine]
    is_repeated = deviations[-1] < REPEATED * deviations[0]
    unpredicted, rest = (deviations[-1], fine[-1]) if is_repeated else (deviations[0], fine[0])
    detail = float((blurred(tile.luma, 0.6 * times) - blurred(tile.luma, 1.4 * times))[mask].std())
    levels = [tile.luma, *(blurred(tile.luma, sigma) for sigma in FINEST)]
    finest, next_finest = (float((one - next_one)[mask].std()) for one, next_one in pairwise(levels))
    coarse = blurred(source.luma, 0.6 * times) - blurred(source.luma, 2.8 * times)
    evenness = spread_evenly(rest, coarse, mask)
    fullness = (finest + 0.2) / (next_finest + 0.2)
    is_shrunk = not is_jpeg and _is_shrunk(aligned)
    unpredicted, noise = unpredicted / max(0.2, detail), NOISE_BAND * unpredicted / times
    return Finer(unpredicted, fullness, noise, evenness, is_repeated, is_shrunk)


def _enlarged(warped: Picture, tile: Planes, frame: Frame, shape: tuple[int, ...], window: Window) -> Picture:
    """A smooth enlargement of a frame, `warped` or by a known filter: the one whose detail agrees best with the tile's.

    Filters are told apart by as much detail as lossy saving adds.
    """
    wanted = _detail(tile.luma)

    def agreement(picture: Picture) -> float:
        detail = _detail(luma_of(picture))
        return float((detail * wanted).mean() / max(1e-6, float(np.square(detail).mean()) ** 0.5))

    smooth = (how for how in FILTERS if not how.is_sampled)
    return max([warped, *resized(frame, shape, window, smooth)], key=agreement)


def _detail(luma: Plane) -> Plane:
    return np.asarray(luma - blurred(luma, FINEST[1]), np.float32)


def _is_shrunk(aligned: AlignedPair) -> bool:
    """`Finer.is_shrunk`, told by the middle of the still picture."""
    frame = upright(aligned.still.shape, aligned.moved, aligned.matrix)
    if frame is None or not is_smaller(frame, aligned.still.shape):
        return False
    middle = _middle_of(whole_blocks(aligned.still.shape, frame))
    if min(middle[2] - middle[0], middle[3] - middle[1]) < LEAST_SIDE_PX:
        return False
    ours = luma_of(_cut(aligned.still, middle))
    made = map(luma_of, resized(frame, aligned.still.shape, middle, FILTERS))
    return any(_mean_square(ours - each) < SHRUNK_LEVELS**2 for each in made)


def is_beyond_resizing(
    pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair, matrix: Matrix, most: float
) -> bool:
    """True if resizing and saving the finer picture cannot explain a block of the coarser one: its strength is more.

    That is the most by which a frequency is off, in units of what blocks of such a liveliness usually are off, or of
    what the steps of a JPEG allow, beyond 1. A JPEG that is known in full may not be off by many steps either. If many
    blocks are off, another thing was done to the picture, or the pixels do not lie as a resized picture's do: then
    nothing is known. `matrix` maps the other's pixels to the one's.
    """
    one, other = pair
    still, moved, to_still = (other, one, inverse(matrix)) if aligned.swapped else (one, other, matrix)
    resize = _resize_to(still, moved, to_still)
    if resize is None:
        return False
    is_reduced = is_smaller(resize.frame, resize.still.shape)
    known = resize.table if is_reduced else None  # of one size, `identity` tells more
    steps, doubtful = list[tuple[Blocks, Blocks, Blocks]](), False
    for band in resize.bands():
        doubtful = doubtful or _may_be_beyond(band, resize.least, most)
        if known is not None:
            steps.append(_steps_off(band.full, known))
        elif doubtful:
            break
    has_other = bool(steps) and _has_other_block(*map(np.concatenate, zip(*steps, strict=True)))
    if not doubtful and not has_other:
        return False
    if resize.error > SAME_TONE[0] * _error_of_tone(*resize.both(resize.middle)) + SAME_TONE[1]:
        return False  # the tone was changed, too
    if is_reduced and _is_enlarged(moved, still, inverse(to_still)):
        return False
    if has_other:
        return True
    luma, *colours = (
        [np.concatenate(parts) for parts in zip(*each, strict=True)]
        for each in zip(*map(_frequencies_off, resize.bands()), strict=True)
    )
    least, least_of_colours = resize.least
    strengths = [COLOUR_STRENGTH * _strongest_block(_Errors(*each), least_of_colours) for each in colours]
    return max([*strengths, _strongest_block(_Errors(*luma), least)]) > most


class _Resize(NamedTuple):
    """A picture as its file stores it, what resizing another one may have made it of, and how."""

    still: Picture
    table: Table  # the steps, if it is a JPEG
    frame: Frame
    windows: list[Window]  # of whole blocks that both show
    middle: Window
    how: Filter  # that fits best in the middle
    error: float  # the mean square of the luma that it leaves there

    @property
    def least(self) -> tuple[Told, Told]:
        """By how much saving moves frequencies, of the luma and of colours."""
        return moved_by_saving(self.table), moved_by_saving(None)

    def both(self, window: Window) -> tuple[Picture, Picture]:
        """A window of both pictures."""
        (moved,) = resized(self.frame, self.still.shape, window, [self.how])
        return _cut(self.still, window), np.ascontiguousarray(moved)

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
    middle, table = _middle_of((left, top, right, bottom)), still.original.table
    how, error = _filter_of(stored, frame, middle, table)
    rows = 2 * BLOCK * max(1, BAND_PX // (right - left) // (2 * BLOCK))
    windows = [(left, start, right, min(bottom, start + rows)) for start in range(top, bottom, rows)]
    return _Resize(stored, table, frame, windows, middle, how, error)


def _is_enlarged(finer: AlignedOriginal, coarser: AlignedOriginal, matrix: Matrix) -> bool:
    """True if the finer picture is the other one, enlarged by a known filter and saved, which explains all blocks."""
    resize = _resize_to(finer, coarser, matrix)
    if resize is None:
        return False
    light, colours = resize.least
    if resize.table is None:
        least = UNSAVED_SHARE * light, UNSAVED_SHARE * colours
    else:
        least = light, moved_by_saving(COARSER_COLOURS * resize.table)
    return not any(_may_be_beyond(band, least, ENLARGED) for band in resize.bands())


def _middle_of(window: Window) -> Window:
    """The whole blocks in the middle of a window of such."""
    left, top, right, bottom = window
    tile = tile_around((bottom - top, right - left), ((right - left) / 2, (bottom - top) / 2), TRIED)
    across, down = (start // BLOCK * BLOCK for start in tile[:2])
    return left + across, top + down, left + across + tile[2] - tile[0], top + down + tile[3] - tile[1]


def _cut(picture: Picture, window: Window) -> Picture:
    left, top, right, bottom = window
    return np.ascontiguousarray(picture[top:bottom, left:right])


def _filter_of(still: Picture, frame: Frame, window: Window, table: Table) -> tuple[Filter, float]:
    """The filter by which a window was resized most likely, and the mean square of the luma that it leaves.

    Of a JPEG with steps `table`, that is what it leaves once saved: beside coarse steps a wrong filter may leave less.
    """
    few = FILTERS[: 1 if step_of(frame, still.shape).tolist() == [1, 1] else None]
    ours = luma_of(_cut(still, window))
    moved = [luma_of(each) for each in resized(frame, still.shape, window, few)]
    left = errors = [_mean_square(ours - theirs) for theirs in moved]
    if table is not None:
        left = [_mean_square(ours - saved(theirs, table)) for theirs in moved]
    best = int(np.argmin(left))
    return few[best], min(left[best], errors[best])


def _mean_square(plane: Plane) -> float:
    return float(np.square(plane).mean())


def _error_of_tone(still: Picture, resized: Picture) -> float:
    """The mean square of the luma that a change of tone leaves."""
    source, target = planes(resized), planes(still)
    tone = fit_tone(source.small, target.small, np.ones(target.luma.shape, np.float32))
    return _mean_square(target.luma - toned(source, tone))


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
        if powers.max() > limit.min() ** 2 and (np.abs(transform_differences(plane, TOLD_WAVES)) > limit).any():
            return True
    return False


def _frequencies_off(pictures: _Halved) -> list[_Errors]:
    """By how much frequencies are off: of the luma, and of blue and red difference at half size."""
    lumas = [luma_of(each) for each in pictures.half]
    found = [_errors(*map(luma_of, pictures.full))]
    for channel in (0, 2):
        ours, theirs = (half[..., channel] - luma for half, luma in zip(pictures.half, lumas, strict=True))
        found.append(_errors(ours / COLOUR_RANGE, theirs / COLOUR_RANGE))
    return found


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


def _steps_off(pictures: tuple[Picture, Picture], table: NDArray[np.float64]) -> tuple[Blocks, Blocks, Blocks]:
    """Of each block: how far a JPEG is from another picture, saved so, in its steps; how lively it is; 1 if it counts.

    Colours that are clipped do not, as that changes the luma.
    """
    own, (ours, theirs) = pictures[0], map(luma_of, pictures)
    apart = transform_differences(ours - saved(theirs, table), TOLD_WAVES)
    apart /= np.maximum(LEAST_STEP, table)[TOLD].astype(np.float32)
    steps = np.asarray(np.linalg.norm(apart, axis=1), np.float32)
    doubtful = np.flatnonzero(steps > STEPS)
    down, across = np.divmod(doubtful, own.shape[1] // BLOCK)
    channels = own.reshape(-1, BLOCK, own.shape[1] // BLOCK, BLOCK, 3)[down, :, across]
    is_clipped = ((channels == 0) | (channels == 255)).any((1, 2, 3))
    counted = np.ones(len(steps), np.float32)
    counted[doubtful[is_clipped & (np.ptp(channels, -1).max((1, 2)) > COLOURED)]] = 0
    return steps, _liveliness(ours), counted


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
