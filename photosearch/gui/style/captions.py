"""Small things over and beside a photo: a name on one line, and buttons."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QPropertyAnimation, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGraphicsOpacityEffect,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr

FADE_MS = 160
MAY_BREAK = "\u200b"  # where a long word may go on in the next line
EDGE_STYLE = "QToolButton { background: palette(window); border: none; border-radius: 20px; padding: 8px; }"


def plain(text: str) -> str:
    """Text for a tooltip or a message, which Qt reads as HTML where a name in it looks like that."""
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


class SelectableLabel(QLabel):
    """A text of which parts can be copied, also where Ctrl+C stands for something else in the window."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self.hasSelectedText() and event.matches(QKeySequence.StandardKey.Copy):
            if event.type() == QEvent.Type.KeyPress:
                QGuiApplication.clipboard().setText(self.selectedText().replace(MAY_BREAK, ""))
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own menu would copy what only lets the text wrap, too."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.selectedText() or self.text()
        menu.addAction(
            icon("copy"), tr("Copy"), lambda: QGuiApplication.clipboard().setText(chosen.replace(MAY_BREAK, ""))
        )
        menu.popup(event.globalPos())


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


def add_action(buttons: QDialogButtonBox, name: str, text: str, act: Callable[[], object]) -> QPushButton:
    """Add a button with the icon `name` that does something while its dialog stays: Enter never presses it."""
    button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
    button.setIcon(icon(name))
    button.setAutoDefault(False)
    button.clicked.connect(lambda: act())
    return button


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
