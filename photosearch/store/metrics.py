"""The metrics that a person's labels taught, a row each; the last one of an encoder serves."""

import io
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.kept_arrays import unpacked
from photosearch.store.tables.pairs import read

KEPT = 2  # of an encoder: the one in use, and the one before, to go back to

Arrays = dict[str, NDArray[np.float32]]


def last_metric(catalog: Catalog, bundle: str) -> int:
    """The number of the metric that serves for the encoder `bundle`, 0 where there is none."""
    ((number,),) = read(catalog, "SELECT coalesce(max(id), 0) FROM metric WHERE bundle = ?", (bundle,))
    return number


def read_metric(catalog: Catalog, number: int) -> Arrays | None:
    """What was stored under this number; None where it is gone or damaged."""
    rows = list(read(catalog, "SELECT arrays FROM metric WHERE id = ?", (number,)))
    try:
        return unpacked(rows[0][0]) if rows else None
    except (ValueError, TypeError):  # what is stored may not even be bytes
        return None


def add_metric(catalog: Catalog, bundle: str, arrays: Arrays) -> None:
    """Let one serve from now on; of those before it, the last one is kept."""
    out, stored = io.BytesIO(), dict[str, Any](arrays)
    np.savez(out, **stored)
    with transaction(catalog.connection):
        catalog.connection.execute(
            "INSERT INTO metric (bundle, made_at, arrays) VALUES (?, ?, ?)", (bundle, int(time.time()), out.getvalue())
        )
        catalog.connection.execute(
            "DELETE FROM metric WHERE bundle = ?1 AND id NOT IN"
            " (SELECT id FROM metric WHERE bundle = ?1 ORDER BY id DESC LIMIT ?2)",
            (bundle, KEPT),
        )


def remove_metric(catalog: Catalog, bundle: str) -> bool:
    """Let the one before serve again, or none; False where none serves."""
    with transaction(catalog.connection):
        sql = "DELETE FROM metric WHERE id = (SELECT max(id) FROM metric WHERE bundle = ?)"
        return catalog.connection.execute(sql, (bundle,)).rowcount > 0
