"""One opened photo: the encoder's pixels, a thumbnail and facts; or why there are none, in words."""

import errno
import io
import os
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from photosearch.encode.panels import cut_panels
from photosearch.encode.perceptual_hash import perceptual_hash
from photosearch.files import IN_CLOUD, InCloud, read_up_to
from photosearch.ingest import facts
from photosearch.ingest.decoding.colour import to_srgb
from photosearch.ingest.decoding.formats import FILE_BYTES_HERE
from photosearch.ingest.decoding.jpeg import (
    ended,
    ends_in_fill,
    filled_rows,
    is_seen_whole,
    lacking_pixels,
    lacking_rows,
    lacks_passes,
    padded,
)
from photosearch.ingest.decoding.picture import (
    THUMBNAIL_SIDE,
    TOO_MUCH_MEMORY,
    Picture,
    Refused,
    View,
    Wanted,
    exif_of,
    is_turned,
    open_picture,
    orientation_of,
    turn_upright,
)
from photosearch.ingest.decoding.png import read_in_strips
from photosearch.models import Decoded, Facts, Region
from photosearch.sentences import Sentence, system_reason

THUMBNAIL_QUALITY = 82
MOST_LACKING = 0.1  # of its rows a photo may lack and be shown
THUMBNAIL_SLACK = 0.9  # a camera's JPEG often comes out of the decoder nearly as small: not worth another resize
DISK_ERRORS = {
    getattr(errno, name)
    for name in (
        "EACCES", "EPERM", "EIO", "EBUSY", "ENODEV", "ENXIO", "ESTALE", "ETIMEDOUT", "EHOSTDOWN", "ENETDOWN",
        "ENOTCONN", "EAGAIN", "EMFILE", "ENFILE", "ELOOP", "ENAMETOOLONG", "EISDIR", "ENOTDIR",
    )
    if hasattr(errno, name)
}  # fmt: skip
REDUCIBLE = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")


def decode(picture: Picture, digest: bytes, wanted: Wanted | View) -> Decoded:
    """Make all requested results from a picture; raises any exception that a damaged one causes (see `explain`)."""
    upright, size, exif, lacking = _load(picture, wanted)
    if wanted.region:
        upright = _crop(upright, size, wanted.region)
    thumbnail = _thumbnail(upright)
    grey = thumbnail.convert("L")
    packed = io.BytesIO()
    thumbnail.save(packed, "JPEG", quality=THUMBNAIL_QUALITY, comment=b"")  # not that of the photo, which may be long
    latitude, longitude = facts.position(exif)
    return Decoded(
        digest,
        wanted.pixels(upright),
        packed.getvalue(),
        Facts(
            format=picture.image.format or "RAW",
            width=size[0],
            height=size[1],
            taken_at=facts.taken_at(exif),
            camera=facts.camera(exif),
            lens=facts.lens(exif),
            latitude=latitude,
            longitude=longitude,
            sharpness=facts.sharpness(grey),
            lacking=lacking,
        ),
        perceptual_hash(grey),
        _panels(thumbnail, wanted),
    )


def view(picture: Picture, wanted: View) -> NDArray[np.uint8]:
    """The pixels alone, uint8[H,W,3]; raises as `decode` does."""
    return wanted.pixels(_load(picture, wanted)[0])


def _load(picture: Picture, wanted: Wanted | View) -> tuple[Image.Image, tuple[int, int], Image.Exif, float]:
    """Decode to an upright sRGB picture, maybe shrunk to not less than was asked for.

    With its full size, its EXIF and how much of it the file lacks.
    """
    image, full_size, lacking = picture.image, picture.full_size, 0.0
    stored = image.size
    try:
        if picture.strips and picture.source:
            image = read_in_strips(picture.image, picture.source, picture.strips)
            stored = image.size
        else:
            image.load()
            lacking = _filled_in(picture, wanted)
    except OSError as error:
        image, lacking = _load_damaged(picture, wanted, error)
    exif = picture.exif or exif_of(image)  # read after loading: Pillow turns a TIFF as it loads it, and says so here
    orientation = picture.orientation or orientation_of(exif)
    if is_turned(orientation) or image.size != stored:
        full_size = full_size[1], full_size[0]
    return turn_upright(to_srgb(_reduce(image, picture.full_size, wanted)), orientation), full_size, exif, lacking


