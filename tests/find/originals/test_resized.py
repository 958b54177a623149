"""What differs in a smaller, a noisier or an otherwise changed copy is other content, however little it is."""

import io
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from photosearch.find.originals.coverage import Coverage
from photosearch.find.originals.overlap import FILTERS, Frame, resized
from tests.find.originals.test_coverage import SIZE, SMALL, edited, look, save, scale
from tests.find.originals.test_direction import photograph
from tests.find.originals.test_recolouring import purple
from tests.photos import open_sample

LOSSLESS = {"format": "PNG"}


def covers(told: Coverage) -> list[str]:
    return [side.covers for side in told.sides]


def terminal(changed: int) -> Image.Image:
    """Lines of grey numbers on black, one of which ends with another digit."""
    page = Image.new("RGB", (640, 480))
    digits = np.random.default_rng(7).integers(0, 9, (26, 60))
    digits[changed, 59] += 1
    for row, line in enumerate(digits):
        text = "".join(str(digit) for digit in line)
        ImageDraw.Draw(page).text((8, 6 + 18 * row), text, (190, 190, 190), ImageFont.load_default(14))
    return page


def log(changed: int | None = None) -> Image.Image:
    """Lines of small grey type on black, one of which ends with another digit."""
    page, rng, letters = Image.new("RGB", (1100, 860)), np.random.default_rng(2), list("aeioubdfgklmnprstvz")
    for row in range(48):
        told = " ".join("".join(rng.choice(letters, rng.integers(4, 9))) for _ in range(rng.integers(3, 8)))
        number = rng.integers(1000, 9999) + (6 if row == changed else 0)
        ImageDraw.Draw(page).text((8, 4 + 17 * row), f"{told}: {number}", (190, 190, 190), ImageFont.load_default(13))
    return page


def words(text: str, size: tuple[int, int], px: int) -> np.ndarray[Any, Any]:
    """Where words cover a picture, 0 or 1 [h,w,1]."""
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).text((80, 120), text, 255, ImageFont.load_default(px))
    return np.asarray(mask, np.float32)[..., None] / 255


