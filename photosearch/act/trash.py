"""The system's trash: sending a file there reliably, and finding it again.

Linux: the freedesktop.org Trash specification 1.0, `files/NAME` beside `info/NAME.trashinfo`, on the home drive or at
the top of the file's own. Windows: `$Recycle.Bin/SID/$R…` beside `$I…`, which holds the path. macOS reports
where it put a file; else it is found by name and bytes, and the system may forbid access to `.Trash`.
"""

import ctypes
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import unquote_to_bytes

from photosearch.act.files import holds
from photosearch.files import read_file
from photosearch.paths import real_path

MOST_RECORD_BYTES = 1 << 20
QUARANTINE = ".photosearch-trash"  # whose dot keeps scans out
SYSTEM_TRASHES = {QUARANTINE, "$recycle.bin", ".trash", ".trashes"}


def to_trash(path: str) -> str | None:
    """Send a file to the system's trash, and return where it lies there, if the system says so.

    Raises an Exception if this drive has none; the file is where it was.
    """
    if sys.platform == "darwin":  # undo need not look into a folder then that the system may close to programs
        from Foundation import NSURL, NSFileManager  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

        url = NSURL.fileURLWithPath_(path)
        done, where, error = NSFileManager.defaultManager().trashItemAtURL_resultingItemURL_error_(url, None, None)
        if not done:
            raise OSError(str(error.localizedDescription()))
        return str(where.path()) if where else None
    if sys.platform == "win32":
        # Without pywin32, send2trash cannot ask: on a drive without a bin, files are deleted permanently.
        from send2trash.win.modern import send2trash  # pyright: ignore[reportUnknownVariableType]
    else:
        from send2trash import send2trash  # pyright: ignore[reportUnknownVariableType]
    send2trash(path)
    return None


def in_trash(path: str) -> bool:
    """True if a path leads into a trash or a quarantine, whose files count as removed."""
    parts = [part.lower() for part in Path(path).parts[:-1]]
    known = any(part in SYSTEM_TRASHES or part.startswith(".trash-") for part in parts)
    return known or ("trash", "files") in pairwise(parts)


def find_trashed(path: str, digest: bytes, is_other: Callable[[str], bool]) -> str | None:
    """Where the file that was at `path` lies in the trash, or None; `is_other` says which ones are not it."""
    return next((found for found in _candidates(path) if not is_other(found) and holds(found, digest)), None)


def forget_record(trashed: str) -> None:
    """Remove the trash's record of a file that has been restored."""
    folder, name = os.path.split(trashed)
    records: list[str] = []
    if os.path.basename(folder) == "files":
        records.append(os.path.join(os.path.dirname(folder), "info", name + ".trashinfo"))
    elif name.startswith("$R"):
        records.append(os.path.join(folder, "$I" + name[2:]))
    for record in records:
        with suppress(OSError):
            os.unlink(record)


def forget_untaken(path: str, tried_ns: int) -> None:
    """Remove the records of a file that is still at `path`, which the trash did not take, as it was `tried_ns`.

    These have no file beside them. An empty one says nothing, so it must be of that try, and not of another program.
    """
    if sys.platform in ("win32", "darwin"):
        return
    name = os.path.basename(path)
    was = os.path.join(real_path(os.path.dirname(path)), name)
    for trash, top in _trashes_linux(path):
        for number in count():
            file, record = _place_linux(trash, name, number)
            is_taken = os.path.lexists(file)
            if not is_taken and not os.path.lexists(record):
                break
            with suppress(OSError):
                status = os.lstat(record)
                is_empty = not status.st_size and status.st_mtime_ns >= tried_ns
                if not is_taken and (is_empty or _recorded_path(record, top) == was):
                    os.unlink(record)


def _place_linux(trash: str, name: str, number: int) -> tuple[str, str]:
    """Where send2trash puts the next file of a name, and its record, if `number` are there."""
    stem, ending = os.path.splitext(name)
    chosen = f"{stem} {number}{ending}" if number else name
    return os.path.join(trash, "files", chosen), os.path.join(trash, "info", chosen + ".trashinfo")


