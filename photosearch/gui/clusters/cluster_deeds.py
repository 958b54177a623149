"""Actions on clusters and their photos: open, name, and turn a name into a label."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from photosearch.gui.clusters.card_delegate import Card
from photosearch.gui.shell.actions import open_menu
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import tr
from photosearch.models import Photo

if TYPE_CHECKING:
    from photosearch.gui.clusters.clusters_page import ClustersPage
    from photosearch.gui.shell.main_window import MainWindow


class ClusterDeeds(QObject):
    """Joins the page Clusters with the window."""

    def __init__(self, window: "MainWindow", page: "ClustersPage") -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._library, self._jobs = page.library, page.jobs
        grid = page.members.grid
        page.name_wanted.connect(self._ask_for_name)
        page.menu_wanted.connect(self._open_menu)
        page.shown.connect(self._follow)
        page.update_wanted.connect(window.indexing.start)
        grid.current_changed.connect(self._follow)
        grid.selection_changed.connect(self._follow)
        grid.opened.connect(self.open_photo)
        grid.quick_view.connect(self.open_photo)
        grid.context_menu.connect(lambda at: open_menu(window, window.actions_by_name, at))
        window.indexing.photos_changed.connect(self._photos_changed)

    def open_photo(self, photo_id: int) -> None:
        """Show a photo of the opened cluster by itself."""
        photos = self._page.members.grid.photos
        if (row := photos.row_of(photo_id)) >= 0:
            self._window.viewer.show_photo(photos.ids, row)
            self._window.show_page(self._window.viewer)

    def _follow(self) -> None:
        """Apply actions to the current photo of the opened cluster."""
        if self._window.on_clusters():
            photo_id = self._page.members.grid.current_id() if self._page.is_opened else -1
            self._jobs.ask(lambda: self._library.photos.get([photo_id]), partial(self._stand_at, photo_id))

    def _stand_at(self, photo_id: int, photos: dict[int, Photo]) -> None:
        if self._window.on_clusters():
            self._window.stand_at(photos.get(photo_id) if self._page.is_opened else None)

    def _photos_changed(self) -> None:
        if self._page.isVisible() and not self._window.indexing.condition.running:
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
        told = tr("the name “{name}”").format(name=name or card.name)
        clusters = self._library.clusters

        def done(before: str | None) -> None:
            self._window.undo.push(
                told, lambda: self._jobs.write(lambda: clusters.rename(number, before), lambda _: self._page.refresh())
            )
            self._page.refresh()

        self._jobs.write(lambda: clusters.rename(number, name or None), done)

    def make_label(self, card: Card) -> None:
        """Give the name of a cluster to its photos as a label."""
        number = card.cluster_id
        if number is None:
            return

        def done(made: tuple[str, int]) -> None:
            name, photos = made
            self._window.banner.say(tr("%Ln photos carry the label “{label}” now.", "", photos).format(label=name))
            self._window.labelling.tell_change()

        self._jobs.write(lambda: self._library.clusters.make_label(number), done)
