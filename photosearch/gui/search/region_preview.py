"""A small photo on which a part of it is marked with the mouse or the keyboard."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from photosearch.gui.style.words import tr
from photosearch.gui.work.picture_loader import Picture, thumbnail_picture
from photosearch.models import Region

SMALLEST_SIDE = 8  # pixels of the widget; less is a click
LARGEST_SHAPE = 1.5  # height of the widget for its width
KEY_STEP = 0.05  # of the photo's sides
SHADE = QColor(0, 0, 0, 130)
LINE_WIDTH = 2


class RegionPreview(QWidget):
    """A photo as wide as its panel. Dragging, or Shift, arrows and Enter, choose a region; a click or Esc clears it."""

    region_chosen = Signal(Region)
    region_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._region: Region | None = None
        self._from: QPointF | None = None
        self._to = QPointF()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Preview"))
        self.setToolTip(tr("Drag to choose the part to search by, or use Shift with the arrow keys, then Enter"))

    def show_photo(self, jpeg: bytes | None, size: tuple[int, int]) -> None:
        """Show the thumbnail of a photo of `size` (width, height) pixels; None or a broken one shows nothing."""
        self._picture = thumbnail_picture(jpeg, *size)
        self._region = self._from = None
        self.setCursor(Qt.CursorShape.CrossCursor if self._picture else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def set_region(self, region: Region | None) -> None:
        """Mark a region, in pixels of the photo, without telling anyone."""
        self._region = region
        self.update()

    def region(self) -> Region | None:
        """The marked region."""
        return self._region

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        picture = self._picture
        shape = picture.height / picture.width if picture else 0.75
        return max(1, round(width * min(shape, LARGEST_SHAPE)))

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(280))

    def _place(self) -> QRectF:
        """Where the photo lies in the widget."""
        if not self._picture:
            return QRectF()
        size = QSize(self._picture.width, self._picture.height)
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, max(fitted.width(), 1), max(fitted.height(), 1))
        place.moveCenter(self.rect().center())
        return QRectF(place)

    def _to_photo(self, marked: QRectF) -> Region:
        """The pixels of the photo under a rectangle of the widget."""
        assert self._picture
        place = self._place()
        across, down = self._picture.width / place.width(), self._picture.height / place.height()
        left, top = round((marked.left() - place.left()) * across), round((marked.top() - place.top()) * down)
        right = min(round((marked.right() - place.left()) * across), self._picture.width)
        bottom = min(round((marked.bottom() - place.top()) * down), self._picture.height)
        return Region(left, top, max(right - left, 1), max(bottom - top, 1))

    def _to_widget(self, region: Region) -> QRectF:
        assert self._picture
        place = self._place()
        across, down = place.width() / self._picture.width, place.height() / self._picture.height
        left, top = place.left() + region.left * across, place.top() + region.top * down
        return QRectF(left, top, region.width * across, region.height * down).intersected(place)

    def _band(self) -> QRectF | None:
        """The marked rectangle, in the widget."""
        if self._from is not None:
            return QRectF(self._from, self._to).normalized()
        return self._to_widget(self._region) if self._region else None

    def _inside(self, point: QPointF) -> QPointF:
        place = self._place()
        x = min(max(point.x(), place.left()), place.right())
        return QPointF(x, min(max(point.y(), place.top()), place.bottom()))

    def _clear(self) -> None:
        had, self._region, self._from = self._region, None, None
        self.update()
        if had:
            self.region_cleared.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._picture:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place, band = self._place(), self._band()
        least = min(place.width() * self.devicePixelRatioF(), self._picture.levels[0].width())
        level = [level for level in self._picture.levels if level.width() >= least][-1]
        painter.drawImage(place, level, QRectF(level.rect()))
        if band:
            painter.save()
            painter.setClipRect(place)
            for x, y, width, height in (
                (place.left(), place.top(), place.width(), band.top() - place.top()),
                (place.left(), band.bottom(), place.width(), place.bottom() - band.bottom()),
                (place.left(), band.top(), band.left() - place.left(), band.height()),
                (band.right(), band.top(), place.right() - band.right(), band.height()),
            ):
                painter.fillRect(QRectF(x, y, width, height), SHADE)
            painter.restore()
            self._outline(painter, band)
        if self.hasFocus():
            self._outline(painter, place)

    def _outline(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), LINE_WIDTH))
        half = LINE_WIDTH / 2
        painter.drawRect(rect.adjusted(half, half, -half, -half))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._picture and event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = self._inside(event.position())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = self._inside(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None or event.button() != Qt.MouseButton.LeftButton:
            return
        band = QRectF(self._from, self._inside(event.position())).normalized()
        self._from = None
        if min(band.width(), band.height()) < SMALLEST_SIDE:
            self._clear()
        else:
            self.set_region(self._to_photo(band))
            self.region_chosen.emit(self._region)

    def event(self, event: QEvent) -> bool:
        # Esc may be a shortcut of the window, which is for later while there is something to clear here.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self._region is not None or self._from is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if self._wants(event):
            self._clear()
        elif step and self._picture and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._grow(self._picture, *step)
        elif step and self._picture and self._region:
            self._shift(self._picture, self._region, *step)
        elif self._region and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.region_chosen.emit(self._region)
        else:
            super().keyPressEvent(event)

    def _grow(self, picture: Picture, x: int, y: int) -> None:
        """Move the lower right corner by a step; without a region begin with the middle quarter."""
        width, height = picture.width, picture.height
        region = self._region
        if region is None:
            self.set_region(Region(width // 4, height // 4, max(width // 2, 1), max(height // 2, 1)))
            return
        step_x, step_y = max(round(width * KEY_STEP), 1), max(round(height * KEY_STEP), 1)
        wide = min(max(region.width + x * step_x, min(step_x, region.width)), width - region.left)
        high = min(max(region.height + y * step_y, min(step_y, region.height)), height - region.top)
        self.set_region(region._replace(width=wide, height=high))

    def _shift(self, picture: Picture, region: Region, x: int, y: int) -> None:
        """Move the region by a step."""
        left = region.left + x * max(round(picture.width * KEY_STEP), 1)
        top = region.top + y * max(round(picture.height * KEY_STEP), 1)
        left = min(max(left, 0), picture.width - region.width)
        self.set_region(region._replace(left=left, top=min(max(top, 0), picture.height - region.height)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)
