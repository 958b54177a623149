"""Which of two originals shows all that the other shows, on samples and on pages that the tests draw."""

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from photosearch.find.originals.coverage import relate
from photosearch.find.originals.jpeg.stored import Original, original_of, stored_pixels
from photosearch.ingest.decoding.containers import steps_of
from photosearch.models import Container, Coverage
from tests.photos import open_sample

SIZE = 640, 480
SMALL = 480, 360  # enough where a rule needs no more, and a third quicker to look at
Edit = Callable[[Image.Image], Image.Image]


def save(image: Image.Image, **options: Any) -> bytes:
    packed = io.BytesIO()
    image.save(packed, **({"format": "JPEG", "quality": 92} | options))
    return packed.getvalue()


class Stored(Original):
    """An original that is itself alone, so that what was measured of a pair is known again."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@lru_cache(8)
def original(data: bytes) -> Original:
    with Image.open(io.BytesIO(data)) as image:
        table, colour_table, colour_px = steps_of(image)
        orientation = image.getexif().get(0x0112, 1)
        container = Container(table=table, orientation=orientation, colour_table=colour_table, colour_px=colour_px)
        seen = ImageOps.exif_transpose(image.convert("RGB"))
        return Stored(**vars(original_of(np.asarray(seen), container)))


@lru_cache  # many tests look at the same pair
def look(one: bytes, other: bytes) -> Coverage:
    """The verdict on a pair; the reverse must give the same."""
    ours, theirs = original(one), original(other)
    told = relate(ours, theirs)
    assert relate(theirs, ours) == told.reversed()
    return told


@pytest.fixture(params=[0, 4])
def photo(request: pytest.FixtureRequest) -> bytes:
    return save(open_sample(request.param, SMALL))


def edited(photo: bytes, edit: Edit, **options: Any) -> bytes:
    with Image.open(io.BytesIO(photo)) as image:
        return save(edit(image.convert("RGB")), **options)


def crop(image: Image.Image) -> Image.Image:
    return image.crop((45, 30, 450, 330))


def scale(times: float) -> Edit:
    return lambda image: image.resize(
        (round(image.width * times), round(image.height * times)), Image.Resampling.BICUBIC
    )


def vignette(image: Image.Image) -> Image.Image:
    across, down = (np.linspace(-1, 1, side) ** 2 for side in image.size)
    light = 1 / (1 + 0.45 * (across[None, :, None] + down[:, None, None])) ** 2
    return Image.fromarray((np.asarray(image) * light + 0.5).astype(np.uint8))


def on_black(image: Image.Image) -> Image.Image:
    """Turned by 4 degrees on a black sheet, and enlarged: its edge mixes with the black."""
    sheet = ImageOps.expand(image, 90).rotate(4, Image.Resampling.BICUBIC)
    return scale(1.6)(sheet)


@pytest.mark.parametrize(
    ("edit", "options"),
    [
        (lambda image: image, {"quality": 60}),
        (lambda image: image, {"format": "PNG"}),
        (scale(0.5), {}),
        (scale(1.6), {"format": "PNG"}),
        (crop, {}),
        (ImageOps.grayscale, {"format": "PNG"}),
        (lambda image: image.filter(ImageFilter.GaussianBlur(2)), {}),
        (lambda image: ImageEnhance.Brightness(image).enhance(0.7), {"quality": 75}),
        (ImageOps.mirror, {"quality": 75}),
        (lambda image: image.transpose(Image.Transpose.ROTATE_90), {"quality": 75}),
        (lambda image: ImageOps.expand(image, 30, (20, 30, 90)), {}),
        (vignette, {}),
        (vignette, {"format": "PNG"}),
        (on_black, {"quality": 75}),
    ],
    ids=[
        "saved",
        "lossless",
        "half",
        "enlarged",
        "crop",
        "grey",
        "blur",
        "dark",
        "mirror",
        "turn",
        "border",
        "vignette",
        "vignette, lossless",
        "turned on black",
    ],
)
def test_the_photo_covers_what_was_made_of_it_and_not_the_reverse(
    photo: bytes, edit: Edit, options: dict[str, Any]
) -> None:
    told = look(photo, edited(photo, edit, **options))
    assert told.tier in ("same", "edited")
    assert [side.covers for side in told.sides] == ["yes", "no"], told


def test_what_was_done_is_told(photo: bytes) -> None:
    for edit, options, change in (
        (crop, {}, "cropped"),
        (ImageOps.mirror, {"quality": 75}, "mirrored"),
        (lambda image: image.rotate(90, expand=True), {"quality": 75}, "turned"),
        (lambda image: image.resize((360, 360)), {}, "stretched"),
        (ImageOps.grayscale, {"format": "PNG"}, "colours changed"),
        (sticker, {}, "something put over it or around it"),
    ):
        told = look(photo, edited(photo, edit, **options))
        assert told.tier == "edited" and change in told.changes, (change, told)


def words(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).text((120, 250), "Hello there", "white", ImageFont.load_default(40))
    return image


def stamp(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).text((400, 335), "12.07", (255, 150, 40), ImageFont.load_default(18))
    return image


def sticker(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).ellipse((300, 200, 360, 260), (250, 220, 30), (0, 0, 0))
    return image


def page(image: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", (680, 620), "white")
    ImageDraw.Draw(sheet).text((60, 40), "My holiday, page 7", "black", ImageFont.load_default(40))
    sheet.paste(image, (100, 150))
    return sheet


def eye(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).ellipse((300, 200, 316, 209), (200, 160, 140))
    return image


def line(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).line((120, 90, 260, 140), (250, 250, 250), 2)
    return image


def faint(image: Image.Image) -> Image.Image:
    over = Image.new("RGBA", image.size)
    ImageDraw.Draw(over).text((90, 150), "SAMPLE", (255, 255, 255, 70), ImageFont.load_default(70))
    return Image.alpha_composite(image.convert("RGBA"), over).convert("RGB")


@pytest.mark.parametrize("put", [words, stamp, eye, line, faint])
@pytest.mark.parametrize(
    ("edit", "options"), [(vignette, {}), (scale(0.7), {"quality": 60}), (ImageOps.grayscale, {"format": "PNG"})]
)
def test_a_change_of_all_of_the_photo_hides_nothing_that_was_put_over_it(
    put: Edit, edit: Edit, options: dict[str, Any]
) -> None:
    photo = save(open_sample(0, SMALL))
    told = look(photo, edited(photo, lambda image: edit(put(image)), **options))
    assert "yes" not in [side.covers for side in told.sides], told


@pytest.mark.parametrize("edit", [words, stamp, sticker, page])
def test_neither_covers_the_other_where_something_was_put_over_or_around_it(photo: bytes, edit: Edit) -> None:
    told = look(photo, edited(photo, edit))
    assert [side.covers for side in told.sides] == ["no", "no"], told
    assert {side.lacks for side in told.sides} == {"page" if edit is page else "content"}


def test_the_place_that_differs_is_told_in_either_photo(photo: bytes) -> None:
    told = look(photo, edited(photo, sticker))
    for side in told.sides:
        assert side.differs is not None
        left, top, width, height = side.differs
        assert left < 330 / 480 < left + width and top < 230 / 360 < top + height
        assert width * 480 < 224 and height * 360 < 168


def small(image: Image.Image) -> Image.Image:
    return image.resize((320, 240), Image.Resampling.LANCZOS)


def grain(image: Image.Image) -> Image.Image:
    noise = np.random.default_rng(5).normal(0, 22, (image.height, image.width, 3))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def headline(image: Image.Image) -> Image.Image:
    font = ImageFont.load_default(44)
    ImageDraw.Draw(image).multiline_text((20, 90), "SUMMER SALE\nEVERYTHING", (240, 60, 30), font, stroke_width=2)
    return image


def soft(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(3.5))


def harsh(image: Image.Image) -> Image.Image:
    return ImageEnhance.Contrast(image).enhance(3.5)


@pytest.mark.parametrize("edit", [grain, headline, soft, harsh])
def test_a_copy_that_was_changed_much_is_called_edited(photo: bytes, edit: Edit) -> None:
    little = edited(photo, small)
    told = look(little, edited(little, edit))
    assert told.tier in ("same", "edited"), told
    assert told.sides[1].covers != "yes", "the original does not go for it"


def test_other_tones_make_no_equal_pixels_even_where_either_predicts_the_other(photo: bytes) -> None:
    def warm(image: Image.Image) -> Image.Image:
        red, green, blue = image.split()
        return Image.merge("RGB", (red.point([min(255, level + 3) for level in range(256)]), green, blue))

    one, other = edited(photo, lambda image: image, format="PNG"), edited(photo, warm, format="PNG")
    told = look(one, other)
    assert [side.covers for side in told.sides] != ["yes", "yes"], told


@pytest.mark.parametrize("options", [({}, {"quality": 50}), ({"quality": 50}, {}), ({"format": "PNG"}, {})])
@pytest.mark.parametrize("colours", [("red", "blue"), ((60, 90, 160), (90, 60, 30))])
def test_a_thing_in_another_colour_is_another_thing(
    colours: tuple[Any, Any], options: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    """A change of tone predicts the one from the other, as no other part of the photo has such a colour."""
    files = list[bytes]()
    for colour, saved in zip(colours, options, strict=True):
        sheet = open_sample(0, SIZE).convert("L").convert("RGB")
        ImageDraw.Draw(sheet).ellipse((300, 200, 326, 224), colour)
        files.append(save(sheet, **saved))
    told = look(*files)
    assert "yes" not in [side.covers for side in told.sides], told


def draw_page(lines: list[str]) -> Image.Image:
    sheet = Image.new("RGB", (620, 877), "white")
    brush, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    brush.rectangle((40, 30, 580, 80), outline="black")
    brush.text((60, 44), "Invoice of the Example Company", "black", font)
    for number, line in enumerate(lines):
        brush.text((60, 120 + 30 * number), line, "black", font)
    return sheet


@given(st.data())
@settings(max_examples=12, deadline=None, derandomize=True)
def test_pages_of_different_content_never_cover_each_other(data: st.DataObject) -> None:
    letters = st.text("abcdefghiklmnoprstuvw 0123456789", min_size=12, max_size=40)
    lines = data.draw(st.lists(letters, min_size=6, max_size=20))
    others = list(lines)
    place = data.draw(st.integers(0, len(lines) - 1))
    others[place] = data.draw(letters.filter(lambda text: text.split() != lines[place].split()))
    options = data.draw(st.sampled_from([{"format": "PNG"}, {"quality": 90}]))
    told = relate(original(save(draw_page(lines), **options)), original(save(draw_page(others), **options)))
    assert "yes" not in [side.covers for side in told.sides], told


def crop_little(image: Image.Image) -> Image.Image:
    return image.crop((7, 5, 470, 352))


Place = tuple[int, int]
PLACES = st.tuples(st.integers(30, 400), st.integers(30, 300))


@given(
    one=PLACES,
    other=PLACES,
    things=st.tuples(*[st.sampled_from(["oval", "box", "word"])] * 2),
    edit=st.sampled_from([lambda image: image, scale(0.8), ImageOps.mirror, vignette, crop_little]),
    options=st.sampled_from([{"format": "PNG"}, {"quality": 90}, {"quality": 60}]),
)
@settings(max_examples=10, deadline=None, derandomize=True)
def test_photos_with_other_things_on_them_never_cover_each_other(
    one: Place, other: Place, things: tuple[str, str], edit: Edit, options: dict[str, Any]
) -> None:
    """Whatever was done to one of them as well."""
    assume(abs(one[0] - other[0]) > 40 or abs(one[1] - other[1]) > 40)
    sheets = list[Image.Image]()
    for (x, y), thing in zip((one, other), things, strict=True):
        sheet = open_sample(0, SMALL)
        brush = ImageDraw.Draw(sheet)
        if thing == "word":
            brush.text((x, y), "Noon", "white", ImageFont.load_default(22), stroke_width=2, stroke_fill="black")
        else:
            (brush.ellipse if thing == "oval" else brush.rectangle)((x, y, x + 24, y + 18), (250, 220, 30), "black")
        sheets.append(sheet)
    told = look(save(sheets[0]), save(edit(sheets[1]), **options))
    assert "yes" not in [side.covers for side in told.sides], told


def test_a_small_word_on_a_large_photo_is_seen_in_full_size() -> None:
    """The first look has half the size, where such a word is no more than a speck."""
    grain = np.random.default_rng(3).normal(0, 3, (1800, 2400, 1))
    scene = np.asarray(open_sample(0, (2400, 1800)), np.float32)
    sheet = Image.fromarray(np.clip(scene + grain, 0, 255).astype(np.uint8))
    other = sheet.copy()
    ImageDraw.Draw(other).text((1400, 1100), "18", "white", ImageFont.load_default(9))
    told = look(save(sheet), save(sheet, quality=80))
    assert [side.covers for side in told.sides] == ["yes", "no"], told
    told = look(save(sheet), save(other, quality=80))
    assert [side.covers for side in told.sides] == ["no", "no"], told


def test_a_crop_of_a_large_photo_lies_on_its_pixels() -> None:
    """Its corner is at no pixel of the smaller copy on which both are laid over each other."""
    scene = np.asarray(open_sample(0, (2800, 2100)), np.float32)
    grain = np.random.default_rng(3).normal(0, 3, (2100, 2800, 1))
    sheet = Image.fromarray(np.clip(scene + grain, 0, 255).astype(np.uint8))
    with Image.open(io.BytesIO(save(sheet))) as stored:
        part = save(stored.crop((215, 191, 2489, 1977)), quality=85)
    told = look(save(sheet), part)
    assert [side.covers for side in told.sides] == ["yes", "no"] and told.changes == ("cropped",)


def test_equal_pixels_cover_each_other_whatever_else_the_files_say(photo: bytes) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2024:01:01 10:00:00"
    segment = exif.tobytes()
    other = photo[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2) + segment + photo[2:]
    told = look(photo, other)
    assert told.tier == "same" and [side.covers for side in told.sides] == ["yes", "yes"]


def test_another_shot_covers_nothing() -> None:
    """A scene with grain of its own, moved a little."""
    random = np.random.default_rng(1)
    scene = np.asarray(open_sample(0, (700, 520)), np.float32)
    shots = [
        np.clip(scene[top : top + 480, left : left + 640] + random.normal(0, 6, (480, 640, 3)), 0, 255)
        for left, top in ((10, 12), (31, 22))
    ]
    one, other = (save(Image.fromarray(shot.astype(np.uint8))) for shot in shots)
    told = look(one, other)
    assert "yes" not in [side.covers for side in told.sides], told


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("mirrored", [False, True])
def test_pixels_are_turned_back_to_how_the_file_stores_them(orientation: int, mirrored: bool) -> None:
    stored = np.random.default_rng(2).integers(0, 255, (5, 7, 3), np.uint8)
    image = Image.fromarray(stored)
    image.getexif()[0x0112] = orientation
    seen = np.asarray(ImageOps.exif_transpose(image))
    seen = seen[:, ::-1] if mirrored else seen
    back, matrix = stored_pixels(seen, orientation, mirrored)
    assert np.array_equal(back, stored)
    x, y = 1, 2
    column, row, _ = (matrix @ (x, y, 1)).round().astype(int)
    assert np.array_equal(stored[row, column], seen[y, x])


@pytest.mark.parametrize("quality", [60, 90, 95])
def test_of_a_part_and_the_whole_the_part_alone_does_not_show_all(photo: bytes, quality: int) -> None:
    """Where both do, only their origin is open, which EXIF may tell."""
    again, part = edited(photo, lambda image: image, quality=quality), edited(photo, crop, quality=quality)
    for other in (again, part):
        told = look(photo, other)
        is_settled = told.sides[0].covers == "yes"
        assert is_settled or [told.shows_all(number) for number in (0, 1)] == [True, other is again], told
        assert is_settled or other is again
        assert look(other, photo) == told.reversed()
