"""Deciding which photos of a group go, and what the page then says."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import TIERS
from tests.gui.driving import WAIT_MS, Bugs, told, wait_for_photos
from tests.gui.duplicates.duplicates_driving import (
    LEFT,
    confirm,
    current_name,
    fates,
    go_to,
    go_to_duplicates,
    listed,
    open_tier,
    press,
    review,
    shown_groups,
    wait_for_groups,
)

pytestmark = pytest.mark.usefixtures("trash")


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
