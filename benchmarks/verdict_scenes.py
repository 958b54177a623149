"""Photographs of different content that look alike: captions, frames of one scene, exposures, flats, parts, focus."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from verdict_drawing import Case, Colour, add_noise, blank, camera_exif, to_image

STOPS = (-2, 0, 2)


def captions(case: Case) -> None:
    """One photo under other captions; of some there is a smaller copy."""
    photo = case.photo(0, case.whole(800, 1400))
    for number in range(case.each):
        meme = write_caption(case, photo, case.sentence(2, 4), case.sentence(2, 4))
        case.add(meme, f"meme{number}.jpg", f"meme{number}", grade=1)
        if number % 3 == 0:
            case.add(meme.reduce(2), f"meme{number}-half.jpg", f"meme{number}", quality=80)


def one_caption(case: Case) -> None:
    """Other photos under one caption."""
    above, below = case.sentence(2, 4), case.sentence(2, 4)
    for number in range(case.each):
        case.add(write_caption(case, case.photo(number, 1000), above, below), f"meme{number}.jpg")


def bars(case: Case) -> None:
    """One photo with other words in a bar above it."""
    photo, size = case.photo(0, 1200), case.whole(30, 50)
    for number in range(case.each):
        meme = ImageOps.expand(photo, (0, 2 * size, 0, 0), (255, 255, 255))
        ImageDraw.Draw(meme).text((30, size / 3), case.sentence(3, 6), "black", case.font(size))
        case.add(meme, f"bar{number}.jpg")


def write_caption(case: Case, photo: Image.Image, above: str, below: str) -> Image.Image:
    """A photo with a line at the top and one at the bottom."""
    meme = photo.copy()
    draw, size = ImageDraw.Draw(meme), 0.07 * photo.width
    for text, top in ((above, 0.02 * photo.height), (below, 0.97 * photo.height - 1.2 * size)):
        face = case.font(min(size, size * 0.9 * photo.width / case.font(size).getlength(text)))
        left = (photo.width - face.getlength(text)) / 2
        draw.text((left, top), text.upper(), "white", face, stroke_width=3, stroke_fill="black")
    return meme


def subtitles(case: Case) -> None:
    """One frame of a film with other subtitles."""
    frame = ImageOps.fit(case.photo(0), (1920, 1080))
    for number in range(case.each):
        text, face, still = case.sentence(4, 8), case.font(46), frame.copy()
        place = (960 - face.getlength(text) / 2, 970)
        ImageDraw.Draw(still).text(place, text, "white", face, stroke_width=3, stroke_fill="black")
        case.add(still, f"frame{number}.jpg")


def date_stamps(case: Case) -> None:
    """One view with the dates that a camera prints on it, and without."""
    photo, size = case.photo(), case.whole(30, 60)
    case.add(photo, "plain.jpg", "plain")
    for number in range(1, case.each):
        stamped, text = photo.copy(), f"'{case.whole(10, 27)} {case.whole(1, 13)} {case.whole(1, 29)}"
        ImageDraw.Draw(stamped).text((0.72 * photo.width, 0.9 * photo.height), text, (250, 150, 40), case.font(size))
        case.add(stamped, f"stamped{number}.jpg")


def watermarks(case: Case) -> None:
    """One photo without, and with a mark of each of several firms over it."""
    photo = case.photo(0, 1400)
    case.add(photo, "plain.jpg", "plain")
    for number in range(1, case.each):
        layer = Image.new("RGBA", photo.size)
        draw, face = ImageDraw.Draw(layer), case.font(case.whole(60, 110))
        place = (case.number(0, 0.4) * photo.width, case.number(0.1, 0.8) * photo.height)
        draw.text(place, f"© {case.name()}", (255, 255, 255, case.whole(70, 160)), face)
        case.add(Image.alpha_composite(photo.convert("RGBA"), layer).convert("RGB"), f"marked{number}.jpg")


def tripod_birds(case: Case) -> None:
    """Frames of a camera that stands still, each with its own noise and a small bird elsewhere; they tell no time."""
    film(case, lambda draw, x, y, number: _bird(draw, x, 0.3 * y, 10 + case.number(0, 12)), has_exif=False)


def tripod_cars(case: Case) -> None:
    """The same with a car that passes, and with the camera's EXIF."""
    colour = case.colour()

    def car(draw: ImageDraw.ImageDraw, x: float, y: float, number: int) -> None:
        draw.rounded_rectangle((x, 0.75 * y + 200, x + 150, 0.75 * y + 245), 12, colour)
        draw.rounded_rectangle((x + 30, 0.75 * y + 170, x + 115, 0.75 * y + 210), 14, colour)
        for wheel in (25, 105):
            draw.ellipse((x + wheel, 0.75 * y + 232, x + wheel + 24, 0.75 * y + 256), (20, 20, 20))

    film(case, car, has_exif=True)


