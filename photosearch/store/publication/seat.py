"""A seat: a published library that is read only, with labels and decisions of its own beside it.

The seat's own database holds the tables that a person here may change. The published catalog is attached to it, so that
every other name means what was published. Where folders lie elsewhere on this computer, a third database, made once for
a snapshot, holds the photos with the paths that they have here, and comes before the published one.
"""

import hashlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from photosearch.errors import CatalogTooNew, LibraryBusy, LibraryError
from photosearch.own_files import make_folder
from photosearch.paths import moved, shown
from photosearch.sentences import system_reason
from photosearch.store.catalog import Catalog
from photosearch.store.database import (
    Connection,
    connect,
    migrate,
    newest_schema,
    plain_errors,
    schema_version,
    transaction,
)
from photosearch.store.index.stamp import Stamp
from photosearch.store.lock import sole_writer
from photosearch.store.publication.snapshots import Publication, Snapshot, read_publication
from photosearch.store.thumbnails import Thumbnails

OWN_TABLES = ("label", "labelled", "refused", "judged", "ruling", "ruling_photo", "decision", "cluster", "metric")
MOVED_TABLES = ("folder", "photo", "left_out")  # those that hold paths
FIRST_OWN_ID = 1 << 40  # of decisions made here, so that they never share a number with published ones
Moves = Mapping[str, str]  # folders as the publisher sees them, and as they are seen here


