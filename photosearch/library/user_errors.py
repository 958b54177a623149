"""The exceptions that the environment causes, with the sentence to show; every other one is a bug."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

from photosearch.errors import LibraryError, PhotosearchError
from photosearch.paths import shown
from photosearch.sentences import Sentence, system_reason
from photosearch.store.catalog import Catalog
from photosearch.store.database import as_library_error, damaged

BUGS = (errno.EBADF, errno.EFAULT, errno.EINVAL)  # faults of the program, not of a disk


def fault(error: BaseException, catalog: Path | None = None) -> Sentence | None:
    """A sentence for the person, or None for a bug, which nothing is that comes from a damaged `catalog`."""
    match error:
        case PhotosearchError():
            return error.sentence
        case ImportError() if not (error.name or "").startswith("photosearch"):  # a library is missing or damaged
            reason = str(error).strip().rstrip(".")
            return Sentence("A part of Photosearch cannot be loaded: {reason}. Install it again.", reason=reason)
        case OSError() if error.errno and error.errno not in BUGS:
            reason = system_reason(error)
            if not error.filename:
                return Sentence("A file cannot be read or written: {reason}.", reason=reason)
            path = shown(str(error.filename))
            return Sentence("“{path}” cannot be read or written: {reason}.", path=path, reason=reason)
        case sqlite3.Error() | UnicodeDecodeError() if meant := as_library_error(error):
            return meant.sentence
        case _:
            return _damage(catalog) if catalog else None


def _damage(file: Path) -> Sentence | None:
    """The sentence for a catalog in which something is damaged; None if it is sound, or there is none."""
    if not file.exists():
        return None
    try:
        with closing(Catalog(file)) as catalog:
            return damaged(file) if catalog.check() else None
    except LibraryError as error:
        return error.sentence
