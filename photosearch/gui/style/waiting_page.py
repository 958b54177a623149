"""How far a long job is that a page waits for, with a button that stops it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from photosearch.gui.style.words import duration, tr
from photosearch.models import Progress


class WaitingPage(QWidget):
    """Says what goes on."""

    stop_wanted = Signal()

    def __init__(self, words: Mapping[str, str], before: str) -> None:
        """`words` for each stage; `before`: what is said until the job begins."""
        super().__init__()
        self._words, self._before = words, before
        self._text, self._left = QLabel(), QLabel()
        self._left.setProperty("secondary", True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(320)
        stop = QPushButton(tr("Stop"))
        stop.clicked.connect(self.stop_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        for widget in (self._text, self._bar, self._left, stop):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_progress(self, progress: Progress | None) -> None:
        """None: it has not begun, as other work goes on."""
        self._text.setText(self._words.get(progress.stage, "") if progress else self._before)
        total = progress.total if progress else None
        self._bar.setRange(0, total or 0)
        self._bar.setValue(progress.done if progress and total else 0)
        eta_s = progress.eta_s if progress else None
        self._left.setVisible(eta_s is not None)
        self._left.setText(tr("{duration} left").format(duration=duration(eta_s or 0)))
