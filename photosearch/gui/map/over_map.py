"""What is painted over the dots of a map: photos, names of clusters, the current photo, a lasso."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.map.viewport import Viewport
from photosearch.gui.style import theme
from photosearch.library.maps.picture import COLOURS, Painted
from photosearch.paths import shown

GAP = 0.06  # of a square that a photo stands in
FRAME = 2.0  # px, in the colour of the cluster
CARD, PADDING, OFF = 200, 8, 14  # px
MOST_NAMES = 60
QUIET = 0.25  # opacity of a photo while others stand out
Role = QPalette.ColorRole


def paint_photos(
    painter: QPainter,
    painted: Painted,
    loader: ThumbnailLoader,
    placed: Sequence[tuple[int, QRectF]],
    highlighted: NDArray[np.bool_] | None,
) -> None:
    """Photos, by their rows, in their squares, each framed in the colour of its cluster; some may stand out."""
    for row, cell in placed:
        painter.setOpacity(1.0 if highlighted is None or highlighted[row] else QUIET)
        if not (pixmap := loader.pixmap(int(painted.layout.photos[row]))):
            continue
        inner = cell.adjusted(*(cell.width() * GAP * sign for sign in (1, 1, -1, -1)))
        size = QSizeF(pixmap.size()).scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(inner.center() - QPointF(size.width() / 2, size.height() / 2), size)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        painter.setPen(QPen(QColor(COLOURS[painted.colours[row]]), FRAME))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(target, 3, 3)
    painter.setOpacity(1.0)


def paint_names(painter: QPainter, painted: Painted, seen: Viewport, palette: QPalette, font: QFont) -> None:
    """The names of clusters, the largest cluster first, where none covers another."""
    font = QFont(font)
    font.setWeight(QFont.Weight.DemiBold)
    metrics, taken = QFontMetricsF(font), list[QRectF]()
    for name in painted.names:
        x, y = seen.point(name.x, name.y)
        if not (0 <= x < seen.width and 0 <= y < seen.height) or len(taken) >= MOST_NAMES:
            continue
        text = metrics.elidedText(shown(name.text), Qt.TextElideMode.ElideRight, seen.width / 3)
        box = QRectF(0, 0, metrics.horizontalAdvance(text), metrics.height())
        box.moveCenter(QPointF(x, y))
        if any(box.adjusted(-4, -2, 4, 2).intersects(other) for other in taken):
            continue
        taken.append(box)
        path = QPainterPath()
        path.addText(box.left(), box.top() + metrics.ascent(), font, text)
        painter.strokePath(path, QPen(palette.color(Role.Base), 4, j=Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(path, palette.color(Role.Text))


def ring_around(painter: QPainter, palette: QPalette, at: QPointF, *, has_focus: bool) -> None:
    """Mark the current photo."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, radius, width in (
        (palette.color(Role.Base), 9.0, 5.0),
        (palette.color(Role.Text if has_focus else Role.Highlight), 9.0, 2.5),
    ):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, radius, radius)


def paint_card(
    painter: QPainter, palette: QPalette, loader: ThumbnailLoader, photo_id: int, at: QPointF, room: QRect
) -> None:
    """A photo and its name beside its dot, where there is room."""
    pixmap, photo = loader.pixmap(photo_id), loader.photo(photo_id)
    if not pixmap or not photo:
        return
    size = QSizeF(pixmap.size()).scaled(CARD, CARD, Qt.AspectRatioMode.KeepAspectRatio)
    metrics = painter.fontMetrics()
    width = max(size.width(), 120.0)
    name = metrics.elidedText(shown(Path(photo.path).name), Qt.TextElideMode.ElideMiddle, int(width))
    card = QRectF(0, 0, width + 2 * PADDING, size.height() + metrics.height() + 3 * PADDING)
    card.moveTopLeft(at + QPointF(OFF, OFF))
    if card.right() > room.right():
        card.moveRight(at.x() - OFF)
    if card.bottom() > room.bottom():
        card.moveBottom(at.y() - OFF)
    card.moveTo(max(4.0, card.left()), max(4.0, card.top()))
    painter.setPen(QPen(theme.hairline(palette), 1))
    painter.setBrush(palette.color(Role.Window))
    painter.drawRoundedRect(card, 6, 6)
    left = card.left() + (card.width() - size.width()) / 2
    painter.drawPixmap(QRectF(QPointF(left, card.top() + PADDING), size), pixmap, QRectF(pixmap.rect()))
    painter.setPen(palette.color(Role.WindowText))
    line = QRectF(card.left(), card.bottom() - metrics.height() - PADDING, card.width(), metrics.height())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), name)


def paint_lasso(painter: QPainter, palette: QPalette, lasso: QPolygonF) -> None:
    """What the person has drawn around so far."""
    colour = palette.color(Role.Highlight)
    painter.setPen(QPen(colour, 1.5))
    colour.setAlphaF(0.15)
    painter.setBrush(colour)
    painter.drawPolygon(lasso)


def inside(
    polygon: QPolygonF, width: int, height: int, across: NDArray[np.float32], down: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Which points float32[n] of a view lie in a polygon: bool[n]."""
    mask = QImage(width, height, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawPolygon(polygon)
    painter.end()
    filled = np.frombuffer(mask.constBits(), np.uint8).reshape(height, mask.bytesPerLine()) > 0
    return filled[down.astype(np.int64), across.astype(np.int64)]
