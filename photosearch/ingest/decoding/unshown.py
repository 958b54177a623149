"""What a file stores that its decoded picture, 8-bit sRGB on white paper, does not show.

Two files may decode to equal pixels and differ in these, as white words on a transparent ground do.
"""

import re
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO

from PIL import ImageFile

from photosearch.files import read_up_to
from photosearch.ingest.decoding.colour import is_srgb
from photosearch.ingest.decoding.formats import BYTES_HERE, FILE_BYTES_HERE

MORE_BYTES = 4096  # behind a picture, from which on they may hold another one: telephones leave notes of some hundred
PNG_END = b"IEND\xaeB`\x82"
JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # in coded pixels there are only zeros and restarts after FF
JPEG_SEGMENT = re.compile(rb"\xff+([\xc0-\xcf\xdb-\xfe])")  # before the first scan; FF may be repeated
JPEG_START, JPEG_END = b"\xff\xd8\xff", 0xD9
JPEG_APPLICATIONS = range(0xE0, 0xF0)
JPEG_NOTES = (  # segments of applications that hold no picture or sound, or one that is told otherwise
    *(b"JFIF\0", b"JFXX\0", b"Exif\0", b"http://ns.adobe.com/", b"ICC_PROFILE\0", b"MPF\0", b"Ducky", b"Adobe"),
    b"Photoshop ",
)
CREDENTIALS = re.compile(rb"JP.{10}jumb", re.DOTALL)  # where a picture comes from (C2PA)
PNG_DEPTH = 24  # the place of the bits of a channel
GIF_TABLE, GIF_SCREEN, GIF_EXTENSION, GIF_PICTURE, GIF_END = 0x80, 13, 0x21, 0x2C, 0x3B
GIF_BLOCKS = 1_000_000  # a file of the largest size here has a third, of 255 bytes each
TIFF_BITS, TIFF_KIND, TIFF_DESCRIPTION, TIFF_CHANNELS, TIFF_MORE, TIFF_LAYERS = 258, 262, 270, 277, 338, 37724
TIFF_COLOURS = {2: 3, 5: 4, 6: 3, 8: 3}  # channels of a kind of colours; of others one
TIFF_ALPHA = (1,), (2,)
IMAGEJ_STACK = re.compile(r"ImageJ=.*\bimages=(?!1\b)\d", re.DOTALL)  # whose pictures lie behind the only one named
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
    if _has_more_channels(tags):
        found.add("more channels")
    if IMAGEJ_STACK.match(str(tags.get(TIFF_DESCRIPTION, ""))):
        found.add("another picture")
    if image.format in ("JPEG", "MPO") and _segment_bytes(head) > MORE_BYTES:
        found.add("more before it")
    if _is_transparent(image):
        found.add("transparency")
    return found


def _has_more_channels(tags: Mapping[int, Any]) -> bool:
    """True if a TIFF has channels beside its colours and alpha, as infrared is."""
    more = tags.get(TIFF_CHANNELS, 1) - TIFF_COLOURS.get(tags.get(TIFF_KIND, 1), 1)
    return more > 0 and tags.get(TIFF_MORE) not in TIFF_ALPHA


def _segment_bytes(head: bytes) -> int:
    """The bytes in a JPEG's segments of applications that are not known to be notes: heat, depth, sound, a picture."""
    at, total = 2, 0
    while found := JPEG_SEGMENT.match(head, at):
        at = found.end()
        size, start = int.from_bytes(head[at : at + 2]), head[at + 2 : at + 66]
        is_note = start.startswith(JPEG_NOTES) or CREDENTIALS.match(start) is not None
        if found[1][0] in JPEG_APPLICATIONS and not is_note:
            total += size
        at += size
    return total


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
    if pillow_format not in ("JPEG", "PNG", "WEBP", "GIF") or pictures > 1:
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
        case "GIF":
            end = _gif_end(data)
        case _:
            end = 8 + int.from_bytes(data[4:8], "little")
    behind = data[end:]
    return JPEG_START in behind or len(behind.strip(b"\0\xff")) > MORE_BYTES


def _jpeg_end(data: bytes) -> int:
    """The place behind the last scan of a JPEG; the end of the data if it is cut short."""
    at = 2
    while found := JPEG_MARKER.search(data, at):
        at = found.end()
        if data[at - 1] == JPEG_END:
            return at
        at += int.from_bytes(data[at : at + 2])
    return len(data)


def _gif_end(data: bytes) -> int:
    """The place behind the last block of a GIF; the end of the data if it is cut short."""
    at = GIF_SCREEN + _gif_table_bytes(data[10])
    blocks = 0
    while at < len(data) and blocks < GIF_BLOCKS:
        kind = data[at]
        if kind == GIF_EXTENSION:
            at += 2
        elif kind == GIF_PICTURE and at + 9 < len(data):
            at += 11 + _gif_table_bytes(data[at + 9])
        elif kind == 0:  # some programs write one too many
            at += 1
            continue
        else:
            return at + (kind == GIF_END)
        while at < len(data) and data[at] and blocks < GIF_BLOCKS:
            at += 1 + data[at]
            blocks += 1
        at += 1
    return at


def _gif_table_bytes(packed: int) -> int:
    return 3 << (packed & 7) + 1 if packed & GIF_TABLE else 0
