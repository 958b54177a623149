"""Whether one of two originals is the other one, or a smaller copy of it, saved as a JPEG: that gives its very pixels.

Such a copy hides nothing, however faint: all that it shows follows from the other picture. libjpeg, with which most
programs save, gives the same pixels everywhere; copies by other encoders are told by other means.
"""

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.find.originals.grid import ALL_WITHIN, MANY_FREQUENCIES, QUARTER, measure_rounding, read_steps
from photosearch.find.originals.jpeg.stored import AlignedOriginal, Original
from photosearch.find.originals.overlap import (
    FILTERS,
    LEAST_TOLD_PX,
    Filter,
    Frame,
    cut,
    resized,
    step_of,
    tile_around,
    upright,
)
from photosearch.find.originals.prediction import luma_of
from photosearch.find.registration.align import Matrix, Window
from photosearch.find.registration.register import Picture, inverse, scaling
from photosearch.find.registration.surround import look_beyond
from photosearch.models import Coverage, Side
from photosearch.sentences import Sentence

TRIED = 192, 192  # rows and columns of the middle, on which ways of resizing are tried
# Share of its pixels that may differ, as a part is not resized just as it is in the whole; of the reverse, 0.6 differ
MOST_DIFFERING = 0.5
UNIT = 16  # pixels in which colours are saved; beside the end of a part, they depend on what lies beyond
ROWS = 64 * UNIT  # that are saved at once
MOST_STEP = 255  # of a baseline JPEG
SUBSAMPLING = {(1, 1): 0, (2, 1): 1, (2, 2): 2}  # Pillow's names for pixels across and down that share a colour

Table = NDArray[np.float64]  # [8,8] of steps
Pair = tuple[AlignedOriginal, AlignedOriginal]


def find_saved_copy(one: Original, other: Original) -> Coverage | None:
    """The relation of two originals with one frame if one is the other, or a smaller copy of it, saved; else None."""
    shapes = one.pixels.shape, other.pixels.shape
    if not (_is_alike(*shapes) or _is_alike(*shapes[::-1])):
        return None
    pair = AlignedOriginal(one, one.pixels, False), AlignedOriginal(other, other.pixels, False)
    return relate_saved_copy(pair, scaling(shapes[1], shapes[0]))


def relate_saved_copy(pair: Pair, matrix: Matrix) -> Coverage | None:
    """The same of two originals that lie over each other: the copy may be a part, turned by quarters or mirrored.

    `matrix` maps the other's pixels to the one's. Where a plain border or a page lies around one, nothing is told.
    """
    saved = _saved_from(pair, matrix)
    if not saved:
        return None
    source, copy = pair[:: 1 if saved > 0 else -1]
    around = look_beyond(source.pixels, matrix if saved > 0 else inverse(matrix), copy.pixels.shape)
    if around.share and (around.is_page or around.is_fill):
        return None
    found = {"mirrored": pair[1].mirrored, "turned": matrix[0, 0] <= abs(matrix[0, 1]), "cropped": around.share > 0}
    changes = tuple(Sentence(word) for word, is_so in found.items() if is_so)
    sides = Side("yes"), Side("no", "frame" if around.share else "edit")
    told = Coverage("edited" if changes else "same", sides, changes, {"difference": 0.0})
    return told if saved > 0 else told.reversed()


def _saved_from(pair: Pair, matrix: Matrix) -> int:
    """1 if the other original is the one, or a smaller copy, saved; -1 if the reverse; 0: neither, or not certain.

    What was made from a JPEG comes to its pixels again where it is saved so. But it lies on the JPEG's steps, while of
    what was there before, rounding leaves any distance from them.
    """
    one, other = pair
    forth, back = _ways(other, one.pixels, inverse(matrix)), _ways(one, other.pixels, matrix)
    if bool(forth) == bool(back):
        return 0
    is_saved = any(way.comes_first and way.gives_all() for way in forth or back)
    return (1 if forth else -1) if is_saved else 0


class _Saving(NamedTuple):
    """How a JPEG was saved."""

    tables: list[Table]  # of its luma and, unless it is grey, of its colours
    subsampling: int | None  # None: it is grey

    def saved(self, source: Picture) -> Picture:
        """A picture as it is seen when it was saved so."""
        file, picture = io.BytesIO(), Image.fromarray(source)
        tables = [table.astype(int).ravel().tolist() for table in self.tables]
        if self.subsampling is None:
            picture.convert("L").save(file, "JPEG", qtables=tables)
        else:
            picture.save(file, "JPEG", qtables=tables, subsampling=self.subsampling)
        with Image.open(file) as image:
            return np.asarray(image if image.mode == "RGB" else image.convert("RGB"), np.uint8)


