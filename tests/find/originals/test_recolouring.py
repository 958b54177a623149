"""A thing of another colour is other content; a tone or a white balance of all of the photo is none."""

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from tests.find.originals.test_coverage import SIZE, SMALL, edited, look, save
from tests.photos import open_sample


def purple(number: int, size: tuple[int, int]) -> np.ndarray[Any, Any]:
    """The levels of a pale photo of one hue."""
    grey = np.asarray(open_sample(number, size).convert("L"), np.float32)[..., None]
    return np.add(np.multiply(grey, (0.24, 0.22, 0.26)), (110, 105, 130))


@pytest.mark.parametrize("qualities", [(90, 45), (45, 90), (70, 95)])
@pytest.mark.parametrize("colours", [((60, 90, 160), (40, 120, 130)), ((60, 90, 160), (150, 80, 40))])
def test_eyes_of_another_colour_are_of_another_person(colours: tuple[Any, Any], qualities: tuple[int, int]) -> None:
    """Also where the hues are not far apart, and whatever saving one of them has lost."""
    files = list[bytes]()
    for colour, quality in zip(colours, qualities, strict=True):
        sheet = open_sample(0, SMALL)
        brush = ImageDraw.Draw(sheet)
        brush.ellipse((110, 20, 370, 340), (225, 180, 155))
        for left in (170, 270):
            brush.ellipse((left, 200, left + 46, 226), "white")
            brush.ellipse((left + 11, 201, left + 35, 225), colour)
        files.append(save(sheet, quality=quality))
    told = look(*files)
    assert "yes" not in [side.covers for side in told.sides], told


def test_a_soft_light_in_each_of_two_photos_is_seen_though_one_is_lighter() -> None:
    """Either is told by one of them alone."""
    down, across = np.indices(SMALL[::-1])
    files = list[bytes]()
    for x, y, colour, lighter in ((340, 240, (-30, 30, -30), 0), (180, 200, (-30, 20, 20), 18)):
        lit = np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 35**2))[..., None] * colour
        files.append(
            save(Image.fromarray(np.clip(purple(0, SMALL) + lit + lighter, 0, 255).astype(np.uint8)), quality=94)
        )
    assert [side.lacks for side in look(*files).sides] == ["content", "content"]


@pytest.mark.parametrize("number", [0, 2])
def test_pale_words_at_another_place_of_each_of_two_photos_are_seen_though_one_is_darker(number: int) -> None:
    files = list[bytes]()
    for place, colour, light, quality in (((30, 60), (18, -9, 0), 1.0, 90), ((260, 250), (-9, 5, -4), 0.9, 85)):
        mask = Image.new("L", SMALL)
        ImageDraw.Draw(mask).text(place, "vibomek", 255, ImageFont.load_default(20))
        written = np.asarray(open_sample(number, SMALL)) + np.asarray(mask)[..., None] / 255 * colour
        files.append(save(Image.fromarray(np.clip(written * light, 0, 255).astype(np.uint8)), quality=quality))
    assert [side.lacks for side in look(*files).sides] == ["content", "content"]


def test_a_photo_covers_its_sepia_copy() -> None:
    """Its hues are far from those of the photo, but it is of one hue everywhere."""
    photo = save(open_sample(0, SIZE))

    def sepia(image: Image.Image) -> Image.Image:
        return ImageOps.colorize(ImageOps.grayscale(image), (30, 18, 8), (255, 240, 205), mid=(150, 115, 75))

    told = look(photo, edited(photo, sepia, quality=80))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


@pytest.mark.parametrize("options", [{"quality": 80}, {"format": "PNG"}])
def test_a_photo_covers_one_of_another_white_balance(options: dict[str, Any]) -> None:
    """That turns pale hues far."""
    sheet = open_sample(0, SIZE)
    ImageDraw.Draw(sheet).rectangle((40, 40, 300, 200), (128, 138, 150))
    photo = save(sheet)

    def warm(image: Image.Image) -> Image.Image:
        return Image.fromarray(np.clip(np.asarray(image) * (1.17, 1.0, 0.83) + 0.5, 0, 255).astype(np.uint8))

    told = look(photo, edited(photo, warm, **options))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


