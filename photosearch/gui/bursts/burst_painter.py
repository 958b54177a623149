"""Paints a burst as a group to decide of, and says of brackets and panoramas that all of them stay."""

from photosearch.find.bursts import BurstKind
from photosearch.gui.duplicates.group_delegate import GroupPainter
from photosearch.gui.duplicates.review import Fate
from photosearch.gui.style.sentences import sentence
from photosearch.gui.style.words import moment, tr
from photosearch.library.bursts import BurstGroup
from photosearch.models import Group, Member


class BurstPainter(GroupPainter):
    """Its review holds groups of bursts."""

    def title(self, group: Group) -> list[str]:
        kept = next(member.photo for member in group.photos if member.photo.photo_id == group.keeper)
        return [kind_in_words(kind_of(group)), *super().title(group), moment(kept.shot_at)]

    def fate(self, row: int, photo_id: int) -> Fate:
        return "kept" if kind_of(self.review.groups[row]) != "burst" else super().fate(row, photo_id)

    def why_kept(self, row: int) -> str:
        group = self.review.groups[row]
        if kind_of(group) != "burst":
            return sentence(group.reason)
        if self.review.keeper(row) != group.keeper:
            return ""
        return tr("Best: {reason}").format(reason=sentence(group.reason))

    def reason(self, row: int, member: Member) -> str:
        """Why a photo may not go; empty for one that may, and for the one that is kept."""
        group = self.review.groups[row]
        is_kept = member.photo.photo_id in (self.review.keeper(row), group.keeper)
        if kind_of(group) != "burst" or is_kept or member.may_go:
            return ""
        return tr("Stays: protected, edited, with a video, or out of reach")


def kind_of(group: Group) -> BurstKind:
    """What a group of this page is."""
    return group.kind if isinstance(group, BurstGroup) else "burst"


def kind_in_words(kind: BurstKind) -> str:
    """The name of one of a kind."""
    return {"burst": tr("Burst"), "bracket": tr("Exposure bracket"), "panorama": tr("Panorama")}[kind]


def count_in_words(kind: BurstKind, count: int) -> str:
    """The number of bursts of a kind."""
    words = {
        "burst": tr("%Ln bursts", "", count),
        "bracket": tr("%Ln exposure brackets", "", count),
        "panorama": tr("%Ln panoramas", "", count),
    }
    return words[kind]
