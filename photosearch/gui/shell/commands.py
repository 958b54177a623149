"""Commands on the photos that are shown or dropped: search, refine, compare, copy."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from photosearch.gui.grid.grid_model import url_of
from photosearch.gui.search.drop_zones import ADD, SUBTRACT
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import Dropped, native, photos_in, read_drop, save_picture
from photosearch.gui.work.history import History
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.kept_choices import keep_path, kept_choices, kept_path
from photosearch.gui.work.picture_loader import make_picture
from photosearch.ingest.decoding.formats import NAMES
from photosearch.library import Library
from photosearch.models import Photo, Query, Unreadable
from photosearch.paths import as_text

MOST_COMPARED = 4

Paths = tuple[str, ...]


class Commands(QObject):
    """Acts on what is `selected`, and moves the history."""

    compare_wanted = Signal(object)  # list[str]: paths
    folders_wanted = Signal(object)  # list[str]: paths, to be added
    said = Signal(str)  # a sentence for the person

    def __init__(
        self, library: Library, jobs: Jobs, history: History, selected: Callable[[], list[int]], window: QWidget
    ) -> None:
        super().__init__(window)
        self._library = library
        self._jobs = jobs
        self._history = history
        self._selected = selected
        self._window = window

    # What to search with

    def choose_photo(self) -> None:
        """Ask for photos to search with."""
        kept = kept_choices(self._library.places.window)
        folder = kept_path(kept, "choose/folder")
        if not os.path.isdir(folder):
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        pictures = " ".join(f"*{ending}" for ending in sorted(NAMES))
        filters = ";;".join((tr("Pictures") + f" ({pictures})", tr("All files") + " (*)"))
        paths, _ = QFileDialog.getOpenFileNames(self._window, tr("Choose a photo to search with"), folder, filters)
        if paths:
            keep_path(kept, "choose/folder", os.path.dirname(native(paths[0])))
            self.search(tuple(map(native, paths)))

    def paste(self) -> None:
        """Search with what lies in the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData, how: str = "") -> None:
        """Search with what was dropped or pasted (in a new search, added or subtracted), or add its folders."""
        came = read_drop(data)
        if came.problem:
            self.said.emit(came.problem)
        use = {ADD: self.add, SUBTRACT: self.subtract}.get(how, self.search)
        if came.folders and how in (ADD, SUBTRACT):
            self._jobs.ask(lambda: photos_in(came.folders), lambda found: self._use_found(found, use))
        elif came.folders:
            self.folders_wanted.emit(list(came.folders))
        if came.photos:
            use(came.photos)
        elif came.image is not None:
            image, folder = came.image, self._library.places.pasted
            self._jobs.ask(lambda: save_picture(image, folder), lambda path: use((path,)))

    def _use_found(self, found: Dropped, use: Callable[[Paths], object]) -> None:
        use(found.photos) if found.photos else self.said.emit(found.problem)

    def search(self, paths: Paths) -> None:
        """Look for photos like all of these."""
        self._history.visit(Query(paths))

    def add(self, paths: Paths) -> None:
        """Look for photos like these, too."""
        here = self._history.here
        both = tuple(dict.fromkeys([*here.photos, *paths]))
        without = tuple(path for path in here.without if path not in paths)
        self._history.visit(replace(here, photos=both, without=without))

    def subtract(self, paths: Paths) -> None:
        """Keep away from photos like these."""
        here = self._history.here
        photos = tuple(path for path in here.photos if path not in paths)
        if photos:
            without = tuple(dict.fromkeys([*here.without, *paths]))
            region = here.region if photos[0] == here.photos[0] else None  # which is of the first
            self._history.visit(replace(here, photos=photos, without=without, region=region))
        else:
            self.said.emit(tr("Search for something first, then say what to keep away from."))

    def broaden(self) -> None:
        """Search with the nearest photos together, or no longer."""
        here = self._history.here
        self._history.visit(replace(here, expand=not here.expand))

    # What to do with the selected photos

    def with_selected(self, do: Callable[[Paths], object]) -> Callable[[], None]:
        """`do`, with the paths of the selected photos, in the order of the grid."""

        def act() -> None:
            self.with_photos(self._selected(), do)

        return act

    def with_photos(self, ids: Sequence[int], do: Callable[[Paths], object]) -> None:
        """`do`, with the paths of these photos, unless all of them have gone."""

        def act(photos: dict[int, Photo]) -> None:
            if paths := tuple(photos[photo_id].path for photo_id in ids if photo_id in photos):
                do(paths)

        self._jobs.ask(lambda: self._library.photos.get(ids), act)

    def with_paths(self, paths: Sequence[str], do: Callable[[list[int]], object]) -> None:
        """`do`, with the ids of the photos of the library at these paths."""

        def act(photo_ids: list[int]) -> None:
            do(photo_ids)

        self._jobs.ask(lambda: [photo_id for path in paths for photo_id in self._library.photos.at(path)], act)

    def compare(self, paths: Paths) -> None:
        """Show two to four photos side by side."""
        if 2 <= len(paths) <= MOST_COMPARED:
            self.compare_wanted.emit(list(paths))
        else:
            self.said.emit(tr("Select two to four photos to compare them."))

    def compare_with_query(self, path: str) -> None:
        """Show a photo beside the one that is searched with."""
        self.compare((*self._history.here.photos[:1], path))

    def copy_paths(self, paths: Paths) -> None:
        """Put paths into the clipboard, one a line."""
        QGuiApplication.clipboard().setText("\n".join(map(as_text, paths)))

    def copy_image(self, path: str) -> None:
        """Put a photo into the clipboard, as pixels and as a file."""

        def load() -> QImage | str:
            pixels = self._library.photos.picture(path)
            return sentence(pixels.reason) if isinstance(pixels, Unreadable) else make_picture(pixels).levels[0]

        def put(image: QImage | str) -> None:
            if isinstance(image, str):
                self.said.emit(image)
                return
            data = QMimeData()
            data.setImageData(image)
            data.setUrls([url_of(path)])
            QGuiApplication.clipboard().setMimeData(data)

        self._jobs.ask(load, put)
