"""From the page of duplicates to files that are gone, and back: the review, the act, and its undo."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from photosearch.act.plan import Cleared, Left, Undone
from photosearch.gui.duplicates.clear_dialog import ClearDialog
from photosearch.gui.duplicates.duplicates_page import DuplicatesPage
from photosearch.gui.duplicates.review import Loss
from photosearch.gui.duplicates.rules_dialog import RulesDialog
from photosearch.gui.shell.status_bar import StatusBar, in_words
from photosearch.gui.shell.unreadable import UnreadableDialog
from photosearch.gui.style.banner import Banner
from photosearch.gui.style.words import size, tr
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Progress


class Clearing(QObject):
    """Nothing happens to a file without a confirmed review, and whatever happened is offered to be undone."""

    done = Signal()  # files went, or came back

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        indexing: Indexing,
        page: DuplicatesPage,
        banner: Banner,
        status: StatusBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._jobs = jobs
        self._indexing = indexing
        self._page = page
        self._banner = banner
        self._status = status
        self._window = window
        page.clearing_wanted.connect(self.review)
        page.undo_wanted.connect(self.undo)
        page.rules_wanted.connect(self._open_rules)
        page.said.connect(banner.say)

    def review(self, losses: list[Loss]) -> None:
        """Show what would go, and ask."""
        dialog = ClearDialog(losses, self._window)
        dialog.confirmed.connect(self.clear)
        dialog.open()

    def clear(self, losses: list[Loss], way: str, target: str, inherit: bool = False) -> None:
        """Let these go, in the way that was confirmed."""
        keepers = {loss.photo.photo_id: loss.keeper.photo_id for loss in losses}
        self._page.leave_alone(tr("Clearing away …"))
        self._jobs.run(
            lambda: self._library.clear_away(keepers, way, target or None, inherit),  # type: ignore[arg-type]
            self._show_progress,
            lambda cleared: self._tell_cleared(cleared) if cleared else self._after(),
            self._fail,
        )

    def undo(self, act_id: int | None = None) -> None:
        """Bring back what went last, or in one act."""
        self._page.leave_alone(tr("Bringing back …"))
        self._jobs.run(
            lambda: self._library.undo(act_id),
            self._show_progress,
            lambda undone: self._tell_undone(undone) if undone else self._after(),
            self._fail,
        )

    def _show_progress(self, progress: Progress) -> None:
        self._status.show_work(in_words(progress))
        self._page.show_progress(progress)

    def _tell_cleared(self, cleared: Cleared) -> None:
        self._after()
        told = [tr("%Ln photos went.", "", cleared.photos) if cleared.photos else tr("Nothing went.")]
        if cleared.reclaimed_bytes:
            told.append(tr("That frees {size}.").format(size=size(cleared.reclaimed_bytes)))
        if cleared.quarantines:
            told.append(tr("Their drive has no trash: they lie in “{folder}”.").format(folder=cleared.quarantines[0]))
        left = [*cleared.refused, *cleared.left]
        if left:
            told.append(tr("%Ln files were left as they are.", "", len(left)))
            self._list_left(left)
        undo: Callable[[], None] | None = (lambda: self.undo(cleared.act_id)) if cleared.photos else None
        self._banner.say(" ".join(told), tr("Undo"), undo)

    def _tell_undone(self, undone: Undone) -> None:
        self._after()
        if undone.act_id is None:
            self._banner.say(tr("There is nothing to undo."))
            return
        told = [tr("%Ln files are back.", "", undone.files)]
        if undone.renamed:
            told.append(tr("%Ln of them have another name, as theirs was taken.", "files", len(undone.renamed)))
        if undone.failed:
            self._list_left(undone.failed)
        self._banner.say(" ".join(told))

    def _list_left(self, left: Sequence[Left]) -> None:
        told = tr("%Ln files were left as they are.", "", len(left))
        UnreadableDialog(left, self._window, tr("Files that were left"), told).open()

    def _fail(self, error: Exception) -> None:
        self._after()
        self._jobs.tell(error)

    def _after(self) -> None:
        """Files may have moved: the library looks, and so does the page."""
        self._status.show_work("")
        self._indexing.start()
        self._page.look()
        self.done.emit()

    def _open_rules(self) -> None:
        dialog = RulesDialog(self._library, self._window)
        dialog.changed.connect(self._page.look)
        dialog.open()
