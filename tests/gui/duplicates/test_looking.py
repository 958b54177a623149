"""Looking for duplicates: tiers and their counts, stopping, and closing the window meanwhile."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import TIERS
from tests.gui.driving import button, told, wait_for_photos
from tests.gui.duplicates.duplicates_driving import (
    LEFT,
    files,
    go_to_duplicates,
    open_tier,
    review,
    shown_groups,
    tabs,
    wait_for_groups,
)

pytestmark = pytest.mark.usefixtures("trash")


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


def test_photos_that_come_after_a_look_are_told_and_nothing_moves(page: MainWindow, copies: Path, qtbot: QtBot) -> None:
    again = "Photos have come since: look again"
    before = shown_groups(page), page.duplicates.view.geometry()
    page.indexing.start()  # which finds nothing new
    wait_for_photos(qtbot, page, 9)
    assert again not in told(page)
    shutil.copy2(copies / "one.jpg", copies / "one more.jpg")
    page.indexing.start()
    qtbot.waitUntil(lambda: again in told(page))
    assert (shown_groups(page), page.duplicates.view.geometry()) == before
    qtbot.mouseClick(button(page, again), LEFT)
    wait_for_groups(qtbot, page)
    assert list(map(sorted, shown_groups(page))) == [["one copy.jpg", "one more.jpg", "one.jpg"]]
    assert again not in told(page)
    open_tier(page, "similar")
    shutil.copy2(copies / "one.jpg", copies / "one once more.jpg")
    page.indexing.start()
    qtbot.waitUntil(lambda: "Photos have come since." in told(page))


def test_a_look_that_saw_the_new_photos_is_not_outdated_when_their_indexing_ends(
    page: MainWindow, copies: Path, qtbot: QtBot
) -> None:
    again = "Photos have come since: look again"
    looks: list[str] = []

    def look_again() -> None:
        if page.indexing.condition.stage == "indexing" and not looks:
            looks.append(page.indexing.condition.stage)
            qtbot.mouseClick(button(page, again), LEFT)

    page.indexing.changed.connect(look_again)
    shutil.copy2(copies / "one.jpg", copies / "one more.jpg")
    page.indexing.start()
    wait_for_photos(qtbot, page, 10)
    wait_for_groups(qtbot, page)
    assert looks and list(map(sorted, shown_groups(page))) == [["one copy.jpg", "one more.jpg", "one.jpg"]]
    assert again not in told(page)


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
