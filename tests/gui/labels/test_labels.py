"""Labels and matches in the window: given, taken away, shown, listed, renamed, forgotten, and noted of an answer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from photosearch.gui.labels.label_dialog import LabelDialog
from photosearch.gui.labels.labelling import renumbered
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import Filter, Query
from tests.gui.driving import WAIT_MS, button, told, wait_for_answer, wait_for_photos


def ids(library: Library, *names: str) -> list[int]:
    by_name = {Path(photo.path).name: key for key, photo in library.photos.get(library.photos.listing().ids).items()}
    return [by_name[name] for name in names]


def select(window: MainWindow, photos: list[int]) -> None:
    """Select photos in the grid; the first is the current one."""
    grid = window.gallery.grid
    grid.select(photos[0])
    model = grid.selectionModel()
    for photo in photos[1:]:
        model.select(grid.photos.index(grid.photos.row_of(photo)), model.SelectionFlag.Select)
    assert grid.selected_count() == len(photos)


def open_dialog(window: MainWindow, qtbot: QtBot) -> LabelDialog:
    """Press L over the photos."""
    qtbot.waitUntil(window.actions_by_name["label"].isEnabled, timeout=WAIT_MS)
    window.activateWindow()  # without a screen nobody does it when a dialog closes
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    qtbot.keyClick(window.gallery.grid, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(LabelDialog)), timeout=WAIT_MS)
    return next(each for each in window.findChildren(LabelDialog) if each.isVisible())


def test_labels_are_given_and_taken_away(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    photos = ids(library, "sample 1.jpg", "sample 2.jpg", "sample 4.jpg")
    select(filled, photos)
    dialog = open_dialog(filled, qtbot)
    assert dialog.boxes == {} and "3 photos" in dialog.windowTitle()
    qtbot.keyClicks(dialog.field, "  Wild & free")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.labels.counts() == {"Wild & free": 3}, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Wild & free" in told(filled), timeout=WAIT_MS)

    library.labels.add("big", photos[:1])
    library.labels.add("old", photos[:1])
    dialog = open_dialog(filled, qtbot)
    states = {name: box.checkState() for name, box in dialog.boxes.items()}
    some, every = Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked
    assert states == {"big": some, "old": some, "Wild & free": every}
    assert dialog.boxes["big"].text() == "big (1 of 3)"
    dialog.boxes["big"].click()  # all of them
    dialog.boxes["Wild & free"].click()  # none
    qtbot.mouseClick(button(dialog, "Apply"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.labels.counts() == {"big": 3, "old": 1}, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "big · old" in told(filled), timeout=WAIT_MS)


def test_return_takes_a_typed_label_though_known_ones_are_listed(
    filled: MainWindow, library: Library, qtbot: QtBot
) -> None:
    photos = ids(library, "sample 1.jpg", "sample 2.jpg")
    library.labels.add("Wildlife", photos[:1])
    select(filled, photos[1:])
    for keys, counts in (
        ((), {"Wild": 1, "Wildlife": 1}),
        ((Qt.Key.Key_Down, Qt.Key.Key_Down), {"Wild": 1, "Wildlife": 2}),  # one is chosen in the list
    ):
        dialog = open_dialog(filled, qtbot)
        popup = dialog.field.completer().popup()
        assert popup
        qtbot.keyClicks(dialog.field, "wild" if keys else "Wild")
        qtbot.waitUntil(popup.isVisible)
        for key in (*keys, Qt.Key.Key_Return):
            qtbot.keyClick(popup, key)
        assert not popup.isVisible()
        if keys:
            assert dialog.field.text() == "Wildlife"
            qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda counts=counts: library.labels.counts() == counts)


def test_escape_changes_nothing(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    photos = ids(library, "sample 1.jpg")
    library.labels.add("big", photos)
    select(filled, photos)
    dialog = open_dialog(filled, qtbot)
    dialog.boxes["big"].click()
    qtbot.keyClicks(dialog.field, "xyz")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not filled.findChildren(LabelDialog), timeout=WAIT_MS)
    assert library.labels.counts() == {"big": 1}


def test_number_keys_give_the_labels_given_last_and_take_them(
    filled: MainWindow, library: Library, qtbot: QtBot
) -> None:
    one, two = ids(library, "sample 1.jpg", "sample 2.jpg")
    for name in ("old", "new"):
        library.labels.add(name, [one])
    select(filled, [one, two])
    dialog = open_dialog(filled, qtbot)
    assert "1 new  ·  2 old" in told(filled)
    dialog.reject()
    filled.activateWindow()
    qtbot.waitUntil(filled.isActiveWindow, timeout=WAIT_MS)
    grid = filled.gallery.grid
    for counts in ({"new": 1, "old": 2}, {"new": 1}):  # to all of them, then from all of them
        qtbot.keyClick(grid, Qt.Key.Key_2)
        qtbot.waitUntil(lambda counts=counts: library.labels.counts() == counts, timeout=WAIT_MS)
    filled.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: library.labels.counts() == {"new": 1, "old": 2}, timeout=WAIT_MS)
    qtbot.keyClick(grid, Qt.Key.Key_9)  # no label has it
    qtbot.keyClick(grid, Qt.Key.Key_1)  # it kept its number, though the other was given since
    qtbot.waitUntil(lambda: library.labels.counts() == {"new": 2, "old": 2}, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "2 photos carry “new”." in told(filled), timeout=WAIT_MS)


def test_undone_at_once_is_what_was_done_last(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    """Not what was done before it, because it is still being written."""
    select(filled, ids(library, "sample 1.jpg"))
    for name in ("first", "second", "third"):
        dialog = open_dialog(filled, qtbot)
        qtbot.keyClicks(dialog.field, name)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        if name == "second":
            filled.actions_by_name["undo"].trigger()
        else:  # what was asked for before is written then, too
            qtbot.waitUntil(lambda name=name: name in library.labels.counts(), timeout=WAIT_MS)
    assert library.labels.counts() == {"first": 1, "third": 1}


def test_a_label_keeps_its_number_while_it_is_among_the_latest() -> None:
    assert renumbered([], ["b", "a"]) == ["b", "a"]
    assert renumbered(["b", "a"], ["c", "a", "b"]) == ["b", "a", "c"]
    assert renumbered(["b", "a"], ["a"]) == ["", "a"]  # that one was forgotten
    assert renumbered(["", "a"], ["d", "a"]) == ["d", "a"]


def test_known_labels_are_offered_while_typing(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    library.labels.add("Grey wolf", ids(library, "sample 2.jpg"))
    select(filled, ids(library, "sample 1.jpg"))
    completer = open_dialog(filled, qtbot).field.completer()
    completer.setCompletionPrefix("WOL")
    assert completer.currentCompletion() == "Grey wolf"


def test_a_key_goes_on_with_a_name_that_is_typed(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    select(filled, ids(library, "sample 1.jpg"))
    qtbot.waitUntil(filled.actions_by_name["label"].isEnabled, timeout=WAIT_MS)
    grid = filled.gallery.grid
    wanted = ids(library, "smaller.png")[0]
    with qtbot.waitSignal(grid.type_ahead, check_params_cb=lambda typed: typed == "smal", timeout=WAIT_MS):
        qtbot.keyClicks(grid, "smal")
    qtbot.waitUntil(lambda: grid.current_id() == wanted, timeout=WAIT_MS)
    assert not filled.findChildren(LabelDialog)


def test_the_side_bar_lists_labels_and_shows_their_photos(
    filled: MainWindow, library: Library, samples: Path, qtbot: QtBot
) -> None:
    photos = ids(library, "sample 1.jpg", "sample 2.jpg")
    heading = filled.side_bar.findItems("Labels", Qt.MatchFlag.MatchExactly)[0]
    assert heading.isHidden()
    library.labels.add("wild", photos)
    filled.side_bar.refresh()
    qtbot.waitUntil(lambda: not heading.isHidden(), timeout=WAIT_MS)
    filled.side_bar.setCurrentItem(heading.child(0))
    wait_for_photos(qtbot, filled, 2)
    assert filled.history.here == Query((), only=Filter(label="wild"))
    assert filled.windowTitle().startswith("wild")

    select(filled, photos[:1])
    dialog = open_dialog(filled, qtbot)
    dialog.boxes["wild"].click()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    wait_for_photos(qtbot, filled, 1)

    library.labels.add("wild", ids(library, "smaller.png"))
    filled.history.visit(Query((str(samples / "sample 3.jpg"),), only=Filter(label="wild")))
    wait_for_answer(qtbot, filled, "smaller.png")
    assert "1 of 2" in told(filled)


def test_a_label_is_renamed_and_forgotten_in_the_side_bar(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    library.labels.add("wild", ids(library, "sample 1.jpg"))
    filled.history.visit(Query((), only=Filter(label="wild")))
    filled.side_bar.refresh()
    heading = filled.side_bar.findItems("Labels", Qt.MatchFlag.MatchExactly)[0]
    qtbot.waitUntil(lambda: heading.childCount() == 1, timeout=WAIT_MS)
    choose_in_menu(filled, qtbot, "Rename …")
    dialog = filled.findChildren(QInputDialog)[0]
    assert dialog.textValue() == "wild"
    dialog.setTextValue(" Tame ")
    dialog.accept()
    qtbot.waitUntil(lambda: filled.history.here.only.label == "Tame", timeout=WAIT_MS)
    wait_for_photos(qtbot, filled, 1)
    qtbot.waitUntil(lambda: heading.child(0).text(0) == "Tame", timeout=WAIT_MS)

    choose_in_menu(filled, qtbot, "Forget the label …")
    question = filled.findChildren(QMessageBox)[0]
    assert "Tame" in question.text()
    question.button(QMessageBox.StandardButton.Yes).click()
    wait_for_photos(qtbot, filled, 9)
    assert library.labels.counts() == {}
    qtbot.waitUntil(heading.isHidden, timeout=WAIT_MS)
    for before in ("Tame", "wild"):
        filled.actions_by_name["undo"].trigger()
        qtbot.waitUntil(lambda name=before: library.labels.counts() == {name: 1}, timeout=WAIT_MS)
        assert told(filled).count("Undone: ") == 1


def choose_in_menu(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Choose in the menu of the only label."""
    bar = window.side_bar
    item = bar.findItems("Labels", Qt.MatchFlag.MatchExactly)[0].child(0)
    at = bar.visualItemRect(item).center()
    bar.customContextMenuRequested.emit(QPoint(at))
    qtbot.waitUntil(lambda: bool(bar.findChildren(QMenu)), timeout=WAIT_MS)
    menu = bar.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()
    qtbot.waitUntil(lambda: not bar.findChildren(QMenu), timeout=WAIT_MS)


