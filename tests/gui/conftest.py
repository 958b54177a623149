"""What the tests of the window share: no screen, work off the window's thread, and a library of drawn photos."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from photosearch.gui.jobs import Jobs
from photosearch.library import Library
from tests.photos import make_exif, save_photo

MONTHS = ("2024:06", "2024:05", "2024:03")
PHOTOS_A_MONTH = 4


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
