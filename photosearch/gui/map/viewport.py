"""The part of a map that is seen: which place is in the middle, and how large the map is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARGIN = 0.06  # of the shorter side, around a map that is seen as a whole
NEAREST, FARTHEST = 4_000.0, 0.05  # px for one unit of a place

Places = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Viewport:
    """`scale` device-independent pixels for one unit, (`x`, `y`) in the middle of `width` × `height` pixels."""

    x: float
    y: float
    scale: float
    width: int
    height: int

    def on_screen(self, places: Places) -> tuple[Places, Places]:
        """Pixels across and down of places float32[n,2]."""
        across = (places[:, 0] - np.float32(self.x)) * np.float32(self.scale) + np.float32(self.width / 2)
        down = (places[:, 1] - np.float32(self.y)) * np.float32(self.scale) + np.float32(self.height / 2)
        return across, down

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of one place."""
        return (x - self.x) * self.scale + self.width / 2, (y - self.y) * self.scale + self.height / 2

    def moved(self, across: float, down: float) -> "Viewport":
        """With the map moved by so many pixels."""
        return self._with(self.x - across / self.scale, self.y - down / self.scale, self.scale)

    def zoomed(self, factor: float, across: float, down: float) -> "Viewport":
        """Nearer by a factor; what lies at a pixel stays there."""
        scale = min(NEAREST, max(FARTHEST, self.scale * factor))
        off_x, off_y = across - self.width / 2, down - self.height / 2
        x, y = self.x + off_x / self.scale - off_x / scale, self.y + off_y / self.scale - off_y / scale
        return self._with(x, y, scale)

    def resized(self, width: int, height: int) -> "Viewport":
        """The same middle in another size of the window."""
        return Viewport(self.x, self.y, self.scale, max(1, width), max(1, height))

    def showing(self, x: float, y: float) -> "Viewport":
        """Moved as little as it takes to see a place."""
        across, down = self.point(x, y)
        room_x, room_y = self.width * 0.1, self.height * 0.1
        left = min(0.0, self.width - room_x - across) + max(0.0, room_x - across)
        up = min(0.0, self.height - room_y - down) + max(0.0, room_y - down)
        return self.moved(left, up)

    def _with(self, x: float, y: float, scale: float) -> "Viewport":
        return Viewport(x, y, scale, self.width, self.height)


def whole(places: Places, width: int, height: int) -> Viewport:
    """A viewport in which all places are seen."""
    width, height = max(1, width), max(1, height)
    if not len(places):
        return Viewport(0, 0, 1, width, height)
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([width, height]) - 2 * MARGIN * min(width, height)
    scale = float((room / np.maximum(high - low, 0.5)).min())
    x, y = ((low + high) / 2).tolist()
    return Viewport(x, y, min(NEAREST, max(FARTHEST, scale)), width, height)
