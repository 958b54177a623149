"""Pictures of different content of which one small thing differs: a letter, a dot, a hair, one picture of twenty."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from verdict_drawing import INK, Case, add_noise, blank, lines_of_text, to_image
from verdict_faint import add_any, words
from verdict_pages import draw_letter

SCALES = (1, 1, 0.5, 0.7)
GRAINY_JPEG: tuple[dict[str, Any], ...] = ({"quality": 95}, {}, {})
BLUE, RED = (70, 120, 230), (230, 70, 60)
EVEN_RED, SEPIA = np.array([1, -0.57, 0.32], np.float32), np.array([22, 2, -28], np.float32)  # the first has no luma


def hairs(case: Case) -> None:
    """One photo with another hair on it."""
    photo = case.photo(0, 1500)
    for number in range(case.each):
        sheet = photo.copy()
        x, y = case.whole(100, 1300), case.whole(60, photo.height - 160)
        end = x + case.whole(40, 120), y + case.whole(-50, 90)
        ImageDraw.Draw(sheet).line((x, y, *end), ((220, 220, 220), (30, 30, 30))[number % 2])
        add_any(case, sheet, f"photo{number}", SCALES)


def other_letters(case: Case) -> None:
    """One page in small type, in each another letter of which is another one."""
    lines = [line for line, _ in zip(lines_of_text(case, 1080, 16), range(70), strict=False)]
    for number, row in enumerate(case.rng.permutation(len(lines))[: case.each].tolist()):
        page, draw = blank(1240, 1754)
        place, line = case.whole(0, len(lines[row])), lines[row]
        changed = f"{line[:place]}{'x' if line[place] != 'x' else 'k'}{line[place + 1 :]}"
        for each in range(len(lines)):
            draw.text((80, 60 + 23 * each), changed if each == row else lines[each], INK, case.font(16))
        add_any(case, page, f"page{number}", SCALES)


def page_numbers(case: Case) -> None:
    """One letter with another number at its lower edge, or time at its upper one."""
    letter = draw_letter(case, 22, case.name())
    for number in range(case.each):
        page = letter.copy()
        draw = ImageDraw.Draw(page)
        if number % 2:
            draw.text((page.width - 60, page.height - 18), f"{17 + number}", INK, case.font(15))
        else:
            draw.text((6, 1), f"{8 + number}:{20 + 3 * number}", INK, case.font(15))
        add_any(case, page, f"page{number}", SCALES)


def calendars(case: Case) -> None:
    """One month with a dot on another day, or in another colour."""
    for number in range(case.each):
        page, draw = blank(900, 700)
        for day in range(35):
            left, top = 20 + 123 * (day % 7), 60 + 125 * (day // 7)
            draw.rectangle((left, top, left + 118, top + 120), outline=(200, 200, 200))
            draw.text((left + 6, top + 4), str(day + 1), (90, 90, 90), case.font(18))
        day = 3 + 7 * (number // 2) % 32
        left, top = 70 + 123 * (day % 7), 120 + 125 * (day // 7)
        draw.ellipse((left, top, left + 8, top + 8), fill=(BLUE, RED)[number % 2])
        add_any(case, page, f"month{number}", SCALES)


def dark_lists(case: Case) -> None:
    """A list in grey on black, another line of which is another one."""
    lines = [case.sentence(3, 6) for _ in range(22)]
    for number, row in enumerate(case.rng.permutation(22)[: case.each].tolist()):
        page, draw = blank(720, 1280, (24, 25, 28))
        for each, line in enumerate(lines):
            words = case.sentence(3, 6) if each == row else line
            draw.text((30, 20 + 56 * each), words, (52, 54, 60), case.font(24))
        add_any(case, page, f"list{number}", SCALES)


def long_receipts(case: Case) -> None:
    """Receipts of 240 lines, one of which differs."""
    lines = [f"{case.name(2)}  {case.number(1, 90):.2f}" for _ in range(240)]
    for number, row in enumerate(case.rng.permutation(240)[: case.each].tolist()):
        page, draw = blank(460, 240 * 30 + 60)
        for each, line in enumerate(lines):
            words = f"{case.name(2)}  {case.number(1, 90):.2f}" if each == row else line
            draw.text((20, 20 + 30 * each), words, INK, case.font(18))
        add_any(case, page, f"receipt{number}", SCALES)


def scores(case: Case) -> None:
    """One frame of a match with another score in a corner."""
    photo = case.photo(0, 1280)
    for number in range(case.each):
        frame = photo.copy()
        draw = ImageDraw.Draw(frame)
        draw.rectangle((40, 30, 190, 56), fill=(20, 30, 90))
        draw.text((48, 34), f"ABC {number // 2}:{number % 2} XYZ", "white", case.font(16))
        add_any(case, frame, f"frame{number}", SCALES)


def contact_sheets(case: Case) -> None:
    """Twenty small photos on a sheet, of which another one is another photo."""
    photos = [case.photo(number, 220).resize((220, 160)) for number in range(14)]
    for number, place in enumerate(case.rng.permutation(13)[: case.each].tolist()):
        sheet, _ = blank(5 * 230, 4 * 170, (30, 30, 30))
        for each in range(20):
            photo = photos[13] if each == place else photos[each % 13]
            sheet.paste(photo, (5 + 230 * (each % 5), 5 + 170 * (each // 5)))
        add_any(case, sheet, f"sheet{number}", SCALES)


def night_skies(case: Case) -> None:
    """One sky full of stars, with one star more at another place."""
    star = np.array([[0.2, 0.5, 0.2], [0.5, 1, 0.5], [0.2, 0.5, 0.2]])[..., None]
    sky = 8 + case.rng.normal(0, 3, (900, 1300, 3))
    places = case.rng.integers(5, (1295, 895), (500, 2)).tolist()
    for x, y in places:
        sky[y - 1 : y + 2, x - 1 : x + 2] += case.number(20, 240) * star
    for number in range(case.each):
        x, y, seen = case.whole(50, 1250), case.whole(50, 850), sky.copy()
        seen[y - 1 : y + 2, x - 1 : x + 2] += case.number(60, 200) * star
        add_any(case, Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8)), f"sky{number}", SCALES)


def log_lines(case: Case) -> None:
    """One log in small type with another digit, whole and without loss, or at half the size in a JPEG."""
    lines = [f"[{case.number(0, 99):.6f}] {case.sentence(3, 8)}: {case.whole(1000, 99999)}" for _ in range(48)]
    for number, row in enumerate(case.rng.permutation(len(lines))[: case.each].tolist()):
        page, draw = blank(1100, 860, (0, 0, 0))
        for each, line in enumerate(lines):
            text = f"{line[:-1]}{(int(line[-1]) + 1 + number) % 10}" if each == row else line
            draw.text((8, 4 + 17 * each), text, (190, 190, 190), case.font(13))
        if number % 2:
            case.add(page.reduce(2), f"log{number}.jpg", quality=case.whole(70, 93))
        else:
            case.add(page, f"log{number}.png")


def even_colours(case: Case) -> None:
    """One photo with other words in a colour that is no lighter than what is below them."""
    photo = np.asarray(case.photo(0, 1200), np.float32)
    for number in range(case.each):
        colour = case.number(18, 28) * np.array([1, -0.51, 0], np.float32)
        marked = photo + colour * words(case, (photo.shape[1], photo.shape[0]), case.whole(60, 100))
        add_any(case, to_image(marked), f"words{number}", (1, 1, 0.7))


def words_under_grain(case: Case) -> None:
    """A photo without loss, and with grain and other words on it."""
    photo = add_noise(case.photo(0, 1200), case.rng, 2)
    case.add(photo, "photo.png", "photo")
    for number in range(1, case.each):
        grainy = np.asarray(photo, np.float32) + case.rng.normal(0, case.number(5, 8), (*photo.size[::-1], 1))
        marked = grainy + case.number(9, 12) * words(case, photo.size, case.whole(70, 120))
        case.add(to_image(marked), f"grain{number}.{('jpg', 'png', 'tif')[number % 3]}", **GRAINY_JPEG[number % 3])


def rounded_dots(case: Case) -> None:
    """A photo, and in fewer tones with another dot of four pixels, all of them without loss."""
    photo = case.photo(0, 1000)
    case.add(photo, "photo.png", "photo")
    for number in range(1, case.each):
        fewer = np.array(photo.point([level // 8 * 8 + 4 for level in range(256)] * 3))
        x, y = case.whole(30, 950), case.whole(30, photo.height - 30)
        fewer[y : y + 2, x : x + 2] = np.where(fewer[y : y + 2, x : x + 2] < 128, 180, 60)
        case.add(Image.fromarray(fewer), f"dot{number}.{('png', 'tif')[number % 2]}")


def finest_bits(case: Case) -> None:
    """One photo with other finest bits, in which something may be hidden."""
    photo = np.asarray(case.photo(0, 1000))
    for number in range(case.each):
        bits = case.rng.integers(0, 2, photo.shape, np.uint8)
        case.add(Image.fromarray(photo & 254 | bits), f"bits{number}.{('png', 'tif')[number % 2]}")


def even_digits(case: Case) -> None:
    """A photo, and saved again, larger or smaller, with another digit in a colour that is as light as its place."""
    photo = add_noise(case.photo(0, 1200), case.rng, 1)
    case.add(photo, "photo.jpg", "photo", quality=94)
    for number in range(1, case.each):
        scale = (1.0, 1.5, 0.7)[number % 3]
        size = round(photo.width * scale), round(photo.height * scale)
        copy = np.asarray(photo.resize(size, Image.Resampling.BICUBIC), np.float32)
        marked = copy + case.number(60, 90) * EVEN_RED * words(case, size, case.whole(16, 30))
        case.add(to_image(marked), f"digit{number}.jpg", quality=case.whole(75, 93), subsampling=case.whole(0, 3))


def words_on_grey(case: Case) -> None:
    """A photo, and grey or sepia copies of it with other words in a colour."""
    photo = case.photo(0, 1200)
    case.add(photo, "photo.jpg", "photo", quality=94)
    for number in range(1, case.each):
        grey = np.asarray(photo.convert("L"), np.float32)[..., None] + SEPIA * (number % 2)
        marked = grey + case.number(60, 90) * EVEN_RED * words(case, photo.size, case.whole(16, 40))
        add_any(case, to_image(marked), f"grey{number}")


def words_on_sharpened(case: Case) -> None:
    """A photo, and sharpened copies of it with other words."""
    photo = case.photo(0, 1200)
    case.add(photo, "photo.jpg", "photo", quality=94)
    for number in range(1, case.each):
        sharp = photo.filter(ImageFilter.UnsharpMask(case.number(0.8, 2.5), case.whole(60, 200), case.whole(0, 4)))
        marked = np.asarray(sharp, np.float32) + case.number(25, 50) * words(case, photo.size, case.whole(14, 40))
        add_any(case, to_image(marked), f"sharp{number}")


def bars_at_the_frame(case: Case) -> None:
    """One screen with a bar of two or three pixels along its lower edge, which is longer in each."""
    photo = case.photo(0, 1202)
    for number in range(case.each):
        screen, high = photo.copy(), case.whole(2, 4)
        end = round(screen.width * (number + 1) / (case.each + 1))
        ImageDraw.Draw(screen).rectangle((0, screen.height - high, end, screen.height), fill=(200, 30, 30))
        add_any(case, screen, f"screen{number}")


def icons(case: Case) -> None:
    """Icons of 32 to 64 pixels with another sign or in other colours."""
    side, signs = case.whole(32, 65), case.rng.permutation([*"ABCDEFGHKLMNPRSTUVXYZ"]).tolist()
    for number in range(case.each):
        icon, draw = blank(side, side, (230, 230, 235))
        draw.rounded_rectangle((2, 2, side - 3, side - 3), side // 6, (BLUE, RED)[number % 2])
        draw.text((side / 3, side / 5), signs[number % len(signs)], "white", case.font(side / 2))
        case.add(icon, f"icon{number}.{('png', 'webp')[number % 2]}", lossless=True)


SMALL: tuple[Callable[[Case], None], ...] = (
    *(hairs, other_letters, page_numbers, calendars, dark_lists, long_receipts, scores, contact_sheets, night_skies),
    *(log_lines, even_colours, words_under_grain, rounded_dots, finest_bits, even_digits, words_on_grey),
    *(words_on_sharpened, bars_at_the_frame, icons),
)
