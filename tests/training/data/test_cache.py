"""Photos decoded once, and what a later run takes over."""

import io
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from photosearch.encode.preprocess import fit
from photosearch.errors import FolderError
from photosearch.training.data.cache import Cache, fill_cache
from tests.photos import draw_photo

SIDE = 20


class Photos:
    """JPEGs by number, some of which cannot be read; it notes which were asked for."""

    def __init__(self, *numbers: int, lost: tuple[int, ...] = ()) -> None:
        self.numbers, self.lost = numbers, lost
        self.asked: list[int] = []

    @property
    def digests(self) -> list[bytes]:
        return [bytes([number]) * 4 for number in self.numbers]

    def load(self, place: int) -> bytes | None:
        number = self.numbers[place]
        self.asked.append(number)
        return None if number in self.lost else jpeg(number)


def jpeg(number: int) -> bytes:
    file = io.BytesIO()
    draw_photo(number).save(file, "PNG")
    return file.getvalue()


def fill(folder: Path, photos: Photos) -> Cache:
    job: Generator[tuple[int, int], None, Cache] = fill_cache(folder, SIDE, photos.digests, photos.load)
    while True:
        try:
            done, total = next(job)
        except StopIteration as end:
            return end.value
        assert done <= total == len(photos.numbers)


def assert_holds(cache: Cache, *numbers: int) -> None:
    assert cache.digests == Photos(*numbers).digests
    for number, pixels in zip(numbers, cache.open(), strict=True):
        np.testing.assert_array_equal(pixels, fit(draw_photo(number), SIDE, "squash"))


def test_photos_are_kept_squashed_and_not_decoded_twice(tmp_path: Path):
    assert_holds(fill(tmp_path, Photos(3, 1, 2)), 3, 1, 2)
    again = Photos(3, 1, 2)
    assert_holds(fill(tmp_path, again), 3, 1, 2)
    assert again.asked == []


def test_other_photos_are_added_to_those_that_are_kept(tmp_path: Path):
    fill(tmp_path, Photos(3, 1, 2))
    more = Photos(5, 2, 1)
    assert_holds(fill(tmp_path, more), 5, 2, 1)
    assert more.asked == [5]


def test_photos_that_cannot_be_read_are_left_out(tmp_path: Path):
    assert_holds(fill(tmp_path, Photos(1, 2, 3, lost=(2,))), 1, 3)
    found = Photos(1, 2, 3)
    assert_holds(fill(tmp_path, found), 1, 2, 3)
    assert found.asked == [2]
    with pytest.raises(FolderError, match="None of the photos"):
        fill(tmp_path / "other", Photos(1, lost=(1,)))


@pytest.mark.parametrize("where", [0, SIDE * SIDE * 3 + 7])
def test_a_damaged_row_is_made_anew(where: int, tmp_path: Path):
    cache = fill(tmp_path, Photos(1, 2))
    data = bytearray(cache.file.read_bytes())
    data[where] ^= 255
    cache.file.write_bytes(data)
    again = Photos(1, 2)
    assert_holds(fill(tmp_path, again), 1, 2)
    assert again.asked == [2 if where else 1]


@pytest.mark.parametrize("suffix", [".pixels", ".json"])
@pytest.mark.parametrize("content", [b"", b"{}", b'{"zz": 1}', b"[3]"])
def test_a_damaged_cache_is_made_anew(suffix: str, content: bytes, tmp_path: Path):
    cache = fill(tmp_path, Photos(1, 2))
    cache.file.with_suffix(suffix).write_bytes(content)
    assert_holds(fill(tmp_path, Photos(1, 2)), 1, 2)


def test_a_disk_that_takes_no_more_leaves_the_cache_that_there_was_and_nothing_half(tmp_path: Path):
    resource = pytest.importorskip("resource", reason="the size of files cannot be limited here")
    fill(tmp_path, Photos(1, 2))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            fill(tmp_path, Photos(*range(100)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".pixels"]
    assert_holds(fill(tmp_path, Photos(1, 2)), 1, 2)


def test_a_cache_is_not_written_through_a_link(tmp_path: Path):
    cache = fill(tmp_path, Photos(1, 2))
    elsewhere = tmp_path.parent / "elsewhere"
    cache.file.with_suffix(".partial").symlink_to(elsewhere)
    with pytest.raises(OSError, match="symbolic links"):
        fill(tmp_path, Photos(*range(100)))
    assert not elsewhere.exists()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".pixels"]
    assert_holds(fill(tmp_path, Photos(1, 2)), 1, 2)


def test_a_run_that_was_cut_off_leaves_the_cache_that_there_was(tmp_path: Path):
    fill(tmp_path, Photos(1, 2))
    job = fill_cache(tmp_path, SIDE, Photos(*range(100)).digests, Photos(*range(100)).load)
    next(job)
    next(job)
    job.close()
    again = Photos(1, 2)
    assert_holds(fill(tmp_path, again), 1, 2)
    assert again.asked == []
