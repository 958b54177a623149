"""Back and forward, the keys of the pages, and deciding in the viewer: whoever goes away comes back to where he was."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import TIERS, Filter, Query
from tests.gui.driving import WAIT_MS, wait_for_answer, wait_for_photos
from tests.photos import save_sample

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow, album: Path, qtbot: QtBot) -> MainWindow:
    """The window at the duplicates: two groups of identical files, one of them with a smaller copy, and four others."""
    for number in range(6):
        save_sample(album / f"{number}.jpg", number, (320, 240))
    save_sample(album / "1 small.jpg", 1, (240, 180), quality=90)
    for number in (1, 2):
        shutil.copy2(album / f"{number}.jpg", album / f"{number} copy.jpg")
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, 9)
    window.actions_by_name["duplicates"].trigger()
    qtbot.waitUntil(lambda: not window.duplicates.busy, timeout=WAIT_MS)
    return window


def current_name(window: MainWindow) -> str:
    photo = window.duplicates.view.photo
    return Path(photo.path).name if photo else ""


def state(window: MainWindow) -> str:
    """The caption of the viewer."""
    label = window.viewer.findChild(QLabel, "state")
    assert isinstance(label, QLabel)
    return label.text()


def test_back_leads_to_the_photo_and_the_selection_that_were_left(
    filled: MainWindow, samples: Path, qtbot: QtBot
) -> None:
    filled.resize(820, 520)
    grid = filled.gallery.grid
    chosen = [grid.photos.ids[row] for row in (5, 6)]
    grid.select(chosen[0])
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    grid.verticalScrollBar().setValue(60)
    scrolled = grid.verticalScrollBar().value()
    filled.commands.search((str(samples / "sample 3.jpg"),))
    wait_for_answer(qtbot, filled, "smaller.png")
    filled.gallery.strictness.setValue(0)
    count = len(grid.photos.ids)
    filled.history.visit(Query((), only=Filter(formats=("PNG",))))
    qtbot.waitUntil(lambda: len(grid.photos.ids) == 1, timeout=WAIT_MS)
    filled.actions_by_name["back"].trigger()
    wait_for_answer(qtbot, filled, "smaller.png")
    assert len(grid.photos.ids) == count  # as loose as it was
    filled.actions_by_name["back"].trigger()
    qtbot.waitUntil(lambda: filled.gallery.place == Query(()) and len(grid.photos.ids) == 9, timeout=WAIT_MS)
    assert (grid.selected_ids(), grid.current_id()) == (chosen, chosen[1])
    assert grid.verticalScrollBar().value() == scrolled and grid.hasFocus()
    assert not filled.actions_by_name["back"].isEnabled() and filled.actions_by_name["forward"].isEnabled()


def test_find_similar_from_a_group_comes_back_to_that_group(page: MainWindow, qtbot: QtBot) -> None:
    view = page.duplicates.view
    qtbot.keyClick(view, Qt.Key.Key_End)
    name = current_name(page)
    page.actions_by_name["similar"].trigger()
    qtbot.waitUntil(lambda: bool(page.history.here.photos) and page.gallery.isVisible(), timeout=WAIT_MS)
    page.actions_by_name["duplicates"].trigger()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    page.actions_by_name["back"].trigger()
    assert page.gallery.isVisible()
    page.actions_by_name["back"].trigger()
    assert view.isVisible() and view.hasFocus() and current_name(page) == name
    page.actions_by_name["forward"].trigger()
    page.actions_by_name["forward"].trigger()
    assert view.isVisible() and current_name(page) != name


def test_each_page_has_a_key_and_the_side_bar_keeps_the_keyboard(filled: MainWindow, qtbot: QtBot) -> None:
    filled.activateWindow()
    filled.side_bar.setFocus()
    for page, widget in (
        ("clusters", filled.clusters),
        ("duplicates", filled.duplicates),
        ("teach", filled.teach),
        ("photos", filled.gallery),
    ):
        action = filled.actions_by_name[page]
        assert not action.shortcut().isEmpty()
        action.trigger()
        assert widget.isVisible() and filled.side_bar.hasFocus()
        qtbot.waitUntil(lambda: not filled.duplicates.busy, timeout=WAIT_MS)
    filled.gallery.grid.setFocus()
    filled.actions_by_name["duplicates"].trigger()
    assert filled.duplicates.isAncestorOf(focus()) or filled.duplicates.view.hasFocus()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert isinstance(found, QWidget)
    return found


def test_tabs_are_changed_from_wherever_the_keyboard_is(page: MainWindow, qtbot: QtBot) -> None:
    tabs = page.duplicates.findChild(QTabBar)
    assert isinstance(tabs, QTabBar)
    before = tabs.currentIndex()
    for part in (page.duplicates.view, tabs):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Tab, CONTROL)
    assert tabs.currentIndex() == (before + 2) % len(TIERS)


def test_keys_decide_in_the_viewer_and_lead_to_the_next_photo(page: MainWindow, qtbot: QtBot) -> None:
    viewer, duplicates = page.viewer, page.duplicates
    first, second = duplicates.view.review.groups
    qtbot.keyClick(duplicates.view, Qt.Key.Key_V)
    assert viewer.isVisible() and state(page).startswith("kept")
    assert viewer.canvas.accessibleName().startswith(f"{current_name(page)}, kept, ")
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert state(page).startswith("undecided") and viewer.photo_id() == first.photos[1].photo.photo_id
    assert current_name(page) == Path(first.photos[1].photo.path).name
    qtbot.keyClick(viewer, Qt.Key.Key_X)
    assert duplicates.view.row == 1 and viewer.photo_id() == second.photos[0].photo.photo_id
    qtbot.keyClick(viewer, Qt.Key.Key_Return)
    assert [loss.photo.photo_id for loss in duplicates.losses()] == [
        group.photos[1].photo.photo_id for group in (first, second)
    ]
    for _ in range(2):
        page.actions_by_name["undo"].trigger()
    assert duplicates.losses() == [] and viewer.isVisible() and state(page).startswith("undecided")
    qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    assert viewer.photo_id() == second.photos[0].photo.photo_id
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert duplicates.view.hasFocus() and duplicates.view.row == 1


def test_screen_readers_hear_photo_folder_and_state(page: MainWindow, album: Path, qtbot: QtBot) -> None:
    view = page.duplicates.view
    for key, outcome in ((Qt.Key.Key_Right, "undecided"), (Qt.Key.Key_X, "goes")):
        qtbot.keyClick(view, key)
        view.go_to(view._layout.place(1))  # type: ignore[reportPrivateUsage]
        child = QAccessible.queryAccessibleInterface(view).child(1)
        spoken = child.text(QAccessible.Text.Name)
        assert Path(view.review.groups[0].photos[1].photo.path).name in spoken
        assert str(album) in spoken and outcome in spoken


def test_another_language_leaves_the_person_where_he_was(session: Session, page: MainWindow, library: Library) -> None:
    page.actions_by_name["settings"].trigger()
    page.rebuild_wanted.emit()
    QApplication.processEvents()
    window = session.window
    assert window and window is not page
    assert window.duplicates.isVisible() and window.actions_by_name["back"].isEnabled()


def rebuilt(session: Session) -> MainWindow:
    """The window that speaks another language."""
    assert session.window
    session.window.rebuild_wanted.emit()
    QApplication.processEvents()
    return session.window


def test_another_language_keeps_the_selection_and_what_can_be_undone(
    session: Session, page: MainWindow, library: Library, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.duplicates.view, Qt.Key.Key_A)
    page.actions_by_name["photos"].trigger()
    grid = page.gallery.grid
    grid.select(grid.photos.ids[4])
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = grid.selected_ids()
    library.labels.add("Dog", chosen)
    library.labels.add("Cat", grid.photos.ids[:1])
    next(each for each in grid.actions() if each.shortcut().toString() == "2").trigger()
    qtbot.waitUntil(lambda: library.labels.counts() == {"Cat": 1})
    window = rebuilt(session)
    qtbot.waitUntil(lambda: window.gallery.grid.selected_ids() == chosen)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: set(library.labels.counts()) == {"Cat", "Dog"})
    window = rebuilt(session)
    window.actions_by_name["duplicates"].trigger()
    qtbot.waitUntil(lambda: not window.duplicates.busy)
    assert len(window.duplicates.view.review.groups) == 1 and len(library.feedback.decisions()) == 1
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: not window.duplicates.busy and len(window.duplicates.view.review.groups) == 2)
    assert library.feedback.decisions() == [] and window.undo.last is None
