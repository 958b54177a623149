"""The photo that the window is at, and the actions that can be done with it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from photosearch.gui.shell.actions import offer
from photosearch.gui.shell.pages import DecidingPage, Pages
from photosearch.gui.work.history import EVERYTHING, History
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Photo


class CurrentPhoto(QObject):
    """Follows the grid and the pages, and shows the details of the photo that they are at."""

    def __init__(
        self, library: Library, jobs: Jobs, history: History, pages: Pages, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__(pages)
        self._library, self._jobs = library, jobs
        self._history, self._pages, self._actions = history, pages, actions
        self.photo: Photo | None = None
        self._grid = pages.gallery.grid
        self._grid.current_changed.connect(self.show_details)
        self._grid.selection_changed.connect(lambda _: self.offer_actions())
        pages.gallery.shown.connect(self.look_again)
        for page in (pages.duplicates, pages.bursts):
            page.current_changed.connect(partial(self.show_decided, page))

    def selected(self) -> list[int]:
        """The ids of the photos to act on: those that are selected, or else the current one."""
        grid = self._pages.grid()
        selected = grid.selected_ids() if grid else []
        return selected or ([self.photo.photo_id] if self.photo else [])

    def to_label(self) -> list[int]:
        """The ids of the photos that a label is given to: the one shown by itself, else the selected ones."""
        viewer = self._pages.viewer
        open_photo = viewer.photo_id() if viewer.isVisible() else None
        return self.selected() if open_photo is None else [open_photo]

    def with_path(self, do: Callable[[str], object]) -> Callable[[], None]:
        """`do`, with the path of the current photo."""

        def act() -> None:
            if self.photo:
                do(self.photo.path)

        return act

    def stand_at(self, photo: Photo | None) -> None:
        """Offer what can be done with a photo that a page beside the photos is at."""
        self.photo = photo
        self.offer_actions()

    def show_clustered(self, photo: Photo | None) -> None:
        """Stand at a photo of the opened cluster."""
        if self._pages.on_clusters():
            self.stand_at(photo)

    def show_mapped(self, photo: Photo | None) -> None:
        """Stand at a photo of the map."""
        if self._pages.on_map():
            self.stand_at(photo)

    def show_suggested(self, photo: Photo | None) -> None:
        """Stand at a photo that is suggested for a label."""
        if self._pages.on_suggestions():
            self.stand_at(photo)

    def look_again(self) -> None:
        """What is told of the photo may have changed."""
        self.show_details(self._grid.current_id())

    def show_decided(self, page: DecidingPage, photo: Photo | None) -> None:
        """Stand at a photo of a page of groups to decide of."""
        if self._pages.deciding() is not page:
            return
        if photo:
            self._pages.details.show_photo(photo, None, EVERYTHING, page.view.why)
        else:
            self._pages.details.show_nothing()
        self.stand_at(photo)

    def show_group(self) -> None:
        """Stand at the photo of the page of groups that is in the middle, if one is."""
        if page := self._pages.deciding():
            self.show_decided(page, page.view.photo)

    def show_details(self, photo_id: int) -> None:
        """Stand at a photo of the gallery; a negative id: at none."""
        if not self._pages.on_gallery():  # a page may have a photo of its own
            return
        place = self._history.here
        details = self._pages.details
        if self.photo and self.photo.photo_id != photo_id:
            self.photo = None  # what is done next is done to the one that is coming

        def show(photos: dict[int, Photo]) -> None:
            if photo_id != self._grid.current_id() or not self._pages.on_gallery():
                return
            self.photo = photos.get(photo_id)
            if self.photo:
                details.show_photo(self.photo, self._pages.gallery.match(photo_id), place)
            self.offer_actions()

        if photo_id >= 0:
            self._jobs.ask(lambda: self._library.photos.get([photo_id]), show)
            return
        if place.photos:
            details.show_query(place.photos[0], place)
        else:
            details.show_nothing()
        self.stand_at(None)

    def offer_actions(self) -> None:
        """Enable what can be done with what is selected."""
        grid = self._pages.grid()
        count = grid.selected_count() if grid else 0
        has_current = self.photo is not None or (grid is not None and grid.current_id() >= 0)
        here = self._history.here if self._pages.on_gallery() else EVERYTHING  # no answer is seen on the other pages
        is_opened = self._pages.clusters.is_opened or self._pages.map.is_opened
        self._actions["back"].setEnabled(self._history.can_go_back or is_opened)
        offer(self._actions, count, has_current, here)
