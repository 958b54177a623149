"""Metadata that the photo to keep inherits from one that goes: rating, keywords, place and date, as XMP sidecar.

No photo is ever rewritten. A sidecar that is there is completed, the one written last if there are two. Else it is
named as most programs look for it: IMG.xmp beside a RAW, as Adobe's do, and IMG.jpg.xmp beside all else, as darktable
and digiKam do, since IMG.xmp beside a JPEG could be that of its RAW.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image, ImageFile, IptcImagePlugin, UnidentifiedImageError
from PIL.ExifTags import Base

from photosearch.act.companions import Names, list_names, owners_of, sidecars_of
from photosearch.act.xmp import EMPTY, LISTS, Packet, clean, complete, read_packet
from photosearch.files import changed_ns, open_file, read_file
from photosearch.ingest import facts
from photosearch.ingest.decoding.formats import RAW
from photosearch.ingest.decoding.picture import exif_of, open_image, without_remarks
from photosearch.own_files import sync_folder
from photosearch.paths import shown
from photosearch.sentences import Sentence
from photosearch.store.tables.journal import Sidecar

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")  # those that say anything of themselves
RATING, XMP = 0x4746, 700  # EXIF tags
IPTC_KEYWORDS = (2, 25)
DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated")  # not xmp:CreateDate, which may be that of the file
PLACE = ("exif:GPSLatitude", "exif:GPSLongitude")
MOST_BYTES = 8 << 20  # of a sidecar
UNCLEAR = Sentence("Its sidecar “{path}” cannot be read, so its metadata cannot be inherited.")
UNCLEAR_KEPT = Sentence(
    "The sidecar “{path}” of the photo to keep cannot be completed, so no metadata can be inherited."
)


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


def plan_sidecar(keeper: str, loser: str, names_in: Callable[[str], Names] = list_names) -> Sidecar | None:
    """The sidecar of `keeper`, now and with the metadata that only `loser` has; None if there is none to add.

    `names_in` gives the names of a folder, some of which may be gone. Raises UnclearError where a sidecar cannot be
    understood, OSError where one cannot be read.
    """
    theirs = read_metadata(loser, names_in(os.path.dirname(loser)))
    names = names_in(os.path.dirname(keeper))
    path = sidecar_path(keeper, names)
    try:
        mine = read_metadata(keeper, names)
        added = _missing(mine, theirs, os.path.splitext(keeper)[1].lower() in RAW)
        if not added:
            return None
        return completed(path, added)
    except (ValueError, UnclearError) as error:
        raise UnclearError(UNCLEAR_KEPT.with_values(path=shown(path))) from error


def completed(path: str, said: Mapping[str, Sequence[str]]) -> Sidecar:
    """A sidecar, now and with these properties; raises ValueError where it cannot be completed, and OSError."""
    if os.path.islink(path):
        raise ValueError("a link")
    before = _content(path)
    after = complete(read_packet(EMPTY if before is None else before), said)
    status = None if before is None else os.stat(path)
    return Sidecar(
        path, before, after, changed_ns(status) if status else 0, stat.S_IMODE(status.st_mode) if status else 0
    )


def take_over(sidecar: Sidecar, partial: str) -> None:
    """Write a sidecar as it will be; raises OSError, and it is as it was then."""
    current = _content(sidecar.path)
    if current == sidecar.after:
        return
    if current != sidecar.before:
        raise OSError(errno.EBUSY, Sentence("“{path}” has changed meanwhile", path=shown(sidecar.path)))
    _replace(sidecar.path, sidecar.after, partial, None if sidecar.before is None else sidecar.mode)


def give_back(sidecar: Sidecar, partial: str) -> bool:
    """Restore a sidecar, unless it was changed since; return whether it is restored. Raises OSError."""
    with suppress(FileNotFoundError):
        os.unlink(partial)
    current = _content(sidecar.path)
    if current == sidecar.after and sidecar.before is None:
        os.unlink(sidecar.path)
        return True
    if current == sidecar.after and sidecar.before is not None:
        _replace(sidecar.path, sidecar.before, partial, sidecar.mode, sidecar.mtime_ns)
        return True
    return current == sidecar.before


def is_changed(sidecar: Sidecar) -> bool:
    """True if a sidecar differs from its state before anything was inherited."""
    with suppress(OSError, ValueError):
        return _content(sidecar.path) != sidecar.before
    return True


def _missing(mine: Metadata, theirs: Metadata, is_raw: bool) -> dict[str, list[str]]:
    """The properties that the photo to keep still lacks."""
    added: dict[str, list[str]] = {}
    if theirs.rating > max(mine.rating, 0):
        added["xmp:Rating"] = [str(theirs.rating)]
    for name in LISTS:
        united = unique([*mine.lists[name], *theirs.lists[name]])
        if len(united) > len(unique(mine.lists[name])):
            added[name] = united
    if theirs.taken and not mine.taken and not is_raw:  # a RAW has a date, even where it cannot be read here
        added |= {name: [theirs.taken] for name in DATES}
    if theirs.place and not mine.place:
        added |= {name: [value] for name, value in zip(PLACE, theirs.place, strict=True)}
    return added


def read_metadata(photo: str, names: Names) -> Metadata:
    """The metadata of a photo; a sidecar takes precedence over the file."""
    folder = os.path.dirname(photo)
    packets: list[Packet] = []
    for path in _newest_first(os.path.join(folder, name) for name in _xmp_names(photo, names)):
        try:
            packets.append(read_packet(_content(path) or EMPTY))
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


def sidecar_path(photo: str, names: Names) -> str:
    """The path of the sidecar for the metadata that a photo inherits."""
    folder, name = os.path.split(photo)
    stem, ending = os.path.splitext(name)
    is_raw = ending.lower() in RAW
    own = [xmp for xmp in _xmp_names(photo, names) if is_raw or xmp.lower() == f"{name}.xmp".lower()
           or owners_of(xmp, names) == {name}]  # fmt: skip
    default = f"{stem if is_raw else name}.xmp"
    return next(iter(_newest_first(os.path.join(folder, xmp) for xmp in own)), os.path.join(folder, default))


def _xmp_names(photo: str, names: Names) -> list[str]:
    return [xmp for xmp in sidecars_of(os.path.basename(photo), names) if xmp.lower().endswith(".xmp")]


def _newest_first(paths: Iterable[str]) -> list[str]:
    """Those of the paths that are there."""
    found: dict[str, int] = {}
    for path in paths:
        with suppress(FileNotFoundError):
            found[path] = os.lstat(path).st_mtime_ns
    return sorted(found, key=lambda path: found[path], reverse=True)


def _content(path: str) -> bytes | None:
    """The bytes of a sidecar, None if there is none; raises ValueError if it is far too large for one, and OSError."""
    try:
        return read_file(path, MOST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.EFBIG, errno.ENOTSUP, errno.EISDIR):
            raise ValueError("no sidecar") from error
        raise


def _replace(path: str, content: bytes, partial: str, mode: int | None, mtime_ns: int | None = None) -> None:
    """Put new bytes in the place of a file, on the disk for sure."""
    try:
        with open(partial, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(partial, mode)
        if mtime_ns is not None:
            os.utime(partial, ns=(mtime_ns, mtime_ns))
        os.replace(partial, path)
    except OSError:
        with suppress(OSError):
            os.unlink(partial)
        raise
    sync_folder(os.path.dirname(path))


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


def unique(words: Iterable[str]) -> list[str]:
    """The words in their order, each once whatever the case of its letters."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return [word for word in found.values() if word]
