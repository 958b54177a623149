"""Near hashes are found in any orientation, in bounded number, also of what an earlier version indexed."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photosearch.encode.perceptual_hash import HASH_BYTES, orientations
from photosearch.find import hashes
from photosearch.find.hashes import LISTS, MOST_NEAR, REACH, SortedHashes
from photosearch.library import Library
from photosearch.store.tables.hashes import count_without_hash
from tests.jobs import finish, index
from tests.photos import open_sample, save_sample

COUNT = 2_000


def draw(count: int, seed: int = 1) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (count, HASH_BYTES), np.uint8)


def near(known: NDArray[np.uint8]) -> list[tuple[int, int, int]]:
    found = SortedHashes(known).near(np.arange(len(known)))
    return list(zip(*(column.tolist() for column in found), strict=True))


@pytest.mark.parametrize("orientation", range(8))
def test_copies_are_found_in_each_orientation_and_nothing_else(orientation: int) -> None:
    known, random = draw(COUNT), np.random.default_rng(2)
    copies = orientations(known[:50])[orientation]
    for copy in copies:
        for bit in random.choice(8 * HASH_BYTES, 20, replace=False):
            copy[bit // 8] ^= 1 << bit % 8
    found = near(np.concatenate([known, copies]))
    pairs = {(min(one, other), max(one, other)): bits for one, other, bits in found}
    assert pairs.keys() <= {(number, COUNT + number) for number in range(50)}
    assert len(pairs) >= 49
    assert set(pairs.values()) == {20}


def test_the_number_is_bounded_where_all_are_alike() -> None:
    known = np.repeat(draw(1), COUNT, axis=0)
    known[:, 0] = np.arange(COUNT) % 256
    found = near(known)
    assert len(found) == len(set(found))
    assert max(np.bincount([one for one, _, _ in found])) <= min(MOST_NEAR, 8 * LISTS * 2 * REACH)
    assert {one for one, _, _ in found} == set(range(COUNT)), "and each finds some"
    assert all(one != other for one, other, _ in found)


def test_no_hashes_and_one_are_near_to_nothing() -> None:
    assert near(draw(1)) == []


@pytest.fixture
def turned(library: Library, album: Path) -> Library:
    """A photo and its copy upside down, among others."""
    for number in range(4):
        save_sample(album / f"{number}.jpg", number, (400, 300))
    open_sample(1, (400, 300)).transpose(Image.Transpose.ROTATE_180).save(album / "turned.png")
    index(library, album)
    return library


def near_names(library: Library) -> set[frozenset[str]]:
    rows = library.catalog.connection.execute(
        "SELECT a.path, b.path FROM near_hash JOIN photo AS a ON a.content_id = one JOIN photo AS b ON"
        " b.content_id = other"
    )
    return {frozenset(Path(path.decode()).name for path in row) for row in rows}


def test_a_photo_and_its_turned_copy_are_compared(turned: Library) -> None:
    found = finish(turned.duplicates())
    assert near_names(turned) == {frozenset({"1.jpg", "turned.png"})}
    assert [{Path(member.photo.path).name for member in group.photos} for group in found.groups] == [
        {"1.jpg", "turned.png"}
    ]


def test_an_older_library_is_hashed_from_its_thumbnails_and_goes_on_where_it_was_stopped(
    turned: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned.catalog.connection.execute("DELETE FROM perceptual_hash")
    for file in album.iterdir():
        file.rename(file.with_suffix(".away"))  # only the thumbnails are there
    monkeypatch.setattr(hashes, "STEP", 2)
    job = turned.duplicates()
    next(job)
    job.close()
    assert count_without_hash(turned.catalog) == 3
    finish(turned.duplicates())
    assert count_without_hash(turned.catalog) == 0
    assert near_names(turned) == {frozenset({"1.jpg", "turned.png"})}


def test_a_damaged_thumbnail_has_no_hash_and_stops_nothing(turned: Library, album: Path) -> None:
    turned.catalog.connection.execute("DELETE FROM perceptual_hash")
    digest = turned.catalog.digests([1])[1]
    turned.thumbnails.discard([digest])
    turned.thumbnails.put([(digest, b"damaged")])
    index(turned, album)
    assert count_without_hash(turned.catalog) == 1


def test_another_method_searches_anew(turned: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(turned.duplicates())
    monkeypatch.setattr(hashes, "METHOD", hashes.METHOD + 1)
    turned.catalog.connection.execute("UPDATE near_hash SET distance = 63")
    finish(turned.duplicates())
    assert turned.catalog.connection.execute("SELECT max(distance) FROM near_hash").fetchone()[0] < 63
