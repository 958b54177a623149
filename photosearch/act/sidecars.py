"""XMP sidecars: which file holds the metadata of a photo, and writing it so that it can be taken back.

A sidecar that is there is completed, the one written last if there are two. Else it is named as most programs look for
it: IMG.xmp beside a RAW, as Adobe's do, and IMG.jpg.xmp beside all else, as darktable and digiKam do, since IMG.xmp
beside a JPEG could be that of its RAW.
"""

import errno
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from photosearch.act.companions import Names, owners_of, sidecars_of
from photosearch.act.files import remove
from photosearch.act.xmp import EMPTY, complete, read_packet
from photosearch.files import changed_ns, put_in_place, read_file
from photosearch.ingest.decoding.formats import RAW
from photosearch.own_files import sync_folder
from photosearch.paths import shown
from photosearch.sentences import Sentence
from photosearch.store.tables.journal import Sidecar

MOST_BYTES = 8 << 20  # of a sidecar


def sidecar_path(photo: str, names: Names) -> str:
    """The path of the sidecar for the metadata that a photo inherits."""
    folder, name = os.path.split(photo)
    stem, ending = os.path.splitext(name)
    is_raw = ending.lower() in RAW
    own = [xmp for xmp in _xmp_names(photo, names) if is_raw or xmp.lower() == f"{name}.xmp".lower()
           or owners_of(xmp, names) == {name}]  # fmt: skip
    default = f"{stem if is_raw else name}.xmp"
    return next(iter(_newest_first(os.path.join(folder, xmp) for xmp in own)), os.path.join(folder, default))


def xmp_sidecars(photo: str, names: Names) -> list[str]:
    """The paths of the XMP sidecars of a photo, the one written last first."""
    return _newest_first(os.path.join(os.path.dirname(photo), name) for name in _xmp_names(photo, names))


def content(path: str) -> bytes | None:
    """The bytes of a sidecar, None if there is none; raises ValueError if it is far too large for one, and OSError."""
    try:
        return read_file(path, MOST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.EFBIG, errno.ENOTSUP, errno.EISDIR):
            raise ValueError("no sidecar") from error
        raise


def completed(path: str, properties: Mapping[str, Sequence[str]]) -> Sidecar:
    """A sidecar, now and with these properties; raises ValueError where it cannot be completed, and OSError."""
    if os.path.islink(path):
        raise ValueError("a link")
    before = content(path)
    after = complete(read_packet(EMPTY if before is None else before), properties)
    status = None if before is None else os.stat(path)
    return Sidecar(
        path, before, after, changed_ns(status) if status else 0, stat.S_IMODE(status.st_mode) if status else 0
    )


def take_over(sidecar: Sidecar, partial: str) -> None:
    """Write a sidecar as it will be; raises OSError, and it is as it was then."""
    current = content(sidecar.path)
    if current == sidecar.after:
        return
    if current != sidecar.before:
        raise OSError(errno.EBUSY, Sentence("“{path}” has changed meanwhile", path=shown(sidecar.path)))
    _replace(sidecar.path, sidecar.after, partial, None if sidecar.before is None else sidecar.mode)


def give_back(sidecar: Sidecar, partial: str) -> bool:
    """Restore a sidecar, unless it was changed since; return whether it is restored. Raises OSError."""
    with suppress(FileNotFoundError):
        remove(partial)
    current = content(sidecar.path)
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
        return content(sidecar.path) != sidecar.before
    return True


def _xmp_names(photo: str, names: Names) -> list[str]:
    return [xmp for xmp in sidecars_of(os.path.basename(photo), names) if xmp.lower().endswith(".xmp")]


def _newest_first(paths: Iterable[str]) -> list[str]:
    """Those of the paths that are there."""
    found: dict[str, int] = {}
    for path in paths:
        with suppress(FileNotFoundError):
            found[path] = os.lstat(path).st_mtime_ns
    return sorted(found, key=lambda path: found[path], reverse=True)


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
        put_in_place(partial, path)
    except OSError:
        with suppress(OSError):
            remove(partial)
        raise
    sync_folder(os.path.dirname(path))
