"""Contents of files beside their pixels, in the closer look at originals."""

from dataclasses import replace

import pytest

from photosearch.find.duplicates.closer_look import with_facts
from photosearch.models import SHOWS_ALL, Container, Coverage, Facts, Photo, Side

FACTS = Facts("JPEG", 800, 600, "2024-05-05T10:00:00", "Canon", None, None, None, 10.0)
PHOTO = Photo(1, "/photos/a.jpg", "present", 1000, 0, FACTS)
PLAIN = Container()
COVERS = Coverage("same", (Side("yes"), Side("no", "edit")))
UNKNOWN = Coverage("same", (Side("undecided", "unclear"), Side("undecided", "unclear")))
UNCLEAR = replace(UNKNOWN, numbers=dict.fromkeys(SHOWS_ALL, 1.0))  # which was made from which, and nothing else
ONE_SHOWS_ALL = replace(UNKNOWN, numbers=dict(zip(SHOWS_ALL, (1.0, 0.0), strict=True)))


def covers(told: Coverage, one: Container, other: Container, taken_at: str | None = None) -> list[str]:
    late = replace(PHOTO, facts=replace(FACTS, taken_at=taken_at or FACTS.taken_at))
    return [side.covers for side in with_facts(told, (PHOTO, one), (late, other)).sides]


@pytest.mark.parametrize(
    "other", [Container(pictures=3), Container(extras=("video",)), Container(extras=("gain map",)), Container(2)]
)
def test_a_file_that_holds_more_never_goes(other: Container) -> None:
    assert covers(COVERS, PLAIN, other) == ["no", "no"]
    assert covers(COVERS, other, PLAIN) == ["yes", "no"], "its still may go for it"
    assert covers(COVERS, other, other) == ["no", "no"], "nothing tells that they hold the same"


def test_where_pixels_do_not_tell_the_one_that_a_camera_wrote_is_the_original() -> None:
    camera = Container(has_camera=True)
    assert covers(UNCLEAR, camera, PLAIN) == ["yes", "no"]
    assert covers(UNCLEAR, PLAIN, camera) == ["no", "yes"]
    assert covers(UNCLEAR, camera, camera) == ["undecided", "undecided"]
    assert covers(COVERS, PLAIN, camera) == ["undecided", "undecided"], "what pixels and EXIF say is contrary"


def test_where_pixels_do_not_tell_the_one_that_no_editor_wrote_is_the_original() -> None:
    camera, edited = Container(has_camera=True), Container(has_camera=True, has_editor=True)
    assert covers(UNCLEAR, camera, edited) == ["yes", "no"]
    assert covers(UNCLEAR, edited, camera) == ["no", "yes"]
    assert covers(UNCLEAR, edited, edited) == ["undecided", "undecided"]
    assert covers(UNCLEAR, edited, PLAIN) == ["yes", "no"], "programs lose what a camera wrote"
    assert covers(COVERS, edited, camera) == ["yes", "no"], "pixels tell more: that one may be a copy of the edit"


@pytest.mark.parametrize("original", [Container(has_camera=True), PLAIN])
def test_an_original_that_may_lack_something_is_not_preferred(original: Container) -> None:
    """It may be a part of a larger picture whose EXIF a program lost, or another shot."""
    edit = Container(has_palette=True, has_editor=True)
    assert covers(UNKNOWN, original, edit) == covers(UNKNOWN, edit, original) == ["undecided", "undecided"]
    assert covers(ONE_SHOWS_ALL, original, edit) == ["yes", "no"]
    assert covers(ONE_SHOWS_ALL, edit, original) == ["undecided", "undecided"]


@pytest.mark.parametrize("original", [Container(has_camera=True), PLAIN])
def test_neither_camera_nor_palette_tells_whether_letters_differ(original: Container) -> None:
    hidden = replace(UNCLEAR, sides=(Side("undecided", "letters"), Side("undecided", "letters")))
    for edit in (Container(has_palette=True), Container(has_camera=True, has_editor=True)):
        assert covers(hidden, original, edit) == covers(hidden, edit, original) == ["undecided", "undecided"]


def test_what_has_256_colours_was_made_from_what_has_more() -> None:
    palette = Container(has_palette=True)
    assert covers(UNCLEAR, PLAIN, palette) == ["yes", "no"]
    assert covers(UNCLEAR, palette, PLAIN) == ["no", "yes"]
    assert covers(UNCLEAR, palette, palette) == ["undecided", "undecided"]


def test_a_lossless_file_with_the_pixels_of_a_lossy_one_adds_nothing_to_it() -> None:
    equal, lossy = Coverage("same", (Side("yes"), Side("yes"))), Container(is_lossy=True)
    assert covers(equal, lossy, PLAIN) == ["yes", "no"]
    saved = replace(equal, numbers={"levels": 0.5})
    assert covers(saved, lossy, PLAIN) == ["undecided", "undecided"], "saved once more, as lossy"
    assert covers(equal, lossy, lossy) == covers(equal, PLAIN, PLAIN) == ["yes", "yes"]
    assert covers(saved, PLAIN, PLAIN) == ["undecided", "undecided"], "something may be hidden in the finest bits"


def test_exposures_of_one_moment_are_a_set() -> None:
    bright, dark = Container(exposure_s=0.16), Container(exposure_s=0.01)
    told = with_facts(COVERS, (PHOTO, bright), (PHOTO, dark))
    assert told.tier == "similar" and {side.lacks for side in told.sides} == {"set"}
    assert covers(COVERS, bright, bright) == ["yes", "no"]
    assert covers(COVERS, bright, dark, "2024-05-05T10:00:09") == ["yes", "no"], "not at one moment"


@pytest.mark.parametrize("extra", ["transparency", "depth of tones", "sound", "another picture"])
def test_what_is_not_seen_of_a_file_keeps_it(extra: str) -> None:
    equal, more = Coverage("same", (Side("yes"), Side("yes"))), Container(extras=(extra,))
    told = with_facts(equal, (PHOTO, PLAIN), (PHOTO, more))
    assert told.sides == (Side("no", "container"), Side("yes"))


def test_colours_beyond_srgb_are_not_shown_by_a_copy_in_others() -> None:
    equal, wide = Coverage("same", (Side("yes"), Side("yes"))), Container(colours="profile 1")
    assert with_facts(equal, (PHOTO, PLAIN), (PHOTO, wide)).sides == (Side("no", "colour"), Side("yes"))
    assert with_facts(equal, (PHOTO, wide), (PHOTO, wide)).sides == (Side("yes"), Side("yes"))


def test_of_equal_values_that_stand_for_other_colours_neither_shows_the_other() -> None:
    equal, linear = Coverage("same", (Side("yes"), Side("yes"))), Container(colours="gamma 100000")
    assert with_facts(equal, (PHOTO, PLAIN), (PHOTO, linear)).sides == (Side("no", "colour"),) * 2
    assert with_facts(equal, (PHOTO, linear), (PHOTO, linear)).sides == (Side("yes"), Side("yes"))
