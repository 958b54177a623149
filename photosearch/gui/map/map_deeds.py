"""What is done with photos on the map: opening them, and all that the window offers for them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from photosearch.gui.shell.actions import open_menu
from photosearch.models import Photo

if TYPE_CHECKING:
    from photosearch.gui.map.map_page import MapPage
    from photosearch.gui.shell.main_window import MainWindow


class MapDeeds(QObject):
    """Joins the page Map with the window."""

    def __init__(self, window: "MainWindow", page: "MapPage") -> None:
        super().__init__(window)
        self._window, self._page = window, page
        grid, view = page.members.grid, page.view
        page.shown.connect(self._follow)
        page.said.connect(window.banner.say)
        page.update_wanted.connect(window.indexing.start)
        for seen in (grid, view):
            seen.current_changed.connect(self._follow)
            seen.opened.connect(self.open_photo)
        grid.selection_changed.connect(self._follow)
        grid.quick_view.connect(self.open_photo)
        grid.context_menu.connect(lambda at: open_menu(window, window.actions_by_name, at))
        view.menu_wanted.connect(lambda at: open_menu(window, window.actions_by_name, at))
        window.indexing.photos_changed.connect(self._photos_changed)

    def current_id(self) -> int:
        """The photo that the keyboard is at, on the map or among those that were chosen there."""
        return self._page.members.grid.current_id() if self._page.is_opened else self._page.view.current_id()

    def open_photo(self, photo_id: int) -> None:
        """Show a photo by itself; from the grid, the others are beside it."""
        photos = self._page.members.grid.photos
        if self._page.is_opened and (row := photos.row_of(photo_id)) >= 0:
            self._window.viewer.show_photo(photos.ids, row)
        elif photo_id >= 0:
            self._window.viewer.show_photo([photo_id], 0)
        else:
            return
        self._window.show_page(self._window.viewer)

    def _follow(self) -> None:
        """What can be done is done to the current photo."""
        if self._window.on_map():
            photo_id = self.current_id()
            self._page.jobs.ask(lambda: self._page.library.photos.get([photo_id]), partial(self._stand_at, photo_id))

    def _stand_at(self, photo_id: int, photos: dict[int, Photo]) -> None:
        if self._window.on_map():
            self._window.stand_at(photos.get(photo_id))

    def _photos_changed(self) -> None:
        if self._page.isVisible() and not self._window.indexing.condition.running:
            self._page.refresh()
