"""A group of duplicates as it is compared: its photos, what becomes of each, and why."""

from typing import NamedTuple

from photosearch.gui.compare.overlay import Transform
from photosearch.gui.duplicates.group_actions import Offer
from photosearch.gui.duplicates.group_delegate import outcome_in_words
from photosearch.gui.duplicates.group_view import GroupView
from photosearch.gui.duplicates.review import Outcome
from photosearch.gui.style.folder_names import FolderName, folder_names
from photosearch.gui.style.words import number, tr
from photosearch.gui.work.names import name_of
from photosearch.models import Part, Photo
from photosearch.paths import shown

BESIDE = 3  # photos seen beside the kept one


class Seen(NamedTuple):
    """One photo of a group."""

    photo: Photo
    outcome: Outcome
    why: str  # it is kept, or is not proposed to go
    folder: FolderName
    transform: Transform | None  # lays it over the kept one
    differs: Part | None  # what the kept one does not show of it


class Case(NamedTuple):
    """The photos of a group that are compared at a time, the kept one first; `current` is the place of one of them."""

    title: str
    photos: tuple[Seen, ...]
    current: int
    offers: tuple[Offer, ...]  # the decisions that can be made


def case_of(view: GroupView) -> Case | None:
    """The current group: the kept photo, and as many others as have room, the current one among them."""
    group, place, review = view.group, view.place, view.review
    if not group or not place:
        return None
    keeper = review.keeper(place.row)
    others = [number for number, member in enumerate(group.photos) if member.photo.photo_id != keeper]
    kept = next(number for number in range(len(group.photos)) if number not in others)
    looked_at = place.number if place.number != kept else _first_waiting(view, others)
    start = others.index(looked_at) // BESIDE * BESIDE
    numbers = [kept, *others[start : start + BESIDE]]
    names = folder_names([member.photo.path for member in group.photos])
    seen = list[Seen]()
    is_measured = keeper == group.keeper  # another keeper is measured in the next look
    for each in numbers:
        member = group.photos[each]
        evidence = member.verdict.evidence if is_measured else None
        why = view.why_kept(place.row) if each == kept else view.reason(place.row, member)
        outcome = view.outcome(place.row, member.photo.photo_id)
        transform = evidence.transform if evidence else None
        differs = review.side(place.row, member).differs
        seen.append(Seen(member.photo, outcome, why, names[each], transform, differs))
    title = tr("Group {number} of {total}").format(number=number(place.row + 1), total=number(len(review.groups)))
    return Case(title, tuple(seen), numbers.index(place.number), tuple(view.offers()))


class State(NamedTuple):
    """The current photo of the current group, in words."""

    group: str
    text: str  # what becomes of it, where it lies, and why
    spoken: str  # the same with its name and its whole path, for a screen reader
    offers: tuple[Offer, ...]


def state_of(view: GroupView) -> State:
    """What is to be said of the current photo; the view has one."""
    case = case_of(view)
    assert case
    seen = case.photos[case.current]
    outcome, path = outcome_in_words(seen.outcome), shown(seen.photo.path)
    parts = [part for part in (outcome, "".join(seen.folder), seen.why) if part]
    return State(case.title, " · ".join(parts), ", ".join((name_of(path), outcome, path, seen.why)), case.offers)


def _first_waiting(view: GroupView, others: list[int]) -> int:
    """Of the others than the kept one, the first that waits for a decision."""
    assert view.group
    waiting = view.review.waiting(view.row)
    return next((each for each in others if view.group.photos[each].photo.photo_id in waiting), others[0])
