"""The page of duplicates: tiers as tabs, groups to decide of, and what is to go so far."""

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from photosearch.gui.group_delegate import tier_in_words
from photosearch.gui.group_view import GroupView
from photosearch.gui.icons import icon
from photosearch.gui.jobs import Jobs, Ticket
from photosearch.gui.review import Loss, Review
from photosearch.gui.start_page import EmptyPage
from photosearch.gui.status_bar import in_words
from photosearch.gui.thumbnail_loader import ThumbnailLoader
from photosearch.gui.words import number, size, tr
from photosearch.library import Library
from photosearch.photo import TIERS, Decision, Duplicates, Group, Progress, Tier


class DuplicatesPage(QWidget):
    """Finds the groups when it is first looked at, and again when the library has changed and the person asks."""

    current_changed = Signal(object)  # Photo or None
    compare_wanted = Signal(list)  # of paths
    clearing_wanted = Signal(list)  # of Loss: to be reviewed
    rules_wanted = Signal()

    def __init__(self, library: Library, jobs: Jobs) -> None:
        super().__init__()
        self._library = library
        self._jobs = jobs
        self._reviews: dict[Tier, Review] = {}
        self._job: Ticket | None = None
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for tier in TIERS:
            self._tabs.addTab(tier_in_words(tier))
        self._tabs.currentChanged.connect(lambda: self._show_tier())
        self.view = GroupView(ThumbnailLoader(library, jobs, self))
        self.view.changed.connect(self._tell_choice)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self._compare)
        self.view.not_duplicates.connect(self._not_duplicates)
        self.view.keep_all.connect(self._keep_all)
        self.view.kept_this.connect(self._keep_this)
        self.view.context_menu.connect(self._open_menu)
        self._empty = EmptyPage()
        self._empty.action_wanted.connect(self.look)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._told = QLabel()
        self._suggest = _button("check", tr("Take the suggestions"), self._take_suggestions)
        self._suggest.setToolTip(tr("Let all photos of these groups go but the ones that are kept"))
        self._clear = _button("close", tr("Let nothing go"), self._let_nothing_go)
        self._review = _button("remove", tr("Review …"), self._ask_review)
        self._review.setToolTip(tr("See every file that goes before anything happens"))
        self._again = _button("refresh", tr("Look again"), self.look)
        self._rules = _button("sort", tr("What is kept …"), self.rules_wanted.emit)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.addWidget(self._tabs, 1)
        top.addWidget(self._rules)
        top.addWidget(self._again)
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
        column.addLayout(self._pages, 1)
        column.addWidget(bottom)
        self.setFocusProxy(self.view)
        self._explain()
        self._tell_choice()

    @property
    def tier(self) -> Tier:
        """The tier whose tab is open."""
        return TIERS[self._tabs.currentIndex()]

    def open(self) -> None:
        """The person came here: look for duplicates if that has not been done."""
        if not self._reviews and self._job is None:
            self.look()

    def look(self) -> None:
        """Look for duplicates; what is known already costs nothing."""
        if self._job:
            self._job.stopping.set()
        self._empty.say("similar", tr("Looking for duplicates …"), tr("You can go on with other things meanwhile."))
        self._pages.setCurrentWidget(self._empty)
        self._job = self._jobs.run(self._library.duplicates, self._show_progress, self._show, self._fail)

    def stop(self) -> None:
        """End looking; the next time goes on there."""
        if self._job:
            self._job.stopping.set()

    def _show_progress(self, progress: Progress) -> None:
        self._empty.say("similar", tr("Looking for duplicates …"), in_words(progress))

    def _show(self, found: Duplicates | None) -> None:
        self._job = None
        if found is None:  # stopped
            self._explain()
            return
        self._reviews = {tier: Review(found.of(tier)) for tier in TIERS}
        self._show_counts()
        if not self._reviews[self.tier].groups:
            first = next((place for place, tier in enumerate(TIERS) if self._reviews[tier].groups), 0)
            self._tabs.setCurrentIndex(first)
        self._show_tier()

    def _show_counts(self) -> None:
        for place, tier in enumerate(TIERS):
            groups = self._reviews[tier].groups
            told = f"{tier_in_words(tier)}  {number(len(groups))}"
            reclaimable = sum(group.reclaimable_bytes for group in groups)
            self._tabs.setTabText(place, f"{told}  ·  {size(reclaimable)}" if reclaimable else told)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._explain()
        self._jobs.tell(error)

    def _show_tier(self, row: int = 0) -> None:
        review = self._reviews.get(self.tier)
        if review and review.groups:
            self.view.show_review(review, row)
            self._pages.setCurrentWidget(self.view)
            self.view.setFocus()
        else:
            self.view.show_review(Review(()))
            self._explain()
        self._tell_choice()

    def _explain(self) -> None:
        self._pages.setCurrentWidget(self._empty)
        if not self._reviews:
            self._empty.say(
                "similar", tr("Which of your photos are the same picture?"),
                tr("Nothing is moved or deleted before you have seen and confirmed it."), tr("Look for duplicates"),
            )  # fmt: skip
        else:
            self._empty.say("check", tr("No duplicates of this kind"), "", tr("Look again"))

    def _tell_choice(self) -> None:
        losses = self.losses()
        freed = sum(loss.frees_bytes for loss in losses)
        told = tr("%Ln photos go", "", len(losses)) + (f"  ·  {size(freed)}" if losses else "")
        self._told.setText(
            told if losses else tr("Nothing goes yet. K keeps a photo, X lets it go, N: not duplicates.")
        )
        self._review.setEnabled(bool(losses))
        self._clear.setEnabled(bool(losses))
        review = self._reviews.get(self.tier)
        self._suggest.setEnabled(bool(review and review.groups) and self.tier != "similar")

    def losses(self) -> list[Loss]:
        """Everything that is to go, of all tiers."""
        return [loss for review in self._reviews.values() for loss in review.losses()]

    def _take_suggestions(self) -> None:
        self._reviews[self.tier].take_suggestions(self.tier)
        self._changed()

    def _let_nothing_go(self) -> None:
        for review in self._reviews.values():
            review.clear()
        self._changed()

    def _changed(self) -> None:
        self.view.viewport().update()
        self._tell_choice()

    def _ask_review(self) -> None:
        self.clearing_wanted.emit(self.losses())

    def _compare(self) -> None:
        """The kept photo first, then the current one, then the others."""
        group, current = self.view.group, self.view.photo
        if not group or not current:
            return
        first = (self.view.review.keeper(self.view.row), current.photo_id)
        photos = sorted((member.photo for member in group.photos), key=lambda photo: _place(photo.photo_id, first))
        self.compare_wanted.emit([photo.path for photo in photos])

    def _not_duplicates(self) -> None:
        """The current photo is no duplicate of the kept one; of the kept one itself, none of the others is."""
        group, current = self.view.group, self.view.photo
        if group and current:
            keeper = self.view.review.keeper(self.view.row)
            others = [photo_id for photo_id in _ids(group) if photo_id != keeper]
            self._decide("not duplicates", others if current.photo_id == keeper else [current.photo_id], keeper)

    def _keep_all(self) -> None:
        if group := self.view.group:
            self._decide("keep all", _ids(group), None)

    def _keep_this(self) -> None:
        if (group := self.view.group) and (current := self.view.photo):
            self._write("keep this", _ids(group), current.photo_id)

    def _decide(self, decision: Decision, photos: Sequence[int], keeper: int | None) -> None:
        """Remember a decision, and take the photos that it is about out of the list."""
        self._write(decision, photos, keeper)
        group, row, review = self.view.group, self.view.row, self.view.review
        assert group
        left = tuple(member for member in group.photos if member.photo.photo_id not in photos)
        review.replace(row, [dataclasses.replace(group, photos=left)] if len(left) > 1 else [])
        self._show_counts()
        self._show_tier(row)

    def _write(self, decision: Decision, photos: Sequence[int], keeper: int | None) -> None:
        self._jobs.write(lambda: self._library.decide(decision, photos, keeper), lambda _: None)

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
    button.clicked.connect(lambda: act())
    return button


def _ids(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]


def _place(photo_id: int, first: Sequence[int]) -> int:
    return first.index(photo_id) if photo_id in first else len(first)
