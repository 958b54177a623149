"""Small things over and beside a photo: a name on one line, and buttons."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPropertyAnimation, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QSizePolicy, QToolButton, QWidget

from photosearch.gui.style.icons import icon

FADE_MS = 160
EDGE_STYLE = "QToolButton { background: palette(window); border: none; border-radius: 20px; padding: 8px; }"


def plain(text: str) -> str:
    """What to give Qt as a tooltip or a message, which it reads as HTML where a name in it looks so."""
    return f"<p style='white-space:pre'>{escape(text)}</p>" if "<" in text or "&" in text else text


class ElidedLabel(QLabel):
    """One line that is shortened in the middle where there is no room for it; the tooltip has it whole."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, textFormat=Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        self.setToolTip("" if text == self.text() else plain(self.text()))
        QPainter(self).drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)


class EdgeButton(QToolButton):
    """A button over the photo that is seen only where the mouse comes near it; the arrow keys do the same."""

    def __init__(self, parent: QWidget, name: str, tip: str, act: Callable[[], None]) -> None:
        super().__init__(parent)
        self.possible = False
        self.setIcon(icon(name))
        self.setIconSize(QSize(24, 24))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setStyleSheet(EDGE_STYLE)
        self.resize(40, 40)
        self.clicked.connect(act)
        self._effect = QGraphicsOpacityEffect(self, opacity=0.0)
        self.setGraphicsEffect(self._effect)
        self._fading = QPropertyAnimation(self._effect, b"opacity", self)
        self._fading.setDuration(FADE_MS)
        self.hide()

    def fade(self, seen: bool) -> None:
        """Come or go."""
        target = 0.9 if seen and self.possible else 0.0
        self.setVisible(self.possible)
        if self._fading.endValue() != target:
            self._fading.stop()
            self._fading.setEndValue(target)
            self._fading.start()


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
