"""How far indexing is and how many photos there are, shown in the window as they change."""

from PySide6.QtCore import QObject, Qt

from photosearch.gui.shell.pages import Pages
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Inquiry, Jobs
from photosearch.gui.work.status_bar import StatusBar
from photosearch.library import Library


class LibraryChanges(QObject):
    """Follows the indexing."""

    def __init__(self, library: Library, jobs: Jobs, indexing: Indexing, pages: Pages, status: StatusBar) -> None:
        super().__init__(pages)
        self._library, self._indexing = library, indexing
        self._pages, self._status = pages, status
        self._counts = Inquiry(jobs, self._count, self._show_counts)
        self._stage = indexing.condition.stage  # as it was followed last
        self._summary = indexing.condition.summary
        self._read = self._told = 0  # photos of this run: read, and told of as new or changed
        indexing.changed.connect(self.follow)
        indexing.photos_changed.connect(self._photos_changed)
        # Photos are counted once they can be seen, as that would keep them waiting.
        pages.gallery.seen.connect(self._count_again, Qt.ConnectionType.SingleShotConnection)

    def follow(self) -> None:
        """Show how far the indexing is."""
        condition = self._indexing.condition
        if condition.stage == "starting":
            self._read = self._told = 0
        elif condition.progress and condition.stage == "indexing":
            self._read = condition.progress.done - condition.progress.unreadable
        self._pages.gallery.indexing = condition.running
        self._status.show_condition(condition)
        if condition.progress and condition.progress.unreadable:
            self._status.show_unreadable(condition.progress.unreadable)
        if condition.stage != self._stage:  # not at each report: they come faster than photos are counted
            self._stage = condition.stage
            self._photos_changed()

    def _photos_changed(self) -> None:
        if not self._pages.is_covered():  # a photo that is open stays so
            self._pages.show_photos()
        self._pages.gallery.refresh()
        self._count_again()
        if self._has_added():
            self._pages.duplicates.note_new_photos()

    def _has_added(self) -> bool:
        """Whether photos that may be new or changed were read since this was asked.

        The end of a run does not tell again of what was told while it went on: a look may have seen that meanwhile.
        """
        summary, before = self._indexing.condition.summary, self._summary
        has_read = self._read > self._told
        self._summary, self._told = summary, self._read
        if summary and summary is not before:  # it knows whether they were
            return has_read and bool(summary.added or summary.changed)
        return has_read

    def _count_again(self) -> None:
        self._pages.side_bar.refresh()
        self._counts.ask()

    def _count(self) -> tuple[int, int]:
        """How many photos there are, and how much could not be read."""
        photos = self._library.photos
        counts = photos.count()
        return counts.present + counts.offline, len(photos.unreadable()) + len(photos.left_out())

    def _show_counts(self, counts: tuple[int, int]) -> None:
        photos, unreadable = counts
        self._pages.gallery.total = photos
        self._status.show_photos(photos, self._library.published_at)
        self._status.show_unreadable(unreadable)
