"""The time for which a million photos block the window's thread, beside QListView with a fiftieth of them.

    python benchmarks/grid.py [N] [--rival 20000] [--runs 7]

A library of N photos (1,000,000), made up but for their thumbnails, listed by month, in a window of 1200 × 800 without
a screen. Each time is of the window's thread alone: the call, and the events of the 40 ms after it, painting included.
Target: each below 50 ms, and 150 MB more than the process had before the grid.
"""

import argparse
import io
import os
import statistics
import tempfile
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np
from machine import resident_bytes, tell_machine, verdict
from PIL import Image
from PySide6.QtCore import QElapsedTimer, QSize, QStringListModel
from PySide6.QtWidgets import QApplication, QListView
from synthetic import Scenes, fill

from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import FoundFile, Listing

TARGET_MS, TARGET_BYTES = 50.0, 150_000_000
SHOT_EVERY_S = 157  # 1,000,000 photos in five years
FIRST_NS = 1_600_000_000 * 10**9
PAINTED_MS = 40  # within which Qt lays out and paints what was asked for
PICTURES = 3000  # photos at each end of the listing that have a thumbnail
SIZE, OTHER_SIZE = (1200, 800), (940, 800)
ROW = "{:<22} {:>10} {:>12} {:>8}  {}"
Action = Callable[[], object]
Actions = dict[str, tuple[Action, Action]]  # what comes before, untimed, and what is timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="?", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--rival", type=int, default=20_000, help="rows of the QListView")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    tell_machine()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as place, Library(Path(place), "cpu") as library:
        make_library(library, options.photos)
        listing = library.photos.listing("newest")
        rival = measure_rival(app, options.rival, options.runs)
        own, grown = measure_grid(app, library, listing, options.runs)
    print(ROW.format("", "grid ms", "QListView ms", "ratio", f"target {TARGET_MS:.0f} ms"))
    for name, ms in own.items():
        beside = f"{rival[name]:.1f}" if name in rival else ""
        ratio = f"{rival[name] / ms:.1f}" if name in rival else ""
        print(ROW.format(name, f"{ms:.1f}", beside, ratio, verdict(ms < TARGET_MS)))
    print(f"{len(listing.ids):,} photos in {len(listing.sections)} months beside {options.rival:,} rows")
    print(f"memory of the grid: {grown / 1e6:.0f} MB, target {TARGET_BYTES / 1e6:.0f}: {verdict(grown < TARGET_BYTES)}")


def make_library(library: Library, photos: int) -> None:
    """Fill a library, and give the photos at both ends of its listing a thumbnail."""
    files = (
        FoundFile(f"/photos/{n // 500:04}/IMG_{n:07}.JPG", 4_000_000, FIRST_NS + n * SHOT_EVERY_S * 10**9)
        for n in range(photos)
    )
    fill(library.catalog, library.encoder_id, files, Scenes(2, photos))
    pixels = np.random.default_rng(0).integers(0, 256, (6, 9, 3), np.uint8)
    jpeg = io.BytesIO()
    Image.fromarray(pixels).resize((384, 256)).save(jpeg, "JPEG")
    ends = [*range(1, PICTURES + 1), *range(max(1, photos - PICTURES), photos + 1)]
    library.thumbnails.put((number.to_bytes(32), jpeg.getvalue()) for number in ends)


def measure_grid(app: QApplication, library: Library, listing: Listing, runs: int) -> tuple[dict[str, float], int]:
    """Median ms of each thing done, and the bytes by which the process has grown after looking at many photos."""
    jobs = Jobs()
    before = resident_bytes()
    grid = GridView(library, jobs, ThumbnailLoader(library, jobs))
    grid.resize(*SIZE)
    grid.show()
    settle(app, 200)
    bar = grid.verticalScrollBar()
    actions: Actions = {
        "show": (lambda: grid.show_listing(Listing(array("q"), ())), lambda: grid.show_listing(listing)),
        "resize": (lambda: grid.resize(*SIZE), lambda: grid.resize(*OTHER_SIZE)),
        "jump to the end": (grid.scrollToTop, grid.scrollToBottom),
        "select all": (grid.clearSelection, grid.selectAll),
        "show again, all chosen": (grid.selectAll, lambda: grid.show_again(listing)),
        "go to a photo": (grid.scrollToTop, lambda: grid.select(listing.ids[len(listing.ids) // 2])),
        "scroll": (grid.scrollToTop, lambda: bar.setValue(97)),
        "larger thumbnails": (lambda: grid.set_cell_size(160), lambda: grid.set_cell_size(200)),
    }
    times = measure(app, actions, runs)
    grid.scrollToTop()
    for _ in range(60):  # until the cache of thumbnails is full
        bar.setValue(bar.value() + SIZE[1])
        settle(app, 50)
    grown = resident_bytes() - before
    jobs.close()
    grid.close()
    return times, grown


def measure_rival(app: QApplication, rows: int, runs: int) -> dict[str, float]:
    """The same with Qt's own view in icon mode, without pictures."""
    names = [f"IMG_{number:07}.JPG" for number in range(rows)]
    view = QListView()
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
    view.setUniformItemSizes(True)
    view.setGridSize(QSize(190, 190))
    view.resize(*SIZE)
    model = QStringListModel()
    view.setModel(model)
    view.show()
    actions: Actions = {
        "show": (lambda: model.setStringList([]), lambda: model.setStringList(names)),
        "resize": (lambda: view.resize(*SIZE), lambda: view.resize(*OTHER_SIZE)),
        "jump to the end": (view.scrollToTop, view.scrollToBottom),
        "select all": (view.clearSelection, view.selectAll),
    }
    times = measure(app, actions, runs)
    view.close()
    return times


def measure(app: QApplication, actions: Actions, runs: int) -> dict[str, float]:
    """Median ms until the window's thread has done each action and painted what came of it."""
    times: dict[str, float] = {}
    for name, (prepare, action) in actions.items():
        taken: list[float] = []
        for _ in range(runs):
            prepare()
            settle(app, 150)
            start = time.perf_counter()
            action()
            taken.append(1000 * (time.perf_counter() - start) + settle(app, PAINTED_MS))
        times[name] = statistics.median(taken)
    return times


def settle(app: QApplication, milliseconds: int) -> float:
    """Handle events for a while; return for how many milliseconds of it the thread was busy."""
    timer, busy_s = QElapsedTimer(), 0.0
    timer.start()
    while timer.elapsed() < milliseconds:
        start = time.perf_counter()
        app.processEvents()
        busy_s += time.perf_counter() - start
        time.sleep(0.001)
    return 1000 * busy_s


if __name__ == "__main__":
    main()
