"""The decisions about the current photo, each with its key."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from photosearch.gui.duplicates.deeds import Deed, button_words, offers
from photosearch.gui.settings.shortcuts import native


class DeedBar(QWidget):
    """A row of buttons that leave the keyboard where it is."""

    decided = Signal(str)  # a Deed

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("controls", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        short = button_words()
        for deed, _, words, key in offers():
            button = QPushButton(short[deed])
            button.setToolTip(f"{words} ({native(key)})")
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._decide, deed))
            row.addWidget(button)
        row.addStretch(1)

    def _decide(self, deed: Deed, _: bool = False) -> None:
        self.decided.emit(deed)
