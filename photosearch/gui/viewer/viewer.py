"""One photo after another, as large as the window, and back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosearch.gui.canvas.canvas import View
from photosearch.gui.canvas.region_canvas import RegionCanvas
from photosearch.gui.compare.case import State
from photosearch.gui.compare.group_action_bar import GroupActionBar
from photosearch.gui.duplicates.group_actions import action_of
from photosearch.gui.search.details import rows
from photosearch.gui.style.captions import EdgeButton, ElidedLabel, make_button
from photosearch.gui.style.page_keys import PageKey, answer
from photosearch.gui.style.words import number, tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.names import name_of
from photosearch.gui.work.picture_loader import Loaded, load_photo, load_thumbnail, longest_side
from photosearch.library import Library
from photosearch.models import Photo, Query, Region

SETTLE_MS = 60  # photos that an arrow held down runs past are not decoded
PATIENCE_MS = 150  # for a thumbnail, before the photo that was shown goes
EDGE_WIDTH = 140
EDGE_MARGIN = 16


class Viewer(QWidget):
    """Shows photos of a listing; at most three are held decoded: this one and its neighbours."""

    closed = Signal()
    find_similar = Signal(int)
    moved = Signal(int)  # to the photo with this id
    compare = Signal(object)  # list[str]: paths
    decided = Signal(str)  # a GroupAction, of the photo of a group that is shown
    place_wanted = Signal(object)  # Query: a search by a part of the photo
    stepped = Signal(int)  # to the next group, or with -1 to the one before

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._jobs = library, jobs
        self._ids: Sequence[int] = ()
        self._position = 0
        self._forward = True
        self._query: str | None = None
        self._is_group = False  # whether these are the photos of a group of duplicates, to be decided of
        self._decoded: dict[int, Loaded] = {}
        self._pending: dict[int, Ticket] = {}
        self._current: Loaded | None = None
        self._preview: Ticket | None = None
        self._full: Ticket | None = None
        self.canvas = RegionCanvas()
        self.canvas.region_chosen.connect(self._search_region)
        self.canvas.changed.connect(self._follow)
        self._settle = _timer(self, SETTLE_MS, self._decode)
        self._patience = _timer(self, PATIENCE_MS, self._blank)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addWidget(self.canvas, 1)
        self._state.setContentsMargins(14, 6, 14, 0)
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self._state)
        self._group_actions = GroupActionBar()
        self._group_actions.decided.connect(self.decided)
        layout.addWidget(self._group_actions)
        self._facts = QLabel(self.canvas)
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.hide()
        self._facts.setObjectName("facts")
        self._facts.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._facts.setProperty("card", True)
        self._facts.setContentsMargins(12, 8, 12, 8)
        self._edges = (
            EdgeButton(self.canvas, "previous", tr("Previous photo (←)"), lambda: self._go(self._position - 1)),
            EdgeButton(self.canvas, "next", tr("Next photo (→)"), lambda: self._go(self._position + 1)),
        )
        self.canvas.installEventFilter(self)
        self.setFocusProxy(self.canvas)

    def show_photo(self, ids: Sequence[int], position: int) -> None:
        """Show the photo at `position` of `ids`, which is held, not copied."""
        self._ids = ids
        self._tell_group(None)
        self._decoded.clear()
        self._go(position, announce=False)
        self.setFocus()

    def show_group(self, ids: Sequence[int], position: int, state: State) -> None:
        """Show a photo of a group of duplicates, and say which group that is and what becomes of the photo."""
        if not self._is_group or ids != self._ids or position != self._position:
            self.show_photo(ids, position)
        self._tell_group(state)

    @property
    def is_group(self) -> bool:
        """True if it is decided here of the photos that are shown."""
        return self._is_group

    def _tell_group(self, state: State | None) -> None:
        self._is_group = state is not None
        self._group.setText(state.group if state else "")
        self._state.setText(state.text if state else "")
        if state:
            self._group_actions.show_offers(state.offers)
        for part in (self._state, self._group_actions):
            part.setVisible(self._is_group)
        self.canvas.setAccessibleName(state.spoken if state else tr("Photo"))

    def set_query(self, path: str | None) -> None:
        """The photo that was searched with, which the one shown can be compared with."""
        self._query = path
        self._compare_button.setVisible(path is not None)

    def photo_id(self) -> int | None:
        """The id of the photo that is shown."""
        return self._ids[self._position] if self._ids else None

    def decoded(self) -> set[int]:
        """The ids of the photos that are held decoded."""
        return set(self._decoded)

    def stop(self) -> None:
        """Let go of all pictures and of what is still being read."""
        for ticket in (*self._pending.values(), self._preview, self._full):
            if ticket:
                ticket.cancel()
        self._pending.clear()
        self._decoded.clear()
        self._current = self._preview = self._full = None
        self._settle.stop()
        self._patience.stop()
        self.canvas.set_picture(None)

    def _go(self, position: int, announce: bool = True) -> None:
        if not 0 <= position < len(self._ids):
            return
        self._forward = position >= self._position
        self._position = position
        for ticket in (self._preview, self._full):
            if ticket:
                ticket.cancel()
        self._preview = self._full = None
        self.canvas.mark(False)
        self._forget_others()
        photo_id = self._ids[position]
        total = number(len(self._ids))
        self._count.setText(tr("{position} of {total}").format(position=number(position + 1), total=total))
        for edge, possible in zip(self._edges, (position > 0, position + 1 < len(self._ids)), strict=True):
            edge.possible = possible
            edge.fade(possible and edge.underMouse())
        if loaded := self._decoded.get(photo_id):
            self._show(loaded, fresh=True)
        else:
            self._current = None
            self._patience.start()
            self._preview = self._jobs.ask(partial(load_thumbnail, self._library, photo_id), self._take_preview)
        self._settle.start()
        if announce:
            self.moved.emit(photo_id)

    def _forget_others(self) -> None:
        """Let go of what is no neighbour any more, and of a neighbour in full, which may be large."""
        near = set(self._ids[max(self._position - 1, 0) : self._position + 2])
        screen = self._screen_side()
        self._decoded = {
            photo_id: loaded
            for photo_id, loaded in self._decoded.items()
            if photo_id in near and not (loaded.picture and longest_side(loaded.picture) > screen)
        }
        for photo_id in [photo_id for photo_id in self._pending if photo_id not in near]:
            self._pending.pop(photo_id).cancel()

    def _screen_side(self) -> int:
        size = self.screen().size()
        return round(max(size.width(), size.height()) * self.devicePixelRatioF())

    def _decode(self) -> None:
        """Ask for this photo, and once it is there, for the one ahead and the one behind."""
        position = self._position
        ahead = (position + 1, position - 1) if self._forward else (position - 1, position + 1)
        wanted = (position, *ahead) if self._ids[position] in self._decoded else (position,)
        for near in wanted:
            if 0 <= near < len(self._ids):
                self._ask(self._ids[near])

    def _ask(self, photo_id: int) -> None:
        if photo_id not in self._decoded and photo_id not in self._pending:
            work = partial(load_photo, self._library, photo_id, self._screen_side())
            self._pending[photo_id] = self._jobs.ask(work, partial(self._take, photo_id))

    def _take_preview(self, loaded: Loaded) -> None:
        if self._current is None:
            self._show(loaded, fresh=True)

    def _take(self, photo_id: int, loaded: Loaded) -> None:
        self._pending.pop(photo_id, None)
        self._decoded[photo_id] = loaded
        if photo_id == self.photo_id():
            self._show(loaded, fresh=self._current is None)
            self._decode()

    def _show(self, loaded: Loaded, fresh: bool) -> None:
        self._patience.stop()
        self._current = loaded
        if fresh:
            self.canvas.set_view(View())
        self.canvas.set_picture(loaded.picture, loaded.sentence)
        photo = loaded.photo
        self._name.setText(name_of(photo.path) if photo else "")
        if photo and not self._is_group:
            self.canvas.setAccessibleName(name_of(photo.path))
        self._facts.setText(_describe(photo) if photo else "")
        self._place_overlays()

    def _blank(self) -> None:
        """Show nothing while the photo to be shown keeps one waiting."""
        self.canvas.set_picture(None)
        self._name.setText("")
        self._facts.setText("")

    def _follow(self) -> None:
        """Keep up with the zoom: say it, and read the photo in full once more of it is seen than was decoded."""
        scale = self.canvas.scale()
        self._zoom.setText(tr("{percent} %").format(percent=number(round(100 * scale))) if scale else "")
        photo_id = self.photo_id()
        if photo_id in self._decoded and not self._full and not self.canvas.sentence and self.canvas.is_coarse():
            work = partial(load_photo, self._library, photo_id, None)
            self._full = self._jobs.ask(work, partial(self._take_full, photo_id))

    def _take_full(self, photo_id: int, loaded: Loaded) -> None:
        if loaded.picture and photo_id == self.photo_id():
            self._decoded[photo_id] = loaded
            self._show(loaded, fresh=False)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        self._name, self._count, self._zoom = ElidedLabel(), QLabel(), QLabel()
        self._group, self._state = QLabel(), QLabel()
        self._group.setProperty("secondary", True)
        self._state.setObjectName("state")
        self._name.setObjectName("name")
        self._count.setObjectName("count")
        self._zoom.setObjectName("zoom")
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("3200 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(make_button("back", tr("Back to the grid (Esc)"), self.close_view))
        row.addWidget(self._group)
        row.addWidget(self._name, 1)
        row.addWidget(self._count)
        row.addSpacing(12)
        row.addWidget(self._zoom)
        row.addWidget(make_button("fit", tr("Show the whole photo (0)"), self.canvas.fit))
        row.addWidget(make_button("actual-size", tr("100 % (1)"), self.canvas.show_actual_size))
        row.addSpacing(12)
        row.addWidget(make_button("similar", tr("Find similar photos (F)"), self._find_similar))
        tip = tr("Search by a part: draw a rectangle, or zoom in to it and press Enter (R)")
        self._mark = make_button("region", tip, self._toggle_marking, checkable=True)
        self.canvas.marking_ended.connect(lambda: self._mark.setChecked(False))
        row.addWidget(self._mark)
        self._compare_button = make_button("compare", tr("Compare with the photo searched with (C)"), self._compare)
        self._compare_button.hide()
        row.addWidget(self._compare_button)
        return bar

    def close_view(self) -> None:
        """Go back to where one came from."""
        self.stop()
        self.closed.emit()

    def _find_similar(self) -> None:
        photo_id = self.photo_id()
        if photo_id is not None:
            self.find_similar.emit(photo_id)

    def _toggle_marking(self) -> None:
        self._mark.setChecked(not self.canvas.is_marking)
        self.canvas.mark(not self.canvas.is_marking)
        self.setFocus()

    def _search_region(self, region: Region) -> None:
        if self._current and self._current.photo:
            self.place_wanted.emit(Query((self._current.photo.path,), region=region))

    def _compare(self) -> None:
        if self._query and self._current and self._current.photo:
            self.compare.emit([self._query, self._current.photo.path])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._is_group and (action := action_of(event)):
            self.decided.emit(action)
            return
        if self._is_group and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
            return
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not answer(event, self._own_keys()):
            event.ignore()

    def keys(self) -> list[PageKey]:
        """Those that it answers, and those of the photo itself."""
        return [*self._own_keys(), *self.canvas.keys()]

    def _own_keys(self) -> list[PageKey]:
        key, last = Qt.Key, len(self._ids) - 1
        is_full = self.window().isFullScreen()
        previous, following = partial(self._go, self._position - 1), partial(self._go, self._position + 1)
        return [
            PageKey((key.Key_Left, key.Key_Up, key.Key_PageUp), tr("Previous photo"), previous),
            PageKey((key.Key_Right, key.Key_Down, key.Key_PageDown), tr("Next photo"), following),
            PageKey((key.Key_Home,), tr("First photo"), partial(self._go, 0)),
            PageKey((key.Key_End,), tr("Last photo"), partial(self._go, last)),
            PageKey((key.Key_R,), tr("Search by a part of it"), self._toggle_marking),
            PageKey((key.Key_F,), tr("Find similar"), self._find_similar),
            PageKey((key.Key_C,), tr("Compare with the search"), self._compare),
            PageKey((key.Key_I,), tr("Facts"), lambda: self._facts.setVisible(not self._facts.isVisible())),
            PageKey((key.Key_Escape,), "", self.window().showNormal, is_full),
            PageKey((key.Key_Escape, key.Key_Space), tr("Close"), self.close_view),
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fade the two buttons in where the mouse comes near them."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            x = event.position().x()
            self._edges[0].fade(x < EDGE_WIDTH)
            self._edges[1].fade(x > self.canvas.width() - EDGE_WIDTH)
        elif event.type() == QEvent.Type.Leave:
            for edge in self._edges:
                edge.fade(False)
        elif event.type() == QEvent.Type.Resize:
            self._place_overlays()
        return False

    def _place_overlays(self) -> None:
        self._facts.adjustSize()
        self._facts.move(EDGE_MARGIN, self.canvas.height() - self._facts.height() - EDGE_MARGIN)
        previous, following = self._edges
        middle = (self.canvas.height() - previous.height()) // 2
        previous.move(EDGE_MARGIN, middle)
        following.move(self.canvas.width() - following.width() - EDGE_MARGIN, middle)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)


def _describe(photo: Photo) -> str:
    facts = rows(photo.facts, photo.path, photo.shot_at, photo.size_bytes, photo.state)
    return "\n".join(value for _, value in facts)


def _timer(parent: QWidget, interval_ms: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent, interval=interval_ms, singleShot=True)
    timer.timeout.connect(act)
    return timer
