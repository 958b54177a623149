"""The result of the closer look at originals, and the page while it goes on."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QToolTip,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.duplicates.pair_list import GOES, WHY
from photosearch.gui.grid.group_layout import Place
from photosearch.gui.shell.main_window import MainWindow
from photosearch.gui.style.outlines import COLOUR
from tests.conftest import kept_library, restored
from tests.gui.driving import button, told, wait_until_indexed
from tests.gui.duplicates.duplicates_driving import (
    LEFT,
    current_name,
    go_to,
    go_to_duplicates,
    name_in,
    open_tier,
    open_while_checking,
    outcomes,
    pairs,
    press,
    review,
    shown_groups,
    wait_for_groups,
)
from tests.jobs import finish
from tests.photos import open_sample

pytestmark = pytest.mark.usefixtures("trash")


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a photo, a smaller copy, and an edit with something pasted over it; a library that knows so."""
    place = tmp_path_factory.mktemp("sticker")
    (place / "album").mkdir()
    photo = open_sample(1, (960, 720))
    photo.save(place / "album" / "one.jpg", quality=95)
    photo.resize((480, 360)).save(place / "album" / "one small.jpg", quality=90)
    photo.paste((250, 220, 40), (600, 400, 800, 520))
    photo.save(place / "album" / "one sticker.jpg", quality=95)
    with kept_library(place) as library:
        finish(library.duplicates())
    return place


tmp_path = restored("looked_at", "sticker")


@pytest.fixture
def sticker(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The page with them."""
    wait_until_indexed(qtbot, window, 3)
    go_to_duplicates(window)
    wait_for_groups(qtbot, window)
    return window


def current_cell(window: MainWindow) -> QRect:
    """Where the second photo of the current group stands."""
    view = window.duplicates.view
    return view.cell_rect(Place(view.row, 1))


def test_an_undecided_photo_says_why_and_goes_by_hand_only(sticker: MainWindow, album: Path, qtbot: QtBot) -> None:
    open_tier(sticker, "edited")
    go_to(qtbot, sticker, "one sticker.jpg")
    assert "Shows something that the kept one does not" in told(sticker)
    view, cell = sticker.duplicates.view, current_cell(sticker)
    QApplication.sendEvent(
        view.viewport(), QHelpEvent(QEvent.Type.ToolTip, cell.center(), view.viewport().mapToGlobal(cell.center()))
    )
    assert QToolTip.text().startswith(str(album / "one sticker.jpg")) and "Shows something that" in QToolTip.text()
    assert not button(sticker, "Take the suggestions").isEnabled()
    open_tier(sticker, "same")
    qtbot.mouseClick(button(sticker, "Take the suggestions"), LEFT)
    open_tier(sticker, "edited")
    assert outcomes(sticker)["one sticker.jpg"] == "stays"
    assert "1 photo goes" in told(sticker) and "1 more needs a look" in told(sticker)
    go_to(qtbot, sticker, "one sticker.jpg")
    press(qtbot, sticker, Qt.Key.Key_X)
    dialog = review(qtbot, sticker)
    assert "1 of them was not proposed to go" in "".join(label.text() for label in dialog.findChildren(QLabel))
    rows = dialog.findChild(QTreeWidget)
    assert isinstance(rows, QTreeWidget)
    first = pairs(rows)[0]
    assert name_in(first, GOES) == "one sticker.jpg"
    assert first.text(WHY) == "You chose so: Shows something that the kept one does not"


def test_what_differs_is_outlined_where_it_lies(sticker: MainWindow, qtbot: QtBot) -> None:
    open_tier(sticker, "edited")
    go_to(qtbot, sticker, "one sticker.jpg")
    view, cell = sticker.duplicates.view, current_cell(sticker)
    drawn = view.viewport().grab().toImage()
    scale = drawn.devicePixelRatio()
    coloured = [
        (x, y)
        for x in range(cell.left(), cell.right())
        for y in range(cell.top(), cell.bottom())
        if drawn.pixelColor(round(x * scale), round(y * scale)) == QColor(COLOUR)
    ]
    assert coloured
    left, right = min(x for x, _ in coloured) - cell.left(), max(x for x, _ in coloured) - cell.left()
    top, bottom = (edge(y for _, y in coloured) - cell.top() for edge in (min, max))
    height = cell.width() * 3 / 4
    above = (cell.height() - height) / 2
    assert left <= 600 / 960 * cell.width() and right >= 800 / 960 * cell.width() - 3
    assert top <= above + 400 / 720 * height and bottom >= above + 520 / 720 * height - 3
    assert right - left < cell.width() / 2 and bottom - top < height / 2
    press(qtbot, sticker, Qt.Key.Key_Space)
    assert sticker.compare.isVisible()


def test_groups_are_shown_while_originals_are_looked_at(
    hold: Event, window: MainWindow, copies: Path, qtbot: QtBot
) -> None:
    open_while_checking(qtbot, window, copies)
    assert "Being checked …" in told(window) and "Looking closer: 0 of " in told(window)
    assert not button(window, "Take the suggestions").isEnabled()
    press(qtbot, window, Qt.Key.Key_X)
    hold.set()
    wait_for_groups(qtbot, window)
    assert outcomes(window)["one small.jpg"] == "goes"
    assert current_name(window) == "two.png", "where the person went from there"
    assert button(window, "Take the suggestions").isEnabled() and "Looking closer" not in told(window)


def test_a_closer_look_can_be_stopped(hold: Event, window: MainWindow, copies: Path, qtbot: QtBot) -> None:
    open_while_checking(qtbot, window, copies)
    qtbot.mouseClick(button(window, "Stop"), LEFT)
    hold.set()
    wait_for_groups(qtbot, window)
    assert sorted(shown_groups(window)) == [["one.jpg", "one small.jpg"], ["two.png", "two.jpg"]]
    assert not window.duplicates.busy
