"""Deciding of groups of duplicates: each decision is shown and written down at once, and can be undone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import get_args

from PySide6.QtCore import QObject, Signal

from photosearch.gui.duplicates.group_actions import GroupAction
from photosearch.gui.duplicates.group_view import GroupView
from photosearch.gui.duplicates.review import Change, Order, Review
from photosearch.gui.duplicates.rule_dialog import RuleDialog
from photosearch.gui.grid.group_layout import Place
from photosearch.gui.grid.thumbnail_loader import ThumbnailLoader
from photosearch.gui.style.words import tr
from photosearch.gui.work.jobs import Jobs
from photosearch.gui.work.names import name_of
from photosearch.gui.work.undo import Undo
from photosearch.library import Library
from photosearch.models import TIERS, UNCHECKED, DecisionKind, Group, Mark, Photo, Tier


class Deciding(QObject):
    """Holds what has been decided so far, of the tier that a view shows and of the others."""

    changed = Signal(str)  # what was decided, in words: what goes, or what is left to decide of, is another
    cut = Signal(int)  # from this group on, the open tier has other groups
    restored = Signal(object, int)  # Tier and photo id: where something was undone
    hidden = Signal()  # what is about to be undone is in a group that is not shown
    outdated = Signal(bool)  # a look that is under way does not know of this; True: a new one is due in any case
    said = Signal(str)  # a sentence for the person

    def __init__(self, library: Library, jobs: Jobs, view: GroupView, undo: Undo, loader: ThumbnailLoader) -> None:
        super().__init__(view)
        self._loader = loader
        self._library, self._jobs, self._view, self._undo = library, jobs, view, undo
        self.reviews: dict[Tier, Review] = {}
        self.marks: dict[int, Mark] = {}
        self.tier: Tier = "identical"  # the open one
        self._generation = 0  # of groups: what was undone of earlier ones a new look shows
        self.order: Order = "bytes"  # of the groups, as the person wants it
        self._passing: frozenset[int] | None = None  # only groups with one of these photos are shown
        self.writing = 0  # decisions that are not on the disk yet

    def show(self, groups: dict[Tier, Sequence[Group]]) -> None:
        """Take other groups in place of those before; what was to go still is."""
        self.reviews = {tier: Review(groups[tier], self.marks) for tier in TIERS}
        if self._passing is not None:
            self.narrow(self._passing)

    def forget(self) -> None:
        """There are no groups to decide of."""
        self.reviews = {}
        self._generation += 1

    def do(self, action: GroupAction) -> None:
        """Decide of the current photo, or of its group, and go on."""
        if not self._view.group:
            return
        acts: dict[GroupAction, Callable[[Place, Group, Photo], None]] = {
            "keep": self._keep,
            "let go": self._let_go,
            "not duplicates": self._not_duplicates,
            "keep all": self._keep_all,
            "take": self._take,
            "keep only": self._keep_only,
        }
        assert set(acts) == set(get_args(GroupAction))
        place, photo = self._view.place, self._view.photo
        if place and photo:
            acts[action](place, self._view.group, photo)
            self._jobs.hold()

    def take_all(self) -> None:
        """Let all photos of the open tier go whose removal is proposed."""
        review = self.reviews[self.tier]
        change, undecided = review.suggestions(), review.undecided
        text = tr("%Ln photos go as proposed.", "", len(change))
        if undecided:
            text += " " + tr("%Ln more need a look: nothing was decided of them.", "photos", undecided)
        if change:
            self._mark(change, tr("Took the suggestions"))
            self._jobs.hold()
        self.said.emit(text)

    def let_nothing_go(self) -> None:
        """Let all photos stay that were to go."""
        gone = [photo for review in self.reviews.values() for photo in review.going()]
        if gone:
            self._mark(dict.fromkeys(gone), tr("Nothing goes"))
            self._jobs.hold()

    def let_go(self, change: Change, what: str) -> None:
        """Let photos go that the person chose in one go."""
        self._mark(change, what)
        self._jobs.hold()

    def ask_for_rule(self) -> None:
        """Let photos of the open tier go that the person chooses by a rule."""
        if review := self.reviews.get(self.tier):
            dialog = RuleDialog(review, self._loader, self._view.window())
            dialog.confirmed.connect(self._mark_by_rule)
            dialog.open()

    def _mark_by_rule(self, change: Change) -> None:
        self.let_go(change, tr("%Ln photos go by a rule", "", len(change)))

    def narrow(self, photo_ids: frozenset[int] | None) -> None:
        """Show only groups with one of these photos; None: all."""
        self._passing = photo_ids
        for review in self.reviews.values():
            review.narrow(photo_ids, self.order)

    # What each key does

    def _keep(self, place: Place, group: Group, photo: Photo) -> None:
        if photo.photo_id != self._view.review.keeper(place.row):
            self._keep_instead(place.row, group, photo)
        self._go_on(place)

    def _keep_instead(self, row: int, group: Group, photo: Photo, also: Change | None = None) -> None:
        """Another keeper, and what goes for it; a new look tells which of the others it covers."""
        review, before, ids = self._view.review, self._view.review.keeper(row), _ids(group)
        review.keep(row, photo.photo_id)
        change = review.rest(row) if also is not None else {}
        marks = {photo_id: self.marks.get(photo_id) for photo_id in change}
        self._set(change)
        tier = self.tier

        def back() -> None:
            self._set(marks)
            if (there := self.reviews[tier].row_of(photo.photo_id)) >= 0:
                self.reviews[tier].keep(there, before)

        def write() -> list[int]:
            written = [self._library.feedback.decide("keep this", ids, photo.photo_id)]
            goes = {each: mark for each, mark in change.items() if mark}
            return [*written, *([self._library.feedback.let_go(goes)] if goes else [])]

        what = tr("Kept: {name}").format(name=name_of(photo.path))
        self._record(what, write, back, photo.photo_id, partial(self._tell_outdated, True))

    def _let_go(self, place: Place, group: Group, photo: Photo) -> None:
        change = self._view.review.toggled(place.row, photo.photo_id)
        if change is None:
            self._refuse(place, photo)
            return
        name = name_of(photo.path)
        goes = change[photo.photo_id] is not None
        self._mark(change, (tr("Goes: {name}") if goes else tr("Stays: {name}")).format(name=name))
        if goes:
            self._go_on(place)

    def _refuse(self, place: Place, photo: Photo) -> None:
        if photo.photo_id == self._view.review.keeper(place.row):
            self.said.emit(tr("This photo is the one that is kept. To keep another, go to that one and press K."))
        else:
            self.said.emit(
                tr("This photo stays: it is protected, cannot be reached now, or is another name of a file that stays.")
            )

    def _not_duplicates(self, place: Place, group: Group, photo: Photo) -> None:
        """The current photo is no duplicate of the kept one; of the kept one itself, none of the others is."""
        if group.tier == "identical":
            self._keep_all(place, group, photo)  # what has the same bytes is the same, whatever is said of it
            return
        keeper = self._view.review.keeper(place.row)
        others = [photo_id for photo_id in _ids(group) if photo_id != keeper]
        parted = others if photo.photo_id == keeper else [photo.photo_id]
        what = tr("Not duplicates: {name}").format(name=name_of(photo.path))
        self._part(place, group, "not duplicates", parted, keeper, what)

    def _keep_all(self, place: Place, group: Group, photo: Photo) -> None:
        what = tr("All kept: {name}").format(name=name_of(photo.path))
        self._part(place, group, "keep all", _ids(group), None, what)

    def _part(
        self, place: Place, group: Group, kind: DecisionKind, photos: Sequence[int], keeper: int | None, what: str
    ) -> None:
        """Take photos out of their group, for good."""
        review, kept, tier = self._view.review, self._view.review.keeper(place.row), self.tier
        review.take_out(place.row, photos)
        is_back = False

        def back() -> None:
            nonlocal is_back
            self.reviews[tier].put_back(place.row, group, kept)
            is_back = True

        def written(_: object) -> None:
            # the group comes back as it was, though photos that were being checked may have been since
            self.outdated.emit(is_back and any(member.side == UNCHECKED for member in group.photos))

        at = group.photos[place.number].photo.photo_id
        self.cut.emit(place.row)
        self._record(what, lambda: [self._library.feedback.decide(kind, photos, keeper)], back, at, written)

    def _take(self, place: Place, group: Group, photo: Photo) -> None:
        """Accept what is proposed for the group; where nothing is, the person has to say what goes."""
        suggestion = self._view.review.suggestion(place.row)
        if not suggestion:
            self.said.emit(tr("Nothing is proposed for this group. X lets a photo go, A keeps them all."))
            return
        change = {
            each: mark for each, mark in suggestion.items() if self._view.review.outcome(place.row, each) != "goes"
        }
        if change:
            self._mark(change, tr("%Ln photos go as proposed.", "", len(change)))
        self._next_group(place.row)

    def _keep_only(self, place: Place, group: Group, photo: Photo) -> None:
        """Keep the current photo and let all others go that may."""
        review = self._view.review
        if photo.photo_id != review.keeper(place.row):
            self._keep_instead(place.row, group, photo, also={})
        elif change := {
            each: mark for each, mark in review.rest(place.row).items() if review.outcome(place.row, each) != "goes"
        }:
            self._mark(change, tr("Kept: {name}").format(name=name_of(photo.path)))
        self._next_group(place.row)

    # Going on

    def _go_on(self, place: Place) -> None:
        """To the next photo of the group that waits for a decision, or else to the next group where one does."""
        review = self._view.review
        waiting = set(review.waiting(place.row))
        ids = _ids(review.groups[place.row])
        order = (*range(place.number + 1, len(ids)), *range(place.number))
        found = next((number for number in order if ids[number] in waiting), -1)
        if found >= 0:
            self._view.go_to(Place(place.row, found))
        else:
            self._next_group(place.row)

    def _next_group(self, row: int) -> None:
        found = self._view.review.next_waiting(row + 1)
        if found >= 0 and found != row:
            self._view.go_to(Place(found, 0))
        elif found < 0:
            self.said.emit(tr("All of this kind is decided. “Review …” shows what goes."))

    # Writing down, and undoing

    def _mark(self, change: Change, what: str) -> None:
        before = {photo_id: self.marks.get(photo_id) for photo_id in change}
        goes = {photo_id: mark for photo_id, mark in change.items() if mark}
        self._set(change)

        def write() -> list[int]:
            return [self._library.feedback.let_go(goes) if goes else self._library.feedback.stay(list(change))]

        self._record(what, write, lambda: self._set(before))

    def _tell_outdated(self, in_any_case: bool, _: object) -> None:
        self.outdated.emit(in_any_case)

    def _set(self, change: Change) -> None:
        for photo_id, mark in change.items():
            if mark:
                self.marks[photo_id] = mark
            else:
                self.marks.pop(photo_id, None)

    def _record(
        self,
        what: str,
        write: Callable[[], list[int]],
        back: Callable[[], None],
        photo_id: int = -1,
        written: Callable[[object], None] = lambda _: None,
    ) -> None:
        """Write a decision of a photo, or of the current one, down, and remember how to take it back.

        `written` is called when it is written, and when it is taken back.
        """
        numbers, tier, photo = list[int](), self.tier, self._view.photo
        photo_id = photo.photo_id if photo and photo_id < 0 else photo_id

        generation, feedback = self._generation, self._library.feedback

        def is_of(me: Deciding) -> bool:  # else the groups are gone that it was a decision of, or their window is
            return me is self and me._generation == generation

        def end(me: Deciding, _: object) -> None:
            me.writing -= 1
            if me is self:
                written(_)
            if not is_of(me):
                me.outdated.emit(me is self or bool(me.reviews))

        def take_back(me: Deciding) -> None:
            me.writing += 1
            me._jobs.write(lambda: list(map(feedback.take_back, numbers)), partial(end, me), partial(fail, me))
            if is_of(me):
                if me.reviews[tier].hides(photo_id):
                    me.hidden.emit()
                back()
            me.restored.emit(tier, photo_id)
            me._jobs.hold()

        def fail(me: Deciding, error: Exception) -> None:
            me.writing -= 1
            if is_of(me):
                back()
            me.restored.emit(tier, photo_id)
            me._jobs.tell(error)

        self._undo.push(what, self, take_back)
        self.writing += 1
        self._jobs.write(lambda: numbers.extend(write()), partial(end, self), partial(fail, self))
        self.changed.emit(what)


def _ids(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]
