"""The side bar: all photos, the tree of folders with how many photos each holds, and the pages beside them."""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

from photosearch.gui.style import theme
from photosearch.gui.style.captions import plain
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import number, tr
from photosearch.gui.work.history import Page
from photosearch.gui.work.jobs import Inquiry, Jobs
from photosearch.gui.work.names import name_of
from photosearch.gui.work.show_in_folder import show_in_folder
from photosearch.library import Library
from photosearch.models import Filter, Query
from photosearch.paths import inside, shown

PATH = Qt.ItemDataRole.UserRole
COUNT_MARGIN = 10
NAME_LEFT = 32  # px that the icon takes
LEAST_WIDTH = 150  # px
Index = QModelIndex | QPersistentModelIndex
COUNT, LABEL = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class Branch(NamedTuple):
    """A folder in the tree; `photos` counts those below it too."""

    path: str
    photos: int
    reachable: bool = True


Branches = dict[str, list[Branch]]  # by the folder above; "" stands above those that the person added


class _Row(QStyledItemDelegate):
    """A row with its count at the right, quieter than its name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        count = index.data(COUNT)
        if count is None:
            super().paint(painter, option, index)
            return
        told = count if isinstance(count, str) else number(count)
        room = option.fontMetrics.horizontalAdvance(told) + 2 * COUNT_MARGIN
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        row.text = option.fontMetrics.elidedText(
            row.text, Qt.TextElideMode.ElideMiddle, option.rect.width() - room - NAME_LEFT
        )
        style = row.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.setPen(palette.highlightedText().color() if is_selected else theme.secondary_text(palette))
        painter.drawText(
            option.rect.adjusted(0, 0, -COUNT_MARGIN, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            told,
        )


class SideBar(QTreeWidget):
    """Asks for the place that is clicked, and for what its menu offers."""

    place_wanted = Signal(object)  # Query
    page_wanted = Signal(str)  # Page, beside the photos
    update_wanted = Signal(object)  # path: bring this folder up to date
    remove_wanted = Signal(object)  # path: forget this added folder
    suggest_wanted = Signal(str)  # label: photos that probably carry it
    rename_wanted = Signal(str)  # label
    delete_wanted = Signal(str)  # label: forget it

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self._counts = Inquiry(
            jobs, lambda: (count_branches(library), library.labels.counts()), lambda found: self._show(*found)
        )
        self._branches: Branches = {}
        self._place: Query | QTreeWidgetItem | None = Query(())  # or the item of a page
        self.setProperty("sideBar", True)
        self.setAccessibleName(tr("Places"))
        self.setHeaderHidden(True)
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIndentation(14)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setExpandsOnDoubleClick(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click hands the keyboard to the page that it opens
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self._all = self._item(tr("All photos"), "photos", "")
        self._folders = self._item(tr("Folders"), "folder", None)
        self._folders.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._labels = self._item(tr("Labels"), "label", None)
        self._labels.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._pages: dict[Page, QTreeWidgetItem] = {
            "duplicates": self._item(tr("Duplicates"), "similar", None),
            "bursts": self._item(tr("Bursts"), "bursts", None),
            "clusters": self._item(tr("Clusters"), "clusters", None),
            "map": self._item(tr("Map"), "map", None),
            "teach": self._item(tr("Teach"), "teach", None),
        }
        self._pages["teach"].setToolTip(0, tr("Let Photosearch learn from your labels"))
        self.addTopLevelItems([self._all, self._folders, self._labels, *self._pages.values()])
        self._labels.setHidden(True)
        for heading in (self._folders, self._labels):
            heading.setExpanded(True)
        self.itemExpanded.connect(self._fill)
        self.itemSelectionChanged.connect(self._choose)

    def refresh(self) -> None:
        """Count again, off the window's thread."""
        self._counts.ask()

    def show_place(self, place: Query) -> None:
        """Mark where the person is; nothing is marked while a search is shown."""
        self._stand(place)

    def show_page(self, page: Page) -> None:
        """Mark a page beside the photos; one that is reached from elsewhere leaves nothing marked."""
        self._stand(self._pages.get(page))

    def show_learning(self, told: str) -> None:
        """Say beside Teach how far the learning is; nothing: none is under way."""
        self._pages["teach"].setData(0, COUNT, told or None)

    def _stand(self, place: Query | QTreeWidgetItem | None) -> None:
        self._place = place
        with QSignalBlocker(self):
            self._mark()

    def _show(self, branches: Branches, labels: Mapping[str, int]) -> None:
        self._branches = branches
        with QSignalBlocker(self):  # Qt chooses another item where the chosen one goes
            self._all.setData(0, COUNT, sum(branch.photos for branch in branches[""]))
            self._folders.setHidden(not branches[""])
            self._update_below(self._folders, "")
            self._show_labels(labels)
            self._mark()

    def _mark(self) -> None:
        if isinstance(self._place, QTreeWidgetItem):
            item = self._place
        else:
            item = self._item_of(self._place.only) if self._place and not self._place.photos else None
        if item is None:
            self.clearSelection()
        elif not item.isSelected():
            self.setCurrentItem(item)
        self.viewport().update()

    def _show_labels(self, labels: Mapping[str, int]) -> None:
        self._labels.setHidden(not labels)
        if [child.data(0, LABEL) for child in _children(self._labels)] != list(labels):
            self._labels.takeChildren()
            for name in labels:
                item = self._item(name, "label", None)
                item.setData(0, LABEL, name)
                item.setToolTip(0, plain(name))
                self._labels.addChild(item)
        for child, count in zip(_children(self._labels), labels.values(), strict=True):
            child.setData(0, COUNT, count)

    def _update_below(self, item: QTreeWidgetItem, path: str) -> None:
        """Make the children of an item those of its folder, keeping what is expanded and selected."""
        wanted = self._branches.get(path, [])
        stay = {branch.path for branch in wanted}
        for child in _children(item):
            if _path(child) not in stay:
                item.removeChild(child)
        for place, branch in enumerate(wanted):
            there = item.child(place)
            if there is None or _path(there) != branch.path:
                item.insertChild(place, self._item(name_of(branch.path), "folder", branch.path))
        for child, branch in zip(_children(item), wanted, strict=True):
            self._describe(child, branch)
            if child.isExpanded():
                self._update_below(child, branch.path)

    def _describe(self, item: QTreeWidgetItem, branch: Branch) -> None:
        item.setData(0, COUNT, branch.photos)
        item.setIcon(0, icon("folder" if branch.reachable else "drive-offline"))
        name = shown(branch.path)
        told = name if branch.reachable else tr("{folder} cannot be reached now").format(folder=name)
        item.setToolTip(0, plain(told))
        policy = QTreeWidgetItem.ChildIndicatorPolicy
        below = self._branches.get(branch.path)
        item.setChildIndicatorPolicy(policy.ShowIndicator if below else policy.DontShowIndicator)

    def _item(self, text: str, symbol: str, path: str | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setIcon(0, icon(symbol))
        item.setData(0, PATH, Path(path) if path else path)  # as text, Qt would drop bytes that are none
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        if item is not self._folders:
            self._update_below(item, _path(item) or "")

    def _item_of(self, only: Filter) -> QTreeWidgetItem | None:
        """The item of a label, or of a folder if it is in the tree already."""
        if only.label is None:
            return self._find(only.folder or "")
        labelled = [item for item in _children(self._labels) if only == Filter(label=item.data(0, LABEL))]
        return labelled[0] if labelled else None

    def _find(self, path: str) -> QTreeWidgetItem | None:
        """The item of a folder, if it is in the tree already."""
        if not path:
            return self._all
        item = self._folders
        while _path(item) != path:
            nearer = [child for child in _children(item) if path == _path(child) or inside(path, _path(child) or "")]
            if not nearer:
                return None
            item = nearer[0]
            self._fill(item)
        return item

    def _choose(self) -> None:
        for item in self.selectedItems():
            if page := next((page for page, its in self._pages.items() if its is item), None):
                self.page_wanted.emit(page)
            else:
                self.place_wanted.emit(Query((), only=Filter(folder=_path(item) or None, label=item.data(0, LABEL))))

    def _open_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        path, label = (_path(item), item.data(0, LABEL)) if item else (None, None)
        if not item or not (path or label):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if label:
            menu.addAction(icon("label"), tr("Suggest photos …"), lambda: self.suggest_wanted.emit(label))
            menu.addAction(tr("Rename …"), lambda: self.rename_wanted.emit(label))
            menu.addAction(icon("remove"), tr("Forget the label …"), lambda: self.delete_wanted.emit(label))
        if path:
            self._offer_for_folder(menu, item, path)
        menu.popup(self.viewport().mapToGlobal(at))

    def _offer_for_folder(self, menu: QMenu, item: QTreeWidgetItem, path: str) -> None:
        menu.addAction(icon("refresh"), tr("Bring up to date"), lambda: self.update_wanted.emit(path))
        menu.addAction(icon("show-in-folder"), tr("Open folder"), lambda: show_in_folder(path))
        if item.parent() is self._folders:
            menu.addSeparator()
            menu.addAction(icon("remove"), tr("Remove from the library …"), lambda: self.remove_wanted.emit(path))


def _path(item: QTreeWidgetItem) -> str | None:
    """The folder of an item; "" for all photos, None for a heading."""
    path = item.data(0, PATH)
    return None if path is None else str(path)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for place in range(item.childCount()) if (child := item.child(place))]


def count_branches(library: Library) -> Branches:
    """The whole tree, with its counts; for a reading thread, as a drive that is away may answer late."""
    folders = [folder.path for folder in library.folders()]
    branches = grow(library.photos.directories(), folders)
    branches[""] = [branch._replace(reachable=os.path.isdir(branch.path)) for branch in branches[""]]
    return branches


def grow(photos_in: Mapping[str, int], folders: Sequence[str]) -> Branches:
    """The tree over directories with so many photos directly in each, from the added `folders` down."""
    total: defaultdict[str, int] = defaultdict(int)
    above: dict[str, str] = {}
    roots = [folder for folder in folders if not any(inside(folder, other) for other in folders)]
    for directory, photos in photos_in.items():
        path = directory
        total[path] += photos
        while path not in roots and (parent := os.path.dirname(path)) != path:
            above[path] = parent
            path = parent
            total[path] += photos
    branches: Branches = defaultdict(list)
    branches[""] = [Branch(root, total[root]) for root in roots]
    for path in sorted(above, key=lambda path: shown(path).casefold()):
        branches[above[path]].append(Branch(path, total[path]))
    return dict(branches)
