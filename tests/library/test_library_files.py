"""A library whose files are pipes, devices and links, as an archive may bring: nothing waits, or goes elsewhere."""

import gc
import os
import weakref
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from photosearch.errors import LibraryError
from photosearch.gui.work.kept_choices import kept_choices
from photosearch.gui.work.report import reporting
from photosearch.library import Library
from photosearch.models import Query
from photosearch.paths import resources
from photosearch.store import vectors
from photosearch.store.catalog import Catalog
from tests.conftest import Run
from tests.jobs import index
from tests.photos import save_photo

NO_PIPES = pytest.mark.skipif(os.name == "nt", reason="there are no pipes and devices here, and links need a privilege")
NO_HOLES = pytest.mark.skipif(os.name == "nt", reason="files have no holes here unless that is asked for")
PRECIOUS = b"precious\n"


def as_pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def as_device(path: Path, _: Path) -> None:
    path.symlink_to("/dev/zero")


def as_folder(path: Path, _: Path) -> None:
    path.mkdir()


def as_link(path: Path, victim: Path) -> None:
    path.symlink_to(victim)


def as_link_to_nothing(path: Path, victim: Path) -> None:
    path.symlink_to(victim.with_name("made"))


Kind = Callable[[Path, Path], None]


def each_of(*kinds: Kind) -> pytest.MarkDecorator:
    """Do a test with each kind that this system has."""
    marked = [kind if kind is as_folder else pytest.param(kind, marks=NO_PIPES) for kind in kinds]
    return pytest.mark.parametrize("kind", marked)


each = each_of(as_pipe, as_device, as_folder, as_link, as_link_to_nothing)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file elsewhere that nobody may change."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "victim").write_bytes(PRECIOUS)
    return folder / "victim"


@pytest.fixture
def library_folder(run: Run, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a small library with a search index."""
    monkeypatch.setattr("photosearch.encode.encoder.Encoder.measure", lambda *_: 1.0)  # which takes a third of a second
    monkeypatch.setattr(vectors, "YOUNG_LIMIT", 1)
    for seed in range(3):
        save_photo(album / f"{seed}.jpg", seed)
    assert run("index", album)[0] == 0
    return tmp_path / "library"


def make_card(folder: Path) -> Path:
    """A bundle that lacks its model."""
    folder.mkdir()
    card = (resources() / "encoders" / "default" / "encoder.json").read_text()
    (folder / "encoder.json").write_text(card.replace('"name": "', '"name": "own-', 1))
    return folder


def untouched(victim: Path) -> bool:
    return victim.read_bytes() == PRECIOUS and os.listdir(victim.parent) == [victim.name]


@pytest.mark.parametrize("name", ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-journal"])
@each_of(as_pipe, as_device, as_folder, as_link_to_nothing)
def test_a_catalog_that_is_no_file_is_told(name: str, kind: Kind, run: Run, library_folder: Path, victim: Path) -> None:
    (library_folder / name).unlink(missing_ok=True)
    kind(library_folder / name, victim)
    code, out, err = run("status")
    assert (code, out) == (1, "")
    assert f"{name}” is no ordinary file" in err
    assert run("doctor", "--repair")[0] == 1
    assert untouched(victim)


@pytest.mark.parametrize("name", ["thumbnails.sqlite", "thumbnails.sqlite-wal"])
@each_of(as_pipe, as_device, as_link, as_link_to_nothing)
def test_a_thumbnail_cache_that_is_no_file_is_made_anew(
    name: str, kind: Kind, run: Run, library_folder: Path, victim: Path
) -> None:
    cache = library_folder / name
    cache.unlink(missing_ok=True)
    kind(cache, victim)
    assert run("index")[0] == 0
    assert cache.is_file() or name != "thumbnails.sqlite"
    assert not cache.is_symlink()
    assert untouched(victim)


@each_of(as_link, as_link_to_nothing)
def test_a_log_of_the_catalog_that_is_a_link_is_named(kind: Kind, run: Run, library_folder: Path, victim: Path) -> None:
    kind(library_folder / "catalog.sqlite-wal", victim)
    code, _, err = run("status")
    assert code == 1 and "catalog.sqlite-wal” is no ordinary file" in err
    assert untouched(victim)


@each
def test_what_the_window_keeps_goes_nowhere_else(kind: Kind, tmp_path: Path, victim: Path) -> None:
    for name in ("photosearch.log", "crash.txt", "window.ini"):
        kind(tmp_path / name, victim)
    with reporting(tmp_path / "photosearch.log", pytest.fail):
        kept = kept_choices(tmp_path / "window.ini")
        kept.setValue("a", "b")
        kept.sync()
    assert untouched(victim)


@each
def test_a_backup_is_written_to_no_other_place(kind: Kind, tmp_path: Path, victim: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(Catalog(file)) as catalog:
        catalog.connection.execute("PRAGMA user_version = 1")
    kind(tmp_path / "catalog-v1.backup.sqlite", victim)
    with pytest.raises(LibraryError, match="backup"):
        Catalog(file)
    assert untouched(victim)


@NO_HOLES
def test_a_search_index_without_end_is_not_read(run: Run, library_folder: Path, album: Path) -> None:
    for file in list(library_folder.rglob("*.vectors")) + list(library_folder.rglob("*.graph")):
        os.truncate(file, 300 << 30)
    assert run("similar", album / "0.jpg", "--min-score", "-1")[1].count("\n") == 2
    assert not list(library_folder.rglob("*.graph"))  # a matrix is read no further than it was written


@each
def test_an_encoder_whose_model_is_no_file_is_not_added(
    kind: Kind, run: Run, library_folder: Path, tmp_path: Path, victim: Path
) -> None:
    own = make_card(tmp_path / "own")
    kind(own / "model.onnx", victim)
    code, _, err = run("encoders", "add", own)
    assert code == 1
    assert err.count("\n") == 1
    assert list((library_folder / "encoders").iterdir()) == []


@NO_HOLES
def test_an_encoder_without_end_is_neither_copied_nor_read(run: Run, library_folder: Path, tmp_path: Path) -> None:
    own = make_card(tmp_path / "own")
    with (own / "model.onnx").open("wb") as sparse:
        sparse.truncate(300 << 30)
    code, _, err = run("encoders", "add", own)
    assert code == 1
    assert "File too large" in err
    assert list((library_folder / "encoders").iterdir()) == []


def test_a_folder_instead_of_the_lock_is_told(run: Run, library_folder: Path, album: Path) -> None:
    (library_folder / "write.lock").unlink(missing_ok=True)
    (library_folder / "write.lock").mkdir()
    code, _, told = run("index", album)
    assert code == 1
    assert f"cannot be locked for writing: “{library_folder / 'write.lock'}” (" in told
    assert run("status")[0] == 0


def test_a_closed_library_frees_its_index_and_encoder_at_once(tmp_path: Path, album: Path) -> None:
    save_photo(album / "one.jpg")
    gc.disable()  # as circles of references would keep them until it runs
    try:
        with Library(tmp_path / "library") as library:
            index(library, album)
            library.similar(Query((str(album / "one.jpg"),), min_score=-1))
            held = [weakref.ref(part) for part in (library.vectors, library.encoder)]
        assert [part() for part in held] == [None, None]
    finally:
        gc.enable()


def test_moved_folders_are_for_published_libraries_only(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="published library"):
        Library(tmp_path / "own", "cpu", {"/a": "/b"})
