"""The look of a cell: the photo whole and sharp, with its marks."""

from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from photosearch.gui.grid.cell_delegate import CellDelegate, photo_rect
from photosearch.gui.grid.grid_model import GridModel
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import Listing, Match, Relation
from tests.photos import save_photo

CELL = QRect(10, 10, 180, 160)
Flag = QStyle.StateFlag


@pytest.fixture
def loader(qtbot: QtBot, photo_library: Library, jobs: Jobs) -> ThumbnailLoader:
    """With every photo read, and its thumbnail for the cell."""
    loader = ThumbnailLoader(photo_library, jobs, jobs)
    ids = photo_library.photos.listing().ids
    loader.ask(ids, CELL.height())
    qtbot.waitUntil(lambda: all(loader.pixmap(photo) for photo in ids))
    return loader


def paint(loader: ThumbnailLoader, photo_id: int, match: Match | None = None, state: Flag = Flag.State_None) -> QImage:
    """A cell as the grid would paint it, on white."""
    model = GridModel(loader)
    model.show(Listing(array("q", [photo_id]), ()), {photo_id: match} if match else None)
    image = QImage(200, 180, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter, option = QPainter(image), QStyleOptionViewItem()
    option.rect, option.state = CELL, state
    CellDelegate(loader).paint(painter, option, model.index(0))
    painter.end()
    return image


def found(photo_id: int, relation: Relation = "lookalike", score: float = 0.5) -> Match:
    return Match(photo_id, "/x.jpg", score, relation, "present")


def difference(one: QImage, other: QImage, box: QRect) -> int:
    """The number of pixels of a part that differ."""
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    )


def test_the_relation_stands_at_the_left_and_the_score_at_the_right(
    loader: ThumbnailLoader, photo_library: Library
) -> None:
    ids = photo_library.photos.listing("name").ids
    wide = next(photo for photo, row in photo_library.photos.get(ids).items() if row.facts.width > row.facts.height)
    bare, place = paint(loader, wide), photo_rect(QRectF(CELL), None, loader.pixmap(wide)).toRect()
    half = place.width() // 2
    left, right = place.adjusted(0, 0, -half, 0), place.adjusted(half, 0, 0, 0)
    scored = paint(loader, wide, found(wide))
    assert difference(bare, scored, left) == 0 < difference(bare, scored, right)
    same = paint(loader, wide, found(wide, "identical"))
    assert difference(scored, same, left) > 0
    assert difference(same, paint(loader, wide, found(wide, "same kind")), place) > 0
    assert difference(scored, paint(loader, wide, found(wide, score=0.75)), right) > 0


def test_states_can_be_told_apart(loader: ThumbnailLoader, photo_library: Library) -> None:
    photo = photo_library.photos.listing().ids[0]
    states = Flag.State_None, Flag.State_Selected, Flag.State_HasFocus, Flag.State_MouseOver
    looks = [paint(loader, photo, state=state) for state in states]
    looks.append(paint(loader, photo, found(photo)))
    for number, look in enumerate(looks):
        assert all(difference(look, other, look.rect()) > 20 for other in looks[:number])


def test_a_photo_of_a_drive_that_is_away_is_dimmed(qtbot: QtBot, library: Library, album: Path, jobs: Jobs) -> None:
    save_photo(album / "one.jpg", 1)
    list(library.index([str(album)], threads=1))
    [photo] = library.photos.listing().ids
    loader = ThumbnailLoader(library, jobs, jobs)
    loader.ask([photo], CELL.height())
    qtbot.waitUntil(lambda: loader.pixmap(photo) is not None)
    before = paint(loader, photo)
    album.rename(album.with_name("away"))
    list(library.index(threads=1))
    loader.refresh()
    loader.ask([photo], CELL.height())
    qtbot.waitUntil(lambda: (known := loader.photo(photo)) is not None and known.state == "offline")
    middle = CELL.center()
    assert paint(loader, photo).pixelColor(middle).lightness() > before.pixelColor(middle).lightness()


def test_the_selection_is_a_ring_in_the_colour_of_selections(loader: ThumbnailLoader, photo_library: Library) -> None:
    photo = photo_library.photos.listing().ids[0]
    image = paint(loader, photo, state=Flag.State_Selected)
    place = photo_rect(QRectF(CELL), loader.photo(photo), loader.pixmap(photo))
    middle = round(place.center().y())
    assert image.pixelColor(round(place.left()) - 4, middle) == QStyleOptionViewItem().palette.highlight().color()
    assert image.pixelColor(round(place.left()) - 1, middle) == QColor("white")


@pytest.mark.parametrize(("width", "height"), [(160, 107), (107, 160), (160, 160), (160, 1)])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_thumbnail_made_for_the_cell_is_painted_pixel_by_pixel(width: int, height: int, ratio: float) -> None:
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    place = photo_rect(QRectF(CELL), None, pixmap, ratio)
    assert QRectF(CELL).adjusted(-1, -1, 1, 1).contains(place)
    assert (place.width() * ratio, place.height() * ratio) == (pixmap.width(), pixmap.height())
    assert abs(place.left() * ratio - round(place.left() * ratio)) < 1e-6


def test_before_the_thumbnail_of_the_right_size_comes_the_old_one_fills_the_same_place() -> None:
    old, new = QPixmap(80, 60), QPixmap(160, 120)
    assert photo_rect(QRectF(CELL), None, old) == photo_rect(QRectF(CELL), None, new)
