"""Removals of a review: never the kept photo, never a photo that must stay, and each photo once."""

from dataclasses import replace

import pytest

from photosearch.gui.duplicates.review import Change, Review, Rule, all_losses, in_place
from photosearch.models import UNCHECKED, Facts, Group, Mark, Member, Photo, Side, Tier, Verdict

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
    """The ids of what goes, and of what stays instead."""
    losses = all_losses(reviews)
    assert len({loss.photo.photo_id for loss in losses}) == len(losses)
    return {loss.photo.photo_id: loss.keeper.photo_id for loss in losses}


def change(marks: dict[int, Mark], changes: Change | None) -> bool:
    """Let photos go, or stay, if that can be."""
    for photo_id, mark in (changes or {}).items():
        if mark:
            marks[photo_id] = mark
        else:
            del marks[photo_id]
    return changes is not None


def suggest(*reviews: Review) -> None:
    for review in reviews:
        change(review.marks, review.suggestions())


def toggle(review: Review, row: int, photo_id: int) -> bool:
    return change(review.marks, review.toggled(row, photo_id))


def test_nothing_goes_unasked() -> None:
    assert goes(Review([group(1, 2, 3)])) == {}


def test_the_suggestions_are_all_but_what_is_kept_and_what_must_stay() -> None:
    review = Review([group(1, 2, 3, 4, staying=(3,)), group(5, 6)])
    suggest(review)
    assert goes(review) == {2: 1, 4: 1, 6: 5}
    assert [review.outcome(0, each) for each in (1, 2, 3)] == ["kept", "goes", "stays"]
    assert review.suggestions() == {} and review.next_waiting(0) == -1


def test_similar_shots_are_never_proposed() -> None:
    assert not Review([group(1, 2, tier="similar")]).has_suggestions


@pytest.mark.parametrize("photo_id", [1, 3])
def test_what_is_kept_or_must_stay_cannot_be_let_go(photo_id: int) -> None:
    review = Review([group(1, 2, 3, staying=(3,))])
    assert not toggle(review, 0, photo_id)
    assert goes(review) == {}


def test_a_photo_goes_and_stays_after_all() -> None:
    review = Review([group(1, 2)])
    assert toggle(review, 0, 2) and goes(review) == {2: 1}
    assert toggle(review, 0, 2) and goes(review) == {}


def test_another_photo_is_kept_and_the_one_before_may_go() -> None:
    review = Review([group(1, 2, 3)])
    suggest(review)
    review.keep(0, 2)
    assert goes(review) == {}, "they were to go for the other one"
    assert toggle(review, 0, 1)
    assert goes(review) == {1: 2}
    assert not toggle(review, 0, 2)
    suggest(review)
    assert goes(review) == {1: 2}, "what is proposed is proposed for the other one"
    assert [loss.side for loss in all_losses([review])] == [UNCHECKED]
    change(review.marks, review.rest(0))
    assert goes(review) == {1: 2, 3: 2}


def test_what_is_undecided_goes_by_the_persons_own_hand_only() -> None:
    review = Review([group(1, 2, 3, 4, undecided=(3,), staying=(4,)), group(5, 6, undecided=(6,))])
    assert review.has_suggestions and review.undecided == 2
    suggest(review)
    assert goes(review) == {2: 1} and review.undecided == 2 and review.waiting(0) == [3]
    assert toggle(review, 0, 3) and review.undecided == 1
    assert {loss.photo.photo_id: loss.side.lacks for loss in all_losses([review])} == {2: None, 3: "content"}
    assert (review.next_waiting(0), review.next_waiting(2)) == (1, 1)
    assert not Review([group(5, 6, undecided=(6,))]).has_suggestions


def test_what_went_as_proposed_goes_only_while_it_is() -> None:
    before = Review([group(1, 2, 3, 4, 5, undecided=(3, 5))])
    suggest(before)
    for each in (3, 5):
        toggle(before, 0, each)
    after = Review([group(1, 2, 3, 4, 5, undecided=(2, 3), staying=(5,))], before.marks)
    assert goes(after) == {3: 1, 4: 1}, "2 is not proposed any more, 3 was let go by hand, 5 is protected now"


def test_who_goes_for_one_that_goes_itself_is_covered_only_if_that_is() -> None:
    same, edited = Review([group(1, 2)]), Review([group(0, 1, tier="edited", undecided=(1,))])
    suggest(same)
    toggle(edited, 0, 1)
    assert {loss.photo.photo_id: loss.side.covers for loss in all_losses([same, edited])} == {2: "no", 1: "no"}


def test_a_new_look_has_the_last_word_of_what_may_go() -> None:
    before = Review([group(1, 2, 3, 4), group(5, 6), group(7, 8)])
    before.keep(0, 2)
    for each in (1, 3, 4):
        toggle(before, 0, each)
    toggle(before, 1, 6)
    toggle(before, 2, 8)
    after = Review([group(8, 7), group(2, 1, 3, staying=(1,)), group(5, 6)], before.marks)
    assert goes(after) == {3: 2, 6: 5}, "1 is protected, 4 is no duplicate of 2, and 8 is kept now"


