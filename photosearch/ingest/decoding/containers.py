"""The contents of a file beside the one picture shown of it: pages, frames, a video, depth, how it was saved.

They are read from headers and marks; only transparency is looked for in the pixels. A mark found by chance only keeps
a photo.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from operator import floordiv, mod
from typing import BinaryIO

from PIL import Image, JpegImagePlugin, TiffImagePlugin, UnidentifiedImageError
from PIL.ExifTags import IFD, Base

from photosearch.files import open_file, read_up_to
from photosearch.ingest.decoding.chunks import chunks_of
from photosearch.ingest.decoding.formats import sniff
from photosearch.ingest.decoding.oddness import is_odd
from photosearch.ingest.decoding.picture import exif_before_pixels, open_image, without_remarks
from photosearch.ingest.decoding.unshown import colours_of, has_more_behind, unshown_in_boxes, unshown_of
from photosearch.models import Container

FORMATS = (
    "JPEG",
    "PNG",
    "GIF",
    "WEBP",
    "BMP",
    "TIFF",
    "PSD",
    "PPM",
    "ICO",
    "TGA",
)  # of others the marks tell all that is known
LONG_HEADS = ("JPEG", "PNG", "GIF")  # formats that may have one without end
LOOKED_AT_BYTES = 17 << 20  # a little more than an ordinary head has
WEBP_BYTES = 4096  # in which a WebP names its kind of picture, but for one with a long profile
HEAD_BYTES = 1 << 20  # in which HEIF and XMP name their parts
EDITORS = re.compile(  # programs that edit photos, as EXIF names them; of cameras it names what runs in them
    r"edit|paint|photoshop|lightroom|camera raw|adobe|gimp|snapseed|affinity|capture (one|nx)|darktable|rawtherapee"
    r"|digikam|luminar|picasa|pixelmator|acdsee|irfanview|xnview|magick|photoscape|canva|vsco|polarr|pixlr|dxo|photolab"
    r"|topaz|\bon1\b|corel|zoner|fotor|photodirector|photo ?professional|silkypix|aperture|shotwell|gthumb|krita",
    re.IGNORECASE,
)
FIRST_BOX = 64  # bytes, in which a HEIF tells of itself
PIECE_BYTES, MARK_BYTES = 1 << 20, 16  # read at once; of the longest mark that may lie anywhere
VIDEO = re.compile(rb"\0\0\0[\x08-\x40]ftyp(?:mp4|isom|iso\d|avc1|qt  |M4V |MSNV|3gp|heic|heix|mif1)")
MARKS: dict[bytes, str] = {  # in the head of a file or in its XMP, and their meaning
    b"MotionPhoto_Data": "video",
    b'GCamera:MotionPhoto="1"': "video",
    b'Camera:MotionPhoto="1"': "video",
    b'GCamera:MicroVideo="1"': "video",
    b"<GCamera:MotionPhoto>1": "video",
    b"<GCamera:MicroVideo>1": "video",
    b"ns.adobe.com/hdr-gain-map": "gain map",
    b"aux:hdrgainmap": "gain map",
    b"ns.google.com/photos/1.0/depthmap": "depth",
    b"ns.google.com/photos/dd/1.0/": "depth",
    b"ns.xdm.org/photos/1.0/depthmap": "depth",
    b"ns.google.com/photos/1.0/image": "another picture",
    b"ns.google.com/photos/1.0/audio": "sound",
    b"ns.google.com/photos/1.0/panorama/": "panorama",  # to look around in, by the XMP alone
    b"mpeg:hevc:2015:auxid:2": "depth",
    b"mpeg:mpegB:cicp:systems:auxiliary:depth": "depth",
}
HEIF = (b"heic", b"heix", b"mif1", b"avif")  # a still; its first box is no video
BOXES = (b"ftyp", b"jP  ")  # HEIF, AVIF; JPEG 2000
Table = tuple[int, ...] | None
SEQUENCES = (b"msf1", b"hevc", b"hevx", b"avis")


def inspect(path: str) -> Container | None:
    """Read the headers of a file; None if it cannot be read, is no picture, or would take long to look through."""
    try:
        with open_file(path) as file, without_remarks():
            head = read_up_to(file, LOOKED_AT_BYTES)
            extras = _extras(file, head[:HEAD_BYTES])
            kind = sniff(head, path)
            pillow_format = kind.format
            if kind.decoder == "rawpy":
                extras.add("raw data")
            if pillow_format in LONG_HEADS and is_odd(pillow_format, head):
                return None
            try:
                return _inspect(file, head, extras)
            except UnidentifiedImageError:
                return Container(extras=tuple(sorted(extras)))
    except Exception:  # any exception that a damaged file causes: nothing is known of it
        return None


def _extras(file: BinaryIO, head: bytes) -> set[str]:
    found = _marked(head)
    is_boxes = head[4:8] == b"ftyp"
    if is_boxes and head[8:12] in SEQUENCES:
        found.add("animation")
    if head[4:8] in BOXES:
        found |= unshown_in_boxes(head)
    if head.startswith(b"8BPS") and _has_layers(file):
        found.add("layers")
    if any(b"MotionPhoto_Data" in piece or VIDEO.search(piece) for piece in _pieces(file)):
        found.add("video")
    return found


def _marked(data: bytes) -> set[str]:
    return {what for mark, what in MARKS.items() if mark in data}


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The bytes after the first box, each piece with the end of the one before, so that no mark is cut.

    They are not mapped: the program would end where the drive is pulled out meanwhile.
    """
    end = b""
    file.seek(FIRST_BOX)
    while read := file.read(PIECE_BYTES):
        yield (piece := end + read)
        end = piece[-MARK_BYTES:]


