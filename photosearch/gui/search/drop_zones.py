"""The possible effects of a drop, shown over the window while something is dragged above it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosearch.gui.style import theme
from photosearch.gui.style.icons import Symbol
from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import is_welcome

MARGIN = 24
VEIL = 0.88  # what lies below is still felt
NEW, ADD, SUBTRACT = "new", "add", "subtract"


class DropZones(QWidget):
    """Covers its parent: one zone to search or add a folder, two more to refine the search that is shown."""

    dropped = Signal(object, str)  # QMimeData; NEW, ADD or SUBTRACT

    def __init__(self, parent: QWidget, is_searching: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._over = parent
        self._is_searching = is_searching
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.setSpacing(MARGIN)
        self._zones = {
            NEW: _zone("similar", tr("Find lookalikes"), tr("or add a folder")),
            ADD: _zone("plus", tr("Add to the search"), tr("like these, too")),
            SUBTRACT: _zone("minus", tr("Keep away"), tr("not like these")),
        }
        for zone in self._zones.values():
            row.addWidget(zone)
        self.hide()

    def open(self) -> None:
        """Show the zones above everything."""
        for name in (ADD, SUBTRACT):
            self._zones[name].setVisible(self._is_searching())
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = self.palette().window().color()
        veil.setAlphaF(VEIL)
        QPainter(self).fillRect(self.rect(), veil)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        under = self._under(event.position().toPoint())
        for name, zone in self._zones.items():
            _light(zone, name == under)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        event.setDropAction(Qt.DropAction.CopyAction)  # never a move: what is dropped stays where it is
        event.accept()
        self.dropped.emit(event.mimeData(), self._under(event.position().toPoint()))

    def _under(self, point: QPoint) -> str:
        for name, zone in self._zones.items():
            if zone.isVisible() and zone.geometry().contains(point):
                return name
        return NEW


def _zone(symbol: str, title: str, hint: str) -> QFrame:
    zone = QFrame()
    zone.setProperty("dropZone", True)
    words, more = QLabel(title), QLabel(hint)
    font = words.font()
    font.setPointSizeF(font.pointSizeF() * 1.4)
    font.setBold(True)
    words.setFont(font)
    more.setProperty("secondary", True)
    column = QVBoxLayout(zone)
    column.addStretch(1)
    column.addWidget(Symbol(symbol, 48), 0, Qt.AlignmentFlag.AlignHCenter)
    for label in (words, more):
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label)
    column.addStretch(1)
    return zone


def _light(zone: QFrame, lit: bool) -> None:
    if zone.property("active") != lit:
        theme.mark(zone, "active", lit)
