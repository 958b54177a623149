"""The contents of the canvas, read from its pixels."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui.canvas.canvas import Canvas, View
from photosearch.gui.work.picture_loader import Picture, make_picture

WINDOW = (420, 280)  # of the shape of the photo, so that it fills the window at any zoom
WIDE, HIGH = 1200, 800


def ramp(width: int = WIDE, height: int = HIGH) -> NDArray[np.uint8]:
    """Pixels that tell their own places: red grows to the right and green downwards."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return np.asarray(Image.merge("RGB", (across, down, Image.new("L", (width, height)))))


def picture(width: int = WIDE, height: int = HIGH) -> Picture:
    return make_picture(ramp(width, height))


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(*WINDOW)
    canvas.show()
    return canvas


def colour(canvas: Canvas, x: float, y: float) -> tuple[int, int]:
    """Red and green of what is painted at a point."""
    image, ratio = canvas.grab().toImage(), canvas.devicePixelRatioF()
    seen = image.pixelColor(min(round(x * ratio), image.width() - 1), min(round(y * ratio), image.height() - 1))
    return seen.red(), seen.green()


def turn_wheel(canvas: Canvas, at: QPointF, notches: float) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_fits_the_whole_photo_and_never_enlarges(canvas: Canvas) -> None:
    canvas.resize(WINDOW[0], 400)
    canvas.set_picture(picture())
    assert (canvas.place().width(), canvas.place().height()) == pytest.approx(WINDOW)
    assert canvas.place().top() == pytest.approx(60)
    canvas.set_picture(picture(60, 40))
    assert canvas.scale() == 1
    assert canvas.place().width() == pytest.approx(60 / canvas.devicePixelRatioF())
    assert canvas.place().center().x() == pytest.approx(WINDOW[0] / 2)


@pytest.mark.parametrize("at", [QPointF(120, 110), QPointF(200, 150), QPointF(333, 200)])
@pytest.mark.parametrize("notches", [0.25, 3, 8])
def test_the_wheel_keeps_what_is_under_the_cursor(canvas: Canvas, at: QPointF, notches: float) -> None:
    canvas.set_picture(picture())
    before = colour(canvas, at.x(), at.y())
    turn_wheel(canvas, at, notches)
    assert canvas.view.zoom > 1
    assert colour(canvas, at.x(), at.y()) == pytest.approx(before, abs=2)
    turn_wheel(canvas, at, -2 * notches)
    assert canvas.view == View()


def test_double_click_toggles_one_pixel_for_one(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(picture())
    at = QPoint(100, 120)
    before = colour(canvas, at.x(), at.y())
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.scale() == pytest.approx(1)
    assert colour(canvas, at.x(), at.y()) == pytest.approx(before, abs=2)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.view == View()


def test_at_100_percent_each_pixel_is_the_photos(canvas: Canvas) -> None:
    image = ramp()
    canvas.resize(400, 280)  # of an even number of pixels on any screen
    canvas.set_picture(make_picture(image))
    canvas.show_actual_size()
    ratio = canvas.devicePixelRatioF()
    seen = canvas.grab().toImage()
    left, top = (WIDE - seen.width()) // 2, (HIGH - seen.height()) // 2
    assert canvas.scale() == 1
    assert seen.width() == 400 * ratio
    for x, y in ((0, 0), (17, 101), (seen.width() - 1, seen.height() - 1)):
        assert seen.pixelColor(x, y) == QColor(*image[top + y, left + x].tolist())


def test_dragging_moves_the_photo_no_further_than_its_edge(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(picture())
    canvas.show_actual_size()
    before = canvas.place().topLeft()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(canvas, QPoint(230, 140))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(230, 140))
    assert canvas.place().topLeft() - before == QPointF(30, -10)
    canvas.pan_by(5000, -5000)
    assert canvas.place().left() == pytest.approx(0)
    assert canvas.place().bottom() == pytest.approx(WINDOW[1])


def test_keys_zoom_and_pan_and_leave_the_rest_to_the_holder(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(picture())
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.zoom == pytest.approx(1.25**2)
    x = canvas.view.x
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.x > x
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view.zoom == pytest.approx(1.25)
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.scale() == pytest.approx(1)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.view == View()


def test_the_zoom_has_ends(canvas: Canvas) -> None:
    canvas.set_picture(picture())
    canvas.zoom_by(1e9)
    assert canvas.scale() == pytest.approx(32)
    canvas.zoom_by(1e-9)
    assert canvas.view.zoom == 1


def test_nothing_jumps_when_finer_pixels_arrive(canvas: Canvas) -> None:
    canvas.set_picture(make_picture(ramp(300, 200), WIDE, HIGH))
    canvas.zoom_by(2, QPointF(250, 160))
    place, coarse = canvas.place(), colour(canvas, 210, 130)
    assert canvas.is_coarse()
    canvas.set_picture(picture())
    assert canvas.place() == place
    assert colour(canvas, 210, 130) == pytest.approx(coarse, abs=4)
    assert not canvas.is_coarse()


def test_large_zoom_shows_single_pixels(canvas: Canvas) -> None:
    dots = np.zeros((40, 40, 3), np.uint8)
    dots[20, 20] = 255
    canvas.set_picture(make_picture(dots))
    canvas.zoom_to(8)
    seen = canvas.grab().toImage()
    reds = {seen.pixelColor(seen.width() // 2 + x, seen.height() // 2 + 4).red() for x in range(-80, 80)}
    assert reds == {0, 255}


def test_views_follow_across_sizes(canvas: Canvas, qtbot: QtBot) -> None:
    other = Canvas(enlarge=True)
    qtbot.addWidget(other)
    other.resize(*WINDOW)
    canvas.set_picture(picture())
    other.set_picture(picture(300, 200))
    canvas.view_changed.connect(other.set_view)
    other.view_changed.connect(canvas.set_view)
    turn_wheel(canvas, QPointF(300, 200), 4)
    for x, y in ((50, 50), (200, 150), (390, 290)):
        assert colour(other, x, y) == pytest.approx(colour(canvas, x, y), abs=4)
    turn_wheel(other, QPointF(10, 90), -1)
    assert canvas.view == other.view


def test_a_sentence_stands_where_the_photo_cannot(canvas: Canvas) -> None:
    empty = canvas.grab().toImage()
    canvas.set_picture(None, "The file is empty.")
    assert canvas.sentence == canvas.accessibleDescription() == "The file is empty."
    assert canvas.grab().toImage() != empty


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1)])
def test_odd_shapes_are_shown(canvas: Canvas, size: tuple[int, int]) -> None:
    canvas.set_picture(picture(*size))
    canvas.zoom_by(3, QPointF(5, 5))
    canvas.resize(81, 80)
    canvas.grab()
    assert math.isfinite(canvas.scale())
