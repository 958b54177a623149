"""Where things live: the library folder of a person, and the resources that come with the program."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Places:
    """The files of one library; nothing outside `library` is ever written."""

    library: Path

    @property
    def catalog(self) -> Path:
        """The truth: everything else here can be made again from it and the photos."""
        return self.library / "catalog.sqlite"

    @property
    def thumbnails(self) -> Path:
        return self.library / "thumbnails.sqlite"

    @property
    def search(self) -> Path:
        """The folder of the search index."""
        return self.library / "search"

    @property
    def encoders(self) -> Path:
        """Encoder bundles that the person added, one folder each."""
        return self.library / "encoders"

    @property
    def settings(self) -> Path:
        return self.library / "settings.json"

    @property
    def log(self) -> Path:
        return self.library / "photosearch.log"

    @property
    def window(self) -> Path:
        """How the person left the window."""
        return self.library / "window.ini"

    @property
    def pasted(self) -> Path:
        """The folder of pictures that were pasted into the window, to search with."""
        return self.library / "pasted"

    @property
    def write_lock(self) -> Path:
        return self.library / "write.lock"


def default_library() -> Path:
    """The library folder of this person on this platform."""
    return platformdirs.user_data_path("Photosearch", appauthor=False)


def resources() -> Path:
    """The folder of encoders and samples: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def shown(path: str) -> str:
    """Return `path` printable anywhere: bytes that are no text become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def inside(path: str, folder: str) -> bool:
    """Whether `path` lies in `folder` or below it."""
    return path.startswith(folder.rstrip(os.sep) + os.sep)
