"""The groups of duplicates on one page, as many side by side as fit, and the keys and clicks that decide of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QStyle, QToolTip

from photosearch.gui.duplicates.group_actions import Offer, action_of
from photosearch.gui.duplicates.group_delegate import LINES, GroupPainter, outcome_in_words, verdict_in_words
from photosearch.gui.duplicates.group_model import GroupModel, Index
from photosearch.gui.duplicates.review import Outcome, Review
from photosearch.gui.grid.grid_page import WHEEL_STEP
from photosearch.gui.grid.group_layout import GAP, GroupLayout, Place
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import plain
from photosearch.gui.style.page_keys import PageKey, answer
from photosearch.gui.style.words import number, size, tr
from photosearch.gui.work.names import name_of
from photosearch.models import Group, Member, Photo
from photosearch.paths import shown

SMALLEST_CELL, LARGEST_CELL, USUAL_CELL = 96, 384, 152
STEP = 24  # of the size of cells

Action = QAbstractItemView.CursorAction


class GroupView(QListView):
    """The arrows go from photo to photo; of QListView it takes the kind only, which screen readers know."""

    decided = Signal(str)  # a GroupAction, of the current photo
    current_changed = Signal(object)  # Photo or None
    opened = Signal()  # the current group, to be compared
    viewed = Signal()  # the current photo, to be seen as large as the window
    context_menu = Signal(QPoint)
    cell_size_changed = Signal(int)

    def __init__(
        self, loader: ThumbnailLoader, painter: GroupPainter, name: str, offers: Callable[[], Sequence[Offer]]
    ) -> None:
        """`name` is for screen readers; `offers` are the decisions that can be made."""
        super().__init__()
        self.offers = offers
        self._loader = loader
        self._cell, self._turned = USUAL_CELL, 0
        self._layout = GroupLayout((), 0, USUAL_CELL, 0)
        self._asked = set[int]()
        self._painter = painter
        self._groups = GroupModel(self._describe)
        self.setModel(self._groups)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        loader.arrived.connect(lambda _: self.viewport().update())

    # What is shown

    @property
    def review(self) -> Review:
        """The groups that are shown, and the decisions about them."""
        return self._groups.review

    @property
    def place(self) -> Place | None:
        """The current photo."""
        row = self.currentIndex().row()
        return self._layout.place(row) if 0 <= row < self._layout.photos else None

    @property
    def row(self) -> int:
        """The current group, or -1."""
        return self.place.row if self.place else -1

    @property
    def group(self) -> Group | None:
        """The current group."""
        return self.review.groups[self.place.row] if self.place else None

    @property
    def photo(self) -> Photo | None:
        """The current photo of the current group."""
        return self.group.photos[self.place.number].photo if self.group and self.place else None

    @property
    def why(self) -> str:
        """Why the current photo is in its group, as sentences."""
        if not (group := self.group) or not (place := self.place):
            return ""
        member = group.photos[place.number]
        if self.review.keeper(place.row) == member.photo.photo_id:
            return tr("This one is kept.")
        parts = [verdict_in_words(member)] if member.photo.photo_id != group.keeper else []
        return "\n".join([*parts, *self._painter.findings(place.row, member)])

    def outcome(self, row: int, photo_id: int) -> Outcome:
        """Whether a photo of a group stays or goes."""
        return self._painter.outcome(row, photo_id)

    def reason(self, row: int, member: Member) -> str:
        """Why a photo of a group is not proposed to go, in a few words."""
        return self._painter.reason(row, member)

    def why_kept(self, row: int) -> str:
        """Why the kept photo of a group is kept."""
        return self._painter.why_kept(row)

    def show_checking(self, is_checking: bool) -> None:
        """Say of pairs that were not looked at whether they will be, now."""
        self._painter.is_checking = is_checking
        self.viewport().update()

    def show_review(self, review: Review, row: int = 0, photo_id: int = -1) -> None:
        """Show groups, from that on in which a photo is, or else from `row`; it stands where it stood before."""
        before = self.visualRect(self.currentIndex()).top() if self.place else None
        found = review.row_of(photo_id) if photo_id >= 0 else -1
        row = max(row, 0) if found < 0 else found
        self._groups.show(review)
        self._painter.review = review
        self._lay_out()
        if not review.groups:
            self._painter.current = None
            self.current_changed.emit(None)
            return
        row = min(row, len(review.groups) - 1)
        ids = [member.photo.photo_id for member in review.groups[row].photos]
        self.go_to(Place(row, ids.index(photo_id) if photo_id in ids else 0))
        if before is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - before)
            self.scrollTo(self.currentIndex())

    def go_to(self, place: Place) -> None:
        """Make a photo the current one, and show it."""
        self.setCurrentIndex(self._groups.index(self._layout.flat(place)))
        self.scrollTo(self.currentIndex())

    def announce(self, text: str) -> None:
        """Paint anew, and have a screen reader say what has changed."""
        self.viewport().update()
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(QApplication.focusWidget() or self, text))

    def _describe(self, flat: int) -> str:
        """The text for screen readers: name, folder, state and group of a photo, and why it is in question."""
        place = self._layout.place(flat)
        group = self.review.groups[place.row]
        member = group.photos[place.number]
        path = shown(member.photo.path)
        where = tr("group {number} of {total}").format(
            number=number(place.row + 1), total=number(len(self.review.groups))
        )
        outcome = outcome_in_words(self.outcome(place.row, member.photo.photo_id))
        parts = [
            name_of(path),
            outcome,
            *self._painter.title(group),
            where,
            path.rpartition(name_of(path))[0],
            *self._painter.findings(place.row, member),
        ]
        return ", ".join(part for part in parts if part)

    # Places

    @property
    def cell_size(self) -> int:
        """The displayed size of photos, in device-independent pixels."""
        return self._cell

    def set_cell_size(self, size: int) -> None:
        """Show photos so large; the current one stays where it is."""
        size = min(max(size, SMALLEST_CELL), LARGEST_CELL)
        if size == self._cell:
            return
        before = self.visualRect(self.currentIndex()).top() if self.place else 0
        self._cell = size
        self._lay_out()
        if self.place:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - before)
        self.cell_size_changed.emit(size)

    def cell_rect(self, place: Place) -> QRect:
        """Where the picture of a photo is in the window."""
        return QRect(*self._layout.cell_box(place)).translated(0, -self.verticalOffset())

    def _lay_out(self) -> None:
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() + self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollView_ScrollBarSpacing, None, self
        )
        width = min(self.viewport().width(), self.maximumViewportSize().width() - beside)
        counts = [len(group.photos) for group in self.review.groups]
        caption = LINES * self.fontMetrics().height() + 6
        self._layout = GroupLayout(counts, width, self._cell, caption)
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._cell // 4)
        self.viewport().update()

    def indexAt(self, point: QPoint) -> QModelIndex:
        place = self._layout.place_at(point.x(), point.y() + self.verticalOffset())
        return self._groups.index(self._layout.flat(place)) if place else QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        if not 0 <= index.row() < self._layout.photos:
            return QRect()
        return self.cell_rect(self._layout.place(index.row()))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def doItemsLayout(self) -> None:
        """Nothing: the page is computed at once."""

    def updateGeometries(self) -> None:
        """Nothing: the page knows its size."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self._lay_out()
        if self.place:
            self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not 0 <= index.row() < self._layout.photos:
            return
        place, bar, height = self._layout.place(index.row()), self.verticalScrollBar(), self.viewport().height()
        group, cell = self._layout.group_box(place.row), self._layout.cell_box(place)
        below = LINES * self.fontMetrics().height() + GAP
        if group.height + 2 * GAP <= height:  # all of a group is seen, unless it is too tall
            top, bottom = group.top - GAP, group.top + group.height + GAP
        else:
            top, bottom = cell.top - GAP, cell.top + cell.height + below
        if bottom > bar.value() + height:
            bar.setValue(bottom - height)
        if top < bar.value():
            bar.setValue(top)

    # Keys and mouse

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if not self._layout.photos:
            return QModelIndex()
        place = self.place or Place(0, 0)
        flat, last = self._layout.flat(place), self._layout.photos - 1
        match action:
            case Action.MoveUp | Action.MoveDown:
                flat = self._layout.flat(self._layout.beside(place, 1 if action == Action.MoveDown else -1))
            case Action.MovePageUp | Action.MovePageDown:
                flat = self._page_on(place, 1 if action == Action.MovePageDown else -1)
            case Action.MoveHome:
                flat = 0
            case Action.MoveEnd:
                flat = last
            case _:
                flat += 1 if action in (Action.MoveRight, Action.MoveNext) else -1
        return self._groups.index(min(max(0, flat), last))

    def _page_on(self, place: Place, down: int) -> int:
        """The photo a window's height above or below."""
        top, goal = self._layout.cell_box(place).top, self.viewport().height()
        while (after := self._layout.beside(place, down)) != place:
            place = after
            if abs(self._layout.cell_box(place).top - top) >= goal - self._cell:
                break
        return self._layout.flat(place)

    def currentChanged(self, current: Index, previous: Index) -> None:
        QAbstractItemView.currentChanged(self, current, previous)
        self._painter.current = self.place
        self.viewport().update()
        self.current_changed.emit(self.photo)
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if action := action_of(event):
            if self.group:
                self.decided.emit(action)
        elif event.matches(QKeySequence.StandardKey.ZoomIn) or event.matches(QKeySequence.StandardKey.ZoomOut):
            self.set_cell_size(self._cell + (STEP if event.matches(QKeySequence.StandardKey.ZoomIn) else -STEP))
        elif not plain_key or event.isAutoRepeat() or not answer(event, self.keys()):
            super().keyPressEvent(event)

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for those that decide."""
        return [
            PageKey((Qt.Key.Key_Space,), tr("Compare"), self.opened.emit, self.group is not None),
            PageKey((Qt.Key.Key_V,), tr("Open the photo"), self.viewed.emit, self.group is not None),
        ]

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters decide here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        place = self._layout.place_at(point.x(), point.y() + self.verticalOffset())
        row = self._layout.group_at(point.x(), point.y() + self.verticalOffset())
        if place or row >= 0:
            self.setCurrentIndex(self._groups.index(self._layout.flat(place or Place(row, 0))))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QAbstractItemView.wheelEvent(self, event)
            return
        self._turned += event.angleDelta().y()  # a touchpad turns in small steps
        steps = int(self._turned / WHEEL_STEP)
        self._turned -= steps * WHEEL_STEP
        self.set_cell_size(self._cell + STEP * steps)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.place:
            at = self.viewport().mapToGlobal(self.cell_rect(self.place).center())
        if self.group:
            self.context_menu.emit(at)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        place = self._layout.place_at(event.pos().x(), event.pos().y() + self.verticalOffset())
        row = self._layout.group_at(event.pos().x(), event.pos().y() + self.verticalOffset())
        parts = [self.why_kept(row)] if row >= 0 else []
        if place:
            member = self.review.groups[place.row].photos[place.number]
            facts = member.photo.facts
            measures = f"{number(facts.width)} × {number(facts.height)}, {size(member.photo.size_bytes)}"
            parts = [shown(member.photo.path), measures, *self._painter.findings(place.row, member)]
        QToolTip.showText(event.globalPos(), plain("\n".join(parts)), self)

    # Painting

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._ask()
        top = self.verticalOffset()
        area = event.rect().translated(0, top)
        painter = QPainter(self.viewport())
        painter.translate(0, -top)
        for row in self._layout.rows_between(area.top(), area.bottom() + 1):
            self._painter.paint(painter, self._layout, row, self.palette(), self.font())
        painter.end()

    def _ask(self) -> None:
        """Ask for the thumbnails that are seen, then for those of the page after it; drop what has gone by."""
        top, height = self.verticalOffset(), self.viewport().height()
        rows = self._layout.rows_between(top, top + 2 * height)
        ids = [member.photo.photo_id for row in rows for member in self.review.groups[row].photos]
        self._loader.drop(self._asked.difference(ids))
        self._asked = set(ids)
        self._loader.ask(ids, self._cell, self.devicePixelRatioF())
