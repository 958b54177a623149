"""All keys of the window on one page, read from its actions, so that the page is never out of date."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style.words import tr

Row = tuple[list[str], str]  # keys, and what they do


class Shortcuts(QDialog):
    """Groups of keys in two columns; an action without a shortcut is left out, and so is a group of none."""

    def __init__(
        self,
        parent: QWidget | None,
        groups: Sequence[tuple[str, Sequence[QAction]]],
        more: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (),
    ) -> None:
        """`more` are keys that are no actions, as ("Space", "Quick view"); a group of both is shown as one."""
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(24, 8, 24, 24)
        columns.setSpacing(48)
        for column in _in_two_columns(_collect(groups, more)):
            columns.addLayout(_column(column), 1)
        scroll = QScrollArea()
        scroll.setAccessibleName(tr("Keyboard shortcuts"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(page.sizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 12, 24, 20)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        room = self.screen().availableSize().height() * 4 // 5
        self.resize(self.sizeHint().width(), min(room, page.sizeHint().height() + buttons.sizeHint().height() + 48))


def _collect(
    groups: Sequence[tuple[str, Sequence[QAction]]], more: Sequence[tuple[str, Sequence[tuple[str, str]]]]
) -> dict[str, list[Row]]:
    """The rows of each group that has any."""
    collected: dict[str, list[Row]] = {}
    for title, actions in groups:
        for action in actions:
            if keys := [native(sequence) for sequence in action.shortcuts() if not sequence.isEmpty()]:
                # "&Open …" is a name with a mnemonic and a promise of a dialog; here only the name is wanted.
                name = re.sub(r"&(.)", r"\1", action.text()).rstrip("… .")
                collected.setdefault(title, []).append((keys, name))
    for title, keys_and_meanings in more:
        for keys, meaning in keys_and_meanings:
            collected.setdefault(title, []).append(([native(QKeySequence(keys))], meaning))
    return collected


def native(sequence: QKeySequence | str) -> str:
    """A shortcut as this system writes it."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)


def _in_two_columns(groups: dict[str, list[Row]]) -> list[list[tuple[str, list[Row]]]]:
    """Split where both columns become about as long; a title counts as two rows."""
    items = list(groups.items())
    lengths = [len(rows) + 2 for _, rows in items]
    cut = min(range(len(items) + 1), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return [items[:cut], items[cut:]]


def _column(groups: list[tuple[str, list[Row]]]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    for title, rows in groups:
        heading = QLabel(title)
        heading.setProperty("section", True)
        column.addSpacing(16)
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(0, 1)
        for at, (keys, meaning) in enumerate(rows):
            grid.addWidget(QLabel(meaning), at, 0)
            grid.addLayout(_keys(keys, meaning), at, 1)
        column.addLayout(grid)
    column.addStretch(1)
    return column


def _keys(keys: list[str], meaning: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(6)
    line.addStretch(1)
    for key in keys:
        cap = QLabel(key)
        cap.setProperty("key", True)
        cap.setAccessibleName(f"{meaning}: {key}")
        line.addWidget(cap)
    return line
