"""Which of two originals was made from the other, where no more than colours, grain or size tell it."""

import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from photosearch.find.originals.coverage import relate
from tests.find.originals.test_coverage import SMALL, original, save
from tests.photos import open_sample

Edit = Callable[[Image.Image], Image.Image]
SIZE = 640, 480
LOSSLESS = {"format": "PNG", "compress_level": 1}


def noised(image: Image.Image, levels: float, seed: int, channels: int = 1) -> Image.Image:
    noise = np.random.default_rng(seed).normal(0, levels, (image.height, image.width, channels))
    return Image.fromarray(np.clip(np.asarray(image) + noise + 0.5, 0, 255).astype(np.uint8))


def photograph(scene: int = 0, grain: float = 2.0, seed: int = 1, size: tuple[int, int] = SIZE) -> Image.Image:
    """A photo with the grain of a sensor."""
    return noised(open_sample(scene, size), grain, seed, 3)


@pytest.fixture(scope="module", params=[0, 4])
def photo(request: pytest.FixtureRequest) -> bytes:
    return save(photograph(request.param, size=SMALL), quality=94, subsampling=0)


def edited(photo: bytes, edit: Edit, **options: Any) -> bytes:
    with Image.open(io.BytesIO(photo)) as image:
        return save(edit(image.convert("RGB")), **options)


def covers(one: bytes, other: bytes) -> list[str]:
    return [side.covers for side in relate(original(one), original(other)).sides]


def hue(image: Image.Image) -> Image.Image:
    turned, saturation, value = image.convert("HSV").split()
    return Image.merge("HSV", (turned.point([(level + 14) % 256 for level in range(256)]), saturation, value)).convert(
        "RGB"
    )


def gamma(image: Image.Image) -> Image.Image:
    return image.point([round(255 * (level / 255) ** 0.75) for level in range(256)] * 3)


def palette(image: Image.Image) -> Image.Image:
    return image.quantize(256, Image.Quantize.MEDIANCUT)


@pytest.mark.parametrize(
    "edit",
    [
        gamma,
        lambda image: ImageEnhance.Contrast(image).enhance(0.8),
        lambda image: ImageOps.posterize(image, 4),
        palette,
    ],
    ids=["gamma", "contrast", "few tones", "palette"],
)
def test_colours_that_one_photo_tells_and_the_other_does_not_tell_which_was_first(photo: bytes, edit: Edit) -> None:
    """Also of two lossless files: no step of a JPEG is needed."""
    with Image.open(io.BytesIO(photo)) as image:
        lossless = save(image, **LOSSLESS)
    assert covers(photo, edited(photo, edit, **LOSSLESS)) == ["yes", "no"]
    assert covers(lossless, edited(photo, edit, **LOSSLESS)) == ["yes", "no"]


def lighter(image: Image.Image) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(1.35)


def starker(image: Image.Image) -> Image.Image:
    return ImageEnhance.Contrast(image).enhance(1.5)


@pytest.mark.parametrize("edit", [lighter, starker])
@pytest.mark.parametrize("scene", [1, 4])
def test_what_a_curve_clipped_is_no_other_content(scene: int, edit: Edit) -> None:
    """Every pixel is told by the same curve, so that no place can show anything else."""
    photo = edited(save(photograph(scene), quality=92), lighter, quality=92)
    assert covers(photo, edited(photo, edit, **LOSSLESS)) == ["yes", "no"]


def test_a_word_on_a_lighter_copy_is_content() -> None:
    image = lighter(photograph())
    ImageDraw.Draw(image).text((300, 200), "Noon", (250, 250, 250))
    assert covers(save(photograph(), **LOSSLESS), save(image, **LOSSLESS)) == ["no", "no"]


@pytest.mark.parametrize("scene", [1, 4])
@pytest.mark.parametrize("steepness", [0.7, 1.4])
def test_steps_of_a_jpeg_tell_that_it_is_a_photo_by_a_curve(scene: int, steepness: float) -> None:
    """A curve of any shape is known to a fraction of a step."""
    curve = [round(255 * (level / 255) ** steepness) for level in range(256)] * 3
    image = open_sample(scene, SIZE)
    assert covers(save(image, **LOSSLESS), save(image.point(curve), quality=88)) == ["yes", "no"]


