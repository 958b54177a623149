"""The library's folders, as the window cares for them: added, watched, brought up to date and removed."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import native
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.gui.work.watch import Watch
from photosearch.library import Library
from photosearch.models import LeftOut, Unreadable, lacking_in_words
from photosearch.paths import resources, shown


class Folders(QObject):
    """Asks the person where that is due; the photos themselves are never touched."""

    added = Signal()
    removed = Signal()

    def __init__(self, library: Library, jobs: Jobs, indexing: Indexing, watch: Watch, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._jobs = jobs
        self._indexing = indexing
        self._watch = watch
        self._window = window
        self._watched: list[str] = []
        indexing.changed.connect(self._watch_new)

    def all(self) -> list[str]:
        """The folders that the library has now."""
        return [folder.path for folder in self._library.folders()]

    def choose(self) -> None:
        """Ask for a folder to add."""
        if folder := QFileDialog.getExistingDirectory(self._window, tr("Choose a folder of photos")):
            self.add([native(folder)])

    def add(self, folders: Sequence[str]) -> None:
        """Add folders to the library and start reading them."""
        for folder in folders:
            self._indexing.start([folder])
        self.added.emit()

    def add_samples(self) -> None:
        """Add the photos that come with the program."""
        self.add([str(resources() / "samples" / "photos")])

    def ask_to_remove(self, folder: str) -> None:
        """Remove a folder, if the person means it."""
        question = tr("Remove “{folder}” from the library?\nThe photos themselves stay where they are.")
        answer = QMessageBox.question(self._window, tr("Remove a folder"), plain(question.format(folder=shown(folder))))
        if answer == QMessageBox.StandardButton.Yes:
            self.remove(folder)

    def remove(self, folder: str) -> None:
        """Forget a folder and its photos; what indexing was about to do comes after."""
        self._indexing.stop()
        self._jobs.run(lambda: self._library.remove_folder(folder), lambda _: None, lambda _: self._after_removal())

    def watch(self) -> None:
        """Notice changes in the folders that the library has now."""
        self._watched = self.all()
        if self._library.published_at:  # what changes there is seen once it is published
            self._watch.sees_all = False
            return
        self._watch.start(self._watched, str(self._library.places.library))

    def show_unreadable(self) -> None:
        """List what could not be read, or not as a whole, and offer to try it again."""
        photos = self._library.photos

        def look() -> list[Unreadable | LeftOut]:
            incomplete = [LeftOut(path, lacking_in_words(lacking)) for path, lacking in photos.incomplete()]
            return [*photos.unreadable(), *photos.left_out(), *incomplete]

        def show(found: list[Unreadable | LeftOut]) -> None:
            UnreadableDialog(found, self._window, try_again=self._try_again).open()

        self._jobs.ask(look, show)

    def _try_again(self) -> None:
        self._jobs.ask(self._library.photos.try_again, lambda _: self._indexing.start())

    def _after_removal(self) -> None:
        self.watch()
        self.removed.emit()
        self._indexing.start()

    def _watch_new(self) -> None:
        progress = self._indexing.condition.progress
        if progress and progress.stage == "scanning" and self._watched != self.all():  # by now a new one is known
            self.watch()
