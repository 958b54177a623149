"""Which groups of duplicates are shown, by filters, and letting photos go by a rule whose choice is seen before."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from photosearch.gui.duplicates.pair_list import GOES
from photosearch.gui.duplicates.rule_dialog import RuleDialog
from photosearch.gui.search.chips import Chip
from photosearch.gui.search.filters import Filters
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from tests.gui.driving import WAIT_MS, button, told, wait_for_photos
from tests.gui.duplicates.duplicates_driving import name_in
from tests.photos import save_sample

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, album: Path, qtbot: QtBot) -> MainWindow:
    """The window at the duplicates: three groups of identical files, one of PNG; two copies lie in a folder Copies."""
    for number, suffix in ((1, "jpg"), (2, "jpg"), (3, "png")):
        save_sample(album / f"{number}.{suffix}", number, (240, 180))
    (album / "Copies").mkdir()
    for name in ("1.jpg", "3.png"):
        shutil.copy2(album / name, album / "Copies" / name)
    shutil.copy2(album / "2.jpg", album / "2 again.jpg")
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, 6)
    window.actions_by_name["duplicates"].trigger()
    qtbot.waitUntil(lambda: not window.duplicates.busy, timeout=WAIT_MS)
    return window


def kept(window: MainWindow) -> list[str]:
    """The names of the photos that are kept, of the groups that are shown."""
    return sorted(Path(group.photos[0].photo.path).name for group in window.duplicates.view.review.groups)


def ask_for_rule(window: MainWindow, qtbot: QtBot) -> RuleDialog:
    qtbot.mouseClick(button(window.duplicates, "By rule …"), LEFT)
    dialog = window.findChild(RuleDialog)
    assert isinstance(dialog, RuleDialog)
    return dialog


def go(dialog: RuleDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "go")
    assert isinstance(found, QPushButton)
    return found


def test_filters_show_the_groups_with_a_photo_that_passes(page: MainWindow, qtbot: QtBot) -> None:
    assert len(kept(page)) == 3
    qtbot.keyClick(page.duplicates.view, Qt.Key.Key_Return)
    going = {loss.photo.path for loss in page.duplicates.losses()}
    qtbot.mouseClick(button(page.duplicates, "Filters"), LEFT)
    filters = page.findChild(Filters)
    assert isinstance(filters, Filters)
    qtbot.waitUntil(lambda: any("PNG" in box.text() for box in filters.findChildren(QCheckBox)), timeout=WAIT_MS)
    next(box for box in filters.findChildren(QCheckBox) if "PNG" in box.text()).click()
    qtbot.waitUntil(lambda: kept(page) == ["3.png"], timeout=WAIT_MS)
    filters.close()
    page.actions_by_name["undo"].trigger()  # of a photo that may not be seen now: then all are
    assert page.duplicates.losses() == []
    qtbot.keyClick(page.duplicates.view, Qt.Key.Key_Home)
    assert going
    for chip in page.duplicates.findChildren(Chip):
        chip.removed.emit()
    assert len(kept(page)) == 3


def test_a_filter_that_nothing_passes_says_so_and_is_cleared(page: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(page.duplicates, "Filters"), LEFT)
    filters = page.findChild(Filters)
    assert isinstance(filters, Filters)
    box = next(box for box in filters.findChildren(QCheckBox) if box.text() == "To")
    filters.changed.emit(filters._only.__class__(until="1971-01-01"))  # type: ignore[reportPrivateUsage]
    assert box.isVisible()
    filters.close()
    qtbot.waitUntil(lambda: "No group of this kind passes the filters" in told(page), timeout=WAIT_MS)
    qtbot.mouseClick(button(page.duplicates, "Clear the filters"), LEFT)
    assert len(kept(page)) == 3


def test_all_in_a_folder_go_once_that_was_seen(page: MainWindow, album: Path, library: Library, qtbot: QtBot) -> None:
    dialog = ask_for_rule(page, qtbot)
    assert not go(dialog).isEnabled()
    folders = dialog.findChild(QComboBox)
    preview = dialog.findChild(QTreeWidget)
    assert isinstance(folders, QComboBox) and isinstance(preview, QTreeWidget)
    folders.setCurrentIndex(next(at for at in range(folders.count()) if "Copies" in folders.itemText(at)))
    (top,) = [preview.topLevelItem(place) for place in range(preview.topLevelItemCount())]
    assert top and sorted(name_in(top.child(place), GOES) for place in range(top.childCount())) == ["1.jpg", "3.png"]
    assert any(label.text().startswith("2 photos go.") for label in dialog.findChildren(QLabel))
    assert page.duplicates.losses() == []
    qtbot.mouseClick(go(dialog), LEFT)
    gone = sorted(loss.photo.path for loss in page.duplicates.losses())
    assert gone == [str(album / "Copies" / name) for name in ("1.jpg", "3.png")]
    qtbot.waitUntil(lambda: len(library.feedback.marks()) == 2, timeout=WAIT_MS)
    page.actions_by_name["undo"].trigger()
    assert page.duplicates.losses() == []


def test_a_rule_of_names_and_one_that_chooses_nothing(page: MainWindow, album: Path, qtbot: QtBot) -> None:
    dialog = ask_for_rule(page, qtbot)
    text = dialog.findChild(QLineEdit)
    assert isinstance(text, QLineEdit)
    qtbot.keyClicks(text, "AGAIN")
    qtbot.waitUntil(lambda: go(dialog).isEnabled(), timeout=WAIT_MS)
    text.setText("nowhere")
    qtbot.waitUntil(lambda: not go(dialog).isEnabled(), timeout=WAIT_MS)
    text.setText("again")
    qtbot.waitUntil(lambda: go(dialog).isEnabled(), timeout=WAIT_MS)
    go(dialog).click()
    assert [Path(loss.photo.path).name for loss in page.duplicates.losses()] == ["2 again.jpg"]
