"""Ways to use the page of duplicates as a person does, and the copies that its tests look at."""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QPushButton,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from photosearch.act.trash import in_trash
from photosearch.gui.clearing.clear_dialog import ClearDialog
from photosearch.gui.duplicates.pair_list import GOES, STAYS
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.shell.side_bar import SideBar
from photosearch.models import TIERS, Tier
from tests.gui.driving import WAIT_MS, button, wait_for_photos
from tests.photos import open_sample, save_sample

SIZE = (480, 360)
LEFT = Qt.MouseButton.LeftButton


def save_copies(album: Path) -> None:
    """Five photos; of one there is an identical copy, a smaller one and a crop; of another a smaller one."""
    (album / "Backup").mkdir(parents=True)
    save_sample(album / "one.jpg", 1, SIZE, quality=95)
    shutil.copy2(album / "one.jpg", album / "Backup" / "one copy.jpg")
    save_sample(album / "one small.jpg", 1, (320, 240), quality=90)
    open_sample(1, SIZE).crop((30, 30, 420, 310)).save(album / "one crop.jpg", quality=92)
    save_sample(album / "two.png", 2, SIZE)
    save_sample(album / "two.jpg", 2, SIZE, quality=80)
    for number in (3, 5, 6):
        save_sample(album / f"{number}.jpg", number, SIZE)


def go_to_duplicates(window: MainWindow) -> None:
    """Click on it in the side bar."""
    side_bar = window.findChild(SideBar)
    assert isinstance(side_bar, SideBar)
    (item,) = side_bar.findItems("Duplicates", Qt.MatchFlag.MatchExactly)
    side_bar.setCurrentItem(item)
    side_bar.itemClicked.emit(item, 0)


def wait_for_groups(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until looking has come to an end."""
    qtbot.waitUntil(
        lambda: not window.duplicates.busy,
        timeout=WAIT_MS,
    )


def tabs(window: MainWindow) -> QTabBar:
    found = window.duplicates.findChild(QTabBar)
    assert isinstance(found, QTabBar)
    return found


def open_tier(window: MainWindow, tier: Tier) -> None:
    tabs(window).setCurrentIndex(TIERS.index(tier))


def shown_groups(window: MainWindow) -> list[list[str]]:
    """The names of the photos of each group of the open tab, the kept one first."""
    return [[Path(member.photo.path).name for member in group.photos] for group in window.duplicates.view.review.groups]


def outcomes(window: MainWindow) -> dict[str, str]:
    """The outcome of each photo of the open tab."""
    review = window.duplicates.view.review
    return {
        Path(member.photo.path).name: review.outcome(row, member.photo.photo_id)
        for row, group in enumerate(review.groups)
        for member in group.photos
    }


def go_to(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Go to a photo by the arrow keys."""
    view = window.duplicates.view
    qtbot.keyClick(view, Qt.Key.Key_Home)
    for _ in range([each for names in shown_groups(window) for each in names].index(name)):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.photo and Path(view.photo.path).name == name


def current_name(window: MainWindow) -> str:
    current = window.duplicates.view.photo
    return Path(current.path).name if current else ""


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.duplicates.view, key)


def review(qtbot: QtBot, window: MainWindow) -> ClearDialog:
    """Press "Review …"."""
    qtbot.mouseClick(button(window, "Review …"), LEFT)
    dialog = window.findChild(ClearDialog)
    assert isinstance(dialog, ClearDialog)
    return dialog


def listed(dialog: ClearDialog) -> list[tuple[str, str]]:
    """The photos that go, with the one that stays instead."""
    rows = dialog.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    return sorted((name_in(item, GOES), name_in(item, STAYS)) for item in pairs(rows))


def name_in(item: QTreeWidgetItem, column: int) -> str:
    """The name of the photo in a cell, which says more below it."""
    return item.text(column).partition("\n")[0]


def pairs(rows: QTreeWidget) -> list[QTreeWidgetItem]:
    """The rows of all folders."""
    folders = [rows.topLevelItem(place) for place in range(rows.topLevelItemCount())]
    return [item for top in folders if top for place in range(top.childCount()) if (item := top.child(place))]


def confirm(qtbot: QtBot, window: MainWindow, dialog: ClearDialog) -> None:
    """Let them go, and wait until that has happened and the page has looked again."""
    go = dialog.findChild(QPushButton, "go")
    assert isinstance(go, QPushButton)
    qtbot.mouseClick(go, LEFT)
    wait_for_groups(qtbot, window)


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of all that lies in a folder, but for what has gone to a quarantine in it."""
    found = (file for file in folder.rglob("*") if file.is_file() and not in_trash(str(file)))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def settle(qtbot: QtBot, window: MainWindow, photos: int) -> None:
    """Wait for the page, and for the catalog to know of so many photos."""
    wait_for_groups(qtbot, window)
    wait_for_photos(qtbot, window, photos)


def open_while_checking(qtbot: QtBot, window: MainWindow, copies: Path) -> None:
    """Come to the page, and wait for the first groups."""
    window.folders.add([str(copies)])
    wait_for_photos(qtbot, window, 9)
    go_to_duplicates(window)
    qtbot.waitUntil(lambda: tabs(window).tabText(1) == "Same picture 2", timeout=WAIT_MS)
    assert window.duplicates.busy
    open_tier(window, "same")
    go_to(qtbot, window, "one small.jpg")
