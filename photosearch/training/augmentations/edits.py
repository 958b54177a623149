"""Edits that people make before they share a photo again, each drawn from a seeded generator."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Edit = Callable[[Image.Image, np.random.Generator], Image.Image]
Point = tuple[float, float]

BICUBIC = Image.Resampling.BICUBIC


def crop(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Keep a window of 35 to 85 % of the area."""
    side = float(np.sqrt(rng.uniform(0.35, 0.85)))
    width, height = max(1, round(image.width * side)), max(1, round(image.height * side))
    left, top = int(rng.integers(image.width - width + 1)), int(rng.integers(image.height - height + 1))
    return image.crop((left, top, left + width, top + height))


def rotate(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Turn by 4 to 25 degrees; half the time the picture grows to hold its corners."""
    degrees = float(rng.uniform(4, 25) * rng.choice((-1, 1)))
    return image.rotate(degrees, BICUBIC, expand=bool(rng.integers(2)), fillcolor=_colour(rng))


def mirror(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Swap left and right."""
    return ImageOps.mirror(image)


def tilt(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Look at the picture from aside: each corner moves inwards by up to a fifth of a side."""
    width, height = image.size
    corners: list[Point] = [(0, 0), (0, height), (width, height), (width, 0)]
    inwards: list[Point] = [(1, 1), (1, -1), (-1, -1), (-1, 1)]
    moves = rng.uniform(0, 0.2, (4, 2)) * (width, height)
    moved: list[Point] = [
        (x + sign_x * float(dx), y + sign_y * float(dy))
        for (x, y), (sign_x, sign_y), (dx, dy) in zip(corners, inwards, moves, strict=True)
    ]
    homography = _homography(moved, corners)
    return image.transform(image.size, Image.Transform.PERSPECTIVE, homography, BICUBIC, fillcolor=_colour(rng))


def stretch(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Change the aspect by a factor of 0.65 to 1.5."""
    factor = float(np.exp(rng.uniform(np.log(0.65), np.log(1.5))))
    return image.resize((max(1, round(image.width * factor)), image.height), BICUBIC)


def shift_colour(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Weaken or strengthen the colours and shift the white balance."""
    image = ImageEnhance.Color(image).enhance(float(rng.uniform(0.3, 1.9)))
    gains = rng.uniform(0.75, 1.25, 3)
    return image.point([round(min(255.0, level * float(gain))) for gain in gains for level in range(256)])


def relight(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Change brightness, contrast and gamma."""
    image = ImageEnhance.Brightness(image).enhance(float(rng.uniform(0.6, 1.45)))
    image = ImageEnhance.Contrast(image).enhance(float(rng.uniform(0.6, 1.5)))
    gamma = float(np.exp(rng.uniform(np.log(0.65), np.log(1.55))))
    return image.point([round(255 * (level / 255) ** gamma) for level in range(256)] * 3)


def filter_look(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Lay an app's look over the picture: a duotone, fewer tones, or a vignette."""
    look = int(rng.integers(3))
    if look == 0:
        dark, light = rng.integers(0, 90, 3), rng.integers(170, 256, 3)
        duotone = ImageOps.colorize(ImageOps.grayscale(image), _rgb(dark), _rgb(light))
        return Image.blend(image, duotone, float(rng.uniform(0.5, 0.9)))
    if look == 1:
        return ImageOps.posterize(image, int(rng.integers(2, 5)))
    mask = ImageOps.invert(Image.radial_gradient("L")).resize(image.size).point([min(255, 2 * v) for v in range(256)])
    return Image.composite(image, Image.new("RGB", image.size, _colour(rng, 0, 60)), mask)


def desaturate(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Make it grey."""
    return ImageOps.grayscale(image).convert("RGB")


def blur(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Blur by 0.4 to 1.8 % of the short side."""
    return image.filter(ImageFilter.GaussianBlur(min(image.size) * float(rng.uniform(0.004, 0.018))))


def add_noise(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Add Gaussian noise of 8 to 35 levels."""
    noise = rng.standard_normal((image.height, image.width, 3), np.float32) * rng.uniform(8, 35)
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def resave(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Save as JPEG of quality 8 to 45 and load again."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=int(rng.integers(8, 46)))
    return Image.open(file).convert("RGB")


def rescale(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Shrink to a fifth to a half of each side, then grow back."""
    factor = float(rng.uniform(0.2, 0.5))
    small = image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))), BICUBIC)
    return small.resize(image.size, BICUBIC)


def write_text(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Write one to three lines across the picture."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    lines = int(rng.integers(1, 4))
    top = float(rng.uniform(0, 0.7)) * image.height
    size_px = max(6.0, image.height * float(rng.uniform(0.08, 0.2)))
    words = "\n".join(
        "".join(chr(c) for c in rng.integers(ord("A"), ord("Z") + 1, rng.integers(4, 13))) for _ in range(lines)
    )
    draw.multiline_text(
        (float(rng.uniform(0, 0.3)) * image.width, top),
        words,
        fill=_colour(rng),
        font=ImageFont.load_default(size_px),
        stroke_width=int(rng.integers(3)),
        stroke_fill=_colour(rng),
    )
    return image


def add_stickers(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Cover two to five spots, each with a smiling face or a bubble of up to a third of the short side."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(2, 6))):
        size = min(image.size) * float(rng.uniform(0.12, 0.33))
        x, y = float(rng.uniform(0, image.width - size)), float(rng.uniform(0, image.height - size))
        box = (x, y, x + size, y + size)
        if rng.integers(2):
            draw.ellipse(box, fill=_colour(rng), outline=_colour(rng))
            draw.arc((x + size * 0.2, y + size * 0.2, x + size * 0.8, y + size * 0.8), 20, 160, (0, 0, 0), 2)
            for eye in (0.3, 0.6):
                draw.ellipse((x + size * eye, y + size * 0.3, x + size * (eye + 0.1), y + size * 0.45), fill=(0, 0, 0))
        else:
            draw.rounded_rectangle(box, size * 0.3, fill=_colour(rng), outline=_colour(rng))
    return image


def add_border(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Put a plain frame of 4 to 25 % of each side around it."""
    across, down = (float(share) for share in rng.uniform(0.04, 0.25, 2))
    horizontal, vertical = round(image.width * across), round(image.height * down)
    return ImageOps.expand(image, (horizontal, vertical, horizontal, vertical), fill=_colour(rng))


def take_screenshot(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show it in a telephone app: a light or dark page, bars above and below, lines of words."""
    page, ink = ((250, 250, 250), (40, 40, 40)) if rng.integers(2) else ((20, 20, 22), (215, 215, 215))
    margin = round(image.width * float(rng.uniform(0, 0.08)))
    above, below = (round(image.height * float(share)) for share in rng.uniform(0.1, 0.4, 2))
    screen = Image.new("RGB", (image.width + 2 * margin, image.height + above + below), page)
    screen.paste(image, (margin, above))
    draw = ImageDraw.Draw(screen)
    line_px = max(2, round(screen.height * 0.018))
    for top in [
        *range(line_px, above - 2 * line_px, 3 * line_px),
        *range(above + image.height + line_px, screen.height, 3 * line_px),
    ]:
        draw.rectangle((line_px, top, line_px + screen.width * float(rng.uniform(0.2, 0.85)), top + line_px), fill=ink)
    return screen


EDITS: dict[str, Edit] = {
    "crop": crop,
    "rotate": rotate,
    "mirror": mirror,
    "tilt": tilt,
    "stretch": stretch,
    "colour": shift_colour,
    "light": relight,
    "look": filter_look,
    "grey": desaturate,
    "blur": blur,
    "noise": add_noise,
    "resave": resave,
    "rescale": rescale,
    "text": write_text,
    "stickers": add_stickers,
    "border": add_border,
    "screenshot": take_screenshot,
}


def edit(image: Image.Image, rng: np.random.Generator, most: int = 2) -> Image.Image:
    """Return `image` (mode RGB) after one to `most` different edits; equal generators give equal pictures."""
    names = rng.choice(list(EDITS), int(rng.integers(1, most + 1)), replace=False)
    for name in names:
        image = EDITS[str(name)](image, rng)
    return image


def _colour(rng: np.random.Generator, low: int = 0, high: int = 256) -> tuple[int, int, int]:
    return _rgb(rng.integers(low, high, 3))


def _rgb(levels: np.ndarray) -> tuple[int, int, int]:
    red, green, blue = (int(level) for level in levels)
    return red, green, blue


def _homography(target: list[Point], source: list[Point]) -> list[float]:
    """Return the eight coefficients that take each of four `target` points back to `source`, as Pillow wants them.

    Hartley & Zisserman, Multiple View Geometry, 4.1: two linear equations a point, the ninth coefficient fixed to 1.
    """
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(source).reshape(8))]
