"""Suggestions for a label as a person uses them: how far they can be trusted, then one key a photo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photosearch.gui.labels.suggestions_page import SuggestionsPage
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from tests.gui.driving import WAIT_MS, told, wait_for_photos
from tests.photos import open_sample

KINDS, EACH, LABELLED = 3, 6, 4


@pytest.fixture
def page(window: MainWindow, library: Library, album: Path, qtbot: QtBot) -> SuggestionsPage:
    """Six views of each of three photos; four of the first carry a label, and four of the second another one."""
    for kind in range(KINDS):
        picture = open_sample(kind, (320, 240))
        for number in range(EACH):
            left, top = 4 * number, 3 * number
            picture.crop((left, top, left + 296, top + 222)).save(album / f"{kind} {number}.jpg")
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, KINDS * EACH)
    for kind, name in enumerate(("First", "Second")):
        photos = [
            photo for number in range(LABELLED) for photo in library.photos.at(str(album / f"{kind} {number}.jpg"))
        ]
        library.labels.add(name, photos)
    window.side_bar.refresh()
    window.side_bar.suggest_wanted.emit("First")
    qtbot.waitUntil(lambda: bool(window.pages.suggestions.grid.photos.ids), timeout=WAIT_MS)
    return window.pages.suggestions


def names(page: SuggestionsPage, library: Library) -> list[str]:
    photos = library.photos.get(page.grid.photos.ids)
    return [Path(photos[each].path).name for each in page.grid.photos.ids]


def test_the_most_probable_are_first_and_how_far_they_can_be_trusted_is_said(
    page: SuggestionsPage, window: MainWindow, library: Library
) -> None:
    assert set(names(page, library)[:2]) == {"0 4.jpg", "0 5.jpg"}
    assert "Checked on your labels: of 4 photos that carry it" in told(window)
    assert "Of 4 photos with other labels only, 0 would be." in told(window)
    assert "Suggestions for “First”" in window.windowTitle()


def test_a_key_confirms_and_another_refuses_and_both_are_undone(
    page: SuggestionsPage, window: MainWindow, library: Library, album: Path, qtbot: QtBot
) -> None:
    count, first = len(page.grid.photos.ids), names(page, library)[0]
    assert page.grid.current_id() == page.grid.photos.ids[0]
    told_of = page.grid.photos.index(0)
    qtbot.waitUntil(lambda: "%" in (told_of.data(Qt.ItemDataRole.AccessibleTextRole) or ""), timeout=WAIT_MS)
    qtbot.keyClick(page.grid, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: library.labels.counts()["First"] == LABELLED + 1, timeout=WAIT_MS)
    assert first not in names(page, library) and page.grid.current_id() == page.grid.photos.ids[0]
    second = names(page, library)[0]
    qtbot.keyClick(page.grid, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: len(library.labels.contents("First").refused) == 1, timeout=WAIT_MS)
    assert len(page.grid.photos.ids) == count - 2
    page.look()
    qtbot.waitUntil(lambda: page.grid.isVisible() or "No other photo" in told(window), timeout=WAIT_MS)
    assert second not in names(page, library)  # it was refused
    for _ in range(2):
        window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: library.labels.counts()["First"] == LABELLED, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: library.labels.contents("First").refused == [], timeout=WAIT_MS)
    assert {first, second} <= set(names(page, library))


def test_with_too_few_labelled_photos_it_says_so(
    page: SuggestionsPage, window: MainWindow, library: Library, album: Path, qtbot: QtBot
) -> None:
    library.labels.add("Third", library.photos.at(str(album / "2 0.jpg")))
    window.side_bar.suggest_wanted.emit("Third")
    qtbot.waitUntil(lambda: "to at least 3 photos first" in told(window), timeout=WAIT_MS)
    window.actions_by_name["back"].trigger()
    qtbot.waitUntil(lambda: window.gallery.grid.isVisible(), timeout=WAIT_MS)
    assert not window.actions_by_name["suggest"].isEnabled()
