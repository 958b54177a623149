"""A copy that saving a photo gives to the pixel goes, whatever saving took; one that is off by a level is looked at."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from photosearch.find.originals.jpeg.saved_copy import find_saved_copy
from tests.find.originals.test_coverage import Edit, edited, look, original, save, scale
from tests.find.originals.test_resized import LOSSLESS, covers, picture, words
from tests.find.originals.test_saving import levels, photograph

SIZE = 640, 480


def as_it_is(image: Image.Image) -> Image.Image:
    return image


def told(photo: bytes, copy: bytes) -> int:
    """1 if the copy is known as the photo, saved; -1: the reverse; 0: neither. All is so if they are named in turn."""
    found, reverse = find_saved_copy(original(photo), original(copy)), find_saved_copy(original(copy), original(photo))
    assert reverse == (found and found.reversed())
    return 0 if found is None else 1 if covers(found) == ["yes", "no"] else -1


def turned(image: Image.Image, **options: Any) -> bytes:
    """As a camera saves that is held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return save(image.transpose(Image.Transpose.ROTATE_90), exif=exif, **options)


@pytest.mark.parametrize(
    "options",
    [
        *({"quality": 12}, {"quality": 50}, {"quality": 80, "subsampling": 0}, {"quality": 80, "subsampling": 1}),
        *({"quality": 85, "progressive": True, "optimize": True}, {"quality": 90}),
    ],
    ids=str,
)
@pytest.mark.parametrize("kept", [{"quality": 95}, LOSSLESS, {"format": "WEBP", "quality": 80}], ids=str)
def test_a_photo_that_is_saved_again_is_known_to_the_pixel(kept: dict[str, Any], options: dict[str, Any]) -> None:
    photo = photograph(3, **kept)
    copy = edited(photo, as_it_is, **options)
    assert told(photo, copy) == 1
    assert covers(look(photo, copy)) == ["yes", "no"]
    assert told(photo, turned(picture(levels(photo)), **options)) == 1


@pytest.mark.parametrize("how", [Image.Resampling.LANCZOS, Image.Resampling.BOX, Image.Resampling.BILINEAR])
@pytest.mark.parametrize("times", [0.5, 0.37])
def test_so_is_a_smaller_copy(how: Image.Resampling, times: float) -> None:
    photo, size = photograph(1), (round(SIZE[0] * times), round(SIZE[1] * times))
    copy = edited(photo, lambda image: image.resize(size, how), quality=75)
    assert told(photo, copy) == 1
    assert covers(look(photo, copy)) == ["yes", "no"]


@pytest.mark.parametrize("how", [Image.Resampling.BOX, Image.Resampling.BICUBIC])
def test_what_was_enlarged_is_not_taken_for_the_original(how: Image.Resampling) -> None:
    """Made smaller again, it gives what it was made of."""
    photo = photograph(1, quality=80)
    for options in (LOSSLESS, dict[str, Any](quality=95)):
        large = edited(photo, lambda image: image.resize((SIZE[0] * 2, SIZE[1] * 2), how), **options)
        assert told(photo, large) == 0, options


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (lambda image: image.crop((57, 33, 513, 433)), ["cropped"]),
        (ImageOps.mirror, ["mirrored"]),
        (lambda image: scale(0.5)(ImageOps.mirror(image)), ["mirrored"]),
        (lambda image: image.transpose(Image.Transpose.ROTATE_270), ["turned"]),
        (lambda image: ImageOps.mirror(image.crop((0, 0, 480, 480))), ["mirrored", "cropped"]),
    ],
    ids=["part", "mirrored", "mirrored half", "turned", "mirrored part"],
)
def test_so_is_a_part_and_one_that_is_turned(edit: Edit, changes: list[str]) -> None:
    photo = photograph(1)
    found = look(photo, edited(photo, edit, quality=75))
    assert covers(found) == ["yes", "no"]
    assert (found.tier, list(found.changes)) == ("edited", changes)
    assert "error_px" not in found.numbers, "all was measured"


def test_a_framed_copy_never_stays_for_its_photo() -> None:
    """Cut out of the page on which it lies, and saved, it gives the photo again."""
    photo = photograph(1, quality=75)
    for colour in ("white", "purple"):
        page = ImageOps.expand(picture(levels(photo)), 64, colour)
        for options in (LOSSLESS, dict[str, Any](quality=85)):
            found = look(photo, save(page, **options))
            assert found.sides[1].covers != "yes", (colour, options, found)


def test_half_of_a_part_lies_on_the_photo_wherever_that_was_cut() -> None:
    """It lies between two of its own pixels, of which it was taken to be on one."""
    photo = photograph(1)
    for corner in ((57, 33), (58, 35), (61, 40)):
        part = edited(photo, lambda image, corner=corner: image.crop((*corner, 513, 433)), **LOSSLESS)
        found = look(photo, edited(part, scale(0.5), quality=75))
        assert covers(found) == ["yes", "no"], (corner, found)


def test_a_grey_page_and_its_copy_are_known_as_well() -> None:
    page = Image.fromarray(np.asarray(levels(photograph(0)).mean(2), np.uint8))
    grey = save(page, quality=95)
    assert told(grey, save(Image.open(io.BytesIO(grey)), quality=60)) == 1
    assert told(photograph(0), save(page, quality=60)) == 0  # its colours are lost, which is more than saving


@pytest.mark.parametrize("edit", [as_it_is, scale(0.5)], ids=["one size", "half"])
@pytest.mark.parametrize("place", [(40, 40), (320, 240)], ids=["beside", "in the middle"])
def test_no_pixel_of_such_a_copy_is_another(edit: Edit, place: tuple[int, int]) -> None:
    photo = photograph(2, quality=97)
    shown = levels(edited(photo, edit, **LOSSLESS))
    assert told(photo, save(picture(shown), quality=85)) == 1
    shown[place[1] // 2 : place[1] // 2 + 4, place[0] // 2 : place[0] // 2 + 4] += 24
    assert told(photo, save(picture(shown), quality=85)) == 0


@pytest.mark.parametrize("made", ["lighter", "grainy", "again", "written on"])
@pytest.mark.parametrize("quality", [25, 60])
def test_what_was_made_of_a_jpeg_is_not_taken_for_its_original(quality: int, made: str) -> None:
    """Saved as that was, it gives its pixels again where steps are coarse: it still lies on them."""
    jpeg = photograph(4, quality=quality)
    shown = levels(jpeg)
    if made == "grainy":
        shown += np.random.default_rng(4).normal(0, 1, shown.shape)
    elif made != "again":
        shown += 1 if made == "lighter" else 2 * words("Sold", SIZE, 20)
    for options in (LOSSLESS, dict[str, Any](quality=97), dict[str, Any](quality=quality + 8)):
        later = save(picture(shown), **options)
        assert told(jpeg, later) >= 0, options


@pytest.mark.parametrize("sides", [(63, 80), (80, 63), (64, 64), (65, 120)])
def test_little_pictures_are_told_or_left(sides: tuple[int, int]) -> None:
    photo = photograph(5, sides, quality=97)
    assert told(photo, edited(photo, as_it_is, quality=40)) in (0, 1)
