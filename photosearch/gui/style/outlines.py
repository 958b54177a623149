"""Frames around parts of photos."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from photosearch.gui.style.badges import BACK
from photosearch.models import Part

COLOUR = "#f2b84b"
FRAME, LEAST_FRAME = 2, 8  # pixels: of the line, and of the smallest frame


def outline(painter: QPainter, place: QRectF, box: Part) -> None:
    """A frame around a part of a photo that lies at `place`."""
    left, top, width, height = box
    frame = QRectF(
        place.left() + left * place.width(), place.top() + top * place.height(),
        width * place.width(), height * place.height(),
    )  # fmt: skip
    grow = [max(0.0, (LEAST_FRAME - side) / 2) for side in (frame.width(), frame.height())]
    frame = frame.adjusted(-grow[0], -grow[1], grow[0], grow[1]) & place.adjusted(1, 1, -1, -1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, thickness in ((BACK, FRAME + 2), (QColor(COLOUR), FRAME)):  # seen on any photo
        painter.setPen(QPen(colour, thickness, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(frame)
