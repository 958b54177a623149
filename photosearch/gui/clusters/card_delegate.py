"""Paints one cluster as a card: a mosaic of its most typical photos, its name and how many photos it has."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from photosearch.gui.grid.cell_delegate import FOCUS_DISTANCE, FOCUS_WIDTH, RING_GAP, RING_WIDTH, ring
from photosearch.gui.grid.grid_model import IdRole
from photosearch.gui.grid.thumbnail_loader import CORNER_RADIUS, ThumbnailLoader
from photosearch.gui.style import theme
from photosearch.gui.style.words import tr

GAP = 2  # px between the photos of a mosaic
CAPTION_HEIGHT = 42
MOST = 9  # photos of a mosaic
Flag = QStyle.StateFlag


class Card(NamedTuple):
    """A cluster as it is shown; `photos` int64[n] are ids, and the first stands for it."""

    cluster_id: int | None  # None while the slider moves
    name: str | None
    photos: NDArray[np.int64]


class CardDelegate(QStyledItemDelegate):
    """Paints cards from what the loader has; it asks for nothing."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self._loader = loader
        self.cards: dict[int, Card] = {}  # by the photo that stands for each

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # PySide's stubs do not know the fields of style options.
        cell, state, palette, font = QRectF(option.rect), option.state, option.palette, option.font  # pyright: ignore
        card = self.cards.get(index.data(IdRole))
        if card is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        mosaic = cell.adjusted(0, 0, 0, -CAPTION_HEIGHT)
        outline = QPainterPath()
        outline.addRoundedRect(mosaic, 2 * CORNER_RADIUS, 2 * CORNER_RADIUS)
        painter.save()
        painter.setClipPath(outline)
        empty = palette.color(QPalette.ColorRole.Text)
        empty.setAlphaF(0.06)
        shown = card.photos[: tiles_of(len(card.photos))].tolist()
        for photo_id, tile in zip(shown, tiles(mosaic, len(shown)), strict=True):
            if pixmap := self._loader.pixmap(photo_id):
                paint_filling(painter, tile, pixmap)
            else:
                painter.fillRect(tile, empty)
        painter.restore()
        highlight = palette.color(QPalette.ColorRole.Highlight)
        if state & Flag.State_Selected:
            ring(painter, mosaic, RING_GAP + RING_WIDTH / 2, RING_WIDTH, highlight)
        elif state & Flag.State_MouseOver:
            ring(painter, mosaic, 0.5, 1, theme.secondary_text(palette))
        if state & Flag.State_HasFocus:
            ring(painter, mosaic, FOCUS_DISTANCE, FOCUS_WIDTH, palette.color(QPalette.ColorRole.Text))
        _paint_caption(painter, cell, card, font, palette)
        painter.restore()


def describe(card: Card) -> tuple[str, str]:
    """The caption of a cluster: its name and its number of photos, or the number alone."""
    count = tr("%Ln photos", "", len(card.photos))
    return (card.name, count) if card.name else (count, "")


def tiles_of(photos: int) -> int:
    """The number of photos in a mosaic: nine where there are as many, else four."""
    return MOST if photos >= MOST else min(photos, 4)


def tiles(area: QRectF, count: int) -> Sequence[QRectF]:
    """The places of so many photos, which fill an area; two and three stand side by side."""
    columns = 3 if count in (3, MOST) else 2 if count > 1 else 1
    lines = max(1, count // columns)
    found: list[QRectF] = []
    for number in range(count):
        line, column = divmod(number, columns)
        left, right = (round(area.width() * edge / columns) for edge in (column, column + 1))
        top, bottom = (round(area.height() * edge / lines) for edge in (line, line + 1))
        right -= GAP if column + 1 < columns else 0
        bottom -= GAP if line + 1 < lines else 0
        found.append(QRectF(area.left() + left, area.top() + top, right - left, bottom - top))
    return found


def paint_filling(painter: QPainter, tile: QRectF, pixmap: QPixmap) -> None:
    """Paint the middle of a photo so that it fills a tile."""
    source = tile.size().scaled(QSizeF(pixmap.size()), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPointF((pixmap.width() - source.width()) / 2, (pixmap.height() - source.height()) / 2)
    painter.drawPixmap(tile, pixmap, QRectF(corner, source))


def _paint_caption(painter: QPainter, cell: QRectF, card: Card, font: QFont, palette: QPalette) -> None:
    first, second = describe(card)
    line = QRectF(cell.left(), cell.bottom() - CAPTION_HEIGHT + 6, cell.width(), (CAPTION_HEIGHT - 6) / 2)
    if card.name:
        font = QFont(font)
        font.setWeight(QFont.Weight.DemiBold)
    quiet = theme.secondary_text(palette)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text) if card.name else quiet)
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
    metrics = painter.fontMetrics()
    painter.drawText(line, flags, metrics.elidedText(first, Qt.TextElideMode.ElideRight, int(line.width())))
    if second:
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(quiet)
        painter.drawText(line.translated(0, line.height()), flags, second)