class _Way(NamedTuple):
    """A way by which a JPEG, as its file stores it, may have been made of another picture."""

    jpeg: Picture
    frame: Frame
    how: Filter
    saving: _Saving
    comes_first: bool  # the other picture, as it is not near the steps of the JPEG

    def gives_all(self) -> bool:
        """True if it gives all pixels of the JPEG."""
        height, width = self.jpeg.shape[:2]
        (source,) = resized(self.frame, self.jpeg.shape, (0, 0, width, height), [self.how])
        return all(self._gives_rows(source, top, min(height, top + ROWS)) for top in range(0, height, ROWS))

    def _gives_rows(self, source: Picture, top: int, bottom: int) -> bool:
        """The same of some rows, so that little memory is needed."""
        start = max(0, top - UNIT)
        saved = self.saving.saved(np.ascontiguousarray(source[start : bottom + UNIT]))
        return np.array_equal(saved[top - start : bottom - start], self.jpeg[top:bottom])


def _ways(jpeg: AlignedOriginal, source: Picture, matrix: Matrix) -> list[_Way]:
    """The ways by which the middle of a JPEG comes of a source that has its frame, and is no coarser.

    `matrix` maps the source's pixels to the JPEG's.
    """
    stored, to_stored = jpeg.stored()
    frame = _frame_of(stored.shape, source, to_stored @ matrix)
    saving = _saving_of(jpeg.original, frame.picture) if frame else None
    if frame is None or saving is None:
        return []
    window = _middle_of(stored.shape)
    own = cut(stored, window)
    steps = read_steps(luma_of(own), saving.tables[0], np.ones(own.shape[:2], np.bool_))
    if steps is None:
        return []
    ways, filters = list[_Way](), FILTERS[: 1 if step_of(frame, stored.shape).tolist() == [1, 1] else None]
    for how, each in zip(filters, resized(frame, stored.shape, window, filters), strict=True):
        given = np.ascontiguousarray(each)
        fit = measure_rounding(luma_of(given), steps)
        if fit.within > ALL_WITHIN and _differing(saving.saved(given), own) < MOST_DIFFERING:
            comes_first = fit.frequencies >= MANY_FREQUENCIES and fit.off > QUARTER[0]
            ways.append(_Way(stored, frame, how, saving, comes_first))
    return ways


def _frame_of(shape: tuple[int, ...], source: Picture, matrix: Matrix) -> Frame | None:
    """The part of a source that a picture of a shape shows; None if that is not all there, or is coarser, or small."""
    frame = upright(shape, source, matrix)
    if frame is None or min(shape[:2]) < LEAST_TOLD_PX or step_of(frame, shape).min() < 1:
        return None
    left, top, right, bottom = frame.box.astype(int).tolist()
    if min(left, top) < 0 or right > frame.picture.shape[1] or bottom > frame.picture.shape[0]:
        return None
    return Frame(frame.picture[top:bottom, left:right], frame.box - frame.box[[0, 1, 0, 1]])  # filters end there, too


def _saving_of(jpeg: Original, source: Picture) -> _Saving | None:
    """How a JPEG was saved; None: it is none, or libjpeg does not save so, or it has lost the colours of the source."""
    if jpeg.table is None or max(jpeg.table.max(), 0 if jpeg.colours is None else jpeg.colours.table.max()) > MOST_STEP:
        return None
    if jpeg.colours is None:
        return _Saving([jpeg.table], None) if (source == source[..., :1]).all() else None
    subsampling = SUBSAMPLING.get((jpeg.colours.across, jpeg.colours.down))
    return None if subsampling is None else _Saving([jpeg.table, jpeg.colours.table], subsampling)


def _is_alike(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True if a picture of a shape may be another one or a smaller copy of it, but for rounding."""
    (height, width), (rows, columns) = shape[:2], other[:2]
    off = min(abs(width * rows / height - columns), abs(columns * height / rows - width))
    return off <= 1 and height <= rows and width <= columns


def _middle_of(shape: tuple[int, ...]) -> Window:
    """The middle of a picture of a shape, from a corner of a unit."""
    left, top, right, bottom = tile_around(shape, (shape[1] / 2, shape[0] / 2), TRIED)
    across, down = left % UNIT, top % UNIT
    return left - across, top - down, right - across, bottom - down


def _differing(part: Picture, other: Picture) -> float:
    """The share of pixels that differ, but for those beside the ends."""
    inside = slice(UNIT, -UNIT), slice(UNIT, -UNIT)
    return float((part[inside] != other[inside]).any(2).mean())
