"""The relation of two photos by their pixels: re-saved, edited, another shot of the same, or unrelated.

The other photo is laid over the one (align.py), and the pixels that both show are compared in windows. An edit leaves
the pixels that it does not cover as they were, but for one change of tone everywhere and for what compression and
scaling cost; another shot differs a little in many places: moved edges, shadows, light. edit_classifier.py weighs that.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.encode.perceptual_hash import distances
from photosearch.find.registration.align import (
    Alignment,
    Matrix,
    affine_of,
    align_features,
    align_glance,
    corners_of,
    move,
    scale_of,
)
from photosearch.find.registration.edit_classifier import is_edit, score
from photosearch.find.registration.keypoints import Described, describe
from photosearch.find.registration.register import Registration, lies_evidently, lies_on_coarsely, match_coarsely
from photosearch.models import Evidence, Tier, Verdict

__all__ = ["Described", "describe", "lay", "verify"]

COPIES = ("same", "edited")
Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]

STEP_PX = 6  # between two windows
WINDOWS = (slice(STEP_PX // 2, None, STEP_PX),) * 2
LEAST_WINDOWS, LEAST_SIDE_PX = 20, 24  # less than that is not conclusive
LEAST_TEXTURED = 10  # a night sky must not be the same as another
LEAST_DRAWN = 0.2  # of the windows, where no features agree: the edge of a frame must not speak for a black photo
LEAST_INLIERS = 8  # unrelated photos have 7 at most in 99 of 100 pairs
RELATED_INLIERS, RELATED_AGREEMENT = 12, 0.6
SQUARE = np.ones((5, 5), np.uint8)
LEAST_GLANCE = 0.5  # less alike at a glance, and laying one photo over the whole of the other is in vain
PLAIN_LEVELS = 3  # an area that varies less is a fill, or light without any drawing
# Two sizes of detail: the sigmas in pixels between whose blurs it lies, the window's width, least contrast in levels
FINE, COARSE = (1.2, 3.0, 17, 1.5), (2.5, 6.0, 25, 2.0)
MOST_SLANT = 0.008  # of copies that are not turned by a few degrees or tilted, the most is 0.006
BESIDE, MOST_OVERHANG = 0.02, 0.03  # of a side, and of the area
NO_MOVE = 0.006  # of a side: the corners of photos that lie alike
FRAMING = 0.012  # of a side, how far the corners of the same picture may be off
MEAN_COLOUR, MOST_COLOUR = 4.0, 16.0  # levels that compression and scaling change the colours by: on average, at most
SAME_AGREEMENT = 0.8
EVIDENT_AGREEMENT = 0.95  # at a glance, at which the same picture needs no features: what was cut by 1 % has less
NEAR_BITS = 40  # of the hashes: of 1,187 pairs of other shots one has less, of copies with other tones none has more
EQUAL_BITS = 10  # so few that nothing has moved, where blur or a side of few pixels leaves nothing to lay exactly
EQUAL_LEVELS = 4.0  # of windows on average, at most: saving costs 2.5 of asphalt, at half the size or quality 50
EQUAL_AGREEMENT = 0.25  # of grain, of which saving leaves 0.44 at least; that of two exposures has 0
GRAIN, LEAST_GRAIN = (2.0, 17), 0.05  # the sigma in pixels below which it lies, the window's width; levels squared
NEAR_SCORE = -2.0  # of the classifier, which is in doubt of vignettes, duotones and few tones, where hashes are near
EVIDENT_AT_LEAST = 0.4  # of a copy that lies evidently
LEAST_AGREEMENT = 0.55  # of an edited copy: 6 of 1000 have less, most of them tilted or half covered


class Overlay(NamedTuple):
    """One photo laid over the other: how alike the pixels of the overlap are, -1..1, and the classifier's measures."""

    alignment: Alignment
    agreement: float
    measures: NDArray[np.float64]


class Laid(NamedTuple):
    """The best overlay of two photos, the number of local features that agree, and the tier."""

    overlay: Overlay
    inliers: int
    tier: Tier | None


def verify(one: Described, other: Described) -> Verdict:
    """The tier of a pair of photos, never "identical", and what it rests on; equal pairs give equal verdicts."""
    laid = lay(one, other)
    if laid is None or laid.tier is None:
        return Verdict(None)
    return Verdict(laid.tier, _evidence(one, other, laid.overlay.alignment, laid.inliers, laid.overlay.agreement))


