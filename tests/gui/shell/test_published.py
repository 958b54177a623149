"""The window on a library that others published: all can be seen, nothing can be cleared away."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from tests.gui.driving import Bugs, wait_for_photos
from tests.jobs import finish, index
from tests.photos import save_photo

WAIT_MS = 20_000


@pytest.fixture(autouse=True)
def _own_seats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here keeps a seat in the library of the person."""
    monkeypatch.setattr("photosearch.library.seats.default_library", lambda: tmp_path / "own")


@pytest.fixture
def published(library: Library, samples: Path, tmp_path: Path) -> Path:
    """A folder to which a library of nine photos was published."""
    index(library, samples)
    finish(library.publish(tmp_path / "shared"))
    return tmp_path / "shared"


@pytest.fixture
def seat(qapp: QApplication, published: Path) -> Generator[MainWindow]:
    """The window of somebody who reads it."""
    bugs = Bugs()
    with Library(published, "cpu") as library:
        session = Session(qapp, library, bugs.tell)
        session.open()
        assert session.window
        yield session.window
        session.close()
    assert bugs.told == []


def texts(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.status.findChildren(QLabel))


def test_photos_are_seen_and_what_changes_them_is_not_offered(seat: MainWindow, qtbot: QtBot) -> None:
    wait_for_photos(qtbot, seat, 9)
    qtbot.waitUntil(lambda: "read only" in texts(seat), timeout=WAIT_MS)
    assert "published" in texts(seat)
    for name in ("add-folder", "delete", "publish"):
        assert not seat.actions_by_name[name].isVisible()
    assert seat.actions_by_name["duplicates"].isVisible()


def test_the_next_snapshot_is_shown_when_it_is_asked_for(
    seat: MainWindow, published: Path, library: Library, album: Path, qtbot: QtBot
) -> None:
    wait_for_photos(qtbot, seat, 9)
    save_photo(album / "new.jpg", 5)
    index(library)
    finish(library.publish(published))
    seat.actions_by_name["update"].trigger()
    wait_for_photos(qtbot, seat, 10)


def test_the_window_publishes_and_others_see_it(
    filled: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "on a drive"
    folder.mkdir()
    offered = list[str]()

    def choose(_: object, __: str, before: str) -> str:
        offered.append(before)
        return str(folder)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    publish = filled.actions_by_name["publish"]
    publish.trigger()
    assert not publish.isEnabled()
    qtbot.waitUntil(publish.isEnabled, timeout=WAIT_MS)
    assert f"9 photos are published. Others open them with: photosearch --library {folder}" in filled.banner.text
    with Library(folder, "cpu") as seat:
        assert seat.photos.count().present == 9
    publish.trigger()
    qtbot.waitUntil(publish.isEnabled, timeout=WAIT_MS)
    assert offered == ["", str(folder)]


def test_a_folder_with_other_files_is_refused_and_can_be_chosen_anew(
    filled: MainWindow, samples: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(samples))
    filled.actions_by_name["publish"].trigger()
    qtbot.waitUntil(lambda: "holds other files" in filled.banner.text, timeout=WAIT_MS)
    assert filled.actions_by_name["publish"].isEnabled()
