"""Whatever happens to the photos and to the program, the library ends as one clean run would make it."""

import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photosearch.ingest.pipeline import read_ahead
from photosearch.library import Library
from photosearch.models import FoundFile
from tests.encode.small_encoders import SMALL, use_small_encoders
from tests.jobs import index
from tests.photos import save_photo

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "change", "break", "rename", "copy", "delete", "index", "interrupt", "encoder"]),
        st.integers(0, 2**16),
    ),
    min_size=1,
    max_size=14,
)


def snapshot(library: Library) -> dict[str, tuple[Any, ...]]:
    """All that the catalog says of the present photos, by path, but for ids."""
    rows = library.catalog.connection.execute(
        "SELECT path, size_bytes, mtime_ns, digest, format, width, height, sharpness, unreadable FROM photo"
        " LEFT JOIN content ON content.id = content_id WHERE state = 'present'"
    )
    return {os.fsdecode(path): tuple(row) for path, *row in rows}


def descriptors(library: Library) -> dict[str, np.ndarray]:
    rows = library.catalog.photos_with_descriptors(library.encoder_id, None)
    return {path: np.frombuffer(vector, np.float16).astype(np.float32) for path, vector in rows}


def assert_same(library: Library, clean: Library) -> None:
    assert snapshot(library) == snapshot(clean)
    one, other = descriptors(library), descriptors(clean)
    assert one.keys() == other.keys()
    for path, vector in one.items():
        # onnxruntime rounds differently in batches of different sizes
        np.testing.assert_allclose(vector, other[path], atol=2e-3)
    assert library.catalog.check() == []


class Album:
    """A folder of photos to which things happen; every file gets a time of change of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir()
        self._clock = 1_600_000_000

    def do(self, step: str, choice: int) -> None:
        files = sorted(self.folder.rglob("*.jpg"))
        target = self.folder / "xyz"[choice % 3] / f"{choice}.jpg"
        target.parent.mkdir(exist_ok=True)
        if step == "add" or not files:
            self._write(target, choice)
            return
        file = files[choice % len(files)]
        if step == "change":
            self._write(file, choice + 1)
        elif step == "break":
            file.write_bytes(file.read_bytes()[: 100 + choice % 100])
            self._touch(file)
        elif step == "rename":
            file.rename(target)
        elif step == "copy":
            target.write_bytes(file.read_bytes())
            self._touch(target)
        elif step == "delete":
            file.unlink()

    def _write(self, file: Path, seed: int) -> None:
        save_photo(file, seed, (40 + seed % 7, 30))
        self._touch(file)

    def _touch(self, file: Path) -> None:
        self._clock += 1
        os.utime(file, (self._clock, self._clock))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_any_history_ends_like_one_clean_run(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    place = tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(dir=place) as scratch, Library(Path(scratch, "library")) as library:
        use_small_encoders(library)
        album = Album(Path(scratch, "album"))
        save_photo(album.folder / "anchor.jpg", 7, (40, 30))
        for step, choice in steps:
            if step == "index":
                index(library, album.folder)
            elif step == "encoder":
                library.encoders.adopt(SMALL[choice % 2])
            elif step == "interrupt":
                job = library.index([str(album.folder)])
                for _ in range(choice % 4):
                    if next(job, None) is None:
                        break
                job.close()
            else:
                album.do(step, choice)
        index(library, album.folder)
        with Library(Path(scratch, "clean")) as clean:
            use_small_encoders(clean)
            clean.encoders.adopt(library.settings.encoder)
            index(clean, album.folder)
            assert_same(library, clean)


KILLED = """
import os, signal, sys
from pathlib import Path
from photosearch.library import Library

count = 0

def trace(_: str) -> None:
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

library = Library(Path(sys.argv[1]))
library.catalog.connection.set_trace_callback(trace)
for _ in library.index([sys.argv[2]]):
    pass
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("part", range(6))
def test_a_killed_run_is_resumed(part: int, album: Path, tmp_path: Path) -> None:
    """The process is killed at some SQL statement, in or between transactions."""
    for seed in range(40):
        save_photo(album / f"{seed}.jpg", seed, (40, 30))
    with Library(tmp_path / "library") as library, Library(tmp_path / "clean") as clean:
        use_small_encoders(library)
        use_small_encoders(clean)
    statement = random.Random(part).randint(1 + 25 * part, 25 * (part + 1))
    command = [sys.executable, "-c", KILLED, str(tmp_path / "library"), str(album), str(statement)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with Library(tmp_path / "library") as library, Library(tmp_path / "clean") as clean:
        index(library, album)
        index(clean, album)
        assert_same(library, clean)


def test_a_large_file_is_not_read_to_its_end_where_nobody_waits_for_it(library: Library, tmp_path: Path) -> None:
    large, read = tmp_path / "large.jpg", list[bytes]()
    with large.open("wb") as file:
        file.truncate(4 << 30)
    files = iter([FoundFile(str(large), 4 << 30, 0)])
    reading = read_ahead(files, library.encoder, lambda digest: read.append(digest), 1, 1)
    assert next(reading) == []  # so long that this can be stopped, as Ctrl-C and closing the window do
    reading.close()
    assert read == []
