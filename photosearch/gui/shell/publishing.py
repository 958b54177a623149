"""Publishing the library to a folder that others read: chosen, written in the background, told."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import native
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.kept_choices import keep_path, kept_choices, kept_path
from photosearch.gui.work.status_bar import in_words
from photosearch.library import Library
from photosearch.models import Progress
from photosearch.paths import shown
from photosearch.store.publication.snapshots import Publication

CHOICE = "publish/folder"


class Publishing(QObject):
    """Publishes to one folder at a time; the folder of the last time is offered again."""

    said = Signal(str)  # a sentence for the person
    under_way = Signal(str)  # how far it is, in words, or "" at its end

    def __init__(self, library: Library, jobs: Jobs, action: QAction, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._jobs, self._action, self._window = library, jobs, action, window

    def choose(self) -> None:
        """Ask for the folder and publish to it."""
        kept = kept_choices(self._library.places.window)
        title = tr("Choose a folder of its own, on a drive that others see")
        if folder := QFileDialog.getExistingDirectory(self._window, title, kept_path(kept, CHOICE)):
            keep_path(kept, CHOICE, native(folder))
            self.publish(native(folder))

    def publish(self, folder: str) -> None:
        """Publish to a folder, after what is being written to the library."""

        def done(publication: Publication | None) -> None:
            self._end()
            if publication is not None:
                count = publication.present.photos
                told = tr("%Ln photos are published. Others open them with: {command}", "", count)
                self.said.emit(told.format(command=f"photosearch --library {shown(folder)}"))

        self._action.setEnabled(False)
        self.under_way.emit(tr("Publishing …"))
        self._jobs.run(lambda: self._library.publish(Path(folder)), self._show_progress, done, self._fail)

    def _show_progress(self, progress: Progress) -> None:
        self.under_way.emit(in_words(progress))

    def _fail(self, error: Exception) -> None:
        self._end()
        self._jobs.tell(error)

    def _end(self) -> None:
        self._action.setEnabled(True)
        self.under_way.emit("")
