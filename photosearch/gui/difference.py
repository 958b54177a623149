"""How two photos differ, as a picture; runs off the window's thread."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from photosearch.gui.picture_loader import Picture, make_picture, read_picture
from photosearch.gui.words import tr
from photosearch.library import Library

DOUBLINGS = 2  # 4 times, so that small changes are seen
SAME_SHAPE = 0.02  # what rounding may change between the shapes of a photo and of a smaller copy
Mode = QPainter.CompositionMode


@dataclass(frozen=True, slots=True)
class Difference:
    """The amplified difference of two photos, black where they are equal, and a sentence about it."""

    picture: Picture | None
    sentence: str


def read_difference(library: Library, one_path: str, other_path: str) -> Difference:
    """Read both photos in full and compare them at the size of the smaller."""
    one = read_picture(library, one_path)
    if isinstance(one, str):
        return Difference(None, one)
    other = read_picture(library, other_path)
    if isinstance(other, str):
        return Difference(None, other)
    return find_difference(one.levels[0], other.levels[0])


def find_difference(one: QImage, other: QImage) -> Difference:
    """The difference of two RGB32 images; the larger is shrunk, and one of another shape is fitted into the middle."""
    same_size = one.size() == other.size()
    if same_size and one == other:
        black = QImage(one.size(), QImage.Format.Format_RGB32)
        black.fill(Qt.GlobalColor.black)
        return Difference(make_picture(black, one.width(), one.height()), tr("The two are equal pixel for pixel."))
    small, large = sorted((one, other), key=lambda image: image.width() * image.height())
    result = small.copy()
    painter = QPainter(result)
    painter.setCompositionMode(Mode.CompositionMode_Difference)
    painter.drawImage(0, 0, _fitted(large, small.size()))
    painter.end()
    for _ in range(DOUBLINGS):
        twice = result.copy()
        painter = QPainter(twice)
        painter.setCompositionMode(Mode.CompositionMode_Plus)
        painter.drawImage(0, 0, result)
        painter.end()
        result = twice
    sentence = "" if same_size else tr("Compared at the size of the smaller photo.")
    return Difference(make_picture(result, result.width(), result.height()), sentence)


def _fitted(image: QImage, size: QSize) -> QImage:
    """`image` at `size`: whole, on black where its shape is another."""
    fitted = image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    if min(fitted.width() / size.width(), fitted.height() / size.height()) > 1 - SAME_SHAPE:
        fitted = size
    shrunk = image.scaled(fitted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    if fitted == size:
        return shrunk
    whole = QImage(size, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.black)
    painter = QPainter(whole)
    place = QRectF(shrunk.rect())
    place.moveCenter(QRectF(whole.rect()).center())
    painter.drawImage(place.topLeft().toPoint(), shrunk)
    painter.end()
    return whole
