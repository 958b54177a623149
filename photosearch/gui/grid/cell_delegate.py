"""Paints one photo of a grid: the thumbnail on the bare page, and what is to be said of it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from photosearch.gui.grid.grid_model import IdRole, MatchRole, PhotoRole, StackRole
from photosearch.gui.grid.stacks import StackMark
from photosearch.gui.grid.thumbnail_loader import CORNER_RADIUS, ThumbnailLoader
from photosearch.gui.style import badges, theme
from photosearch.gui.style.words import number
from photosearch.gui.work.names import name_of
from photosearch.models import Match, Photo, Suggestion

BLEED = 7  # how far a ring reaches out of the photo
RING_GAP, RING_WIDTH, FOCUS_WIDTH = 2, 3, 1.5
FOCUS_DISTANCE = RING_GAP + RING_WIDTH + FOCUS_WIDTH / 2
CHECK_SIZE = 20
SMALLEST_SIDE = 64  # an icon is not blown up beyond this
Flag = QStyle.StateFlag


class CellDelegate(QStyledItemDelegate):
    """Paints cells from what the loader has; it asks for nothing."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self._loader = loader

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # PySide's stubs do not know the fields of style options.
        cell, state, palette, font = QRectF(option.rect), option.state, option.palette, option.font  # pyright: ignore
        photo_id: int = index.data(IdRole)
        photo: Photo | None = index.data(PhotoRole)
        match: Match | Suggestion | None = index.data(MatchRole)
        stack: StackMark | None = index.data(StackRole)
        pixmap = self._loader.pixmap(photo_id)
        place = photo_rect(cell, photo, pixmap, painter.device().devicePixelRatioF())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        state_of_file = photo.state if photo else match.state if isinstance(match, Match) else "present"
        away = state_of_file != "present"
        if pixmap:
            painter.setOpacity(0.4 if away else 1)
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
            painter.setOpacity(1)
            paint_edge(painter, place, palette)
        else:
            name = name_of(photo.path) if photo and self._loader.lacks(photo_id) else ""
            paint_placeholder(painter, place, palette, font, name)
        if state & Flag.State_MouseOver:
            fill(painter, place, QColor(255, 255, 255, 26))
        if isinstance(match, Suggestion):
            badges.paint_probability(painter, place, font, match.probability)
        elif match:
            badges.paint_match(painter, place, font, match)
        if stack:
            paint_stack(painter, place, palette, stack, stack_badge(stack, font, painter.device().devicePixelRatioF()))
        if away:
            paint_away(painter, place)
        if state & Flag.State_Selected:
            paint_selection(painter, place, palette)
        if state & Flag.State_HasFocus:
            ring(painter, place, FOCUS_DISTANCE, FOCUS_WIDTH, palette.color(QPalette.ColorRole.Text))
        painter.restore()


def photo_rect(cell: QRectF, photo: Photo | None, pixmap: QPixmap | None, ratio: float = 1) -> QRectF:
    """Where the photo lies in its cell: in the middle, whole, on whole device pixels."""
    side = cell.height()
    if photo:
        size, natural = QSizeF(photo.facts.width, photo.facts.height), max(photo.facts.width, photo.facts.height)
    elif pixmap:
        size, natural = QSizeF(pixmap.size()), side
    else:
        size, natural = QSizeF(4, 3), side
    room = min(side, max(natural, SMALLEST_SIDE))
    if pixmap:  # the thumbnail's own pixels show exactly where it was made for this size
        made = pixmap.deviceIndependentSize()
        exact = abs(max(made.width(), made.height()) - room) < 1
        size = made if exact else QSizeF(pixmap.size()).scaled(room, room, Qt.AspectRatioMode.KeepAspectRatio)
    else:
        size = size.expandedTo(QSizeF(1, 1)).scaled(room, room, Qt.AspectRatioMode.KeepAspectRatio)
    corner = cell.center() - QPointF(size.width() / 2, size.height() / 2)
    return QRectF(QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), size)


