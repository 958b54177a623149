"""The sidecars that keywords were written into, as they were before, for taking that back."""

import os
import time
from collections.abc import Sequence

from photosearch.store.catalog import Catalog
from photosearch.store.database import durable_transaction, transaction
from photosearch.store.tables.journal import Sidecar
from photosearch.store.tables.pairs import read

RUNS_KEPT = 5


def record(catalog: Catalog, run: int | None, sidecars: Sequence[Sidecar]) -> int:
    """Note sidecars, on the disk for sure, before they are written; return the run, a new one for None."""
    with durable_transaction(catalog.connection) as connection:
        if run is None:
            ((run,),) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM written").fetchall()
            old = "SELECT DISTINCT run FROM written ORDER BY run DESC LIMIT -1 OFFSET ?"
            connection.execute(f"DELETE FROM written WHERE run IN ({old})", (RUNS_KEPT,))
        connection.executemany(
            "INSERT INTO written (run, made_at, path, before, after, mtime_ns, mode) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (run, int(time.time()), os.fsencode(each.path), each.before, each.after, each.mtime_ns, each.mode)
                for each in sidecars
            ],
        )
    assert run is not None
    return run


def last_written(catalog: Catalog) -> list[tuple[int, Sidecar]]:
    """The sidecars of the last run that was not taken back, the last first, each with its number."""
    rows = read(
        catalog,
        "SELECT id, path, before, after, mtime_ns, mode FROM written"
        " WHERE run = (SELECT max(run) FROM written) ORDER BY id DESC",
    )
    return [(number, Sidecar(os.fsdecode(path), *rest)) for number, path, *rest in rows]


def forget(catalog: Catalog, numbers: Sequence[int]) -> None:
    """Forget sidecars that were taken back, or never written."""
    with transaction(catalog.connection):
        catalog.connection.executemany("DELETE FROM written WHERE id = ?", [(number,) for number in numbers])
