"""Reads single photos, each once for all callers that request it at about the same time."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future

import numpy as np
from numpy.typing import NDArray

from photosearch.ingest.reader import GONE, Reader, unknown
from photosearch.models import Decoded, Region, Unreadable

REMEMBERED = 8  # photos read last: a search, its chip and its details want the same one at once


class PhotoReader:
    """Decodes single photos for one encoder and remembers those read last; for all threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._read_last: dict[tuple[str, Region | None, int, int], Future[Decoded | Unreadable]] = {}

    def close(self) -> None:
        """End the decoding processes; no read may be in progress."""
        self._reader.close()

    def read(self, path: str, region: Region | None = None) -> Decoded | Unreadable:
        """Decode a single photo, once for all who want it now or soon; raises FileNotFoundError if it is gone."""
        try:
            status = os.stat(path)
        except FileNotFoundError:
            raise
        except (OSError, ValueError):
            return self._reader.read(path, unknown, region)  # which returns the error in words
        key = path, region, status.st_size, status.st_mtime_ns
        with self._lock:
            reading = self._read_last.get(key)
            if is_first := reading is None:
                reading = self._read_last[key] = Future[Decoded | Unreadable]()
                while len(self._read_last) > REMEMBERED:
                    del self._read_last[next(iter(self._read_last))]
        if is_first:
            try:
                reading.set_result(self._reader.read(path, unknown, region))
            except BaseException as error:
                reading.set_exception(error)
        try:
            return reading.result()
        finally:
            if reading.exception() or isinstance(reading.result(), Unreadable):  # which may pass
                with self._lock:
                    self._read_last.pop(key, None)

    def read_or_explain(self, path: str, region: Region | None = None) -> Decoded | Unreadable:
        """Decode a single photo; one that is gone is unreadable, too."""
        try:
            return self.read(path, region)
        except FileNotFoundError:
            return Unreadable(path, GONE, "disk")

    def look(
        self, path: str, longest_side: int | None, is_wanted: Callable[[], bool]
    ) -> NDArray[np.uint8] | Unreadable:
        """The whole photo as it is seen, uint8[H,W,3] in sRGB, shrunk to `longest_side`.

        Raises Unwanted soon after `is_wanted` returns False.
        """
        seen = self._reader.look(path, longest_side, is_wanted)
        return seen if isinstance(seen, Unreadable) else seen.pixels
