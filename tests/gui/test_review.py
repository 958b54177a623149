"""What goes by a review: never the photo that is kept, never what must stay, and each photo once."""

import pytest

from photosearch.gui.duplicates.review import Review, all_losses
from photosearch.models import UNCHECKED, Facts, Group, Member, Photo, Side, Tier, Verdict

FACTS = Facts("JPEG", 640, 480, None, None, None, None, None, 1.0)


def photo(photo_id: int) -> Photo:
    return Photo(photo_id, f"/photos/{photo_id}.jpg", "present", 1000, 0, FACTS)


def group(*ids: int, tier: Tier = "same", staying: tuple[int, ...] = (), undecided: tuple[int, ...] = ()) -> Group:
    """A group whose first photo is kept; those `staying` may not go, and those `undecided` are not proposed to."""

    def member(each: int) -> Member:
        may_go = each not in (ids[0], *staying)
        stays = not may_go or each in undecided
        side = Side("no", "content") if each in undecided else Side("yes")
        return Member(photo(each), each, 1.0, Verdict(tier), stays, may_go, 1000 * may_go, side)

    return Group(tier, ids[0], "Sharpest", tuple(map(member, ids)))


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
    assert goes(review) == {}, "they were to go for the other one"
    assert review.toggle(0, 1)
    assert goes(review) == {1: 2}
    assert not review.toggle(0, 2)
    review.take_suggestions()
    assert goes(review) == {1: 2}, "what is proposed is proposed for the other one"
    assert [loss.side for loss in all_losses([review])] == [UNCHECKED]


def test_what_is_undecided_goes_by_the_persons_own_hand_only() -> None:
    review = Review([group(1, 2, 3, 4, undecided=(3,), staying=(4,)), group(5, 6, undecided=(6,))])
    assert review.has_suggestions and review.undecided == 2
    review.take_suggestions()
    assert goes(review) == {2: 1} and review.undecided == 2
    assert review.toggle(0, 3) and review.undecided == 1
    assert {loss.photo.photo_id: loss.side.lacks for loss in all_losses([review])} == {2: None, 3: "content"}
    assert not Review([group(5, 6, undecided=(6,))]).has_suggestions


def test_what_went_as_proposed_goes_only_while_it_is() -> None:
    before = Review([group(1, 2, 3, 4, 5, undecided=(3, 5))])
    before.take_suggestions()
    for each in (3, 5):
        before.toggle(0, each)
    after = Review([group(1, 2, 3, 4, 5, undecided=(2, 3), staying=(5,))])
    after.carry_over(before)
    assert goes(after) == {3: 1, 4: 1}, "2 is not proposed any more, 3 was let go by hand, 5 is protected now"


def test_who_goes_for_one_that_goes_itself_is_covered_only_if_that_is() -> None:
    same, edited = Review([group(1, 2)]), Review([group(0, 1, tier="edited", undecided=(1,))])
    same.take_suggestions()
    edited.toggle(0, 1)
    assert {loss.photo.photo_id: loss.side.covers for loss in all_losses([same, edited])} == {2: "no", 1: "no"}


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
