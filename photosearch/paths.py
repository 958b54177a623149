"""Where things live: the library folder of a person, and the resources that come with the program."""

import os
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PureWindowsPath

import platformdirs

from photosearch.own_files import CATALOG


@dataclass(frozen=True)
class Places:
    """The files of one library; nothing outside `library` is ever written but for a lock, the `clearing_lock`.

    `published` is the folder of a library that others published: its files are read, and `library` is a seat's own.
    """

    library: Path
    published: Path | None = None

    @property
    def catalog(self) -> Path:
        """The truth: everything else here can be made again from it and the photos."""
        return self.library / CATALOG

    @property
    def thumbnails(self) -> Path:
        return self.library / "thumbnails.sqlite"

    @property
    def search(self) -> Path:
        """The folder of the search index."""
        return (self.published or self.library) / "search"

    @property
    def clusters(self) -> Path:
        """The folder of hierarchies of photos."""
        return self.library / "clusters"

    @property
    def bursts(self) -> Path:
        """The folder of what bursts were found to be."""
        return self.library / "bursts"

    @property
    def map(self) -> Path:
        """The folder of the map of all photos."""
        return self.library / "map"

    @property
    def encoders(self) -> Path:
        """Encoder bundles that the person added, one folder each."""
        return (self.published or self.library) / "encoders"

    @property
    def settings(self) -> Path:
        return self.library / "settings.json"

    @property
    def outputs(self) -> Path:
        """The record of the outputs written last for the person, and where."""
        return self.library / "outputs.json"

    @property
    def log(self) -> Path:
        return self.library / "photosearch.log"

    @property
    def window(self) -> Path:
        """The state in which the person left the window."""
        return self.library / "window.ini"

    @property
    def pasted(self) -> Path:
        """The folder of pictures that were pasted into the window, to search with."""
        return self.library / "pasted"

    @property
    def identity(self) -> Path:
        """The name of the library where it is published, and where that is, if others read it."""
        return self.library / "identity.json"

    @property
    def write_lock(self) -> Path:
        return self.library / "write.lock"


def moved(path: str, moves: Mapping[str, str]) -> str:
    """A path as another computer has it: `moves` are folders there, by those here, and the innermost decides.

    Each side has the separators of its own system.
    """
    for here, there in sorted(moves.items(), key=lambda pair: -len(pair[0])):
        ours, theirs = _separator(here), _separator(there)
        here = here.rstrip("\\/")
        if path == here:
            return there
        if path.startswith(here + ours):
            return there.rstrip("\\/") + theirs + path[len(here) + 1 :].replace(ours, theirs)
    return path


def _separator(folder: str) -> str:
    return "\\" if "\\" in folder or folder[1:2] == ":" else "/"


def default_library() -> Path:
    """The library folder of this person on this platform."""
    return platformdirs.user_data_path("Photosearch", appauthor=False)


def clearing_lock() -> Path:
    """The file whose lock a library of this person holds while it clears photos away."""
    return platformdirs.user_state_path("Photosearch", appauthor=False) / "clearing.lock"


def resources() -> Path:
    """The folder of encoders and samples: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def is_packaged() -> bool:
    """True if this is a program of its own that brings its Python, rather than one installed into a Python."""
    return bool(getattr(sys, "frozen", False))


def shown(name: str) -> str:
    """A path, or another name, as it may be printed anywhere, on one line.

    What could steer a terminal or turn the direction of text is written as \\x1b or \\u202e; bytes that are no text
    become U+FFFD.
    """
    return name.translate(_ESCAPED)


def as_text(name: str) -> str:
    """`name` with U+FFFD for bytes that are no text."""
    return os.fsencode(name).decode("utf-8", "replace")


def printable(text: str) -> str:
    """Whole sentences, perhaps of several lines, as they may be printed on a terminal; see `shown`."""
    return "\n".join(map(shown, text.split("\n")))


def _escape(number: int) -> str:
    return {9: "\\t", 10: "\\n", 13: "\\r"}.get(number, f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")


_STEERING = (  # control characters, and those that break lines or turn the direction of text
    *(range(0x20), range(0x7F, 0xA0), (0x061C, 0x200E, 0x200F, 0xFEFF)),
    *(range(0x2028, 0x202F), range(0x2060, 0x2070), range(0xFFF9, 0xFFFC)),
)
_ESCAPED = {number: _escape(number) for numbers in _STEERING for number in numbers}
_ESCAPED.update(dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"))


def inside(path: str, folder: str) -> bool:
    """True if `path` lies in `folder` or below it."""
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def can_name(path: str) -> bool:
    """False for what no file can be called here: it holds a NUL, or letters that names on this system lack."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def real_path(path: str | os.PathLike[str]) -> str:
    """`path` free of links and as the disk spells it, which on Windows goes for case and short names, too.

    The prefix of Windows' long paths goes: with it, one file would have two names.
    """
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):  # a device of Windows such as CON lies nowhere, nor does what no file can be called
        return os.path.abspath(path)
    if os.name == "nt" and real.startswith(_LONG):
        rest = real[len(_LONG) :]
        return "\\\\" + rest[4:] if rest.upper().startswith("UNC\\") else rest
    return real


_LONG = "\\\\?\\"


def is_reserved(path: str | os.PathLike[str]) -> bool:
    """True if Windows takes a name in a path for another: NUL.csv for a device, `a.csv.` for `a.csv`."""
    windows = PureWindowsPath(path)
    names = windows.parts[1:] if windows.anchor else windows.parts
    return windows.drive.startswith("\\\\.\\") or any(map(_is_reserved, names))


def _is_reserved(name: str) -> bool:
    return PureWindowsPath(name).is_reserved() or name not in (name.rstrip(". "), "..") or ":" in name


def is_inside(path: str, folder: str) -> bool:
    """True if a file lies in `folder` or below it, by whatever links, case or Unicode form either is written.

    Names that differ only in case or in Unicode form count as one, as they are on some file systems: what this decides
    protects photos, so it must not depend on which one they lie on.
    """
    return any(inside(one, other) for one in _spellings(path) for other in _spellings(folder))


def _spellings(path: str) -> set[str]:
    folder, name = os.path.split(path.rstrip(os.sep))
    return {os.path.join(each, _folded(name)) for each in _folder_spellings(folder)} | {_folded(real_path(path))}


@lru_cache(4096)  # one for all photos of a folder
def _folder_spellings(folder: str) -> tuple[str, ...]:
    return tuple({_folded(os.path.abspath(folder)), _folded(real_path(folder))})


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
