"""The settings; whatever is chosen takes effect at once."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from photosearch.errors import PhotosearchError
from photosearch.gui.style import theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.icons import icon
from photosearch.gui.style.language import LANGUAGES
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import number, size, tr
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.show_in_folder import show_in_folder
from photosearch.library import Library, doctor
from photosearch.library.encoders import describe_encoders
from photosearch.models import Folder
from photosearch.paths import shown
from photosearch.settings import usable_cores


class SettingsDialog(QDialog):
    """Reads and changes `Library.settings`; what concerns folders it asks of the window."""

    folder_wanted = Signal()
    folder_unwanted = Signal(object)  # path
    update_wanted = Signal()  # another encoder is wanted, or what is left out is another
    encoder_changed = Signal()
    language_changed = Signal()

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._listed: Sequence[tuple[Folder, bool]] = ()  # and whether each can be reached
        self.setWindowTitle(tr("Settings"))
        self.setMinimumWidth(640)
        self.tabs = tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self._folders_page(), tr("Folders"))
        tabs.addTab(self._search_page(), tr("Search"))
        tabs.addTab(self._look_page(), tr("Look and language"))
        tabs.addTab(self._storage_page(), tr("Storage"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        column.addWidget(tabs, 1)
        column.addWidget(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return in a field must not press one

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._measure()

    def refresh(self) -> None:
        """Read the folders again, and which encoder serves."""

        def read() -> list[tuple[Folder, bool]]:
            return [(folder, os.path.isdir(folder.path)) for folder in self._library.folders()]

        self._jobs.ask(read, self._show_folders)
        self._show_encoder()

    # Folders

    def _folders_page(self) -> QWidget:
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Folders of the library"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setMinimumHeight(180)
        self._list.currentItemChanged.connect(self._show_excluded)
        add = QPushButton(icon("add-folder"), tr("Add a folder …"))
        add.clicked.connect(self.folder_wanted)
        self._remove = QPushButton(icon("remove"), tr("Remove …"))
        self._remove.clicked.connect(lambda: self.folder_unwanted.emit(self._current_folder()))
        self._excluded = QLineEdit()
        self._excluded.setPlaceholderText(tr("for instance: *.tmp; Thumbnails; private/*"))
        self._excluded.setToolTip(tr("Names or paths below the folder, with * and ?, parted by semicolons"))
        self._excluded.editingFinished.connect(self._exclude)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        form = QFormLayout()
        form.addRow(tr("Leave out of this folder"), self._excluded)
        return _page([self._list, buttons, form])

    def _show_folders(self, folders: Sequence[tuple[Folder, bool]]) -> None:
        if folders == self._listed:
            return
        chosen, self._listed = self._current_folder(), folders
        with QSignalBlocker(self._list):
            self._list_folders(chosen)
        if self._current_folder() != chosen or not self._excluded.isModified():  # what is being written stays
            self._show_excluded()

    def _list_folders(self, chosen: str) -> None:
        self._list.clear()
        for folder, reachable in self._listed:
            name = shown(folder.path)
            item = QListWidgetItem(
                icon("folder" if reachable else "drive-offline"),
                name if reachable else tr("{folder} (not connected)").format(folder=name),
            )
            item.setToolTip(plain(name))
            self._list.addItem(item)
            if folder.path == chosen:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    def _current(self) -> Folder | None:
        row = self._list.currentRow()
        return self._listed[row][0] if 0 <= row < len(self._listed) else None

    def _current_folder(self) -> str:
        folder = self._current()
        return folder.path if folder else ""

    def _show_excluded(self) -> None:
        folder = self._current()
        self._remove.setEnabled(folder is not None)
        self._excluded.setEnabled(folder is not None)
        self._excluded.setText("; ".join(folder.exclude) if folder else "")

    def _exclude(self) -> None:
        folder = self._current()
        globs = tuple(glob for part in self._excluded.text().split(";") if (glob := part.strip()))
        self._excluded.setModified(False)
        if folder and globs != folder.exclude:
            changed = replace(folder, exclude=globs)
            self._listed = [(changed if other is folder else other, there) for other, there in self._listed]
            self._jobs.write(lambda: self._library.change_folder(changed), lambda _: self.update_wanted.emit())

    # Search

    def _search_page(self) -> QWidget:
        self._encoder = QComboBox()
        self._encoder.activated.connect(self._choose_encoder)
        self._about_encoder = _note("")
        self._undo = QPushButton(icon("undo"), "")
        self._undo.clicked.connect(self._undo_adoption)
        self._show_encoder()
        self._device = _choice(
            [(tr("Automatic"), "auto"), (tr("Processor"), "cpu"), (tr("NVIDIA graphics (CUDA)"), "cuda")],
            self._library.settings.device,
            lambda device: self._change(device=device),
        )
        self._about_device = _note(tr("Measuring …"))
        threads = QSpinBox()
        threads.setRange(0, 4 * usable_cores())
        threads.setSpecialValueText(tr("All cores ({count})").format(count=number(usable_cores())))
        threads.setValue(self._library.settings.threads or 0)
        threads.valueChanged.connect(lambda: self._change(threads=threads.value() or None))
        return _form(
            [
                (tr("Encoder"), self._encoder),
                ("", self._about_encoder),
                ("", self._undo),
                (tr("Runs on"), self._device),
                ("", self._about_device),
                (tr("Threads for indexing"), threads),
            ]
        )

    def _show_encoder(self) -> None:
        """Show which encoder serves, which is to take over and which was used before."""
        settings = self._library.settings
        for name in self._library.bundles.names():
            if self._encoder.findData(name) < 0:
                self._encoder.addItem(name, name)
        self._encoder.setCurrentIndex(self._encoder.findData(settings.next_encoder or settings.encoder))
        about, undo = tr("Photos are compared by what an encoder sees in them."), ""
        if settings.next_encoder is not None:
            about = tr(
                "“{name}” takes over when it has encoded all photos, in the background. Until then “{now}” serves."
            )
            undo = tr("Stay with “{now}”")
        elif settings.previous_encoder is not None:
            about = tr("“{before}” was used before. What it encoded is kept.")
            undo = tr("Back to “{before}”")
        names = {"name": settings.next_encoder, "now": settings.encoder, "before": settings.previous_encoder}
        self._about_encoder.setText(about.format(**names))
        self._undo.setText(undo.format(**names))
        self._undo.setVisible(bool(undo))

    def _choose_encoder(self) -> None:
        name = self._encoder.currentData()
        if name == (self._library.encoders.adopting or self._library.settings.encoder):
            return
        self._about_encoder.setText(tr("Loading …"))
        self._jobs.ask(lambda: self._library.encoders.adopt(name), lambda _: self._encoder_chosen(), self._keep_encoder)

    def _undo_adoption(self) -> None:
        self._jobs.ask(self._library.encoders.undo, lambda _: self._encoder_chosen(), self._keep_encoder)

    def _keep_encoder(self, error: Exception) -> None:
        self._show_encoder()
        self._jobs.tell(error)

    def _encoder_chosen(self) -> None:
        self._show_encoder()
        self._measure()
        self.encoder_changed.emit()
        self.update_wanted.emit()

    def _measure(self) -> None:
        """Tell what each encoder costs and how good it is, and what it runs on; it takes a second, elsewhere."""

        def measure() -> tuple[list[dict[str, Any]], dict[str, Any]]:
            return describe_encoders(self._library), doctor.status(self._library)

        self._jobs.ask(measure, lambda found: self._show_measures(*found))

    def _show_measures(self, encoders: list[dict[str, Any]], status: dict[str, Any]) -> None:
        for row in encoders:
            place = self._encoder.findData(row["name"])
            rate = row["encodes_photos_per_s"]
            if place >= 0 and rate:
                text = tr("{name}: {rate} photos/s a core, {size}").format(
                    name=row["name"], rate=number(round(rate)), size=size(row["size_bytes"])
                )
                self._encoder.setItemText(place, text)
        rate = status["encodes_photos_per_s"]
        text = tr("{device}: encodes {rate} photos/s here").format(
            device=status["device"], rate=number(round(rate or 0))
        )
        self._about_device.setText(text if rate else sentence(status["device"]))
        self._sizes.setText(
            "\n".join(
                tr("{what}: {size}").format(what=what, size=size(status["size_bytes"][name]))
                for name, what in (
                    ("catalog", tr("Catalog")),
                    ("thumbnails", tr("Thumbnails")),
                    ("search_index", tr("Search index")),
                )
            )
        )

    # Look and language

    def _look_page(self) -> QWidget:
        themes = [(tr("As the system"), "system"), (tr("Light"), "light"), (tr("Dark"), "dark")]
        languages = [(tr("As the system"), "system"), *((name, code) for code, name in LANGUAGES.items())]
        settings = self._library.settings
        return _form(
            [
                (tr("Theme"), _choice(themes, settings.theme, self._choose_theme)),
                (tr("Language"), _choice(languages, settings.language, self._choose_language)),
            ]
        )

    def _choose_theme(self, name: str) -> None:
        self._change(theme=name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self._library.settings.theme)

    def _choose_language(self, code: str) -> None:
        if code != self._library.settings.language:
            self._change(language=code)
            self.close()
            self.language_changed.emit()

    # Storage

    def _storage_page(self) -> QWidget:
        folder = self._library.places.library
        where = QLabel(shown(str(folder)))
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        open_it = QPushButton(icon("show-in-folder"), tr("Open this folder"))
        open_it.clicked.connect(lambda: show_in_folder(str(self._library.places.catalog)))
        self._sizes = QLabel(tr("Measuring …"))
        clear = QPushButton(tr("Clear the thumbnails"))
        clear.setToolTip(tr("They are made again when they are needed"))
        clear.clicked.connect(lambda: self._jobs.write(self._library.thumbnails.clear, lambda _: self._measure()))
        note = _note(tr("Everything Photosearch knows lies here, and nowhere else. Your photos are not in it."))
        return _form([(tr("Library"), where), ("", open_it), ("", note), (tr("Takes up"), self._sizes), ("", clear)])

    def _change(self, **changes: Any) -> None:
        try:
            self._library.change(replace(self._library.settings, **changes))
        except (OSError, PhotosearchError) as error:  # the disk is full, or the library cannot be written to
            self._jobs.tell(error)


def _page(parts: Sequence[QWidget | QHBoxLayout | QFormLayout]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 16, 4, 4)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
    return page


def _form(rows: Sequence[tuple[str, QWidget]]) -> QWidget:
    form = QFormLayout()
    form.setHorizontalSpacing(20)
    form.setVerticalSpacing(12)
    for title, widget in rows:
        if isinstance(widget, QPushButton | QSpinBox):  # as wide as their words
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        form.addRow(title, widget)
    page = _page([form])
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addStretch(1)
    return page


def _choice(choices: Sequence[tuple[str, str]], chosen: str, choose: Callable[[str], object]) -> QComboBox:
    box = QComboBox()
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.currentIndexChanged.connect(lambda: choose(box.currentData()))
    return box


def _note(text: str) -> QLabel:
    note = QLabel(text)
    note.setProperty("secondary", True)
    note.setWordWrap(True)
    return note
