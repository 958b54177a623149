"""The page of duplicates: tiers as tabs, groups to decide of, and what is to go so far."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSlider,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.duplicates.deciding import Deciding
from photosearch.gui.duplicates.deeds import Deed, offers
from photosearch.gui.duplicates.group_delegate import tier_in_words
from photosearch.gui.duplicates.group_layout import Place
from photosearch.gui.duplicates.group_view import LARGEST_CELL, SMALLEST_CELL, GroupView
from photosearch.gui.duplicates.review import Loss, Review, all_losses, in_place
from photosearch.gui.duplicates.search_run import Looking
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.settings.shortcuts import native
from photosearch.gui.shell.start_page import EmptyPage
from photosearch.gui.shell.status_bar import PARTS, in_words
from photosearch.gui.style.captions import ElidedLabel, make_button
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import moment, number, size, tr
from photosearch.gui.viewer.compare_case import case_of
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.undo import Undo
from photosearch.library import Library
from photosearch.models import TIERS, Duplicates, Group, Mark, Photo, Progress, Tier
from photosearch.store.tables.journal import Act

MANY = 2_000  # groups, of which sums are told a moment after a decision
TELL_MS = 150


class DuplicatesPage(QWidget):
    """Finds the groups when it is first looked at, and again when the library has changed and the person asks."""

    current_changed = Signal(object)  # Photo or None
    compare_wanted = Signal(object)  # Case
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
        self.view = GroupView(ThumbnailLoader(library, jobs, self))
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self.compare)
        self.view.context_menu.connect(self._open_menu)
        self.deciding = Deciding(library, jobs, self.view, undo)
        self.view.decided.connect(self.decide)
        self.deciding.changed.connect(self._tell_decision)
        self.deciding.cut.connect(self._show_tier)
        self.deciding.restored.connect(self._restore)
        self.deciding.outdated.connect(self._look_anew)
        self.deciding.said.connect(self.said)
        self._telling = QTimer(self, interval=TELL_MS, singleShot=True)
        self._telling.timeout.connect(self._tell_choice)
        self._act: Act | None = None  # the last that can be undone
        self._build()
        undo.changed.connect(self._show_undo)
        self._offer_undo([])
        self._explain()
        self._tell_choice()

    # Building

    def _build(self) -> None:
        self._tabs = self._make_tabs()
        self._empty = EmptyPage()
        self._empty.action_wanted.connect(lambda: self._looking.stop() if self._looking.busy else self.look())
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._progress, self._bar = ElidedLabel(), QProgressBar()
        self._strip = self._make_strip()
        self._undo = make_button("undo", "", self._press_undo)
        decisions = make_button("resume", tr("Decisions so far …"), self.list_wanted.emit)
        rules = make_button("sort", tr("What is kept …"), self.rules_wanted.emit)
        again = make_button("refresh", tr("Look again"), self.look)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.addWidget(self._tabs, 1)
        for tool in (self._undo, decisions, rules, again):
            top.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._strip)
        column.addLayout(self._pages, 1)
        column.addWidget(self._make_bottom())
        self.setFocusProxy(self.view)

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setAccessibleName(tr("Kinds of duplicates"))
        for tier in TIERS:
            tabs.addTab(tier_in_words(tier))
        tabs.currentChanged.connect(lambda: self._open_tier())
        return tabs

    def _make_strip(self) -> QWidget:
        """How far the look is, above the groups that are known so far."""
        strip = QWidget()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(tr("Progress of looking"))
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 6, 12, 0)
        row.addWidget(self._progress, 1)
        row.addWidget(self._bar)
        row.addWidget(_button("stop", tr("Stop"), self._looking.stop))
        return strip

    def _make_bottom(self) -> QWidget:
        self._told = ElidedLabel()
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setRange(SMALLEST_CELL, LARGEST_CELL)
        self._size.setValue(self.view.cell_size)
        self._size.setFixedWidth(90)
        self._size.setToolTip(tr("Size of the thumbnails"))
        self._size.setAccessibleName(tr("Size of the thumbnails"))
        self._size.valueChanged.connect(self.view.set_cell_size)
        self.view.cell_size_changed.connect(self._size.setValue)
        self._suggest = _button("check", tr("Take the suggestions"), self.suggest)
        self._suggest.setToolTip(
            tr("Let those photos go of which the kept one shows everything, at least as well; the others stay")
        )
        self._clear = make_button("close", tr("Let nothing go"), self.deciding.let_nothing_go)
        self._review = _button("remove", tr("Review …"), self.review)
        self._review.setToolTip(tr("See every file that goes before anything happens"))
        bottom = QWidget()
        bottom.setProperty("controls", True)
        row = QHBoxLayout(bottom)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._told, 1)
        for widget in (self._size, self._suggest, self._clear, self._review):
            row.addWidget(widget)
        return bottom

    # Looking

    @property
    def tier(self) -> Tier:
        """The tier whose tab is open."""
        return TIERS[self._tabs.currentIndex()]

    @property
    def busy(self) -> bool:
        """Whether it looks for duplicates, writes a decision down, or shows that files are being moved."""
        return self._looking.busy or self.deciding.writing > 0 or bool(self._under_way)

    def open(self) -> None:
        """The person came here: look for duplicates if that has not been done."""
        if not self.deciding.reviews and not self.busy:
            self.look()

    def look(self) -> None:
        """Look for duplicates; what is known already costs little, and what was to go still is."""
        self._is_sorted = True
        self._wait(tr("Looking for duplicates …"), tr("Stop"))
        self._begin()

    def leave_alone(self, told: str) -> None:
        """Show nothing to decide of until the next look; `told` says what is under way meanwhile, if anything."""
        self._looking.give_up()
        self.deciding.forget()
        self._wait(told)
        self._tell_choice()

    def show_progress(self, progress: Progress) -> None:
        """How far that is which is waited for."""
        told = in_words(progress)
        self._progress.setText(told)
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done if progress.total else 0)
        if self._under_way:
            self._empty.say("similar", self._under_way, told, tr("Stop") if self._looking.busy else "")

    def _wait(self, told: str, way_out: str = "") -> None:
        self._under_way = told
        hint = tr("You can go on with other things meanwhile.") if told else ""
        self._empty.say("similar", told, hint, way_out)
        self._pages.setCurrentWidget(self._empty)

    def _begin(self) -> None:
        """Start a look in place of the one before."""
        self._looking.begin(is_first=not self.deciding.reviews)
        self._progress.setText(tr("Looking for duplicates …"))
        self._bar.setRange(0, 0)
        self._tell_choice()

    def _look_anew(self, in_any_case: bool) -> None:
        """A look that is under way does not know of what was decided."""
        if in_any_case or self._looking.busy:
            self._is_sorted = False
            self._begin()

    def _end(self) -> None:
        """It was stopped: what was found before stays to be decided of."""
        self._under_way = ""
        self._jobs.ask(self._library.history, self._offer_undo)
        self._show_tier(self.view.row)

    def _take_identical(self, found: Duplicates, marks: dict[int, Mark]) -> None:
        if not self.deciding.reviews and found.groups:
            self._take(found, marks)

    def _take(self, found: Duplicates, marks: dict[int, Mark]) -> None:
        """Show groups, and go on where the person was: what was to go still is, and no group moves unasked."""
        current, before = self.view.photo, self.deciding.reviews
        groups: dict[Tier, Sequence[Group]] = {tier: found.of(tier) for tier in TIERS}
        if before and not (self._is_sorted and not self._looking.busy):
            groups = {tier: in_place(groups[tier], review.groups) for tier, review in before.items()}
        if not before:
            self.deciding.marks = marks
        self.deciding.show(groups)
        if not self._looking.busy:
            self._is_sorted = False
            self._jobs.ask(self._library.history, self._offer_undo)
        self._under_way = ""
        if not before and not self.deciding.reviews[self.tier].groups:
            first = next((place for place, tier in enumerate(TIERS) if self.deciding.reviews[tier].groups), 0)
            self._tabs.setCurrentIndex(first)
        self._show_tier(self.view.row, current)

    def _fail(self, error: Exception) -> None:
        self.leave_alone("")
        self._show_tier()
        self._jobs.tell(error)

    # What is shown

    def _show_counts(self) -> None:
        for place, tier in enumerate(TIERS):
            groups = self.deciding.reviews[tier].groups
            told = f"{tier_in_words(tier)} {number(len(groups))}"
            reclaimable = sum(group.reclaimable_bytes for group in groups)
            whole = f"{told} · {size(reclaimable)}" if reclaimable else told
            self._tabs.setTabText(place, whole if tier == self.tier else told)  # all of them find no room for more
            self._tabs.setTabToolTip(place, whole)

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
        if not isinstance(QApplication.focusWidget(), QLineEdit):  # who is typing elsewhere goes on
            self.view.setFocus()

    def _explain(self) -> None:
        self._pages.setCurrentWidget(self._empty)
        if self._under_way:
            return
        if not self.deciding.reviews:
            self._empty.say(
                "similar", tr("Which of your photos are the same picture?"),
                tr("Nothing is moved or deleted before you have seen and confirmed it."), tr("Look for duplicates"),
            )  # fmt: skip
        else:
            self._empty.say(
                "check", tr("No duplicates of this kind"), "", "" if self._looking.busy else tr("Look again")
            )

    def _tell_soon(self) -> None:
        """Tell sums, at once where they cost nothing that is felt."""
        if sum(len(review.groups) for review in self.deciding.reviews.values()) < MANY:
            self._tell_choice()
        else:
            self._telling.start()

    def _tell_choice(self) -> None:
        if self.deciding.reviews:
            self._show_counts()
        losses = self.losses()
        freed = sum(loss.frees_bytes for loss in losses)
        review = self.deciding.reviews.get(self.tier, Review(()))
        told = [tr("%Ln photos go", "", len(losses)), size(freed)]
        if self.tier != "similar" and (undecided := review.undecided):
            told.append(tr("%Ln more need a look", "photos", undecided))
        self._told.setText(
            PARTS.join(told) if losses else tr("Nothing goes yet. Enter takes the suggestion for a group.")
        )
        is_known = not self._looking.busy or self._looking.has_told  # else it may tell that a photo must stay
        self._review.setEnabled(bool(losses) and is_known)
        self._clear.setEnabled(bool(losses))
        self._suggest.setEnabled(review.has_suggestions)
        self._suggest.setVisible(self.tier != "similar")
        self._strip.setVisible(self._looking.busy and not self._under_way)
        self.view.show_checking(self._looking.busy)

    # Deciding

    def losses(self) -> list[Loss]:
        """Everything that is to go, of all tiers."""
        return all_losses(self.deciding.reviews.values())

    def decide(self, deed: Deed, _: bool = False) -> None:
        """Decide of the current photo or its group, and go on."""
        self.deciding.do(deed)
        self.moved_on.emit()

    def look_at(self, photo_id: int) -> None:
        """Make a photo of the current group the current one."""
        if group := self.view.group:
            ids = [member.photo.photo_id for member in group.photos]
            if photo_id in ids:
                self.view.go_to(Place(self.view.row, ids.index(photo_id)))

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
        if case := case_of(self.view):
            self.compare_wanted.emit(case)

    def _tell_decision(self, told: str) -> None:
        self.view.announce(told)
        self._tell_soon()

    def _restore(self, tier: Tier, photo_id: int) -> None:
        """Show where something was undone."""
        if not self.deciding.reviews:
            return
        self._tabs.setCurrentIndex(TIERS.index(tier))
        self._show_tier(self.view.row)
        review = self.deciding.reviews[tier]
        if (row := review.row_of(photo_id)) >= 0:
            ids = [member.photo.photo_id for member in review.groups[row].photos]
            self.view.go_to(Place(row, ids.index(photo_id)))
        self.moved_on.emit()

    # Undoing

    def _offer_undo(self, acts: list[Act]) -> None:
        """Offer to undo the last act of this window or of one before."""
        self._act = next((act for act in acts if act.state != "undone"), None)
        self._show_undo()

    def _show_undo(self) -> None:
        told = ""
        if step := self._undoing.last:
            told = tr("Undo: {what} (Ctrl+Z)").format(what=step.told)
        elif act := self._act:
            when = moment(datetime.fromtimestamp(act.began_at).isoformat())
            told = tr("Bring back the %Ln photos that went last ({when})", "", act.photos).format(when=when)
        self._undo.setVisible(bool(told))
        self._undo.setToolTip(told)
        self._undo.setAccessibleName(told)

    def _press_undo(self) -> None:
        if self._undoing.last:
            self._undoing.undo()
        elif self._act:
            self.undo_wanted.emit(self._act.act_id)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for deed, symbol, words, key in offers():
            action = QAction(icon(symbol), f"{words}\t{native(key)}", menu)
            action.triggered.connect(partial(self.decide, deed))
            menu.addAction(action)
        action = QAction(icon("compare"), f"{tr('Compare')}\t{native('Space')}", menu)
        action.triggered.connect(lambda: self.compare())
        menu.addSeparator()
        menu.addAction(action)
        menu.popup(at)


def _button(symbol: str, words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(icon(symbol), words)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(lambda: act())
    return button
