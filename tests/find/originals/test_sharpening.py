"""A sharpened copy goes for the photo, as the unsharp mask that made it is found; what was put on it is still seen."""

import io
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from tests.find.originals.test_coverage import Edit, edited, look, save
from tests.find.originals.test_resized import LOSSLESS, covers, picture
from tests.find.originals.test_saving import photograph


def by_gaussian(radius: float, amount: float) -> Edit:
    """The mask of programs that round but once."""

    def sharpen(image: Image.Image) -> Image.Image:
        levels = np.asarray(image, np.float32)
        return picture(levels + amount * (levels - cv2.GaussianBlur(levels, (0, 0), radius)))

    return sharpen


def filtered(how: ImageFilter.Filter) -> Edit:
    return lambda image: image.filter(how)


SHARPENED = {
    "by means": filtered(ImageFilter.UnsharpMask(1.3, 140, 3)),
    "by a Gaussian": by_gaussian(1.6, 0.8),
    "by the pixels beside": filtered(ImageFilter.SHARPEN),
}


@pytest.fixture(params=SHARPENED.values(), ids=SHARPENED)
def sharpen(request: pytest.FixtureRequest) -> Edit:
    return request.param


@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 80}], ids=["lossless", "JPEG"])
def test_a_sharpened_copy_goes_for_the_photo(sharpen: Edit, options: dict[str, Any]) -> None:
    photo = photograph(3)
    told = look(photo, edited(photo, sharpen, **options))
    assert covers(told) == ["yes", "no"]
    assert "blurred or sharpened" in told.changes


def test_so_does_a_part_of_one_seen_turned() -> None:
    """Of a JPEG whose grid begins elsewhere, and is turned by its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = photograph(3)
    with Image.open(io.BytesIO(photo)) as image:
        part = SHARPENED["by means"](image.convert("RGB")).crop((101, 53, 601, 403))
    stored = part.transpose(Image.Transpose.ROTATE_90)
    assert covers(look(photo, save(stored, quality=80, exif=exif))) == ["yes", "no"]


@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 80}], ids=["lossless", "JPEG"])
def test_a_word_on_a_sharpened_copy_is_seen(sharpen: Edit, options: dict[str, Any]) -> None:
    def marked(image: Image.Image) -> Image.Image:
        sharp = sharpen(image)
        ImageDraw.Draw(sharp).text((300, 200), "sold", tuple(level - 40 for level in sharp.getpixel((300, 200))))
        return sharp

    told = look(photo := photograph(3), edited(photo, marked, **options))
    assert "yes" not in covers(told), told


def softened(image: Image.Image) -> Image.Image:
    return ImageEnhance.Sharpness(image).enhance(0.6)


SOFT = {"slightly": filtered(ImageFilter.GaussianBlur(0.5)), "by the pixels beside": softened}


@pytest.mark.parametrize("soften", SOFT.values(), ids=SOFT)
@pytest.mark.parametrize("photo_options", [LOSSLESS, {"quality": 75}], ids=["lossless photo", "JPEG"])
@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 97}], ids=["lossless copy", "JPEG"])
def test_a_photo_is_not_taken_for_a_sharpened_copy_of_a_soft_one(
    soften: Edit, photo_options: dict[str, Any], options: dict[str, Any]
) -> None:
    photo = photograph(0, **photo_options)
    told = look(photo, edited(photo, soften, **options))
    assert covers(told)[1] != "yes", told
