"""Pairs of a photo and one edit of it, in every role: larger, in a better format, newer, older, framed, with EXIF."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps
from verdict_drawing import camera_exif, font, to_image, word

from photosearch.training.augmentations.edits import add_stickers, filter_look, take_screenshot, tilt

Edit = Callable[[Image.Image, np.random.Generator], Image.Image]
BICUBIC, LANCZOS = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS
OLD_NS, DAY_NS = 1_600_000_000 * 10**9, 86_400 * 10**9
EXIF = ("none", "none", "none", "none", "original", "both")  # who has camera EXIF: a third of the originals


class Pair(NamedTuple):
    """File names of an original and its edit, the roles that the edit plays, and whether something covers the photo."""

    original: str
    edited: str
    roles: tuple[str, ...]
    is_covered: bool


class Output(NamedTuple):
    """The way in which an edit is saved."""

    role: str
    suffix: str
    options: dict[str, Any]


OUTPUTS = (
    Output("JPEG", ".jpg", {"quality": 75}),
    Output("JPEG", ".jpg", {"quality": 88}),
    Output("JPEG of more bytes", ".jpg", {"quality": 98, "subsampling": 0}),
    Output("PNG", ".png", {"compress_level": 1}),
    Output("TIFF", ".tif", {}),
    Output("lossless WebP", ".webp", {"lossless": True, "method": 0, "quality": 10}),
)


def same(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image


def scaled(low: float, high: float) -> Edit:
    """Resize by a factor."""

    def resize(image: Image.Image, rng: np.random.Generator) -> Image.Image:
        factor = float(rng.uniform(low, high))
        return image.resize(
            (round(image.width * factor), round(image.height * factor)), LANCZOS if high < 1 else BICUBIC
        )

    return resize


def crop(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Keep 55 to 90 % of each side."""
    width, height = (round(side * float(rng.uniform(0.55, 0.9))) for side in image.size)
    left, top = int(rng.integers(image.width - width)), int(rng.integers(image.height - height))
    return image.crop((left, top, left + width, top + height))