def lay(one: Described, other: Described) -> Laid | None:
    """Lay the other photo over the one, or one of both over a panel of a page."""
    whole = _lay_whole(one, other)
    if whole and whole.tier in COPIES and whole.overlay.agreement >= SAME_AGREEMENT:
        return whole
    copies = [laid for laid in (whole, *_lay_on_panels(one, other)) if laid and laid.tier in COPIES]
    return max(copies, key=lambda laid: laid.overlay.agreement, default=whole)


def _lay_whole(one: Described, other: Described) -> Laid | None:
    glance, likeness = align_glance(one, other)
    best = _measure(one, other, glance) if likeness >= LEAST_GLANCE else None
    if best and best.agreement >= EVIDENT_AGREEMENT:
        tier = _tier(one, other, best, 0)
        if tier == "same" or (tier == "edited" and _bits_apart(one, other) <= NEAR_BITS):
            return Laid(best, 0, tier)
    features = align_features(one, other)
    inliers = features.inliers if features else 0
    # an alignment like that of the glance was measured already
    if features and inliers >= LEAST_INLIERS and not (best and _lie_alike(glance, features, one, other)):
        closer = _measure(one, other, features)
        best = closer if closer and (not best or closer.agreement > best.agreement + 0.01) else best
    if not (best and _is_drawn(best, inliers)) and (by_sight := _lay_by_sight(one, other, glance)):
        return by_sight
    return Laid(best, inliers, _tier(one, other, best, inliers)) if best else None


def _lay_by_sight(one: Described, other: Described, alignment: Alignment) -> Laid | None:
    """Two photos on which hardly anything is drawn, asphalt or a wall, and that are equal but for one tone and grain.

    The closer look decides about these, as thumbnails cannot.
    """
    laid = _overlay(one, other, alignment)
    if laid is None:
        return None
    ours, theirs, both = laid
    shown = cv2.erode(both, SQUARE, borderType=cv2.BORDER_CONSTANT, borderValue=(0,)) > 0
    agreement = float(_agreement_of_grain(ours, theirs)[shown].mean()) if shown.any() else 0.0
    if agreement < EQUAL_AGREEMENT:
        return None
    slope, level = np.polyfit(theirs[shown], ours[shown], 1)
    apart = cv2.blur(np.abs(ours - np.float32(slope) * theirs - np.float32(level)), SQUARE.shape)
    if apart[shown].max() > EQUAL_LEVELS:
        return None
    is_same = _is_same_framing(one, other, alignment) and _is_same_colour(one, other)
    return Laid(Overlay(alignment, agreement, np.zeros(0)), 0, "same" if is_same else "edited")


def _agreement_of_grain(one: Grey, other: Grey) -> Grey:
    """The correlation of the finest detail in windows; 0 in those without any."""
    ours, theirs = (each - cv2.GaussianBlur(each, (0, 0), GRAIN[0]) for each in (one, other))
    width = (GRAIN[1],) * 2
    powers = [cv2.blur(product, width) for product in (ours * ours, ours * theirs, theirs * theirs)]
    return np.asarray(powers[1] / np.sqrt((powers[0] + LEAST_GRAIN) * (powers[2] + LEAST_GRAIN)), np.float32)


def _lay_on_panels(one: Described, other: Described) -> Iterator[Laid]:
    """Lay the other photo over each panel of the one, and each panel of the other over the one."""
    for panel, to_page in one.panels:
        if laid := _lay_whole(panel, other):
            yield _on_page(laid, to_page @ laid.overlay.alignment.matrix)
    for panel, to_page in other.panels:
        if laid := _lay_whole(one, panel):
            if laid.overlay.alignment.mirrored:
                to_page = _mirror(other) @ to_page @ _mirror(panel)
            yield _on_page(laid, laid.overlay.alignment.matrix @ np.linalg.inv(to_page))


def _on_page(laid: Laid, matrix: Matrix) -> Laid:
    """The same by pixels of the whole page, of which a photo is a part."""
    alignment = replace(laid.overlay.alignment, matrix=np.asarray(matrix, np.float64))
    tier = "edited" if laid.tier == "same" else laid.tier
    return Laid(laid.overlay._replace(alignment=alignment), laid.inliers, tier)


