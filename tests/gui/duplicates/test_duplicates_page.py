"""The page of duplicates as a person uses it: look, decide, review, let go, and take back."""

import re
import shutil
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QToolTip,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.gui.clearing.clear_dialog import ClearDialog
from photosearch.gui.clearing.decisions_dialog import DecisionsDialog
from photosearch.gui.grid.group_layout import Place
from photosearch.gui.settings.rules_dialog import RulesDialog
from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.shell.side_bar import SideBar
from photosearch.gui.style.outlines import COLOUR
from photosearch.gui.work.unreadable import UnreadableDialog
from photosearch.library import Library
from photosearch.models import TIERS, Duplicates, Progress, Tier
from photosearch.settings import RULES
from tests.conftest import keep, restore
from tests.gui.driving import WAIT_MS, Bugs, button, told, wait_for_photos
from tests.jobs import finish, index
from tests.photos import open_sample, save_sample

SIZE = (480, 360)
LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("trash")


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


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the copies, and a library that knows what they are."""
    place = tmp_path_factory.mktemp("compared")
    save_copies(place / "album")
    with Library(place / "library") as library:
        index(library, place / "album")
        assert len(finish(library.duplicates()).groups) == 4
    keep(place)
    return place


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the test's own; that of a test of the page has the copies and their library."""
    return restore(request.getfixturevalue("compared")) if "page" in request.fixturenames else tmp_path


