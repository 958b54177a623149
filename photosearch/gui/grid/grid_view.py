"""The grid: any number of photos laid out by arithmetic, with Qt's selection, keyboard and drag."""

from array import array
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget

from photosearch.gui.grid.grid_layout import Anchor, Box
from photosearch.gui.grid.grid_model import DRAGGED_AT_ONCE, StackRole, find_named
from photosearch.gui.grid.grid_page import GridPage, Index
from photosearch.gui.grid.grid_parts import drag_grip, stack_photos
from photosearch.gui.grid.stacks import Stacking, Stacks
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.page_keys import PageKey, answer
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.models import Listing, Match, Suggestion

EDGE = 20  # px of the window in which a rubber band scrolls

Action = QAbstractItemView.CursorAction
Select = QItemSelectionModel.SelectionFlag


class GridPlace(NamedTuple):
    """Where a person is in a grid, told by photos: rows change."""

    anchors: list[tuple[int, Anchor]]  # what is seen first, and what to hold on to if that is gone
    chosen: "array[int]"  # selected photos
    current: int  # or -1


class GridView(GridPage):
    """Shows a listing. The person's place, current photo and selection are kept by photo, not by row."""

    opened = Signal(int)  # photo id, as in the others
    quick_view = Signal(int)
    current_changed = Signal(int)  # -1: none
    selection_changed = Signal(int)  # how many are selected
    type_ahead = Signal(str)
    context_menu = Signal(QPoint)  # on the screen
    _restoring = False  # of the class, since Qt calls methods while the base is being made

    def __init__(self, library: Library, jobs: Jobs, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(loader, parent)
        self._library, self._jobs = library, jobs
        self._column = (-1, -1)  # a row reached by up or down, and the column to keep to
        self._mouse = QPointF()
        self._drift = QTimer(self, interval=16)
        self._drift.timeout.connect(self._scroll_by_band)
        self._typed, self._search = "", Ticket()
        self._stacking = Stacking()
        self._typing = QTimer(self, singleShot=True, interval=QApplication.keyboardInputInterval())
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(tr("Photos"))
        self.doubleClicked.connect(self._open)

    # What is shown

    def where(self) -> GridPlace:
        """The person's place on the page, to come back to."""
        return GridPlace(self._anchors(), self._selected(), self.current_id())

    def show_listing(
        self, listing: Listing, matches: Mapping[int, Match | Suggestion] | None = None, where: GridPlace | None = None
    ) -> None:
        """Show something else: from its beginning, or where the person was in it before."""
        had_current = self.current_id() >= 0
        self._search.cancel()
        self._replace(listing, matches)
        self._anchor = None
        if where:
            self._stand(where)
        self._lay_out()
        if had_current or self.current_id() >= 0:
            self.current_changed.emit(self.current_id())
        self._tell_selection()

    def show_again(self, listing: Listing, matches: Mapping[int, Match | Suggestion] | None = None) -> None:
        """Show the same after a change: what is seen stays in place, and current and selected photos stay so."""
        before, count = self.where(), self.selected_count()
        self._loader.refresh()
        self._replace(listing, matches)
        self._stand(before)
        self._lay_out()
        if self.current_id() < 0 <= before.current:
            self.current_changed.emit(-1)
        if self.selected_count() != count:
            self._tell_selection()

    def _stand(self, where: GridPlace) -> None:
        """Take a place up again, as far as its photos are still here."""
        self._restoring = True
        self.setAutoScroll(False)
        selection = QItemSelection()
        for rows in self._photos.rows_of(where.chosen):
            selection.append(self._range(rows))
        self.selectionModel().select(selection, Select.ClearAndSelect)
        row = self._photos.row_of(where.current) if where.current >= 0 else -1
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._photos.index(row), Select.NoUpdate)
        self.setAutoScroll(True)
        self._restoring = False
        found = ((self._photos.row_of(photo_id), anchor) for photo_id, anchor in where.anchors)
        self._anchor = next((anchor._replace(row=row) for row, anchor in found if row >= 0), None)

    def _replace(self, listing: Listing, matches: Mapping[int, Match | Suggestion] | None) -> None:
        self._glide.stop()
        self._hovered = -1
        stacked = self._stacking.show(listing)
        self._photos.show(stacked.listing, matches, stacked)

    @property
    def listed(self) -> Listing:
        """What is shown, with the photos that lie below others in a stack."""
        return self._stacking.listing

    def stack_by(self, stacks: Stacks) -> None:
        """Show one photo of each of these stacks in place of all."""
        self._stacking.stacks = stacks
        self.show_again(self.listed, self._photos.matches)

    def toggle_stack(self, photo_id: int) -> bool:
        """Open the stack that a photo stands for, or close the one that it is in; False where there is none."""
        number = self._stacking.toggle(photo_id)
        if number < 0:
            return False
        is_current, before = photo_id == self.current_id(), self.where()
        self._replace(self.listed, self._photos.matches)
        self._stand(before)
        self._lay_out()
        if is_current and self.current_id() < 0:  # it lies below the best one now
            self._go_to(self._photos.row_of_stack(number))
        self._tell_selection()
        return True

    # Selection and keyboard

    def id_at(self, index: Index) -> int:
        """The photo at an index, or -1."""
        return self._photos.ids[index.row()] if index.isValid() else -1

    def current_id(self) -> int:
        """The photo that the keyboard is at, or -1."""
        return self.id_at(self.currentIndex())

    def select(self, photo_id: int) -> bool:
        """Make a photo the current and only selected one, and show it; False if it is not here."""
        row = self._photos.row_of(photo_id)
        if row < 0 and photo_id in self.listed.ids and self.toggle_stack(photo_id):
            row = self._photos.row_of(photo_id)
        self._go_to(row)
        return row >= 0

    def selected_count(self) -> int:
        """The number of selected photos."""
        return sum(rows.height() for rows in self._selected_ranges())

    def selected_ids(self) -> list[int]:
        """The selected photos, in the order of the page."""
        return self._selected().tolist()

    def _selected(self) -> "array[int]":
        ids, everything = array("q"), memoryview(self._photos.ids).cast("B")
        width = ids.itemsize
        for rows in sorted(self._selected_ranges(), key=lambda rows: rows.top()):
            ids.frombytes(everything[width * rows.top() : width * (rows.bottom() + 1)])
        return ids

    def _selected_ranges(self) -> Iterator[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return (selection.at(number) for number in range(selection.count()))

    def _range(self, rows: range) -> QItemSelectionRange:
        return QItemSelectionRange(*self._ends(rows))

    def _ends(self, rows: range) -> tuple[QModelIndex, QModelIndex]:
        return self._photos.index(rows[0]), self._photos.index(rows[-1])

    def selectAll(self) -> None:
        """As one range, where Qt's own asks for a million rows."""
        if self._page.count:
            self.selectionModel().select(QItemSelection(*self._ends(range(self._page.count))), Select.ClearAndSelect)

    def setSelection(self, rect: QRect, command: Select) -> None:
        """Qt gives the area between two photos, or the rubber band; the corners say from which to which."""
        selection = QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            box = rect.normalized().translated(0, self.verticalOffset())
            self._band = box
            self._drift.start()
            for rows in self._page.rows_in(Box(box.left(), box.top(), box.width(), box.height())):
                selection.append(self._range(rows))
            self.viewport().update()
        else:
            ends = sorted(row for row in (self._row_at(rect.topLeft()), self._row_at(rect.bottomRight())) if row >= 0)
            if ends:
                selection.append(self._range(range(ends[0], ends[-1] + 1)))
        self.selectionModel().select(selection, command)

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        page, row = self._page, self.currentIndex().row()
        if not page.count:
            return QModelIndex()
        lines = {
            Action.MoveUp: -1,
            Action.MoveDown: 1,
            Action.MovePageUp: -page.lines_in(self.viewport().height()),
            Action.MovePageDown: page.lines_in(self.viewport().height()),
        }
        if action == Action.MoveEnd:
            row = page.count - 1
        elif row < 0 or action == Action.MoveHome:
            row = 0
        elif action in lines:
            column = self._column[1] if self._column[0] == row else page.column(row)
            row = page.row_on_line(page.line(row) + lines[action], column)
            self._column = (row, column)
        else:
            row += 1 if action in (Action.MoveRight, Action.MoveNext) else -1
        return self._photos.index(min(max(0, row), page.count - 1))

    def currentChanged(self, current: Index, previous: Index) -> None:
        QAbstractItemView.currentChanged(self, current, previous)
        self._update_row(current.row())
        self._update_row(previous.row())
        if not self._restoring:
            self.current_changed.emit(self.id_at(current))
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)
        if not self._restoring:
            self._tell_selection()

    def _tell_selection(self) -> None:
        count = self.selected_count()
        if 0 < count <= DRAGGED_AT_ONCE:  # so that they are known when they are dragged
            self._loader.ask_photos(self._selected())
        self.selection_changed.emit(count)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only who comes by the Tab key needs to see a photo chosen: else none is until the person chooses one."""
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            super().focusInEvent(event)
        else:
            QAbstractScrollArea.focusInEvent(self, event)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.zoom(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom(-1)
        elif not plain or not answer(event, self.keys()):
            super().keyPressEvent(event)

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for those by which one goes and chooses."""
        key, current, types = Qt.Key, self.current_id(), self.is_typing()
        look, toggle = partial(self.quick_view.emit, current), partial(self.toggle_stack, current)
        here, opened = current >= 0, partial(self._open, self.currentIndex())
        return [
            PageKey((key.Key_Space,), "", partial(self.keyboardSearch, " "), types),
            PageKey((key.Key_Space,), tr("Quick view; again to close it"), look, here),
            PageKey((key.Key_Return, key.Key_Enter), tr("Open the photo, or the stack"), opened, here),
            PageKey((key.Key_S,), tr("Open or close a stack"), toggle, self._stacking.has(current) and not types),
        ]

    def event(self, event: QEvent) -> bool:
        is_letter = isinstance(event, QKeyEvent) and event.text().isprintable() and bool(event.text())
        if is_letter and event.type() == QEvent.Type.ShortcutOverride and self.is_typing():
            event.accept()  # it goes on with the name, whatever it is the key of
            return True
        return super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next photo whose name begins with what is typed in one go."""
        self._typed = self._typed + search if self.is_typing() else search.lstrip()
        self._typing.start()
        if self._typed:
            self.type_ahead.emit(self._typed)
            self._search.cancel()
            again = len(self._typed) == 1  # a further letter may stay on the photo, the first one goes on
            start = max(0, self.currentIndex().row() + again)
            find = find_named(self._library.photos.named, self._typed, self._photos.ids, start)
            self._search = self._jobs.ask(find, self._arrive_at)

    def is_typing(self) -> bool:
        """True if a further letter would go on with the name."""
        return self._typing.isActive()

    def _arrive_at(self, photo_id: int) -> None:
        self.select(photo_id)  # wherever it stands now: what is shown may have been read anew meanwhile

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self._photos.index(row))
            self.scrollTo(self._photos.index(row))  # the current one may have been scrolled away

    # Mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        QAbstractItemView.mouseMoveEvent(self, event)

    def _scroll_by_band(self) -> None:
        """Go on scrolling while the rubber band is held at an edge, the faster the further beyond it."""
        y, height = round(self._mouse.y()), self.viewport().height()
        pixels = min(0, y - EDGE) + max(0, y - height + EDGE)
        bar, before = self.verticalScrollBar(), self.verticalOffset()
        bar.setValue(before + pixels)
        if bar.value() != before:
            move = QEvent.Type.MouseMove
            at, held = self.viewport().mapToGlobal(self._mouse), Qt.MouseButton.LeftButton
            event = QMouseEvent(move, self._mouse, at, held, held, QApplication.keyboardModifiers())
            QAbstractItemView.mouseMoveEvent(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        QAbstractItemView.mouseReleaseEvent(self, event)
        self._drift.stop()
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        """Open the stack that a photo stands for, or else the photo."""
        mark = index.data(StackRole)
        if not mark or mark.is_open or not self.toggle_stack(self.id_at(index)):
            self.opened.emit(self.id_at(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the badge of a stack opens or closes it; any other selects."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and (photo_id := self._stack_under(event.position())) >= 0:
            self.toggle_stack(photo_id)
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.context_menu.emit(at)

    def selected_urls(self) -> list[QUrl]:
        """The files of the selected photos, as far as they are known and may be dragged at once."""
        return self._photos.mimeData(self._dragged()).urls()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        indexes = self._dragged()
        mime = self._photos.mimeData(indexes)
        if not mime.urls():
            return
        drag = QDrag(self)
        drag.setMimeData(mime)
        pixmaps = [pixmap for index in indexes[:20] if (pixmap := self._loader.pixmap(self.id_at(index)))]
        drag.setPixmap(stack_photos(pixmaps, len(mime.urls()), self.font(), self.devicePixelRatioF()))
        drag.setHotSpot(drag_grip())
        drag.exec(Qt.DropAction.CopyAction)

    def _dragged(self) -> list[QModelIndex]:
        runs = sorted((rows.top(), rows.bottom() + 1) for rows in self._selected_ranges())
        rows = islice(chain.from_iterable(range(*run) for run in runs), DRAGGED_AT_ONCE)
        return [self._photos.index(row) for row in rows]
