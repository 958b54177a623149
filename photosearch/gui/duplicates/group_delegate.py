"""Paints one group of duplicates: what it is, then its photos side by side with where they lie and why they stay."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QTextLayout

from photosearch.find.duplicates.reasons import why_it_stays
from photosearch.gui.duplicates.review import Outcome, Review
from photosearch.gui.grid.cell_delegate import fill, paint_edge, paint_placeholder, photo_rect, ring
from photosearch.gui.grid.grid_layout import Box
from photosearch.gui.grid.group_layout import PADDING, TITLE_HEIGHT, GroupLayout, Place
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style import badges, theme
from photosearch.gui.style.folder_names import FolderName, folder_names
from photosearch.gui.style.outlines import outline
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import number, size, tr
from photosearch.gui.work.names import name_of
from photosearch.models import UNCHECKED, Group, Member, Tier

LINES = 5  # below each photo: name, folder, facts, and two of the reason
REASON_LINES = 2
LEAVING = 0.35  # how much is left to see of a photo that goes
WHOLE = 97  # per cent of the kept photo; how far they are aligned is not known to a hair
KEPT, GOES = "#7ec88c", "#e08a80"


class GroupPainter:
    """Paints from what the loader and the review hold."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        self._loader = loader
        self.review = Review(())
        self.is_checking = False  # whether the originals of more pairs are being looked at
        self.current: Place | None = None  # the photo to act on

    def paint(self, painter: QPainter, layout: GroupLayout, row: int, palette: QPalette, font: QFont) -> None:
        """Paint a group where it lies on the page."""
        group, box = self.review.groups[row], QRectF(*layout.group_box(row))
        is_current = self.current is not None and self.current.row == row
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        card = palette.color(QPalette.ColorRole.Text)
        card.setAlphaF(0.07 if is_current else 0.03)
        fill(painter, box, card)
        painter.setFont(font)
        self._paint_title(painter, layout.group_box(row), row, group, palette)
        folders = folder_names([member.photo.path for member in group.photos])
        for place, member in enumerate(group.photos):
            cell = QRect(*layout.cell_box(Place(row, place)))
            painter.setFont(font)
            self._paint_photo(painter, cell, row, member, palette)
            self._paint_caption(painter, cell, row, member, folders[place], palette)
            if self.current == (row, place):
                ring(painter, QRectF(cell), 3, 2, theme.focus(palette))

    def _paint_title(self, painter: QPainter, box: Box, row: int, group: Group, palette: QPalette) -> None:
        room = QRectF(box.left + PADDING, box.top + 4, box.width - 2 * PADDING, (TITLE_HEIGHT - 6) / 2)
        going = [m for m in group.photos if self.outcome(row, m.photo.photo_id) == "goes"]
        is_decided = bool(going) and not self.review.waiting(row)
        parts = self.title(group)
        if going:
            parts.append(tr("{size} go").format(size=size(sum(member.photo.size_bytes for member in going))))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        _draw_line(painter, room, ("✓  " if is_decided else "") + "  ·  ".join(parts), Qt.TextElideMode.ElideRight)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(theme.secondary_text(palette))
        room.translate(0, room.height())
        _draw_line(painter, room, self.why_kept(row), Qt.TextElideMode.ElideRight)

    def title(self, group: Group) -> list[str]:
        """What a group is, in parts."""
        return [tr("%Ln photos", "", len(group.photos))]

    def outcome(self, row: int, photo_id: int) -> Outcome:
        """Whether a photo of a group stays or goes."""
        return self.review.outcome(row, photo_id)

    def why_kept(self, row: int) -> str:
        """Why the kept photo of a group is kept; empty where the person chose another one just now."""
        group = self.review.groups[row]
        if self.review.keeper(row) != group.keeper:
            return ""
        return tr("Kept: {reason}").format(reason=sentence(group.reason))

    def _paint_photo(self, painter: QPainter, cell: QRect, row: int, member: Member, palette: QPalette) -> None:
        photo, side = member.photo, self.review.side(row, member)
        outcome = self.outcome(row, photo.photo_id)
        pixmap = self._loader.pixmap(photo.photo_id)
        ratio = painter.device().devicePixelRatioF()
        place = photo_rect(QRectF(cell), photo, pixmap, ratio)
        painter.setOpacity(LEAVING if outcome == "goes" else 1.0)
        if pixmap:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        else:
            name = name_of(photo.path) if self._loader.lacks(photo.photo_id) else ""
            paint_placeholder(painter, place, palette, painter.font(), name)
        painter.setOpacity(1.0)
        paint_edge(painter, place, palette)
        if side.differs:
            outline(painter, place, side.differs)
        if outcome != "stays":
            badge = badges.Badge(outcome_in_words(outcome), KEPT if outcome == "kept" else GOES)
            drawn = badges.draw_badge(badge, painter.font(), ratio)
            painter.drawPixmap(place.topLeft() + QPointF(badges.INSET, badges.INSET), drawn)
        if outcome == "goes":
            painter.setPen(QPen(QColor(GOES), 3, c=Qt.PenCapStyle.RoundCap))
            inset = place.adjusted(10, 10, -10, -10)
            painter.drawLine(inset.bottomLeft(), inset.topRight())

    def _paint_caption(
        self, painter: QPainter, cell: QRect, row: int, member: Member, folder: FolderName, palette: QPalette
    ) -> None:
        photo = member.photo
        line = painter.fontMetrics().height()
        below = QRect(cell.left(), cell.bottom() + 4, cell.width(), line)
        text, quiet = palette.color(QPalette.ColorRole.Text), theme.secondary_text(palette)
        painter.setPen(text)
        _draw_line(painter, QRectF(below), name_of(photo.path), Qt.TextElideMode.ElideMiddle, centred=True)
        below.translate(0, line)
        _paint_folder(painter, below, folder, quiet, text)
        below.translate(0, line)
        facts = f"{number(photo.facts.width)} × {number(photo.facts.height)}  ·  {size(photo.size_bytes)}"
        painter.setPen(quiet)
        _draw_line(painter, QRectF(below), facts, Qt.TextElideMode.ElideRight, centred=True)
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

    def findings(self, row: int, member: Member) -> list[str]:
        """Why a photo is not proposed to go, and what was done to make one of it and the kept one of the other."""
        parts = [reason] if (reason := self.reason(row, member)) else []
        if member.changes and self.review.keeper(row) == self.review.groups[row].keeper:
            parts.append(tr("Changes: {changes}").format(changes=", ".join(map(sentence, member.changes))))
        return parts


