"""The panels of a picture made of pictures: a collage, a contact sheet, a screenshot with several photos.

A page is cut along straight lines from side to side, and so is each part: along gutters, which are of one colour, and
along seams, where the grey jumps all along a line by more than it changes beside it. Cuts in one direction and then in
the other find the parts of printed pages as well (Nagy & Seth, "Hierarchical representation of optically scanned
documents", ICPR 1984). Horizons and walls are straight, too: the parts that they cut off are mostly too narrow for a
photo, and 2 % of photos get panels that are none. Programs for collages make equal parts, where a seam need not be as
clear.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.bundle import Resize
from photosearch.encode.preprocess import fit

METHOD = 2  # raise it when other panels come to be found: all photos are looked at anew then
LEAST_PAGE = 48  # px: smaller ones show nothing clear enough
LEAST_SIDE = 0.18  # of a side of the page, for a panel
LEAST_ASPECT = 0.45  # the shorter side of a panel, by the longer one
MOST_PANELS = 16
LEAST_SHARE = 0.7  # of the area of all parts, which panels have
PLAIN, PLAIN_SHARE = 14, 0.96  # grey levels around the colour of a gutter, and the part of a line within them
MARGIN = 24  # the same around the colour of the gutter, where scaling has blurred
BLURRED = 2  # px of a margin beside a picture that are so, and not of its colour
OTHER = 12  # grey levels from which on a place is of another colour
BESIDE, BESIDE_SHARE = 4, 0.3  # px from a gutter, where pictures have begun; the part of a line that they take
LEAST_RATIO, LEAST_JUMPS = 1.5, 0.62  # of a seam: see _seam
LEAST_PART = 0.75  # of the one that a seam lacks, where it has all of the other
EQUAL_PARTS, REGULAR = np.array([1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4]), 0.75  # of a page; how clear a seam there must be
SEGMENTS = 12  # of a line, nearly all of which a seam crosses
REACH = 9  # px beside a seam that tell how much the grey changes there anyway

Grey = NDArray[np.int16]


class Box(NamedTuple):
    """A part of a page, in px."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def sides(self) -> tuple[int, int]:
        return self.right - self.left, self.bottom - self.top

    @property
    def area(self) -> int:
        return self.sides[0] * self.sides[1]


def cut_panels(page: Image.Image, input_size: int, resize: Resize) -> NDArray[np.uint8]:
    """The panels of a page (mode RGB), as an encoder takes them: uint8[n,input_size,input_size,3]."""
    pixels = [fit(page.crop(box), input_size, resize) for box in find_panels(np.asarray(page.convert("L")))]
    return np.stack(pixels) if pixels else np.empty((0, input_size, input_size, 3), np.uint8)


def find_panels(grey: NDArray[np.uint8]) -> list[Box]:
    """The panels of a page [h,w] of a few hundred px: at least two, or none."""
    page = grey.astype(np.int16)
    height, width = page.shape
    if min(page.shape) < LEAST_PAGE:
        return []
    parts = _parts(page, Box(0, 0, width, height), None)
    panels = [part for part in parts if min(part.sides) >= LEAST_ASPECT * max(part.sides)]
    is_page = sum(panel.area for panel in panels) >= LEAST_SHARE * sum(part.area for part in parts)
    return panels if is_page and 2 <= len(panels) <= MOST_PANELS else []


def _parts(page: Grey, box: Box, gutter: int | None) -> list[Box]:
    """The pictures in a part of the page, around which lies a gutter of this grey, if any."""
    is_whole = box.area == page.size
    if is_whole or gutter is not None:
        box = _without_margins(page, box, gutter)
    least = round(LEAST_SIDE * page.shape[1]), round(LEAST_SIDE * page.shape[0])
    if box.sides[0] < least[0] or box.sides[1] < least[1]:
        return []
    seen = page[box.top : box.bottom, box.left : box.right]
    if gutters := _gutters(seen, least[1], gutter):
        cuts = [(start, stop) for start, stop, _ in gutters]
        return [each for part in _rows(box, cuts) for each in _parts(page, part, gutters[0][2])]
    if gutters := _gutters(seen.T, least[0], gutter):
        cuts = [(start, stop) for start, stop, _ in gutters]
        return [each for part in _columns(box, cuts) for each in _parts(page, part, gutters[0][2])]
    (across, row), (down, column) = _seam(seen, least[1]), _seam(seen.T, least[0])
    if max(across, down) >= 1:
        halves = _rows(box, [(row, row)]) if across >= down else _columns(box, [(column, column)])
        return [each for part in halves for each in _parts(page, part, gutter)]
    return [box] if is_whole or _fills(page, box) else []


