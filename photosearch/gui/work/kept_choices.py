"""The file beside a library that keeps the window's choices."""

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from photosearch.files import is_ordinary
from photosearch.own_files import private


def kept_choices(file: Path) -> QSettings:
    """What the window keeps in `file`, which is for this person only."""
    with suppress(OSError):
        if not is_ordinary(os.lstat(file)):  # Qt would wait for a pipe, and write to what a link leads to
            file.unlink()
    with suppress(OSError):
        os.close(private(os.fspath(file), os.O_CREAT | os.O_RDWR))
    return QSettings(str(file), QSettings.Format.IniFormat)


def kept_path(kept: QSettings, key: str) -> str:
    """The path that `keep_path` kept, "" if none."""
    value = kept.value(key)
    return os.fsdecode(bytes(value.data())) if isinstance(value, QByteArray) else ""


def keep_path(kept: QSettings, key: str, path: str) -> None:
    """Keep a path, whose bytes need not be text."""
    kept.setValue(key, QByteArray(os.fsencode(path)))
