"""Where the cells of a grid lie: sections of photos under optional headings, by arithmetic alone."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from photosearch.models import Section

MARGIN = 16
SPACING = 12
HEADING_HEIGHT = 44
SMALLEST_SIDE = 24


class Box(NamedTuple):
    """A rectangle of the page, in device-independent pixels."""

    left: int
    top: int
    width: int
    height: int


class Heading(NamedTuple):
    """A section's title and where it stands."""

    section: Section
    box: Box


class Anchor(NamedTuple):
    """The anchor when the page changes: a point of a photo's cell and its distance from the window's top."""

    row: int
    fraction: float  # of the cell's height, from its top
    below: int


class GridLayout:
    """A page of `width` pixels in lines of square cells, which fill it: each is `cell` pixels wide, or nearly so.

    Photos are counted in rows, as models do; a line is what stands side by side. Every question but the rubber band's
    takes O(log sections).
    """

    def __init__(self, sections: Sequence[Section], width: int, cell: int) -> None:
        self._sections = [section for section in sections if section.count > 0]
        self._inner = max(SMALLEST_SIDE, width - 2 * MARGIN)
        self.columns = max(1, round((self._inner + SPACING) / (cell + SPACING)))
        self.cell = self.cell_for(self.columns)
        self.pitch = self.cell + SPACING
        lines = [-(-section.count // self.columns) for section in self._sections]
        headings = [HEADING_HEIGHT if section.title else 0 for section in self._sections]
        heights = [heading + count * self.pitch for heading, count in zip(headings, lines, strict=True)]
        self._first_rows = list(accumulate((section.count for section in self._sections), initial=0))
        self._first_lines = list(accumulate(lines, initial=0))
        self._tops = list(accumulate(heights, initial=MARGIN))
        self._cell_tops = [top + heading for top, heading in zip(self._tops, headings, strict=False)]

    @property
    def count(self) -> int:
        """The number of photos."""
        return self._first_rows[-1]

    @property
    def height(self) -> int:
        """Of the whole page."""
        return self._tops[-1] - SPACING + MARGIN if self._sections else 0

    def rect(self, row: int) -> Box:
        """The cell of a photo; IndexError if there is no such row."""
        section, line, column = self._place(row)
        left, right = self._left(column), self._left(column + 1) - SPACING
        return Box(left, self._cell_tops[section] + line * self.pitch, right - left, self.cell)

    def row_at(self, x: int, y: int) -> int:
        """The photo whose cell holds this point, or -1."""
        if not self._sections or not self._tops[0] <= y < self._tops[-1]:
            return -1
        section = bisect_right(self._tops, y) - 1
        line, below = divmod(y - self._cell_tops[section], self.pitch)
        # The width is shared in whole pixels, so the column may be one off where the division rounds.
        column = min(max(0, (x - MARGIN) * self.columns // (self._inner + SPACING)), self.columns - 1)
        column += (column + 1 < self.columns and x >= self._left(column + 1)) - (x < self._left(column))
        if line < 0 or below >= self.cell or column < 0 or not 0 <= x - self._left(column) < self._width(column):
            return -1
        row = line * self.columns + column
        return self._first_rows[section] + row if row < self._sections[section].count else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """The photos whose cells show between two heights, `bottom` excluded."""
        first = self._line_ending_after(top)
        last = self._line_starting_before(bottom)
        if first > last:
            return range(0)
        return range(self.row_on_line(first, 0), self.row_on_line(last, self.columns - 1) + 1)

    def rows_in(self, box: Box) -> list[range]:
        """The photos whose cells a rectangle touches, as runs of rows."""
        first, last = self._line_ending_after(box.top), self._line_starting_before(box.top + box.height)
        right = box.left + box.width
        columns = [
            column
            for column in range(self.columns)
            if self._left(column) < right and self._left(column) + self._width(column) > box.left
        ]
        if first > last or not columns:
            return []
        if len(columns) == self.columns:
            return [range(self.row_on_line(first, 0), self.row_on_line(last, self.columns - 1) + 1)]
        runs: list[range] = []
        for line in range(first, last + 1):
            start, end = self.row_on_line(line, columns[0]), self.row_on_line(line, columns[-1])
            if self.column(start) == columns[0]:  # else the line ends left of the rectangle
                runs.append(range(start, end + 1))
        return runs

    def headings_between(self, top: int, bottom: int) -> Iterator[Heading]:
        """The headings that show between two heights."""
        for number in range(max(0, bisect_right(self._tops, top) - 1), len(self._sections)):
            start = self._tops[number]
            if start >= bottom:
                return
            height = self._cell_tops[number] - start
            if height and start + height > top:
                yield Heading(self._sections[number], Box(MARGIN, start, self._inner, height))

    def section_at(self, y: int) -> Section | None:
        """The section that a height falls into, the nearest one beyond both ends; None without photos."""
        if not self._sections:
            return None
        return self._sections[min(max(0, bisect_right(self._tops, y) - 1), len(self._sections) - 1)]

    def line(self, row: int) -> int:
        """The line of a photo, counted through the whole page."""
        section, line, _ = self._place(row)
        return self._first_lines[section] + line

    def column(self, row: int) -> int:
        """The column of a photo."""
        return self._place(row)[2]

    def row_on_line(self, line: int, column: int) -> int:
        """The photo in this column of a line, or the line's last; beyond the page's ends, that of its end."""
        line = min(max(0, line), self._first_lines[-1] - 1)
        section = bisect_right(self._first_lines, line) - 1
        row = (line - self._first_lines[section]) * self.columns + column
        return self._first_rows[section] + min(row, self._sections[section].count - 1)

    def cell_for(self, columns: int) -> int:
        """The size of cells of which so many stand in a line."""
        return max(1, (self._inner + SPACING) // columns - SPACING)

    def lines_in(self, height: int) -> int:
        """The number of whole lines in a window of this height, at least one."""
        return max(1, height // self.pitch)

    def anchor(self, row: int, top: int, below: int = 0) -> Anchor:
        """The point of a photo that shows `below` the window's top, which is at the height `top` of the page."""
        start = self.rect(row).top - top
        inside = min(max(0, below - start), self.cell)
        return Anchor(row, inside / self.cell, start + inside)

    def top_for(self, anchor: Anchor) -> int:
        """Where the window's top must be for an anchor to stay in place."""
        return self.rect(anchor.row).top + round(anchor.fraction * self.cell) - anchor.below

    def _place(self, row: int) -> tuple[int, int, int]:
        """Section, line in it and column of a photo."""
        if not 0 <= row < self.count:
            raise IndexError(row)
        section = bisect_right(self._first_rows, row) - 1
        return section, *divmod(row - self._first_rows[section], self.columns)

    def _left(self, column: int) -> int:
        return MARGIN + column * (self._inner + SPACING) // self.columns

    def _width(self, column: int) -> int:
        return self._left(column + 1) - SPACING - self._left(column)

    def _line_ending_after(self, y: int) -> int:
        """The first line whose cells reach below `y`."""
        section = max(0, bisect_right(self._tops, y) - 1)
        if section >= len(self._sections):
            return self._first_lines[-1]
        return self._first_lines[section] + max(0, (y - self._cell_tops[section] + SPACING) // self.pitch)

    def _line_starting_before(self, y: int) -> int:
        """The last line whose cells begin above `y`, or -1."""
        section = min(bisect_right(self._tops, y - 1), len(self._sections)) - 1
        if section < 0:
            return -1
        line = max(-1, (y - 1 - self._cell_tops[section]) // self.pitch)
        return min(self._first_lines[section] + line, self._first_lines[section + 1] - 1)
