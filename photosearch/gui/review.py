"""What a person has decided of groups of duplicates so far: which photo is kept, and which go. No file is touched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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

    def keep(self, row: int, photo_id: int) -> None:
        """Keep this photo of a group rather than the one that was suggested."""
        self._choices[row].keeper = photo_id
        self._choices[row].going.discard(photo_id)

    def toggle(self, row: int, photo_id: int) -> None:
        """Let a photo go, or stay after all; the keeper and what must stay do so whatever is asked."""
        going = self._choices[row].going
        if photo_id in going:
            going.discard(photo_id)
        elif photo_id in self._may_go(row):
            going.add(photo_id)

    def take_suggestions(self, tier: Tier) -> None:
        """Let all photos of the groups of a tier go but their keepers."""
        for row, (group, choice) in enumerate(zip(self.groups, self._choices, strict=True)):
            if group.tier == tier:
                choice.going = self._may_go(row)

    def clear(self, tier: Tier | None = None) -> None:
        """Let nothing go, of one tier or at all."""
        for group, choice in zip(self.groups, self._choices, strict=True):
            if tier in (None, group.tier):
                choice.going.clear()

    def replace(self, row: int, groups: Sequence[Group]) -> None:
        """Put none or one group in the place of another, whose photos all stay."""
        self.groups = (*self.groups[:row], *groups, *self.groups[row + 1 :])
        self._choices[row : row + 1] = [Choice(group.keeper) for group in groups]

    def losses(self) -> Iterator[Loss]:
        """All photos that go, each once: one in two groups goes for the stronger reason."""
        seen: set[int] = set()
        for group, choice in zip(self.groups, self._choices, strict=True):
            members = {member.photo.photo_id: member for member in group.photos}
            for photo_id in sorted(choice.going - seen):
                seen.add(photo_id)
                loser = members[photo_id]
                yield Loss(loser.photo, members[choice.keeper].photo, group.tier, loser.frees_bytes)

    def _may_go(self, row: int) -> set[int]:
        group, keeper = self.groups[row], self._choices[row].keeper
        return {member.photo.photo_id for member in group.photos if not member.stays} - {keeper}
