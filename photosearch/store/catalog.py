"""The catalog: every photo, content and descriptor of a library, in SQLite.

With `rescan.py`, which writes, and `listing.py`, which lists, it holds all the SQL.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from photosearch.errors import CatalogDamaged
from photosearch.models import EVERYTHING, Filter, Folder, FoundFile, Incomplete, LeftOut, State, Unreadable
from photosearch.sentences import Sentence
from photosearch.store.database import (
    Connection,
    connect,
    migrate,
    plain_errors,
    require_own,
    transaction,
)
from photosearch.store.faults import find_faults
from photosearch.store.filters import condition, range_below
from photosearch.store.index.stamp import Stamp


class Place(NamedTuple):
    """Where a content lies: one row a file."""

    photo_id: int
    content_id: int
    path: str
    state: State


# The tables that every version of a catalog has, and all that it has had since long.
FIRST_TABLES = ("folder", "content", "photo", "encoder", "descriptor")
ALL_TABLES = (
    *(*FIRST_TABLES, "searched", "candidate", "verdict", "decision"),
    *("act", "act_file", "act_sidecar", "label", "labelled", "judged"),
)


class Counts(NamedTuple):
    """The number of readable photos of a library, by state, and of present ones with a descriptor."""

    present: int
    missing: int
    offline: int
    encoded: int


class _Opened:
    """The connections that one thread has opened, the last of which is in use; they are closed when it ends."""

    def __init__(self, connections: list[Connection]) -> None:
        self.connections = connections

    def close(self) -> None:
        for connection in self.connections:
            connection.close()

    def __del__(self) -> None:
        self.close()


class Catalog:
    """The database of a library. Every thread gets a connection of its own; one process at a time may write."""

    is_published = False  # True: another library, of which nothing is changed
    schema = "main"  # where SQLite finds the tables that are published
    published_encoder: str | None = None  # the id of the encoder that was published with it
    published_at: int | None = None  # seconds since 1970

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._opened = WeakSet[_Opened]()  # each held by its thread alone
        self._opening = threading.Lock()  # of the set, to which threads add while another closes all
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        """Bring the file up to date; raises LibraryError."""
        self._require_filled()
        require_own(self.connection, self.file, FIRST_TABLES)
        migrate(self.connection, self.file)
        require_own(self.connection, self.file, ALL_TABLES)

    def require_writable(self) -> None:
        """Raise LibraryError if what this library holds may not be changed here."""

    def published_index(self, encoder: str) -> Stamp | None:
        """The search index of an encoder that was published with this catalog, if it was."""
        del encoder
        return None

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, to the file that is in place now, perhaps a repaired one."""
        opened: _Opened | None = getattr(self._local, "opened", None)
        if opened is None:
            opened = self._local.opened = _Opened([self._connect()])
            with self._opening:
                self._opened.add(opened)
        known = opened.connections[-1]
        if not known.in_transaction and self._is_outdated(known):
            known = self._connect()
            opened.connections.append(known)  # the one before may still be read from
        return known

    def _connect(self) -> Connection:
        return connect(self.file)

    def _is_outdated(self, connection: Connection) -> bool:
        return connection.is_replaced()

    def _require_filled(self) -> None:
        """Raise CatalogDamaged if the file is empty although the library was in use, as its thumbnails show."""
        parts = (self.file, self.file.with_name(self.file.name + "-wal"))
        is_empty = self.file.is_file() and not any(part.exists() and part.stat().st_size for part in parts)
        if is_empty and self.file.with_name("thumbnails.sqlite").exists():
            raise CatalogDamaged(
                "The catalog “{path}” is empty, although this library was in use. “photosearch doctor --repair” saves"
                " what can be read.",
                path=str(self.file),
            )

    def close(self) -> None:
        with self._opening:
            everything = list(self._opened)
        for opened in everything:
            opened.close()

    # Folders

    def folders(self) -> list[Folder]:
        """The folders that the person added, by path."""
        rows = self._rows("SELECT path, recurse, exclude FROM folder ORDER BY path")
        return [Folder(os.fsdecode(path), bool(recurse), tuple(json.loads(exclude))) for path, recurse, exclude in rows]

    def add_folder(self, folder: Folder) -> None:
        """Store `folder`, replacing its previous record."""
        with transaction(self.connection):
            self.connection.execute(
                "INSERT OR REPLACE INTO folder (path, recurse, exclude) VALUES (?, ?, ?)",
                (os.fsencode(folder.path), folder.recurse, json.dumps(folder.exclude)),
            )

    # Photos

    def places(self, content_ids: Sequence[int], only: Filter = EVERYTHING) -> dict[int, list[Place]]:
        """Where each content lies, by path, missing files and what `only` keeps back left out; absent: nowhere."""
        found: dict[int, list[Place]] = {}
        where, values = condition(only)
        rows = self._rows(
            # in this order, whatever folder is asked for: that may hold far more photos than these contents
            "SELECT photo.id, content_id, path, state FROM (SELECT value FROM json_each(?)) AS asked"
            " CROSS JOIN photo CROSS JOIN content WHERE content_id = asked.value AND content.id = content_id"
            f" AND state <> 'missing' AND {where} ORDER BY path",
            (json.dumps(list(content_ids)), *values),
        )
        for photo_id, content_id, path, state in rows:
            found.setdefault(content_id, []).append(Place(photo_id, content_id, os.fsdecode(path), state))
        return found

    def find_content(self, file: FoundFile) -> int | None:
        """The content of a photo that is still the file the catalog knows, else None."""
        row = self._row(
            "SELECT content_id FROM photo WHERE path = ? AND size_bytes = ? AND mtime_ns = ?",
            (os.fsencode(file.path), file.size_bytes, file.mtime_ns),
        )
        return row[0] if row else None

    def offline_content(self, path: str) -> int | None:
        """The content of a photo as it was when its drive was last connected; None if that is now, or never was."""
        row = self._row("SELECT content_id FROM photo WHERE path = ? AND state = 'offline'", (os.fsencode(path),))
        return row[0] if row else None

    def has_photo(self, path: str) -> bool:
        """True if the catalog has a row for this path."""
        return self._row("SELECT 1 FROM photo WHERE path = ?", (os.fsencode(path),)) is not None

    def has_photo_below(self, folder: str) -> bool:
        """True if the catalog has a row for any path in this folder or below it."""
        return self._row("SELECT 1 FROM photo WHERE path >= ? AND path < ? LIMIT 1", range_below(folder)) is not None

    def digest_of_photo(self, photo_id: int) -> bytes | None:
        """SHA-256 of a photo's bytes, None if there is no such photo or it is unreadable."""
        row = self._row(
            "SELECT digest FROM content JOIN photo ON content_id = content.id WHERE photo.id = ?", (photo_id,)
        )
        return row[0] if row else None

    def digests_of_photos(self, photo_ids: Collection[int]) -> dict[int, bytes]:
        """SHA-256 of each photo's bytes; one that is gone or unreadable is absent."""
        rows = self._rows(
            "SELECT photo.id, digest FROM photo JOIN content ON content.id = content_id"
            " WHERE photo.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(photo_ids)),),
        )
        return dict(rows)

    def find_digest(self, digest: bytes) -> int | None:
        """The content with these bytes, else None."""
        row = self._row("SELECT id FROM content WHERE digest = ?", (digest,))
        return row[0] if row else None

    def sample(self, count: int) -> list[tuple[FoundFile, bytes]]:
        """Some present photos, by chance, as the catalog knows them, each with the digest of its content."""
        rows = self._rows(
            "SELECT path, size_bytes, mtime_ns, digest FROM photo JOIN content ON content.id = content_id"
            " WHERE state = 'present' ORDER BY random() LIMIT ?",
            (count,),
        )
        return [(FoundFile(os.fsdecode(path), size, mtime), digest) for path, size, mtime, digest in rows]

    def unreadable(self) -> list[Unreadable]:
        """Present files that could not be read, and why."""
        rows = self._rows(
            "SELECT path, unreadable, cause FROM photo WHERE unreadable IS NOT NULL AND state = 'present' ORDER BY path"
        )
        return [Unreadable(os.fsdecode(path), Sentence.restored(reason), cause) for path, reason, cause in rows]

    def incomplete(self) -> list[Incomplete]:
        """Present photos whose files lack a part of them."""
        rows = self._rows(
            "SELECT path, lacking FROM content JOIN photo ON content_id = content.id"
            " WHERE lacking > 0 AND state = 'present' ORDER BY path"
        )
        return [Incomplete(os.fsdecode(path), lacking) for path, lacking in rows]

    def left_out(self) -> list[LeftOut]:
        """Files and folders that the last scan of their place could not look at."""
        rows = self._rows("SELECT path, reason FROM left_out ORDER BY path")
        return [LeftOut(os.fsdecode(path), Sentence.restored(reason)) for path, reason in rows]

    def try_again(self) -> int:
        """Have the next run of indexing try all files that could not be read; return how many."""
        with transaction(self.connection):
            return self.connection.execute("UPDATE photo SET decoders = NULL WHERE content_id IS NULL").rowcount

    def counts(self, encoder_id: int | None = None) -> Counts:
        """Photos by state; `present`, `missing` and `offline` leave the unreadable out. No encoder, none encoded."""
        present, missing, offline = self._rows(
            "SELECT coalesce(sum(state = 'present'), 0), coalesce(sum(state = 'missing'), 0),"
            " coalesce(sum(state = 'offline'), 0) FROM photo WHERE content_id IS NOT NULL"
        )[0]
        if self.is_described(encoder_id):
            return Counts(present, missing, offline, encoded=present)
        encoded = self._rows(
            "SELECT count(*) FROM photo JOIN descriptor USING (content_id) WHERE state = 'present' AND encoder_id = ?",
            (encoder_id,),
        )[0][0]
        return Counts(present, missing, offline, encoded)

    def is_described(self, encoder_id: int | None) -> bool:
        """True if an encoder has described all contents, which is told in a tenth of the time that counting takes."""
        return self._rows(
            "SELECT (SELECT count(*) FROM content) = (SELECT count(*) FROM descriptor WHERE encoder_id = ?)",
            (encoder_id,),
        )[0][0]

    # Descriptors

    def encoder_id(self, bundle: str) -> int:
        """The number of an encoder bundle's vector space, given at first use."""
        row = self._row("SELECT id FROM encoder WHERE bundle = ?", (bundle,))
        if row is None:
            with transaction(self.connection):
                self.connection.execute("INSERT OR IGNORE INTO encoder (bundle) VALUES (?)", (bundle,))
            return self.encoder_id(bundle)
        return row[0]

    def encoders(self) -> set[str]:
        """The encoder bundles that ever had a vector space here."""
        return {bundle for (bundle,) in self._rows("SELECT bundle FROM encoder")}

    def descriptor(self, encoder_id: int, content_id: int) -> NDArray[np.float32] | None:
        """float32[D] of one content, or None if this encoder has not described it."""
        row = self._row(
            "SELECT vector FROM descriptor WHERE encoder_id = ? AND content_id = ?", (encoder_id, content_id)
        )
        return np.frombuffer(row[0], np.float16).astype(np.float32) if row else None

    def count_descriptors(self, encoder_id: int, through: int = 2**62) -> int:
        """The number of descriptors of an encoder whose id is at most `through`."""
        return self._rows("SELECT count(*) FROM descriptor WHERE encoder_id = ? AND id <= ?", (encoder_id, through))[0][
            0
        ]

    def described(self, encoder_id: int, through: int) -> NDArray[np.int64]:
        """The contents, int64[n], of an encoder's descriptors with an id of at most `through`."""
        rows = self._rows("SELECT content_id FROM descriptor WHERE encoder_id = ? AND id <= ?", (encoder_id, through))
        return np.fromiter((content_id for (content_id,) in rows), np.int64, len(rows))

    def last_descriptor(self) -> int:
        """The highest id that any descriptor ever had."""
        row = self._row(f"SELECT seq FROM {self.schema}.sqlite_sequence WHERE name = 'descriptor'", ())
        return row[0] if row else 0

    def last_content(self) -> int:
        """The highest id that any content ever had: an estimate of their number, at no cost."""
        row = self._row(f"SELECT seq FROM {self.schema}.sqlite_sequence WHERE name = 'content'", ())
        return row[0] if row else 0

    def digests(self, content_ids: Sequence[int]) -> dict[int, bytes]:
        """SHA-256 of each content; one that is gone is absent."""
        rows = self._rows(
            "SELECT id, digest FROM content WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(content_ids),)
        )
        return dict(rows)

    def descriptors_after(
        self, encoder_id: int, after: int, limit: int = -1
    ) -> tuple[int, NDArray[np.int64], NDArray[np.float16]]:
        """Descriptors with an id above `after`, oldest first: the last id, content ids int64[n], float16[n,D]."""
        rows = self._rows(
            "SELECT id, content_id, vector FROM descriptor WHERE encoder_id = ? AND id > ? ORDER BY id LIMIT ?",
            (encoder_id, after, limit),
        )
        last = rows[-1][0] if rows else after
        return last, *_stack([(content_id, vector) for _, content_id, vector in rows])

    def descriptors_among(
        self, encoder_id: int, only: Filter, at_most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float16]] | None:
        """Content ids int64[n] and vectors float16[n,D] of what `only` lets through, each once; None if too many."""
        where, values = condition(only)
        among = self._rows(
            "SELECT content_id FROM photo JOIN content ON content.id = content_id"
            f" WHERE state <> 'missing' AND {where} LIMIT ?",
            (*values, at_most + 1),
        )
        return None if len(among) > at_most else self.descriptors(encoder_id, [content for (content,) in among])

    def descriptors(self, encoder_id: int, contents: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Those of some contents, as far as there are any: content ids int64[n], float16[n,D]."""
        rows = self._rows(
            "SELECT content_id, vector FROM descriptor WHERE encoder_id = ?"
            " AND content_id IN (SELECT value FROM json_each(?))",
            (encoder_id, json.dumps(contents)),
        )
        return _stack(rows)

    def photos_with_descriptors(self, encoder_id: int, folder: str | None) -> Iterator[tuple[str, bytes]]:
        """Path and float16 bytes of every described photo that is present, by path."""
        low, high = range_below(folder) if folder else (b"", b"\xff" * 8)
        rows = self.connection.execute(
            "SELECT path, vector FROM photo JOIN descriptor USING (content_id)"
            " WHERE encoder_id = ? AND state = 'present' AND path >= ? AND path < ? ORDER BY path",
            (encoder_id, low, high),
        )
        for path, vector in rows:
            yield os.fsdecode(path), vector

    def check(self) -> list[str]:
        """The faults that SQLite reports in the catalog, in its own words; empty when it is sound."""
        with plain_errors(self.file):
            return find_faults(self.connection)

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with plain_errors(self.file):
            return self.connection.execute(sql, tuple(values)).fetchall()

    def _row(self, sql: str, values: Iterable[object]) -> tuple[Any, ...] | None:
        with plain_errors(self.file):
            return self.connection.execute(sql, tuple(values)).fetchone()


def _stack(rows: list[tuple[int, bytes]]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    """Pairs of content id and vector as arrays."""
    ids = np.fromiter((content_id for content_id, _ in rows), np.int64, len(rows))
    vectors = np.frombuffer(b"".join(vector for _, vector in rows), np.float16)
    return ids, vectors.reshape(len(rows), -1) if rows else vectors.reshape(0, 1)
