"""The folder of a published library, and what `published.json` in it says.

No file there is ever changed: what is new is written under new names, and then `published.json`, which names the files
of each snapshot, is replaced in one step. So a reader always sees one whole snapshot, and a publisher that is killed
half-way leaves files that nobody reads, which the next one removes.
"""

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from photosearch.errors import LibraryError
from photosearch.files import put_in_place
from photosearch.own_files import read_stamp, sync_folder
from photosearch.paths import shown
from photosearch.sentences import system_reason, verbatim
from photosearch.store.index.stamp import NAMED, Stamp

PUBLISHED = "published.json"
FORMAT = 1
CATALOG_NAME = re.compile(r"catalog-[0-9a-f]{16}\.sqlite")
ENCODER_NAME = re.compile(r"[\w-]{1,100}-[0-9a-f]{12}")  # the id of a bundle
PACK_NAME = re.compile(r"thumbnails-[0-9a-f]{16}\.sqlite")
PARTIAL = ".partial"


@dataclass(frozen=True)
class Pack:
    """A file of thumbnails: those up to a row of the library's own, and the hexadecimal digest of that row."""

    file: str
    count: int
    through: int
    last: str


@dataclass(frozen=True)
class Snapshot:
    """One state of a library: its catalog, its search index, its thumbnails and its encoder, all complete."""

    number: int
    made_at: int  # seconds since 1970
    schema: int  # the version of the catalog
    photos: int
    catalog: str
    encoder: str  # the id of its bundle, by which its folder is called
    index: Stamp | None  # None: a library so small that it needs none
    packs: tuple[Pack, ...]

    def files(self) -> set[str]:
        """The files of this snapshot, as paths in the folder with slashes."""
        found = {self.catalog, *(pack.file for pack in self.packs)}
        if self.index:
            found |= {f"search/{self.encoder}/{name}" for name in (self.index.matrix, self.index.graph) if name}
        return found


@dataclass(frozen=True)
class Publication:
    """What a folder holds: the snapshots of the library with this id, the present one first."""

    format: int
    id: str
    snapshots: tuple[Snapshot, ...]

    @property
    def present(self) -> Snapshot:
        """The snapshot to read."""
        return self.snapshots[0]


def is_published(folder: Path) -> bool:
    """True if a library was published to `folder`."""
    return os.path.isfile(folder / PUBLISHED)  # False also for a name that no file can have


def read_publication(folder: Path) -> Publication:
    """The contents of a folder that a library was published to; raises LibraryError."""
    try:
        found = read_stamp(folder / PUBLISHED, Publication)
        _require_plain(found)
    except OSError as error:
        raise LibraryError(
            "The published library “{path}” cannot be read: {reason}.",
            path=shown(str(folder)),
            reason=system_reason(error),
        ) from error
    except ValueError as error:
        raise LibraryError(
            "“{path}” is not what Photosearch publishes: {reason}.",
            path=shown(str(folder / PUBLISHED)),
            reason=verbatim(str(error)),
        ) from error
    if found.format > FORMAT:
        raise LibraryError(
            "“{path}” was published by a newer Photosearch. Update the program to open it.", path=shown(str(folder))
        )
    return found


def _require_plain(found: Publication) -> None:
    """Raise ValueError unless all names are such as this program gives, without any path."""
    if not re.fullmatch(r"[0-9a-f]{16}", found.id) or not found.snapshots:
        raise ValueError("it names no library")
    for snapshot in found.snapshots:
        index = [name for name in (snapshot.index.matrix, snapshot.index.graph) if name] if snapshot.index else []
        is_plain = CATALOG_NAME.fullmatch(snapshot.catalog) and ENCODER_NAME.fullmatch(snapshot.encoder)
        is_plain = is_plain and all(PACK_NAME.fullmatch(pack.file) for pack in snapshot.packs)
        if not is_plain or not all(NAMED.fullmatch(name) for name in index):
            raise ValueError("it names files that are none of its own")


def write_publication(folder: Path, publication: Publication) -> None:
    """Point readers at `publication`, in one step; raises OSError."""
    partial = folder / f"{PUBLISHED}.{secrets.token_hex(8)}{PARTIAL}"
    try:
        with open(partial, "xb") as out:  # for others to read, as the folder's owner has it
            out.write((json.dumps(asdict(publication), indent=1) + "\n").encode())
            out.flush()
            os.fsync(out.fileno())
        put_in_place(partial, folder / PUBLISHED)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    sync_folder(folder)