def weave(image: Image.Image) -> Image.Image:
    """Show through a cloth, or from a screen."""
    down, across = np.indices((image.height, image.width))
    threads = (1 + 0.04 * np.sin(1.9 * across)) * (1 + 0.03 * np.sin(2.1 * down))
    return Image.fromarray(np.clip(np.asarray(image) * threads[..., None] * 0.93 + 8.5, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("scene", [4, 7])
def test_few_steps_of_a_fine_jpeg_do_not_make_it_the_original(scene: int) -> None:
    photo = save(open_sample(scene, (326, 244)), quality=80)
    assert "yes" not in covers(photo, edited(photo, weave, quality=98, subsampling=0))[1:]


@pytest.mark.parametrize(
    ("edit", "quality", "other"),
    [
        (lambda image: ImageEnhance.Contrast(image).enhance(0.85), 97, 98),
        (lambda image: ImageEnhance.Brightness(image).enhance(0.85), 90, 91),
        (lambda image: ImageEnhance.Color(image).enhance(0.75), 97, 98),
        (gamma, 88, 88),
        (hue, 92, 93),
        (lambda image: image, 97, 98),
    ],
    ids=["flatter", "darker", "paler", "curve", "hues", "saved"],
)
def test_steps_tell_the_photo_of_a_copy_that_was_saved_as_finely(edit: Edit, quality: int, other: int) -> None:
    """Saving the copy may explain all steps of the photo as well."""
    photo = save(photograph(), quality=quality)
    assert covers(photo, edited(photo, edit, quality=other)) == ["yes", "no"]


def test_no_steps_tell_which_of_two_copies_of_a_lost_photo_was_first() -> None:
    """The flatter one, saved finely, predicts the other one, which was not made of it."""
    photo = photograph(4)
    paler = save(ImageEnhance.Contrast(photo).enhance(0.75), quality=98)
    assert covers(save(photo, quality=92), paler)[1] != "yes"


@pytest.mark.parametrize(("scene", "quality", "options"), [(3, 94, LOSSLESS), (1, 84, {"quality": 95})])
def test_a_photo_never_goes_for_a_copy_whose_light_falls_off(scene: int, quality: int, options: dict[str, Any]) -> None:
    """Its contrast differs from place to place, so that its steps are no such multiples of the photo's."""

    def ramp(image: Image.Image) -> Image.Image:
        light = 1 + 0.5 * (0.35 - np.linspace(0, 1, image.height))
        return Image.fromarray(np.clip(np.asarray(image) * light[:, None, None] + 0.5, 0, 255).astype(np.uint8))

    photo = save(open_sample(scene, (227, 170)), quality=quality)
    assert covers(photo, edited(photo, ramp, **options))[1] != "yes"


@pytest.mark.parametrize(("scene", "quality"), [(4, 75), (4, 60), (5, 75)])
def test_a_photo_covers_one_whose_hues_were_turned(scene: int, quality: int) -> None:
    """That makes some things lighter and some darker, which is no light that falls off over the frame."""
    photo = save(photograph(scene), quality=92)
    assert covers(photo, edited(photo, hue, quality=quality)) == ["yes", "no"]


def test_a_change_of_colours_that_loses_none_tells_no_direction() -> None:
    """What swaps channels may have been done to either."""
    one = save(photograph(), **LOSSLESS)
    other = edited(one, lambda image: Image.merge("RGB", image.split()[::-1]), **LOSSLESS)
    assert "yes" not in covers(one, other)


def test_words_on_a_flat_sky_are_no_change_of_colours() -> None:
    """The photo without them has a colour for every colour of the one with them, and does not go for it."""
    scene = photograph()
    ImageDraw.Draw(scene).rectangle((0, 0, 640, 160), (255, 255, 255))
    stamped = scene.copy()
    stamped.paste((255, 40, 200), (300, 40, 420, 64))
    ImageDraw.Draw(stamped).rectangle((440, 40, 446, 64), (255, 40, 201))
    assert covers(save(scene, **LOSSLESS), save(stamped, **LOSSLESS)) == ["no", "no"]
    assert "yes" not in covers(save(palette(scene), **LOSSLESS), save(stamped, **LOSSLESS))


@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 98, "subsampling": 0}], ids=["lossless", "JPEG"])
def test_a_photo_with_added_grain_goes_for_the_one_without(options: dict[str, Any]) -> None:
    photo = save(photograph(), quality=94, subsampling=0)
    grainy = edited(photo, lambda image: noised(image, 5, 7), **options)
    assert covers(photo, grainy) == ["yes", "no"]
    assert covers(grainy, photo) == ["no", "yes"]


def test_a_photo_with_grain_under_a_strong_jpeg_goes_for_the_one_without() -> None:
    """That rounds the grain away in most frequencies; in those that it kept finely, all of the photo's is there."""
    photo = save(photograph(4), quality=94, subsampling=0)
    grainy = edited(photo, lambda image: noised(image, 6, 7), quality=85)
    assert covers(photo, grainy) == ["yes", "no"]
    assert covers(grainy, photo) == ["no", "yes"]


