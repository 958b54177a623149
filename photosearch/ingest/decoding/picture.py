"""An opened picture on its way to being decoded: of bounded size, with its EXIF and the turn that shows it upright."""

import math
import struct
import threading
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError
from PIL.ExifTags import Base

from photosearch.encode.preprocess import Resize, fit
from photosearch.ingest.decoding.formats import (
    BYTES_A_PIXEL,
    BYTES_HERE,
    FILE_BYTES_HERE,
    MAX_PIXELS,
    MOST_BYTES,
    TRIED,
)
from photosearch.ingest.decoding.jpeg import coefficient_bytes
from photosearch.ingest.decoding.png import can_be_read_in_strips, without_long_texts
from photosearch.models import Region
from photosearch.sentences import Sentence

THUMBNAIL_SIDE = 384  # px, the longer one, or a little more
SHRUNK_TWICE = 0.25  # at or below this scale, twice the wanted size is read, which is as fine after the final shrinking
MAX_VIEW_PIXELS = 64_000_000  # 192 MB as the window holds them
COPIED_PIXELS = 4_000_000  # at a time
MOST_EXIF_BYTES = 1 << 20  # cameras write 64 kB, with a preview some hundreds; Pillow makes an object of each number
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # by EXIF orientation


_silencing = threading.Lock()
_silenced: list[Any] = []  # the filter, once for each that wants silence


TOO_MUCH_MEMORY = Sentence("The picture is too large: decoding it would take too much memory.")


class Refused(Exception):
    """A photo that is not decoded, and why."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


class Large(Exception):
    """Decoding would take so much memory that it may be done in one place only at a time."""


class Wanted(NamedTuple):
    """The decoding target for an encoder: its square, of the whole or of a region."""

    input_size: int
    resize: Resize
    region: Region | None = None

    def scale(self, size: tuple[int, int], full_size: tuple[int, int]) -> float:
        """The least scale of a picture of `size`, in full `full_size`, that suffices for encoder and thumbnail."""
        shortest = min(self.region.width, self.region.height) if self.region else min(full_size)
        shortest_now = max(1, shortest) * max(size) / max(full_size)
        return max(self.input_size / shortest_now, THUMBNAIL_SIDE / max(size))

    def pixels(self, upright: Image.Image) -> NDArray[np.uint8]:
        """uint8[S,S,3] of a picture of mode RGB."""
        return fit(upright, self.input_size, self.resize)


class View(NamedTuple):
    """The decoding target for display: the upright picture, of at most MAX_VIEW_PIXELS."""

    longest_side: int | None = None  # px, at most; None: all there are

    region = None

    def scale(self, size: tuple[int, int], full_size: tuple[int, int]) -> float:
        """The scale at which a picture of `size`, in full `full_size`, is shown."""
        excess = full_size[0] * full_size[1] / MAX_VIEW_PIXELS
        halvings = max(0, math.ceil(math.log(excess, 4)))  # whole ones, which a JPEG's decoder does as it reads
        return min(self.longest_side or math.inf, max(full_size) / 2**halvings) / max(size)

    def pixels(self, upright: Image.Image) -> NDArray[np.uint8]:
        """uint8[H,W,3] of a picture of mode RGB."""
        scale = self.scale(upright.size, upright.size)
        if scale < 1:
            size = max(1, round(upright.width * scale)), max(1, round(upright.height * scale))
            upright = upright.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        pixels = np.empty((upright.height, upright.width, 3), np.uint8)
        rows = max(1, COPIED_PIXELS // upright.width)  # as a whole, Pillow would copy it twice
        for top in range(0, upright.height, rows):
            strip = upright.crop((0, top, upright.width, min(top + rows, upright.height)))
            pixels[top : top + rows] = np.asarray(strip)
        return pixels


class Picture(NamedTuple):
    """`full_size` as stored, before any shrinking or turning; `exif` and `orientation` None: read them from `image`.

    `source` is what it was opened from, where it can be opened once more; `strips`, if not 0, is the factor by which it
    is to be shrunk as it is read from there.
    """

    image: Image.Image
    full_size: tuple[int, int]
    exif: Image.Exif | None = None
    orientation: int | None = None
    source: BinaryIO | None = None
    strips: int = 0
    memory_bytes: int = 0  # that decoding takes, if not in strips


def open_picture(source: BinaryIO, pillow_format: str | None, wanted: Wanted | View, may_be_large: bool) -> Picture:
    """Open a picture and ask its decoder for no more than is wanted.

    Raises Refused for too many pixels, and Large unless it `may_be_large`.
    """
    image = open_image(source, (pillow_format,) if pillow_format else TRIED)
    full_size = image.size
    pixels = full_size[0] * full_size[1]
    if pixels > MAX_PIXELS:
        raise Refused(
            Sentence(
                "The picture is too large: {count} megapixels; at most {limit} are read.",
                count=round(pixels / 1e6),
                limit=MAX_PIXELS // 10**6,
            )
        )
    ask_for(image, wanted)
    needed, strips = _memory_bytes(image, pixels), 0
    if needed > BYTES_HERE and can_be_read_in_strips(image, source):
        scale = wanted.scale(image.size, full_size)
        strips = max(1, int(1 / (2 * scale)) if scale < SHRUNK_TWICE else int(1 / scale))
    if needed // max(1, strips) ** 2 > MOST_BYTES:
        raise Refused(TOO_MUCH_MEMORY)
    if needed > BYTES_HERE and not may_be_large:
        raise Large
    return Picture(image, full_size, source=source, strips=strips, memory_bytes=needed)


def _memory_bytes(image: ImageFile.ImageFile, pixels: int) -> int:
    """Memory that decoding takes of a picture whose decoder has been asked to shrink it from `pixels`, if it can."""
    needed = BYTES_A_PIXEL.get(image.format or "", 4) * image.width * image.height
    if image.format in ("JPEG", "MPO") and image.info.get("progressive"):
        needed += coefficient_bytes(image, pixels)
    return needed


def open_image(source: BinaryIO, formats: Sequence[str]) -> ImageFile.ImageFile:
    """As `Image.open`, without its guard against large pictures: `open_picture` has limits that know of the decoder.

    Raises UnidentifiedImageError where it is of none of the `formats`.
    """
    if not all(name in Image.OPEN for name in formats):
        Image.init()
    source.seek(0)
    prefix = source.read(16)
    for name in formats:
        factory, accept = Image.OPEN.get(name, (None, None))
        with suppress(SyntaxError, IndexError, TypeError, struct.error):  # it is none, or only looked like one
            if factory and (accept is None or accept(prefix) is True):
                lean, profile = without_long_texts(source) if name == "PNG" else (source, None)
                lean.seek(0)
                image = factory(lean, "")
                image.info.update({"icc_profile": profile} if profile else {})
                return image
    raise UnidentifiedImageError("of none of these formats")


@contextmanager
def without_remarks() -> Generator[None]:
    """Silence Pillow's warnings while it decodes: a photo that is readable needs none."""
    with _silencing:
        if not _silenced:
            warnings.filterwarnings("ignore", module=r"PIL\.")
        _silenced.append(_silenced[0] if _silenced else warnings.filters[0])
    try:
        yield
    finally:
        with _silencing:
            silence = _silenced.pop()
            if not _silenced:
                with suppress(ValueError):  # all filters have been restored meanwhile
                    warnings.filters.remove(silence)  # pyright: ignore[reportAttributeAccessIssue]


