"""Looking at pairs of originals in a process that reads them itself."""

import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photosearch.files import Unwanted
from photosearch.find.duplicates.chunks import in_chunks
from photosearch.find.duplicates.looker import LARGE_PIXELS, File, Looker, Lookers, LookResult, Originals, Room
from photosearch.ingest.decoding.containers import inspect
from photosearch.ingest.plain import read_plainly
from tests.photos import open_sample

SIZE = 480, 360


def given(path: str, is_wanted: Callable[[], bool]) -> NDArray[np.uint8] | None:
    """What the program has decoded in a process of its own."""
    if "unreadable" in path:
        return None
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def save(path: Path, quality: int = 92) -> File:
    open_sample(0, SIZE).save(path, quality=quality)
    status = path.stat()
    return File(str(path), status.st_size, status.st_mtime_ns, SIZE[0] * SIZE[1])


def covers(told: LookResult | None) -> list[str]:
    assert told
    return [side.covers for side in told.coverage.sides]


@pytest.mark.parametrize("apart", [False, True])
def test_files_are_read_where_they_are_looked_at_and_else_handed_over(tmp_path: Path, apart: bool) -> None:
    photo, small = save(tmp_path / "a.jpg"), save(tmp_path / "b.jpg", 70)
    lossless, unreadable = save(tmp_path / "c.tif"), save(tmp_path / "unreadable.tif")
    with Lookers(Originals(read_plainly, inspect, given), 1) as lookers:
        looker: Looker = lookers.take(apart)
        assert covers(looker.look(photo, small)) == ["yes", "no"]
        assert covers(looker.look(lossless, small)) == ["yes", "no"]
        told = looker.look(lossless, lossless._replace(mtime_ns=1))
        assert told and told.coverage.tier == "same" and covers(told) == ["yes", "yes"]
        assert looker.look(unreadable, photo) is None
        assert looker.look(photo, File(str(tmp_path / "gone.jpg"), 1, 1, 1)) is None
        lookers.give_back(looker)


def hang(_: str) -> None:
    """Take longer than anybody waits for."""
    Event().wait(600)


def test_what_is_being_looked_at_is_given_up_at_once(tmp_path: Path) -> None:
    photo, began = save(tmp_path / "a.jpg"), time.monotonic()
    with Lookers(Originals(hang, inspect, given), 2) as lookers:

        def look(chunk: Sequence[int]) -> Iterator[LookResult | None]:
            looker = lookers.take(apart=True)
            for number in chunk:
                yield looker.look(photo, photo._replace(mtime_ns=number))
            lookers.give_back(looker)

        job = in_chunks(look, range(9), 2, 1, lookers.interrupt)
        assert next(job) == [], "so that it can be closed"
        job.close()
        assert not [child for child in active_children() if child.is_alive()]
        assert lookers.take(apart=False).look(photo, photo) is None, "nobody wants to know"
    assert time.monotonic() - began < 300


def test_what_is_looked_at_in_this_process_is_given_up_before_its_next_step(tmp_path: Path) -> None:
    photo, small = save(tmp_path / "a.jpg"), save(tmp_path / "b.jpg", 70)
    read, most = list[str](), 1

    def read_and_stop(path: str) -> NDArray[np.uint8] | None:
        read.append(path)
        if len(read) == most:
            lookers.interrupt()
        return read_plainly(path)

    for most in (1, 2):
        read.clear()
        with Lookers(Originals(read_and_stop, inspect, given), 1) as lookers:
            assert lookers.take(apart=False).look(photo, small) is None
        assert read == [photo.path, small.path][:most]


def test_a_large_pair_is_looked_at_alone() -> None:
    room, entered = Room(2), Event()

    def look_at_large() -> None:
        with room.taken(LARGE_PIXELS + 1):
            entered.set()

    large = Thread(target=look_at_large)
    with room.taken(LARGE_PIXELS), room.taken(1):
        large.start()
        assert not entered.wait(0.05)
    large.join(30)
    assert entered.is_set()
    with room.taken(1), room.taken(LARGE_PIXELS):
        pass


def test_a_picture_that_is_decoded_for_a_pair_is_given_up_too(tmp_path: Path) -> None:
    lossless, asked = save(tmp_path / "c.tif"), Event()

    def decode(_: str, is_wanted: Callable[[], bool]) -> None:
        asked.set()
        while is_wanted():
            Event().wait(0.01)
        raise Unwanted

    with Lookers(Originals(read_plainly, inspect, decode), 1) as lookers:

        def look(chunk: Sequence[int]) -> Iterator[LookResult | None]:
            for _ in chunk:
                yield lookers.take(apart=True).look(lossless, lossless)

        job = in_chunks(look, range(9), 1, 1, lookers.interrupt)
        assert next(job) == []
        assert asked.wait(60)
        job.close()