def outcome_in_words(outcome: str) -> str:
    """The outcome of a photo: it stays or goes."""
    return {"kept": tr("kept"), "goes": tr("goes"), "stays": tr("undecided")}[outcome]


def _draw_line(painter: QPainter, room: QRectF, text: str, elide: Qt.TextElideMode, centred: bool = False) -> None:
    elided = painter.fontMetrics().elidedText(text, elide, int(room.width()))
    across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, int(across | Qt.AlignmentFlag.AlignVCenter), elided)


def _paint_folder(painter: QPainter, room: QRect, folder: FolderName, quiet: QColor, loud: QColor) -> None:
    """The folder, and what sets it apart from those of the others in bold."""
    font = painter.font()
    bold = QFont(font)
    bold.setBold(True)
    quiet_metrics, bold_metrics = QFontMetricsF(font), QFontMetricsF(bold)
    own = bold_metrics.elidedText(folder.own, Qt.TextElideMode.ElideLeft, room.width())
    left_over = max(0.0, room.width() - bold_metrics.horizontalAdvance(own))
    shared = quiet_metrics.elidedText(folder.shared, Qt.TextElideMode.ElideLeft, left_over) if left_over > 24 else ""
    start = room.left() + (left_over - quiet_metrics.horizontalAdvance(shared)) / 2
    line = QRectF(start, room.top(), room.width(), room.height())
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
    painter.setPen(quiet)
    painter.drawText(line, flags, shared)
    line.translate(quiet_metrics.horizontalAdvance(shared), 0)
    painter.setFont(bold)
    painter.setPen(loud)
    painter.drawText(line, flags, own)
    painter.setFont(font)


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
        elided = metrics.elidedText(text[start:end].strip(), Qt.TextElideMode.ElideRight, room.width())
        below = room.translated(0, place * metrics.height())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), elided)


def tier_in_words(tier: Tier) -> str:
    """The name of a tier."""
    return {
        "identical": tr("Identical files"),
        "same": tr("Same picture"),
        "edited": tr("Edited copies"),
        "similar": tr("Similar shots"),
    }[tier]


def verdict_in_words(member: Member) -> str:
    """The relation of a photo to the suggested keeper, and the evidence."""
    evidence = member.verdict.evidence
    mirrored = bool(evidence and evidence.mirrored)
    relation = {
        "identical": tr("The very same file content as the kept photo."),
        "same": tr("The same picture as the kept photo, saved in another way."),
        "edited": tr("A mirrored copy of the kept photo.") if mirrored else tr("An edited copy of the kept photo."),
        "similar": tr("Another shot of what the kept photo shows."),
        None: "",
    }[member.verdict.tier]
    if evidence is None or member.verdict.tier == "identical":
        return relation
    _, _, width, height = evidence.overlap
    percent = round(100 * width * height)
    agreement = tr("Aligned, they agree by {percent} %.").format(percent=number(round(100 * evidence.agreement)))
    part = tr("It shows {percent} % of it.").format(percent=number(percent)) if percent < WHOLE else ""
    return " ".join(sentence for sentence in (relation, part, agreement) if sentence)
