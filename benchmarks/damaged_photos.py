"""Photos of every format with bytes changed, filled, cut off, doubled, overstated or of another photo; for break.py."""

import io
from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image

SIZE = (400, 300)
FORMATS: dict[str, tuple[str, dict[str, object]]] = {
    "jpg": ("JPEG", {"quality": 85}),
    "jpeg": ("JPEG", {"progressive": True, "comment": b"a comment"}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {}),
    "gif": ("GIF", {"comment": b"a comment"}),
    "bmp": ("BMP", {}),
    "tif": ("TIFF", {"compression": "tiff_lzw"}),
    "tiff": ("TIFF", {}),
    "avif": ("AVIF", {"speed": 10}),
    "jp2": ("JPEG2000", {}),
    "ppm": ("PPM", {}),
    "tga": ("TGA", {"compression": "tga_rle"}),
    "ico": ("ICO", {"sizes": [(128, 96)]}),
    "dng": ("TIFF", {}),  # one by its name only
}


def damaged_photo(seed: int, number: int) -> tuple[str, bytes]:
    """The ending and the bytes of a damaged file, always the same for these numbers."""
    random = np.random.default_rng((seed, number))
    ending = str(random.choice(list(FORMATS)))
    return ending, damage(packed(ending), random)


@cache
def packed(ending: str) -> bytes:
    """A drawn photo as a file with this ending."""
    pillow_format, options = FORMATS[ending]
    random = np.random.default_rng(0)
    photo = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0132] = "2024:05:06 07:08:09"
    file = io.BytesIO()
    more = {"exif": exif} if pillow_format in ("JPEG", "PNG", "WEBP", "AVIF") else {}
    photo.save(file, pillow_format, **options, **more)
    return file.getvalue()


def damage(data: bytes, random: np.random.Generator) -> bytes:
    """A file as a bad disk, an interrupted copy or somebody with a purpose would leave it."""
    broken = bytearray(data)
    for _ in range(int(random.integers(1, 6))):
        ways: list[Callable[[bytearray, np.random.Generator], None]] = [flip, fill, cut, double, overstate, mix]
        ways[int(random.integers(len(ways)))](broken, random)
    return bytes(broken)


def flip(broken: bytearray, random: np.random.Generator) -> None:
    for at in random.integers(0, max(1, len(broken)), int(random.integers(1, 20))):
        broken[at : at + 1] = bytes([int(random.integers(256))])


def fill(broken: bytearray, random: np.random.Generator) -> None:
    at, size = _part(broken, random)
    broken[at : at + size] = bytes([int(random.choice([0, 255]))]) * size


def cut(broken: bytearray, random: np.random.Generator) -> None:
    at, size = _part(broken, random)
    del broken[at : at + (size if random.integers(2) else len(broken))]


def double(broken: bytearray, random: np.random.Generator) -> None:
    at, size = _part(broken, random)
    broken[at:at] = broken[at : at + size]


def mix(broken: bytearray, random: np.random.Generator) -> None:
    """Put the beginning of another photo in."""
    at, size = _part(broken, random)
    broken[at:at] = packed(str(random.choice(list(FORMATS))))[:size]


def overstate(broken: bytearray, random: np.random.Generator) -> None:
    """Make a number near the beginning, where sizes stand, a large one."""
    at = int(random.integers(0, min(len(broken), 200) or 1))
    broken[at : at + 4] = random.bytes(int(random.integers(1, 5)))


def _part(broken: bytearray, random: np.random.Generator) -> tuple[int, int]:
    at = int(random.integers(0, max(1, len(broken))))
    return at, int(random.integers(1, max(2, min(len(broken) - at, 4096))))