class SeatCatalog(Catalog):
    """The catalog of a published library as it is in one snapshot."""

    is_published = True
    schema = "published"

    def __init__(self, file: Path, folder: Path, moves: Moves) -> None:
        """`file`: the seat's own database; `folder`: what the library was published to. Raises LibraryError."""
        self.folder = folder
        self._moves = dict(moves)
        self._take(read_publication(folder))
        super().__init__(file)

    @property
    def snapshot(self) -> Snapshot:
        """What is read."""
        return self.publication.present

    def require_writable(self) -> None:
        raise LibraryError(
            "This library was published to “{path}” to be read. Photos are added, changed and cleared away where it"
            " was published from.",
            path=shown(str(self.folder)),
        )

    def published_index(self, encoder: str) -> Stamp | None:
        return self.snapshot.index if encoder == self.snapshot.encoder else None

    def follow(self) -> bool:
        """Read the snapshot that was published last; False where it is read already. Raises LibraryError."""
        found = read_publication(self.folder)
        if found.id != self.publication.id:
            raise LibraryError(
                "Another library was published to “{path}” meanwhile; close Photosearch and open it again.",
                path=shown(str(self.folder)),
            )
        if found.present == self.snapshot:
            return False
        self._make_files(found.present)
        self._take(found)  # from now on, all threads read that one
        self._adopt()
        return True

    def _take(self, publication: Publication) -> None:
        self.publication = publication
        self.published_encoder, self.published_at = self.snapshot.encoder, self.snapshot.made_at

    def encoder_id(self, bundle: str) -> int:
        """The number of an encoder's vector space; -1 of one that was not in use when the library was published."""
        row = self._row("SELECT id FROM encoder WHERE bundle = ?", (bundle,))
        return row[0] if row else -1

    def check(self) -> list[str]:
        with plain_errors(self.file):
            found = [row[0] for schema in ("main", "published") for row in self._quick_check(schema)]
        return [each for each in found if each != "ok"]

    def _quick_check(self, schema: str) -> Iterable[tuple[str]]:
        return self.connection.execute(f"PRAGMA {schema}.quick_check(10)")

    def _prepare(self) -> None:
        self._make_files(self.snapshot)
        self._adopt()

    def _make_files(self, snapshot: Snapshot) -> None:
        """Make what a snapshot needs here; raises LibraryError where it cannot be read."""
        _require_same_schema(snapshot, self.folder)
        _require_whole(self.folder / snapshot.catalog, snapshot)
        make_folder(self.file.parent)
        with sole_writer(self.file.with_suffix(".lock")) as waiting:
            for _ in waiting:
                pass
            if not _is_current(self.file):
                _make_own(self.file)
            if self._moves:
                _make_moved(self._moved_file(snapshot), self.folder / snapshot.catalog, self._moves)

    def _moved_file(self, snapshot: Snapshot) -> Path:
        told = repr((snapshot.catalog, sorted(self._moves.items())))
        return self.file.with_name(f"photos-{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}.sqlite")

    def _connect(self) -> Connection:
        connection, snapshot = connect(self.file, uri=True), self.snapshot
        try:
            with plain_errors(self.file):
                if self._moves:
                    connection.execute("ATTACH ? AS moved", (_for_reading(self._moved_file(snapshot)),))
                connection.attached = snapshot.catalog
                connection.execute("ATTACH ? AS published", (_for_reading(self.folder / connection.attached),))
                _count_labels(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_outdated(self, connection: Connection) -> bool:
        return connection.attached != self.snapshot.catalog or super()._is_outdated(connection)

    def _adopt(self) -> None:
        """Take over the labels and decisions that were published since the last snapshot read here.

        What is taken from a photo here stays taken, and a decision made here comes after a published one.
        """
        connection = self.connection
        with transaction(connection):
            read = dict(connection.execute("SELECT name, through FROM seat"))
            if read.get("snapshot") == self.snapshot.number:
                return
            through = {name: read.get(name, 0) for name in READ_THROUGH}
            for sql in TAKEN_OVER:
                connection.execute(sql, through)
            for name, last in through.items():
                sql = f"INSERT OR REPLACE INTO seat SELECT ?, max(?, coalesce(max(id), 0)) FROM published.{name}"
                connection.execute(sql, (name, last))
            connection.execute("INSERT OR REPLACE INTO seat VALUES ('snapshot', ?)", (self.snapshot.number,))
        kept = {self._moved_file(snapshot) for snapshot in self.publication.snapshots}  # others may still read them
        for file in self.file.parent.glob("photos-*.sqlite"):
            if file not in kept:
                with suppress(OSError):  # Windows keeps one that is read
                    file.unlink()


READ_THROUGH = ("labelled", "refused", "judged", "ruling", "decision", "cluster")
TAKEN_OVER = (
    "INSERT INTO label (name, folded) SELECT name, folded FROM published.label AS told WHERE folded NOT IN"
    " (SELECT folded FROM main.label) AND EXISTS (SELECT 1 FROM published.labelled WHERE label_id = told.id AND"
    " labelled.id > :labelled)",
    "INSERT OR IGNORE INTO labelled (label_id, digest) SELECT own.id, told.digest FROM published.labelled AS told"
    " JOIN published.label AS theirs ON theirs.id = told.label_id JOIN main.label AS own USING (folded)"
    " WHERE told.id > :labelled ORDER BY told.id",
    "UPDATE label SET photos = (SELECT count(*) FROM labelled JOIN content USING (digest) JOIN photo ON"
    " content_id = content.id WHERE label_id = label.id AND state <> 'missing')",
    "INSERT OR IGNORE INTO refused (label_id, digest) SELECT own.id, told.digest FROM published.refused AS told"
    " JOIN published.label AS theirs ON theirs.id = told.label_id JOIN main.label AS own USING (folded)"
    " WHERE told.id > :refused AND (own.id, told.digest) NOT IN (SELECT label_id, digest FROM main.labelled)",
    "INSERT OR IGNORE INTO judged (one, other, same) SELECT one, other, same FROM published.judged WHERE id > :judged",
    "INSERT INTO ruling SELECT * FROM published.ruling WHERE id > :ruling",
    "INSERT INTO decision SELECT * FROM published.decision WHERE id > :decision",
    "INSERT INTO ruling_photo (ruling_id, photo_id, path, keeper_id, by_hand) SELECT ruling_id, photo_id, path,"
    " keeper_id, by_hand FROM published.ruling_photo WHERE ruling_id > :ruling",
    "INSERT INTO cluster (kept_by, folder, level, name, members) SELECT kept_by, folder, level, name, members"
    " FROM published.cluster WHERE id > :cluster",
)


class SeatThumbnails(Thumbnails):
    """The thumbnails of a snapshot; none is added."""

    def __init__(self, folder: Path, snapshot: Snapshot) -> None:
        """Raises LibraryError."""
        self._folder = folder
        self._lock = threading.Lock()
        self._packs: dict[str, sqlite3.Connection] = {}
        self.follow(snapshot)

    def follow(self, snapshot: Snapshot) -> None:
        """Read those of another snapshot from now on; raises LibraryError."""
        with self._lock:
            before, self._packs = self._packs, {}
            for pack in reversed(snapshot.packs):  # the smallest first, which are quick to ask
                with plain_errors(self._folder / pack.file):
                    self._packs[pack.file] = before.pop(pack.file, None) or sqlite3.connect(
                        _for_reading(self._folder / pack.file), uri=True, check_same_thread=False
                    )
            for pack in before.values():
                pack.close()

    def get(self, digest: bytes) -> bytes | None:
        """The thumbnail of a content, or None if it was not published, or cannot be read."""
        with self._lock:
            for pack in self._packs.values():
                with suppress(sqlite3.Error):
                    row = pack.execute("SELECT jpeg FROM thumbnail WHERE digest = ?", (digest,)).fetchone()
                    if row:
                        return row[0]
        return None

    def put(self, thumbnails: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep none: a photo that lacks one is decoded when it is shown."""

    def discard(self, digests: Iterable[bytes]) -> None:
        """Forget none."""

    def check(self) -> bool:
        """True if all packs are sound."""
        with suppress(sqlite3.Error), self._lock:
            return all(pack.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" for pack in self._packs.values())
        return False

    def clear(self) -> None:
        """Clear nothing."""

    def close(self) -> None:
        for pack in self._packs.values():
            pack.close()


def _require_same_schema(snapshot: Snapshot, folder: Path) -> None:
    newest = newest_schema()
    if snapshot.schema > newest:
        raise CatalogTooNew(
            "“{path}” was published by a newer Photosearch. Update the program to open it.", path=shown(str(folder))
        )
    if snapshot.schema < newest:
        raise LibraryError(
            "“{path}” was published by an older Photosearch. Publish it anew with this version.",
            path=shown(str(folder)),
        )


def _require_whole(file: Path, snapshot: Snapshot) -> None:
    """Raise LibraryError if a published catalog is not there, or is not what its snapshot says."""
    try:
        with closing(sqlite3.connect(_for_reading(file), uri=True)) as connection:
            is_whole = schema_version(connection) == snapshot.schema
    except (sqlite3.Error, LibraryError):
        is_whole = False
    if not is_whole:
        raise LibraryError(
            "The published catalog “{path}” cannot be read. Publish the library anew where that does not pass.",
            path=shown(str(file)),
        )


def _is_current(file: Path) -> bool:
    if not file.exists():
        return False
    with closing(connect(file)) as connection:
        return schema_version(connection) == newest_schema()


def _count_labels(connection: Connection) -> None:
    """Keep the numbers of photos that carry a label up to date, by the catalog's own triggers.

    They are temporary, as only such may look into a database beside their own.
    """
    sql = "SELECT sql FROM published.sqlite_schema WHERE type = 'trigger' AND tbl_name = 'labelled'"
    for (trigger,) in connection.execute(sql).fetchall():
        temporary = trigger.replace("CREATE TRIGGER", "CREATE TEMP TRIGGER", 1)
        connection.execute(temporary.replace(" ON labelled", " ON main.labelled", 1))


@contextmanager
def _in_place_of(file: Path) -> Generator[Path]:
    """Make a database in the file that is given; then it takes the place of `file`. Raises LibraryError."""
    partial = file.with_name(f"{file.stem}.{secrets.token_hex(8)}.partial")
    try:
        yield partial
        os.replace(partial, file)
    except OSError as error:
        raise LibraryError(
            "“{path}” cannot be made: {reason}.", path=shown(str(file)), reason=system_reason(error)
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def _make_own(file: Path) -> None:
    """Make the seat's database in the form of this version, with what the one before holds."""
    with _in_place_of(file) as partial, closing(connect(partial)) as made:
        migrate(made, partial)
        made.execute("PRAGMA foreign_keys = OFF")  # tables that others refer to are dropped
        with transaction(made):
            for (name,) in made.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                made.execute(f"DROP TRIGGER {name}")
            tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            for (name,) in made.execute(tables).fetchall():
                if name not in OWN_TABLES:
                    made.execute(f"DROP TABLE {name}")
            made.execute("CREATE TABLE seat (name TEXT PRIMARY KEY, through INTEGER NOT NULL) STRICT")
            for name in ("ruling", "decision"):
                made.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, FIRST_OWN_ID))
        if file.exists():
            _end_log(file)
            _copy_own(made, file)
        made.execute("PRAGMA journal_mode = DELETE")


