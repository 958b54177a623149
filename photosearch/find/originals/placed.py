"""Two originals, one laid over the other, before anything is measured."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from photosearch.find.originals.jpeg.stored import AlignedOriginal, Original
from photosearch.find.originals.overlap import AlignedPair, lay_over, longest, refine
from photosearch.find.registration.align import Matrix
from photosearch.find.registration.register import Registration, inverse, is_one_frame, scaling
from photosearch.find.registration.verify import lay

WHOLE_PX = 1800  # longest side of an overlap that is looked at in full at once


@dataclass(frozen=True, eq=False)
class Placed:
    """A pair, how it lies, and the same in a size of which all is looked at once: smaller by a whole number."""

    pair: tuple[AlignedOriginal, AlignedOriginal]
    aligned: AlignedPair
    times: int
    small: AlignedPair
    registration: Registration

    @cached_property
    def matrix(self) -> Matrix:
        """From the other's pixels to the one's."""
        return other_to_one(self.aligned)

    @property
    def lies_otherwise(self) -> bool:
        """True if the pictures do not lie as in one frame, upright and not mirrored."""
        shapes = [each.pixels.shape for each in self.pair]
        return self.pair[1].mirrored or self.matrix[0, 0] <= 0 or not is_one_frame(self.matrix, *shapes)


def other_to_one(aligned: AlignedPair) -> Matrix:
    """The matrix from the other's pixels to the one's."""
    return np.asarray(inverse(aligned.matrix) if aligned.swapped else aligned.matrix, np.float64)


def place(one: Original, other: Original) -> Placed | None:
    """Lay two originals over each other; None where nothing tells how they lie."""
    best = lay(one.described, other.described)
    if best is None:
        return None
    alignment = best.overlay.alignment
    theirs = np.ascontiguousarray(other.pixels[:, ::-1]) if alignment.mirrored else other.pixels
    start = inverse(scaling(one.pixels.shape, one.described.grey.shape)) @ alignment.matrix
    aligned = lay_over(one.pixels, theirs, start @ scaling(theirs.shape, other.described.grey.shape))
    if aligned is None:
        return None
    times = max(1, -(-longest(aligned.box) // WHOLE_PX))
    aligned, small, registration = refine(aligned, times)
    pair = AlignedOriginal(one, one.pixels, False), AlignedOriginal(other, theirs, alignment.mirrored)
    return Placed(pair, aligned, times, small, registration)
