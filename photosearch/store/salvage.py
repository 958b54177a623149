"""Saving what can be read of a damaged catalog: what is lost is found again by the next indexing run."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from photosearch.errors import LibraryError
from photosearch.store.catalog import Catalog
from photosearch.store.database import plain_errors, transaction

TABLES = (
    *("folder", "content", "photo", "encoder", "descriptor", "decision", "act", "act_file", "act_sidecar"),
    *("label", "labelled", "judged"),
)
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_ERROR)  # or lost tables


def salvage(file: Path) -> Path:
    """Put a new catalog with all readable rows in the place of `file`; return where the damaged one is kept.

    For the library's writer only. If it fails or is killed, the damaged catalog is still where it was.
    """
    damaged = file.with_name(f"{file.stem}-damaged-{time.strftime('%Y%m%d-%H%M%S')}.sqlite")
    rescued = file.with_name(f"{file.stem}.partial.sqlite")
    try:
        _remove(rescued)
        _rescue(file, rescued)
        _swap(file, damaged, rescued)
    except OSError as error:
        raise LibraryError(f"The catalog “{file}” cannot be replaced: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            _remove(rescued)
    return damaged


def _rescue(file: Path, rescued: Path) -> None:
    catalog = Catalog(rescued)
    target = catalog.connection
    try:
        with plain_errors(rescued):
            target.execute("PRAGMA foreign_keys = OFF")
            # Read-only, so that nothing of the log is written into what may be damaged further by it.
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
                for table in TABLES:
                    _copy(source, target, table)
            _drop_dangling(target)
            target.execute("PRAGMA journal_mode = DELETE")  # all in one file, which can be moved
    finally:
        catalog.close()


def _swap(file: Path, damaged: Path, rescued: Path) -> None:
    """Keep `file` under the name `damaged`, and put `rescued` in its place."""
    try:
        os.link(file, damaged)  # so that there is a catalog at every moment
    except OSError:  # this disk knows no links
        file.replace(damaged)
    for suffix in ("-wal", "-shm"):  # SQLite would take the log for the new catalog's
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.replace(damaged.with_name(damaged.name + suffix))
    os.replace(rescued, file)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    known = _columns(source, table)  # fewer, where it was written by an older version of the program
    columns = [name for name in _columns(target, table) if name in known]
    if not columns:
        return
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    with transaction(target):
        for row in _readable(source, f"SELECT {', '.join(columns)} FROM {table}"):
            with suppress(sqlite3.IntegrityError):  # damage can turn a number into a text
                target.execute(insert, row)


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
    except sqlite3.DatabaseError:  # not even that can be read
        return []


def _readable(source: sqlite3.Connection, select: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table from both ends towards the damage, so some may come twice."""
    for order in ("ASC", "DESC"):
        try:
            yield from source.execute(f"{select} ORDER BY rowid {order}")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in DAMAGE:
                raise
        else:
            return


def _drop_dangling(target: sqlite3.Connection) -> None:
    """Remove rows whose partner was lost; an unreferenced content costs nothing and is pruned later."""
    with transaction(target):
        target.execute("DELETE FROM photo WHERE content_id NOT IN (SELECT id FROM content)")
        target.execute("DELETE FROM descriptor WHERE content_id NOT IN (SELECT id FROM content)")
        target.execute("DELETE FROM descriptor WHERE encoder_id NOT IN (SELECT id FROM encoder)")
        target.execute("DELETE FROM labelled WHERE label_id NOT IN (SELECT id FROM label)")
        # What was cleared away can be brought back even if it is no longer known when and how.
        target.execute(
            "INSERT INTO act (id, began_at, way)"
            " SELECT DISTINCT act_id, 0, 'trash' FROM act_file WHERE act_id NOT IN (SELECT id FROM act)"
        )
        target.execute("UPDATE act_file SET photo_id = NULL WHERE photo_id NOT IN (SELECT id FROM act_file)")
        target.execute("DELETE FROM act_sidecar WHERE photo_id NOT IN (SELECT id FROM act_file)")


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
