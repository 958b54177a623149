"""The decisions about groups of duplicates so far: the kept photo and those that go. No file is touched."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from photosearch.models import UNCHECKED, Group, Mark, Member, Photo, Side, Tier
from photosearch.paths import is_inside

Outcome = Literal["kept", "goes", "stays"]
Order = Literal["bytes", "certain", "newest", "folder", "number"]
Change = dict[int, Mark | None]  # by photo: how it goes from now on, None: it stays


class Loss(NamedTuple):
    """One photo that goes, the one that is kept instead, and whether that one covers it."""

    photo: Photo
    keeper: Photo | None  # None: nothing like it stays
    tier: Tier
    frees_bytes: int
    side: Side

    @property
    def is_proposed(self) -> bool:
        """True if the kept photo shows all of it."""
        return self.keeper is not None and self.side.covers == "yes"


class Rule(NamedTuple):
    """Which photos are to go, told in one go; each part narrows it."""

    folder: str | None = None  # in it and below, while the kept one lies elsewhere
    text: str = ""  # in the path, upper and lower case alike
    is_smaller: bool = False  # has fewer pixels than the kept one
    is_proposed: bool = True  # the kept one shows all of it

    def lets_go(self, photo: Photo, kept: Photo, mark: Mark) -> bool:
        """True if a photo is to go in favour of the kept one."""
        if self.folder and (not is_inside(photo.path, self.folder) or is_inside(kept.path, self.folder)):
            return False
        if self.text.casefold() not in photo.path.casefold() or (self.is_proposed and mark.by_hand):
            return False
        return not self.is_smaller or _pixels(photo) < _pixels(kept)


class Review:
    """Groups, the photo that each keeps, and the marks of those that go, which several reviews share.

    A mark counts while its photo is in a group of the photo that stays instead, may go, and was let go by hand
    or is proposed to go.
    """

    def __init__(self, groups: Sequence[Group], marks: dict[int, Mark] | None = None) -> None:
        self.groups = tuple(groups)
        self.marks = {} if marks is None else marks
        self._keepers = [group.keeper for group in groups]
        self._hidden: list[tuple[Group, int]] = []  # groups that are not shown now, and the photo that each keeps
        self._rows: dict[int, int] | None = None  # of photos, made when it is asked for

    def outcome(self, row: int, photo_id: int) -> Outcome:
        """The outcome of a photo of a group: it stays or goes."""
        if photo_id == self._keepers[row]:
            return "kept"
        return "goes" if self._goes(row, photo_id) else "stays"

    def keeper(self, row: int) -> int:
        """The photo that a group keeps."""
        return self._keepers[row]

    def ids(self, row: int) -> list[int]:
        """The photos of a group; none where there is no such group."""
        return [member.photo.photo_id for member in self.groups[row].photos] if 0 <= row < len(self.groups) else []

    def row_of(self, photo_id: int) -> int:
        """The first group that a photo is in, or -1."""
        if self._rows is None:
            self._rows = {}
            for row, group in enumerate(self.groups):
                for member in group.photos:
                    self._rows.setdefault(member.photo.photo_id, row)
        return self._rows.get(photo_id, -1)

    def side(self, row: int, member: Member) -> Side:
        """True if the keeper covers a photo of its group; of a keeper that the person chose, only a new look tells."""
        if member.photo.photo_id == self._keepers[row]:
            return Side("yes")
        return UNCHECKED if self._is_replaced(row) else member.side

    def keep(self, row: int, photo_id: int) -> None:
        """Keep this photo of a group rather than the one before; what was to go for that one stays."""
        self._keepers[row] = photo_id

    def waiting(self, row: int) -> list[int]:
        """The photos of a group that may go, and do not so far."""
        return [photo_id for photo_id in self._may_go(row) if not self._goes(row, photo_id)]

    def next_waiting(self, row: int) -> int:
        """The next group, from `row` on and then from the first, in which a photo waits for a decision; else -1."""
        rows = (*range(max(row, 0), len(self.groups)), *range(min(max(row, 0), len(self.groups))))
        return next((each for each in rows if self.waiting(each)), -1)

    def toggled(self, row: int, photo_id: int) -> Change | None:
        """Let a photo go, or stay after all; None where it is the keeper or may not go whatever is asked."""
        if self._goes(row, photo_id):
            return {photo_id: None}
        if photo_id not in self._may_go(row):
            return None
        return {photo_id: Mark(self._keepers[row], photo_id not in self._suggested(row))}

    def suggestion(self, row: int) -> Change:
        """Of one group: the photos whose removal is proposed."""
        return {photo_id: Mark(self._keepers[row], False) for photo_id in self._suggested(row)}

    def suggestions(self) -> Change:
        """Of all groups: the photos whose removal is proposed and that do not go so far."""
        return {
            photo_id: mark
            for row in range(len(self.groups))
            for photo_id, mark in self.suggestion(row).items()
            if not self._goes(row, photo_id)
        }

    def rest(self, row: int) -> Change:
        """Of one group: all that may go for the photo that is kept."""
        suggested = self._suggested(row)
        return {photo_id: Mark(self._keepers[row], photo_id not in suggested) for photo_id in self._may_go(row)}

    @property
    def has_suggestions(self) -> bool:
        """True if the removal of any photo is proposed."""
        return any(self._suggested(row) for row in range(len(self.groups)))

    @property
    def undecided(self) -> int:
        """The number of photos that may go, are not proposed to, and stay so far."""
        return sum(len(set(self.waiting(row)) - set(self._suggested(row))) for row in range(len(self.groups)))

    def by_rule(self, rule: Rule) -> Change:
        """The photos that a rule lets go, as far as they may and do not go so far."""
        found: Change = {}
        for row, group in enumerate(self.groups):
            photos = {member.photo.photo_id: member.photo for member in group.photos}
            kept = photos[self._keepers[row]]
            change = self.rest(row).items()
            found |= {each: mark for each, mark in change if mark and rule.lets_go(photos[each], kept, mark)}
        return {each: mark for each, mark in found.items() if self.marks.get(each) != mark}

    @property
    def all_groups(self) -> tuple[Group, ...]:
        """The groups that are shown, and those that are not."""
        return (*self.groups, *(group for group, _ in self._hidden))

    def narrow(self, photo_ids: Collection[int] | None, order: Order) -> None:
        """Show only groups with one of these photos, in an order; None: all groups."""
        every = [*zip(self.groups, self._keepers, strict=True), *self._hidden]
        if self._hidden:
            every.sort(key=lambda pair: _rank(pair[0], order))
        shown, self._hidden = every, []
        if photo_ids is not None:
            passes = [any(member.photo.photo_id in photo_ids for member in group.photos) for group, _ in every]
            shown = [pair for pair, its in zip(every, passes, strict=True) if its]
            self._hidden = [pair for pair, its in zip(every, passes, strict=True) if not its]
        self.groups, self._keepers = tuple(group for group, _ in shown), [keeper for _, keeper in shown]
        self._rows = None

    def hides(self, photo_id: int) -> bool:
        """True if a photo is only in groups that are not shown."""
        hidden = any(member.photo.photo_id == photo_id for group, _ in self._hidden for member in group.photos)
        return hidden and self.row_of(photo_id) < 0

    def sort(self, order: Order) -> None:
        """Put the groups into another order."""
        places = sorted(range(len(self.groups)), key=lambda row: _rank(self.groups[row], order))
        self.groups = tuple(self.groups[row] for row in places)
        self._keepers = [self._keepers[row] for row in places]
        self._rows = None

    def take_out(self, row: int, photo_ids: Collection[int]) -> None:
        """Take photos out of a group; a group of one photo is none."""
        group = self.groups[row]
        left = tuple(member for member in group.photos if member.photo.photo_id not in photo_ids)
        groups = [replace(group, photos=left)] if len(left) > 1 else []
        self._put(row, row + 1, groups, self._keepers[row])

    def put_back(self, row: int, group: Group, keeper: int) -> int:
        """Put a group back of which photos were taken out; return its row."""
        there = self.row_of(keeper)
        row = min(row, len(self.groups)) if there < 0 else there
        self._put(row, row + (there >= 0), [group], keeper)
        return row

    def _put(self, start: int, stop: int, groups: Sequence[Group], keeper: int) -> None:
        self.groups = (*self.groups[:start], *groups, *self.groups[stop:])
        self._keepers[start:stop] = [keeper] * len(groups)
        self._rows = None

    def losses(self) -> Iterator[Loss]:
        """All photos that go, in the order of their groups."""
        for row in sorted({row for photo_id in self.marks if (row := self.row_of(photo_id)) >= 0}):
            ids = [member.photo.photo_id for member in self.groups[row].photos]
            yield from self._losses_of(row, [each for each in ids if self._goes(row, each)])

    def losses_by(self, change: Change) -> list[Loss]:
        """The photos that a change would let go, in the order of the groups."""
        rows: dict[int, list[int]] = {}
        for photo_id in change:
            rows.setdefault(self.row_of(photo_id), []).append(photo_id)
        return [loss for row in sorted(rows) for loss in self._losses_of(row, rows[row])]

    def _losses_of(self, row: int, photo_ids: Collection[int]) -> Iterator[Loss]:
        group, keeper = self.groups[row], self._keepers[row]
        kept = next(member.photo for member in group.photos if member.photo.photo_id == keeper)
        for member in group.photos:
            if member.photo.photo_id in photo_ids:
                yield Loss(member.photo, kept, group.tier, member.frees_bytes, self.side(row, member))

    def going(self) -> list[int]:
        """The photos that go."""
        return [
            photo_id for photo_id in self.marks if (row := self.row_of(photo_id)) >= 0 and self._goes(row, photo_id)
        ]

    def _goes(self, row: int, photo_id: int) -> bool:
        mark = self.marks.get(photo_id)
        if mark is None or mark.keeper != self._keepers[row] or photo_id not in self._may_go(row):
            return False
        return mark.by_hand or photo_id in self._suggested(row)

    def _is_replaced(self, row: int) -> bool:
        return self._keepers[row] != self.groups[row].keeper

    def _may_go(self, row: int) -> list[int]:
        """The photos that the person may let go; for a replaced keeper, only a new comparison tells."""
        group, keeper = self.groups[row], self._keepers[row]
        ids = [m.photo.photo_id for m in group.photos if m.may_go or m.photo.photo_id == group.keeper]
        return [photo_id for photo_id in ids if photo_id != keeper]

    def _suggested(self, row: int) -> list[int]:
        """The photos proposed to go: those that the suggested keeper covers, and never a similar shot."""
        group = self.groups[row]
        if self._is_replaced(row) or group.tier == "similar":
            return []
        return [member.photo.photo_id for member in group.photos if not member.stays and member.side.covers == "yes"]


def all_losses(reviews: Iterable[Review]) -> list[Loss]:
    """The removals of several reviews, the strongest tier first: each photo once, for a keeper that stays."""
    found: dict[int, Loss] = {}
    for review in reviews:
        for loss in review.losses():
            if (
                kept := _last(found, loss).keeper
            ) and kept.photo_id != loss.photo.photo_id:  # else nothing of them would stay
                found.setdefault(loss.photo.photo_id, loss)
    return [_last(found, loss) for loss in found.values()]


def _pixels(photo: Photo) -> int:
    return photo.facts.width * photo.facts.height


def _rank(group: Group, order: Order) -> tuple[object, ...]:
    """The sort key of an order of groups; equal ones are sorted by the bytes they free."""
    kept = group.photos[0].photo
    first: object = 0
    match order:
        case "certain":
            covered = [member.side.covers == "yes" for member in group.photos[1:]]
            first = (not all(covered), -min(member.score for member in group.photos))
        case "newest":
            first = _Descending(kept.shot_at)
        case "folder":
            first = os.path.dirname(kept.path)
        case "number":
            first = -len(group.photos)
        case "bytes":
            first = 0
    return first, -group.reclaimable_bytes, kept.path


class _Descending(str):
    """A text that sorts after those that it would sort before."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def in_place(groups: Sequence[Group], before: Sequence[Group]) -> tuple[Group, ...]:
    """The groups in the order of earlier ones that they share a photo with, and then those that are new."""
    places: dict[int, int] = {}
    for place, group in enumerate(before):
        for member in group.photos:
            places.setdefault(member.photo.photo_id, place)

    def place_of(group: Group) -> int:
        if (place := places.get(group.keeper)) is not None:
            return place
        return min((places.get(member.photo.photo_id, len(before)) for member in group.photos), default=len(before))

    return tuple(sorted((_as_before(group, places, before) for group in groups), key=place_of))


def _as_before(group: Group, places: Mapping[int, int], before: Sequence[Group]) -> Group:
    """A group of which another photo is kept than before, with its photos where they stood."""
    place = places.get(group.keeper)
    if place is None or before[place].photos[0].photo.photo_id == group.keeper:  # which stands first, as it did
        return group
    order = {member.photo.photo_id: number for number, member in enumerate(before[place].photos)}
    photos = sorted(group.photos, key=lambda member: order.get(member.photo.photo_id, len(order)))
    return replace(group, photos=tuple(photos))


def _last(losses: dict[int, Loss], loss: Loss) -> Loss:
    """The loss with the photo that stays in the end; that covers it if each keeper on the way covers the one before."""
    while loss.keeper and (after := losses.get(loss.keeper.photo_id)):
        loss = loss._replace(keeper=after.keeper, side=loss.side if loss.side.covers != "yes" else after.side)
    return loss
