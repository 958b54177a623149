"""Whether one picture is what a filter that removes noise makes of the other: no other way leads to such pixels."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from photosearch.find.registration.register import Picture

SIZES = (3, 5)  # of the median, the one filter that is the same in all programs
EQUAL, CHANGED = 0.98, 0.8  # share of the pixels that the filter makes equal, where it finds no more equal than that
EDGE_PX = 3  # where filters differ


def filtered(picture: Picture) -> Iterator[Picture]:
    """The picture after each filter."""
    for size in SIZES:
        yield np.asarray(cv2.medianBlur(np.ascontiguousarray(picture), size), np.uint8)


def is_filtered(source: Picture, target: Picture, mask: NDArray[np.bool_]) -> bool:
    """True if a filter makes `target` uint8[H,W,3] of `source`, which lies pixel on pixel where `mask` holds."""
    edge = np.ones((2 * EDGE_PX + 1, 2 * EDGE_PX + 1), np.uint8)
    inside = cv2.erode(mask.astype(np.uint8), edge, borderValue=0) > 0
    if not inside.any() or _equal(source, target, inside) > CHANGED:
        return False
    return any(_equal(each, target, inside) > EQUAL for each in filtered(source))


def _equal(one: Picture, other: Picture, mask: NDArray[np.bool_]) -> float:
    apart = np.asarray(cv2.absdiff(one, other)).max(2)
    return float((apart[mask] <= 1).mean())
