"""The page of duplicates: tiers as tabs, groups to decide of, and what is to go so far."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.duplicates.group_delegate import tier_in_words
from photosearch.gui.duplicates.group_view import GroupView
from photosearch.gui.duplicates.review import Loss, Review, all_losses
from photosearch.gui.duplicates.search_run import Looking
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.shell.start_page import EmptyPage
from photosearch.gui.shell.status_bar import PARTS, in_words
from photosearch.gui.style.captions import ElidedLabel, make_button
from photosearch.gui.style.icons import icon
from photosearch.gui.style.words import moment, number, size, tr
from photosearch.gui.work.jobs import Jobs
from photosearch.library import Library
from photosearch.models import TIERS, Decision, Duplicates, Group, Photo, Progress, Tier
from photosearch.store.tables.journal import Act


class DuplicatesPage(QWidget):
    """Finds the groups when it is first looked at, and again when the library has changed and the person asks."""

    current_changed = Signal(object)  # Photo or None
    # Paths, of each the transform that lays it over the first, and the part that the first does not show, or None
    compare_wanted = Signal(list, list, list)
    clearing_wanted = Signal(list)  # of Loss: to be reviewed
    undo_wanted = Signal(int)  # act id
    rules_wanted = Signal()
    said = Signal(str)  # a sentence for the person

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self._reviews: dict[Tier, Review] = {}
        self._looking = Looking(library, jobs, self)
        self._looking.progressed.connect(self.show_progress)
        self._looking.stopped.connect(self._end)
        self._looking.found.connect(self._take)
        self._looking.failed.connect(self._fail)
        self._under_way = ""  # what is shown in place of the groups until there are any
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(tr("Kinds of duplicates"))
        for tier in TIERS:
            self._tabs.addTab(tier_in_words(tier))
        self._tabs.currentChanged.connect(lambda: self._open_tier())
        self.view = GroupView(ThumbnailLoader(library, jobs, self))
        self.view.changed.connect(self._tell_choice)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self._compare)
        self.view.not_duplicates.connect(self._not_duplicates)
        self.view.keep_all.connect(self._keep_all)
        self.view.kept_this.connect(self._keep_this)
        self.view.refused.connect(self._tell_refusal)
        self.view.context_menu.connect(self._open_menu)
        self._empty = EmptyPage()
        self._empty.action_wanted.connect(lambda: self._looking.stop() if self._looking.busy else self.look())
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._progress = ElidedLabel()
        self._strip = self._make_strip()
        self._told = ElidedLabel()
        self._suggest = _button("check", tr("Take the suggestions"), self.suggest)
        self._suggest.setToolTip(
            tr("Let those photos go of which the kept one shows everything, at least as well; the others stay")
        )
        self._clear = make_button("close", tr("Let nothing go"), self._let_nothing_go)
        self._review = _button("remove", tr("Review …"), self.review)
        self._review.setToolTip(tr("See every file that goes before anything happens"))
        self._act: Act | None = None  # the last that can be undone
        self._undo = make_button("undo", "", lambda: self._act and self.undo_wanted.emit(self._act.act_id))
        rules = make_button("sort", tr("What is kept …"), self.rules_wanted.emit)
        again = make_button("refresh", tr("Look again"), self.look)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.addWidget(self._tabs, 1)
        for tool in (self._undo, rules, again):
            top.addWidget(tool)
        bottom = QWidget()
        bottom.setProperty("controls", True)
        row = QHBoxLayout(bottom)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._told, 1)
        for button in (self._suggest, self._clear, self._review):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._strip)
        column.addLayout(self._pages, 1)
        column.addWidget(bottom)
        self.setFocusProxy(self.view)
        self._offer_undo([])
        self._explain()
        self._tell_choice()

    def _make_strip(self) -> QWidget:
        """How far the look is, above the groups that are known so far."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 6, 12, 0)
        row.addWidget(self._progress, 1)
        row.addWidget(_button("stop", tr("Stop"), self._looking.stop))
        return strip

    @property
    def tier(self) -> Tier:
        """The tier whose tab is open."""
        return TIERS[self._tabs.currentIndex()]

    @property
    def busy(self) -> bool:
        """Whether it looks for duplicates, or shows that files are being moved."""
        return self._looking.busy or bool(self._under_way)

    def open(self) -> None:
        """The person came here: look for duplicates if that has not been done."""
        if not self._reviews and not self.busy:
            self.look()

    def look(self) -> None:
        """Look for duplicates; what is known already costs little, and what was to go still is."""
        self._wait(tr("Looking for duplicates …"), tr("Stop"))
        self._begin()

    def leave_alone(self, told: str) -> None:
        """Show nothing to decide of until the next look; `told` says what is under way meanwhile, if anything."""
        self._looking.give_up()
        self._reviews = {}
        self._wait(told)
        self._tell_choice()

    def show_progress(self, progress: Progress) -> None:
        """How far that is which is waited for."""
        told = in_words(progress)
        self._progress.setText(told)
        if self._under_way:
            self._empty.say("similar", self._under_way, told, tr("Stop") if self._looking.busy else "")

    def _wait(self, told: str, way_out: str = "") -> None:
        self._under_way = told
        hint = tr("You can go on with other things meanwhile.") if told else ""
        self._empty.say("similar", told, hint, way_out)
        self._pages.setCurrentWidget(self._empty)

    def _begin(self) -> None:
        """Start a look in place of the one before."""
        self._looking.begin()
        self._progress.setText(tr("Looking for duplicates …"))
        self._tell_choice()

    def _end(self) -> None:
        """It was stopped: what was found before stays to be decided of."""
        self._under_way = ""
        self._jobs.ask(self._library.history, self._offer_undo)
        self._show_tier(self.view.row, self.view.photo)

    def _take(self, found: Duplicates) -> None:
        """Show groups, and go on where the person was: what was to go still is, and no group moves during a look."""
        current, before = self.view.photo, self._reviews
        groups = {tier: found.of(tier) for tier in TIERS}
        if self._looking.busy:
            groups = {tier: _in_place(groups[tier], review) for tier, review in before.items()} or groups
        else:
            self._jobs.ask(self._library.history, self._offer_undo)
        self._reviews = {tier: Review(groups[tier]) for tier in TIERS}
        for review in self._reviews.values():
            for earlier in before.values():
                review.carry_over(earlier)
        self._under_way = ""
        if not before and not self._reviews[self.tier].groups:
            first = next((place for place, tier in enumerate(TIERS) if self._reviews[tier].groups), 0)
            self._tabs.setCurrentIndex(first)
        self._show_tier(self.view.row, current)

    def _offer_undo(self, acts: list[Act]) -> None:
        """Offer to undo the last act of this window or of one before."""
        self._act = next((act for act in acts if act.state != "undone"), None)
        self._undo.setVisible(self._act is not None)
        if act := self._act:
            when = moment(datetime.fromtimestamp(act.began_at).isoformat())
            told = tr("Bring back the %Ln photos that went last ({when})", "", act.photos).format(when=when)
            self._undo.setToolTip(told)
            self._undo.setAccessibleName(told)

    def _show_counts(self) -> None:
        for place, tier in enumerate(TIERS):
            groups = self._reviews[tier].groups
            told = f"{tier_in_words(tier)} {number(len(groups))}"
            reclaimable = sum(group.reclaimable_bytes for group in groups)
            whole = f"{told} · {size(reclaimable)}" if reclaimable else told
            self._tabs.setTabText(place, whole if tier == self.tier else told)  # all of them find no room for more
            self._tabs.setTabToolTip(place, whole)

    def _fail(self, error: Exception) -> None:
        self.leave_alone("")
        self._show_tier()
        self._jobs.tell(error)

    def _show_tier(self, row: int = 0, current: Photo | None = None) -> None:
        """Show the groups of the open tab, from the one of the current photo on, or else from `row`."""
        if self._reviews:
            self._show_counts()
        review = self._reviews.get(self.tier, Review(()))
        if self._under_way or not review.groups:
            self.view.show_review(Review(()))
            self._explain()
        else:
            is_new = self._pages.currentWidget() is not self.view
            self.view.show_review(review, row, current.photo_id if current else -1)
            self._pages.setCurrentWidget(self.view)
            if is_new:
                self._focus_view()
        self._tell_choice()

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
        if not self._reviews:
            self._empty.say(
                "similar", tr("Which of your photos are the same picture?"),
                tr("Nothing is moved or deleted before you have seen and confirmed it."), tr("Look for duplicates"),
            )  # fmt: skip
        else:
            self._empty.say(
                "check", tr("No duplicates of this kind"), "", "" if self._looking.busy else tr("Look again")
            )

    def _tell_choice(self) -> None:
        losses = self.losses()
        freed = sum(loss.frees_bytes for loss in losses)
        review = self._reviews.get(self.tier, Review(()))
        told = [tr("%Ln photos go", "", len(losses)), size(freed)]
        if self.tier != "similar" and (undecided := review.undecided):
            told.append(tr("%Ln more need a look", "photos", undecided))
        self._told.setText(
            PARTS.join(told) if losses else tr("Nothing goes yet. K keeps a photo, X lets it go, N: not duplicates.")
        )
        is_known = not self._looking.busy or self._looking.has_told  # else it may tell that a photo must stay
        self._review.setEnabled(bool(losses) and is_known)
        self._clear.setEnabled(bool(losses))
        self._suggest.setEnabled(review.has_suggestions)
        self._strip.setVisible(self._looking.busy and not self._under_way)
        self.view.show_checking(self._looking.busy)

    def losses(self) -> list[Loss]:
        """Everything that is to go, of all tiers."""
        return all_losses(self._reviews.values())

    def suggest(self) -> None:
        """Let the photos of the open tier go whose removal is proposed."""
        self._reviews[self.tier].take_suggestions()
        self._changed()

    def _let_nothing_go(self) -> None:
        for review in self._reviews.values():
            review.clear()
        self._changed()

    def _changed(self) -> None:
        self.view.viewport().update()
        self._tell_choice()

    def review(self) -> None:
        """Ask for the review of everything that is to go."""
        self.clearing_wanted.emit(self.losses())

    def _compare(self) -> None:
        """The kept photo first, then the current one, then the others."""
        group, current = self.view.group, self.view.photo
        if not group or not current:
            return
        first = (self.view.review.keeper(self.view.row), current.photo_id)
        photos = sorted((member.photo for member in group.photos), key=lambda photo: _place(photo.photo_id, first))
        members = {member.photo.photo_id: member for member in group.photos}
        found = [members[photo.photo_id].verdict.evidence for photo in photos]
        outlined = [self.view.review.side(self.view.row, members[photo.photo_id]).differs for photo in photos]
        is_measured = first[0] == group.keeper  # another keeper is measured in the next look
        transforms = [evidence.transform if evidence and is_measured else None for evidence in found]
        self.compare_wanted.emit([photo.path for photo in photos], transforms, outlined)

    def _not_duplicates(self) -> None:
        """The current photo is no duplicate of the kept one; of the kept one itself, none of the others is."""
        group, current = self.view.group, self.view.photo
        if group and group.tier == "identical":
            self._keep_all()  # what has the same bytes is the same, whatever is said of it
        elif group and current:
            keeper = self.view.review.keeper(self.view.row)
            others = [photo_id for photo_id in _ids(group) if photo_id != keeper]
            self._decide("not duplicates", others if current.photo_id == keeper else [current.photo_id], keeper)

    def _keep_all(self) -> None:
        if group := self.view.group:
            self._decide("keep all", _ids(group), None)

    def _keep_this(self) -> None:
        """Another keeper: look which of the others are duplicates of it, too."""
        if (group := self.view.group) and (current := self.view.photo):
            self._write("keep this", _ids(group), current.photo_id)
            self._begin()

    def _decide(self, decision: Decision, photos: Sequence[int], keeper: int | None) -> None:
        """Remember a decision, and take the photos that it is about out of the list."""
        self._write(decision, photos, keeper)
        row = self.view.row
        self.view.review.take_out(row, photos)
        self._show_tier(row)
        if self._looking.busy:
            self._begin()  # the one under way does not know of this

    def _write(self, decision: Decision, photos: Sequence[int], keeper: int | None) -> None:
        self._jobs.write(lambda: self._library.decide(decision, photos, keeper), lambda _: None, self._fail)

    def _tell_refusal(self) -> None:
        current = self.view.photo
        if current and current.photo_id == self.view.review.keeper(self.view.row):
            self.said.emit(tr("This photo is the one that is kept. To keep another, go to that one and press K."))
        else:
            self.said.emit(
                tr("This photo stays: it is protected, cannot be reached now, or is another name of a file that stays.")
            )

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        view = self.view
        for symbol, words, act in (
            ("check", tr("Keep this one (K)"), view.keep_this),
            ("remove", tr("Let it go, or stay (X)"), view.let_go),
            ("minus", tr("Not duplicates (N)"), self._not_duplicates),
            ("photos", tr("Keep all of this group (A)"), self._keep_all),
            ("compare", tr("Compare (Space)"), self._compare),
        ):
            action = QAction(icon(symbol), words, menu)
            action.triggered.connect(lambda _=False, do=act: do())
            menu.addAction(action)
        menu.popup(at)


def _button(symbol: str, words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(icon(symbol), words)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(lambda: act())
    return button


def _in_place(groups: Sequence[Group], before: Review) -> tuple[Group, ...]:
    """The groups in the order of an earlier review, and then those that are new."""
    places = {group.keeper: place for place, group in enumerate(before.groups)}
    return tuple(sorted(groups, key=lambda group: places.get(group.keeper, len(places))))


def _ids(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]


def _place(photo_id: int, first: Sequence[int]) -> int:
    return first.index(photo_id) if photo_id in first else len(first)
