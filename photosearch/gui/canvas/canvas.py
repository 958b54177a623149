"""Shows one photo at any zoom; the view of it is a value, so that several canvases can follow one another."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from photosearch.gui.style.outlines import outline
from photosearch.gui.style.page_keys import PageKey, answer
from photosearch.gui.style.theme import focus
from photosearch.gui.style.words import tr
from photosearch.gui.work.picture_loader import Picture
from photosearch.models import Part

LARGEST_SCALE = 32.0  # device pixels for one pixel of the photo
NEAREST_FROM = 3.0  # from this scale on single pixels are what one wants to see
WHEEL_BASE = 1.0015  # the zoom of an eighth of a degree; a notch is 120 of them, about a fifth
KEY_ZOOM = 1.25
FOCUS_LINE = 2
KEY_PAN = 0.15  # of the window


class View(NamedTuple):
    """The visible part: `zoom` as a multiple of the fitted photo, around the point `x`, `y` in 0..1 of it."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5


class Canvas(QWidget):
    """One photo, zoomed by wheel, pinch, double click and + - 0 1, panned by dragging and the arrows."""

    view_changed = Signal(View)  # by the person, here
    changed = Signal()  # what is seen, by whatever reason

    def __init__(self, parent: QWidget | None = None, enlarge: bool = False) -> None:
        """With `enlarge` a photo smaller than the window is fitted to it as well."""
        super().__init__(parent)
        self._picture: Picture | None = None
        self._over: Picture | None = None
        self._opacity = 0.0
        self._sentence = ""
        self._outlined: Part | None = None
        self._view = View()
        self._enlarge = enlarge
        self._dragged_from: QPointF | None = None
        self.marks_focus = False  # for one of several
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Photo"))
        self.setMinimumSize(80, 80)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    @property
    def picture(self) -> Picture | None:
        return self._picture

    @property
    def sentence(self) -> str:
        return self._sentence

    @property
    def view(self) -> View:
        return self._view

    def set_view(self, view: View) -> None:
        """Look where another canvas looks."""
        if view != self._view:
            self._view = view
            self._changed()

    def set_picture(self, picture: Picture | None, sentence: str = "") -> None:
        """Show `picture` under the same view; `sentence` says what is wrong, large where there is no picture."""
        self._picture, self._sentence = picture, sentence
        self.setAccessibleDescription(sentence)
        self._changed()

    def set_over(self, picture: Picture | None, opacity: float) -> None:
        """Lay another photo over the first, fitted and seen as it is."""
        self._over, self._opacity = picture, opacity
        self.update()

    def set_outlined(self, box: Part | None) -> None:
        """Draw a frame around a part of the photo."""
        self._outlined = box
        self.update()

    def scale(self) -> float:
        """Device pixels for one pixel of the photo; 0 without one."""
        return self._fit(self._picture) * self._view.zoom if self._picture else 0.0

    def is_coarse(self) -> bool:
        """True if more pixels of the photo than its picture has would be seen."""
        if not self._picture:
            return False
        return self._picture.levels[0].width() < 0.98 * min(self.scale(), 1.0) * self._picture.width

    def place(self) -> QRectF:
        """Where the whole photo lies, in the widget's coordinates, which it may exceed."""
        if not self._picture:
            return QRectF()
        place, ratio = self._place(self._picture), self.devicePixelRatioF()
        return QRectF(place.topLeft() / ratio, place.size() / ratio)

    def fit(self) -> None:
        """Show the whole photo."""
        self._move(View())

    def show_actual_size(self, at: QPointF | None = None) -> None:
        """One pixel of the photo for one of the screen; `at`, or the middle, stays where it is."""
        if self._picture:
            self.zoom_to(1 / self._fit(self._picture), at)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom; the point of the photo under `at`, or the middle, stays where it is."""
        self.zoom_to(self._view.zoom * factor, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom to a multiple of the whole photo fitted, keeping what is under `at`."""
        if not self._picture:
            return
        actual = 1 / self._fit(self._picture)
        zoom = min(max(zoom, min(1.0, actual)), max(LARGEST_SCALE * actual, 1.0))
        zoom = 1.0 if abs(zoom - 1) < 1e-3 else zoom
        old, size = self._place(self._picture), self._device_size()
        anchor = at * self.devicePixelRatioF() if at else QPointF(size.width() / 2, size.height() / 2)
        grown = zoom / self._view.zoom
        left, top = anchor.x() - (anchor.x() - old.x()) * grown, anchor.y() - (anchor.y() - old.y()) * grown
        x = (size.width() / 2 - left) / (old.width() * grown)
        self._move(View(zoom, x, (size.height() / 2 - top) / (old.height() * grown)))

    def pan_by(self, x: float, y: float) -> None:
        """Move the photo by pixels of the widget."""
        if not self._picture:
            return
        place, ratio = self._place(self._picture), self.devicePixelRatioF()
        view = self._clamped(self._view, self._picture)
        self._move(View(view.zoom, view.x - x * ratio / place.width(), view.y - y * ratio / place.height()))

    def _move(self, view: View) -> None:
        if self._picture:
            view = self._clamped(view, self._picture)
            if view != self._view:
                self._view = view
                self._changed()
                self.view_changed.emit(view)

    def _changed(self) -> None:
        self._show_hand()
        self.update()
        self.changed.emit()

    def _device_size(self) -> QSize:
        return QSize(round(self.width() * self.devicePixelRatioF()), round(self.height() * self.devicePixelRatioF()))

    def _fit(self, picture: Picture) -> float:
        size = self._device_size()
        fit = min(max(size.width(), 1) / picture.width, max(size.height(), 1) / picture.height)
        return fit if self._enlarge else min(fit, 1.0)

    def _clamped(self, view: View, picture: Picture) -> View:
        """The view from which no empty border is seen where the photo is larger than the window."""
        size, scale = self._device_size(), self._fit(picture) * view.zoom

        def clamp(centre: float, seen: float) -> float:
            return 0.5 if seen >= 1 else min(max(centre, seen / 2), 1 - seen / 2)

        seen_x, seen_y = size.width() / (picture.width * scale), size.height() / (picture.height * scale)
        return View(view.zoom, clamp(view.x, seen_x), clamp(view.y, seen_y))

    def _place(self, picture: Picture) -> QRectF:
        """Where the whole photo lies, in device pixels."""
        size, scale = self._device_size(), self._fit(picture) * self._view.zoom
        view = self._clamped(self._view, picture)
        width, height = picture.width * scale, picture.height * scale
        return QRectF(size.width() / 2 - view.x * width, size.height() / 2 - view.y * height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        ratio = self.devicePixelRatioF()
        if self._picture:
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)  # in device pixels, so that 100 % is sharp
            if not (self._over and self._opacity == 1):
                self._paint(painter, self._picture)
            if self._over and self._opacity:
                painter.setOpacity(self._opacity)
                self._paint(painter, self._over)
            painter.restore()
        if self._picture and self._outlined:
            outline(painter, self.place(), self._outlined)
        if self._sentence:
            self._paint_sentence(painter)
        if self.marks_focus and self.hasFocus():
            painter.fillRect(0, self.height() - FOCUS_LINE, self.width(), FOCUS_LINE, focus(self.palette()))

    def _paint(self, painter: QPainter, picture: Picture) -> None:
        place = self._place(picture)
        place.moveTo(round(place.x()), round(place.y()))
        least = min(place.width(), picture.levels[0].width())
        level = [level for level in picture.levels if level.width() >= least][-1]
        whole = picture.levels[0].width() >= picture.width
        scale = place.width() / level.width()
        single_pixels = whole and scale >= NEAREST_FROM and self._view.zoom > 1
        sharp = single_pixels or abs(scale - 1) < 1e-6
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
        painter.drawImage(place, level, QRectF(level.rect()))

    def _paint_sentence(self, painter: QPainter) -> None:
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(24, 24, -24, -24)
        text = painter.boundingRect(room, flags, self._sentence)
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        if self._picture:
            text.moveBottom(room.bottom())
            back = self.palette().color(QPalette.ColorRole.Window)
            back.setAlphaF(0.85)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            painter.drawRoundedRect(text.adjusted(-12, -6, 12, 6), 6, 6)
        painter.setPen(colour)
        painter.drawText(text, flags, self._sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._changed()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(WHEEL_BASE ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged_from = event.position()
            self._show_hand()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None:
            return
        moved = event.position() - self._dragged_from
        self._dragged_from = event.position()
        self.pan_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        self._show_hand()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._view.zoom == 1:
            self.show_actual_size(event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            event.ignore()
        elif not answer(event, self.keys()) and not self._pan_by_key(Qt.Key(event.key())):
            event.ignore()  # whoever holds the canvas may go to the next photo

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for the arrows."""
        key = Qt.Key
        return [
            PageKey((key.Key_0,), tr("Fit to the window"), self.fit),
            PageKey((key.Key_1,), tr("Actual size"), self.show_actual_size),
            PageKey((key.Key_Plus, key.Key_Equal), tr("Zoom in"), lambda: self.zoom_by(KEY_ZOOM)),
            PageKey((key.Key_Minus,), tr("Zoom out"), lambda: self.zoom_by(1 / KEY_ZOOM)),
        ]

    def _pan_by_key(self, key: Qt.Key) -> bool:
        """True if `key` is an arrow along which more of the photo lies."""
        place = self.place()
        step_x, step_y = self.width() * KEY_PAN, self.height() * KEY_PAN
        wide, high = place.width() > self.width() + 0.5, place.height() > self.height() + 0.5
        steps = {
            Qt.Key.Key_Left: (step_x, 0.0, wide),
            Qt.Key.Key_Right: (-step_x, 0.0, wide),
            Qt.Key.Key_Up: (0.0, step_y, high),
            Qt.Key.Key_Down: (0.0, -step_y, high),
        }
        x, y, possible = steps.get(key, (0.0, 0.0, False))
        if possible:
            self.pan_by(x, y)
        return possible

    def _show_hand(self) -> None:
        place = self.place()
        movable = place.width() > self.width() + 0.5 or place.height() > self.height() + 0.5
        hand = Qt.CursorShape.OpenHandCursor if self._dragged_from is None else Qt.CursorShape.ClosedHandCursor
        self.setCursor(hand if movable else Qt.CursorShape.ArrowCursor)
