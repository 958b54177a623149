"""Fixtures for the tests of acting: a catalog, an added folder, and a trash of their own."""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from photosearch.models import Folder
from photosearch.store.catalog import Catalog


@pytest.fixture(autouse=True)
def _own_trash(trash: Path) -> None:
    """No test here throws anything into the system's trash."""


@pytest.fixture
def catalog(tmp_path: Path, album: Path) -> Generator[Catalog]:
    """A catalog with one added folder, the album."""
    catalog = Catalog(tmp_path / "library" / "catalog.sqlite")
    catalog.add_folder(Folder(str(album)))
    yield catalog
    catalog.close()


@pytest.fixture
def other_drive(tmp_path: Path) -> Generator[Path]:
    """A folder on another file system."""
    for place in (Path("/dev/shm"), Path(tempfile.gettempdir()), Path.home()):
        if place.is_dir() and os.access(place, os.W_OK) and place.stat().st_dev != tmp_path.stat().st_dev:
            folder = place / f"photosearch-{os.getpid()}-{tmp_path.name}"
            folder.mkdir()
            yield folder
            shutil.rmtree(folder)
            return
    pytest.skip("there is no second file system")
