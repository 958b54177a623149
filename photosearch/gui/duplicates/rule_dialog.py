"""Choosing by a rule what goes, as all that lies in one folder: what it chooses is seen while it is made."""

import os
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.duplicates.pair_list import PairList
from photosearch.gui.duplicates.review import Change, Review, Rule
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.room import resize
from photosearch.gui.style.words import number, size, tr
from photosearch.paths import shown

SETTLE_MS = 150
MOST_SHOWN = 500  # pairs in the preview


class RuleDialog(QDialog):
    """Shows the pairs that a rule chooses in the groups of the open tab, and emits them once that is confirmed."""

    confirmed = Signal(object)  # Change

    def __init__(self, review: Review, loader: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._review = review
        self._change: Change = {}
        self.setWindowTitle(tr("Let photos go by a rule"))
        resize(self, 900, 640)
        self._folder = QComboBox()
        self._folder.addItem(tr("Any folder"), None)
        for folder, count in _folders(review):
            self._folder.addItem(
                f"{shown(folder)}  ({number(count)})", Path(folder)
            )  # as text, Qt would drop bytes that are none
        self._folder.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._folder.setMinimumContentsLength(20)
        self._text = QLineEdit()
        self._text.setPlaceholderText(tr("for instance: Copies, or (1)"))
        self._smaller = QCheckBox(tr("Only those with fewer pixels than the kept photo"))
        self._proposed = QCheckBox(tr("Only those of which the kept photo shows everything"))
        self._proposed.setChecked(review.has_suggestions)
        self._proposed.setEnabled(review.has_suggestions)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._preview = PairList(loader)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setObjectName("go")
        self._go.setAutoDefault(False)
        self._buttons.accepted.connect(self._confirm)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(tr("In the folder, and below"), self._folder)
        form.addRow(tr("With this in its path"), self._text)
        form.addRow("", self._smaller)
        form.addRow("", self._proposed)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self._summary)
        column.addWidget(self._preview, 1)
        column.addWidget(self._buttons)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._choose)
        self._folder.currentIndexChanged.connect(lambda: self._choose())
        self._text.textChanged.connect(lambda: self._settle.start())
        for box in (self._smaller, self._proposed):
            box.toggled.connect(lambda: self._choose())
        self._choose()

    def _choose(self) -> None:
        """Show what the rule chooses."""
        self._settle.stop()
        folder = self._folder.currentData()
        rule = Rule(
            str(folder) if folder else None, self._text.text().strip(), self._smaller.isChecked(),
            self._proposed.isChecked(),
        )  # fmt: skip
        is_told = bool(rule.folder or rule.text or rule.is_smaller)
        self._change = self._review.by_rule(rule) if is_told else {}
        losses = self._review.losses_by(self._change)
        self._preview.show_losses(losses, MOST_SHOWN)
        summary = tr("%Ln photos go.", "", len(losses)) + " " + size(sum(loss.frees_bytes for loss in losses))
        nothing = tr("Nothing of this tab that may go is chosen.") if is_told else tr("Say which photos are to go.")
        self._summary.setText(summary if losses else nothing)
        self._go.setText(tr("Let %Ln photos go", "", len(losses)))
        self._go.setEnabled(bool(losses))

    def _confirm(self) -> None:
        self._choose()  # a letter may have been typed just now
        self.accept()
        if self._change:
            self.confirmed.emit(self._change)


def _folders(review: Review) -> list[tuple[str, int]]:
    """The folders in which photos of the groups lie, and those above as far as they hold more; with their counts."""
    counts = Counter[str]()
    for group in review.groups:
        for member in group.photos:
            counts[os.path.dirname(member.photo.path)] += 1
    total = sum(counts.values())
    for folder, count in list(counts.items()):
        while (above := os.path.dirname(folder)) != folder:
            folder = above
            counts[folder] += count
    return sorted((folder, count) for folder, count in counts.items() if 0 < count < total)
