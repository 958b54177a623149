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
REMOVABLE = re.compile(r"(/media/[^/]+|/run/media/[^/]+|/mnt|/Volumes)/[^/]+(?=/)")


def scan(start: str, root: str, recurse: bool, exclude: Sequence[str], unreachable: list[str]) -> Iterator[FoundFile]:
    """Yield the photos of `start`, folder by folder; links to folders come last, and no folder is entered twice.

    Hidden and system folders are left out, and what a glob of `exclude` matches by name or by path below `root`.
    What could not be read is added to `unreachable`, so that its photos are not taken for deleted.
    """
    excluded = re.compile("|".join(fnmatch.translate(os.path.normcase(glob)) for glob in exclude)) if exclude else None
    entered: set[tuple[int, int] | str] = set()
    ahead, links = [start], list[str]()
    while ahead or links:
        folder = ahead.pop() if ahead else links.pop()
        try:
            if (identity := _identity(folder)) in entered:
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
            if _is_hidden(entry) or _is_excluded(entry.path, root, excluded):
                continue
            try:
                if entry.is_dir():
                    if recurse and _is_wanted(folder, entry.name):
                        (links if entry.is_symlink() else below).append(entry.path)
                elif entry.is_symlink() and not os.path.exists(entry.path):
                    unreachable.append(entry.path)  # what it leads to may be on a drive that is away
                elif is_photo_name(entry.name) and entry.is_file():
                    if entry.is_symlink() and _is_met(os.path.realpath(entry.path), start, root, recurse, excluded):
                        continue  # a link to a file that the scan meets anyway is not a second photo
                    status = entry.stat()
                    yield FoundFile(entry.path, status.st_size, status.st_mtime_ns)
            except OSError:
                unreachable.append(entry.path)
        ahead.extend(reversed(below))


def removable_drive(path: str) -> str | None:
    """The folder in which the drive of `path` is mounted, if it is where removable drives are mounted by custom."""
    drive = REMOVABLE.match(path)
    return drive[0] if drive else None


def is_away(drive: str) -> bool:
    """Whether a removable drive is not plugged in."""
    try:
        with os.scandir(drive) as listing:
            return next(listing, None) is None
    except OSError:
        return True


def _identity(folder: str) -> tuple[int, int] | str:
    """What tells a folder from all others by whatever path it is reached; some network drives number all of them 0."""
    status = os.stat(folder)
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(folder)


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


def _is_excluded(path: str, root: str, excluded: re.Pattern[str] | None) -> bool:
    if not excluded:
        return False
    name, below = os.path.basename(path), os.path.relpath(path, root)
    return bool(excluded.match(os.path.normcase(name)) or excluded.match(os.path.normcase(below)))


def _is_met(path: str, start: str, root: str, recurse: bool, excluded: re.Pattern[str] | None) -> bool:
    """Whether a scan meets the file by this path, which is free of links."""
    if not inside(path, start) or not is_photo_name(path):
        return False
    *folders, name = os.path.relpath(path, start).split(os.sep)
    if name.startswith(".") or _is_excluded(path, root, excluded) or (folders and not recurse):
        return False
    parent = start
    for folder in folders:
        if folder.startswith(".") or not _is_wanted(parent, folder):
            return False
        parent = os.path.join(parent, folder)
        if _is_excluded(parent, root, excluded):
            return False
    return True
