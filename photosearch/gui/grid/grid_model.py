"""The photos of a grid as Qt's model sees them: ids in order, and what the loader knows of each."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from photosearch.gui.grid.stacks import Stacked, StackMark
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import plain
from photosearch.gui.style.words import moment, number, percent, relation_in_words, score_in_words, size, tr
from photosearch.gui.work.names import name_of
from photosearch.models import Listing, Match, Photo, Section, Suggestion

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
PhotoRole, MatchRole, IdRole, StackRole = (Role.UserRole + role for role in range(4))
DRAGGED_AT_ONCE = 1000
NO_PARENT = QModelIndex()


class GridModel(QAbstractListModel):
    """One row a photo; nothing is read here, so any number of photos costs the same."""

    def __init__(self, loader: ThumbnailLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")
        self.sections: tuple[Section, ...] = ()
        self.matches: Mapping[int, Match | Suggestion] = {}
        self.stacked: Stacked | None = None  # what the photos stand for, where there are stacks
        self.loader = loader

    def show(
        self,
        listing: Listing,
        matches: Mapping[int, Match | Suggestion] | None = None,
        stacked: Stacked | None = None,
    ) -> None:
        """Replace everything; `matches` say how a photo answers a query or is suggested, by photo id."""
        self.beginResetModel()
        self.ids, self.matches, self.stacked = listing.ids, matches or {}, stacked
        self.sections = listing.sections or (Section("", len(listing.ids)),)
        self.endResetModel()

    def row_of(self, photo_id: int) -> int:
        """The row of a photo, or -1; a few tenths of a millisecond among a million."""
        if not self.ids:
            return -1
        rows = np.flatnonzero(np.frombuffer(self.ids, np.int64) == photo_id)
        return int(rows[0]) if len(rows) else -1

    def rows_of(self, photo_ids: Sequence[int]) -> list[range]:
        """Where these photos are, as runs of rows; a few milliseconds among a million."""
        if not self.ids or not photo_ids:
            return []
        ids, wanted = np.frombuffer(self.ids, np.int64), np.array(photo_ids, np.int64)
        is_wanted = np.zeros(max(ids.max(), wanted.max()) + 1, np.bool_)  # ids are small numbers, given one by one
        is_wanted[wanted] = True
        found = is_wanted[ids]
        edges = np.flatnonzero(np.diff(found, prepend=False, append=False)).tolist()
        return [range(first, end) for first, end in zip(edges[::2], edges[1::2], strict=True)]

    def row_of_stack(self, number: int) -> int:
        """The first row of a stack, or -1."""
        if not self.stacked:
            return -1
        rows = np.flatnonzero(self.stacked.stacks.numbers(np.frombuffer(self.ids, np.int64)) == number)
        return int(rows[0]) if len(rows) else -1

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsDragEnabled | flags.ItemNeverHasChildren

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.ids):
            return None
        photo_id = self.ids[index.row()]
        if role == IdRole:
            return photo_id
        match = self.matches.get(photo_id)
        if role == MatchRole:
            return match
        stack = self.stacked.mark(photo_id) if self.stacked else None
        if role == StackRole:
            return stack
        photo = self.loader.photo(photo_id)
        if role == PhotoRole:
            return photo
        path = photo.path if photo else match.path if isinstance(match, Match) else None
        if role == Role.DisplayRole:
            return name_of(path) if path else ""
        if path and role == Role.AccessibleTextRole:
            return ", ".join(describe(path, photo, match, stack))
        if path and role == Role.ToolTipRole:
            return plain("\n".join(describe(path, photo, match, stack)))
        return None

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The files of these photos, as far as they are known, for other programs and for the search bar."""
        photos = [self.loader.photo(self.ids[index.row()]) for index in list(indexes)[:DRAGGED_AT_ONCE]]
        mime = QMimeData()
        if urls := [url_of(photo.path) for photo in photos if photo and photo.state == "present"]:
            mime.setUrls(urls)
        return mime


def url_of(path: str) -> QUrl:
    """The address of a file, whatever bytes its name is made of."""
    return QUrl.fromEncoded(QByteArray(Path(path).as_uri().encode()))


def find_named(named: Callable[[str], set[int]], text: str, ids: Sequence[int], start: int) -> Callable[[], int]:
    """Work that finds the id of the first photo from row `start` on, and round, with a name like `text`, or -1."""

    def work() -> int:
        found = named(text)
        rows = chain(range(start, len(ids)), range(min(start, len(ids)))) if found else ()
        return next((ids[row] for row in rows if ids[row] in found), -1)

    return work


def describe(
    path: str, photo: Photo | None, match: Match | Suggestion | None, stack: StackMark | None = None
) -> list[str]:
    """The description of a photo, a line each: name, the stack, measures, time, and how it matches."""
    lines = [name_of(path)]
    if stack:
        lines.append(stack_in_words(stack))
    if photo:
        measures = tr("{width} × {height}").format(width=photo.facts.width, height=photo.facts.height)
        lines.append(f"{measures}, {size(photo.size_bytes)}")
        lines.append(moment(photo.shot_at))
        if photo.state == "offline":
            lines.append(tr("Its drive is not connected."))
        elif photo.state == "missing":
            lines.append(tr("This file is no longer there."))
    if isinstance(match, Suggestion):
        lines.append(tr("probable by {percent}").format(percent=percent(match.probability)))
    elif match:
        lines.append(f"{relation_in_words(match.relation)}, {score_in_words(match.score)}")
    return lines


def stack_in_words(stack: StackMark) -> str:
    """3 photos, burst; 2 of 3 photos, burst."""
    kind = {"burst": tr("burst"), "bracket": tr("exposure bracket"), "panorama": tr("panorama")}[stack.kind]
    if stack.is_open:
        return tr("{place} of %Ln photos, {kind}", "", stack.photos).format(place=number(stack.place), kind=kind)
    return tr("%Ln photos, {kind}", "", stack.photos).format(kind=kind)