def picture(levels: np.ndarray[Any, Any]) -> Image.Image:
    return Image.fromarray(np.clip(levels + 0.5, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("options", [{"quality": 70}, {"quality": 85}, LOSSLESS], ids=["70", "85", "lossless"])
def test_another_digit_is_seen_in_a_page_of_half_the_size(options: dict[str, Any]) -> None:
    page = save(terminal(3), **LOSSLESS)
    assert covers(look(page, save(scale(0.5)(terminal(3)), **options))) == ["yes", "no"]
    told = look(page, save(scale(0.5)(terminal(17)), **options))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("changed", [4, 22])
def test_another_digit_is_seen_beside_what_black_clips_of_small_type(changed: int) -> None:
    page = save(log(), **LOSSLESS)
    assert covers(look(page, save(log().reduce(2), quality=70))) == ["yes", "no"]
    told = look(page, save(log(changed).reduce(2), quality=70))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("times", [0.5, 0.6, 0.7])
def test_another_digit_is_no_trace_of_an_unknown_filter_in_a_page_that_was_resized(times: float) -> None:
    """Of such a page, less is predicted than a digit is."""

    def numbers(last: int) -> Image.Image:
        page, rng = Image.new("RGB", (600, 460), "white"), np.random.default_rng(3)
        for row in range(22):
            told = f"{rng.integers(10**5, 10**7)}   {rng.integers(10**5, 10**7)}   900{last if row == 9 else 2}7.2"
            ImageDraw.Draw(page).text((8, 6 + 20 * row), told, (20, 20, 25), ImageFont.load_default(14))
        return page

    small = cv2.resize(np.asarray(numbers(8)), None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    sharp = small * 1.5 - cv2.GaussianBlur(small, (0, 0), 0.8) * 0.5
    told = look(save(numbers(2), **LOSSLESS), save(picture(sharp), quality=70))
    assert "yes" not in covers(told), told


def test_where_another_letter_may_be_hidden_it_is_said_so() -> None:
    """Where only the origin was said to be uncertain, EXIF decided."""
    page, small = save(log(), **LOSSLESS), cv2.resize(np.asarray(log(22)), (660, 516), interpolation=cv2.INTER_LANCZOS4)
    told = look(page, save(Image.fromarray(small), **LOSSLESS))
    assert [side.lacks for side in told.sides] == ["letters", "letters"], told
    assert not told.shows_all(0) and not told.shows_all(1)


@pytest.mark.parametrize("size", [(600, 400), (599, 397)], ids=["whole blocks", "blocks cut off"])
@pytest.mark.parametrize("filtered", [Image.Resampling.LANCZOS, Image.Resampling.BICUBIC])
def test_a_soft_and_noisy_photo_stays_for_its_smaller_copy(filtered: Image.Resampling, size: tuple[int, int]) -> None:
    """Its detail is that of an enlarged picture with grain; but the copy is what resizing and saving makes of it."""
    soft = np.asarray(open_sample(2, (1200, 800)).filter(ImageFilter.GaussianBlur(1.5)), np.float32)
    photo = save(picture(soft + np.random.default_rng(2).normal(0, 1.5, (800, 1200, 1))), quality=93)
    with Image.open(io.BytesIO(photo)) as opened:
        copy = save(opened.resize(size, filtered), quality=85)
    assert covers(look(photo, copy)) == ["yes", "no"]


@pytest.mark.parametrize("size", [(600, 400), (442, 295)], ids=["half", "no whole part"])
@pytest.mark.parametrize(
    "how", [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4], ids=["linear", "cubic", "Lanczos"]
)
def test_a_soft_photo_stays_for_a_smaller_copy_by_a_filter_that_no_one_knows(how: int, size: tuple[int, int]) -> None:
    """OpenCV takes the pixels beside a place alone; its cubic filter is another one than Pillow's."""
    soft = np.asarray(open_sample(2, (1200, 800)).filter(ImageFilter.GaussianBlur(1.5)), np.float32)
    photo = save(picture(soft + np.random.default_rng(2).normal(0, 1.5, (800, 1200, 1))), quality=93)
    with Image.open(io.BytesIO(photo)) as opened:
        copy = cv2.resize(np.asarray(opened), size, interpolation=how)
    assert covers(look(photo, save(picture(copy), quality=80))) == ["yes", "no"]


def test_a_part_is_halved_and_sampled_as_the_whole_is() -> None:
    photo, size = np.asarray(open_sample(2, (1200, 800)), np.uint8), (442, 295)
    halved = np.asarray(picture(np.asarray(photo, np.float32)).reduce(2))
    whole = cv2.resize(halved, size, interpolation=cv2.INTER_LINEAR)
    halving = [each for each in FILTERS if each.is_halved]
    window = 104, 56, 320, 240
    (part,) = resized(Frame(photo, np.array([0.0, 0, 1200, 800])), (295, 442, 3), window, halving)
    assert cv2.absdiff(part, whole[56:240, 104:320]).max() <= 1


def test_what_saving_took_of_a_photo_of_nothing_but_grain_is_no_other_content() -> None:
    light = np.linspace(130, 100, 900)[:, None] + np.linspace(0, 12, 1200)
    photo = save(picture(light + np.random.default_rng(1).normal(0, 9, light.shape)).convert("RGB"))
    with Image.open(io.BytesIO(photo)) as opened:
        copy = save(opened, quality=60)
    assert covers(look(photo, copy)) == ["yes", "no"]


@pytest.mark.parametrize(
    ("number", "times", "filtered", "grain"),
    [
        (0, 2.0, Image.Resampling.NEAREST, 4.0),
        (1, 3.0, Image.Resampling.NEAREST, 4.0),
        (2, 3.0, Image.Resampling.NEAREST, 1.0),
        (3, 2.0, Image.Resampling.LANCZOS, 4.0),
    ],
)
def test_an_enlarged_photo_with_grain_is_no_better_one(
    number: int, times: float, filtered: Image.Resampling, grain: float
) -> None:
    photo = save(open_sample(number, (700, 470)), quality=85)
    with Image.open(io.BytesIO(photo)) as opened:
        large = np.asarray(opened.resize((int(700 * times), int(470 * times)), filtered), np.float32)
    noise = np.random.default_rng(number).normal(0, grain, (*large.shape[:2], 1))
    told = look(photo, save(picture(large + noise)))
    assert told.sides[1].covers != "yes", told


@pytest.mark.parametrize("options", [{"quality": 88}, LOSSLESS], ids=["JPEG", "lossless"])
@pytest.mark.parametrize("colour", [(30, 30, 30), (-21, -21, 140)], ids=["grey", "of equal luma"])
def test_a_small_digit_on_an_enlarged_copy_is_seen(colour: tuple[int, int, int], options: dict[str, Any]) -> None:
    """In the photo's pixels it is so small and faint that saving may have made it."""
    grain = np.random.default_rng(3).normal(0, 1, (480, 640, 3))
    photo = save(picture(np.asarray(open_sample(3, (640, 480)), np.float32) + grain), quality=90)
    with Image.open(io.BytesIO(photo)) as opened:
        enlarged = np.asarray(opened.resize((1152, 864), Image.Resampling.BICUBIC), np.float32)
    assert covers(look(photo, save(picture(enlarged), **options))) == ["yes", "no"]
    marked = picture(enlarged + np.array(colour, np.float32) * words("7", (1152, 864), 12))
    told = look(photo, save(marked, **options))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("scene", [4, 6, 7])
def test_an_enlarged_photo_saved_without_steps_is_no_better_one(scene: int) -> None:
    photo = save(open_sample(scene, SMALL), quality=90)
    assert look(photo, edited(photo, scale(1.7), format="WEBP", quality=80)).sides[1].covers != "yes"


@pytest.mark.parametrize("scene", [4, 5, 6])
def test_a_soft_photo_stays_for_its_smaller_lossless_copy(scene: int) -> None:
    photo = save(open_sample(scene, SMALL).filter(ImageFilter.GaussianBlur(0.8)))
    assert [side.covers for side in look(photo, edited(photo, scale(0.7), **LOSSLESS)).sides] == ["yes", "no"]


def test_a_code_never_goes_for_a_ticket_that_shows_it_smaller() -> None:
    code = Image.fromarray(np.random.default_rng(1).integers(0, 2, (25, 25), np.uint8) * 255)
    code = code.resize((600, 600), Image.Resampling.NEAREST).convert("RGB")
    ticket = Image.new("RGB", (1200, 600), "white")
    ticket.paste(code.resize((420, 420), Image.Resampling.LANCZOS), (700, 90))
    assert look(save(code, **LOSSLESS), save(ticket, **LOSSLESS)).sides[1].covers != "yes"


@pytest.mark.parametrize(("number", "grain"), [(0, 2), (1, 3), (2, 3)])
def test_a_photo_never_goes_for_a_smaller_copy_on_which_a_coloured_light_was_put(number: int, grain: float) -> None:
    """The copy has more colour; what it has less may be detail or grain."""
    photo = picture(purple(number, SIZE) + np.random.default_rng(number).normal(0, grain, (*SIZE[::-1], 1)))
    small = np.asarray(photo.resize((288, 216), Image.Resampling.LANCZOS), np.float32)
    down, across = np.indices(small.shape[:2])
    light = np.exp(-((across - 150) ** 2 + (down - 120) ** 2) / (2 * 15**2))[..., None] * (-12, 7, -4)
    copy = picture((small - 128) * 1.12 + 128 + light)
    assert look(save(photo, **LOSSLESS), save(copy, **LOSSLESS)).sides[1].covers != "yes"


@pytest.mark.parametrize("edit", [ImageEnhance.Brightness, ImageEnhance.Color], ids=["clipped", "faded"])
def test_a_photo_never_goes_for_a_larger_one_without_its_tones(edit: type[ImageEnhance.Brightness]) -> None:
    photo = open_sample(0, (900, 675))
    ImageDraw.Draw(photo).rectangle((0, 0, 900, 240), (236, 238, 240))  # a pale sky
    ImageDraw.Draw(photo).ellipse((430, 110, 460, 125), (222, 224, 226))  # a bird
    lost = edit(photo).enhance(1.15 if edit is ImageEnhance.Brightness else 0.1)
    small = save(scale(0.6)(photo), quality=88)
    assert look(small, save(lost)).sides[1].covers != "yes"


@pytest.mark.parametrize("options", [{"quality": 80}, LOSSLESS], ids=["JPEG", "lossless"])
def test_coloured_words_that_are_no_lighter_are_seen(options: dict[str, Any]) -> None:
    photo = np.asarray(open_sample(4, SIZE), np.float32)
    colour = np.array([24, -12.2, 0], np.float32)  # of equal luma
    one, other = (photo + colour * words(text, SIZE, 60) for text in ("yes", "no"))
    told = look(save(picture(one), **LOSSLESS), save(scale(0.7)(picture(other)), **options))
    assert "yes" not in covers(told), told


def test_coloured_words_are_lost_in_a_grey_photo() -> None:
    grey = np.asarray(open_sample(4, SIZE).convert("L").convert("RGB"), np.float32)
    tinted = picture(grey + np.array([16, -8.2, 0], np.float32) * words("yes", SIZE, 60))
    told = look(save(picture(grey), **LOSSLESS), save(tinted, quality=90))
    assert told.sides[0].covers != "yes", told


@pytest.mark.parametrize("options", [{"quality": 95}, LOSSLESS], ids=["JPEG", "lossless"])
def test_words_under_grain_are_seen(options: dict[str, Any]) -> None:
    rng = np.random.default_rng(3)
    photo = np.asarray(open_sample(0, SIZE), np.float32)
    photo = np.asarray(picture(photo + rng.normal(0, 3, (*photo.shape[:2], 1))), np.float32)
    grain = rng.normal(0, 7, (*photo.shape[:2], 1))
    noisy, written = (photo + grain + levels * words("yes", SIZE, 90) for levels in (0, 9))
    assert covers(look(save(picture(photo), **LOSSLESS), save(picture(noisy), **options))) == ["yes", "no"]
    told = look(save(picture(photo), **LOSSLESS), save(picture(written), **options))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("options", [{"quality": 90}, LOSSLESS], ids=["JPEG", "lossless"])
@pytest.mark.parametrize("colour", [(13, 13, 13), (14, -7.1, 0)], ids=["grey", "of equal luma"])
def test_small_words_under_grain_on_a_smooth_photo_are_seen(
    colour: tuple[float, float, float], options: dict[str, Any]
) -> None:
    photo = np.asarray(open_sample(2, SIZE), np.float32)
    grain = np.random.default_rng(4).normal(0, 7, (*photo.shape[:2], 1))
    mark = np.array(colour, np.float32) * words("Noon", SIZE, 30)
    mark[200:202, 100:220] = colour  # a hair
    told = look(save(picture(photo), quality=92), save(picture(photo + mark + grain), **options))
    assert "yes" not in covers(told), told


def test_a_word_on_a_photo_whose_noise_was_removed_is_seen() -> None:
    rng = np.random.default_rng(5)
    photo = np.asarray(open_sample(0, SIZE), np.float32)
    photo = picture(photo + rng.normal(0, 4, (*photo.shape[:2], 1)))
    clean = photo.filter(ImageFilter.MedianFilter(3))
    assert covers(look(save(photo, **LOSSLESS), save(clean, **LOSSLESS))) == ["yes", "no"]
    written = picture(np.asarray(clean, np.float32) + 7 * words("so", SIZE, 40))
    told = look(save(photo, **LOSSLESS), save(written, **LOSSLESS))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("colour", [None, (60, 180, 60)], ids=["darker or lighter", "nearly as light"])
def test_a_dot_of_four_pixels_is_seen_where_colours_were_rounded(colour: tuple[int, int, int] | None) -> None:
    photo = open_sample(0, SIZE)
    if colour is not None:
        photo.paste((148, 100, 180), (300, 200, 302, 202))
    fewer = photo.point([level // 8 * 8 + 4 for level in range(256)] * 3)
    assert covers(look(save(photo, **LOSSLESS), save(fewer, **LOSSLESS))) == ["yes", "no"]
    dotted = np.array(fewer)
    dotted[200:202, 300:302] = np.where(dotted[200:202, 300:302] < 128, 180, 60) if colour is None else colour
    told = look(save(photo, **LOSSLESS), save(Image.fromarray(dotted), **LOSSLESS))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("quality", [60, 85])
def test_faint_words_on_white_paper_are_seen_where_the_paper_of_the_other_is_white(quality: int) -> None:
    page = np.full((*SIZE[::-1], 3), 255, np.float32)
    for row in range(12):
        page -= 225 * np.roll(words(f"{row} page of plain words {row * row}", SIZE, 18), 36 * row - 110, 0)
    one, other = (
        np.clip(page, 0, 255) - 9 * np.roll(words(text, SIZE, 70), down, 0) for text, down in (("yes", 0), ("no", 150))
    )
    told = look(save(picture(one), **LOSSLESS), save(scale(0.5)(picture(other)), quality=quality))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("sigma", [0.8, 1.2])
def test_coloured_words_on_a_blurred_copy_are_seen(sigma: float) -> None:
    photo = open_sample(4, SIZE)
    soft = photo.filter(ImageFilter.GaussianBlur(sigma))
    assert covers(look(save(photo), save(soft, quality=88))) == ["yes", "no"]
    colour = 22 * np.array([1, -0.51, 0], np.float32)
    written = picture(np.asarray(soft, np.float32) + colour * words("yes", SIZE, 40))
    told = look(save(photo), save(written, quality=88))
    assert "yes" not in covers(told), told


@pytest.mark.parametrize("options", [{"quality": 88}, LOSSLESS], ids=["88", "lossless"])
def test_an_enlarged_copy_goes_though_shrinking_does_not_undo_it(options: dict[str, Any]) -> None:
    """Words that the enlarged one alone has, however faint, are another content still."""
    photo = save(photograph(grain=1), quality=88)
    large = edited(photo, scale(1.64), **options)
    assert covers(look(photo, large)) == ["yes", "no"]
    with Image.open(io.BytesIO(large)) as image:
        written = np.asarray(image.convert("RGB"), np.float32) - 20 * words("yes", image.size, 24)
    told = look(photo, save(picture(written), **options))
    assert "yes" not in covers(told), told


def test_a_blurred_copy_goes_though_a_blur_is_not_predicted_beside_clipped_light() -> None:
    photo = ImageEnhance.Brightness(open_sample(0, SIZE)).enhance(1.3)
    blurred = photo.filter(ImageFilter.GaussianBlur(2))
    assert covers(look(save(photo, **LOSSLESS), save(blurred, **LOSSLESS))) == ["yes", "no"]