def _load_damaged(picture: Picture, wanted: Wanted | View, error: OSError) -> tuple[Image.Image, float]:
    """The intact part of a truncated JPEG, and the share that it lacks; raises `error` where that is too much."""
    failed, source = picture.image, picture.source
    if failed.format not in ("JPEG", "MPO") or source is None:
        raise error
    is_coarse = False
    if (lacking := lacking_rows(failed)) > MOST_LACKING:
        source.seek(0)
        is_coarse = is_seen_whole(read_up_to(source, FILE_BYTES_HERE))
        if not is_coarse:
            raise error
    source.seek(0)
    again = open_picture(ended(source), failed.format, wanted, may_be_large=True)
    again.image.load()
    return again.image, 1.0 if is_coarse else lacking_pixels(again.image, lacking)


def _filled_in(picture: Picture, wanted: Wanted | View) -> float:
    """The share of a JPEG that it lacks though it ends as a whole one does, as some programs mend those cut short."""
    image, source = picture.image, picture.source
    if image.format not in ("JPEG", "MPO") or source is None:
        return 0.0
    if not image.info.get("progressive") and not ends_in_fill(image):
        return 0.0
    source.seek(0)
    data = read_up_to(source, FILE_BYTES_HERE)
    if len(data) < FILE_BYTES_HERE and lacks_passes(data):
        return 1.0
    if not ends_in_fill(image):
        return 0.0
    try:
        again = open_picture(io.BytesIO(padded(data)), image.format, wanted, may_be_large=True)
        again.image.load()
    except OSError:  # the picture itself is there
        return 0.0
    return filled_rows(image, again.image)


def explain(error: BaseException) -> Sentence:
    """The reason why a photo could not be read, as a sentence for the person."""
    text = str(error).lower()
    match error:
        case Refused():
            return error.reason
        case UnidentifiedImageError():
            return Sentence("The file is damaged, or is not a picture of a kind that Photosearch knows.")
        case PermissionError() if os.name == "nt":  # which tells the two by the same number
            return Sentence("There is no permission to read the file, or another program keeps it to itself.")
        case PermissionError():
            return Sentence("There is no permission to read the file.")
        case MemoryError() | Image.DecompressionBombError():
            return TOO_MUCH_MEMORY
        case InCloud():
            return IN_CLOUD
        case ImportError():  # a hostile file cannot provoke it
            reason = str(error).rstrip(".")
            return Sentence(
                "What reads such files cannot be loaded ({reason}): install Photosearch again.", reason=reason
            )
        case OSError() if error.errno == errno.ENOTSUP:
            return Sentence("It is no ordinary file.")
        case OSError() if error.errno in DISK_ERRORS:
            return Sentence("The disk could not read the file ({reason}).", reason=system_reason(error))
        case OSError() | EOFError() | struct.error() if "truncated" in text:
            return Sentence("The file is cut short.")
        case _ if "support" in text or "plugin" in text:
            return Sentence("The picture is packed in a way that Photosearch cannot read.")
        case _:
            return Sentence("The picture is damaged.")


def is_of_the_machine(error: BaseException) -> bool:
    """True if the fault lies with the disk, the permissions or this installation, not with the photo."""
    return isinstance(error, InCloud | ImportError) or (isinstance(error, OSError) and error.errno in DISK_ERRORS)


def _crop(upright: Image.Image, size: tuple[int, int], region: Region) -> Image.Image:
    """Cut out a region, given in pixels of the full `size`; raise Refused where there is nothing of the photo."""
    across, down = upright.width / size[0], upright.height / size[1]
    left, top = max(0, round(region.left * across)), max(0, round(region.top * down))
    right = min(upright.width, round((region.left + region.width) * across))
    bottom = min(upright.height, round((region.top + region.height) * down))
    if left >= right or top >= bottom:
        raise Refused(
            Sentence(
                "The region lies outside the photo, which is {width} × {height} pixels.", width=size[0], height=size[1]
            )
        )
    return upright.crop((left, top, right, bottom))


def _reduce(image: Image.Image, full_size: tuple[int, int], wanted: Wanted | View) -> Image.Image:
    """Shrink by a whole factor, keeping twice the size wanted, so that what follows is cheap."""
    factor = int(1 / (2 * wanted.scale(image.size, full_size)))
    if factor < 2 or image.mode not in REDUCIBLE:
        return image
    return image.reduce(factor)


def _panels(thumbnail: Image.Image, wanted: Wanted | View) -> NDArray[np.uint8]:
    """The pictures within a whole photo that an encoder is to describe: uint8[n,S,S,3]."""
    if isinstance(wanted, View) or wanted.region:
        return np.empty((0, 0, 0, 3), np.uint8)
    return cut_panels(thumbnail, wanted.input_size, wanted.resize)


def _thumbnail(image: Image.Image) -> Image.Image:
    scale = THUMBNAIL_SIDE / max(image.size)
    if scale > THUMBNAIL_SLACK:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
