"""The page of suggestions: photos that probably carry a label, to be confirmed or refused by key."""

from array import array
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from photosearch.errors import QueryError
from photosearch.gui.grid.grid_view import GridView
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import ElidedLabel, make_button
from photosearch.gui.style.icons import icon
from photosearch.gui.style.page_keys import PageKey, make_shortcuts
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.waiting_page import WaitingPage
from photosearch.gui.style.words import number, percent, tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.undo import Undo
from photosearch.library import Library
from photosearch.library.learning.suggestions import Check, Suggestions
from photosearch.models import Listing, Photo, Section, Suggestion

BANDS = (0.9, 0.5, 0.1)  # probabilities from which on photos stand under one heading


class SuggestionsPage(QWidget):
    """Tells how far suggestions can be trusted before any is taken; what is decided leaves the page at once."""

    current_changed = Signal(object)  # Photo or None
    labelled = Signal()

    def __init__(self, library: Library, jobs: Jobs, undo: Undo) -> None:
        super().__init__()
        self._library, self._jobs, self._undo = library, jobs, undo
        undo.serve("suggestions", self)
        self._ticket: Ticket | None = None
        self._found: dict[int, float] = {}  # photos, the most probable first, that are not decided
        self.label = ""
        self.grid = GridView(library, jobs, ThumbnailLoader(library, jobs, self))
        self.grid.current_changed.connect(self._tell_current)
        self._build()

    def _build(self) -> None:
        self._title, self._told = ElidedLabel(), QLabel()
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._told.setWordWrap(True)
        self._told.setProperty("secondary", True)
        yes = QPushButton(icon("check"), tr("Y  It carries it"))
        yes.clicked.connect(lambda: self.decide(True))
        no = QPushButton(icon("close"), tr("N  It does not"))
        no.clicked.connect(lambda: self.decide(False))
        for button in (yes, no):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = (yes, no)
        make_shortcuts(self, self.keys())
        self._empty = EmptyPage(self.look)
        words = {"reading descriptors": tr("Reading what is known of the photos …")}
        self._waiting = WaitingPage(words, tr("Looking for photos to suggest …"))
        self._waiting.stop_wanted.connect(lambda: self._ticket.cancel() if self._ticket else None)
        self._pages = QStackedLayout()
        for page in (self._waiting, self._empty, self.grid):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 12, 0)
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        for widget in (yes, no, make_button("refresh", tr("Look again, with what was decided"), self.look)):
            top.addWidget(widget)
        told = QHBoxLayout()
        told.setContentsMargins(16, 4, 16, 4)
        told.addWidget(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(told)
        column.addLayout(self._pages, 1)
        self.setFocusProxy(self.grid)

    @property
    def title(self) -> str:
        return tr("Suggestions for “{label}”").format(label=self.label)

    def open(self, left: object = None) -> None:
        """Suggest photos for the label, or the one that was `left`."""
        if isinstance(left, str):
            self.label = left
        self.look()

    def where(self) -> str:
        """The label."""
        return self.label

    def look(self) -> None:
        """Look for suggestions, by what is labelled now."""
        if self._ticket:
            self._ticket.cancel()
        label = self.label
        self._title.setText(self.title)
        self._told.clear()
        self._waiting.show_progress(None)
        self._show_page(self._waiting)
        ticket = Ticket()

        def done(found: Suggestions | None) -> None:
            if ticket is self._ticket:
                self._ticket = None
                self._take(found) if found else self._say_stopped()

        def fail(error: Exception) -> None:
            if ticket is self._ticket:
                self._ticket = None
                self._explain(error)

        find = self._library.suggestions.find
        ticket = self._jobs.run(lambda: find(label), self._waiting.show_progress, done, fail, beside=True)
        self._ticket = ticket

    def keys(self) -> list[PageKey]:
        """Those that it answers, but for those of the photos."""
        return [
            PageKey((Qt.Key.Key_Y,), tr("It carries the label"), partial(self.decide, True)),
            PageKey((Qt.Key.Key_N,), tr("It does not"), partial(self.decide, False)),
        ]

    def decide(self, carries: bool) -> None:
        """The selected photos, or else the current one, carry the label, or do not."""
        photos, label, labels = self.grid.selected_ids() or [self.grid.current_id()], self.label, self._library.labels
        photos = [photo for photo in photos if photo in self._found]
        if not photos:
            return
        taken = {photo: self._found[photo] for photo in photos}
        self._show({photo: probable for photo, probable in self._found.items() if photo not in taken})
        self._write((lambda: labels.add(label, photos)) if carries else (lambda: labels.refuse(label, photos)))
        told = (
            tr("%Ln photos carry the label “{label}” now.", "", len(photos))
            if carries
            else tr("%Ln photos do not carry the label “{label}”.", "", len(photos))
        )

        def back(me: SuggestionsPage) -> None:
            if me.label == label:
                both = {**me._found, **taken}
                me._show(dict(sorted(both.items(), key=lambda item: -item[1])))
                me.grid.select(photos[0])
            me._write(
                (lambda: labels.remove(label, photos)) if carries else (lambda: labels.refuse(label, photos, False))
            )

        self._undo.push(told.format(label=label), self, back)

    def _write(self, change: Callable[[], object]) -> None:
        self._jobs.write(change, lambda _: self.labelled.emit())

    # What is shown

    def _take(self, found: Suggestions) -> None:
        self.label = found.label
        self._title.setText(self.title)
        self._told.setText(in_words(found.check))
        self._found = {}
        self._show(dict(zip(found.photos.tolist(), found.probabilities.tolist(), strict=True)))

    def _show(self, found: dict[int, float]) -> None:
        row = max(self.grid.currentIndex().row(), 0) if self._found else 0
        is_first = not self._found
        self._found = found
        matches = {photo: Suggestion(photo, probable) for photo, probable in found.items()}
        (self.grid.show_listing if is_first else self.grid.show_again)(listing_of(found), matches)
        if not found:
            self._empty.say("check", tr("No other photo probably carries this label"), "", tr("Look again"))
        self._show_page(self.grid if found else self._empty)
        if found:
            self.grid.select(self.grid.photos.ids[min(row, len(found) - 1)])
            self.grid.setFocus()

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        for button in self._buttons:
            button.setVisible(page is self.grid)

    def _say_stopped(self) -> None:
        self._empty.say("label", tr("The search for suggestions was stopped"), "", tr("Look again"))
        self._show_page(self._empty)

    def _explain(self, error: Exception) -> None:
        if isinstance(error, QueryError):  # it says what is to be done
            self._empty.say("label", sentence(error.sentence), tr("L labels the selected photos."), tr("Look again"))
            self._show_page(self._empty)
        else:
            self._say_stopped()
            self._jobs.tell(error)

    def _tell_current(self, photo_id: int) -> None:
        def tell(photos: dict[int, Photo]) -> None:
            if photo_id == self.grid.current_id():
                self.current_changed.emit(photos.get(photo_id))

        self._jobs.ask(lambda: self._library.photos.get([photo_id]), tell)


def listing_of(found: Mapping[int, float]) -> Listing:
    """Photos, the most probable first, under headings that say how probable they are."""
    sections: list[Section] = []
    done = 0
    for place, least in enumerate(BANDS):
        count = sum(probable >= least for probable in found.values()) - done
        title = tr("{percent} to {most}") if place else tr("{percent} or more")
        most = percent(BANDS[place - 1]) if place else ""
        sections += [Section(title.format(percent=percent(least), most=most), count)] if count else []
        done += count
    return Listing(array("q", found), tuple(sections))


def in_words(check: Check) -> str:
    """How far suggestions can be trusted, by the labels that were given."""
    told = tr(
        "Checked on your labels: of %Ln photos that carry it, each looked at as if it did not, {found} would be"
        " suggested with 50 % or more.",
        "",
        check.carriers,
    ).format(found=number(check.found))
    if check.others:
        told += " " + tr("Of %Ln photos with other labels only, {wrong} would be.", "", check.others).format(
            wrong=number(check.wrong)
        )
    return told
