"""What differs faintly, or varies slowly from place to place, is other content; what saving does is none."""

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from tests.find.originals.test_coverage import SIZE, SMALL, edited, look, save, scale
from tests.photos import open_sample

LOSSLESS, LOSSY = {"format": "PNG"}, {"format": "WEBP", "quality": 94}


def write_faintly(photo: Image.Image, words: str, levels: int) -> Image.Image:
    mask = Image.new("L", photo.size)
    ImageDraw.Draw(mask).text((80, 120), words, 255, ImageFont.load_default(90))
    return Image.fromarray(np.asarray(photo) + np.asarray(mask)[..., None] // 255 * np.uint8(levels))


@pytest.mark.parametrize("levels", [1, 3])
def test_faint_words_in_equal_pixels_are_seen(levels: int) -> None:
    night = Image.fromarray(np.asarray(open_sample(0, SIZE)) // 4)
    one, other = (save(write_faintly(night, words, levels), format="PNG") for words in ("yes", "no"))
    assert [side.covers for side in look(one, other).sides] == ["no", "no"]


@pytest.mark.parametrize("options", [{"quality": 90}, {"format": "PNG"}])
def test_what_is_lit_by_a_lamp_is_not_covered_by_the_dark_room(options: dict[str, Any]) -> None:
    room = np.asarray(open_sample(4, SIZE), np.float32) / 2
    down, across = np.indices(room.shape[:2])
    light = 60 * np.exp(-((across - 450) ** 2 + (down - 150) ** 2) / (2 * 60**2))[..., None]
    dark, lit = (Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8)) for levels in (room, room + light))
    told = look(save(dark, format="PNG"), save(lit, **options))
    assert [side.covers for side in told.sides] == ["no", "no"], told


@pytest.mark.parametrize("quality", [60, 80])
def test_a_jpeg_shows_what_was_taken_out_of_a_lossless_copy(quality: int) -> None:
    photo = open_sample(0, SIZE)
    mask = Image.new("L", SIZE)
    lively = np.asarray(photo.convert("L").filter(ImageFilter.FIND_EDGES))[100:-100, 100:-100]
    y, x = (int(place) + 100 for place in np.unravel_index(int(lively.argmax()), lively.shape))
    ImageDraw.Draw(mask).ellipse((x - 7, y - 7, x + 7, y + 7), 255)
    without = Image.composite(photo.filter(ImageFilter.GaussianBlur(12)), photo, mask)
    told = look(save(without, format="PNG"), save(photo, quality=quality))
    assert "yes" not in [side.covers for side in told.sides], told


@pytest.mark.parametrize("options", [{"quality": 70}, {"format": "PNG"}])
def test_a_bar_along_the_frame_tells_how_far_a_film_was_played(options: dict[str, Any]) -> None:
    files = list[bytes]()
    for played, light in ((200, 1.0), (350, 0.9)):
        shot = open_sample(0, SIZE)
        brush = ImageDraw.Draw(shot)
        for end, colour in ((SIZE[0], (60, 60, 60)), (played, (230, 30, 30))):
            brush.rectangle((0, SIZE[1] - 2, end, SIZE[1]), colour)
        files.append(save(ImageEnhance.Brightness(shot).enhance(light), **options))
    assert "yes" not in [side.covers for side in look(*files).sides]


@pytest.mark.parametrize("level", [20, 30, 40])
def test_a_star_that_moved_in_a_black_sky_is_seen_though_one_photo_is_lighter(level: float) -> None:
    files = list[bytes]()
    for place, light, options in (((200, 100), 1.0, LOSSLESS), ((212, 112), 1.1, {"quality": 66})):
        rng, star = np.random.default_rng(0), np.outer((0.5, 1, 0.5), (0.5, 1, 0.5))[..., None]
        shot = np.array(open_sample(0, SMALL), np.float64)
        shot[:240] = rng.normal(6, 1, (240, SMALL[0], 1))
        others = [(*rng.integers(4, (SMALL[0] - 4, 236)), rng.uniform(20, 230)) for _ in range(120)]
        for x, y, levels in [*others, (*place, level)]:
            shot[y - 1 : y + 2, x - 1 : x + 2] += star * levels
        files.append(save(Image.fromarray(np.clip(shot * light, 0, 255).astype(np.uint8)), **options))
    assert "yes" not in [side.covers for side in look(*files).sides]


@pytest.mark.parametrize("number, options", [(3, LOSSLESS), (4, LOSSLESS), (6, LOSSY)])
def test_a_hair_on_a_photo_is_seen_beside_its_smaller_copy(number: int, options: dict[str, Any]) -> None:
    photo = open_sample(number, SMALL)
    mask = Image.new("L", SMALL)
    ImageDraw.Draw(mask).line((220, 150, 260, 180), 255)
    darker = Image.fromarray(np.maximum(np.asarray(photo, np.int16) - 45, 0).astype(np.uint8))
    hairy = Image.composite(darker, photo, mask)
    small = save(scale(0.7)(photo), **options)
    covered = look(save(photo, **options), small).sides[0]
    told = look(save(hairy, **options), small)
    assert covered.covers == "yes" and "yes" not in [side.covers for side in told.sides], told


