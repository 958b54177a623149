"""What a file stores that its decoded picture, 8-bit sRGB on white paper, does not show.

Two files may decode to equal pixels and differ in these, as white words on a transparent ground do.
"""

import re
import zlib
from typing import BinaryIO

from PIL import ImageFile

from photosearch.files import read_up_to
from photosearch.ingest.decoding.colour import is_srgb
from photosearch.ingest.decoding.formats import BYTES_HERE, FILE_BYTES_HERE

MORE_BYTES = 4096  # behind a picture, from which on they may hold another one: telephones leave notes of some hundred
PNG_END = b"IEND\xaeB`\x82"
JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # in coded pixels there are only zeros and restarts after FF
JPEG_END = 0xD9
PNG_DEPTH = 24  # the place of the bits of a channel
TIFF_BITS, TIFF_LAYERS = 258, 37724
DEEP = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")  # modes
# In the head of a HEIF, an AVIF or a JPEG 2000; of pixi and ihdr, the bits of the first channel, of ihdr less 1
ALPHA_MARKS = (b"auxiliary:alpha", b"mpeg:hevc:2015:auxid:1")
PIXI, IHDR = re.compile(rb"pixi\0{4}.(.)", re.DOTALL), re.compile(rb"ihdr.{8}(..)(.)", re.DOTALL)
EIGHT = 8


def unshown_in_boxes(head: bytes) -> set[str]:
    """Of a HEIF, an AVIF or a JPEG 2000, by its first bytes."""
    found = {"transparency"} if any(mark in head for mark in ALPHA_MARKS) else set[str]()
    if any(bits[1][0] > EIGHT for bits in PIXI.finditer(head)):
        found.add("depth of tones")
    if size := IHDR.search(head):
        found |= {"depth of tones"} if size[2][0] & 0x7F >= EIGHT else set()
        found |= {"transparency"} if int.from_bytes(size[1]) in (2, 4) else set()
    return found


def unshown_of(image: ImageFile.ImageFile, head: bytes) -> set[str]:
    """What an opened picture of one of Pillow's own formats stores beyond that; it may have to be decoded."""
    found = set[str]()
    tags = getattr(image, "tag_v2", {})
    bits = tags.get(TIFF_BITS, (EIGHT,))
    deepest = max(bits) if isinstance(bits, tuple) else bits
    if image.format == "PNG":
        deepest = head[PNG_DEPTH]
    if image.mode in DEEP or deepest > EIGHT:
        found.add("depth of tones")
    if image.mode in ("CMYK", "LAB"):
        found.add("other colours")
    if TIFF_LAYERS in tags:
        found.add("layers")
    if _is_transparent(image):
        found.add("transparency")
    return found


def _is_transparent(image: ImageFile.ImageFile) -> bool:
    """True if anything can be seen through; where decoding may be costly, if the file has room for it."""
    if not image.has_transparency_data:
        return False
    if image.format not in ("PNG", "WEBP", "GIF", "BMP") or 4 * image.width * image.height > BYTES_HERE:
        return True
    alpha = image.convert("RGBA").getchannel("A").getextrema()
    return alpha[0] != 255


def colours_of(image: ImageFile.ImageFile) -> str:
    """A name of the colours of an RGB picture whose conversion to sRGB may lose some; empty: it loses none."""
    profile: bytes | None = image.info.get("icc_profile")
    if image.mode not in ("RGB", "RGBA", "P") or not profile or is_srgb(profile):
        return ""
    return f"profile {zlib.crc32(profile):08x}"


def has_more_behind(file: BinaryIO, pillow_format: str | None, pictures: int) -> bool:
    """True if more than a note follows the picture in its file, or the file is too large to tell."""
    if pillow_format not in ("JPEG", "PNG", "WEBP") or pictures > 1:
        return False
    file.seek(0)
    data = read_up_to(file, FILE_BYTES_HERE)
    if file.read(1):
        return True
    match pillow_format:
        case "JPEG":
            end = _jpeg_end(data)
        case "PNG":
            end = data.find(PNG_END) + len(PNG_END) if PNG_END in data else len(data)
        case _:
            end = 8 + int.from_bytes(data[4:8], "little")
    return len(data[end:].strip(b"\0\xff")) > MORE_BYTES


def _jpeg_end(data: bytes) -> int:
    """The place behind the last scan of a JPEG; the end of the data if it is cut short."""
    at = 2
    while found := JPEG_MARKER.search(data, at):
        at = found.end()
        if data[at - 1] == JPEG_END:
            return at
        at += int.from_bytes(data[at : at + 2])
    return len(data)
