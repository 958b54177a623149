"""The finer one of two pictures: what detail it has beyond the coarser one."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from photosearch.find.originals.filters.resizing import mean_square, middle_of
from photosearch.find.originals.noise import blurred, spread_evenly
from photosearch.find.originals.overlap import (
    FILTERS,
    LEAST_SIDE_PX,
    AlignedPair,
    Frame,
    cut,
    is_smaller,
    pixels_repeated,
    resized,
    tile_around,
    upright,
    whole_blocks,
)
from photosearch.find.originals.prediction import Planes, luma_of, predict
from photosearch.find.registration.align import Window, move, scale_of, shift
from photosearch.find.registration.register import Picture, Plane, inverse, shown, warp

FINER = 1.08  # times the resolution: less is rounding
FINEST = 0.7, 1.4  # px: blurs between which the second band of detail lies
REPEATED = 0.85  # times what smooth enlarging leaves; of pages of type 0.96 and more, of repeated pixels up to 0.73
NOISE_BAND = 0.27  # of white noise of 1 level, in that band
SHRUNK_LEVELS = 0.3  # that resizing by the filter that was used leaves at most; after another change 0.6 at least


class Finer(NamedTuple):
    """Of a picture in a finer resolution than the other."""

    unpredicted: float  # its detail too fine for the other and not predicted, over the finest that the other holds
    fullness: float  # its finest detail by the next size: small where it was enlarged or blurred
    shrunk_noise: float  # levels in the second band that would be left of it in the other's pixels, if it were noise
    evenness: float  # its unpredicted detail where the other is quiet by that where it is lively: noise is even
    is_repeated: bool  # it is nearer to the other's pixels, repeated, than to any smooth enlargement
    is_shrunk: bool  # resizing it by a known filter makes the other's pixels, unless that is a JPEG, which has steps
    left: float = 0.0  # levels in that band that are not predicted


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
    tile, back = Planes(aligned.moved[top:bottom, left:right]), shift(-left, -top) @ to_moved
    mask = shown(back, aligned.still.shape, tile.luma.shape)
    if mask.sum() < LEAST_SIDE_PX**2:
        return None
    warped, frame = warp(aligned.still, back, tile.luma.shape), upright(aligned.moved.shape, aligned.still, to_moved)
    source = Planes(warped if frame is None else _enlarged(warped, tile, frame, aligned.moved.shape, window))
    tries = [source]
    if frame is not None and (repeated := pixels_repeated(frame, aligned.moved.shape, window)) is not None:
        tries.append(Planes(repeated))
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
    middle = middle_of(whole_blocks(aligned.still.shape, frame))
    if min(middle[2] - middle[0], middle[3] - middle[1]) < LEAST_SIDE_PX:
        return False
    ours = luma_of(cut(aligned.still, middle))
    made = map(luma_of, resized(frame, aligned.still.shape, middle, FILTERS))
    return any(mean_square(ours - each) < SHRUNK_LEVELS**2 for each in made)
