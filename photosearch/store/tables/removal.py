"""Removal of an added folder: its photos leave the catalog, with all rows that nothing else refers to."""

import os

from photosearch.models import Folder
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.filters import range_below
from photosearch.store.tables.rescan import forget_left_out, forget_unplaced


def remove_folder(catalog: Catalog, folder: str) -> tuple[int, list[bytes]]:
    """Forget an added folder and its photos, except those also in another added folder.

    In one transaction; return how many photos were forgotten and the digests of the contents that went with them.
    """
    low, high = range_below(folder)
    parts, values = ["path >= ? AND path < ?"], [low, high]
    for other in catalog.folders():
        if other.path != folder:
            part, bounds = _covered_by(other)
            parts.append(f"NOT ({part})")
            values += bounds
    with transaction(catalog.connection):
        catalog.connection.execute("DELETE FROM folder WHERE path = ?", (os.fsencode(folder),))
        forgotten = catalog.connection.execute(f"DELETE FROM photo WHERE {' AND '.join(parts)}", values).rowcount
        forget_left_out(catalog.connection, folder)
        return forgotten, forget_unplaced(catalog.connection)


def _covered_by(folder: Folder) -> tuple[str, list[bytes | int]]:
    low, high = range_below(folder.path)
    if folder.recurse:
        return "path >= ? AND path < ?", [low, high]
    separator = os.fsencode(os.sep)
    return "path >= ? AND path < ? AND instr(substr(path, ?), ?) = 0", [low, high, len(low) + 1, separator]
