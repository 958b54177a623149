"""Going from place to place: to photos, to an answer, and to the pages beside them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from photosearch.gui.search.search_bar import SearchBar
from photosearch.gui.shell.current_photo import CurrentPhoto
from photosearch.gui.shell.pages import Pages
from photosearch.gui.style.words import tr
from photosearch.gui.work.history import EVERYTHING, History, title_of
from photosearch.models import Query


class Navigation(QObject):
    """Shows each place that the history moves to, and the pages that are no place among the photos."""

    titled = Signal(str)  # what the window is called now

    def __init__(
        self,
        pages: Pages,
        current: CurrentPhoto,
        history: History,
        search_bar: SearchBar,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__(pages)
        self._pages, self._current, self._history = pages, current, history
        self._search_bar, self._actions = search_bar, actions
        self._left_duplicates_for: Query | None = None  # a search that began at the duplicates
        history.moved.connect(self._go)
        pages.side_bar.duplicates_wanted.connect(self.show_duplicates)
        pages.side_bar.clusters_wanted.connect(self.show_clusters)
        pages.side_bar.teach_wanted.connect(self.show_teach)

    def show_duplicates(self) -> None:
        """Show the page of duplicates in place of the photos."""
        pages = self._pages
        self._show_beside(pages.duplicates, tr("Duplicates – Photosearch"))
        pages.side_bar.show_duplicates()
        pages.duplicates.open()
        pages.uncover()
        self._current.show_duplicate(pages.duplicates.view.photo)

    def show_clusters(self) -> None:
        """Show the page of clusters in place of the photos."""
        pages = self._pages
        self._show_beside(pages.clusters, tr("Clusters – Photosearch"))
        pages.side_bar.show_clusters()
        pages.clusters.open()
        pages.uncover()
        self._current.stand_at(None)

    def show_teach(self) -> None:
        """Show the page Teach in place of the photos."""
        pages = self._pages
        self._show_beside(pages.teach, tr("Teach – Photosearch"))
        pages.side_bar.show_teach()
        pages.teach.open()
        pages.uncover()
        self._current.stand_at(None)

    def search(self, paths: Sequence[str]) -> None:
        """Look for photos like these; from a group of duplicates, "back" leads to it again."""
        place = Query(tuple(paths))
        self._left_duplicates_for = place if self._pages.on_duplicates() else None
        self._history.visit(place)

    def back(self) -> None:
        """Go to where the person was."""
        pages = self._pages
        if pages.on_gallery() and self._history.here == self._left_duplicates_for:
            self._left_duplicates_for = None
            self.show_duplicates()
        elif pages.on_gallery():
            self._history.back()
        elif pages.on_clusters() and pages.clusters.is_opened:
            pages.clusters.close_card()
        else:
            self._history.visit(self._history.here)

    def _go(self, place: Query) -> None:
        """Show a place everywhere."""
        pages, act = self._pages, self._actions
        pages.show_middle(pages.gallery)
        pages.uncover()
        self.titled.emit(title_of(place))
        self._search_bar.show_place(place)
        pages.side_bar.show_place(place)
        pages.gallery.show_place(place)
        pages.viewer.set_query(place.photos[0] if len(place.photos) == 1 else None)
        act["back"].setEnabled(self._history.can_go_back)
        act["forward"].setEnabled(self._history.can_go_forward)
        act["broader"].setChecked(place.expand)
        act["filter"].setEnabled(True)
        for name in ("broader", "clear"):
            act[name].setEnabled(bool(place.photos))
        self._current.offer_actions()

    def _show_beside(self, page: QWidget, title: str) -> None:
        """Show a page that is no place among the photos; "back" leads to where the person was."""
        self._pages.show_middle(page)
        self.titled.emit(title)
        self._search_bar.show_place(EVERYTHING)
        for name in ("broader", "clear", "filter"):
            self._actions[name].setEnabled(False)
        self._actions["back"].setEnabled(True)
