"""Reads photos into pictures that can be painted at any zoom; made for threads beside the window's.

Pixels are turned over by numpy and Pillow, because QImage's own ways of doing so let no other Python thread run.
"""

import io
import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.library import Library
from photosearch.models import Facts, Photo, Unreadable

SMALLEST_LEVEL = 256  # pixels of the longer side
SAME_SHAPE = 0.02  # the preview inside a RAW file may be cut a little


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo to paint: `levels`, each half the one before, and the pixels of the whole, which may be more."""

    levels: tuple[QImage, ...]
    width: int
    height: int
    pixels: tuple[NDArray[np.uint8], ...]  # what the levels lean on


@dataclass(frozen=True, slots=True)
class Loaded:
    """One photo of the library as it is to be shown; `sentence` says why it is not, or not in full."""

    photo: Photo | None
    picture: Picture | None
    sentence: str = ""


def make_picture(pixels: NDArray[np.uint8], width: int = 0, height: int = 0) -> Picture:
    """The picture of a photo of `width` x `height` pixels, if those are not all, from uint8[H,W,3] of it."""
    high, wide = pixels.shape[:2]
    off = abs(wide * height - high * width)
    if off > max(2 * max(width, height), SAME_SHAPE * wide * height):
        width, height = wide, high  # the file is not what it was when its size was noted
    level = np.empty((high, wide, 4), np.uint8)  # as Qt paints fastest: blue, green, red, opaque
    for channel in range(3):
        level[..., channel] = pixels[..., 2 - channel]
    level[..., 3] = 255
    levels = [level]
    while max(level.shape) >= 2 * SMALLEST_LEVEL and min(level.shape[:2]) > 1:
        size = level.shape[1], level.shape[0]
        level = np.asarray(Image.frombuffer("RGBX", size, level, "raw", "RGBX", 0, 1).reduce(2))
        levels.append(level)
    return Picture(tuple(map(wrap, levels)), max(width, wide), max(height, high), tuple(levels))


def longest_side(picture: Picture) -> int:
    """The decoded pixels of the longer side."""
    return max(picture.levels[0].width(), picture.levels[0].height())


def thumbnail_picture(jpeg: bytes | None, width: int, height: int) -> Picture | None:
    """The picture of a photo of `width` x `height` pixels as far as its thumbnail shows it; None without one."""
    try:
        with Image.open(io.BytesIO(jpeg or b"")) as thumbnail:
            return make_picture(np.asarray(thumbnail.convert("RGB")), width, height)
    except (OSError, SyntaxError):  # the cache was damaged
        return None


def read_picture(library: Library, path: str, facts: Facts, side: int | None = None) -> Picture | str:
    """The photo, in full or reduced to `side` pixels; a sentence if it cannot be read."""
    pixels = library.photos.picture(path, side)
    return (
        sentence(pixels.reason) if isinstance(pixels, Unreadable) else make_picture(pixels, facts.width, facts.height)
    )


def load_thumbnail(library: Library, photo_id: int) -> Loaded:
    """A photo of the library as far as its thumbnail shows it."""
    photo = library.photos.get([photo_id]).get(photo_id)
    if photo is None:
        return Loaded(None, None, tr("This photo is no longer in the library."))
    return Loaded(photo, thumbnail_picture(library.photos.thumbnail(photo), photo.facts.width, photo.facts.height))


def load_photo(library: Library, photo_id: int, side: int | None) -> Loaded:
    """A photo of the library, decoded; one that cannot be is shown as far as its thumbnail is kept."""
    photo = library.photos.get([photo_id]).get(photo_id)
    if photo is None:
        return Loaded(None, None, tr("This photo is no longer in the library."))
    picture = read_picture(library, photo.path, photo.facts, side)
    if isinstance(picture, str):
        thumbnail = thumbnail_picture(library.photos.thumbnail(photo), photo.facts.width, photo.facts.height)
        away = photo.state == "offline" and not os.path.exists(photo.path)
        return Loaded(photo, thumbnail, tr("Its drive is not connected.") if away else picture)
    return Loaded(photo, picture)


def wrap(level: NDArray[np.uint8]) -> QImage:
    """An image that leans on uint8[H,W,4], which has to stay."""
    height, width = level.shape[:2]
    return QImage(level.data, width, height, 4 * width, QImage.Format.Format_RGB32)
