"""The page Bursts: shots in a row, the best first, to decide of; brackets and panoramas apart, which all stay."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QToolButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from photosearch.find.bursts import Burst
from photosearch.gui.bursts.burst_painter import BurstPainter, count_in_words, kind_of
from photosearch.gui.bursts.burst_search import BurstSearch
from photosearch.gui.duplicates.choice_bar import ChoiceBar, ChoiceWords
from photosearch.gui.duplicates.deciding import Deciding
from photosearch.gui.duplicates.group_actions import GroupAction, offers_of_bursts
from photosearch.gui.duplicates.group_view import GroupView
from photosearch.gui.duplicates.review import Change, Loss, Review, in_place
from photosearch.gui.duplicates.undo_button import UndoButton
from photosearch.gui.grid.group_layout import Place
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import ElidedLabel, make_button
from photosearch.gui.style.start_page import EmptyPage
from photosearch.gui.style.waiting_page import WaitingPage
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs, Ticket
from photosearch.gui.work.status_bar import PARTS, in_words
from photosearch.gui.work.undo import Undo
from photosearch.library import Library
from photosearch.library.bursts import KINDS, BurstGroup
from photosearch.models import TIERS, Group, Mark, Photo, Progress, Tier

TIER: Tier = "similar"  # of all groups here: other shots of what the kept one shows


class Left(NamedTuple):
    """The state in which the page was left."""

    photo_id: int  # the current one, or -1
    scrolled: int  # px


class Known(NamedTuple):
    """Groups of so many bursts, and the photos that are to go, by id; how many photos there are."""

    bursts: int
    groups: Sequence[BurstGroup]
    marks: dict[int, Mark]
    photos: int


class BurstsPage(QWidget):
    """Looks for bursts whenever it is opened, and shows what is known meanwhile."""

    current_changed = Signal(object)  # Photo or None
    compare_wanted = Signal()  # the current group, side by side
    clearing_wanted = Signal(list)  # of Loss: to be reviewed
    undo_wanted = Signal(int)  # act id
    rules_wanted = Signal()
    list_wanted = Signal()  # of decisions
    moved_on = Signal()  # something was decided, and perhaps another photo is the current one
    said = Signal(str)  # a sentence for the person
    update_wanted = Signal()

    def __init__(self, library: Library, jobs: Jobs, undo: Undo, search: BurstSearch, stack: QAction) -> None:
        """`stack` turns the stacks in all grids on and off."""
        super().__init__()
        self._library, self._jobs, self._search = library, jobs, search
        self.is_visited = False
        self._question: Ticket | None = None  # for the groups of what was found last
        self._decided = 0  # decisions made here: a question for marks that one overtook is not believed
        loader = ThumbnailLoader(library, jobs, self)
        self.view = GroupView(loader, BurstPainter(loader), tr("Bursts"), offers_of_bursts)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self.compare)
        self.view.decided.connect(self.decide)
        self.deciding = Deciding(library, jobs, self.view, undo, loader)
        undo.serve("bursts", self.deciding)
        self.deciding.tier = TIER
        self.deciding.changed.connect(self._tell_decision)
        self.deciding.cut.connect(self._show)
        self.deciding.restored.connect(lambda _, photo_id: self._restore(photo_id))
        self.deciding.outdated.connect(lambda in_any_case: self._search.look() if in_any_case else None)
        self.deciding.said.connect(self.said)
        self._build(undo, stack)
        search.progressed.connect(self._waiting.show_progress)
        search.found.connect(self._ask)
        search.stopped.connect(self._say_stopped)
        search.failed.connect(self._fail)
        self._tell_choice()

    def _build(self, undo: Undo, stack: QAction) -> None:
        self._empty = EmptyPage(self.look)
        words = {"finding bursts": tr("Looking at photos that were taken in a row …")}
        self._waiting = WaitingPage(words, tr("Looking for bursts …"))
        self._waiting.stop_wanted.connect(self._search.stop)
        self._pages = QStackedLayout()
        for page in (self._waiting, self._empty, self.view):
            self._pages.addWidget(page)
        self._choice = ChoiceBar(_words())
        self._choice.suggestions_wanted.connect(self.keep_best)
        self._choice.nothing_wanted.connect(self.deciding.let_nothing_go)
        self._choice.review_wanted.connect(self.review)
        self._choice.size_wanted.connect(self.view.set_cell_size)
        self.view.cell_size_changed.connect(self._choice.show_size)
        self._count = ElidedLabel()
        self._undo = UndoButton(undo)
        self._undo.act_wanted_back.connect(self.undo_wanted)
        decisions = make_button("check", tr("Decisions so far …"), self.list_wanted.emit)
        again = make_button("refresh", tr("Look again"), self.look)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 12, 0)
        top.addWidget(self._count, 1)
        stacked = QToolButton()
        stacked.setDefaultAction(stack)
        stacked.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for tool in (stacked, self._undo, decisions, again):
            top.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._pages, 1)
        column.addWidget(self._choice)
        self.setFocusProxy(self.view)

    # Looking

    @property
    def title(self) -> str:
        return tr("Bursts")

    def open(self, left: object = None) -> None:
        """The person came here: show what is known, as it was `left`, and look for what is new."""
        self.is_visited = True
        if self.deciding.reviews and isinstance(left, Left):
            self.look_at(left.photo_id)
            self.view.verticalScrollBar().setValue(left.scrolled)
        self.look()

    def where(self) -> Left:
        """The state in which the page is left."""
        photo = self.view.photo
        return Left(photo.photo_id if photo else -1, self.view.verticalScrollBar().value())

    def look(self) -> None:
        """Look for bursts; what is shown stays until then."""
        if not self.deciding.reviews:
            self._waiting.show_progress(None)
            self._pages.setCurrentWidget(self._waiting)
        self._search.look()

    def look_again(self) -> None:
        """Files may have gone or come back: look, if the person ever came here."""
        if self.is_visited:
            self.look()

    def look_afresh(self) -> None:
        """Look, and take what is to go as it is written down now."""
        self.leave_alone("")
        self.look()

    def leave_alone(self, text: str) -> None:
        """Show nothing to decide of until the next look; `told` says what is under way meanwhile, if anything."""
        self.deciding.forget()
        self.view.show_review(Review(()))
        self._empty.say("bursts", text)
        self._pages.setCurrentWidget(self._empty)
        self._tell_choice()

    def show_progress(self, progress: Progress) -> None:
        """The progress of the work that the page waits for."""
        if not self.deciding.reviews:
            self._empty.say("bursts", in_words(progress))

    def _ask(self, bursts: Sequence[Burst]) -> None:
        """Have what was found made groups; what was found before is not shown any more."""
        if self._question:
            self._question.cancel()
        if self.is_visited:
            made, work = self._decided, partial(_known, self._library, bursts)
            self._question = self._jobs.ask(work, lambda known: self._take(known, made), self._fail)

    def _take(self, known: Known, made: int) -> None:
        """Show groups, and go on where the person was: no group moves unasked."""
        if made != self._decided or self.deciding.writing:  # it does not know of what was decided meanwhile
            self._search.look()
            return
        before, current, row = self.deciding.reviews.get(TIER), self.view.photo, self.view.row
        groups: Sequence[Group] = in_place(known.groups, before.all_groups) if before else known.groups
        self.deciding.marks = known.marks
        shown: dict[Tier, Sequence[Group]] = dict.fromkeys(TIERS, ())
        shown[TIER] = groups
        self.deciding.show(shown)
        self._jobs.ask(self._library.history, self._undo.show_acts)
        self._show(row, current)
        if not known.bursts:
            self._explain(known.photos)

    def _say_stopped(self) -> None:
        if not self.deciding.reviews:
            self._empty.say("bursts", tr("The search for bursts was stopped"), "", tr("Look for bursts"))
            self._empty.help_with = self.look
            self._pages.setCurrentWidget(self._empty)

    def _fail(self, error: Exception) -> None:
        self._say_stopped()
        if self.is_visited:
            self._jobs.tell(error)

    def _explain(self, photos: int) -> None:
        """Say why there is nothing to see."""
        self._empty.help_with = self.update_wanted.emit
        if photos:
            title = tr("No photos were taken in a row")
            hint = tr("Shots of one scene within two seconds appear here, and those that a phone calls a burst.")
        else:
            title, hint = tr("There are no photos yet"), tr("Bursts appear here once photos have been indexed.")
        self._empty.say("bursts", title, hint, tr("Look for new photos"))

    # What is shown

    def _show(self, row: int = 0, current: Photo | None = None) -> None:
        """Show the groups from the one of the current photo on, or else from `row`."""
        review = self._review
        is_new = self._pages.currentWidget() is not self.view
        self.view.show_review(review, row, current.photo_id if current else -1)
        self._pages.setCurrentWidget(self.view if review.groups else self._empty)
        is_elsewhere = isinstance(
            QApplication.focusWidget(), QLineEdit | QTreeWidget
        )  # who types or walks there goes on
        if review.groups and is_new and self.isVisible() and not is_elsewhere:
            self.view.setFocus()
        if not review.groups:
            self._empty.say("check", tr("All bursts are decided"))
        self._tell_choice()

    @property
    def _review(self) -> Review:
        return self.deciding.reviews.get(TIER, Review(()))

    def _tell_choice(self) -> None:
        counts = Counter(kind_of(group) for group in self._review.groups)
        self._count.setText(PARTS.join(count_in_words(kind, counts[kind]) for kind in KINDS if counts[kind]))
        self._choice.tell_losses(self.losses(), "", True)
        self._choice.let_suggest(bool(self._waiting_everywhere()))

    def _tell_decision(self, text: str) -> None:
        self._decided += 1
        self.view.announce(text)
        self._tell_choice()

    def _restore(self, photo_id: int) -> None:
        """Show where something was undone."""
        self._decided += 1
        if self.deciding.reviews:
            self._show(self.view.row, self.view.photo)
            self.look_at(photo_id)
            self.moved_on.emit()

    # Deciding

    def losses(self) -> list[Loss]:
        """Everything that is to go."""
        return list(self._review.losses())

    def decide(self, action: GroupAction) -> None:
        """Decide of the current photo or its burst, and go on."""
        group = self.view.group
        if group is None:
            return
        if action != "keep all" and kind_of(group) != "burst":
            self.said.emit(tr("All photos of an exposure bracket or a panorama stay. A takes it off this list."))
            return
        if action == "not duplicates":
            return
        if action == "take":
            self.look_at(self.view.review.keeper(self.view.row))
            action = "keep only"
        self.deciding.do(action)
        self.moved_on.emit()

    def keep_best(self) -> None:
        """Keep the best of each burst: the rest go, once that is reviewed."""
        if change := self._waiting_everywhere():
            self.deciding.let_go(change, tr("Kept the best of all bursts"))

    def _waiting_everywhere(self) -> Change:
        review = self._review
        return {
            photo_id: Mark(review.keeper(row), True)
            for row in range(len(review.groups))
            for photo_id in review.waiting(row)
        }

    def look_at(self, photo_id: int) -> None:
        """Make a photo the current one."""
        if (row := self.view.review.row_of(photo_id)) >= 0:
            ids = [member.photo.photo_id for member in self.view.review.groups[row].photos]
            self.view.go_to(Place(row, ids.index(photo_id)))

    def go(self, by: int) -> None:
        """Go to the next burst, or the one before, without deciding."""
        row = self.view.row + by
        if 0 <= row < len(self.view.review.groups):
            self.view.go_to(Place(row, 0))
            self.moved_on.emit()

    def review(self) -> None:
        """Ask for the review of everything that is to go."""
        self.clearing_wanted.emit(self.losses())

    def compare(self) -> None:
        """Ask for the current burst to be compared."""
        self.compare_wanted.emit()


def _known(library: Library, bursts: Sequence[Burst]) -> Known:
    return Known(len(bursts), library.bursts.groups(bursts), library.feedback.marks(), library.photos.count().present)


def _words() -> ChoiceWords:
    return ChoiceWords(
        tr("Keep the best of all"),
        tr("Best of all"),
        tr("Keep the best shot of each burst; the rest go, once you have reviewed them"),
        tr("Nothing goes yet. Enter keeps the best of a burst, the rest go."),
    )
