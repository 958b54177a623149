"""The page of a grid: where photos lie, which of them are seen, and how they stay in place, scroll and are painted."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QCursor,
    QHideEvent,
    QHoverEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from photosearch.gui.grid.cell_delegate import BLEED, CellDelegate, photo_rect, stack_badge, stack_badge_place
from photosearch.gui.grid.grid_layout import HEADING_HEIGHT, SPACING, Anchor, GridLayout
from photosearch.gui.grid.grid_model import GridModel, StackRole
from photosearch.gui.grid.grid_parts import Bubble, paint_heading, paint_rubber_band
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader

SMALLEST_CELL, LARGEST_CELL, USUAL_CELL = 64, 384, 176
WHEEL_STEP = 120  # eighths of a degree
WHEEL_MS = 120
ANCHORS_TRIED = 20

Index = QModelIndex | QPersistentModelIndex


class GridPage(QListView):
    """A view of a GridModel that computes its cells, and asks for the thumbnails that are seen.

    Of QListView it takes the kind only, which screen readers know, and nothing that counts through the rows.
    """

    cell_size_changed = Signal(int)

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader, self._photos = loader, GridModel(loader, self)
        self._cell, self._page = USUAL_CELL, GridLayout((), 0, USUAL_CELL)
        self._anchor: Anchor | None = None  # of the person's last scrolling; changes of the page do not move it
        self._placing = False
        self._turned = 0  # of the wheel, short of a step
        self._hovered, self._asked = -1, set[int]()
        self._band: QRect | None = None  # what the mouse has drawn on the page
        self._bubble = Bubble(self.viewport())
        self._delegate = CellDelegate(loader)
        self._glide = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._glide.setDuration(WHEEL_MS)
        self.setItemDelegate(self._delegate)
        self.setModel(self._photos)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionRectVisible(True)  # a rubber band goes on between photos, too
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        loader.arrived.connect(self._show_arrived)
        self.verticalScrollBar().sliderReleased.connect(self._bubble.hide)

    @property
    def photos(self) -> GridModel:
        """The photos that are shown, row by row."""
        return self._photos

    @property
    def cell_size(self) -> int:
        """The wanted size of cells, in device-independent pixels; they are stretched to fill the width."""
        return self._cell

    def set_cell_size(self, size: int, at: QPoint | None = None) -> None:
        """Make cells about this large; the photo at a point of the window, else the first one seen, stays in place."""
        size = min(max(size, SMALLEST_CELL), LARGEST_CELL)
        if size == self._cell:
            return
        row = self._row_at(at) if at else -1
        if at and row >= 0:
            self._anchor = self._page.anchor(row, self.verticalOffset(), at.y())
        self._cell = size
        self._lay_out()
        self.cell_size_changed.emit(size)

    def zoom(self, steps: int, at: QPoint | None = None) -> None:
        """Show so many columns less, or more if it is negative."""
        self.set_cell_size(self._page.cell_for(max(1, self._page.columns - steps)), at)

    # Places

    def _lay_out(self) -> None:
        """Compute the page anew, for other photos, another width or another size of cells."""
        # As wide as beside a scroll bar even if there is none, or its coming could make the page too short for it.
        bar = self.verticalScrollBar().sizeHint().width()
        bar += self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollView_ScrollBarSpacing, None, self)
        width = min(self.viewport().width(), self.maximumViewportSize().width() - bar)
        self._page = GridLayout(self._photos.sections, width, self._cell)
        self._place()

    def _place(self) -> None:
        """Set the scroll bar to the page, and to where the anchor stays in place."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._placing = True
        bar.setRange(0, max(0, self._page.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, self._page.pitch // 4))
        anchor = self._anchor
        bar.setValue(self._page.top_for(anchor) if anchor and anchor.row < self._page.count else 0)
        self._placing = False
        self.viewport().update()
        self._ask()

    def _rows_seen(self) -> range:
        top = self.verticalOffset()
        return self._page.rows_between(top, top + self.viewport().height())

    def _row_at(self, point: QPoint) -> int:
        return self._page.row_at(point.x(), point.y() + self.verticalOffset())

    def _cell_rect(self, row: int) -> QRect:
        """A cell in the window, which may be far outside of it."""
        return QRect(*self._page.rect(row)).translated(0, -self.verticalOffset())

    def _stack_under(self, at: QPointF) -> int:
        """The photo with the badge of a stack at a point of the window, or -1."""
        row = self._row_at(at.toPoint())
        mark = self._photos.index(row).data(StackRole) if row >= 0 else None
        if mark is None:
            return -1
        photo_id, ratio = self._photos.ids[row], self.devicePixelRatioF()
        photo, pixmap = self._loader.photo(photo_id), self._loader.pixmap(photo_id)
        place = photo_rect(QRectF(self._cell_rect(row)), photo, pixmap, ratio)
        return photo_id if stack_badge_place(place, stack_badge(mark, self.font(), ratio)).contains(at) else -1

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._row_at(point)
        return self._photos.index(row) if row >= 0 else QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        return self._cell_rect(index.row()) if 0 <= index.row() < self._page.count else QRect()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # painting what is seen is cheaper than finding out what changed

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not 0 <= index.row() < self._page.count or self._band is not None:
            return
        box, bar, height = self._page.rect(index.row()), self.verticalScrollBar(), self.viewport().height()
        # The first line of a section is seen with its heading, and that of the page with all that is above.
        heading = next(self._page.headings_between(box.top - 1, box.top), None)
        top = heading.box.top if heading else box.top - SPACING
        top = top if self._page.line(index.row()) else 0
        bottom = box.top + box.height + SPACING
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            bar.setValue(box.top + (box.height - height) // 2)
        elif hint == hints.PositionAtTop or (hint == hints.EnsureVisible and top < bar.value()):
            bar.setValue(top)
        elif hint == hints.PositionAtBottom or bottom > bar.value() + height:
            bar.setValue(min(top, bottom - height) if hint == hints.EnsureVisible else bottom - height)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if not self._placing:
            rows = self._rows_seen()
            self._anchor = self._page.anchor(rows[0], self.verticalOffset()) if rows else None
        if self._band is None and not self._bubble.isVisible():
            self.viewport().scroll(dx, dy)
        else:
            self.viewport().update()
        if self._hovered >= 0:
            self._hover(self._row_at(self.viewport().mapFromGlobal(QCursor.pos())))
        bar = self.verticalScrollBar()
        if bar.isSliderDown() and (section := self._page.section_at(bar.value() + HEADING_HEIGHT)):
            self._bubble.tell(section.title, bar.value() / max(1, bar.maximum()))
        self._ask()

    def doItemsLayout(self) -> None:
        """Nothing: the page is computed at once."""

    def updateGeometries(self) -> None:
        """Nothing: the page knows its size."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self._lay_out()

    def _anchors(self) -> list[tuple[int, Anchor]]:
        """The person's place, by the id of the photo that is seen first, or else of the next ones."""
        if not self.verticalOffset() and not self._anchor:  # the beginning: what is new is to be seen there
            return []
        rows = self._rows_seen()
        anchors = [self._page.anchor(row, self.verticalOffset()) for row in rows[:ANCHORS_TRIED]]
        if self._anchor and self._anchor.row < self._page.count:
            anchors.insert(0, self._anchor)
        return [(self._photos.ids[anchor.row], anchor) for anchor in anchors]

    # Thumbnails

    def _ask(self) -> None:
        """Ask for what is seen, then for the half page after it and before it; what has gone by is dropped."""
        if not self.isVisible():
            return
        top, height = self.verticalOffset(), self.viewport().height()
        seen = self._page.rows_between(top, top + height)
        near = self._page.rows_between(top - height // 2, top + height + height // 2)
        rows = (*seen, *range(seen.stop, near.stop), *range(near.start, seen.start)) if seen else near
        ids = [self._photos.ids[row] for row in rows]
        self._loader.drop(self._asked.difference(ids))
        self._asked = set(ids)
        self._loader.ask(ids, self._page.cell, self.devicePixelRatioF())

    def _show_arrived(self, photo_ids: set[int]) -> None:
        for row in self._rows_seen():
            if self._photos.ids[row] in photo_ids:
                self._update_row(row)

    def _update_row(self, row: int) -> None:
        if 0 <= row < self._page.count:
            self.viewport().update(self._cell_rect(row).adjusted(-BLEED, -BLEED, BLEED, BLEED))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loader.drop(self._asked)

    # Scrolling and hovering

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += turned  # a touchpad turns in small steps
            steps = int(self._turned / WHEEL_STEP)
            self._turned -= steps * WHEEL_STEP
            self.zoom(steps, event.position().toPoint())
            event.accept()
        elif not event.pixelDelta().isNull() or not turned or not self._is_animated():
            self._glide.stop()
            QAbstractItemView.wheelEvent(self, event)
        else:
            self._glide_by(
                round(-turned / WHEEL_STEP * QApplication.wheelScrollLines() * self.verticalScrollBar().singleStep())
            )
            event.accept()

    def _is_animated(self) -> bool:
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0

    def _glide_by(self, pixels: int) -> None:
        """Scroll smoothly, on from where an earlier turn of the wheel leads."""
        bar = self.verticalScrollBar()
        running = self._glide.state() == QPropertyAnimation.State.Running
        target = (self._glide.endValue() if running else bar.value()) + pixels
        self._glide.stop()
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(min(max(0, target), bar.maximum()))
        self._glide.start()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverEnter) and isinstance(event, QHoverEvent):
            self._hover(self._row_at(event.position().toPoint()))
        elif event.type() == QEvent.Type.HoverLeave:
            self._hover(-1)
        elif event.type() == QEvent.Type.DevicePixelRatioChange:  # on another screen
            self._ask()
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._update_row(self._hovered)
            self._update_row(row)
            self._hovered = row

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        top = self.verticalOffset()
        area = event.rect().translated(0, top)
        painter = QPainter(self.viewport())
        painter.translate(0, -top)
        for heading in self._page.headings_between(area.top(), area.bottom() + 1):
            paint_heading(painter, heading, self.font(), self.palette())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual, current = option.state, self.currentIndex().row() if self.hasFocus() else -1
        flags, selection = QStyle.StateFlag, self.selectionModel()
        for row in self._page.rows_between(area.top() - BLEED, area.bottom() + 1 + BLEED):
            index = self._photos.index(row)
            state = usual & ~(flags.State_HasFocus | flags.State_MouseOver | flags.State_Selected)
            state |= flags.State_Selected if selection.isSelected(index) else flags.State_None
            state |= flags.State_HasFocus if row == current else flags.State_None
            state |= flags.State_MouseOver if row == self._hovered else flags.State_None
            option.state, option.rect = state, QRect(*self._page.rect(row))
            self._delegate.paint(painter, option, index)
        if self._band is not None:
            paint_rubber_band(painter, self._band, self.palette())
        painter.end()
