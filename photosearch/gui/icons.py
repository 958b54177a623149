"""The icons: one hand, drawn in the colour that text has at the moment, sharp at any size and scale."""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from photosearch.paths import resources


def icon(name: str) -> QIcon:
    """The icon `resources/icons/{name}.svg` in the palette's text colour; raises FileNotFoundError if there is none."""
    _drawing(name)
    return QIcon(_Engine(name))


def app_icon() -> QIcon:
    """The picture of the program, in its own colours."""
    return QIcon(str(resources() / "icons" / "photosearch.svg"))


def pixmap(name: str, size: int, colour: QColor, scale: float = 1.0) -> QPixmap:
    """The icon as a square of `size` device-independent pixels in `colour`, for a screen of `scale`."""
    key = f"photosearch/{name}/{size}/{scale}/{colour.name(QColor.NameFormat.HexArgb)}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    side = max(1, round(size * scale))
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _drawing(name).render(painter, QRectF(0, 0, side, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(drawn.rect(), colour)
    painter.end()
    drawn.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, drawn)
    return drawn


@cache
def _drawing(name: str) -> QSvgRenderer:
    return QSvgRenderer((resources() / "icons" / f"{name}.svg").read_bytes())


def _colour(mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    if mode == QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.WindowText)


class _Engine(QIconEngine):
    """Asks the palette at each painting, so that a change from light to dark is followed at once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        side = min(rect.width(), rect.height())
        drawn = pixmap(self._name, side, _colour(mode), device.devicePixelRatioF() if device else 1.0)
        corner = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(QRect(corner, QSize(side, side)), drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        # In the pixels of the screen. Qt's own `scaledPixmap` comes here too: what its size means differs by version.
        return pixmap(self._name, min(size.width(), size.height()), _colour(mode))

    def clone(self) -> QIconEngine:
        return _Engine(self._name)
