"""Which photos of a listing are shown while bursts are stacked."""

from array import array

from hypothesis import given
from hypothesis import strategies as some

from photosearch.find.bursts import Burst
from photosearch.gui.grid.stacks import Stacking, Stacks, stack
from photosearch.models import Listing, Section


def listing(*months: list[int]) -> Listing:
    sections = tuple(Section(f"2024-{number + 1:02}", len(month)) for number, month in enumerate(months))
    return Listing(array("q", [photo for month in months for photo in month]), sections)


def burst(*photos: int) -> Burst:
    return Burst("burst", photos[0], photos, photos)


def test_the_best_one_stands_where_the_first_was() -> None:
    found = stack(listing([1, 5, 2, 6, 3]), Stacks([burst(3, 2, 1)]), ())
    assert found.listing.ids.tolist() == [3, 5, 6] and found.listing.sections == (Section("2024-01", 3),)
    mark = found.mark(3)
    assert mark and (mark.photos, mark.is_open) == (3, False) and found.mark(5) is None


def test_the_best_one_that_is_listed_stands_for_the_others_and_one_alone_for_itself() -> None:
    stacks = Stacks([burst(9, 2, 1), burst(4, 5)])
    found = stack(listing([1, 2, 5]), stacks, ())
    assert found.listing.ids.tolist() == [2, 5] and found.mark(5) is None


def test_an_open_stack_lies_side_by_side_the_best_first() -> None:
    found = stack(listing([1, 5, 2], [6, 3]), Stacks([burst(3, 2, 1)]), {0})
    assert found.listing.ids.tolist() == [3, 2, 1, 5, 6]
    assert [section.count for section in found.listing.sections] == [4, 1]
    assert [mark.place for photo in (3, 2, 1) if (mark := found.mark(photo))] == [1, 2, 3]


def test_what_is_open_stays_so_when_stacks_are_numbered_anew() -> None:
    stacking = Stacking()
    stacking.stacks = Stacks([burst(1, 2), burst(3, 4)])
    stacking.show(listing([1, 2, 3, 4]))
    assert stacking.toggle(3) == 1 and stacking.toggle(7) == -1
    stacking.stacks = Stacks([burst(3, 4), burst(1, 2)])
    assert stacking.show(listing([1, 2, 3, 4])).listing.ids.tolist() == [1, 3, 4]
    assert stacking.toggle(4) == 0  # any of its photos closes it
    assert stacking.show(listing([1, 2, 3, 4])).listing.ids.tolist() == [1, 3]


@given(some.permutations(range(12)), some.integers(0, 12), some.integers(1, 4), some.sets(some.integers(0, 5)))
def test_no_photo_is_lost_and_none_shown_twice(order: list[int], cut: int, size: int, opened: set[int]) -> None:
    bursts = [burst(*range(start, start + size)) for start in range(0, 12, size)]
    months = listing(order[:cut], order[cut:])
    found = stack(months, Stacks(bursts), opened)
    shown = found.listing.ids.tolist()
    assert len(set(shown)) == len(shown) == sum(section.count for section in found.listing.sections)
    stands_for = {photo for each in bursts for photo in each.photos if any(other in shown for other in each.photos)}
    assert stands_for == set(order)
    assert all(photo in shown for number in found.opened for photo in bursts[number].photos)
