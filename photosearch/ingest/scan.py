"""Walking a folder: every file that could be a photo, with its size and time of change, and nothing opened."""

import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Sequence

from photosearch.ingest.formats import is_photo_name
from photosearch.paths import inside
from photosearch.photo import FoundFile

# Recycle bins, indexer caches and previews: pictures that are nobody's photos.
SYSTEM_FOLDERS = {
    "$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle", "#snapshot", "__macosx",
}  # fmt: skip
PREVIEW_SUFFIXES = (".lrdata", ".cocatalogdb")
APPLE_LIBRARIES = (".photoslibrary", ".aplibrary", ".migratedphotolibrary")
APPLE_ORIGINALS = {"originals", "masters"}
REMOVABLE = re.compile(r"(/media/[^/]+|/run/media/[^/]+|/mnt|/Volumes)/[^/]+")


def scan(start: str, root: str, recurse: bool, exclude: Sequence[str], unreachable: list[str]) -> Iterator[FoundFile]:
    """Yield the photos of `start`, folder by folder; links to folders come last, and no folder is entered twice.

    Hidden and system folders are left out, and what a glob of `exclude` matches by name or by path below `root`.
    What could not be read is added to `unreachable`, so that its photos are not taken for deleted.
    """
    excluded = re.compile("|".join(fnmatch.translate(os.path.normcase(glob)) for glob in exclude) or r"(?!)")
    entered: set[tuple[int, int]] = set()
    ahead, links = [start], list[str]()
    while ahead or links:
        folder = ahead.pop() if ahead else links.pop()
        try:
            status = os.stat(folder)
            if (identity := (status.st_dev, status.st_ino)) in entered:
                continue
            entered.add(identity)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            unreachable.append(folder)
            continue
        if folder == start and not entries:
            unreachable.append(start)  # most likely the mount point of a drive that is away
        below: list[str] = []
        for entry in entries:
            if _is_hidden(entry) or excluded.match(os.path.normcase(entry.name)):
                continue
            if excluded.match(os.path.normcase(os.path.relpath(entry.path, root))):
                continue
            try:
                if entry.is_dir():
                    if recurse and _is_wanted(folder, entry.name):
                        (links if entry.is_symlink() else below).append(entry.path)
                elif is_photo_name(entry.name) and entry.is_file() and not _is_link_within(entry, start):
                    status = entry.stat()
                    yield FoundFile(entry.path, status.st_size, status.st_mtime_ns)
            except OSError:
                unreachable.append(entry.path)
        ahead.extend(reversed(below))


def is_away(path: str) -> bool:
    """Whether `path` is on a removable drive that is not plugged in, where such drives are mounted by custom."""
    drive = REMOVABLE.match(path)
    if not drive:
        return False
    try:
        return not os.listdir(drive[0])
    except OSError:
        return True


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) if os.name == "nt" else 0
    return bool(attributes & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM))


def _is_wanted(parent: str, name: str) -> bool:
    lower = name.lower()
    if parent.lower().endswith(APPLE_LIBRARIES):
        return lower in APPLE_ORIGINALS
    return lower not in SYSTEM_FOLDERS and not lower.endswith(PREVIEW_SUFFIXES)


def _is_link_within(entry: os.DirEntry[str], root: str) -> bool:
    """A link to a file that the scan meets anyway is not a second photo."""
    return entry.is_symlink() and inside(os.path.realpath(entry.path), root)
