"""Changes of colour: by a table over red, green and blue, by a curve of each channel, by a turn of all hues.

The table is told by every second square of the picture and tried on the others: what is no function of the colour, as
another content, is not predicted by it there. A turn in the models HSV and HSL keeps the lightest and the darkest
channel of each pixel (Smith, "Color Gamut Transform Pairs", SIGGRAPH 1978), so that one angle tells all of it.

Whatever a lossless edit does to colours alone (a curve, a hue, fewer tones, a palette), pixels of one colour get one
colour. If colours become one by that, as by rounding and clipping they do, the reverse does not hold: so the direction
is certain.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photosearch.find.registration.register import Picture, Plane

KNOTS = 17  # of each channel, between which the table is linear
SQUARE_PX = 16  # sides of the squares
ROUNDS, RIDGE = 5, 2.0  # of the fit; samples that a colour needs to be believed by half
LEAST_SAMPLES = 1_000  # of either half
NEARLY_ALL, LEAST_LEVELS, LESS = 0.99, 1.5, 0.85  # of the errors of the luma: levels, and times what it was without
LEAST_OF_LEVEL = 20  # pixels, of which a median is told
SHRINK = 2  # the size in which hues are compared, as colours are coarse
VIVID, LEAST_VIVID = 30.0, 500  # levels from the darkest to the lightest channel; pixels
LEAST_DEGREES, MOST_DEGREES = 4.0, 75.0  # of a turn: less is a white balance, more has given things other colours
NEAR_DEGREES, ALIKE = 15.0, 0.97  # from the turn; share of the colour that is turned so
BAND_PX = 1_000_000  # pixels that are turned at once
BIN_DEGREES, LEAST_HUES = 5, 7.0  # of hues as even as these; fewer may be things that changed their colours by turns
# Pixel by pixel
SAMPLED, MOST_SAMPLED = 40_000, 0.05  # pixels of a first look; share of exceptions from which on it is the last one
GREEN, RED = 8, 16  # bits by which channels are moved to make one number
TOLD = 24
PALETTE = 256  # colours at most
AS_NEAR = 4.0  # levels by which programs miss the nearest colour of a palette
CHUNK = 4_000  # colours that are compared with a palette at once
STRAY_LEVELS, MOST_STRAYS = 8, 0.01  # off what a curve makes of a level; share of the pixels at most
MANY_COLOURS = 1_000  # of a photo at least, not a drawing
LEAST_MAPPED = 4096  # pixels: of an icon nearly every colour is there once, so that any picture tells any other
MERGED, LEAST_MERGED = 0.001, 80  # share of the pixels whose colour became another's, too; their number

Cube = NDArray[np.float64]  # [17³,3], of luma, blue and red difference: what is added to them; red runs fastest


def fit_cube(given: NDArray[np.float64], rest: NDArray[np.float64], places: NDArray[np.int64]) -> Cube | None:
    """The table that predicts `rest` [n,3] from the colours `given` [n,3], at `places` [n,2]; None: it is of no use."""
    is_told = (places // SQUARE_PX).sum(1) % 2 == 0
    if min(is_told.sum(), len(is_told) - is_told.sum()) < LEAST_SAMPLES:
        return None
    before = _error(rest[~is_told])
    if before < LEAST_LEVELS:
        return None
    at, weights = _corners(given)
    cube = _fit(at[:, is_told], weights[:, is_told], rest[is_told])
    left = rest[~is_told] - _look_up(cube, at[:, ~is_told], weights[:, ~is_told])
    return _fit(at, weights, rest) if _error(left) < LESS * before else None


def apply_cube(rgb: Picture, cube: Cube) -> NDArray[np.float32]:
    """What is added to luma, blue and red difference of uint8[H,W,3], float32[H,W,3]."""
    most = max(1.0, float(np.abs(cube).max()))
    table = ImageFilter.Color3DLUT(KNOTS, (cube / most + 1).ravel() / 2, _copy_table=False)
    levels = np.asarray(Image.fromarray(rgb).filter(table), np.float32)
    levels *= np.float32(2 * most / 255)
    levels -= np.float32(most)
    return levels


def _fit(at: NDArray[np.int64], weights: NDArray[np.float64], rest: NDArray[np.float64]) -> Cube:
    cube = np.zeros((KNOTS**3, rest.shape[1]))
    count = np.bincount(at.ravel(), weights.ravel(), len(cube))
    for _ in range(ROUNDS):
        left = rest - _look_up(cube, at, weights)
        for channel in range(rest.shape[1]):
            sums = np.bincount(at.ravel(), (weights * left[:, channel]).ravel(), len(cube))
            cube[:, channel] += sums / (count + RIDGE)
    return cube


def _look_up(cube: Cube, at: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    # taking numbers one by one takes a quarter of the time of taking rows of three
    return np.column_stack([(weights * part.take(at)).sum(0) for part in np.ascontiguousarray(cube.T)])


def _corners(given: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The places in the table of the eight knots around each colour, and their weights [8,n]."""
    at = given.T / 255 * (KNOTS - 1)
    low = np.clip(at.astype(np.int64), 0, KNOTS - 2)
    knots, parts = np.stack([low, low + 1]), np.stack([low + 1 - at, at - low])  # of each channel, below and above
    red, green, blue = (knots[:, channel] * KNOTS**channel for channel in range(3))
    places = red[:, None, None] + green[:, None] + blue
    weights = parts[:, 0][:, None, None] * parts[:, 1][:, None] * parts[:, 2]
    return places.reshape(8, -1), weights.reshape(8, -1)


