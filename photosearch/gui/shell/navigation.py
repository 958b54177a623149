"""Going from place to place: to photos, to an answer, and to the pages beside them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from photosearch.gui.search.search_bar import SearchBar
from photosearch.gui.shell.current_photo import CurrentPhoto
from photosearch.gui.shell.pages import Pages
from photosearch.gui.work.history import EVERYTHING, History, Stop, title_of


class Navigation(QObject):
    """Shows each place that the history moves to, as it was left."""

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
        history.look = lambda: pages.where(history.page)
        history.moved.connect(self._go)
        pages.side_bar.page_wanted.connect(history.open)

    def back(self) -> None:
        """Go to where the person was."""
        pages = self._pages
        if pages.currentWidget() is pages.viewer:
            pages.viewer.close_view()
        elif pages.currentWidget() is pages.compare:
            pages.compare.close_view()
        elif pages.on_clusters() and pages.clusters.is_opened:
            pages.clusters.close_card()
        elif pages.on_map() and pages.map.is_opened:
            pages.map.close_chosen()
        else:
            self._history.back()

    def _go(self, stop: Stop) -> None:
        self._actions["back"].setEnabled(self._history.can_go_back)
        self._actions["forward"].setEnabled(self._history.can_go_forward)
        if stop.page == "photos":
            self._show_photos(stop)
        else:
            self._show_beside(stop)

    def _show_photos(self, stop: Stop) -> None:
        """Show the photos of a place."""
        pages, place, act = self._pages, stop.query, self._actions
        pages.show_middle(pages.gallery)
        pages.uncover()
        self.titled.emit(title_of(place))
        self._search_bar.show_place(place)
        pages.side_bar.show_place(place)
        pages.gallery.show_place(place, stop.left)
        pages.viewer.set_query(place.photos[0] if len(place.photos) == 1 else None)
        act["broader"].setChecked(place.expand)
        act["filter"].setEnabled(True)
        act["suggest"].setEnabled(place.only.label is not None)
        for name in ("broader", "verify", "clear"):
            act[name].setEnabled(bool(place.photos))
        self._current.offer_actions()

    def _show_beside(self, stop: Stop) -> None:
        """Show a page that is no place among the photos, in place of them."""
        pages = self._pages
        page = pages.beside[stop.page]
        pages.show_middle(page)
        self.titled.emit(f"{page.title} – Photosearch")
        pages.side_bar.show_page(stop.page)
        page.open(stop.left)
        self._search_bar.show_place(EVERYTHING)
        for name in ("broader", "verify", "clear", "filter", "suggest"):
            self._actions[name].setEnabled(False)
        pages.uncover()
        self._current.stand_at(None)
        self._current.show_group()