def _mirror(photo: Described) -> Matrix:
    """Takes the pixels of a photo to those of its mirror image."""
    return np.array([[-1, 0, photo.grey.shape[1] - 1], [0, 1, 0], [0, 0, 1]], np.float64)


def _tier(one: Described, other: Described, laid: Overlay, inliers: int) -> Tier | None:
    alignment, agreement, _ = laid
    is_copy = _is_drawn(laid, inliers) and _is_copy(one, other, laid, inliers)
    if is_copy and _lies_within(one, other, alignment):
        same = agreement >= SAME_AGREEMENT and _is_same_framing(one, other, alignment) and _is_same_colour(one, other)
        return "same" if same else "edited"
    return "similar" if inliers >= RELATED_INLIERS or agreement >= RELATED_AGREEMENT else None


def _is_drawn(laid: Overlay, inliers: int) -> bool:
    """True if there is enough drawing in both photos for their overlap to tell anything."""
    return inliers >= LEAST_INLIERS or laid.measures[-1] >= LEAST_DRAWN


def _is_copy(one: Described, other: Described, laid: Overlay, inliers: int) -> bool:
    """True if one photo looks like an edit of the other and lies on it; or lies on it so exactly that it may be one.

    The closer look decides about the latter, as thumbnails cannot.
    """
    alignment, agreement, measures = laid
    bits = _bits_apart(one, other)
    slanted = _slant(one, other, alignment) > MOST_SLANT
    edit = is_edit(measures, slanted) or (bits <= NEAR_BITS and score(measures) > NEAR_SCORE)
    if edit and agreement >= LEAST_AGREEMENT:
        return bits <= EQUAL_BITS or lies_on_coarsely(_match(one, other, alignment))
    is_related = inliers >= RELATED_INLIERS and agreement >= EVIDENT_AT_LEAST
    return is_related and lies_evidently(_match(one, other, alignment))


def _bits_apart(one: Described, other: Described) -> int:
    """The number of differing bits of the hashes of two photos, in the orientation in which they are most alike."""
    return int(distances(one.hashes, other.hash).min())


def _match(one: Described, other: Described, alignment: Alignment) -> Registration:
    """How one photo lies on the other where the alignment has it, block by block."""
    theirs = np.ascontiguousarray(other.grey[:, ::-1]) if alignment.mirrored else other.grey
    if scale_of(alignment.matrix, theirs.shape) > 1:
        return match_coarsely(theirs, one.grey, np.asarray(np.linalg.inv(alignment.matrix), np.float64))
    return match_coarsely(one.grey, theirs, alignment.matrix)


def _lie_alike(glance: Alignment, features: Alignment, one: Described, other: Described) -> bool:
    """True if features only confirm what was seen at a glance, which is exact where nothing was cut or moved."""
    if glance.mirrored != features.mirrored:
        return False
    corners = (corners_of(alignment, one, other) for alignment in (glance, features))
    return bool(np.abs(np.subtract(*corners)).max() < NO_MOVE)


def _slant(one: Described, other: Described, alignment: Alignment) -> float:
    """The deviation of the other's sides from upright and level, by the longest of them."""
    corners = corners_of(alignment, one, other)
    sides = np.abs(np.roll(corners, -1, 0) - corners)
    return float(sides.min(1).max() / max(1.0, sides.max()))


def _lies_within(one: Described, other: Described, alignment: Alignment) -> bool:
    """True if one photo shows hardly anything of its own beside the other; fills do not count.

    What was cut or framed lies within its original, or the original within it; a camera that moved does neither.
    """
    theirs = other.grey[:, ::-1] if alignment.mirrored else other.grey
    back = np.asarray(np.linalg.inv(alignment.matrix), np.float64)
    return (
        _beside(one.grey, back, theirs.shape) < MOST_OVERHANG
        or _beside(theirs, alignment.matrix, one.grey.shape) < MOST_OVERHANG
    )


