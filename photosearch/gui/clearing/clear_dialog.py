"""The review before anything happens: every file that goes, beside the one that stays, folder by folder."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.errors import OutputError
from photosearch.find.duplicates.reasons import why_it_stays
from photosearch.gui.duplicates.pair_list import PairList
from photosearch.gui.duplicates.review import Loss
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import add_action, plain
from photosearch.gui.style.room import resize
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import size, tr
from photosearch.gui.work.drops import native
from photosearch.library import Library
from photosearch.table import write_rows

MOST_SHOWN = 20_000
COLUMNS = ("goes", "stays", "tier", "width", "height", "size_bytes", "frees_bytes", "proposed", "reason")


class ClearDialog(QDialog):
    """Emits what was confirmed; Cancel is the button that Return presses."""

    # of Loss; "trash", "move" or "link"; the folder to move to; whether what stays takes over what they say
    confirmed = Signal(list, str, str, bool)

    def __init__(
        self, losses: Sequence[Loss], library: Library, loader: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._library = library
        # What is not proposed is seen first.
        self._losses = sorted(losses, key=lambda loss: (loss.is_proposed, os.path.dirname(loss.photo.path)))
        self._target = ""
        self.setWindowTitle(tr("Review what goes"))
        resize(self, 980, 680)
        self._list = PairList(loader)
        self._list.show_losses(self._losses, MOST_SHOWN)
        self._ways = {
            "trash": QRadioButton(tr("Into the trash")),
            "move": QRadioButton(tr("Into another folder, keeping the folders they lie in")),
            "link": QRadioButton(tr("Replace identical files by hard links: every name stays, the space is freed")),
        }
        self._ways["trash"].setChecked(True)
        self._ways["link"].setEnabled(all(loss.tier == "identical" and loss.keeper for loss in losses))
        self._inherit = QCheckBox(tr("The kept photo takes over rating, keywords, place and date"))
        self._inherit.setToolTip(
            tr("They are written into a sidecar file beside it; the photo itself is never changed.")
        )
        self._inherit.setEnabled(all(loss.keeper for loss in losses))
        note = QLabel(
            tr("Each file is checked once more before it goes. Sidecars and the other halves of a shot go along.")
            + " "
            + tr("It can be undone.")
        )
        note.setProperty("secondary", True)
        note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        for words in self._make_words():
            column.addWidget(words)
        column.addWidget(self._list, 1)
        for way in self._ways.values():
            way.toggled.connect(self._name_button)
            column.addWidget(way)
        column.addWidget(self._inherit)
        column.addWidget(note)
        column.addWidget(self._make_buttons())

    def _make_words(self) -> list[QLabel]:
        """The number of photos that go, the bytes this frees, and the cases to check twice."""
        parts = [tr("%Ln photos go.", "", len(self._losses)), _freed(self._losses)]
        words = [QLabel(" ".join(parts))]
        unproposed = sum(not loss.is_proposed and loss.keeper is not None for loss in self._losses)
        alone = sum(loss.keeper is None for loss in self._losses)
        if unproposed:
            words.append(
                QLabel(
                    tr(
                        "%Ln of them were not proposed to go: the kept ones do not show all of them,"
                        " or that is not certain.",
                        "photos",
                        unproposed,
                    )
                )
            )
        if alone:
            words.append(QLabel(tr("Of %Ln of them no copy stays in the library.", "photos", alone)))
        for label in words:
            label.setWordWrap(True)
        for label in words[1:]:
            label.setProperty("warning", True)
        return words

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setObjectName("go")
        self._go.setAutoDefault(False)
        save = add_action(buttons, "copy", tr("Save the list …"), self._save)
        save.setToolTip(tr("Write what goes and what stays into a table (CSV)"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        buttons.rejected.connect(self.reject)
        buttons.accepted.connect(self._confirm)
        self._name_button()
        return buttons

    def _name_button(self) -> None:
        """Let the button say what happens."""
        count = len(self._losses)
        self._go.setText(
            {
                "trash": tr("Move %Ln photos to the trash", "", count),
                "move": tr("Move %Ln photos to a folder …", "", count),
                "link": tr("Replace %Ln photos by links", "", count),
            }[self._way]
        )

    @property
    def _way(self) -> str:
        return next(name for name, button in self._ways.items() if button.isChecked())

    def _confirm(self) -> None:
        way = self._way
        if way == "move":
            self._target = native(QFileDialog.getExistingDirectory(self, tr("Choose where they go")))
            if not self._target:
                return
        self.accept()
        self.confirmed.emit(self._losses, way, self._target, self._inherit.isChecked())

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the list"), "duplicates.csv", "CSV (*.csv)")
        if not path:
            return
        try:
            self.write(Path(path))
        except OutputError as error:
            QMessageBox.warning(self, tr("Save the list"), plain(sentence(error.sentence)))

    def write(self, file: Path) -> None:
        """Write what goes, and what stays instead, as a table; raises OutputError."""
        rows = [
            (
                loss.photo.path, loss.keeper.path if loss.keeper else "", loss.tier,
                loss.photo.facts.width, loss.photo.facts.height, loss.photo.size_bytes, loss.frees_bytes,
                "yes" if loss.is_proposed else "no", why_it_stays(loss.side),
            )
            for loss in self._losses
        ]  # fmt: skip
        with self._library.output(file, "table of duplicates", force=True) as out:  # which the dialog asked for
            write_rows(out, [COLUMNS, *rows])


def _freed(losses: Sequence[Loss]) -> str:
    freed = sum(loss.frees_bytes for loss in losses)
    return tr("That frees {size} once the trash is emptied.").format(size=size(freed))