def ask_for(image: Image.Image, wanted: Wanted | View) -> None:
    """Let a decoder that can (JPEG) shrink while it reads, to not less than is wanted."""
    scale = wanted.scale(image.size, image.size)
    image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    if isinstance(image, ImageFile.ImageFile):
        image.decodermaxblock = FILE_BYTES_HERE  # by 64 kB, the threads would wait for each other at every block


def exif_of(image: Image.Image) -> Image.Exif:
    """The EXIF of a loaded picture; empty where a hostile one makes Pillow fail, since the photo itself may be fine."""
    try:
        return exif_before_pixels(image)
    except Exception:
        return Image.Exif()


def exif_before_pixels(image: Image.Image) -> Image.Exif:
    """The EXIF of an opened picture, of a long one its beginning; raises any exception that a hostile one causes.

    That of a PNG may follow the pixels, which Pillow's own method decodes to find it; this finds it once they are.
    """
    if exif := image.info.get("exif"):
        image.info["exif"] = exif[:MOST_EXIF_BYTES]
    return Image.Image.getexif(image)


def turn_upright(image: Image.Image, orientation: object) -> Image.Image:
    """Apply an EXIF orientation."""
    turn = TURNS.get(orientation) if isinstance(orientation, int) else None
    return image if turn is None else image.transpose(turn)


def is_turned(orientation: object) -> bool:
    """True if an EXIF orientation exchanges width and height."""
    return orientation in (5, 6, 7, 8)


def orientation_of(exif: Image.Exif) -> object:
    """The EXIF orientation, 1 (upright) where it is absent."""
    return exif.get(Base.Orientation, 1)
