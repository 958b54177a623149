"""Fixtures for the window: no screen, work off the window's thread, and a library of drawn photos."""

import gc
import os
import sys
from collections.abc import Generator
from functools import partialmethod
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "win32":  # where that screen knows no fonts of the system
    os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.environ["SYSTEMROOT"], "Fonts"))

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui.shell.app import Session
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from tests.conftest import kept_library, restore
from tests.gui.driving import WAIT_MS, Bugs, wait_until_indexed
from tests.gui.teaching import Teacher
from tests.photos import make_exif, save_photo, save_sample

MONTHS = ("2024:06", "2024:05", "2024:03")
PHOTOS_A_MONTH = 4


@pytest.fixture(autouse=True)
def garbage() -> Generator[None]:
    """Circles of references are looked for between tests alone, as a reader's thread would end widgets on its own."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def patience() -> Generator[None]:
    """A test waits as long as a busy machine may take, unless it says how long."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("waitUntil", "waitSignal"):
            patch.setattr(QtBot, name, partialmethod(getattr(QtBot, name), timeout=WAIT_MS))
        yield


@pytest.fixture
def jobs(qapp: object) -> Generator[Jobs]:
    """Work off the window's thread; what goes wrong in it, unless the test listens for it, fails the test."""
    jobs = Jobs()
    problems: list[object] = []
    jobs.bug.connect(problems.append)
    yield jobs
    jobs.close()
    assert problems == []


@pytest.fixture(scope="session")
def photo_library(tmp_path_factory: pytest.TempPathFactory) -> Generator[Library]:
    """Twelve drawn photos of three months, wide and tall, called after their day; nobody may change it."""
    place = tmp_path_factory.mktemp("gui")
    for month in MONTHS:
        for number in range(PHOTOS_A_MONTH):
            day = f"{month}:{20 - number:02}"
            size = (96, 64) if number % 2 else (64, 96)
            name = f"{day.replace(':', '-')}.jpg"
            save_photo(place / "album" / name, int(day.replace(":", "")), size, make_exif(taken_at=f"{day} 12:00:00"))
    with Library(Path(place) / "library", "cpu") as library:
        for _ in library.index([str(place / "album")], threads=1):
            pass
        yield library


@pytest.fixture(scope="session")
def has_painted(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A window without photos was there: one that reads photos while Qt paints for the first time may crash."""
    with Library(tmp_path_factory.mktemp("first") / "library") as library:
        bugs = Bugs()
        session = Session(qapp, library, bugs.tell)
        session.open()
        for _ in range(5):
            qapp.processEvents()
        session.close()
    assert bugs.told == []


@pytest.fixture
def session(qapp: QApplication, has_painted: None, library: Library) -> Generator[Session]:
    """The window of a new library; a bug on any thread fails the test."""
    bugs = Bugs()
    session = Session(qapp, library, bugs.tell)
    session.open()
    yield session
    session.close()
    assert bugs.told == []


@pytest.fixture
def window(session: Session) -> MainWindow:
    """It, while nobody changes its language."""
    assert session.window
    return session.window


def save_samples(album: Path) -> None:
    """Eight real photos, one of them twice: as it is, and smaller in another format."""
    for number in range(8):
        save_sample(album / f"sample {number}.jpg", number, (240, 180))
    save_sample(album / "smaller.png", 3, (120, 90))


@pytest.fixture(scope="session")
def indexed_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples and a library of them."""
    place = tmp_path_factory.mktemp("samples")
    (place / "album").mkdir()
    save_samples(place / "album")
    with kept_library(place):
        return place


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the test's own; that of a test of the filled window has the samples and their library."""
    return restore(request.getfixturevalue("indexed_samples")) if "filled" in request.fixturenames else tmp_path


@pytest.fixture
def samples(album: Path) -> Path:
    """The album with the samples."""
    if not any(album.iterdir()):
        save_samples(album)
    return album


@pytest.fixture
def filled(window: MainWindow, samples: Path, qtbot: QtBot) -> MainWindow:
    """The window with the samples indexed, once it has looked for others."""
    wait_until_indexed(qtbot, window, 9)
    return window


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    """A process in place of training."""
    return Teacher(tmp_path / "teacher")
