"""The folders of a library: what lies in them, what is excluded, and forgetting one."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from photosearch.errors import FolderError
from photosearch.library import Library
from photosearch.models import Filter, Query
from tests.jobs import finish, index
from tests.photos import save_photo


@pytest.fixture
def filled(library: Library, album: Path) -> Library:
    """album/{a.jpg, b.png, broken.jpg} and album/trip/{c.jpg, d.jpg}, of which d is a copy of a."""
    save_photo(album / "a.jpg", 1)
    save_photo(album / "b.png", 2)
    save_photo(album / "trip" / "c.jpg", 3)
    shutil.copy(album / "a.jpg", album / "trip" / "d.jpg")
    (album / "broken.jpg").write_bytes(b"broken")
    index(library, album)
    return library


def paths(library: Library) -> set[str]:
    return {os.path.basename(photo.path) for photo in library.photos.get(library.photos.listing().ids).values()}


def test_directories_formats_and_names_are_counted(filled: Library, album: Path) -> None:
    assert filled.photos.directories() == {str(album): 2, str(album / "trip"): 2}
    assert filled.photos.formats() == {"JPEG": 3, "PNG": 1}
    photos = {
        photo.photo_id: os.path.basename(photo.path)
        for photo in filled.photos.get(filled.photos.listing().ids).values()
    }
    assert {photos[photo_id] for photo_id in filled.photos.named("A")} == {"a.jpg"}
    assert filled.photos.named("") == set(photos)
    assert filled.photos.named("trip") == filled.photos.named("%") == set()
    (album / "a.jpg").unlink()
    index(filled)
    assert filled.photos.directories() == {str(album): 1, str(album / "trip"): 2}
    assert filled.photos.formats() == {"JPEG": 2, "PNG": 1}
    assert filled.photos.named("A") == set()


def test_a_folder_is_forgotten_with_all_that_was_only_in_it(filled: Library, album: Path) -> None:
    photos = list(filled.photos.get(filled.photos.listing().ids).values())
    digests = [filled.catalog.digest_of_photo(photo.photo_id) for photo in photos]
    before = sorted(album.rglob("*"))
    assert finish(filled.remove_folder(str(album))) == 5, "the broken one was a row as well"
    assert sorted(album.rglob("*")) == before
    assert filled.catalog.folders() == []
    assert paths(filled) == set()
    assert filled.catalog.unreadable() == []
    assert filled.catalog.count_descriptors(filled.encoder_id) == 0
    assert [filled.thumbnails.get(digest) for digest in digests if digest] == [None] * 4
    assert filled.similar(Query((str(album / "a.jpg"),), min_score=-1)) == []
    assert index(filled, album).added == 4, "and it may be added again"


def test_what_another_folder_covers_is_kept(filled: Library, album: Path) -> None:
    index(filled, album, album / "trip")
    assert filled.catalog.folders()[1:] == [], "a part of a folder is none of its own"
    finish(filled.remove_folder(str(album)))
    index(filled, album / "trip")
    index(filled, album)
    assert len(filled.catalog.folders()) == 2
    finish(filled.remove_folder(str(album / "trip")))
    assert paths(filled) == {"a.jpg", "b.png", "c.jpg", "d.jpg"}
    index(filled, album)
    finish(filled.remove_folder(str(album)))
    index(filled, album / "trip")
    index(filled, album)
    finish(filled.remove_folder(str(album)))
    assert paths(filled) == {"c.jpg", "d.jpg"}
    assert filled.thumbnails.get(filled.catalog.digest_of_photo(min(filled.photos.named("d"))) or b""), (
        "d has the bytes of a"
    )


def test_a_folder_without_its_subfolders_covers_only_its_own_photos(library: Library, album: Path) -> None:
    save_photo(album / "a.jpg", 1)
    save_photo(album / "trip" / "c.jpg", 2)
    index(library, album / "trip")
    index(library, album, recurse=False)
    save_photo(album / "other" / "d.jpg", 3)
    index(library, album / "other")
    finish(library.remove_folder(str(album / "trip")))
    assert paths(library) == {"a.jpg", "d.jpg"}


def test_an_unknown_folder_cannot_be_forgotten(filled: Library, album: Path) -> None:
    with pytest.raises(FolderError, match="not a folder of the library"):
        finish(filled.remove_folder(str(album / "trip")))
    assert len(paths(filled)) == 4


def test_a_folder_that_is_away_can_be_forgotten(filled: Library, album: Path, tmp_path: Path) -> None:
    album.rename(tmp_path / "unplugged")
    index(filled)
    assert finish(filled.remove_folder(str(album))) == 5
    assert filled.photos.directories() == {}


def test_forgetting_waits_for_another_writer(filled: Library, album: Path) -> None:
    with Library(filled.places.library) as other, other.sole_writer() as waiting:
        list(waiting)
        job = filled.remove_folder(str(album))
        assert next(job).stage == "waiting"
        job.close()
    assert len(paths(filled)) == 4


@pytest.mark.parametrize("exclude, kept", [(["trip"], {"a.jpg", "b.png"}), (["*.png", "c.*"], {"a.jpg", "d.jpg"})])
def test_what_is_excluded_may_be_changed(filled: Library, album: Path, exclude: list[str], kept: set[str]) -> None:
    index(filled, album, exclude=exclude)
    assert paths(filled) == kept
    index(filled)
    assert paths(filled) == kept
    index(filled, album, exclude=[])
    assert paths(filled) == {"a.jpg", "b.png", "c.jpg", "d.jpg"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege here")
def test_a_linked_folder_is_known_by_the_path_that_it_is_listed_with(
    library: Library, album: Path, tmp_path: Path
) -> None:
    save_photo(tmp_path / "elsewhere" / "a.jpg", 1)
    save_photo(album / "b.jpg", 2)
    (album / "link").symlink_to(tmp_path / "elsewhere")
    index(library, album)
    counts = library.photos.directories()
    assert counts == {str(album): 1, str(album / "link"): 1}
    assert {folder: len(library.photos.listing(only=Filter(folder=folder)).ids) for folder in counts} == {
        str(album): 2,
        str(album / "link"): 1,
    }
    (tmp_path / "short").symlink_to(album)
    assert len(library.photos.listing(only=Filter(folder=str(tmp_path / "short"))).ids) == 2
    found = library.similar(Query((str(album / "b.jpg"),), only=Filter(folder=str(album / "link")), min_score=-1))
    assert [os.path.basename(match.path) for match in found] == ["a.jpg"]
