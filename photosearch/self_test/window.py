"""Tests of the window, on a screen that is none: it is opened, and the photos are found in what it painted."""

import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication

from photosearch.gui.shell.app import Session, make_application
from photosearch.gui.style.icons import app_icon
from photosearch.library import Library
from photosearch.models import Unreadable
from photosearch.paths import resources
from photosearch.self_test.failed import Failed

PICTURE = "colours.jpg"  # four squares of strong colours
NEAR = 40  # of 255, how far a channel may be off after compression and scaling
FEWEST_PIXELS = 200  # of each colour, that are seen in the window
PATIENCE_S = 60.0


def check_plugins(_: Path) -> str:
    """Qt reads what thumbnails and icons are kept as."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform == "win32":  # where that screen knows no fonts of the system
        os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.environ["SYSTEMROOT"], "Fonts"))
    _application()
    known = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    if lacking := {"jpeg", "png"} - known:
        raise Failed(f"Qt lacks its plugin for {', '.join(sorted(lacking))}: the window would show names only.")
    if len(_colours(app_icon().pixmap(64, 64).toImage())) < 2:
        raise Failed("Qt cannot draw the icons.")
    return ", ".join(sorted(known))


def check_window(scratch: Path) -> str:
    """The pixels of a photo are seen in the window."""
    album = scratch / "for the window"
    album.mkdir()
    photo = shutil.copyfile(resources() / "self-test" / PICTURE, album / PICTURE)
    app, bugs = _application(), list[BaseException]()
    with Library(scratch / "window", "cpu") as library:
        pixels = library.photos.picture(str(photo))
        if isinstance(pixels, Unreadable):
            raise Failed(pixels.reason)
        height, width, _ = pixels.shape
        wanted = [pixels[y, x] for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
        session = Session(app, library, bugs.append)
        try:
            session.open([str(album)])
            fewest = _wait_for(app, session, wanted)
        finally:
            session.close()
    if bugs:
        raise Failed(f"While the window was open: {bugs[0]!r}.")
    if fewest < FEWEST_PIXELS:
        raise Failed("The window shows no photo: its pixels are not in what was painted.")
    return f"a photo is seen, {fewest} pixels or more of each of its colours"


def _wait_for(app: QApplication, session: Session, wanted: list[NDArray[np.uint8]]) -> int:
    """The pixels of the rarest of the colours, once there are enough or nobody waits any longer."""
    until, fewest = time.monotonic() + PATIENCE_S, 0
    while fewest < FEWEST_PIXELS and time.monotonic() < until and session.window:
        app.processEvents()
        time.sleep(0.05)
        painted = _pixels(session.window.grab().toImage()).astype(int)
        fewest = min(int((np.abs(painted - colour.astype(int)).max(axis=2) < NEAR).sum()) for colour in wanted)
    return fewest


def _application() -> QApplication:
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else make_application(["photosearch"])


def _pixels(image: QImage) -> NDArray[np.uint8]:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()  # the image goes now


def _colours(image: QImage) -> set[tuple[int, ...]]:
    return {tuple(pixel) for pixel in _pixels(image).reshape(-1, 3).tolist()}