def _rows(box: Box, cuts: list[tuple[int, int]]) -> list[Box]:
    """What is left of a box without some of its rows."""
    edges = [box.top, *(box.top + edge for cut in cuts for edge in cut), box.bottom]
    return [box._replace(top=top, bottom=bottom) for top, bottom in zip(edges[::2], edges[1::2], strict=True)]


def _columns(box: Box, cuts: list[tuple[int, int]]) -> list[Box]:
    edges = [box.left, *(box.left + edge for cut in cuts for edge in cut), box.right]
    return [box._replace(left=left, right=right) for left, right in zip(edges[::2], edges[1::2], strict=True)]


def _without_margins(page: Grey, box: Box, grey: int | None) -> Box:
    """The box without the rows and columns at its edges that are of one grey: this one, or any."""
    for _ in range(2):  # columns at the edge may be plain only without the rows
        before = box
        seen = page[box.top : box.bottom, box.left : box.right]
        if seen.size:
            start, stop = _inner(seen, grey)
            box = box._replace(top=box.top + start, bottom=box.top + stop)
            seen = page[box.top : box.bottom, box.left : box.right]
        if seen.size:
            start, stop = _inner(seen.T, grey)
            box = box._replace(left=box.left + start, right=box.left + stop)
        if box == before:
            break
    return box


def _inner(seen: Grey, grey: int | None) -> tuple[int, int]:
    """From where to where rows are not plain, but for those between others; a pale sky is not as plain as a margin."""
    if not _plain_rows(seen[[0, -1]], grey, MARGIN)[0].any():
        return 0, len(seen)
    plain = _plain_rows(seen, grey, MARGIN)[0]
    if grey is not None:
        exact = np.pad(_plain_rows(seen, grey, PLAIN)[0], BLURRED)
        plain &= np.lib.stride_tricks.sliding_window_view(exact, 2 * BLURRED + 1).any(axis=1)
    places = np.flatnonzero(~plain)
    return (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)


def _plain_rows(seen: Grey, grey: int | None, tolerance: int) -> tuple[NDArray[np.bool_], Grey]:
    """Whether each row is of one grey nearly everywhere, and which if it is."""
    if grey is not None:
        is_plain = (np.abs(seen - np.int16(grey)) <= tolerance).mean(axis=1) >= PLAIN_SHARE
        return is_plain, np.full(len(seen), grey, np.int16)
    middle, greys = seen.shape[1] // 2, np.zeros(len(seen), np.int16)
    # Where two places of a row differ by more than twice that, one of them is of another grey: pairs tell most rows.
    apart = np.abs(seen[:, :middle] - seen[:, middle : 2 * middle]) > 2 * tolerance
    plain = apart.sum(axis=1) <= seen.shape[1] * (1 - PLAIN_SHARE)
    if plain.any():
        rows = np.flatnonzero(plain)
        lines = seen[rows]
        greys[rows] = np.partition(lines, middle, axis=1)[:, middle]
        plain[rows] = (np.abs(lines - greys[rows, None]) <= tolerance).mean(axis=1) >= PLAIN_SHARE
    return plain, greys


