"""Before and after: how well held-out photos are found, over all labels and for each."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from photosearch.gui.style import theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import decimal, tr
from photosearch.gui.teach.run_state import Result

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW_HEIGHT = 26
HIDDEN = 0.05  # a difference that would be written as 0.0


class ResultTable(QTreeWidget):
    """Shows a Result; the differences carry their sign, and quietly its colour."""

    def __init__(self) -> None:
        super().__init__()
        self._result: Result | None = None
        self.setAccessibleName(tr("Before and after"))
        self.setHeaderLabels([tr("In %"), tr("Before"), tr("After"), tr("Difference")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.header()
        header.setStretchLastSection(False)
        for place in range(4):
            mode = QHeaderView.ResizeMode.Stretch if place == 0 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(place, mode)
            if place:
                self.headerItem().setTextAlignment(place, RIGHT)

    def show_result(self, result: Result) -> None:
        """Show this one."""
        self._result = result
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def _fill(self) -> None:
        self.clear()
        if not self._result:
            return
        before, after = self._result.before, self._result.after
        meaning = tr("How far ahead photos of the same label come when a held-out photo is searched with: mAP")
        self._add(tr("All labels"), meaning, before.map, after.map, is_main=True)
        meaning = tr("How often the very first photo is one of the same label: recall@1")
        self._add(tr("Nearest photo is right"), meaning, before.recall_at_1, after.recall_at_1, is_main=True)
        for label in sorted(after.labels, key=str.casefold):
            self._add(label, label, before.labels.get(label), after.labels[label])

    def _add(self, name: str, tip: str, before: float | None, after: float, is_main: bool = False) -> None:
        gained = None if before is None else after - before
        item = QTreeWidgetItem([name, "" if before is None else decimal(before), decimal(after), _signed(gained)])
        item.setToolTip(0, plain(tip))
        item.setSizeHint(0, QSize(0, ROW_HEIGHT))
        for place in range(4):
            if place:
                item.setTextAlignment(place, RIGHT)
            font = self.font()
            font.setBold(is_main)
            item.setFont(place, font)
        if gained is not None and abs(gained) >= HIDDEN:
            colours = theme.colours(self.palette())
            item.setForeground(3, QColor(colours.better if gained > 0 else colours.worse))
        self.addTopLevelItem(item)


def _signed(difference: float | None) -> str:
    if difference is None:
        return ""
    sign = "+" if difference >= HIDDEN else "−" if difference <= -HIDDEN else "±"
    return sign + decimal(abs(difference))
