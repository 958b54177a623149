"""Reads photos into pictures that can be painted at any zoom; all of it may run off the window's thread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from photosearch.gui.words import tr
from photosearch.library import Library
from photosearch.photo import Facts, Photo, Unreadable

SMALLEST_LEVEL = 256  # pixels of the longer side
SAME_SHAPE = 0.02  # the preview inside a RAW file may be cut a little


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo to paint: `levels`, each half the one before, and the pixels of the whole, which may be more."""

    levels: tuple[QImage, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """One photo of the library as it is to be shown; `sentence` says why it is not, or not in full."""

    photo: Photo | None
    picture: Picture | None
    sentence: str = ""


def make_picture(image: QImage, width: int, height: int) -> Picture:
    """The picture of a photo of `width` x `height` pixels from an image of it of any size."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)  # the format that is painted fastest
    off = abs(image.width() * height - image.height() * width)
    if off > max(2 * max(width, height), SAME_SHAPE * image.width() * height):
        width, height = image.width(), image.height()  # the file is not what it was when its size was noted
    levels = [image]
    while max(image.width(), image.height()) >= 2 * SMALLEST_LEVEL and min(image.width(), image.height()) > 1:
        half = (image.width() // 2, image.height() // 2)
        image = image.scaled(*half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        levels.append(image)
    return Picture(tuple(levels), max(width, levels[0].width()), max(height, levels[0].height()))


def longest_side(picture: Picture) -> int:
    """How many pixels of the longer side were decoded."""
    return max(picture.levels[0].width(), picture.levels[0].height())


def thumbnail_picture(jpeg: bytes | None, facts: Facts) -> Picture | None:
    """The picture of a photo as far as its thumbnail shows it."""
    image = QImage.fromData(jpeg) if jpeg else QImage()
    return None if image.isNull() else make_picture(image, facts.width, facts.height)


def read_picture(library: Library, path: str, facts: Facts | None = None, side: int | None = None) -> Picture | str:
    """The photo, reduced to `side` pixels where `facts` tell its whole size; a sentence if it cannot be read."""
    pixels = library.picture(path, side if facts else None)
    if isinstance(pixels, Unreadable):
        return tr(pixels.reason)
    image = _image(pixels)
    width, height = (facts.width, facts.height) if facts else (image.width(), image.height())
    return make_picture(image, width, height)


def load_thumbnail(library: Library, photo_id: int) -> Loaded:
    """A photo of the library as far as its thumbnail shows it."""
    photo = library.photos([photo_id]).get(photo_id)
    if photo is None:
        return Loaded(None, None, tr("This photo is no longer in the library."))
    return Loaded(photo, thumbnail_picture(library.thumbnail(photo), photo.facts))


def load_photo(library: Library, photo_id: int, side: int | None) -> Loaded:
    """A photo of the library, decoded; one that cannot be is shown as far as its thumbnail is kept."""
    photo = library.photos([photo_id]).get(photo_id)
    if photo is None:
        return Loaded(None, None, tr("This photo is no longer in the library."))
    picture = read_picture(library, photo.path, photo.facts, side)
    if isinstance(picture, str):
        return Loaded(photo, thumbnail_picture(library.thumbnail(photo), photo.facts), picture)
    return Loaded(photo, picture)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    pixels = np.ascontiguousarray(pixels)
    wrapped = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)  # which no longer leans on the array