@pytest.fixture
def copies(album: Path) -> Path:
    """The album with the copies."""
    if not any(album.iterdir()):
        save_copies(album)
    return album


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the copies indexed, at the page of duplicates."""
    wait_for_photos(qtbot, window, 9)
    go_to_duplicates(window)
    wait_for_groups(qtbot, window)
    return window


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


def fates(window: MainWindow) -> dict[str, str]:
    """The fate of each photo of the open tab."""
    review = window.duplicates.view.review
    return {
        Path(member.photo.path).name: review.fate(row, member.photo.photo_id)
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
    return sorted((Path(item.text(0)).name, Path(item.text(3)).name) for item in pairs(rows))


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
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def settle(qtbot: QtBot, window: MainWindow, photos: int) -> None:
    """Wait for the page, and for the catalog to know of so many photos."""
    wait_for_groups(qtbot, window)
    wait_for_photos(qtbot, window, photos)


# Looking


def test_tiers_have_counts_and_the_first_with_groups_is_open(page: MainWindow) -> None:
    texts = [tabs(page).tabText(place) for place in range(4)]
    assert [text.split(" · ")[0] for text in texts] == [
        "Identical files 1",
        "Same picture 2",
        "Edited copies 1",
        "Similar shots 0",
    ]
    assert all("kB" in tabs(page).tabToolTip(place) for place in range(3)) and "kB" in texts[0]
    assert shown_groups(page) == [["one.jpg", "one copy.jpg"]]
    open_tier(page, "same")
    assert sorted(shown_groups(page)) == [["one.jpg", "one small.jpg"], ["two.png", "two.jpg"]]
    open_tier(page, "edited")
    assert shown_groups(page) == [["one.jpg", "one crop.jpg"]]
    open_tier(page, "similar")
    assert "No duplicates of this kind" in told(page)


def test_looking_can_be_stopped_and_goes_on(window: MainWindow, copies: Path, qtbot: QtBot) -> None:
    window.folders.add([str(copies)])
    wait_for_photos(qtbot, window, 9)
    go_to_duplicates(window)
    qtbot.mouseClick(button(window, "Stop"), LEFT)
    wait_for_groups(qtbot, window)
    if "Look for duplicates" in told(window):  # it may have been quicker
        qtbot.mouseClick(button(window, "Look for duplicates"), LEFT)
        wait_for_groups(qtbot, window)
    assert shown_groups(window) == [["one.jpg", "one copy.jpg"]]


# Deciding


def test_keys_decide_of_photos(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "same")
    go_to(qtbot, page, "one small.jpg")
    press(qtbot, page, Qt.Key.Key_X)
    assert fates(page) == {"one.jpg": "kept", "one small.jpg": "goes", "two.png": "kept", "two.jpg": "stays"}
    assert "1 photos go" in told(page).replace("1 photo goes", "1 photos go")
    assert current_name(page) == "two.png", "the group is decided, and the next one is not"
    go_to(qtbot, page, "one small.jpg")
    press(qtbot, page, Qt.Key.Key_X)
    assert fates(page)["one small.jpg"] == "stays"
    press(qtbot, page, Qt.Key.Key_Left, Qt.Key.Key_X)
    assert fates(page)["one.jpg"] == "kept"
    assert "the one that is kept" in page.banner.text


def test_another_photo_is_kept_and_the_suggested_one_goes(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    open_tier(page, "same")
    go_to(qtbot, page, "two.jpg")
    before = shown_groups(page)
    press(qtbot, page, Qt.Key.Key_K)
    assert current_name(page) == "two.png", "which waits for a decision"
    press(qtbot, page, Qt.Key.Key_X)  # faster than any look
    wait_for_groups(qtbot, page)
    assert shown_groups(page) == before, "nothing moves unasked"
    assert (fates(page)["two.jpg"], fates(page)["two.png"]) == ("kept", "goes")
    assert current_name(page) == "one.jpg", "the next group"
    dialog = review(qtbot, page)
    assert listed(dialog) == [("two.png", "two.jpg")]
    confirm(qtbot, page, dialog)
    assert not (copies / "two.png").exists() and (copies / "two.jpg").exists()


def test_no_duplicates_and_keep_all_last(
    session: Session, page: MainWindow, library: Library, qapp: QApplication, qtbot: QtBot
) -> None:
    press(qtbot, page, Qt.Key.Key_A)
    assert "No duplicates of this kind" in told(page)
    open_tier(page, "same")
    go_to(qtbot, page, "two.jpg")
    press(qtbot, page, Qt.Key.Key_N)
    assert shown_groups(page) == [["one.jpg", "one small.jpg"]]
    again = next(each for each in page.duplicates.findChildren(QToolButton) if each.toolTip() == "Look again")
    qtbot.mouseClick(again, LEFT)
    wait_for_groups(qtbot, page)
    assert shown_groups(page) == [["one.jpg", "one small.jpg"]]
    session.close()
    second = Session(qapp, library, Bugs().tell)
    second.open()
    assert second.window
    wait_for_photos(qtbot, second.window, 9)
    go_to_duplicates(second.window)
    wait_for_groups(qtbot, second.window)
    assert shown_groups(second.window) == [["one.jpg", "one small.jpg"]]
    open_tier(second.window, "identical")
    assert shown_groups(second.window) == []
    second.close()


def test_what_was_to_go_still_is_after_a_new_look(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "same")
    go_to(qtbot, page, "one small.jpg")
    press(qtbot, page, Qt.Key.Key_X)
    page.duplicates.look()
    wait_for_groups(qtbot, page)
    assert fates(page)["one small.jpg"] == "goes"
    nothing = next(each for each in page.duplicates.findChildren(QToolButton) if each.toolTip() == "Let nothing go")
    qtbot.mouseClick(nothing, LEFT)
    assert set(fates(page).values()) == {"kept", "stays"}


def test_details_say_why_a_photo_is_in_its_group(page: MainWindow, qtbot: QtBot) -> None:
    said = ("The very same file content", "The same picture as the kept photo", "An edited copy of the kept photo.")
    for tier, name, sentence in zip(TIERS, ("one copy.jpg", "one small.jpg", "one crop.jpg"), said, strict=False):
        open_tier(page, tier)
        go_to(qtbot, page, name)
        assert sentence in told(page)
    assert re.search(r"It shows 6[0-9] % of it. Aligned, they agree by [89][0-9] %.", told(page))
    press(qtbot, page, Qt.Key.Key_Left)
    assert "This one is kept." in told(page)


def test_a_crop_is_compared_where_it_lies_in_the_kept_photo(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "edited")
    go_to(qtbot, page, "one crop.jpg")
    press(qtbot, page, Qt.Key.Key_Space)
    assert page.compare.isVisible()
    qtbot.keyClick(page.compare, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: page.compare.canvas.sentence.startswith("Aligned."), timeout=WAIT_MS)
    qtbot.keyClick(page.compare, Qt.Key.Key_Escape)
    qtbot.keyClick(page.compare, Qt.Key.Key_Escape)
    assert page.duplicates.view.isVisible() and page.duplicates.view.hasFocus()


# Undoing


def test_a_group_is_decided_by_one_key_and_every_step_is_undone(
    page: MainWindow, library: Library, qtbot: QtBot
) -> None:
    open_tier(page, "same")
    before, untouched = shown_groups(page), fates(page)
    press(qtbot, page, Qt.Key.Key_Return)
    assert current_name(page) == before[1][0] and [fates(page)[name] for name in before[0]] == ["kept", "goes"]
    go_to(qtbot, page, before[1][1])
    qtbot.keyClick(page.duplicates.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert [fates(page)[name] for name in before[1]] == ["goes", "kept"]
    wait_for_groups(qtbot, page)
    press(qtbot, page, Qt.Key.Key_Home, Qt.Key.Key_A, Qt.Key.Key_N)
    assert shown_groups(page) == []
    assert [decision.kind for decision in library.feedback.decisions()] == [
        *("not duplicates", "keep all", "let go", "keep this", "let go"),
    ]
    for step in range(4, 0, -1):
        page.actions_by_name["undo"].trigger()
        assert page.banner.text.startswith("Undone: ") and step
    qtbot.waitUntil(lambda: library.feedback.decisions() == [], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: (shown_groups(page), fates(page)) == (before, untouched), timeout=WAIT_MS)
    wait_for_groups(qtbot, page)
    assert (shown_groups(page), fates(page)) == (before, untouched)
    page.actions_by_name["undo"].trigger()
    assert "Nothing was done" in page.banner.text


def test_what_is_to_go_still_is_in_a_later_window(
    session: Session, page: MainWindow, library: Library, qapp: QApplication, qtbot: QtBot
) -> None:
    press(qtbot, page, Qt.Key.Key_Return)
    open_tier(page, "same")
    press(qtbot, page, Qt.Key.Key_Right, Qt.Key.Key_X)
    losses = {loss.photo.path for loss in page.duplicates.losses()}
    assert len(losses) == 2
    session.close()
    second = Session(qapp, library, Bugs().tell)
    second.open()
    assert second.window
    wait_for_photos(qtbot, second.window, 9)
    go_to_duplicates(second.window)
    wait_for_groups(qtbot, second.window)
    assert {loss.photo.path for loss in second.window.duplicates.losses()} == losses
    second.close()


def test_a_decision_waits_for_no_look_and_closing_drops_none(
    hold: Event, session: Session, window: MainWindow, copies: Path, library: Library, qtbot: QtBot
) -> None:
    open_while_checking(qtbot, window, copies)
    press(qtbot, window, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: len(library.feedback.marks()) == 1, timeout=WAIT_MS)
    press(qtbot, window, Qt.Key.Key_A)
    hold.set()
    session.close()
    assert [decision.kind for decision in library.feedback.decisions()] == ["keep all", "let go"]


def test_keys_mean_the_same_in_the_comparison(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "same")
    first, second = shown_groups(page)
    press(qtbot, page, Qt.Key.Key_Space)
    compare = page.compare
    captions = compare.findChildren(QLabel, "state")
    assert "KEPT" in captions[0].text() and "UNDECIDED" in captions[1].text()
    qtbot.keyClick(compare, Qt.Key.Key_Right)
    qtbot.keyClick(compare, Qt.Key.Key_X)
    assert fates(page)[first[1]] == "goes" and current_name(page) == second[0] and compare.isVisible()
    qtbot.keyClick(compare, Qt.Key.Key_PageUp)
    assert any("GOES" in label.text() for label in compare.findChildren(QLabel, "state"))
    qtbot.keyClick(compare, Qt.Key.Key_PageDown)
    qtbot.keyClick(compare, Qt.Key.Key_N)
    assert shown_groups(page) == [first]
    page.actions_by_name["undo"].trigger()
    assert shown_groups(page) == [first, second] and compare.isVisible()
    qtbot.keyClick(compare, Qt.Key.Key_A)
    qtbot.keyClick(compare, Qt.Key.Key_A)
    assert shown_groups(page) == [] and not compare.isVisible()


def test_a_decision_of_earlier_is_taken_back_in_the_list(page: MainWindow, library: Library, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_A)
    assert shown_groups(page) == []
    tool = next(each for each in page.duplicates.findChildren(QToolButton) if each.toolTip() == "Decisions so far …")
    qtbot.mouseClick(tool, LEFT)
    qtbot.waitUntil(lambda: page.findChild(DecisionsDialog) is not None, timeout=WAIT_MS)
    dialog = page.findChild(DecisionsDialog)
    assert isinstance(dialog, DecisionsDialog)
    rows = dialog.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    (item,) = rows.findItems("All kept", Qt.MatchFlag.MatchExactly, 1)
    assert "one copy.jpg" in item.text(2)
    rows.setCurrentItem(item)
    qtbot.mouseClick(button(dialog, "Take back"), LEFT)
    qtbot.waitUntil(lambda: "1 decision was taken back" in page.banner.text, timeout=WAIT_MS)
    wait_for_groups(qtbot, page)
    assert shown_groups(page) == [["one.jpg", "one copy.jpg"]] and library.feedback.decisions() == []


# Letting go, and back


def test_from_the_suggestions_to_the_trash_and_back(page: MainWindow, copies: Path, trash: Path, qtbot: QtBot) -> None:
    before = files(copies)
    for tier in TIERS[:3]:
        open_tier(page, tier)
        qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    gone = ["one copy.jpg", "one crop.jpg", "one small.jpg"]
    assert listed(dialog) == [*((name, "one.jpg") for name in gone), ("two.jpg", "two.png")]
    assert "4 photos go" in "".join(label.text() for label in dialog.findChildren(QLabel))
    assert files(copies) == before
    confirm(qtbot, page, dialog)
    left = {name: content for name, content in before.items() if Path(name).name not in (*gone, "two.jpg")}
    assert files(copies) == left
    assert len(list((trash / "files").iterdir())) == 4
    settle(qtbot, page, 5)
    assert "4 photos went" in page.banner.text
    assert "No duplicates of this kind" in told(page)
    qtbot.mouseClick(button(page, "Undo"), LEFT)
    qtbot.waitUntil(lambda: "4 files are back" in page.banner.text, timeout=WAIT_MS)
    settle(qtbot, page, 9)
    assert files(copies) == before
    assert [tabs(page).tabText(place).split(" · ")[0][-1] for place in range(4)] == ["1", "2", "1", "0"]


def test_a_later_window_can_undo(
    session: Session, page: MainWindow, copies: Path, library: Library, qapp: QApplication, qtbot: QtBot
) -> None:
    before = files(copies)
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    confirm(qtbot, page, review(qtbot, page))
    assert len(files(copies)) == 8
    session.close()
    second = Session(qapp, library, Bugs().tell)
    second.open()
    assert second.window
    wait_for_photos(qtbot, second.window, 8)
    go_to_duplicates(second.window)
    wait_for_groups(qtbot, second.window)
    tools = second.window.duplicates.findChildren(QToolButton)
    qtbot.waitUntil(lambda: any(each.isVisible() and "Bring back" in each.toolTip() for each in tools))
    qtbot.mouseClick(next(each for each in tools if "Bring back" in each.toolTip()), LEFT)
    settle(qtbot, second.window, 9)
    assert files(copies) == before
    second.close()


def test_cancel_is_what_return_presses(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    before = files(copies)
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert files(copies) == before
    assert fates(page)["one copy.jpg"] == "goes"


def test_identical_files_become_one_by_a_link(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    _, _, link = dialog.findChildren(QRadioButton)
    assert link.isEnabled()
    link.setChecked(True)
    confirm(qtbot, page, dialog)
    assert (copies / "one.jpg").samefile(copies / "Backup" / "one copy.jpg")


def test_other_than_identical_files_are_never_linked(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "same")
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    _, _, link = review(qtbot, page).findChildren(QRadioButton)
    assert not link.isEnabled()


def test_the_photo_that_is_kept_takes_over_what_the_other_says(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    (copies / "two.jpg.xmp").write_bytes(complete(read_packet(EMPTY), {"xmp:Rating": ["4"]}))
    before = files(copies)
    open_tier(page, "same")
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    take_over = dialog.findChild(QCheckBox)
    assert isinstance(take_over, QCheckBox) and not take_over.isChecked()
    qtbot.keyClick(take_over, Qt.Key.Key_Space)
    confirm(qtbot, page, dialog)
    assert read_packet((copies / "two.png.xmp").read_bytes()).values == {"xmp:Rating": ["4"]}
    settle(qtbot, page, 7)
    qtbot.mouseClick(button(page, "Undo"), LEFT)
    qtbot.waitUntil(lambda: "are back" in page.banner.text, timeout=WAIT_MS)
    settle(qtbot, page, 9)
    assert files(copies) == before


@pytest.mark.parametrize("happened", ["changed", "vanished", "keeper changed"])
def test_what_is_another_meanwhile_is_told_and_left(
    page: MainWindow, copies: Path, qtbot: QtBot, happened: str
) -> None:
    qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
    dialog = review(qtbot, page)
    loser, keeper = copies / "Backup" / "one copy.jpg", copies / "one.jpg"
    match happened:
        case "changed":
            save_sample(loser, 7, SIZE)
        case "vanished":
            loser.unlink()
        case _:
            save_sample(keeper, 7, SIZE)
    before = files(copies)
    confirm(qtbot, page, dialog)
    qtbot.waitUntil(lambda: bool(page.findChildren(UnreadableDialog)), timeout=WAIT_MS)
    (listed,) = page.findChildren(UnreadableDialog)
    rows = listed.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    reason = {"changed": "It has changed", "vanished": "It is gone already", "keeper changed": "The photo to keep"}
    (item,) = rows.findItems("", Qt.MatchFlag.MatchContains)
    assert item.text(1).startswith(reason[happened])
    assert page.banner.text.startswith("Nothing went.") and "left as" in page.banner.text
    assert files(copies) == before
    listed.close()


def test_a_protected_folder_never_loses_a_photo(page: MainWindow, copies: Path, library: Library, qtbot: QtBot) -> None:
    keep = replace(library.settings.keep, protected=(str(copies / "Backup"),))
    library.change(replace(library.settings, keep=keep))
    page.duplicates.look()
    wait_for_groups(qtbot, page)
    assert shown_groups(page) == [["one copy.jpg", "one.jpg"]]
    go_to(qtbot, page, "one.jpg")
    press(qtbot, page, Qt.Key.Key_K, Qt.Key.Key_X)
    wait_for_groups(qtbot, page)
    assert page.duplicates.losses() == []
    keep = replace(library.settings.keep, protected=(str(copies),))
    library.change(replace(library.settings, keep=keep))
    page.duplicates.look()
    wait_for_groups(qtbot, page)
    for tier in TIERS[:3]:
        open_tier(page, tier)
        if suggest := [each for each in (button(page, "Take the suggestions"),) if each.isEnabled()]:
            qtbot.mouseClick(suggest[0], LEFT)
    assert page.duplicates.losses() == []


def test_the_rules_are_saved_and_a_folder_is_no_better_unless_one_says_so(
    page: MainWindow, copies: Path, library: Library, qtbot: QtBot
) -> None:
    rules = next(each for each in page.duplicates.findChildren(QToolButton) if each.toolTip() == "What is kept …")
    qtbot.mouseClick(rules, LEFT)
    dialog = page.findChild(RulesDialog)
    assert isinstance(dialog, RulesDialog)
    order, folders = dialog.findChildren(QListWidget)
    order.setCurrentRow(2)
    qtbot.keyClick(order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    folders.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(button(dialog, "OK"), LEFT)
    wait_for_groups(qtbot, page)
    keep = library.settings.keep
    assert keep.order == (RULES[0], RULES[2], RULES[1], *RULES[3:])
    assert (keep.folders, keep.protected) == ((), (str(copies),))


def test_chosen_photos_go_from_the_grid_and_the_review_says_where_no_copy_stays(
    window: MainWindow, library: Library, copies: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.folders.add([str(copies)])
    wait_for_photos(qtbot, window, 9)
    before, grid = files(copies), window.gallery.grid
    names = {photo.path: photo.photo_id for photo in library.photos.get(grid.photos.ids).values()}
    for name in ("Backup/one copy.jpg", "3.jpg"):
        row = grid.photos.row_of(names[str(copies / name)])
        grid.selectionModel().select(grid.photos.index(row), QItemSelectionModel.SelectionFlag.Select)
    window.actions_by_name["delete"].trigger()
    qtbot.waitUntil(lambda: window.findChild(ClearDialog) is not None, timeout=WAIT_MS)
    dialog = window.findChild(ClearDialog)
    assert isinstance(dialog, ClearDialog)
    assert listed(dialog) == [("3.jpg", "Nothing like it"), ("one copy.jpg", "one.jpg")]
    assert "Of 1 of them no copy stays in the library." in "".join(
        label.text() for label in dialog.findChildren(QLabel)
    )
    dialog.write(tmp_path / "list.csv")
    assert len((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
    assert files(copies) == before
    qtbot.mouseClick(button(dialog, "Move 2 photos to the trash"), LEFT)
    wait_for_photos(qtbot, window, 7)
    assert files(copies).keys() == before.keys() - {"Backup/one copy.jpg", "3.jpg"}
    window.actions_by_name["undo"].trigger()
    wait_for_photos(qtbot, window, 9)
    assert files(copies) == before


# What the closer look tells


@pytest.fixture
def sticker(window: MainWindow, album: Path, qtbot: QtBot) -> MainWindow:
    """The page with a photo, a smaller copy, and an edit with something pasted over it."""
    photo = open_sample(1, (960, 720))
    photo.save(album / "one.jpg", quality=95)
    photo.resize((480, 360)).save(album / "one small.jpg", quality=90)
    photo.paste((250, 220, 40), (600, 400, 800, 520))
    photo.save(album / "one sticker.jpg", quality=95)
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, 3)
    go_to_duplicates(window)
    wait_for_groups(qtbot, window)
    return window


def current_cell(window: MainWindow) -> QRect:
    """Where the second photo of the current group stands."""
    view = window.duplicates.view
    return view.cell_rect(Place(view.row, 1))


def test_an_undecided_photo_says_why_and_goes_by_hand_only(sticker: MainWindow, album: Path, qtbot: QtBot) -> None:
    open_tier(sticker, "edited")
    go_to(qtbot, sticker, "one sticker.jpg")
    assert "Shows something that the kept one does not" in told(sticker)
    view, cell = sticker.duplicates.view, current_cell(sticker)
    QApplication.sendEvent(
        view.viewport(), QHelpEvent(QEvent.Type.ToolTip, cell.center(), view.viewport().mapToGlobal(cell.center()))
    )
    assert QToolTip.text().startswith(str(album / "one sticker.jpg")) and "Shows something that" in QToolTip.text()
    assert not button(sticker, "Take the suggestions").isEnabled()
    open_tier(sticker, "same")
    qtbot.mouseClick(button(sticker, "Take the suggestions"), LEFT)
    open_tier(sticker, "edited")
    assert fates(sticker)["one sticker.jpg"] == "stays"
    assert "1 photo goes" in told(sticker) and "1 more needs a look" in told(sticker)
    go_to(qtbot, sticker, "one sticker.jpg")
    press(qtbot, sticker, Qt.Key.Key_X)
    dialog = review(qtbot, sticker)
    assert "1 of them was not proposed to go" in "".join(label.text() for label in dialog.findChildren(QLabel))
    rows = dialog.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    first = pairs(rows)[0]
    assert first.text(0) == "one sticker.jpg"
    assert first.text(2) == "You chose so: Shows something that the kept one does not"


def test_what_differs_is_outlined_where_it_lies(sticker: MainWindow, qtbot: QtBot) -> None:
    open_tier(sticker, "edited")
    go_to(qtbot, sticker, "one sticker.jpg")
    view, cell = sticker.duplicates.view, current_cell(sticker)
    drawn = view.viewport().grab().toImage()
    scale = drawn.devicePixelRatio()
    coloured = [
        (x, y)
        for x in range(cell.left(), cell.right())
        for y in range(cell.top(), cell.bottom())
        if drawn.pixelColor(round(x * scale), round(y * scale)) == QColor(COLOUR)
    ]
    assert coloured
    left, right = min(x for x, _ in coloured) - cell.left(), max(x for x, _ in coloured) - cell.left()
    top, bottom = (edge(y for _, y in coloured) - cell.top() for edge in (min, max))
    height = cell.width() * 3 / 4
    above = (cell.height() - height) / 2
    assert left <= 600 / 960 * cell.width() and right >= 800 / 960 * cell.width() - 3
    assert top <= above + 400 / 720 * height and bottom >= above + 520 / 720 * height - 3
    assert right - left < cell.width() / 2 and bottom - top < height / 2
    press(qtbot, sticker, Qt.Key.Key_Space)
    assert sticker.compare.isVisible()


@pytest.fixture
def hold(library: Library, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Looks for duplicates wait before each step of the closer look, until this is set."""
    go_on, look = Event(), library.duplicates

    def held(**options: Any) -> Generator[Progress, None, Duplicates]:
        job = look(**options)
        while True:
            try:
                step = next(job)
            except StopIteration as end:
                return end.value
            yield step
            if step.stage == "looking closer":
                go_on.wait(WAIT_MS / 1000)

    monkeypatch.setattr(library, "duplicates", held)
    return go_on


