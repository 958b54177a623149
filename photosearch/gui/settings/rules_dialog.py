"""Which photo of a group is kept: the rules in their order, the folders in theirs, and those that never lose one."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style.captions import plain
from photosearch.gui.style.room import resize
from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import native
from photosearch.library import Library
from photosearch.paths import shown
from photosearch.settings import RULES, KeepRules, Rule

ROW_HEIGHT = 26
VALUE = Qt.ItemDataRole.UserRole


class RulesDialog(QDialog):
    """Saved with the library's settings when it is confirmed."""

    changed = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What is kept"))
        resize(self, 560, 700)
        rules = library.keep_rules
        known = [folder.path for folder in library.folders()]
        folders = list(dict.fromkeys([*rules.folders, *known, *rules.protected]))  # any folder, not only added ones
        self._rules = _sortable(tr("Rules in their order"))
        for rule in rules.order:
            self._add(self._rules, rule_in_words(rule), rule)
        self._folders = _sortable(tr("Folders in their order"))
        self._order_before = tuple(folders)
        for path in folders:
            self._add_folder(path, path in rules.protected)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        add = buttons.addButton(tr("Add folder"), QDialogButtonBox.ButtonRole.ActionRole)
        add.setAutoDefault(False)
        add.clicked.connect(self._choose_folder)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(
            _words(tr("The first rule that tells two photos apart decides. Drag, or Alt with up and down."))
        )
        column.addWidget(self._rules, 3)
        column.addSpacing(6)
        column.addWidget(_words(tr("Folders, the best first. A checked folder is protected: it never loses a photo.")))
        column.addWidget(self._folders, 2)
        column.addWidget(buttons)

    def _add(self, box: QListWidget, words: str, value: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setData(VALUE, value)
        item.setToolTip(plain(words))
        item.setSizeHint(QSize(0, ROW_HEIGHT))
        box.addItem(item)
        return item

    def _add_folder(self, path: str, is_protected: bool) -> None:
        item = self._add(self._folders, shown(path), path)
        item.setCheckState(Qt.CheckState.Checked if is_protected else Qt.CheckState.Unchecked)

    def _choose_folder(self) -> None:
        """Take in a folder that is no added one; it ranks last unless the person moves it."""
        path = native(QFileDialog.getExistingDirectory(self, tr("Add folder")))
        known = [self._folders.item(place).data(VALUE) for place in range(self._folders.count())]
        if path and path not in known:
            self._add_folder(path, False)
            self._order_before = (*self._order_before, path)
            self._folders.setCurrentRow(self._folders.count() - 1)

    def _restore(self) -> None:
        self._rules.clear()
        for rule in RULES:
            self._add(self._rules, rule_in_words(rule), rule)

    def _save(self) -> None:
        folders = [self._folders.item(place) for place in range(self._folders.count())]
        order = tuple(self._rules.item(place).data(VALUE) for place in range(self._rules.count()))
        preferred = tuple(item.data(VALUE) for item in folders)
        if preferred == self._order_before:  # nobody said that one is better than another
            preferred = self._library.keep_rules.folders
        keep = KeepRules(
            order,
            preferred,
            tuple(item.data(VALUE) for item in folders if item.checkState() == Qt.CheckState.Checked),
        )
        self.accept()
        if keep != self._library.keep_rules:
            self._library.change(replace(self._library.settings, keep=keep))
            self.changed.emit()


class _Sortable(QListWidget):
    """A list whose rows are put in order by the mouse, or by Alt with up and down."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not by or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        if 0 <= row + by < self.count():
            item = self.takeItem(row)
            self.insertItem(row + by, item)
            self.setCurrentRow(row + by)


def rule_in_words(rule: Rule) -> str:
    """The preference of a rule in words."""
    return {
        "folders": tr("the better folder"),
        "resolution": tr("more pixels"),
        "format": tr("the better format, RAW first"),
        "quality": tr("less compression"),
        "sharpness": tr("the sharper one"),
        "exif": tr("more of what the camera noted"),
        "date": tr("the earlier date"),
        "size": tr("the larger file"),
        "name": tr("the plainer name"),
        "path": tr("the first by its path"),
    }[rule]


def _sortable(name: str) -> QListWidget:
    box = _Sortable()
    box.setAccessibleName(name)
    box.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
    box.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    box.setSpacing(1)
    return box


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