def month(dot: tuple[int, int, int]) -> Image.Image:
    """A page of a calendar with a small dot on one day."""
    page = Image.new("RGB", (700, 520), "white")
    draw = ImageDraw.Draw(page)
    for day in range(28):
        left, top = 10 + 98 * (day % 7), 20 + 120 * (day // 7)
        draw.rectangle((left, top, left + 92, top + 114), outline=(200, 200, 200))
        draw.text((left + 5, top + 3), str(day + 1), (90, 90, 90), ImageFont.load_default(18))
    draw.ellipse((360, 200, 368, 208), dot)
    return page


@pytest.mark.parametrize("options", [{"format": "PNG"}, {"quality": 85}])
def test_a_small_dot_in_another_colour_is_another_dot(options: dict[str, Any]) -> None:
    blue, red = save(month((70, 120, 230)), format="PNG"), month((230, 70, 60))
    assert "yes" not in [side.covers for side in look(blue, save(scale(0.5)(red), **options)).sides]
    assert look(save(red, format="PNG"), save(scale(0.5)(red), **options)).sides[0].covers == "yes"


def page_of_text(changed: str) -> Image.Image:
    """A page in small type; one of its letters is the one given."""
    letters = bytes(np.random.default_rng(1).choice(list(b"abcdefghiklnoprstuvw "), 1800).tolist()).decode()
    sheet = Image.new("RGB", (760, 640), "white")
    draw = ImageDraw.Draw(sheet)
    for row in range(26):
        line = letters[65 * row : 65 * row + 65]
        line = f"{line[:20]}{changed}{line[21:]}" if row == 12 else line
        draw.text((40, 20 + 23 * row), line, (25, 25, 30), ImageFont.load_default(16))
    return sheet


@pytest.mark.parametrize("quality", [50, 90])
def test_one_other_letter_makes_another_page(quality: int) -> None:
    page, small = page_of_text("x"), save(scale(0.5)(page_of_text("x")), quality=quality)
    assert look(save(page), small).sides[0].covers == "yes"
    assert "yes" not in [side.covers for side in look(save(page_of_text("m")), small).sides]


def with_a_faint_dot(is_white: bool) -> tuple[Image.Image, Image.Image]:
    """A photo without it, in a black or white place, and with it."""
    night = np.array(open_sample(0, SIZE))
    night[100:220, 100:300] = 0
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).ellipse((203, 153, 215, 165), 255)
    dot = np.asarray(mask.filter(ImageFilter.GaussianBlur(1)), np.float32)[..., None] / 255 * (9, 7, 6)
    pictures = [night, (night + dot).round().astype(np.uint8)]
    plain, dotted = (Image.fromarray(255 - each if is_white else each) for each in pictures)
    return plain, dotted


@pytest.mark.parametrize("is_white", [False, True])
@pytest.mark.parametrize("is_in_jpeg", [False, True])
def test_a_faint_dot_on_black_or_white_is_seen(is_white: bool, is_in_jpeg: bool) -> None:
    """Clipped pixels of a JPEG still tell that no saving of the other picture leads to them."""
    plain, dotted = with_a_faint_dot(is_white)
    lossless, saved = (plain, dotted) if is_in_jpeg else (dotted, plain)
    told = look(save(lossless, format="PNG"), save(saved, quality=85))
    assert [side.covers for side in told.sides] == ["no", "no"], told
    told = look(save(saved, format="PNG"), save(saved, quality=85))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_faint_dot_is_seen_in_an_upright_photo_and_in_a_mirrored_one(is_mirrored: bool) -> None:
    """The JPEG is stored lying, as cameras store it, and turned as it is read."""
    dark, dotted = with_a_faint_dot(is_white=False)
    lossless = save(ImageOps.mirror(dark) if is_mirrored else dark, format="PNG")
    exif = Image.Exif()
    exif[0x0112] = 6
    told = look(lossless, save(dotted.transpose(Image.Transpose.ROTATE_90), quality=85, exif=exif))
    assert [side.covers for side in told.sides] == ["no", "no"], told
    told = look(lossless, save(dark.transpose(Image.Transpose.ROTATE_90), quality=85, exif=exif))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


def test_a_darker_rim_is_an_edit() -> None:
    """Also one that falls off in steps, as no polynomial does."""

    def darken(image: Image.Image) -> Image.Image:
        rim = Image.radial_gradient("L").resize(image.size).point([255 - max(0, level - 90) for level in range(256)])
        return Image.composite(image, Image.new("RGB", image.size), rim)

    photo = save(open_sample(0, SIZE))
    told = look(photo, edited(photo, darken, quality=85))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


def test_the_order_in_which_photos_are_named_says_nothing_of_those_with_equal_sums() -> None:
    """`look` asks both ways; the mirror image and swapped colours have the same pixels, in other places."""
    photo = open_sample(4, SMALL)
    swapped = Image.merge("RGB", photo.split()[::-1])
    for other in (swapped, ImageOps.mirror(photo), ImageOps.flip(swapped)):
        look(save(photo, format="PNG"), save(other, format="PNG"))
