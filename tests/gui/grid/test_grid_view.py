"""The grid in use: by keyboard, by mouse, and while photos are added and removed."""

from array import array
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QGuiApplication, QWheelEvent
from pytestqt.qtbot import QtBot

from photosearch.gui.grid.grid_parts import Bubble, month_in_words
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Listing, Section

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton


@pytest.fixture
def grid(qtbot: QtBot, photo_library: Library, jobs: Jobs) -> GridView:
    """An empty grid of three columns, on the screen."""
    grid = GridView(photo_library, jobs, ThumbnailLoader(photo_library, jobs, jobs))
    qtbot.addWidget(grid)
    grid.set_cell_size(100)
    grid.resize(390, 400)
    grid.show()
    qtbot.waitExposed(grid)
    grid.setFocus()
    return grid


def listing_of(*counts: int, ids: Iterable[int] | None = None) -> Listing:
    """Months of so many photos, with ids from 1 on."""
    sections = tuple(Section(f"2024-{12 - number:02}", count) for number, count in enumerate(counts))
    return Listing(array("q", ids or range(1, sum(counts) + 1)), sections)


def press(qtbot: QtBot, grid: GridView, *keys: Key, modifier: Modifier = Modifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(grid, key, modifier)


def click(qtbot: QtBot, grid: GridView, photo_id: int, modifier: Modifier = Modifier.NoModifier) -> None:
    qtbot.mouseClick(grid.viewport(), Button.LeftButton, modifier, place_of(grid, photo_id).center())


def place_of(grid: GridView, photo_id: int) -> QRect:
    """Where a photo's cell is in the window."""
    return grid.visualRect(grid.photos.index(grid.photos.row_of(photo_id)))


def first_seen(grid: GridView) -> int:
    """The photo that is seen at the top left."""
    return grid.id_at(grid.indexAt(QPoint(60, 10)))


def test_arrows_keep_the_column_over_the_end_of_a_month(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(5, 1, 6))  # 1 2 3 | 4 5 · 6 · 7 8 9 | 10 11 12
    grid.select(3)
    seen: list[int] = []
    for _ in range(5):
        press(qtbot, grid, Key.Key_Down)
        seen.append(grid.current_id())
    assert seen == [5, 6, 9, 12, 12]
    press(qtbot, grid, Key.Key_Left, Key.Key_Up)
    assert grid.current_id() == 8
    press(qtbot, grid, Key.Key_Home)
    assert grid.current_id() == 1
    press(qtbot, grid, Key.Key_Right)
    assert (grid.current_id(), grid.selected_ids()) == (2, [2])


def test_page_down_goes_on_by_what_fits_and_shows_where_it_goes(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    press(qtbot, grid, Key.Key_Home, Key.Key_PageDown)
    assert grid.current_id() == 1 + 3 * (400 // (place_of(grid, 4).top() - place_of(grid, 1).top()))
    press(qtbot, grid, Key.Key_End)
    assert grid.current_id() == 300
    assert grid.viewport().rect().contains(place_of(grid, 300))
    press(qtbot, grid, Key.Key_Home)
    assert grid.verticalOffset() == 0


def test_shift_selects_in_reading_order_and_control_toggles(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(4, 5))
    with qtbot.waitSignal(grid.selection_changed, check_params_cb=lambda count: count == 1):
        click(qtbot, grid, 3)
    click(qtbot, grid, 6, Modifier.ShiftModifier)
    assert grid.selected_ids() == [3, 4, 5, 6]
    click(qtbot, grid, 4, Modifier.ControlModifier)
    click(qtbot, grid, 1, Modifier.ControlModifier)
    assert grid.selected_ids() == [1, 3, 5, 6]
    press(qtbot, grid, Key.Key_A, modifier=Modifier.ControlModifier)
    assert grid.selected_count() == 9


def test_shift_and_arrows_extend_the_selection(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(9))
    click(qtbot, grid, 2)
    press(qtbot, grid, Key.Key_Down, modifier=Modifier.ShiftModifier)
    assert grid.selected_ids() == [2, 3, 4, 5]


def test_a_rubber_band_selects_what_it_touches(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(9))
    start = place_of(grid, 1).topLeft() - QPoint(4, 4)
    end = place_of(grid, 5).center()
    qtbot.mousePress(grid.viewport(), Button.LeftButton, pos=start)
    qtbot.mouseMove(grid.viewport(), end)
    assert grid.selected_ids() == [1, 2, 4, 5]
    qtbot.mouseMove(grid.viewport(), place_of(grid, 5).bottomRight() + QPoint(4, 4))
    assert grid.selected_ids() == [1, 2, 4, 5]
    qtbot.mouseMove(grid.viewport(), place_of(grid, 4).bottomRight() + QPoint(4, -4))
    assert grid.selected_ids() == [1, 4]
    qtbot.mouseMove(grid.viewport(), end)
    highlight = grid.palette().highlight().color()
    assert grid.grab().toImage().pixelColor(end.x() - 40, start.y()) == highlight
    qtbot.mouseRelease(grid.viewport(), Button.LeftButton, pos=end)
    assert grid.grab().toImage().pixelColor(end.x() - 40, start.y()) != highlight
    qtbot.mouseClick(grid.viewport(), Button.LeftButton, pos=start)
    assert grid.selected_ids() == []


def test_a_rubber_band_held_at_the_edge_goes_on(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    below = QPoint(60, grid.viewport().height() + 30)
    qtbot.mousePress(grid.viewport(), Button.LeftButton, pos=QPoint(4, 4))
    qtbot.mouseMove(grid.viewport(), QPoint(60, 100))
    qtbot.mouseMove(grid.viewport(), below)
    qtbot.waitUntil(lambda: grid.selected_count() > 10)
    assert grid.selected_ids() == [1 + 3 * line for line in range(grid.selected_count())]
    qtbot.mouseRelease(grid.viewport(), Button.LeftButton, pos=below)


def test_enter_space_double_click_and_menu(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(9))
    grid.select(4)
    with qtbot.waitSignal(grid.opened, check_params_cb=lambda photo: photo == 4):
        press(qtbot, grid, Key.Key_Return)
    with qtbot.waitSignal(grid.quick_view, check_params_cb=lambda photo: photo == 4):
        press(qtbot, grid, Key.Key_Space)
    click(qtbot, grid, 5)
    with qtbot.waitSignal(grid.opened, check_params_cb=lambda photo: photo == 5):
        qtbot.mouseDClick(grid.viewport(), Button.LeftButton, pos=place_of(grid, 5).center())
    grid.select(4)
    at = grid.viewport().mapToGlobal(place_of(grid, 4).center())
    with qtbot.waitSignal(grid.context_menu, check_params_cb=lambda point: point == at):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QGuiApplication.sendEvent(grid.viewport(), event)


def test_new_photos_move_nothing(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(120, 180))
    grid.select(150)
    grid.selectionModel().select(grid.photos.index(3), grid.selectionModel().SelectionFlag.Select)
    grid.verticalScrollBar().setValue(3000)
    first = first_seen(grid)
    before = place_of(grid, first).top()
    told: list[int] = []
    grid.current_changed.connect(told.append)
    grid.selection_changed.connect(told.append)
    grid.show_again(listing_of(137, 180, ids=[*range(1000, 1017), *range(1, 301)]))
    assert place_of(grid, first).top() == before
    assert (grid.current_id(), grid.selected_ids()) == (150, [4, 150])
    assert told == []
    grid.show_again(listing_of(1, 4, ids=[7, 20, 30, 150, 299]))
    assert (grid.current_id(), grid.selected_ids(), told) == (150, [150], [1])
    grid.show_again(listing_of(1, ids=[7]))
    assert (grid.current_id(), grid.selected_ids(), told) == (-1, [], [1, -1, 0])


def test_where_the_first_photo_goes_the_next_stays_in_place(grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    grid.verticalScrollBar().setValue(3000)
    first = first_seen(grid)
    second = place_of(grid, first + 1).top()
    grid.show_again(listing_of(298, ids=[photo for photo in range(1, 301) if photo not in (5, first)]))
    assert place_of(grid, first + 1).top() == second


def test_going_to_the_current_photo_brings_it_back(grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    grid.select(200)
    grid.verticalScrollBar().setValue(0)
    grid.select(200)
    assert grid.viewport().rect().contains(place_of(grid, 200))


def test_another_width_and_back_again_is_as_it_was(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    grid.verticalScrollBar().setValue(3010)
    first = first_seen(grid)
    before = place_of(grid, first).top()
    for width in (510, 620, 290, 390):
        grid.resize(width, 400)
        assert -grid.cell_size * 2 < place_of(grid, first).top() <= before
    assert grid.verticalOffset() == 3010


def test_zooming_keeps_the_photo_under_the_mouse(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    grid.verticalScrollBar().setValue(3000)
    at = grid.viewport().rect().center()
    photo = grid.id_at(grid.indexAt(at))
    with qtbot.waitSignal(grid.cell_size_changed):
        turn_wheel(grid, at, 120, Modifier.ControlModifier)
    assert grid.cell_size > 100
    place = place_of(grid, photo)
    assert place.top() <= at.y() <= place.bottom()
    press(qtbot, grid, Key.Key_Minus, modifier=Modifier.ControlModifier)
    assert place_of(grid, 4).left() == place_of(grid, 1).left()  # three in a line again


def test_the_wheel_scrolls_without_leaps(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(300))
    values: list[int] = []
    grid.verticalScrollBar().valueChanged.connect(values.append)
    turn_wheel(grid, QPoint(100, 100), -120)
    qtbot.waitUntil(lambda: grid.verticalOffset() == 3 * grid.verticalScrollBar().singleStep())
    assert len(values) > 1
    assert values == sorted(values)


def turn_wheel(grid: GridView, at: QPoint, angle: int, modifier: Modifier = Modifier.NoModifier) -> None:
    point, phase = QPointF(at), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(point, point, QPoint(), QPoint(0, angle), Button.NoButton, modifier, phase, False)
    QGuiApplication.sendEvent(grid.viewport(), event)


def test_typing_goes_to_the_next_photo_of_that_name(qtbot: QtBot, grid: GridView, photo_library: Library) -> None:
    listing = photo_library.photos.listing("newest")
    grid.show_listing(listing)
    names = ["2024-05-2", "2024-03-18"]
    for name in names:
        with qtbot.waitSignal(grid.type_ahead, check_params_cb=lambda text, name=name: text == name):
            qtbot.keyClicks(grid, name)
        wanted = photo_library.photos.named(name)
        qtbot.waitUntil(lambda wanted=wanted: grid.current_id() in wanted)
        grid.keyboardSearch("")
        qtbot.waitUntil(lambda: not grid.is_typing(), timeout=5000)
    assert grid.selected_ids() == [grid.current_id()]


def test_thumbnails_come_and_are_painted(qtbot: QtBot, grid: GridView, photo_library: Library) -> None:
    listing = photo_library.photos.listing("newest")
    page = grid.palette().base().color()
    grid.show_listing(listing)
    spot = place_of(grid, listing.ids[0]).center()

    def is_painted() -> bool:
        colour = grid.grab().toImage().pixelColor(spot)
        return distance(colour, page) > 60

    qtbot.waitUntil(is_painted)


def distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


def test_the_month_is_told_while_the_scroll_bar_is_dragged(grid: GridView) -> None:
    grid.show_listing(listing_of(100, 100, 100))
    bar, bubble = grid.verticalScrollBar(), grid.findChild(Bubble)
    assert bubble is not None
    bar.setValue(100)
    assert not bubble.isVisible()
    bar.setSliderDown(True)
    bar.setSliderPosition(bar.maximum())
    assert (bubble.isVisible(), bubble.text()) == (True, month_in_words("2024-10"))
    bar.setSliderDown(False)
    assert not bubble.isVisible()
    assert month_in_words("Anything") == "Anything"


def test_dragging_begins_with_the_files_of_the_selection(qtbot: QtBot, grid: GridView, photo_library: Library) -> None:
    listing = photo_library.photos.listing("name")
    grid.show_listing(listing)
    grid.selectAll()
    qtbot.waitUntil(lambda: len(grid.selected_urls()) == len(listing.ids))
    names = [url.fileName() for url in grid.selected_urls()]
    assert names == sorted(names)


def test_a_screen_reader_is_told_names(qtbot: QtBot, grid: GridView, photo_library: Library) -> None:
    listing = photo_library.photos.listing("newest")
    with qtbot.waitSignal(grid.photos.loader.arrived):
        grid.show_listing(listing)
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader.text(QAccessible.Text.Name) == "Photos"
    cells = [reader.child(number) for number in range(reader.childCount())]
    told = [cell.text(QAccessible.Text.Name) for cell in cells if cell]
    assert any("2024-06-20.jpg, 64 × 96" in name for name in told)


def test_nothing_at_all(qtbot: QtBot, grid: GridView) -> None:
    grid.show_listing(listing_of(0))
    press(qtbot, grid, Key.Key_Down, Key.Key_End, Key.Key_Return, Key.Key_Space, Key.Key_X)
    press(qtbot, grid, Key.Key_A, modifier=Modifier.ControlModifier)
    grid.show_again(listing_of(3))
    grid.show_again(listing_of(0))
    QGuiApplication.sendEvent(grid.viewport(), QEvent(QEvent.Type.HoverLeave))
    assert (grid.current_id(), grid.selected_ids(), grid.select(5)) == (-1, [], False)


def test_at_the_beginning_new_photos_are_seen_to_arrive(grid: GridView) -> None:
    grid.show_listing(listing_of(100))
    grid.show_again(listing_of(110, ids=[*range(201, 211), *range(1, 101)]))
    assert 0 <= place_of(grid, 201).top() < grid.cell_size
    grid.verticalScrollBar().setValue(900)
    before, top = first_seen(grid), place_of(grid, first_seen(grid)).top()
    grid.show_again(listing_of(120, ids=[*range(301, 311), *range(201, 211), *range(1, 101)]))
    assert place_of(grid, before).top() == top


def test_only_the_tab_key_chooses_a_photo_by_coming_to_the_grid(grid: GridView) -> None:
    grid.show_listing(listing_of(10))
    grid.clearFocus()
    grid.setFocus()
    assert grid.current_id() == -1
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert grid.current_id() == 1
