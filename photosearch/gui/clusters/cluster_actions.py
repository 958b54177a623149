"""Actions on clusters and their photos: open, name, and turn a name into a label."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from photosearch.gui.clusters.card_delegate import Card
from photosearch.gui.clusters.clusters_page import ClustersPage
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.undo import Undo
from photosearch.models import Photo


class ClusterActions(QObject):
    """Follows the page Clusters and the photos of the cluster that is opened there."""

    current_changed = Signal(object)  # Photo | None: that of the opened cluster
    labelled = Signal()
    said = Signal(str)  # a sentence for the person

    def __init__(self, page: ClustersPage, indexing: Indexing, undo: Undo, window: QWidget) -> None:
        super().__init__(window)
        self._page, self._indexing, self._undo, self._window = page, indexing, undo, window
        undo.serve("clusters", self)
        self._library, self._jobs = page.library, page.jobs
        page.name_wanted.connect(self._ask_for_name)
        page.menu_wanted.connect(self._open_menu)
        page.shown.connect(self._follow)
        page.update_wanted.connect(indexing.start)
        page.members.grid.current_changed.connect(self._follow)
        page.members.grid.selection_changed.connect(self._follow)
        indexing.photos_changed.connect(self._photos_changed)

    def _current_id(self) -> int:
        return self._page.members.grid.current_id() if self._page.is_opened else -1

    def _follow(self) -> None:
        """What can be done is done to the current photo of the opened cluster."""
        photo_id = self._current_id()
        self._jobs.ask(lambda: self._library.photos.get([photo_id]), partial(self._tell_current, photo_id))

    def _tell_current(self, photo_id: int, photos: dict[int, Photo]) -> None:
        if photo_id == self._current_id():  # an older answer may come later than a newer one
            self.current_changed.emit(photos.get(photo_id))

    def _photos_changed(self) -> None:
        if self._page.isVisible() and not self._indexing.condition.running:
            self._page.refresh()

    def _open_menu(self, card: Card, at: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("open"), tr("Open"), lambda: self._page.open_card(card))
        if card.cluster_id is not None:
            menu.addAction(icon("label"), tr("Name …"), lambda: self._ask_for_name(card))
        if card.name:
            menu.addAction(icon("plus"), tr("Make the name a label"), lambda: self.make_label(card))
            menu.addAction(icon("remove"), tr("Take the name away"), lambda: self._name(card, ""))
        menu.popup(at)

    def _ask_for_name(self, card: Card) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Name a cluster"))
        dialog.setLabelText(tr("What these photos are; without a name it is taken away:"))
        dialog.setTextValue(card.name or "")
        dialog.textValueSelected.connect(lambda name: self._name(card, name))
        dialog.open()

    def _name(self, card: Card, name: str) -> None:
        number, name = card.cluster_id, name.strip()
        if number is None or name == (card.name or ""):
            return
        change = tr("the name “{name}”").format(name=name or card.name)
        clusters, before = self._library.clusters, list[str | None]()

        def take_back() -> None:
            for old in before:  # none, if nothing could be written
                clusters.rename(number, old)

        self._undo.push(change, self, lambda me: me._write(take_back))
        self._write(lambda: before.append(clusters.rename(number, name or None)))

    def _write(self, change: Callable[[], None]) -> None:
        self._jobs.write(change, lambda _: self._page.refresh())

    def make_label(self, card: Card) -> None:
        """Give the name of a cluster to its photos as a label."""
        number = card.cluster_id
        if number is None:
            return

        def done(made: tuple[str, int]) -> None:
            name, photos = made
            self.said.emit(tr("%Ln photos carry the label “{label}” now.", "", photos).format(label=name))
            self.labelled.emit()

        self._jobs.write(lambda: self._library.clusters.make_label(number), done)
