"""The dialogs of the window that are opened by name; what they import is not worth waiting for at the start."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from photosearch.gui.search.filters import Filters
from photosearch.gui.shell.actions import groups
from photosearch.gui.shell.pages import Pages
from photosearch.gui.work.folders import Folders
from photosearch.gui.work.history import History
from photosearch.gui.work.indexing import Indexing
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library

if TYPE_CHECKING:
    from photosearch.gui.settings.settings_dialog import SettingsDialog


class Dialogs(QObject):
    """Opens settings, filters, keyboard shortcuts and what the program says of itself over a window."""

    language_changed = Signal()

    def __init__(self, library: Library, jobs: Jobs, folders: Folders, indexing: Indexing, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._jobs = library, jobs
        self._folders, self._indexing = folders, indexing
        self._window = window
        self._settings: SettingsDialog | None = None

    @property
    def settings_page(self) -> int:
        """The page at which the settings are, or were last."""
        return self._settings.tabs.currentIndex() if self._settings else 0

    def show_settings(self, page: int | None = None) -> None:
        """Open the settings at a page, or where they were."""
        from photosearch.gui.settings.settings_dialog import SettingsDialog

        if self._settings is None:
            self._settings = SettingsDialog(self._library, self._jobs, self._window)
            self._settings.folder_wanted.connect(self._folders.choose)
            self._settings.folder_unwanted.connect(self._folders.ask_to_remove)
            self._settings.update_wanted.connect(self._indexing.start)
            self._settings.encoder_changed.connect(self._indexing.photos_changed)
            self._settings.language_changed.connect(self.language_changed)
            self._indexing.photos_changed.connect(self._settings.refresh)
        if page is not None:
            self._settings.tabs.setCurrentIndex(page)
        self._settings.open()

    def show_filters(self, history: History, under: QWidget) -> None:
        """Open the filters of the place where the person is, below a part of the window."""
        popup = Filters(self._library, self._jobs, history.here.only, self._window)
        popup.changed.connect(lambda only: history.visit(replace(history.here, only=only)))
        corner = under.mapToGlobal(under.rect().bottomRight())
        popup.move(corner.x() - popup.sizeHint().width(), corner.y() + 6)
        popup.show()

    def show_about(self) -> None:
        """Say what this program is."""
        from photosearch.gui.settings.about import About

        About(self._library, self._window).open()

    def show_shortcuts(self, actions: Mapping[str, QAction], pages: Pages) -> None:
        """List the keys of all actions, and those that pages answer themselves."""
        from photosearch.gui.settings.shortcuts import Shortcuts

        listed = [(title, [actions[act.name] for act in acts]) for title, acts in groups()]
        Shortcuts(self._window, listed, pages.keys()).open()
