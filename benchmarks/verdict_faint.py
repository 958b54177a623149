"""Pictures of different content of which little differs: faint words, a lamp, a small light, a thing taken out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from verdict_drawing import INK, Case, scan, to_image
from verdict_pages import draw_letter, scrawl

Levels = NDArray[np.float32]
LARGE_PX = 3600


def add_any(case: Case, image: Image.Image, stem: str, scales: Sequence[float] = (1,)) -> None:
    """Save a picture in a drawn format, quality and size."""
    scale = float(case.rng.choice(scales))
    if scale != 1:
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    ways: tuple[tuple[str, dict[str, Any]], ...] = (
        (".jpg", {"quality": case.whole(50, 97)}),
        (".jpg", {"quality": case.whole(85, 99), "subsampling": 0}),
        (".png", {}),
        (".webp", {"quality": case.whole(60, 96)}),
        (".tif", {"compression": "tiff_lzw"}),
        (".webp", {"lossless": True, "method": 0, "quality": 10}),
    )
    suffix, options = ways[case.whole(0, len(ways))]
    case.add(image, f"{stem}{suffix}", **options)


def spot(shape: tuple[int, ...], x: float, y: float, radius: float) -> Levels:
    """A light that falls off around a place, 0..1 [h,w,1]."""
    down, across = np.indices(shape[:2], np.float32)
    return np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * radius**2))[..., None].astype(np.float32)


def words(case: Case, size: tuple[int, int], height: int) -> Levels:
    """Where words cover a picture, 0 or 1 [h,w,1]."""
    mask = Image.new("L", size)
    place = case.number(0.05, 0.5) * size[0], case.number(0.05, 0.85) * size[1]
    ImageDraw.Draw(mask).text(place, case.name(1), 255, case.font(height))
    return np.asarray(mask, np.float32)[..., None] / np.float32(255)


def pencil_notes(case: Case) -> None:
    """One drawn page with another faint note, saved without loss."""
    page = draw_letter(case, 22, case.name())
    ImageDraw.Draw(page).rectangle((100, 1200, 1140, 1640), "white")
    for number in range(case.each):
        noted, level = page.copy(), 255 - case.whole(1, 9)
        left, top = case.number(150, 500), case.number(1220, 1480)
        scrawl(case, ImageDraw.Draw(noted), left, top, 600, 120, (level, level, level))
        case.add(noted, f"page{number}.{('png', 'tif')[number % 2]}")


def faint_marks(case: Case) -> None:
    """One photo with another mark of some levels, saved without loss, and without any."""
    photo = case.photo(0, 1400)
    case.add(photo, "plain.png", "plain")
    for number in range(1, case.each):
        marked = np.asarray(photo, np.float32) + case.whole(2, 7) * words(case, photo.size, 120)
        case.add(to_image(marked), f"mark{number}.{('png', 'tif')[number % 2]}")


def low_marks(case: Case) -> None:
    """One photo with other marks of ten to thirty levels, in any format and size."""
    photo = case.photo(0, 1600)
    for number in range(case.each):
        levels = case.number(12, 30) * (-1 if number % 2 else 1)
        marked = np.asarray(photo, np.float32) + levels * words(case, photo.size, case.whole(60, 130))
        add_any(case, to_image(marked), f"mark{number}", (1, 0.75, 0.5, 1.3))


def dark_things(case: Case) -> None:
    """A night photo in whose blacks other words lie, a level or two lighter."""
    night = np.asarray(case.photo(0, 1200), np.float32) // 40
    for number in range(case.each):
        shown = night + case.whole(1, 3) * words(case, (night.shape[1], night.shape[0]), 140)
        case.add(to_image(shown), f"night{number}.png")


def ticked_forms(case: Case) -> None:
    """One scanned form, another box of which is ticked."""
    page = draw_letter(case, 22, case.name())
    draw = ImageDraw.Draw(page)
    draw.rectangle((860, 180, 1200, 1420), "white")
    for row in range(20):
        draw.rectangle((900, 200 + 60 * row, 926, 226 + 60 * row), outline=INK, width=2)
    page, rows = scan(case, page, 0, 2), case.rng.permutation(20).tolist()
    for number in range(case.each):
        form, top = page.copy(), 200 + 60 * rows[number % 20]
        points = [(904, top + 14), (911, top + 21), (922, top + 5)]
        ImageDraw.Draw(form).line(points, (40, 40, 60), 3)
        add_any(case, form, f"form{number}", (1, 0.5))


def lamps(case: Case) -> None:
    """One dim photo, lit by a lamp at another place, and not lit; no noise tells them apart."""
    dim = 0.5 * np.asarray(case.photo(0, 1600), np.float32)
    for number in range(case.each):
        place = case.number(0.1, 0.9) * dim.shape[1], case.number(0.1, 0.9) * dim.shape[0]
        light = spot(dim.shape, *place, case.number(60, 200)) * np.array([70, 63, 42], np.float32)
        add_any(case, to_image(dim + light * bool(number)), f"lamp{number}", (1, 0.6, 1.3))


def large_lit(case: Case) -> None:
    """Large photos, lighter at another place, far from the middle."""
    photo = np.asarray(case.photo(0, LARGE_PX), np.float32)
    for number in range(min(case.each, 4)):
        place = case.number(0.05, 0.3) * photo.shape[1], case.number(0.05, 0.3) * photo.shape[0]
        light = case.number(10, 40) * spot(photo.shape, *place, case.number(150, 400)) * bool(number)
        case.add(to_image(photo + light), f"large{number}.jpg", quality=97)


def shadows(case: Case) -> None:
    """One X-ray with another large, faint shadow."""
    down, across = np.indices((1200, 940), np.float32) / 1.33
    chest = 30 + 120 * np.exp(-((across - 350) ** 2) / 60_000 - (down - 450) ** 2 / 120_000)
    for rib in range(12):
        chest += 45 * np.exp(-((down - 150 - 50 * rib - (across - 350) ** 2 / 900) ** 2) / 120)
    chest += case.rng.normal(0, 2.5, chest.shape)
    for number in range(case.each):
        place = case.number(250, 700), case.number(250, 950)
        shadow = case.number(10, 20) * spot(chest.shape, *place, case.number(40, 90))[..., 0] * bool(number)
        add_any(case, to_image(chest + shadow).convert("L"), f"chest{number}", (1, 0.6))


def small_lights(case: Case) -> None:
    """Large photos with a light of some pixels in another colour."""
    photo = case.photo(0, LARGE_PX)
    for number, colour in enumerate(((220, 60, 60), (60, 150, 60), (70, 110, 230), (200, 110, 20))):
        lit = photo.copy()
        ImageDraw.Draw(lit).ellipse((1200, 900, 1207, 907), colour)
        case.add(lit, f"light{number}.jpg", quality=96, subsampling=0)


def taken_out(case: Case) -> None:
    """Photos as a JPEG, and as a lossless or larger picture of them from which a small thing was taken."""
    for number in range(case.each):
        photo, radius = case.photo(number, 1500), case.whole(8, 20)
        lively = np.asarray(photo.convert("L").filter(ImageFilter.FIND_EDGES), np.float32)[80:-80, 80:-80]
        y, x = np.unravel_index(int(np.argsort(lively.ravel())[int(0.9 * lively.size)]), lively.shape)
        mask = Image.new("L", photo.size)
        box = x + 80 - radius, y + 80 - radius, x + 80 + radius, y + 80 + radius
        ImageDraw.Draw(mask).ellipse(tuple(float(each) for each in box), 255)
        case.add(photo, f"photo{number}.jpg", f"photo{number}", quality=case.whole(60, 95))
        photo.paste(photo.filter(ImageFilter.GaussianBlur(3 * radius)), mask=mask.filter(ImageFilter.GaussianBlur(1)))
        if number % 2:
            photo = photo.resize((2100, round(2100 * photo.height / photo.width)), Image.Resampling.BICUBIC)
        case.add(photo, f"without{number}.png", f"without{number}")


def odd_bricks(case: Case) -> None:
    """One wall with another odd brick, of a slightly or of a clearly other colour."""
    down, across = np.indices((900, 1200))
    shift = (down // 40 % 2) * 40
    texture = np.tile(case.rng.normal(0, 6, (40, 80, 3)), (24, 16, 1))[:900, :1200]
    wall = np.array([150, 80, 60]) + texture
    wall[(down % 40 < 3) | ((across + shift) % 80 < 3)] = 190
    for number in range(case.each):
        row, left = case.whole(2, 20), 80 * case.whole(2, 13) + 3
        odd, left = wall.copy(), left - 40 * (row % 2)
        odd[40 * row + 3 : 40 * row + 40, left : left + 77] += np.array([-25, 20, 25]) * (1 if number % 2 else 0.5)
        add_any(case, to_image(odd.astype(np.float32)), f"wall{number}", (1, 0.6))


FAINT: tuple[Callable[[Case], None], ...] = (
    *(pencil_notes, faint_marks, low_marks, dark_things, ticked_forms, lamps, large_lit, shadows, small_lights),
    *(taken_out, odd_bricks),
)
