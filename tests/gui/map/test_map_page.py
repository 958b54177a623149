"""The page Map as a person uses it: dots and photos, mouse and keys, a lasso, what stands out, and saving."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from photosearch.gui.map.dots import MANY, Dots
from photosearch.gui.map.map_page import MapPage
from photosearch.gui.map.viewport import whole
from photosearch.gui.shell.main_window import MainWindow
from photosearch.library import Library
from photosearch.library.maps.photo_map import Layout
from photosearch.library.maps.picture import Painted
from tests.gui.driving import WAIT_MS, wait_for_photos
from tests.photos import open_sample

KINDS, EACH = 3, 5  # so few that no descent is needed


@pytest.fixture
def page(window: MainWindow, album: Path, qtbot: QtBot) -> MapPage:
    """The page with five views of each of three photos, opened by its action."""
    for kind in range(KINDS):
        picture = open_sample(kind, (320, 240))
        for number in range(EACH):
            view = picture.crop((4 * number, 3 * number, 300 + 4 * number, 225 + 3 * number))
            view.save(album / f"{kind} {number}.jpg")
    window.folders.add([str(album)])
    wait_for_photos(qtbot, window, KINDS * EACH)
    window.resize(1000, 700)
    window.actions_by_name["map"].trigger()
    qtbot.waitUntil(lambda: page_is_ready(window.map), timeout=WAIT_MS)
    return window.map


def page_is_ready(page: MapPage) -> bool:
    """All photos are on the map, in the colours of clusters."""
    painted = page.painted
    return painted is not None and len(painted.layout.photos) == KINDS * EACH and bool(painted.clusters.any())


def test_keys_move_zoom_and_lead_from_photo_to_photo(page: MapPage, window: MainWindow, qtbot: QtBot) -> None:
    view = page.view
    before = view.seen
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.seen.scale > before.scale
    assert view.seen.x < before.x
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.seen == before
    found = set[int]()
    for _ in range(KINDS * EACH):
        qtbot.keyClick(view, Qt.Key.Key_Tab)
        found.add(view.current_id())
    assert page.painted
    assert found == set(page.painted.layout.photos.tolist())
    qtbot.waitUntil(lambda: window.selected() == [view.current_id()], timeout=WAIT_MS)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.viewer.photo_id() == view.current_id()
    window.viewer.close_view()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.current_id() == -1, "after the last photo, Tab leads on to the next control"


def test_a_lasso_opens_the_photos_it_goes_around(page: MapPage, window: MainWindow, qtbot: QtBot) -> None:
    view = page.view
    page.bar.lasso.setChecked(True)
    corners = [QPoint(1, 1), QPoint(view.width() - 2, 1), QPoint(view.width() - 2, view.height() - 2)]
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in [*corners[1:], QPoint(1, view.height() - 2)]:
        qtbot.mouseMove(view, corner)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corners[0])
    assert page.is_opened
    assert len(page.members.grid.photos.ids) == KINDS * EACH
    page.members.grid.selectAll()
    assert len(window.selected()) == KINDS * EACH
    window.actions_by_name["back"].trigger()
    assert not page.is_opened


def test_photos_of_a_label_stand_out(page: MapPage, window: MainWindow, library: Library, qtbot: QtBot) -> None:
    assert page.painted
    chosen = page.painted.layout.photos[:4].tolist()
    library.labels.add("Bears", chosen)
    window.history.visit(window.history.here)
    window.actions_by_name["map"].trigger()
    choice = page.bar.standing_out
    qtbot.waitUntil(lambda: choice.findText("Bears") >= 0, timeout=WAIT_MS)
    choice.setCurrentIndex(choice.findText("Bears"))
    qtbot.waitUntil(lambda: page.bar.text.startswith("4"), timeout=WAIT_MS)


def test_the_map_is_saved_as_a_picture(page: MapPage, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said, timeout=WAIT_MS):
        page.save(tmp_path / "map")
    with Image.open(tmp_path / "map.png") as picture:
        assert max(picture.size) == 3000


def test_many_dots_are_painted_as_density_and_a_moving_map_is_painted_from_few(qapp: object) -> None:
    count = MANY + 1
    places = np.random.default_rng(0).normal(0, 10, (count, 2)).astype(np.float32)
    ones = np.ones(count, np.int64)
    dots = Dots(Painted(Layout(np.arange(count), places), ones, ones, ()), QColor("#ffffff"))
    for moving in (False, True):
        image = dots.paint(whole(places, 200, 150), 2.0, moving=moving)
        assert (image.width(), image.height(), image.devicePixelRatio()) == (400, 300, 2.0)
        middle, corner = image.pixelColor(200, 150), image.pixelColor(0, 0)
        assert corner == QColor("#ffffff")
        assert middle.red() > middle.green(), "the colour of the one cluster"
