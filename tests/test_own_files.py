"""The files of the library are its owner's alone, and read and replaced with care."""

import errno
import io
import os
import string
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from photosearch.files import make_folders, read_file, read_up_to
from photosearch.library import Library
from photosearch.own_files import replace_file
from tests.conftest import Run
from tests.photos import save_photo, save_sample

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions, which a folder inherits")
LIMIT = 1 << 31


def open_to_others(folder: Path) -> set[str]:
    """The parts of a library that others may use."""
    return {path.name for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077}


@posix_only
def test_no_command_leaves_anything_for_others(album: Path, run: Run, tmp_path: Path) -> None:
    save_sample(album / "1.jpg", 1, (200, 150))
    save_sample(album / "2.jpg", 1, (200, 150))
    before = os.umask(0)
    try:
        for arguments in (
            ("index", album), ("similar", album / "1.jpg", "--sheet", tmp_path / "s.jpg"), ("label", "a", album),
            ("duplicates",), ("encoders", "use", "default-int8"), ("doctor", "--repair"), ("tour",),
            ("duplicates", "--tier", "identical", "--move", tmp_path / "gone", "--yes"), ("undo",),
        ):  # fmt: skip
            assert run(*arguments)[0] == 0
            assert open_to_others(tmp_path / "library") == set(), arguments
    finally:
        os.umask(before)


@posix_only
def test_an_old_library_is_tightened_once(album: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    save_photo(album / "1.jpg", 1)
    run("index", album)
    (folder / ".private").unlink()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert run("status")[0] == 0
    assert open_to_others(folder) == set()
    folder.chmod(0o750)  # the person shares it
    assert run("index")[0] == 0
    assert folder.stat().st_mode & 0o777 == 0o750


@posix_only
def test_photos_in_the_folder_of_a_library_and_behind_links_stay_as_they_are(album: Path, tmp_path: Path) -> None:
    photo, elsewhere = Path(save_photo(album / "1.jpg", 1)), Path(save_photo(tmp_path / "else" / "2.jpg", 2))
    (album / "search").mkdir()
    (album / "search" / "link").symlink_to(elsewhere)
    for path in (album, photo, elsewhere, elsewhere.parent):
        path.chmod(0o755)
    for _ in range(2):
        with Library(album) as library:
            assert library.places.catalog.stat().st_mode & 0o777 == 0o600
        (album / ".private").unlink()
    assert {path.stat().st_mode & 0o777 for path in (album, photo, elsewhere, elsewhere.parent)} == {0o755}
    assert (album / "search").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="there, zeros take room on the disk")
def test_a_file_that_is_too_long_is_not_read_to_find_out(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(2 << 40)
    with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        read_file(tmp_path / "sparse", 1 << 40)


def read_opened(path: Path) -> bytes:
    with path.open("rb") as file:
        return read_up_to(file, LIMIT)


@pytest.mark.parametrize("read", [lambda path: read_file(path, LIMIT), read_opened], ids=["read_file", "read_up_to"])
def test_a_short_file_takes_little_memory(tmp_path: Path, read: Callable[[Path], bytes]) -> None:
    (tmp_path / "short").write_bytes(b"abc" * 1000)
    tracemalloc.start()
    try:
        content = read(tmp_path / "short")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert content == b"abc" * 1000
    assert peak < 1 << 20


def test_the_rest_is_read_up_to_the_limit() -> None:
    file = io.BytesIO(b"abcdef")
    file.seek(2)
    assert read_up_to(file, 3) == b"cde"
    assert read_up_to(file, 3) == b"f"
    assert read_up_to(file, 3) == b""


def test_a_file_that_another_program_has_open_for_a_moment_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b"old")
    with (tmp_path / "settings.json").open("rb") as opened:
        closing = threading.Timer(0.3, opened.close)
        closing.start()
        replace_file(tmp_path / "settings.json", b"new")
        closing.join()
    assert (tmp_path / "settings.json").read_bytes() == b"new"


@pytest.mark.skipif(os.name != "nt", reason="there are no drives here")
def test_a_folder_on_a_drive_that_is_not_there_is_not_made() -> None:
    drive = next(f"{letter}:\\" for letter in reversed(string.ascii_uppercase) if not os.path.exists(f"{letter}:\\"))
    with pytest.raises(OSError, match=drive[0]):
        make_folders(f"{drive}Pictures\\Rome")
