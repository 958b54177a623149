"""The files that could not be read, each with the reason in words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from photosearch.act.plan import Left
from photosearch.gui.style.captions import add_action, plain
from photosearch.gui.style.room import resize
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import tr
from photosearch.gui.work.show_in_folder import show_in_folder
from photosearch.models import LeftOut, Unreadable
from photosearch.paths import shown

MOST_SHOWN = 10_000


class UnreadableDialog(QDialog):
    """Lists them; the originals are left as they are."""

    def __init__(
        self,
        photos: Sequence[Unreadable | LeftOut | Left],
        parent: QWidget | None = None,
        title: str = "",
        text: str = "",
        try_again: Callable[[], object] | None = None,
    ) -> None:
        """Without a title and what is told, of files and folders that could not be read as a whole."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._photos = photos
        self.setWindowTitle(title or tr("Unreadable files"))
        resize(self, 860, 520)
        words = QLabel(
            text
            or tr(
                "%Ln files and folders could not be read as a whole."
                " They are left as they are, and everything else goes on.",
                "",
                len(photos),
            )
        )
        words.setWordWrap(True)
        self._list = _listed(photos[:MOST_SHOWN])
        self._list.itemActivated.connect(self._show_in_folder)
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        self._list.itemSelectionChanged.connect(self._offer)
        buttons = self._make_buttons(try_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        column.addWidget(buttons)
        self._offer()

    def _make_buttons(self, try_again: Callable[[], object] | None) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._show = add_action(buttons, "show-in-folder", tr("Show in folder"), self._show_in_folder)
        add_action(buttons, "copy", tr("Copy list"), self._copy)
        if try_again:
            add_action(buttons, "refresh", tr("Try all again"), self.accept)
            self.accepted.connect(try_again)
        return buttons

    def _offer(self) -> None:
        self._show.setEnabled(bool(self._list.selectedItems()))

    def _show_in_folder(self) -> None:
        for item in self._list.selectedItems()[:1]:
            show_in_folder(self._photos[self._list.indexOfTopLevelItem(item)].path)

    def _copy(self) -> None:
        lines = [f"{shown(photo.path)}\t{sentence(photo.reason)}" for photo in self._photos]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")


def _listed(photos: Sequence[Unreadable | LeftOut | Left]) -> QTreeWidget:
    listed = QTreeWidget()
    listed.setHeaderLabels([tr("File"), tr("Reason")])
    listed.setRootIsDecorated(False)
    listed.setUniformRowHeights(True)
    listed.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    listed.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    listed.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    listed.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    listed.header().setStretchLastSection(False)
    for photo in photos:
        item = QTreeWidgetItem([shown(photo.path), sentence(photo.reason)])
        item.setToolTip(0, plain(shown(photo.path)))
        item.setToolTip(1, plain(item.text(1)))
        listed.addTopLevelItem(item)
    return listed
