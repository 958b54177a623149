"""Small things over and beside a photo: a name on one line, and a flat button."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton

from photosearch.gui.icons import icon


class ElidedLabel(QLabel):
    """One line that is shortened in the middle where there is no room for it; the tooltip has it whole."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, textFormat=Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        self.setToolTip("" if text == self.text() else self.text())
        QPainter(self).drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)


def make_button(name: str, tip: str, act: Callable[[], object], checkable: bool = False) -> QToolButton:
    """A flat button with the icon `name`; `tip` says what it does, and by which key."""
    button = QToolButton()
    button.setAutoRaise(True)
    button.setCheckable(checkable)
    button.setIcon(icon(name))
    button.setIconSize(QSize(20, 20))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(lambda: act())
    return button
