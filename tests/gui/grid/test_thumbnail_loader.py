"""Loading of thumbnails: those out of sight are not read, and nothing stays wrong."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui.grid.thumbnail_loader import Size, ThumbnailLoader, read_thumbnail
from photosearch.gui.work.jobs import READERS, Jobs
from photosearch.library import Library
from tests.photos import save_photo


@pytest.fixture
def loader(photo_library: Library, jobs: Jobs) -> ThumbnailLoader:
    """With a parent, as in the window: else a reader that lets go of it last would end it on its own thread."""
    return ThumbnailLoader(photo_library, jobs, jobs)


def test_a_thumbnail_fits_the_cell_in_device_pixels(
    qtbot: QtBot, loader: ThumbnailLoader, photo_library: Library
) -> None:
    ids = photo_library.photos.listing("name").ids
    loader.ask(ids, 20, 2.0)
    qtbot.waitUntil(lambda: all(loader.pixmap(photo) for photo in ids))
    sizes = {loader.pixmap(photo).size().toTuple() for photo in ids}  # type: ignore[union-attr]
    assert sizes == {(26, 40), (40, 26)}
    assert {loader.pixmap(photo).devicePixelRatio() for photo in ids} == {2.0}  # type: ignore[union-attr]
    before = loader.pixmap(ids[0])
    loader.ask(ids, 40, 2.0)
    assert loader.pixmap(ids[0]) is before  # shown until the larger one is there
    qtbot.waitUntil(lambda: max(loader.pixmap(ids[0]).size().toTuple()) == 80)  # type: ignore[union-attr]


def test_what_scrolled_away_is_dropped_before_it_starts(
    qtbot: QtBot, loader: ThumbnailLoader, jobs: Jobs, photo_library: Library
) -> None:
    ids = photo_library.photos.listing("name").ids
    gone, seen = ids[:6], ids[6:]
    loader.ask(ids, 20)
    qtbot.waitUntil(lambda: all(loader.pixmap(photo) for photo in ids))
    is_free = threading.Event()
    for _ in range(READERS):
        jobs.ask(is_free.wait, lambda _: None)
    loader.ask(gone, 40)
    loader.ask(seen, 40)
    loader.drop(gone)
    is_free.set()
    qtbot.waitUntil(lambda: all(side(loader, photo) == 40 for photo in seen))
    settle(qtbot, jobs)
    assert {side(loader, photo) for photo in gone} == {20}


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    """Wait until every reader has done what was asked before."""
    together, done = threading.Barrier(READERS), list[int]()
    for _ in range(READERS):
        jobs.ask(together.wait, done.append)
    qtbot.waitUntil(lambda: len(done) == READERS)


def side(loader: ThumbnailLoader, photo_id: int) -> int:
    pixmap = loader.pixmap(photo_id)
    return max(pixmap.size().toTuple()) if pixmap else 0


def test_a_changed_photo_is_shown_as_it_is_now(qtbot: QtBot, library: Library, album: Path, jobs: Jobs) -> None:
    path = save_photo(album / "one.png", 1)
    list(library.index([str(album)], threads=1))
    photo_id = library.photos.listing().ids[0]
    loader = ThumbnailLoader(library, jobs, jobs)
    loader.ask([photo_id], 30)
    qtbot.waitUntil(lambda: loader.pixmap(photo_id) is not None)
    before = loader.pixmap(photo_id).toImage()  # type: ignore[union-attr]
    save_photo(path, 2, (640, 640))
    list(library.index([str(album)], threads=1))
    loader.refresh()
    loader.ask([photo_id], 30)
    assert loader.pixmap(photo_id) is not None  # nothing flashes
    qtbot.waitUntil(lambda: loader.pixmap(photo_id).size().toTuple() == (30, 30))  # type: ignore[union-attr]
    assert loader.pixmap(photo_id).toImage() != before  # type: ignore[union-attr]


def test_what_cannot_be_shown_is_tried_again_only_when_the_library_has_changed(
    qtbot: QtBot, library: Library, album: Path, jobs: Jobs
) -> None:
    path = Path(save_photo(album / "one.png", 1))
    list(library.index([str(album)], threads=1))
    photo = library.photos.listing().ids[0]
    library.thumbnails.clear()
    path.rename(album / "away")
    loader = ThumbnailLoader(library, jobs, jobs)
    loader.ask([photo, 99], 30)
    qtbot.waitUntil(lambda: loader.lacks(photo) and loader.lacks(99))
    assert (loader.photo(99), loader.pixmap(photo)) == (None, None)
    assert loader.photo(photo) is not None
    (album / "away").rename(path)
    loader.ask([photo], 30)
    settle(qtbot, jobs)
    assert loader.lacks(photo)
    loader.refresh()
    loader.ask([photo], 30)
    qtbot.waitUntil(lambda: side(loader, photo) == 30)


def test_many_arrivals_are_told_at_once(qtbot: QtBot, loader: ThumbnailLoader, photo_library: Library) -> None:
    ids = photo_library.photos.listing("name").ids
    news: list[set[int]] = []
    loader.arrived.connect(news.append)
    loader.ask(ids, 25)
    qtbot.waitUntil(lambda: all(side(loader, photo) for photo in ids) and bool(news))
    assert set.union(*news) == set(ids)
    assert len(news) < len(ids) / 2


@pytest.mark.qt_log_ignore("Not a JPEG file")
def test_a_damaged_thumbnail_is_none() -> None:
    assert read_thumbnail(b"no picture", Size(30, 1.0)) is None
