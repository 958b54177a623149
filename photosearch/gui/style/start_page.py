"""The first thing a person sees: a place to drop a folder of photos, or a look around with the samples."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photosearch.gui.style.icons import Symbol, app_icon, icon
from photosearch.gui.style.words import tr


class StartPage(QWidget):
    """Shown while the library has no folder; the window takes what is dropped on it."""

    folder_wanted = Signal()
    samples_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        card = QFrame()
        card.setProperty("dropZone", True)
        card.setMinimumSize(560, 380)
        card.setMaximumWidth(720)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(QSize(96, 96), self.devicePixelRatio()))
        picture.setAccessibleName("Photosearch")
        title = QLabel(tr("Drop a folder of photos here"))
        title.setFont(_larger(title.font(), 1.7))
        sentences = (
            tr("Photosearch finds photos by what they show."),
            tr("Nothing leaves this computer, and no photo is ever changed."),
        )
        promise = QLabel("\n".join(sentences))
        promise.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._add = QPushButton(icon("add-folder", QPalette.ColorRole.HighlightedText), tr("Choose a folder …"))
        self._add.setDefault(True)
        self._add.clicked.connect(self.folder_wanted)
        samples = QPushButton(icon("sample"), tr("Try the sample photos"))
        samples.clicked.connect(self.samples_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self._add)
        buttons.addWidget(samples)
        buttons.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(48, 40, 48, 40)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, gap in ((picture, 24), (title, 12), (promise, 32)):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(gap)
        column.addLayout(buttons)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self.setFocusProxy(self._add)


class EmptyPage(QWidget):
    """Why there is nothing to see here, and what to do about it."""

    def __init__(self, help_with: Callable[[], object]) -> None:
        """`help_with` is called by the button; it may be replaced with what is said."""
        super().__init__()
        self.help_with = help_with
        self._picture = Symbol("photos", 56)
        self._title = QLabel()
        self._title.setFont(_larger(self._title.font(), 1.35))
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._action = QPushButton()
        self._action.clicked.connect(lambda: self.help_with())
        column = QVBoxLayout(self)
        column.addStretch(2)
        for widget, gap in ((self._picture, 16), (self._title, 8), (self._hint, 20), (self._action, 0)):
            if widget is self._hint:  # aligned, it would get the height of one line
                row = QHBoxLayout()
                row.addStretch(1)
                row.addWidget(widget, 3)
                row.addStretch(1)
                column.addLayout(row)
            else:
                column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(gap)
        column.addStretch(3)

    def say(self, picture: str, title: str, hint: str = "", action: str = "") -> None:
        """Show an icon by its name, a title, a sentence and, if there is one, the way out."""
        self._picture.show_icon(picture)
        self._title.setText(title)
        self._hint.setText(hint)
        self._action.setText(action)
        self._action.setVisible(bool(action))


def _larger(font: QFont, factor: float) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * factor)
    larger.setWeight(QFont.Weight.DemiBold)
    return larger
