"""The library is its owner's alone: what is new, and once what is old; files of another kind stay as they are."""

import errno
import os
from pathlib import Path

import pytest

from photosearch.files import read_file
from photosearch.library import Library
from tests.conftest import Run
from tests.photos import save_photo, save_sample

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions, which a folder inherits")


def open_to_others(folder: Path) -> set[str]:
    """The parts of a library that others may use."""
    return {path.name for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077}


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


def test_a_file_that_is_too_long_is_not_read_to_find_out(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(2 << 40)
    with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        read_file(tmp_path / "sparse", 1 << 40)
