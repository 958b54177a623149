"""From the pages of duplicates and bursts to files that are gone, and back: the review, the act, and its undo."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from photosearch.act.plan import Cleared, Left, Undone, reclaimable_bytes
from photosearch.gui.bursts.bursts_page import BurstsPage
from photosearch.gui.clearing.clear_dialog import ClearDialog
from photosearch.gui.clearing.decisions_dialog import DecisionsDialog
from photosearch.gui.duplicates.duplicates_page import DuplicatesPage
from photosearch.gui.duplicates.review import Loss
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.settings.rules_dialog import RulesDialog
from photosearch.gui.style.banner import Banner
from photosearch.gui.style.words import size, tr
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.status_bar import in_words
from photosearch.gui.work.undo import Undo
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.library import Library
from photosearch.models import Decision, Progress, Side
from photosearch.paths import shown
from photosearch.store.tables.journal import Act


class Clearing(QObject):
    """Nothing happens to a file without a confirmed review, and whatever happened is offered to be undone."""

    done = Signal()  # files went, or came back
    under_way = Signal(str)  # how far it is, in words, or "" at its end

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        pages: Sequence[DuplicatesPage | BurstsPage],
        banner: Banner,
        undo: Undo,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._loader = ThumbnailLoader(library, jobs, self)
        self._jobs = jobs
        self._pages = pages
        self._banner = banner
        self._undo = undo
        undo.serve("clearing", self)
        self._window = window
        for page in pages:
            page.clearing_wanted.connect(self.review)
            page.undo_wanted.connect(self.undo)
            page.rules_wanted.connect(self._open_rules)
            page.list_wanted.connect(self._ask_for_decisions)
            page.said.connect(banner.say)

    def review(self, losses: list[Loss]) -> None:
        """Show what would go, and ask."""
        if self._library.published_at is not None:
            self._banner.say(tr("This library is only read here. Photos are cleared away where it was published from."))
            return
        dialog = ClearDialog(losses, self._library, self._loader, self._window)
        dialog.confirmed.connect(self.clear)
        dialog.open()

    def delete(self, photos: Sequence[int]) -> None:
        """Show chosen photos, each with a copy that stays if there is one, and ask."""
        self._jobs.ask(
            partial(losses_of, self._library, photos), lambda losses: self.review(losses) if losses else None
        )

    def clear(self, losses: list[Loss], way: str, target: str, inherit: bool = False) -> None:
        """Let these go, in the way that was confirmed."""
        keepers = {loss.photo.photo_id: loss.keeper.photo_id if loss.keeper else None for loss in losses}
        seen = [photo for loss in losses for photo in (loss.photo, loss.keeper) if photo]
        self._leave_alone(tr("Clearing away …"))
        self._jobs.run(
            lambda: self._library.clear_away(keepers, seen, way, target or None, inherit),  # type: ignore[arg-type]
            self._show_progress,
            lambda cleared: self._tell_cleared(cleared) if cleared else self._after(),
            self._fail,
        )

    def undo(self, act_id: int | None = None) -> None:
        """Bring back what went last, or in one act."""
        self._leave_alone(tr("Bringing back …"))
        self._jobs.run(
            lambda: self._library.undo(act_id),
            self._show_progress,
            lambda undone: self._tell_undone(undone) if undone else self._after(),
            self._fail,
        )

    def _leave_alone(self, text: str) -> None:
        for page in self._pages:
            page.leave_alone(text)

    def _show_progress(self, progress: Progress) -> None:
        self.under_way.emit(in_words(progress))
        for page in self._pages:
            page.show_progress(progress)

    def _tell_cleared(self, cleared: Cleared) -> None:
        self._after()
        if (act_id := cleared.act_id) is not None:
            self._undo.push(tr("%Ln photos went.", "", cleared.photos), self, lambda me: me.undo(act_id))
        parts = [tr("%Ln photos went.", "", cleared.photos) if cleared.photos else tr("Nothing went.")]
        if cleared.reclaimed_bytes:
            parts.append(tr("That frees {size} once the trash is emptied.").format(size=size(cleared.reclaimed_bytes)))
        if cleared.quarantines:
            parts.append(
                tr("The trash could not take all of them; the others lie in “{folder}”.").format(
                    folder=cleared.quarantines[0]
                )
            )
        left = [*cleared.refused, *cleared.left]
        if left:
            parts.append(tr("%Ln files were left as they are.", "", len(left)))
            self._list_left(left)
        undo: Callable[[], object] | None = self._undo.undo if cleared.photos else None
        self._banner.say(" ".join(parts), tr("Undo"), undo)

    def _tell_undone(self, undone: Undone) -> None:
        self._after()
        if undone.act_id is None:
            parts = [tr("There is nothing to undo.")]
            if undone.quarantines:
                text = tr("Another library put photos into “{folder}”; they can be moved back from there.")
                parts.append(text.format(folder=shown(undone.quarantines[0])))
            self._banner.say(" ".join(parts))
            return
        parts = [tr("%Ln files are back.", "", undone.files)]
        if undone.renamed:
            parts.append(tr("%Ln of them have another name, as theirs was taken.", "files", len(undone.renamed)))
        if undone.failed:
            self._list_left(undone.failed)
        self._banner.say(" ".join(parts))

    def _list_left(self, left: Sequence[Left]) -> None:
        text = tr("%Ln files were left as they are.", "", len(left))
        UnreadableDialog(left, self._window, tr("Files that were left"), text).open()

    def _fail(self, error: Exception) -> None:
        self._after()
        self._jobs.tell(error)

    def _after(self) -> None:
        """Files may have moved: the library looks, and so do the pages."""
        self.under_way.emit("")
        self.done.emit()
        for page in self._pages:
            page.look_again()

    def _ask_for_decisions(self) -> None:
        self._jobs.ask(lambda: (self._library.feedback.decisions(), self._library.history()), self._show_decisions)

    def _show_decisions(self, lists: tuple[list[Decision], list[Act]]) -> None:
        dialog = DecisionsDialog(*lists, self._window)
        dialog.decisions_wanted_back.connect(self._take_back)
        dialog.act_wanted_back.connect(self.undo)
        dialog.open()

    def _take_back(self, numbers: list[int]) -> None:
        """Take decisions back, and look anew."""

        def tell(_: object) -> None:
            self._undo.forget()  # what was done after them may lean on them
            for page in self._pages:
                if page.is_visited:
                    page.look_afresh()
            self._banner.say(tr("%Ln decisions were taken back.", "", len(numbers)))

        self._jobs.write(lambda: [self._library.feedback.take_back(number) for number in numbers], tell)

    def _open_rules(self) -> None:
        dialog = RulesDialog(self._library, self._window)
        for page in self._pages:
            dialog.changed.connect(page.look_again)
        dialog.open()


def losses_of(library: Library, photo_ids: Sequence[int]) -> list[Loss]:
    """The losses if chosen photos go: each with the copy that stays, if there is one. For threads."""
    copies = library.photos.copies(photo_ids)
    photos = library.photos.seen([*photo_ids, *copies.values()])
    found = list[Loss]()
    for photo_id in photo_ids:
        if photo := photos.get(photo_id):
            kept = photos.get(copies.get(photo_id, -1))
            side = Side("yes") if kept else Side("no")
            if kept and not (photo.beside or frozenset()) <= (kept.beside or frozenset()):
                side = Side("no", "container")
            found.append(Loss(photo, kept, "identical", reclaimable_bytes([photo.path]), side))
    return found