def _beside(grey: NDArray[np.uint8], matrix: Matrix, shape: tuple[int, ...]) -> float:
    """The share of a photo that has drawing and lies, moved by `matrix`, clearly outside a picture of `shape`."""
    drawn = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, SQUARE)[WINDOWS] > 2 * PLAIN_LEVELS
    rows, columns = (STEP_PX // 2 + STEP_PX * places for places in np.nonzero(drawn))
    points = move(matrix, np.column_stack([columns, rows]).astype(np.float64)) / (shape[1], shape[0])
    outside = ((points < -BESIDE) | (points > 1 + BESIDE)).any(1)
    return float(outside.sum() / max(1, drawn.size))


def _is_same_framing(one: Described, other: Described, alignment: Alignment) -> bool:
    (height, width), (other_height, other_width) = one.grey.shape, other.grey.shape
    if alignment.mirrored or abs(np.log(width * other_height / (height * other_width))) > 0.02:
        return False
    corners = corners_of(alignment, one, other)
    return bool(np.abs(corners - [[0, 0], [1, 0], [1, 1], [0, 1]]).max() < FRAMING)


def _is_same_colour(one: Described, other: Described) -> bool:
    apart = np.abs(cv2.blur(one.colours, (3, 3)).astype(np.int16) - cv2.blur(other.colours, (3, 3)))
    return bool(apart.mean() < MEAN_COLOUR and apart.max() < MOST_COLOUR)


def _evidence(one: Described, other: Described, alignment: Alignment, inliers: int, agreement: float) -> Evidence:
    affine, corners = affine_of(alignment, one, other), corners_of(alignment, one, other)
    left, top = np.clip(corners.min(0), 0, 1)
    right, bottom = np.clip(corners.max(0), 0, 1)
    a, b, c, d, e, f = (float(value) for value in affine.ravel())
    return Evidence(
        transform=(a, b, c, d, e, f),
        mirrored=alignment.mirrored,
        overlap=(float(left), float(top), float(right - left), float(bottom - top)),
        inliers=inliers,
        agreement=float(np.clip(agreement, 0, 1)),
    )


def _measure(one: Described, other: Described, alignment: Alignment) -> Overlay | None:
    """The measures of the overlap; None where too little overlaps."""
    laid = _overlay(one, other, alignment)
    if laid is None:
        return None
    ours, theirs, both = laid
    inside = cv2.erode(both, np.ones((7, 7), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=(0,)) > 0
    shown = inside[WINDOWS]
    if shown.sum() < LEAST_WINDOWS:
        return None
    filled = _fills(ours, theirs)[WINDOWS]
    used = shown & ~filled
    if used.sum() < max(LEAST_WINDOWS, 0.2 * shown.sum()):
        used = shown
    coarse, coarse_textured, coarse_gain, _ = _correlate(ours, theirs, COARSE, used)
    fine, _, fine_gain, light = _correlate(ours, theirs, FINE, used)
    if min(len(coarse), len(fine)) < LEAST_TEXTURED:
        return None
    tone = np.minimum(_tone_residual(light[0], light[1]), _tone_residual(light[1], light[0]))
    measures = [
        *_percentiles(coarse, 10, 50),
        *_percentiles(fine, 10, 50),
        coarse_gain,
        fine_gain,
        *tone,
        coarse_textured,
    ]
    return Overlay(alignment, float(fine.mean() + coarse.mean()) / 2, np.array(measures, np.float64))


def _overlay(one: Described, other: Described, alignment: Alignment) -> tuple[Grey, Grey, NDArray[np.uint8]] | None:
    """Both photos in pixels of the coarser, cut to what the overlap needs, and where (255) both show something."""
    ours = one.grey
    theirs = np.ascontiguousarray(other.grey[:, ::-1]) if alignment.mirrored else other.grey
    scale, matrix = scale_of(alignment.matrix, theirs.shape), alignment.matrix
    still, moved = ours, theirs
    if scale > 1:
        still, moved, scale, matrix = theirs, ours, 1 / scale, np.asarray(np.linalg.inv(matrix), np.float64)
    left, top, right, bottom = _bounds(matrix, moved.shape, still.shape)
    if min(right - left, bottom - top) < LEAST_SIDE_PX:
        return None
    shift: Matrix = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64) @ matrix
    if scale < 0.8:  # else every few pixels would be taken alone
        moved = cv2.GaussianBlur(moved, (0, 0), 0.5 * float(np.sqrt(1 / scale**2 - 1)))
    size = right - left, bottom - top
    laid = _warp(moved, shift, size, cv2.INTER_CUBIC)
    shown = _warp(np.full(moved.shape, 255, np.uint8), shift, size, cv2.INTER_NEAREST)
    cut = still[top:bottom, left:right]
    return cut.astype(np.float32), laid.astype(np.float32), np.asarray(shown, np.uint8)


def _warp(picture: cv2.typing.MatLike, matrix: Matrix, size: tuple[int, int], how: int) -> cv2.typing.MatLike:
    if np.array_equal(matrix[2], (0, 0, 1)):  # no tilt: that is twice as fast
        return cv2.warpAffine(picture, matrix[:2], size, flags=how)
    return cv2.warpPerspective(picture, matrix, size, flags=how)


def _bounds(matrix: Matrix, moved: tuple[int, ...], still: tuple[int, ...]) -> tuple[int, int, int, int]:
    height, width = moved
    corners = move(matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64))
    left, top = np.clip(np.floor(corners.min(0)), 0, still[::-1]).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0)), 0, still[::-1]).astype(int)
    return int(left), int(top), int(right), int(bottom)


