"""Saving a damaged catalog: what can be read is kept, and a failure changes nothing."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from photosearch.errors import CatalogDamaged, LibraryBusy, LibraryError
from photosearch.models import Folder
from photosearch.store import salvage as salvage_module
from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction
from photosearch.store.salvage import salvage
from photosearch.store.tables.labels import Labels
from photosearch.store.thumbnails import Thumbnails

FOLDERS = 2000
cannot_replace_open = pytest.mark.skipif(os.name == "nt", reason="what is open cannot be replaced there")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A catalog of many folders with a page in its middle scribbled over."""
    file = tmp_path / "catalog.sqlite"
    catalog = Catalog(file)
    with transaction(catalog.connection):
        for number in range(FOLDERS):
            row = (f"/an/album/with/a/long/name/{number:04}".encode(), "[]")
            catalog.connection.execute("INSERT INTO folder (path, recurse, exclude) VALUES (?, 1, ?)", row)
    catalog.close()
    with file.open("r+b") as scribbled:
        scribbled.seek(file.stat().st_size // 2 // 4096 * 4096)
        scribbled.write(b"\xaa" * 4096)
    return file


def count_folders(file: Path) -> int:
    catalog = Catalog(file)
    try:
        assert catalog.check() == []
        return len(catalog.folders())
    finally:
        catalog.close()


def test_rows_on_both_sides_of_the_damage_are_kept(damaged: Path) -> None:
    before = damaged.read_bytes()
    kept, _ = salvage(damaged)
    assert kept.read_bytes() == before
    assert FOLDERS * 0.8 < count_folders(damaged) <= FOLDERS
    assert not list(damaged.parent.glob("*partial*"))


@pytest.mark.skipif(not hasattr(os, "SEEK_DATA"), reason="this system tells nothing of holes")
@pytest.mark.parametrize("free_bytes", [10_000_000, 1_000])
def test_a_catalog_of_holes_does_not_fill_the_disk(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, free_bytes: int
) -> None:
    with damaged.open("r+b") as scribbled:
        scribbled.seek(damaged.read_bytes().index(b"CREATE TABLE folder") + 2)
        scribbled.write(b"\xff")
        scribbled.truncate(1 << 40)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free_bytes))
    if free_bytes < 10_000:
        with pytest.raises(LibraryError, match="No space left"):
            salvage(damaged)
    else:
        salvage(damaged)
        assert FOLDERS * 0.8 < count_folders(damaged) <= FOLDERS
    assert not list(damaged.parent.glob("*partial*"))


@cannot_replace_open
def test_rows_that_are_only_in_the_log_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as catalog:
        catalog.connection.execute("INSERT INTO folder (path, recurse, exclude) VALUES (x'2f', 1, '[]')")
        salvage(file)
    assert count_folders(file) == 1


def test_the_catalog_of_an_older_program_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as catalog:
        catalog.connection.execute(
            "INSERT INTO content (digest, format, width, height, sharpness) VALUES (x'00', 'JPEG', 1, 1, 0)"
        )
        catalog.connection.execute("DROP INDEX content_lacking")
        catalog.connection.execute("ALTER TABLE content DROP COLUMN lacking")
    salvage(file)
    with closing(Catalog(file)) as catalog:
        assert catalog.find_digest(b"\0") == 1


