"""Decisions that are undone, taken back, or still there in a later window."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QToolButton,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.clearing.decisions_dialog import DecisionsDialog
from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import UNCHECKED, Side
from tests.gui.driving import WAIT_MS, Bugs, button, wait_for_photos
from tests.gui.duplicates.duplicates_driving import (
    LEFT,
    current_name,
    go_to,
    go_to_duplicates,
    open_tier,
    open_while_checking,
    outcomes,
    press,
    shown_groups,
    wait_for_groups,
)

pytestmark = pytest.mark.usefixtures("trash")


def test_a_group_is_decided_by_one_key_and_every_step_is_undone(
    page: MainWindow, library: Library, qtbot: QtBot
) -> None:
    open_tier(page, "same")
    before, untouched = shown_groups(page), outcomes(page)
    press(qtbot, page, Qt.Key.Key_Return)
    assert current_name(page) == before[1][0] and [outcomes(page)[name] for name in before[0]] == ["kept", "goes"]
    go_to(qtbot, page, before[1][1])
    qtbot.keyClick(page.duplicates.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert [outcomes(page)[name] for name in before[1]] == ["goes", "kept"]
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
    qtbot.waitUntil(lambda: (shown_groups(page), outcomes(page)) == (before, untouched), timeout=WAIT_MS)
    wait_for_groups(qtbot, page)
    assert (shown_groups(page), outcomes(page)) == (before, untouched)
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


def test_what_is_undone_shows_what_was_found_meanwhile(
    hold: Event, window: MainWindow, copies: Path, qtbot: QtBot
) -> None:
    open_while_checking(qtbot, window, copies)
    checked = window.duplicates.view.review.groups[window.duplicates.view.row]
    assert checked.photos[1].side == UNCHECKED
    press(qtbot, window, Qt.Key.Key_N)
    hold.set()
    wait_for_groups(qtbot, window)
    window.actions_by_name["undo"].trigger()

    def sides() -> set[Side]:
        review = window.duplicates.view.review
        return {m.side for group in review.groups for m in group.photos if m.photo == checked.photos[1].photo}

    assert sides() == {UNCHECKED}, "it is back at once"
    qtbot.waitUntil(lambda: sides() == {Side("yes")}, timeout=WAIT_MS)


def test_keys_mean_the_same_in_the_comparison(page: MainWindow, qtbot: QtBot) -> None:
    open_tier(page, "same")
    first, second = shown_groups(page)
    press(qtbot, page, Qt.Key.Key_Space)
    compare = page.compare
    captions = compare.findChildren(QLabel, "state")
    assert "KEPT" in captions[0].text() and "UNDECIDED" in captions[1].text()
    qtbot.keyClick(compare, Qt.Key.Key_Right)
    qtbot.keyClick(compare, Qt.Key.Key_X)
    assert outcomes(page)[first[1]] == "goes" and current_name(page) == second[0] and compare.isVisible()
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
    assert rows.selectedItems() == [rows.currentItem()] == [item]  # the latest, which the button acts on
    qtbot.mouseClick(button(dialog, "Take back"), LEFT)
    qtbot.waitUntil(lambda: "1 decision was taken back" in page.banner.text, timeout=WAIT_MS)
    wait_for_groups(qtbot, page)
    assert shown_groups(page) == [["one.jpg", "one copy.jpg"]] and library.feedback.decisions() == []
