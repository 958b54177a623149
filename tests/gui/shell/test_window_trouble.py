"""Bad luck in the window: names that are no text, photos that vanish, damaged files."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.search.chips import Chip
from photosearch.gui.search.details import Details
from photosearch.gui.search.filters import Filters
from photosearch.gui.settings.settings_dialog import SettingsDialog
from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.history import EVERYTHING
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Filter, Query
from tests.gui.driving import WAIT_MS, Bugs, button, told, wait_for_answer, wait_for_photos
from tests.photos import fill_disk, save_photo, save_sample

NAMED_BY_BYTES = pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be no text")


@pytest.fixture
def nameless(tmp_path: Path) -> Path:
    """A photo whose name, and whose folder's name, are no text; another one lies beside it."""
    folder = tmp_path / os.fsdecode(b"al\xffbum")
    folder.mkdir()
    save_sample(folder / "other.jpg", 3, (240, 180))
    return Path(save_sample(folder / os.fsdecode(b"pho\xffto.jpg"), 2, (240, 180)))


@NAMED_BY_BYTES
def test_names_that_are_no_text_can_be_dropped_chosen_and_removed(
    window: MainWindow, nameless: Path, qtbot: QtBot
) -> None:
    folder = str(nameless.parent)
    window.commands.take(dragged(nameless.parent))
    wait_for_photos(qtbot, window, 2)
    window.commands.take(dragged(nameless))
    assert window.history.here.photos == (str(nameless),)
    choose_folder(window, "al\ufffdbum", qtbot)
    assert window.history.here == Query((), only=Filter(folder=folder))
    wait_for_photos(qtbot, window, 2)
    window.actions_by_name["filter"].trigger()
    filters = window.findChildren(Filters)[0]
    box = filters.findChildren(QComboBox)[0]
    qtbot.waitUntil(lambda: box.currentText().endswith("al\ufffdbum"), timeout=WAIT_MS)
    filters.findChildren(QCheckBox)[0].toggle()
    assert window.history.here.only.folder == folder
    filters.close()
    settings = open_settings(window, qtbot, 1)
    settings.folder_unwanted.disconnect()  # it asks first
    settings.folder_unwanted.connect(window.folders.remove)
    button(settings, "Remove …").click()
    qtbot.waitUntil(window.start_page.isVisible, timeout=WAIT_MS)


@NAMED_BY_BYTES
def test_a_folder_whose_name_is_no_text_is_come_back_to(
    qapp: QApplication, library: Library, nameless: Path, qtbot: QtBot
) -> None:
    place = Query((), only=Filter(folder=str(nameless.parent)))
    first = Session(qapp, library, Bugs().tell)
    first.open([str(nameless.parent)])
    assert first.window
    wait_for_photos(qtbot, first.window, 2)
    first.window.history.visit(place)
    first.close()
    second = Session(qapp, library, Bugs().tell)
    second.open()
    assert second.window and second.window.history.here == place
    wait_for_photos(qtbot, second.window, 2)
    qtbot.waitUntil(lambda: marked_folders(second.window) == ["al\ufffdbum"], timeout=WAIT_MS)
    second.close()


def test_names_that_look_like_html_are_shown_as_they_are(qtbot: QtBot) -> None:
    chip = Chip("<b>1</b>.jpg", "Looks like “<b>1</b>.jpg”")
    qtbot.addWidget(chip)
    words = next(label for label in chip.findChildren(QLabel) if label.text())
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;1" in chip.toolTip()


