"""The decisions about duplicates and the removals so far, the latest first; each can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
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

from photosearch.gui.style.captions import add_action, plain
from photosearch.gui.style.room import resize
from photosearch.gui.style.words import moment, size, tr
from photosearch.models import Decision, DecisionKind
from photosearch.paths import shown
from photosearch.store.tables.journal import Act

MOST_SHOWN = 5_000
MOST_NAMED, MOST_IN_TOOLTIP = 6, 40
VALUE = Qt.ItemDataRole.UserRole


class DecisionsDialog(QDialog):
    """Emits which ones are to be taken back, and closes."""

    decisions_wanted_back = Signal(list)  # their numbers
    act_wanted_back = Signal(int)  # act id

    def __init__(self, decisions: Sequence[Decision], acts: Sequence[Act], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Decisions about duplicates"))
        resize(self, 820, 560)
        hint = QLabel(tr("Everything that was decided and holds. What is taken back is as if it had not been decided."))
        hint.setWordWrap(True)
        self._list = self._make_list()
        rows = [(decision.made_at or 0, self._decision_row(decision)) for decision in decisions[:MOST_SHOWN]]
        rows += [(act.began_at, self._act_row(act)) for act in acts if act.state != "undone"]
        self._list.addTopLevelItems([item for _, item in sorted(rows, key=lambda row: -row[0])])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._back = add_action(buttons, "undo", tr("Take back"), self._take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(hint)
        column.addWidget(self._list, 1)
        column.addWidget(buttons)
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        self._offer()

    def _make_list(self) -> QTreeWidget:
        rows = QTreeWidget()
        rows.setAccessibleName(tr("Decisions"))
        rows.setHeaderLabels([tr("When"), tr("What"), tr("Photos")])
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        rows.itemSelectionChanged.connect(self._offer)
        return rows

    def _decision_row(self, decision: Decision) -> QTreeWidgetItem:
        paths = [*([decision.kept] if decision.kept else []), *decision.photos]
        when = moment(datetime.fromtimestamp(decision.made_at).isoformat()) if decision.made_at else tr("not known")
        item = QTreeWidgetItem([when, kind_in_words(decision.kind), _names(paths)])
        item.setToolTip(2, plain("\n".join(map(shown, paths[:MOST_IN_TOOLTIP]))))
        item.setData(0, VALUE, ("decision", decision.number))
        return item

    def _act_row(self, act: Act) -> QTreeWidgetItem:
        when = moment(datetime.fromtimestamp(act.began_at).isoformat())
        what = {"trash": tr("Went to the trash"), "move": tr("Moved away"), "link": tr("Became hard links")}[act.way]
        item = QTreeWidgetItem([when, what, f"{tr('%Ln photos', '', act.photos)}, {size(act.size_bytes)}"])
        item.setData(0, VALUE, ("act", act.act_id))
        return item

    def _offer(self) -> None:
        chosen = [item.data(0, VALUE)[0] for item in self._list.selectedItems()]
        self._back.setEnabled(bool(chosen) and (chosen == ["act"] or "act" not in chosen))  # acts one by one

    def _take_back(self) -> None:
        chosen = [item.data(0, VALUE) for item in self._list.selectedItems()]
        self.accept()
        if chosen[0][0] == "act":
            self.act_wanted_back.emit(chosen[0][1])
        else:
            self.decisions_wanted_back.emit([number for _, number in chosen])


def kind_in_words(kind: DecisionKind) -> str:
    """The decision in words."""
    return {
        "not duplicates": tr("Not duplicates"),
        "keep all": tr("All kept"),
        "keep this": tr("Kept rather than the others"),
        "let go": tr("To go"),
        "stay": tr("Stays after all"),
    }[kind]


def _names(paths: Sequence[str]) -> str:
    names = ", ".join(shown(Path(path).name) for path in paths[:MOST_NAMED])
    more = len(paths) - MOST_NAMED
    return names if more <= 0 else names + " " + tr("… and %Ln more", "photos", more)
