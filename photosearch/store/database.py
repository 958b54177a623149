"""SQLite as this program uses it: connections, transactions, numbered migrations, and its errors as sentences."""

import os
import shutil
import sqlite3
from collections.abc import Collection, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from photosearch.errors import CatalogDamaged, CatalogTooNew, LibraryBusy, LibraryError
from photosearch.own_files import linked_folder, make_private, private
from photosearch.sentences import Sentence, system_reason

SCHEMA = Path(__file__).parent / "schema"
BUSY_TIMEOUT_S = 30.0
READING_BYTES = 1 << 16


class Connection(sqlite3.Connection):
    """A connection that detects if its file was replaced by a repaired one, which its writes would not reach."""

    file: Path | None = None
    identity: tuple[int, int] = (0, 0)
    attached = ""  # the name of a published catalog that it reads

    def note(self, file: Path) -> None:
        """Remember which file this one is of."""
        status = file.stat()
        self.file, self.identity = file, (status.st_dev, status.st_ino)

    def is_replaced(self) -> bool:
        """True if its file has been replaced by another."""
        if self.file is None:
            return False
        try:
            status = os.stat(self.file)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) != self.identity


def connect(file: Path, uri: bool = False) -> Connection:
    """Open or make the database `file` in WAL mode, for use by one thread at a time; `uri`: it may attach addresses."""
    try:
        make_private(file.parent)
    except OSError as error:
        raise LibraryError(
            "The library folder “{path}” cannot be made: {reason}.", path=str(file.parent), reason=system_reason(error)
        ) from error
    if odd := odd_part(file):
        raise LibraryError(
            "“{path}” is no ordinary file; take it away, or choose another folder for the library.", path=str(odd)
        )
    if linked := linked_folder(file.parent):
        raise LibraryError(
            "“{path}” is a link; take it away, or put the folder that it leads to in its place.", path=str(linked)
        )
    if file.exists() and not (os.access(file.parent, os.W_OK) and os.access(file, os.W_OK)):
        raise LibraryError(
            "“{path}” can only be read, and Photosearch writes to its library: allow that, or copy the library to"
            " another folder. “photosearch publish” makes one that is only read.",
            path=str(file),
        )
    # SQLite gives its other files the same permissions; what is wrong is told by it. A file that is there is not even
    # opened: closing it again would drop the locks of every other connection of this process (POSIX), and another
    # process would then take away the log that they write to.
    with suppress(OSError):
        os.close(private(os.fspath(file), os.O_CREAT | os.O_EXCL | os.O_RDWR))
    with plain_errors(file):
        connection = sqlite3.connect(
            file, BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, factory=Connection, uri=uri
        )
        try:
            connection.note(file)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def odd_part(file: Path) -> Path | None:
    """That part of the database `file` which is a pipe, a device, a folder or a link to no file, if one is.

    SQLite would wait for it or read it without end, or make what a link leads to. Its log may be no link at all.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        part = file.with_name(file.name + suffix)
        if os.path.lexists(part) and (not part.is_file() or (suffix and part.is_symlink())):
            return part
    return None


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """All of the block or none of it; the write lock is taken at once, so that it cannot fail half-way for another."""
    with plain_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            if isinstance(connection, Connection) and connection.is_replaced():
                raise LibraryBusy("The catalog has been repaired meanwhile; try again.")
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def durable_transaction(connection: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    """A transaction that a power cut does not take back: elsewhere the catalog trades that for speed."""
    connection.execute("PRAGMA synchronous = FULL")
    try:
        with transaction(connection):
            yield connection
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def plain_errors(file: Path | None = None) -> Generator[None]:
    """Turn SQLite's errors on the disk, on locks and on damage into LibraryError; the rest are bugs and pass."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        meant = as_library_error(error, file)
        if meant is None:
            raise
        raise meant from error


