"""Labels from the keywords of other programs, and labels into sidecars for them: asked for, done, undone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from photosearch.act.plan import Left
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.status_bar import in_words
from photosearch.gui.work.undo import Undo
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.library import Library
from photosearch.library.keywords import KeywordsPlanned, KeywordsRead, KeywordsWritten
from photosearch.models import Progress


class KeywordActions(QObject):
    """Nothing is read or written before the person has agreed."""

    changed = Signal()  # labels
    noted = Signal(str)  # a sentence for the person, about what can be undone
    said = Signal(str)  # a sentence for the person
    under_way = Signal(str)  # how far it is, in words, or "" at its end

    def __init__(self, library: Library, jobs: Jobs, undo: Undo, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._jobs, self._undo, self._window = library, jobs, undo, window
        undo.serve("keywords", self)

    def ask_to_read(self) -> None:
        """Make keywords labels, if the person wants that."""
        question = tr(
            "Give all photos the keywords in them and in their sidecars as labels, on top of those they carry?"
        )
        self._ask(tr("Keywords become labels"), question, tr("Read the keywords"), self.read)

    def read(self) -> None:
        """Make keywords labels."""

        def done(found: KeywordsRead | None) -> None:
            self.under_way.emit("")
            if found is None:
                return
            told = tr("%Ln keywords are labels now.", "", len(found.labels))
            if found.before != found.after:
                self._undo.push(told, self, lambda me: me._forget(found))
                self.noted.emit(told)
            else:
                self.said.emit(tr("No photo has a keyword that is not a label of it already."))
            self.changed.emit()
            self._list_left(found.left)

        self._jobs.run(self._library.keywords.read, self._show_progress, done, self._fail)

    def _forget(self, found: KeywordsRead) -> None:
        """Let labels be as they were before keywords were read."""
        labels = self._library.labels
        self._jobs.write(lambda: labels.revert(found.before, found.after), lambda _: self.changed.emit())

    def ask_to_write(self) -> None:
        """Add labels to sidecars, if the person agrees to what is told of them."""

        def ask(planned: KeywordsPlanned) -> None:
            if not planned.sidecars:
                self.said.emit(tr("There is no label that the sidecars lack."))
                self._list_left(planned.left)
                return
            told = [tr("%Ln sidecars get labels as keywords.", "", len(planned.sidecars))]
            if planned.new:
                told.append(tr("%Ln of them are new files beside the photos.", "sidecars", planned.new))
            told.append(tr("No photo is changed, and nothing else in a sidecar. It can be undone."))
            write = tr("Write %Ln sidecars", "", len(planned.sidecars))
            self._ask(tr("Labels into sidecars"), " ".join(told), write, lambda: self.write(planned))

        self._jobs.ask(self._library.keywords.plan, ask)

    def write(self, planned: KeywordsPlanned) -> None:
        """Write sidecars."""

        def done(written: KeywordsWritten | None) -> None:
            self.under_way.emit("")
            if written and written.sidecars:
                told = tr("%Ln sidecars were written.", "", written.sidecars)
                self._undo.push(told, self, lambda me: me.take_back())
                self.noted.emit(told)
            self._list_left((*planned.left, *(written.left if written else ())))

        write = self._library.keywords.write
        self._jobs.run(lambda: write(planned.sidecars), self._show_progress, done, self._fail)

    def take_back(self) -> None:
        """Make the sidecars that were written last as they were before."""

        def done(back: KeywordsWritten | None) -> None:
            self.under_way.emit("")
            if back:
                self.said.emit(tr("%Ln sidecars are as they were before.", "", back.sidecars))
                self._list_left(back.left)

        self._jobs.run(self._library.keywords.take_back, self._show_progress, done, self._fail)

    def _ask(self, title: str, question: str, agree: str, act: Callable[[], object]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, title, question, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes = box.addButton(agree, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(yes)
        yes.clicked.connect(lambda: act())
        box.open()

    def _show_progress(self, progress: Progress) -> None:
        self.under_way.emit(in_words(progress))

    def _fail(self, error: Exception) -> None:
        self.under_way.emit("")
        self._jobs.tell(error)

    def _list_left(self, left: Sequence[Left]) -> None:
        if left:
            told = tr("%Ln files were left as they are.", "", len(left))
            UnreadableDialog(left, self._window, tr("Files that were left"), told).open()
