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
PALETTE = 256  # colours at most
AS_NEAR = 4.0  # levels by which programs miss the nearest colour of a palette
CHUNK = 4_000  # colours that are compared with a palette at once
MANY_COLOURS = 1_000  # of a photo at least, not a drawing
MERGED, LEAST_MERGED = 0.001, 80  # share of the pixels whose colour became another's, too; their number


class Mapped(NamedTuple):
    """The extent to which the colours of two pictures tell each other's."""

    exceptions: tuple[int, int]  # pixels of the other that the one's colour there does not tell, and the reverse
    colours: tuple[int, int]  # of the one and of the other
    is_palette: bool  # the one with fewer colours has no more than a palette, and each pixel the nearest of them
    pixels: int  # of each that were looked at
    is_all: bool = True  # of those that both show

    @property
    def computed(self) -> int:
        """1 if the colours of the one tell those of the other, and these not them; -1 if the reverse; else 0.

        Then nothing is in the one that is told by no pixel of the other, but for its frame.
        """
        if max(self.colours) < MANY_COLOURS:
            return 0
        least = max(MERGED * self.pixels, LEAST_MERGED)
        first, second = self.exceptions
        return (first == 0 and second > least) - (second == 0 and first > least)


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
    fewer, more = (ours, theirs) if colours < other_colours else (theirs, ours)
    is_palette = min(colours, other_colours) <= PALETTE and _are_nearest(more, fewer)
    return Mapped((first, second), (colours, other_colours), is_palette, len(ours))


def _numbers(rgb: Picture, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The colours at places of the flattened picture, each as one number."""
    red, green, blue = rgb.reshape(-1, 3)[places].astype(np.int64).T
    return red << RED | green << GREEN | blue


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
