"""The person's statements on photos: labels, and whether an answer shows the same thing as the query."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from photosearch.gui.labels.label_dialog import LabelDialog
from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import tr
from photosearch.gui.work.history import EVERYTHING, History
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.names import name_of
from photosearch.gui.work.undo import Undo
from photosearch.library import Library
from photosearch.models import Filter, Query

MOST_NUMBERS = 9  # of labels, one a key

Result = TypeVar("Result")


class Labelling(QObject):
    """Acts on what is `selected`.

    It writes on a reading thread: on the writing one indexing may run for hours, and a label is wanted at once.
    """

    changed = Signal()  # what is told of a photo is to be asked anew
    noted = Signal(str)  # a sentence for the person, about what can be undone

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        history: History,
        selected: Callable[[], list[int]],
        undo: Undo,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._undo = undo
        undo.serve("labelling", self)
        self._library, self._jobs = library, jobs
        self._history = history
        self._selected = selected
        self._window = window
        self._numbered: list[str] = []  # the label of each number key; empty: it has none

    def offer_numbers(self, grids: Iterable[QWidget]) -> None:
        """Let the number keys give labels to what is selected in these grids."""
        for number in range(MOST_NUMBERS):
            action = QAction(self)
            action.setShortcut(str(number + 1))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setAutoRepeat(False)
            action.triggered.connect(partial(self._give_numbered, number))
            for grid in grids:
                grid.addAction(action)

    def _give_numbered(self, number: int) -> None:
        """Give the selected photos the label of a number, or take it where all of them carry it."""
        labels, photos = self._library.labels, self._selected()

        def give(found: tuple[Mapping[str, int], Sequence[str]]) -> None:
            carried, latest = found
            self._numbered = renumbered(self._numbered, latest)
            name = self._numbered[number] if number < len(self._numbered) else ""
            if not name:
                return
            if carried.get(name) == len(photos):
                said = tr("%Ln photos no longer carry “{label}”.", "", len(photos)).format(label=name)
                self._change(photos, [], [name], said)
            else:
                said = tr("%Ln photos carry “{label}”.", "", len(photos)).format(label=name)
                self._change(photos, [name], [], said)

        if photos:
            self._jobs.ask(lambda: (labels.of(photos), labels.latest(MOST_NUMBERS)), give)

    def ask(self) -> None:
        """Show the labels of the selected photos, and change them as the person says."""
        labels, photos = self._library.labels, self._selected()

        def show(found: tuple[Mapping[str, int], Mapping[str, int], Sequence[str]]) -> None:
            carried, known, latest = found
            self._numbered = renumbered(self._numbered, latest)
            dialog = LabelDialog(len(photos), carried, known, self._numbered, self._window)
            dialog.confirmed.connect(lambda give, take: self._change(photos, give, take))
            dialog.open()

        if photos:
            self._jobs.ask(lambda: (labels.of(photos), labels.counts(), labels.latest(MOST_NUMBERS)), show)

    def _change(self, photos: Sequence[int], give: Sequence[str], take: Sequence[str], said: str = "") -> None:
        labels = self._library.labels

        def change() -> None:
            for name in take:
                labels.remove(name, photos)
            labels.add_all(dict.fromkeys(give, photos))

        def end(_: None) -> None:
            if said:
                self.noted.emit(said)
            self.tell_change()

        what = tr("the labels of %Ln photos", "", len(photos))
        self._write(what, [*give, *take], change, end)

    def _write(
        self, what: str, names: Sequence[str], change: Callable[[], Result], done: Callable[[Result], None]
    ) -> None:
        """Change labels with these names; from now on that is the last step, or undoing would reach further back."""
        labels, carriers = self._library.labels, list[dict[str, set[bytes]]]()

        def write() -> Result:
            before = labels.carriers(names)
            result = change()
            carriers[:] = before, labels.carriers(names)
            return result

        def revert() -> None:
            if carriers:  # else nothing could be written
                labels.revert(*carriers)

        self._undo.push(what, self, lambda me: me._jobs.write(revert, me.tell_change))
        self._jobs.write(write, done)

    def ask_to_rename(self, name: str) -> None:
        """Give a label another name, if the person says one."""
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Rename a label"))
        dialog.setLabelText(tr("Its new name; if there is such a label already, the two become one:"))
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(lambda new: self._rename(name, new) if new.strip() else None)
        dialog.open()

    def _rename(self, old: str, new: str) -> None:
        def rename() -> str:
            self._library.labels.rename(old, new)
            return self._library.labels.known(new)

        what = tr("the new name of “{label}”").format(label=old)
        self._write(what, [old, new], rename, lambda now: self._leave(old, Query((), only=Filter(label=now))))

    def ask_to_delete(self, name: str) -> None:
        """Forget a label, if the person means it."""
        question = tr("Forget the label “{label}”?\nThe photos themselves stay as they are.").format(label=name)
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        box = QMessageBox(QMessageBox.Icon.Question, tr("Forget a label"), plain(question), buttons, self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(lambda: self._delete(name))
        box.open()

    def _delete(self, name: str) -> None:
        what = tr("forgetting “{label}”").format(label=name)
        self._write(what, [name], lambda: self._library.labels.delete(name), lambda _: self._leave(name, EVERYTHING))

    def _leave(self, name: str, place: Query) -> None:
        """Go from the photos of a label that is no more to another place."""
        if self._history.here.only.label == name:
            self._history.visit(place)
        self.tell_change()

    def say(self, same: bool) -> None:
        """Remember that the selected photos show the same thing as the one that is searched with, or do not."""
        query, photos = self._history.here.photos[0], self._selected()
        if same:
            text = tr("Noted: %Ln photos show the same thing as “{name}”.", "", len(photos))
        else:
            text = tr("Noted: %Ln photos do not show the same thing as “{name}”.", "", len(photos))

        said, noted = text.format(name=name_of(query)), list[Mapping[int, bool]]()

        def confirm() -> None:
            noted.append(self._library.feedback.confirmed(query, photos))
            self._library.feedback.confirm(query, photos, same)

        def tell(_: None) -> None:
            self.noted.emit(said)
            self.tell_change()

        self._undo.push(said, self, lambda me: me._take_back(query, photos, noted))
        self._jobs.write(confirm, tell)

    def _take_back(self, query: str, photos: Sequence[int], noted: Sequence[Mapping[int, bool]]) -> None:
        """Let what was said of photos before hold again."""

        def restore() -> None:
            for before in noted:  # none, if nothing could be written
                for same in (None, True, False):
                    alike = [photo for photo in photos if before.get(photo) is same]
                    self._library.feedback.confirm(query, alike, same)

        self._jobs.write(restore, self.tell_change)

    def tell_change(self, _: object = None) -> None:
        """Labels were given or taken."""
        self.changed.emit()


def renumbered(before: Sequence[str], latest: Sequence[str]) -> list[str]:
    """The labels of the number keys: a label keeps its number as long as it is among the latest; empty: none."""
    new = iter([name for name in latest if name not in before])
    kept = [name if name in latest else next(new, "") for name in before]
    return [*kept, *new]