def tripod_people(case: Case) -> None:
    """The same with a person who walks by, and in the first picture nobody; they tell no time."""

    def person(draw: ImageDraw.ImageDraw, x: float, y: float, number: int) -> None:
        if number:
            draw.ellipse((x + 8, y, x + 32, y + 26), (205, 160, 130))
            draw.rounded_rectangle((x, y + 28, x + 40, y + 100), 10, case.colour(20, 200))
            draw.rectangle((x + 6, y + 98, x + 34, y + 160), (40, 45, 70))

    film(case, person, has_exif=False)


def surveillance(case: Case) -> None:
    """The same, where only the clock in the picture goes on."""

    def clock(draw: ImageDraw.ImageDraw, x: float, y: float, number: int) -> None:
        draw.text((30, 20), f"CAM 1  2024-05-01  03:1{number // 6}:{number % 6}0", "white", case.font(28))

    film(case, clock, has_exif=False)


def film(case: Case, draw_object: Callable[[ImageDraw.ImageDraw, float, float, int], None], has_exif: bool) -> None:
    """Frames of one scene, each with its own noise, in which only the object differs; a second apart, if they tell."""
    photo, sigma = case.photo(), case.number(1.5, 5)
    for number in range(case.each):
        frame = photo.copy()
        x, y = case.number(0.05, 0.85) * photo.width, case.number(0.1, 0.7) * photo.height
        draw_object(ImageDraw.Draw(frame), x, y, number)
        options = {"exif": camera_exif(f"2024:05:01 10:00:{number:02}", 0.01, number)} if has_exif else {}
        case.add(add_noise(frame, case.rng, sigma), f"frame{number}.jpg", quality=93, **options)


def _bird(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    draw.arc((x, y, x + size, y + size), 200, 340, (30, 30, 30), 3)
    draw.arc((x + size, y, x + 2 * size, y + size), 200, 340, (30, 30, 30), 3)


def bends(case: Case) -> None:
    """A burst in which a part of the scene, as large as a person, bends a little, with noise of its own and no EXIF."""
    photo, sigma = case.photo(), case.number(1, 4)
    width, height = photo.size
    for number in range(case.each):
        x, y, radius = case.number(0.25, 0.75) * width, case.number(0.25, 0.75) * height, 0.12 * width
        frame = bend(photo, x, y, radius, case.number(10, 22), case.number(-10, 10)) if number else photo
        case.add(add_noise(frame, case.rng, sigma), f"burst{number}.jpg", quality=94)


def bend(photo: Image.Image, x: float, y: float, radius: float, right: float, down: float) -> Image.Image:
    """The photo with what is within `radius` of a point shifted, most in the middle."""
    import cv2  # needs a quarter of a second, and only this kind needs it

    rows, columns = np.indices((photo.height, photo.width), np.float32)
    weight = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * (radius / 2) ** 2))
    columns, rows = columns - right * weight, rows - down * weight
    return Image.fromarray(cv2.remap(np.asarray(photo), columns, rows, cv2.INTER_CUBIC))


def handheld(case: Case) -> None:
    """A burst by hand, within one second of the camera's clock."""
    shoot(case, has_exif=True)


def handheld_without_exif(case: Case) -> None:
    """A burst by hand that tells nothing of itself."""
    shoot(case, has_exif=False)


def shoot(case: Case, has_exif: bool) -> None:
    """Shots of one scene by hand: a few pixels and half a degree apart, the light changes a little, other noise."""
    photo, sigma = case.photo(), case.number(2, 6)
    for number in range(case.each):
        shot = photo.rotate(case.number(-0.6, 0.6), Image.Resampling.BICUBIC)
        shift = case.whole(5, 25), case.whole(5, 25)
        shot = shot.crop((*shift, shift[0] + photo.width - 50, shift[1] + photo.height - 50))
        levels = case.number(0.95, 1.05) * np.asarray(shot, np.float32)
        options = {"exif": camera_exif("2024:05:01 10:00:00", 0.008, 37 * number)} if has_exif else {}
        noisy = to_image(levels + sigma * case.rng.standard_normal(levels.shape, np.float32))
        case.add(noisy, f"shot{number}.jpg", quality=94, **options)


