"""Photos that stand for several: which of a listing are shown while bursts are stacked, and what each stands for."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photosearch.find.bursts import Burst, BurstKind
from photosearch.models import Listing, Section

NONE = -1


class StackMark(NamedTuple):
    """The stack that a shown photo stands for, or is a part of while that is open."""

    kind: BurstKind
    photos: int  # how many of the listing it holds
    place: int  # of the photo in its open stack, from 1; 0: the stack is closed, and the photo stands for it

    @property
    def is_open(self) -> bool:
        return self.place > 0


class Stacks:
    """Bursts as numbered stacks, by photo: every question about a million photos is an array's."""

    def __init__(self, bursts: Sequence[Burst]) -> None:
        """The best shot stands for a stack."""
        self.kinds: list[BurstKind] = [burst.kind for burst in bursts]
        most = max((max(burst.photos) for burst in bursts), default=0)
        self._numbers = np.full(most + 1, NONE, np.int64)  # by photo id: the stack
        self._ranks = np.zeros(most + 1, np.int64)  # by photo id: 0 for the best shot
        for number, burst in enumerate(bursts):
            photos = np.array([burst.best, *(photo for photo in burst.photos if photo != burst.best)])
            self._numbers[photos], self._ranks[photos] = number, np.arange(len(photos))

    def numbers(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The stack of each photo, -1 for none."""
        return self._of(self._numbers, ids, NONE)

    def ranks(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of each photo in its stack, from 0 for the best."""
        return self._of(self._ranks, ids, 0)

    def _of(self, by_photo: NDArray[np.int64], ids: NDArray[np.int64], nothing: int) -> NDArray[np.int64]:
        known = (ids >= 0) & (ids < len(by_photo))
        return np.where(known, by_photo[np.where(known, ids, 0)], nothing)


NO_STACKS = Stacks(())


@dataclass(frozen=True)
class Stacked:
    """What is shown of a listing."""

    listing: Listing
    stacks: Stacks
    counts: NDArray[np.int64]  # by stack: its photos in the listing
    opened: frozenset[int]  # numbers

    def mark(self, photo_id: int) -> StackMark | None:
        """What a shown photo stands for; None: itself."""
        number = self.number(photo_id)
        if number < 0:
            return None
        count, is_open = int(self.counts[number]), number in self.opened
        place = 1 + int(self.stacks.ranks(np.array([photo_id]))[0]) if is_open else 0
        return StackMark(self.stacks.kinds[number], count, place)

    def number(self, photo_id: int) -> int:
        """The stack of several photos that a photo of the listing is in, or -1."""
        number = int(self.stacks.numbers(np.array([photo_id]))[0])
        return number if number >= 0 and self.counts[number] > 1 else -1


def stack(listing: Listing, stacks: Stacks, opened: Collection[int]) -> Stacked:
    """Show of each closed stack the best photo that is listed, where the first of its photos stands.

    `opened` are numbers of stacks of which all photos are shown, side by side.
    """
    if not listing.ids or not stacks.kinds:
        return Stacked(listing, stacks, np.zeros(len(stacks.kinds), np.int64), frozenset())
    ids = np.frombuffer(listing.ids, np.int64)
    numbers = stacks.numbers(ids)
    counts = np.bincount(numbers[numbers >= 0], minlength=len(stacks.kinds))
    rows = np.flatnonzero(numbers >= 0)
    rows = rows[counts[numbers[rows]] > 1]
    is_opened = frozenset(number for number in opened if 0 <= number < len(counts) and counts[number] > 1)
    if not len(rows):
        return Stacked(listing, stacks, counts, is_opened)
    by_rank = rows[np.lexsort((stacks.ranks(ids[rows]), numbers[rows]))]  # stack by stack, the best first
    starts = np.flatnonzero(np.diff(numbers[by_rank], prepend=NONE))
    first_rows = np.minimum.reduceat(by_rank, starts)  # where each stack stands
    sizes = np.diff(np.append(starts, len(by_rank)))
    opens = np.isin(numbers[by_rank], list(is_opened))
    stays = opens.copy()
    stays[starts] = True  # the best one
    alone = np.setdiff1d(np.arange(len(ids)), rows, assume_unique=True)
    shown = np.concatenate((alone, by_rank[stays]))
    stands = np.concatenate((alone, np.repeat(first_rows, sizes)[stays]))
    order = np.argsort(stands, kind="stable")
    return Stacked(_listing(listing, ids[shown[order]], stands[order]), stacks, counts, is_opened)


def _listing(listing: Listing, ids: NDArray[np.int64], stands: NDArray[np.int64]) -> Listing:
    """A part of a listing, of which each photo stands at a row of the whole."""
    ends = np.cumsum([section.count for section in listing.sections])
    counts = np.bincount(np.searchsorted(ends, stands, side="right"), minlength=len(ends) + 1)
    sections = tuple(
        Section(section.title, count) for section, count in zip(listing.sections, counts.tolist(), strict=False)
    )
    return Listing(array("q", ids.tobytes()), sections)


class Stacking:
    """What a grid lists, and which of its stacks are open; these are told by photos, as numbers change."""

    def __init__(self) -> None:
        self.listing, self.stacks = Listing(array("q"), ()), NO_STACKS
        self._opened = set[int]()  # a photo of each open stack, or several
        self._stacked = stack(self.listing, self.stacks, ())

    def show(self, listing: Listing) -> Stacked:
        """What is shown of a listing."""
        self.listing = listing
        opened = self.stacks.numbers(np.array([*self._opened], np.int64)).tolist()
        self._stacked = stack(listing, self.stacks, opened)
        return self._stacked

    def has(self, photo_id: int) -> bool:
        """True if a photo is in a stack, or stands for one."""
        return photo_id >= 0 and self._stacked.number(photo_id) >= 0

    def toggle(self, photo_id: int) -> int:
        """Have the stack of a photo opened, or closed, when it is shown next; return its number, -1 for none."""
        number = self._stacked.number(photo_id) if self.has(photo_id) else -1
        if number >= 0 and number in self._stacked.opened:
            numbers = self.stacks.numbers(np.array([*self._opened], np.int64)).tolist()
            self._opened = {each for each, its in zip(self._opened, numbers, strict=True) if its != number}
        elif number >= 0:
            self._opened.add(photo_id)
        return number
