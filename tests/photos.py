"""Photos that the tests draw themselves: colourful, sharp in places, and different at each turn and in each mirror."""

import errno
import io
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from PIL.ExifTags import IFD, Base
from PIL.TiffImagePlugin import IFDRational

from photosearch.models import Decoded
from photosearch.paths import resources


def draw_photo(seed: int = 0, size: tuple[int, int] = (96, 64)) -> Image.Image:
    """An RGB picture; one seed is one scene, at whatever size (width, height) it is drawn, and two seeds look apart."""
    random = np.random.default_rng(seed)
    sky = Image.fromarray(random.integers(40, 216, (3, 4, 3), np.uint8))
    photo = sky.resize(size, Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(photo)
    for draw in (brush.ellipse, brush.rectangle) * 3:
        (x, y), (width, height) = random.uniform(0, 0.8, 2), random.uniform(0.1, 0.3, 2)
        corners = np.array([x, y, x + width, y + height]) * (*size, *size)
        red, green, blue = random.integers(0, 256, 3).tolist()
        draw(corners.tolist(), fill=(red, green, blue))
    return photo


def save_photo(
    path: str | os.PathLike[str],
    seed: int = 0,
    size: tuple[int, int] = (96, 64),
    exif: Image.Exif | None = None,
    **options: Any,
) -> str:
    """Draw a photo, write it as what its name says (`options` are Pillow's), and return its path."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    if exif is not None:
        options["exif"] = exif
    draw_photo(seed, size).save(path, **options)
    return os.fspath(path)


def fill_disk(_: int) -> None:
    """In place of `os.fsync`, which is where a full disk tells."""
    raise OSError(errno.ENOSPC, "No space left on device")


def open_sample(number: int, size: tuple[int, int]) -> Image.Image:
    """A real photo, RGB and resized: what is drawn looks alike to an encoder that learned to see past stickers."""
    return _read_sample(number, size).copy()


@lru_cache(64)
def _read_sample(number: int, size: tuple[int, int]) -> Image.Image:
    samples = sorted((resources() / "samples" / "photos").glob("Animals/*.jpg"))
    with Image.open(samples[number]) as photo:
        return photo.convert("RGB").resize(size)


def save_sample(path: str | os.PathLike[str], number: int, size: tuple[int, int], **options: Any) -> str:
    """Write a sample as what its name says (`options` are Pillow's), and return its path."""
    open_sample(number, size).save(path, **options)
    return os.fspath(path)


def make_exif(orientation: int = 1, taken_at: str | None = None, make: str = "", model: str = "") -> Image.Exif:
    """The EXIF of a camera; `taken_at` like "2024:05:06 07:08:09"."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    for tag, value in ((Base.DateTime, taken_at), (Base.Make, make), (Base.Model, model)):
        if value:
            exif[tag] = value
    return exif


def difference(one: Image.Image | NDArray[np.uint8], other: Image.Image | NDArray[np.uint8]) -> float:
    """The mean difference of two pictures of the same size, of 255."""
    return float(np.abs(np.asarray(one, np.float32) - np.asarray(other, np.float32)).mean())


def open_thumbnail(decoded: Decoded) -> Image.Image:
    """The thumbnail of a photo that was read, as a picture."""
    return Image.open(io.BytesIO(decoded.thumbnail))


SHOT_SIZE = (480, 360)


def save_shots(album: Path) -> None:
    """A burst of three, its second the sharpest; a bracket of three; a panorama of three; a photo by itself."""
    scene = open_sample(0, SHOT_SIZE)
    for number, (blur, second, fraction) in enumerate(((2.5, 1, "10"), (0, 1, "55"), (1.5, 2, "05"))):
        picture = scene.crop((number, 0, 470 + number, 350)).filter(ImageFilter.GaussianBlur(blur))
        save_shot(album / f"burst{number}.jpg", picture, second, fraction)
    for number, stops in enumerate((0.0, -2.0, 1.0)):
        picture = _lit(open_sample(3, SHOT_SIZE), stops)
        save_shot(album / f"bracket{number}.jpg", picture, 20 + number, "0", 0.04 * 2**stops)
    wide = open_sample(6, (900, 360))
    for number in range(3):
        left = 140 * number
        save_shot(album / f"panorama{number}.jpg", wide.crop((left, 0, left + 480, 360)), 40 + number, "0", 0.01)
    save_shot(album / "other.jpg", open_sample(8, SHOT_SIZE), 3)


def save_shot(
    path: Path, picture: Image.Image, second: int, fraction: str = "0", exposure_s: float | None = None
) -> None:
    """Write a photo of one camera, taken at a second and a fraction of it."""
    exif = Image.Exif()
    exif[Base.Make] = exif[Base.Model] = "Testcam"
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = f"2024:05:06 07:08:{second:02}"
    details[Base.SubsecTimeOriginal] = fraction
    if exposure_s:
        details[Base.ExposureTime] = IFDRational(round(exposure_s * 1000), 1000)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, exif=exif, quality=92)


def _lit(picture: Image.Image, stops: float) -> Image.Image:
    return picture.point(lambda value: min(255, round(value * 2 ** (stops / 2.2))))
