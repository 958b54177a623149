"""What goes by a review: never the photo that is kept, never what must stay, and each photo once."""

import pytest

from photosearch.gui.review import Review, all_losses
from photosearch.photo import Facts, Group, Member, Photo, Tier, Verdict

FACTS = Facts("JPEG", 640, 480, None, None, None, None, None, 1.0)


def photo(photo_id: int) -> Photo:
    return Photo(photo_id, f"/photos/{photo_id}.jpg", "present", 1000, 0, FACTS)


def group(*ids: int, tier: Tier = "same", staying: tuple[int, ...] = ()) -> Group:
    """A group whose first photo is kept."""
    members = [
        Member(photo(each), each, 1.0, Verdict(tier), stays := each in (ids[0], *staying), 0 if stays else 1000)
        for each in ids
    ]
    return Group(tier, ids[0], "Sharpest", tuple(members))


def goes(*reviews: Review) -> dict[int, int]:
    """The ids of what goes, and of what stays in its stead."""
    losses = all_losses(reviews)
    assert len({loss.photo.photo_id for loss in losses}) == len(losses)
    return {loss.photo.photo_id: loss.keeper.photo_id for loss in losses}


def test_nothing_goes_unasked() -> None:
    assert goes(Review([group(1, 2, 3)])) == {}


def test_the_suggestions_are_all_but_what_is_kept_and_what_must_stay() -> None:
    review = Review([group(1, 2, 3, 4, staying=(3,)), group(5, 6)])
    review.take_suggestions()
    assert goes(review) == {2: 1, 4: 1, 6: 5}
    assert [review.fate(0, each) for each in (1, 2, 3)] == ["kept", "goes", "stays"]
    review.clear()
    assert goes(review) == {}


@pytest.mark.parametrize("photo_id", [1, 3])
def test_what_is_kept_or_must_stay_cannot_be_let_go(photo_id: int) -> None:
    review = Review([group(1, 2, 3, staying=(3,))])
    assert not review.toggle(0, photo_id)
    assert goes(review) == {}


def test_a_photo_goes_and_stays_after_all() -> None:
    review = Review([group(1, 2)])
    assert review.toggle(0, 2) and goes(review) == {2: 1}
    assert review.toggle(0, 2) and goes(review) == {}


def test_another_photo_is_kept_and_the_one_before_may_go() -> None:
    review = Review([group(1, 2, 3)])
    review.take_suggestions()
    review.keep(0, 2)
    assert goes(review) == {3: 2}
    assert review.toggle(0, 1)
    assert goes(review) == {1: 2, 3: 2}
    assert not review.toggle(0, 2)


def test_a_new_look_has_the_last_word_of_what_may_go() -> None:
    before = Review([group(1, 2, 3, 4), group(5, 6), group(7, 8)])
    before.keep(0, 2)
    for each in (1, 3, 4):
        before.toggle(0, each)
    before.toggle(1, 6)
    before.toggle(2, 8)
    after = Review([group(8, 7), group(2, 1, 3, staying=(1,)), group(5, 6)])
    after.carry_over(before)
    assert goes(after) == {3: 2, 6: 5}, "1 is protected, 4 is no duplicate of 2, and 8 is kept now"


def test_who_is_taken_out_of_a_group_stays() -> None:
    review = Review([group(1, 2, 3), group(4, 5)])
    review.take_suggestions()
    review.take_out(0, [2])
    assert goes(review) == {3: 1, 5: 4}
    review.take_out(0, [3])
    assert [each.keeper for each in review.groups] == [4]
    assert goes(review) == {5: 4}
    assert (review.row_of(5), review.row_of(3)) == (0, -1)


def test_where_a_keeper_goes_itself_its_own_stays_for_both() -> None:
    identical, same, edited = (
        Review([group(2, 3, tier="identical")]),
        Review([group(1, 2)]),
        Review([group(0, 1, tier="edited")]),
    )
    for review in (identical, same):
        review.take_suggestions()
    assert goes(identical, same, edited) == {3: 1, 2: 1}
    edited.take_suggestions()
    assert goes(identical, same, edited) == {3: 0, 2: 0, 1: 0}


def test_of_photos_that_would_go_for_each_other_one_stays() -> None:
    identical, same, edited = Review([group(1, 2)]), Review([group(2, 3)]), Review([group(3, 1)])
    for review in (identical, same, edited):
        review.take_suggestions()
    assert goes(identical, same, edited) == {2: 1, 3: 1}


def test_a_photo_in_two_groups_goes_once_for_the_stronger_reason() -> None:
    identical, same = Review([group(1, 2, tier="identical")]), Review([group(3, 2, 4)])
    for review in (identical, same):
        review.take_suggestions()
    assert goes(identical, same) == {2: 1, 4: 3}
    (first, *_) = all_losses([identical, same])
    assert first.tier == "identical"
