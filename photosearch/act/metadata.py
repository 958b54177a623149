"""The metadata of a photo that other programs know: rating, keywords, place and date, in its sidecars or in itself."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageFile, IptcImagePlugin, UnidentifiedImageError
from PIL.ExifTags import Base

from photosearch.act.companions import Names
from photosearch.act.sidecars import content, xmp_sidecars
from photosearch.act.xmp import EMPTY, LISTS, Packet, clean, read_packet
from photosearch.files import open_file
from photosearch.ingest import facts
from photosearch.ingest.decoding.formats import RAW
from photosearch.ingest.decoding.picture import exif_of, open_image, without_remarks
from photosearch.paths import shown
from photosearch.sentences import Sentence

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")  # those that say anything of themselves
RATING, XMP = 0x4746, 700  # EXIF tags
IPTC_KEYWORDS = (2, 25)
DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated")  # not xmp:CreateDate, which may be that of the file
PLACE = ("exif:GPSLatitude", "exif:GPSLongitude")
UNCLEAR = Sentence("Its sidecar “{path}” cannot be read, so its metadata cannot be inherited.")


class UnclearError(Exception):
    """A sidecar exists, and its contents could get lost."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a photo and its sidecars; dates and places are in XMP's own format."""

    rating: int
    lists: dict[str, list[str]]
    taken: str | None
    place: tuple[str, str] | None


def read_metadata(photo: str, names: Names) -> Metadata:
    """The metadata of a photo; a sidecar takes precedence over the file."""
    packets: list[Packet] = []
    for path in xmp_sidecars(photo, names):
        try:
            packets.append(read_packet(content(path) or EMPTY))
        except ValueError as error:
            raise UnclearError(UNCLEAR.with_values(path=shown(path))) from error
    xmp, exif, keywords = _embedded(photo)
    with suppress(ValueError):  # damaged metadata inside a photo is left there unchanged
        packets.append(read_packet(xmp.strip(b"\0 \r\n")))
    if keywords:
        packets.append(Packet(b"", {"dc:subject": keywords}))
    ratings = [_number(packet.first("xmp:Rating")) for packet in packets]
    rating = next((rating for rating in [*ratings, _number(exif.get(RATING))] if rating is not None), 0)
    lists = {name: next((p.values[name] for p in packets if p.values.get(name)), []) for name in LISTS}
    taken = next((date for packet in packets if (date := packet.first(*DATES))), None)
    places = ((packet.first(PLACE[0]), packet.first(PLACE[1])) for packet in packets)
    place = next(((latitude, longitude) for latitude, longitude in places if latitude and longitude), None)
    exif.pop(Base.DateTime, None)  # which a program sets that changes a photo
    return Metadata(
        rating,
        {name: unique(map(clean, values)) for name, values in lists.items()},
        taken or facts.taken_at(exif),
        place or _place(exif),
    )


def unique(words: Iterable[str]) -> list[str]:
    """The words in their order, each once whatever the case of its letters."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return [word for word in found.values() if word]


def _embedded(photo: str) -> tuple[bytes, Image.Exif, list[str]]:
    """The XMP, the EXIF and the IPTC keywords inside a photo; empty where it says nothing that can be read."""
    try:
        with without_remarks(), open_file(photo) as file:
            if os.path.splitext(photo)[1].lower() in RAW:
                exif = Image.Exif()
                exif.load_from_fp(file)
                return _bytes(exif.get(XMP)), exif, []
            try:
                image = open_image(file, FORMATS)
            except UnidentifiedImageError:
                import pi_heif  # only now, as not every start needs it

                information = pi_heif.open_heif(file).info
                exif = Image.Exif()
                exif.load(_bytes(information.get("exif")))
                return _bytes(information.get("xmp")), exif, []
            return _bytes(image.info.get("xmp")), exif_of(image), _iptc_keywords(image)
    except Exception:  # any exception that a hostile one causes
        return b"", Image.Exif(), []


def _iptc_keywords(image: ImageFile.ImageFile) -> list[str]:
    information = IptcImagePlugin.getiptcinfo(image) or {}
    found = information.get(IPTC_KEYWORDS, [])
    keywords: list[str] = []
    for keyword in found if isinstance(found, list) else [found]:
        try:
            keywords.append(keyword.decode())
        except UnicodeDecodeError:
            keywords.append(keyword.decode("cp1252", "replace"))  # written before IPTC recorded the character set
    return keywords


def _place(exif: Image.Exif) -> tuple[str, str] | None:
    latitude, longitude = facts.position(exif)
    if latitude is None or longitude is None:
        return None
    return _angle(latitude, "NS"), _angle(longitude, "EW")


def _angle(degrees: float, sides: str) -> str:
    """As XMP has it: 48,12.345000N is 48 degrees and 12.345 minutes north."""
    whole, minutes = divmod(round(abs(degrees) * 60, 6), 60)
    return f"{whole:.0f},{minutes:.6f}{sides[degrees < 0]}"


def _number(value: object) -> int | None:
    """A rating: -1 rejected, 0 none, 1 to 5; None for anything else."""
    try:
        rating = round(float(str(value)))
    except (ValueError, OverflowError):
        return None
    return rating if -1 <= rating <= 5 else None


def _bytes(value: object) -> bytes:
    if isinstance(value, tuple):  # as TIFF has it
        return bytes(value)
    return value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""
