"""Measures of two originals, one laid over the other, before any conclusion is drawn from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import Mapped, find_turn, map_colours, turned
from photosearch.find.originals.differences import (
    hidden_levels,
    stands_out_of_noise,
    strongest_broad,
    strongest_broad_colours,
    strongest_line,
)
from photosearch.find.originals.filters.finer import Finer, measure_finer
from photosearch.find.originals.filters.resizing import is_beyond_resizing, left_by_resizing
from photosearch.find.originals.filters.sharpening import sharpen_first
from photosearch.find.originals.grid import Rounding
from photosearch.find.originals.identity import Faint, faint_differences
from photosearch.find.originals.jpeg.stored import AlignedOriginal, fit_to_steps, which_was_saved
from photosearch.find.originals.noise import blurred, is_filtered, is_noised, spread_evenly
from photosearch.find.originals.overlap import (
    LEAST_TOLD_PX,
    AlignedPair,
    Mask,
)
from photosearch.find.originals.placed import Placed, other_to_one
from photosearch.find.originals.prediction import Planes, luma_of
from photosearch.find.originals.recolouring import is_recoloured, strongest_light
from photosearch.find.originals.scan import STRONG, Found, compare, compare_closer, strength, strongest
from photosearch.find.registration.align import move, scale_of, stretch_of
from photosearch.find.registration.register import (
    Plane,
    Registration,
    inverse,
    is_one_frame,
    is_whole,
)
from photosearch.find.registration.surround import Surround, look_beyond
from photosearch.models import Part

SIGMAS = (0.0, 0.7, 1.4, 2.8, 5.6)  # between which the bands of detail lie
BESIDE_PX, LEAST_KEPT = 25, 0.05  # around places that differ, what is left out; share of the overlap that must be left
TEXTURE = 8  # levels that a texture spans
TURNED = 20  # times: an angle of some three degrees
MAPPED_PX = 2_000_000  # pixels whose colours are compared: of more, the middle rows
SMOOTHER, SMOOTHED_CORRELATION = 0.9, 0.95  # times the finest detail, which so far agrees: noise was added or removed
STRETCHED = 1.03  # times one side
# Of a blurred picture: times the other's finest detail; how that correlates; its loss there by that in the next band,
# white noise has 2.6; the evenness of the loss, see `spread_evenly`
BLURRED, BLURRED_CORRELATION, LOST_BANDS, LOST_EVENLY = 0.7, 0.9, 1.5, 0.6
# Where the finest detail correlates so well still, times as much of it is lost (by logarithms) as two bands further: of
# 22 such blurs 4.2 at least; of 16 pictures beside one that was sharpened 14 have 3.2 at most
WEAKLY_BLURRED, LOST_FASTER = 0.65, 3.6
# Levels off the usual colour of such a light, of half of the places; levels that are one light; pixels that are asked
MONOCHROME, EQUALLY_LIGHT, MANY_COLOURS = 1.0, 6.0, 50_000
LARGE_PX = 15  # of what is no letter
KEPT_TONE = 2.0  # levels by which a tone differs that was not changed: nothing was clipped then


class Band(NamedTuple):
    """A size of detail: its deviation in levels in both pictures, and how far the two correlate."""

    one: float
    other: float
    correlation: float


class Measured(NamedTuple):
    """Measures of one picture of a pair, predicted from the other."""

    light: float  # strength of the strongest place whose light the other lacks
    colour_place: float  # the same of its colour
    explained: float  # and of those where the other is clipped
    clipped: float  # the share of the overlap of which that is true: of a page nearly all
    box: Part | None  # of the strongest place of both, in this picture
    rest: float  # levels of the luma that are not predicted, outside such places
    contrast: float  # deviation of the luma in levels
    colour_rest: float  # levels of colour that are not predicted
    colour: float  # deviation of the colours in levels
    is_monochrome: Callable[[], bool]  # grey, sepia or toned otherwise: the light of nearly each place tells its colour
    surround: Surround  # the part beyond the other's frame
    rounding: Rounding | None  # of the other's prediction on this one's JPEG grid


@dataclass(frozen=True)
class Measures:
    """Of a pair; `sides` are the one and the other. Functions are asked only where no other measure tells enough."""

    registration: Registration
    scale: float  # pixels of the one that a pixel of the other is long
    is_whole: bool  # nothing had to be interpolated
    lies_exactly: bool  # so it is, or the frame of the one is that of the other
    mirrored: bool
    turned: bool  # by more than a hand shakes
    stretched: bool  # to one side
    light: float  # levels by which the other is lighter
    tint: float  # levels by which its colours differ
    tone: float  # levels by which the light of the whole and of its large parts differs
    colours: float  # the same of colours
    differing: float  # share of the textured overlap in places that differ
    recoloured: Callable[[], bool]  # a place has other colours: a product in two colours differs in nothing else
    relit: Callable[[], float]  # strength of the strongest place whose light no change of tone explains
    broad: Callable[[], tuple[float, float]]  # the same of faint places, over a wider window: not clipped; any
    broad_colours: Callable[[], tuple[float, float, float]]  # the same of colours: that one lacks, the other, either
    line: Callable[[], float]  # the same of a line, as a hair is
    hidden: Callable[[], tuple[float, float]]  # levels of each where the other is clipped and flat
    is_beyond: Callable[[float], bool]  # a block has more strength that resizing and saving do not explain
    unresized: Callable[[], float]  # levels of the middle that a known way of resizing does not explain
    faint: Callable[[], Faint]  # the same of two pictures that were not changed as a whole, pixel by pixel
    bands: tuple[Band, ...]  # the finest first, in pixels of the coarser picture, outside such places
    finer: Finer | None  # of the finer picture, None: neither is
    mapped: Mapped | None  # by which colours tell each other's, where pixels lie on pixels
    later: int  # 1: the other is the one with noise added or removed, pixel by pixel; -1: the reverse; 0: neither
    saved: int  # 1: the other is the one, changed pixel by pixel, if at all, and saved; -1: the reverse; 0: not known
    blurred: int  # 1: the other is the one, blurred; -1: the reverse; 0: neither, or it is not known
    is_filtered: bool  # all pixels of one are those of the other after a filter that removes noise
    sides: tuple[Measured, Measured]
    sharpened: int = 0  # 1: the other is the one, sharpened, as which all is measured; -1: the reverse; 0: neither


class _Whole(NamedTuple):
    """What `Measures` say of the whole of two pictures, by these names."""

    light: float
    tint: float
    tone: float
    colours: float


class _Places(NamedTuple):
    """What `Measures` say of places, by these names."""

    recoloured: Callable[[], bool]
    relit: Callable[[], float]
    broad: Callable[[], tuple[float, float]]
    broad_colours: Callable[[], tuple[float, float, float]]
    line: Callable[[], float]
    hidden: Callable[[], tuple[float, float]]


def measure(placed: Placed) -> Measures | None:
    """Measure two originals that lie over each other; None where too little of them does."""
    pair, aligned, sharpened = sharpen_first(placed.pair, placed.aligned)
    small = aligned.shrunk(placed.times) if sharpened else placed.small
    overlap = small.overlap(small.box)
    if overlap.mask.sum() < LEAST_TOLD_PX**2:
        return None
    turn = find_turn(*overlap.pictures, overlap.mask)
    first = compare(overlap, turn)
    is_weak = strongest(first) < STRONG and placed.times > 1
    found = compare_closer(aligned, turn) if is_weak else first
    return replace(_all(pair, aligned, placed.registration, first, found), sharpened=sharpened)


def _all(
    laid: tuple[AlignedOriginal, AlignedOriginal],
    aligned: AlignedPair,
    registration: Registration,
    first: Found,
    found: Found,
) -> Measures:
    """All measures, from what is `found`; `first` is of the whole overlap, in a smaller size if that is large."""
    matrix = other_to_one(aligned)
    shapes = [each.pixels.shape for each in laid]
    kept, lumas = _kept(found), [each.luma for each in found.predictions]
    bands, is_on_pixels = _bands(lumas[0], lumas[1], kept), is_whole(aligned.matrix)
    smoother, is_jpeg = _smoother(bands) if is_on_pixels else None, laid[aligned.swapped].original.table is not None
    finer, sides = measure_finer(aligned, is_jpeg), list[Measured]()
    for number, (each, back) in enumerate(zip(laid, (matrix, inverse(matrix)), strict=True)):
        theirs = laid[1 - number].pixels
        source = turned(theirs, found.turn if number else -found.turn) if found.turn else theirs
        is_smoother = None if smoother is None else smoother == number
        box = _box(found, number, each.pixels.shape, each.mirrored)
        rounding = fit_to_steps(each, source, back, is_smoother)
        sides.append(_side(found, number, kept, box, look_beyond(each.pixels, back, source.shape), rounding))
    later, filtered = _later(found, smoother, sides, found is first)
    whole = _compare_whole(found, lumas, kept, sides)
    faint = Faint
    if is_on_pixels and not found.turn:
        changes = whole.light, sides[0].contrast - sides[1].contrast, sides[0].colour - sides[1].colour
        faint = cache(partial(faint_differences, laid, aligned, matrix, changes, max(side.rest for side in sides)))
    return Measures(
        registration,
        scale_of(matrix, shapes[1]),
        is_on_pixels,
        is_on_pixels or is_one_frame(matrix, *shapes),
        laid[1].mirrored,
        bool(matrix[0, 0] <= abs(matrix[1, 0]) * TURNED or matrix[1, 1] <= abs(matrix[0, 1]) * TURNED),
        stretch_of(matrix) > STRETCHED,
        *whole,
        _differing(found),
        *_places_to_ask(first, found, max(whole.tone, whole.colours) > KEPT_TONE),
        partial(is_beyond_resizing, laid, aligned, matrix),
        cache(partial(left_by_resizing, laid, aligned, matrix)),
        faint,
        bands,
        finer._replace(left=min(_unpredicted(each.rest, kept) for each in found.predictions)) if finer else None,
        _mapped(aligned) if is_on_pixels else None,
        later,
        which_was_saved(laid, matrix, found.turn, [side.rounding for side in sides]) if is_on_pixels else 0,
        0 if finer else _blurred(found, bands, kept),
        filtered and found is first,
        (sides[0], sides[1]),
    )


def _places_to_ask(first: Found, found: Found, is_toned: bool) -> _Places:
    mask = first.overlap.mask
    return _Places(
        partial(is_recoloured, *first.planes, mask),
        partial(strongest_light, first.predictions, mask),
        cache(partial(strongest_broad, first.predictions, mask)),
        cache(partial(strongest_broad_colours, first.predictions, mask, is_toned)),
        partial(strongest_line, found.predictions, found.overlap.mask),
        cache(partial(hidden_levels, first.predictions, mask)),
    )


def _side(
    found: Found, number: int, kept: Mask, box: Part | None, surround: Surround, rounding: Rounding | None
) -> Measured:
    prediction, differences = found.predictions[number], found.differences[number]
    half = _halved(kept, prediction.colours.shape)
    return Measured(
        strength(differences.light),
        strength(differences.colour),
        differences.clipped,
        float(prediction.extreme[found.overlap.mask].mean()),
        box,
        _deviation(prediction.rest, kept),
        _deviation(prediction.luma, kept),
        _colour_deviation(prediction.colour_rest, half),
        _colour_deviation(prediction.colours, half),
        cache(partial(_is_monochrome, found.planes[number], half)),
        surround,
        rounding,
    )


def _is_monochrome(picture: Planes, mask: Mask) -> bool:
    """True if half of the places have a colour that is nearly the usual one of such a light; `mask` is at half size."""
    luma, colours = luma_of(picture.half)[mask], picture.colours[mask]
    apart = [abs(part - np.median(part, 0)) for part in _by_light(luma, colours)]
    return bool(apart) and float(np.median(np.concatenate(apart), 0).max()) < MONOCHROME


def _by_light(luma: NDArray[np.float32], colours: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Colours [n,2] of pixels in parts that are equally light; of many pixels, some."""
    every = max(1, len(luma) // MANY_COLOURS)
    kinds = (luma[::every] / EQUALLY_LIGHT).astype(int)
    return [colours[::every][kinds == kind] for kind in np.unique(kinds)]


def _halved(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """A mask in the size of colours."""
    return np.asarray(cv2.resize(mask.astype(np.uint8), shape[1::-1], interpolation=cv2.INTER_NEAREST)) > 0


def _kept(found: Found) -> Mask:
    """The overlap without the places that differ, unless little is left of it."""
    mask = found.overlap.mask
    near = cv2.dilate(found.places.astype(np.uint8), np.ones((BESIDE_PX, BESIDE_PX), np.uint8)) > 0
    same = mask & ~near
    return same if same.sum() > LEAST_KEPT * same.size else mask


def _compare_whole(found: Found, lumas: Sequence[Plane], mask: Mask, sides: Sequence[Measured]) -> _Whole:
    light = float(lumas[1][mask].mean() - lumas[0][mask].mean())
    half = _halved(mask, found.predictions[0].colours.shape)
    tint = float(np.abs(np.subtract(*(each.colours[half].mean(0) for each in found.predictions))).max())
    contrasts = [float(cv2.blur(each, (LARGE_PX, LARGE_PX))[mask].std()) for each in lumas]
    tone = max(abs(light), abs(contrasts[0] - contrasts[1]))
    return _Whole(light, tint, tone, max(tint, abs(sides[0].colour - sides[1].colour)))


def _differing(found: Found) -> float:
    """The share of the textured overlap in places that differ."""
    textured = np.logical_or(*(_range(each.luma) > TEXTURE for each in found.predictions)) & found.overlap.mask
    return float((textured & found.places).sum() / max(1, textured.sum()))


def _bands(one: Plane, other: Plane, mask: Mask) -> tuple[Band, ...]:
    levels = [[blurred(luma, sigma) for sigma in SIGMAS] for luma in (one, other)]
    bands = list[Band]()
    for number in range(len(SIGMAS) - 1):
        ours, theirs = ((x[number] - x[number + 1])[mask] for x in levels)
        deviations = float(ours.std()), float(theirs.std())
        bands.append(Band(*deviations, float((ours * theirs).mean() / max(1e-3, deviations[0] * deviations[1]))))
    return tuple(bands)


def _unpredicted(rest: Plane, mask: Mask) -> float:
    return _deviation(blurred(rest, SIGMAS[1]) - blurred(rest, SIGMAS[2]), mask)


def _smoother(bands: Sequence[Band]) -> int | None:
    """The number of the picture that may have less noise; None: neither."""
    finest = bands[0]
    if finest.correlation > SMOOTHED_CORRELATION or min(finest[:2]) > SMOOTHER * max(finest[:2]):
        return None
    return 0 if finest.one < finest.other else 1


def _later(found: Found, smoother: int | None, sides: Sequence[Measured], is_all: bool) -> tuple[int, bool]:
    """`Measures.later`: the picture that was made of the other by adding noise or by removing it; if by a filter."""
    if smoother is None:
        return 0, False
    mask, smooth, noisy = found.overlap.mask, found.overlap.pictures[smoother], found.overlap.pictures[1 - smoother]
    rounding = sides[1 - smoother].rounding
    if is_filtered(noisy, smooth, mask):
        return (1 if smoother else -1), True
    if not is_all:
        return 0, False  # of a part alone it is not known what grain hides elsewhere
    is_grainy = (rounding is not None and rounding.is_noised) or is_noised(Planes(smooth), Planes(noisy), mask)
    if not is_grainy or stands_out_of_noise(found.predictions[1 - smoother], mask):
        return 0, False
    return (-1 if smoother else 1), False


def _blurred(found: Found, bands: Sequence[Band], kept: Mask) -> int:
    """`Measures.blurred`: what the picture with less detail lacks is neither noise nor the same detail, made weaker."""
    finest, *_, coarsest = bands
    details = np.maximum(0.05, [each[:2] for each in bands[:3]]) / np.maximum(0.05, coarsest[:2])
    less = int(details[0].argmin())
    fine, _, coarse = np.log(details[:, 1 - less] / details[:, less])
    if finest.correlation > WEAKLY_BLURRED and fine < LOST_FASTER * coarse:
        return 0  # as much of all fine detail, as sharpening adds it
    lost = np.abs(details[:, 0] ** 2 - details[:, 1] ** 2) ** 0.5
    is_natural = finest.correlation < BLURRED_CORRELATION and lost[0] < LOST_BANDS * lost[1]
    if not is_natural or details[0].min() > BLURRED * details[0].max():
        return 0
    rest, luma = found.predictions[1 - less].rest, found.predictions[less].luma
    texture = blurred(luma, SIGMAS[1]) - blurred(luma, SIGMAS[3])
    evenness = spread_evenly(rest - blurred(rest, SIGMAS[2]), texture, kept)
    return 2 * less - 1 if evenness < LOST_EVENLY else 0


def _mapped(aligned: AlignedPair) -> Mapped | None:
    left, top, right, bottom = aligned.box
    rows = min(bottom - top, MAPPED_PX // (right - left))
    start = top + (bottom - top - rows) // 2
    overlap = aligned.overlap((left, start, right, start + rows))
    mapped = map_colours(*overlap.pictures, overlap.mask)
    return mapped._replace(is_all=rows == bottom - top) if mapped else None


def _box(found: Found, number: int, shape: tuple[int, ...], mirrored: bool) -> Part | None:
    """The strongest difference in 0..1 of one picture as it is seen."""
    if not strongest(found):
        return None
    tops = [places[0] for each in found.differences for places in (each.light, each.colour) if places]
    left, top, width, height = max(tops).box
    corners = np.array([[left, top], [left + width, top + height]], np.float64)
    ends = np.clip(move(found.overlap.to[number], corners - 0.5) + 0.5, 0, (shape[1], shape[0])) / (shape[1], shape[0])
    if mirrored:
        ends[:, 0] = 1 - ends[:, 0]
    start, size = ends.min(0), np.abs(ends[1] - ends[0])
    return float(start[0]), float(start[1]), float(size[0]), float(size[1])


def _range(luma: Plane) -> Plane:
    square = np.ones((5, 5), np.uint8)
    return np.asarray(cv2.dilate(luma, square) - cv2.erode(luma, square), np.float32)


def _deviation(values: Plane, mask: Mask) -> float:
    return float(values[mask].std()) if mask.any() else 0.0


def _colour_deviation(colours: NDArray[np.float32], mask: Mask) -> float:
    return float(np.hypot(_deviation(colours[..., 0], mask), _deviation(colours[..., 1], mask)))
