"""Another encoder takes over while the window is in use, and goes again."""

import json
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget
from pytestqt.qtbot import QtBot

from photosearch.gui.settings.settings_dialog import SettingsDialog
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.status_bar import in_words
from photosearch.library import Library
from photosearch.models import Match, Progress, Query
from tests.gui.driving import WAIT_MS, button, wait_for_answer, wait_for_photos
from tests.photos import save_photo

OTHER = "default-int8"


def shown(window: MainWindow) -> list[Match | None]:
    """The answer that the grid shows."""
    return [window.gallery.match(photo_id) for photo_id in window.gallery.grid.photos.ids]


def open_settings(window: MainWindow) -> SettingsDialog:
    """The settings, at what concerns the search."""
    window.actions_by_name["settings"].trigger()
    dialog = window.findChildren(SettingsDialog)[0]
    dialog.findChildren(QTabWidget)[0].setCurrentIndex(1)
    return dialog


def choose_encoder(dialog: SettingsDialog, name: str) -> None:
    box = next(box for box in dialog.findChildren(QComboBox) if box.findData(name) >= 0)
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def about(dialog: SettingsDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def serves(window: MainWindow, library: Library, name: str) -> bool:
    return (
        library.settings.encoder == name and library.encoders.adopting is None and not window.indexing.condition.running
    )


def test_what_is_shown_is_asked_anew_and_comes_back(
    filled: MainWindow, library: Library, samples: Path, qtbot: QtBot
) -> None:
    query = Query((str(samples / "sample 3.jpg"),))
    filled.history.visit(query)
    wait_for_answer(qtbot, filled, "smaller.png")
    before, current = shown(filled), filled.gallery.grid.photos.ids[-1]
    filled.gallery.grid.select(current)
    dialog = open_settings(filled)
    stages = set[str]()
    filled.indexing.changed.connect(
        lambda: stages.add(filled.indexing.condition.progress.stage if filled.indexing.condition.progress else "")
    )
    choose_encoder(dialog, OTHER)
    qtbot.waitUntil(lambda: serves(filled, library, OTHER), timeout=WAIT_MS)
    assert "re-encoding" in stages
    qtbot.waitUntil(lambda: shown(filled) == library.similar(query), timeout=WAIT_MS)
    assert shown(filled) != before
    assert filled.gallery.place == query
    qtbot.waitUntil(lambda: "“default” was used before" in about(dialog), timeout=WAIT_MS)
    qtbot.mouseClick(button(dialog, "Back to “default”"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: serves(filled, library, "default"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: shown(filled) == before, timeout=WAIT_MS)
    assert filled.gallery.grid.current_id() == current


def test_new_photos_do_not_wait_until_all_are_encoded_anew(
    window: MainWindow, library: Library, album: Path, qtbot: QtBot
) -> None:
    for seed in range(80):
        save_photo(album / f"{seed}.jpg", seed)
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, 80)
    library.encoders.adopt(OTHER)
    seen: list[tuple[str, str]] = []

    def follow() -> None:
        progress = window.indexing.condition.progress
        if progress and progress.stage == "re-encoding" and not (album / "new.jpg").exists():
            save_photo(album / "new.jpg", 99)
            window.indexing.notice([str(album)])
        if progress and (not seen or seen[-1][0] != progress.stage):
            seen.append((progress.stage, library.settings.encoder))

    window.indexing.changed.connect(follow)
    window.indexing.start()
    qtbot.waitUntil(lambda: serves(window, library, OTHER), timeout=WAIT_MS)
    wait_for_photos(qtbot, window, 81)
    assert not window.indexing.condition.stopped
    assert ("scanning", "default") in seen[[stage for stage, _ in seen].index("re-encoding") :]


def test_stop_holds_and_resume_goes_on(window: MainWindow, library: Library, album: Path, qtbot: QtBot) -> None:
    for seed in range(60):
        save_photo(album / f"{seed}.jpg", seed)
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, 60)
    library.encoders.adopt(OTHER)

    def stop() -> None:
        progress = window.indexing.condition.progress
        if progress and progress.stage == "re-encoding":
            window.indexing.stop()

    window.indexing.changed.connect(stop)
    window.indexing.start()
    qtbot.waitUntil(lambda: window.indexing.condition.stopped, timeout=WAIT_MS)
    window.indexing.notice([str(album)])
    assert not window.indexing.condition.running
    window.indexing.changed.disconnect(stop)
    qtbot.mouseClick(button(window, "Resume"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: serves(window, library, OTHER), timeout=WAIT_MS)


def test_an_encoder_that_is_lost_is_told_once(
    filled: MainWindow, library: Library, samples: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "lost"
    shutil.copytree(library.bundles.folder(OTHER), source)
    card = json.loads((source / "encoder.json").read_text(encoding="utf-8"))
    (source / "encoder.json").write_text(json.dumps(card | {"name": "lost"}), encoding="utf-8")
    library.bundles.add(source)
    library.encoders.adopt("lost")
    shutil.rmtree(library.places.encoders / "lost")
    filled.indexing.start()
    qtbot.waitUntil(lambda: "“lost” cannot take over: There is no encoder" in filled.banner.text, timeout=WAIT_MS)
    filled.banner.say("something else")
    with qtbot.waitSignal(filled.indexing.photos_changed, timeout=WAIT_MS):
        filled.indexing.start()
    assert filled.banner.text == "something else"
    dialog = open_settings(filled)
    assert "Until then “default” serves" in about(dialog)


def test_how_far_it_is_stands_in_the_status_bar(window: MainWindow) -> None:
    """In the language of the window."""
    told = in_words(Progress("re-encoding", 1_200, 4_000, photos_per_s=35.0, eta_s=80.0))
    assert told == "Encoding anew: 1,200 of 4,000  ·  35 photos/s  ·  about 1 min"
    told = in_words(Progress("looking closer", 120, 4_000, eta_s=300.0))
    assert told == "Looking closer: 120 of 4,000  ·  about 5 min"
