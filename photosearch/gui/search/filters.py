"""The filters: folder, days, format, camera and size, asked for in a small dialog that drops from a bar."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style.words import day_format, number, tr
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Filter
from photosearch.paths import shown

DAY = "yyyy-MM-dd"
COLUMNS = 3
MEGABYTE = 1_000_000  # as sizes are told
LARGEST_MB = 100_000.0


class Filters(QFrame):
    """A popup that tells every change at once; Esc or a click elsewhere closes it."""

    changed = Signal(object)  # Filter

    def __init__(self, library: Library, jobs: Jobs, only: Filter, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popup", True)
        self.setAccessibleName(tr("Filters"))
        self._only = only
        self._folder = QComboBox()
        self._folder.setMinimumWidth(300)
        self._folder.addItem(tr("All folders"), None)
        self._since, since = _day(tr("From"), only.since)
        self._until, until = _day(tr("To"), only.until)
        self._camera = QComboBox()
        self._camera.addItem(tr("All cameras"), None)
        self._least, self._most = _limit(tr("At least"), only.least_bytes), _limit(tr("At most"), only.most_bytes)
        sizes = QHBoxLayout()
        sizes.setSpacing(8)
        for words, limit in ((tr("from"), self._least), (tr("to"), self._most)):
            sizes.addWidget(QLabel(words))
            sizes.addWidget(limit, 1)
            limit.valueChanged.connect(self._tell)
        self._formats: dict[str, QCheckBox] = {}
        self._formats_box = QVBoxLayout()
        self._formats_box.setSpacing(6)
        clear = QPushButton(tr("Clear the filters"))
        clear.clicked.connect(self._clear)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(tr("Folder"), self._folder)
        form.addRow(tr("Taken"), since)
        form.addRow("", until)
        form.addRow(tr("Format"), self._formats_box)
        form.addRow(tr("Camera"), self._camera)
        form.addRow(tr("File size"), sizes)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(clear, 0, Qt.AlignmentFlag.AlignRight)
        for box, day in (self._since, self._until):
            box.toggled.connect(self._tell)
            day.dateChanged.connect(self._tell)
        photos = library.photos
        self._ticket = jobs.ask(
            lambda: (sorted(photos.directories()), photos.formats(), photos.cameras()), lambda found: self._fill(*found)
        )

    def hideEvent(self, event: object) -> None:
        self._ticket.cancel()

    def _fill(self, folders: list[str], formats: dict[str, int], cameras: dict[str, int]) -> None:
        chosen = self._only.folder
        for folder in [*folders, *([chosen] if chosen and chosen not in folders else [])]:
            self._folder.addItem(shown(folder), Path(folder))  # as text, Qt would drop bytes that are none
            if folder == chosen:
                self._folder.setCurrentIndex(self._folder.count() - 1)
        self._folder.currentIndexChanged.connect(self._tell)
        camera = self._only.camera
        counts = cameras if camera is None else {camera: 0} | cameras
        for name, count in sorted(counts.items()):
            self._camera.addItem(f"{name} ({number(count)})", name)
        self._camera.setCurrentIndex(max(0, self._camera.findData(camera)))
        self._camera.currentIndexChanged.connect(self._tell)
        row: QHBoxLayout | None = None
        for place, (name, count) in enumerate(sorted(formats.items(), key=lambda item: -item[1])):
            if place % COLUMNS == 0:
                row = QHBoxLayout()
                row.setSpacing(16)
                self._formats_box.addLayout(row)
            box = QCheckBox(f"{name} ({number(count)})")
            box.setChecked(name in self._only.formats)
            box.toggled.connect(self._tell)
            self._formats[name] = box
            assert row is not None
            row.addWidget(box)
        if row is None:
            self._formats_box.addWidget(QLabel(tr("There are no photos yet.")))
        self.adjustSize()

    def _tell(self) -> None:
        folder, formats, camera = self._only.folder, self._only.formats, self._only.camera
        if self._formats:  # else they are still being read
            path = self._folder.currentData()
            folder = str(path) if path else None
            formats = tuple(name for name, box in self._formats.items() if box.isChecked())
            camera = self._camera.currentData()
        since, until = _chosen(*self._since), _chosen(*self._until)
        least, most = _bytes(self._least), _bytes(self._most)
        self._only = replace(
            self._only, folder=folder, since=since, until=until, formats=formats, camera=camera,
            least_bytes=least, most_bytes=most,
        )  # fmt: skip
        self.changed.emit(self._only)

    def _clear(self) -> None:
        self.changed.emit(Filter())
        self.close()


def _day(words: str, chosen: str | None) -> tuple[tuple[QCheckBox, QDateEdit], QHBoxLayout]:
    """A day that counts only if its box is checked."""
    box, day = QCheckBox(words), QDateEdit()
    day.setCalendarPopup(True)
    day.setDisplayFormat(day_format())
    day.setDate(QDate.fromString(chosen, DAY) if chosen else QDate.currentDate())
    day.setAccessibleName(words)
    day.setEnabled(bool(chosen))
    box.setChecked(bool(chosen))
    box.toggled.connect(day.setEnabled)
    row = QHBoxLayout()
    row.addWidget(box, 1)
    row.addWidget(day, 2)
    return (box, day), row


def _limit(words: str, chosen: int | None) -> QDoubleSpinBox:
    """A size in megabytes; 0 is no limit."""
    box = QDoubleSpinBox()
    box.setRange(0, LARGEST_MB)
    box.setDecimals(2)
    box.setSuffix(" MB")
    box.setSpecialValueText(tr("any"))
    box.setAccessibleName(words)
    box.setValue((chosen or 0) / MEGABYTE)
    box.setKeyboardTracking(False)
    return box


def _bytes(limit: QDoubleSpinBox) -> int | None:
    return round(limit.value() * MEGABYTE) or None


def _chosen(box: QCheckBox, day: QDateEdit) -> str | None:
    return day.date().toString(DAY) if box.isChecked() else None
