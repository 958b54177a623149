"""Which exceptions are the environment's fault, and the sentence to tell; every other one is a bug."""

import errno
import sqlite3

from photosearch.errors import PhotosearchError
from photosearch.paths import shown
from photosearch.store.database import as_library_error

OF_THE_DISK = (
    errno.ENOSPC,
    errno.EACCES,
    errno.EROFS,
    errno.EDQUOT,
    errno.ENOENT,
    errno.EISDIR,
    errno.EFBIG,
    errno.ENOTSUP,
)


def fault(error: BaseException) -> str | None:
    """A sentence for the person, or None for a bug."""
    match error:
        case PhotosearchError():
            return str(error)
        case sqlite3.Error():
            meant = as_library_error(error)
            return str(meant) if meant else None
        case OSError() if error.errno in OF_THE_DISK:
            name = f"“{shown(str(error.filename))}”" if error.filename else "A file"
            return f"{name} cannot be read or written: {error.strerror}."
        case _:
            return None
