"""The library as the window uses it: several threads ask while another indexes."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from photosearch.library import Library
from photosearch.models import Filter, Query, Unreadable
from photosearch.store import vectors as vectors_module
from photosearch.store.index.graph import is_available
from tests.jobs import index
from tests.photos import draw_photo, save_photo

SUFFIXES = ("jpg", "png", "tif")  # the last is decoded in a process of its own
READERS, ROUNDS, PHOTOS = 3, 6, 12


def test_many_threads_ask_while_another_indexes(
    library: Library, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 10)  # so that the search index grows as well
    paths = [str(album / f"{seed}.{SUFFIXES[seed % 3]}") for seed in range(PHOTOS)]
    for seed, path in enumerate(paths):
        save_photo(path, seed)
    index(library, album)
    query = save_photo(tmp_path / "query.jpg", 1)
    over, answers = threading.Event(), [0] * READERS

    def ask(reader: int) -> None:
        chance = random.Random(reader)
        while not over.is_set() or not answers[reader]:
            path = chance.choice([query, *paths])
            only = chance.choice([Filter(), Filter(formats=("JPEG",)), Filter(since="2000-01-01")])
            matches = library.similar(Query((path,), only=only, limit=20, min_score=-1))
            assert path not in [match.path for match in matches]
            assert len({match.photo_id for match in matches}) == len(matches) >= 3
            rows = library.photos.get(library.photos.listing(chance.choice(["newest", "name", "largest"])).ids)
            assert len(rows) >= PHOTOS
            for photo in chance.sample(list(rows.values()), 2):
                assert library.photos.thumbnail(photo)
            assert library.photos.thumbnail(chance.choice(matches))
            seed = chance.randrange(PHOTOS)
            picture = library.photos.picture(paths[seed])
            assert not isinstance(picture, Unreadable), picture
            if seed % 3:  # no lossy format
                np.testing.assert_array_equal(picture, np.asarray(draw_photo(seed)))
            assert sum(library.photos.formats().values()) >= PHOTOS
            answers[reader] += 1

    with ThreadPoolExecutor(READERS) as pool:
        jobs = [pool.submit(ask, reader) for reader in range(READERS)]
        pool.submit(library.warm_up)
        for round_ in range(ROUNDS):
            for number in range(5):
                save_photo(album / str(round_) / f"{number}.jpg", 100 + 5 * round_ + number)
            index(library)
            (album / str(round_) / "0.jpg").unlink()
        index(library)
        over.set()
        for job in jobs:
            job.result()
    assert min(answers) > 0
    assert len(library.photos.listing().ids) == PHOTOS + 4 * ROUNDS


def test_warming_up_and_asking_at_once_load_everything_once(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "YOUNG_LIMIT", 5)
    for seed in range(8):
        save_photo(album / f"{seed}.jpg", seed)
    index(library, album)
    loaded: list[object] = []
    read = vectors_module.read_graph
    monkeypatch.setattr(vectors_module, "read_graph", lambda *given: loaded.append(given) or read(*given))
    start = threading.Barrier(3)
    with Library(library.places.library) as again, ThreadPoolExecutor(3) as pool:

        def search() -> int:
            start.wait()
            return len(again.similar(Query((str(album / "0.jpg"),), min_score=-1)))

        def warm_up() -> object:
            start.wait()
            again.warm_up()
            return again.encoder

        searches, encoder = [pool.submit(search) for _ in range(2)], pool.submit(warm_up)
        assert [job.result() for job in searches] == [7, 7]
        assert encoder.result() is again.encoder
    assert len(loaded) == is_available()