@pytest.mark.parametrize(("scene", "options"), [(0, LOSSLESS), (2, LOSSLESS), (2, {"quality": 95})])
def test_grain_that_hides_all_detail_of_quiet_places_is_told_by_the_others(scene: int, options: dict[str, Any]) -> None:
    smooth = save(open_sample(scene, SIZE), quality=88)
    assert covers(smooth, edited(smooth, lambda image: noised(image, 9, 3), **options)) == ["yes", "no"]


@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 95}], ids=["lossless", "JPEG"])
@pytest.mark.parametrize("scene", [0, 4])
def test_a_shot_does_not_go_for_the_mean_of_many(scene: int, options: dict[str, Any]) -> None:
    """Which lacks the noise of a camera alone; there is more of that where it is dark."""
    mean = open_sample(scene, SIZE)
    light = (np.asarray(mean) / 255) ** 2.2
    noise = np.random.default_rng(2).normal(0, 0.03, light.shape) * np.sqrt(light + 0.02)
    shot = Image.fromarray((255 * np.clip(light + noise, 0, 1) ** (1 / 2.2) + 0.5).astype(np.uint8))
    assert covers(save(mean, quality=95), save(shot, **options))[0] != "yes"


@pytest.mark.parametrize(("one", "other"), [(2, 7), (1, 9), (4, 4)])
@pytest.mark.parametrize("channels", [1, 3])
def test_another_capture_is_no_photo_with_added_grain(one: float, other: float, channels: int) -> None:
    """One frame, not moved at all: only that the grain of the one is not in the other tells them apart."""
    shots = [noised(open_sample(0, SMALL), each, seed, channels) for seed, each in enumerate((one, other))]
    for options in (LOSSLESS, {"quality": 95}):
        assert "yes" not in covers(*(save(shot, **options) for shot in shots))


def bilateral(image: Image.Image) -> Image.Image:
    return Image.fromarray(cv2.bilateralFilter(np.asarray(image), 7, 35, 4))


def non_local(image: Image.Image) -> Image.Image:
    return Image.fromarray(cv2.fastNlMeansDenoisingColored(np.asarray(image), None, 6, 6, 5, 9))


def median(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.MedianFilter(3))


def softer(image: Image.Image) -> Image.Image:
    return Image.blend(image, image.filter(ImageFilter.GaussianBlur(1)), 0.7)


@pytest.mark.parametrize("clean", [bilateral, non_local, median, softer])
@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 90}], ids=["lossless", "JPEG"])
def test_a_noisy_photo_never_goes_for_the_one_whose_noise_was_removed(clean: Edit, options: dict[str, Any]) -> None:
    noisy = save(photograph(4, 8, size=SMALL), quality=95, subsampling=0)
    assert covers(noisy, edited(noisy, clean, **options))[1] != "yes"


def test_a_soft_photo_never_goes_for_the_one_that_was_sharpened() -> None:
    soft = open_sample(4, SMALL).filter(ImageFilter.GaussianBlur(0.8))
    sharp = soft.filter(ImageFilter.UnsharpMask(2, 180, 2))
    assert relate(original(save(soft, quality=97)), original(save(sharp, quality=75))).sides[1].covers != "yes"


@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 85}], ids=["lossless", "JPEG"])
def test_the_median_of_a_photo_goes_for_it(options: dict[str, Any]) -> None:
    photo = save(photograph(), quality=94, subsampling=0)
    assert covers(photo, edited(photo, median, **options)) == ["yes", "no"]


def blurred(sigma: float) -> Edit:
    return lambda image: image.filter(ImageFilter.GaussianBlur(sigma))


@pytest.mark.parametrize("scene", [0, 1])
@pytest.mark.parametrize("sigma", [0.8, 1.2])
def test_a_blurred_photo_goes_for_the_original(scene: int, sigma: float) -> None:
    """Also where a strong JPEG fills the detail that the blur took."""
    image = photograph(scene)
    assert covers(save(image, **LOSSLESS), save(blurred(sigma)(image), quality=70)) == ["yes", "no"]


