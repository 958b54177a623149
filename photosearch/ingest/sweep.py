"""The folders that an indexing run scans, and the state of photos that the scan did not find."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from photosearch.errors import FolderError
from photosearch.files import pseudo_devices
from photosearch.ingest.scan import is_away, removable_drive
from photosearch.models import Folder, LeftOut, State
from photosearch.paths import inside, real_path, shown
from photosearch.store.catalog import Catalog


class Scope(NamedTuple):
    """The part of the library that a run brings up to date: `folders`, each added if it is new, or without any, all."""

    folders: Sequence[str] = ()
    recurse: bool = True
    exclude: Sequence[str] | None = None  # None keeps the previous value
    verify: bool = False  # read every file again, as its bytes may have changed while its size and time did not


@dataclass
class Sweep:
    """A folder to scan: `start`, which is an added folder or lies in it."""

    start: str
    folder: Folder
    nested: tuple[str, ...] = ()  # added folders below `start` that this run does not scan
    left_out: list[LeftOut] = field(default_factory=list[LeftOut])
    away: dict[str, bool] = field(default_factory=dict[str, bool])  # removable drives, once looked at

    def state_of(self, path: str) -> State | None:
        """The state of a known photo that the scan did not find; None: the answer is no longer wanted."""
        if any(inside(path, folder) for folder in self.nested):
            return "present"
        if not self._unreachable.isdisjoint(_with_parents(path)) or self._is_away(path):
            return "offline"
        if not os.path.lexists(path):
            return "missing"
        is_deeper = os.path.dirname(path) != self.start
        return "present" if is_deeper and self.start != self.folder.path and not self.folder.recurse else None

    @property
    def is_reached(self) -> bool:
        """True if the folder itself could be looked at."""
        return self.start not in self._unreachable

    @cached_property
    def _unreachable(self) -> set[str]:
        return {each.path for each in self.left_out if each.may_return}

    def _is_away(self, path: str) -> bool:
        drive = removable_drive(path)
        if drive and drive not in self.away:
            self.away[drive] = is_away(drive)
        return bool(drive) and self.away[drive]


def plan_sweeps(catalog: Catalog, scope: Scope) -> list[Sweep]:
    """The folders to scan: each as it was added, or as a part of one; a new one is added.

    Raises FolderError for a folder that is neither there nor known.
    """
    known = {folder.path: folder for folder in catalog.folders()}
    chosen: list[tuple[str, Folder]] = []
    for given in scope.folders:
        # No name at all, of which a script may know nothing better, is not that of the current folder.
        path = given and real_path(given)
        path = next((same for same in known if _is_same_folder(same, path)), path)
        cover = next((folder for folder in known.values() if folder.recurse and inside(path, folder.path)), None)
        if path in known or not cover:
            if path not in known:
                _require_folder(path)
            kept = known[path].exclude if path in known else ()
            folder = Folder(path, scope.recurse, kept if scope.exclude is None else tuple(scope.exclude))
            catalog.add_folder(folder)
            chosen.append((path, folder))
        elif scope.exclude is not None:
            raise FolderError(
                "Exclusions apply to the whole folder “{path}”: index that folder.", path=shown(cover.path)
            )
        else:
            chosen.append((path, Folder(cover.path, scope.recurse, cover.exclude)))
    chosen = chosen or [(folder.path, folder) for folder in known.values()]
    starts = {start for start, _ in chosen}
    others = [path for path in known if path not in starts]
    return [Sweep(start, folder, tuple(other for other in others if inside(other, start))) for start, folder in chosen]


def _require_folder(path: str) -> None:
    """Raise FolderError where there is no folder to add."""
    try:
        is_pseudo = os.stat(path).st_dev in pseudo_devices()
    except (OSError, ValueError):
        is_pseudo = False
    if is_pseudo:
        raise FolderError("“{path}” is a virtual folder of the system; it holds no photos.", path=shown(path))
    if not os.path.isdir(path):
        raise FolderError("There is no folder “{path}”, or it cannot be reached.", path=shown(path))


def _with_parents(path: str) -> Iterator[str]:
    """A path, the folder that it lies in, and so on."""
    while True:
        yield path
        parent = os.path.dirname(path)
        if parent == path:
            return
        path = parent


def _is_same_folder(one: str, other: str) -> bool:
    """True if two paths lead to one folder, also where upper and lower case are the same."""
    try:
        return one == other or os.path.samefile(one, other)
    except OSError:
        return False