def _is_lossy_webp(file: BinaryIO) -> bool:
    file.seek(0)
    return b"VP8 " in file.read(WEBP_BYTES)


def _has_layers(psd: BinaryIO) -> bool:
    """True if a PSD holds more than its flat picture: its third part, for layers and masks, is not empty."""
    psd.seek(26)  # after the header come parts that begin with their length
    for _ in range(2):
        psd.seek(int.from_bytes(psd.read(4), "big"), os.SEEK_CUR)
    return int.from_bytes(psd.read(4), "big") > 0


def _inspect(file: BinaryIO, head: bytes, extras: set[str]) -> Container:
    with open_image(file, FORMATS) as image:
        exif = exif_before_pixels(image)
        details = exif.get_ifd(IFD.Exif)
        pictures = _count(image)
        exposure = None
        with suppress(TypeError, ValueError, ZeroDivisionError):
            exposure = float(details[Base.ExposureTime]) if Base.ExposureTime in details else None
        if not extras and has_more_behind(file, image.format, pictures):
            extras.add("more behind it")
        colours = colours_of(image)  # before the pixels are decoded, which may change the mode
        extras |= unshown_of(image, head) | _marked(image.info.get("xmp") or b"")  # which may lie behind the pixels
        if image.format == "PNG":
            chunks = chunks_of(file)
            extras |= chunks.extras | _marked(chunks.xmp)
            colours = " ".join(filter(None, (chunks.colours, colours)))
        table, colour_table, colour_px = steps_of(image)
        return Container(
            pictures=pictures,
            extras=tuple(sorted(extras)),
            table=table,
            colour_table=colour_table,
            colour_px=colour_px,
            orientation=int(exif.get(Base.Orientation, 1) or 1),
            exposure_s=exposure,
            is_lossy=image.format in ("JPEG", "MPO") or (image.format == "WEBP" and _is_lossy_webp(file)),
            has_palette=image.mode == "P",
            has_camera=bool(exif.get(Base.Make) or exif.get(Base.Model)),
            has_editor=any(EDITORS.search(str(exif.get(tag))) for tag in (Base.Software, Base.ProcessingSoftware)),
            colours=colours,
        )


def steps_of(image: Image.Image) -> tuple[Table, Table, tuple[int, int]]:
    """The steps of a JPEG's luma and of its colours, and the pixels across and down for which it stores one colour.

    Of colours None where these are no whole pixels, or where a damaged file has no sizes or steps.
    """
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None, None, (1, 1)
    tables = {number: tuple(map(int, steps)) for number, steps in image.quantization.items() if len(steps) == 64}
    tables = {number: steps for number, steps in tables.items() if min(steps) > 0}
    if len(image.layer) != 3 or image.layer[1][1:] != image.layer[2][1:]:
        return tables.get(0), None, (1, 1)
    (_, *sides, _), (_, *colour_sides, number), _ = image.layer
    if not all(sides) or not all(colour_sides) or any(map(mod, sides, colour_sides)):
        return tables.get(0), None, (1, 1)
    across, down = map(floordiv, sides, colour_sides)
    return tables.get(0), tables.get(number), (across, down)


def _count(image: Image.Image) -> int:
    """Pictures that a person would see as such: a TIFF's reduced copies of its pages are none, an icon's sizes are."""
    count = max(int(getattr(image, "n_frames", 1)), len(image.info.get("sizes", ())))
    if count < 2 or not isinstance(image, TiffImagePlugin.TiffImageFile) or count > 1000:
        return count
    pages = 0
    for number in range(count):
        image.seek(number)
        pages += not int(image.tag_v2.get(254, 0)) & 1  # pyright: ignore[reportUnknownMemberType]
    return max(1, pages)