def test_pixels_that_are_none_are_told_and_a_pixmap_is_searched_with(
    filled: MainWindow, samples: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setData("application/x-qt-image", b"rubbish")
    filled.commands.take(data)
    assert "no picture" in filled.banner.text
    data.setImageData(QPixmap(str(samples / "sample 6.jpg")))
    filled.commands.take(data)
    wait_for_answer(qtbot, filled, "sample 6.jpg")


def test_new_folders_leave_the_tree_as_the_person_opened_it(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    save_photo(samples / "b" / "inner" / "1.jpg", 41)
    filled.indexing.start()
    wait_for_photos(qtbot, filled, 10)
    filled.history.visit(Query((), only=Filter(folder=str(samples / "b" / "inner"))))
    qtbot.waitUntil(lambda: marked_folders(filled) == ["inner"], timeout=WAIT_MS)
    save_photo(samples / "a" / "1.jpg", 42)
    save_photo(samples / "b" / "before" / "1.jpg", 43)
    filled.indexing.start()
    branch = filled.side_bar.selectedItems()[0].parent()
    qtbot.waitUntil(lambda: branch.childCount() == 2, timeout=WAIT_MS)
    assert marked_folders(filled) == ["inner"] and branch.isExpanded()
    shutil.rmtree(samples / "b" / "inner")
    filled.indexing.start()
    qtbot.waitUntil(lambda: branch.childCount() == 1, timeout=WAIT_MS)
    assert marked_folders(filled) == [] and filled.history.here.only.folder == str(samples / "b" / "inner")


def test_a_place_that_fails_does_not_bar_the_way_forward(
    filled: MainWindow, samples: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    fleeting = tmp_path / "fleeting.jpg"
    shutil.copy(samples / "sample 2.jpg", fleeting)
    filled.commands.search((str(fleeting),))
    wait_for_answer(qtbot, filled, "sample 2.jpg")
    filled.commands.search((str(samples / "sample 3.jpg"),))
    wait_for_answer(qtbot, filled, "smaller.png")
    fleeting.unlink()
    filled.history.back()
    qtbot.waitUntil(lambda: "fleeting.jpg" in filled.banner.text, timeout=WAIT_MS)
    assert filled.history.here == Query(())
    filled.history.forward()
    assert filled.history.here.photos == (str(samples / "sample 3.jpg"),)
    wait_for_answer(qtbot, filled, "smaller.png")


def test_an_answer_stays_when_its_photo_vanishes(
    filled: MainWindow, samples: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    fleeting = tmp_path / "fleeting.jpg"
    shutil.copy(samples / "sample 2.jpg", fleeting)
    filled.commands.search((str(fleeting),))
    wait_for_answer(qtbot, filled, "sample 2.jpg")
    fleeting.unlink()
    asked: list[object] = []
    filled.gallery.shown.connect(lambda: asked.append(1))
    filled.gallery.refresh()
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    wait_for_answer(qtbot, filled, "sample 2.jpg")
    assert filled.history.here.photos == (str(fleeting),) and " of 9" in told(filled)


def test_sorting_an_answer_leaves_the_strictness_where_it_was(filled: MainWindow, samples: Path, qtbot: QtBot) -> None:
    filled.commands.search((str(samples / "sample 3.jpg"),))
    wait_for_answer(qtbot, filled, "smaller.png")
    filled.gallery.strictness.setValue(120)
    order = filled.gallery.findChildren(QComboBox)[0]
    for entry in (order.count() - 1, 0):
        order.setCurrentIndex(entry)
        with qtbot.waitSignal(filled.gallery.shown, timeout=WAIT_MS):
            order.activated.emit(entry)
        assert abs(filled.gallery.strictness.value() - 120) <= 1


def test_the_preview_of_a_photo_that_has_gone_shows_no_other(
    photo_library: Library, jobs: Jobs, tmp_path: Path, qtbot: QtBot
) -> None:
    details = Details(photo_library, jobs, ())
    qtbot.addWidget(details)
    (photo,) = photo_library.photos.get(photo_library.photos.listing("newest").ids[:1].tolist()).values()
    details.show_photo(photo, None, EVERYTHING)
    qtbot.waitUntil(lambda: details.preview.cursor().shape() == Qt.CursorShape.CrossCursor, timeout=WAIT_MS)
    details.show_query(str(tmp_path / "gone.jpg"), Query((str(tmp_path / "gone.jpg"),)))
    qtbot.waitUntil(
        lambda: any("not there any more" in label.text() for label in details.findChildren(QLabel)), timeout=WAIT_MS
    )
    assert details.preview.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_what_is_being_written_in_the_settings_survives_new_photos(
    filled: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    settings = open_settings(filled, qtbot, 1)
    field = next(field for field in settings.findChildren(QLineEdit) if field.placeholderText())
    qtbot.keyClicks(field, "priv")
    save_photo(tmp_path / "another" / "1.jpg", 9)
    filled.folders.add([str(tmp_path / "another")])
    wait_for_photos(qtbot, filled, 10)
    qtbot.waitUntil(lambda: listed(settings) == 2, timeout=WAIT_MS)
    assert field.text() == "priv"


def test_settings_are_made_once(filled: MainWindow, qtbot: QtBot) -> None:
    for _ in range(3):
        open_settings(filled, qtbot, 1).close()
    assert len(filled.findChildren(SettingsDialog)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"[grid]\nsize=abc\norder=zzz\n",
        b"[grid]\nsize=99999999999999999999\n",
        b"[place]\nfolder=@Invalid()\n",
        b"\0\xff[[",
    ],
)
def test_a_damaged_memory_of_the_window_does_not_keep_it_shut(
    qapp: QApplication, library: Library, content: bytes
) -> None:
    library.places.window.write_bytes(content)
    bugs = Bugs()
    session = Session(qapp, library, bugs.tell)
    session.open()
    assert session.window and session.window.isVisible()
    session.close()
    assert bugs.told == []


def test_stop_holds_though_something_changes_meanwhile(window: MainWindow, album: Path, qtbot: QtBot) -> None:
    for number in range(60):
        save_photo(album / f"{number}.jpg", number)
    window.folders.add([str(album)])
    window.indexing.stop()
    window.indexing.notice([str(album)])
    qtbot.waitUntil(lambda: not window.indexing.condition.running, timeout=WAIT_MS)
    assert window.indexing.condition.stopped


def test_a_folder_added_while_stopping_brings_back_what_was_left(
    window: MainWindow, album: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in range(60):
        save_photo(album / f"{number}.jpg", number)
    save_photo(tmp_path / "another" / "1.jpg", 99)
    window.folders.add([str(album)])
    qtbot.waitUntil(lambda: bool(window.folders.all()), timeout=WAIT_MS)
    window.indexing.stop()
    window.folders.add([str(tmp_path / "another")])
    wait_for_photos(qtbot, window, 61)


def test_what_is_wrong_is_told_at_the_first_start_too(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.folders.add([str(tmp_path / "gone")])
    qtbot.waitUntil(lambda: not window.indexing.condition.running, timeout=WAIT_MS)
    window.side_bar.refresh()
    assert window.start_page.isVisible() and window.banner.isVisible()
    assert "There is no folder" in window.banner.text


def test_a_folder_that_is_not_there_does_not_stop_indexing(filled: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    filled.folders.add([str(tmp_path / "gone")])
    qtbot.waitUntil(lambda: "There is no folder" in filled.banner.text, timeout=WAIT_MS)
    assert not filled.indexing.condition.stopped


def test_photos_of_a_drive_that_is_away_are_known_searched_with_and_come_back(
    filled: MainWindow, samples: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    samples.rename(tmp_path / "unplugged")
    filled.indexing.start()
    qtbot.waitUntil(lambda: "9 offline" in told(filled), timeout=WAIT_MS)
    assert len(filled.gallery.grid.photos.ids) == 9
    filled.commands.search((str(samples / "sample 3.jpg"),))
    wait_for_answer(qtbot, filled, "smaller.png")
    filled.gallery.grid.select(filled.gallery.grid.photos.ids[0])
    qtbot.waitUntil(filled.actions_by_name["open"].isEnabled, timeout=WAIT_MS)
    filled.actions_by_name["open"].trigger()
    qtbot.waitUntil(lambda: filled.viewer.canvas.sentence == "Its drive is not connected.", timeout=WAIT_MS)
    filled.viewer.close_view()
    (tmp_path / "unplugged").rename(samples)
    filled.indexing.start()
    qtbot.waitUntil(lambda: "offline" not in told(filled) and "9 photos" in told(filled), timeout=WAIT_MS)


def test_a_choice_that_cannot_be_kept_is_told(
    filled: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", fill_disk)
    settings = open_settings(filled, qtbot, 1)
    threads = settings.findChildren(QSpinBox)[0]
    threads.setValue(threads.value() + 1)
    assert "cannot be read or written" in filled.banner.text


def dragged(*paths: Path) -> QMimeData:
    """A drag from a file manager, which tells the bytes of the names."""
    data = QMimeData()
    data.setUrls([QUrl.fromEncoded(QByteArray(path.as_uri().encode())) for path in paths])
    return data


def choose_folder(window: MainWindow, name: str, qtbot: QtBot) -> None:
    """Click a folder in the side bar, once it is there."""

    def items() -> list[QTreeWidgetItem]:
        return window.side_bar.findItems(name, Qt.MatchFlag.MatchRecursive)

    qtbot.waitUntil(lambda: bool(items()), timeout=WAIT_MS)
    window.side_bar.setCurrentItem(items()[0])


def marked_folders(window: MainWindow | None) -> list[str]:
    """The current entry of the side bar."""
    return [item.text(0) for item in window.side_bar.selectedItems()] if window else []


def open_settings(window: MainWindow, qtbot: QtBot, folders: int) -> SettingsDialog:
    """The settings, once they list so many folders."""
    window.actions_by_name["settings"].trigger()
    settings = window.findChildren(SettingsDialog)[0]
    qtbot.waitUntil(lambda: listed(settings) == folders, timeout=WAIT_MS)
    return settings


def listed(settings: SettingsDialog) -> int:
    """The number of folders in the settings."""
    return settings.findChildren(QListWidget)[0].count()
