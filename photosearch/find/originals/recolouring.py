"""Whether a thing has another colour in two pictures of one scene: a product, the eyes, a sign; or another light.

A change of tone predicts such a thing where no other part of the picture has its colour, so that it does not stand out;
and what varies slowly from place to place, as the light of a lamp, a cloud or a shadow on an X-ray, is predicted, too.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.originals.colour_changes import has_many_hues
from photosearch.find.originals.differences import CELL_PX, deviations, places, squared_gradient
from photosearch.find.originals.local import area, median
from photosearch.find.originals.prediction import (
    Planes,
    Prediction,
    colours_of,
    falloffs_of,
    over_frame,
    solve,
)
from photosearch.find.registration.register import Picture, Plane

VIVID, OTHER_HUE = 16.0, 0.5  # levels of a colour; cosine of 60 degrees
FEW, OTHER_OF_FEW = 2, 0.94  # hues, of which one change of colours fits any; cosine of 20 degrees
HUES, NEARLY_NONE = 24, 0.03  # bins of 15 degrees, three of which are a hue; share of vivid pixels of any further one
APART, TIMES = 12.0, 4.0  # levels by which a thing's colour is changed otherwise; times what nearly all is
NEARLY_ALL = 0.95
STRAIGHT, GAIN, FITTED = 0.1, 1.4, 3.0  # of a white balance: share of other channels; gain; levels of nearly all
TINTED, ONE_HUE, ALL = 4.0, 0.9, 0.97  # levels of a colour; cosine of 26 degrees; share of what is tinted
LEAST_PX, LEAST_TURNED_PX = 3, 2  # sides of a thing, at half size; of one in another hue
SAMPLES, ROUNDS = 8_000, 6
DARK, LIGHT = 3, 252  # beyond, a channel may be clipped
RIDGE = 0.01  # by which a colour that is rare stays as it is
LIGHT_SAMPLES, LEAST_SAMPLES, INSIDE = 4_000, 500, 0.9  # of light; share of a window that both pictures show
AROUND, LEAST_LIGHT = 9, 0.7  # pixels of a quarter of the size over which light is averaged; levels that are never seen


class _Look(NamedTuple):
    """How the colours of one picture are those of another, changed."""

    is_odd: bool  # a place is not
    is_one: bool  # nearly all are by one change that fits no thing alone: of many hues, or a gain for each channel


def is_recoloured(one: Planes, other: Planes, mask: NDArray[np.bool_]) -> bool:
    """True if a place is of another hue in both pictures, or of a colour that changed unlike all the rest."""
    size = one.half.shape[1], one.half.shape[0]
    inside = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    if not inside.any():
        return False
    look = _look(one, other, inside)
    if look.is_one and not look.is_odd:
        return False  # whatever the other way tells
    back = _look(other, one, inside)
    if look.is_odd and back.is_odd:
        return True
    return not (back.is_one and not back.is_odd) and _has_other_hue(one, other, inside)


def strongest_light(predictions: Sequence[Prediction], mask: NDArray[np.bool_]) -> float:
    """The strength of the strongest place whose light neither a change of tone nor a fall-off explains, either way.

    See `find_differences`; places are measured in a quarter of the size.
    """
    outs = list[Plane]()
    for each in predictions:
        shape = each.uneven.shape
        luma, part = (area(values, shape[::-1]) for values in (each.luma, mask.astype(np.float32)))
        uneven = _without_falloff(each.uneven, np.asarray(luma - each.uneven, np.float32), part > 0.99)
        weight = cv2.blur(part, (AROUND, AROUND))
        mean = np.asarray(cv2.blur(cv2.multiply(uneven, part), (AROUND, AROUND)) / np.maximum(weight, 0.1), np.float32)
        size = shape[1] // CELL_PX, shape[0] // CELL_PX
        inside = np.asarray(area(weight, size)) > INSIDE
        squared, slopes = (
            np.asarray(area(values, size), np.float32)
            for values in (mean * mean, squared_gradient(np.asarray(luma, np.float32)))
        )
        outs.append(deviations(squared, slopes, inside, LEAST_LIGHT))
    found = places(np.minimum(*outs))
    return found[0].strength if found else 0.0


def _without_falloff(uneven: Plane, luma: Plane, inside: NDArray[np.bool_]) -> Plane:
    """What is left of a residual without the part by which a fall-off over the frame multiplies the luma."""
    places = np.flatnonzero(inside)
    places = places[:: max(1, len(places) // LIGHT_SAMPLES)]
    if len(places) < LEAST_SAMPLES:
        return uneven
    rows, columns = np.divmod(places, inside.shape[1])
    where = falloffs_of(columns / uneven.shape[1], rows / uneven.shape[0])
    design, aim = where * (luma[rows, columns] / 128)[:, None], uneven[rows, columns].astype(np.float64)[:, None]
    weights, factors = np.ones((len(aim), 1)), np.zeros((where.shape[1], 1))
    for _ in range(ROUNDS):
        factors = solve(design, aim, weights, 1e-6 * len(aim) * np.eye(where.shape[1]))
        errors = np.abs(aim - design @ factors)
        weights = 1 / (1 + (errors / max(0.5, 2.5 * median(errors.ravel()))) ** 2)
    return np.asarray(uneven - over_frame(factors[:, 0], uneven.shape) * luma / 128, np.float32)


def _has_other_hue(one: Planes, other: Planes, inside: NDArray[np.bool_]) -> bool:
    ours, theirs = (np.asarray(cv2.blur(each.colours, (3, 3)), np.float32) for each in (one, other))
    levels, other_levels = map(_levels, (ours, theirs))
    if _is_toned(ours[inside], levels[inside]) != _is_toned(theirs[inside], other_levels[inside]):
        return False  # sepia, of a photo of several hues
    cosine = (ours * theirs).sum(2) / np.maximum(1.0, levels * other_levels)
    hues = max(
        _count_hues(colours[inside & (strong > VIVID)]) for colours, strong in ((ours, levels), (theirs, other_levels))
    )
    turned = (
        (np.minimum(levels, other_levels) > VIVID) & (cosine < (OTHER_OF_FEW if hues <= FEW else OTHER_HUE)) & inside
    )
    return bool(cv2.erode(turned.astype(np.uint8), np.ones((LEAST_TURNED_PX, LEAST_TURNED_PX), np.uint8)).any())


def _levels(colours: NDArray[np.float32]) -> Plane:
    return np.asarray(cv2.magnitude(*cv2.split(colours)), np.float32)


def _count_hues(colours: NDArray[np.float32]) -> int:
    """The number of hues that vivid colours [n,2] have, or `FEW` + 1."""
    counts = np.histogram(np.arctan2(colours[:, 1], colours[:, 0]), HUES, (-np.pi, np.pi))[0].astype(np.float64)
    least = NEARLY_NONE * max(1.0, counts.sum())
    for number in range(FEW + 1):
        if counts.sum() <= least:
            return number
        middle = int(np.argmax(counts + np.roll(counts, 1) + np.roll(counts, -1)))
        counts[[middle - 1, middle, (middle + 1) % HUES]] = 0
    return FEW + 1


def _is_toned(colours: NDArray[np.float32], levels: NDArray[np.float32]) -> bool:
    """True if most of a picture has a colour, and all that has one is of one hue; `colours` [n,2] and their levels."""
    tinted = levels > TINTED
    if tinted.mean() < 0.5:
        return False
    hues = colours[tinted] / levels[tinted][:, None]
    mean = hues.mean(0)
    cosines = (hues * (mean / max(1e-6, float(np.hypot(*mean))))).sum(1)
    return bool((cosines > ONE_HUE).mean() > ALL)


def _look(source: Planes, target: Planes, inside: NDArray[np.bool_]) -> _Look:
    """Compare the target with one affine change of the source's red, green and blue.

    It fits brightness, contrast, saturation and white balance; of changes that it fits nowhere, nothing is told.
    """
    places = np.flatnonzero(inside)
    places = places[:: max(1, len(places) // SAMPLES)]
    change = _fit(*(each.half.reshape(-1, 3)[places] for each in (source, target)))
    changed = cv2.transform(source.half.astype(np.float32), change.T.astype(np.float32))
    apart = colours_of(np.clip(np.asarray(changed, np.float32), 0, 255)) - target.colours
    levels = _levels(np.asarray(cv2.blur(apart, (3, 3)), np.float32))
    nearly_all = float(np.quantile(levels[inside], NEARLY_ALL))
    odd = ((levels > max(APART, TIMES * nearly_all)) & inside).astype(np.uint8)
    gains = np.diag(change[:3])
    is_straight = np.abs(change[:3] - np.diag(gains)).max() < STRAIGHT and np.abs(change[3]).max() < APART
    is_balance = bool(is_straight and gains.min() > 1 / GAIN and gains.max() < GAIN)
    is_one = nearly_all < FITTED and (is_balance or has_many_hues(source.half, inside))
    return _Look(bool(cv2.erode(odd, np.ones((LEAST_PX, LEAST_PX), np.uint8)).any()), is_one)


def _fit(source: Picture, target: Picture) -> NDArray[np.float64]:
    """The change [4,3] of colours [n,3] by robust least squares, where neither is clipped."""
    given, wanted = source.astype(np.float64), target.astype(np.float64)
    clear = ((wanted > DARK) & (wanted < LIGHT)).all(1)
    if clear.mean() > 0.1:
        given, wanted = given[clear], wanted[clear]
    design = np.column_stack([given, np.ones(len(given))])
    equal, ridge = np.eye(4, 3), RIDGE * len(given) * np.diag([1.0, 1.0, 1.0, 1e-9])
    weights, change = np.ones((len(given), 1)), equal
    for _ in range(ROUNDS):
        change = equal + solve(design, wanted - given, weights, ridge)
        errors = np.abs(wanted - design @ change).max(1)
        weights = 1 / (1 + (errors / max(2.0, 2.5 * median(errors.ravel()))) ** 2)[:, None]
    return change
