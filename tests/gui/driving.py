"""Functions that drive a window and read its contents."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.main_window import MainWindow

WAIT_MS = 60_000


class Bugs:
    """Collects what was raised on any thread."""

    def __init__(self) -> None:
        self.told: list[BaseException] = []

    def tell(self, error: BaseException) -> None:
        self.told.append(error)


def wait_for_photos(qtbot: QtBot, window: MainWindow, count: int) -> None:
    """Wait until indexing has come to rest and the grid shows so many photos."""
    qtbot.waitUntil(
        lambda: not window.indexing.condition.running and len(window.gallery.grid.photos.ids) == count, timeout=WAIT_MS
    )


def wait_until_indexed(qtbot: QtBot, window: MainWindow, count: int) -> None:
    """Wait until a window whose library knows so many photos has looked for others."""
    qtbot.waitUntil(lambda: window.indexing.condition.summary is not None, timeout=WAIT_MS)
    wait_for_photos(qtbot, window, count)


def wait_for_answer(qtbot: QtBot, window: MainWindow, best: str) -> None:
    """Wait until the best match has this file name."""

    def answered() -> bool:
        grid = window.gallery.grid
        match = window.gallery.match(grid.photos.ids[0]) if grid.photos.ids else None
        return match is not None and Path(match.path).name == best

    qtbot.waitUntil(answered, timeout=WAIT_MS)


def files(*paths: Path | str) -> QMimeData:
    """A drag of files."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def told(window: MainWindow) -> str:
    """Everything that is written in the window now."""
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*labels, *(button.text() for button in window.findChildren(QPushButton) if button.isVisible())])


def button(parent: QWidget, text: str) -> QPushButton:
    """The visible push button with this text."""
    return next(one for one in parent.findChildren(QPushButton) if one.isVisible() and one.text() == text)
