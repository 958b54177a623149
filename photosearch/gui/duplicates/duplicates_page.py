"""The page of duplicates: tiers as tabs, groups to decide of, and what is to go so far."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.duplicates.choice_bar import ChoiceBar, LookBar, OutdatedButton, words_of_duplicates
from photosearch.gui.duplicates.deciding import Deciding
from photosearch.gui.duplicates.group_actions import GroupAction, offers
from photosearch.gui.duplicates.group_delegate import GroupPainter
from photosearch.gui.duplicates.group_view import GroupView
from photosearch.gui.duplicates.no_groups import NoGroups
from photosearch.gui.duplicates.review import Loss, Order, Review, all_losses, in_place
from photosearch.gui.duplicates.scope_bar import ScopeBar
from photosearch.gui.duplicates.search_run import Looking, Scope
from photosearch.gui.duplicates.tier_tabs import TierTabs
from photosearch.gui.duplicates.undo_button import UndoButton
from photosearch.gui.grid.group_layout import Place
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.captions import make_button
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.undo import Undo
from photosearch.library import Library
from photosearch.models import TIERS, Duplicates, Filter, Group, Listing, Mark, Photo, Progress, Tier

MANY = 2_000  # groups, of which sums are told a moment after a decision
TELL_MS = 150


class Left(NamedTuple):
    """The state in which the page was left."""

    tier: Tier
    photo_id: int  # the current one, or -1
    scrolled: int  # px


class DuplicatesPage(QWidget):
    """Finds the groups when it is first looked at, and again when the library has changed and the person asks."""

    current_changed = Signal(object)  # Photo or None
    compare_wanted = Signal()  # the current group, side by side
    clearing_wanted = Signal(list)  # of Loss: to be reviewed
    undo_wanted = Signal(int)  # act id
    rules_wanted = Signal()
    list_wanted = Signal()  # of decisions
    moved_on = Signal()  # something was decided, and perhaps another photo is the current one
    said = Signal(str)  # a sentence for the person

    def __init__(self, library: Library, jobs: Jobs, undo: Undo) -> None:
        super().__init__()
        self._library, self._jobs, self._undoing = library, jobs, undo
        self._looking = Looking(library, jobs, self)
        self._looking.progressed.connect(self.show_progress)
        self._looking.stopped.connect(self._end)
        self._looking.found.connect(self._take)
        self._looking.identical_found.connect(self._take_identical)
        self._looking.failed.connect(self._fail)
        self._under_way = ""  # what is shown in place of the groups until there are any
        self._is_sorted = False  # the order is to be as it is found, once
        self._is_opening = True  # the tab to open is still to be told
        loader = ThumbnailLoader(library, jobs, self)
        self.view = GroupView(loader, GroupPainter(loader), tr("Groups of duplicates"), offers)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self.compare)
        self.deciding = Deciding(library, jobs, self.view, undo, loader)
        undo.serve("duplicates", self.deciding)
        self.view.decided.connect(self.decide)
        self.deciding.changed.connect(self._tell_decision)
        self.deciding.cut.connect(self._show_tier)
        self.deciding.restored.connect(self._restore)
        self.deciding.outdated.connect(self._look_anew)
        self.deciding.said.connect(self.said)
        self.deciding.hidden.connect(self._widen)
        self._telling = QTimer(self, interval=TELL_MS, singleShot=True)
        self._telling.timeout.connect(self._tell_choice)
        self._build()
        self._explain()
        self._tell_choice()

    def _build(self) -> None:
        self._tabs = TierTabs()
        self._tabs.currentChanged.connect(lambda: self._open_tier())
        self._empty = NoGroups()
        self._empty.look_wanted.connect(self.look)
        self._empty.stop_wanted.connect(self._looking.stop)
        self._empty.all_wanted.connect(lambda: self._narrow(Filter()))
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._outdated = OutdatedButton(self.view)
        self._outdated.clicked.connect(self.look)
        self._strip = LookBar()
        self._strip.stop_wanted.connect(self._looking.stop)
        self._strip.left.connect(self.view.setFocus)
        self._choice = ChoiceBar(words_of_duplicates())
        self._choice.suggestions_wanted.connect(self.suggest)
        self._choice.nothing_wanted.connect(self.deciding.let_nothing_go)
        self._choice.review_wanted.connect(self.review)
        self._choice.size_wanted.connect(self.view.set_cell_size)
        self.view.cell_size_changed.connect(self._choice.show_size)
        self._scope = ScopeBar(self._library, self._jobs)
        self._scope.scope_wanted.connect(self._look_in)
        self._scope.order_wanted.connect(self._sort)
        self._scope.only_wanted.connect(self._narrow)
        self._scope.rule_wanted.connect(self.deciding.ask_for_rule)
        self._undo = UndoButton(self._undoing)
        self._undo.act_wanted_back.connect(self.undo_wanted)
        decisions = make_button("check", tr("Decisions so far …"), self.list_wanted.emit)
        rules = make_button("sort", tr("What is kept …"), self.rules_wanted.emit)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.addWidget(self._tabs, 1)
        for tool in (self._undo, decisions, rules, make_button("refresh", tr("Look again"), self.look)):
            top.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._scope)
        column.addWidget(self._strip)
        column.addLayout(self._pages, 1)
        column.addWidget(self._choice)
        self.setFocusProxy(self.view)

    # Looking

    @property
    def tier(self) -> Tier:
        """The tier whose tab is open."""
        return self._tabs.tier

    @property
    def busy(self) -> bool:
        """True if it looks for duplicates, writes a decision down, or shows that files are being moved."""
        return self._looking.busy or self.deciding.writing > 0 or bool(self._under_way)

    @property
    def is_visited(self) -> bool:
        """True if there are groups here, or are to be."""
        return bool(self._under_way or self.deciding.reviews)

    @property
    def title(self) -> str:
        return tr("Duplicates")

    def open(self, left: object = None) -> None:
        """Look for duplicates if that has not been done; else show them as they were `left`."""
        if not self.deciding.reviews and not self.busy:
            self.look()
        elif isinstance(left, Left):
            self._tabs.open(left.tier)
            self.look_at(left.photo_id)
            self.view.verticalScrollBar().setValue(left.scrolled)

    def where(self) -> Left:
        """The state in which the page is left."""
        photo = self.view.photo
        return Left(self.tier, photo.photo_id if photo else -1, self.view.verticalScrollBar().value())

    def look(self) -> None:
        """Look for duplicates; what is known already costs little, and what was to go still is."""
        self._is_sorted = True
        self._wait(tr("Looking for duplicates …"), can_stop=True)
        self._begin()

    def note_new_photos(self) -> None:
        """Photos came that the last look, or the one under way, may not have seen."""
        self._looking.is_outdated = True
        if self._pages.currentWidget() is self._empty:
            self._explain()
        self._tell_soon()

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
        is_known, self._is_opening = self.is_visited, True
        self._looking.give_up()
        self.deciding.forget()
        self._wait(text if is_known else "")
        self._tell_choice()

    def show_progress(self, progress: Progress) -> None:
        """The progress of the work that the page waits for."""
        self._strip.show_progress(progress)
        if self._under_way:
            self._empty.wait(self._under_way, progress, self._looking.busy)

    def _wait(self, text: str, can_stop: bool = False) -> None:
        self._under_way = text
        self._empty.wait(text, None, can_stop)
        self._pages.setCurrentWidget(self._empty)

    def _begin(self) -> None:
        """Start a look in place of the one before."""
        self._looking.begin(is_first=not self.deciding.reviews)
        self._strip.begin()
        self._tell_choice()

    def _look_anew(self, in_any_case: bool) -> None:
        """A look that is under way does not know of what was decided."""
        if in_any_case or self._looking.busy:
            self._is_sorted = False
            self._begin()

    def _look_in(self, scope: Scope) -> None:
        """Look among other photos."""
        self._looking.scope = scope
        self.look_afresh()

    def _narrow(self, only: Filter) -> None:
        """Show only groups with a photo that a filter lets through."""
        self._scope.show_only(only)

        def narrow(listing: Listing | None) -> None:
            if only == self._scope.only:
                current = self.view.photo
                self.deciding.narrow(None if listing is None else frozenset(listing.ids))
                self._show_tier(self.view.row, current)

        if only == Filter():
            narrow(None)
        else:
            self._jobs.ask(lambda: self._library.photos.listing("smallest", only), narrow)

    def _widen(self) -> None:
        """Show all groups: what is undone is in one that is not shown."""
        self._scope.show_only(Filter())
        self.deciding.narrow(None)

    def _sort(self, order: Order) -> None:
        """Put the groups into another order, as the person asked for."""
        self.deciding.order = order
        current = self.view.photo
        for review in self.deciding.reviews.values():
            review.sort(order)
        self._show_tier(self.view.row, current)

    def _end(self) -> None:
        """It was stopped: what was found before stays to be decided of."""
        self._under_way = ""
        self._jobs.ask(self._library.history, self._undo.show_acts)
        self._show_tier(self.view.row)

    def _take_identical(self, found: Duplicates, marks: dict[int, Mark]) -> None:
        if not self.deciding.reviews and found.groups:
            self._take(found, marks, is_whole=False)

    def _take(self, found: Duplicates, marks: dict[int, Mark], is_whole: bool = True) -> None:
        """Show groups, and go on where the person was: what was to go still is, and no group moves unasked."""
        current, before = self.view.photo, self.deciding.reviews
        groups: dict[Tier, Sequence[Group]] = {tier: found.of(tier) for tier in TIERS}
        if before and not (self._is_sorted and not self._looking.busy):
            groups = {tier: in_place(groups[tier], review.all_groups) for tier, review in before.items()}
        if not before:
            self.deciding.marks = marks
        self.deciding.show(groups)
        is_asked = not before or (self._is_sorted and not self._looking.busy)
        if is_asked and self._scope.order != "bytes":  # in which they come
            for review in self.deciding.reviews.values():
                review.sort(self._scope.order)
        if not self._looking.busy:
            self._is_sorted = False
            self._jobs.ask(self._library.history, self._undo.show_acts)
            if self._scope.only != Filter():  # which may let photos through that are new
                self._narrow(self._scope.only)
        self._under_way = ""
        if self._is_opening and is_whole:
            self._tabs.leave_empty(self.deciding.reviews)
            self._is_opening = False
        self._show_tier(self.view.row, current)

    def _fail(self, error: Exception) -> None:
        self.leave_alone("")
        self._show_tier()
        self._jobs.tell(error)

    # What is shown

    def _show_tier(self, row: int = 0, current: Photo | None = None) -> None:
        """Show the groups of the open tab, from the one of the current photo on, or else from `row`."""
        self.deciding.tier = self.tier
        review = self.deciding.reviews.get(self.tier, Review(()))
        if self._under_way or not review.groups:
            self.view.show_review(Review(()))
            self._explain()
        else:
            is_new = self._pages.currentWidget() is not self.view
            self.view.show_review(review, row, current.photo_id if current else -1)
            self._pages.setCurrentWidget(self.view)
            if is_new:
                self._focus_view()
        self._tell_soon()

    def _open_tier(self) -> None:
        self._show_tier()
        if self._pages.currentWidget() is self.view:
            self._focus_view()

    def _focus_view(self) -> None:
        if not isinstance(QApplication.focusWidget(), QLineEdit | QTreeWidget):  # who types or walks elsewhere goes on
            self.view.setFocus()

    def _explain(self) -> None:
        self._pages.setCurrentWidget(self._empty)
        if not self._under_way:
            self._empty.explain(self.deciding.reviews.get(self.tier), self._looking)

    def _tell_soon(self) -> None:
        """Tell sums, at once where they cost nothing that is felt."""
        if sum(len(review.groups) for review in self.deciding.reviews.values()) < MANY:
            self._tell_choice()
        else:
            self._telling.start()

    def _tell_choice(self) -> None:
        if self.deciding.reviews:
            self._tabs.show_counts(self.deciding.reviews)
        review = self.deciding.reviews.get(self.tier, Review(()))
        is_known = not self._looking.busy or self._looking.has_told  # else it may tell that a photo must stay
        self._choice.tell(self.losses(), review, self.tier, is_known)
        self._strip.setVisible(self._looking.busy and not self._under_way)
        self._outdated.setVisible(self._looking.is_outdated and not self._looking.busy)
        self.view.show_checking(self._looking.busy)

    # Deciding

    def losses(self) -> list[Loss]:
        """Everything that is to go, of all tiers."""
        return all_losses(self.deciding.reviews.values())

    def decide(self, action: GroupAction) -> None:
        """Decide of the current photo or its group, and go on."""
        self.deciding.do(action)
        self.moved_on.emit()

    def look_at(self, photo_id: int) -> None:
        """Make a photo the current one: that of the current group, or else of the first one that it is in."""
        row = self.view.row
        if photo_id not in self.view.review.ids(row):
            row = self.view.review.row_of(photo_id)
        if row >= 0:
            self.view.go_to(Place(row, self.view.review.ids(row).index(photo_id)))

    def go(self, by: int) -> None:
        """Go to the next group, or the one before, without deciding."""
        row = self.view.row + by
        if 0 <= row < len(self.view.review.groups):
            self.view.go_to(Place(row, 0))
            self.moved_on.emit()

    def suggest(self) -> None:
        """Let the photos of the open tier go whose removal is proposed."""
        self.deciding.take_all()

    def review(self) -> None:
        """Ask for the review of everything that is to go."""
        self.clearing_wanted.emit(self.losses())

    def compare(self) -> None:
        """Ask for the current group to be compared."""
        self.compare_wanted.emit()

    def _tell_decision(self, text: str) -> None:
        self.view.announce(text)
        self._tell_soon()

    def _restore(self, tier: Tier, photo_id: int) -> None:
        """Show where something was undone."""
        if not self.deciding.reviews:
            return
        self._tabs.open(tier)
        self._show_tier(self.view.row)
        self.look_at(photo_id)
        self.moved_on.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._tabs.answer(event):
            super().keyPressEvent(event)
