"""What a person has decided of groups of duplicates so far: which photo is kept, and which go. No file is touched."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from photosearch.models import UNCHECKED, Group, Member, Photo, Side, Tier

Fate = Literal["kept", "goes", "stays"]


@dataclass
class Choice:
    """Of one group: the photo that the others are measured by, and those that go."""

    keeper: int
    going: set[int] = field(default_factory=set[int])


class Loss(NamedTuple):
    """One photo that goes, the one that is kept in its stead, and whether that one covers it."""

    photo: Photo
    keeper: Photo
    tier: Tier
    frees_bytes: int
    side: Side


class Review:
    """Groups, and a choice for each; the keeper never goes."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = tuple(groups)
        self._choices = [Choice(group.keeper) for group in groups]

    def fate(self, row: int, photo_id: int) -> Fate:
        """What becomes of a photo of a group."""
        choice = self._choices[row]
        if photo_id in choice.going:
            return "goes"
        return "kept" if photo_id == choice.keeper else "stays"

    def keeper(self, row: int) -> int:
        """The photo that a group keeps."""
        return self._choices[row].keeper

    def row_of(self, photo_id: int) -> int:
        """The first group that a photo is in, or -1."""
        found = (row for row, group in enumerate(self.groups) if photo_id in _ids(group))
        return next(found, -1)

    def side(self, row: int, member: Member) -> Side:
        """Whether the keeper covers a photo of its group; of a keeper that the person chose, only a new look tells."""
        keeper = self._choices[row].keeper
        if member.photo.photo_id == keeper:
            return Side("yes")
        return member.side if keeper == self.groups[row].keeper else UNCHECKED

    def keep(self, row: int, photo_id: int) -> None:
        """Keep this photo of a group rather than the one before; what was to go for that one stays."""
        if photo_id != self._choices[row].keeper:
            self._choices[row] = Choice(photo_id)

    def toggle(self, row: int, photo_id: int) -> bool:
        """Let a photo go, or stay after all; return False where it is the keeper or may not go whatever is asked."""
        going = self._choices[row].going
        if photo_id in going:
            going.discard(photo_id)
        elif photo_id in self._may_go(row):
            going.add(photo_id)
        else:
            return False
        return True

    @property
    def has_suggestions(self) -> bool:
        """Whether the removal of any photo is proposed."""
        return any(self._suggested(row) for row in range(len(self.groups)))

    @property
    def undecided(self) -> int:
        """How many photos may go, but are not proposed to, and stay so far."""
        return sum(
            len(self._may_go(row) - self._suggested(row) - choice.going) for row, choice in enumerate(self._choices)
        )

    def take_suggestions(self) -> None:
        """Let the photos go whose removal is proposed."""
        for row, choice in enumerate(self._choices):
            choice.going |= self._suggested(row)

    def clear(self) -> None:
        """Let nothing go."""
        for choice in self._choices:
            choice.going.clear()

    def take_out(self, row: int, photo_ids: Collection[int]) -> None:
        """Take photos out of a group; a group of one photo is none."""
        group, choice = self.groups[row], self._choices[row]
        left = tuple(member for member in group.photos if member.photo.photo_id not in photo_ids)
        choice.going.difference_update(photo_ids)
        groups = [replace(group, photos=left)] if len(left) > 1 else []
        self.groups = (*self.groups[:row], *groups, *self.groups[row + 1 :])
        self._choices[row : row + 1] = [choice] if groups else []

    def carry_over(self, before: "Review") -> None:
        """Let go what was to go in an earlier review, wherever the same photo is kept for it and it still may.

        What went as it was proposed goes only while it still is.
        """
        chosen, proposed = dict[int, set[int]](), dict[int, set[int]]()
        for row, choice in enumerate(before._choices):
            chosen[choice.keeper] = choice.going
            proposed[choice.keeper] = before._suggested(row)
        for row, choice in enumerate(self._choices):
            asked = chosen.get(choice.keeper, set[int]()) & self._may_go(row)
            choice.going |= asked & self._suggested(row) | asked - proposed.get(choice.keeper, set[int]())

    def losses(self) -> Iterator[Loss]:
        """All photos that go, in the order of their groups."""
        for row, (group, choice) in enumerate(zip(self.groups, self._choices, strict=True)):
            members = {member.photo.photo_id: member for member in group.photos}
            for member in group.photos:
                if member.photo.photo_id in choice.going:
                    side = self.side(row, member)
                    yield Loss(member.photo, members[choice.keeper].photo, group.tier, member.frees_bytes, side)

    def _may_go(self, row: int) -> set[int]:
        """What the person may let go; of a keeper that was replaced, only a new look tells if it may."""
        group, keeper = self.groups[row], self._choices[row].keeper
        return {m.photo.photo_id for m in group.photos if m.may_go or m.photo.photo_id == group.keeper} - {keeper}

    def _suggested(self, row: int) -> set[int]:
        """What is proposed to go, for the keeper that is suggested."""
        group = self.groups[row]
        if self._choices[row].keeper != group.keeper:
            return set()
        return {member.photo.photo_id for member in group.photos if not member.stays}


def all_losses(reviews: Iterable[Review]) -> list[Loss]:
    """What goes by several reviews, the strongest tier first: each photo once, for a keeper that does not go itself."""
    found: dict[int, Loss] = {}
    for review in reviews:
        for loss in review.losses():
            if _last(found, loss).keeper.photo_id != loss.photo.photo_id:  # else nothing of them would stay
                found.setdefault(loss.photo.photo_id, loss)
    return [_last(found, loss) for loss in found.values()]


def _last(losses: dict[int, Loss], loss: Loss) -> Loss:
    """The loss with the photo that stays in the end; that covers it if each keeper on the way covers the one before."""
    while after := losses.get(loss.keeper.photo_id):
        loss = loss._replace(keeper=after.keeper, side=loss.side if loss.side.covers != "yes" else after.side)
    return loss


def _ids(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]
