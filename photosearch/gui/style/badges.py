"""Badges on photos: dark pills with light text, legible on any photo and in any theme."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap, QPixmapCache

from photosearch.gui.style import icons
from photosearch.gui.style.words import percent, relation_in_words, score_in_words
from photosearch.models import Match, Relation

HEIGHT, INSET = 18, 6
PADDING, DOT_SIZE, DOT_GAP, TEXT_SIZE = 7, 7, 5, 11
SYMBOL_SIZE, SYMBOL_GAP = 12, 3
BACK, TEXT = QColor(20, 20, 20, 190), QColor(255, 255, 255)
DOTS: dict[Relation, str] = {
    "identical": "#7ec88c",
    "same picture": "#78bec8",
    "same scene": "#8caae6",
    "same kind": "#d7be82",
}


class Badge(NamedTuple):
    """A text, and before it a dot of a colour or an icon, or nothing."""

    text: str
    dot: str = ""
    symbol: str = ""


def paint_match(painter: QPainter, place: QRectF, font: QFont, match: Match) -> None:
    """The relation at a photo's bottom left and the score at its bottom right; where both have no room, a dot stays."""
    ratio = painter.device().devicePixelRatioF()
    dot = DOTS.get(match.relation, "")
    right = draw_badge(Badge(score_in_words(match.score)), font, ratio)
    left = draw_badge(Badge(relation_in_words(match.relation), dot), font, ratio) if dot else None
    room = place.width() - 2 * INSET - right.deviceIndependentSize().width() - 4
    if left and left.deviceIndependentSize().width() > room:
        left = draw_badge(Badge("", dot), font, ratio)
    if left and room < HEIGHT:
        left, right = None, draw_badge(Badge(score_in_words(match.score), dot), font, ratio)
    top = place.bottom() - INSET - HEIGHT
    if left:
        _paint(painter, QPointF(place.left() + INSET, top), left, ratio)
    _paint(painter, QPointF(place.right() - INSET - right.deviceIndependentSize().width(), top), right, ratio)


def paint_probability(painter: QPainter, place: QRectF, font: QFont, probability: float) -> None:
    """How probably a photo carries a label, at its bottom right."""
    ratio = painter.device().devicePixelRatioF()
    badge = draw_badge(Badge(percent(probability)), font, ratio)
    corner = place.bottomRight() - QPointF(INSET + badge.deviceIndependentSize().width(), INSET + HEIGHT)
    _paint(painter, corner, badge, ratio)


def draw_badge(badge: Badge, font: QFont, ratio: float) -> QPixmap:
    """A badge, drawn once for all photos; `ratio` is of device pixels to others."""
    key = f"badge {badge.text} {badge.dot} {badge.symbol} {font.family()} {ratio}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    font = QFont(font)
    font.setPixelSize(TEXT_SIZE)
    font.setWeight(QFont.Weight.Medium)
    width = HEIGHT
    if badge.text:
        advance = QFontMetricsF(font).horizontalAdvance(badge.text)
        before = DOT_SIZE + DOT_GAP if badge.dot else SYMBOL_SIZE + SYMBOL_GAP if badge.symbol else 0
        width = round(2 * PADDING + before + advance)
    pixmap = QPixmap(round(width * ratio), round(HEIGHT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(BACK)
    painter.drawRoundedRect(QRectF(0, 0, width, HEIGHT), HEIGHT / 2, HEIGHT / 2)
    left = PADDING if badge.text else (HEIGHT - DOT_SIZE) / 2
    if badge.dot:
        painter.setBrush(QColor(badge.dot))
        painter.drawEllipse(QRectF(left, (HEIGHT - DOT_SIZE) / 2, DOT_SIZE, DOT_SIZE))
        left += DOT_SIZE + DOT_GAP
    if badge.symbol:
        drawn = icons.pixmap(badge.symbol, SYMBOL_SIZE, TEXT, ratio)
        painter.drawPixmap(QPointF(left - 1, (HEIGHT - SYMBOL_SIZE) / 2), drawn)
        left += SYMBOL_SIZE + SYMBOL_GAP
    painter.setPen(TEXT)
    painter.setFont(font)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
    painter.drawText(QRectF(left, 0, width, HEIGHT), flags, badge.text)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _paint(painter: QPainter, at: QPointF, pixmap: QPixmap, ratio: float) -> None:
    """On whole device pixels, so that the text stays sharp."""
    painter.drawPixmap(QPointF(round(at.x() * ratio) / ratio, round(at.y() * ratio) / ratio), pixmap)
