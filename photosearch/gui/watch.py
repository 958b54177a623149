"""Notices that photos come, change or go in the library's folders, by the system's own notices."""

import logging
import os
import threading
from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal
from watchfiles import BaseFilter, Change, watch

from photosearch.paths import inside

QUIET_MS = 2_000  # a copy of many photos is told once it pauses
LONGEST_MS = 15_000  # or after so long
MOST_PLACES = 50  # more changed directories than this are cheaper to bring up to date as a whole


class Watch(QObject):
    """Tells directories in which something changed; where a system or a drive has no notices, it stays silent."""

    changed = Signal(list)  # of paths of directories

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

    def close(self) -> None:
        """Stop watching, and wait for it."""
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _listen(self, folders: list[str], apart_from: str, stopping: threading.Event) -> None:
        there = [folder for folder in folders if os.path.isdir(folder)]  # a drive that is away may answer late
        if there != folders and not stopping.is_set():
            self.sees_all = False
        if not there:
            return
        try:
            for changes in watch(
                *there,
                watch_filter=_Photos(apart_from),
                debounce=LONGEST_MS,
                step=QUIET_MS,
                stop_event=stopping,
                rust_timeout=500,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                self.changed.emit(places_to_look({path for _, path in changes}, there))
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
