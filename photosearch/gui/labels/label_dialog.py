"""The labels of the selected photos: a field that gives one, and a box for each that they carry, to take it away."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import number, tr
from photosearch.gui.work.status_bar import PARTS
from photosearch.store.tables.labels import LONGEST

WIDTH, MOST_HEIGHT = 380, 320  # px; the height of the boxes


class LabelDialog(QDialog):
    """Emits what is to change; Return applies it, Esc changes nothing."""

    confirmed = Signal(list, list)  # labels to give to all of the photos, labels to take from them

    def __init__(
        self,
        photos: int,
        carried: Mapping[str, int],
        known: Mapping[str, int],
        numbered: Sequence[str],
        parent: QWidget,
    ) -> None:
        """`carried`: the labels of so many photos, and how many of them carry each; `known`: of the whole library.

        `numbered`: those that the number keys give, which are told.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Labels of %Ln photos", "", photos))
        self.setMinimumWidth(WIDTH)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("A label, new or known"))
        self.field.setAccessibleName(tr("A label, new or known"))
        self.field.setMaxLength(LONGEST)
        self.field.setClearButtonEnabled(True)
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        if popup := completer.popup():
            popup.installEventFilter(self)
        self._before: dict[str, Qt.CheckState] = {}
        self.boxes: dict[str, QCheckBox] = {}
        for name, count in carried.items():
            self._before[name] = Qt.CheckState.Checked if count == photos else Qt.CheckState.PartiallyChecked
            self.boxes[name] = _box(name, count, photos)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(tr("Apply"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self._confirm)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.field)
        if carried:
            column.addWidget(self._list())
        if any(numbered):
            column.addWidget(_numbers(numbered))
        column.addWidget(buttons)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return takes what is typed, though the list of known labels is open, unless one is chosen there."""
        is_return = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_pressed = is_return and event.type() == QEvent.Type.KeyPress
        if is_pressed and isinstance(watched, QAbstractItemView) and not watched.currentIndex().isValid():
            watched.hide()
            self._confirm()
            return True
        return super().eventFilter(watched, event)

    def _list(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for box in self.boxes.values():
            column.addWidget(box)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFixedHeight(min(inside.sizeHint().height(), MOST_HEIGHT))
        return area

    def _confirm(self) -> None:
        states = {name: box.checkState() for name, box in self.boxes.items()}
        changed = {name: state for name, state in states.items() if state != self._before[name]}
        give = [name for name, state in changed.items() if state == Qt.CheckState.Checked]
        take = [name for name, state in changed.items() if state == Qt.CheckState.Unchecked]
        if self.field.text().strip():
            give.append(self.field.text())
        self.accept()
        if give or take:
            self.confirmed.emit(give, take)


def _numbers(numbered: Sequence[str]) -> QLabel:
    """The keys that give labels without this dialog."""
    keys = PARTS.join(f"{key} {name}" for key, name in enumerate(numbered, 1) if name)
    text = QLabel(tr("Keys in the grid: {keys}").format(keys=keys))
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    text.setProperty("secondary", True)
    return text


def _box(name: str, count: int, photos: int) -> QCheckBox:
    """A box that is checked if all photos carry the label, and half so if some do."""
    box = QCheckBox(name.replace("&", "&&"))
    if count < photos:
        box.setTristate()
        box.setCheckState(Qt.CheckState.PartiallyChecked)
        box.setText(box.text() + " " + tr("({count} of {total})").format(count=number(count), total=number(photos)))
    else:
        box.setChecked(True)
    box.setAccessibleName(name)
    box.setToolTip(plain(name))
    return box
