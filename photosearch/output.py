"""Files that the person asks for: written under an unused temporary name, then moved into place in one step.

A photo is never replaced, nor is anything but a regular file. An own earlier output of the same kind is, as the library
remembers what it wrote; every other file only where the person says so.
"""

import hashlib
import json
import os
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from PIL import Image, UnidentifiedImageError

from photosearch.errors import OutputError
from photosearch.files import put_in_place
from photosearch.ingest.decoding.formats import HEAD_BYTES, MAGIC, TRIED, is_photo_name
from photosearch.own_files import checked, read_json, replace_file, sync_folder
from photosearch.paths import Places, inside, is_reserved, real_path, shown
from photosearch.sentences import system_reason, verbatim

Kind = Literal["contact sheet", "table of duplicates", "list of labels", "file of descriptors", "map"]

REMEMBERED = 1000  # outputs, those of late
MEDIA_AT, MEDIA = 4, b"ftyp"  # HEIC, AVIF, CR3 and films, of which Pillow alone knows not all
# Beginnings of photos that Pillow does not know, or not once they are damaged: JPEG, PNG, GIF, TIFF and RAW like it,
# Photoshop, JPEG XL, and RAW of Fujifilm, Olympus, Panasonic, Canon, Minolta and Sigma.
BEGINNINGS = (
    *(b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"8BPS", b"\xff\x0a", b"\0\0\0\x0cJXL "),
    *(b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"II\x1a\0\0\0HEAP", b"\0MRM", b"FOVb"),
)
PICTURES = (*MAGIC.values(), "WEBP", *(name for name in TRIED if name != "HEIF"))


@dataclass(frozen=True)
class Written:
    """A record of the last output written to a path."""

    kind: str
    sha256: str


def require_free(file: Path, kind: Kind, places: Places, force: bool = False) -> None:
    """Raise OutputError if a `kind` may not be written as `file`; `force`: the person wants another file replaced."""
    path = shown(str(file))
    if not file.name:
        raise OutputError("The file to write needs a name.")
    require_outside(file, places)
    try:
        status = os.lstat(file)
    except OSError:  # nothing is there, or writing reports it
        return
    if not stat.S_ISREG(status.st_mode):
        raise OutputError("“{path}” exists already and is no ordinary file; choose another name.", path=path)
    if not status.st_size or _is_own(file, kind, places):
        return
    if _may_be_photo(file):
        raise OutputError("“{path}” is a photo, which is never changed; choose another name.", path=path)
    if not force:
        raise OutputError(
            "“{path}” exists already, and is not the {kind} that this library wrote there. Choose another name;"
            " --force replaces it.",
            path=path,
            kind=verbatim(kind),
        )


def require_outside(path: str | os.PathLike[str], places: Places) -> None:
    """Raise OutputError if `path` is or lies in the library's own folder, or if Windows would write elsewhere."""
    require_unreserved(path)
    real, own = real_path(path), real_path(places.library)
    if real == own or inside(real, own):
        raise OutputError(
            "“{path}” lies in the library's own folder; choose another place.", path=shown(os.fspath(path))
        )


def require_unreserved(path: str | os.PathLike[str]) -> None:
    """Raise OutputError if Windows would write elsewhere than at `path`."""
    if os.name == "nt" and is_reserved(path):
        raise OutputError(
            "Windows reserves the name “{path}” for devices, or shortens it; choose another name.",
            path=shown(os.fspath(path)),
        )


@contextmanager
def open_output(file: Path, kind: Kind, places: Places, force: bool = False) -> Generator[BinaryIO]:
    """A file to write a `kind` to, which is `file` when the block has ended and not before.

    Raises OutputError, and leaves what there was, where that may not be or fails.
    """
    require_free(file, kind, places, force)
    partial = file.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        with partial.open("x+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
            out.seek(0)
            sha256 = hashlib.file_digest(out, "sha256").hexdigest()
        try:
            os.link(partial, file)  # which replaces nothing
        except OSError:  # the name is taken, or this drive knows no links
            require_free(file, kind, places, force)
            put_in_place(partial, file)
    except OSError as error:
        raise OutputError(
            "“{path}” cannot be written: {reason}.", path=shown(str(file)), reason=system_reason(error)
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    sync_folder(file.absolute().parent)
    _remember(file, Written(kind, sha256), places)


def _is_own(file: Path, kind: Kind, places: Places) -> bool:
    """True if `file` is as this library wrote it last, and of this kind."""
    written = _recall(places).get(real_path(file))
    if written is None or written.kind != kind:
        return False
    try:
        with file.open("rb") as there:
            return hashlib.file_digest(there, "sha256").hexdigest() == written.sha256
    except OSError:
        return False


def _recall(places: Places) -> dict[str, Written]:
    try:
        return checked(read_json(places.outputs), dict[str, Written])
    except (OSError, ValueError):
        return {}


def _remember(file: Path, written: Written, places: Places) -> None:
    known = _recall(places)
    known.pop(path := real_path(file), None)
    latest = list({**known, path: written}.items())[-REMEMBERED:]
    with suppress(OSError):  # forgotten, it takes --force to replace
        replace_file(places.outputs, json.dumps({path: asdict(each) for path, each in latest}, indent=2).encode())


def _may_be_photo(file: Path) -> bool:
    if is_photo_name(file.name):
        return True
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
            if head.startswith(BEGINNINGS) or head[MEDIA_AT:].startswith(MEDIA):
                return True
            opened.seek(0)
            Image.open(opened, formats=PICTURES).close()
    except (UnidentifiedImageError, SyntaxError):
        return False
    except Exception:  # a file that cannot be examined is not replaced either
        return True
    return True
