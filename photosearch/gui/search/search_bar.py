"""The search bar: what is looked for, as chips; photos come in by choosing, pasting or dropping."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QToolButton

from photosearch.gui.search.chips import Chip, ChipRow, filter_chips
from photosearch.gui.style import theme
from photosearch.gui.style.icons import Symbol
from photosearch.gui.style.words import tr
from photosearch.gui.work.drops import is_welcome
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.names import name_of
from photosearch.library import Library
from photosearch.models import Facts, Filter, Query, Unreadable

HEIGHT = 44


class SearchBar(QFrame):
    """Shows a place and lets the person change it; it changes nothing itself, but asks for another place."""

    place_wanted = Signal(object)  # Query
    choose_wanted = Signal()
    dropped = Signal(object)  # QMimeData

    def __init__(self, library: Library, jobs: Jobs, actions: list[QAction]) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self._place = Query(())
        self._thumbnails: dict[str, bytes] = {}
        self._photo_chips: dict[str, Chip] = {}
        self.setProperty("searchBar", True)
        self.setAcceptDrops(True)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._invitation = QLabel(tr("Drop, paste or choose a photo …"))
        self._invitation.setProperty("secondary", True)
        self._chips = ChipRow()
        area = QScrollArea()
        area.setWidget(self._chips)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 6, 3)
        row.setSpacing(8)
        row.addWidget(Symbol("search"))
        row.addWidget(self._invitation, 1)
        row.addWidget(area, 1)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setCursor(Qt.CursorShape.ArrowCursor)
            row.addWidget(button)
            self._last_button = button
        self.show_place(self._place)

    def show_place(self, place: Query) -> None:
        """Show what is looked for, and by which filters."""
        self._place = place
        self._photo_chips = {
            path: self._photo_chip(path, path in place.without) for path in place.photos + place.without
        }
        chips = list(self._photo_chips.values())
        if place.photos or place.only != Filter(place.only.folder):  # a folder alone is told by the side bar
            chips += filter_chips(place.only, self._ask_for)
        self._chips.show_chips(chips)
        for before, chip in pairwise([self._last_button, *chips]):
            self.setTabOrder(before, chip)
        self._area.setVisible(bool(chips))
        self._invitation.setVisible(not chips)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._place.photos:
            self.choose_wanted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        event.setDropAction(Qt.DropAction.CopyAction)  # never a move: what is dropped stays where it is
        event.accept()
        self.dropped.emit(event.mimeData())

    def _light(self, lit: bool) -> None:
        theme.mark(self, "active", lit)

    def _photo_chip(self, path: str, minus: bool) -> Chip:
        name = name_of(path)
        place = self._place
        if minus:
            tip = tr("Keep away from “{name}”").format(name=name)
            left = replace(place, without=tuple(other for other in place.without if other != path))
        elif place.region and path == place.photos[0]:
            tip = tr("A part of “{name}”").format(name=name)
            name = tr("Part of {name}").format(name=name)
            left = replace(place, region=None)
        else:
            tip = tr("Looks like “{name}”").format(name=name)
            left = replace(place, photos=tuple(other for other in place.photos if other != path))
            if not left.photos:
                left = Query((), only=place.only)
        chip = Chip(name, tip, minus=minus)
        chip.removed.connect(lambda: self.place_wanted.emit(left))
        if path in self._thumbnails:
            chip.show_picture(self._thumbnails[path])
        else:
            self._fetch(path)
        return chip

    def _ask_for(self, only: Filter) -> None:
        self.place_wanted.emit(replace(self._place, only=only))

    def _fetch(self, path: str) -> None:
        def arrive(found: tuple[Facts, bytes] | Unreadable) -> None:
            if isinstance(found, Unreadable):
                return
            self._thumbnails[path] = found[1]
            if path in self._photo_chips:
                self._photo_chips[path].show_picture(found[1])

        self._jobs.ask(lambda: self._library.photos.facts(path), arrive)
