"""Two to four photos seen together: side by side, one over the other, or as their difference."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.canvas.canvas import Canvas, View
from photosearch.gui.compare.case import Case
from photosearch.gui.compare.compare_pane import Pane, best_columns
from photosearch.gui.compare.difference import Difference, read_difference
from photosearch.gui.compare.group_action_bar import GroupActionBar
from photosearch.gui.compare.overlay import Transform, moves, read_laid
from photosearch.gui.duplicates.group_actions import GroupAction, action_of
from photosearch.gui.style.captions import ElidedLabel, make_button
from photosearch.gui.style.page_keys import PageKey, answer
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.names import name_of
from photosearch.gui.work.picture_loader import Picture
from photosearch.library import Library
from photosearch.models import Photo

Mode = Literal["side by side", "swap", "difference"]
MOST = 4
GAP = 8
NOTABLE = 1.01  # times as many bytes: less is not seen in the caption either
HELD_MS = 350  # a key held longer flips back when let go


class Compare(QWidget):
    """Shows photos under one view, unless unlocked; S lays one over the other and flips, D shows what differs."""

    closed = Signal()
    decided = Signal(str, int)  # a GroupAction, and the id of the photo that is looked at
    stepped = Signal(int)  # to the next group, or with -1 to the one before

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._jobs = library, jobs
        self._panes: list[Pane] = []
        self._case: Case | None = None  # the group whose photos these are
        self._other = 1  # the pane that is laid against the first
        self._transforms: list[Transform | None] = []  # of each pane to the first, where the two are not framed alike
        self._laid: dict[int, Picture | str] = {}  # panes as they lie over the first, or why not
        self._laid_in_full = set[int]()
        self._side = 0  # pixels of the longer side to read at first
        self._mode: Mode = "side by side"
        self._ticket: Ticket | None = None
        self._held = QElapsedTimer()
        self._grid_page = QWidget()
        self._grid = QGridLayout(self._grid_page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self.canvas = Canvas(enlarge=True)
        self.canvas.view_changed.connect(self._follow)
        self.canvas.changed.connect(self._refine)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._grid_page)
        self._pages.addWidget(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addLayout(self._pages, 1)
        self._group_actions = GroupActionBar()
        self._group_actions.decided.connect(self._decide)
        self._group_actions.hide()
        column.addWidget(self._group_actions)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        self._text = ElidedLabel()
        self._text.setObjectName("told")
        self._blend = QSlider(Qt.Orientation.Horizontal)
        self._blend.setRange(0, 100)
        self._blend.setFixedWidth(160)
        self._blend.setAccessibleName(tr("Blend"))
        self._blend.setToolTip(tr("From the first photo to the other"))
        self._blend.valueChanged.connect(self._lay_over)
        self._title = QLabel()
        self._title.setProperty("secondary", True)
        self._next = make_button("next", tr("The next photo against the first (O)"), self._take_next)
        self._swap = make_button("swap", tr("Flip between two in one place (S)"), lambda: self._toggle("swap"), True)
        tip = tr("Show what differs, four times as strong (D)")
        self._difference = make_button("difference", tip, lambda: self._toggle("difference"), True)
        self._together = QToolButton()
        self._together.setText(tr("Together"))
        self._together.setToolTip(tr("Zoom and move all photos together (T)"))
        self._together.setAutoRaise(True)
        self._together.setCheckable(True)
        self._together.setChecked(True)
        self._together.toggled.connect(lambda: self._follow(self._active_canvas().view))
        row.addWidget(make_button("back", tr("Back (Esc)"), self.close_view))
        row.addWidget(self._title)
        row.addWidget(self._text, 1)
        row.addWidget(self._blend)
        row.addWidget(self._next)
        row.addWidget(self._swap)
        row.addWidget(self._difference)
        row.addSpacing(12)
        row.addWidget(self._together)
        row.addWidget(make_button("fit", tr("Show the whole photos (0)"), lambda: self._active_canvas().fit()))
        tip = tr("100 % (1)")
        row.addWidget(make_button("actual-size", tip, lambda: self._active_canvas().show_actual_size()))
        return bar

    def show_photos(self, paths: Sequence[str], transforms: Sequence[Transform | None] = ()) -> None:
        """Show two to four photos; any more are left out. `transforms` take each to the first, which has one too."""
        self._show([(path, None) for path in paths[:MOST]], transforms)
        self._set_mode("side by side")

    def show_case(self, case: Case) -> None:
        """Show photos of a group, and say what becomes of each; those that are shown already stay as they are seen."""
        if self._case is None or [seen.photo for seen in case.photos] != [pane.photo for pane in self._panes]:
            photos = [(seen.photo.path, seen.photo) for seen in case.photos]
            self._show(photos, [seen.transform for seen in case.photos])
        self._case = case
        for pane, seen in zip(self._panes, case.photos, strict=True):
            pane.show_seen(seen)
        for pane in self._panes:
            if not pane.is_loaded:
                pane.load(self._side)
        self._title.setText(case.title)
        self._group_actions.show_offers(case.offers)
        self._group_actions.show()
        self._other = case.current or min(self._other, len(self._panes) - 1)
        self._set_mode(self._mode)
        if self._mode == "side by side":
            self._panes[case.current].canvas.setFocus()

    def _show(self, photos: Sequence[tuple[str, Photo | None]], transforms: Sequence[Transform | None]) -> None:
        mode = self._mode if self._case else "side by side"
        self.stop()
        self._mode = mode
        screen = self.screen().size()
        self._side = round(max(screen.width(), screen.height()) * self.devicePixelRatioF())
        given = [*transforms, *[None] * len(photos)]
        self._transforms = [transform if transform and moves(transform) else None for transform in given]
        for path, photo in photos:
            pane = Pane(self._library, self._jobs, path, self._arrange, photo)
            pane.canvas.view_changed.connect(self._follow)
            pane.canvas.changed.connect(self._lay_over)
            self._panes.append(pane)
            if photo is None:
                pane.load(self._side)
        self._other = 1
        self._arrange()

    def looked_at(self) -> str:
        """The path of the photo that is looked at."""
        return self._panes[self._looked_at()].path

    def decide(self, action: GroupAction) -> bool:
        """Decide of the photo that is looked at; False where these are no photos of a group."""
        self._decide(action)
        return self._case is not None

    def _looked_at(self) -> int:
        """The place of the photo that is looked at."""
        if self._mode == "swap":
            return self._other if self._blend.value() > 50 else 0
        if self._mode == "difference":
            return self._other
        return next((place for place, pane in enumerate(self._panes) if pane.canvas.hasFocus()), 0)

    def _decide(self, action: GroupAction) -> None:
        if self._case:
            self.decided.emit(action, self._case.photos[self._looked_at()].photo.photo_id)

    def stop(self) -> None:
        """Let go of the photos and of what is still being read."""
        if self._ticket:
            self._ticket.cancel()
        for pane in self._panes:
            pane.stop()
            self._grid.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
        self._panes, self._laid, self._laid_in_full, self._case = [], {}, set(), None
        self._title.clear()
        self._group_actions.hide()
        self.canvas.set_view(View())
        self.canvas.set_picture(None)
        self.canvas.set_over(None, 0)

    def close_view(self) -> None:
        """Go back to where one came from."""
        self.stop()
        self.closed.emit()

    def _active_canvas(self) -> Canvas:
        if self._mode == "side by side":
            canvases = [pane.canvas for pane in self._panes]
            return next((canvas for canvas in canvases if canvas.hasFocus()), (canvases or [self.canvas])[0])
        return self.canvas

    def _follow(self, view: View) -> None:
        if self._together.isChecked():
            for canvas in (self.canvas, *(pane.canvas for pane in self._panes)):
                canvas.set_view(view)

    def _arrange(self) -> None:
        """Lay the photos out so that they are seen largest, and mark what is better."""
        count = len(self._panes)
        if not count:
            return
        shapes = [pane.shape for pane in self._panes]
        room = (self._grid_page if self._mode == "side by side" else self.canvas).size()  # one is as large as the other
        columns = best_columns(shapes, room.width(), room.height())
        for at, pane in enumerate(self._panes):
            self._grid.addWidget(pane, at // columns, at % columns)
        for at in range(MOST):
            self._grid.setColumnStretch(at, int(at < columns))
            self._grid.setRowStretch(at, int(at * columns < count))
        known = [pane for pane in self._panes if pane.known.facts]
        pixels = [pane.pixels for pane in known]
        sizes = [pane.known.size_bytes for pane in known]
        for pane in known:
            larger = pane.known.size_bytes == max(sizes) > NOTABLE * min(sizes)
            pane.describe(more_pixels=pane.pixels == max(pixels) > min(pixels), larger=larger)

    def _toggle(self, mode: Mode) -> None:
        self._set_mode("side by side" if self._mode == mode else mode)

    def _set_mode(self, mode: Mode) -> None:
        if len(self._panes) < 2:
            mode = "side by side"
        view, self._mode = self._active_canvas().view, mode
        if self._ticket:
            self._ticket.cancel()
        self._swap.setChecked(mode == "swap")
        self._difference.setChecked(mode == "difference")
        self._blend.setVisible(mode == "swap")
        self._next.setVisible(mode != "side by side" and len(self._panes) > 2)
        self._pages.setCurrentIndex(int(mode != "side by side"))
        self._active_canvas().set_view(view)
        self._active_canvas().setFocus()
        self._fill()

    def _fill(self) -> None:
        """Show in the one canvas what the mode asks for."""
        self.canvas.set_over(None, 0)
        if self._mode == "swap":
            self._blend.setValue(0)
            self._lay_over()
        elif self._mode == "difference":
            one, other = self._panes[0], self._panes[self._other]
            self.canvas.set_picture(one.canvas.picture)
            self._text.setText(tr("Looking for what differs…"))
            work = partial(read_difference, self._library, one.path, other.path, self._transforms[self._other])
            self._ticket = self._jobs.ask(work, self._take_difference)
        else:
            self.canvas.set_picture(None)
            self._text.setText("")

    def _take_difference(self, found: Difference) -> None:
        self.canvas.set_picture(found.picture, found.sentence)
        one, other = self._name(0), self._name(self._other)
        self._text.setText(tr("What differs between {one} and {other}").format(one=one, other=other))

    def _lay_over(self) -> None:
        """Show the first photo with the other over it, as far as the slider says."""
        if self._mode != "swap":
            return
        one, other = self._panes[0].canvas, self._panes[self._other].canvas
        picture, problem = other.picture, other.sentence
        if transform := self._transforms[self._other]:
            if self._other not in self._laid and not self._is_reading:
                self._read_laid(transform, self._side)
            laid = self._laid.get(self._other)
            picture, problem = (None, laid) if isinstance(laid, str) else (laid, "")
        opacity = self._blend.value() / 100
        self.canvas.set_picture(one.picture, problem if opacity > 0.5 else one.sentence)
        self.canvas.set_over(picture, opacity)
        names = {0: self._name(0), 100: self._name(self._other)}
        text = names.get(self._blend.value(), f"{names[0]} + {names[100]}")
        if transform:
            text = tr("{photos} · aligned").format(photos=text) if picture else tr("Aligning …")
        self._text.setText(text)

    def _read_laid(self, transform: Transform, side: int | None) -> None:
        """Read the other photo as it lies over the first; `side` None: in full."""
        pane, first = self._other, self._panes[0].known.facts
        if not first:
            return  # once it is known, this is asked for again

        def take(laid: Picture | str) -> None:
            self._laid[pane], self._ticket = laid, None
            if side is None:
                self._laid_in_full.add(pane)
            self._lay_over()

        work = partial(read_laid, self._library, self._panes[0].path, self._panes[pane].path, transform, first, side)
        self._ticket = self._jobs.ask(work, take)

    @property
    def _is_reading(self) -> bool:
        return self._ticket is not None and not self._ticket.stopping.is_set()

    def _refine(self) -> None:
        if self._mode != "swap" or not self.canvas.is_coarse():
            return
        self._panes[0].read_full()
        if (transform := self._transforms[self._other]) is None:
            self._panes[self._other].read_full()
        elif self._other in self._laid and self._other not in self._laid_in_full and not self._is_reading:
            self._read_laid(transform, None)

    def _name(self, pane: int) -> str:
        return name_of(self._panes[pane].path)

    def _take_next(self) -> None:
        if len(self._panes) > 2 and self._mode != "side by side":
            self._other = self._other % (len(self._panes) - 1) + 1
            self._set_mode(self._mode)

    def _flip(self) -> None:
        """Show the other of the two; at first come to the mode that does so."""
        if self._mode != "swap":
            self._set_mode("swap")
        else:
            self._blend.setValue(0 if self._blend.value() > 50 else 100)

    def _look_beside(self, by: int) -> None:
        """Give the keyboard to the photo beside the one that is looked at."""
        place = self._looked_at() + by
        if 0 <= place < len(self._panes):
            self._panes[place].canvas.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._active_canvas().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._case and (action := action_of(event)):
            self._decide(action)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            event.accept()
        elif not answer(event, self.keys()):
            super().keyPressEvent(event)

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for those that decide."""
        key, of_group, beside = Qt.Key, self._case is not None, self._mode == "side by side"
        close = self.close_view if beside else partial(self._set_mode, "side by side")
        return [
            PageKey((key.Key_D,), tr("Difference"), partial(self._toggle, "difference")),
            PageKey((key.Key_S,), tr("Swap"), self._swap_while_held),
            PageKey((key.Key_O,), tr("Another photo against the first"), self._take_next),
            PageKey((key.Key_T,), tr("Together"), self._together.toggle),
            PageKey((key.Key_Left,), tr("Previous photo"), partial(self._look_beside, -1), beside),
            PageKey((key.Key_Right,), tr("Next photo"), partial(self._look_beside, 1), beside),
            PageKey((key.Key_PageDown,), tr("Next group"), partial(self.stepped.emit, 1), of_group),
            PageKey((key.Key_PageUp,), tr("Previous group"), partial(self.stepped.emit, -1), of_group),
            PageKey((key.Key_Space,), "", self.close_view, of_group),
            PageKey((key.Key_Escape,), "", self.window().showNormal, self.window().isFullScreen()),
            PageKey((key.Key_Escape,), tr("Close"), close),
        ]

    def _swap_while_held(self) -> None:
        if self._mode == "swap":
            self._held.start()
        self._flip()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and not event.isAutoRepeat():
            if self._held.isValid() and self._held.hasExpired(HELD_MS):
                self._flip()
            self._held.invalidate()
        else:
            super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)
