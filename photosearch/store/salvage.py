"""Recovery of the readable rows of a damaged catalog; the next indexing run finds the lost ones again."""

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from photosearch.errors import LibraryError
from photosearch.own_files import private
from photosearch.sentences import system_reason
from photosearch.store.catalog import Catalog
from photosearch.store.database import BUSY_TIMEOUT_S, plain_errors, transaction
from photosearch.store.faults import WRONG

TABLES = (
    *("folder", "content", "photo", "encoder", "descriptor", "act", "act_file", "act_sidecar"),
    *("label", "labelled", "refused", "judged", "ruling", "ruling_photo", "decision", "cluster"),
    *("written", "metric"),
)
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_ERROR)  # or lost tables
PAGE_BYTES = 4096  # of every catalog
MOST_PAGES = 0xFFFFFFFE  # that SQLite counts
SIZE_AT, SIZE_END = 28, 40  # in its first bytes: how many pages it has, and which of them are free


def salvage(file: Path) -> tuple[Path, Path | None]:
    """Put a new catalog with all readable rows in the place of `file`.

    Returns where the damaged one is kept, and the backup that was taken where nothing could be read, else None. For
    the library's writer only. If it fails or is killed, the damaged catalog is still where it was.
    """
    damaged = file.with_name(f"{file.stem}-damaged-{time.strftime('%Y%m%d-%H%M%S')}.sqlite")
    rescued = file.with_name(f"{file.stem}.partial.sqlite")
    try:
        _remove(rescued)
        with _unwritten(file), file.open("rb") as raw:
            backup = _rescue(file, raw, rescued)
            if os.name == "nt":
                _keep_copy(file, damaged)
            else:
                _swap(file, damaged, rescued)
        if os.name == "nt":  # an open file cannot be renamed there, even if open only here
            try:
                _remove_log(file)
            except OSError:  # an open window needs it
                _remove(damaged)
                raise
            os.replace(rescued, file)
    except OSError as error:
        reason = system_reason(error)
        if isinstance(error, PermissionError):
            raise LibraryError(
                "The catalog “{path}” cannot be replaced: {reason}. Close every window of Photosearch and try again.",
                path=str(file),
                reason=reason,
            ) from error
        raise LibraryError(
            "The catalog “{path}” cannot be replaced: {reason}.", path=str(file), reason=reason
        ) from error
    finally:
        with suppress(OSError):
            _remove(rescued)
    return damaged, backup


@contextmanager
def _unwritten(file: Path) -> Generator[None]:
    """Keep others, such as an open window, from writing data that would be lost; they notice when they go on."""
    with closing(sqlite3.connect(file, BUSY_TIMEOUT_S, isolation_level=None)) as connection:
        with suppress(sqlite3.Error, UnicodeDecodeError):  # too damaged for that, and then for others, too
            connection.execute("BEGIN IMMEDIATE")
        yield


def _rescue(file: Path, raw: BinaryIO, rescued: Path) -> Path | None:
    """Fill a new catalog from the damaged one, or from the latest backup where that gives nothing: return which."""
    with closing(Catalog(rescued)) as catalog:
        _fill(catalog.connection, file, raw, rescued)
        is_empty = not catalog.folders() and not any(catalog.counts())
    backups = sorted(file.parent.glob(f"{file.stem}-v*.backup.sqlite"), key=os.path.getmtime)
    if not is_empty or not backups:
        return None
    _remove(rescued)
    with closing(Catalog(rescued)) as catalog, backups[-1].open("rb") as raw_backup:
        _fill(catalog.connection, backups[-1], raw_backup, rescued)
    return backups[-1]


def _fill(target: sqlite3.Connection, file: Path, raw: BinaryIO, rescued: Path) -> None:
    with plain_errors(rescued):
        target.execute("PRAGMA foreign_keys = OFF")
        # Read-only, so that the log is not written into a file that this may damage further.
        with closing(_open(file, "mode=ro")) as source:
            damaged = [table for table in TABLES if not _copy(source, target, table)]
            roots = _roots(source)
        for table in damaged:
            _copy_by_root(raw, target, table, {root for root in (roots.get(table), _roots(target)[table]) if root})
        _drop_wrong(target)
        target.execute("PRAGMA journal_mode = DELETE")  # all in one file, which can be moved


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


