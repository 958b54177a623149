"""The window at the page of duplicates, which tells of each key when what it led to is painted; for `review.py`.

    python benchmarks/review_window.py LIBRARY
    python benchmarks/review_window.py --groups 20000

One line of JSON each time: the milliseconds since the key, by the clock and of this thread's processor time, what the
page shows, how many decisions were made. With --groups the page is given so many groups of five photos each, which are
not there, and is scrolled.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from photosearch.gui.duplicates.group_view import GroupView
from photosearch.gui.shell.app import Session, make_application
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import Duplicates, Facts, Group, Member, Photo, Progress, Side, Verdict

PHOTOS_A_GROUP = 5
FRAMES = 200
FACTS = Facts("JPEG", 4000, 3000, "2024-05-01T12:00:00", "Camera", None, None, None, 1.0)


class Observer(QObject):
    """Tells on stdout of every key that the page of duplicates got, once the view is painted after it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._view = window, window.duplicates.view
        self._key_at = self._worked = 0.0  # by the clock, and of this thread's processor time
        self._decisions = 0
        window.duplicates.deciding.changed.connect(self._count)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _count(self, _: str) -> None:
        self._decisions += 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched is self._view:
            self._key_at, self._worked = time.perf_counter(), time.thread_time()
        elif event.type() == QEvent.Type.Paint and watched is self._view.viewport() and self._key_at:
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        """The present contents."""
        milliseconds = 1000 * (time.perf_counter() - self._key_at) if self._key_at else 0.0
        worked = 1000 * (time.thread_time() - self._worked) if self._key_at else 0.0
        self._key_at = 0.0
        review, row = self._view.review, self._view.row
        waiting = [each for each in range(len(review.groups)) if review.waiting(each)]
        told = {
            "ms": round(milliseconds, 2), "worked_ms": round(worked, 2),
            "tier": self._window.duplicates.tier, "row": row, "waiting": len(waiting),
            "groups": len(review.groups), "proposed": bool(row >= 0 and review.suggestion(row)),
            "decisions": self._decisions, "undoable": self._window.undo.last is not None,
            "busy": self._window.duplicates.busy,
        }  # fmt: skip
        print(json.dumps(told), flush=True)


def run(library: Library) -> None:
    """Open the window at the page, say so once nothing is left to look at, and live until it is closed."""
    app = make_application(sys.argv[:1])
    session = Session(app, library, report)
    session.open()
    window = session.window
    assert window
    window.resize(1200, 800)
    window.side_bar.page_wanted.emit("duplicates")
    observer = Observer(window)

    def begin() -> None:
        if window.duplicates.busy or session.indexing.condition.running:
            QTimer.singleShot(50, begin)
        else:
            window.duplicates.view.setFocus()
            observer.tell()

    begin()
    app.exec()
    session.close()


def report(error: BaseException) -> None:
    raise error


def made_up(count: int) -> Duplicates:
    """Groups of photos that are not there, all of one tier."""

    def member(number: int, place: int) -> Member:
        photo_id = number * PHOTOS_A_GROUP + place + 1
        path = f"/photos/{'Copies' if place else 'Originals'}/{number // 500:04}/IMG_{photo_id:07}.JPG"
        photo = Photo(photo_id, path, "present", 4_000_000, 0, FACTS)
        side = Side("yes") if place != 2 else Side("no", "content", (0.1, 0.1, 0.2, 0.2))
        stays = place in (0, 2)
        return Member(photo, photo_id, 0.97, Verdict("same"), stays, place > 0, 4_000_000 * (place > 0), side)

    groups = [
        Group(
            "same",
            number * PHOTOS_A_GROUP + 1,
            "Has the most detail",
            tuple(member(number, place) for place in range(5)),
        )
        for number in range(count)
    ]
    return Duplicates(tuple(groups))


def measure(count: int) -> None:
    """The time to open the page with so many groups, to scroll it, to decide, and the memory for it."""
    app = make_application(sys.argv[:1])
    found = made_up(count)
    with tempfile.TemporaryDirectory() as temporary, Library(Path(temporary) / "library", "cpu") as library:

        def duplicates(**_: Any) -> Generator[Progress, None, Duplicates]:
            yield Progress("comparing", 0)
            return found

        library.duplicates = duplicates  # type: ignore[method-assign]
        session = Session(app, library, report)
        session.open()
        window = session.window
        assert window
        window.resize(1280, 800)
        settle(app)
        memory = peak()
        page, view = window.duplicates, window.duplicates.view
        page.open()
        shown_at: list[float] = []
        page.deciding.marks = {}
        took = 0.0
        original = page.deciding.show

        def show(groups: Any) -> None:
            shown_at.append(time.perf_counter())
            original(groups)

        page.deciding.show = show  # type: ignore[method-assign]
        window.side_bar.page_wanted.emit("duplicates")
        while not view.review.groups:
            app.processEvents()
        window.pages.show_middle(page)
        window.pages.setCurrentWidget(window.pages.splitter)
        view.viewport().repaint()
        took = time.perf_counter() - shown_at[0]
        settle(app)
        gaps = scroll(app, view)
        keys = decide(app, window, view)
        told = {
            "open_ms": round(1000 * took),
            "gap_ms": round(1000 * max(gaps), 1),
            "megabytes": round((peak() - memory) / 1e6),
            "key_ms": [round(1000 * each, 1) for each in keys],
        }
        print(json.dumps(told), flush=True)
        session.close()


def settle(app: QApplication) -> None:
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


def scroll(app: QApplication, view: GroupView) -> list[float]:
    """Seconds from one frame to the next while the page is scrolled from its top to its end."""
    bar, gaps = view.verticalScrollBar(), list[float]()
    for frame in range(FRAMES):
        start = time.perf_counter()
        bar.setValue(bar.maximum() * frame // (FRAMES - 1))
        app.processEvents()
        view.viewport().repaint()
        gaps.append(time.perf_counter() - start)
    bar.setValue(0)
    return gaps


def decide(app: QApplication, window: MainWindow, view: GroupView) -> list[float]:
    """Seconds from a decision to the next group painted, for each of the keys."""
    took = list[float]()
    for deed in ("take", "not duplicates", "keep all", "let go") * 10:
        start = time.perf_counter()
        window.duplicates.decide(deed)  # type: ignore[arg-type]
        view.viewport().repaint()
        took.append(time.perf_counter() - start)
        app.processEvents()
    return took


def peak() -> int:
    """Bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", type=Path)
    parser.add_argument("--groups", type=int)
    options = parser.parse_args()
    if options.groups:
        measure(options.groups)
        return
    with Library(options.library, "cpu") as library:
        run(library)


if __name__ == "__main__":
    main()
