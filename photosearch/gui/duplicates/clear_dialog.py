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

from photosearch.find.duplicates.reasons import why_it_stays
from photosearch.gui.duplicates.review import Loss
from photosearch.gui.style import theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import number, size, tr
from photosearch.gui.work.drops import native
from photosearch.paths import shown

MOST_SHOWN = 20_000


class ClearDialog(QDialog):
    """Emits what was confirmed; Cancel is the button that Return presses."""

    # of Loss; "trash", "move" or "link"; the folder to move to; whether what stays takes over what they say
    confirmed = Signal(list, str, str, bool)

    def __init__(self, losses: Sequence[Loss], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._losses = sorted(losses, key=lambda loss: loss.side.covers == "yes")  # what is not proposed is seen first
        self._target = ""
        self.setWindowTitle(tr("Review what goes"))
        self.resize(980, 620)
        freed = sum(loss.frees_bytes for loss in losses)
        told = QLabel(
            tr("%Ln photos go, and one like each of them stays.", "", len(losses))
            + " "
            + tr("That frees {size}.").format(size=size(freed))
        )
        unproposed = sum(loss.side.covers != "yes" for loss in losses)
        warning = QLabel(
            tr(
                "%Ln of them were not proposed to go: the kept ones do not show all of them, or that is not certain.",
                "photos",
                unproposed,
            )
        )
        warning.setWordWrap(True)
        warning.setVisible(unproposed > 0)
        warning.setProperty("warning", True)
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
        column.addWidget(warning)
        column.addWidget(self._list, 1)
        for way in self._ways.values():
            column.addWidget(way)
        column.addWidget(self._inherit)
        column.addWidget(note)
        column.addWidget(buttons)

    def _make_list(self) -> QTreeWidget:
        files = QTreeWidget()
        files.setAccessibleName(tr("Files that go"))
        files.setHeaderLabels([tr("Goes"), tr("Pixels"), tr("Size"), tr("Why"), tr("Stays")])
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
                    _because(loss),
                    shown(loss.keeper.path),
                ]
            )
            item.setToolTip(0, plain(shown(loss.photo.path)))
            item.setToolTip(4, plain(shown(loss.keeper.path)))
            if loss.side.covers != "yes":
                item.setForeground(3, theme.warning(self.palette()))
                item.setToolTip(3, plain(_because(loss)))
            for place in (1, 2):
                item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            files.addTopLevelItem(item)
        if (more := len(self._losses) - MOST_SHOWN) > 0:
            files.addTopLevelItem(QTreeWidgetItem([tr("… and %Ln more", "photos", more)]))
        return files

    def _confirm(self) -> None:
        way = next(name for name, button in self._ways.items() if button.isChecked())
        if way == "move":
            self._target = native(QFileDialog.getExistingDirectory(self, tr("Choose where they go")))
            if not self._target:
                return
        self.accept()
        self.confirmed.emit(self._losses, way, self._target, self._inherit.isChecked())


def _because(loss: Loss) -> str:
    """What a photo is to the one that stays; if that does not cover it, what speaks against its going."""
    if loss.side.covers != "yes":
        return tr("You chose so: {reason}").format(reason=sentence(why_it_stays(loss.side)))
    return {
        "identical": tr("An identical file"),
        "same": tr("The same picture"),
        "edited": tr("An edited copy"),
        "similar": tr("A similar shot"),
    }[loss.tier]
