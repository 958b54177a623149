"""The button that undoes what was done last: a decision of this window, or else what went to the trash before."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QToolButton

from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import moment, tr
from photosearch.gui.work.undo import Undo
from photosearch.store.tables.journal import Act


class UndoButton(QToolButton):
    """Hides where there is nothing to undo; its tooltip says what it would be."""

    act_wanted_back = Signal(int)  # act id

    def __init__(self, undo: Undo) -> None:
        super().__init__()
        self._undo = undo
        self._act: Act | None = None  # the last that can be undone
        self.setAutoRaise(True)
        self.setIcon(icon("undo"))
        self.setIconSize(QSize(20, 20))
        self.clicked.connect(self._press)
        undo.changed.connect(self._show)
        self._show()

    def show_acts(self, acts: Sequence[Act]) -> None:
        """Offer to undo the last of these, too, of this window or of one before."""
        self._act = next((act for act in acts if act.state != "undone"), None)
        self._show()

    def _show(self) -> None:
        text = ""
        if step := self._undo.last:
            text = tr("Undo: {what} (Ctrl+Z)").format(what=step.what)
        elif act := self._act:
            when = moment(datetime.fromtimestamp(act.began_at).isoformat())
            text = tr("Bring back the %Ln photos that went last ({when})", "", act.photos).format(when=when)
        self.setVisible(bool(text))
        self.setToolTip(text)
        self.setAccessibleName(text)

    def _press(self) -> None:
        if self._undo.last:
            self._undo.undo()
        elif self._act:
            self.act_wanted_back.emit(self._act.act_id)