def straightened(image: Image.Image) -> Image.Image:
    return image.rotate(2, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


@pytest.mark.parametrize("scene", [0, 1])
def test_the_last_pixels_at_the_frame_keep_no_straightened_copy_from_going(scene: int) -> None:
    """Into which resampling mixed what fills the corners."""
    photo = save(photograph(scene, size=(647, 473)), quality=94, subsampling=0)
    assert covers(photo, edited(photo, straightened, **LOSSLESS)) == ["yes", "no"]


def test_a_line_of_type_beside_the_frame_is_content() -> None:
    one, other = photograph(1), photograph(1)
    for image, text in ((one, "12 May 2019"), (other, "21 May 2018")):
        ImageDraw.Draw(image).text((500, SIZE[1] - 13), text, (250, 220, 60))
    assert "yes" not in covers(save(one, quality=94), save(blurred(0.8)(other), quality=85))


@pytest.mark.parametrize("sigma", [0.4, 0.5, 0.6])
def test_a_photo_does_not_go_for_a_slightly_blurred_one(sigma: float) -> None:
    """Which looks as if it had been there first, and the photo been sharpened."""
    image = open_sample(4, SIZE)
    assert covers(save(image, quality=92), save(blurred(sigma)(image), **LOSSLESS))[1] != "yes"


@pytest.mark.parametrize("levels", [4.0, 9.0])
def test_a_photo_does_not_go_for_one_with_grain_of_its_own(levels: float) -> None:
    """Which is as much more detail as a blur takes, but even and white."""
    image = photograph(0, grain=0)
    assert covers(save(noised(image, levels, 5), quality=85), save(image, quality=92))[0] != "yes"


def enlarged(image: Image.Image) -> Image.Image:
    return image.resize((960, 720), Image.Resampling.BICUBIC)


def small(image: Image.Image) -> Image.Image:
    return image.resize((320, 240), Image.Resampling.LANCZOS)


@pytest.mark.parametrize(
    "edit",
    [
        lambda image: noised(enlarged(image), 6, 3),
        lambda image: enlarged(image).filter(ImageFilter.UnsharpMask(2, 150, 0)),
        small,
        lambda image: small(image).filter(ImageFilter.UnsharpMask(1, 120, 0)),
    ],
    ids=["enlarged, grain", "enlarged, sharpened", "small", "small, sharpened"],
)
@pytest.mark.parametrize("options", [LOSSLESS, {"quality": 75}], ids=["lossless", "JPEG"])
def test_a_photo_never_goes_for_a_larger_or_smaller_copy_with_grain_or_sharpened(
    photo: bytes, edit: Edit, options: dict[str, Any]
) -> None:
    assert covers(photo, edited(photo, edit, **options))[1] != "yes"


def test_a_photo_with_grain_as_coarse_as_its_steps_does_not_go_for_another_capture() -> None:
    """That one fits the steps of a strong JPEG less badly than the reverse says nothing where neither fits."""
    scene = open_sample(4, SIZE)
    for one, other in ((60, 96), (96, 60), (80, 90)):
        told = covers(save(noised(scene, 3, 1, 3), quality=one), save(noised(scene, 6, 2, 3), quality=other))
        assert "yes" not in told


def test_a_lossless_copy_does_not_go_for_the_paler_jpeg_with_its_steps() -> None:
    """Its luma lies on the steps of both JPEGs: of the one it was read from, and of the one that was made from it."""
    colourful = Image.open(io.BytesIO(save(photograph(), quality=85)))
    paler = save(ImageEnhance.Color(colourful).enhance(0.4), quality=85)
    assert covers(save(colourful, **LOSSLESS), paler)[1] != "yes"


@pytest.mark.parametrize("colour", [(230, 20, 40), (120, 230, 200)], ids=["red", "green"])
def test_the_colour_around_a_tilted_copy_is_none_of_its_own(colour: tuple[int, int, int]) -> None:
    """Nothing is compared there, nor does it reach into what is."""
    photo = save(photograph(), quality=92)
    tilt = (1.2, -0.12, -40, -0.08, 1.3, -30, -0.0002, 0.0003)

    def tilted(image: Image.Image) -> Image.Image:
        return image.transform(SIZE, Image.Transform.PERSPECTIVE, tilt, Image.Resampling.BICUBIC, fillcolor=colour)

    for options in (LOSSLESS, {"quality": 90}):
        sides = relate(original(photo), original(edited(photo, tilted, **options))).sides
        assert "content" not in [side.lacks for side in sides]


@pytest.mark.parametrize("quality", [75, 90])
def test_pale_type_below_a_photo_on_a_page_is_content(quality: int) -> None:
    """However near it is: what saving leaves beside the photo is no paler."""
    photo = photograph(1, size=(1024, 768))
    page = Image.new("RGB", (1120, 896), "white")
    page.paste(photo, (48, 32))
    ImageDraw.Draw(page).text((96, 806), "By the lake, May 2019", (220, 220, 220), ImageFont.load_default(12))
    assert covers(save(photo, quality=92), save(page, quality=quality))[0] != "yes"
