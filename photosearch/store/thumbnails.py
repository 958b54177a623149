"""Thumbnails by content digest: a cache in one file, since a million small files burden every disk and scanner."""

import os
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

from photosearch.errors import CatalogDamaged, LibraryError
from photosearch.sentences import system_reason
from photosearch.store.database import connect, odd_part, plain_errors, transaction

TABLE = "CREATE TABLE IF NOT EXISTS thumbnail (digest BLOB NOT NULL UNIQUE, jpeg BLOB NOT NULL) STRICT"


class Thumbnails:
    """JPEG thumbnails; a damaged file is deleted, as everything in it can be made again.

    A folder in its place, which somebody else made, is renamed with all that it holds.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection = self._open()

    def get(self, digest: bytes) -> bytes | None:
        """The thumbnail of a content, or None if it is not in the cache."""
        try:
            with self._lock, plain_errors():
                row = self._connection.execute("SELECT jpeg FROM thumbnail WHERE digest = ?", (digest,)).fetchone()
        except CatalogDamaged:
            self.clear()
            return None
        return row[0] if row else None

    def rows_after(self, row: int, count: int) -> list[tuple[int, bytes, bytes]]:
        """Row, digest and JPEG of the `count` thumbnails that were kept next after the row."""
        sql = "SELECT rowid, digest, jpeg FROM thumbnail WHERE rowid > ? ORDER BY rowid LIMIT ?"
        with self._lock, plain_errors():
            return self._connection.execute(sql, (row, count)).fetchall()

    def count_after(self, row: int) -> int:
        """The number of thumbnails that were kept after the row."""
        with self._lock, plain_errors():
            sql = "SELECT count(*) FROM thumbnail WHERE rowid > ?"
            return self._connection.execute(sql, (row,)).fetchone()[0]

    def digest_of_row(self, row: int) -> bytes | None:
        """The digest of the content whose thumbnail is kept in the row, if one is."""
        with self._lock, plain_errors():
            found = self._connection.execute("SELECT digest FROM thumbnail WHERE rowid = ?", (row,)).fetchone()
        return found[0] if found else None

    def put(self, thumbnails: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep pairs of digest and JPEG, in one transaction."""
        pairs = list(thumbnails)
        try:
            self._put(pairs)
        except CatalogDamaged:
            self.clear()
            self._put(pairs)

    def discard(self, digests: Iterable[bytes]) -> None:
        """Forget the thumbnails of contents that are gone."""
        with self._lock, transaction(self._connection):
            self._connection.executemany("DELETE FROM thumbnail WHERE digest = ?", ((digest,) for digest in digests))

    def check(self) -> bool:
        """True if the file is sound."""
        try:
            with self._lock:
                return self._is_sound()
        except CatalogDamaged:
            return False

    def clear(self) -> None:
        """Start again with an empty cache: inside the file if it allows that, since others may have it open."""
        with self._lock:
            with suppress(CatalogDamaged):
                with transaction(self._connection):
                    self._connection.execute("DROP TABLE thumbnail")
                    self._connection.execute(TABLE)
                if self._is_sound():
                    return
            self._connection.close()
            self._remove()
            self._connection = self._connect()

    def close(self) -> None:
        self._connection.close()

    def _put(self, thumbnails: list[tuple[bytes, bytes]]) -> None:
        with self._lock, transaction(self._connection):
            self._connection.executemany("INSERT OR IGNORE INTO thumbnail (digest, jpeg) VALUES (?, ?)", thumbnails)

    def _open(self) -> sqlite3.Connection:
        if odd_part(self._file):
            self._remove()
        try:
            return self._connect()
        except CatalogDamaged:
            self._remove()
            return self._connect()

    def _is_sound(self) -> bool:
        with plain_errors():
            return self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"

    def _remove(self) -> None:
        part = self._file
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                part = self._file.with_name(self._file.name + suffix)
                if part.is_dir() and not part.is_symlink():
                    part.rename(_free_beside(part))
                else:
                    part.unlink(missing_ok=True)
        except OSError as error:  # on Windows, as long as another process has it open
            raise LibraryError(
                "The damaged thumbnail cache “{path}” cannot be replaced ({reason}); close every other Photosearch"
                " first, or delete it.",
                path=str(part),
                reason=system_reason(error),
            ) from error

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self._file)
        with plain_errors():
            connection.execute(TABLE)
        return connection


def _free_beside(folder: Path) -> Path:
    """A name beside a folder that nothing has yet."""
    names = (folder.with_name(f"{folder.name}.aside-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))
