"""Parts of a grid besides its cells: headings of months, the bubble beside the scroll bar, photos being dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from photosearch.gui.grid.grid_layout import Heading
from photosearch.gui.style.badges import Badge, draw_badge
from photosearch.gui.style.words import number, tr

DRAG_SIDE = 96
DRAG_TURNS = (-7, 5, 0)  # degrees of the photos in a stack, the topmost last


def month_in_words(title: str) -> str:
    """2024-05 -> May 2024, as the language writes it; anything else stays."""
    year, _, month = title.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
        return title
    return tr("{month} {year}").format(month=QLocale().standaloneMonthName(int(month)), year=int(year))


def paint_heading(painter: QPainter, heading: Heading, font: QFont, palette: QPalette) -> None:
    """The month, and quietly how many photos it has."""
    bold = QFont(font)
    bold.setPointSizeF(font.pointSizeF() * 1.15)
    bold.setWeight(QFont.Weight.DemiBold)
    title = month_in_words(heading.section.title)
    box = QRect(*heading.box).adjusted(0, 0, 0, -10)
    bottom = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
    colour = palette.color(QPalette.ColorRole.Text)
    painter.setPen(colour)
    painter.setFont(bold)
    painter.drawText(box, bottom, title)
    colour.setAlphaF(0.6)
    painter.setPen(colour)
    painter.setFont(font)
    box.setLeft(box.left() + QFontMetrics(bold).horizontalAdvance(title) + 10)
    painter.drawText(box, bottom, number(heading.section.count))


def paint_rubber_band(painter: QPainter, box: QRect, palette: QPalette) -> None:
    """The area that the mouse has drawn."""
    colour = palette.color(QPalette.ColorRole.Highlight)
    painter.setPen(colour)
    colour.setAlphaF(0.2)
    painter.setBrush(colour)
    painter.drawRect(box.adjusted(0, 0, -1, -1))


class Bubble(QLabel):
    """Says which month the scroll bar has reached, while it is dragged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setStyleSheet(
            "background: palette(highlight); color: palette(highlighted-text);"
            " border-radius: 8px; padding: 6px 12px; font-weight: 600"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, title: str, share: float) -> None:
        """Stand beside the scroll bar's handle, at this share of the parent's height."""
        self.setText(month_in_words(title))
        self.adjustSize()
        room = self._page.size()
        self.move(room.width() - self.width() - 8, round((room.height() - self.height()) * share))
        self.setVisible(bool(title))


def stack_photos(pixmaps: Sequence[QPixmap], count: int, font: QFont, ratio: float) -> QPixmap:
    """A small stack of up to three photos, and how many are dragged if there are several."""
    side = round(DRAG_SIDE * 1.3)
    stack = QPixmap(round(side * ratio), round(side * ratio))
    stack.setDevicePixelRatio(ratio)
    stack.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stack)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    top_first = list(pixmaps[: len(DRAG_TURNS)])
    for pixmap, turn in zip(reversed(top_first), DRAG_TURNS[len(DRAG_TURNS) - len(top_first) :], strict=True):
        size = pixmap.size().scaled(DRAG_SIDE, DRAG_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        painter.save()
        painter.translate(side / 2, side / 2)
        painter.rotate(turn)
        place = QRectF(QPointF(-size.width() / 2, -size.height() / 2), size.toSizeF())
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        painter.setPen(QColor(0, 0, 0, 60))
        painter.drawRoundedRect(place, 3, 3)
        painter.restore()
    if count > 1:
        badge = draw_badge(Badge(number(count)), font, ratio)
        painter.drawPixmap(QPointF(side - badge.deviceIndependentSize().width(), DRAG_SIDE / 8), badge)
    painter.end()
    return stack


def drag_grip() -> QPoint:
    """Where the mouse holds the stack."""
    return QPoint(round(DRAG_SIDE * 0.65), round(DRAG_SIDE * 0.65))
