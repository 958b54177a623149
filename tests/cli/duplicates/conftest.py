"""Copies, and a library that was indexed or compared once for all tests."""

from pathlib import Path

import pytest

from tests.cli.duplicates.copies import ALL, find, save_copies, told
from tests.conftest import kept_library, restore


@pytest.fixture(scope="session")
def once_indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with duplicates of every kind but similar shots, and a library of them."""
    place = tmp_path_factory.mktemp("indexed")
    (place / "album").mkdir()
    save_copies(place / "album")
    with kept_library(place):
        return place


@pytest.fixture(scope="session")
def once_compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and the library has compared them."""
    place = tmp_path_factory.mktemp("compared")
    (place / "album").mkdir()
    save_copies(place / "album")
    with kept_library(place) as library:
        assert told(find(library)) == ALL
    return place


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the test's own, with the photos and their library where the test has them."""
    if "copies" in request.fixturenames:
        return restore(request.getfixturevalue("once_indexed"))
    return restore(request.getfixturevalue("once_compared")) if "compared" in request.fixturenames else tmp_path


@pytest.fixture
def copies(album: Path) -> Path:
    """The album, indexed, with duplicates of every kind but similar shots."""
    return album


@pytest.fixture
def compared(album: Path) -> Path:
    """The same, where what they are has been found."""
    return album
