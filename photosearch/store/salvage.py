"""Saving what can be read of a damaged catalog: what is lost is found again by the next indexing run."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from photosearch.store.catalog import Catalog

TABLES = ("folder", "content", "photo", "encoder", "descriptor")


def salvage(file: Path) -> Path:
    """Put a new catalog with all readable rows in the place of `file`; return where the damaged one is kept."""
    damaged = file.with_name(f"{file.stem}-damaged-{time.strftime('%Y%m%d-%H%M%S')}.sqlite")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.replace(damaged.with_name(damaged.name + suffix))
    catalog = Catalog(file)
    target = catalog.connection
    target.execute("PRAGMA foreign_keys = OFF")
    try:
        with closing(sqlite3.connect(damaged)) as source:
            for table in TABLES:
                _copy(source, target, table)
        _drop_dangling(target)
    finally:
        catalog.close()
    return damaged


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    """Copy the rows of a table, from both ends towards the damage."""
    with suppress(sqlite3.DatabaseError):
        columns = len(source.execute(f"PRAGMA table_info({table})").fetchall())
        insert = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * columns)})"
        for order in ("ASC", "DESC"):
            with suppress(sqlite3.DatabaseError):
                target.execute("BEGIN")
                for row in source.execute(f"SELECT * FROM {table} ORDER BY rowid {order}"):
                    target.execute(insert, row)
                target.execute("COMMIT")
                return
            target.execute("COMMIT")


def _drop_dangling(target: sqlite3.Connection) -> None:
    """Remove rows whose partner was lost; an unreferenced content costs nothing and is pruned later."""
    target.execute("DELETE FROM photo WHERE content_id NOT IN (SELECT id FROM content)")
    target.execute("DELETE FROM descriptor WHERE content_id NOT IN (SELECT id FROM content)")
    target.execute("DELETE FROM descriptor WHERE encoder_id NOT IN (SELECT id FROM encoder)")