def test_who_is_taken_out_of_a_group_stays_and_is_put_back() -> None:
    review = Review([group(1, 2, 3), group(4, 5)])
    suggest(review)
    whole = review.groups[0]
    review.take_out(0, [2])
    assert goes(review) == {3: 1, 5: 4}
    left = review.groups[0]
    review.take_out(0, [3])
    assert [each.keeper for each in review.groups] == [4]
    assert goes(review) == {5: 4}
    assert (review.row_of(5), review.row_of(3)) == (0, -1)
    for before in (left, whole):
        assert review.put_back(0, before, 1) == 0
    assert review.groups == (group(1, 2, 3), group(4, 5)) and goes(review) == {2: 1, 3: 1, 5: 4}


def test_groups_stay_where_they_were_after_a_new_look() -> None:
    before = [group(1, 2), group(3, 4, 5), group(6, 7)]
    after = [group(8, 9), group(6, 7), group(4, 3, 5), group(1, 2)]
    kept = in_place(after, before)
    assert [each.keeper for each in kept] == [1, 4, 6, 8]
    assert [member.photo.photo_id for member in kept[1].photos] == [3, 4, 5]


def test_where_a_keeper_goes_itself_its_own_stays_for_both() -> None:
    identical, same, edited = (
        Review([group(2, 3, tier="identical")]),
        Review([group(1, 2)]),
        Review([group(0, 1, tier="edited")]),
    )
    suggest(identical, same)
    assert goes(identical, same, edited) == {3: 1, 2: 1}
    suggest(edited)
    assert goes(identical, same, edited) == {3: 0, 2: 0, 1: 0}


def test_of_photos_that_would_go_for_each_other_one_stays() -> None:
    identical, same, edited = Review([group(1, 2)]), Review([group(2, 3)]), Review([group(3, 1)])
    suggest(identical, same, edited)
    assert goes(identical, same, edited) == {2: 1, 3: 1}


def test_a_photo_in_two_groups_goes_once_for_the_stronger_reason() -> None:
    identical, same = Review([group(1, 2, tier="identical")]), Review([group(3, 2, 4)])
    suggest(identical, same)
    assert goes(identical, same) == {2: 1, 4: 3}
    (first, *_) = all_losses([identical, same])
    assert first.tier == "identical"


def at(path: str, made: Group) -> Group:
    """The same group with its last photo somewhere else."""
    last = made.photos[-1]
    return replace(made, photos=(*made.photos[:-1], replace(last, photo=replace(last.photo, path=path))))


def test_a_rule_lets_go_what_lies_in_a_folder_or_is_called_so_while_its_keeper_lies_elsewhere() -> None:
    review = Review([at("/photos/Copies/a.jpg", group(1, 2)), at("/photos/b (1).jpg", group(3, 4)), group(5, 6)])
    assert set(review.by_rule(Rule(folder="/photos/Copies"))) == {2}
    assert set(review.by_rule(Rule(folder="/photos"))) == set()  # all that is kept lies there, too
    assert set(review.by_rule(Rule(text="COPIES"))) == {2}
    assert set(review.by_rule(Rule(text="(1)"))) == {4}
    assert [loss.photo.photo_id for loss in review.losses_by(review.by_rule(Rule(text="6.jpg")))] == [6]
    assert set(review.by_rule(Rule(is_smaller=True))) == set()


def test_a_rule_lets_go_what_is_not_proposed_only_if_it_says_so() -> None:
    review = Review([group(1, 2, 3, 4, staying=(4,), undecided=(3,))])
    assert set(review.by_rule(Rule(text="photos"))) == {2}
    asked = review.by_rule(Rule(text="photos", is_proposed=False))
    assert asked == {2: Mark(1, False), 3: Mark(1, True)}
    change(review.marks, asked)
    assert review.by_rule(Rule(text="photos", is_proposed=False)) == {}


def test_groups_that_are_not_shown_keep_what_was_decided_and_come_back_in_order() -> None:
    review = Review([group(1, 2), group(3, 4), group(5, 6)])
    suggest(review)
    review.keep(2, 6)
    review.narrow({4, 99}, "number")
    assert [each.keeper for each in review.groups] == [3] and goes(review) == {4: 3}
    assert review.hides(1) and not review.hides(4) and not review.hides(77)
    review.narrow({2, 6}, "number")
    assert [each.keeper for each in review.groups] == [1, 5] and review.keeper(1) == 6
    review.narrow(None, "number")
    assert [each.keeper for each in review.groups] == [1, 3, 5] and goes(review) == {2: 1, 4: 3}
