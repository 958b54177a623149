"""What is done with photos on the map, as it goes along with the library."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from photosearch.gui.map.map_page import MapPage
from photosearch.gui.work.indexing import Indexing
from photosearch.models import Photo


class MapActions(QObject):
    """Follows the page Map and the photos that are chosen there."""

    current_changed = Signal(object)  # Photo | None: the one that the keyboard is at

    def __init__(self, page: MapPage, indexing: Indexing) -> None:
        super().__init__(page)
        self._page, self._indexing = page, indexing
        page.shown.connect(self._follow)
        page.update_wanted.connect(indexing.start)
        for seen in (page.members.grid, page.view):
            seen.current_changed.connect(self._follow)
        page.members.grid.selection_changed.connect(self._follow)
        indexing.photos_changed.connect(self._photos_changed)

    def current_id(self) -> int:
        """The photo that the keyboard is at, on the map or among those that were chosen there."""
        return self._page.members.grid.current_id() if self._page.is_opened else self._page.view.current_id()

    def _follow(self) -> None:
        """What can be done is done to the current photo."""
        photo_id = self.current_id()
        self._page.jobs.ask(lambda: self._page.library.photos.get([photo_id]), partial(self._tell_current, photo_id))

    def _tell_current(self, photo_id: int, photos: dict[int, Photo]) -> None:
        if photo_id == self.current_id():  # an older answer may come later than a newer one
            self.current_changed.emit(photos.get(photo_id))

    def _photos_changed(self) -> None:
        if self._page.isVisible() and not self._indexing.condition.running:
            self._page.refresh()