def _keep_copy(file: Path, damaged: Path) -> None:
    """Copy `file` to the name `damaged`, and its log, which SQLite will have written into `file` when it is closed."""
    for suffix in ("", "-wal"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            shutil.copyfile(part, damaged.with_name(damaged.name + suffix))


def _open(file: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> bool:
    """Copy the rows of a table that can be read; return whether these are all."""
    known = _columns(source, table)  # fewer, where it was written by an older version of the program
    columns = [name for name in _columns(target, table) if name in known]
    if not columns:
        return False
    select = f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"
    with transaction(target):
        # From both ends towards the damage, so some may come twice.
        is_whole = any(_insert(target, table, columns, source, f"{select} {order}") for order in ("ASC", "DESC"))
    return is_whole and len(columns) == len(_columns(target, table))


def _insert(
    target: sqlite3.Connection, table: str, columns: list[str], source: sqlite3.Connection, select: str
) -> bool:
    """Take rows over up to the first that cannot be read; return whether there was none."""
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    rows = _readable(source, select)
    while True:
        try:
            row = next(rows)
        except StopIteration as end:
            return end.value
        with suppress(sqlite3.IntegrityError):  # damage can turn a number into a text
            target.execute(insert, row)


def _readable(source: sqlite3.Connection, select: str) -> Generator[tuple[Any, ...], None, bool]:
    """The rows before the first that cannot be read; returns whether there was none."""
    try:
        yield from source.execute(select)
    except UnicodeDecodeError:
        return False
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in DAMAGE:
            raise
        return False
    return True


def _copy_by_root(raw: BinaryIO, target: sqlite3.Connection, table: str, roots: set[int]) -> None:
    """Copy the rows of a table whose description is damaged, or that of all tables, by where it may begin.

    The first page of a copy, in which a database tells what it holds, is replaced by one that tells of this table
    alone. Rows that do not fit are those of another table, and left out.
    """
    folder, columns = Path(target.execute("PRAGMA database_list").fetchone()[2]).parent, _columns(target, table)
    copy = folder / "catalog.partial-copy.sqlite"
    try:
        for root in roots:
            _write_copy(raw, copy, _first_page(copy, table, columns, root))
            with closing(_open(copy, "mode=ro&immutable=1")) as source:
                _copy(source, target, table)
    finally:
        _remove(copy)


def _first_page(scratch: Path, table: str, columns: list[str], root: int) -> bytes:
    """The first page of a database that holds one table, which begins on the page `root`."""
    _remove(scratch)
    with closing(sqlite3.connect(scratch, isolation_level=None)) as made:
        made.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        first, *others = columns
        key = f"{first} INTEGER PRIMARY KEY" if first in ("id", "photo_id") else first
        made.execute(f"CREATE TABLE {table} ({', '.join([key, *others])})")
        made.execute("PRAGMA writable_schema = ON")
        made.execute("UPDATE sqlite_schema SET rootpage = ?", (root,))
    return scratch.read_bytes()[:PAGE_BYTES]


def _write_copy(raw: BinaryIO, copy: Path, first_page: bytes) -> None:
    """Copy a database with another first page; the file stays open, as closing it would give up SQLite's locks."""
    pages = min(raw.seek(0, os.SEEK_END) // PAGE_BYTES, MOST_PAGES)
    size = pages.to_bytes(4, "big").ljust(SIZE_END - SIZE_AT, b"\0")
    _remove(copy)
    stored = list(_stored(raw, PAGE_BYTES, pages * PAGE_BYTES))
    if sum(stop - start for start, stop in stored) > shutil.disk_usage(copy.parent).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with open(copy, "xb", opener=private) as out:
        out.write(first_page[:SIZE_AT] + size + first_page[SIZE_END:])
        for start, stop in stored:
            raw.seek(start)
            out.seek(start)
            while part := raw.read(min(1 << 20, stop - raw.tell())):
                out.write(part)
        out.truncate(pages * PAGE_BYTES)


def _stored(raw: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a file between two places that take up room: one with holes may be larger than its disk."""
    if not hasattr(os, "SEEK_DATA"):  # Windows
        if start < end:
            yield start, end
        return
    while start < end:
        try:
            start = raw.seek(start, os.SEEK_DATA)
        except OSError as error:
            if error.errno != errno.ENXIO:  # this disk tells nothing of holes; or else there is nothing more
                yield start, end
            return
        stop = min(raw.seek(start, os.SEEK_HOLE), end)
        yield start, stop
        start = stop


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # not even that can be read
        return []


def _roots(database: sqlite3.Connection) -> dict[str, int]:
    """The page on which each table begins, as far as that can be read."""
    with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
        database.execute("PRAGMA writable_schema = ON")  # reads past what is wrong in the description of the tables
        database.text_factory = bytes
        try:
            rows = list(database.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'"))
            return {bytes(name).decode("utf-8", "replace"): int(root) for name, root in rows if int(root) > 1}
        except (TypeError, ValueError):
            return {}
        finally:
            database.text_factory = str
            database.execute("PRAGMA writable_schema = OFF")
    return {}


def _drop_wrong(target: sqlite3.Connection) -> None:
    """Remove rows that are none, and those whose partner was lost; an unreferenced content costs nothing."""
    with transaction(target):
        for table, what in WRONG:
            target.execute(f"DELETE FROM {table} WHERE {what}")
        target.execute("DELETE FROM photo WHERE content_id NOT IN (SELECT id FROM content)")
        target.execute("DELETE FROM descriptor WHERE content_id NOT IN (SELECT id FROM content)")
        target.execute("DELETE FROM descriptor WHERE encoder_id NOT IN (SELECT id FROM encoder)")
        for table in ("labelled", "refused"):
            target.execute(f"DELETE FROM {table} WHERE label_id NOT IN (SELECT id FROM label)")
        # Counted while it was copied, on top of the earlier count.
        target.execute(
            "UPDATE label SET photos = (SELECT count(*) FROM labelled JOIN content USING (digest)"
            " JOIN photo ON content_id = content.id WHERE label_id = label.id AND state <> 'missing')"
        )
        # What was decided holds even if it is no longer known when, or by an older program.
        target.execute("UPDATE decision SET ruling_id = id WHERE ruling_id IS NULL")
        target.execute("INSERT OR IGNORE INTO ruling (id, kind) SELECT ruling_id, kind FROM decision")
        target.execute("DELETE FROM ruling_photo WHERE ruling_id NOT IN (SELECT id FROM ruling)")
        # What was cleared away can be brought back even if it is no longer known when and how.
        target.execute(
            "INSERT INTO act (id, began_at, way)"
            " SELECT DISTINCT act_id, 0, 'trash' FROM act_file WHERE act_id NOT IN (SELECT id FROM act)"
        )
        target.execute("UPDATE act_file SET photo_id = NULL WHERE photo_id NOT IN (SELECT id FROM act_file)")
        target.execute("DELETE FROM act_sidecar WHERE photo_id NOT IN (SELECT id FROM act_file)")


def _remove(database: Path) -> None:
    database.unlink(missing_ok=True)
    _remove_log(database)


def _remove_log(database: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
