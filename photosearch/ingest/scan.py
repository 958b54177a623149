"""Walking a folder: every file that could be a photo, with its size and time of change, and nothing opened."""

import errno
import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Sequence

from photosearch.files import IN_CLOUD, changed_ns, is_in_cloud, is_ordinary, pseudo_devices
from photosearch.ingest.decoding.formats import is_photo_name, too_large
from photosearch.models import FoundFile, LeftOut
from photosearch.paths import inside, real_path
from photosearch.sentences import Sentence, system_reason

# Recycle bins, indexer caches and previews: pictures that are not photos of the person.
SYSTEM_FOLDERS = {
    "$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle", "#snapshot", "__macosx",
}  # fmt: skip
PREVIEW_SUFFIXES = (".lrdata", ".cocatalogdb")
APPLE_LIBRARIES = (".photoslibrary", ".aplibrary", ".migratedphotolibrary")
APPLE_ORIGINALS = {"originals", "masters"}
EMPTY = Sentence("The folder is empty; perhaps its drive is not connected.")
NOWHERE = Sentence("It is a link that leads nowhere; perhaps a drive is not connected.")
PSEUDO = Sentence("It is a virtual folder of the system, not on a disk.")
TOO_LONG = Sentence("Its path is too long for the system.")
MOST_LETTERS = 247  # of a path to a folder on Windows, where long paths are not enabled
REMOVABLE = re.compile(r"(/media/[^/]+|/run/media/[^/]+|/mnt|/Volumes)/[^/]+(?=/)")


def scan(start: str, root: str, recurse: bool, exclude: Sequence[str], left_out: list[LeftOut]) -> Iterator[FoundFile]:
    """Yield the photos of `start`, folder by folder; links to folders come last, and no folder is entered twice.

    Hidden and system folders are left out, and what a glob of `exclude` matches by name or by path below `root`.
    Other files and folders that it could not read are added to `left_out`.
    """
    pseudo = pseudo_devices()
    excluded = re.compile("|".join(fnmatch.translate(os.path.normcase(glob)) for glob in exclude)) if exclude else None
    entered: set[tuple[int, int] | str] = set()
    ahead, links = [start], list[str]()
    while ahead or links:
        folder = ahead.pop() if ahead else links.pop()
        try:
            status = os.stat(folder)
            if status.st_dev in pseudo:
                left_out.append(LeftOut(folder, PSEUDO, may_return=False))
                continue
            if (identity := _identity(folder, status)) in entered:
                continue
            entered.add(identity)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            left_out.append(LeftOut(folder, _why(error)))
            continue
        if folder == start and not entries:
            left_out.append(LeftOut(start, EMPTY))  # most likely the mount point of a drive that is away
        below: list[str] = []
        for entry in entries:
            if _is_hidden(entry) or _is_excluded(entry.path, root, excluded):
                continue
            try:
                if entry.is_dir():
                    if recurse and _is_wanted(folder, entry.name):
                        (links if entry.is_symlink() else below).append(entry.path)
                elif entry.is_symlink() and not os.path.exists(entry.path):
                    left_out.append(LeftOut(entry.path, NOWHERE))
                elif is_photo_name(entry.name):
                    if entry.is_symlink() and _is_met(real_path(entry.path), start, root, recurse, excluded):
                        continue  # a link to a file that the scan meets anyway is not a second photo
                    status = entry.stat()
                    if is_in_cloud(status):
                        left_out.append(LeftOut(entry.path, IN_CLOUD))
                    elif why := _why_no_photo(status, pseudo):
                        left_out.append(LeftOut(entry.path, why, may_return=False))
                    else:
                        yield FoundFile(entry.path, status.st_size, changed_ns(status))
            except OSError as error:
                left_out.append(LeftOut(entry.path, _why(error)))
        ahead.extend(reversed(below))


def removable_drive(path: str) -> str | None:
    """The folder in which the drive of `path` is mounted, if it is where removable drives are mounted by custom.

    On Windows any drive may go away, with its letter, and so may what another computer shares.
    """
    if os.name == "nt":
        letter = os.path.splitdrive(path)[0]
        return letter + os.sep if letter else None
    drive = REMOVABLE.match(path)
    return drive[0] if drive else None


def is_away(drive: str) -> bool:
    """True if a removable drive is not plugged in."""
    try:
        with os.scandir(drive) as listing:
            return next(listing, None) is None
    except OSError:
        return True


def _why(error: OSError) -> Sentence:
    """The reason why the system denies access to a file or folder, as a sentence."""
    if os.name == "nt" and len(os.fspath(error.filename or "")) > MOST_LETTERS:  # it says that nothing is there
        return TOO_LONG
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return Sentence("There is no permission to look into it.")
        case errno.ENAMETOOLONG:
            return TOO_LONG
        case errno.ENOENT:
            return Sentence("It is not there any more.")
        case _:
            return Sentence("The disk could not read it ({reason}).", reason=system_reason(error))


def _why_no_photo(status: os.stat_result, pseudo: frozenset[int]) -> Sentence | None:
    """Why something with the name of a photo cannot be one, as a sentence; None if it may be."""
    if not is_ordinary(status):
        return Sentence("It is no ordinary file.")
    if status.st_dev in pseudo:
        return PSEUDO
    return too_large(status.st_size)


def _identity(folder: str, status: os.stat_result) -> tuple[int, int] | str:
    """The identity of a folder, whatever path leads to it; some network drives give all folders the number 0."""
    return (status.st_dev, status.st_ino) if status.st_ino else real_path(folder)


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
    """True if a scan meets the file by this path, which is free of links."""
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
