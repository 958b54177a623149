"""The catalog file itself: made, migrated, refused, restored."""

import os
import shutil
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from photosearch.errors import CatalogDamaged, CatalogTooNew, LibraryBusy, LibraryError
from photosearch.models import Folder, Unreadable
from photosearch.store import database
from photosearch.store.catalog import Catalog
from photosearch.store.database import connect, plain_errors, transaction


def make_catalog(file: Path) -> None:
    catalog = Catalog(file)
    catalog.add_folder(Folder("/album"))
    catalog.close()


def add_step(schema: Path, script: str) -> int:
    """Make a folder of all migrations and one more; return the number of the last one there is."""
    shutil.copytree(database.SCHEMA, schema)
    newest = max(int(step.stem) for step in schema.glob("*.sql"))
    (schema / f"{newest + 1:04}.sql").write_text(script)
    return newest


def first_steps(schema: Path, last: int) -> Path:
    """A folder of the migrations up to `last`."""
    shutil.copytree(database.SCHEMA, schema)
    for step in schema.glob("*.sql"):
        if int(step.stem) > last:
            step.unlink()
    return schema


def test_a_newer_catalog_is_refused(tmp_path: Path) -> None:
    make_catalog(tmp_path / "catalog.sqlite")
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(CatalogTooNew, match="newer Photosearch"):
        Catalog(tmp_path / "catalog.sqlite")


def test_a_file_that_is_no_catalog_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"this is not SQLite" * 500)
    with pytest.raises(CatalogDamaged, match="doctor --repair"):
        Catalog(tmp_path / "catalog.sqlite")


def test_a_library_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be made"):
        Catalog(tmp_path / "file" / "catalog.sqlite")


def test_migrating_keeps_a_copy_and_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_catalog(tmp_path / "catalog.sqlite")
    schema = tmp_path / "schema"
    newest = add_step(schema, "CREATE TABLE another (name TEXT NOT NULL) STRICT;")
    monkeypatch.setattr(database, "SCHEMA", schema)
    catalog = Catalog(tmp_path / "catalog.sqlite")
    assert [folder.path for folder in catalog.folders()] == ["/album"]
    assert catalog.connection.execute("SELECT count(*) FROM another").fetchone() == (0,)
    catalog.close()
    with closing(sqlite3.connect(tmp_path / f"catalog-v{newest}.backup.sqlite")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (newest,)
        assert backup.execute("SELECT count(*) FROM folder").fetchone() == (1,)


def test_what_an_older_program_could_not_read_is_known_with_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalog.sqlite"
    with monkeypatch.context() as patched:
        patched.setattr(database, "SCHEMA", first_steps(tmp_path / "schema", 5))
        make_catalog(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO photo (path, size_bytes, mtime_ns, state, unreadable, transient)"
            " VALUES (?, 1, 1, 'present', 'Why', ?)",
            [(b"/album/1.jpg", 0), (b"/album/2.jpg", 1)],
        )
    catalog = Catalog(file)
    assert catalog.unreadable() == [
        Unreadable("/album/1.jpg", "Why", "photo"),
        Unreadable("/album/2.jpg", "Why", "disk"),
    ]
    catalog.close()


def test_a_migration_that_fails_leaves_the_old_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_catalog(tmp_path / "catalog.sqlite")
    schema = tmp_path / "schema"
    newest = add_step(schema, "CREATE TABLE one (a INTEGER) STRICT;\nCREATE TABLE folder (b INTEGER) STRICT;")
    monkeypatch.setattr(database, "SCHEMA", schema)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Catalog(tmp_path / "catalog.sqlite")
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (newest,)
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'one'").fetchone() == (0,)


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "one.sqlite")) as connection:
        connection.execute("CREATE TABLE number (n INTEGER) STRICT")
        with pytest.raises(ValueError, match="half-way"), transaction(connection):
            connection.execute("INSERT INTO number VALUES (1)")
            raise ValueError("half-way")
        assert connection.execute("SELECT count(*) FROM number").fetchone() == (0,)


def test_two_writers_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.01)
    file = tmp_path / "one.sqlite"
    refused = pytest.raises(LibraryBusy, match="Another Photosearch")
    with closing(connect(file)) as one, closing(connect(file)) as other, transaction(one), refused, transaction(other):
        pass


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "one.sqlite")) as connection:
        connection.execute("CREATE TABLE big (b BLOB) STRICT")
        connection.execute("PRAGMA max_page_count = 10")
        with pytest.raises(LibraryError, match="library is full"), transaction(connection):
            connection.execute("INSERT INTO big VALUES (zeroblob(1000000))")


@pytest.mark.parametrize(("free_bytes", "told"), [(0, "library is full"), (1 << 30, "disk I/O error")])
def test_a_disk_too_full_to_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_bytes: int, told: str
) -> None:
    no_room_for_the_log = sqlite3.OperationalError("disk I/O error")
    no_room_for_the_log.sqlite_errorcode = 4874  # SQLITE_IOERR_SHMSIZE
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free_bytes))
    with pytest.raises(LibraryError, match=told), plain_errors(tmp_path / "catalog.sqlite"):
        raise no_room_for_the_log


@pytest.mark.skipif(sys.platform != "linux", reason="open files are not listed here")
def test_threads_that_end_leave_no_file_open(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "catalog.sqlite")) as catalog:
        catalog.add_folder(Folder("/album"))
        counts = list[int]()
        for _ in range(4):
            reader = Thread(target=catalog.folders)
            reader.start()
            reader.join()
            counts.append(len(os.listdir("/proc/self/fd")))
        assert counts == counts[:1] * 4
        with ThreadPoolExecutor(1) as pool:  # a thread that goes on keeps its own, until the catalog is closed
            first, second = (pool.submit(lambda: catalog.connection).result() for _ in range(2))
            assert first is second is not catalog.connection
            catalog.close()
            with pytest.raises(sqlite3.ProgrammingError, match="closed"):
                first.execute("SELECT 1")


@pytest.mark.parametrize("part", ["folder", "file"])
def test_a_library_that_can_only_be_read_is_told(tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "catalog.sqlite"
    make_catalog(file)
    allowed, only_read = os.access, tmp_path if part == "folder" else file  # root may write anywhere but there
    monkeypatch.setattr(os, "access", lambda path, mode: path != only_read and allowed(path, mode))
    with pytest.raises(LibraryError, match="can only be read"):
        Catalog(file)
