"""A photo of which a part can be marked to search with: by a rectangle drawn on it, or by zooming in to it."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from photosearch.gui.canvas.canvas import Canvas
from photosearch.models import Region

LEAST = 8  # px of the window: less is a click
VEIL = QColor(0, 0, 0, 110)


class RegionCanvas(Canvas):
    """While it is marking, the mouse draws in place of moving the photo; Return takes the part that is seen."""

    region_chosen = Signal(object)  # Region, in pixels of the photo
    marking_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_marking = False
        self._corner: QPointF | None = None
        self._box = QRectF()  # in the window, while it is drawn

    @property
    def is_marking(self) -> bool:
        """True if a part is to be marked now."""
        return self._is_marking

    def mark(self, begin: bool) -> None:
        """Begin to mark a part, or give it up."""
        was_marking, self._is_marking = self._is_marking, begin
        self._corner, self._box = None, QRectF()
        self._show_hand()
        self.update()
        if was_marking and not begin:
            self.marking_ended.emit()

    def _choose(self, box: QRectF) -> None:
        """Take what lies in a box of the window, as far as it is photo."""
        place, picture = self.place(), self.picture
        box = box.intersected(place)
        self.mark(False)
        if not picture or box.isEmpty():
            return
        across, down = picture.width / place.width(), picture.height / place.height()
        left, top = int((box.left() - place.left()) * across), int((box.top() - place.top()) * down)
        width = min(max(1, round(box.width() * across)), picture.width - left)
        height = min(max(1, round(box.height() * down)), picture.height - top)
        self.region_chosen.emit(Region(left, top, width, height))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_marking and event.button() == Qt.MouseButton.LeftButton:
            self._corner = event.position()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._corner is None:
            super().mouseMoveEvent(event)
            return
        self._box = QRectF(self._corner, event.position()).normalized()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._corner is None:
            super().mouseReleaseEvent(event)
            return
        self._corner, box = None, self._box
        if min(box.width(), box.height()) >= LEAST:
            self._choose(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_marking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(QRectF(self.rect()))
        elif self._is_marking and event.key() == Qt.Key.Key_Escape:
            self.mark(False)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_marking and not self._box.isEmpty():
            painter = QPainter(self)
            for beside in (
                QRectF(0, 0, self.width(), self._box.top()),
                QRectF(0, self._box.bottom(), self.width(), self.height()),
                QRectF(0, self._box.top(), self._box.left(), self._box.height()),
                QRectF(self._box.right(), self._box.top(), self.width(), self._box.height()),
            ):
                painter.fillRect(beside, VEIL)
            painter.setPen(QPen(Qt.GlobalColor.white, 1))
            painter.drawRect(self._box)

    def _show_hand(self) -> None:
        if self._is_marking:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            super()._show_hand()
