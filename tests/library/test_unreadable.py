"""Files that could not be read: why is remembered, and they are tried again when that may have changed."""

import os
from pathlib import Path

import pytest

from photosearch.library import Library
from tests.conftest import Run
from tests.ingest.dng import save_dng
from tests.jobs import index
from tests.photos import draw_photo, save_photo


@pytest.fixture
def damaged(library: Library, album: Path) -> str:
    """A damaged photo that has been indexed."""
    path = album / "1.jpg"
    path.write_bytes(b"\xff\xd8\xff and nothing more")
    assert [photo.path for photo in index(library, album).unreadable] == [str(path)]
    return str(path)


def remember(library: Library, column: str, value: str) -> None:
    """Let the catalog say something else of why its photos could not be read."""
    library.catalog.connection.execute(f"UPDATE photo SET {column} = ?", (value,))


def tried(library: Library) -> list[str]:
    return [photo.path for photo in index(library).unreadable]


def test_a_damaged_photo_is_tried_once(library: Library, damaged: str) -> None:
    assert tried(library) == []


def test_a_photo_is_tried_again_by_other_decoders(library: Library, damaged: str) -> None:
    remember(library, "decoders", "older ones")
    assert tried(library) == [damaged]
    assert tried(library) == []


@pytest.mark.parametrize("cause", ["disk", "time", "memory"])
def test_a_photo_is_tried_again_where_the_cause_may_have_passed(library: Library, damaged: str, cause: str) -> None:
    remember(library, "cause", cause)
    assert tried(library) == [damaged]


def test_a_decoder_that_cannot_be_loaded_is_no_fault_of_the_photo(
    library: Library, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_dng(album / "1.dng", draw_photo(1, (640, 480)))
    (tmp_path / "rawpy.py").write_text("raise ImportError('DLL load failed: Module not found.')")
    monkeypatch.syspath_prepend(tmp_path)  # which the processes of the decoders take over
    (unreadable,) = index(library, album).unreadable
    assert "cannot be loaded (DLL load failed: Module not found): install" in unreadable.reason
    (tmp_path / "rawpy.py").unlink()
    library.close()
    with Library(library.places.library) as again:
        assert index(again).changed == 1


def test_doctor_tells_what_cannot_be_read_and_tries_it_again(run: Run, album: Path) -> None:
    path = album / "1.jpg"
    path.write_bytes(b"\xff\xd8\xff and nothing more")
    status = path.stat()
    run("index", album)
    assert "✓ photos: 1 cannot be read" in run("doctor")[1]
    good = Path(save_photo(album.parent / "good.jpg")).read_bytes()
    path.write_bytes(good)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "✓ photos: Tried again: 1. Not readable: 0." in run("doctor", "--repair")[1]
    assert "✓ photos: All could be read." in run("doctor")[1]
