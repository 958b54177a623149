"""One photo laid over another by an affine transform; made for threads beside the window's."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.gui.style.sentences import sentence
from photosearch.gui.work.picture_loader import Picture, make_picture
from photosearch.library import Library
from photosearch.models import Facts, Unreadable

Transform = Sequence[float]  # of `Evidence`: takes the other photo to the first, both in 0..1
OUTSIDE = 72  # the grey of what the other photo does not show
STANDS_STILL = 0.006  # a transform moves no corner by more, of the width or height: it was found on small thumbnails
CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))


def moves(transform: Transform) -> bool:
    """True if a transform does anything but take each photo to the whole of the other."""
    a, b, c, d, e, f = transform
    moved = [max(abs(a * x + b * y + c - x), abs(d * x + e * y + f - y)) for x, y in CORNERS]
    return max(moved) > STANDS_STILL


def frame(width: int, height: int, other: NDArray[np.uint8], transform: Transform) -> tuple[int, int]:
    """The size of a first photo of `width` x `height` pixels at which the other, laid over it, is not enlarged."""
    a, b, _, d, e, _ = transform
    covered = abs(a * e - b * d) * width * height  # pixels of the first
    shrunk = min(1.0, float(np.sqrt(other.shape[0] * other.shape[1] / max(covered, 1.0))))
    return max(1, round(width * shrunk)), max(1, round(height * shrunk))


def lay(
    other: NDArray[np.uint8], transform: Transform, width: int, height: int
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The other photo where it lies in a first one of this size, uint8[H,W,3], and where it shows something."""
    a, b, c, d, e, f = transform
    photo = Image.fromarray(other)
    covered = max(abs(a * e - b * d) * width * height, 1.0)
    if (shrunk := float(np.sqrt(covered / (photo.width * photo.height)))) < 0.8:  # else pixels would be left out
        smaller = max(1, round(photo.width * shrunk)), max(1, round(photo.height * shrunk))
        photo = photo.resize(smaller, Image.Resampling.BOX)
    try:
        back = np.linalg.inv(np.array([[a, b, c], [d, e, f], [0, 0, 1]]))
    except np.linalg.LinAlgError:  # flat: it shows nothing
        return np.full((height, width, 3), OUTSIDE, np.uint8), np.zeros((height, width), np.bool_)
    to_pixels, from_pixels = np.diag([photo.width, photo.height, 1.0]), np.diag([1 / width, 1 / height, 1.0])
    data = tuple((to_pixels @ back @ from_pixels)[:2].ravel().tolist())
    size, affine = (width, height), Image.Transform.AFFINE
    grey = (OUTSIDE, OUTSIDE, OUTSIDE)
    laid = photo.transform(size, affine, data, Image.Resampling.BICUBIC, fillcolor=grey)
    shown = Image.new("L", photo.size, 255).transform(size, affine, data, Image.Resampling.BICUBIC)
    return np.asarray(laid), np.asarray(shown) == 255


def read_laid(
    library: Library, first_path: str, path: str, transform: Transform, facts: Facts, side: int | None
) -> Picture | str:
    """The photo laid over the first, whose `facts` these are, read to `side` pixels or in full; else a sentence."""
    from photosearch.find.registration.refine import refine  # OpenCV is not worth waiting for at the start

    first, pixels = library.photos.picture(first_path, side), library.photos.picture(path, side)
    for read in (first, pixels):
        if isinstance(read, Unreadable):
            return sentence(read.reason)
    assert not isinstance(first, Unreadable) and not isinstance(pixels, Unreadable)
    exact = refine(first, pixels, transform)
    laid, _ = lay(pixels, exact, *frame(facts.width, facts.height, pixels, exact))
    return make_picture(laid, facts.width, facts.height)
