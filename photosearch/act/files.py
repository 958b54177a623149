"""Moving one file so that nothing is overwritten or lost, and finding how far an interrupted move came."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from photosearch.files import digest_of as file_digest
from photosearch.files import make_folders, open_file
from photosearch.own_files import sync_folder
from photosearch.paths import inside, real_path
from photosearch.sentences import Sentence


def digest_of(path: str) -> bytes:
    """SHA-256 of a file as it is now; raises OSError."""
    with open_file(path) as file:
        return file_digest(file)


def holds(path: str, digest: bytes) -> bool:
    """True if there is a file of these bytes at `path`, itself and not a link that leads to it."""
    try:
        return not os.path.islink(path) and digest_of(path) == digest
    except OSError:
        return False


def same_file(one: str, other: str) -> bool:
    """True if two paths lead to one file, by hard or symbolic links or by the case of letters; False if one is gone."""
    try:
        first, second = os.stat(one), os.stat(other)
    except OSError:
        return False
    if first.st_ino or second.st_ino:  # some network drives number all files 0
        return os.path.samestat(first, second)
    return os.path.normcase(real_path(one)) == os.path.normcase(real_path(other))


def remove(path: str) -> None:
    """Remove a file, also one with the attribute “read-only”, which Windows keeps; raises OSError."""
    try:
        os.unlink(path)
    except PermissionError:
        if os.name != "nt":
            raise
        mode = os.lstat(path).st_mode
        os.chmod(path, mode | stat.S_IWRITE)
        try:
            os.unlink(path)
        except OSError:
            os.chmod(path, mode)
            raise


def move(source: str, destination: str, digest: bytes, partial: str) -> None:
    """Move a file to a name that is free, to another drive if need be, with its times and permissions.

    Raises FileExistsError if the name is taken, OSError if it cannot be done; the file is where it was then.
    `partial` is a name in the folder of `destination` for a copy under way.
    """
    make_folders(os.path.dirname(destination))
    os.close(os.open(destination, os.O_CREAT | os.O_EXCL | os.O_WRONLY))  # no other process can take the name now
    try:
        try:
            os.replace(source, destination)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            copy(source, destination, digest, partial)
            remove(source)
    except OSError:
        if os.path.lexists(source):
            with suppress(OSError):
                remove(destination)
        raise


def copy(
    source: str, destination: str, digest: bytes, partial: str, attributes: Mapping[str, bytes] | None = None
) -> None:
    """Put a verified copy in the place of `destination`, flushed to the disk; raises OSError.

    It gets the owner, if the system allows it, and the metadata of `source` or, where they are given, these extended
    attributes instead.
    """
    try:
        shutil.copyfile(source, partial)
        with open(partial, "r+b") as file:
            os.fsync(file.fileno())
        _give_owner(partial, os.stat(source))
        if attributes is None:
            shutil.copystat(source, partial)
        else:
            _give(partial, attributes)
        if digest_of(partial) != digest:
            raise OSError(errno.EIO, Sentence("the copy differs from the original"))
        os.replace(partial, destination)
        sync_folder(os.path.dirname(destination))
    except OSError:
        with suppress(OSError):
            remove(partial)
        raise


def attributes_of(path: str) -> dict[str, bytes]:
    """The extended attributes of a file, such as tags of a file manager, where this system and drive have them."""
    if sys.platform != "linux":  # Python knows no others
        return {}
    try:
        names = [name for name in os.listxattr(path) if not name.startswith("security.")]  # which the system gives
        return {name: os.getxattr(path, name) for name in names}
    except OSError:
        return {}


def restore_attributes(path: str, attributes: Mapping[str, bytes]) -> None:
    """Give a file those of its extended attributes that it lost, as on a drive that has none; raises OSError."""
    if lost := {name: value for name, value in attributes.items() if name not in attributes_of(path)}:
        os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) | stat.S_IWUSR)  # a file that is read-only takes none
        _give(path, lost)


def _give_owner(path: str, owner: os.stat_result) -> None:
    if os.name == "posix":
        with suppress(OSError):  # only root may give files away
            os.chown(path, owner.st_uid, owner.st_gid)


def _give(path: str, attributes: Mapping[str, bytes]) -> None:
    for name, value in attributes.items():
        with suppress(OSError):  # this drive knows no such attributes
            os.setxattr(path, name, value)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def settle(origin: str, goal: str, digest: bytes, partial: str) -> bool:
    """Finish or take back a move that was interrupted; return whether the file is at `goal` now."""
    with suppress(FileNotFoundError):
        remove(partial)
    at_goal = holds(goal, digest)
    if holds(origin, digest):
        if at_goal and not same_file(origin, goal):
            remove(origin)  # the copy on the other drive was complete
        elif not at_goal and os.path.lexists(goal) and os.lstat(goal).st_size == 0:
            os.unlink(goal)  # only the name had been taken
    return at_goal


def find_free(paths: Iterable[str], stem: str, taken: Callable[[str], bool] = os.path.lexists) -> list[str]:
    """Names beside `paths` that are all free: the same ones, or with “ (2)” after the `stem` that they begin with."""
    paths = list(paths)
    number, free = 1, paths
    while any(map(taken, free)):
        number += 1
        free = [numbered(path, stem, number) for path in paths]
    return free


def numbered(path: str, stem: str, number: int) -> str:
    """`path` with a number after the `stem` of its name, or before the ending if it begins otherwise."""
    folder, name = os.path.split(path)
    begins = name[: len(stem)].lower() == stem.lower()
    cut = len(stem) if begins else len(os.path.splitext(name)[0])
    return os.path.join(folder, f"{name[:cut]} ({number}){name[cut:]}")


def drive_of(folder: str) -> int | None:
    """The number (`st_dev`) of the drive that a folder lies on, or would once it is made; None: there is none."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    try:
        return os.stat(folder).st_dev
    except OSError:
        return None


def added_folder(path: str, folders: Sequence[str]) -> str:
    """The innermost of `folders` that a file lies in, or the folder that it lies in."""
    return max((folder for folder in folders if inside(path, folder)), key=len, default=os.path.dirname(path))


def drop_empty(folder: str, through: Callable[[str], bool]) -> None:
    """Remove a folder and those above it as long as they are empty and `through` says yes."""
    while through(folder):
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)
