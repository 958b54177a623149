"""Show in folder: the desktop's file manager is asked, else the folder is opened; names may be no text."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from photosearch.gui.work.show_in_folder import show_in_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it would open Explorer or Finder")


class Desktop(QObject):
    """Stands in for the desktop that opens folders."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[bytes] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(bytes(url.toEncoded().data()))


def test_without_a_file_manager_the_folder_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "a b") + b"\xe9"
    os.mkdir(folder)
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "open")
    try:
        show_in_folder(os.fsdecode(folder + b"/one.jpg"))
        qtbot.waitUntil(lambda: len(desktop.opened) == 1)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert desktop.opened[0].endswith(b"/a%20b%E9")
