"""The decisions about the current photo, each with its key."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from photosearch.gui.duplicates.deeds import Deed, Offer, offers
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
        self._buttons: dict[Deed, QPushButton] = {}
        for offer in offers():
            button = self._buttons[offer.deed] = QPushButton()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._decide, offer.deed))
            row.addWidget(button)
        row.addStretch(1)
        self.show_offers(offers())

    def show_offers(self, possible: Sequence[Offer]) -> None:
        """Offer what can be decided of the group that is shown."""
        for offer in possible:
            button = self._buttons[offer.deed]
            button.setText(offer.short)
            button.setToolTip(f"{offer.words} ({native(offer.key)})")
            button.setAccessibleName(offer.words)
        for deed, button in self._buttons.items():
            button.setVisible(any(offer.deed == deed for offer in possible))

    def _decide(self, deed: Deed, _: bool = False) -> None:
        self.decided.emit(deed)