def quarantine_folder(path: str, root: str, act_id: int) -> str:
    """The quarantine folder of an act, on the drive of `path`: in `root`, or as near to it as that drive allows."""
    top = os.path.dirname(path)
    drive = os.stat(top).st_dev
    while top not in (root, os.path.dirname(top)) and os.stat(os.path.dirname(top)).st_dev == drive:
        top = os.path.dirname(top)
    return os.path.join(top, QUARANTINE, str(act_id))


def hide(folder: str) -> None:
    """Hide a folder where the dot at the beginning of its name does not, as far as the drive can."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetFileAttributesW(folder, stat.FILE_ATTRIBUTE_HIDDEN)


def _candidates(path: str) -> Iterator[str]:
    """Files in the trashes of this system that were at `path`, or may have been, the likeliest first."""
    if sys.platform == "win32":
        yield from _candidates_windows(os.path.join(os.path.splitdrive(path)[0] + os.sep, "$Recycle.Bin"), path)
    elif sys.platform == "darwin":
        for trash in (os.path.expanduser("~/.Trash"), f"{_mount_point(path)}/.Trashes/{os.getuid()}"):
            yield from _by_name(trash, os.path.basename(path))
    else:
        name = os.path.basename(path)
        was = os.path.join(real_path(os.path.dirname(path)), name)
        for trash, top in _trashes_linux(path):
            for candidate in _by_name(os.path.join(trash, "files"), name):
                record = os.path.join(trash, "info", os.path.basename(candidate) + ".trashinfo")
                if _recorded_path(record, top) == was:
                    yield candidate


def _by_name(folder: str, name: str) -> Iterator[str]:
    """The files of a folder that are called `name`, or so with a number in it."""
    if os.path.lexists(exact := os.path.join(folder, name)):
        yield exact
    stem, ending = os.path.splitext(name)
    try:
        with os.scandir(folder) as listing:
            found = [e.path for e in listing if e.name.startswith(stem) and e.name.endswith(ending) and e.name != name]
    except OSError:
        return
    yield from sorted(found, key=lambda path: (len(path), path), reverse=True)  # the highest number: the latest


def _trashes_linux(path: str) -> Iterator[tuple[str, str]]:
    """The trashes that a file may have gone to, each with the folder that its relative paths start from."""
    home = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    yield os.path.join(home, "Trash"), home
    top = _mount_point(path)
    user = os.getuid()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]
    yield os.path.join(top, ".Trash", str(user)), top
    yield os.path.join(top, f".Trash-{user}"), top


def _mount_point(path: str) -> str:
    folder = real_path(os.path.dirname(path))
    while not os.path.ismount(folder):
        folder = os.path.dirname(folder)
    return folder


def _recorded_path(record: str, top: str) -> str | None:
    """Where a .trashinfo file says that its file was, free of links but for the file itself."""
    try:
        lines = read_file(record, MOST_RECORD_BYTES).splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith(b"Path="):
            was = os.path.join(top, os.fsdecode(unquote_to_bytes(line[5:])))
            return os.path.join(real_path(os.path.dirname(was)), os.path.basename(was))
    return None


def _candidates_windows(recycle_bin: str, path: str) -> Iterator[str]:
    """The files of a recycle bin whose record names `path`, the one thrown away last first."""
    found: list[tuple[int, str]] = []
    for record in Path(recycle_bin).glob("*/$I*"):
        try:
            content = read_file(record, MOST_RECORD_BYTES)
        except OSError:
            continue  # another person's
        was, thrown_at = read_recycle_record(content)
        if os.path.normcase(was) == os.path.normcase(path):
            found.append((thrown_at, str(record.with_name("$R" + record.name[2:]))))
    yield from (file for _, file in sorted(found, reverse=True))


def read_recycle_record(content: bytes) -> tuple[str, int]:
    """The path and the time (100 ns since 1601) that a `$I` file tells, in either of its versions; "" if damaged."""
    start = 24 if content[:1] == b"\x01" else 28  # version, size, time; since Windows 10 the length of the path
    text = content[start:].decode("utf-16-le", "surrogatepass" if len(content) % 2 == 0 else "ignore")
    return text.split("\0")[0], int.from_bytes(content[16:24], "little")
