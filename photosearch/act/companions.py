"""The files that belong to a photo: sidecars, the video of a Live Photo, the other half of RAW+JPEG.

A *sidecar* describes a photo and is useless without it, so it goes with the last photo that it belongs to.
A *picture of its own* (the RAW beside a JPEG, a video, the edited version beside Apple's original) could be the only
one: it goes along only where its twin, byte for byte, stays beside the photo that is kept.
"""

import os
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from photosearch.act.files import digest_of, same_file
from photosearch.files import open_file, read_up_to
from photosearch.ingest.decoding.formats import RAW, is_photo_name
from photosearch.paths import real_path

# These hold nothing but edits: of RawTherapee, ART, DxO, Apple, Capture One, Canon, Nikon, ON1, RAW Power, SilkyPix
DEVELOPING = {".pp3", ".arp", ".dop", ".aae", ".cos", ".vrd", ".dr4", ".nksc", ".on1", ".rrdata", ".spd"}
SIDECARS = {".xmp", ".thm"} | DEVELOPING  # Adobe and others, camera thumbnails
APPENDED = SIDECARS | {".json"}  # IMG.jpg.json: Google Takeout
# A history of darktable with a step in it, develop settings of Lightroom and Camera Raw, a crop, digiKam's history.
EDITED = re.compile(
    rb"darktable:history_end=\"[1-9]|darktable:history_modversion|crs:HasSettings=\"True|crs:HasCrop=\"True"
    rb"|crs:(?:Exposure2012|Contrast2012|Shadows2012|Temperature|ToneCurve)\b|digiKam:ImageHistory"
)
SIDECAR_BYTES = 4 << 20
# Live Photos, clips, spoken notes of cameras and telephones
RECORDINGS = {".mov", ".mp4", ".m4v", ".3gp", ".avi", ".mpg", ".wav", ".mp3", ".m4a", ".aac", ".amr", ".ogg"}
DEVELOPED = {".jpg", ".jpeg", ".heic", ".heif", ".hif"}  # written by cameras beside a RAW
VERSION = re.compile(r"(.+)_\d\d(\.[^.]+)\.xmp")
APPLE = re.compile(r"(img_)(\d+)")


class Companions(NamedTuple):
    """Paths of what goes with a photo, and of pictures of their own that belong to it but must stay."""

    going: list[str]
    staying: list[str]


class Names:
    """The file names of a folder, found by prefix in any case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known: set[str] = set()
        self._by_stem: dict[str, list[str]] = {}
        self._versions: dict[str, list[str]] = {}
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """Take in the names that are new; those that are not among `names` any more stay."""
        new = set(names) - self._known
        self._known |= new
        for name in sorted(new):
            self._by_stem.setdefault(os.path.splitext(name)[0].lower(), []).append(name)
            if version := VERSION.fullmatch(name.lower()):
                self._versions.setdefault(version[1] + version[2], []).append(name)

    def versions(self, photo: str) -> list[str]:
        """The sidecars of darktable's further versions of a photo: IMG_01.jpg.xmp of IMG.jpg."""
        return self._versions.get(photo.lower(), [])

    def called(self, stem: str) -> list[str]:
        """The names that are `stem` and one ending."""
        return self._by_stem.get(stem.lower(), [])


def list_names(folder: str) -> Names:
    """The names of the files in a folder; none if it cannot be read."""
    try:
        return Names(os.listdir(folder))
    except OSError:
        return Names(())


def sidecars_of(photo: str, names: Names) -> list[str]:
    """The sidecars of a photo among its folder's names: IMG.xmp, IMG.jpg.xmp, IMG.aae, IMG.thm and the like."""
    stem = os.path.splitext(photo)[0]
    found = [name for name in names.called(stem) if _ending(name) in SIDECARS]
    found += [name for name in names.called(photo) if _ending(name) in APPENDED]
    found += names.versions(photo)
    found += [name for name in names.called(photo + ".supplemental-metadata") if _ending(name) == ".json"]
    if apple := APPLE.fullmatch(stem.lower()):  # the edits of the original: IMG_O1234.AAE
        found += [name for name in names.called(f"{apple[1]}o{apple[2]}") if _ending(name) == ".aae"]
    return found


