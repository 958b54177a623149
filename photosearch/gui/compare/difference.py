"""The difference of two photos, as a picture; computed outside the window's thread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from photosearch.gui.compare.overlay import OUTSIDE, Transform, frame, lay
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.gui.work.picture_loader import Picture, make_picture
from photosearch.library import Library
from photosearch.models import Unreadable

AMPLIFIED = 4  # times, so that small changes are seen
SAME_SHAPE = 0.02  # what rounding may change between the shapes of a photo and of a smaller copy


@dataclass(frozen=True, slots=True)
class Difference:
    """The amplified difference of two photos, black where they are equal, and a sentence about it."""

    picture: Picture | None
    sentence: str


def read_difference(library: Library, one_path: str, other_path: str, transform: Transform | None = None) -> Difference:
    """Read both photos in full and compare them; the larger is shrunk to the size of the smaller.

    With a transform the other is laid over the first by it, and what only the first shows is grey.
    """
    one, other = (library.photos.picture(path) for path in (one_path, other_path))
    for read in (one, other):
        if isinstance(read, Unreadable):
            return Difference(None, sentence(read.reason))
    assert not isinstance(one, Unreadable) and not isinstance(other, Unreadable)
    if transform:
        from photosearch.find.registration.refine import refine  # OpenCV is not worth waiting for at the start

        transform = refine(one, other, transform)
        width, height = frame(one.shape[1], one.shape[0], other, transform)
        laid, shown = lay(other, transform, width, height)
        found = _amplify(_fit(one, width, height), laid)
        found[~shown] = OUTSIDE
        return Difference(make_picture(found), tr("Aligned. What only the first photo shows is grey."))
    if one.shape != other.shape:
        small, large = sorted((one, other), key=lambda pixels: pixels.size)
        found = _amplify(small, _fit(large, small.shape[1], small.shape[0]))
        return Difference(make_picture(found), tr("Compared at the size of the smaller photo."))
    found = _amplify(one, other)
    return Difference(make_picture(found), "" if found.any() else tr("The two are equal pixel for pixel."))


def _amplify(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The absolute difference uint8[H,W,3], times AMPLIFIED, at most 255."""
    found = np.maximum(one, other)
    found -= np.minimum(one, other)
    bright = found > 255 // AMPLIFIED
    found *= AMPLIFIED
    found[bright] = 255
    return found


def _fit(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """All of a photo at this size, on black where its shape is another."""
    photo = Image.fromarray(pixels)
    off = abs(photo.width * height - photo.height * width) / (photo.width * height)
    if off < SAME_SHAPE:
        return np.asarray(photo.resize((width, height), Image.Resampling.BOX))
    return np.asarray(ImageOps.pad(photo, (width, height), Image.Resampling.BOX))
