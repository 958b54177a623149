"""The viewer goes through a listing, photo by photo, and keeps little of it."""

import os
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from photosearch.gui.canvas.canvas import View
from photosearch.gui.style.words import number
from photosearch.gui.viewer.viewer import Viewer
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Query
from tests.conftest import kept_library, restored
from tests.photos import save_photo

Opened = Callable[[Library, "array[int]", int], Viewer]


@pytest.fixture
def open_viewer(jobs: Jobs, qtbot: QtBot) -> Opened:
    def open_viewer(library: Library, ids: "array[int]", position: int) -> Viewer:
        viewer = Viewer(library, jobs)
        qtbot.addWidget(viewer)
        viewer.resize(640, 480)
        viewer.show()
        viewer.show_photo(ids, position)
        return viewer

    return open_viewer


def text(viewer: Viewer, name: str) -> str:
    label = viewer.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def shape(viewer: Viewer) -> tuple[int, int] | None:
    picture = viewer.canvas.picture
    return (picture.width, picture.height) if picture else None


def expect(library: Library, photo_id: int) -> tuple[int, int]:
    facts = library.photos.get([photo_id])[photo_id].facts
    return facts.width, facts.height


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three photos of three shapes, and a library of them."""
    place = tmp_path_factory.mktemp("shapes")
    for seed, size in enumerate(((3000, 2000), (600, 900), (800, 800))):
        save_photo(place / "album" / f"{seed}.jpg", seed, size)
    with kept_library(place):
        pass
    return place


tmp_path = restored("shapes", "album_library")


@pytest.fixture
def album_library(library: Library) -> Library:
    """The library of the three photos."""
    return library


def test_steps_through_a_listing(photo_library: Library, open_viewer: Opened, qtbot: QtBot) -> None:
    ids = photo_library.photos.listing().ids
    viewer = open_viewer(photo_library, ids, 0)
    qtbot.waitUntil(lambda: shape(viewer) == expect(photo_library, ids[0]))
    for position in (1, 2):
        with qtbot.waitSignal(viewer.moved) as moved:
            qtbot.keyClick(viewer.canvas, Qt.Key.Key_Right)
        assert moved.args == [ids[position]]
        qtbot.waitUntil(lambda at=position: shape(viewer) == expect(photo_library, ids[at]))
    assert text(viewer, "count") == f"3 of {len(ids)}"
    assert text(viewer, "zoom") == "100 %"
    name = os.path.basename(photo_library.photos.get([ids[2]])[ids[2]].path)
    assert text(viewer, "name") == name
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Left)
    assert viewer.photo_id() == ids[1]


def test_stops_at_both_ends(photo_library: Library, open_viewer: Opened, qtbot: QtBot) -> None:
    ids = photo_library.photos.listing().ids
    viewer = open_viewer(photo_library, ids, 0)
    with qtbot.assertNotEmitted(viewer.moved):
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_Left)
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_End)
    assert viewer.photo_id() == ids[-1]
    with qtbot.assertNotEmitted(viewer.moved):
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_Right)


def test_a_large_listing_is_neither_copied_nor_decoded(
    photo_library: Library, open_viewer: Opened, qtbot: QtBot
) -> None:
    first = photo_library.photos.listing().ids
    ids = first * 100_000
    viewer = open_viewer(photo_library, ids, 500_000)
    for _ in range(40):
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: viewer.decoded() == set(ids[500_039:500_042]))
    assert text(viewer, "count") == f"{number(500_041)} of {number(1_200_000)}"
    assert viewer.photo_id() == ids[500_040]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_keys_close_it_while_it_is_still_reading(
    photo_library: Library, open_viewer: Opened, jobs: Jobs, qtbot: QtBot, key: Qt.Key
) -> None:
    viewer = open_viewer(photo_library, photo_library.photos.listing().ids, 3)
    with qtbot.waitSignal(viewer.closed):
        qtbot.keyClick(viewer.canvas, key)
    read: list[int] = []
    for _ in range(3):  # as many as read at once, so that what was under way is over
        jobs.ask(lambda: 1, read.append)
    qtbot.waitUntil(lambda: len(read) == 3)
    assert viewer.canvas.picture is None
    assert viewer.decoded() == set()


def test_zooming_in_reads_the_photo_in_full(album_library: Library, open_viewer: Opened, qtbot: QtBot) -> None:
    ids = album_library.photos.listing("name").ids
    viewer = open_viewer(album_library, ids, 0)
    qtbot.waitUntil(lambda: len(viewer.decoded()) == 2)
    assert _decoded_width(viewer) == round(viewer.screen().size().width() * viewer.devicePixelRatioF()) < 3000
    viewer.canvas.show_actual_size()
    qtbot.waitUntil(lambda: _decoded_width(viewer) == 3000)
    assert text(viewer, "zoom") == "100 %"
    view = viewer.canvas.view
    assert view.zoom > 1
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: shape(viewer) == (600, 900))
    assert viewer.canvas.view == View()
    assert len(viewer.decoded()) <= 3


def _decoded_width(viewer: Viewer) -> int:
    picture = viewer.canvas.picture
    return picture.levels[0].width() if picture else 0


def test_a_vanished_photo_says_so_over_its_thumbnail(
    album_library: Library, album: Path, open_viewer: Opened, qtbot: QtBot
) -> None:
    (album / "1.jpg").unlink()
    viewer = open_viewer(album_library, album_library.photos.listing("name").ids, 1)
    qtbot.waitUntil(lambda: viewer.canvas.sentence != "")
    assert "not there" in viewer.canvas.sentence
    assert shape(viewer) == (600, 900)


def test_a_damaged_photo_and_one_out_of_the_library_say_so(
    album_library: Library, album: Path, open_viewer: Opened, qtbot: QtBot
) -> None:
    (album / "0.jpg").write_bytes(b"no picture")
    ids = array("q", [*album_library.photos.listing("name").ids, 999])
    viewer = open_viewer(album_library, ids, 0)
    qtbot.waitUntil(lambda: viewer.canvas.sentence != "")
    damaged = viewer.canvas.sentence
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: viewer.canvas.sentence not in ("", damaged))
    assert viewer.canvas.sentence == "This photo is no longer in the library."
    assert viewer.canvas.picture is None


def test_finds_similar_and_compares_with_the_query(photo_library: Library, open_viewer: Opened, qtbot: QtBot) -> None:
    ids = photo_library.photos.listing().ids
    viewer = open_viewer(photo_library, ids, 1)
    qtbot.waitUntil(lambda: viewer.canvas.picture is not None)
    with qtbot.waitSignal(viewer.find_similar) as similar:
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_F)
    assert similar.args == [ids[1]]
    with qtbot.assertNotEmitted(viewer.compare):
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_C)
    viewer.set_query("/somewhere/query.jpg")
    with qtbot.waitSignal(viewer.compare) as compared:
        qtbot.keyClick(viewer.canvas, Qt.Key.Key_C)
    assert compared.args == [["/somewhere/query.jpg", photo_library.photos.get([ids[1]])[ids[1]].path]]


def test_shows_the_facts_on_demand(photo_library: Library, open_viewer: Opened, qtbot: QtBot) -> None:
    viewer = open_viewer(photo_library, photo_library.photos.listing().ids, 0)
    qtbot.waitUntil(lambda: viewer.canvas.picture is not None)
    facts = viewer.findChild(QLabel, "facts")
    assert isinstance(facts, QLabel)
    assert not facts.isVisible()
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_I)
    assert facts.isVisible()
    assert "64 × 96" in facts.text()
    assert viewer.canvas.rect().contains(facts.geometry())


def test_the_edges_offer_buttons_only_where_there_is_a_photo(
    photo_library: Library, open_viewer: Opened, qtbot: QtBot
) -> None:
    ids = photo_library.photos.listing().ids
    viewer = open_viewer(photo_library, ids, 0)
    qtbot.mouseMove(viewer.canvas, QPoint(20, 240))
    qtbot.mouseMove(viewer.canvas, QPoint(620, 100))
    previous, following = viewer.canvas.findChildren(QToolButton)
    assert (previous.isVisible(), following.isVisible()) == (False, True)
    qtbot.mouseClick(following, Qt.MouseButton.LeftButton)
    assert viewer.photo_id() == ids[1]
    assert previous.isVisible()


def test_a_part_is_searched_with_that_is_drawn_or_seen(
    album_library: Library, open_viewer: Opened, qtbot: QtBot
) -> None:
    ids = album_library.photos.listing("name").ids
    viewer = open_viewer(album_library, ids, 0)
    qtbot.waitUntil(lambda: shape(viewer) == (3000, 2000))
    canvas, wanted = viewer.canvas, list[Query]()
    viewer.place_wanted.connect(wanted.append)
    place = canvas.place()
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    corner = place.topLeft().toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corner - QPoint(5, 5))
    qtbot.mouseMove(canvas, corner + QPoint(50, 40))
    qtbot.mouseMove(canvas, corner + QPoint(round(place.width() / 2), round(place.height() / 2)))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    region = wanted[0].region
    assert region and region[:2] == (0, 0) and abs(region.width - 1500) < 20 and abs(region.height - 1000) < 20
    assert not canvas.is_marking and canvas.view == View()

    canvas.zoom_to(4)
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    region = wanted[1].region
    assert region and region.width < 1500 and region.left > 700 and wanted[1].photos == wanted[0].photos

    qtbot.keyClick(canvas, Qt.Key.Key_R)
    with qtbot.assertNotEmitted(viewer.closed):
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)  # of the marking
    assert not canvas.is_marking and len(wanted) == 2