def _end_log(file: Path) -> None:
    """Leave no log beside a database that is to be replaced, as it would be taken for that of the next one.

    Raises LibraryBusy while another process has it open.
    """
    with closing(connect(file)) as connection, plain_errors(file):
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise LibraryBusy("Another Photosearch has this library open; close it first, as it is of an older version.")


def _copy_own(made: sqlite3.Connection, file: Path) -> None:
    made.execute("ATTACH ? AS before", (os.fspath(file),))
    with transaction(made):
        for name in (*OWN_TABLES, "seat"):
            columns = "SELECT name FROM pragma_table_info(?, 'before') INTERSECT SELECT name FROM pragma_table_info(?)"
            if shared := ", ".join(row[0] for row in made.execute(columns, (name, name))):  # else it is a new table
                made.execute(f"INSERT INTO main.{name} ({shared}) SELECT {shared} FROM before.{name}")
    made.execute("DETACH before")


def _make_moved(file: Path, published: Path, moves: Moves) -> None:
    """Make the database of the photos with their paths here, unless it is there."""
    if file.exists():
        return
    with (
        _in_place_of(file) as partial,
        plain_errors(published),
        closing(sqlite3.connect(partial, isolation_level=None, uri=True)) as made,
    ):
        made.create_function("moved", 1, lambda path: os.fsencode(moved(os.fsdecode(path), moves)), deterministic=True)
        made.execute("ATTACH ? AS published", (_for_reading(published),))
        made.execute("PRAGMA synchronous = OFF")
        made.execute("BEGIN")
        names = ",".join("?" * len(MOVED_TABLES))
        sql = f"SELECT type, sql FROM published.sqlite_schema WHERE tbl_name IN ({names}) AND sql IS NOT NULL"
        parts = made.execute(sql, MOVED_TABLES).fetchall()
        for create in (sql for kind, sql in parts if kind == "table"):
            made.execute(create)
        for table in MOVED_TABLES:
            columns = [row[0] for row in made.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            given = ", ".join("moved(path)" if column == "path" else column for column in columns)
            made.execute(f"INSERT OR IGNORE INTO main.{table} SELECT {given} FROM published.{table}")
        for create in (sql for kind, sql in parts if kind == "index"):
            made.execute(create)
        made.execute("COMMIT")


def _for_reading(file: Path) -> str:
    """The address of a database that nobody changes: SQLite then locks nothing, which a network drive may not allow."""
    path = file.absolute().as_posix()
    path = path if path.startswith("/") else "/" + path  # C:/…; of //server/share the host stays empty
    return f"file://{quote(os.fsencode(path))}?mode=ro&immutable=1"