def _error(rest: NDArray[np.float64]) -> float:
    return float(np.quantile(np.abs(rest[:, 0]), NEARLY_ALL))


# Curves of the channels


def level_by_level(source: Picture, target: Picture, mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """float32[H,W,3]: each channel of uint8[H,W,3] `source` by the median that `target` has of its level there.

    A change that is a curve of each channel is predicted to a fraction of a level, whatever the shapes of the curves.
    """
    pairs = zip(cv2.split(source), cv2.split(target), strict=True)
    return np.asarray(cv2.merge([cv2.LUT(ours, _medians(ours, theirs, mask)) for ours, theirs in pairs]), np.float32)


def _medians(given: cv2.typing.MatLike, wanted: cv2.typing.MatLike, mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """float32[256]: the median of `wanted` where `given` has a level; of rare levels between those of frequent ones."""
    inside = mask.astype(np.uint8)
    counts = cv2.calcHist([given, wanted], [0, 1], inside, [256, 256], [0, 256, 0, 256]).astype(np.int64)
    often = counts.sum(1)
    frequent = np.flatnonzero(often >= min(LEAST_OF_LEVEL, often.max()))
    below = counts[frequent].cumsum(1)
    half = below[:, -1:] / 2
    level = (below >= half).argmax(1)[:, None]
    at, before = (np.take_along_axis(each, level, 1) for each in (counts[frequent], below - counts[frequent]))
    medians = (level - 0.5 + (half - before) / at).ravel()
    return np.interp(np.arange(256), frequent, medians).astype(np.float32)


# Turning all hues


def find_turn(one: Picture, other: Picture, mask: NDArray[np.bool_]) -> float:
    """The degrees by which all hues of uint8[H,W,3] are turned to be those of another picture; 0: they are not.

    They are only where many hues are turned alike: another colour of the only coloured thing is a turn of its hue.
    """
    size = max(1, mask.shape[1] // SHRINK), max(1, mask.shape[0] // SHRINK)
    small = [np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.uint8) for each in (one, other)]
    hues, vivid = zip(*map(_hues, small), strict=True)
    weights = np.minimum(*vivid)
    inside = (weights > VIVID) & (cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0)
    if inside.sum() < LEAST_VIVID:
        return 0.0
    apart, weights = (hues[1] - hues[0])[inside] % 360, weights[inside]
    counts = np.bincount((apart / BIN_DEGREES).astype(np.int64), weights, 360 // BIN_DEGREES)
    middle = BIN_DEGREES * (float(np.argmax(counts + np.roll(counts, 1) + np.roll(counts, -1))) + 0.5)
    off = (apart - middle + 180) % 360 - 180
    near = np.abs(off) < NEAR_DEGREES
    turn = (middle + float(np.median(off[near])) + 180) % 360 - 180
    if not LEAST_DEGREES < abs(turn) < MOST_DEGREES:
        return 0.0  # as nearly always
    within = weights[np.abs((apart - turn + 180) % 360 - 180) < NEAR_DEGREES].sum()
    is_turned = within > ALIKE * weights.sum() and all(_are_many(each[inside], weights) for each in hues)
    return turn if is_turned else 0.0


def turned(rgb: Picture, degrees: float) -> Picture:
    """uint8[H,W,3] with its hues turned."""
    rows = max(1, BAND_PX // rgb.shape[1])
    bands = (rgb[start : start + rows] for start in range(0, len(rgb), rows))
    return np.concatenate([_turned(band, degrees) for band in bands])


def _turned(rgb: Picture, degrees: float) -> Picture:
    hsv = np.asarray(cv2.cvtColor(rgb.astype(np.float32), cv2.COLOR_RGB2HSV), np.float32)
    hsv[..., 0] = (hsv[..., 0] + np.float32(degrees)) % 360
    return np.asarray(cv2.convertScaleAbs(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)), np.uint8)


def _hues(rgb: Picture) -> tuple[Plane, Plane]:
    """The hue in degrees, and the levels by which the lightest channel is above the darkest."""
    hue, saturation, value = cv2.split(cv2.cvtColor(rgb.astype(np.float32), cv2.COLOR_RGB2HSV))
    return np.asarray(hue, np.float32), np.asarray(saturation * value, np.float32)


def has_many_hues(rgb: Picture, mask: NDArray[np.bool_]) -> bool:
    """True if uint8[H,W,3] has so many hues where `mask` holds that one change of them all tells them apart."""
    hues, vivid = _hues(rgb)
    inside = mask & (vivid > VIVID)
    return inside.sum() >= LEAST_VIVID and _are_many(hues[inside], vivid[inside])


def _are_many(hues: NDArray[np.float32], weights: NDArray[np.float32]) -> bool:
    """True if hues are as uneven as many equally frequent ones (the exponential of their entropy)."""
    counts = np.bincount((hues / BIN_DEGREES).astype(np.int64) % (360 // BIN_DEGREES), weights)
    shares = counts[counts > 0] / counts.sum()
    return bool(np.exp(-(shares * np.log(shares)).sum()) > LEAST_HUES)


class Mapped(NamedTuple):
    """The extent to which the colours of two pictures tell each other's."""

    exceptions: tuple[int, int]  # pixels of the other that the one's colour there does not tell, and the reverse
    colours: tuple[int, int]  # of the one and of the other
    is_palette: bool  # the one with fewer colours has no more than a palette, and each pixel the nearest of them
    pixels: int  # of each that were looked at
    is_all: bool = True  # of those that both show
    is_curves: bool = False  # each channel tells that of the other, the lighter the lighter
    has_strays: bool = False  # so it is of nearly all pixels: a few whose colours are nowhere else are another thing

    @property
    def computed(self) -> int:
        """1 if the colours of the one tell those of the other, and these not them; -1 if the reverse; else 0.

        Then nothing is in the one that is told by no pixel of the other, but for its frame.
        """
        if max(self.colours) < MANY_COLOURS or self.has_strays:
            return 0
        least = max(MERGED * self.pixels, LEAST_MERGED)
        first, second = self.exceptions
        return (first == 0 and second > least) - (second == 0 and first > least)


def map_colours(one: Picture, other: Picture, mask: NDArray[np.bool_]) -> Mapped | None:
    """Compare uint8[H,W,3] that lie pixel on pixel, where bool[H,W] `mask` holds; None: neither tells the other."""
    inside = np.flatnonzero(mask)
    if len(inside) < LEAST_MAPPED:
        return None
    few = [_numbers(each, inside[:: max(1, len(inside) // SAMPLED)]) for each in (one, other)]
    if min(_exceptions(*few)[0], _exceptions(*few[::-1])[0]) > MOST_SAMPLED * len(few[0]):
        return None
    ours, theirs = (_numbers(each, inside) for each in (one, other))
    (first, colours), (second, other_colours) = _exceptions(ours, theirs), _exceptions(theirs, ours)
    fewer, more = (ours, theirs) if colours < other_colours else (theirs, ours)
    is_palette = min(colours, other_colours) <= PALETTE and _are_nearest(more, fewer)
    told = [pair for count, *pair in ((first, ours, theirs), (second, theirs, ours)) if count == 0]
    is_curves = any(_are_curves(*pair) for pair in told)
    has_strays = not is_palette and any(_has_strays(*pair) for pair in told)
    return Mapped((first, second), (colours, other_colours), is_palette, len(ours), True, is_curves, has_strays)


def _numbers(rgb: Picture, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The colours at places of the flattened picture, each as one number."""
    red, green, blue = rgb.reshape(-1, 3)[places].astype(np.int64).T
    return red << RED | green << GREEN | blue


def _are_curves(source: NDArray[np.int64], target: NDArray[np.int64]) -> bool:
    """True if each channel of all pixels of `target` is a curve of that channel of `source` that never falls."""
    for bits in (RED, GREEN, 0):
        pairs = np.flatnonzero(np.bincount((source >> bits & 255) << 8 | target >> bits & 255))
        if (np.diff(pairs >> 8) == 0).any() or (np.diff(pairs & 255) < 0).any():
            return False
    return True


def _has_strays(source: NDArray[np.int64], target: NDArray[np.int64]) -> bool:
    """True if channels of a few pixels of `target` are far from what that level of `source` is nearly everywhere."""
    strays, levels = 0, np.arange(256)
    for bits in (RED, GREEN, 0):
        pairs = np.bincount((source >> bits & 255) << 8 | target >> bits & 255, minlength=1 << 16).reshape(256, 256)
        strays += int(pairs[np.abs(levels - pairs.argmax(1)[:, None]) > STRAY_LEVELS].sum())
    return 0 < strays <= MOST_STRAYS * len(source)


def _are_nearest(source: NDArray[np.int64], palette: NDArray[np.int64]) -> bool:
    """True if each pixel has of all colours of `palette` the one that is nearest to its own in `source`.

    So nothing was drawn after the picture got its few colours, nor anything given another colour.
    """
    colours = _channels(np.unique(palette))
    both = np.unique(source << TOLD | palette)
    for start in range(0, len(both), CHUNK):
        chunk = both[start : start + CHUNK]
        given, taken = _channels(chunk >> TOLD), _channels(chunk & (1 << TOLD) - 1)
        by_colour = np.asarray(cv2.gemm(given, colours, -2, np.zeros(0), 0, flags=cv2.GEMM_2_T))
        by_colour += (colours**2).sum(1)
        nearest = np.maximum(by_colour.min(1) + (given**2).sum(1), 0) ** 0.5
        if (((given - taken) ** 2).sum(1) ** 0.5 > nearest + AS_NEAR).any():
            return False
    return True


def _channels(numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    """Red, green and blue [n,3] of colours as numbers."""
    return np.column_stack([numbers >> RED, numbers >> GREEN & 255, numbers & 255]).astype(np.float32)


def _exceptions(source: NDArray[np.int64], target: NDArray[np.int64]) -> tuple[int, int]:
    """The pixels whose `target` is not the most frequent one of their source's colour; the number of such colours."""
    both = np.sort(source << TOLD | target)
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
    counts = np.diff(np.concatenate([starts, [len(both)]]))
    colours = both[starts] >> TOLD
    groups = np.flatnonzero(np.concatenate([[True], colours[1:] != colours[:-1]]))
    return len(both) - int(np.maximum.reduceat(counts, groups).sum()), len(groups)
