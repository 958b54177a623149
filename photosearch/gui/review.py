"""What a person has decided of groups of duplicates so far: which photo is kept, and which go. No file is touched."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from photosearch.photo import Group, Photo, Tier

Fate = Literal["kept", "goes", "stays"]


@dataclass
class Choice:
    """Of one group: the photo that the others are measured by, and those that go."""

    keeper: int
    going: set[int] = field(default_factory=set[int])


class Loss(NamedTuple):
    """One photo that goes, and the one that is kept in its stead."""

    photo: Photo
    keeper: Photo
    tier: Tier
    frees_bytes: int


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

    def keep(self, row: int, photo_id: int) -> None:
        """Keep this photo of a group rather than the one that was suggested."""
        self._choices[row].keeper = photo_id
        self._choices[row].going.discard(photo_id)

    def toggle(self, row: int, photo_id: int) -> bool:
        """Let a photo go, or stay after all; return False where it is the keeper or must stay whatever is asked."""
        going = self._choices[row].going
        if photo_id in going:
            going.discard(photo_id)
        elif photo_id in self._may_go(row):
            going.add(photo_id)
        else:
            return False
        return True

    def take_suggestions(self) -> None:
        """Let all photos of the groups go but their keepers."""
        for row, choice in enumerate(self._choices):
            choice.going = self._may_go(row)

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
        """Let go what was to go in an earlier review, wherever the same photo is kept for it and it still may."""
        chosen = {choice.keeper: choice.going for choice in before._choices}
        for row, choice in enumerate(self._choices):
            may_go = {member.photo.photo_id for member in self.groups[row].photos if not member.stays}
            choice.going = chosen.get(choice.keeper, set[int]()) & may_go

    def losses(self) -> Iterator[Loss]:
        """All photos that go, in the order of their groups."""
        for group, choice in zip(self.groups, self._choices, strict=True):
            members = {member.photo.photo_id: member for member in group.photos}
            for member in group.photos:
                if member.photo.photo_id in choice.going:
                    yield Loss(member.photo, members[choice.keeper].photo, group.tier, member.frees_bytes)

    def _may_go(self, row: int) -> set[int]:
        """All but the keeper and what must stay; of a keeper that was replaced, only a new look tells if it may go."""
        group, keeper = self.groups[row], self._choices[row].keeper
        return {m.photo.photo_id for m in group.photos if not m.stays or m.photo.photo_id == group.keeper} - {keeper}


def all_losses(reviews: Iterable[Review]) -> list[Loss]:
    """What goes by several reviews, the strongest tier first: each photo once, for a keeper that does not go itself."""
    found: dict[int, Loss] = {}
    for review in reviews:
        for loss in review.losses():
            if _last(found, loss.keeper).photo_id != loss.photo.photo_id:  # else nothing of them would stay
                found.setdefault(loss.photo.photo_id, loss)
    return [loss._replace(keeper=_last(found, loss.keeper)) for loss in found.values()]


def _last(losses: dict[int, Loss], photo: Photo) -> Photo:
    """The photo that stays for this one in the end."""
    while photo.photo_id in losses:
        photo = losses[photo.photo_id].keeper
    return photo


def _ids(group: Group) -> list[int]:
    return [member.photo.photo_id for member in group.photos]