def open_while_checking(qtbot: QtBot, window: MainWindow, copies: Path) -> None:
    """Come to the page, and wait for the first groups."""
    window.folders.add([str(copies)])
    wait_for_photos(qtbot, window, 9)
    go_to_duplicates(window)
    qtbot.waitUntil(lambda: tabs(window).tabText(1) == "Same picture 2", timeout=WAIT_MS)
    assert window.duplicates.busy
    open_tier(window, "same")
    go_to(qtbot, window, "one small.jpg")


def test_groups_are_shown_while_originals_are_looked_at(
    hold: Event, window: MainWindow, copies: Path, qtbot: QtBot
) -> None:
    open_while_checking(qtbot, window, copies)
    assert "Being checked …" in told(window) and "Looking closer: 0 of " in told(window)
    assert not button(window, "Take the suggestions").isEnabled()
    press(qtbot, window, Qt.Key.Key_X)
    hold.set()
    wait_for_groups(qtbot, window)
    assert fates(window)["one small.jpg"] == "goes"
    assert current_name(window) == "two.png", "where the person went from there"
    assert button(window, "Take the suggestions").isEnabled() and "Looking closer" not in told(window)


def test_a_closer_look_can_be_stopped(hold: Event, window: MainWindow, copies: Path, qtbot: QtBot) -> None:
    open_while_checking(qtbot, window, copies)
    qtbot.mouseClick(button(window, "Stop"), LEFT)
    hold.set()
    wait_for_groups(qtbot, window)
    assert sorted(shown_groups(window)) == [["one.jpg", "one small.jpg"], ["two.png", "two.jpg"]]
    assert not window.duplicates.busy


# Closing


@pytest.mark.parametrize("doing", ["looking", "clearing"])
def test_the_window_closes_whatever_is_under_way(
    session: Session, page: MainWindow, copies: Path, library: Library, doing: str, qtbot: QtBot
) -> None:
    before = files(copies)
    if doing == "looking":
        page.duplicates.look()
    else:
        for tier in TIERS[:3]:
            open_tier(page, tier)
            qtbot.mouseClick(button(page, "Take the suggestions"), LEFT)
        dialog = review(qtbot, page)
        qtbot.mouseClick(button(dialog, "Move 4 photos to the trash"), LEFT)
    session.close()
    for act in library.history():
        for _ in library.undo(act.act_id):
            pass
    assert files(copies) == before
