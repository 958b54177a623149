"""What saving does not explain of a copy is other content: a colour as light as its place, a bar along the frame."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.find.originals.test_coverage import edited, look, save
from tests.find.originals.test_resized import LOSSLESS, covers, picture, scale, words
from tests.photos import open_sample

Size = tuple[int, int]
SIZE: Size = 640, 480
EVEN_RED = 56, -32, 18  # levels that have no luma


def photograph(number: int, size: Size = SIZE, **options: Any) -> bytes:
    """A sample with the grain of a sensor, which no saving leaves as it was."""
    grain = np.random.default_rng(number).normal(0, 1, (size[1], size[0], 3))
    return save(picture(np.asarray(open_sample(number, size), np.float32) + grain), **{"quality": 92} | options)


def levels(photo: bytes) -> np.ndarray[Any, Any]:
    with Image.open(io.BytesIO(photo)) as image:
        return np.asarray(image.convert("RGB"), np.float32)


@pytest.mark.parametrize("subsampling", [0, 1, 2], ids=["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("options", [{}, LOSSLESS], ids=["of a JPEG", "of a lossless photo"])
def test_a_digit_in_a_colour_as_light_as_what_it_lies_on_is_seen(subsampling: int, options: dict[str, Any]) -> None:
    photo = photograph(3, **options)
    plain = picture(levels(photo))
    assert covers(look(photo, save(plain, quality=85, subsampling=subsampling))) == ["yes", "no"]
    marked = picture(levels(photo) + np.array(EVEN_RED, np.float32) * words("7", SIZE, 14))
    told = look(photo, save(marked, quality=85, subsampling=subsampling))
    assert "yes" not in covers(told), told


def test_such_a_digit_is_seen_in_a_smaller_copy() -> None:
    photo = photograph(3, (1280, 960))
    small = levels(edited(photo, scale(0.5), **LOSSLESS))
    assert covers(look(photo, save(picture(small), quality=85))) == ["yes", "no"]
    told = look(photo, save(picture(small + np.array(EVEN_RED, np.float32) * words("7", SIZE, 14)), quality=85))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("tint", [(0, 0, 0), (22, 2, -28)], ids=["grey", "sepia"])
def test_words_on_a_copy_without_the_photos_colours_are_seen(tint: tuple[int, int, int]) -> None:
    photo = photograph(0)
    with Image.open(io.BytesIO(photo)) as image:
        toned = np.asarray(image.convert("L"), np.float32)[..., None] + np.array(tint, np.float32)
    assert look(photo, save(picture(toned), quality=90)).sides[1].covers == "no"
    told = look(photo, save(picture(toned + np.array(EVEN_RED, np.float32) * words("Sold", SIZE, 16)), quality=90))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("size", [(640, 482), (642, 480)], ids=["below", "on the right"])
def test_a_bar_along_the_frame_is_seen_in_blocks_that_the_frame_cuts(size: Size) -> None:
    photo = photograph(4, size, **LOSSLESS)
    barred = levels(photo)
    assert covers(look(photo, save(picture(barred), quality=85))) == ["yes", "no"]
    barred[480:, 100:400] = barred[100:400, 640:] = 200, 30, 30
    told = look(photo, save(picture(barred), quality=85))
    assert "yes" not in covers(told), told


def test_a_copy_that_was_saved_finely_after_all_is_not_kept_for_its_photo() -> None:
    """The photo has the coarser steps, so that it is near to what saving the copy would make."""
    photo = copy = photograph(0, quality=75)
    for options in ({"quality": 80}, {"quality": 95, "subsampling": 0}):
        copy = save(picture(levels(copy)), **options)
    told = look(photo, copy)
    assert told.sides[1].covers != "yes", told


def test_a_lamp_of_few_pixels_is_seen_in_a_lossless_copy_of_half_the_size() -> None:
    def screen(lamp: tuple[int, int, int]) -> Image.Image:
        page = Image.new("RGB", (1000, 700), (245, 245, 248))
        draw = ImageDraw.Draw(page)
        for row in range(40):
            draw.text((60, 30 + 16 * row), f"Line {row * 7919 % 1009} of a report, {row * 31} ms", (40, 40, 46))
        draw.ellipse((900, 61, 904, 65), lamp)
        return page

    amber, green = (200, 140, 30), (110, 180, 40)
    assert covers(look(save(screen(amber), **LOSSLESS), save(scale(0.5)(screen(amber)), **LOSSLESS))) == ["yes", "no"]
    told = look(save(screen(amber), **LOSSLESS), save(scale(0.5)(screen(green)), **LOSSLESS))
    assert "yes" not in covers(told), told


def test_of_icons_nothing_is_told() -> None:
    def icon(has_badge: bool) -> bytes:
        drawn = Image.new("RGB", (48, 48), (40, 90, 200))
        draw = ImageDraw.Draw(drawn)
        draw.rectangle((12, 16, 35, 33), "white")
        draw.line((12, 16, 24, 26, 35, 16), (40, 90, 200), 2)
        if has_badge:
            draw.ellipse((32, 2, 45, 15), (220, 30, 30))
        return save(drawn, **LOSSLESS)

    assert covers(look(icon(False), icon(True))) == ["no", "no"]
