"""Listing a library: orders, months, filters, rows by id."""

import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from photosearch.library import Library
from photosearch.models import Filter, Order, Section
from tests.jobs import index
from tests.photos import make_exif, save_photo


@pytest.fixture
def listed(library: Library, album: Path) -> Library:
    """Five photos, of which three say when they were taken, one that cannot be read and one that is gone."""
    save_photo(album / "Apple.jpg", 0, (200, 100), make_exif(taken_at="2024:05:06 07:08:09"))
    save_photo(album / "sub" / "banana.jpg", 1, (40, 30), make_exif(taken_at="2024:05:31 23:59:59"))
    save_photo(album / "sub" / "Älpler.png", 2, exif=make_exif(taken_at="2023:12:24 18:00:00"))
    for name, day in (("cherry.jpg", datetime(2024, 5, 7)), ("älter.jpg", datetime(2021, 1, 1, 12))):
        path = save_photo(album / name, 3 + len(name))
        os.utime(path, (day.timestamp(), day.timestamp()))
    (album / "broken.jpg").write_bytes(b"no photo")
    save_photo(album / "gone.jpg", 9)
    index(library, album)
    (album / "gone.jpg").unlink()
    index(library)
    return library


def names(library: Library, order: Order = "newest", only: Filter | None = None) -> list[str]:
    listing = library.photos.listing(order, only or Filter())
    assert sum(section.count for section in listing.sections) == len(listing.ids)
    photos = library.photos.get(listing.ids)
    return [Path(photos[photo_id].path).name for photo_id in listing.ids]


def test_photos_are_listed_by_time_in_months(listed: Library) -> None:
    by_time = ["banana.jpg", "cherry.jpg", "Apple.jpg", "Älpler.png", "älter.jpg"]
    assert names(listed) == by_time
    months = (Section("2024-05", 3), Section("2023-12", 1), Section("2021-01", 1))
    assert listed.photos.listing().sections == months
    assert names(listed, "oldest") == by_time[::-1]
    assert listed.photos.listing("oldest").sections == months[::-1]


def test_photos_are_listed_by_name_and_by_size(listed: Library) -> None:
    assert names(listed, "name") == ["Apple.jpg", "banana.jpg", "cherry.jpg", "Älpler.png", "älter.jpg"]
    assert listed.photos.listing("name").sections == (Section("", 5),)
    largest = names(listed, "largest")
    photos = {Path(photo.path).name: photo for photo in listed.photos.get(listed.photos.listing().ids).values()}
    sizes = [photos[name].size_bytes for name in largest]
    assert sizes == sorted(sizes, reverse=True)
    assert names(listed, "smallest") == largest[::-1]


@pytest.mark.parametrize(
    "since, until, expected",
    [
        ("2024-05-07", None, ["banana.jpg", "cherry.jpg"]),
        ("2024-05-06", "2024-05-06", ["Apple.jpg"]),
        ("2024-05-07", "2024-05-07", ["cherry.jpg"]),
        (None, "2024-05-06", ["Apple.jpg", "Älpler.png", "älter.jpg"]),
        ("0001-01-01", "9999-12-31", ["banana.jpg", "cherry.jpg", "Apple.jpg", "Älpler.png", "älter.jpg"]),
        ("2025-01-01", "2024-01-01", []),
    ],
)
def test_days_are_included_at_both_ends(
    listed: Library, since: str | None, until: str | None, expected: list[str]
) -> None:
    assert names(listed, only=Filter(since=since, until=until)) == expected


def test_filters_of_folder_and_format_work_together(listed: Library, album: Path) -> None:
    sub = str(album / "sub")
    assert names(listed, only=Filter(folder=sub)) == ["banana.jpg", "Älpler.png"]
    assert names(listed, only=Filter(folder=str(album / "su"))) == []
    assert names(listed, only=Filter(formats=("PNG",))) == ["Älpler.png"]
    assert names(listed, "name", Filter(folder=sub, formats=("JPEG", "WEBP"))) == ["banana.jpg"]
    assert listed.photos.listing(only=Filter(formats=("GIF",))).sections == ()


def test_filters_of_camera_and_size(library: Library, album: Path) -> None:
    save_photo(album / "canon.jpg", 1, (400, 300), make_exif(make="Canon", model="EOS R5"))
    save_photo(album / "phone.jpg", 2, (40, 30), make_exif(make="Phone", model="One"))
    save_photo(album / "scan.png", 3, (40, 30))
    index(library, album)
    cameras = library.photos.cameras()
    assert sorted(cameras.values()) == [1, 1]
    canon = next(name for name in cameras if "R5" in name)
    assert names(library, only=Filter(camera=canon)) == ["canon.jpg"]
    size = (album / "canon.jpg").stat().st_size
    assert names(library, only=Filter(least_bytes=size)) == ["canon.jpg"]
    assert names(library, "name", Filter(most_bytes=size - 1)) == ["phone.jpg", "scan.png"]
    assert names(library, only=Filter(camera=canon, most_bytes=size - 1)) == []


def test_a_photo_is_read_by_its_id(listed: Library, album: Path) -> None:
    photo = next(
        photo for photo in listed.photos.get(listed.photos.listing().ids).values() if photo.path.endswith("Apple.jpg")
    )
    assert (photo.path, photo.state, photo.shot_at) == (str(album / "Apple.jpg"), "present", "2024-05-06T07:08:09")
    assert photo.size_bytes == (album / "Apple.jpg").stat().st_size
    assert (photo.facts.width, photo.facts.height) == (200, 100)
    assert listed.photos.get([photo.photo_id, 10**9]) == {photo.photo_id: photo}
    assert listed.photos.thumbnail(photo) is not None


def test_photos_of_a_drive_that_is_away_are_listed(listed: Library, album: Path, tmp_path: Path) -> None:
    album.rename(tmp_path / "unplugged")
    index(listed)
    photos = listed.photos.get(listed.photos.listing().ids)
    assert len(photos) == 5
    assert {photo.state for photo in photos.values()} == {"offline"}


def test_an_empty_library_lists_nothing(library: Library) -> None:
    for order in ("newest", "name", "largest"):
        listing = library.photos.listing(order)
        assert (list(listing.ids), listing.sections) == ([], ())


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are always text here")
def test_a_name_that_is_no_text_is_listed(library: Library, album: Path) -> None:
    save_photo(album / "plain.png", 1)
    os.rename(album / "plain.png", os.fsencode(album) + b"/caf\xe9.png")
    index(library, album)
    assert names(library, "name") == ["caf\udce9.png"]


def test_listing_all_photos_reads_indexes_alone(library: Library, album: Path) -> None:
    save_photo(album / "1.jpg")
    index(library, album)
    asked = list[str]()
    library.catalog.connection.set_trace_callback(asked.append)
    for order in ("newest", "oldest", "largest", "smallest"):
        assert names(library, order) == ["1.jpg"]
    assert names(library, only=Filter(since="2000-01-01", formats=("JPEG",))) == ["1.jpg"]
    assert library.photos.formats() == {"JPEG": 1}
    library.catalog.connection.set_trace_callback(None)
    for sql in (sql for sql in asked if "path" not in sql):  # which rows are asked for one by one
        told = [step for *_, step in library.catalog.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        steps = [step for step in told if step.split(" ")[0] in ("SCAN", "SEARCH") and "json_each" not in step]
        assert steps, sql
        assert all("COVERING INDEX" in step for step in steps), told
