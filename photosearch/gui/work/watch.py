"""Notices that photos come, change or go in the library's folders, by the system's own notices."""

import logging
import os
import sys
import threading
import time
from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from watchfiles import BaseFilter, Change, watch

from photosearch.paths import as_text, inside

STEP_MS = 300  # how soon it hears, and stops: each wakes a processor that may sleep
QUIET_MS = 2_000  # a copy of many photos is told once it pauses
LONGEST_S = 15.0  # or after so long
# Linux watches each directory by itself, and watchfiles looks for them among all files while every thread waits:
# a third of a second for 100,000. So they are found here.
ONE_BY_ONE = sys.platform == "linux"
MOST_PLACES = 50  # more changed directories than this are cheaper to bring up to date as a whole


class Watch(QObject):
    """Tells directories in which something changed; where a system or a drive has no notices, it stays silent."""

    changed = Signal(object)  # list[str]: paths of directories

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.sees_all = True  # else what changed is found by looking

    def start(self, folders: Sequence[str], apart_from: str) -> None:
        """Watch these folders in place of those before; what happens below `apart_from` is the program's own."""
        self._stopping.set()
        self._stopping = threading.Event()
        self.sees_all = True
        self._thread = threading.Thread(
            target=self._listen, args=(list(folders), apart_from, self._stopping), name="watch", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Tell no more, and come to an end."""
        self._stopping.set()

    def close(self) -> None:
        """Stop watching, and wait for it."""
        self.stop()
        if self._thread:
            self._thread.join()

    def _listen(self, folders: list[str], apart_from: str, stopping: threading.Event) -> None:
        # A drive that is away may answer late. The system's notices know no names that are not text.
        there = [folder for folder in folders if folder == as_text(folder) and os.path.isdir(folder)]
        if there != folders and not stopping.is_set():
            self.sees_all = False
        if not there:
            return
        try:
            for paths in _pauses(there, _Photos(apart_from), stopping):
                if not stopping.is_set():
                    self.changed.emit(places_to_look(paths, there))
        except Exception:  # the limits of the system, a drive pulled out: the next start looks everywhere
            self.sees_all = self.sees_all and stopping.is_set()
            logging.getLogger(__name__).warning("Folders are not watched any more.", exc_info=True)


class _Photos(BaseFilter):
    """Leaves out the program's own files."""

    def __init__(self, apart_from: str) -> None:
        super().__init__()
        self._apart_from = apart_from

    def __call__(self, change: Change, path: str) -> bool:
        return not inside(path, self._apart_from)


def _pauses(folders: Sequence[str], wanted: BaseFilter, stopping: threading.Event) -> Iterator[set[str]]:
    """Yield the changed paths of the folders whenever changes pause, until `stopping` is set."""
    changed: set[str] = set()
    first = 0.0
    while not stopping.is_set():
        for changes in watch(
            *(_directories(folders) if ONE_BY_ONE else folders),
            recursive=not ONE_BY_ONE,
            watch_filter=wanted,
            step=STEP_MS,
            stop_event=stopping,
            rust_timeout=QUIET_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            first = first if changed else time.monotonic()
            changed.update(path for _, path in changes)
            if changed and (not changes or time.monotonic() - first > LONGEST_S):
                yield changed
                changed = set()
            if ONE_BY_ONE and any(kind == Change.added and os.path.isdir(path) for kind, path in changes):
                break  # watch the new directory, too, before it is told


def _directories(folders: Sequence[str]) -> list[str]:
    """The folders and all directories in them, each by one path, whatever links lead to it."""
    found: dict[tuple[int, int], str] = {}
    for folder in folders:
        for directory, below, _ in os.walk(folder, followlinks=True):
            try:
                status = os.stat(directory)
            except OSError:  # gone meanwhile
                continue
            if found.setdefault((status.st_dev, status.st_ino), directory) == directory:
                below[:] = [name for name in below if not name.startswith(".") and name == as_text(name)]
            else:
                below.clear()
    return list(found.values())


def places_to_look(paths: Collection[str], folders: Sequence[str]) -> list[str]:
    """The least directories to bring up to date after changes at `paths`, each an existing one in `folders`."""
    places: set[str] = set()
    for path in paths:
        folder = next((folder for folder in folders if path == folder or inside(path, folder)), None)
        if folder is None:
            continue
        place = path if path == folder else os.path.dirname(path)
        while place != folder and not os.path.isdir(place):
            place = os.path.dirname(place)
        places.add(place)
    if len(places) > MOST_PLACES:
        return sorted(
            {folder for folder in folders if any(place == folder or inside(place, folder) for place in places)}
        )
    return sorted(place for place in places if not any(inside(place, other) for other in places))
