"""Originals as their files store them: a JPEG's steps lie on the grid of the stored pixels, however these are seen."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import level_by_level
from photosearch.find.originals.grid import (
    BLOCK,
    MIDDLE,
    Rounding,
    Stored,
    is_exactly_rounded,
    is_explained,
    measure_rounding,
    read_steps,
    transform,
    transform_back,
)
from photosearch.find.originals.noise import filtered, is_noised_in_steps
from photosearch.find.originals.overlap import (
    FILTERS,
    Frame,
    is_smaller,
    resized,
    step_of,
    tile_around,
    upright,
    whole_blocks,
)
from photosearch.find.originals.prediction import (
    Planes,
    Tone,
    fit_tone,
    hats_of,
    luma_of,
    predict_luma,
    solve,
    toned,
)
from photosearch.find.registration.align import Matrix, Window, move, shift
from photosearch.find.registration.keypoints import Described, describe
from photosearch.find.registration.register import Picture, Plane, is_whole, shown, shrink, warp
from photosearch.models import Container

FEW_PX = 512  # shorter side of the small picture of an original
SAMPLE = 160, 240  # rows and columns of the middle to which a filter is fitted
KNOTS = np.arange(0, 3.75, 0.25)  # of a filter, in pixels of the smaller picture; it ends at the last one
SAMPLED_KNOTS = np.arange(0, 2.75, 0.25)  # and in those of the larger one: from few pixels some programs sample
LEAST_APART, LEAST_TOTAL = 0.05, 0.1  # of knots; of weights
ROUNDS, PULL, RIDGE = 14, 4.0, 1e-6
NEARLY = 0.7  # share of the steps that a known filter explains where another may explain all
SAMPLED = 8  # pixels from one that tells two pictures of one size apart to the next
TURNED_BACK = {2: (0, True), 3: (2, False), 4: (2, True), 5: (3, True), 6: (1, False), 7: (1, True), 8: (3, False)}

Factors = NDArray[np.float64]  # [n] of a filter


class StoredColours(NamedTuple):
    """How a JPEG stores blue and red difference."""

    table: NDArray[np.float64]  # [8,8] of the steps
    across: int  # pixels for which it stores one colour
    down: int


@dataclass(frozen=True)
class Original:
    """One file as it is seen, uint8[H,W,3]; of a JPEG the steps float64[8,8] on the grid of the pixels as stored."""

    pixels: Picture
    table: NDArray[np.float64] | None = None
    orientation: int = 1  # by EXIF, which turned the stored pixels
    colours: StoredColours | None = None

    @cached_property
    def described(self) -> Described:
        """The local features of a small picture of it, kept: an original is one of several pairs."""
        return describe(shrink(self.pixels, FEW_PX / min(self.pixels.shape[:2]))[0], True)


def original_of(pixels: Picture, container: Container) -> Original:
    """The original with these pixels, of a file with such contents."""
    table, colour_table = (
        None if steps is None else np.array(steps, np.float64).reshape(BLOCK, BLOCK)
        for steps in (container.table, container.colour_table)
    )
    colours = None if colour_table is None else StoredColours(colour_table, *container.colour_px)
    return Original(np.ascontiguousarray(pixels), table, container.orientation, colours)


def comes_later(one: Original, other: Original) -> bool:
    """True if one of two pictures comes behind the other in an order by size, and of one size by what they show."""
    for step in (SAMPLED, 1):
        keys = [(each.size, each.shape, each[::step, ::step].tobytes()) for each in (one.pixels, other.pixels)]
        if keys[0] != keys[1]:
            return keys[0] < keys[1]
    return False


class AlignedOriginal(NamedTuple):
    """An original as it is aligned with another one."""

    original: Original
    pixels: Picture
    mirrored: bool  # against the original

    def stored(self) -> tuple[Picture, Matrix]:
        """The pixels as the file stores them, and the matrix that takes those that are aligned there."""
        return stored_pixels(self.pixels, self.original.orientation, self.mirrored)


def fit_to_steps(
    aligned: AlignedOriginal, source: Picture, matrix: Matrix, is_smoother: bool | None
) -> Rounding | None:
    """The fit of a prediction of a JPEG's middle to its steps; `matrix` maps the source's pixels to the JPEG's.

    If the JPEG `is_smoother` than the source, filters that remove noise are tried as well; if the source is, whether
    noise was added; None: neither is.
    """
    original = aligned.original
    if original.table is None:
        return None
    stored, to_stored = aligned.stored()
    to_stored = to_stored @ matrix
    middle = move(to_stored, np.array([[source.shape[1] / 2, source.shape[0] / 2]], np.float64))[0]
    left, top, right, bottom = tile_around(stored.shape, (float(middle[0]), float(middle[1])))
    left, top = left // BLOCK * BLOCK, top // BLOCK * BLOCK
    right, bottom = right - (right - left) % BLOCK, bottom - (bottom - top) % BLOCK
    window = left, top, right, bottom
    tile = Planes(np.ascontiguousarray(stored[top:bottom, left:right]))
    to_tile = shift(-left, -top) @ to_stored
    mask = shown(to_tile, source.shape, tile.luma.shape)
    if mask.mean() < 0.3:
        return None
    steps = read_steps(tile.luma, original.table, mask)
    if steps is None:
        return None
    moved, part = warp(source, to_tile, tile.luma.shape), mask.astype(np.float32)
    given = Planes(moved)
    tone = fit_tone(given.small, tile.small, part)
    plain = toned(given, tone)
    tries = [plain, predict_luma(plain, tile, part)]  # a filter takes rounding for a blur
    if is_whole(to_tile):
        tries.append(luma_of(level_by_level(moved, tile.rgb, mask)))
    if is_smoother:
        smooth = map(Planes, filtered(moved))
        tries += [toned(each, fit_tone(each.small, tile.small, part)) for each in smooth]
    found = [measure_rounding(each, steps) for each in tries]
    frame = _smaller_frame(stored.shape, source, to_stored, window)
    if frame is not None:
        found += _by_resizing(_Resize(frame, stored.shape, window), tile, original.table, steps, tone)
    best = max(found, key=lambda each: (is_explained(each), each.within))
    return best._replace(is_noised=is_smoother is False and is_noised_in_steps(plain, tile.luma, original.table, mask))


class _Resize(NamedTuple):
    """A window of a picture of a shape that has fewer pixels than another one, the one in the frame."""

    frame: Frame
    shape: tuple[int, ...]
    window: Window


def _smaller_frame(shape: tuple[int, ...], source: Picture, matrix: Matrix, window: Window) -> Frame | None:
    """The source in whose frame a picture of a shape with fewer pixels lies, if both show all of a window of that."""
    frame = upright(shape, source, matrix)
    if frame is None or not is_smaller(frame, shape):
        return None
    left, top, right, bottom = whole_blocks(shape, frame)
    is_inside = left <= window[0] and top <= window[1] and window[2] <= right and window[3] <= bottom
    return frame if is_inside else None


def _by_resizing(
    resize: _Resize, tile: Planes, table: NDArray[np.float64], steps: Stored, tone: Tone
) -> list[Rounding]:
    """The fits of the other picture, resized by each known filter until one is exact, or else by one that is fitted."""
    found = list[Rounding]()
    for exact in map(Planes, resized(*resize, FILTERS)):
        found += [measure_rounding(each, steps) for each in (exact.luma, toned(exact, tone))]
        if any(map(is_exactly_rounded, found)):
            return found
    if max(each.within for each in found) > NEARLY:
        fitted = measure_rounding(fit_filter(resize, tile.luma, table), steps)._replace(is_fitted=True)
        found += [fitted] if is_explained(fitted) else []
    return found


def fit_filter(resize: _Resize, luma: Plane, table: NDArray[np.float64]) -> Plane:
    """The luma float32[H,W] of a window that the filter that fits best makes of the other picture.

    `luma` float32[H,W] is that of the JPEG with the steps `table` float64[8,8]. The filter is one of rows times one of
    columns, symmetric and linear between its knots.
    """
    (picture, box), shape, (left, top, *_) = resize
    across, down = step_of(resize.frame, shape)
    rows = _taps(top, luma.shape[0], down, box[1], picture.shape[0])
    columns = _taps(left, luma.shape[1], across, box[0], picture.shape[1])
    part, rows, columns = _reached(picture, rows, columns)
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32) - MIDDLE
    middle = tile_around(luma.shape, (luma.shape[1] / 2, luma.shape[0] / 2), SAMPLE)
    some_columns, some_rows = (slice(*(BLOCK * (end // BLOCK) for end in ends)) for ends in (middle[::2], middle[1::2]))
    sample = _reached(grey, rows.some(some_rows), columns.some(some_columns))
    factors = _fit_factors(*sample, np.ascontiguousarray(luma[some_rows, some_columns]), table)
    by_rows = _filtered_rows(grey, rows, factors[0])
    return np.ascontiguousarray(_filtered_rows(np.ascontiguousarray(by_rows.T), columns, factors[1]).T) + MIDDLE


class _Taps(NamedTuple):
    """Of each row, or each column, of a smaller picture: the pixels of the other one that a filter reaches."""

    places: NDArray[np.intp]  # [n,taps]
    hats: NDArray[np.float32]  # [n,taps,knots]: the weights of the filter's values at its knots
    knots: NDArray[np.float64]  # distances in pixels of the smaller picture

    def some(self, part: slice) -> "_Taps":
        return self._replace(places=self.places[part], hats=self.hats[part])

    def weights(self, factors: NDArray[np.float64]) -> NDArray[np.float32]:
        """float32[n,taps] by the values of a filter at its knots; rows sum to 1."""
        weights = self.hats @ factors.astype(np.float32)
        total = weights.sum(1, keepdims=True)
        return np.asarray(weights / np.where(np.abs(total) > LEAST_TOTAL, total, 1), np.float32)


def _taps(first: int, count: int, step: float, start: float, side: int) -> _Taps:
    """Those of `count` pixels from `first` on, each `step` pixels wide, where the other picture has `side` of these."""
    middles = start + (np.arange(first, first + count) + 0.5) * step - 0.5
    most = int(np.ceil(KNOTS[-1] * step))
    places = np.round(middles)[:, None].astype(np.intp) + np.arange(-most, most + 1)
    knots = np.unique(np.concatenate([KNOTS, SAMPLED_KNOTS / step]))
    knots = np.concatenate([[0], knots[1:][np.diff(knots) > LEAST_APART]])
    off = np.minimum(np.abs(places - middles[:, None]) / step, knots[-1])
    hats = hats_of(off.ravel(), knots)[:, :-1].reshape(*off.shape, -1)  # it ends at the last one
    return _Taps(np.clip(places, 0, side - 1), hats.astype(np.float32), knots[:-1])


def _reached(values: NDArray[Any], rows: _Taps, columns: _Taps) -> tuple[NDArray[Any], _Taps, _Taps]:
    """The part of a picture that taps reach, and the taps in it."""
    (top, bottom), (left, right) = ((int(each.places.min()), int(each.places.max()) + 1) for each in (rows, columns))
    part = np.ascontiguousarray(values[top:bottom, left:right])
    return part, rows._replace(places=rows.places - top), columns._replace(places=columns.places - left)


def _fit_factors(
    grey: Plane, rows: _Taps, columns: _Taps, luma: Plane, table: NDArray[np.float64]
) -> tuple[Factors, Factors]:
    """The filter by which `grey`, around 0, becomes a JPEG's `luma` before it was saved: of rows, and of columns.

    Fitted to what a JPEG shows, it would blur, as small frequencies were rounded to nothing. So each round fits it to
    what the last one made, pulled towards the nearest frequencies that are rounded to the stored steps: a projection
    onto convex sets, as by Zakhor (1992) for the artefacts of JPEG.
    """
    steps, turned_grey = table.astype(np.float32), np.ascontiguousarray(grey.T)
    stored, wanted = np.round(transform(luma) / steps), np.asarray(luma - MIDDLE, np.float32)
    by_rows = by_columns = np.maximum(0, 1 - rows.knots)
    pull, last = PULL, math.inf
    for _ in range(ROUNDS):
        by_columns, _ = _fit_columns(_filtered_rows(grey, rows, by_rows), columns, wanted)
        turned_half = _filtered_rows(turned_grey, columns, by_columns)
        by_rows, made = _fit_columns(turned_half, rows, np.ascontiguousarray(wanted.T))
        made = np.ascontiguousarray(made.T)
        off = transform(made + MIDDLE) / steps - stored
        beyond = np.asarray(np.clip(off, -0.5, 0.5) - off, np.float32)
        if (now := float(np.abs(beyond).mean())) > last:
            pull = max(1.0, pull / 2)  # by which it gets nearer in any case
        last = now
        wanted = np.asarray(cv2.scaleAdd(transform_back(beyond * steps, luma.shape), pull, made), np.float32)
    return by_rows, by_columns


def _fit_columns(half: Plane, columns: _Taps, wanted: Plane) -> tuple[Factors, Plane]:
    """The filter that makes of a picture, whose rows are done, what is `wanted`, and what it makes of it."""
    # one small product for each column, for which NumPy's BLAS wakes no threads
    design = np.matmul(half[:, columns.places].transpose(1, 0, 2), columns.hats).transpose(1, 0, 2)
    design = design.reshape(-1, design.shape[2]).astype(np.float64)
    ridge = (RIDGE * np.square(design).sum(0).mean() + RIDGE) * np.eye(design.shape[1])
    found = solve(design, wanted.reshape(-1, 1).astype(np.float64), np.ones((len(design), 1)), ridge)[:, 0]
    return found, np.asarray((design @ found).reshape(wanted.shape), np.float32)


def _filtered_rows(picture: Plane, rows: _Taps, factors: NDArray[np.float64]) -> Plane:
    """A picture with the rows that a filter makes of those that it reaches."""
    weights = rows.weights(factors)
    total = np.zeros((len(weights), picture.shape[1]), np.float32)
    for places, each in zip(rows.places.T, weights.T, strict=True):
        total += picture[places] * each[:, None]
    return total


def stored_pixels(pixels: Picture, orientation: int, mirrored: bool) -> tuple[Picture, Matrix]:
    """Pixels as the file stores them, and the matrix that takes those that are seen there."""
    matrix: Matrix = np.eye(3)
    if mirrored:
        matrix = np.array([[-1, 0, pixels.shape[1] - 1], [0, 1, 0], [0, 0, 1]], np.float64)
        pixels = pixels[:, ::-1]
    quarters, flip = TURNED_BACK.get(orientation, (0, False))
    for _ in range(quarters):
        matrix = np.array([[0, 1, 0], [-1, 0, pixels.shape[1] - 1], [0, 0, 1]], np.float64) @ matrix
        pixels = np.rot90(pixels)
    if flip:
        matrix = np.array([[-1, 0, pixels.shape[1] - 1], [0, 1, 0], [0, 0, 1]], np.float64) @ matrix
        pixels = pixels[:, ::-1]
    return pixels, matrix
