"""A region is marked on a small photo, and told in pixels of the whole one."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from photosearch.gui.search.region_preview import RegionPreview
from photosearch.library import Library
from photosearch.models import Facts, Region
from tests.photos import make_exif, save_photo


@pytest.fixture
def preview(qtbot: QtBot) -> RegionPreview:
    preview = RegionPreview()
    qtbot.addWidget(preview)
    preview.resize(300, 300)
    preview.show()
    return preview


def show(preview: RegionPreview, library: Library, path: str) -> Facts:
    found = library.photos.facts(path)
    assert isinstance(found, tuple)
    facts, jpeg = found
    preview.show_photo(jpeg, (facts.width, facts.height))
    preview.resize(300, preview.heightForWidth(300))
    return facts


def drag(qtbot: QtBot, preview: RegionPreview, start: tuple[int, int], end: tuple[int, int]) -> None:
    qtbot.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(*start))
    qtbot.mouseMove(preview, QPoint(*end))
    qtbot.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=QPoint(*end))


@pytest.mark.parametrize(
    ("orientation", "size", "region"),
    [(1, (600, 400), Region(60, 40, 300, 200)), (6, (600, 400), Region(40, 60, 200, 300))],
)
def test_a_drag_tells_the_pixels_of_the_photo_as_it_is_seen(
    preview: RegionPreview,
    library: Library,
    tmp_path: Path,
    qtbot: QtBot,
    orientation: int,
    size: tuple[int, int],
    region: Region,
) -> None:
    facts = show(preview, library, save_photo(tmp_path / "a.jpg", size=size, exif=make_exif(orientation)))
    scale = facts.width / preview.width()
    start = round(region.left / scale), round(region.top / scale)
    end = round((region.left + region.width) / scale), round((region.top + region.height) / scale)
    with qtbot.waitSignal(preview.region_chosen) as chosen:
        drag(qtbot, preview, end, start)  # from the lower right, which is as good
    assert chosen.args is not None
    assert tuple(chosen.args[0]) == pytest.approx(tuple(region), abs=2)
    assert preview.region() == chosen.args[0]


def test_a_region_snaps_inside_the_photo(
    preview: RegionPreview, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    show(preview, library, save_photo(tmp_path / "a.png", size=(600, 400)))
    drag(qtbot, preview, (150, 100), (900, -50))
    assert preview.region() == Region(300, 0, 300, 200)


@pytest.mark.parametrize("by", ["click", "escape"])
def test_a_click_or_escape_clears(
    preview: RegionPreview, library: Library, tmp_path: Path, qtbot: QtBot, by: str
) -> None:
    show(preview, library, save_photo(tmp_path / "a.png"))
    preview.set_region(Region(10, 10, 40, 40))
    with qtbot.waitSignal(preview.region_cleared):
        if by == "click":
            qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        else:
            qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.region() is None


def test_less_than_a_few_pixels_is_no_region(
    preview: RegionPreview, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    show(preview, library, save_photo(tmp_path / "a.png"))
    with qtbot.assertNotEmitted(preview.region_chosen):
        drag(qtbot, preview, (50, 50), (55, 150))


def test_the_keyboard_marks_moves_and_chooses(
    preview: RegionPreview, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    show(preview, library, save_photo(tmp_path / "a.png", size=(600, 400)))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(preview, Qt.Key.Key_Right, shift)
    assert preview.region() == Region(150, 100, 300, 200)
    qtbot.keyClick(preview, Qt.Key.Key_Right, shift)
    qtbot.keyClick(preview, Qt.Key.Key_Up)
    with qtbot.waitSignal(preview.region_chosen) as chosen:
        qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert chosen.args == [Region(150, 80, 330, 200)]
    for _ in range(30):
        qtbot.keyClick(preview, Qt.Key.Key_Left)
        qtbot.keyClick(preview, Qt.Key.Key_Down, shift)
    assert preview.region() == Region(0, 80, 330, 320)


def test_what_is_marked_is_seen(preview: RegionPreview, library: Library, tmp_path: Path) -> None:
    show(preview, library, save_photo(tmp_path / "a.png", size=(600, 400)))
    plain = preview.grab().toImage()
    preview.set_region(Region(100, 100, 200, 200))
    marked = preview.grab().toImage()
    ratio = preview.devicePixelRatioF()
    inside, outside = (QPoint(round(x * ratio), round(y * ratio)) for x, y in ((100, 100), (250, 20)))
    assert marked.pixelColor(inside) == plain.pixelColor(inside)
    assert marked.pixelColor(outside).lightness() < plain.pixelColor(outside).lightness()


@pytest.mark.parametrize("jpeg", [None, b"", b"\xff\xd8 no picture"])
def test_without_a_picture_nothing_can_be_marked(preview: RegionPreview, qtbot: QtBot, jpeg: bytes | None) -> None:
    preview.show_photo(jpeg, (600, 400))
    with qtbot.assertNotEmitted(preview.region_chosen):
        drag(qtbot, preview, (10, 10), (200, 200))
        qtbot.keyClick(preview, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    preview.grab()
