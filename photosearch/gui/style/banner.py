"""One sentence that floats over the shown page: it takes no room from it, and leaves by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from photosearch.gui.style.captions import SelectableLabel
from photosearch.gui.style.icons import Symbol, icon
from photosearch.gui.style.words import tr

STAYS_MS = 12_000
MARGIN, ABOVE_BAR = 12, 60  # px
WIDEST = 620


class Banner(QFrame):
    """Lies low on its parent, over photos: tabs and tools are at the top, and the bar of a page at the bottom."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("banner", True)
        self._text = SelectableLabel()
        self._text.setWordWrap(True)
        self._act: Callable[[], object] | None = None
        self._offer = QPushButton()
        self._offer.clicked.connect(self._take_offer)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setToolTip(tr("Close"))
        close.setAccessibleName(tr("Close"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Symbol("info"))
        row.addWidget(self._text, 1)
        row.addWidget(self._offer)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The present or last text."""
        return self._text.text()

    def say(self, sentence: str, offer: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence in place of the one before, and offer an act."""
        self._act = act
        self._offer.setText(offer)
        self._offer.setVisible(act is not None)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _take_offer(self) -> None:
        self.hide()
        if self._act:
            self._act()

    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus and self.isAncestorOf(focus)):  # it is being read, or about to be answered
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        width = min(WIDEST, self._over.width() - 2 * MARGIN)
        self.setFixedWidth(width)
        self.setFixedHeight(max(self.sizeHint().height(), self.heightForWidth(width)))
        top = self._over.height() - self.height() - ABOVE_BAR
        self.move((self._over.width() - width) // 2, max(MARGIN, top))
