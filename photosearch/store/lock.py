"""The lock by which one process at a time writes to a library."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from photosearch.errors import LibraryError
from photosearch.models import Progress
from photosearch.own_files import FILE_MODE
from photosearch.paths import shown
from photosearch.sentences import system_reason

POLL_S = 0.1


@contextmanager
def sole_writer(file: Path) -> Generator[Generator[Progress]]:
    """Be the only process that holds the lock `file`; iterate over the result to wait for another to finish."""
    from filelock import FileLock, Timeout  # searches take no lock

    lock = FileLock(file, mode=FILE_MODE, thread_local=False)

    def wait() -> Generator[Progress]:
        while True:
            try:
                lock.acquire(timeout=POLL_S)
                return
            except Timeout:
                yield Progress("waiting", 0)
            except (OSError, NotImplementedError) as error:  # the latter: a network drive without locks
                raise LibraryError(
                    "The library cannot be locked for writing: “{path}” ({reason}).",
                    path=shown(str(file)),
                    reason=system_reason(error),
                ) from error

    try:
        yield wait()
    finally:
        lock.release()
