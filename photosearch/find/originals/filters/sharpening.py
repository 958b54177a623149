"""Whether one picture is the other, sharpened by an unsharp mask, which is fitted.

An unsharp mask adds an amount of what a blur takes away, where that is more than a least difference. Programs blur by a
Gaussian, by several means in a row (Pillow), or by the pixels beside a place. What the fitted mask makes must be, in
the middle of the picture, what a JPEG stores, rounded, or leave hardly anything of a lossless one.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photosearch.find.originals.filters.noise import blurred
from photosearch.find.originals.grid import (
    BETWEEN,
    BLOCK,
    EXACTLY,
    MANY_FREQUENCIES,
    MIDWAY,
    QUARTER,
    TOLD,
    TOLD_WAVES,
    blocks_of,
    measure_rounding,
    read_steps,
    transform_differences,
)
from photosearch.find.originals.overlap import AlignedPair, tile_around
from photosearch.find.originals.prediction import luma_of
from photosearch.find.originals.stored import AlignedOriginal, Original
from photosearch.find.registration.align import Matrix, bounds, shift
from photosearch.find.registration.register import Picture, Plane, inverse, is_whole, warp

SAMPLE = 256, 336  # rows and columns of the middle to which a mask is fitted, with those at its rim
MARGIN_PX = 16  # at the rim of a window, where a blur lacks what lies beyond
FINE_PX, SHARPER, AGREEING = 1.0, 1.1, 0.8  # finer detail is more by so many times, and correlates so well
RADII = np.geomspace(0.4, 6.0, 14).tolist()  # pixels
LEAST_DIFFERENCES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)  # levels
ROUNDS = 7  # in which radius and amount are looked for, each time half as far away
NEAR = 0.1  # share of them by which the first round changes them
ROUNDED = 0.7  # levels
MOST_LEFT, NEARLY_BEST = 0.6, 1.5
TRUNCATED = 0.5  # levels
LEFT, LEFT_BY_BLUR = 0.12, 0.5  # times the levels that were added; times what a blur of the sharper picture leaves
CLIPPED = 1, 254
BAND_PX, REACH_PX = 1_500_000, 48  # pixels that are in hand at once; rows that a blur reaches

Levels = NDArray[np.float32]


def _by_means(picture: Picture, radius: float) -> Levels:
    blurred = np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(radius)))
    return np.asarray(cv2.subtract(picture, blurred, dtype=cv2.CV_32F), np.float32)


def _by_gaussian(picture: Picture, radius: float) -> Levels:
    levels = picture.astype(np.float32)
    return levels - np.asarray(cv2.GaussianBlur(levels, (0, 0), radius), np.float32)


def _by_pixels_beside(*rows: Sequence[float]) -> Callable[[Picture, float], Levels]:
    taken = -np.array(rows) / np.sum(rows)
    taken[1, 1] += 1

    def take(picture: Picture, radius: float) -> Levels:
        return np.asarray(cv2.filter2D(picture, cv2.CV_32F, taken, borderType=cv2.BORDER_REPLICATE), np.float32)

    return take


BLURS = (
    *(_by_means, _by_gaussian),
    *(_by_pixels_beside((1, 1, 1), (1, 0, 1), (1, 1, 1)), _by_pixels_beside((0, 1, 0), (1, 0, 1), (0, 1, 0))),
)
BY_MEANS, OF_ANY_RADIUS = 0, 2  # of these, Pillow's; the first ones


class UnsharpMask(NamedTuple):
    blur: int  # its number in `BLURS`
    radius: float  # pixels
    amount: float  # below 0 it blurs
    least: float = 0.0  # levels that the blur takes away at least

    def apply(self, picture: Picture) -> Picture:
        """The picture uint8[H,W,3], sharpened, in bands."""
        made, rows = np.empty_like(picture), max(1, BAND_PX // picture.shape[1])
        for top in range(0, picture.shape[0], rows):
            first = max(0, top - REACH_PX)
            part = np.ascontiguousarray(picture[first : top + rows + REACH_PX])
            made[top : top + rows] = self.add(part, BLURS[self.blur](part, self.radius))[top - first :][:rows]
        return made

    def add(self, picture: Picture, taken: Levels) -> Picture:
        """The same, where it is known what the blur takes away."""
        added = np.where(np.abs(taken) > self.least, np.float32(self.amount) * taken, np.float32(0))
        if self.blur == BY_MEANS:
            np.trunc(added, out=added)  # as Pillow does
        return np.asarray(np.clip(np.rint(picture + added), 0, 255), np.uint8)


class _Window(NamedTuple):
    """A part of both pictures, pixel on pixel, on the grid of the sharper one where that is a JPEG."""

    softer: Picture
    sharper: Picture
    table: NDArray[np.float64] | None

    def middle(self, size: tuple[int, int]) -> "_Window":
        left, top, right, bottom = _on_grid(tile_around(self.softer.shape, _middle_of(self.softer.shape), size))
        softer, sharper = (np.ascontiguousarray(each[top:bottom, left:right]) for each in self[:2])
        return _Window(softer, sharper, self.table)

    def error(self, given: Picture) -> float:
        """What is left of the sharper picture where a picture is given for it; of a JPEG, beyond half a step."""
        given, own = map(_inner, (given, self.sharper))
        if self.table is None:
            return _levels(given, own)
        off = np.abs(transform_differences(luma_of(own) - luma_of(given), TOLD_WAVES))
        off = off[blocks_of(_is_clear(own)).all((1, 2))]
        beyond = np.maximum(0, off - (self.table[TOLD] / 2).astype(np.float32))
        return _levels(beyond, np.zeros_like(beyond))


class Sharpened(NamedTuple):
    """A pair whose softer picture is sharpened as the other one is, if that is the softer one, sharpened."""

    pair: tuple[AlignedOriginal, AlignedOriginal]
    aligned: AlignedPair
    later: int  # 1: the other is the one, sharpened; -1: the reverse; 0: neither, and nothing is changed


def sharpen_softer(pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair) -> Sharpened:
    """Sharpen the softer one of two pictures that lie pixel on pixel, so that both can be compared as equally sharp."""
    matrix = np.asarray(inverse(aligned.matrix) if aligned.swapped else aligned.matrix, np.float64)
    one, other = pair
    for later in (1, -1) if is_whole(aligned.matrix) else ():
        softer, sharper = (one, other) if later == 1 else (other, one)
        mask = fit_unsharp_mask(sharper, softer.pixels, np.asarray(inverse(matrix)) if later == 1 else matrix)
        if mask is not None:
            pixels = mask.apply(softer.pixels)
            made = softer._replace(original=Original(pixels), pixels=pixels)
            made_aligned = aligned._replace(**{"still" if (later == 1) != aligned.swapped else "moved": pixels})
            return Sharpened((made, other) if later == 1 else (one, made), made_aligned, later)
    return Sharpened(pair, aligned, 0)


def fit_unsharp_mask(sharper: AlignedOriginal, softer: Picture, matrix: Matrix) -> UnsharpMask | None:
    """The mask that sharpens one picture to be the other, if any does; `matrix` lays the softer one pixel on pixel."""
    stored, to_stored = sharper.stored()
    to_stored = to_stored @ matrix
    left, top, right, bottom = bounds(to_stored, softer.shape, stored.shape)
    shape = bottom - top, right - left
    if min(shape) < 6 * MARGIN_PX:
        return None
    window = tile_around(shape, _middle_of(shape))
    left, top, right, bottom = _on_grid((left + window[0], top + window[1], left + window[2], top + window[3]))
    own = np.ascontiguousarray(stored[top:bottom, left:right])
    both = _Window(warp(softer, shift(-left, -top) @ to_stored, own.shape), own, sharper.original.table)
    sample = both.middle(SAMPLE)
    if not _is_sharper(*map(luma_of, sample[:2])):
        return None
    mask = _fit(sample)
    return mask if mask and _is_explained(both, mask) else None


def _middle_of(shape: tuple[int, ...]) -> tuple[float, float]:
    return shape[1] / 2, shape[0] / 2


def _on_grid(window: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = window
    left, top = -(-left // BLOCK) * BLOCK, -(-top // BLOCK) * BLOCK
    return left, top, right - (right - left) % BLOCK, bottom - (bottom - top) % BLOCK


def _inner(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX])


def _is_clear(picture: Picture) -> NDArray[np.bool_]:
    """Where no colour is clipped, which changes the luma after it was saved."""
    return np.asarray(cv2.inRange(picture, (CLIPPED[0] + 1,) * 3, (CLIPPED[1] - 1,) * 3) > 0)


def _levels(one: NDArray, other: NDArray) -> float:
    return float(cv2.norm(one, other, cv2.NORM_L2)) / math.sqrt(max(1, one.size))


def _is_sharper(softer: Plane, sharper: Plane) -> bool:
    soft, sharp = (each - blurred(each, FINE_PX) for each in (softer, sharper))
    deviations = float(soft.std()), float(sharp.std())
    common = float((soft * sharp).mean()) / max(1e-3, deviations[0] * deviations[1])
    return deviations[1] > SHARPER * deviations[0] and common > AGREEING


class _Tried(NamedTuple):
    """A mask and what it leaves; the least first."""

    error: float
    mask: UnsharpMask


def _fit(sample: _Window) -> UnsharpMask | None:
    """The mask that leaves the least of the sharper picture, if it explains much of that."""
    most = MOST_LEFT * sample.error(sample.softer)
    found = [_of_kind(sample, number, RADII if number < OF_ANY_RADIUS else RADII[:1]) for number in range(len(BLURS))]
    if min(found).error > most:
        return None
    found = [min(each, *_with_least(sample, each.mask)) for each in found]
    best = [each for each in found if each.error < NEARLY_BEST * min(found).error]
    return min(_nearest(sample, each) for each in best).mask


def _of_kind(sample: _Window, blur: int, radii: Sequence[float]) -> _Tried:
    """The best mask of a kind of blur, without a least difference."""
    return min(_with_amount(sample, UnsharpMask(blur, radius, 0)) for radius in radii)


def _with_least(sample: _Window, mask: UnsharpMask) -> Iterator[_Tried]:
    """Masks near another one with each least difference."""
    for radius in (mask.radius * (1 + NEAR) ** off for off in (-1, 0, 1)):
        taken = BLURS[mask.blur](sample.softer, radius)
        for least in LEAST_DIFFERENCES:
            yield _with_amount(sample, mask._replace(radius=radius, least=least), taken)


def _with_amount(sample: _Window, mask: UnsharpMask, taken: Levels | None = None) -> _Tried:
    """The mask with the amount of what its blur takes away that leaves the least, where neither picture is clipped."""
    if taken is None:
        taken = BLURS[mask.blur](sample.softer, mask.radius)
    inside = np.logical_and(*(_inner((each > CLIPPED[0]) & (each < CLIPPED[1])) for each in sample[:2]))
    some = _inner(taken)[inside]
    some[np.abs(some) <= mask.least] = 0
    added = (_inner(sample.sharper).astype(np.float32) - _inner(sample.softer))[inside]
    if mask.blur == BY_MEANS:
        added += np.float32(TRUNCATED) * np.sign(some)
    mask = mask._replace(amount=float(some @ added) / max(1e-3, float(some @ some)))
    return _Tried(sample.error(mask.add(sample.softer, taken)), mask)


def _nearest(sample: _Window, best: _Tried) -> _Tried:
    """The best mask near one, by a search that halves its steps."""
    step = NEAR
    for _ in range(ROUNDS):
        before = math.inf
        while best.error < before:
            before = best.error
            best = min(best, *_beside(sample, best.mask, step))
        step /= 2
    return best


def _beside(sample: _Window, mask: UnsharpMask, step: float) -> Iterator[_Tried]:
    """Masks whose radius or amount is off by a share, or whose least difference is off by a level."""
    for radius, amount in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)):
        near = mask._replace(radius=mask.radius * (1 + step) ** radius, amount=mask.amount * (1 + step) ** amount)
        yield _Tried(sample.error(near.apply(sample.softer)), near)
    taken = BLURS[mask.blur](sample.softer, mask.radius)
    for least in (mask.least - 1, mask.least + 1):
        if least >= 0:
            yield _with_amount(sample, mask._replace(least=least), taken)


def _is_explained(both: _Window, mask: UnsharpMask) -> bool:
    given = mask.apply(both.softer)
    softer, sharper, made = map(_inner, (both.softer, both.sharper, given))
    if both.table is not None:
        softer, sharper, made = map(luma_of, (softer, sharper, made))
        steps = read_steps(sharper, both.table, _is_clear(_inner(both.sharper)))
        if steps is not None and (rounding := measure_rounding(made, steps)).frequencies >= MANY_FREQUENCIES:
            return rounding.within > EXACTLY and BETWEEN < rounding.off < QUARTER[1] and rounding.outer > MIDWAY[1]
    left = float(np.std(cv2.subtract(made, sharper, dtype=cv2.CV_32F)))  # some programs round down
    if left > max(ROUNDED, LEFT * _levels(softer, sharper)):
        return False
    reverse = _Window(both.sharper, both.softer, None).middle(SAMPLE)
    blur = _fit(reverse)
    return blur is None or left < LEFT_BY_BLUR * reverse.error(blur.apply(reverse.softer))