def as_library_error(error: sqlite3.Error | UnicodeDecodeError, file: Path | None = None) -> LibraryError | None:
    """The sentence for an SQLite error that the environment is to blame for, else None."""
    if isinstance(error, UnicodeDecodeError) or "Could not decode to UTF-8" in str(error):  # a text, or its own words
        return CatalogDamaged(damaged(file))
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the primary code
        case sqlite3.SQLITE_FULL:
            return _full()
        case sqlite3.SQLITE_IOERR if file and _is_full(file):  # there is no room even for the list of readers
            return _full()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return LibraryBusy("Another Photosearch is writing to this library; try again when it has finished.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return CatalogDamaged(damaged(file))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_PERM:
            return LibraryError(
                "{where} cannot be opened, read or written ({reason}).", where=_catalog(file), reason=str(error)
            )
        case _:
            return None


def _full() -> LibraryError:
    return LibraryError("The disk that holds the library is full. All work so far is kept.")


def _is_full(file: Path) -> bool:
    """True if the disk has too little room even to read: SQLite needs that for its list of who reads."""
    try:
        return shutil.disk_usage(file.parent).free < READING_BYTES
    except OSError:
        return False


def damaged(file: Path | None = None) -> Sentence:
    """The sentence for a damaged catalog, in `file` if that is known."""
    return Sentence("{where} is damaged. “photosearch doctor --repair” saves what can be read.", where=_catalog(file))


def _catalog(file: Path | None) -> Sentence:
    return Sentence("The catalog “{path}”", path=str(file)) if file else Sentence("The library's catalog")


def require_own(connection: sqlite3.Connection, file: Path, tables: Collection[str]) -> None:
    """Raise LibraryError if the database in `file`, which is not new, is no catalog with `tables`."""
    with plain_errors(file):
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if there and not there.intersection(tables):
        raise LibraryError(
            "“{path}” is a database of another program. Choose another folder for the library.", path=str(file)
        )
    if not there.issuperset(tables if there or schema_version(connection) else ()):
        raise CatalogDamaged(damaged(file))


def migrate(connection: sqlite3.Connection, file: Path) -> None:
    """Bring the schema up to date, one transaction a step; a copy of `file` is kept before the first step."""
    steps = {int(script.stem): script for script in SCHEMA.glob("*.sql")}
    newest = max(steps)
    version = schema_version(connection)
    if version > newest:
        raise CatalogTooNew(
            "“{path}” was written by a newer Photosearch. Update the program to open it.", path=str(file)
        )
    if 0 < version < newest:
        copy = file.with_name(f"{file.stem}-v{version}.backup.sqlite")
        try:
            os.close(private(os.fspath(copy), os.O_CREAT | os.O_RDWR))
        except OSError as error:
            raise LibraryError(
                "The backup “{path}” cannot be written: {reason}.", path=str(copy), reason=system_reason(error)
            ) from error
        with closing(sqlite3.connect(copy)) as backup:
            connection.backup(backup)
    for number in range(version + 1, newest + 1):
        with transaction(connection):
            if schema_version(connection) >= number:  # another process was quicker
                continue
            for statement in _statements(steps[number].read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def columns_of(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Every table, column and type of a database, and every index."""
    sql = (
        "SELECT schema.name, told.name, told.type FROM sqlite_schema AS schema, pragma_table_info(schema.name) AS told"
        " WHERE schema.type = 'table' UNION ALL"
        " SELECT name, tbl_name, '' FROM sqlite_schema WHERE sql IS NOT NULL AND type = 'index'"
    )
    with plain_errors():
        return set(connection.execute(sql))


def expected_columns() -> set[tuple[str, str, str]]:
    """The same of a new catalog."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        migrate(made, Path())
        return columns_of(made)


def newest_schema() -> int:
    """The number of the last migration that this version of the program knows."""
    return max(int(script.stem) for script in SCHEMA.glob("*.sql"))


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of the last migration that a database has had."""
    with plain_errors():
        return connection.execute("PRAGMA user_version").fetchone()[0]


def _statements(script: str) -> Iterator[str]:
    """Split a script, since `executescript` would commit the transaction it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