@pytest.mark.parametrize("failing", ["_copy", "_drop_wrong", "_keep_copy" if os.name == "nt" else "_swap"])
def test_a_failure_leaves_the_damaged_catalog_in_its_place(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = damaged.read_bytes()
    monkeypatch.setattr(salvage_module, failing, fail)
    with pytest.raises(LibraryError, match="No space left"):
        salvage(damaged)
    assert damaged.read_bytes() == before
    assert not list(damaged.parent.glob("*partial*")) + list(damaged.parent.glob("*-damaged-*"))


def test_a_full_disk_is_not_taken_for_damage(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small(Catalog):
        def __init__(self, file: Path) -> None:
            super().__init__(file)
            self.connection.execute("PRAGMA max_page_count = 30")

    monkeypatch.setattr(salvage_module, "Catalog", Small)
    with pytest.raises(LibraryError, match="full"):
        salvage(damaged)
    assert not list(damaged.parent.glob("*partial*")) + list(damaged.parent.glob("*-damaged-*"))


def test_a_disk_without_links_will_do(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert salvage(damaged)[0].exists()
    assert count_folders(damaged) > FOLDERS * 0.8


def test_a_row_of_a_wrong_type_is_left_out(tmp_path: Path) -> None:
    """Damage in a page need not keep SQLite from reading it."""
    file = tmp_path / "catalog.sqlite"
    Catalog(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'folder'")
        connection.commit()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO folder (path, recurse, exclude) VALUES ('text', 'text', 0.5)")
        connection.execute("INSERT INTO folder (path, recurse, exclude) VALUES (x'2f', 1, '[]')")
        connection.commit()
    salvage(file)
    assert count_folders(file) == 1


WORDS = [
    b"SQLite format",
    b"CREATE TABLE folder",
    b"path BLOB NOT NULL UNIQUE",
    b"tablefolder",
    b"CREATE TABLE content",
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("value", [0xFF, 0x41, 0])
def test_a_byte_in_the_description_of_the_tables_costs_nothing(tmp_path: Path, word: bytes, value: int) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as catalog:
        for number in range(3):
            catalog.add_folder(Folder(f"/{number}"))
        catalog.connection.execute("INSERT INTO label (name, folded) VALUES ('Hut', 'hut')")
    content = bytearray(file.read_bytes())
    for place in re.finditer(re.escape(word), bytes(content)):  # old pages hold it, too, where SQLite left them
        content[place.start() + 2] = value
    file.write_bytes(content)
    try:
        with closing(Catalog(file)) as catalog:
            assert catalog.check() != []
    except CatalogDamaged as told:
        assert "doctor --repair" in str(told)
    salvage(file)
    with closing(Catalog(file)) as catalog:
        assert catalog.check() == []
        assert [folder.path for folder in catalog.folders()] == ["/0", "/1", "/2"]
        assert Labels(catalog).counts() == {"Hut": 0}


@pytest.mark.skipif(os.name != "nt", reason="what is open can be replaced here")
def test_what_is_open_is_not_replaced_and_it_is_said_why(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as window:
        window.add_folder(Folder("/a"))
        with pytest.raises(LibraryError, match="Close every window"):
            salvage(file)
    assert count_folders(file) == 1


@cannot_replace_open
def test_what_is_open_goes_on_with_the_repaired_catalog(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as window:
        window.add_folder(Folder("/a"))
        before = window.connection
        damaged, _ = salvage(file)
        with pytest.raises(LibraryBusy, match="repaired meanwhile"), transaction(before):
            before.execute("INSERT INTO folder (path, recurse, exclude) VALUES (x'2f', 1, '[]')")
        window.add_folder(Folder("/b"))
        assert len(window.folders()) == 2
    assert count_folders(file) == 2
    assert damaged.exists()


def test_an_empty_catalog_of_a_library_in_use_is_told_and_its_backup_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as catalog:
        catalog.add_folder(Folder("/a"))
    shutil.copy(file, tmp_path / "catalog-v5.backup.sqlite")
    Thumbnails(tmp_path / "thumbnails.sqlite").close()
    file.write_bytes(b"")
    with pytest.raises(CatalogDamaged, match="is empty, although"):
        Catalog(file)
    assert salvage(file)[1] == tmp_path / "catalog-v5.backup.sqlite"
    assert count_folders(file) == 1


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE notes (text)")
        other.commit()
    with pytest.raises(LibraryError, match="another program"):
        Catalog(file)
    with closing(sqlite3.connect(file)) as other:
        assert [name for (name,) in other.execute("SELECT name FROM sqlite_schema")] == ["notes"]
