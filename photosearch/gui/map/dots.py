"""Paints the dots of a map into an image: up to some hundred thousand one by one, more of them as density."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from photosearch.gui.map.viewport import Viewport
from photosearch.library.maps.picture import COLOURS, NO_CLUSTER, Painted, mixed, stamp

MANY = 200_000  # dots, from which on their density is shown
MOVING = 60_000  # dots at most while the map moves: a picture each 16 ms
LARGEST = 5.0  # px, the radius
FAINTEST = 0.35  # where one dot is alone among many

Rows = NDArray[np.int64]
Pixels = NDArray[np.uint32]


class Dots:
    """The dots of one map in the order they are painted in: those in no cluster lie below."""

    def __init__(self, painted: Painted, background: QColor, highlighted: NDArray[np.bool_] | None = None) -> None:
        """`highlighted` bool[n]: these stand out, all others step back."""
        base = background.rgb() & 0xFFFFFF
        self._base = np.uint32(base | 0xFF000000)
        self._full = np.array([colour | 0xFF000000 for colour in COLOURS], np.uint32)
        self._half = np.array([mixed(colour, base) | 0xFF000000 for colour in COLOURS], np.uint32)
        self._faint = np.array([mixed(mixed(colour, base), base) | 0xFF000000 for colour in COLOURS], np.uint32)
        self._colours = painted.colours
        self._highlighted = highlighted
        above = painted.colours != NO_CLUSTER
        if highlighted is not None:
            above = above.astype(np.int8) + 2 * highlighted
        # Of equals, any few that are drawn while the map moves stand for all.
        self._order = np.lexsort((np.random.default_rng(0).permutation(len(above)), above))
        self._ordered = painted.layout.places[self._order]

    def paint(self, seen: Viewport, ratio: float, *, moving: bool) -> QImage:
        """What is seen now, with `ratio` pixels of the image for one of the screen."""
        width, height = max(1, round(seen.width * ratio)), max(1, round(seen.height * ratio))
        border = round(LARGEST * ratio) + 2
        pixels = np.full((height + 2 * border, width + 2 * border), self._base, np.uint32)
        rows, across, down = self._seen(seen, moving)
        x = (across * np.float32(ratio)).astype(np.int64) + border
        y = (down * np.float32(ratio)).astype(np.int64) + border
        if len(rows) > MANY:
            self._paint_density(pixels, x, y, self._colours[rows])
        else:
            radius = dot_radius(seen, len(rows)) * ratio
            self._paint_dots(pixels, x, y, rows, round(radius))
        inside = np.ascontiguousarray(pixels[border:-border, border:-border])
        image = QImage(inside.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def _seen(self, seen: Viewport, moving: bool) -> tuple[Rows, NDArray[np.float32], NDArray[np.float32]]:
        step = -(-len(self._order) // MOVING) if moving and len(self._order) > MOVING else 1
        rows = self._order[::step]
        across, down = seen.on_screen(self._ordered[::step])
        near = (across > -LARGEST) & (across < seen.width + LARGEST)
        near &= (down > -LARGEST) & (down < seen.height + LARGEST)
        return rows[near], across[near], down[near]

    def _paint_dots(self, pixels: Pixels, x: Rows, y: Rows, rows: Rows, radius: int) -> None:
        colours = self._colours[rows]
        if self._highlighted is None:
            stamp(pixels, x, y, self._full[colours], self._half[colours], radius)
            return
        chosen = self._highlighted[rows]
        others = ~chosen
        quiet = self._faint[colours[others]]
        stamp(pixels, x[others], y[others], quiet, quiet, radius)
        stamp(pixels, x[chosen], y[chosen], self._full[colours[chosen]], self._half[colours[chosen]], radius + 1)

    def _paint_density(self, pixels: Pixels, x: Rows, y: Rows, colours: Rows) -> None:
        height, width = pixels.shape
        at = np.clip(y, 0, height - 1) * width + np.clip(x, 0, width - 1)
        counts = np.bincount(at, minlength=height * width)
        flat = pixels.reshape(-1)
        flat[at] = self._full[colours]
        dotted = np.flatnonzero(counts)
        share = FAINTEST + (1 - FAINTEST) * np.log1p(counts[dotted]) / np.log1p(counts.max(initial=1))
        mixture = np.full(len(dotted), 0xFF000000, np.uint32)
        for shift in (0, 8, 16):
            over, under = flat[dotted] >> shift & 255, int(self._base) >> shift & 255
            mixture |= (over * share + under * (1 - share)).astype(np.uint32) << np.uint32(shift)
        flat[dotted] = mixture


def dot_radius(seen: Viewport, dots: int) -> float:
    """How large dots are, in pixels, so that so many leave room."""
    return float(np.clip(0.16 * (seen.width * seen.height / max(1, dots)) ** 0.5, 1.0, LARGEST))
