"""The window in use, from the first start to the settings, with drawn photos or the samples."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui.search.drop_zones import ADD
from photosearch.gui.settings.settings_dialog import SettingsDialog
from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.library import Library
from photosearch.models import Filter, Query
from tests.gui.driving import WAIT_MS, Bugs, button, files, told, wait_for_answer, wait_for_photos
from tests.photos import save_photo, save_sample


def test_a_first_start_invites_to_drop_a_folder(window: MainWindow) -> None:
    assert window.start_page.isVisible()
    assert "Drop a folder of photos here" in told(window)


def test_from_the_first_folder_to_a_lookalike(window: MainWindow, samples: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window.commands.take(files(samples))
    wait_for_photos(qtbot, window, 9)
    assert not window.start_page.isVisible()
    qtbot.waitUntil(lambda: "9 photos" in told(window), timeout=WAIT_MS)

    query = save_sample(tmp_path / "query.webp", 5, (200, 150))
    window.commands.take(files(query))
    wait_for_answer(qtbot, window, "sample 5.jpg")
    assert " of 9" in told(window)

    grid = window.gallery.grid
    grid.select(grid.photos.ids[0])
    qtbot.waitUntil(lambda: "Very probably the same picture" in told(window), timeout=WAIT_MS)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert window.viewer.isVisible()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert grid.isVisible()

    window.history.back()
    qtbot.waitUntil(lambda: len(grid.photos.ids) == 9, timeout=WAIT_MS)
    window.history.forward()
    wait_for_answer(qtbot, window, "sample 5.jpg")


def test_strictness_is_live(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    filled.commands.search((str(samples / "sample 3.jpg"),))
    wait_for_answer(qtbot, filled, "smaller.png")
    slider = filled.gallery.strictness
    slider.setValue(slider.minimum())
    assert len(filled.gallery.grid.photos.ids) >= 5
    slider.setValue(slider.maximum())
    assert "Nothing looks this much alike" in told(filled)
    qtbot.mouseClick(button(filled, "Show what comes nearest"), Qt.MouseButton.LeftButton)
    assert len(filled.gallery.grid.photos.ids) >= 5


def test_details_are_compared_and_outlined_where_that_is_wanted(
    filled: MainWindow, samples: Path, qtbot: QtBot
) -> None:
    filled.commands.search((str(samples / "sample 3.jpg"),))
    wait_for_answer(qtbot, filled, "smaller.png")
    grid, preview = filled.gallery.grid, filled.details.preview
    grid.select(grid.photos.ids[0])
    qtbot.waitUntil(lambda: "Score" in told(filled), timeout=WAIT_MS)
    assert "details agree" not in told(filled)
    filled.actions_by_name["verify"].trigger()
    qtbot.waitUntil(lambda: "details agree" in told(filled), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: preview.region() is not None, timeout=WAIT_MS)
    filled.actions_by_name["verify"].trigger()
    qtbot.waitUntil(lambda: "details agree" not in told(filled), timeout=WAIT_MS)


def test_photos_can_be_added_subtracted_and_removed(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    one, other = str(samples / "sample 1.jpg"), str(samples / "sample 2.jpg")
    filled.commands.take(files(one))
    filled.commands.take(files(other), "add")
    assert filled.history.here.photos == (one, other)
    filled.commands.take(files(other), "subtract")
    assert (filled.history.here.photos, filled.history.here.without) == ((one,), (other,))
    filled.commands.take(files(one), "subtract")
    assert "say what to keep away from" in filled.banner.text
    qtbot.waitUntil(lambda: len(filled.gallery.grid.photos.ids) > 0, timeout=WAIT_MS)


def test_a_pasted_picture_is_searched_with(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setImageData(QImage(str(samples / "sample 6.jpg")))
    filled.commands.take(data)
    wait_for_answer(qtbot, filled, "sample 6.jpg")
    assert filled.windowTitle() == "Like Pasted picture – Photosearch"


def test_a_folder_is_added_to_the_search_by_its_photos(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    filled.commands.search((str(samples / "sample 3.jpg"),))
    (samples / "more").mkdir()
    for number in range(2):
        save_sample(samples / "more" / f"{number}.jpg", number, (60, 40))
    filled.commands.take(files(samples / "more"), ADD)
    qtbot.waitUntil(lambda: len(filled.history.here.photos) == 3, timeout=WAIT_MS)
    assert filled.folders.all() == [str(samples)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: _link("https://example.org/cat.jpg"), "never goes online"),
        (lambda: files(*(f"/nowhere/{number}.jpg" for number in range(40))), "too many photos"),
        (QMimeData, "no picture to search with"),
    ],
    ids=["link", "many", "nothing"],
)
def test_what_cannot_be_searched_with_is_told(filled: MainWindow, data: Callable[[], QMimeData], sentence: str) -> None:
    filled.commands.take(data())
    assert sentence in filled.banner.text
    assert filled.history.here == Query(())


def test_a_photo_that_cannot_be_read_leaves_the_place_as_it_was(
    filled: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 cut short")
    filled.commands.take(files(broken))
    qtbot.waitUntil(lambda: "broken.jpg" in filled.banner.text, timeout=WAIT_MS)
    assert filled.history.here == Query(())
    wait_for_photos(qtbot, filled, 9)


def test_a_region_is_searched_with(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    grid = filled.gallery.grid
    grid.select(next(i for i in grid.photos.ids))
    preview = filled.details.preview
    qtbot.waitUntil(lambda: preview.isVisible() and preview.height() > 100, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: drag(qtbot, preview, QPoint(30, 30), QPoint(120, 110)) or bool(filled.history.here.region),
                    timeout=WAIT_MS)  # fmt: skip
    region = filled.history.here.region
    assert region and region.width > 8 and region.height > 8
    first = filled.history.here.photos[0]
    other = next(each for each in (str(samples / "sample 5.jpg"), str(samples / "sample 6.jpg")) if each != first)
    filled.commands.add((other,))
    assert (filled.history.here.photos, filled.history.here.region) == ((first, other), region)
    filled.commands.subtract((first,))
    assert (filled.history.here.photos, filled.history.here.region) == ((other,), None)


def test_filters_and_folders_narrow_what_is_shown(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    filled.history.visit(Query((), only=Filter(formats=("PNG",))))
    wait_for_photos(qtbot, filled, 1)
    filled.history.visit(Query((), only=Filter(until="1970-01-02")))
    qtbot.waitUntil(lambda: "No photo passes these filters" in told(filled), timeout=WAIT_MS)
    qtbot.mouseClick(button(filled, "Clear the filters"), Qt.MouseButton.LeftButton)
    wait_for_photos(qtbot, filled, 9)


def test_unreadable_files_are_listed_with_their_reasons(window: MainWindow, album: Path, qtbot: QtBot) -> None:
    save_photo(album / "good.jpg")
    (album / "bad.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    window.folders.add([str(album)])
    qtbot.waitUntil(lambda: "1 unreadable" in told(window), timeout=WAIT_MS)
    qtbot.mouseClick(button(window, "1 unreadable"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(UnreadableDialog)), timeout=WAIT_MS)
    dialog = window.findChildren(UnreadableDialog)[0]
    assert button(dialog, "Show in folder").isEnabled(), "the first row is chosen"
    qtbot.mouseClick(button(dialog, "Copy list"), Qt.MouseButton.LeftButton)
    path, reason = QGuiApplication.clipboard().text().strip().split("\t")
    assert path == str(album / "bad.jpg") and reason.endswith(".")
    dialog.close()


def test_new_photos_are_noticed(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    save_photo(samples / "new one.jpg", 77)
    wait_for_photos(qtbot, filled, 10)
    (samples / "new one.jpg").unlink()
    wait_for_photos(qtbot, filled, 9)


def test_a_removed_folder_is_forgotten_and_its_photos_stay(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    filled.folders.remove(str(samples))
    qtbot.waitUntil(filled.start_page.isVisible, timeout=WAIT_MS)
    assert len(list(samples.iterdir())) == 9


def test_settings_take_effect_at_once(session: Session, filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    filled.actions_by_name["settings"].trigger()
    dialog = filled.findChildren(SettingsDialog)[0]
    qapp = QApplication.instance()
    assert isinstance(qapp, QApplication)
    choose(dialog, "Dark")
    assert library.settings.theme == "dark"
    assert qapp.palette().window().color().lightness() < QColor("#555").lightness()
    choose(dialog, "Light")
    assert qapp.palette().window().color().lightness() > QColor("#aaa").lightness()
    choose(dialog, "Deutsch")
    qtbot.waitUntil(lambda: session.window is not filled, timeout=WAIT_MS)
    assert library.settings.language == "de"
    assert session.window and session.window.isVisible()
    wait_for_photos(qtbot, session.window, 9)
    session.window.actions_by_name["settings"].trigger()
    choose(session.window.findChildren(SettingsDialog)[0], "English")
    qtbot.waitUntil(lambda: session.window is not None and "9 photos" in told(session.window), timeout=WAIT_MS)


def test_stopping_keeps_what_was_done_and_resuming_goes_on(window: MainWindow, album: Path, qtbot: QtBot) -> None:
    for number in range(60):
        save_photo(album / f"{number}.jpg", number)
    window.folders.add([str(album)])
    window.indexing.stop()
    qtbot.waitUntil(lambda: not window.indexing.condition.running, timeout=WAIT_MS)
    if window.indexing.condition.stopped:  # it may have been quicker
        qtbot.mouseClick(button(window, "Resume"), Qt.MouseButton.LeftButton)
    wait_for_photos(qtbot, window, 60)


def test_the_window_comes_back_as_it_was_left(
    qapp: QApplication, library: Library, samples: Path, qtbot: QtBot
) -> None:
    first = Session(qapp, library, Bugs().tell)
    first.open()
    assert first.window
    first.window.folders.add([str(samples)])
    wait_for_photos(qtbot, first.window, 9)
    first.window.resize(820, 560)
    first.window.actions_by_name["details"].trigger()
    first.window.history.visit(Query((), only=Filter(folder=str(samples))))
    first.window.close()
    first.close()
    second = Session(qapp, library, Bugs().tell)
    second.open()
    assert second.window
    assert (second.window.width(), second.window.height()) == (820, 560)
    assert not second.window.details.isVisible()
    assert second.window.history.here == Query((), only=Filter(folder=str(samples)))
    wait_for_photos(qtbot, second.window, 9)
    second.close()


def test_every_action_has_a_tooltip_and_no_key_is_given_twice(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    for name, action in window.actions_by_name.items():
        assert action.toolTip()
        for key in action.shortcuts():
            assert keys.setdefault(key.toString(), name) == name


def test_the_keys_of_pages_are_listed_each_once(window: MainWindow) -> None:
    """What a part answers is what the list shows, as both are one table."""
    listed = dict(window.pages.keys())
    assert ("I", "Facts") in listed["Open photo"] and ("T", "Together") in listed["Comparing"]
    for part, keys in listed.items():
        assert len({key for key, _ in keys}) == len(keys) and all(words for _, words in keys), part


def choose(dialog: SettingsDialog, words: str) -> None:
    """Choose an entry in whichever box has it."""
    from PySide6.QtWidgets import QComboBox

    box = next(box for box in dialog.findChildren(QComboBox) if box.findText(words) >= 0)
    box.setCurrentIndex(box.findText(words))


def drag(qtbot: QtBot, widget: object, start: QPoint, end: QPoint) -> None:
    """Press, move and release the left button."""
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(widget, left, pos=start)
    qtbot.mouseMove(widget, end)
    qtbot.mouseRelease(widget, left, pos=end)


def _link(address: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address)])
    return data
