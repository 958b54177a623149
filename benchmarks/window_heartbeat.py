"""The delays of the window's thread while photos are indexed, scrolled and searched; for window_live.py.

    python benchmarks/window_heartbeat.py PHOTOS_FOLDER [--photos 3000] [--stacks]

Links that many files of PHOTOS_FOLDER into a new folder and indexes them in an open window, which scrolls and
searches meanwhile. A timer of 5 ms measures by how much each beat is late. Prints a JSON object: the beats in ms
(`median`, `p99`, `worst`, how many were `over 50`, and as `not queued` the worst apart from the time in which no core
was free), and what went on at the worst of them. --stacks tells on stderr where all threads stood in each long gap.
"""

import argparse
import faulthandler
import json
import os
import sys
import tempfile
import threading
import time
import traceback
from itertools import islice
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from photosearch.gui.shell.app import Session, make_application
from photosearch.gui.shell.main_window import MainWindow
from photosearch.ingest.decoding.formats import is_photo_name
from photosearch.library import Library

BEAT_MS = 5
LONG_MS = 30.0  # gaps of which the stacks are told
WORST_TOLD = 5


class Gap(NamedTuple):
    """A late beat."""

    late_ms: float
    own_ms: float  # of the processor, on the window's thread
    queued_ms: float  # ready, while every core was busy with something else; the rest it waited for other threads
    stage: str
    at_s: float


class Pulse:
    """Beats on the window's thread; where `stacks` are wanted, another thread tells them while a beat is missing."""

    def __init__(self, session: Session, stacks: bool) -> None:
        self._desk = session
        self.gaps: list[Gap] = []
        self._began = self._last = time.perf_counter()
        self._own, self._queued = time.thread_time(), queued_ms()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        if stacks:
            threading.Thread(target=self._watch, daemon=True).start()

    def _beat(self) -> None:
        now, own, queued = time.perf_counter(), time.thread_time(), queued_ms()
        condition = self._desk.indexing.condition
        stage = condition.progress.stage if condition.running and condition.progress else "at rest"
        late = 1000 * (now - self._last) - BEAT_MS
        self.gaps.append(Gap(max(0.0, late), 1000 * (own - self._own), queued - self._queued, stage, now - self._began))
        self._last, self._own, self._queued = now, own, queued

    def _watch(self) -> None:
        # Python's own way to look at another thread's stack would keep what is on it, such as painters, alive.
        while True:
            time.sleep(BEAT_MS / 1000)
            if (late := 1000 * (time.perf_counter() - self._last) - BEAT_MS) > LONG_MS:
                print(
                    f"--- {late:.0f} ms late at {time.perf_counter() - self._began:.2f} s", file=sys.stderr, flush=True
                )
                faulthandler.dump_traceback(sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=3000)
    parser.add_argument("--stacks", action="store_true")
    options = parser.parse_args()
    app = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        photos = Path(place).resolve() / "photos"
        paths = take_photos(options.folder, photos, options.photos)
        with Library(Path(place) / "library") as library:
            session = Session(app, library, lambda error: traceback.print_exception(error))
            session.open([str(photos)])
            pulse, seconds = run(app, session, paths, options.stacks)
            session.close()
    late = [gap.late_ms for gap in pulse.gaps]
    worst = [gap._asdict() for gap in sorted(pulse.gaps, reverse=True)[:WORST_TOLD]]
    print(
        json.dumps(
            {
                "photos": len(paths), "seconds": seconds, "beats": len(late), "median": float(np.median(late)),
                "p99": float(np.percentile(late, 99)), "worst": max(late), "over 50": sum(ms > 50 for ms in late),
                "not queued": max(max(0.0, gap.late_ms - gap.queued_ms) for gap in pulse.gaps), "at worst": worst,
            }
        )
    )  # fmt: skip


def queued_ms() -> float:
    """The time for which this thread was ready and no core was free, since it began; 0 where no system tells."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6
    except OSError:
        return 0.0


def take_photos(source: Path, target: Path, count: int) -> list[str]:
    """Put `count` photos of a folder into a new one, without links of the kind that a scan follows."""
    target.mkdir()
    found = (path for path in sorted(source.rglob("*")) if is_photo_name(path.name) and path.is_file())
    paths: list[str] = []
    for number, path in enumerate(islice(found, count)):
        folder = target / f"{number // 200:03}"
        folder.mkdir(exist_ok=True)
        try:
            os.link(path, folder / path.name)
        except OSError:
            copy2(path, folder / path.name)
        paths.append(str(folder / path.name))
    return paths


def run(app: QApplication, session: Session, paths: list[str], stacks: bool) -> tuple[Pulse, float]:
    """Index to the end, as a person looks on; the pulse, and how many seconds it took."""
    window = session.window
    assert window
    pulse = Pulse(session, stacks)
    start = time.perf_counter()
    timers = [QTimer(interval=ms) for ms in (100, 1000, 100)]
    timers[0].timeout.connect(lambda: scroll(window))
    timers[1].timeout.connect(lambda: search(window, paths, time.perf_counter() - start))
    timers[2].timeout.connect(lambda: app.quit() if finished(session) else None)
    for timer in timers:
        timer.start()
    app.exec()
    return pulse, time.perf_counter() - start


def scroll(window: MainWindow) -> None:
    """A little on, and from the end to the beginning."""
    bar = window.gallery.grid.verticalScrollBar()
    bar.setValue(bar.value() + 60 if bar.value() < bar.maximum() else 0)


def search(window: MainWindow, paths: list[str], seconds: float) -> None:
    """Look for one photo after another, and for nothing in between."""
    number = int(seconds)
    if number % 3:
        window.commands.search((paths[number * 7 % len(paths)],))
    else:
        window.actions_by_name["clear"].trigger()


def finished(session: Session) -> bool:
    """True if the one run of indexing has come to its end."""
    return session.indexing.condition.summary is not None and not session.indexing.condition.running


if __name__ == "__main__":
    main()
