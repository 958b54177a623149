"""Renders every page of the window, light and dark, with the sample photos: `docs/make_screenshots.py OUT_FOLDER`.

Those that the documentation shows, in `docs/screenshots`, are made so, without further options. `--language de` and
`--scale 1.5` are for looking. Run it with the Python of `.venv`; no display is needed.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

parser = argparse.ArgumentParser(description="Render every page of the window.")
parser.add_argument("out", type=Path)
parser.add_argument("--language", default="en")
parser.add_argument("--scale", default="1")
parser.add_argument("--width", type=int, default=1280)
parser.add_argument("--height", type=int, default=800)
options = parser.parse_args()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = options.scale  # Qt reads it once, when it is loaded

from PIL import ExifTags, Image, ImageFilter  # noqa: E402
from PySide6.QtCore import QEventLoop, QItemSelectionModel, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QTabBar, QTabWidget, QWidget  # noqa: E402

from photosearch.gui.search.filters import Filters  # noqa: E402
from photosearch.gui.shell.app import Session, make_application  # noqa: E402
from photosearch.gui.shell.main_window import MainWindow  # noqa: E402
from photosearch.library import Library  # noqa: E402
from photosearch.models import TIERS, Filter, Query, Region  # noqa: E402
from photosearch.paths import resources  # noqa: E402
from photosearch.settings import Theme  # noqa: E402

RUN = Path(__file__).parent / "run-of-training.jsonl"  # what `photosearch train --lines` wrote
PLAYER = """
import sys
*course, end = open(sys.argv[1]).read().splitlines()
print(*course, sep="\\n", flush=True)
sys.stdin.read()
print(end, flush=True)
"""
QUALITY = 88
SETTLE_MS = 900
PAUSE_MS = 50
SHOT_GROUPS = 3  # that `save_shots` makes


def wait(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


@contextmanager
def open_window(app: QApplication, library: Library) -> Iterator[MainWindow]:
    """The window of a library, with nothing left to do."""
    session = Session(app, library, report_bug, [sys.executable, "-c", PLAYER, str(RUN)])
    session.open()
    assert session.window
    session.window.resize(options.width, options.height)
    wait(SETTLE_MS)
    while session.indexing.condition.running:
        wait(PAUSE_MS)
    yield session.window
    session.close()


def report_bug(error: BaseException) -> None:
    """A bug ends the run."""
    raise error


def save(widget: QWidget, name: str, theme: str) -> None:
    """One picture, once everything has arrived."""
    wait(SETTLE_MS)
    widget.grab().save(str(options.out / f"{name}-{theme}.jpg"), "JPEG", QUALITY)  # pyright: ignore


def dialogs(window: MainWindow) -> list[QWidget]:
    """The dialog that is open above the window."""
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]


def render_dialog(window: MainWindow, action: str, name: str, theme: str) -> None:
    """Open a dialog by its action, render it with all of its tabs, and close it."""
    window.actions_by_name[action].trigger()
    wait(SETTLE_MS)
    for dialog in dialogs(window):
        if not isinstance(dialog, QDialog | Filters):
            continue
        tabs = dialog.findChild(QTabWidget)
        if action == "settings":
            wait(6 * SETTLE_MS)  # the encoders are being measured
        for number in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(number)
            save(dialog, f"{name}-{number + 1}" if tabs else name, theme)
        dialog.close()


def render_search(window: MainWindow, photos: Path, theme: str) -> None:
    """Searches: by one photo, refined, and by a region."""
    grid = window.gallery.grid
    window.history.visit(Query((str(photos / "Animals" / "Jaguars.jpg"),)))
    wait(SETTLE_MS)
    grid.select(grid.photos.ids[0])
    save(window, "lookalikes", theme)
    window.drop_zones.open()
    save(window, "drop", theme)
    window.drop_zones.hide()
    holiday = photos / "Holiday"
    castles = sorted(str(photo) for photo in holiday.rglob("*.jpg"))
    window.history.visit(Query(tuple(castles[:2]), (castles[-1],), only=Filter(str(photos), formats=("JPEG", "WEBP"))))
    save(window, "refined", theme)
    window.history.visit(Query((str(photos / "Edited" / "Postcard.jpg"),), region=Region(60, 60, 300, 220)))
    save(window, "region", theme)
    window.history.visit(Query((str(photos / "Animals" / "Owl.jpg"),)))
    wait(SETTLE_MS)
    window.gallery.strictness.setValue(window.gallery.strictness.maximum())
    save(window, "nothing-alike", theme)


def render_duplicates(window: MainWindow, theme: str) -> None:
    """Every tier, an edited copy compared, the rules and the review before anything goes."""
    page = window.duplicates
    window.side_bar.page_wanted.emit("duplicates")
    while page.busy:
        wait(PAUSE_MS)
    tabs = page.findChild(QTabBar)
    for place, tier in enumerate(TIERS):
        tabs.setCurrentIndex(place)
        save(window, f"duplicates-{tier}", theme)
    tabs.setCurrentIndex(TIERS.index("edited"))
    page.suggest()
    window.banner.hide()  # it says what was chosen, and lies over the tabs
    save(window, "duplicates-going", theme)
    page.view.opened.emit()
    save(window, "duplicates-compare", theme)
    window.compare.close_view()
    window.actions_by_name["open"].trigger()
    save(window, "duplicates-viewer", theme)
    window.viewer.close_view()
    for name, act in (
        ("duplicates-review", page.review), ("duplicates-rules", page.rules_wanted.emit),
        ("duplicates-by-rule", page.deciding.ask_for_rule), ("duplicates-decisions", page.list_wanted.emit),
    ):  # fmt: skip
        act()
        wait(SETTLE_MS)
        for dialog in dialogs(window):
            if isinstance(dialog, QDialog):
                save(dialog, name, theme)
                dialog.close()
    window.history.visit(Query(()))


def render_clusters(window: MainWindow, theme: str) -> None:
    """The cards of the clusters, and the photos of one."""
    window.side_bar.page_wanted.emit("clusters")
    while not window.clusters.cards.photos.ids:
        wait(PAUSE_MS)
    save(window, "clusters", theme)
    window.clusters.cards.setCurrentIndex(window.clusters.cards.photos.index(0))
    if card := window.clusters.card:
        window.clusters.open_card(card)
        save(window, "clusters-opened", theme)
    window.history.visit(Query(()))


def save_shots(samples: Path, folder: Path) -> None:
    """Samples as one camera would have taken them in a row: an exposure bracket, a panorama and a burst."""
    folder.mkdir()
    castle = Image.open(samples / "Holiday" / "France" / "Chenonceau.jpg")
    for number, stops in enumerate((0, -2, 1)):
        lit = castle.point(lambda value, stops=stops: min(255, round(value * 2 ** (stops / 2.2))))
        save_shot(folder / f"IMG_410{number}.jpg", lit, 250 * number, 2.0**stops / 100)
    wide = Image.open(samples / "Holiday" / "Far away" / "Machu Picchu.jpg")
    for number in range(4):
        part = wide.crop((120 * number, 0, 120 * number + 440, 450))
        save_shot(folder / f"IMG_420{number}.jpg", part, 60_000 + 900 * number)
    horses = Image.open(samples / "Animals" / "Horses.jpg")
    for number, blur in enumerate((1.5, 0.8, 0, 0.8)):
        shot = horses.crop((6 * number, 2 * number, 760 + 6 * number, 500 + 2 * number))
        save_shot(folder / f"IMG_430{number}.jpg", shot.filter(ImageFilter.GaussianBlur(blur)), 120_000 + 200 * number)


def save_shot(file: Path, picture: Image.Image, moment_ms: int, exposure_s: float = 0.01) -> None:
    """A photo with the EXIF of a camera, taken so long after the first one."""
    taken = datetime(2026, 6, 14, 18, 5, 7) + timedelta(milliseconds=moment_ms)
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Camera"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    details[ExifTags.Base.SubsecTimeOriginal] = f"{taken.microsecond // 1000:03}"
    details[ExifTags.Base.ExposureTime] = exposure_s
    picture.save(file, exif=exif, quality=QUALITY)


def render_bursts(window: MainWindow, photos: Path, theme: str) -> None:
    """Shots in a row, all of them decided at once, and their stacks among all photos."""
    save_shots(photos, photos / "In a row")
    window.indexing.start()
    wait(SETTLE_MS)
    while window.indexing.condition.running:
        wait(PAUSE_MS)
    page = window.bursts
    window.side_bar.page_wanted.emit("bursts")
    while len(page.view.review.groups) < SHOT_GROUPS:
        wait(PAUSE_MS)
    page.keep_best()
    window.banner.hide()
    save(window, "bursts", theme)
    window.actions_by_name["stack"].trigger()
    window.history.visit(Query((), only=Filter(str(photos / "In a row"))))
    wait(SETTLE_MS)
    window.gallery.grid.select(window.gallery.grid.photos.ids[-1])
    save(window, "bursts-stacked", theme)
    window.actions_by_name["stack"].trigger()
    window.history.visit(Query(()))
    shutil.rmtree(photos / "In a row")


def render_map(window: MainWindow, theme: str) -> None:
    """The map; so few photos stand in it themselves."""
    window.side_bar.page_wanted.emit("map")
    while not (window.map.painted and window.map.painted.clusters.any()):
        wait(PAUSE_MS)
    save(window, "map", theme)
    window.history.visit(Query(()))


def render_labels(window: MainWindow, library: Library, photos: Path, theme: str) -> None:
    """The photos of a label, and the labels of some of them."""
    for folder in photos.iterdir():
        library.labels.add(folder.name, library.photos.at(str(folder)))
    grid = window.gallery.grid
    window.side_bar.refresh()
    window.history.visit(Query((), only=Filter(label="Edited")))
    wait(SETTLE_MS)
    library.labels.add("To print", grid.photos.ids[1:3])
    window.side_bar.refresh()
    grid.select(grid.photos.ids[1])
    for row in (2, 3):
        grid.selectionModel().select(grid.photos.index(row), QItemSelectionModel.SelectionFlag.Select)
    save(window, "labels", theme)
    render_dialog(window, "label", "label", theme)
    window.history.visit(Query(()))


def render_teach(window: MainWindow, library: Library, theme: str) -> None:
    """Without labels, with those that the folders give, and a run that was recorded: under way, and at its end."""
    training = window.teach.training
    window.side_bar.page_wanted.emit("teach")
    save(window, "teach-no-labels", theme)
    photos = library.photos.get(list(library.photos.listing().ids))
    for photo_id, photo in photos.items():
        library.labels.add(Path(photo.path).parent.name, [photo_id])
    window.side_bar.page_wanted.emit("teach")
    save(window, "teach", theme)
    wait(SETTLE_MS)
    window.teach.teach()
    while training.state is None or training.state.step == 0:
        wait(PAUSE_MS)
    save(window, "teach-learning", theme)
    training.stop()
    while training.running:
        wait(PAUSE_MS)
    save(window, "teach-gained", theme)
    for label in library.labels.counts():
        library.labels.remove(label, list(photos))
    window.history.visit(Query(()))


def render(window: MainWindow, library: Library, photos: Path, theme: str) -> None:
    """All pages of a library with photos."""
    grid = window.gallery.grid
    save(window, "all-photos", theme)
    grid.select(grid.photos.ids[5])
    save(window, "details", theme)
    render_search(window, photos, theme)
    jaguars = str(photos / "Animals" / "Jaguars.jpg"), str(photos / "Edited" / "Jaguars cropped.jpg")
    window.history.visit(Query((jaguars[0],)))
    wait(SETTLE_MS)
    grid.opened.emit(grid.photos.ids[0])
    save(window, "viewer", theme)
    window.viewer.close_view()
    window.commands.compare(jaguars)
    save(window, "compare", theme)
    window.compare.close_view()
    render_duplicates(window, theme)
    render_clusters(window, theme)
    render_map(window, theme)
    render_teach(window, library, theme)
    for action, name in (
        ("filter", "filters"), ("settings", "settings"), ("unreadable", "unreadable"),
        ("shortcuts", "shortcuts"), ("about", "about"),
    ):  # fmt: skip
        render_dialog(window, action, name, theme)


def main() -> None:
    """Both themes, from the first start on."""
    options.out.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.gettempdir()) / "Photosearch"  # seen in the pictures
    photos = place / "Pictures"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(resources() / "samples" / "photos", photos)
    (photos / "Sky" / "cut short.jpg").write_bytes((photos / "Animals" / "Owl.jpg").read_bytes()[:4_000])
    (photos / "Sky" / "empty.png").touch()
    app = make_application(["photosearch"])
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        with Library(place / f"library-{theme}") as library:
            library.change(replace(library.settings, theme=theme, language=options.language))
            with open_window(app, library) as window:
                save(window, "start", theme)
                window.folders.add([str(photos)])
                wait(SETTLE_MS)
                while window.indexing.condition.running:
                    wait(PAUSE_MS)
                wait(SETTLE_MS)
                render(window, library, photos, theme)
                render_labels(window, library, photos, theme)
                render_bursts(window, photos, theme)
    shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
