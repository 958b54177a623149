"""Chips: one small removable piece of a search each, a photo, a part of a photo or a filter."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from photosearch.gui.style.captions import plain
from photosearch.gui.style.icons import Symbol, icon
from photosearch.gui.style.words import day, size, tr
from photosearch.gui.work.names import name_of
from photosearch.models import Filter
from photosearch.paths import shown

PICTURE_SIDE = 28
LONGEST_TEXT = 150


class Chip(QFrame):
    """A picture or an icon, a few words, and a cross that removes it (as the Delete key does)."""

    removed = Signal()

    def __init__(self, text: str, tip: str, symbol: str = "photos", minus: bool = False) -> None:
        super().__init__()
        self.setProperty("chip", True)
        self.setProperty("minus", minus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain(tip))
        self.setAccessibleName(tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 2, 2)
        row.setSpacing(6)
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE_SIDE, PICTURE_SIDE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if minus:
            sign = QLabel("−")
            row.addWidget(sign)
        self._symbol = Symbol(symbol, 18)
        self._picture.hide()
        row.addWidget(self._symbol)
        row.addWidget(self._picture)
        words = QLabel(QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, LONGEST_TEXT))
        words.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(words)
        cross = QToolButton()
        cross.setIcon(icon("close"))
        cross.setIconSize(QSize(14, 14))
        cross.setAutoRaise(True)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the chip itself has it, and Delete
        cross.setToolTip(tr("Remove from the search"))
        cross.setAccessibleName(tr("Remove from the search"))
        cross.clicked.connect(self.removed)
        row.addWidget(cross)

    def show_picture(self, jpeg: bytes) -> None:
        """Show a thumbnail, cut to a square."""
        self._picture.setPixmap(square(QImage.fromData(jpeg), PICTURE_SIDE, self.devicePixelRatio()))
        self._picture.show()
        self._symbol.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def filter_chips(only: Filter, wanted: Callable[[Filter], object]) -> list[Chip]:
    """A chip for each thing that a filter asks for; `wanted` is told of the filter that is left without it."""
    chips: list[Chip] = []

    def add(symbol: str, text: str, tip: str, left: Filter) -> None:
        chip = Chip(text, tip, symbol)
        chip.removed.connect(lambda: wanted(left))
        chips.append(chip)

    if only.folder:
        add("folder", name_of(only.folder), tr("Only in {folder}").format(folder=shown(only.folder)),
            replace(only, folder=None))  # fmt: skip
    if only.label is not None:
        tip = tr("Only with the label “{label}”").format(label=only.label)
        add("label", only.label, tip, replace(only, label=None))
    if only.since or only.until:
        days = f"{day(only.since) or '…'} – {day(only.until) or '…'}"
        add("filter", days, tr("Only of these days"), replace(only, since=None, until=None))
    if only.formats:
        names = ", ".join(only.formats)
        add("filter", names, tr("Only {formats}").format(formats=names), replace(only, formats=()))
    if only.camera is not None:
        tip = tr("Only taken with {camera}").format(camera=only.camera)
        add("filter", only.camera, tip, replace(only, camera=None))
    if only.least_bytes is not None or only.most_bytes is not None:
        sizes = " – ".join("…" if limit is None else size(limit) for limit in (only.least_bytes, only.most_bytes))
        add("filter", sizes, tr("Only files of this size"), replace(only, least_bytes=None, most_bytes=None))
    return chips


def square(image: QImage, side: int, ratio: float) -> QPixmap:
    """The middle of an image as a rounded square of `side` device-independent pixels."""
    pixels = round(side * ratio)
    filled = image.scaled(
        pixels, pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, pixels, pixels), 4 * ratio, 4 * ratio)
    painter.setClipPath(shape)
    painter.drawImage((pixels - filled.width()) // 2, (pixels - filled.height()) // 2, filled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class ChipRow(QWidget):
    """Chips in a row; what does not fit is cut off at the right, and the row keeps its height."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)

    def show_chips(self, chips: list[Chip]) -> None:
        """Replace all chips."""
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            if item is not None and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for place, chip in enumerate(chips):
            self._row.insertWidget(place, chip)