@pytest.mark.parametrize(("one", "other"), [("hsl(300, 70%, 45%)", "hsl(0, 70%, 45%)"), ("#3080c0", "#30b0a0")])
def test_the_only_coloured_thing_in_a_grey_photo_has_another_colour(one: str, other: str) -> None:
    """One change of colours fits grey and any single hue, so that nothing tells it from an edit of the whole photo."""
    files = list[bytes]()
    for colour, quality in ((one, 90), (other, 60)):
        sheet = open_sample(0, SIZE).convert("L").convert("RGB")
        ImageDraw.Draw(sheet).rounded_rectangle((250, 190, 350, 260), 20, colour)
        files.append(save(sheet, quality=quality))
    told = look(*files)
    assert "yes" not in [side.covers for side in told.sides], told


def rainbow(sheet: Image.Image) -> Image.Image:
    """A photo with pale light of all hues over it, so that it has many."""
    across, down = np.indices(sheet.size[::-1])[::-1]
    hues = ((across + 0.4 * down) * 256 / sheet.width % 256).astype(np.uint8)
    light = np.dstack([hues, np.full_like(hues, 120), np.full_like(hues, 255)])
    return ImageChops.multiply(sheet, Image.fromarray(light, "HSV").convert("RGB"))


def turn(image: Image.Image, steps: int) -> Image.Image:
    """All hues turned by so many of 256 steps."""
    hues, *others = image.convert("HSV").split()
    return Image.merge("HSV", (hues.point([(level + steps) % 256 for level in range(256)]), *others)).convert("RGB")


@pytest.mark.parametrize(("steps", "options"), [(-24, {"quality": 75}), (9, {"quality": 85}), (24, {"format": "PNG"})])
def test_a_photo_covers_one_of_many_hues_that_were_all_turned(steps: int, options: dict[str, Any]) -> None:
    photo = save(rainbow(open_sample(0, SIZE)))
    told = look(photo, edited(photo, lambda image: turn(image, steps), **options))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_part_whose_hues_were_turned_is_another_thing(share: float) -> None:
    """Or the rest was: neither is an edit of the whole."""
    photo = rainbow(open_sample(0, SIZE))
    part = photo.crop((100, 100, 100 + int(share * 640), 100 + int(share * 480)))
    other = photo.copy()
    other.paste(turn(part, 24), (100, 100))
    told = look(save(photo), save(other, quality=80))
    assert "yes" not in [side.covers for side in told.sides], told


def test_a_photo_of_many_hues_covers_its_tinted_copy() -> None:
    """A blend with a duotone moves all hues towards one, by one change of red, green and blue."""
    photo = save(rainbow(open_sample(0, SIZE)))

    def tint(image: Image.Image) -> Image.Image:
        duotone = ImageOps.colorize(ImageOps.grayscale(image), (20, 0, 70), (255, 220, 180))
        return Image.blend(image, duotone, 0.8)

    told = look(photo, edited(photo, tint, quality=85))
    assert [side.covers for side in told.sides] == ["yes", "no"], told


@pytest.mark.parametrize("colours", [((200, 40, 40), (150, 70, 50)), ((200, 40, 40), (40, 40, 200))])
def test_a_palette_hides_no_thing_in_another_colour(colours: tuple[Any, Any]) -> None:
    """Each pixel of a copy in 256 colours has the nearest of them; what was given another colour first has not."""
    files = list[bytes]()
    for colour in colours:
        sheet = rainbow(open_sample(0, SIZE))
        ImageDraw.Draw(sheet).ellipse((300, 200, 330, 226), colour)
        files.append(save(sheet if not files else sheet.quantize(256, Image.Quantize.MEDIANCUT), format="PNG"))
    told = look(*files)
    assert "yes" not in [side.covers for side in told.sides], told