def _fills(one: Grey, other: Grey) -> Mask:
    """The places where only one is plain: a corner that a rotation left, a sticker, a clipped sky."""
    plain, other_plain = (
        cv2.blur((cv2.morphologyEx(x, cv2.MORPH_GRADIENT, SQUARE) <= PLAIN_LEVELS).astype(np.float32), (17, 17))
        for x in (one, other)
    )
    apart = (np.abs(plain - other_plain) > 0.5).astype(np.uint8)
    return cv2.dilate(apart, np.ones((13, 13), np.uint8)) > 0


def _correlate(
    one: Grey, other: Grey, detail: tuple[float, float, int, float], used: Mask
) -> tuple[NDArray[Any], float, float, list[NDArray[Any]]]:
    """The correlation of windows in a size of detail; the share with any detail; the variation of contrast.

    The latter is the middle 60 % of the logarithm of one's contrast by the other's, over the windows that correlate.
    The last are the light in the windows of both, without any detail.
    """
    fine, coarse, width, least = detail
    blurred = [cv2.GaussianBlur(x, (0, 0), coarse) for x in (one, other)]
    ours, theirs = (cv2.GaussianBlur(x, (0, 0), fine) - blur for x, blur in zip((one, other), blurred, strict=True))
    power, other_power, common = (
        cv2.blur(product, (width, width), borderType=cv2.BORDER_REFLECT)[WINDOWS][used]
        for product in (ours * ours, theirs * theirs, ours * theirs)
    )
    correlation = common / np.sqrt((power + 0.3) * (other_power + 0.3))
    textured = np.maximum(power, other_power) > least**2
    share = float(textured.mean())
    alike = textured & (correlation > 0.5)
    low, high = 0.0, 2.0
    if alike.sum() > 5:
        low, high = _percentiles(np.log((power[alike] + 0.3) / (other_power[alike] + 0.3)) / 2, 20, 80)
    return correlation[textured], share, high - low, [blur[WINDOWS][used] for blur in blurred]


def _tone_residual(values: cv2.typing.MatLike, by: cv2.typing.MatLike) -> NDArray[np.float64]:
    """The distance of `values` from a curve over `by`: median and 95th percentile."""
    count = min(20, max(4, len(values) // 40))
    width = len(values) // count  # a few of the lightest are left out
    pieces = values[np.argsort(by, kind="stable")][: count * width].reshape(count, width)
    apart = np.abs(pieces - np.median(pieces, axis=1, keepdims=True))
    return np.array(_percentiles(apart.ravel(), 50, 95)) / max(8.0, float(values.std()))


def _percentiles(values: NDArray[Any], *shares: int) -> list[float]:
    """Those of values [n], as NumPy interpolates them, which takes longer for a few values than sorting them."""
    ordered, found = np.sort(values), list[float]()
    for share in shares:
        place = share / 100 * (len(ordered) - 1)
        low, part = int(place), place % 1
        below, above = ordered[low], ordered[min(low + 1, len(ordered) - 1)]
        step = float(above - below)
        found.append(float(below) + step * part if part < 0.5 else float(above) - step * (1 - part))
    return found
