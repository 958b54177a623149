"""The page Bursts as a person uses it: the best shot is kept, the rest go after a review, and come back."""

from collections.abc import Generator, Iterable
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from photosearch.find.bursts import Burst
from photosearch.gui.bursts.bursts_page import BurstsPage
from photosearch.gui.clearing.clear_dialog import ClearDialog
from photosearch.gui.duplicates.pair_list import WHY
from photosearch.gui.grid.cell_delegate import photo_rect
from photosearch.gui.shell import window_state
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.jobs import READERS
from photosearch.library import Library
from photosearch.library.bursts import BurstGroup
from photosearch.models import Progress
from tests.conftest import kept_library, restored
from tests.gui.driving import WAIT_MS, button, told, wait_for_photos, wait_until_indexed
from tests.gui.duplicates.duplicates_driving import pairs
from tests.photos import save_shots


@pytest.fixture(scope="module")
def indexed_shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a burst, a bracket and a panorama of three shots each, and a library of them."""
    place = tmp_path_factory.mktemp("shots")
    save_shots(place / "album")
    with kept_library(place):
        return place


tmp_path = restored("indexed_shots", "page")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> BurstsPage:
    """The page with the shots, opened by its action."""
    wait_until_indexed(qtbot, window, 10)
    window.actions_by_name["bursts"].trigger()
    qtbot.waitUntil(lambda: len(window.bursts.view.review.groups) == 3, timeout=WAIT_MS)
    return window.bursts


def row_of(page: BurstsPage, kind: str) -> int:
    groups = page.view.review.groups
    return next(row for row, group in enumerate(groups) if isinstance(group, BurstGroup) and group.kind == kind)


def go_to(page: BurstsPage, kind: str, number: int = 0) -> None:
    page.look_at(page.view.review.groups[row_of(page, kind)].photos[number].photo.photo_id)


def names_of(page: BurstsPage, kind: str) -> list[str]:
    return [Path(member.photo.path).name for member in page.view.review.groups[row_of(page, kind)].photos]


def going(page: BurstsPage) -> list[str]:
    return sorted(Path(loss.photo.path).name for loss in page.losses())


def press(
    qtbot: QtBot, page: BurstsPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(page.view, key, modifier)


def test_the_best_is_first_and_enter_keeps_it(
    page: BurstsPage, window: MainWindow, album: Path, trash: Path, qtbot: QtBot
) -> None:
    assert names_of(page, "burst") == ["burst1.jpg", "burst2.jpg", "burst0.jpg"]
    assert "1 burst" in told(window) and "1 exposure bracket" in told(window)
    assert going(page) == []  # nothing is proposed
    go_to(page, "burst", 2)
    press(qtbot, page, Qt.Key.Key_Return)
    assert going(page) == ["burst0.jpg", "burst2.jpg"]
    button(page, "Review …").click()
    dialog = window.findChild(ClearDialog)
    assert dialog and "2 of them were not proposed to go" in told(window)
    rows = dialog.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    assert {pair.text(WHY) for pair in pairs(rows)} == {"You chose so: Another shot of the scene"}
    go = dialog.findChild(QPushButton, "go")
    assert isinstance(go, QPushButton)
    go.click()
    qtbot.waitUntil(lambda: not (album / "burst0.jpg").exists(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(page.view.review.groups) == 2, timeout=WAIT_MS)
    assert (album / "burst1.jpg").exists()
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: (album / "burst0.jpg").exists(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(page.view.review.groups) == 3, timeout=WAIT_MS)


def test_brackets_and_panoramas_stay_whole(page: BurstsPage, qtbot: QtBot) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    for kind in ("bracket", "panorama"):
        for number in range(3):
            for key in (Qt.Key.Key_Return, Qt.Key.Key_X, Qt.Key.Key_K):
                go_to(page, kind, number)
                press(qtbot, page, key)
            press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert going(page) == [] and len(said) == 24 and "stay" in said[0]
    button(page, "Keep the best of all").click()
    assert going(page) == ["burst0.jpg", "burst2.jpg"]


def test_another_best_is_chosen_and_remembered(
    page: BurstsPage, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    go_to(page, "burst", 2)
    press(qtbot, page, Qt.Key.Key_K)

    def best() -> str:
        group = page.view.review.groups[row_of(page, "burst")]
        return Path(next(m.photo.path for m in group.photos if m.photo.photo_id == group.keeper)).name

    qtbot.waitUntil(lambda: best() == "burst0.jpg", timeout=WAIT_MS)
    search = library.bursts.find()
    with pytest.raises(StopIteration) as end:
        while True:
            next(search)
    assert sum(library.photos.get([burst.best])[burst.best].path.endswith("burst0.jpg") for burst in end.value.value)
    press(qtbot, page, Qt.Key.Key_Return)
    assert going(page) == ["burst1.jpg", "burst2.jpg"]
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: best() == "burst1.jpg", timeout=WAIT_MS)
    assert going(page) == []


def test_a_burst_that_is_kept_is_not_asked_about_again(page: BurstsPage, window: MainWindow, qtbot: QtBot) -> None:
    go_to(page, "burst")
    press(qtbot, page, Qt.Key.Key_A)
    assert len(page.view.review.groups) == 2
    window.actions_by_name["photos"].trigger()
    window.actions_by_name["bursts"].trigger()
    qtbot.waitUntil(lambda: not page.deciding.writing, timeout=WAIT_MS)
    page.look_afresh()
    qtbot.waitUntil(lambda: len(page.view.review.groups) == 2, timeout=WAIT_MS)
    page.keep_best()
    assert going(page) == []
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: len(page.view.review.groups) == 3, timeout=WAIT_MS)


def test_it_is_decided_in_the_comparison_and_the_viewer_too(page: BurstsPage, window: MainWindow, qtbot: QtBot) -> None:
    go_to(page, "burst", 1)
    press(qtbot, page, Qt.Key.Key_V)
    assert window.pages.currentWidget() is window.viewer and window.viewer.is_group
    assert "Best only" in told(window) and "No duplicate" not in told(window)
    window.viewer.close_view()
    press(qtbot, page, Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.compare
    window.compare.decide("let go")
    assert going(page) == ["burst2.jpg"]


def test_a_screen_reader_hears_what_it_is(page: BurstsPage) -> None:
    index = page.view.indexAt(page.view.cell_rect(page.view.place).center()) if page.view.place else None
    assert index and "Panorama" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "3 photos" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_without_any_it_says_so(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    window.folders.add([str(tmp_path / "empty")])
    window.actions_by_name["bursts"].trigger()
    qtbot.waitUntil(lambda: "There are no photos yet" in told(window), timeout=WAIT_MS)


@pytest.fixture
def hold(library: Library, monkeypatch: pytest.MonkeyPatch) -> Event:
    """The first search for bursts waits before its end, until this is set."""
    go_on, find = Event(), library.bursts.find

    def held(*arguments: Any) -> Generator[Progress, None, list[Burst]]:
        found = yield from find(*arguments)
        go_on.wait(WAIT_MS / 1000)
        yield Progress("finding bursts", 0)
        return found

    monkeypatch.setattr(library.bursts, "find", held)
    return go_on


def test_a_search_that_is_stopped_can_be_begun_again(
    hold: Event, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    save_shots(album)
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, 10)
    window.actions_by_name["bursts"].trigger()
    window.pages.burst_search.stop()
    hold.set()
    qtbot.waitUntil(lambda: "was stopped" in told(window), timeout=WAIT_MS)
    button(window.bursts, "Look for bursts").click()
    qtbot.waitUntil(lambda: len(window.bursts.view.review.groups) == 3, timeout=WAIT_MS)


def test_an_answer_that_was_overtaken_is_not_shown(
    page: BurstsPage, window: MainWindow, library: Library, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    go_on, groups, asked = Event(), library.bursts.groups, list[int]()

    def slow_at_first(found: Iterable[Burst]) -> tuple[BurstGroup, ...]:
        answer = groups(found)
        asked.append(len(answer))
        if len(asked) == 1:
            go_on.wait(WAIT_MS / 1000)
        return answer

    monkeypatch.setattr(library.bursts, "groups", slow_at_first)
    page.look()
    qtbot.waitUntil(lambda: asked == [3], timeout=WAIT_MS)
    burst = page.view.review.groups[row_of(page, "burst")]
    library.feedback.decide("keep all", [member.photo.photo_id for member in burst.photos], None)
    page.look()
    qtbot.waitUntil(lambda: len(page.view.review.groups) == 2, timeout=WAIT_MS)
    go_on.set()
    ended, all_readers = list[int](), Barrier(READERS)
    for _ in range(READERS):  # which begin once the first answer has been given
        window.map.jobs.ask(all_readers.wait, ended.append)
    qtbot.waitUntil(lambda: len(ended) == READERS, timeout=WAIT_MS)
    assert len(page.view.review.groups) == 2


def test_stacks_collapse_in_all_grids_open_by_key_and_click_and_are_remembered(
    page: BurstsPage, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.actions_by_name["photos"].trigger()
    grid = window.gallery.grid
    qtbot.waitUntil(grid.isVisible, timeout=WAIT_MS)
    window.actions_by_name["stack"].trigger()
    qtbot.waitUntil(lambda: len(grid.photos.ids) == 4, timeout=WAIT_MS)
    for row in range(4):  # once their names are known
        qtbot.waitUntil(lambda row=row: bool(grid.photos.index(row).data(Qt.ItemDataRole.DisplayRole)), timeout=WAIT_MS)
    names = [grid.photos.index(row).data(Qt.ItemDataRole.DisplayRole) for row in range(4)]
    assert "burst1.jpg" in names and "other.jpg" in names
    row = names.index("burst1.jpg")
    assert "3 photos, burst" in grid.photos.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "3 photos, panorama" in grid.photos.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    grid.setFocus()
    grid.setCurrentIndex(grid.photos.index(row))
    assert window.selected() == [grid.photos.ids[row]]  # what is shown is acted on
    for key in (Qt.Key.Key_Return, Qt.Key.Key_S):
        qtbot.keyClick(grid, key)
        assert len(grid.photos.ids) == 6 and grid.current_id() == grid.photos.ids[row]
        assert "1 of 3 photos, burst" in grid.photos.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        qtbot.keyClick(grid, Qt.Key.Key_Right)
        qtbot.keyClick(grid, Qt.Key.Key_S)
        assert len(grid.photos.ids) == 4 and grid.currentIndex().row() == row
    cell = grid.visualRect(grid.photos.index(row))
    picture = photo_rect(QRectF(cell), grid.photos.loader.photo(grid.photos.ids[row]), None)
    at = QPoint(cell.center().x(), round(picture.top()) + 12)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(grid.photos.ids) == 6
    window.save_state()
    window.actions_by_name["stack"].trigger()
    assert len(grid.photos.ids) == 10
    window_state.restore(window, window.pages, window.actions_by_name, library.places.window)
    qtbot.waitUntil(lambda: len(grid.photos.ids) == 6, timeout=WAIT_MS)