def eyes(case: Case) -> None:
    """Portraits in which only the eyes or the mouth differ, and the noise."""
    skin, hair, ground = case.colour(150, 230), case.colour(10, 90), case.colour(60, 200)
    for number in range(case.each):
        page, draw = blank(1200, 1600, ground)
        draw.ellipse((300, 250, 900, 900), hair)
        draw.ellipse((350, 350, 850, 1050), skin)
        draw.rectangle((250, 1100, 950, 1600), case.colour(20, 60) if not number else (40, 50, 90))
        for eye, x in enumerate((450, 660)):
            if number >> eye & 1:
                draw.arc((x, 560, x + 90, 620), 10, 170, (60, 40, 40), 5)
            else:
                draw.ellipse((x, 560, x + 90, 610), (245, 245, 245))
                look = 15 * (number >> 2)
                draw.ellipse((x + 20 + look, 565, x + 55 + look, 605), (50, 40, 30))
        draw.arc((510, 800, 690, 800 + 60 + 20 * (number >> 2)), 10, 170, (150, 50, 60), 7)
        page = page.filter(ImageFilter.GaussianBlur(1.2))
        case.add(add_noise(page, case.rng, 3), f"face{number}.jpg", quality=92)


def exposures(case: Case) -> None:
    """A bracket: clipped at both ends, each with its own noise and its exposure time."""
    bracket(case, has_exif=True)


def exposures_without_exif(case: Case) -> None:
    """A bracket that tells nothing of itself."""
    bracket(case, has_exif=False)


