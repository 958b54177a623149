"""Paints one group of duplicates: what it is, then its photos side by side, the kept one first."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPalette, QPen, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from photosearch.find.duplicates.reasons import why_it_stays
from photosearch.gui.duplicates.review import Review
from photosearch.gui.grid.cell_delegate import paint_placeholder, photo_rect, ring
from photosearch.gui.grid.grid_model import name_of
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style import badges, theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import number, size, tr
from photosearch.gui.viewer.outlines import outline
from photosearch.models import UNCHECKED, Group, Member, Tier

MARGIN, GAP = 16, 12
TITLE_HEIGHT, SIDE = 34, 152
REASON_LINES = 2
ROW_HEIGHT = MARGIN + TITLE_HEIGHT + SIDE + MARGIN  # and the lines below
LEAVING = 0.35  # how much is left to see of a photo that goes
KEPT, GOES = "#7ec88c", "#e08a80"

Index = QModelIndex | QPersistentModelIndex


class GroupDelegate(QStyledItemDelegate):
    """Paints from what the loader and the review hold; `current` is the photo of the current group to act on."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self._loader = loader
        self.review = Review(())
        self.is_checking = False  # whether the originals of more pairs are being looked at
        self.current = 0  # its place in the current group
        self.current_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()  # pyright: ignore
        return QSize(SIDE * 3, ROW_HEIGHT + (2 + REASON_LINES) * line)

    def shown(self, row: int, width: int) -> range:
        """The places of the photos of a group that are seen: as many as fit, the current one among them."""
        count = len(self.review.groups[row].photos)
        fitting = max(1, (width - 2 * MARGIN + GAP) // (SIDE + GAP))
        current = self.current if row == self.current_row else 0
        first = max(0, min(current - fitting + 1, count - fitting))
        return range(first, min(count, first + fitting))

    def cell(self, row: int, place: int, rect: QRect) -> QRect:
        """Where a photo of a group stands in the rectangle of the group."""
        left = rect.left() + MARGIN + (place - self.shown(row, rect.width()).start) * (SIDE + GAP)
        return QRect(left, rect.top() + MARGIN + TITLE_HEIGHT, SIDE, SIDE)

    def place_at(self, row: int, rect: QRect, x: int, y: int) -> int:
        """The place of the photo at a point, or -1."""
        for place in self.shown(row, rect.width()):
            cell = self.cell(row, place, rect)
            cell.setBottom(rect.bottom())
            if cell.contains(x, y):
                return place
        return -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # PySide's stubs do not know the fields of style options.
        rect, palette, font = option.rect, option.palette, option.font  # pyright: ignore
        row = index.row()
        group = self.review.groups[row]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(theme.hairline(palette))
        painter.drawLine(rect.bottomLeft() + QPointF(MARGIN, 0).toPoint(), rect.bottomRight())
        self._paint_title(painter, rect, row, group, palette)
        places = self.shown(row, rect.width())
        for place in places:
            is_current = row == self.current_row and place == self.current
            painter.setFont(font)
            self._paint_photo(painter, self.cell(row, place, rect), row, group.photos[place], palette)
            if is_current:
                cell = QRectF(self.cell(row, place, rect))
                ring(painter, cell, 3, 2, theme.focus(palette))
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, row: int, group: Group, palette: QPalette) -> None:
        title = QRectF(rect.left() + MARGIN, rect.top() + MARGIN - 4, rect.width() - 2 * MARGIN, TITLE_HEIGHT)
        going = sum(
            member.photo.size_bytes for member in group.photos if self.review.fate(row, member.photo.photo_id) == "goes"
        )
        parts = [tr("%Ln photos", "", len(group.photos))]
        if hidden := len(group.photos) - len(self.shown(row, rect.width())):
            parts.append(tr("%Ln more to the side", "photos", hidden))
        if going:
            parts.append(tr("{size} go").format(size=size(going)))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words = tier_in_words(group.tier)
        painter.drawText(title, int(flags), words)
        title.setLeft(title.left() + QFontMetricsF(font).horizontalAdvance(words) + GAP)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(theme.secondary_text(palette))
        reason = "; ".join(map(sentence, group.reason.split("; ")))
        kept = tr("Kept: {reason}").format(reason=reason) if self.review.keeper(row) == group.keeper else ""
        told = "  ·  ".join([*parts, *([kept] if kept else [])])
        painter.drawText(
            title, int(flags), painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, int(title.width()))
        )

    def _paint_photo(self, painter: QPainter, cell: QRect, row: int, member: Member, palette: QPalette) -> None:
        photo, side = member.photo, self.review.side(row, member)
        fate = self.review.fate(row, photo.photo_id)
        pixmap = self._loader.pixmap(photo.photo_id)
        ratio = painter.device().devicePixelRatioF()
        place = photo_rect(QRectF(cell), photo, pixmap, ratio)
        painter.setOpacity(LEAVING if fate == "goes" else 1.0)
        if pixmap:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        else:
            name = name_of(photo.path) if self._loader.lacks(photo.photo_id) else ""
            paint_placeholder(painter, place, palette, painter.font(), name)
        painter.setOpacity(1.0)
        if side.differs:
            outline(painter, place, side.differs)
        if fate != "stays":
            badge = badges.Badge(tr("kept") if fate == "kept" else tr("goes"), KEPT if fate == "kept" else GOES)
            drawn = badges.draw_badge(badge, painter.font(), ratio)
            painter.drawPixmap(place.topLeft() + QPointF(badges.INSET, badges.INSET), drawn)
        if fate == "goes":
            painter.setPen(QPen(QColor(GOES), 3, c=Qt.PenCapStyle.RoundCap))
            inset = place.adjusted(10, 10, -10, -10)
            painter.drawLine(inset.bottomLeft(), inset.topRight())
        self._paint_caption(painter, cell, row, member, palette)

    def _paint_caption(self, painter: QPainter, cell: QRect, row: int, member: Member, palette: QPalette) -> None:
        photo = member.photo
        line = painter.fontMetrics().height()
        below = QRect(cell.left(), cell.bottom() + 4, cell.width(), line)
        facts = f"{number(photo.facts.width)} × {number(photo.facts.height)}  ·  {size(photo.size_bytes)}"
        for text, colour in (
            (name_of(photo.path), palette.color(QPalette.ColorRole.Text)),
            (facts, theme.secondary_text(palette)),
        ):
            painter.setPen(colour)
            told = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, below.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), told)
            below.translate(0, line)
        painter.setPen(theme.warning(palette))
        paint_wrapped(painter, below, self.reason(row, member), REASON_LINES)

    def reason(self, row: int, member: Member) -> str:
        """Why a photo is not proposed to go, in a few words; empty for one that is, and for the one that is kept."""
        if member.photo.photo_id == self.review.keeper(row):
            return ""
        side = self.review.side(row, member)
        if side == UNCHECKED:
            return tr("Being checked …") if self.is_checking else sentence(why_it_stays(side))
        if side.covers == "yes" and not member.may_go:
            return tr("Protected, or another name of a file that stays")
        return sentence(why_it_stays(side))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        rect = option.rect  # pyright: ignore
        row = index.row()
        place = self.place_at(row, rect, event.pos().x(), event.pos().y()) if index.isValid() else -1
        told = ""
        if place >= 0:
            member = self.review.groups[row].photos[place]
            told = "\n".join(part for part in (name_of(member.photo.path), *self.findings(row, member)) if part)
        QToolTip.showText(event.globalPos(), plain(told), view)
        return True

    def findings(self, row: int, member: Member) -> list[str]:
        """Why a photo is not proposed to go, and what was done to make one of it and the kept one of the other."""
        told = [reason] if (reason := self.reason(row, member)) else []
        if member.changes and self.review.keeper(row) == self.review.groups[row].keeper:
            told.append(tr("Changes: {changes}").format(changes=", ".join(map(sentence, member.changes))))
        return told


def paint_wrapped(painter: QPainter, room: QRect, text: str, most: int) -> None:
    """Write a text in the middle, on `most` lines at most, the last one shortened where not all of it has room."""
    layout = QTextLayout(text, painter.font())
    layout.beginLayout()
    starts = list[int]()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room.width())
        starts.append(line.textStart())
    layout.endLayout()
    metrics = painter.fontMetrics()
    ends = [*starts[1:most], len(text)]
    for place, (start, end) in enumerate(zip(starts, ends, strict=False)):
        told = metrics.elidedText(text[start:end].strip(), Qt.TextElideMode.ElideRight, room.width())
        below = room.translated(0, place * metrics.height())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), told)


def tier_in_words(tier: Tier) -> str:
    """What a tier is called."""
    return {
        "identical": tr("Identical files"),
        "same": tr("Same picture"),
        "edited": tr("Edited copies"),
        "similar": tr("Similar shots"),
    }[tier]
