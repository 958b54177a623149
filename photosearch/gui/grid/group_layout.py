"""Where groups of photos lie on a page: as many side by side as fit, and wide ones in several lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from photosearch.gui.grid.grid_layout import Box

MARGIN, GAP, PADDING = 12, 10, 10  # of the page, between groups and photos, and of a group around its photos
TITLE_HEIGHT = 44
NARROWEST = 290  # a group of two small photos still has room for its title


class Place(NamedTuple):
    """A photo of a group."""

    row: int
    number: int


class GroupLayout:
    """A page of `width` pixels; `counts` are the photos of each group, `caption` is the height below each photo.

    Lines are found once, in a few milliseconds for 20,000 groups; every question takes O(log groups).
    """

    def __init__(self, counts: Sequence[int], width: int, cell: int, caption: int) -> None:
        self.cell, self._pitch, self._high = cell, cell + GAP, cell + caption + GAP
        self._counts = counts
        self._starts = [0, *accumulate(counts)]
        inner = max(NARROWEST, width - 2 * MARGIN)
        self.columns = max(1, (inner - 2 * PADDING + GAP) // self._pitch)
        self._lefts, self._widths, self._tops, self._heights = [0] * len(counts), [0] * len(counts), [], []
        self._first: list[int] = []  # of each line: its first group
        left, right, top, tallest = MARGIN, MARGIN + inner, MARGIN, 0
        for row, count in enumerate(counts):
            wide = max(min(count, self.columns) * self._pitch - GAP + 2 * PADDING, NARROWEST)
            high = TITLE_HEIGHT + -(-count // self.columns) * self._high + PADDING - GAP
            if not self._first or left + wide > right:
                if self._first:
                    self._heights.append(tallest)
                    top += tallest + GAP
                self._first.append(row)
                self._tops.append(top)
                left, tallest = MARGIN, 0
            self._lefts[row], self._widths[row] = left, wide
            left += wide + GAP
            tallest = max(tallest, high)
        if self._first:
            self._heights.append(tallest)
            top += tallest + MARGIN
        self.height = top if self._first else 0

    @property
    def photos(self) -> int:
        """The number of photos in all groups."""
        return self._starts[-1]

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self._counts)

    def flat(self, place: Place) -> int:
        """The number of a photo among all photos."""
        return self._starts[place.row] + place.number

    def place(self, flat: int) -> Place:
        """The photo with a number among all photos."""
        row = bisect_right(self._starts, flat) - 1
        return Place(row, flat - self._starts[row])

    def group_box(self, row: int) -> Box:
        """Where a group lies."""
        line = self._line(row)
        return Box(self._lefts[row], self._tops[line], self._widths[row], self._heights[line])

    def cell_box(self, place: Place) -> Box:
        """Where the picture of a photo lies; its caption is below."""
        line, (down, right) = self._line(place.row), divmod(place.number, self.columns)
        left = self._lefts[place.row] + PADDING + right * self._pitch
        return Box(left, self._tops[line] + TITLE_HEIGHT + down * self._high, self.cell, self.cell)

    def rows_between(self, top: int, bottom: int) -> range:
        """The groups of which anything lies between two heights of the page."""
        if not self._first:
            return range(0)
        first = max(0, bisect_right(self._tops, top) - 1)
        if self._tops[first] + self._heights[first] <= top:
            first += 1
        last = bisect_left(self._tops, bottom)
        if first >= last:
            return range(0)
        end = self._first[last] if last < len(self._first) else len(self._counts)
        return range(self._first[first], end)

    def group_at(self, x: int, y: int) -> int:
        """The group at a point of the page, or -1."""
        for row in self.rows_between(y, y + 1):
            if self._lefts[row] <= x < self._lefts[row] + self._widths[row]:
                return row
        return -1

    def place_at(self, x: int, y: int) -> Place | None:
        """The photo at a point of the page, its caption included."""
        row = self.group_at(x, y)
        if row < 0:
            return None
        box = self.group_box(row)
        right, down = (x - box.left - PADDING) // self._pitch, (y - box.top - TITLE_HEIGHT) // self._high
        number = down * self.columns + right
        is_there = 0 <= right < self.columns and down >= 0 and number < self._counts[row]
        return Place(row, number) if is_there else None

    def beside(self, place: Place, down: int) -> Place:
        """The photo nearest above (-1) or below (1) a photo; itself where there is none."""
        number = place.number + down * self.columns
        if 0 <= number < self._counts[place.row]:
            return Place(place.row, number)
        line = self._line(place.row) + down
        if not 0 <= line < len(self._first):
            return place
        box = self.cell_box(place)
        end = self._first[line + 1] if line + 1 < len(self._first) else len(self._counts)
        row = min(range(self._first[line], end), key=lambda each: self._distance(each, box.left))
        count = self._counts[row]
        start = 0 if down > 0 else (count - 1) // self.columns * self.columns  # its first line, or its last one
        right = max(0, (box.left - self._lefts[row] - PADDING + self._pitch // 2) // self._pitch)
        return Place(row, min(start + right, count - 1, start + self.columns - 1))

    def _distance(self, row: int, x: int) -> int:
        return max(self._lefts[row] - x, x - self._lefts[row] - self._widths[row], 0)

    def _line(self, row: int) -> int:
        return bisect_right(self._first, row) - 1