def enlarged_crop(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A crop at the size of the photo."""
    return crop(image, rng).resize(image.size, BICUBIC)


def sepia(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return ImageOps.colorize(ImageOps.grayscale(image), (30, 18, 8), (255, 240, 205), mid=(150, 115, 75))


def enhanced(enhance: Callable[[Image.Image], Any], *factors: float) -> Edit:
    """Change brightness, contrast or colour by about one of the factors."""
    return lambda image, rng: enhance(image).enhance(float(rng.choice(factors)) + float(rng.uniform(-0.05, 0.05)))


def white_balance(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    gains = 1 + rng.uniform(0.06, 0.2) * np.array([1, 0, -1]) * rng.choice((-1, 1))
    return to_image(np.asarray(image, np.float32) * gains.astype(np.float32))


def hue(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Turn the hue by 10 to 40 degrees."""
    turned, saturation, value = image.convert("HSV").split()
    shift = int(rng.integers(7, 28) * rng.choice((-1, 1))) % 256
    return Image.merge(
        "HSV", (turned.point([(level + shift) % 256 for level in range(256)]), saturation, value)
    ).convert("RGB")


def tone_curve(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Lift shadows and pull lights by a gamma."""
    gamma = float(np.exp(rng.choice((-1, 1)) * rng.uniform(0.2, 0.45)))
    return image.point([round(255 * (level / 255) ** gamma) for level in range(256)] * 3)


def blur(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.7, 2))))


def sharpen(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image.filter(ImageFilter.UnsharpMask(float(rng.uniform(0.8, 2)), int(rng.integers(60, 180)), 2))


def grain(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    levels = np.asarray(image, np.float32)
    return to_image(levels + float(rng.uniform(4, 14)) * rng.standard_normal((*levels.shape[:2], 1), np.float32))


def denoise(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image.filter(ImageFilter.MedianFilter(3))


def quarter_turn(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return image.transpose(
        (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)[rng.integers(3)]
    )


def mirror(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    return ImageOps.mirror(image)


def straighten(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Turn by 1 to 5 degrees; half of them are cut to what has no empty corner."""
    degrees = float(rng.uniform(1, 5) * rng.choice((-1, 1)))
    turned = image.rotate(degrees, BICUBIC, fillcolor=(255, 255, 255) if rng.integers(2) else (0, 0, 0))
    if rng.integers(2):
        return turned
    inset = round(np.sin(np.radians(abs(degrees))) * max(image.size) / 1.7)
    return turned.crop((inset, inset, image.width - inset, image.height - inset))


def vignette(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    mask = (
        ImageOps.invert(Image.radial_gradient("L"))
        .resize(image.size)
        .point([min(255, 70 + level) for level in range(256)])
    )
    return ImageChops.multiply(image, Image.merge("RGB", (mask,) * 3))


def few_colours(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """256 colours, as a GIF or a PNG of 8 bits has them."""
    return image.quantize(256, Image.Quantize.MEDIANCUT)


def plain_border(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A border of one colour."""
    width = round(min(image.size) * float(rng.uniform(0.03, 0.12)))
    return ImageOps.expand(image, width, fill=(255, 255, 255) if rng.integers(2) else (0, 0, 0))


def decorated_frame(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A mount, a line and dots around the photo."""
    width = round(min(image.size) * float(rng.uniform(0.06, 0.12)))
    framed = ImageOps.expand(ImageOps.expand(image, 8, (240, 235, 220)), width, (110, 60, 35))
    draw = ImageDraw.Draw(framed)
    for x in range(width // 2, framed.width, width):
        for y in (width // 2, framed.height - width // 2):
            draw.ellipse((x - width / 5, y - width / 5, x + width / 5, y + width / 5), (215, 175, 90))
    return framed


def banner(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A bar with words, over the photo or below it."""
    high = round(image.height * float(rng.uniform(0.08, 0.16)))
    image = ImageOps.expand(image, (0, 0, 0, high), (0, 0, 0)) if rng.integers(2) else image.copy()
    draw, colour = ImageDraw.Draw(image), tuple(int(level) for level in rng.integers(0, 120, 3))
    draw.rectangle((0, image.height - high, image.width, image.height), colour)
    text = " ".join(word(rng) for _ in range(3))
    draw.text((0.05 * image.width, image.height - 0.85 * high), text, "white", font(0.6 * high))
    return image


def watermark(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Words that can be seen through."""
    layer = Image.new("RGBA", image.size)
    place = float(rng.uniform(0, 0.4)) * image.width, float(rng.uniform(0, 0.8)) * image.height
    text = f"© {word(rng)} {word(rng)}"
    ImageDraw.Draw(layer).text(place, text, (255, 255, 255, int(rng.integers(80, 170))), font(0.07 * image.width))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def note(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A line of words, as it is written on a photo to send it."""
    image = image.copy()
    place = float(rng.uniform(0, 0.4)) * image.width, float(rng.uniform(0.05, 0.85)) * image.height
    text = " ".join(word(rng) for _ in range(3))
    ImageDraw.Draw(image).text(place, text, "white", font(0.05 * image.width), stroke_width=2, stroke_fill="black")
    return image


GREY: Edit = lambda image, rng: ImageOps.grayscale(image)  # noqa: E731
EDITS: dict[str, Edit] = {
    "saved again": same,
    "lossless": same,
    "other subsampling": same,
    "half": scaled(0.45, 0.6),
    "third": scaled(0.3, 0.36),
    "enlarged": scaled(1.5, 2),
    "crop": crop,
    "enlarged crop": enlarged_crop,
    "grey": GREY,
    "sepia": sepia,
    "brightness": enhanced(ImageEnhance.Brightness, 0.7, 0.85, 1.2, 1.35),
    "contrast": enhanced(ImageEnhance.Contrast, 0.7, 0.85, 1.2, 1.4),
    "saturation": enhanced(ImageEnhance.Color, 0.4, 0.7, 1.4, 1.8),
    "white balance": white_balance,
    "hue": hue,
    "tone curve": tone_curve,
    "blur": blur,
    "sharpen": sharpen,
    "grain": grain,
    "denoise": denoise,
    "quarter turn": quarter_turn,
    "mirror": mirror,
    "straighten": straighten,
    "tilt": tilt,
    "vignette": vignette,
    "filter": filter_look,
    "256 colours": few_colours,
    "plain border": plain_border,
    "decorated frame": decorated_frame,
    "banner": banner,
    "stickers": add_stickers,
    "watermark": watermark,
    "words": note,
    "screenshot": take_screenshot,
}
OVERLAID = ("decorated frame", "banner", "stickers", "watermark", "words", "screenshot")
COVERED = ("plain border", *OVERLAID)
NOT_ENLARGED = ("half", "third", "enlarged", "enlarged crop", "256 colours")


def write_pairs(kind: str, photos: Sequence[Path], rng: np.random.Generator, folder: Path) -> list[Pair]:
    """Write an original and an edit of each photo, with names and dates that tell nothing.

    Of a photo that an edit leaves as it is, as a grey one whose hues are turned, there is no pair.
    """
    folder.mkdir(parents=True)
    count = len(photos)
    outputs, exifs = _deal(OUTPUTS, count, rng), _deal(EXIF, count, rng)
    extras = _deal(("", "", "", "", "", "enlarged", "enlarged", "framed"), count, rng)
    dates = _deal(("newer", "older", "as old"), count, rng)
    pairs = (
        _write_pair(kind, photo, folder, rng, output, extra, exif, date)
        for photo, output, extra, exif, date in zip(photos, outputs, extras, exifs, dates, strict=True)
    )
    return [pair for pair in pairs if pair is not None]


def _write_pair(
    kind: str, photo: Path, folder: Path, rng: np.random.Generator, output: Output, extra: str, exif: str, date: str
) -> Pair | None:
    original = _save_original(photo, folder, rng, exif)
    with Image.open(original) as opened:
        shown = opened.convert("RGB")
    image = EDITS[kind](shown.copy(), rng)
    if EDITS[kind] is not same and image.convert("RGB").tobytes() == shown.tobytes():
        original.unlink()
        return None
    if kind in NOT_ENLARGED and extra == "enlarged":
        extra = ""
    if extra == "enlarged":
        image = scaled(1.3, 2)(image, rng)
    elif extra == "framed":
        image = plain_border(image.convert("RGB"), rng)
    output = _output(kind, output, rng)
    edited = folder / f"{rng.bytes(5).hex()}{output.suffix}"
    options = dict(output.options)
    if exif == "both":
        options["exif"] = _exif(photo, "" if rng.integers(2) else "Editor 3.1")
    image.save(edited, **options)
    moment = OLD_NS + int(rng.integers(1000)) * DAY_NS
    shift = {"newer": 1, "older": -1, "as old": 0}[date] * DAY_NS
    os.utime(original, ns=(moment, moment))
    os.utime(edited, ns=(moment + shift, moment + shift))
    roles = (output.role, date, *([extra] if extra else []), *([f"EXIF: {exif}"] if exif != "none" else []))
    return Pair(original.name, edited.name, roles, kind in COVERED or extra == "framed")


def _save_original(photo: Path, folder: Path, rng: np.random.Generator, exif: str) -> Path:
    """A JPEG of a camera's quality; of ten, one is a PNG and one a WebP, which cameras that write EXIF do not make."""
    kind = int(rng.integers(10)) if exif == "none" else 9
    suffix = {0: ".png", 1: ".webp"}.get(kind, ".jpg")
    options: dict[str, Any] = {"quality": int(rng.integers(85, 98))}
    if suffix == ".jpg":
        options["subsampling"] = int(rng.choice((0, 1, 2, 2)))
    elif suffix == ".png":
        options["compress_level"] = 1
    if exif != "none":
        options["exif"] = _exif(photo)
    path = folder / f"{rng.bytes(5).hex()}{suffix}"
    with Image.open(photo) as image:
        image.save(path, **options)
    return path


def _exif(photo: Path, software: str = "") -> Image.Exif:
    number = sum(photo.name.encode())
    return camera_exif(f"2024:06:{1 + number % 28:02} 12:00:00", 1 / (50 + number % 200), number, software)


def _output(kind: str, output: Output, rng: np.random.Generator) -> Output:
    """The way in which an edit of this kind is saved: some kinds are made by saving alone."""
    if kind == "saved again":
        return Output("JPEG", ".jpg", {"quality": int(rng.integers(30, 96))})
    if kind == "other subsampling":
        return Output("JPEG", ".jpg", {"quality": int(rng.integers(80, 96)), "subsampling": int(rng.choice((0, 2)))})
    if kind == "lossless" or (kind == "256 colours" and output.role == "lossless WebP"):
        return output if "JPEG" not in output.role else OUTPUTS[3]
    if kind == "256 colours":
        return OUTPUTS[3] if output.role != "TIFF" else Output("GIF", ".gif", {})
    if output.options.get("quality") in (75, 88):
        return output._replace(options={"quality": int(rng.integers(70, 95))})
    return output


def _deal(values: Sequence[Any], count: int, rng: np.random.Generator) -> list[Any]:
    """Each value as often as the others, in any order."""
    dealt = [values[number % len(values)] for number in range(count)]
    return [dealt[place] for place in rng.permutation(count)]
