"""Originals as their files store them: a JPEG's steps lie on the grid of the stored pixels, however these are seen."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import level_by_level, turned
from photosearch.find.originals.grid import (
    BLOCK,
    MIDDLE,
    ROUNDED_LEVELS,
    Predicted,
    Rounding,
    Stored,
    is_exactly_rounded,
    is_explained,
    likelier,
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
from photosearch.find.registration.register import Picture, Plane, inverse, is_whole, shown, shrink, warp
from photosearch.models import Container

FEW_PX = 512  # shorter side of the small picture of an original
SAMPLE = 160, 240  # rows and columns of the middle to which a filter is fitted
KNOTS = np.arange(0, 3.75, 0.25)  # of a filter, in pixels of the smaller picture; it ends at the last one
SAMPLED_KNOTS = np.arange(0, 2.75, 0.25)  # and in those of the larger one: from few pixels some programs sample
LEAST_APART, LEAST_TOTAL = 0.05, 0.1  # of knots; of weights
LEAST_SHOWN = 0.3  # share of the middle of a JPEG that another picture has
ROUNDS, PULL, RIDGE = 14, 4.0, 1e-6
NEARLY_FIT = 0.9  # share of the steps of a JPEG that a prediction fits which may be exact without a filter
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
    table = aligned.original.table
    middle = None if table is None else _middle_of(aligned, source, matrix)
    if table is None or middle is None:
        return None
    tile, given, mask = middle.tile, middle.given, middle.mask
    steps = read_steps(tile.luma, table, mask)
    if steps is None:
        return None
    part = mask.astype(np.float32)
    tone = fit_tone(given.small, tile.small, part)
    plain = toned(given, tone)
    tries = [plain, predict_luma(plain, tile, part)]  # a filter takes rounding for a blur
    if is_whole(middle.matrix):
        tries.append(luma_of(level_by_level(given.rgb, tile.rgb, mask)))
    if is_smoother:
        smooth = map(Planes, filtered(given.rgb))
        tries += [toned(each, fit_tone(each.small, tile.small, part)) for each in smooth]
    found = [measure_rounding(each, steps) for each in tries]
    if (resize := _resize_of(middle, source)) is not None:
        found += _by_resizing(resize, tile, table, steps, tone)
    best = max(found, key=lambda each: (is_explained(each), each.within))
    return best._replace(is_noised=is_smoother is False and is_noised_in_steps(plain, tile.luma, table, mask))


def which_was_saved(
    laid: tuple[AlignedOriginal, AlignedOriginal], matrix: Matrix, turn: float, fits: Sequence[Rounding | None]
) -> int:
    """1 if the second original is the first one, changed pixel by pixel and saved, -1 if the reverse, 0: not known.

    `matrix` maps the second's pixels to whole ones of the first, whose hues it has turned by so many degrees. Where the
    `fits` of predictions to the steps of both are far off, nothing more is asked.
    """
    jpegs = [fit for fit, each in zip(fits, laid, strict=True) if each.original.table is not None]
    if not any(fit is None or fit.within > NEARLY_FIT for fit in jpegs):
        return 0
    number = int(laid[0].original.table is None)
    jpeg, other = laid[number], laid[1 - number]
    table, to_jpeg = jpeg.original.table, inverse(matrix) if number else matrix
    other_table = _table_on_grid(other, jpeg.stored()[1] @ to_jpeg)
    middle = None if table is None or other_table is None else _middle_of(jpeg, other.pixels, to_jpeg)
    if table is None or other_table is None or middle is None:
        return 0
    tile, given, mask = middle.tile, middle.given, middle.mask
    turn = turn if number else -turn
    ours = Predicted(tile.luma, _pixel_by_pixel(given, tile, mask, turn), table)
    theirs = Predicted(given.luma, _pixel_by_pixel(tile, given, mask, -turn), other_table)
    return likelier(ours, theirs) * (-1 if number else 1)


def _table_on_grid(aligned: AlignedOriginal, matrix: Matrix) -> NDArray[np.float64] | None:
    """The steps of an original on the grid of one to whose stored pixels `matrix` maps; None: it has its own."""
    table = aligned.original.table
    if table is None:
        return np.full((BLOCK, BLOCK), ROUNDED_LEVELS)
    between = matrix @ inverse(aligned.stored()[1])
    corner = (move(between, np.array([[-0.5, -0.5]]))[0] + 0.5) / BLOCK
    if not np.allclose(corner, np.round(corner), atol=1e-6):
        return None
    return table if abs(between[0, 0]) > abs(between[0, 1]) else table.T


def _pixel_by_pixel(source: Planes, target: Planes, mask: NDArray[np.bool_], turn: float) -> list[Plane]:
    """Predictions of a luma as it is, by curves of the channels, and by a change of tone: none blurs or sharpens.

    What strong saving took of grain makes curves flatter than they are. Where light falls off over the frame, steps of
    one picture are not those of the other times one contrast.
    """
    source = Planes(turned(source.rgb, turn)) if turn else source
    tone = fit_tone(source.small, target.small, mask.astype(np.float32))
    made = [source.luma, luma_of(level_by_level(source.rgb, target.rgb, mask))]
    return made if tone.falloff is not None else [*made, toned(source, tone)]


class _Middle(NamedTuple):
    """A part of a JPEG as it is stored, from a corner of its grid, and what another picture shows there."""

    shape: tuple[int, ...]  # of the whole JPEG
    window: Window
    matrix: Matrix  # from the other's pixels to the part's
    tile: Planes
    given: Planes
    mask: NDArray[np.bool_]  # [H,W] of pixels that the other has


def _middle_of(aligned: AlignedOriginal, source: Picture, matrix: Matrix) -> _Middle | None:
    """The middle of what both show; None: it is mostly beyond the source. `matrix` maps its pixels to the JPEG's."""
    stored, to_stored = aligned.stored()
    to_stored = to_stored @ matrix
    middle = move(to_stored, np.array([[source.shape[1] / 2, source.shape[0] / 2]], np.float64))[0]
    left, top, right, bottom = tile_around(stored.shape, (float(middle[0]), float(middle[1])))
    left, top = left // BLOCK * BLOCK, top // BLOCK * BLOCK
    right, bottom = right - (right - left) % BLOCK, bottom - (bottom - top) % BLOCK
    tile = Planes(np.ascontiguousarray(stored[top:bottom, left:right]))
    to_tile = shift(-left, -top) @ to_stored
    mask = shown(to_tile, source.shape, tile.luma.shape)
    if mask.mean() < LEAST_SHOWN:
        return None
    given = Planes(warp(source, to_tile, tile.luma.shape))
    return _Middle(stored.shape, (left, top, right, bottom), to_tile, tile, given, mask)


class _Resize(NamedTuple):
    """A window of a picture of a shape that has fewer pixels than another one, the one in the frame."""

    frame: Frame
    shape: tuple[int, ...]
    window: Window


def _resize_of(middle: _Middle, source: Picture) -> _Resize | None:
    """The source as a picture in whose frame the middle of one with fewer pixels lies; None: it is no such one."""
    left, top, right, bottom = middle.window
    frame = upright(middle.shape, source, shift(left, top) @ middle.matrix)
    if frame is None or not is_smaller(frame, middle.shape):
        return None
    ends = whole_blocks(middle.shape, frame)
    is_inside = ends[0] <= left and ends[1] <= top and right <= ends[2] and bottom <= ends[3]
    return _Resize(frame, middle.shape, middle.window) if is_inside else None


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
