"""One start of the window as a process of its own, which tells when it was first painted; for window_live.py.

    python benchmarks/window_start.py bare|LIBRARY STARTED [--settle] [--stay]

STARTED is the moment at which the process was started, in seconds of `time.time`. Prints a JSON object of seconds from
there: to the first paint, to the first photos painted, with --settle to the end of the first scan, and to the end of
the event loop; and of processor time. With --stay, the bare window stays until the process is ended.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

SOME = 6  # photos that are in view in any window
Told = dict[str, float]


def main() -> None:
    what, started = sys.argv[1], float(sys.argv[2])
    told: Told = {}

    def tell(moment: str) -> None:
        told.setdefault(moment, time.time() - started)
        told.setdefault(f"{moment}, processor", time.process_time())

    (start_bare if what == "bare" else lambda tell: start_photosearch(what, tell))(tell)
    tell("ended")
    print(json.dumps(told))


def start_bare(tell: Callable[[str], None]) -> None:
    """An empty window, which is the least that any program with Qt must do."""
    app = QApplication([])
    window = after_paint(QMainWindow, lambda _: (tell("painted"), "--stay" in sys.argv or app.quit()))()
    window.resize(1280, 820)
    window.show()
    app.exec()


def start_photosearch(library: str, tell: Callable[[str], None]) -> None:
    """The program as it is started, with two of its widgets telling when they have been painted."""
    from photosearch import __main__
    from photosearch.gui.search import gallery
    from photosearch.gui.shell import main_window

    def seen(grid: Any) -> None:
        ids, loader = grid.photos.ids, grid.photos.loader
        if len(ids) and all(loader.pixmap(photo_id) for photo_id in ids[:SOME]):
            tell("photos painted")
            if "--settle" not in sys.argv:
                QTimer.singleShot(0, QApplication.closeAllWindows)

    def painted(window: Any) -> None:
        tell("painted")
        window.indexing.changed.connect(lambda: follow(window.indexing.condition))

    def follow(condition: Any) -> None:
        stages.append(condition.progress.stage if condition.progress else "")
        if "scanning" in stages and stages[-1] != "scanning" and "--settle" in sys.argv:
            tell("settled")
            QTimer.singleShot(0, QApplication.closeAllWindows)

    stages: list[str] = []
    main_window.MainWindow = after_paint(main_window.MainWindow, painted)  # type: ignore[misc]
    gallery.GridView = after_paint(gallery.GridView, seen)  # type: ignore[misc]
    from photosearch.gui.shell import app

    app.MainWindow = main_window.MainWindow  # type: ignore[misc]
    if code := __main__.main(["--library", library]):
        sys.exit(code)


def after_paint(widget: type[Any], do: Callable[[Any], object]) -> type[Any]:
    """A kind of `widget` that does something once it, and what is in it, has been painted."""

    class Painted(widget):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: do(self))

    return Painted


if __name__ == "__main__":
    main()
