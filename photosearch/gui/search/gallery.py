"""The middle of the window: the photos of a place as a grid, with the controls that narrow, sort and size them."""

from array import array
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QStackedLayout, QVBoxLayout, QWidget

from photosearch.gui.grid.grid_view import GridPlace, GridView
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.search.results import NEAREST, Answer, arrange, first_threshold
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.words import number, tr
from photosearch.gui.work.history import EVERYTHING
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.library import Library
from photosearch.models import Filter, Listing, Match, Order, Photo, Query

STEPS = 1000  # of the strictness slider
LONGEST_WAIT_MS = 3_000  # for the first photos to be seen
LEAST_WIDTH = 420  # px, for what cannot be left out of the controls
MOST_CHOSEN = 100_000  # photos whose selection is remembered of each place
SMALLEST, LARGEST, USUAL = 80, 384, 176  # px, the side of a cell


class GalleryState(NamedTuple):
    """The state in which photos of a place were left: the scroll position, and the score of the slider."""

    grid: GridPlace
    score: float | None  # None: this is no answer
    encoder: str  # that the score is of


class Gallery(QWidget):
    """Asks the library off the window's thread, and keeps what it shows until the answer is there."""

    shown = Signal()  # what the grid shows is another
    seen = Signal()  # for the first time, photos can be seen, or there are none, or they take long
    failed = Signal(object)  # the exception of a search
    place_wanted = Signal(object)  # Query

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self.setMinimumWidth(LEAST_WIDTH)
        self._ticket: Ticket | None = None
        self._is_stale = False  # photos came or went since what is under way was asked
        self._place: Query | None = None
        self._left: GalleryState | None = None  # what is to be shown where it was left, once it is there
        self._answer: Answer | None = None
        self._answered: Query | None = None  # what `_answer` answers
        self._photos: Mapping[int, Photo] = {}
        self._matches: Mapping[int, Match] = {}
        self._verifies = False  # by details, whether answers show what the query does
        self.total = 0  # photos in the library
        self.indexing = False  # then what is missing may still come
        self._loader = ThumbnailLoader(library, jobs, self)
        self._loader.arrived.connect(self._look_for_first)
        self._is_seen = False
        self.grid = GridView(library, jobs, self._loader)
        self._empty = EmptyPage(self._help)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self._empty)
        self.strictness = _slider(STEPS, tr("Strictness: how alike photos must be to be shown"))
        self.strictness.valueChanged.connect(self._cut)
        self._looser, self._stricter = _small(tr("looser")), _small(tr("stricter"))
        self._count, self._chosen = QLabel(), QLabel()
        self._chosen.setProperty("secondary", True)
        self._chosen.hide()
        self.grid.selection_changed.connect(self._tell_selection)
        self._order = QComboBox()
        self._order.setAccessibleName(tr("Order of the photos"))
        self._order.setToolTip(tr("Order of the photos"))
        self._order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._order.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._order.activated.connect(self._sort)
        self._size = _slider(LARGEST, tr("Size of the thumbnails (Ctrl+wheel)"), SMALLEST)
        self._size.valueChanged.connect(self.grid.set_cell_size)
        self.grid.cell_size_changed.connect(self._size.setValue)
        self._size.setValue(USUAL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._pages, 1)
        column.addWidget(self._controls())
        self.setFocusProxy(self.grid)
        self._order_of_list: Order = "newest"
        self._order_of_answer: Order | None = None

    @property
    def place(self) -> Query:
        """The place that is shown or requested."""
        return self._place or EVERYTHING

    def match(self, photo_id: int) -> Match | None:
        """Why a photo is in the answer; None outside a search."""
        return self._matches.get(photo_id)

    def where(self) -> GalleryState:
        """The state in which the present place is left."""
        if self._ticket and self._left:
            return self._left
        score = self._score() if self._answer and self._answered == self._place else None
        grid = self.grid.where()
        if len(grid.chosen) > MOST_CHOSEN:
            grid = grid._replace(chosen=array("q"))
        return GalleryState(grid, score, self._answer.encoder if self._answer else "")

    def show_place(self, place: Query, left: object = None) -> None:
        """Ask for the photos of a place, to be shown from the beginning or as they were `left`."""
        self._left = left if isinstance(left, GalleryState) else None
        is_first = self._ticket and self._left  # it is to be seen as it was left, and nothing has been seen yet
        self._ask(place, again=place == self._place and not is_first)

    def refresh(self) -> None:
        """Ask again, since photos came or went; what is in view stays where it is."""
        if self._ticket:  # what is under way is shown first: cancelled each time, it might never be
            self._is_stale = True
        elif self._place is not None:
            self._ask(self._place, again=True)

    def verify(self, is_wanted: bool) -> None:
        """Compare the first answers of this and later searches with the query by their details, or no longer."""
        if is_wanted != self._verifies:
            self._verifies = is_wanted
            if self.place.photos:
                self._ask(self.place, again=True)

    def _catch_up(self) -> None:
        """Ask again if photos came or went meanwhile."""
        if self._is_stale and self._place is not None:
            self._ask(self._place, again=True)

    def restore(self, kept: QSettings) -> None:
        """Take up the size and the orders of the last time."""
        with suppress(ValueError):  # the file was damaged
            self._size.setValue(min(int(str(kept.value("grid/size", USUAL))), LARGEST))
        order = str(kept.value("grid/order", "newest"))
        if order in dict(_orders()):
            self._order_of_list = order  # type: ignore[assignment]

    def save(self, kept: QSettings) -> None:
        """Remember them."""
        kept.setValue("grid/size", self._size.value())
        kept.setValue("grid/order", self._order_of_list)

    def _controls(self) -> QWidget:
        self._bar = QWidget()
        self._bar.setProperty("controls", True)
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # see _show_controls
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._looser)
        row.addWidget(self.strictness, 100)
        row.addWidget(self._stricter)
        row.addWidget(self._count)
        row.addWidget(self._chosen)
        row.addStretch(1)
        row.addWidget(self._order)
        row.addSpacing(6)
        row.addWidget(self._size, 60)
        for slider, least, most in ((self.strictness, 60, 200), (self._size, 60, 120)):
            slider.setMinimumWidth(least)
            slider.setMaximumWidth(most)
        return self._bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_controls()

    def _show_controls(self) -> None:
        """Show what can be set here, but for what there is no room and what keys or the mouse do, too."""
        has_matches = bool(self._answer and self._answer.matches)
        for widget in (self._looser, self.strictness, self._stricter):
            widget.setVisible(has_matches)
        self._size.show()
        for dispensable in ((self._looser, self._stricter), (self._size,)):
            if self._bar.minimumSizeHint().width() > self.width():
                for widget in dispensable:
                    widget.hide()

    def _ask(self, place: Query, again: bool) -> None:
        if self._ticket:
            self._ticket.cancel()
        if place.photos and not (again and self._answer):
            self._count.setText(tr("Searching …"))
        order, order_of_answer = self._order_of_list, self._order_of_answer
        verifies = self._verifies

        def search() -> tuple[Answer, Mapping[int, Photo]]:
            asked = replace(place, min_score=-1.0, limit=NEAREST, verify=verifies)
            encoder = self._library.bundle.id
            matches = self._library.similar(asked)
            photos = self._library.photos.get([m.photo_id for m in matches]) if order_of_answer else {}
            return Answer(matches, first_threshold(matches, self._library.threshold(asked)), encoder), photos

        self._place, self._is_stale = place, False
        if place.photos:
            self._ticket = self._jobs.ask(
                search, lambda found: self._show_answer(*found, again), lambda error: self._fail(error, again)
            )
        else:
            self._ticket = self._jobs.ask(
                lambda: self._library.photos.listing(order, place.only),
                lambda listing: self._show_listing(listing, again),
            )

    def _fail(self, error: Exception, again: bool) -> None:
        self._ticket = None
        if again and self._answered == self._place:  # what was found stays, though its photo has gone meanwhile
            self._cut()
            self._catch_up()
            return
        self._count.setText("")
        self.failed.emit(error)

    def _show_listing(self, listing: Listing, again: bool) -> None:
        self._ticket, self._answer, self._answered = None, None, None
        self._offer_orders(is_search=False)
        self._count.setMinimumWidth(0)
        self._count.setText(tr("%Ln photos", "", len(listing.ids)) if listing.ids else "")
        self._put(listing, None, again)
        self._catch_up()

    def _show_answer(self, answer: Answer, photos: Mapping[int, Photo], again: bool) -> None:
        is_known = self._answered == self._place and self._answer and self._answer.encoder == answer.encoder
        keep_score = self._score() if is_known else None  # scores of another encoder mean something else
        if self._left and self._left.encoder == answer.encoder:
            keep_score = self._left.score
        self._ticket, self._answer, self._answered, self._photos = None, answer, self._place, photos
        self._offer_orders(is_search=True)
        score = answer.threshold if keep_score is None else keep_score
        span = 1 - answer.loosest
        self.strictness.blockSignals(True)
        self.strictness.setValue(round((score - answer.loosest) / span * STEPS) if span > 0 else 0)
        self.strictness.blockSignals(False)
        self._show_cut(score, again)
        self._catch_up()

    def _tell_selection(self, count: int) -> None:
        self._chosen.setText(tr("%Ln selected", "photos", count))
        self._chosen.setVisible(count > 1)
        self._show_controls()

    def _cut(self) -> None:
        self._show_cut(self._score(), again=True)

    def _show_cut(self, score: float, again: bool) -> None:
        if self._answer is None:
            return
        matches = self._answer.above(score)
        total = len(self._answer.matches) if self.place.only != Filter() else max(self.total, len(matches))
        text = tr("{shown} of {total}")
        longest = text.format(shown=number(total), total=number(total))
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance(longest))  # or the slider would move
        self._count.setText(text.format(shown=number(len(matches)), total=number(total)))
        self._put(arrange(matches, self._photos, self._order_of_answer), {m.photo_id: m for m in matches}, again)

    def _score(self) -> float:
        """The score at which the slider stands."""
        loosest = self._answer.loosest if self._answer else 0.0
        return loosest + (1 - loosest) * self.strictness.value() / STEPS

    def _put(self, listing: Listing, matches: Mapping[int, Match] | None, again: bool) -> None:
        self._matches = matches or {}
        self._show_controls()
        if again:
            self.grid.show_again(listing, matches)
        else:
            self.grid.show_listing(listing, matches, self._left.grid if self._left else None)
        self._left = None
        if listing.ids:
            self._pages.setCurrentWidget(self.grid)
            if not self._is_seen:
                QTimer.singleShot(LONGEST_WAIT_MS, self._tell_seen)
        else:
            self._explain_emptiness()
            self._pages.setCurrentWidget(self._empty)
            self._tell_seen()
        self.shown.emit()

    def _look_for_first(self, photo_ids: Iterable[int]) -> None:
        if not self._is_seen and any(self._loader.pixmap(photo_id) for photo_id in photo_ids):
            self._tell_seen()

    def _tell_seen(self) -> None:
        if not self._is_seen:
            self._is_seen = True
            self.seen.emit()

    def _explain_emptiness(self) -> None:
        place = self.place
        filtered = place.only != Filter(place.only.folder)
        if place.photos and self._answer and self._answer.matches:
            self._empty.say(
                "similar", tr("Nothing looks this much alike"),
                tr("Slide towards “looser” to see what comes nearest."), tr("Show what comes nearest"),
            )  # fmt: skip
        elif filtered:
            self._empty.say("filter", tr("No photo passes these filters"), "", tr("Clear the filters"))
        elif self.indexing:
            self._empty.say("photos", tr("Photos appear here as they are found"), tr("You can search meanwhile."))
        elif place.photos:
            self._empty.say("similar", tr("There is nothing to compare with yet"), tr("Add a folder of photos first."))
        else:
            self._empty.say(
                "photos", tr("There are no photos here"), tr("New photos in this folder appear by themselves.")
            )

    def _help(self) -> None:
        if self._answer and self._answer.matches:
            self.strictness.setValue(0)
        else:
            place = self.place
            self.place_wanted.emit(Query(place.photos, place.without, place.region, expand=place.expand))

    def _offer_orders(self, is_search: bool) -> None:
        """Fill the box of orders; an answer can be sorted by likeness, too."""
        self._order.clear()
        if is_search:
            self._order.addItem(tr("Most alike first"), None)
        for order, words in _orders():
            self._order.addItem(words, order)
        self._order.setCurrentIndex(self._order.findData(self._order_of_answer if is_search else self._order_of_list))

    def _sort(self) -> None:
        order = self._order.currentData()
        if self.place.photos:
            self._order_of_answer = order
        else:
            self._order_of_list = order
        if self._place is not None:
            self._ask(self._place, again=False)


def _orders() -> list[tuple[str, str]]:
    return [
        ("newest", tr("Newest first")),
        ("oldest", tr("Oldest first")),
        ("name", tr("By name")),
        ("largest", tr("Largest files first")),
        ("smallest", tr("Smallest files first")),
    ]


def _slider(most: int, tip: str, least: int = 0) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(least, most)
    slider.setToolTip(tip)
    slider.setAccessibleName(tip)
    return slider


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("secondary", True)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return label
