"""Pairs of photos, folder by folder: the one that goes, why, and the one that stays instead, with thumbnails."""

import os
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

from photosearch.find.duplicates.reasons import why_it_stays
from photosearch.gui.duplicates.review import Loss
from photosearch.gui.grid.cell_delegate import paint_placeholder, photo_rect
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style import theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import number, size, tr
from photosearch.gui.work.names import name_of
from photosearch.models import Photo
from photosearch.paths import shown

SIDE, MARGIN = 72, 4
PHOTO = Qt.ItemDataRole.UserRole
GOES, WHY, STAYS = range(3)

Index = QModelIndex | QPersistentModelIndex


class PairList(QTreeWidget):
    """Paints only what is seen, and asks for the thumbnails of that."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self.setAccessibleName(tr("Files that go"))
        self.setMinimumHeight(2 * (SIDE + 2 * MARGIN))  # on a small screen, too, something is seen of it
        self.setHeaderLabels([tr("Goes"), tr("Why"), tr("Stays")])
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(True)
        self.setItemDelegate(_Delegate(self, loader))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        loader.arrived.connect(self._show_arrived)

    def _show_arrived(self, _: object) -> None:
        self.viewport().update()

    def show_losses(self, losses: Sequence[Loss], most: int) -> None:
        """Show what goes beside what stays, photos of one folder that follow each other under its name."""
        self.clear()
        for folder, found in groupby(losses[:most], lambda loss: os.path.dirname(loss.photo.path)):
            its = list(found)
            summary = tr("%Ln photos, {size}", "", len(its)).format(size=size(sum(loss.frees_bytes for loss in its)))
            top = self.add_folder(shown(folder), summary)
            for loss in its:
                self.add_pair(top, loss.photo, _because(loss), loss.keeper, not loss.is_proposed)
        if (more := len(losses) - most) > 0:
            self.add_folder(tr("… and %Ln more", "photos", more), "")
        self.expandAll()

    def add_folder(self, folder: str, summary: str) -> QTreeWidgetItem:
        """A heading over the pairs of a folder."""
        item = QTreeWidgetItem([f"{folder}   ·   {summary}" if summary else folder])
        item.setToolTip(0, plain(folder))
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        self.addTopLevelItem(item)
        item.setFirstColumnSpanned(True)
        return item

    def add_pair(
        self, folder: QTreeWidgetItem, photo: Photo, why: str, keeper: Photo | None, is_doubtful: bool
    ) -> None:
        """A photo that goes, and the one that stays instead, or nothing."""
        item = QTreeWidgetItem([_described(photo), why, tr("Nothing like it")])
        item.setData(GOES, PHOTO, photo)
        item.setToolTip(GOES, plain(shown(photo.path)))
        item.setToolTip(WHY, plain(why))
        if keeper:
            same_folder = os.path.dirname(keeper.path) == os.path.dirname(photo.path)
            place = [] if same_folder else [shown(os.path.dirname(keeper.path))]
            item.setText(STAYS, "\n".join([_described(keeper), *place]))
            item.setData(STAYS, PHOTO, keeper)
            item.setToolTip(STAYS, plain(shown(keeper.path)))
        if is_doubtful:
            item.setForeground(WHY, theme.warning(self.palette()))
        folder.addChild(item)


class _Delegate(QStyledItemDelegate):
    """A thumbnail before the text where a cell has a photo."""

    def __init__(self, view: PairList, loader: ThumbnailLoader) -> None:
        super().__init__(view)
        self._view, self._loader = view, loader
        self._wanted: dict[int, None] = {}
        self._asking = QTimer(self, interval=0, singleShot=True)
        self._asking.timeout.connect(self._ask)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), SIDE + 2 * MARGIN) if index.parent().isValid() else hint + QSize(0, 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        photo: Photo | None = index.data(PHOTO)
        if photo is None:
            super().paint(painter, option, index)
            return
        rect = QRect(option.rect)  # pyright: ignore
        option.rect = rect.adjusted(SIDE + 2 * MARGIN, 0, 0, 0)  # pyright: ignore
        super().paint(painter, option, index)
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._loader.pixmap(photo.photo_id)
        cell = QRectF(rect.left() + MARGIN, rect.top() + MARGIN, SIDE, SIDE)
        place = photo_rect(cell, photo, pixmap, ratio)
        if pixmap:
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        else:
            paint_placeholder(painter, place, option.palette, option.font, "")  # pyright: ignore
            if not self._loader.lacks(photo.photo_id):
                self._wanted[photo.photo_id] = None
                self._asking.start()

    def _ask(self) -> None:
        wanted, self._wanted = list(self._wanted), {}
        self._loader.ask(wanted, SIDE, self._view.devicePixelRatioF())


def _described(photo: Photo) -> str:
    """Its name, and below that its pixels and its size."""
    facts = photo.facts
    measures = f"{number(facts.width)} × {number(facts.height)} · {size(photo.size_bytes)}"
    return f"{name_of(photo.path)}\n{measures}"


def _because(loss: Loss) -> str:
    """The relation of a photo to the one that stays; where that one does not cover it, the objection to its removal."""
    if loss.keeper is None:
        return tr("You chose so")
    if loss.side.lacks == "shot":  # whose reason is that both stay
        return tr("You chose so: Another shot of the scene")
    if not loss.is_proposed:
        return tr("You chose so: {reason}").format(reason=sentence(why_it_stays(loss.side)))
    return {
        "identical": tr("An identical file"),
        "same": tr("The same picture"),
        "edited": tr("An edited copy"),
        "similar": tr("A similar shot"),
    }[loss.tier]
