"""The review before anything happens: every file that goes, why, what stays in its stead, and where it goes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.captions import plain
from photosearch.gui.review import Loss
from photosearch.gui.words import number, size, tr
from photosearch.paths import shown
from photosearch.photo import Tier

MOST_SHOWN = 20_000


class ClearDialog(QDialog):
    """Emits what was confirmed; Cancel is the button that Return presses."""

    # of Loss; "trash", "move" or "link"; the folder to move to; whether what stays takes over what they say
    confirmed = Signal(list, str, str, bool)

    def __init__(self, losses: Sequence[Loss], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._losses = list(losses)
        self._target = ""
        self.setWindowTitle(tr("Review what goes"))
        self.resize(980, 620)
        freed = sum(loss.frees_bytes for loss in losses)
        told = QLabel(
            tr("%Ln photos go, and one like each of them stays.", "", len(losses))
            + " "
            + tr("That frees {size}.").format(size=size(freed))
        )
        self._list = self._make_list()
        self._ways = {
            "trash": QRadioButton(tr("Into the trash")),
            "move": QRadioButton(tr("Into another folder, keeping the folders they lie in")),
            "link": QRadioButton(tr("Replace identical files by hard links: every name stays, the space is freed")),
        }
        self._ways["trash"].setChecked(True)
        self._ways["link"].setEnabled(all(loss.tier == "identical" for loss in losses))
        self._inherit = QCheckBox(tr("The kept photo takes over rating, keywords, place and date"))
        self._inherit.setToolTip(
            tr("They are written into a sidecar file beside it; the photo itself is never changed.")
        )
        note = QLabel(
            tr("Each file is checked once more before it goes. Sidecars and the other halves of a shot go along.")
            + " "
            + tr("It can be undone.")
        )
        note.setProperty("secondary", True)
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.addButton(tr("Let %Ln photos go", "", len(losses)), QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        buttons.rejected.connect(self.reject)
        buttons.accepted.connect(self._confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(told)
        column.addWidget(self._list, 1)
        for way in self._ways.values():
            column.addWidget(way)
        column.addWidget(self._inherit)
        column.addWidget(note)
        column.addWidget(buttons)

    def _make_list(self) -> QTreeWidget:
        files = QTreeWidget()
        files.setAccessibleName(tr("Files that go"))
        files.setHeaderLabels([tr("Goes"), tr("Pixels"), tr("Size"), tr("Because it is"), tr("Stays")])
        files.setRootIsDecorated(False)
        files.setUniformRowHeights(True)
        files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = files.header()
        header.setStretchLastSection(False)
        for place in range(5):
            mode = QHeaderView.ResizeMode.Stretch if place in (0, 4) else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(place, mode)
        for loss in self._losses[:MOST_SHOWN]:
            facts = loss.photo.facts
            item = QTreeWidgetItem(
                [
                    shown(loss.photo.path),
                    f"{number(facts.width)} × {number(facts.height)}",
                    size(loss.photo.size_bytes),
                    _kind(loss.tier),
                    shown(loss.keeper.path),
                ]
            )
            item.setToolTip(0, plain(shown(loss.photo.path)))
            item.setToolTip(4, plain(shown(loss.keeper.path)))
            for place in (1, 2):
                item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            files.addTopLevelItem(item)
        if (more := len(self._losses) - MOST_SHOWN) > 0:
            files.addTopLevelItem(QTreeWidgetItem([tr("… and %Ln more", "photos", more)]))
        return files

    def _confirm(self) -> None:
        way = next(name for name, button in self._ways.items() if button.isChecked())
        if way == "move":
            self._target = QFileDialog.getExistingDirectory(self, tr("Choose where they go"))
            if not self._target:
                return
        self.accept()
        self.confirmed.emit(self._losses, way, self._target, self._inherit.isChecked())


def _kind(tier: Tier) -> str:
    """What one photo is to the one that stays."""
    return {
        "identical": tr("An identical file"),
        "same": tr("The same picture"),
        "edited": tr("An edited copy"),
        "similar": tr("A similar shot"),
    }[tier]