@pytest.mark.parametrize(("action", "words", "told_of_it"), [
    ("same", "1 photo shows the same thing as “sample 3.jpg”", "The same thing"),
    ("not-same", "1 photo does not show the same thing as “sample 3.jpg”", "Not the same thing"),
])  # fmt: skip
def test_an_answer_is_confirmed_or_rejected(
    filled: MainWindow, library: Library, samples: Path, qtbot: QtBot, action: str, words: str, told_of_it: str
) -> None:
    act = filled.actions_by_name[action]
    photos = ids(library, "smaller.png")
    select(filled, photos)
    assert not act.isEnabled(), "nothing is searched with"
    query = str(samples / "sample 3.jpg")
    filled.commands.search((query,))
    wait_for_answer(qtbot, filled, "smaller.png")
    select(filled, photos)
    qtbot.waitUntil(act.isEnabled, timeout=WAIT_MS)
    act.trigger()
    qtbot.waitUntil(lambda: words in filled.banner.text, timeout=WAIT_MS)
    same = action == "same"
    assert [len(pairs) for pairs in library.feedback.matches()] == ([1, 0] if same else [0, 1])
    qtbot.waitUntil(lambda: told_of_it in told(filled), timeout=WAIT_MS)
    qtbot.mouseClick(button(filled, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.feedback.matches() == ([], []), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: told_of_it not in told(filled), timeout=WAIT_MS)

    library.feedback.confirm(query, photos, not same)
    before = library.feedback.matches()
    act.trigger()
    qtbot.waitUntil(lambda: library.feedback.matches() != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: told_of_it in told(filled), timeout=WAIT_MS)
    qtbot.mouseClick(button(filled, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.feedback.matches() == before, timeout=WAIT_MS)


def test_the_open_photo_is_labelled_not_the_selected_ones(filled: MainWindow, library: Library, qtbot: QtBot) -> None:
    photos = ids(library, "sample 1.jpg", "sample 2.jpg")
    select(filled, photos)
    qtbot.keyClick(filled.gallery.grid, Qt.Key.Key_Return)
    assert filled.viewer.isVisible()
    opened = filled.viewer.photo_id()
    filled.actions_by_name["label"].trigger()
    qtbot.waitUntil(lambda: bool(filled.findChildren(LabelDialog)), timeout=WAIT_MS)
    dialog = filled.findChildren(LabelDialog)[0]
    qtbot.keyClicks(dialog.field, "one")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.labels.counts() == {"one": 1}, timeout=WAIT_MS)
    assert [photo.photo_id for photo in library.labels.labelled_photos()] == [opened]
