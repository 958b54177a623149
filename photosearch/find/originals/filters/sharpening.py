"""Whether one picture is the other, sharpened by an unsharp mask, which is fitted.

An unsharp mask adds an amount of what a blur takes away, where that is more than a least difference. Programs blur by a
Gaussian, by several means in a row (Pillow), or by the pixels beside a place. What the fitted mask makes must be, in
the middle of the picture, what a JPEG stores, rounded, or leave hardly anything of a lossless one, and far less than
what a blur of that leaves of the other: a picture may also be a blur of the one that looks sharpened.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photosearch.find.originals.grid import (
    BETWEEN,
    BLOCK,
    EXACTLY,
    MANY_FREQUENCIES,
    TOLD,
    TOLD_LEVELS,
    TOLD_WAVES,
    blocks_of,
    measure_rounding,
    read_steps,
    transform_differences,
)
from photosearch.find.originals.jpeg.stored import AlignedOriginal, Original
from photosearch.find.originals.noise import blurred
from photosearch.find.originals.overlap import AlignedPair, tile_around
from photosearch.find.originals.prediction import luma_of
from photosearch.find.registration.align import Matrix, bounds, shift
from photosearch.find.registration.register import Picture, Plane, inverse, is_whole, warp

SAMPLE = 192, 256  # rows and columns of the middle to which a mask is fitted, with those at its rim
MARGIN_PX = 16  # at the rim of a window, where a blur lacks what lies beyond
BAND_PX, REACH_PX = 1_500_000, 48  # pixels that are in hand at once; rows that a blur reaches
FINE_PX, SHARPER, AGREEING = 1.0, 1.1, 0.8  # finer detail is more by so many times, and correlates so well
RADII, MOST_RADIUS = np.geomspace(0.4, 6.0, 14).tolist(), 9.0  # pixels
LEAST_DIFFERENCES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)  # levels
NEAR, ROUNDS = 0.1, 7  # share of them by which they are changed first; how often by half as much, then
MOST_LEFT, NEARLY_BEST = 0.5, 1.5  # share of what was added that any mask leaves; times the least: those are refined
TRUNCATED = 0.5  # levels that truncation takes on average
LEAST_OUTER = 0.15  # share of a JPEG's steps that are off by 0.4 or more, where rounding moved them, at least
# Levels that rounding leaves; times those that were added; times what a blur of the sharper picture leaves
ROUNDED, LEFT, LEFT_BY_BLUR = 0.7, 0.12, 0.5
DARKEST, LIGHTEST = 2, 253  # levels that are not clipped

Levels = NDArray[np.float32]


def _by_means(picture: Picture, radius: float) -> Levels:
    soft = np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(radius)))
    return np.asarray(cv2.subtract(picture, soft, dtype=cv2.CV_32F), np.float32)


def _by_gaussian(picture: Picture, radius: float) -> Levels:
    levels = picture.astype(np.float32)
    return levels - np.asarray(cv2.GaussianBlur(levels, (0, 0), radius), np.float32)


def _by_pixels_beside(*rows: Sequence[float]) -> Callable[[Picture, float], Levels]:
    taken = -np.array(rows) / np.sum(rows)
    taken[1, 1] += 1

    def take(picture: Picture, radius: float) -> Levels:
        levels = np.zeros(picture.shape, np.float32)
        levels[1:-1, 1:-1] = cv2.filter2D(picture, cv2.CV_32F, taken)[1:-1, 1:-1]  # Pillow leaves the frame as it is
        return levels

    return take


BLURS = (
    *(_by_means, _by_gaussian),
    *(_by_pixels_beside((1, 1, 1), (1, 0, 1), (1, 1, 1)), _by_pixels_beside((0, 1, 0), (1, 0, 1), (0, 1, 0))),
)
BY_MEANS, OF_ANY_RADIUS = 0, 2  # of these, Pillow's; the first ones


class UnsharpMask(NamedTuple):
    """What an unsharp mask adds to a picture."""

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
        added = np.float32(self.amount) * taken
        if self.least:
            added[np.abs(taken) <= self.least] = 0
        if self.blur == BY_MEANS:
            np.trunc(added, out=added)  # as Pillow does
        return np.asarray(cv2.add(picture, added, dtype=cv2.CV_8U), np.uint8)


class Sharpened(NamedTuple):
    """A pair in which the picture that was there first is sharpened as the other one is, if a mask made that of it."""

    pair: tuple[AlignedOriginal, AlignedOriginal]
    aligned: AlignedPair
    later: int  # 1: the other is the one, sharpened; -1: the reverse; 0: neither, and nothing is changed


def sharpen_first(pair: tuple[AlignedOriginal, AlignedOriginal], aligned: AlignedPair) -> Sharpened:
    """Sharpen the picture of which the other was made so, that both can be compared as equally sharp."""
    if not is_whole(aligned.matrix):
        return Sharpened(pair, aligned, 0)
    back = np.asarray(inverse(aligned.matrix), np.float64)
    to_other, to_one = (aligned.matrix, back) if aligned.swapped else (back, aligned.matrix)
    for later, matrix in ((1, to_other), (-1, to_one)):
        first, second = pair[::later]
        mask = _fit_to(second, first.pixels, matrix)
        if mask is not None:
            pixels = mask.apply(first.pixels)
            made = first._replace(original=Original(pixels), pixels=pixels)
            is_still = (first is pair[0]) != aligned.swapped
            aligned = aligned._replace(still=pixels) if is_still else aligned._replace(moved=pixels)
            return Sharpened((made, second) if later == 1 else (second, made), aligned, later)
    return Sharpened(pair, aligned, 0)


@dataclass(frozen=True)
class _Window:
    """A part of two pictures, pixel on pixel, on the grid of the later one where that is a JPEG."""

    first: Picture
    later: Picture
    table: NDArray[np.float64] | None

    @cached_property
    def unclipped(self) -> NDArray[np.bool_]:
        """The inner values that are clipped in neither picture."""
        return np.logical_and(*(_inner((each >= DARKEST) & (each <= LIGHTEST)) for each in (self.first, self.later)))

    @cached_property
    def added(self) -> Levels:
        """What the later picture has more than the first one in these."""
        return (_inner(self.later).astype(np.float32) - _inner(self.first))[self.unclipped]

    def middle(self, size: tuple[int, int]) -> "_Window":
        left, top, right, bottom = _on_grid(tile_around(self.first.shape, _middle_of(self.first.shape), size))
        first, later = (np.ascontiguousarray(each[top:bottom, left:right]) for each in (self.first, self.later))
        return _Window(first, later, self.table)

    def left_of(self, made: Picture) -> float:
        """What a picture that was made of the first leaves of the later one; of a JPEG, beyond half a step."""
        made, later = map(_inner, (made, self.later))
        if self.table is None:
            return _levels(made, later)
        off = np.abs(transform_differences(luma_of(later) - np.rint(luma_of(made)), TOLD_WAVES))
        off = off[blocks_of(_is_clear(later)).all((1, 2))]
        beyond = np.maximum(0, off - (self.table[TOLD] / 2).astype(np.float32))
        return _levels(beyond, np.zeros_like(beyond))


def _fit_to(later: AlignedOriginal, first: Picture, matrix: Matrix) -> UnsharpMask | None:
    """The mask that makes the later picture of the first one, if any does; `matrix` lays that pixel on pixel."""
    stored, to_stored = later.stored()
    to_stored = to_stored @ matrix
    left, top, right, bottom = bounds(to_stored, first.shape, stored.shape)
    shape = bottom - top, right - left
    if min(shape) < 6 * MARGIN_PX:
        return None
    window = tile_around(shape, _middle_of(shape))
    left, top, right, bottom = _on_grid((left + window[0], top + window[1], left + window[2], top + window[3]))
    own = np.ascontiguousarray(stored[top:bottom, left:right])
    both = _Window(warp(first, shift(-left, -top) @ to_stored, own.shape), own, later.original.table)
    sample = both.middle(SAMPLE)
    if not _is_sharper(luma_of(sample.first), luma_of(sample.later)):
        return None
    mask = _fit(sample)
    return mask if mask and _is_explained(both, mask) else None


def _middle_of(shape: tuple[int, ...]) -> tuple[float, float]:
    return shape[1] / 2, shape[0] / 2


def _on_grid(window: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The whole blocks in a window."""
    left, top, right, bottom = window
    left, top = -(-left // BLOCK) * BLOCK, -(-top // BLOCK) * BLOCK
    return left, top, right - (right - left) % BLOCK, bottom - (bottom - top) % BLOCK


def _inner(values: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(values[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX])


def _is_clear(picture: Picture) -> NDArray[np.bool_]:
    """Where no colour is clipped, which changes the luma after it was saved."""
    return np.asarray(cv2.inRange(picture, (DARKEST,) * 3, (LIGHTEST,) * 3) > 0)


def _levels(one: NDArray[Any], other: NDArray[Any]) -> float:
    """The root of the mean squared difference."""
    return float(cv2.norm(one, other, cv2.NORM_L2)) / math.sqrt(max(1, one.size))


def _is_sharper(first: Plane, later: Plane) -> bool:
    """True if the later picture has more of the first one's fine detail."""
    details = [each - blurred(each, FINE_PX) for each in (first, later)]
    deviations = [float(each.std()) for each in details]
    common = float((details[0] * details[1]).mean()) / max(1e-3, math.prod(deviations))
    return deviations[1] > SHARPER * deviations[0] and common > AGREEING


class _Tried(NamedTuple):
    """What a mask leaves, and the mask: the best is the least."""

    left: float
    mask: UnsharpMask


def _fit(sample: _Window) -> UnsharpMask | None:
    """The mask that leaves the least of the later picture, if it explains much of that."""
    most = MOST_LEFT * sample.left_of(sample.first)
    found = [_of_kind(sample, number, RADII if number < OF_ANY_RADIUS else RADII[:1]) for number in range(len(BLURS))]
    if min(found).left > most:
        return None
    found = [min(each, *_with_least(sample, each.mask)) for each in _nearly_best(found)]
    return min(_nearest(sample, each) for each in _nearly_best(found)).mask


def _nearly_best(found: Sequence[_Tried]) -> list[_Tried]:
    return [each for each in found if each.left <= NEARLY_BEST * min(found).left]


def _of_kind(sample: _Window, blur: int, radii: Sequence[float]) -> _Tried:
    """The best mask of a kind of blur, without a least difference."""
    return min(_with_amount(sample, UnsharpMask(blur, radius, 0)) for radius in radii)


def _with_least(sample: _Window, mask: UnsharpMask) -> Iterator[_Tried]:
    """Masks near another one with each least difference."""
    for radius in (mask.radius * (1 + NEAR) ** off for off in (-1, 0, 1)):
        taken = BLURS[mask.blur](sample.first, radius)
        for least in LEAST_DIFFERENCES:
            yield _with_amount(sample, mask._replace(radius=radius, least=least), taken)


def _with_amount(sample: _Window, mask: UnsharpMask, taken: Levels | None = None) -> _Tried:
    """The mask with the amount of what its blur takes away that leaves the least, where neither picture is clipped."""
    if taken is None:
        taken = BLURS[mask.blur](sample.first, mask.radius)
    some, added = _inner(taken)[sample.unclipped], sample.added
    some[np.abs(some) <= mask.least] = 0
    if mask.blur == BY_MEANS:
        added = added + np.float32(TRUNCATED) * np.sign(some)
    mask = mask._replace(amount=float(some @ added) / max(1e-3, float(some @ some)))
    return _Tried(sample.left_of(mask.add(sample.first, taken)), mask)


def _nearest(sample: _Window, best: _Tried) -> _Tried:
    """The best mask near one, by a search that halves its steps."""
    step = NEAR
    for _ in range(ROUNDS):
        before = math.inf
        while best.left < before:
            before = best.left
            best = min(best, *_beside(sample, best.mask, step))
        step /= 2
    return best


def _beside(sample: _Window, mask: UnsharpMask, step: float) -> Iterator[_Tried]:
    """Masks whose radius or amount is off by a share, or whose least difference is off by a level."""
    for radius, amount in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (-1, 1)):
        near = mask._replace(radius=mask.radius * (1 + step) ** radius, amount=mask.amount * (1 + step) ** amount)
        if not radius or (mask.blur < OF_ANY_RADIUS and near.radius < MOST_RADIUS):
            yield _Tried(sample.left_of(near.apply(sample.first)), near)
    taken = BLURS[mask.blur](sample.first, mask.radius)
    for least in (mask.least - 1, mask.least + 1):
        if least >= 0:
            yield _with_amount(sample, mask._replace(least=least), taken)


def _is_explained(both: _Window, mask: UnsharpMask) -> bool:
    """True if the mask makes the later picture of the first one, and no blur the first one of the later."""
    first, later, made = map(_inner, (both.first, both.later, mask.apply(both.first)))
    if both.table is not None:
        clear = _is_clear(later)
        first, later, made = map(luma_of, (first, later, made))
        if steps := read_steps(later, both.table, clear):
            rounding = measure_rounding(np.rint(made), steps)
            if rounding.frequencies >= MANY_FREQUENCIES:
                if rounding.off < BETWEEN:  # on the steps, which the first one has from the JPEG
                    return False
                if rounding.levels > TOLD_LEVELS[1]:
                    return rounding.within > EXACTLY and rounding.outer > LEAST_OUTER
    left = float(np.std(cv2.subtract(made, later, dtype=cv2.CV_32F)))  # some programs round down
    if left > max(ROUNDED if both.table is None else 0.0, LEFT * _levels(first, later)):
        return False
    reverse = _Window(both.later, both.first, None).middle(SAMPLE)
    blur = _fit(reverse)
    return left < LEFT_BY_BLUR * reverse.left_of(blur.apply(reverse.first) if blur else reverse.first)
