"""The state of the window between two sessions, kept beside its library."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from photosearch.files import is_ordinary
from photosearch.gui.work.history import EVERYTHING
from photosearch.models import Filter, Query
from photosearch.own_files import private
from photosearch.paths import inside

if TYPE_CHECKING:
    from photosearch.gui.shell.main_window import MainWindow


def restore(window: "MainWindow", file: Path) -> None:
    """Make the window as it was left."""
    kept = kept_choices(file)
    geometry, splitter = kept.value("window/geometry"), kept.value("window/splitter")
    if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
        window.resize(1280, 820)
    if isinstance(splitter, QByteArray):
        window.splitter.restoreState(splitter)
    for name, part in (("side-bar", window.side_bar), ("details", window.details)):
        is_shown = kept.value(f"window/{name}", "true") == "true"
        part.setVisible(is_shown)
        window.actions_by_name[name].setChecked(is_shown)
    window.gallery.restore(kept)


def save(window: "MainWindow", file: Path) -> None:
    """Remember the window for the next time."""
    kept = kept_choices(file)
    kept.setValue("window/geometry", window.saveGeometry())
    kept.setValue("window/splitter", window.splitter.saveState())
    for name in ("side-bar", "details"):
        kept.setValue(f"window/{name}", "true" if window.actions_by_name[name].isChecked() else "false")
    kept.setValue("place/folder", QByteArray(os.fsencode(window.history.here.only.folder or "")))
    window.gallery.save(kept)


def last_place(file: Path, folders: Sequence[str]) -> Query:
    """Where the person was, if it is still in one of the library's folders."""
    kept = kept_choices(file).value("place/folder")
    folder = os.fsdecode(bytes(kept.data())) if isinstance(kept, QByteArray) else ""
    if any(folder == path or inside(folder, path) for path in folders):
        return Query((), only=Filter(folder=folder))
    return EVERYTHING


def kept_choices(file: Path) -> QSettings:
    """The window's settings in `file`, which is readable for its owner only."""
    with suppress(OSError):
        if not is_ordinary(os.lstat(file)):  # Qt would wait for a pipe, and write to what a link leads to
            file.unlink()
    with suppress(OSError):
        os.close(private(os.fspath(file), os.O_CREAT | os.O_RDWR))
    return QSettings(str(file), QSettings.Format.IniFormat)
