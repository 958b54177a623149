"""The state of the window from one time to the next, kept beside the library that it belongs to."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from photosearch.gui.shell.pages import Pages
from photosearch.gui.work.history import EVERYTHING
from photosearch.gui.work.kept_choices import keep_path, kept_choices, kept_path
from photosearch.models import Filter, Query
from photosearch.paths import inside


def restore(window: QMainWindow, pages: Pages, actions: Mapping[str, QAction], file: Path) -> None:
    """Make the window as it was left."""
    kept = kept_choices(file)
    geometry, splitter = kept.value("window/geometry"), kept.value("window/splitter")
    if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
        window.resize(1280, 820)
    if isinstance(splitter, QByteArray):
        pages.splitter.restoreState(splitter)
    for name, part in (("side-bar", pages.side_bar), ("details", pages.details)):
        is_shown = kept.value(f"window/{name}", "true") == "true"
        part.setVisible(is_shown)
        actions[name].setChecked(is_shown)
    for name in ("stack", "verify"):
        actions[name].setChecked(kept.value(f"window/{name}", "false") == "true")
    pages.gallery.verify(actions["verify"].isChecked())
    pages.gallery.restore(kept)


def save(window: QMainWindow, pages: Pages, actions: Mapping[str, QAction], here: Query, file: Path) -> None:
    """Remember the window, which is at the place `here`, for the next time."""
    kept = kept_choices(file)
    kept.setValue("window/geometry", window.saveGeometry())
    kept.setValue("window/splitter", pages.splitter.saveState())
    for name in ("stack", "verify", "side-bar", "details"):
        kept.setValue(f"window/{name}", "true" if actions[name].isChecked() else "false")
    keep_path(kept, "place/folder", here.only.folder or "")
    pages.gallery.save(kept)


def last_place(file: Path, folders: Sequence[str]) -> Query:
    """Where the person was, if it is still in one of the library's folders."""
    folder = kept_path(kept_choices(file), "place/folder")
    if any(folder == path or inside(folder, path) for path in folders):
        return Query((), only=Filter(folder=folder))
    return EVERYTHING