def bracket(case: Case, has_exif: bool) -> None:
    """Two or more scenes in three exposures each: light times 1/4, 1, 4, clipped at the sensor's end."""
    for number in range(max(case.each, 3)):
        light = (np.asarray(case.photo(number // 3, 1400), np.float32) / 255) ** 2.2
        stops = STOPS[number % 3]
        seen = np.clip(light * 2.0**stops, 0, 1) ** (1 / 2.2) * 255
        noise = case.rng.standard_normal(seen.shape, np.float32) * 2
        exif = camera_exif(f"2024:05:01 10:{number // 3:02}:00", 0.01 * 2.0**stops, 100 * (number % 3))
        options = {"exif": exif} if has_exif else {}
        case.add(to_image(seen + noise), f"scene{number // 3}{stops:+}.jpg", quality=92, **options)


def skies(case: Case) -> None:
    """Clear skies: one slope of blue, each with its own noise."""
    top, bottom = case.colour(60, 140), case.colour(170, 255)
    for number in range(case.each):
        case.add(add_noise(slope((1600, 1200), top, bottom), case.rng, 2), f"sky{number}.jpg")


def black_frames(case: Case) -> None:
    """Frames behind a lens cap: only noise."""
    sigma = case.number(1, 4)
    for number in range(case.each):
        case.add(add_noise(Image.new("RGB", (1600, 1200), (3, 3, 4)), case.rng, sigma), f"dark{number}.jpg")


def plain_colours(case: Case) -> None:
    """Pictures of one colour, some of them nearly alike."""
    base = np.array(case.colour(60, 190))
    for number in range(case.each):
        step = np.array(case.colour(0, 60)) if number % 2 else np.array([6 * number, 0, 0])
        red, green, blue = (int(level) for level in base + step)
        case.add(Image.new("RGB", (800, 600), (red, green, blue)), f"colour{number}.png")


def slopes(case: Case) -> None:
    """Slopes between two colours, in other directions and between others."""
    dark, light = case.colour(0, 90), case.colour(150, 255)
    for number in range(case.each):
        image = slope((1200, 900), dark, light if number < 4 else case.colour(150, 255))
        image = (
            image,
            ImageOps.flip(image),
            image.rotate(90).resize((1200, 900)),
            image.rotate(270).resize((1200, 900)),
        )[number % 4]
        case.add(image, f"slope{number}.png")


def slope(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """One colour above that goes over into another below."""
    weight = np.linspace(0, 1, size[1], dtype=np.float32)[:, None, None]
    rows = (1 - weight) * np.array(top, np.float32) + weight * np.array(bottom, np.float32)
    return to_image(np.repeat(rows, size[0], 1))


def panoramas(case: Case) -> None:
    """Parts of a panorama that overlap by 30 to 60 %, and of another one the whole as well, which shows all of them."""
    for number in range(-(-case.each // 3)):
        photo = case.photo(number, 2400)
        part, names = photo.width // 2, list[str]()
        for place in range(3):
            left = round(place * (photo.width - part) / 2)
            names.append(f"pan{number}-part{place}")
            case.add(photo.crop((left, 0, left + part, photo.height)), f"{names[-1]}.jpg", names[-1])
        if number:
            case.add(photo, f"pan{number}-whole.jpg", *names, f"pan{number}-whole", grade=1, quality=93)


def focus_stacks(case: Case) -> None:
    """One scene, sharp in another strip in each picture."""
    photo = case.photo(0, 1500)
    soft = photo.filter(ImageFilter.GaussianBlur(case.number(2, 4)))
    for number in range(case.each):
        mask = Image.new("L", photo.size, 0)
        top = number * photo.height // case.each
        ImageDraw.Draw(mask).rectangle((0, top, photo.width, top + photo.height // case.each), fill=255)
        sharp = Image.composite(photo, soft, mask.filter(ImageFilter.GaussianBlur(30)))
        case.add(add_noise(sharp, case.rng, 1.5), f"focus{number}.jpg", quality=94)


def colour_variants(case: Case) -> None:
    """One thing in other colours, on a plain ground or in a grey photo, saved in other qualities."""
    ground = case.photo().convert("L").convert("RGB") if case.whole(0, 2) else blank(1000, 750)[0]
    x, y, size = 0.4 * ground.width, 0.4 * ground.height, case.number(20, 300)
    turn = case.whole(0, 360)
    for number in range(case.each):
        sheet, hue = ground.copy(), (turn + number * 360 // case.each) % 360
        ImageDraw.Draw(sheet).rounded_rectangle((x, y, x + size, y + 0.7 * size), 0.2 * size, f"hsl({hue}, 70%, 45%)")
        case.add(sheet, f"variant{number}.jpg", quality=case.whole(45, 96))


def eye_colours(case: Case) -> None:
    """Portraits that differ in the colour of the eyes alone, saved in other qualities."""
    photo = case.photo(width=1000)
    draw = ImageDraw.Draw(photo)
    draw.ellipse((300, 120, 620, 520), (225, 180, 155))
    irises: tuple[Colour, ...] = (
        (60, 90, 160),
        (90, 60, 30),
        (60, 120, 60),
        (150, 80, 40),
        (70, 60, 150),
        (40, 120, 130),
    )
    for number in range(case.each):
        for x in (385, 490):
            draw.ellipse((x, 270, x + 46, 296), "white")
            draw.ellipse((x + 11, 271, x + 35, 295), irises[number % len(irises)])
            draw.ellipse((x + 19, 279, x + 27, 287), "black")
        case.add(photo, f"eyes{number}.jpg", quality=case.whole(45, 96))
        if number + 1 == len(irises):
            break


def radiographs(case: Case) -> None:
    """X-rays of one chest, in each another small shadow, and in the first none."""
    down, across = np.indices((900, 700), np.float32)
    chest = 30 + 120 * np.exp(-((across - 350) ** 2) / 60_000 - (down - 450) ** 2 / 120_000)
    for rib in range(12):
        chest += 45 * np.exp(-((down - 150 - 50 * rib - (across - 350) ** 2 / 900) ** 2) / 120)
    for number in range(case.each):
        x, y = case.number(200, 500), case.number(250, 650)
        shadow = 24 * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 10**2)) * bool(number)
        noise = case.rng.normal(0, 2.5, chest.shape)
        case.add(to_image(chest + shadow + noise).convert("RGB"), f"chest{number}.jpg", quality=case.whole(75, 96))


def hidden_differences(case: Case) -> None:
    """A drawing of a hundred things of which a few differ, as in puzzles."""
    sheet, _ = blank(1000, 750, case.colour(200))
    things = [(case.number(20, 940), case.number(20, 690), case.number(14, 60), case.colour()) for _ in range(100)]
    for number in range(case.each):
        page = sheet.copy()
        draw, changed = ImageDraw.Draw(page), set(case.rng.integers(70, 100, 3).tolist() if number else [])
        for place, (x, y, size, colour) in enumerate(things):
            moved = x + 0.5 * size if place in changed else x
            shape = draw.ellipse if place % 2 else draw.rectangle
            shape((moved, y, moved + size, y + size), colour, "black")
        case.add(page, f"puzzle{number}.jpg", quality=case.whole(75, 96))


def clocks(case: Case) -> None:
    """A clock a few minutes later in each picture."""
    for number in range(case.each):
        page, draw = blank(600, 600, (200, 190, 170))
        draw.ellipse((60, 60, 540, 540), "white", "black", 6)
        for reach, turns in ((120, 3 / 12 + number / 180), (195, number / 15)):
            angle = 2 * np.pi * turns
            draw.line((300, 300, 300 + reach * float(np.sin(angle)), 300 - reach * float(np.cos(angle))), "black", 8)
        case.add(page, f"clock{number}.jpg", quality=case.whole(75, 96))


SCENES: tuple[Callable[[Case], None], ...] = (
    *(captions, one_caption, bars, subtitles, date_stamps, watermarks, tripod_birds, tripod_cars, tripod_people),
    *(
        surveillance,
        bends,
        handheld,
        handheld_without_exif,
        eyes,
        exposures,
        exposures_without_exif,
        skies,
        black_frames,
        plain_colours,
    ),
    *(slopes, panoramas, focus_stacks, colour_variants, eye_colours, radiographs, hidden_differences, clocks),
)
