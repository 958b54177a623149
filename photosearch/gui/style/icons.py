"""The icons: one hand, drawn in the colour that text has at the moment, sharp at any size and scale."""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from photosearch.paths import resources


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.WindowText) -> QIcon:
    """The icon `resources/icons/{name}.svg` in the palette's colour of `role`; raises FileNotFoundError if none is so.

    On a primary button the role is HighlightedText.
    """
    _drawing(name)
    return QIcon(_Engine(name, role))


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


class Symbol(QLabel):
    """An icon of `size` pixels that is no button; unlike a pixmap in a label it follows the theme and the screen."""

    def __init__(self, name: str, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.show_icon(name)

    def show_icon(self, name: str) -> None:
        """Be another icon."""
        self._icon = icon(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(QPainter(self), self.rect(), mode=mode)


@cache
def _drawing(name: str) -> QSvgRenderer:
    return QSvgRenderer((resources() / "icons" / f"{name}.svg").read_bytes())


class _Engine(QIconEngine):
    """Asks the palette at each painting, so that a change from light to dark is followed at once."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        side = min(rect.width(), rect.height())
        drawn = pixmap(self._name, side, self._colour(mode), device.devicePixelRatioF() if device else 1.0)
        corner = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(QRect(corner, QSize(side, side)), drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        # In the pixels of the screen. Qt's own `scaledPixmap` comes here too: what its size means differs by version.
        return pixmap(self._name, min(size.width(), size.height()), self._colour(mode))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        role = QPalette.ColorRole.HighlightedText if mode == QIcon.Mode.Selected else self._role
        return QGuiApplication.palette().color(group, role)
