"""Whether the colours of one picture tell those of the other, pixel by pixel, as after an edit saved losslessly.

Whatever an edit does to colours alone (a curve, a hue, fewer tones, a palette), pixels of one colour get one colour. If
colours become one by that, as by rounding and clipping they do, the reverse does not hold: so the direction is certain.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.registration.register import Picture

SAMPLED, MOST_SAMPLED = 40_000, 0.05  # pixels of a first look; share of exceptions from which on it is the last one
GREEN, RED = 8, 16  # bits by which channels are moved to make one number
TOLD = 24


class Mapped(NamedTuple):
    """The extent to which the colours of two pictures tell each other's."""

    exceptions: tuple[int, int]  # pixels of the other that the one's colour there does not tell, and the reverse
    colours: tuple[int, int]  # of the one and of the other
    farthest: int  # levels by which a channel of a pixel differs
    pixels: int  # of each that were looked at
    is_all: bool = True  # of those that both show


def map_colours(one: Picture, other: Picture, mask: NDArray[np.bool_]) -> Mapped | None:
    """Compare uint8[H,W,3] that lie pixel on pixel, where bool[H,W] `mask` holds; None: neither tells the other."""
    inside = np.flatnonzero(mask)
    if not len(inside):
        return None
    few = [_numbers(each, inside[:: max(1, len(inside) // SAMPLED)]) for each in (one, other)]
    if min(_exceptions(*few)[0], _exceptions(*few[::-1])[0]) > MOST_SAMPLED * len(few[0]):
        return None
    ours, theirs = (_numbers(each, inside) for each in (one, other))
    (first, colours), (second, other_colours) = _exceptions(ours, theirs), _exceptions(theirs, ours)
    farthest = int(np.asarray(cv2.absdiff(one, other))[mask].max())
    return Mapped((first, second), (colours, other_colours), farthest, len(ours))


def _numbers(rgb: Picture, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The colours at places of the flattened picture, each as one number."""
    red, green, blue = rgb.reshape(-1, 3)[places].astype(np.int64).T
    return red << RED | green << GREEN | blue


def _exceptions(source: NDArray[np.int64], target: NDArray[np.int64]) -> tuple[int, int]:
    """The pixels whose `target` is not the most frequent one of their source's colour; the number of such colours."""
    both = np.sort(source << TOLD | target)
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
    counts = np.diff(np.concatenate([starts, [len(both)]]))
    colours = both[starts] >> TOLD
    groups = np.flatnonzero(np.concatenate([[True], colours[1:] != colours[:-1]]))
    return len(both) - int(np.maximum.reduceat(counts, groups).sum()), len(groups)
