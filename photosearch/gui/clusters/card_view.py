"""The clusters as cards in a grid, each under the id of the photo that stands for it."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from photosearch.gui.clusters.card_delegate import Card, CardDelegate, describe, tiles_of
from photosearch.gui.grid.grid_model import GridModel, IdRole, Index
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Listing, Section

USUAL_CARD = 232  # px
TILE_SHARE = 0.75  # of a card: a photo of three to two fills half of it


class CardModel(GridModel):
    """Speaks of clusters where the model of a grid speaks of photos."""

    cards: Mapping[int, Card] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if role not in spoken:
            return super().data(index, role)
        card = self.cards.get(super().data(index, IdRole))
        text = ", ".join(filter(None, describe(card))) if card else ""
        return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text


class CardView(GridView):
    """Shows cards; Enter and a double click open one."""

    card_opened = Signal(object)  # Card
    _cards: Mapping[int, Card] = {}

    def __init__(self, library: Library, jobs: Jobs) -> None:
        loader = ThumbnailLoader(library, jobs)
        super().__init__(library, jobs, loader)
        loader.setParent(self)
        self._mosaics = CardDelegate(loader)
        self._photos = self._spoken = CardModel(loader, self)
        self.setModel(self._spoken)
        self.setItemDelegate(self._mosaics)
        self._delegate = self._mosaics  # type: ignore[assignment]
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setAccessibleName(tr("Clusters"))
        self.set_cell_size(USUAL_CARD)
        self.opened.connect(self._open_card)
        self.quick_view.connect(self._open_card)

    @property
    def card(self) -> Card | None:
        """The cluster that the keyboard is at."""
        return self._cards.get(self.current_id())

    @property
    def shown_numbers(self) -> bool:
        """True if the clusters that are shown have their numbers, so that they can be named."""
        return all(card.cluster_id is not None for card in self._cards.values())

    def show_cards(self, cards: Sequence[Card], again: bool) -> None:
        """Show these; `again`: what is seen stays in place as far as the same photos stand for clusters."""
        current = self.current_id()
        self._cards = self._mosaics.cards = self._spoken.cards = {int(card.photos[0]): card for card in cards}
        listing = Listing(array("q", self._cards), (Section("", len(cards)),))
        (self.show_again if again else self.show_listing)(listing)
        if again and 0 <= current != self.current_id():  # its cluster has another photo that stands for it
            self._go_to(next((row for row, card in enumerate(cards) if current in card.photos), -1))

    def keyboardSearch(self, search: str) -> None:
        """Go to the next cluster whose name begins so."""
        self._typed = self._typed + search if self.is_typing() else search.lstrip()
        self._typing.start()
        wanted = self._typed.casefold()
        rows = len(self._cards)
        start = max(0, self.currentIndex().row() + (len(self._typed) == 1))
        names = [(card.name or "").casefold() for card in self._cards.values()]
        order = chain(range(start, rows), range(min(start, rows)))
        self._go_to(next((row for row in order if wanted and names[row].startswith(wanted)), -1))

    def _open_card(self, photo_id: int) -> None:
        if card := self._cards.get(photo_id):
            self.card_opened.emit(card)

    # Mosaics

    def _ask(self) -> None:
        """Ask for the photos of the cards that are seen; what has gone by is dropped."""
        if not self.isVisible():
            return
        ids: list[int] = []
        for row in self._rows_seen():
            card = self._cards.get(self._photos.ids[row])
            ids += card.photos[: tiles_of(len(card.photos))].tolist() if card else []
        self._loader.drop(self._asked.difference(ids))
        self._asked = set(ids)
        self._loader.ask(ids, round(self._page.cell * TILE_SHARE), self.devicePixelRatioF())

    def _show_arrived(self, photo_ids: set[int]) -> None:
        if photo_ids & self._asked:
            self.viewport().update()
