"""Whether one of two originals is the other one, or a smaller copy of it, saved as a JPEG: that gives its very pixels.

Such a copy hides nothing, however faint: all that it shows follows from the other picture. libjpeg, with which most
programs save, gives the same pixels everywhere; copies by other encoders are told by other means.
"""

import io
from typing import NamedTuple

import numpy as np
from PIL import Image

from photosearch.find.originals.grid import ALL_WITHIN, MANY_FREQUENCIES, QUARTER, measure_rounding, read_steps
from photosearch.find.originals.jpeg.stored import Original, stored_pixels
from photosearch.find.originals.overlap import FILTERS, Filter, Frame, cut, resized, step_of, tile_around, upright
from photosearch.find.originals.prediction import luma_of
from photosearch.find.registration.align import Window
from photosearch.find.registration.register import Picture, scaling

TRIED = 256, 256  # rows and columns of the middle, on which ways of resizing are tried
LEAST_PX = 64  # of a side: of less, there is no middle
# Share of its pixels that may differ: a part is not resized just as it is in the whole; of the reverse, 0.6 differ
FEW = 0.5
UNIT = 16  # pixels in which colours are saved; beside the end of a part, they depend on what lies beyond
ROWS = 64 * UNIT  # that are saved at once
SUBSAMPLING = {(1, 1): 0, (2, 1): 1, (2, 2): 2}  # Pillow's names for pixels across and down that share a colour


def saved_from(one: Original, other: Original) -> int:
    """1 if the other original is the one, or a smaller copy, saved; -1 if the reverse; 0: neither, or not certain.

    What was made from a JPEG comes to its pixels again where it is saved so. But it lies on the JPEG's steps, while of
    what was there before, rounding leaves any distance from them.
    """
    forth, back = _ways(other, one), _ways(one, other)
    if bool(forth) == bool(back):
        return 0
    is_saved = any(way.is_before and way.gives_all() for way in forth or back)
    return (1 if forth else -1) if is_saved else 0


class _Saving(NamedTuple):
    """How a JPEG was saved."""

    tables: list[list[int]]
    subsampling: int | None  # None: it is grey

    def saved(self, source: Picture) -> Picture:
        """A picture as it is seen when it was saved so."""
        file, picture = io.BytesIO(), Image.fromarray(source)
        if self.subsampling is None:
            picture.convert("L").save(file, "JPEG", qtables=self.tables)
        else:
            picture.save(file, "JPEG", qtables=self.tables, subsampling=self.subsampling)
        with Image.open(file) as image:
            return np.asarray(image if image.mode == "RGB" else image.convert("RGB"), np.uint8)


class _Way(NamedTuple):
    """A way by which a JPEG, as its file stores it, may have been made of another picture."""

    jpeg: Picture
    frame: Frame
    how: Filter
    saving: _Saving
    is_before: bool  # the other picture was not on the steps of the JPEG before

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


def _ways(jpeg: Original, source: Original) -> list[_Way]:
    """The ways by which the middle of a JPEG comes of a source in the same frame that is no smaller."""
    saving = _saving_of(jpeg, source) if _is_alike(jpeg.pixels.shape, source.pixels.shape) else None
    if jpeg.table is None or saving is None:
        return []
    stored, to_stored = stored_pixels(jpeg.pixels, jpeg.orientation, False)
    frame = upright(stored.shape, source.pixels, to_stored @ scaling(source.pixels.shape, jpeg.pixels.shape))
    window = _middle_of(stored.shape)
    own = cut(stored, window)
    steps = read_steps(luma_of(own), jpeg.table, np.ones(own.shape[:2], np.bool_))
    if frame is None or steps is None:
        return []
    ways, filters = list[_Way](), FILTERS[: 1 if step_of(frame, stored.shape).tolist() == [1, 1] else None]
    for how, each in zip(filters, resized(frame, stored.shape, window, filters), strict=True):
        given = np.ascontiguousarray(each)
        fit = measure_rounding(luma_of(given), steps)
        if fit.within > ALL_WITHIN and _differing(saving.saved(given), own) < FEW:
            is_before = fit.frequencies >= MANY_FREQUENCIES and fit.off > QUARTER[0]
            ways.append(_Way(stored, frame, how, saving, is_before))
    return ways


def _saving_of(jpeg: Original, source: Original) -> _Saving | None:
    """How a JPEG was saved; None: it is none, or that is not known, or it has lost the colours of the source."""
    if jpeg.table is None:
        return None
    tables = [jpeg.table.astype(int).ravel().tolist()]
    if jpeg.colours is None:
        return _Saving(tables, None) if (source.pixels == source.pixels[..., :1]).all() else None
    subsampling = SUBSAMPLING.get((jpeg.colours.across, jpeg.colours.down))
    tables.append(jpeg.colours.table.astype(int).ravel().tolist())
    return None if subsampling is None else _Saving(tables, subsampling)


def _is_alike(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True if a picture of a shape may be another one or a smaller copy of it, but for rounding, and tells enough."""
    (height, width), (rows, columns) = shape[:2], other[:2]
    off = min(abs(width * rows / height - columns), abs(columns * height / rows - width))
    return off <= 1 and LEAST_PX <= height <= rows and LEAST_PX <= width <= columns


def _middle_of(shape: tuple[int, ...]) -> Window:
    """The middle of a picture of a shape, from a corner of a unit."""
    left, top, right, bottom = tile_around(shape, (shape[1] / 2, shape[0] / 2), TRIED)
    across, down = left % UNIT, top % UNIT
    return left - across, top - down, right - across, bottom - down


def _differing(part: Picture, other: Picture) -> float:
    """The share of pixels that differ, but for those beside the ends."""
    inside = slice(UNIT, -UNIT), slice(UNIT, -UNIT)
    return float((part[inside] != other[inside]).any(2).mean())
