"""The files of the library's own: private to the person, replaced in one step, and believed only as far as checked."""

import json
import os
import re
import secrets
import types
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from photosearch.files import make_folders, put_in_place, read_file, require_ordinary

MOST_BYTES = 16 << 20  # of a JSON file
FOLDER_MODE, FILE_MODE = 0o700, 0o600
CATALOG = "catalog.sqlite"  # a folder without it is no library yet
OWN = re.compile(  # the names in a library's folder
    r"(catalog|thumbnails|photos).*\.sqlite(-wal|-shm|-journal)?|search|encoders|seats|pasted|training|tour|tour\.jpg"
    r"|clusters|bursts|map|crash\.txt"
    r"|(settings|outputs|identity).*\.json|window\.ini.*|photosearch\.log.*|(write|settings|catalog|clearing)\.lock|\.private"
)

SEARCH = "search"  # a folder for each encoder
FOLDERS = (SEARCH, "encoders", "clusters", "bursts", "map", "training", "pasted")  # whose files come and go

Wanted = TypeVar("Wanted")


def make_folder(folder: Path) -> None:
    """Make `folder`, for this person only, with those above it; raises OSError."""
    if not folder.is_dir():
        make_folders(folder.parent)
        folder.mkdir(FOLDER_MODE, exist_ok=True)


def make_private(folder: Path) -> None:
    """Make a library's folder, or make an old one private, once: the person may share it again.

    Other files in the same folder are left as they are. Raises OSError.
    """
    marker = folder / ".private"
    if marker.exists() or os.name != "posix":  # Windows gives a person's folder to that person
        make_folder(folder)
        return
    make_folder(folder)
    names = os.listdir(folder)
    own = [name for name in names if OWN.fullmatch(name)] if CATALOG in names else []
    for name in own:
        _take_from_others(folder / name)
    if len(own) == len(names):
        _take_from_others(folder, everything=False)
    with suppress(OSError):
        os.close(private(os.fspath(marker), os.O_CREAT | os.O_WRONLY))


def linked_folder(library: Path) -> Path | None:
    """That folder of a library which is a link, if one is: what it leads to is not the library's to write or delete."""
    folders = [library / name for name in FOLDERS]
    with suppress(OSError):
        folders += (inner for inner in (library / SEARCH).iterdir() if inner.is_dir())
    return next((folder for folder in folders if folder.is_symlink()), None)


def _take_from_others(path: Path, everything: bool = True) -> None:
    """Leave a file or folder, and what is in it, to its owner; links and what belongs to another are left alone."""
    with suppress(OSError):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o700)
            for inner in path.iterdir() if everything and path.is_dir() else ():
                _take_from_others(inner)


def private(path: str, flags: int) -> int:
    """Open a file to write to, which only this person may read if it is new: an `opener` for `open`.

    Raises OSError for a link, since what it leads to is not the library's, and for a pipe or a device.
    """
    descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), FILE_MODE)
    try:
        require_ordinary(os.fstat(descriptor), path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def replace_file(file: Path, content: bytes | memoryview) -> None:
    """Write `content` as `file`, on the disk for sure, in one step: a kill or a power cut leaves the old or the new.

    Raises OSError, and leaves what there was.
    """
    partial = file.with_name(f"{file.stem}.{secrets.token_hex(8)}.partial")  # nobody's: a link there would be followed
    try:
        with open(partial, "xb", opener=private) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        put_in_place(partial, file)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    sync_folder(file.parent)


def sync_folder(folder: str | Path) -> None:
    """Make sure that a new name outlives a power cut, where the system can say so."""
    with suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def parse_json(text: bytes | str) -> Any:
    """Parse JSON; raises ValueError also where it is nested too deep or holds NaN or infinite numbers."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def read_json(file: Path) -> Any:
    """Parse a JSON file; raises OSError, ValueError."""
    return parse_json(read_file(file, MOST_BYTES))


def read_stamp(file: Path, kind: type[Wanted]) -> Wanted:
    """A dataclass that was kept in `file` as JSON, each value of the type it has there; raises OSError, ValueError."""
    return checked(read_json(file), kind)


def checked(value: object, kind: type[Wanted]) -> Wanted:
    """`value`, as JSON gave it, as a `kind`; raises ValueError where it is none.

    `kind` may be a dataclass, whose unknown fields are left out, or a type of what JSON knows, as typing spells it.
    """
    return cast(Wanted, _checked(value, kind))


def _checked(value: Any, kind: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _as_dataclass(value, kind)
    if origin in (Union, types.UnionType):
        return _as_one_of(value, inner)
    if origin is Literal and type(value) is str and value in inner:
        return value
    if origin is dict and isinstance(value, dict):
        return {_checked(key, inner[0]): _checked(each, inner[1]) for key, each in value.items()}
    if origin in (list, tuple) and isinstance(value, list):
        return origin(_checked(each, inner[0]) for each in value)
    if kind is float and type(value) in (int, float):
        return float(value)
    if origin is None and type(value) is kind:  # a bool is an int as well
        return value
    raise ValueError(f"{_short(value)} stands where {getattr(kind, '__name__', kind)} is wanted")


def _as_dataclass(value: Any, kind: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{_short(value)} stands where an object is wanted")
    hints = _hints(kind)
    given = {
        field.name: _checked(value[field.name], hints[field.name]) for field in fields(kind) if field.name in value
    }
    for field in fields(kind):
        if field.name not in given and field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"“{field.name}” is lacking")
    return kind(**given)


def _as_one_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    *others, last = (kind for kind in kinds if kind is not type(None) or value is None)
    for kind in others:
        with suppress(ValueError):
            return _checked(value, kind)
    return _checked(value, last)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _short(value: object) -> str:
    text = repr(value) if isinstance(value, str | int | float | None) else type(value).__name__
    return text if len(text) <= 40 else text[:39] + "…"


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