def beside(photo: str, names_in: Callable[[str], Names] = list_names) -> frozenset[bytes]:
    """Digests of the companions of the photo at this path: edits in sidecars, the video of a Live Photo, a spoken note.

    `names_in` gives the names of a folder, as they are or were a moment ago. A file that cannot be read
    counts as something that no other photo has beside it, for it may be the only one.
    """
    folder, name = os.path.split(photo)
    names, found = names_in(folder), set[bytes]()
    recordings = [each for each in pictures_of(name, names) if _ending(each) in RECORDINGS]
    for companion in (*sidecars_of(name, names), *recordings):
        path = os.path.join(folder, companion)
        if not _is_file(path):
            continue
        try:
            if companion in recordings or _holds_edits(path):
                found.add(digest_of(path))
        except OSError:
            found.add(os.fsencode(path))
    return frozenset(found)


def lacking_beside(photo: str, keeper: str | None, names_in: Callable[[str], Names] = list_names) -> frozenset[bytes]:
    """Of what is `beside` a photo, that which is not beside the one to keep; None: nothing is kept."""
    found = beside(photo, names_in)
    return found - beside(keeper, names_in) if found and keeper else found


def _holds_edits(sidecar: str) -> bool:
    """True if a sidecar holds edits of its photo, by the marks of known programs; raises OSError."""
    return _ending(sidecar) in DEVELOPING or EDITED.search(_start(sidecar)) is not None


def _start(path: str) -> bytes:
    with open_file(path) as file:
        return read_up_to(file, SIDECAR_BYTES)


def pictures_of(photo: str, names: Names) -> list[str]:
    """The pictures that belong to a photo: the other half of RAW+JPEG, a video, Apple's edited IMG_E."""
    stem, ending = os.path.splitext(photo)
    other_half = RAW if ending.lower() in DEVELOPED else DEVELOPED if ending.lower() in RAW else set[str]()
    found = [name for name in names.called(stem) if _ending(name) in RECORDINGS | other_half]
    if apple := APPLE.fullmatch(stem.lower()):
        found += [
            name
            for name in names.called(f"{apple[1]}e{apple[2]}")
            if is_photo_name(name) or _ending(name) in RECORDINGS
        ]
    return [name for name in found if name != photo]


def owners_of(companion: str, names: Names) -> set[str]:
    """The photos of a folder that a file belongs to."""
    stem = os.path.splitext(companion)[0]
    stems = [stem, os.path.splitext(stem)[0], os.path.splitext(os.path.splitext(stem)[0])[0]]
    if apple := re.fullmatch(r"(img_)[eo](\d+)", stem.lower()):
        stems.append(apple[1] + apple[2])
    photos = {name for stem in stems for name in names.called(stem) if is_photo_name(name)}
    return {photo for photo in photos if companion in sidecars_of(photo, names) + pictures_of(photo, names)}


def find_companions(
    photo: str, keeper: str | None, names_in: Callable[[str], Names], is_in_plan: Callable[[str], bool]
) -> Companions:
    """The files that go when `photo` goes and `keeper` stays, both paths, as the disk is now; raises OSError.

    Without a keeper only files that are useless without the photo go.

    `names_in` gives the names of a folder, some of which may be gone. `is_in_plan` says of a path whether the
    plan names it, as a photo to remove or to keep.
    """
    folder, name = os.path.split(photo)
    names = names_in(folder)
    going, staying = {name}, list[str]()
    twins: list[tuple[str, bytes]] | None = None
    for picture in pictures_of(name, names):
        path = os.path.join(folder, picture)
        if not _is_file(path) or is_in_plan(path):
            continue
        if twins is None:
            twins = _twins(keeper, names_in, is_in_plan) if keeper else []
        digest = digest_of(path) if twins else b""
        if any(twin == digest and not same_file(path, other) for other, twin in twins):
            going.add(picture)
        else:
            staying.append(path)

    def is_needed(companion: str) -> bool:
        return any(os.path.lexists(os.path.join(folder, owner)) for owner in owners_of(companion, names) - going)

    while needed := {picture for picture in going - {name} if is_needed(picture)}:
        going -= needed
    sidecars = {sidecar for owner in going for sidecar in sidecars_of(owner, names)}
    going |= {sidecar for sidecar in sidecars if not is_needed(sidecar)} - {name}
    found = (os.path.join(folder, companion) for companion in sorted(going - {name}))
    return Companions([path for path in found if _is_file(path)], staying)


def _twins(keeper: str, names_in: Callable[[str], Names], goes: Callable[[str], bool]) -> list[tuple[str, bytes]]:
    """The pictures that belong to the photo to keep and stay with it, with their digests."""
    folder, name = os.path.split(real_path(keeper))
    paths = (os.path.join(folder, picture) for picture in pictures_of(name, names_in(folder)))
    return [(path, digest_of(path)) for path in paths if _is_file(path) and not goes(path)]


def _is_file(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()