def paint_edge(painter: QPainter, place: QRectF, palette: QPalette) -> None:
    """A thin line around a photo: a white one ends somewhere on a white page, too."""
    painter.setPen(QPen(theme.hairline(palette), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))  # within the photo: around it is the ring of a selection


def paint_placeholder(painter: QPainter, place: QRectF, palette: QPalette, font: QFont, name: str) -> None:
    """A quiet area where a photo is still to come, with its name where it cannot be shown."""
    colour = palette.color(QPalette.ColorRole.Text)
    colour.setAlphaF(0.06)
    fill(painter, place, colour)
    if name:
        colour.setAlphaF(0.6)
        painter.setPen(colour)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(place.adjusted(8, 8, -8, -8), int(flags), name)


def paint_away(painter: QPainter, place: QRectF) -> None:
    """A small mark at the top left: the photo is on a drive that is not there."""
    box = QRectF(place.left() + badges.INSET, place.top() + badges.INSET, badges.HEIGHT, badges.HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(badges.BACK)
    painter.drawEllipse(box)
    painter.setPen(QPen(badges.TEXT, 1.5, c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(5, 5, -5, -5)
    painter.drawEllipse(inner)
    painter.drawLine(inner.bottomLeft() + QPointF(-1, 1), inner.topRight() + QPointF(1, -1))


def stack_badge(stack: StackMark, font: QFont, ratio: float) -> QPixmap:
    """How many photos a stack has, or which of them one is while it is open."""
    told = f"{number(stack.place)}/{number(stack.photos)}" if stack.is_open else number(stack.photos)
    return badges.draw_badge(badges.Badge(told, symbol="bursts"), font, ratio)


def stack_badge_place(place: QRectF, badge: QPixmap) -> QRectF:
    """The badge lies in the middle of the upper edge: the corners are taken."""
    size = badge.deviceIndependentSize()
    return QRectF(QPointF(round(place.center().x() - size.width() / 2), place.top() + badges.INSET), size)


def paint_stack(painter: QPainter, place: QRectF, palette: QPalette, stack: StackMark, badge: QPixmap) -> None:
    """The edges of the photos below the one that is seen, where a stack is closed, and its badge."""
    if not stack.is_open:
        edge = theme.secondary_text(palette)
        edge.setAlphaF(0.7)
        painter.setPen(QPen(edge, 1.5, c=Qt.PenCapStyle.RoundCap))
        for number_below in range(1, min(stack.photos, 3)):
            inset, above = 5.0 * number_below, 3.0 * number_below - 0.5
            corner = QPointF(place.left() + inset, place.top() - above)
            painter.drawLine(corner, QPointF(place.right() - inset, place.top() - above))
    at = stack_badge_place(place, badge)
    painter.drawPixmap(at.topLeft(), badge)


def paint_selection(painter: QPainter, place: QRectF, palette: QPalette) -> None:
    """A ring, and a check mark for those who do not tell colours apart."""
    colour = palette.color(QPalette.ColorRole.Highlight)
    ring(painter, place, RING_GAP + RING_WIDTH / 2, RING_WIDTH, colour)
    box = QRectF(place.right() - CHECK_SIZE - 4, place.top() + 4, CHECK_SIZE, CHECK_SIZE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box)
    painter.setPen(
        QPen(
            palette.color(QPalette.ColorRole.HighlightedText),
            2,
            c=Qt.PenCapStyle.RoundCap,
            j=Qt.PenJoinStyle.RoundJoin,
        )
    )
    points = [QPointF(0.28, 0.52), QPointF(0.44, 0.67), QPointF(0.72, 0.36)]
    painter.drawPolyline([box.topLeft() + point * CHECK_SIZE for point in points])


def ring(painter: QPainter, place: QRectF, distance: float, width: float, colour: QColor) -> None:
    """A line around a photo, its middle `distance` pixels off."""
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = CORNER_RADIUS + distance
    painter.drawRoundedRect(place.adjusted(-distance, -distance, distance, distance), radius, radius)


def fill(painter: QPainter, place: QRectF, colour: QColor) -> None:
    """An area in a photo's shape."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, CORNER_RADIUS, CORNER_RADIUS)
