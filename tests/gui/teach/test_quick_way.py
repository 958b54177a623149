"""Teaching in seconds as a person uses it, with a real lesson from drawn photos."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from photosearch import settings
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import Match, Query
from tests.gui.driving import WAIT_MS, button, told
from tests.gui.teach.test_teach_page import go_to_teach, label_list, press, rows, wait_for_buttons, wait_until_told
from tests.jobs import finish, index
from tests.library.test_teaching import EACH, SHAPES, draw_shape


@pytest.fixture
def library(library: Library, album: Path) -> Library:
    """The library of thirty labelled photos."""
    for shape, name in enumerate(SHAPES):
        for number in range(EACH):
            draw_shape(shape, number).save(album / f"{name}{number}.png")
    index(library, album)
    for photo in library.photos.get(library.photos.listing().ids).values():
        library.labels.add(Path(photo.path).name.rstrip("0123456789.png"), [photo.photo_id])
    return library


@pytest.fixture
def untrained(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> MainWindow:
    """The window at the page Teach, where the packages to train a network are not installed."""
    monkeypatch.setattr(settings, "NEEDED_TO_TRAIN", ("json", "there_is_no_such_module"))
    go_to_teach(window)
    wait_for_buttons(qtbot, window, "Copy the command", "Teach in seconds")
    return window


def test_without_pytorch_it_learns_in_seconds_is_used_and_undone(
    untrained: MainWindow, library: Library, album: Path, qtbot: QtBot
) -> None:
    query = Query((str(album / "Discs0.png"),), min_score=-1)
    before = library.similar(query)
    wait_for_buttons(qtbot, untrained, "Copy the command", "Teach in seconds")
    assert "It is not installed." in told(untrained)
    press(qtbot, untrained, "Copy the command")
    assert QGuiApplication.clipboard().text() in told(untrained)
    press(qtbot, untrained, "Teach in seconds")
    wait_until_told(qtbot, untrained, "It got better at finding held-out photos")
    assert "30 photos  ·  3 labels" in told(untrained)
    assert [name for name, *_ in rows(untrained.teach.quick.table)][2:] == sorted(SHAPES)
    wait_for_buttons(qtbot, untrained, "Back", "Use it")
    assert library.similar(query) == before
    press(qtbot, untrained, "Use it")
    wait_for_buttons(qtbot, untrained, "Back", "Undo")
    assert "Searches go by what was taught in seconds." in told(untrained)
    assert library.similar(query) != before
    press(qtbot, untrained, "Undo")
    wait_for_buttons(qtbot, untrained, "Back", "Use it")
    assert library.similar(query) == before
    press(qtbot, untrained, "Back")
    wait_for_buttons(qtbot, untrained, "Copy the command", "Teach in seconds")


def test_an_open_search_follows(untrained: MainWindow, library: Library, album: Path, qtbot: QtBot) -> None:
    query = Query((str(album / "Discs0.png"),), min_score=-1)
    press(qtbot, untrained, "Teach in seconds")
    wait_for_buttons(qtbot, untrained, "Back", "Use it")
    untrained.history.visit(query)

    def shows(best: Match) -> bool:
        shown = untrained.gallery.grid.photos.ids
        return bool(shown) and untrained.gallery.match(shown[0]) == best

    before = library.similar(query)[0]
    qtbot.waitUntil(lambda: shows(before), timeout=WAIT_MS)
    go_to_teach(untrained)
    press(qtbot, untrained, "Use it")
    wait_for_buttons(qtbot, untrained, "Back", "Undo")
    after = library.similar(query)[0]
    assert after != before
    qtbot.waitUntil(lambda: shows(after), timeout=WAIT_MS)


def test_too_little_is_told_and_the_choices_stay(untrained: MainWindow, library: Library, qtbot: QtBot) -> None:
    for name in SHAPES[:2]:
        (item,) = label_list(untrained).findItems(name, Qt.MatchFlag.MatchExactly)
        item.setCheckState(0, Qt.CheckState.Unchecked)
    assert not button(untrained, "Teach in seconds").isEnabled()
    label_list(untrained).findItems(SHAPES[0], Qt.MatchFlag.MatchExactly)[0].setCheckState(0, Qt.CheckState.Checked)
    library.labels.remove(SHAPES[0], [photo.photo_id for photo in library.labels.labelled_photos([SHAPES[0]])][1:])
    press(qtbot, untrained, "Teach in seconds")
    wait_until_told(qtbot, untrained, "has 2 photos of its own or more")
    wait_for_buttons(qtbot, untrained, "Copy the command", "Teach in seconds")


def test_a_metric_of_another_window_can_be_undone(untrained: MainWindow, library: Library, qtbot: QtBot) -> None:
    with Library(library.places.library) as other:
        other.teaching.adopt(finish(other.teaching.learn()))
    untrained.teach.open()
    wait_until_told(qtbot, untrained, "Searches go by what was taught in seconds.")
    press(qtbot, untrained, "Undo")
    qtbot.waitUntil(lambda: library.teaching.metric is None, timeout=WAIT_MS)