def _gutters(seen: Grey, least: int, around: int | None) -> list[tuple[int, int, int]]:
    """Runs of plain rows between pictures `least` high: the first row, the one behind the last, the grey.

    It is that of the gutter around, if there is one.
    """
    plain, greys = _plain_rows(seen, None, PLAIN)
    if not plain.any():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], plain, [False]])))
    found = list[tuple[int, int, int]]()
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        grey = int(greys[(start + stop) // 2])
        if start < least or len(seen) - stop < least or np.ptp(greys[start:stop]) > MARGIN:
            continue
        if around is not None and abs(grey - around) > PLAIN:
            continue
        beside = seen[[max(start - BESIDE, 0), min(stop + BESIDE - 1, len(seen) - 1)]]
        is_beside = (np.abs(beside - grey) > OTHER).mean(axis=1) >= BESIDE_SHARE
        if is_beside.all():  # else it is a part of a picture, as a sky is
            found.append((start, stop, grey))
    return found


def _seam(seen: Grey, least: int) -> tuple[float, int]:
    """The row that begins behind the clearest seam, and how clear that is: 1 and more are told to be one.

    The jump across is compared with that between the rows beside, by segments of the line and by places.
    """
    height, width = seen.shape
    rows = np.arange(max(least, REACH + 2), height - max(least, REACH + 3))
    if not len(rows) or width < 2 * SEGMENTS:
        return 0.0, 0
    jumps = np.zeros_like(seen)  # from one row above to two below, as scaling blurs
    jumps[1:-2] = np.abs(seen[3:] - seen[:-3])
    edges = np.linspace(0, width, SEGMENTS + 1).astype(int)
    means = np.add.reduceat(jumps, edges[:-1], axis=1, dtype=np.int32) / np.diff(edges)
    sums = np.concatenate([np.zeros((1, SEGMENTS)), np.cumsum(means, axis=0)])
    first, stop = rows[0], rows[-1] + 1
    before = sums[first - 2 : stop - 2] - sums[first - REACH : stop - REACH]
    behind = sums[first + REACH + 1 : stop + REACH + 1] - sums[first + 3 : stop + 3]
    enough = np.where(_is_regular(rows + 1, height), REGULAR, 1.0)
    ratios = means[first:stop] / np.maximum(np.maximum(before, behind) / (REACH - 2), 4) / enough[:, None]
    # The quantile of a row lies below all but a fifth of its segments: hardly any row of a photo needs it.
    clear = np.flatnonzero((ratios > LEAST_PART * LEAST_RATIO).sum(axis=1) >= SEGMENTS - 3)
    if not len(clear):
        return 0.0, 0
    rows, enough = rows[clear], enough[clear]
    ratios = np.quantile(ratios[clear], 0.2, axis=1) * np.minimum(1, means[rows].mean(axis=1) / 20)
    best = 0.0, 0
    for place in np.argsort(-ratios, kind="stable")[:4].tolist():
        row = int(rows[place])
        usual = np.maximum(_steps(seen[row - 6 : row]), _steps(seen[row + 3 : row + 9]))
        share = float(((jumps[row] > OTHER) & (jumps[row] > 2.5 * usual)).mean())
        clearness = sorted([float(ratios[place]) / LEAST_RATIO, share / LEAST_JUMPS / float(enough[place])])
        if clearness[0] > LEAST_PART and clearness[1] > best[0]:
            best = clearness[1], row + 1
    return best


def _is_regular(rows: NDArray[np.int64], height: int) -> NDArray[np.bool_]:
    """Whether a seam before each row makes panels of equal height, as programs for collages do."""
    return (np.abs(rows[:, None] / height - EQUAL_PARTS) * height).min(axis=1) <= 1


def _steps(seen: Grey) -> NDArray[np.float64]:
    """The mean difference between a row and the next, by places."""
    return np.abs(np.diff(seen, axis=0)).mean(axis=0)


def _fills(page: Grey, box: Box) -> bool:
    """True if a picture reaches the edges of its box: what is beside it is mostly of another grey."""
    height, width = page.shape
    across, down = slice(box.left, box.right), slice(box.top, box.bottom)
    edges = [
        (page[box.top + 1, across], page[box.top - 2, across]) if box.top >= 2 else None,
        (page[box.bottom - 2, across], page[box.bottom + 1, across]) if box.bottom + 1 < height else None,
        (page[down, box.left + 1], page[down, box.left - 2]) if box.left >= 2 else None,
        (page[down, box.right - 2], page[down, box.right + 1]) if box.right + 1 < width else None,
    ]
    shares = [(np.abs(edge[0] - edge[1]) > OTHER).mean() for edge in edges if edge]
    return not shares or float(np.mean(shares)) >= 0.5
