"""The map itself: dots from afar, photos from near; moved, zoomed and walked through by mouse and keyboard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.map.dots import Dots
from photosearch.gui.map.over_map import inside, paint_card, paint_lasso, paint_names, paint_photos, ring_around
from photosearch.gui.map.viewport import Viewport, whole
from photosearch.gui.style.page_keys import PageKey, answer
from photosearch.gui.style.words import tr
from photosearch.library.maps.picture import Painted, one_a_cell
from photosearch.paths import shown

STEP, FACTOR = 0.15, 1.25  # of the view, that an arrow moves it by; nearer by a key
REST_MS = 120  # after which the map counts as at rest
NEAR_PX = 14  # from a dot, within which it is meant
LEAST_SIDE = 64  # px of a photo; up to twice as many
CROWD = 4  # photos for each that is seen, beyond which dots tell more
CARD_SIDE = 200  # px
LASSO_STEP = 3  # px between two corners
WALK = 200  # dots that Tab leads to, before it leads on

Rows = NDArray[np.int64]
Key = Qt.Key
ARROWS = {Key.Key_Left: (1, 0), Key.Key_Right: (-1, 0), Key.Key_Up: (0, 1), Key.Key_Down: (0, -1)}


class MapView(QWidget):
    """Shows one `Painted`; what is done with photos is up to the page."""

    opened = Signal(int)  # photo id
    current_changed = Signal(int)  # photo id, or -1
    lassoed = Signal(object)  # int64[n], photo ids
    menu_wanted = Signal(object)  # where on the screen
    rested = Signal()  # the view has moved, and stands still

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self._loader = loader
        self._painted: Painted | None = None
        self._highlighted: NDArray[np.bool_] | None = None
        self._dots: Dots | None = None
        self._image: QImage | None = None
        self._seen = Viewport(0, 0, 1, 1, 1)
        self._is_placed = False  # the person, or a view that was remembered, has said what is to be seen
        self._asked: set[int] = set()
        self._current = self._hovered = -1  # rows
        self._walk: list[int] = []  # rows that Tab leads through
        self._grabbed: QPointF | None = None
        self._has_moved = False
        self._lasso: QPolygonF | None = None
        self.lasso_is_on = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._come_to_rest)
        loader.arrived.connect(self._show_arrived)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Map"))
        self.setMinimumSize(240, 180)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    # What is shown

    def show_map(self, painted: Painted) -> None:
        """Show this map; the view stays where the person has moved it to."""
        current = self.current_id()
        self._painted = painted
        self._highlighted, self._hovered, self._walk = None, -1, []
        self._current = self._row_of(current)
        if not self._is_placed:
            self._seen = whole(painted.layout.places, self.width(), self.height())
        self._repaint_dots(afresh=True)

    def highlight(self, photo_ids: Sequence[int] | None) -> int:
        """Let these stand out, None: all are alike; return how many of them are on the map."""
        chosen = None
        if self._painted and photo_ids is not None:
            chosen = np.isin(self._painted.layout.photos, np.asarray(photo_ids, np.int64))
        self._highlighted = chosen
        self._repaint_dots(afresh=True)
        return int(chosen.sum()) if chosen is not None else 0

    def show_whole(self) -> None:
        """See all of the map."""
        self._is_placed = False
        if self._painted:
            self._go(whole(self._painted.layout.places, self.width(), self.height()), by_person=False)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer by a factor, around a point or the middle."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        self._go(self._seen.zoomed(factor, at.x(), at.y()))

    @property
    def seen(self) -> Viewport:
        """What is seen now."""
        return self._seen

    @property
    def is_placed(self) -> bool:
        """Whether something else than all of the map was asked for."""
        return self._is_placed

    def see(self, x: float, y: float, scale: float) -> None:
        """See what was seen before."""
        self._go(Viewport(x, y, scale, self.width(), self.height()))

    def current_id(self) -> int:
        """The photo that the keyboard is at; -1: none."""
        return self._id(self._current)

    def stand_at(self, row: int) -> None:
        """Make a dot, by its row, the current one; -1: none."""
        self._current = row
        if row >= 0 and self._painted:
            x, y = self._painted.layout.places[row].tolist()
            self._ask_for_card(row)
            self._go(self._seen.showing(x, y), by_person=self._is_placed)
        self._say_current()
        self.current_changed.emit(self.current_id())
        self.update()

    def photos_within(self, polygon: QPolygonF) -> Rows:
        """The ids of the photos whose dots lie in a polygon of the view."""
        if not self._painted or polygon.size() < 3:
            return np.empty(0, np.int64)
        rows, across, down = self._rows_seen()
        return self._painted.layout.photos[rows[inside(polygon, self.width(), self.height(), across, down)]]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dots, then photos, names, the current photo, and what the mouse is at."""
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        if not self._painted or not self._dots:
            return
        if self._image is None or self._image.devicePixelRatio() != self.devicePixelRatioF():
            self._image = self._dots.paint(self._seen, self.devicePixelRatioF(), moving=self._rest.isActive())
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rows, cells = self._photos_near()
        self._ask(rows, cells)
        placed = list(zip(rows.tolist(), cells, strict=True))
        paint_photos(painter, self._painted, self._loader, placed, self._highlighted)
        paint_names(painter, self._painted, self._seen, palette, self.font())
        if self._current >= 0:
            ring_around(painter, palette, self._point(self._current), has_focus=self.hasFocus())
        shown_row = self._hovered if self._hovered >= 0 else self._current if self.hasFocus() else -1
        if shown_row >= 0:
            paint_card(painter, palette, self._loader, self._id(shown_row), self._point(shown_row), self.rect())
        if self._lasso:
            paint_lasso(painter, palette, self._lasso)

    def _photos_near(self) -> tuple[Rows, list[QRectF]]:
        """The photos that stand for squares of the map, where there is room for nearly all; rows and their squares."""
        rows, *_ = self._rows_seen()
        room = (self.width() / LEAST_SIDE + 1) * (self.height() / LEAST_SIDE + 1)
        if not len(rows) or not self._painted or len(rows) > CROWD * room:
            return np.empty(0, np.int64), []
        scale = self._seen.scale
        side = 2.0 ** np.ceil(np.log2(LEAST_SIDE / scale))  # of a square on the map, which moves with it
        places = self._painted.layout.places[rows]
        best = one_a_cell(places[:, 0], places[:, 1], side)
        if len(rows) > CROWD * len(best):
            return np.empty(0, np.int64), []
        cells: list[QRectF] = []
        for x, y in np.floor(places[best] / side).tolist():
            left, top = self._seen.point(x * side, y * side)
            cells.append(QRectF(left, top, side * scale, side * scale))
        return rows[best], cells

    def _ask(self, rows: Rows, cells: list[QRectF]) -> None:
        """Ask for the photos that are seen; what has gone by is dropped."""
        ids = [self._id(row) for row in rows.tolist()]
        if set(ids) == self._asked:
            return
        self._loader.drop(self._asked.difference(ids))
        self._asked = set(ids)
        if ids:
            self._loader.ask(ids, round(cells[0].width()), self.devicePixelRatioF())

    def _show_arrived(self, photo_ids: set[int]) -> None:
        if photo_ids & (self._asked | {self._id(self._hovered), self._id(self._current)}):
            self.update()

    def changeEvent(self, event: object) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)  # type: ignore[arg-type]
        if self._painted:
            self._repaint_dots(afresh=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was in the middle stays there; all stays seen."""
        self._seen = self._seen.resized(self.width(), self.height())
        if not self._is_placed:
            self.show_whole()
        self._repaint_dots()

    # Moving

    def _go(self, seen: Viewport, *, by_person: bool = True) -> None:
        self._is_placed = self._is_placed or by_person
        if seen != self._seen:
            self._seen, self._walk = seen, [] if self._current < 0 else self._walk
            self._rest.start()
            self._repaint_dots()

    def _come_to_rest(self) -> None:
        self._repaint_dots()
        self.rested.emit()

    def _repaint_dots(self, *, afresh: bool = False) -> None:
        if afresh and self._painted:
            self._dots = Dots(self._painted, self.palette().color(QPalette.ColorRole.Base), self._highlighted)
        self._image = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse."""
        self.zoom(FACTOR ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the map, or begin a lasso."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.lasso_is_on or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = QPolygonF([event.position()])
        else:
            self._grabbed, self._has_moved = event.position(), False
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, draw the lasso, or show the photo that the mouse is at."""
        at = event.position()
        if self._lasso is not None:
            if (at - self._lasso.last()).manhattanLength() >= LASSO_STEP:
                self._lasso.append(at)
                self.update()
        elif self._grabbed is not None:
            off = at - self._grabbed
            if self._has_moved or off.manhattanLength() >= LASSO_STEP:
                self._has_moved, self._grabbed = True, at
                self._go(self._seen.moved(off.x(), off.y()))
        else:
            self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a lasso; a click without a move makes the dot there the current one."""
        lasso, self._lasso = self._lasso, None
        if lasso is not None:
            self.update()
            if len(photos := self.photos_within(lasso)):
                self.lassoed.emit(photos)
        elif self._grabbed is not None:
            self._grabbed = None
            self.set_lasso(self.lasso_is_on)
            if not self._has_moved:
                self._walk = []
                self.stand_at(self._nearest(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the photo there."""
        if (row := self._nearest(event.position())) >= 0:
            self.opened.emit(self._id(row))

    def leaveEvent(self, event: object) -> None:
        """The mouse is at no photo any more."""
        self._hovered = -1
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the photo there."""
        is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if is_by_mouse and (row := self._nearest(QPointF(event.pos()))) >= 0:
            self.stand_at(row)
        if self._current >= 0:
            self.menu_wanted.emit(event.globalPos() if is_by_mouse else self._menu_place())

    def set_lasso(self, is_on: bool) -> None:
        """Let a drag draw a lasso, or move the map."""
        self.lasso_is_on = is_on
        self.setCursor(Qt.CursorShape.CrossCursor if is_on else Qt.CursorShape.OpenHandCursor)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if by := ARROWS.get(Key(event.key())):
            self._go(self._seen.moved(by[0] * STEP * self.width(), by[1] * STEP * self.height()))
        elif not answer(event, self.keys()):
            super().keyPressEvent(event)

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for the arrows and Tab."""
        here, opened = self._current >= 0, lambda: self.opened.emit(self.current_id())
        return [
            PageKey((Key.Key_Plus, Key.Key_Equal), tr("Zoom in"), lambda: self.zoom(FACTOR)),
            PageKey((Key.Key_Minus, Key.Key_Underscore), tr("Zoom out"), lambda: self.zoom(1 / FACTOR)),
            PageKey((Key.Key_0, Key.Key_Home), tr("See all of the map"), self.show_whole),
            PageKey((Key.Key_Return, Key.Key_Enter, Key.Key_Space), tr("Open the photo"), opened, here),
            PageKey((Key.Key_Escape,), tr("Leave the photo"), self._leave, here or bool(self._lasso)),
        ]

    def _leave(self) -> None:
        self._lasso, self._walk = None, []
        self.stand_at(-1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads from dot to dot, from the middle outwards, and on to the next control after WALK of them."""
        if not self._walk or self._current not in self._walk:
            rows, across, down = self._rows_seen()
            off = (across - self.width() / 2) ** 2 + (down - self.height() / 2) ** 2
            self._walk = rows[np.argsort(off, kind="stable")[:WALK]].tolist()
            at = 0 if forward else -1
        else:
            at = self._walk.index(self._current) + (1 if forward else -1)
        if not 0 <= at < len(self._walk):
            self._walk = []
            self.stand_at(-1)
            return super().focusNextPrevChild(forward)
        walk = self._walk
        self.stand_at(walk[at])
        self._walk = walk
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current photo is told apart while keys go to the map."""
        super().focusInEvent(event)
        self.update()

    # Rows

    def _id(self, row: int) -> int:
        return int(self._painted.layout.photos[row]) if self._painted and row >= 0 else -1

    def _row_of(self, photo_id: int) -> int:
        if not self._painted or photo_id < 0:
            return -1
        rows = np.flatnonzero(self._painted.layout.photos == photo_id)
        return int(rows[0]) if len(rows) else -1

    def _point(self, row: int) -> QPointF:
        x, y = self._painted.layout.places[row].tolist() if self._painted else (0.0, 0.0)
        return QPointF(*self._seen.point(x, y))

    def _rows_seen(self) -> tuple[Rows, NDArray[np.float32], NDArray[np.float32]]:
        if not self._painted:
            return np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.float32)
        across, down = self._seen.on_screen(self._painted.layout.places)
        rows = np.flatnonzero((across >= 0) & (across < self.width()) & (down >= 0) & (down < self.height()))
        return rows, across[rows], down[rows]

    def _nearest(self, at: QPointF) -> int:
        """The row of the dot, or of the photo, that a point means; -1: none."""
        for row, cell in zip(*self._photos_near(), strict=True):
            if cell.contains(at):
                return int(row)
        rows, across, down = self._rows_seen()
        off = np.hypot(across - at.x(), down - at.y())
        best = int(off.argmin()) if len(off) else -1
        return int(rows[best]) if best >= 0 and off[best] <= NEAR_PX else -1

    def _hover(self, at: QPointF) -> None:
        if (row := self._nearest(at)) != self._hovered:
            self._hovered = row
            if row >= 0:
                self._ask_for_card(row)
            self.update()

    def _ask_for_card(self, row: int) -> None:
        if (photo_id := self._id(row)) not in self._asked:
            self._loader.ask([photo_id], CARD_SIDE, self.devicePixelRatioF())

    def _say_current(self) -> None:
        photo = self._loader.photo(self.current_id())
        self.setAccessibleDescription(shown(photo.path) if photo else "")

    def _menu_place(self) -> QPoint:
        return self.mapToGlobal(self._point(self._current).toPoint())
