"""Show a photo in the system's own file manager, selected where that can be."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

FILE_MANAGER = ("org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1")


def show_in_folder(path: str) -> None:
    """Select `path` in Explorer or Finder, or the desktop's file manager, or else open its folder; waits for none."""
    if sys.platform == "win32":
        # One string: Explorer wants its quotes around the path only, which a list would not give.
        subprocess.Popen(f'explorer /select,"{os.path.abspath(path)}"')
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", os.path.abspath(path)])
    else:
        _ask_desktop(path)


def _ask_desktop(path: str) -> None:
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path)
        return
    message = QDBusMessage.createMethodCall(*FILE_MANAGER, "ShowItems")
    message.setArguments([[_address(path)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message))

    def answered() -> None:
        if watcher.isError():
            _open_folder(path)
        watcher.deleteLater()

    watcher.finished.connect(answered)  # which also keeps the watcher until then


def _open_folder(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromEncoded(_address(os.path.dirname(os.path.abspath(path))).encode("ascii")))


def _address(path: str) -> str:
    """file:///…, right also for names that are no valid text."""
    return Path(os.path.abspath(path)).as_uri()
