"""Opening files that others made: ordinary ones only, and no more of them than is sensible.

Reading a pipe or a device that has the name of a photo or a list could block forever or never end.
"""

import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO

from photosearch.sentences import Sentence

NOT_ORDINARY = Sentence("It is no ordinary file")
IN_CLOUD = Sentence(
    "It is stored in the cloud only, and Photosearch does not download it. A copy on this computer is read."
)
# Of a file that Windows fetches as soon as it is read: offline, recall on open, recall on data access.
CLOUD_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000
CHUNK_BYTES = 1 << 20
TRIES, PAUSE_S = 20, 0.1  # to replace a file that another program on Windows has open for a moment
MOST_NS = 2**63 - 1  # the maximum in SQLite: April 2262
# Virtual file systems, which no disk holds, by their names in Linux.
PSEUDO = {
    "autofs", "binder", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs",
    "efivarfs", "fusectl", "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "rpc_pipefs", "securityfs", "selinuxfs",
    "sysfs", "tracefs",
}  # fmt: skip


class Unwanted(Exception):
    """The answer is no longer wanted."""


class InCloud(OSError):
    """The system would download the file to read it."""


def open_file(path: str | os.PathLike[str]) -> BinaryIO:
    """Open an ordinary file for reading; raises OSError, for anything else as well, and never waits for a writer.

    Raises InCloud for a file that is not on this computer.
    """
    status = os.stat(path)
    if is_in_cloud(status):
        raise InCloud(errno.ENOTSUP, Sentence("It is stored in the cloud only"), os.fspath(path))
    return _open(path, status)


def _open(path: str | os.PathLike[str], status: os.stat_result) -> BinaryIO:
    require_ordinary(status, path)  # before it is opened, which some devices take for an order
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    descriptor = os.open(path, flags)
    try:
        require_ordinary(os.fstat(descriptor), path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def make_folders(folder: str | os.PathLike[str]) -> None:
    """Make `folder`, with those above it, where it is not there; raises OSError.

    `os.makedirs` calls itself for each one above, of which a path may have more than Python can go deep.
    """
    lacking: list[str] = []
    path = os.path.abspath(folder)
    while not os.path.isdir(path) and lacking[-1:] != [path]:  # above a drive that is not there is itself
        lacking.append(path)
        path = os.path.dirname(path)
    for path in reversed(lacking):
        try:
            os.mkdir(path)
        except FileExistsError:
            if not os.path.isdir(path):  # else another process was quicker
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path) from None


def read_file(path: str | os.PathLike[str], most_bytes: int) -> bytes:
    """The bytes of an ordinary file, also of one in the cloud; raises OSError, also for more than `most_bytes`."""
    with _open(path, os.stat(path)) as file:
        size_bytes = os.fstat(file.fileno()).st_size
        if size_bytes > most_bytes:  # and may be sparse: reading so many takes long, too
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
        return file.read(size_bytes)


def read_up_to(file: BinaryIO, most_bytes: int) -> bytes:
    """At most `most_bytes` of the rest of an ordinary file, or of one in memory.

    No more is asked for than there is: Windows touches, and takes, all the memory that a file is to be read into.
    """
    start = file.tell()
    left = file.seek(0, os.SEEK_END) - start
    file.seek(start)
    return file.read(max(0, min(left, most_bytes)))


def put_in_place(partial: str | os.PathLike[str], file: str | os.PathLike[str]) -> None:
    """Replace `file` by `partial`, in one step; raises OSError.

    Windows replaces no file that is open anywhere, as in a scanner for viruses: this waits for that, up to two seconds.
    """
    for left in reversed(range(TRIES)):
        try:
            return os.replace(partial, file)
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(PAUSE_S)
    return None


def digest_of(file: BinaryIO, is_wanted: Callable[[], bool] = lambda: True) -> bytes:
    """SHA-256 of the rest of `file`; raises Unwanted as soon as `is_wanted` returns False."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
        if not is_wanted():
            raise Unwanted
    return digest.digest()


def changed_ns(status: os.stat_result) -> int:
    """When a file was last changed, in nanoseconds since 1970, at most what a catalog can hold."""
    return max(-MOST_NS, min(status.st_mtime_ns, MOST_NS))


def is_ordinary(status: os.stat_result) -> bool:
    """True if the mode is that of a regular file, not of a folder, a pipe, a socket or a device."""
    return stat.S_ISREG(status.st_mode)


def is_in_cloud(status: os.stat_result) -> bool:
    """True if the system would fetch this file over the network to read it."""
    return bool(getattr(status, "st_file_attributes", 0) & CLOUD_ATTRIBUTES)


def pseudo_devices() -> frozenset[int]:
    """The numbers (`st_dev`) of the file systems that no disk holds, such as /proc; they are never entered."""
    if sys.platform == "linux":
        try:
            with open("/proc/self/mountinfo", "rb") as mounts:
                return _pseudo_among(mounts.read())
        except OSError:
            return frozenset()
    if sys.platform == "darwin":
        return frozenset({os.stat("/dev").st_dev})
    return frozenset()


@lru_cache(4)
def _pseudo_among(mountinfo: bytes) -> frozenset[int]:
    """Of lines like `22 27 0:21 / /proc rw,nosuid - proc proc rw`, as proc(5) describes them."""
    devices: set[int] = set()
    for line in mountinfo.splitlines():
        place, _, kind = line.decode("utf-8", "replace").partition(" - ")
        if kind.split(" ")[0] in PSEUDO:
            major, _, minor = place.split(" ")[2].partition(":")
            devices.add(os.makedev(int(major), int(minor)))
    return frozenset(devices)


def require_ordinary(status: os.stat_result, path: str | os.PathLike[str]) -> None:
    """Raise OSError for a folder, a pipe, a socket or a device."""
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not is_ordinary(status):
        raise OSError(errno.ENOTSUP, NOT_ORDINARY, os.fspath(path))
