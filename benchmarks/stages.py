"""Where the time of an indexing run goes: the program's own functions, each with a stopwatch around it."""

import hashlib
import threading
import time
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from photosearch.library import Library

WATCHED = {
    "photosearch.ingest.reader": {
        "Reader.read": "read",
        "open_picture": "decode",
        "decode": "thumbnail",  # what is left of it is packing the thumbnail
    },
    "photosearch.ingest.decoding.decode": {"_load": "decode", "_thumbnail": "thumbnail", "_panels": "panels"},
    "photosearch.ingest.decoding.picture": {"fit": "decode"},
    "photosearch.ingest.facts": dict.fromkeys(("taken_at", "camera", "lens", "position", "sharpness"), "facts"),
    "photosearch.encode.encoder": {"Encoder.encode": "encode"},
    "photosearch.ingest.pipeline": {"_record": "catalog"},
}
NAMES: tuple[str, ...] = ("read", "digest", "decode", "thumbnail", "panels", "facts", "encode", "catalog")


class Stages:
    """Processor seconds of each stage, without those of the stages inside it."""

    def __init__(self) -> None:
        self._seconds = dict.fromkeys(NAMES, 0.0)
        self._within = threading.local()

    @staticmethod
    def of_indexing(photos: Path, library_folder: Path) -> str:
        """Index `photos` on one thread and return the table, in ms of processor time a photo.

        The watches stay on: measure nothing else in this process afterwards.
        """
        stages, count = Stages(), len(list(photos.iterdir()))
        for module_name, functions in WATCHED.items():
            for path, name in functions.items():
                holder: Any = import_module(module_name)
                *parents, attribute = path.split(".")
                for parent in parents:
                    holder = getattr(holder, parent)
                setattr(holder, attribute, stages.watch(name, getattr(holder, attribute)))
        digest = SimpleNamespace(sha256=stages.watch("digest", hashlib.sha256), file_digest=hashlib.file_digest)
        setattr(import_module("photosearch.ingest.reader"), "hashlib", digest)  # noqa: B010
        with Library(library_folder, "cpu") as library:
            _ = library.encoder
            start = time.process_time()
            for _ in library.index([str(photos)], threads=1):
                pass
            total = time.process_time() - start
        rows = [(name, stages._seconds[name]) for name in NAMES]
        rows += [("sum", sum(seconds for _, seconds in rows)), ("whole run", total)]
        return "\n".join(f"  {name:12} {1000 * seconds / count:7.2f}" for name, seconds in rows)

    def watch(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, with its time put down to the stage `name`."""

        @wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            outer, self._within.seconds = getattr(self._within, "seconds", 0.0), 0.0
            start = time.thread_time()
            try:
                return function(*arguments, **named)
            finally:
                elapsed = time.thread_time() - start
                self._seconds[name] += elapsed - self._within.seconds
                self._within.seconds = outer + elapsed

        return watched
