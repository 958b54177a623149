"""The pixels that Qt and the window paint, for the test that the program makes of itself (`photosearch.self_test`)."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication

from photosearch.gui.shell.app import Session, make_application
from photosearch.gui.style.icons import app_icon
from photosearch.library import Library

Pixels = NDArray[np.uint8]  # [H,W,3]


def paint_on_no_screen() -> None:
    """Make the application on a screen that is none, if there is no application yet."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform == "win32":  # where that screen knows no fonts of the system
        os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.environ["SYSTEMROOT"], "Fonts"))
    _application()


def readable_formats() -> set[str]:
    """The formats of pictures that Qt reads, such as png."""
    return {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}


def icon() -> Pixels:
    """The icon of the program, as Qt draws it."""
    return _pixels(app_icon().pixmap(64, 64).toImage())


def watch_window(
    library: Library, folder: Path, is_seen: Callable[[Pixels], bool], patience_s: float
) -> BaseException | None:
    """Open a window that adds a folder, and watch what it paints until `is_seen`, or for so long; a bug meanwhile."""
    app, bugs = _application(), list[BaseException]()
    session = Session(app, library, bugs.append)
    try:
        session.open([str(folder)])
        until = time.monotonic() + patience_s
        while session.window and not is_seen(_pixels(session.window.grab().toImage())) and time.monotonic() < until:
            app.processEvents()
            time.sleep(0.05)
    finally:
        session.close()
    return bugs[0] if bugs else None


def _application() -> QApplication:
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else make_application(["photosearch"])


def _pixels(image: QImage) -> Pixels:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()  # the image goes now
