"""The grid's model: rows by photo, words for a photo, and files to drag."""

import os
from array import array
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photosearch.gui.grid.grid_model import GridModel, IdRole, MatchRole, PhotoRole, describe, url_of
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.names import name_of
from photosearch.library import Library
from photosearch.models import Facts, Listing, Match, Photo

FACTS = Facts("JPEG", 4000, 3000, "2024-05-06T07:08:09", None, None, None, None, 1.0)
PHOTO = Photo(1, "/album/a & b.jpg", "present", 1_536_000, 0, FACTS)
Role = Qt.ItemDataRole


@pytest.fixture
def model(photo_library: Library, jobs: Jobs) -> GridModel:
    return GridModel(ThumbnailLoader(photo_library, jobs, jobs))


@given(st.lists(st.integers(1, 30), unique=True), st.lists(st.integers(1, 30)))
def test_rows_of_photos(ids: list[int], wanted: list[int]) -> None:
    model = GridModel(None)  # type: ignore[arg-type]  # rows need no loader
    model.show(Listing(array("q", ids), ()))
    assert [model.row_of(photo) for photo in ids] == list(range(len(ids)))
    assert model.row_of(99) == -1
    runs = model.rows_of(wanted)
    assert [row for run in runs for row in run] == [row for row, photo in enumerate(ids) if photo in wanted]
    assert all(one.stop < other.start for one, other in pairwise(runs))


def test_photos_are_known_once_the_loader_has_read_them(qtbot: QtBot, model: GridModel, photo_library: Library) -> None:
    listing = photo_library.photos.listing("name")
    match = Match(listing.ids[1], "/elsewhere/known.jpg", 0.873, "same scene", "present")
    model.show(listing, {listing.ids[1]: match})
    first, second = model.index(0), model.index(1)
    assert first.data(Role.DisplayRole) == "" and first.data(PhotoRole) is None
    assert second.data(Role.DisplayRole) == "known.jpg"  # as far as the match says
    model.loader.ask_photos(listing.ids[:1])
    qtbot.waitUntil(lambda: first.data(PhotoRole) is not None)
    assert first.data(Role.DisplayRole) == "2024-03-17.jpg"
    assert (first.data(IdRole), second.data(MatchRole)) == (listing.ids[0], match)
    assert "96 × 64" in first.data(Role.ToolTipRole)
    assert "same scene, 0.87" in second.data(Role.AccessibleTextRole)


def test_what_is_said_of_a_photo() -> None:
    assert describe(PHOTO.path, PHOTO, None)[:2] == ["a & b.jpg", "4000 × 3000, 1.5 MB"]
    assert "2024" in describe(PHOTO.path, PHOTO, None)[2]
    assert describe(PHOTO.path, replace(PHOTO, state="offline"), None)[3] == "Its drive is not connected."


@pytest.mark.skipif(os.name == "nt", reason="paths have a drive here, and names are text")
def test_names_that_are_no_text() -> None:
    path = "/album/caf\udce9.jpg"
    assert name_of(path) == "caf\N{REPLACEMENT CHARACTER}.jpg"
    assert bytes(url_of(path).toEncoded().data()) == b"file:///album/caf%E9.jpg"
    assert url_of("/album/100% ü#1.jpg").toLocalFile() == "/album/100% ü#1.jpg"


def test_files_are_dragged_as_addresses(qtbot: QtBot, model: GridModel, photo_library: Library) -> None:
    listing = photo_library.photos.listing("name")
    model.show(listing)
    rows = [model.index(row) for row in range(3)]
    assert not model.mimeData(rows).hasUrls()
    with qtbot.waitSignal(model.loader.arrived):
        model.loader.ask_photos(listing.ids[:3])
    paths = [Path(url.toLocalFile()) for url in model.mimeData(rows).urls()]
    assert paths == [Path(photo_library.photos.get(listing.ids)[photo].path) for photo in listing.ids[:3]]
