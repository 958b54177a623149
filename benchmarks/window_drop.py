"""The time from a drop to its answer in an open window; for window_live.py.

    python benchmarks/window_drop.py LIBRARY OUTSIDE… [--at-once]

Drops photos of the library, then the files OUTSIDE of it. Prints a JSON object of seconds: for each drop the time until
the grid shows another answer, and what decoding and encoding each file of OUTSIDE takes alone. With --at-once it drops
one photo of the library as soon as the window shows photos, while all else is only being loaded.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMimeData, QTimer, QUrl

from photosearch.gui.shell.app import Session, make_application
from photosearch.gui.shell.main_window import MainWindow
from photosearch.ingest.reader import Reader, unknown
from photosearch.library import Library
from photosearch.models import Decoded

DROPS = 20
PATIENCE_S = 60
SOME = 6  # photos that are in view in any window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("outside", nargs="*")
    parser.add_argument("--at-once", action="store_true")
    options = parser.parse_args()
    app = make_application(sys.argv[:1])
    with Library(options.library) as library:
        session = Session(app, library, stop)
        session.open()
        window = session.window
        assert window
        wait_until(lambda: bool(window.gallery.grid.photos.ids))
        ids = window.gallery.grid.photos.ids
        inside = [photo.path for photo in library.photos.get(ids[:: len(ids) // DROPS][:DROPS]).values()]
        if options.at_once:
            told = {"at once": [drop(window, inside[0])]}
        else:
            library.warm_up()
            wait_until(lambda: not window.indexing.condition.running)
            told = {"inside": [drop(window, path) for path in inside], "outside": list[float](), "alone": list[float]()}
            for path in options.outside:  # one beside the other, as other programs may disturb both
                told["alone"].append(describe(library, path))
                told["outside"].append(drop(window, path))
        print(json.dumps(told))
        session.close()


def drop(window: MainWindow, path: str) -> float:
    """Seconds from a drop to the answer in the grid; the window is at rest before."""
    settle(window)
    shown: list[float] = []
    connection = window.gallery.shown.connect(lambda: shown.append(time.perf_counter()))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    start = time.perf_counter()
    window.commands.take(data)
    wait_until(lambda: bool(shown))
    window.gallery.shown.disconnect(connection)
    if window.history.here.photos != (path,) or window.banner.text:
        raise SystemExit(f"The answer to {os.path.basename(path)} did not come: {window.banner.text}")
    return shown[0] - start


def settle(window: MainWindow) -> None:
    """Let the thumbnails of the page before arrive."""
    grid = window.gallery.grid
    first = list(grid.photos.ids[:SOME])
    wait_until(lambda: all(grid.photos.loader.pixmap(one) or grid.photos.loader.lacks(one) for one in first))


def describe(library: Library, path: str) -> float:
    """Seconds that decoding and encoding take without a window."""
    bundle = library.bundle
    reader = Reader(bundle.input_size, bundle.resize, 1)
    start = time.perf_counter()
    decoded = reader.read(path, unknown)
    if not isinstance(decoded, Decoded):
        raise SystemExit(f"{path} cannot be read.")
    library.encoder.encode(decoded.pixels[None])
    seconds = time.perf_counter() - start
    reader.close()
    return seconds


def wait_until(done: Callable[[], bool]) -> None:
    """Run the window until something has come about."""
    end = time.monotonic() + PATIENCE_S
    tick = QTimer(interval=10)
    tick.start()  # so that there is always something to wait for
    while not done():
        if time.monotonic() > end:
            raise SystemExit("The window did not come to rest.")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def stop(error: BaseException) -> None:
    """A bug ends the measurement."""
    raise error


if __name__ == "__main__":
    main()
