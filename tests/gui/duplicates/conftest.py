"""The page of duplicates with copies that were compared before, and a closer look that waits."""

from collections.abc import Generator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.models import Duplicates, Progress
from tests.conftest import kept_library, restore
from tests.gui.driving import WAIT_MS, wait_for_photos
from tests.gui.duplicates.duplicates_driving import go_to_duplicates, save_copies, wait_for_groups
from tests.jobs import finish


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the copies, and a library that knows what they are."""
    place = tmp_path_factory.mktemp("compared")
    save_copies(place / "album")
    with kept_library(place) as library:
        assert len(finish(library.duplicates()).groups) == 4
    return place


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the test's own; that of a test of the compared copies has them and their library."""
    return restore(request.getfixturevalue("compared")) if "compared" in request.fixturenames else tmp_path


@pytest.fixture
def copies(album: Path) -> Path:
    """The album with the copies."""
    if not any(album.iterdir()):
        save_copies(album)
    return album


@pytest.fixture
def page(compared: Path, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the copies indexed, at the page of duplicates."""
    wait_for_photos(qtbot, window, 9)
    go_to_duplicates(window)
    wait_for_groups(qtbot, window)
    return window


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
