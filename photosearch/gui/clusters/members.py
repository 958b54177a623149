"""The photos of one cluster as a grid, under its name, the most typical first; or those chosen on the map."""

from array import array

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photosearch.gui.clusters.card_delegate import Card, describe
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import ElidedLabel
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Listing, Section


class Members(QWidget):
    """Shows the photos; what is done with them is up to the window."""

    closed = Signal()
    name_wanted = Signal()

    def __init__(self, library: Library, jobs: Jobs, back_to: str, *, can_be_named: bool = True) -> None:
        """`back_to`: what the button that leads back says."""
        super().__init__()
        self.card: Card | None = None
        self.grid = GridView(library, jobs, ThumbnailLoader(library, jobs, self))
        back = QPushButton(icon("back"), back_to)
        back.clicked.connect(self.closed)
        name = QPushButton(icon("label"), tr("Name …"))
        name.setToolTip(tr("Give this cluster a name (F2)"))
        name.clicked.connect(self.name_wanted)
        name.setVisible(can_be_named)
        self._title, self._count = ElidedLabel(), QLabel()
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._count.setProperty("secondary", True)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 0)
        row.setSpacing(10)
        row.addWidget(back)
        row.addWidget(self._title, 1)
        row.addWidget(self._count)
        row.addWidget(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.grid, 1)

    def show_card(self, card: Card, again: bool) -> None:
        """Show the photos of a cluster; `again`: as it is after a change."""
        self.card = card
        title, count = describe(card)
        self._title.setText(title)
        self._count.setText(count)
        listing = Listing(array("q", card.photos.tolist()), (Section("", len(card.photos)),))
        (self.grid.show_again if again else self.grid.show_listing)(listing)
