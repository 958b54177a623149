"""Changes in folders are noticed, also in directories that come later, and told once they pause."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui.work.watch import QUIET_MS, Watch
from tests.conftest import not_under_wine
from tests.photos import save_photo

WAIT_MS = 20_000


@pytest.fixture
def told(album: Path, tmp_path: Path, qtbot: QtBot) -> Generator[list[str]]:
    """The places that a watch of the album tells; it has heard of a first photo."""
    places: list[str] = []
    watch = Watch()
    watch.changed.connect(places.extend)
    watch.start([str(album)], str(tmp_path / "library"))
    for seed in range(10):  # it does not say when it has begun to listen
        save_photo(album / "first.jpg", seed)
        with qtbot.waitSignal(watch.changed, timeout=QUIET_MS * 2, raising=False) as heard:
            pass
        if heard.signal_triggered:
            break
    places.clear()
    yield places
    watch.close()


@not_under_wine("a directory that was moved to a watched one sends no notices")
def test_a_directory_that_came_later_is_watched(told: list[str], album: Path, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "trip" / "day").mkdir(parents=True)
    shutil.move(tmp_path / "trip", album / "trip")
    qtbot.waitUntil(lambda: str(album) in told, timeout=WAIT_MS)
    told.clear()
    save_photo(album / "trip" / "day" / "new.jpg")
    qtbot.waitUntil(lambda: str(album / "trip" / "day") in told, timeout=WAIT_MS)
